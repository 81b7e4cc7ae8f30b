"""What rows of reference data have in common: whose they are, and their dates."""

from __future__ import annotations

from datetime import date

from desktop.domain.evidence import (
    RefusalReason,
)
from desktop.domain.written_dates import WrittenDateError
from desktop.importers.document import Cell
from desktop.importers.headings import Column
from desktop.importers.tabulation import DataRow
from desktop.importers.values import (
    RowFaultError,
    date_fault,
    day_of,
    identifier,
    is_empty,
    one_line,
    second_of,
)

PERSON = (Column.EMPLOYEE_ID, Column.NAME)


def person_of(row: DataRow) -> tuple[str | None, str | None]:
    """人員代號 and 姓名 of a row.

    Raises:
        RowFaultError: When it has neither.
    """
    employee_id = identifier(row.cells.get(Column.EMPLOYEE_ID, ""))
    name = one_line(row.cells.get(Column.NAME, "")) or None
    if employee_id is None and name is None:
        raise RowFaultError(RefusalReason.PERSON_UNKNOWN, "沒有人員代號也沒有姓名，請補上後再匯入")
    return employee_id, name


def unit_of(row: DataRow) -> str | None:
    """The unit that a row or the text above its table shows; None when neither does."""
    return one_line(row.cells.get(Column.UNIT, "")) or row.page_person.unit


def day_in(row: DataRow, column: Column) -> date | None:
    """A date cell of a row, None when blank.

    Raises:
        RowFaultError: When it cannot be read.
    """
    cell = row.cells.get(column, "")
    if is_empty(cell):
        return None
    try:
        return day_of(cell)
    except WrittenDateError as error:
        raise date_fault(error, column.value, one_line(cell)) from error


def needed_day_in(row: DataRow, column: Column) -> date:
    """A date cell that must not be blank.

    Raises:
        RowFaultError: When it is blank or cannot be read.
    """
    day = day_in(row, column)
    if day is None:
        raise RowFaultError(RefusalReason.BAD_DATE, f"{column.value}是空白的，請補上後再匯入")
    return day


def second_in(cell: Cell, column: Column) -> int | None:
    """The seconds after midnight in a cell, None when blank.

    Raises:
        RowFaultError: When it cannot be read.
    """
    if is_empty(cell):
        return None
    try:
        return second_of(cell)
    except WrittenDateError as error:
        raise date_fault(error, column.value, one_line(cell)) from error
