"""The lines of a leave card: what was entered, what lapsed between, and the balance after each.

Lines stand in the order they were entered and are never sorted again (design paper.md section 9).
What lapses is no line of the ledger: it is put where it belongs, before the first line of a later
day, but after everything entered for a day on which the grant was still good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.ledger import AdvanceUse, Entry, LeaveGrant, Reversal
from desktop.rules.ledger import PersonLedger

_NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line.

    Attributes:
        entry: What was entered; None for hours that lapsed, or that did not lapse after all.
        grant: The grant the hours go to or come from; None for an advance use.
        day: The day it counts from: of what lapsed, the day after the grant's last, or the day
            on which hours came back too late.
        change: Hours added, or taken when negative; 0 for an advance use.
        balance: Hours left of all grants after it.
    """

    entry: Entry | None
    grant: LeaveGrant | None
    day: date
    change: int
    balance: int


def card_lines(
    ledger: PersonLedger, *, lapsed_by: date, up_to: date | None = None
) -> tuple[CardLine, ...]:
    """The lines of one person's card.

    Args:
        ledger: The person's lines.
        lapsed_by: Grants whose last day lies before this day have lapsed.
        up_to: Leave out lines of later days; everything entered when None.
    """
    return tuple(_Card(ledger, lapsed_by=lapsed_by, up_to=up_to).lines())


class _Card:
    def __init__(self, ledger: PersonLedger, *, lapsed_by: date, up_to: date | None) -> None:
        self.ledger = ledger
        self.lapsed_by = lapsed_by
        self.entries = [e for e in ledger.entries if up_to is None or e.day <= up_to]
        self.left: dict[str, int] = {}
        self.last_day: dict[str, date] = {}
        self.lapsed: dict[str, int] = {}
        self.grants: dict[str, LeaveGrant] = {}
        # The last line of each grant, by its place, that counts from a day of its time.
        self.last_in_time: dict[str, int] = {}
        for place, entry in enumerate(self.entries):
            grant = self._grant_of(entry)
            if grant is not None and not grant.has_expired_on(entry.day):
                self.last_in_time[grant.id] = place

    def _grant_of(self, entry: Entry) -> LeaveGrant | None:
        if isinstance(entry, LeaveGrant):
            return entry
        if isinstance(entry, Reversal):
            return self._grant_of(self.ledger.by_id[entry.reverses])
        if isinstance(entry, AdvanceUse):
            return None
        found = self.ledger.by_id[entry.grant]
        return found if isinstance(found, LeaveGrant) else None

    def _change_of(self, entry: Entry) -> int:
        if isinstance(entry, AdvanceUse):
            return 0
        if isinstance(entry, Reversal):
            return -self._change_of(self.ledger.by_id[entry.reverses])
        return entry.hours if isinstance(entry, LeaveGrant) else -entry.hours

    def lines(self) -> Iterator[CardLine]:
        for place, entry in enumerate(self.entries):
            yield from self._lapsing(entry.day, place)
            grant = self._grant_of(entry)
            change = self._change_of(entry)
            if grant is not None and isinstance(entry, Reversal) and entry.reverses == grant.id:
                yield from self._unlapsing(grant, entry.day)
            if grant is not None:
                self.grants.setdefault(grant.id, grant)
                self.left[grant.id] = self.left.get(grant.id, 0) + change
                self.last_day[grant.id] = max(self.last_day.get(grant.id, entry.day), entry.day)
            yield self._line(entry, grant, entry.day, change)
        yield from self._lapsing(self.lapsed_by, len(self.entries))

    def _lapsing(self, day: date, place: int) -> Iterator[CardLine]:
        """What lapsed before ``day`` and has not been told yet."""
        for grant in sorted(self.grants.values(), key=lambda g: (g.expires or date.max, g.seq)):
            left = self.left[grant.id]
            if left <= 0 or grant.expires is None or not grant.has_expired_on(day):
                continue
            if not grant.has_expired_on(self.lapsed_by):
                continue
            if self.last_in_time.get(grant.id, -1) >= place:
                continue
            self.left[grant.id] = 0
            self.lapsed[grant.id] = self.lapsed.get(grant.id, 0) + left
            # Hours given back after the last day lapse at once.
            lapsed_on = max(grant.expires + _NEXT, self.last_day[grant.id])
            yield self._line(None, grant, lapsed_on, -left)

    def _unlapsing(self, grant: LeaveGrant, day: date) -> Iterator[CardLine]:
        """A grant that is reversed after it lapsed never was there to lapse."""
        lapsed = self.lapsed.pop(grant.id, 0)
        if lapsed:
            self.left[grant.id] += lapsed
            yield self._line(None, grant, day, lapsed)

    def _line(
        self, entry: Entry | None, grant: LeaveGrant | None, day: date, change: int
    ) -> CardLine:
        return CardLine(entry, grant, day, change, sum(self.left.values()))
