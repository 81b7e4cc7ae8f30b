"""What the window shows of the leave ledger, one class a view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.people import Person


@dataclass(frozen=True, slots=True)
class LedgerPerson:
    """One person in the office's list; hours with everything entered taken off.

    Attributes:
        granted, used, expired, remaining: Hours; used with what was taken along and paid for.
        next_expiry: The last day of the grant that lapses next; None without one.
        next_hours: Hours that lapse with it.
        days_left: Days until then, the day itself being 0.
        owed_hours: Hours used in advance that no grant has paid for.
        owed_by: The first day by which evidence is owed for them.
        has_lines: Whether anything was ever entered.
        is_on_roster: Whether the person is still on the roster.
    """

    employee_id: str
    name: str
    unit: str
    title: str
    granted: int
    used: int
    expired: int
    remaining: int
    next_expiry: date | None
    next_hours: int
    days_left: int | None
    owed_hours: int
    owed_by: date | None
    has_lines: bool
    is_on_roster: bool


@dataclass(frozen=True, slots=True)
class GrantView:
    """One grant of a card; hours with everything entered taken off.

    Attributes:
        entry_id: The line.
        title: What it was granted for.
        used: Hours used, paid for and taken along.
        validity: When it may be used, in words.
        is_reversed: Whether it was taken back.
        number: Its place among the person's grants.
    """

    entry_id: str
    number: int
    title: str
    granted: int
    used: int
    expired: int
    balance: int
    expires: date | None
    validity: str
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a card.

    Attributes:
        entry_id: Empty for hours that lapsed.
        kind: ``grant``, ``use`` …, ``lapsed``.
        word: 核給, 使用 …
        words: What it was, in words.
        change: Hours added, or taken when negative; 0 for an advance use.
        hours: Hours of the line.
        balance: Hours left after it.
        document_number: 文號.
        grants: Number of the grant it belongs to; empty for an advance use.
        is_reversed: Whether it was taken back.
        can_be_reversed: Whether it may still be.
        recorded: When and by whom it was entered, in words.
    """

    entry_id: str
    kind: str
    word: str
    day: date
    words: str
    change: int
    hours: int
    balance: int
    document_number: str
    grant_number: str
    is_reversed: bool
    can_be_reversed: bool
    recorded: str


@dataclass(frozen=True, slots=True)
class OwedView:
    """Hours used in advance that no grant has paid for yet."""

    entry_id: str
    employee_id: str
    name: str
    unit: str
    day: date
    hours: int
    consented_by: str
    evidence_due: date
    days_left: int


@dataclass(frozen=True, slots=True)
class LedgerCard:
    """One person's card on a day.

    Attributes:
        person: Whose.
        as_of: The day.
        granted, used, expired, balance: Hours by that day alone.
        planned: Hours entered for later days.
        next_expiry, next_hours, days_left: What lapses next.
        grants: The grants, first to expire first.
        lines: Everything entered, in its order, with what lapsed between.
        owed: What was used in advance and is not paid for.
    """

    person: Person
    as_of: date
    granted: int
    used: int
    expired: int
    balance: int
    planned: int
    next_expiry: date | None
    next_hours: int
    days_left: int | None
    grants: tuple[GrantView, ...]
    lines: tuple[LineView, ...]
    owed: tuple[OwedView, ...]

    @property
    def remaining(self) -> int:
        """Hours that may still be entered as used, sooner or later."""
        return self.balance - self.planned


@dataclass(frozen=True, slots=True)
class ExpiringLine:
    """Hours of one grant that lapse soon."""

    employee_id: str
    name: str
    unit: str
    title: str
    hours: int
    expires: date
    days_left: int
