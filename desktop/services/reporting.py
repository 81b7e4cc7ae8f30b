"""The supervisors' workbook from the store: seen first, then written as far as it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from desktop.domain.changes import ChangeSet
from desktop.domain.evidence import Refusal
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import UnitStanding
from desktop.exports import write_ods, write_xlsx
from desktop.exports.content import FileRead
from desktop.exports.roc_text import roc_moment
from desktop.exports.selecting import ColumnName, without
from desktop.exports.summary_sheets import summary_workbook
from desktop.exports.table_model import (
    CellKind,
    CellValue,
    Column,
    Formula,
    RowRole,
    TableContent,
    WorkbookContent,
)
from desktop.services.exporting import save_export
from desktop.services.office import Office
from desktop.services.progress import Progress, silent, step
from desktop.services.report_choices import ReportChoice
from desktop.services.summarising import UNKNOWN_KIND, RunFacts, summary_content
from desktop.services.verifying import evaluate_together

XLSX, ODS = "xlsx", "ods"
KINDS = ((XLSX, "Excel 活頁簿（.xlsx）"), (ODS, "開放文件試算表（.ods）"))


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column that may be left out.

    Attributes:
        name: What a choice remembers it by.
        title: Its heading.
        is_number: Whether it is right aligned.
    """

    name: ColumnName
    title: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table as it will be exported.

    Attributes:
        caption: Above it; empty without.
        columns: From left to right.
        rows: Texts as the spreadsheet shows them, totals last.
        totals: How many of the rows are totals.
    """

    caption: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: int


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """One sheet as it will be exported.

    Attributes:
        title: On its tab.
        heading: Its first line.
        tables: From top to bottom.
        charts: Titles of its charts.
    """

    title: str
    heading: str
    tables: tuple[ReportTable, ...]
    charts: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows of data it has."""
        return sum(len(table.rows) - table.totals for table in self.tables)


@dataclass(frozen=True, slots=True)
class Report:
    """A workbook before it is written.

    Attributes:
        sheets: Every sheet the plan has, in order.
        units: Every unit of the roster, in its order.
        chosen_units: Those it is about; empty for all.
        people: How many people it is about.
        content: What the writers take.
    """

    sheets: tuple[ReportSheet, ...]
    units: tuple[str, ...]
    chosen_units: tuple[str, ...]
    people: int
    content: WorkbookContent = field(repr=False, compare=False)


