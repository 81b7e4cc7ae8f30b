"""From roster rows to people: spells without pay gathered, contradictions named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.evidence import Refusal, RefusalReason, RosterRow
from desktop.domain.people import LeaveWithoutPay, Person


@dataclass(frozen=True, slots=True)
class Roster:
    """What roster rows give: people in the rows' order, and what contradicts itself."""

    people: tuple[Person, ...]
    problems: tuple[Refusal, ...]


def people_from_roster(rows: Sequence[RosterRow]) -> Roster:
    """People of a roster; several rows of one person add spells of 留職停薪.

    Args:
        rows: Rows as read, in order.
    """
    people: dict[str, Person] = {}
    problems: list[Refusal] = []
    for row in rows:
        spell, problem = _spell(row)
        if problem is not None:
            problems.append(problem)
            continue
        known = people.get(row.employee_id)
        if known is None:
            people[row.employee_id] = _person(row, len(people), spell)
            continue
        if known.name != row.name:
            problems.append(
                _refusal(
                    row,
                    RefusalReason.PERSON_AMBIGUOUS,
                    f"人員代號「{row.employee_id}」有兩個姓名，請改正名冊後重新匯入",
                )
            )
        elif _settings(known) != _settings(row):
            problems.append(
                _refusal(
                    row,
                    RefusalReason.PERSON_AMBIGUOUS,
                    f"人員代號「{row.employee_id}」列了兩次，單位、官職等、人員類別、班別或主管"
                    "不一樣，"
                    "請改正名冊後重新匯入",
                )
            )
        elif spell is not None and spell not in known.leave_without_pay:
            spells = tuple(sorted((*known.leave_without_pay, spell), key=lambda s: s.first_day))
            people[row.employee_id] = replace(known, leave_without_pay=spells)
    return Roster(tuple(people.values()), tuple(problems))


def _settings(person: Person | RosterRow) -> tuple[str | bool | None, ...]:
    """What a second row of the same person must not contradict."""
    return (
        person.unit,
        person.rank,
        person.category,
        person.pattern_code,
        person.is_supervisor,
    )


def _person(row: RosterRow, position: int, spell: LeaveWithoutPay | None) -> Person:
    return Person(
        employee_id=row.employee_id,
        name=row.name,
        unit=row.unit,
        title=row.title,
        rank=row.rank,
        category=row.category,
        pattern_code=row.pattern_code,
        hired_on=row.hired_on,
        left_on=row.left_on,
        leave_without_pay=(spell,) if spell else (),
        roster_position=position,
        is_supervisor=row.is_supervisor,
    )


def _spell(row: RosterRow) -> tuple[LeaveWithoutPay | None, Refusal | None]:
    first, last = row.leave_without_pay_from, row.leave_without_pay_until
    if first is None and last is None:
        return None, None
    if first is None:
        return None, _refusal(
            row, RefusalReason.BAD_DATE, "有留職停薪迄日卻沒有起日，請補上後重新匯入"
        )
    if last is not None and last < first:
        return None, _refusal(row, RefusalReason.BAD_DATE, "留職停薪迄日早於起日，請改正後重新匯入")
    return LeaveWithoutPay(first, last), None


def _refusal(row: RosterRow, reason: RefusalReason, what: str) -> Refusal:
    message = f"「{row.place.file_name}」{row.place.words}：{what}，整份名冊沒有存入。"
    return Refusal(row.place, reason, message, 1, row.raw)
