"""Attendance, shifts and punches; each file is taken whole or not at all (inputs.md section 5)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from desktop.domain.attendance import AttendanceKind
from desktop.domain.evidence import (
    AttendanceRow,
    EvidenceKind,
    PunchRow,
    RefusalReason,
    ShiftRow,
)
from desktop.domain.moments import SECONDS_A_DAY, Span
from desktop.domain.text import matching_key, normalise_digits
from desktop.domain.written_dates import NotADateError, WrittenDateError, split_period
from desktop.importers.base import WholeTableImporter
from desktop.importers.document import Cell
from desktop.importers.headings import Column
from desktop.importers.row_cells import PERSON, needed_day_in, person_of, second_in, unit_of
from desktop.importers.tabulation import DataRow, Layout
from desktop.importers.values import (
    RowFaultError,
    date_fault,
    day_of,
    hours,
    is_empty,
    moment_at,
    moment_of,
    one_line,
    second_of,
)

# Tried in this order: 補休 and 公假補休 are leave however they were earned.
_KIND_WORDS: tuple[tuple[tuple[str, ...], AttendanceKind], ...] = (
    (("補休", "補假", "調休", "輪休", "排休", "留職停薪", "留停"), AttendanceKind.PERSONAL_LEAVE),
    (("加班",), AttendanceKind.OVERTIME),
    (("公差", "公出", "出差", "公務外出", "外勤", "洽公"), AttendanceKind.BUSINESS_TRIP),
    (("值班", "值勤", "值日", "值夜", "輪值", "待命"), AttendanceKind.ON_CALL),
    (("公假",), AttendanceKind.OFFICIAL_LEAVE),
    (("假", "休"), AttendanceKind.PERSONAL_LEAVE),
)


def attendance_kind(words: str) -> AttendanceKind | None:
    """What an attendance system's word for an entry means, None for an unknown word.

    公出 counts as a business trip, 值班 as on-call duty; every leave but 公假 is personal
    (rules.md section 3).
    """
    key = matching_key(words)
    for marks, kind in _KIND_WORDS:
        if any(mark in key for mark in marks):
            return kind
    return None


_DIGIT_ENDS = re.compile(
    r"((?:.*\D)?(?:\d{4}|\d{7,8}))\s*-+\s*(\d{4}|\d{7,8}(?:\s+\d{4})?)",
)
"""``1140315 1800-2000``: a dash between four, seven or eight digits parts two ends."""
_WHOLE_DAY = frozenset({"全日", "全天", "整日", "整天", "一日", "1日"})


class Attendance(WholeTableImporter):
    """差勤紀錄: overtime, trips, on-call duty and leave, each with start and end."""

    kind = EvidenceKind.ATTENDANCE
    may_be_empty = True
    layout = Layout(
        wanted=(
            *PERSON,
            Column.UNIT,
            Column.KIND,
            Column.START_DATE,
            Column.START_TIME,
            Column.END_DATE,
            Column.END_TIME,
            Column.BOTH_ENDS,
            Column.DAY,
            Column.HOURS,
            Column.REASON,
        ),
        required=(
            PERSON,
            (Column.KIND,),
            (Column.START_DATE, Column.START_TIME, Column.BOTH_ENDS),
            (Column.END_DATE, Column.END_TIME, Column.BOTH_ENDS),
            (Column.START_DATE, Column.START_TIME, Column.BOTH_ENDS, Column.DAY),
        ),
        forbidden=(Column.COURSE, Column.PUNCH_IN, Column.RECEIVED),
    )

    def read_row(self, row: DataRow) -> AttendanceRow:
        """One entry.

        Raises:
            RowFaultError: When its kind is unknown, a date is missing or it ends before it starts.
        """
        employee_id, name = person_of(row)
        words = one_line(row.cells.get(Column.KIND, ""))
        kind = attendance_kind(words)
        if kind is None:
            raise RowFaultError(
                RefusalReason.UNREADABLE,
                f"類別「{words}」不在已知的差勤類別中，整份差勤紀錄未匯入，請改成加班、公假、公差、"
                "值班或各種假別後再匯入",
            )
        row = _with_ends(row)
        start = self._moment(row, Column.START_DATE, Column.START_TIME, seconds=0)
        end = self._moment(row, Column.END_DATE, Column.END_TIME, seconds=SECONDS_A_DAY)
        if end <= start:
            raise RowFaultError(
                RefusalReason.BAD_DATE,
                f"結束（{end:%Y-%m-%d %H:%M}）沒有晚於起始（{start:%Y-%m-%d %H:%M}），"
                "請更正後再匯入",
            )
        return AttendanceRow(
            place=row.place,
            employee_id=employee_id,
            person_name=name,
            kind=kind,
            kind_words=words,
            span=Span(start, end),
            hours=hours(row.cells.get(Column.HOURS, "")),
            reason=one_line(row.cells.get(Column.REASON, "")),
            unit=unit_of(row),
        )

    @staticmethod
    def _moment(
        row: DataRow, date_column: Column, time_column: Column, *, seconds: int
    ) -> datetime:
        """One end of an entry; ``seconds`` after midnight when only its date is written."""
        date_cell = row.cells.get(date_column, "")
        time_cell = row.cells.get(time_column, "")
        day_cell = row.cells.get(Column.DAY, "")
        if one_line(time_cell) in _WHOLE_DAY:
            time_cell = ""
        if not is_empty(day_cell):
            # One column for the day: 起 and 迄 may then be times.
            if is_empty(time_cell) and _is_clock(date_cell):
                date_cell, time_cell = day_cell, date_cell
            elif is_empty(date_cell):
                date_cell = day_cell
        if is_empty(date_cell):
            # One column may hold the whole moment under the heading of a time.
            date_cell, time_cell = time_cell, ""
        if is_empty(date_cell):
            raise RowFaultError(
                RefusalReason.BAD_DATE, f"{date_column.value}是空白的，請補上後再匯入"
            )
        try:
            if is_empty(time_cell):
                moment = moment_of(date_cell)
                if isinstance(moment, datetime):
                    return moment
                return moment_at(moment, seconds)
            day = day_of(date_cell)
        except WrittenDateError as error:
            raise date_fault(error, date_column.value, one_line(date_cell)) from error
        second = second_in(time_cell, time_column)
        return moment_at(day, second if second is not None else seconds)


def _with_ends(row: DataRow) -> DataRow:
    """The row with 起迄時間 parted into its two ends, where both stand in one cell.

    An end that is a time alone is on the day of the start.

    Raises:
        RowFaultError: When the cell does not hold two ends.
    """
    cell = row.cells.get(Column.BOTH_ENDS, "")
    if is_empty(cell):
        return row
    column, text = Column.BOTH_ENDS, one_line(cell)
    try:
        clocks = _DIGIT_ENDS.fullmatch(normalise_digits(text))
        start, end = clocks.groups() if clocks is not None else split_period(text)
        cells = dict(row.cells)
        if end is None:
            raise NotADateError(text)
        if _is_clock(start):
            cells |= {Column.START_TIME: start, Column.END_TIME: end}
            return replace(row, cells=cells)
        if _is_clock(end):
            moment = moment_of(start)
            if not isinstance(moment, datetime):
                raise NotADateError(text)
            end = f"{moment:%Y-%m-%d} {end}"
    except WrittenDateError as error:
        raise date_fault(error, column.value, text) from error
    return replace(row, cells=cells | {Column.START_DATE: start, Column.END_DATE: end})


class Shifts(WholeTableImporter):
    """輪值表: rostered duty; 迄 not after 起 is on the next day."""

    kind = EvidenceKind.SHIFTS
    may_be_empty = True
    layout = Layout(
        wanted=(*PERSON, Column.UNIT, Column.DAY, Column.DUTY_FROM, Column.DUTY_UNTIL),
        required=(PERSON, (Column.DAY,), (Column.DUTY_FROM,), (Column.DUTY_UNTIL,)),
        forbidden=(Column.COURSE, Column.KIND, Column.PUNCH_IN, Column.PUNCH_OUT),
    )

    def read_row(self, row: DataRow) -> ShiftRow:
        """One shift.

        Raises:
            RowFaultError: When its day or one of its times is missing or cannot be read.
        """
        employee_id, name = person_of(row)
        day = needed_day_in(row, Column.DAY)
        start = _clock(row, Column.DUTY_FROM, day)
        end = _clock(row, Column.DUTY_UNTIL, day)
        if start is None or end is None:
            raise RowFaultError(RefusalReason.BAD_DATE, "上班或下班時間是空白的，請補上後再匯入")
        if end <= start:
            end += timedelta(days=1)
        if end <= start:
            raise RowFaultError(RefusalReason.BAD_DATE, "下班早於上班，請更正後再匯入")
        return ShiftRow(row.place, employee_id, name, day, Span(start, end), unit_of(row))


def _is_clock(cell: Cell) -> bool:
    """Whether a cell holds a time of day and no date."""
    if is_empty(cell) or isinstance(cell, date):
        return False
    try:
        second_of(cell)
    except WrittenDateError:
        return False
    return True


def _clock(row: DataRow, column: Column, day: date) -> datetime | None:
    """A time on ``day``, or the full moment when the cell holds one."""
    cell = row.cells.get(column, "")
    if is_empty(cell):
        return None
    if isinstance(cell, datetime):
        return cell
    try:
        return moment_at(day, second_of(cell))
    except NotADateError:
        try:
            moment = moment_of(cell)
        except WrittenDateError as error:
            raise date_fault(error, column.value, one_line(cell)) from error
        if not isinstance(moment, datetime):
            raise date_fault(NotADateError(one_line(cell)), column.value, one_line(cell)) from None
        return moment
    except WrittenDateError as error:
        raise date_fault(error, column.value, one_line(cell)) from error


class Punches(WholeTableImporter):
    """刷卡紀錄: when a person came and went on a day."""

    kind = EvidenceKind.PUNCHES
    may_be_empty = True
    layout = Layout(
        wanted=(*PERSON, Column.UNIT, Column.DAY, Column.PUNCH_IN, Column.PUNCH_OUT),
        required=(PERSON, (Column.DAY,), (Column.PUNCH_IN,), (Column.PUNCH_OUT,)),
        forbidden=(Column.COURSE,),
    )

    def read_row(self, row: DataRow) -> PunchRow:
        """One day's punches; either may be missing.

        Raises:
            RowFaultError: When the day is missing or a time cannot be read.
        """
        employee_id, name = person_of(row)
        day = needed_day_in(row, Column.DAY)
        return PunchRow(
            row.place,
            employee_id,
            name,
            day,
            _clock(row, Column.PUNCH_IN, day),
            _clock(row, Column.PUNCH_OUT, day),
            unit_of(row),
        )
