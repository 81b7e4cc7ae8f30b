"""The lists of the supervisors' workbook: 未完成, 待確認, 敘獎, 拒收, 說明."""

from __future__ import annotations

from desktop.exports.commendation_sheet import commendation_table
from desktop.exports.content import FileRead, IncompleteSet, PendingItem, SummaryContent
from desktop.exports.summary_parts import PLACE_COLUMNS, heading_lines, place_cells, sentences
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


def incomplete_sheet(content: SummaryContent) -> SheetContent:
    """Describe 未完成: a row a person and set, with the courses missing or failed."""
    columns = (
        Column("employee_id", "人員代號", CellKind.CODE, 12),
        Column("name", "姓名", CellKind.LABEL, 12),
        Column("unit", "單位", CellKind.TEXT, 16),
        Column("set", "套別", CellKind.TEXT, 18),
        Column("missing_count", "尚缺門數", CellKind.NUMBER, 8),
        Column("missing", "尚缺課程與條件", CellKind.TEXT, 48),
        Column("failed_count", "不符門數", CellKind.NUMBER, 8),
        Column("failed", "不符課程", CellKind.TEXT, 48),
    )
    rows = tuple(_incomplete_row(entry) for entry in content.incomplete)
    return SheetContent(
        title="未完成",
        heading=f"未完成（每人每套一列，共 {len(rows)} 列）",
        lines=heading_lines(content),
        tables=(TableContent("Incomplete", columns, rows),),
        frozen_columns=2,
    )


def _incomplete_row(entry: IncompleteSet) -> Row:
    return Row(
        (
            entry.employee_id,
            entry.name,
            entry.unit,
            entry.set_title,
            len(entry.missing),
            sentences((*entry.reasons, *entry.missing)),
            len(entry.failed),
            sentences(entry.failed),
        )
    )


def pending_sheet(content: SummaryContent) -> SheetContent:
    """Describe 待確認: what a person must decide, and what would follow from a pass."""
    columns = (
        Column("employee_id", "人員代號", CellKind.CODE, 11),
        Column("name", "姓名", CellKind.LABEL, 12),
        Column("unit", "單位", CellKind.TEXT, 14),
        Column("set", "套別", CellKind.TEXT, 14),
        Column("course", "課程", CellKind.TEXT, 28),
        Column("start", "起", CellKind.MOMENT, 20),
        Column("end", "迄", CellKind.MOMENT, 20),
        Column("questions", "待確認事項", CellKind.TEXT, 40),
        Column("clauses", "依據", CellKind.TEXT, 16),
        Column("consequence", "確認通過後", CellKind.TEXT, 22),
        *PLACE_COLUMNS,
    )
    rows = tuple(_pending_row(item) for item in content.pending)
    return SheetContent(
        title="待確認",
        heading=f"待確認（共 {len(rows)} 件，須由承辦人決定）",
        lines=heading_lines(content),
        tables=(TableContent("Pending", columns, rows),),
        frozen_columns=2,
    )


def _pending_row(item: PendingItem) -> Row:
    return Row(
        (
            item.employee_id,
            item.name,
            item.unit,
            item.set_title,
            item.course,
            item.start,
            item.end,
            sentences(item.questions),
            sentences(item.clauses),
            item.consequence,
            *place_cells(item.place),
        )
    )


def commendation_sheet(content: SummaryContent) -> SheetContent:
    """Describe 敘獎: the commendation list's own columns, as a table with filters."""
    return SheetContent(
        title="敘獎",
        heading=f"敘獎建議（共 {len(content.commendations)} 筆）",
        lines=heading_lines(content),
        tables=(commendation_table(content.commendations, "Commendations"),),
        frozen_columns=1,
    )


def refused_sheet(content: SummaryContent) -> SheetContent:
    """Describe 拒收: every refused file and row, under the balance of all rows."""
    columns = (
        Column("file", "檔案", CellKind.TEXT, 34),
        Column("place", "位置", CellKind.TEXT, 22),
        Column("rows", "列數", CellKind.NUMBER, 8),
        Column("reason", "原因", CellKind.TEXT, 22),
        Column("message", "說明", CellKind.TEXT, 80),
    )
    rows = [
        Row((item.file, item.place, item.rows, item.reason, item.message))
        for item in content.refused
    ]
    if rows:
        total = sum(item.rows for item in content.refused)
        formula = Formula("SUM({rows})", total, (0, len(rows) - 1))
        rows.append(Row(("合計", None, formula, None, None), RowRole.TOTAL))
    return SheetContent(
        title="拒收",
        heading="拒收的檔案與資料列",
        lines=(*heading_lines(content), row_balance(content)),
        tables=(TableContent("Refused", columns, tuple(rows)),),
        frozen_columns=1,
    )


