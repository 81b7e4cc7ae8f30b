"""Reading again, once, what formats before 4 kept of a row only as it was read.

The cells of every learning row have always been kept by their headings; what was not yet told
apart in them is told now, so that nobody must import the old files again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, bindparam, select, update

from desktop.domain.evidence import ShownFacts
from desktop.store.codes import SHOWN_COLUMNS, shown_cells, to_mapping
from desktop.store.tables import learning_row

FORMAT_WITH_SHOWN_FACTS = 4

Reread = Callable[[Sequence[tuple[str | None, Mapping[str, str]]]], Sequence[ShownFacts]]
"""From the rows of one file, each its sheet and its cells by heading, to what they show."""


def read_again(connection: Connection, reread: Reread) -> int:
    """Fill what rows show from their cells as read, and return of how many rows.

    Args:
        connection: In a writing transaction, the store migrated.
        reread: Reads the rows of one file.
    """
    count = 0
    change = update(learning_row).where(learning_row.c.id == bindparam("whose"))
    for ids, rows in _by_file(connection):
        found = [shown_cells(facts) for facts in reread(rows)]
        changes = [
            {"whose": row_id, **dict(zip(SHOWN_COLUMNS, _typed(cells), strict=True))}
            for row_id, cells in zip(ids, found, strict=True)
            if any(cell is not None for cell in cells)
        ]
        if changes:
            connection.execute(change.values({n: bindparam(n) for n in SHOWN_COLUMNS}), changes)
        count += len(changes)
    return count


def _typed(cells: tuple[object, ...]) -> tuple[object, ...]:
    # Through Core flags are booleans, not the driver's 0 and 1.
    return tuple(bool(cell) if isinstance(cell, int) else cell for cell in cells)


def _by_file(
    connection: Connection,
) -> Iterator[tuple[list[str], list[tuple[str | None, Mapping[str, str]]]]]:
    files = connection.execute(select(learning_row.c.batch_file).distinct()).scalars().all()
    for file_id in files:
        rows = connection.execute(
            select(learning_row.c.id, learning_row.c.sheet, learning_row.c.raw)
            .where(learning_row.c.batch_file == file_id)
            .order_by(learning_row.c.position)
        ).all()
        yield [row.id for row in rows], [(row.sheet, to_mapping(row.raw)) for row in rows]
