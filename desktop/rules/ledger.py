"""Balances of one person's leave, for any day asked, and what a use is taken from.

Nothing here is stored: a balance is what the lines up to a day come to, and a grant lapses because
the day asked lies behind its last one (rules.md section 5). A line counts from its own day on, a
reversal from the reversal's day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desktop.domain.ledger import (
    AdvanceUse,
    Entry,
    LeaveGrant,
    Reversal,
    Settlement,
    TransferIn,
    TransferOut,
    Use,
)


@dataclass(frozen=True, slots=True)
class GrantStanding:
    """What became of one grant by a day; all in hours.

    ``granted`` less ``used``, ``settled`` and ``moved_out`` is ``balance`` and ``expired``, one
    of the two being 0. Reversed lines count in none of them.
    """

    granted: int
    used: int
    settled: int
    moved_out: int
    expired: int
    balance: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a use would be taken from, the grant that expires first before the others.

    Attributes:
        draws: Grants with the hours taken of each.
        short: Hours for which there is nothing.
    """

    draws: tuple[tuple[LeaveGrant, int], ...]
    short: int


@dataclass(frozen=True)
class PersonLedger:
    """The lines of one person, in the order they were entered."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The lines by identifier."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def reversals(self) -> dict[str, Reversal]:
        """Each reversal by the line it takes back."""
        return {entry.reverses: entry for entry in self.entries if isinstance(entry, Reversal)}

    @cached_property
    def grants(self) -> tuple[LeaveGrant, ...]:
        """Every grant and transfer in, also those reversed, as entered."""
        return tuple(entry for entry in self.entries if isinstance(entry, LeaveGrant))

    @cached_property
    def by_expiry(self) -> tuple[LeaveGrant, ...]:
        """The grants in the order in which they are used up; those without a limit last."""
        return tuple(
            sorted(self.grants, key=lambda g: (g.expires or date.max, g.first_day, g.seq, g.id))
        )

    def is_reversed(self, entry: Entry, day: date | None = None) -> bool:
        """Whether a line was taken back, by ``day`` or at all."""
        reversal = self.reversals.get(entry.id)
        return reversal is not None and (day is None or reversal.day <= day)

    def draws_of(self, grant_id: str) -> tuple[Use | Settlement | TransferOut, ...]:
        """Every line that takes hours from a grant, also those reversed."""
        return self._draws.get(grant_id, ())

    @cached_property
    def _draws(self) -> dict[str, tuple[Use | Settlement | TransferOut, ...]]:
        found: dict[str, tuple[Use | Settlement | TransferOut, ...]] = {}
        for entry in self.entries:
            if isinstance(entry, Use | Settlement | TransferOut):
                found[entry.grant] = (*found.get(entry.grant, ()), entry)
        return found

    # ------------------------------------------------------------------------------ balances
    def left_of(self, grant: LeaveGrant, day: date) -> int:
        """Hours of a grant that are neither used nor moved by ``day``, expired or not."""
        if grant.day > day or self.is_reversed(grant, day):
            return 0
        return grant.hours - sum(d.hours for d in self._counted(grant, day))

    def _counted(self, grant: LeaveGrant, day: date) -> list[Use | Settlement | TransferOut]:
        return [
            draw
            for draw in self.draws_of(grant.id)
            if draw.day <= day and not self.is_reversed(draw, day)
        ]

    def standing(self, grant: LeaveGrant, day: date) -> GrantStanding:
        """What became of a grant by ``day``."""
        left = self.left_of(grant, day)
        drawn = self._counted(grant, day)
        has_expired = grant.has_expired_on(day)
        is_there = grant.day <= day and not self.is_reversed(grant, day)
        return GrantStanding(
            granted=grant.hours if is_there else 0,
            used=sum(d.hours for d in drawn if isinstance(d, Use)),
            settled=sum(d.hours for d in drawn if isinstance(d, Settlement)),
            moved_out=sum(d.hours for d in drawn if isinstance(d, TransferOut)),
            expired=left if has_expired else 0,
            balance=0 if has_expired else left,
        )

    def balance_on(self, day: date) -> int:
        """Hours that are left at the end of ``day``."""
        return sum(self.standing(grant, day).balance for grant in self.grants)

    def expired_on(self, day: date) -> int:
        """Hours that lapsed unused before ``day``."""
        return sum(self.standing(grant, day).expired for grant in self.grants)

    # ------------------------------------------------------------------------------- booking
    def free_of(self, grant: LeaveGrant, day: date) -> int:
        """Hours of a grant that may still be used on ``day``.

        What was entered for a later day is spoken for: the least that is left on ``day`` or any
        day after it.
        """
        if day < grant.usable_from or grant.has_expired_on(day):
            return 0
        return self.unspoken_of(grant, day)

    def unspoken_of(self, grant: LeaveGrant, day: date) -> int:
        """The same whether or not the grant may be used on ``day``."""
        days = {day, *(d for d in self._days_of(grant) if d > day)}
        return min(self.left_of(grant, one) for one in days)

    def _days_of(self, grant: LeaveGrant) -> Iterable[date]:
        for entry in (grant, *self.draws_of(grant.id)):
            yield entry.day
            reversal = self.reversals.get(entry.id)
            if reversal is not None:
                yield reversal.day

    def free_on(self, day: date) -> int:
        """Hours that may still be used on ``day``."""
        return sum(self.free_of(grant, day) for grant in self.grants)

    def allocate_use(self, day: date, hours: int) -> Allocation:
        """Take whole hours from the grants that may be used on ``day``, first to expire first."""
        return self._take(((g, self.free_of(g, day)) for g in self.by_expiry), hours)

    @staticmethod
    def _take(offered: Iterable[tuple[LeaveGrant, int]], hours: int) -> Allocation:
        draws = []
        missing = hours
        for grant, free in offered:
            taken = min(free, missing)
            if taken > 0:
                draws.append((grant, taken))
                missing -= taken
        return Allocation(tuple(draws), missing)

    # --------------------------------------------------------------------------- advance use
    def owed(self, day: date | None = None) -> tuple[tuple[AdvanceUse, int], ...]:
        """Advance uses with the hours no grant has paid for yet, by ``day`` or at all."""
        found = []
        for entry in self.entries:
            if not isinstance(entry, AdvanceUse) or self.is_reversed(entry, day):
                continue
            if day is not None and entry.day > day:
                continue
            left = entry.hours - sum(s.hours for s in self._settling(entry.id, day))
            if left > 0:
                found.append((entry, left))
        return tuple(found)

    def _settling(self, advance_id: str, day: date | None) -> list[Settlement]:
        return [
            entry
            for entry in self.entries
            if isinstance(entry, Settlement)
            and entry.advance == advance_id
            and not self.is_reversed(entry, day)
            and (day is None or entry.day <= day)
        ]

    def settlements_of(self, advance_id: str) -> tuple[Settlement, ...]:
        """What pays for an advance use, reversed ones left out."""
        return tuple(self._settling(advance_id, None))

    def payable(self, grant: LeaveGrant) -> tuple[tuple[AdvanceUse, int], ...]:
        """Advance uses that a grant would pay for, in whole or part, the oldest first.

        It must be of the plan that was to grant them, and its time must hold the day of use.

        Args:
            grant: Need not be among the lines yet.
        """
        paid = []
        left = grant.hours
        for advance, hours in sorted(self.owed(), key=lambda pair: (pair[0].day, pair[0].seq)):
            is_in_time = grant.first_day <= advance.day and not grant.has_expired_on(advance.day)
            taken = min(hours, left)
            if advance.plan_id == grant.plan_id and is_in_time and taken > 0:
                paid.append((advance, taken))
                left -= taken
        return tuple(paid)

    # --------------------------------------------------------------------------- yearly cap
    def granted_for(self, plan_id: str, set_id: str | None = None) -> int:
        """Hours this office ever granted under a plan (and set), reversed ones left out."""
        return sum(
            grant.hours
            for grant in self.grants
            if grant.plan_id == plan_id
            and not isinstance(grant, TransferIn)
            and (set_id is None or grant.set_id == set_id)
            and not self.is_reversed(grant)
        )

    def counted_for_cap(self, plan_id: str) -> int:
        """Hours that count towards a plan's yearly cap.

        Granted and brought along, with what was used there; what was taken along to another
        office counts there. An advance use counts until a grant pays for it.
        """
        total = sum(hours for advance, hours in self.owed() if advance.plan_id == plan_id)
        for grant in self.grants:
            if grant.plan_id != plan_id or self.is_reversed(grant):
                continue
            total += grant.hours
            if isinstance(grant, TransferIn):
                total += grant.used_elsewhere
            total -= sum(
                draw.hours
                for draw in self.draws_of(grant.id)
                if isinstance(draw, TransferOut) and not self.is_reversed(draw)
            )
        return total

    def most_grantable(self, grant: LeaveGrant, cap: int | None) -> int:
        """Hours of a new grant that fit under the cap; what pays for an advance counts once.

        Args:
            grant: The grant with the hours wished for.
            cap: The plan's most hours in the year, None without one.
        """
        if cap is None:
            return grant.hours
        counted = self.counted_for_cap(grant.plan_id)
        payable = sum(hours for _, hours in self.payable(grant))
        return max(0, min(grant.hours, cap - counted + payable))

    def with_entries(self, entries: Sequence[Entry]) -> PersonLedger:
        """The ledger with more lines at its end."""
        return PersonLedger((*self.entries, *entries))
