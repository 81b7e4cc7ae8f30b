"""A draw that anybody can repeat: the order comes from a seed and SHA-256, from nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.activities import Chance, DrawnChance
from desktop.domain.evidence import LearningRow
from desktop.domain.text import matching_key

_PASSED = matching_key("已通過")
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that may be a chance; a person has to say.

    Attributes:
        employee_id: Whose.
        course: Its name as the draw lists it.
        why: What is not sure, in words.
    """

    employee_id: str
    course: str
    why: str


def chance_digest(seed: str, chance: Chance) -> str:
    """SHA-256, in lower-case hexadecimal, of ``seed|employee_id|why`` in UTF-8."""
    words = _SEPARATOR.join((seed, chance.employee_id, chance.why))
    return hashlib.sha256(words.encode()).hexdigest()


def list_digest(chances: Iterable[Chance]) -> str:
    """SHA-256 of the sorted chances, a line ``employee_id|why`` each, joined by line feeds."""
    lines = sorted(_SEPARATOR.join((one.employee_id, one.why)) for one in chances)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def drawn(seed: str, chances: Sequence[Chance], prizes: int) -> tuple[DrawnChance, ...]:
    """Every chance in the order of its digest, the winning ones with their rank.

    The order of the list plays no part. Somebody with several chances wins once, by the first.

    Args:
        seed: Any words.
        chances: Each once.
        prizes: How many people win at most.
    """
    ordered = sorted(
        (DrawnChance(one, chance_digest(seed, one)) for one in set(chances)),
        key=lambda one: (one.digest, one.chance),
    )
    winners: set[str] = set()
    result = []
    for one in ordered:
        if len(winners) < prizes and one.chance.employee_id not in winners:
            winners.add(one.chance.employee_id)
            one = replace(one, rank=len(winners))
        result.append(one)
    return tuple(result)


def course_chances(
    rows: Mapping[str, Sequence[LearningRow]],
    courses: Sequence[str],
    *,
    first_day: date | None,
    last_day: date | None,
) -> tuple[tuple[Chance, ...], tuple[Doubt, ...]]:
    """One chance a person and course completed in the days; what is not sure stands apart.

    Args:
        rows: The learning records by 人員代號.
        courses: The draw's courses.
        first_day: Of the completion, itself included; None for no bound.
        last_day: Likewise.
    """
    named = {matching_key(name): name for name in courses}
    chances: list[Chance] = []
    doubts: list[Doubt] = []
    for who, mine in rows.items():
        found: dict[str, str] = {}
        for row in mine:
            name = named.get(matching_key(row.course_name))
            if name is None or found.get(name) == "":
                continue
            why_not = _why_not(row, first_day, last_day)
            if why_not is not None:
                found[name] = why_not
        chances += [Chance(who, name) for name, why in found.items() if not why]
        doubts += [Doubt(who, name, why) for name, why in found.items() if why]
    return tuple(chances), tuple(doubts)


def _why_not(row: LearningRow, first_day: date | None, last_day: date | None) -> str | None:
    """Empty for a sure chance, words for a doubtful one, None for none."""
    if row.pass_status is not None and matching_key(row.pass_status) != _PASSED:
        return None
    if row.has_certificate is False:
        return None
    day = row.end_date
    if day is not None and not (first_day or day) <= day <= (last_day or day):
        return None
    if day is None and (first_day is not None or last_day is not None):
        return "沒有完成日期"
    if row.times_are_impossible:
        return "日期有誤"
    if {"course_name", "end", "completed_on", "pass_status"} & set(row.doubtful_fields):
        return "辨識存疑"
    if row.pass_status is None and row.has_certificate is None:
        return "沒有通過狀態"
    return ""
