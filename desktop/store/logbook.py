"""The logbook in the store; entries are only ever added."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from desktop.domain.logbook import LogEntry, Matter, NewEntry
from desktop.store.codes import canonical_json, known_moment, to_mapping
from desktop.store.errors import NotStoredError, StoreError
from desktop.store.reading import Reading
from desktop.store.tables import logbook_entry
from desktop.store.writing import Writing


class LogbookReading(Reading):
    """What was written down."""

    def logbook(self, *matters: Matter, scope: str | None = None) -> tuple[LogEntry, ...]:
        """Entries in the order they were written, taken back or not.

        Args:
            matters: Of these matters only; of all when none is named.
            scope: Of this scope only; of every scope when None.
        """
        query = select(logbook_entry).order_by(logbook_entry.c.seq)
        if matters:
            query = query.where(logbook_entry.c.matter.in_([one.value for one in matters]))
        if scope is not None:
            query = query.where(logbook_entry.c.scope == scope)
        rows = self._connection.execute(query).all()
        taken_back = {row.reverses for row in rows if row.reverses is not None}
        return tuple(
            LogEntry(
                Matter(row.matter),
                row.scope,
                row.subject,
                to_mapping(row.body),
                row.reason,
                actor=row.actor,
                at=known_moment(row.at),
                id=row.id,
                is_taken_back=row.id in taken_back,
            )
            for row in rows
            if row.reverses is None
        )


class LogbookWriting(Writing, LogbookReading):
    """Takes in entries."""

    def write_down(self, entries: Sequence[NewEntry]) -> tuple[str, ...]:
        """Add entries and return their identifiers."""
        return tuple(self._insert_entry(entry, None) for entry in entries)

    def take_entry_back(self, entry_id: str, *, reason: str) -> None:
        """Take an entry back by one against it; what was written before stands again.

        Raises:
            NotStoredError: When there is no such entry.
            StoreError: When it was taken back before.
        """
        row = self._connection.execute(
            select(logbook_entry).where(
                logbook_entry.c.id == entry_id, logbook_entry.c.reverses.is_(None)
            )
        ).first()
        if row is None:
            raise NotStoredError("找不到要復原的登記，可能資料已經還原過；請重新整理清單。")
        former = self._connection.execute(
            select(logbook_entry.c.id).where(logbook_entry.c.reverses == entry_id)
        ).first()
        if former is not None:
            raise StoreError("這個登記已經復原過，不能再復原一次；請重新整理清單。")
        against = NewEntry(Matter(row.matter), row.scope, row.subject, to_mapping(row.body), reason)
        self._insert_entry(against, entry_id)

    def _insert_entry(self, entry: NewEntry, reverses: str | None) -> str:
        made = self._identifier()
        self._connection.execute(
            insert(logbook_entry).values(
                id=made,
                seq=self._next_seq(logbook_entry),
                matter=entry.matter.value,
                scope=entry.scope,
                subject=entry.subject,
                body=canonical_json(dict(entry.body)),
                reason=entry.reason,
                actor=self._actor,
                at=self._now_text,
                reverses=reverses,
            )
        )
        self._touch(logbook_entry)
        return made
