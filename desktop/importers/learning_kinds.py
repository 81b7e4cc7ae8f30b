"""The five kinds of evidence of learning, each with its headings and its way of writing time."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from desktop.domain.evidence import EvidenceKind, Extraction, LearningRow, RefusalReason
from desktop.domain.text import matching_key, normalise_digits
from desktop.domain.written_dates import (
    AmbiguousDateError,
    ImpossibleDateError,
    NotADateError,
    WrittenDateError,
    parse_date,
    split_period,
)
from desktop.importers.document import Cell, Document, GridRow, cell_text
from desktop.importers.headings import Column
from desktop.importers.learning import LearningImporter, Times
from desktop.importers.portal_summary import stated_hours
from desktop.importers.shown_facts import (
    FACT_COLUMNS,
    LIST_FACT_COLUMNS,
    MARKS_NO,
    MARKS_YES,
    folded,
    marked,
)
from desktop.importers.tabulation import DataRow, Layout, is_laid_out
from desktop.importers.values import (
    date_fault,
    day_of,
    is_empty,
    moment_at,
    moment_of,
    one_line,
    second_of,
    unbroken,
)

_REGISTERED = re.compile(r"登\s*[::]?\s*([^起迄訖登)）]+)")
_HAS = MARKS_YES | folded("已取得 取得")
_HAS_NOT = MARKS_NO | folded("無 沒有 未取得 尚無")
_PERSON = (Column.EMPLOYEE_ID, Column.NAME)
_PORTAL_MARKS = (
    Column.PROVIDER,
    Column.TERM,
    Column.LEARNING_KIND,
    Column.RELEVANT,
    Column.LEAVE_KIND,
)
_AGENCY_TITLE = matching_key("同仁學習狀況")


class EplusRecords(LearningImporter):
    """e等公務園⁺ 學習紀錄: the learner's own start and end to the second (inputs.md section 1)."""

    kind = EvidenceKind.EPLUS_RECORD
    layout = Layout(
        wanted=(
            Column.NUMBER,
            *_PERSON,
            Column.UNIT,
            Column.COURSE,
            Column.PERIOD,
            Column.BEGAN_AT,
            Column.ENDED_AT,
            Column.READING,
            Column.PASSED,
            Column.CERTIFIED,
            *FACT_COLUMNS,
            Column.UPLOAD_TIME,
        ),
        required=(
            (Column.COURSE,),
            (Column.PERIOD, Column.BEGAN_AT),
            (Column.PASSED,),
            (Column.CERTIFIED,),
        ),
        forbidden=(*_PORTAL_MARKS, Column.LANGUAGE, Column.CERTIFICATE),
    )

    def times(self, row: DataRow) -> Times:
        """Start and end of 上課期間; a missing end is none."""
        if Column.PERIOD in row.cells:
            start, end = _period(row.cells[Column.PERIOD])
        else:
            start, end = row.cells.get(Column.BEGAN_AT, ""), row.cells.get(Column.ENDED_AT, "")
        times = _with_start(Times(), start)
        return _with_end(times, end)


def _period(cell: Cell) -> tuple[Cell, Cell]:
    """The two sides of a written period, each with the breaks of its column."""
    if not isinstance(cell, str):
        return cell, ""
    try:
        start, end = split_period(cell.replace("\n", "\x1f"))
    except NotADateError as error:
        raise date_fault(error, "上課期間", one_line(cell)) from error
    return _broken(start), _broken(end or "")


def _broken(text: str) -> str:
    return text.strip("\x1f ").replace("\x1f", "\n")


def _with_start(times: Times, cell: Cell) -> Times:
    if is_empty(cell):
        return times
    try:
        moment = moment_of(cell)
    except ImpossibleDateError:
        return replace(times, are_impossible=True)
    except WrittenDateError as error:
        raise date_fault(error, "上課期間", one_line(cell)) from error
    if isinstance(moment, datetime):
        return replace(times, start=moment)
    return replace(times, started_on=moment)


