"""Parts of a workbook description: without some sheets and columns, whole otherwise."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

from desktop.exports.table_model import (
    CellKind,
    CellValue,
    ChartContent,
    ChartShape,
    Formula,
    Row,
    RowRole,
    SheetContent,
    TableContent,
    WorkbookContent,
)

_REFERENCE = re.compile(r"\{(\w+)\}")
_TOTAL = "合計"

ColumnName = tuple[str, str]
"""A table's name and a column's key."""


class NothingLeftError(ValueError):
    """Every sheet was left out."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("沒有勾選任何工作表，請至少勾選一張。")


def without(
    content: WorkbookContent, sheets: Set[str], columns: Set[ColumnName]
) -> WorkbookContent:
    """The workbook without some sheets and columns.

    A formula that would point at a column left out gives way to its value; a chart that would is
    left out itself, or drawn of the columns that stay where it shows several.

    Args:
        content: Everything.
        sheets: Titles to leave out.
        columns: Columns to leave out; a table that loses all of them goes, and so does a sheet
            that loses all its tables.

    Raises:
        NothingLeftError: When nothing would be left.
    """
    kept = [
        found
        for sheet in content.sheets
        if sheet.title not in sheets and (found := _sheet(sheet, columns)) is not None
    ]
    if not kept:
        raise NothingLeftError
    return replace(content, sheets=tuple(kept))


def _sheet(sheet: SheetContent, columns: Set[ColumnName]) -> SheetContent | None:
    if not columns & {(t.name, column.key) for t in sheet.tables for column in t.columns}:
        return sheet
    first = sheet.tables[0]
    frozen = sum(
        (first.name, column.key) not in columns for column in first.columns[: sheet.frozen_columns]
    )
    tables = tuple(found for table in sheet.tables if (found := _table(table, columns)) is not None)
    if not tables:
        return None
    charts = tuple(drawn for chart in sheet.charts if (drawn := _chart(chart, tables)) is not None)
    return replace(
        sheet,
        tables=tables,
        charts=charts,
        frozen_columns=frozen if tables[0].name == first.name else 0,
    )


def _table(table: TableContent, columns: Set[ColumnName]) -> TableContent | None:
    places = [n for n, c in enumerate(table.columns) if (table.name, c.key) not in columns]
    if not places:
        return None
    if len(places) == len(table.columns):
        return table
    keys = {table.columns[place].key for place in places}
    rows = tuple(_row(row, places, keys) for row in table.rows)
    kept = tuple(table.columns[place] for place in places)
    is_left_of_label = kept[0].key != table.columns[0].key
    if is_left_of_label and kept[0].kind is not CellKind.MOMENT:
        rows = tuple(_labelled(row) for row in rows)
    return replace(table, columns=kept, rows=rows)


def _row(row: Row, places: list[int], keys: Set[str]) -> Row:
    return Row(tuple(_cell(row.cells[place], keys) for place in places), row.role)


def _cell(cell: CellValue, keys: Set[str]) -> CellValue:
    if not isinstance(cell, Formula):
        return cell
    literals = {name for name, _ in cell.literals}
    asked = set(_REFERENCE.findall(cell.template)) - literals
    return cell if asked <= keys else cell.value


def _labelled(row: Row) -> Row:
    """A total keeps its word where the column that carried it is gone."""
    if row.role is RowRole.DATA or row.cells[0] is not None:
        return row
    return Row((_TOTAL, *row.cells[1:]), row.role)


def _chart(chart: ChartContent, tables: tuple[TableContent, ...]) -> ChartContent | None:
    table = next((one for one in tables if one.name == chart.table), None)
    if table is None:
        return None
    keys = {column.key for column in table.columns}
    values = tuple(key for key in chart.value_keys if key in keys)
    if chart.shape is ChartShape.FUNNEL:
        return replace(chart, value_keys=values) if len(values) > 1 else None
    is_whole = values == chart.value_keys and chart.category_key in keys
    return chart if is_whole else None
