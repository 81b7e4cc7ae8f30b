"""Headings that a report prints in two rows: 起 over 日期 and 時間, 姓名 over both rows."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop.importers.document import Document, GridRow, Table, TextBlock
from desktop.importers.tabulation import HEADER_ROWS

_VALUE = re.compile(r"\d{2}")
_LONGEST = 20


def with_joined_headings(document: Document) -> Document | None:
    """The document with every such pair of rows as one row; None when it has none.

    Args:
        document: One file as read.
    """
    blocks: list[Table | TextBlock] = []
    has_joined = False
    for block in document.blocks:
        if isinstance(block, Table):
            joined = _joined_table(block)
            has_joined = has_joined or joined is not None
            blocks.append(joined or block)
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks)) if has_joined else None


def _joined_table(table: Table) -> Table | None:
    for place in range(min(HEADER_ROWS, len(table.rows) - 1)):
        upper, lower = table.rows[place : place + 2]
        row = joined_headings(upper, lower)
        if row is not None:
            rows = _joined_everywhere(table.rows, upper, lower, row)
            return replace(table, rows=rows)
    return None


def _joined_everywhere(
    rows: tuple[GridRow, ...], upper: GridRow, lower: GridRow, row: GridRow
) -> tuple[GridRow, ...]:
    """The rows with the pair joined wherever a page repeats it."""
    joined: list[GridRow] = []
    for one in rows:
        if joined and one.cells == lower.cells and joined[-1].cells == upper.cells:
            joined[-1] = replace(row, number=joined[-1].number)
        else:
            joined.append(one)
    return tuple(joined)


def joined_headings(upper: GridRow, lower: GridRow) -> GridRow | None:
    """Two rows as one row of headings; None unless they plainly are one.

    Some cells of the upper row must reach down (nothing or the same below them); the others must
    each spread over several cells of the lower row, so that a row of data below its headings is
    never taken for one; no column may be blank in both, and nothing may look like data.

    Args:
        upper: A row.
        lower: The row below it.
    """
    width = max(len(upper.cells), len(lower.cells))
    above = [_heading(upper, place) for place in range(width)]
    below = [_heading(lower, place) for place in range(width)]
    if None in above or None in below:
        return None
    reaching = 0
    parts: dict[int, int] = {}
    group, group_at = "", -1
    cells: list[str] = []
    for place, (top, below_it) in enumerate(zip(above, below, strict=True)):
        if top:
            group, group_at = top, place
        bottom = "" if below_it == top else below_it  # merged over both, it stands in both
        if bottom:
            if not group:
                return None
            parts[group_at] = parts.get(group_at, 0) + 1
        elif top:
            reaching += 1
        else:
            return None
        cells.append(f"{group}{bottom}")
    if not reaching or not parts or min(parts.values()) < 2:
        return None
    return GridRow(tuple(cells), upper.number, upper.boxes + lower.boxes)


def _heading(row: GridRow, place: int) -> str | None:
    """A cell as part of a heading, empty for a blank one; None when it looks like data."""
    cell = row.cells[place] if place < len(row.cells) else ""
    if not isinstance(cell, str):
        return None
    text = " ".join(cell.split())
    return None if len(text) > _LONGEST or _VALUE.search(text) else text