def _with_end(times: Times, cell: Cell) -> Times:
    if is_empty(cell):
        return times
    try:
        moment = moment_of(cell)
    except ImpossibleDateError:
        return replace(times, are_impossible=True)
    except WrittenDateError as error:
        raise date_fault(error, "上課期間", one_line(cell)) from error
    if isinstance(moment, datetime):
        return replace(times, end=moment)
    return replace(times, completed_on=moment)


class PortalHours(LearningImporter):
    """入口網 學習時數: 登 is the completion; 起/迄 are when the course was open (section 2)."""

    kind = EvidenceKind.PORTAL_HOURS
    layout = Layout(
        wanted=(
            Column.NUMBER,
            *_PERSON,
            Column.UNIT,
            Column.COURSE,
            Column.PERIOD,
            Column.HOURS,
            *_PORTAL_MARKS,
            *FACT_COLUMNS,
        ),
        required=((Column.COURSE,), (Column.PERIOD,), (Column.HOURS,), _PORTAL_MARKS),
        forbidden=(Column.PASSED, Column.LANGUAGE, Column.CERTIFICATE),
    )

    def identify(self, document: Document) -> bool:
        """Whether it shows the portal's table, or its summary alone, and is no agency's list."""
        if super().identify(document):
            return not is_agency_list(document)
        return _is_summary_alone(document)

    def extract(self, document: Document) -> Extraction:
        """The rows, and beside them the summary block of a person's own page."""
        extraction = super().extract(document)
        if not self.is_one_persons:
            return extraction
        if document.has_optical_tables:
            # The figures of a summary carry no doubt of their own: of a picture none is taken.
            return extraction
        stated, remarks = stated_hours(document, person_of=self.person_of_page(document))
        found = replace(extraction, stated=stated, remarks=(*extraction.remarks, *remarks))
        if not stated or extraction.rows_in:
            return found
        # A year in which nobody took a course is shown so: the block is evidence of its own.
        words = f"「{document.source.name}」只有時數摘要，沒有任何課程列，摘要照收。"
        others = tuple(one for one in found.refusals if one.reason is not RefusalReason.EMPTY)
        return replace(found, refusals=others, remarks=(*found.remarks, words))

    def times(self, row: DataRow) -> Times:
        """The day of registration as the day of completion; no times of day."""
        cell = row.cells.get(Column.PERIOD, "")
        text = normalise_digits(cell_text(cell))
        found = _REGISTERED.search(text)
        if found is None:
            return Times()
        written = found[1].strip()
        fault: WrittenDateError | None = None
        for reading in unbroken(written):
            try:
                return Times(completed_on=parse_date(reading))
            except (AmbiguousDateError, ImpossibleDateError) as error:
                fault = error
            except NotADateError as error:
                fault = fault or error
        if isinstance(fault, ImpossibleDateError):
            return Times(are_impossible=True)
        raise date_fault(fault or NotADateError(written), "登錄日期", one_line(written))


def _is_summary_alone(document: Document) -> bool:
    """Whether the portal's summary block stands there without any table of courses."""
    others = (EplusRecords, CompletionSheet, CourseraSheet)
    if document.has_optical_tables or any(is_laid_out(document, o.layout) for o in others):
        return False
    return bool(stated_hours(document, person_of=lambda named: named)[0])


def is_agency_list(document: Document) -> bool:
    """Whether a portal table is the agency's list of many people, by its title or its columns."""
    if not is_laid_out(document, PortalHours.layout):
        return False
    titles = [document.title, document.text, document.source.name]
    titles += [cell_text(cell) for table in document.tables for cell in _first_cells(table.rows)]
    if any(_AGENCY_TITLE in matching_key(title) for title in titles):
        return True
    for table in document.tables:
        for row in table.rows[:20]:
            places = PortalHours.layout.columns(row)
            if places is not None:
                names_people = Column.EMPLOYEE_ID in places or Column.NAME in places
                return names_people and Column.LEAVE_KIND not in places
    return False


def _first_cells(rows: tuple[GridRow, ...]) -> list[Cell]:
    return [row.cells[0] for row in rows[:5] if row.cells]


