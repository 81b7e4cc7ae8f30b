"""What every writing part stands on: the transaction, its one time, actor and identifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from desktop.store.codes import moment_text
from desktop.store.reading import Reading

NewId = Callable[[datetime], str]


class Writing(Reading):
    """One transaction: whole or not at all, see ``Store.writing``."""

    def __init__(self, connection: Connection, *, actor: str, now: datetime, new_id: NewId) -> None:
        """Write through a connection whose transaction somebody else ends.

        Args:
            connection: In a transaction that holds the write lock.
            actor: Whose act it is.
            now: The act's time, one for all its rows.
            new_id: Makes identifiers.
        """
        super().__init__(connection)
        self._actor = actor
        self._now = now
        self._new_id = new_id
        self._touched: Counter[str] = Counter()
        self._open_numbers: set[str] = set()
        self._subject = ""
        self._detail: dict[str, Any] = {}

    def describe(self, subject: str, detail: Mapping[str, Any] | None = None) -> None:
        """Say in the act's audit entry on what it was done, and what was before, after, why.

        Args:
            subject: A number, an employee id, a batch; no name.
            detail: Ready for JSON; added to what was said before. ``rows`` is the store's own.
        """
        self._subject = subject
        self._detail |= detail or {}

    @property
    def subject(self) -> str:
        """On what the act is done, empty unless described."""
        return self._subject

    @property
    def detail(self) -> dict[str, Any]:
        """What was described beside the subject."""
        return dict(self._detail)

    @property
    def touched(self) -> dict[str, int]:
        """How many rows of which table were added or changed so far, for the audit entry."""
        return {name: count for name, count in sorted(self._touched.items()) if count}

    @property
    def open_numbers(self) -> frozenset[str]:
        """Numbers handed out in this transaction that no document carries yet."""
        return frozenset(self._open_numbers)

    def _touch(self, table: Table, count: int = 1) -> None:
        self._touched[table.name] += count

    def _identifier(self) -> str:
        return self._new_id(self._now)

    @property
    def _now_text(self) -> str:
        return moment_text(self._now) or ""

    def _next_seq(self, table: Table) -> int:
        """The next place in a table's order; the write lock keeps others from taking it."""
        last = self._connection.execute(select(func.max(table.c.seq))).scalar()
        return (last or 0) + 1
