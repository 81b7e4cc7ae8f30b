"""What every reading part stands on: one connection, one consistent snapshot."""

from __future__ import annotations

from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Connection, Select

from desktop.store.tables import batch, batch_file

_Columns = TypeVarTuple("_Columns")


class Reading:
    """A snapshot of the store, good inside ``Store.reading`` or ``Store.writing``."""

    def __init__(self, connection: Connection) -> None:
        """Read through a connection that is in a transaction."""
        self._connection = connection


def live(query: Select[*_Columns], file_column: ColumnElement[Any]) -> Select[*_Columns]:
    """The query joined to its rows' import and narrowed to imports not taken back.

    Args:
        query: Over a table that points to ``batch_file``.
        file_column: The column that does.
    """
    return query.where(
        batch_file.c.id == file_column,
        batch.c.id == batch_file.c.batch,
        batch.c.taken_back_at.is_(None),
    )
