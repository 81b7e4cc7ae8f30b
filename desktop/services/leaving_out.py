"""Leaving people off the commendation list with a reason in words; the verdict stays beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.left_out import COMMENDATION, LeftOut
from desktop.services.benefit_words import awards_words
from desktop.services.deciding import ReasonMissingError
from desktop.services.office import Office
from desktop.services.verifying import commendation_facts, evaluate_everybody
from desktop.store import Writer

_AREAS = frozenset({Area.DECISIONS})


@dataclass(frozen=True, slots=True)
class Commendable:
    """Somebody whose commendation is sure by the program's own verdict.

    Attributes:
        employee_id, name, unit, title: Who.
        award: What the program's verdict gives.
        reason: Why a clerk left the person out; empty for who stands on the list.
        decided: Who decided that and when, in words; empty likewise.
        is_outdated: Whether it was decided on other facts, so that the person stands on the list
            again until the clerk says anew.
    """

    employee_id: str
    name: str
    unit: str
    title: str
    award: str
    reason: str
    decided: str
    is_outdated: bool

    @property
    def is_listed(self) -> bool:
        """Whether the person stands on the list now."""
        return not self.reason or self.is_outdated


def commendable(office: Office, plan_id: str) -> tuple[Commendable, ...]:
    """Everybody whose commendation is sure, who was left out among them, in roster order."""
    _, verdicts = evaluate_everybody(office, plan_id)
    found = []
    for verdict in verdicts:
        if verdict.commendation.count <= 0:
            continue
        decided = verdict.left_out or verdict.outdated_left_out
        found.append(
            Commendable(
                employee_id=verdict.person.employee_id,
                name=verdict.person.name,
                unit=verdict.person.unit,
                title=verdict.person.title,
                award=awards_words(verdict.commendation.awards),
                reason=decided.reason if decided is not None else "",
                decided=_decided_words(decided) if decided is not None else "",
                is_outdated=verdict.outdated_left_out is not None,
            )
        )
    return tuple(found)


def _decided_words(decided: LeftOut) -> str:
    return f"{decided.actor} {decided.at.year - 1911}-{decided.at:%m-%d %H:%M}"


def leave_out(
    office: Office, plan_id: str, employee_ids: Sequence[str], *, reason: str
) -> ChangeSet:
    """Leave people off the commendation list, one or many with one written reason.

    Args:
        office: The open office.
        plan_id: The plan.
        employee_ids: Who; somebody who is out already is decided on anew.
        reason: Why, in words.

    Raises:
        ReasonMissingError: When the reason is blank.
        LookupError: When somebody has no commendation to be left out of; nobody is left out then.
    """
    words = reason.strip()
    if not words:
        raise ReasonMissingError
    _, verdicts = evaluate_everybody(office, plan_id)
    wanted = set(employee_ids)
    found = [v for v in verdicts if v.person.employee_id in wanted and v.commendation.count > 0]
    if len(found) != len(wanted):
        raise LookupError("有人目前沒有確定的敘獎，沒有做任何決定，請重新整理後再試。")
    act = "敘獎不列名" if len(found) == 1 else f"敘獎不列名 {len(found)} 人"
    entries = [
        {
            "employee_id": verdict.person.employee_id,
            "reason": words,
            "fingerprint": commendation_facts(verdict),
        }
        for verdict in found
    ]
    with office.store.writing(act) as writer:
        people = [entry["employee_id"] for entry in entries]
        writer.describe("、".join(people), {"plan": plan_id, "why": words})
        record_left_out(writer, plan_id, act, entries)
    office.redo_steps.clear()
    return ChangeSet(act, _AREAS, frozenset(wanted))


def take_in_again(
    office: Office, plan_id: str, employee_ids: Sequence[str], *, reason: str
) -> ChangeSet:
    """Put people back on the list by an entry against the leaving out.

    Raises:
        ReasonMissingError: When the reason is blank.
        LookupError: When somebody was not left out; nobody is put back then.
    """
    words = reason.strip()
    if not words:
        raise ReasonMissingError
    with office.store.reading() as reader:
        out = {one.employee_id: one for one in reader.left_out(plan_id, COMMENDATION)}
    if any(employee_id not in out for employee_id in employee_ids):
        raise LookupError("有人沒有被排除在敘獎名冊外，沒有做任何更動，請重新整理後再試。")
    act = f"恢復敘獎列名 {len(set(employee_ids))} 人"
    with office.store.writing(act) as writer:
        writer.describe("、".join(employee_ids), {"plan": plan_id, "why": words})
        for employee_id in dict.fromkeys(employee_ids):
            writer.take_in_again(out[employee_id].id, reason=words)
        writer.add_undo_step(
            act,
            {
                "act": "taken_in",
                "plan_id": plan_id,
                "reason": words,
                "entries": [
                    {
                        "employee_id": employee_id,
                        "reason": out[employee_id].reason,
                        "fingerprint": out[employee_id].fingerprint,
                    }
                    for employee_id in dict.fromkeys(employee_ids)
                ],
            },
        )
    office.redo_steps.clear()
    return ChangeSet(act, _AREAS, frozenset(employee_ids))


def record_left_out(
    writer: Writer, plan_id: str, act: str, entries: Sequence[Mapping[str, str]]
) -> None:
    """Add the decisions and the step that undoes them; a former one of the same gives way."""
    former = put_left_out(writer, plan_id, entries)
    writer.add_undo_step(
        act,
        {
            "act": "left_out",
            "plan_id": plan_id,
            "entries": [dict(entry) for entry in entries],
            "former": former,
        },
    )


def put_left_out(
    writer: Writer, plan_id: str, entries: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """Leave people out as told, and return what of them was in force before."""
    out = {one.employee_id: one for one in writer.left_out(plan_id, COMMENDATION)}
    former = []
    for entry in entries:
        before = out.get(entry["employee_id"])
        if before is not None:
            writer.take_in_again(before.id, reason=entry["reason"])
            former.append(
                {
                    "employee_id": before.employee_id,
                    "reason": before.reason,
                    "fingerprint": before.fingerprint,
                }
            )
        writer.leave_out(
            plan_id,
            entry["employee_id"],
            matter=COMMENDATION,
            reason=entry["reason"],
            fingerprint=entry["fingerprint"],
        )
    return former


def undo_left_out(writer: Writer, inverse: Mapping[str, Any], *, reason: str) -> None:
    """Take the decisions of a step back, and put what they replaced in force again."""
    plan_id = inverse["plan_id"]
    out = {one.employee_id: one for one in writer.left_out(plan_id, COMMENDATION)}
    for entry in inverse["entries"]:
        mine = out.get(entry["employee_id"])
        if mine is not None:
            writer.take_in_again(mine.id, reason=reason)
    put_left_out(writer, plan_id, inverse["former"])


def repeat_taken_in(writer: Writer, inverse: Mapping[str, Any]) -> None:
    """Put people back on the list again after that was undone."""
    plan_id = inverse["plan_id"]
    out = {one.employee_id: one for one in writer.left_out(plan_id, COMMENDATION)}
    for entry in inverse["entries"]:
        if entry["employee_id"] in out:
            writer.take_in_again(out[entry["employee_id"]].id, reason=inverse["reason"])
