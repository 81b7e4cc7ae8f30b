"""Write a workbook description as xlsx: real tables, frozen headings, print set-up, charts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exports.cell_text import cell_text, could_be_formula
from desktop.exports.layout import PlacedTable, SheetLayout, column_letters, lay_out
from desktop.exports.roc_text import FIRST_ROC_YEAR, roc_moment
from desktop.exports.table_model import (
    CellKind,
    CellValue,
    Column,
    Formula,
    RowRole,
    WorkbookContent,
)
from desktop.exports.tones import TONES
from desktop.exports.xlsx_charts import CHART_ROWS, add_charts
from desktop.exports.xlsx_package import StoredValue, finish_package
from desktop.exports.xlsx_styles import StyleBook

ROC_DATE_FORMAT = "[$-404]e/mm/dd"
"""ROC year by the locale of Taiwan (0404); Excel and LibreOffice both show 114/03/15."""
ROC_MOMENT_FORMAT = "[$-404]e/mm/dd hh:mm:ss"

_ESCAPE_LOOKALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LAST_CHART_ROW_ON_FIRST_PAGE = 18


@dataclass(frozen=True)
class _Stored:
    """A value as openpyxl takes it, with its number format."""

    value: str | int | float | Decimal | date | datetime | None
    number_format: str = "General"


def write_xlsx(content: WorkbookContent) -> bytes:
    """Write the workbook.

    The bytes depend on the content only: `content.created` is the one time in them.

    Returns:
        The xlsx file.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    styles = StyleBook(workbook)
    formula_values: list[dict[str, StoredValue]] = []
    for sheet in content.sheets:
        layout = lay_out(sheet)
        worksheet = workbook.create_sheet(sheet.title)
        formula_values.append(_SheetWriter(worksheet, layout, styles).write())
        _set_up_page(worksheet, layout, content.footer)
        add_charts(worksheet, layout)
    properties = workbook.properties
    properties.title = cell_text(content.title)
    properties.creator = cell_text(content.author)
    properties.lastModifiedBy = properties.creator
    properties.created = content.created.replace(microsecond=0)
    buffer = BytesIO()
    workbook.save(buffer)
    return finish_package(buffer.getvalue(), formula_values, content.created)


class _SheetWriter:
    """Fills one worksheet from its layout."""

    def __init__(self, worksheet: Worksheet, layout: SheetLayout, styles: StyleBook) -> None:
        self._worksheet = worksheet
        self._layout = layout
        self._styles = styles
        self._formula_values: dict[str, StoredValue] = {}

    def write(self) -> dict[str, StoredValue]:
        """Write everything but charts; return the value of each formula by its cell."""
        layout = self._layout
        self._write_text(layout.heading.row, layout.heading.text, "heading")
        for line in (*layout.lines, *layout.notes):
            self._write_text(line.row, line.text, "line")
        for placed in layout.tables:
            self._write_table(placed)
        for number, width in enumerate(layout.widths, start=1):
            self._worksheet.column_dimensions[column_letters(number)].width = width
        for row, height in enumerate(layout.heights, start=1):
            self._worksheet.row_dimensions[row].height = height
        return self._formula_values

    def _cell(self, row: int, column: int) -> Cell:
        cell = self._worksheet.cell(row, column)
        assert isinstance(cell, Cell)  # nothing is merged, so every cell is a plain one
        return cell

    def _write_text(self, row: int, text: str, style: str) -> None:
        cell = self._cell(row, 1)
        cell.style = self._styles.plain(style)
        _store_text(cell, text)

    def _write_table(self, placed: PlacedTable) -> None:
        table = placed.table
        if placed.caption:
            self._write_text(placed.caption.row, placed.caption.text, "caption")
        for number, heading in enumerate(placed.headings, start=1):
            cell = self._cell(placed.heading_row, number)
            cell.style = self._styles.plain("column heading")
            _store_text(cell, heading)
        for index, row in enumerate(table.shown_rows):
            for number, (column, value) in enumerate(
                zip(table.columns, row.cells, strict=True), start=1
            ):
                cell = self._cell(placed.row_of(index), number)
                self._write_value(cell, column, value, row.role, placed, index)
        self._colour_words(placed)
        if table.is_filterable:
            self._add_table(placed)

    def _write_value(
        self,
        cell: Cell,
        column: Column,
        value: CellValue,
        role: RowRole,
        placed: PlacedTable,
        index: int,
    ) -> None:
        stored = _stored(column, value)
        cell.style = self._styles.value(column.kind, stored.number_format, role, value)
        if isinstance(value, Formula):
            cell.value = "=" + placed.reference(
                value, index=index, divider=",", cell=_address, span=_span
            )
            self._formula_values[cell.coordinate] = (
                cell_text(value.value) if isinstance(value.value, str) else value.value
            )
        elif isinstance(stored.value, str):
            _store_text(cell, stored.value)
        elif stored.value is not None:
            cell.value = stored.value

    def _colour_words(self, placed: PlacedTable) -> None:
        for number, column in enumerate(placed.table.columns, start=1):
            if column.kind is not CellKind.WORD:
                continue
            first = _address(placed.heading_row + 1, number)
            area = f"{first}:{_address(placed.filter_end_row, number)}"
            for tone in TONES:
                test = ",".join(f'{first}="{word}"' for word in tone.words)
                rule = FormulaRule(
                    formula=[f"OR({test})"],
                    font=Font(color=tone.text),
                    fill=PatternFill(fill_type="solid", bgColor=tone.ground),
                )
                self._worksheet.conditional_formatting.add(area, rule)

    def _add_table(self, placed: PlacedTable) -> None:
        end = _address(placed.filter_end_row, len(placed.headings))
        table = Table(
            displayName=placed.table.name,
            ref=f"{_address(placed.heading_row, 1)}:{end}",
            tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
        )
        self._worksheet.add_table(table)


