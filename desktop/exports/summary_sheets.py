"""The supervisors' workbook as tables: 總表, 明細, 課程明細; `summary_lists.py` has the lists."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from desktop.exports.benefit_sheets import (
    benefit_cells,
    benefit_columns,
    benefit_sheets,
    benefit_sums,
)
from desktop.exports.content import (
    PersonSummary,
    RecordLine,
    SummaryContent,
    UnitSummary,
)
from desktop.exports.roc_text import roc_moment
from desktop.exports.summary_lists import (
    commendation_sheet,
    explanation_sheet,
    incomplete_sheet,
    pending_sheet,
    refused_sheet,
)
from desktop.exports.summary_parts import (
    PLACE_COLUMNS,
    heading_lines,
    place_cells,
    sentences,
)
from desktop.exports.summary_yearly import organisation_table, yearly_sheet
from desktop.exports.table_model import (
    CellKind,
    CellValue,
    ChartContent,
    ChartShape,
    Column,
    Formula,
    Row,
    RowRole,
    SheetContent,
    TableContent,
    WorkbookContent,
)

_CREDIT_COLUMNS = (
    Column("credit", "時數登錄", CellKind.WORD, 14),
    Column("credit_recognised", "採認時數", CellKind.NUMBER, 10),
    Column("credit_possible", "可能採認時數", CellKind.NUMBER, 10),
    Column("credit_uploaded", "登錄時數", CellKind.NUMBER, 10),
)
_YEARLY_COLUMNS = (
    Column("yearly", "年度必修", CellKind.WORD, 10),
    Column("yearly_hours", "必修時數", CellKind.NUMBER, 10),
    Column("yearly_short", "必修尚缺", CellKind.NUMBER, 10),
)


def _leave_and_commendation(award: str) -> tuple[Column, ...]:
    return (
        Column("leave", "補休", CellKind.WORD, 10),
        Column("leave_sure", "補休確定時數", CellKind.NUMBER, 10),
        Column("leave_possible", "補休可能時數", CellKind.NUMBER, 10),
        Column("commendation", "敘獎", CellKind.WORD, 10),
        Column("commendations_sure", f"{award}確定次數", CellKind.NUMBER, 10),
        Column("commendations_possible", f"{award}可能次數", CellKind.NUMBER, 10),
    )


_RATE = "IF({eligible}=0;0;{completed_all}/{eligible})"


def summary_workbook(content: SummaryContent) -> WorkbookContent:
    """Describe the supervisors' workbook, sheet by sheet."""
    return WorkbookContent(
        title=f"{content.agency}學習成果總表",
        author=content.created_by,
        created=content.created,
        footer=f"製表 {roc_moment(content.created)}　{content.created_by}",
        sheets=(
            units_sheet(content),
            people_sheet(content),
            records_sheet(content),
            incomplete_sheet(content),
            pending_sheet(content),
            commendation_sheet(content),
            *benefit_sheets(content),
            *((yearly_sheet(content),) if content.yearly_title else ()),
            refused_sheet(content),
            explanation_sheet(content),
        ),
    )


