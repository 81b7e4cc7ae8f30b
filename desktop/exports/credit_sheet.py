"""時數採認清冊 as a workbook: a row a course with filters, and a row a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from desktop.exports.roc_text import roc_date, roc_moment
from desktop.exports.table_model import (
    CellKind,
    Column,
    Formula,
    Row,
    RowRole,
    SheetContent,
    TableContent,
    WorkbookContent,
)

_COURSES = (
    Column("employee_id", "人員代號", CellKind.CODE, 11),
    Column("name", "姓名", CellKind.LABEL, 13),
    Column("unit", "單位", CellKind.TEXT, 16),
    Column("title", "職稱", CellKind.TEXT, 14),
    Column("course", "課程名稱", CellKind.TEXT, 40),
    Column("language", "語言", CellKind.LABEL, 11),
    Column("region", "開課國家/地區", CellKind.LABEL, 14),
    Column("started", "開始日期", CellKind.MOMENT, 13),
    Column("ended", "完成日期", CellKind.MOMENT, 13),
    Column("hours", "完課時數", CellKind.NUMBER, 10),
    Column("recognised", "採認時數", CellKind.NUMBER, 10),
    Column("result", "結果", CellKind.LABEL, 10),
    Column("reason", "不採認的原因與依據", CellKind.TEXT, 44),
)
_PEOPLE = (
    Column("employee_id", "人員代號", CellKind.CODE, 11),
    Column("name", "姓名", CellKind.LABEL, 13),
    Column("unit", "單位", CellKind.TEXT, 16),
    Column("title", "職稱", CellKind.TEXT, 14),
    Column("recognised", "採認時數", CellKind.NUMBER, 10),
    Column("uploaded", "登錄時數", CellKind.NUMBER, 10),
    Column("outcome", "結果", CellKind.TEXT, 60),
)


@dataclass(frozen=True)
class CreditCourseLine:
    """One course of one person.

    Attributes:
        recognised: Hours that count, None where none do.
        result: 採認, 不採認, 待確認 or 重複.
        reason: Why it is not recognised, with the clause.
    """

    employee_id: str
    name: str
    unit: str
    title: str
    course: str
    language: str
    region: str
    started: date | None
    ended: date | None
    hours: Decimal | None
    recognised: Decimal | None
    result: str
    reason: str


@dataclass(frozen=True)
class CreditPersonLine:
    """What becomes of one person's hours."""

    employee_id: str
    name: str
    unit: str
    title: str
    recognised: Decimal
    uploaded: Decimal
    outcome: str


@dataclass(frozen=True)
class CreditListContent:
    """Everything the workbook says.

    Attributes:
        agency: Agency's name for the title.
        plan_title: The programme's title.
        as_of: Last day of studying.
        created: When it was made; the only clock it knows.
        created_by: Who made it.
        people: A line a nominee, in roster order.
        courses: A line a course, in the same order.
    """

    agency: str
    plan_title: str
    as_of: date
    created: datetime
    created_by: str
    people: tuple[CreditPersonLine, ...]
    courses: tuple[CreditCourseLine, ...]


def credit_list_workbook(content: CreditListContent) -> WorkbookContent:
    """Describe the workbook."""
    title = f"{content.agency}時數採認清冊"
    lines = (f"計畫：{content.plan_title}", f"研習期間末日：{roc_date(content.as_of)}")
    return WorkbookContent(
        title=title,
        author=content.created_by,
        created=content.created,
        footer=f"製表 {roc_moment(content.created)}　{content.created_by}",
        sheets=(
            SheetContent(
                title="登錄", heading=title, lines=lines, tables=(_people(content.people),)
            ),
            SheetContent(
                title="課程採認", heading=title, lines=lines, tables=(_courses(content.courses),)
            ),
        ),
    )


def _people(people: tuple[CreditPersonLine, ...]) -> TableContent:
    rows = [
        Row((p.employee_id, p.name, p.unit, p.title, p.recognised, p.uploaded, p.outcome))
        for p in people
    ]
    if people:
        span = (0, len(people) - 1)
        recognised = sum((p.recognised for p in people), Decimal(0))
        uploaded = sum((p.uploaded for p in people), Decimal(0))
        sums = (
            Formula("SUM({recognised})", recognised, span),
            Formula("SUM({uploaded})", uploaded, span),
        )
        rows.append(Row(("合計", None, None, None, *sums, None), RowRole.TOTAL))
    return TableContent("CreditPeople", _PEOPLE, tuple(rows))


def _courses(courses: tuple[CreditCourseLine, ...]) -> TableContent:
    rows = [
        Row(
            (
                line.employee_id,
                line.name,
                line.unit,
                line.title,
                line.course,
                line.language,
                line.region,
                line.started,
                line.ended,
                line.hours,
                line.recognised,
                line.result,
                line.reason,
            )
        )
        for line in courses
    ]
    if courses:
        hours = sum((line.recognised or Decimal(0) for line in courses), Decimal(0))
        total = Formula("SUM({recognised})", hours, (0, len(courses) - 1))
        rows.append(Row(("合計", *(None,) * 9, total, None, None), RowRole.TOTAL))
    return TableContent("CreditCourses", _COURSES, tuple(rows))
