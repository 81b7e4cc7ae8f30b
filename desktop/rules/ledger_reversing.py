"""What is reversed together with a line of the ledger, on which day, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.ledger import AdvanceUse, Entry, LeaveGrant, Reversal, Settlement
from desktop.rules.ledger import PersonLedger


class ReversalHindrance(StrEnum):
    """Why a line cannot be reversed."""

    IS_REVERSAL = "is_reversal"
    REVERSED_BEFORE = "reversed_before"
    STILL_DRAWN = "still_drawn"  # a grant of which hours are used or were taken along
    IS_SETTLEMENT = "is_settlement"  # it goes with its grant or its advance use


@dataclass(frozen=True, slots=True)
class ReversalOutcome:
    """What reversing a line means.

    Attributes:
        entries: The lines to be taken back together, the one asked for last; empty when hindered.
        day: The day from which on they no longer count: never before the lines themselves.
        hindrance: What stands in the way, None when nothing.
        drawn: Lines that must be reversed first.
    """

    entries: tuple[Entry, ...]
    day: date
    hindrance: ReversalHindrance | None = None
    drawn: tuple[Entry, ...] = ()


def reversal_of(ledger: PersonLedger, entry: Entry, day: date) -> ReversalOutcome:
    """What taking a line back on ``day`` means.

    A grant may go only when nobody used an hour of it; what it paid for in advance is owed again.
    An advance use gives back the hours that grants paid for it.

    Args:
        ledger: The person's lines.
        entry: One of them.
        day: The day asked for.
    """
    if isinstance(entry, Reversal):
        return ReversalOutcome((), day, ReversalHindrance.IS_REVERSAL)
    if ledger.is_reversed(entry):
        return ReversalOutcome((), day, ReversalHindrance.REVERSED_BEFORE)
    if isinstance(entry, Settlement):
        return ReversalOutcome((), day, ReversalHindrance.IS_SETTLEMENT)
    together: list[Entry] = []
    touched = [day, entry.day]
    if isinstance(entry, LeaveGrant):
        standing = [d for d in ledger.draws_of(entry.id) if not ledger.is_reversed(d)]
        drawn = tuple(d for d in standing if not isinstance(d, Settlement))
        if drawn:
            return ReversalOutcome((), day, ReversalHindrance.STILL_DRAWN, drawn)
        together += standing
        touched += [
            ledger.reversals[d.id].day for d in ledger.draws_of(entry.id) if ledger.is_reversed(d)
        ]
    elif isinstance(entry, AdvanceUse):
        together += ledger.settlements_of(entry.id)
    touched += [one.day for one in together]
    return ReversalOutcome((*together, entry), max(touched))
