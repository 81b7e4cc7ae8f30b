"""A file's tables as a person looks at them to say what their columns are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop.importers.document import (
    Document,
    GridRow,
    ReadingError,
    Source,
    Table,
    cell_text,
)
from desktop.importers.headings import is_known_heading
from desktop.importers.mapping import row_titles
from desktop.importers.reading import document_of
from desktop.importers.split_headings import with_joined_headings
from desktop.importers.tabulation import HEADER_ROWS

LOOKED_AT = 200
"""Rows of a table from which its columns are understood."""
SHOWN = 30
"""Rows of a table that the clerk sees."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """One table of a file.

    Attributes:
        name: What the clerk knows it by.
        rows: Its first rows, each as wide as the table; cells in words.
        numbers: Each row's number as the clerk counts it.
        headings: The row that looks most like headings, counted from 0.
        total: How many rows the whole table has.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    headings: int
    total: int

    def titles(self, header: int) -> tuple[str, ...]:
        """The titles when the row ``header``, counted from 0, is the row of headings."""
        return _titles(self.rows[header])


def sheet_views(name: str, content: bytes) -> tuple[SheetView, ...]:
    """The tables of a file; none when it cannot be read.

    Args:
        name: The file's name within the batch.
        content: Its bytes; no archive.
    """
    source = Source(hashlib.sha256(content).hexdigest(), name)
    try:
        document = document_of(source, content)
    except ReadingError:
        return ()
    return views_of(with_joined_headings(document) or document)


def views_of(document: Document) -> tuple[SheetView, ...]:
    """The tables of a document that has any rows to speak of."""
    views = []
    for number, table in enumerate(document.tables, 1):
        view = _view(table, number)
        if len(view.rows) > 1:
            views.append(view)
    return tuple(views)


def _view(table: Table, number: int) -> SheetView:
    first = table.rows[:LOOKED_AT]
    cells = [tuple(cell_text(cell) for cell in row.cells) for row in first]
    width = max((len(_trimmed(row)) for row in cells), default=0)
    rows = tuple((row + ("",) * width)[:width] for row in cells)
    name = table.sheet or (f"第 {table.page} 頁的表格" if table.page else f"表格 {number}")
    return SheetView(
        name=name,
        rows=rows,
        numbers=tuple(row.number or place for place, row in enumerate(first, 1)),
        headings=_likely_headings(table),
        total=len(table.rows),
    )


def _trimmed(row: tuple[str, ...]) -> tuple[str, ...]:
    cells = list(row)
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _titles(row: tuple[str, ...]) -> tuple[str, ...]:
    return row_titles(GridRow(row))


def _likely_headings(table: Table) -> int:
    """The row with most known headings, then with most words and fewest values."""
    best, best_score = 0, (-1, -1.0)
    for place, row in enumerate(table.rows[:HEADER_ROWS]):
        texts = [cell.strip() for cell in row.cells if isinstance(cell, str) and cell.strip()]
        known = sum(is_known_heading(text) for text in texts)
        words = sum(len(text) <= 20 and not any(c.isdigit() for c in text) for text in texts)
        values = sum(cell != "" for cell in row.cells) - words
        score = (known, words - 2.0 * values)
        if score > best_score:
            best, best_score = place, score
    return best
