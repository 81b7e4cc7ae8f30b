"""Where everything of a sheet stands: the same rows and columns for every writer.

Rows and columns count from 1. All tables of a sheet start in the first column and follow one
another downwards, so that a filter of one never hides rows of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.exports.cell_text import lines_within, unique_headings
from desktop.exports.look import (
    CAPTION_HEIGHT,
    COLUMN_HEADING_PADDING,
    HEADING_HEIGHT,
    HEIGHT_LIMIT,
    LINE_HEIGHT,
    ROW_PADDING,
)
from desktop.exports.table_model import CellValue, Formula, SheetContent, TableContent


@dataclass(frozen=True)
class PlacedText:
    """A line of text in the first column of a row."""

    row: int
    text: str


@dataclass(frozen=True)
class PlacedTable:
    """A table with its place.

    Attributes:
        table: What it holds.
        headings: Headings as written, fit for a real table.
        caption: Line above the headings, if any.
        heading_row: Row of the headings; the first row of values is the next one.
        filter_end_row: Last row the filters cover.
        end_row: Last row, totals included.
    """

    table: TableContent
    headings: tuple[str, ...]
    caption: PlacedText | None
    heading_row: int
    filter_end_row: int
    end_row: int

    def row_of(self, index: int) -> int:
        """Return the sheet's row of the table's row `index` (from 0)."""
        return self.heading_row + 1 + index

    def reference(
        self,
        formula: Formula,
        *,
        index: int,
        divider: str,
        cell: Callable[[int, int], str],
        span: Callable[[int, int, int], str],
    ) -> str:
        """Write a formula with this table's addresses.

        Args:
            formula: The formula of the table's row `index`.
            index: The row the formula stands in, from 0.
            divider: What divides arguments in the target format.
            cell: Address of (row, column).
            span: Address of (first row, last row, column).

        Returns:
            The formula without "=".
        """
        names = {name: '"' + text.replace('"', '""') + '"' for name, text in formula.literals}
        for number, column in enumerate(self.table.columns, start=1):
            if formula.rows is None:
                names[column.key] = cell(self.row_of(index), number)
            else:
                first, last = formula.rows
                names[column.key] = span(self.row_of(first), self.row_of(last), number)
        return formula.template.replace(";", divider).format_map(names)


@dataclass(frozen=True)
class SheetLayout:
    """A sheet with every part in its place.

    Attributes:
        sheet: What it holds.
        heading: First line.
        lines: Lines under the heading, broken to the sheet's width.
        tables: Tables from top to bottom.
        notes: Lines under the last table.
        widths: Width of each column in half-width signs.
        heights: Height of each row in points, the first row first.
        end_row: Last row with text.
        chart_row: Row where charts begin.
    """

    sheet: SheetContent
    heading: PlacedText
    lines: tuple[PlacedText, ...]
    tables: tuple[PlacedTable, ...]
    notes: tuple[PlacedText, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    end_row: int
    chart_row: int

    def table_named(self, name: str) -> PlacedTable:
        """Return the placed table of that name.

        Raises:
            KeyError: The sheet has no such table.
        """
        for placed in self.tables:
            if placed.table.name == name:
                return placed
        raise KeyError(name)


def lay_out(sheet: SheetContent) -> SheetLayout:
    """Give every part of a sheet its rows and every column its width."""
    count = max(len(table.columns) for table in sheet.tables)
    widths = tuple(
        max(table.columns[i].width for table in sheet.tables if i < len(table.columns))
        for i in range(count)
    )
    # Bold and larger faces need more than a sign's width; a tenth is kept free.
    line_width = sum(widths) * 0.9
    lines = _place((part for line in sheet.lines for part in lines_within(line, line_width)), 2)
    row = 2 + len(lines)
    tables: list[PlacedTable] = []
    for table in sheet.tables:
        row += 1
        caption = PlacedText(row, table.caption) if table.caption else None
        heading_row = row + 1 if caption else row
        shown = table.shown_rows
        tables.append(
            PlacedTable(
                table=table,
                headings=unique_headings(column.title for column in table.columns),
                caption=caption,
                heading_row=heading_row,
                filter_end_row=heading_row + max(table.data_count, 1),
                end_row=heading_row + len(shown),
            )
        )
        row = heading_row + len(shown) + 1
    notes = _place(
        (part for note in sheet.notes for part in lines_within(note, line_width)), row + 1
    )
    end_row = notes[-1].row if notes else tables[-1].end_row
    return SheetLayout(
        sheet=sheet,
        heading=PlacedText(1, sheet.heading),
        lines=lines,
        tables=tuple(tables),
        notes=notes,
        widths=widths,
        heights=_heights(tables, widths, end_row),
        end_row=end_row,
        chart_row=end_row + 2,
    )


def _place(texts: Iterable[str], first_row: int) -> tuple[PlacedText, ...]:
    return tuple(PlacedText(row, text) for row, text in enumerate(texts, start=first_row))


def _heights(
    tables: Sequence[PlacedTable], widths: tuple[float, ...], end_row: int
) -> tuple[float, ...]:
    """Return heights that hold the wrapped texts: programs don't agree on working them out."""
    heights = [LINE_HEIGHT + ROW_PADDING] * end_row
    heights[0] = HEADING_HEIGHT
    for placed in tables:
        if placed.caption:
            heights[placed.caption.row - 1] = CAPTION_HEIGHT
        count = max(map(_line_count, placed.headings, widths))
        heights[placed.heading_row - 1] = count * LINE_HEIGHT + COLUMN_HEADING_PADDING
        for index, row in enumerate(placed.table.shown_rows):
            count = max(map(_line_count, row.cells, widths))
            height = min(count * LINE_HEIGHT + ROW_PADDING, HEIGHT_LIMIT)
            heights[placed.row_of(index) - 1] = height
    return tuple(heights)


def _line_count(value: CellValue, width: float) -> int:
    text = value.value if isinstance(value, Formula) else value
    if not isinstance(text, str):
        return 1
    # Words of Latin letters and numbers break earlier than signs do, and cells have a margin.
    return len(lines_within(text, max(width - 2, 2)))


def column_letters(number: int) -> str:
    """Return a column's letters: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