def row_balance(content: SummaryContent) -> str:
    """State rows in = rows stored + rows refused, and say plainly when it doesn't hold."""
    counts = (
        f"讀入 {content.rows_read} 列；存入 {content.rows_stored} 列"
        f"＋拒收 {content.rows_refused} 列"
    )
    difference = content.rows_read - content.rows_stored - content.rows_refused
    listed = sum(item.rows for item in content.refused)
    if difference:
        return f"{counts}，相差 {difference} 列，請勿據以核給，並通知系統維護人員。"
    if listed != content.rows_refused:
        return f"{counts}，列數相符；但下表列出的拒收列數為 {listed} 列，請逐檔核對。"
    return f"{counts}，列數相符。"


def explanation_sheet(content: SummaryContent) -> SheetContent:
    """Describe 說明: plan, clauses, day, files read, calendar version, who decided what."""
    return SheetContent(
        title="說明",
        heading="說明",
        lines=(),
        tables=(
            _facts(content),
            _clauses(content),
            _files(content),
            _decisions(content),
        ),
        notes=content.notes,
        repeats_headings=False,
    )


def _facts(content: SummaryContent) -> TableContent:
    columns = (
        Column("fact", "項目", CellKind.TEXT, 30),
        Column("value", "內容", CellKind.TEXT, 46),
    )
    facts: tuple[tuple[str, CellValue], ...] = (
        ("機關", content.agency),
        ("計畫", content.plan_title),
        ("計畫代號與版本", content.plan_id),
        *((("單位", content.scope),) if content.scope else ()),
        ("組裝課程", "、".join(content.set_titles)),
        ("基準日", content.as_of),
        ("辦公日曆", content.calendar_version),
        ("資料列", row_balance(content)),
        ("製表時間", content.created),
        ("製表人", content.created_by),
        ("程式版本", content.program_version),
    )
    rows = tuple(Row(fact) for fact in facts)
    return TableContent("Facts", columns, rows, is_filterable=False, caption="一、基本資料")


def _clauses(content: SummaryContent) -> TableContent:
    columns = (
        Column("clause", "依據", CellKind.TEXT, 30),
        Column("text", "規定", CellKind.TEXT, 46),
        Column("document", "文件", CellKind.TEXT, 20),
    )
    rows = tuple(Row((note.clause, note.text, note.document)) for note in content.clauses)
    return TableContent("Clauses", columns, rows, caption="二、判定依據")


def _files(content: SummaryContent) -> TableContent:
    columns = (
        Column("file", "檔案", CellKind.TEXT, 30),
        Column("kind", "種類", CellKind.TEXT, 46),
        Column("rows_read", "讀入列數", CellKind.NUMBER, 20),
        Column("rows_stored", "存入列數", CellKind.NUMBER, 12),
        Column("rows_refused", "拒收列數", CellKind.NUMBER, 12),
        Column("digest", "SHA-256", CellKind.CODE, 34),
    )
    rows = [_file_row(file) for file in content.files]
    if rows:
        span = (0, len(rows) - 1)
        totals = (
            ("rows_read", sum(file.rows_read for file in content.files)),
            ("rows_stored", sum(file.rows_stored for file in content.files)),
            ("rows_refused", sum(file.rows_refused for file in content.files)),
        )
        sums = tuple(Formula(f"SUM({{{key}}})", total, span) for key, total in totals)
        rows.append(Row(("合計", None, *sums, None), RowRole.TOTAL))
    return TableContent("Files", columns, tuple(rows), caption="三、讀入的檔案")


def _file_row(file: FileRead) -> Row:
    return Row(
        (file.file, file.kind, file.rows_read, file.rows_stored, file.rows_refused, file.digest)
    )


def _decisions(content: SummaryContent) -> TableContent:
    columns = (
        Column("person", "人員", CellKind.TEXT, 30),
        Column("subject", "事項", CellKind.TEXT, 46),
        Column("decided_at", "決定時間", CellKind.MOMENT, 20),
        Column("program_verdict", "程式判定", CellKind.WORD, 12),
        Column("decision", "承辦人決定", CellKind.LABEL, 12),
        Column("reason", "理由", CellKind.TEXT, 34),
        Column("decided_by", "承辦人", CellKind.LABEL, 14),
    )
    rows = tuple(
        Row(
            (
                note.person,
                note.subject,
                note.decided_at,
                note.program_verdict,
                note.decision,
                note.reason,
                note.decided_by,
            )
        )
        for note in content.decisions
    )
    return TableContent("Decisions", columns, rows, caption="四、人工決定")
