"""補休核給清冊 as sheets and CSV, and the key-in worksheet beside the attendance system's screen.

The ledger hands in grants as finished rows. The columns of the register are the office's; those of
the worksheet, their order and the spelling of dates are the attendance system's and come as data
(``KeyInField``), since every system asks in an order of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from desktop.exports.cell_text import cell_text
from desktop.exports.ods_writer import write_ods
from desktop.exports.roc_text import FIRST_ROC_YEAR, roc_date, roc_moment
from desktop.exports.table_model import (
    CellKind,
    CellValue,
    Column,
    Formula,
    Row,
    RowRole,
    SheetContent,
    TableContent,
    WorkbookContent,
)
from desktop.exports.xlsx_writer import write_xlsx

NO_EXPIRY = "無期限"
LEAVE_KIND = "公假補休"
REASON = "利用公餘時間參與數位學習"


@dataclass(frozen=True)
class GrantRegisterEntry:
    """One grant.

    Attributes:
        employee_id, name, unit: Whose it is.
        hours: Granted, whole hours.
        usable_from: 起算日.
        usable_until: 到期日; None when it never lapses.
        document: 核給文號.
        leave_kind: 假別.
        reason: 事由.
    """

    employee_id: str
    name: str
    unit: str
    hours: Decimal
    usable_from: date
    usable_until: date | None
    document: str
    leave_kind: str = LEAVE_KIND
    reason: str = REASON


@dataclass(frozen=True)
class GrantRegisterContent:
    """The register, ready to be laid out: entries by unit, then 人員代號, then 起算日.

    Attributes:
        agency, plan_title: Of the heading.
        period: 核給期間 in words.
        roc_year: 年度.
        created: Time of making.
        created_by: Who made it.
        entries: One a grant, in the order to be shown.
    """

    agency: str
    plan_title: str
    period: str
    roc_year: int
    created: datetime
    created_by: str
    entries: tuple[GrantRegisterEntry, ...]


@dataclass(frozen=True)
class KeyInField:
    """One field of the attendance system's screen.

    Attributes:
        title: As the screen calls it.
        field: A field of ``GrantRegisterEntry``.
        spelling: How a value is typed: ``text``, ``roc_digits`` (1140315), ``roc_slashes``
            (114/03/15), ``iso`` (2025-03-15), ``iso_digits`` (20250315) or ``hours``.
    """

    title: str
    field: str
    spelling: str = "text"


_COLUMNS = (
    Column("number", "項次", CellKind.LABEL, 6),
    Column("employee_id", "人員代號", CellKind.CODE, 12),
    Column("name", "姓名", CellKind.LABEL, 13),
    Column("unit", "單位", CellKind.TEXT, 16),
    Column("leave_kind", "假別", CellKind.LABEL, 12),
    Column("hours", "時數", CellKind.NUMBER, 8),
    Column("usable_from", "起算日", CellKind.MOMENT, 13),
    Column("usable_until", "到期日", CellKind.MOMENT, 13),
    Column("reason", "事由", CellKind.TEXT, 28),
    Column("document", "核給文號", CellKind.TEXT, 24),
)
CSV_HEADINGS = tuple(column.title for column in _COLUMNS[1:])


def grant_register_workbook(content: GrantRegisterContent) -> WorkbookContent:
    """Describe the workbook of the register."""
    rows: list[Row] = []
    for number, entry in enumerate(content.entries, 1):
        rows.append(
            Row(
                (
                    number,
                    entry.employee_id,
                    entry.name,
                    entry.unit,
                    entry.leave_kind,
                    entry.hours,
                    entry.usable_from,
                    entry.usable_until or NO_EXPIRY,
                    entry.reason,
                    entry.document,
                )
            )
        )
    people = len({entry.employee_id for entry in content.entries})
    if rows:
        total = sum((entry.hours for entry in content.entries), Decimal(0))
        cells: list[CellValue] = [None] * len(_COLUMNS)
        cells[1] = "合計"
        cells[5] = Formula("SUM({hours})", total, (0, len(rows) - 1))
        rows.append(Row(tuple(cells), RowRole.TOTAL))
    title = f"{content.agency}補休核給清冊"
    return WorkbookContent(
        title=title,
        author=content.created_by,
        created=content.created,
        footer=f"製表 {roc_moment(content.created)}　{content.created_by}",
        sheets=(
            SheetContent(
                title="補休核給清冊",
                heading=title,
                lines=(
                    f"計畫：{content.plan_title}",
                    f"核給期間：{content.period}　年度：{content.roc_year}",
                    f"共 {people} 人、{len(content.entries)} 筆",
                ),
                tables=(TableContent("GrantRegister", _COLUMNS, tuple(rows)),),
                frozen_columns=3,
                notes=("差勤系統登錄日期：　　年　　月　　日　　登錄人：",),
            ),
        ),
    )


def key_in_workbook(content: GrantRegisterContent, screen: Sequence[KeyInField]) -> WorkbookContent:
    """Describe the worksheet that a clerk types from: the screen's fields in the screen's order.

    Every value is text as it is typed, so that a cell can be copied into the screen as it is.
    """
    kinds = {"hours": CellKind.NUMBER, "number": CellKind.LABEL}
    columns = (
        Column("number", "項次", CellKind.LABEL, 6),
        *(
            Column(
                f"field_{index}",
                field.title,
                kinds.get(field.field, CellKind.CODE),
                max(10.0, 2.2 * len(field.title) + 4, _WIDTHS.get(field.field, 0)),
            )
            for index, field in enumerate(screen, 1)
        ),
        Column("done", "已登錄", CellKind.LABEL, 9),
    )
    rows = tuple(
        Row((number, *(_typed(entry, field) for field in screen), "□"))
        for number, entry in enumerate(content.entries, 1)
    )
    title = f"{content.agency}補休登錄工作表"
    return WorkbookContent(
        title=title,
        author=content.created_by,
        created=content.created,
        footer=f"製表 {roc_moment(content.created)}　{content.created_by}",
        sheets=(
            SheetContent(
                title="補休登錄工作表",
                heading=title,
                lines=(
                    f"計畫：{content.plan_title}",
                    "欄位照差勤系統畫面的順序，日期照畫面的打法；登錄一筆就在最後一欄打勾。",
                ),
                tables=(TableContent("KeyIn", columns, rows),),
                frozen_columns=3,
                notes=("登錄日期：　　年　　月　　日　　登錄人：　　　　　　　　覆核：",),
            ),
        ),
    )


_WIDTHS: Mapping[str, float] = MappingProxyType(
    {"reason": 28.0, "document": 22.0, "unit": 16.0, "name": 13.0, "leave_kind": 12.0}
)


def _roc_digits(day: date) -> str:
    if day.year < FIRST_ROC_YEAR:
        return day.isoformat()
    return f"{day.year - 1911:03d}{day.month:02d}{day.day:02d}"


_SPELLINGS: Mapping[str, Callable[[date], str]] = MappingProxyType(
    {
        "roc_digits": _roc_digits,
        "roc_slashes": roc_date,
        "iso": date.isoformat,
        "iso_digits": lambda day: day.strftime("%Y%m%d"),
    }
)


def _typed(entry: GrantRegisterEntry, field: KeyInField) -> CellValue:
    value = getattr(entry, field.field)
    if value is None:
        return NO_EXPIRY
    if isinstance(value, date):
        return _SPELLINGS.get(field.spelling, roc_date)(value)
    return value if isinstance(value, Decimal) else str(value)


def write_grant_register_xlsx(content: GrantRegisterContent) -> bytes:
    """Write 補休核給清冊 as xlsx."""
    return write_xlsx(grant_register_workbook(content))


def write_grant_register_ods(content: GrantRegisterContent) -> bytes:
    """Write 補休核給清冊 as ODS."""
    return write_ods(grant_register_workbook(content))


def write_grant_register_csv(content: GrantRegisterContent) -> bytes:
    """Write 補休核給清冊 as CSV for other programs: UTF-8 with BOM, CRLF, ISO dates."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_HEADINGS)
    for entry in content.entries:
        until = entry.usable_until.isoformat() if entry.usable_until else NO_EXPIRY
        writer.writerow(
            [
                cell_text(one)
                for one in (
                    entry.employee_id,
                    entry.name,
                    entry.unit,
                    entry.leave_kind,
                    str(entry.hours.normalize().quantize(Decimal(1)))
                    if entry.hours == entry.hours.to_integral_value()
                    else str(entry.hours),
                    entry.usable_from.isoformat(),
                    until,
                    entry.reason,
                    entry.document,
                )
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def write_key_in_xlsx(content: GrantRegisterContent, screen: Sequence[KeyInField]) -> bytes:
    """Write the key-in worksheet as xlsx, fields in the screen's order."""
    return write_xlsx(key_in_workbook(content, screen))


def write_key_in_ods(content: GrantRegisterContent, screen: Sequence[KeyInField]) -> bytes:
    """Write the key-in worksheet as ODS, fields in the screen's order."""
    return write_ods(key_in_workbook(content, screen))