def units_sheet(content: SummaryContent) -> SheetContent:
    """Describe 總表: a row a unit, the office's total, and the two charts."""
    number = CellKind.NUMBER
    is_credit = content.is_nominated_programme
    award = content.benefits.award_word
    columns = (
        Column("unit", "單位", CellKind.TEXT, 20),
        Column("headcount", "人數", number, 10),
        Column("eligible", "適用對象", number, 10),
        Column("with_records", "有學習紀錄", number, 10),
        Column("completed_any", "達最低時數" if is_credit else "完成一套以上", number, 10),
        Column("completed_all", "登錄時數人數" if is_credit else "全部完成", number, 10),
        Column("rate", "完成率", CellKind.RATE, 10),
        *(
            Column(f"set_{index}", f"完成：{title}", number, 14)
            for index, title in enumerate(content.set_titles, start=1)
        ),
        Column("hours_granted", "登錄時數" if is_credit else "核給時數", number, 10),
        *(() if is_credit else (Column("commendations", f"{award}次數", number, 10),)),
        Column("waiting", "待確認", number, 10),
    )
    rows = [_unit_row(unit, is_credit=is_credit) for unit in content.units]
    if rows:
        rows.append(_office_row(content.units, tuple(column.key for column in columns)))
    return SheetContent(
        title="總表",
        heading=f"{content.agency}學習成果總表",
        lines=heading_lines(content),
        tables=(
            TableContent("Units", columns, tuple(rows)),
            *((organisation_table(content),) if content.organisation else ()),
        ),
        frozen_columns=1,
        repeats_headings=not content.organisation,
        notes=(
            "完成率＝登錄時數人數÷適用對象人數。登錄時數只計已確定者，尚待確認者見「待確認」。"
            if is_credit
            else f"完成率＝全部完成人數÷適用對象人數。核給時數與{award}次數只計已確定者，"
            "尚待確認者見「待確認」。",
        ),
        charts=(
            ChartContent(
                ChartShape.COLUMNS,
                "各單位完成率",
                "Units",
                ("rate",),
                category_key="unit",
                width_share=0.6,
            ),
            ChartContent(
                ChartShape.FUNNEL,
                "從名冊到全部完成（人數）",
                "Units",
                ("headcount", "eligible", "with_records", "completed_any", "completed_all"),
                width_share=0.4,
            ),
        )
        if rows
        else (),
    )


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / Decimal(whole) if whole else Decimal(0)


def _unit_row(unit: UnitSummary, *, is_credit: bool) -> Row:
    return Row(
        (
            unit.unit,
            unit.headcount,
            unit.eligible,
            unit.with_records,
            unit.completed_any,
            unit.completed_all,
            Formula(_RATE, _share(unit.completed_all, unit.eligible)),
            *unit.completed_per_set,
            unit.hours_granted,
            *(() if is_credit else (unit.commendations,)),
            unit.waiting,
        )
    )


def _office_row(units: tuple[UnitSummary, ...], keys: tuple[str, ...]) -> Row:
    span = (0, len(units) - 1)
    columns: dict[str, Callable[[UnitSummary], int | Decimal]] = {
        "headcount": lambda unit: unit.headcount,
        "eligible": lambda unit: unit.eligible,
        "with_records": lambda unit: unit.with_records,
        "completed_any": lambda unit: unit.completed_any,
        "completed_all": lambda unit: unit.completed_all,
        "hours_granted": lambda unit: unit.hours_granted,
        "commendations": lambda unit: unit.commendations,
        "waiting": lambda unit: unit.waiting,
    }
    cells: list[CellValue] = []
    for key in keys:
        if key == "unit":
            cells.append("合計")
        elif key == "rate":
            completed = sum(unit.completed_all for unit in units)
            cells.append(Formula(_RATE, _share(completed, sum(unit.eligible for unit in units))))
        elif key in columns:
            value = sum((columns[key](unit) for unit in units), start=Decimal(0))
            cells.append(Formula(f"SUM({{{key}}})", value, span))
        else:
            position = int(key.removeprefix("set_")) - 1
            value = Decimal(sum(unit.completed_per_set[position] for unit in units))
            cells.append(Formula(f"SUM({{{key}}})", value, span))
    return Row(tuple(cells), RowRole.TOTAL)


def people_sheet(content: SummaryContent) -> SheetContent:
    """Describe 明細: a row a person, with what is sure and what is possible."""
    columns = (
        Column("employee_id", "人員代號", CellKind.CODE, 11),
        Column("name", "姓名", CellKind.LABEL, 12),
        Column("unit", "單位", CellKind.TEXT, 16),
        Column("title", "職稱", CellKind.TEXT, 14),
        Column("rank", "官職等", CellKind.TEXT, 16),
        Column("category", "身分別", CellKind.LABEL, 14),
        Column("eligible", "適用", CellKind.WORD, 10),
        *(
            Column(f"set_{index}", title, CellKind.WORD, 14)
            for index, title in enumerate(content.set_titles, start=1)
        ),
        *(
            _CREDIT_COLUMNS
            if content.is_nominated_programme
            else _leave_and_commendation(content.benefits.award_word)
        ),
        *benefit_columns(content.benefits),
        *(_YEARLY_COLUMNS if content.yearly_title else ()),
        Column("remark", "備註", CellKind.TEXT, 30),
    )
    rows = [_person_row(person, content) for person in content.people]
    if rows:
        rows.append(_people_total(content, columns))
    return SheetContent(
        title="明細",
        heading=f"明細（每人一列，共 {len(content.people)} 人）",
        lines=heading_lines(content),
        tables=(TableContent("People", columns, tuple(rows)),),
        frozen_columns=2,
    )


