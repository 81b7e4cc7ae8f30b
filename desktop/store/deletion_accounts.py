"""Accounts of leave as units of deletion: a grant with all that draws on it and takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from desktop.domain.retention import DeletionUnit, RecordKind
from desktop.store.tables import ledger_entry


@dataclass
class Found:
    """A unit while its parts are gathered."""

    day: str = ""
    people: set[str] = field(default_factory=set)
    rows: int = 0

    def add(self, day: str | None, rows: int = 1) -> None:
        """Take in a row's day, ISO text, and how many rows it stands for."""
        self.day = max(self.day, (day or "")[:10])
        self.rows += rows


class Groups:
    """Rows that point at one another, gathered; the first that was seen names its group."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parent: dict[str, str] = {}
        self._rank: dict[str, int] = {}

    def root(self, key: str) -> str:
        """The row that names a row's group."""
        while self._parent.get(key, key) != key:
            key = self._parent[key]
        return key

    def join(self, key: str, other: str | None) -> None:
        """Put a row and what it points at, an earlier row, into one group."""
        if other is not None:
            self._rank.setdefault(other, len(self._rank))
        self._rank.setdefault(key, len(self._rank))
        self._parent.setdefault(key, key)
        if other is not None:
            first, second = sorted((self.root(key), self.root(other)), key=self._rank.__getitem__)
            self._parent[second] = first


@dataclass
class Account:
    """A grant with all that draws on it and takes it back."""

    root: str
    found: Found = field(default_factory=Found)
    titles: list[str] = field(default_factory=list)
    left: int = 0
    never_lapses: bool = False
    owes: bool = False
    first_year: int = 9999

    @property
    def day(self) -> date:
        """The last day that any line is about, or was entered on."""
        return date.fromisoformat(self.found.day)

    @property
    def people(self) -> set[str]:
        """Whose it is."""
        return self.found.people

    @property
    def held(self) -> str:
        """Why it may not go, whatever its age; empty mostly."""
        if self.never_lapses and self.left > 0:
            return "還有沒有用完、也沒有期限的時數"
        return "先行補休還沒有核給可以抵" if self.owes else ""

    def unit(self) -> DeletionUnit:
        """It as a unit."""
        words = f"{'、'.join(sorted(self.people))}　{'、'.join(self.titles) or '先行補休'}"
        return DeletionUnit(
            key=f"account/{self.root}",
            kind=RecordKind.LEDGER,
            words=words,
            day=self.day,
            people=frozenset(self.people),
            rows=self.found.rows,
            held=self.held,
        )


def leave_accounts(connection: Connection) -> Iterator[Account]:
    """Lines that stand on one another: a balance is none without all of them."""
    rows = connection.execute(select(ledger_entry).order_by(ledger_entry.c.seq)).all()
    groups = Groups()
    for row in rows:
        for other in (row.grant_id, row.advance_id, row.reverses):
            groups.join(row.id, other)
        groups.join(row.id, None)
    reversed_ids = {row.reverses for row in rows if row.reverses is not None}
    accounts: dict[str, Account] = {}
    unpaid: dict[str, int] = {}
    for row in rows:
        root = groups.root(row.id)
        one = accounts.setdefault(root, Account(root))
        for day in (row.day, row.recorded_at, row.expires, row.evidence_due):
            one.found.add(day, 0)
        one.found.add(None)
        one.people.add(row.employee_id)
        one.first_year = min(
            one.first_year, int((row.completed_on or row.first_day or row.day)[:4])
        )
        counts = row.kind != "reversal" and row.id not in reversed_ids
        if row.title:
            one.titles.append(row.title)
            one.never_lapses |= counts and row.expires is None
        if counts:
            if row.kind in ("grant", "transfer_in"):
                one.left += row.hours
            elif row.grant_id is not None:
                one.left -= row.hours
            if row.kind == "advance_use":
                unpaid[root] = unpaid.get(root, 0) + row.hours
            elif row.kind == "settlement":
                unpaid[root] = unpaid.get(root, 0) - row.hours
    for root, one in accounts.items():
        one.owes = unpaid.get(root, 0) > 0
        yield one
