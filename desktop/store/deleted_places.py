"""What is left of deleted rows in a chain, so that it can still be followed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table, select

from desktop.store.tables import deleted_row


def deleted_places(connection: Connection, table: Table) -> Mapping[int, tuple[str, str]]:
    """Of a chain what was deleted: the previous hash and the hash by place."""
    query = select(deleted_row).where(deleted_row.c.table_name == table.name)
    return {int(row.row_key): (row.previous_hash, row.hash) for row in connection.execute(query)}


def over_deleted(
    deleted: Mapping[int, tuple[str, str]], seq: int, previous: str
) -> tuple[int, str]:
    """Follow a chain over the deleted rows that come next, as far as their hashes fit.

    Args:
        deleted: See ``deleted_places``.
        seq: The place reached.
        previous: The hash there.

    Returns:
        The place reached now, and the hash there.
    """
    while (found := deleted.get(seq + 1)) is not None and found[0] == previous:
        seq, previous = seq + 1, found[1]
    return seq, previous
