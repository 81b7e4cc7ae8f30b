"""What of the leave ledger stands in the way of taking an import back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, exists, select

from desktop.store.tables import ledger_entry


def grants_since(
    connection: Connection, moment: str, concerned: ColumnElement[bool]
) -> tuple[str, ...]:
    """Who was granted leave since a moment, reversed grants left out, in the order entered.

    Args:
        connection: In a transaction.
        moment: ISO text of the import's time.
        concerned: Narrows the lines to the people of the import.
    """
    reversal = ledger_entry.alias("reversal")
    query = (
        select(ledger_entry.c.employee_id)
        .where(
            ledger_entry.c.kind == "grant",
            ledger_entry.c.recorded_at >= moment,
            concerned,
            ~exists().where(reversal.c.reverses == ledger_entry.c.id),
        )
        .order_by(ledger_entry.c.seq)
    )
    return tuple(dict.fromkeys(connection.execute(query).scalars()))


def uses_from(connection: Connection, sources: Collection[str]) -> tuple[str, ...]:
    """Whose uses were recorded from rows of the attendance system, reversed ones left out.

    Args:
        connection: In a transaction.
        sources: Keys of the rows, see ``Use.source``.
    """
    reversal = ledger_entry.alias("reversal")
    query = (
        select(ledger_entry.c.employee_id, ledger_entry.c.source)
        .where(
            ledger_entry.c.kind == "use",
            ledger_entry.c.source != "",
            ~exists().where(reversal.c.reverses == ledger_entry.c.id),
        )
        .order_by(ledger_entry.c.seq)
    )
    wanted = set(sources)
    return tuple(
        dict.fromkeys(row.employee_id for row in connection.execute(query) if row.source in wanted)
    )
