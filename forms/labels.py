"""Tables of labels and values: the heads of letters, reply slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.sheet import Align, Sheet
from forms.table import PADDING, PADDING_UPRIGHT, column_lines, edges, outline, row_lines
from forms.textfit import Fitted, Style, TextFitter


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell over some columns."""

    text: str
    first: int
    """Its first column."""
    end: int
    """One past its last column."""
    style: Style
    align: Align = Align.LEFT
    padding: float = PADDING
    """Millimetres left and right of the text."""


@dataclass(frozen=True)
class LabelRow:
    """Fitted cells, and the height the highest of them needs."""

    cells: tuple[tuple[Cell, Fitted], ...]
    height: float


class LabelTable:
    """A table of fixed columns whose rows grow where a text needs it."""

    def __init__(self, *, left: float, columns: Sequence[float]) -> None:
        """Take the left side and the width of each column, in millimetres."""
        self.lefts = edges(left, columns)

    def row(self, fitter: TextFitter, cells: Sequence[Cell], *, height: float) -> LabelRow:
        """Fit the cells of a row that is so high (millimetres) where nothing needs more."""
        fitted = tuple(
            (
                cell,
                fitter.fitted(
                    cell.text,
                    cell.style,
                    width=self.lefts[cell.end] - self.lefts[cell.first] - 2 * cell.padding,
                    lines=1 + cell.text.count("\n"),
                    bold=(0, len(cell.text)),
                ),
            )
            for cell in cells
        )
        needed = max(text.height for _, text in fitted) + 2 * PADDING_UPRIGHT
        return LabelRow(fitted, max(height, needed))

    def draw(
        self, sheet: Sheet, rows: Sequence[LabelRow], top: float, *, has_outline: bool = True
    ) -> float:
        """Draw the rows from a height down.

        Args:
            sheet: Page to draw on.
            rows: As fitted by this table.
            top: Millimetres from the upper side of the sheet.
            has_outline: False where the table is part of a larger one.

        Returns:
            The bottom of the table.
        """
        x = self.lefts
        y = top
        tops: list[float] = []
        for row in rows:
            tops.append(y)
            for cell, text in row.cells:
                sheet.fitted(
                    text,
                    x=x[cell.first] + cell.padding,
                    y=y,
                    width=x[cell.end] - x[cell.first] - 2 * cell.padding,
                    height=row.height,
                    align=cell.align,
                )
            inner = [x[cell.first] for cell, _ in row.cells if cell.first]
            column_lines(sheet, lefts=inner, top=y, bottom=y + row.height)
            y += row.height
        row_lines(sheet, left=x[0], right=x[-1], tops=tops[1:])
        if has_outline:
            outline(sheet, left=x[0], right=x[-1], top=top, bottom=y)
        return y