def report(
    office: Office, plan_id: str, *, units: Sequence[str] = (), progress: Progress = silent
) -> Report:
    """The workbook of a plan as of today.

    Args:
        office: The open office.
        plan_id: The plan.
        units: Which units it is about; all of them when empty, or when none of them is there.
        progress: Hears of each person.

    Raises:
        PlanUnknownError: When nobody knows the plan.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    basis, together = evaluate_together(office, plan_id, progress=progress)
    known = tuple(dict.fromkeys(v.person.unit for v in together.verdicts))
    chosen = tuple(unit for unit in known if unit in set(units))
    verdicts = [v for v in together.verdicts if not chosen or v.person.unit in chosen]
    standings = [s for s in together.units if not chosen or s.unit in chosen]
    step(progress, 0, 0, "整理報表")
    content = summary_workbook(
        summary_content(office, basis, verdicts, _facts(office, chosen, tuple(standings)))
    )
    step(progress, 0, 0, "整理報表")
    return Report(
        sheets=tuple(
            ReportSheet(
                title=sheet.title,
                heading=sheet.heading,
                tables=tuple(_shown(table) for table in sheet.tables),
                charts=tuple(chart.title for chart in sheet.charts),
            )
            for sheet in content.sheets
        ),
        units=known,
        chosen_units=chosen,
        people=len(verdicts),
        content=content,
    )


def _facts(
    office: Office, chosen: tuple[str, ...], standings: tuple[UnitStanding, ...]
) -> RunFacts:
    """What came in with every import that counts: rows in = rows stored + rows refused."""
    with office.store.reading() as reader:
        batches = [b for b in reversed(reader.batches()) if b.taken_back_at is None]
        files = [
            file
            for batch in batches
            for file in reader.batch_files(batch.id)
            if file.kind is None or file.kind.is_learning_evidence
        ]
        mine = {(file.digest, file.name) for file in files}
        refused = [r for r in reader.refusals() if (r.place.digest, r.place.file_name) in mine]
        pending = reader.pending_files()
    waits: dict[str, int] = {}
    for one in pending:
        waits[one.file_id] = waits.get(one.file_id, 0) + one.rows
        who = one.person_name or one.shown_employee_id or "沒有姓名"
        message = f"「{one.name}」的 {one.rows} 列（{who}）等您到「匯入」指定人員，已存入，還不計。"
        place = SourcePlace(one.digest, one.name)
        refused.append(Refusal(place, one.problem, message, rows=one.rows))
    known = sum(file.rows_known for file in files)
    read = tuple(
        FileRead(
            file=file.name,
            kind=file.kind.words if file.kind is not None else UNKNOWN_KIND,
            rows_read=file.rows_in,
            rows_stored=file.rows_in - file.rows_refused - waits.get(file.id, 0),
            rows_refused=file.rows_refused + waits.get(file.id, 0),
            digest=file.digest,
        )
        for file in files
    )
    notes = [f"存入的列數含先前已經存過的 {known} 列。"] if known else []
    if chosen:
        notes.append("拒收與讀入的檔案是全機關的，不分單位。")
    return RunFacts(
        as_of=office.clock().date(),
        refused=tuple(refused),
        files=read,
        rows_in=sum(one.rows_read for one in read),
        rows_stored=sum(one.rows_stored for one in read),
        rows_refused=sum(one.rows_refused for one in read),
        units=standings,
        scope="、".join(unit or "（未填單位）" for unit in chosen),
        notes=tuple(notes),
    )


def write_report(
    made: Report, choice: ReportChoice, kinds: Sequence[str], *, progress: Progress = silent
) -> dict[str, bytes]:
    """The workbook in each kind of file asked for, by its suffix.

    Args:
        made: The workbook.
        choice: Which sheets and columns are left out.
        kinds: ``xlsx``, ``ods``.
        progress: Hears of each file.

    Raises:
        NothingLeftError: When every sheet is left out.
        CancelledError: When the watcher stops it.
    """
    content = without(
        made.content, frozenset(choice.left_out_sheets), frozenset(choice.left_out_columns)
    )
    writers = {XLSX: write_xlsx, ODS: write_ods}
    written = {}
    for done, kind in enumerate(kinds):
        step(progress, done, len(kinds), f"製作 {kind} 檔")
        written[kind] = writers[kind](content)
    step(progress, len(kinds), len(kinds), "製作完成")
    return written


def save_report(
    office: Office, plan_id: str, path: Path, files: dict[str, bytes], choice: ReportChoice
) -> tuple[tuple[Path, ...], ChangeSet]:
    """Keep the files under a name, a suffix each, and say so in the audit trail.

    Args:
        office: The open office.
        plan_id: The plan.
        path: The name; its suffix gives way to each file's own.
        files: What ``write_report`` gave.
        choice: What was left out, for the trail.

    Raises:
        OutputFolderError: When one cannot be written; none is in its place then.
    """
    paths = {path.with_suffix(f".{kind}"): content for kind, content in files.items()}
    change = save_export(
        office,
        paths,
        act="匯出報表",
        subject=plan_id,
        detail={
            "units": "、".join(choice.units),
            "left_out": "、".join(choice.left_out_sheets),
        },
    )
    return tuple(paths), change


# ---------------------------------------------------------------------------------- as it is shown
def _shown(table: TableContent) -> ReportTable:
    return ReportTable(
        caption=table.caption,
        columns=tuple(
            ReportColumn(
                (table.name, column.key),
                column.title,
                column.kind in (CellKind.NUMBER, CellKind.RATE),
            )
            for column in table.columns
        ),
        rows=tuple(
            tuple(
                _text(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)
            )
            for row in table.rows
        ),
        totals=sum(row.role is not RowRole.DATA for row in table.rows),
    )


def _text(cell: CellValue, column: Column) -> str:
    """A value as the spreadsheet shows it."""
    if isinstance(cell, Formula):
        return f"{_text(cell.value, column)}{cell.unit}"
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return roc_moment(cell)
    if column.kind is CellKind.RATE and isinstance(cell, Decimal | int):
        return f"{Decimal(cell) * 100:.1f}%"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return str(cell)