def _store_text(cell: Cell, text: str) -> None:
    """Store a text as text whatever it begins with; an empty one leaves the cell empty."""
    clean = cell_text(text)
    if not clean:
        return
    cell.value = _ESCAPE_LOOKALIKE.sub("_x005F_", clean)
    # openpyxl takes "=…" for a formula and "#N/A" for an error; here they are words.
    cell.data_type = "s"
    if could_be_formula(clean):
        cell.quotePrefix = True


def _stored(column: Column, value: CellValue) -> _Stored:
    plain = value.value if isinstance(value, Formula) else value
    unit = value.unit if isinstance(value, Formula) else ""
    if isinstance(plain, str):
        return _Stored(plain, "@" if column.kind is CellKind.CODE else "General")
    if isinstance(plain, datetime):
        if plain.year < FIRST_ROC_YEAR:
            return _Stored(roc_moment(plain))
        return _Stored(plain.replace(microsecond=0), ROC_MOMENT_FORMAT)
    if isinstance(plain, date):
        if plain.year < FIRST_ROC_YEAR:
            return _Stored(roc_moment(plain))
        return _Stored(plain, ROC_DATE_FORMAT)
    if plain is None:
        return _Stored(None)
    if column.kind is CellKind.RATE:
        return _Stored(plain, "0.0%")
    whole = "#,##0" if plain == int(plain) else "#,##0.0#"
    return _Stored(plain, f'{whole}" {unit}"' if unit else whole)


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def _span(first_row: int, last_row: int, column: int) -> str:
    return f"{_address(first_row, column)}:{_address(last_row, column)}"


def _set_up_page(worksheet: Worksheet, layout: SheetLayout, footer: str) -> None:
    """A4 landscape, one page wide, headings repeated, page numbers below."""
    first = layout.tables[0]
    last_row = layout.end_row
    if layout.sheet.charts:
        last_row = layout.chart_row + CHART_ROWS
        if layout.chart_row > _LAST_CHART_ROW_ON_FIRST_PAGE:
            worksheet.row_breaks.append(Break(id=layout.chart_row - 2))
    worksheet.print_area = f"A1:{_address(last_row, len(layout.widths))}"
    if layout.sheet.repeats_headings:
        worksheet.print_title_rows = f"{first.heading_row}:{first.heading_row}"
        worksheet.freeze_panes = _address(first.heading_row + 1, layout.sheet.frozen_columns + 1)
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = int(worksheet.PAPERSIZE_A4)
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    margins.header = margins.footer = 0.3
    worksheet.oddFooter.left.text = cell_text(footer).replace("&", "&&")
    worksheet.oddFooter.center.text = "第 &P 頁／共 &N 頁"
    worksheet.oddFooter.right.text = "&A"
    worksheet.sheet_view.showGridLines = False
