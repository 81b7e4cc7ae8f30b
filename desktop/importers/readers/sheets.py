"""Workbooks (xlsx, xls, ods) by their stored values; what could harm is refused before reading."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import python_calamine

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import Cell, Document, GridRow, ReadingError, Source, Table
from desktop.importers.readers.workbook_guard import guard_ole, guard_package

MAX_ROWS = 500_000
MAX_COLUMNS = 2_000
MAX_SHEETS = 300
_ISO_LENGTH = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:\.\d+)?S")


def read_sheets(source: Source, data: bytes) -> Document:
    """The sheets of a workbook, one table each; hidden sheets are named, not read.

    Args:
        source: The file.
        data: Its bytes: a zip package (xlsx, ods) or an OLE file (xls).

    Raises:
        ReadingError: When it is broken, encrypted, hostile, too large or a formula has no value.
    """
    if data.startswith(b"PK"):
        guard_package(source, data)
    else:
        guard_ole(source, data)
    try:
        return _read(source, data)
    except python_calamine.PasswordError as error:
        raise ReadingError(
            RefusalReason.ENCRYPTED,
            f"「{source.name}」設有密碼，無法開啟，請先解除密碼再匯入。",
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise broken_workbook(source) from error
    except BaseException as error:
        # The reader's own panics come as a BaseException of a private class.
        if type(error).__name__ != "PanicException":
            raise
        raise broken_workbook(source) from error


def broken_workbook(source: Source) -> ReadingError:
    """The error for a workbook that cannot be opened."""
    return ReadingError(
        RefusalReason.UNREADABLE,
        f"「{source.name}」已損壞或不是試算表，無法開啟，沒有匯入任何資料，"
        "請用試算表軟體重新存檔後再匯入。",
    )


def _read(source: Source, data: bytes) -> Document:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables: list[Table] = []
    remarks: list[str] = []
    for number, info in enumerate(workbook.sheets_metadata[:MAX_SHEETS], 1):
        if info.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if info.visible != python_calamine.SheetVisibleEnum.Visible:
            remarks.append(f"隱藏的工作表「{info.name}」沒有讀取。")
            continue
        sheet = workbook.get_sheet_by_index(number - 1)
        if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
            raise ReadingError(
                RefusalReason.TOO_LARGE,
                f"「{source.name}」工作表「{info.name}」過大（{sheet.total_height} 列），未匯入，"
                "請只留需要的資料再匯入。",
            )
        rows = _rows(sheet)
        if any(cell != "" for row in rows for cell in row.cells):
            tables.append(Table(rows, page=number, sheet=info.name))
    if not tables:
        raise ReadingError(
            RefusalReason.EMPTY, f"「{source.name}」的工作表都是空白的，請確認檔案後重新匯入。"
        )
    return Document(source, tuple(tables), remarks=tuple(remarks))


def _rows(sheet: Any) -> tuple[GridRow, ...]:
    values = sheet.to_python(skip_empty_area=False)
    if not values:
        return ()
    grid = [[_cell(value) for value in row] for row in values]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        # A cell merged over rows holds for each of them.
        for row in range(top + 1, min(bottom + 1, len(grid))):
            if left < len(grid[row]) and grid[row][left] == "":
                grid[row][left] = grid[top][left]
    return tuple(GridRow(tuple(row), number) for number, row in enumerate(grid, 1))


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        length = _ISO_LENGTH.fullmatch(value)
        if length is not None:
            hours, minutes, seconds = (int(part) for part in length.groups())
            return timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return value.replace("\r\n", "\n").replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, datetime):
        return _to_second(value)
    if isinstance(value, time):
        return _to_second(datetime.combine(date(2000, 1, 1), value)).time()
    if isinstance(value, date | timedelta):
        return value
    return str(value)


def _to_second(moment: datetime) -> datetime:
    """A moment rounded to the second: a serial number seldom hits it exactly."""
    if moment.microsecond >= 500_000:
        moment += timedelta(seconds=1)
    return moment.replace(microsecond=0)
