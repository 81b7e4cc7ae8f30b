"""Booking again what an undone step had booked: new lines, under the rules of now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from desktop.domain.ledger import AdvanceUse, Settlement, Use
from desktop.domain.moments import roc_date
from desktop.domain.people import Person
from desktop.rules.ledger import PersonLedger
from desktop.services.ledger_basics import LedgerRefusedError, leave_of, ledger_of, person_in
from desktop.services.ledger_using import Booking, add_undo, book_use
from desktop.services.office import Office
from desktop.store import Writer

_Line = TypeVar("_Line", AdvanceUse, Settlement)
_NOT_DONE = "沒有重做；請核對後改用登記。"


def book_again(office: Office, writer: Writer, act: str, step: Mapping[str, Any]) -> None:
    """Enter anew what undoing a step reversed, and remember the step.

    The reversed lines and their reversals stay as they are. Hours are taken as for a first
    booking, so that what was granted or used meanwhile counts; what paid for an advance use pays
    for it again.

    Args:
        office: The open office, for the plans.
        writer: The transaction.
        act: The step's name.
        step: What was undone; ``reversed`` names the lines.

    Raises:
        LedgerRefusedError: When something stands against it now; nothing is entered then.
    """
    lines = [writer.ledger_entry(str(line_id)) for line_id in step["reversed"]]
    lines.sort(key=lambda line: line.seq)
    settlements = [line for line in lines if isinstance(line, Settlement)]
    entered: list[Use | AdvanceUse] = []
    for uses in _bundles(lines):
        entered += _use_again(writer, uses)
    for line in lines:
        if isinstance(line, AdvanceUse):
            paying = [one for one in settlements if one.advance == line.id]
            entered.append(_advance_again(office, writer, line, paying))
    told = [
        {"seq": one.seq, "person": one.employee_id, "day": str(one.day), "hours": one.hours}
        for one in entered
    ]
    people = {one.employee_id for one in entered}
    writer.describe(people.pop() if len(people) == 1 else "", {"uses": told})
    add_undo(writer, act, entered)


def _bundles(lines: Iterable[object]) -> list[list[Use]]:
    """Uses that one booking made, in order; it may have drawn on several grants."""
    bundles: dict[str, list[Use]] = {}
    for line in lines:
        if isinstance(line, Use):
            bundles.setdefault(line.bundle, []).append(line)
    return list(bundles.values())


def _use_again(writer: Writer, uses: Sequence[Use]) -> tuple[Use, ...]:
    first = uses[0]
    person = person_in(writer, first.employee_id)
    ledger = ledger_of(writer, first.employee_id)
    if first.source and any(
        isinstance(one, Use) and one.source == first.source and not ledger.is_reversed(one)
        for one in ledger.entries
    ):
        raise LedgerRefusedError(
            f"{person.name} {roc_date(first.day)} 的差勤補休已另外登記，{_NOT_DONE}"
        )
    booking = Booking(
        day=first.day,
        hours=sum(one.hours for one in uses),
        start=first.start,
        end=first.end,
        reason=first.reason,
        document_number=first.document_number,
        source=first.source,
    )
    return book_use(writer, person, booking)


def _advance_again(
    office: Office, writer: Writer, line: AdvanceUse, paying: Sequence[Settlement]
) -> AdvanceUse:
    person = person_in(writer, line.employee_id)
    ledger = ledger_of(writer, line.employee_id)
    alive = [one for one in paying if not ledger.is_reversed(ledger.by_id[one.grant])]
    _check_advance(office, writer, person, ledger, line, paid=sum(one.hours for one in alive))
    stored = writer.add_to_ledger(_anew(line))
    for one in alive:
        grant = next(g for g in ledger_of(writer, line.employee_id).grants if g.id == one.grant)
        if ledger_of(writer, line.employee_id).unspoken_of(grant, one.day) < one.hours:
            raise LedgerRefusedError(
                f"{person.name}抵充先行補休的「{grant.title}」已另作他用，{_NOT_DONE}"
            )
        writer.add_to_ledger(replace(_anew(one), advance=stored.id), bundle=stored.bundle)
    return stored


def _check_advance(
    office: Office,
    writer: Writer,
    person: Person,
    ledger: PersonLedger,
    line: AdvanceUse,
    *,
    paid: int,
) -> None:
    leave = leave_of(office.plan(writer, line.plan_id))
    if leave.advance is None:
        raise LedgerRefusedError(f"計畫現在沒有先行補休的規定，{_NOT_DONE}")
    free = ledger.free_on(line.day)
    if free > paid:
        raise LedgerRefusedError(
            f"{person.name}在 {roc_date(line.day)} 現在有 {free} 時可用，不必先行補休，{_NOT_DONE}"
        )
    counted = ledger.counted_for_cap(line.plan_id) - paid
    if leave.cap_hours is not None and counted + line.hours > leave.cap_hours:
        raise LedgerRefusedError(
            f"{person.name}在這個計畫已計 {counted} 時，加上 {line.hours} 時超過全年上限 "
            f"{leave.cap_hours} 時，{_NOT_DONE}"
        )


def _anew(line: _Line) -> _Line:
    """A line as it was before it was stored."""
    return replace(line, id="", seq=0, bundle="")
