"""Sheets and columns for benefits beside leave and 嘉獎: 明細's columns, 核給名單, 單位獎勵."""

from __future__ import annotations

from decimal import Decimal

from desktop.exports.benefit_content import BenefitContent, PersonBenefit
from desktop.exports.content import SummaryContent
from desktop.exports.summary_parts import heading_lines, sentences
from desktop.exports.table_model import (
    CellKind,
    CellValue,
    Column,
    Formula,
    Row,
    RowRole,
    SheetContent,
    TableContent,
)

_NOTHING = PersonBenefit("", 0, 0)


def benefit_columns(benefits: BenefitContent) -> tuple[Column, ...]:
    """The further columns of 明細: kinds of award, then three columns for each further benefit."""
    columns = [Column("awards", "確定敘獎", CellKind.LABEL, 14)] if benefits.awards else []
    for number, benefit in enumerate(benefits.columns, start=1):
        key, counted = f"benefit_{number}", f"（{benefit.unit}）"
        columns += [
            Column(key, benefit.title, CellKind.WORD, 11),
            Column(f"{key}_sure", f"{benefit.title}確定{counted}", CellKind.NUMBER, 11),
            Column(f"{key}_possible", f"{benefit.title}可能{counted}", CellKind.NUMBER, 11),
        ]
    return tuple(columns)


def benefit_cells(benefits: BenefitContent, employee_id: str) -> tuple[CellValue, ...]:
    """One person's cells of these columns."""
    awards = (benefits.awards.get(employee_id, ""),) if benefits.awards else ()
    found = benefits.people.get(employee_id, (_NOTHING,) * len(benefits.columns))
    each = (cell for one in found for cell in (one.verdict, one.sure, one.possible))
    return (*awards, *each)


def benefit_sums(benefits: BenefitContent) -> dict[str, Decimal]:
    """The totals of these columns by key."""
    sums: dict[str, Decimal] = {}
    for number in range(1, len(benefits.columns) + 1):
        mine = [found[number - 1] for found in benefits.people.values()]
        sums[f"benefit_{number}_sure"] = Decimal(sum(each.sure for each in mine))
        sums[f"benefit_{number}_possible"] = Decimal(sum(each.possible for each in mine))
    return sums


def benefit_sheets(content: SummaryContent) -> tuple[SheetContent, ...]:
    """核給名單 and 單位獎勵, each only where the plan has such benefits."""
    sheets = []
    if content.benefits.has_lists:
        sheets.append(_lists(content))
    if content.benefits.units:
        sheets.append(_units(content))
    return tuple(sheets)


def _lists(content: SummaryContent) -> SheetContent:
    columns = (
        Column("number", "序號", CellKind.LABEL, 6),
        Column("benefit", "項目", CellKind.TEXT, 20),
        Column("unit", "單位", CellKind.TEXT, 20),
        Column("title", "職稱", CellKind.TEXT, 14),
        Column("employee_id", "人員代號", CellKind.CODE, 12),
        Column("name", "姓名", CellKind.LABEL, 13),
        Column("amount", "數量", CellKind.NUMBER, 10),
        Column("counted_in", "計算單位", CellKind.LABEL, 10),
        Column("clause", "依據", CellKind.TEXT, 24),
        Column("signed", "簽收", CellKind.TEXT, 16),
        Column("remark", "備註", CellKind.TEXT, 24),
    )
    rows = tuple(
        Row(
            (
                number,
                line.benefit,
                line.unit,
                line.title,
                line.employee_id,
                line.name,
                line.amount,
                line.counted_in,
                line.clause,
                None,
                line.remark,
            )
        )
        for number, line in enumerate(content.benefits.lines, start=1)
    )
    return SheetContent(
        title="核給名單",
        heading=f"核給名單（共 {len(rows)} 筆，只列已確定者）",
        lines=heading_lines(content),
        tables=(TableContent("BenefitList", columns, rows),),
        frozen_columns=1,
    )


def _units(content: SummaryContent) -> SheetContent:
    columns = (
        Column("award", "獎勵", CellKind.TEXT, 18),
        Column("unit", "單位", CellKind.TEXT, 20),
        Column("headcount", "人數", CellKind.NUMBER, 8),
        Column("completed", "已完成", CellKind.NUMBER, 8),
        Column("possible", "可能完成", CellKind.NUMBER, 9),
        Column("rate", "完成率", CellKind.RATE, 10),
        Column("verdict", "判定", CellKind.WORD, 10),
        Column("given", "核給", CellKind.TEXT, 30),
        Column("possible_given", "確認後最多可得", CellKind.TEXT, 30),
        Column("clause", "依據", CellKind.TEXT, 18),
        Column("lacking", "未完成人員", CellKind.TEXT, 36),
    )
    share = "IF({headcount}=0;0;{completed}/{headcount})"
    rows = tuple(
        Row(
            (
                line.award,
                line.unit,
                line.headcount,
                line.completed,
                line.possible,
                Formula(share, line.rate),
                line.verdict,
                line.given,
                line.possible_given,
                line.clause,
                sentences(line.lacking),
            )
        )
        for line in content.benefits.units
    )
    tables = [TableContent("UnitAwards", columns, rows)]
    if content.benefits.recipients:
        tables.append(_recipients(content.benefits))
    return SheetContent(
        title="單位獎勵",
        heading="單位獎勵",
        lines=heading_lines(content),
        tables=tuple(tables),
        frozen_columns=2,
        notes=("完成率＝已完成人數÷人數（適用對象中在職者）。未完成人員不含還有待確認紀錄的人。",),
        repeats_headings=False,
    )


def _recipients(benefits: BenefitContent) -> TableContent:
    """The places to be filled in, one a row, under the columns of the table above."""
    columns = (
        Column("award", "獎勵", CellKind.TEXT, 18),
        Column("unit", "單位", CellKind.TEXT, 20),
        Column("role", "職務", CellKind.TEXT, 8),
        Column("given", "額度", CellKind.LABEL, 8),
        Column("number", "人數", CellKind.NUMBER, 9),
        Column("job_title", "職稱（請填）", CellKind.TEXT, 10),
        Column("name", "姓名（請填）", CellKind.TEXT, 10),
        Column("clause", "依據", CellKind.TEXT, 30),
        Column("remark", "備註", CellKind.TEXT, 30),
    )
    rows = [
        Row((line.award, line.unit, line.role, line.given, 1, None, None, line.clause, None))
        for line in benefits.recipients
    ]
    span = (0, len(rows) - 1)
    total = Formula("SUM({number})", len(rows), span)
    rows.append(Row(("合計", None, None, None, total, None, None, None, None), RowRole.TOTAL))
    return TableContent(
        "UnitRecipients", columns, tuple(rows), caption="受獎人員（已確定的單位，請填姓名）"
    )
