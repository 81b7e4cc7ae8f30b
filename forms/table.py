"""Rules of a table: horizontal and vertical lines, each drawn once."""

from __future__ import annotations

from collections.abc import Sequence

from forms.sheet import INNER, OUTLINE, Sheet

PADDING = 1.2
"""Millimetres left and right of a cell's text."""
PADDING_UPRIGHT = 0.5
"""Millimetres above and below."""


def edges(left: float, widths: Sequence[float]) -> tuple[float, ...]:
    """Give the left side of each column and the right side of the last, in millimetres."""
    result = [left]
    for width in widths:
        result.append(result[-1] + width)
    return tuple(result)


def row_lines(sheet: Sheet, *, left: float, right: float, tops: Sequence[float]) -> None:
    """Draw the lines between rows."""
    for y in tops:
        sheet.line(left, y, right, y, width=INNER)


def column_lines(sheet: Sheet, *, lefts: Sequence[float], top: float, bottom: float) -> None:
    """Draw the lines between columns over some rows."""
    for x in lefts:
        sheet.line(x, top, x, bottom, width=INNER)


def outline(sheet: Sheet, *, left: float, right: float, top: float, bottom: float) -> None:
    """Draw the outline of a table."""
    sheet.box(left, top, right - left, bottom - top, pen=OUTLINE)
