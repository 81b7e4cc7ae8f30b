"""Reading the leave ledger."""

from __future__ import annotations

from sqlalchemy import select

from desktop.domain.ledger import Entry
from desktop.store.errors import NotStoredError
from desktop.store.ledger_codes import to_line
from desktop.store.reading import Reading
from desktop.store.tables import ledger_entry


class LedgerReading(Reading):
    """What was granted, used, moved and reversed."""

    def ledger(self, employee_id: str | None = None) -> tuple[Entry, ...]:
        """The lines in the order they were entered; one person's, or everybody's."""
        query = select(ledger_entry).order_by(ledger_entry.c.seq)
        if employee_id is not None:
            query = query.where(ledger_entry.c.employee_id == employee_id)
        return tuple(to_line(row) for row in self._connection.execute(query))

    def ledger_entry(self, entry_id: str) -> Entry:
        """One line.

        Raises:
            NotStoredError: When there is no such line.
        """
        row = self._connection.execute(
            select(ledger_entry).where(ledger_entry.c.id == entry_id)
        ).first()
        if row is None:
            raise NotStoredError("補休帳裡找不到這一筆，可能資料已經還原過；請重新整理清單。")
        return to_line(row)
