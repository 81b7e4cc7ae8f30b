"""Cell styles of the xlsx files, each made once and shared by thousands of cells."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from desktop.exports.look import (
    CAPTION_SIZE,
    FONT_NAME,
    FONT_SIZE,
    GROUNDS,
    HEADING_GROUND,
    HEADING_SIZE,
    HEADING_TEXT,
    RULE,
    horizontal_alignment,
)
from desktop.exports.table_model import CellKind, CellValue, RowRole


class StyleBook:
    """Makes each style of a workbook once and hands out its name."""

    def __init__(self, workbook: Workbook) -> None:
        """Work on one workbook."""
        self._workbook = workbook
        self._names: dict[tuple[str, ...], str] = {}

    def plain(self, purpose: str) -> str:
        """Return the style for text outside values: heading, line, caption, column heading."""
        key = ("plain", purpose)
        if key not in self._names:
            style = NamedStyle(name=f"Gongyu {purpose}")
            style.font = Font(name=FONT_NAME, size=FONT_SIZE)
            style.alignment = Alignment(vertical="center")
            if purpose == "heading":
                style.font = Font(name=FONT_NAME, size=HEADING_SIZE, bold=True)
            elif purpose == "caption":
                style.font = Font(name=FONT_NAME, size=CAPTION_SIZE, bold=True)
            elif purpose == "column heading":
                style.font = Font(name=FONT_NAME, size=FONT_SIZE, bold=True, color=HEADING_TEXT)
                style.fill = PatternFill("solid", fgColor=HEADING_GROUND)
                style.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                style.border = _border()
            self._add(key, style)
        return self._names[key]

    def value(self, kind: CellKind, number_format: str, role: RowRole, value: CellValue) -> str:
        """Return the style for a value of a column of that kind in a row of that role."""
        horizontal = horizontal_alignment(kind, value)
        key = ("value", horizontal, number_format, role.value)
        if key not in self._names:
            style = NamedStyle(name=f"Gongyu value {len(self._names)}")
            is_total = role is not RowRole.DATA
            style.font = Font(name=FONT_NAME, size=FONT_SIZE, bold=is_total)
            style.alignment = Alignment(
                horizontal=horizontal,
                vertical="center",
                wrap_text=horizontal != "right",
                indent=1 if horizontal == "right" else 0,
            )
            style.border = _border()
            style.number_format = number_format
            if is_total:
                style.fill = PatternFill("solid", fgColor=GROUNDS[role])
            self._add(key, style)
        return self._names[key]

    def _add(self, key: tuple[str, ...], style: NamedStyle) -> None:
        self._workbook.add_named_style(style)
        self._names[key] = style.name


def _border() -> Border:
    side = Side(style="thin", color=RULE)
    return Border(left=side, right=side, top=side, bottom=side)
