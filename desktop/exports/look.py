"""How every workbook looks: face, sizes, colours, alignment, widths; one place for all writers."""

from __future__ import annotations

from desktop.exports.table_model import CellKind, RowRole

FONT_NAME = "Microsoft JhengHei"
"""On every Windows of the last decade; elsewhere the viewer takes its own Chinese face."""
FONT_SIZE = 10
HEADING_SIZE = 16
CAPTION_SIZE = 12
HEADING_GROUND = "1A5A99"
HEADING_TEXT = "FFFFFF"
RULE = "B9C0C9"
GROUNDS = {RowRole.SUBTOTAL: "F1F1F1", RowRole.TOTAL: "E4EEF8"}
"""Ground of total rows, sRGB without "#"."""

HORIZONTAL = {
    CellKind.TEXT: "left",
    CellKind.CODE: "left",
    CellKind.LABEL: "center",
    CellKind.WORD: "center",
    CellKind.NUMBER: "right",
    CellKind.RATE: "right",
    CellKind.MOMENT: "center",
}

LINE_HEIGHT = 15.0
"""Points a line of body text takes."""
ROW_PADDING = 4.0
"""Points a row has beyond its lines."""
COLUMN_HEADING_PADDING = 14.0
"""Points the headings have beyond their lines: the filter buttons stand there."""
HEADING_HEIGHT = 26.0
CAPTION_HEIGHT = 20.0
HEIGHT_LIMIT = 409.0
"""Highest row Excel draws, in points."""

CENTIMETRES_PER_WIDTH = 0.185
"""Width of one half-width sign of a column's width: 7 px at 96 to the inch."""


def horizontal_alignment(kind: CellKind, value: object) -> str:
    """Return left, center or right; words in a column of numbers stand left."""
    if isinstance(value, str) and kind in (CellKind.NUMBER, CellKind.RATE, CellKind.MOMENT):
        return "left"
    return HORIZONTAL[kind]
