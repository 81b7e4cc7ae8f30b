"""Of the supervisors' workbook: the whole organisation's completion, and 年度必修."""

from __future__ import annotations

from decimal import Decimal

from desktop.exports.content import OrganisationRate, SummaryContent, YearlyLine
from desktop.exports.summary_parts import heading_lines, sentences
from desktop.exports.table_model import (
    CellKind,
    Column,
    Formula,
    Row,
    SheetContent,
    TableContent,
)

_UNKNOWN = "未知"


def organisation_table(content: SummaryContent) -> TableContent:
    """Describe the whole organisation's completion: a row for each thing to complete."""
    columns = (
        Column("item", "所選單位" if content.scope else "全機關", CellKind.TEXT, 20),
        Column("eligible", "適用對象", CellKind.NUMBER, 10),
        Column("completed", "完成人數", CellKind.NUMBER, 10),
        Column("waiting", "待確認或未知", CellKind.NUMBER, 10),
        Column("missing", "未完成人數", CellKind.NUMBER, 10),
        Column("rate", "完成率", CellKind.RATE, 10),
    )
    return TableContent(
        "Organisation",
        columns,
        tuple(_rate_row(rate) for rate in content.organisation),
        is_filterable=False,
        caption="所選單位完成率" if content.scope else "全機關完成率",
    )


def _rate_row(rate: OrganisationRate) -> Row:
    share = Decimal(rate.completed) / Decimal(rate.eligible) if rate.eligible else Decimal(0)
    return Row(
        (
            rate.item,
            rate.eligible,
            rate.completed,
            rate.waiting,
            Formula(
                "{eligible}-{completed}-{waiting}",
                rate.eligible - rate.completed - rate.waiting,
            ),
            Formula("IF({eligible}=0;0;{completed}/{eligible})", share),
        )
    )


def yearly_sheet(content: SummaryContent) -> SheetContent:
    """Describe 年度必修: a row a person and line, the page's hours beside the counted ones."""
    columns = (
        Column("employee_id", "人員代號", CellKind.CODE, 11),
        Column("name", "姓名", CellKind.LABEL, 12),
        Column("unit", "單位", CellKind.TEXT, 14),
        Column("eligible", "適用", CellKind.WORD, 9),
        Column("item", "項目", CellKind.TEXT, 30),
        Column("needs", "應完成", CellKind.LABEL, 8),
        Column("stated", "入口網頁面", CellKind.LABEL, 11),
        Column("counted", "依紀錄計算", CellKind.LABEL, 11),
        Column("short", "尚缺", CellKind.LABEL, 8),
        Column("verdict", "結果", CellKind.WORD, 10),
        Column("notes", "說明", CellKind.TEXT, 44),
        Column("file", "頁面檔案", CellKind.TEXT, 24),
        Column("page", "頁", CellKind.LABEL, 6),
    )
    people = len({line.employee_id for line in content.yearly})
    return SheetContent(
        title="年度必修",
        heading=f"年度必修（{content.yearly_title}，每人每項一列，共 {people} 人）",
        lines=heading_lines(content),
        tables=(TableContent("Yearly", columns, tuple(map(_yearly_row, content.yearly))),),
        frozen_columns=2,
        notes=(
            "尚缺時數以入口網頁面所載為準；頁面沒有的，依學習紀錄計算。",
            "頁面和紀錄是否達成的結論不同時，結果寫「不一致」，請核對。",
            "合計：每一項超過應完成的時數，不抵其他項目。",
        ),
    )


def _yearly_row(line: YearlyLine) -> Row:
    place = line.place
    return Row(
        (
            line.employee_id,
            line.name,
            line.unit,
            "適用" if line.is_eligible else "不適用",
            line.item,
            line.needs,
            _UNKNOWN if line.stated is None else line.stated,
            line.counted,
            _UNKNOWN if line.short is None else line.short,
            line.verdict,
            sentences(line.notes),
            place.file if place is not None else None,
            place.page if place is not None else None,
        )
    )