class AgencyStatus(PortalHours):
    """同仁學習狀況明細: the portal's rows of a whole agency, a person in each row."""

    kind = EvidenceKind.AGENCY_STATUS
    is_one_persons = False

    def identify(self, document: Document) -> bool:
        """Whether it is the agency's own list."""
        return is_agency_list(document)


class CompletionSheet(LearningImporter):
    """完成清冊 of the 103 plan: the day and the time of completion, no start."""

    kind = EvidenceKind.COMPLETION_SHEET
    is_one_persons = False
    layout = Layout(
        wanted=(
            Column.NUMBER,
            *_PERSON,
            Column.UNIT,
            Column.COURSE,
            Column.HOURS,
            Column.FINISHED_DATE,
            Column.FINISHED_TIME,
            Column.PASSED,
            *LIST_FACT_COLUMNS,
        ),
        required=(
            _PERSON,
            (Column.COURSE,),
            (Column.HOURS,),
            (Column.FINISHED_DATE, Column.FINISHED_TIME),
        ),
        forbidden=(
            Column.PERIOD,
            Column.LANGUAGE,
            Column.REGION,
            Column.CERTIFICATE,
            Column.BEGAN_DATE,
        ),
    )

    def times(self, row: DataRow) -> Times:
        """The completion: a moment when the time is given, else the bare date."""
        day_cell = row.cells.get(Column.FINISHED_DATE, "")
        time_cell = row.cells.get(Column.FINISHED_TIME, "")
        if is_empty(day_cell):
            return _with_end(Times(), time_cell)
        try:
            if is_empty(time_cell):
                moment = moment_of(day_cell)
                if isinstance(moment, datetime):
                    return Times(end=moment)
                return Times(completed_on=moment)
            day = day_of(day_cell)
        except ImpossibleDateError:
            return Times(are_impossible=True)
        except WrittenDateError as error:
            raise date_fault(error, "完成日期", one_line(day_cell)) from error
        try:
            return Times(end=moment_at(day, second_of(time_cell)))
        except ImpossibleDateError:
            return Times(completed_on=day, are_impossible=True)
        except WrittenDateError as error:
            raise date_fault(error, "完成時間", one_line(time_cell)) from error


class CourseraSheet(LearningImporter):
    """Coursera 完課清冊: dates, hours, language, region and certificate."""

    kind = EvidenceKind.COURSERA_SHEET
    is_one_persons = False
    layout = Layout(
        wanted=(
            Column.NUMBER,
            *_PERSON,
            Column.UNIT,
            Column.COURSE,
            Column.LANGUAGE,
            Column.REGION,
            Column.BEGAN_DATE,
            Column.FINISHED_DATE,
            Column.FINISHED_HOURS,
            Column.CERTIFICATE,
            *LIST_FACT_COLUMNS,
        ),
        required=(
            _PERSON,
            (Column.COURSE,),
            (Column.LANGUAGE, Column.REGION),
            (Column.FINISHED_DATE,),
            (Column.FINISHED_HOURS,),
        ),
    )

    def read_row(self, row: DataRow, *, columns: AbstractSet[Column]) -> LearningRow:
        """One row with its language, region and certificate."""
        read = super().read_row(row, columns=columns)
        return replace(
            read,
            language=one_line(row.cells.get(Column.LANGUAGE, "")) or None,
            region=one_line(row.cells.get(Column.REGION, "")) or None,
            has_certificate=_has_certificate(row),
        )

    def times(self, row: DataRow) -> Times:
        """Start and completion as bare dates."""
        times = Times()
        for column in (Column.BEGAN_DATE, Column.FINISHED_DATE):
            cell = row.cells.get(column, "")
            if is_empty(cell):
                continue
            try:
                day = day_of(cell)
            except ImpossibleDateError:
                times = replace(times, are_impossible=True)
                continue
            except WrittenDateError as error:
                raise date_fault(error, column.value, one_line(cell)) from error
            if column is Column.BEGAN_DATE:
                times = replace(times, started_on=day)
            else:
                times = replace(times, completed_on=day)
        return times


def _has_certificate(row: DataRow) -> bool | None:
    return marked(row.cells.get(Column.CERTIFICATE, ""), _HAS, _HAS_NOT)