def _person_row(person: PersonSummary, content: SummaryContent) -> Row:
    return Row(
        (
            person.employee_id,
            person.name,
            person.unit,
            person.title,
            person.rank,
            person.category,
            "適用" if person.is_eligible else "不適用",
            *person.set_verdicts,
            *_outcome_cells(person),
            *benefit_cells(content.benefits, person.employee_id),
            *_yearly_cells(person),
            person.remark,
        )
    )


def _outcome_cells(person: PersonSummary) -> tuple[CellValue, ...]:
    credit = person.credit
    if credit is not None:
        return (credit.verdict, credit.recognised, credit.possible, credit.uploaded)
    return (
        person.leave_verdict,
        person.leave_hours_sure,
        person.leave_hours_possible,
        person.commendation_verdict,
        person.commendations_sure,
        person.commendations_possible,
    )


def _yearly_cells(person: PersonSummary) -> tuple[CellValue, ...]:
    yearly = person.yearly
    return () if yearly is None else (yearly.verdict, yearly.hours, yearly.short)


def _people_total(content: SummaryContent, columns: tuple[Column, ...]) -> Row:
    people = content.people
    span = (0, len(people) - 1)
    sums: dict[str, Decimal] = {
        "leave_sure": sum((person.leave_hours_sure for person in people), Decimal(0)),
        "leave_possible": sum((person.leave_hours_possible for person in people), Decimal(0)),
        "commendations_sure": Decimal(sum(person.commendations_sure for person in people)),
        "commendations_possible": Decimal(sum(person.commendations_possible for person in people)),
    }
    earned = [person.credit for person in people if person.credit is not None]
    sums["credit_recognised"] = sum((credit.recognised for credit in earned), Decimal(0))
    sums["credit_possible"] = sum((credit.possible for credit in earned), Decimal(0))
    sums["credit_uploaded"] = sum((credit.uploaded for credit in earned), Decimal(0))
    sums.update(benefit_sums(content.benefits))
    cells: list[CellValue] = ["合計", Formula("ROWS({name})", len(people), span, unit="人")]
    for column in columns[2:]:
        total = sums.get(column.key)
        cells.append(None if total is None else Formula(f"SUM({{{column.key}}})", total, span))
    return Row(tuple(cells), RowRole.TOTAL)


def records_sheet(content: SummaryContent) -> SheetContent:
    """Describe 課程明細: a row a record, with verdict, reasons, clause, evidence and decision."""
    columns = (
        Column("employee_id", "人員代號", CellKind.CODE, 9),
        Column("name", "姓名", CellKind.LABEL, 10),
        Column("unit", "單位", CellKind.TEXT, 12),
        Column("set", "套別", CellKind.TEXT, 12),
        Column("course", "課程", CellKind.TEXT, 24),
        Column("start", "起", CellKind.MOMENT, 20),
        Column("end", "迄", CellKind.MOMENT, 20),
        Column("hours", "時數", CellKind.NUMBER, 7),
        Column("verdict", "判定", CellKind.WORD, 9),
        Column("reasons", "原因", CellKind.TEXT, 32),
        Column("clauses", "依據", CellKind.TEXT, 14),
        *PLACE_COLUMNS,
        Column("decision", "承辦人決定", CellKind.TEXT, 20),
    )
    return SheetContent(
        title="課程明細",
        heading=f"課程明細（每筆學習紀錄一列，共 {len(content.records)} 筆）",
        lines=heading_lines(content),
        tables=(TableContent("Records", columns, tuple(map(_record_row, content.records))),),
        frozen_columns=2,
    )


def _record_row(record: RecordLine) -> Row:
    return Row(
        (
            record.employee_id,
            record.name,
            record.unit,
            record.set_title or "計畫外",
            record.course,
            record.start,
            record.end,
            record.hours,
            record.verdict,
            sentences(record.reasons),
            sentences(record.clauses),
            *place_cells(record.place),
            record.decision,
        )
    )
