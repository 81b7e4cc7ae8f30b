"""Reference data: roster, attendance, shifts, punches, receipts, nominees, calendar.

Each file is taken whole or not at all (inputs.md section 5).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from desktop.domain.attendance import AttendanceKind
from desktop.domain.evidence import (
    ApplicationRow,
    AttendanceRow,
    CalendarDayRow,
    EvidenceKind,
    EvidenceRow,
    NominationRow,
    PunchRow,
    Refusal,
    RefusalReason,
    RosterRow,
    ShiftRow,
)
from desktop.domain.moments import SECONDS_A_DAY, WEEKDAY_WORDS, Span, days_between
from desktop.domain.text import matching_key
from desktop.domain.written_dates import NotADateError, WrittenDateError
from desktop.importers.base import WholeTableImporter
from desktop.importers.document import Cell, Document
from desktop.importers.headings import Column
from desktop.importers.tabulation import DataRow, Layout, Tabulated
from desktop.importers.values import (
    RowFaultError,
    date_fault,
    day_of,
    hours,
    identifier,
    is_empty,
    moment_at,
    moment_of,
    one_line,
    second_of,
)

_PERSON = (Column.EMPLOYEE_ID, Column.NAME)
_YES = frozenset(
    matching_key(word) or word
    for word in ["是", "有", "v", "✓", "✔", "√", "○", "y", "yes", "遞補", "備取", "1", "true"]
)

# Tried in this order: 補休 and 公假補休 are leave however they were earned.
_KIND_WORDS: tuple[tuple[tuple[str, ...], AttendanceKind], ...] = (
    (("補休", "補假", "調休", "輪休", "排休", "留職停薪", "留停"), AttendanceKind.PERSONAL_LEAVE),
    (("加班",), AttendanceKind.OVERTIME),
    (("公差", "公出", "出差"), AttendanceKind.BUSINESS_TRIP),
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


def _person(row: DataRow) -> tuple[str | None, str | None]:
    employee_id = identifier(row.cells.get(Column.EMPLOYEE_ID, ""))
    name = one_line(row.cells.get(Column.NAME, "")) or None
    if employee_id is None and name is None:
        raise RowFaultError(RefusalReason.PERSON_UNKNOWN, "沒有人員代號也沒有姓名，請補上後再匯入")
    return employee_id, name


def _day(row: DataRow, column: Column) -> date | None:
    cell = row.cells.get(column, "")
    if is_empty(cell):
        return None
    try:
        return day_of(cell)
    except WrittenDateError as error:
        raise date_fault(error, column.value, one_line(cell)) from error


def _needed_day(row: DataRow, column: Column) -> date:
    day = _day(row, column)
    if day is None:
        raise RowFaultError(RefusalReason.BAD_DATE, f"{column.value}是空白的，請補上後再匯入")
    return day


def _second(cell: Cell, column: Column) -> int | None:
    if is_empty(cell):
        return None
    try:
        return second_of(cell)
    except WrittenDateError as error:
        raise date_fault(error, column.value, one_line(cell)) from error


class Roster(WholeTableImporter):
    """職員名冊: who is at the agency."""

    kind = EvidenceKind.ROSTER
    layout = Layout(
        wanted=(
            *_PERSON,
            Column.UNIT,
            Column.TITLE,
            Column.RANK,
            Column.CATEGORY,
            Column.PATTERN,
            Column.HIRED,
            Column.LEFT,
            Column.UNPAID_FROM,
            Column.UNPAID_UNTIL,
        ),
        required=(
            (Column.EMPLOYEE_ID,),
            (Column.NAME,),
            (Column.UNIT,),
            (Column.TITLE, Column.RANK, Column.CATEGORY, Column.PATTERN),
        ),
        forbidden=(
            Column.COURSE,
            Column.KIND,
            Column.DAY,
            Column.DUTY_FROM,
            Column.PUNCH_IN,
            Column.RECEIVED,
            Column.PRIORITY,
            Column.SUBSTITUTE,
        ),
    )

    def read_row(self, row: DataRow) -> RosterRow:
        """One person.

        Raises:
            RowFaultError: When the number or name is missing or a date cannot be read.
        """
        employee_id = identifier(row.cells.get(Column.EMPLOYEE_ID, ""))
        name = one_line(row.cells.get(Column.NAME, ""))
        if employee_id is None or not name:
            missing = "人員代號" if employee_id is None else "姓名"
            raise RowFaultError(RefusalReason.PERSON_UNKNOWN, f"{missing}是空白的，請補上後再匯入")
        return RosterRow(
            place=row.place,
            employee_id=employee_id,
            name=name,
            unit=one_line(row.cells.get(Column.UNIT, "")),
            title=one_line(row.cells.get(Column.TITLE, "")),
            rank=one_line(row.cells.get(Column.RANK, "")),
            category=one_line(row.cells.get(Column.CATEGORY, "")),
            pattern_code=one_line(row.cells.get(Column.PATTERN, "")),
            hired_on=_day(row, Column.HIRED),
            left_on=_day(row, Column.LEFT),
            leave_without_pay_from=_day(row, Column.UNPAID_FROM),
            leave_without_pay_until=_day(row, Column.UNPAID_UNTIL),
            raw=row.raw,
        )


class Attendance(WholeTableImporter):
    """差勤紀錄: overtime, trips, on-call duty and leave, each with start and end."""

    kind = EvidenceKind.ATTENDANCE
    may_be_empty = True
    layout = Layout(
        wanted=(
            *_PERSON,
            Column.KIND,
            Column.START_DATE,
            Column.START_TIME,
            Column.END_DATE,
            Column.END_TIME,
            Column.DAY,
            Column.HOURS,
            Column.REASON,
        ),
        required=(
            _PERSON,
            (Column.KIND,),
            (Column.START_DATE, Column.START_TIME),
            (Column.END_DATE, Column.END_TIME),
            (Column.START_DATE, Column.START_TIME, Column.DAY),
        ),
        forbidden=(Column.COURSE, Column.PUNCH_IN, Column.RECEIVED),
    )

    def read_row(self, row: DataRow) -> AttendanceRow:
        """One entry.

        Raises:
            RowFaultError: When its kind is unknown, a date is missing or it ends before it starts.
        """
        employee_id, name = _person(row)
        words = one_line(row.cells.get(Column.KIND, ""))
        kind = attendance_kind(words)
        if kind is None:
            raise RowFaultError(
                RefusalReason.UNREADABLE,
                f"類別「{words}」不在已知的差勤類別中，整份差勤紀錄未匯入，請改成加班、公假、公差、"
                "值班或各種假別後再匯入",
            )
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
        )

    @staticmethod
    def _moment(
        row: DataRow, date_column: Column, time_column: Column, *, seconds: int
    ) -> datetime:
        """One end of an entry; ``seconds`` after midnight when only its date is written."""
        date_cell = row.cells.get(date_column, "")
        time_cell = row.cells.get(time_column, "")
        day_cell = row.cells.get(Column.DAY, "")
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
        second = _second(time_cell, time_column)
        return moment_at(day, second if second is not None else seconds)


class Shifts(WholeTableImporter):
    """輪值表: rostered duty; 迄 not after 起 is on the next day."""

    kind = EvidenceKind.SHIFTS
    may_be_empty = True
    layout = Layout(
        wanted=(*_PERSON, Column.DAY, Column.DUTY_FROM, Column.DUTY_UNTIL),
        required=(_PERSON, (Column.DAY,), (Column.DUTY_FROM,), (Column.DUTY_UNTIL,)),
        forbidden=(Column.COURSE, Column.KIND, Column.PUNCH_IN, Column.PUNCH_OUT),
    )

    def read_row(self, row: DataRow) -> ShiftRow:
        """One shift.

        Raises:
            RowFaultError: When its day or one of its times is missing or cannot be read.
        """
        employee_id, name = _person(row)
        day = _needed_day(row, Column.DAY)
        start = _clock(row, Column.DUTY_FROM, day)
        end = _clock(row, Column.DUTY_UNTIL, day)
        if start is None or end is None:
            raise RowFaultError(RefusalReason.BAD_DATE, "上班或下班時間是空白的，請補上後再匯入")
        if end <= start:
            end += timedelta(days=1)
        if end <= start:
            raise RowFaultError(RefusalReason.BAD_DATE, "下班早於上班，請更正後再匯入")
        return ShiftRow(row.place, employee_id, name, day, Span(start, end))


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
        wanted=(*_PERSON, Column.DAY, Column.PUNCH_IN, Column.PUNCH_OUT),
        required=(_PERSON, (Column.DAY,), (Column.PUNCH_IN,), (Column.PUNCH_OUT,)),
        forbidden=(Column.COURSE,),
    )

    def read_row(self, row: DataRow) -> PunchRow:
        """One day's punches; either may be missing.

        Raises:
            RowFaultError: When the day is missing or a time cannot be read.
        """
        employee_id, name = _person(row)
        day = _needed_day(row, Column.DAY)
        return PunchRow(
            row.place,
            employee_id,
            name,
            day,
            _clock(row, Column.PUNCH_IN, day),
            _clock(row, Column.PUNCH_OUT, day),
        )


class Applications(WholeTableImporter):
    """收件登記: what was received when."""

    kind = EvidenceKind.APPLICATIONS
    may_be_empty = True
    layout = Layout(
        wanted=(*_PERSON, Column.PLAN, Column.RECEIVED),
        required=(_PERSON, (Column.RECEIVED,)),
        forbidden=(Column.COURSE, Column.KIND),
    )

    def read_row(self, row: DataRow) -> ApplicationRow:
        """One receipt.

        Raises:
            RowFaultError: When the date is missing or cannot be read.
        """
        employee_id, name = _person(row)
        plan = one_line(row.cells.get(Column.PLAN, ""))
        return ApplicationRow(row.place, employee_id, name, plan, _needed_day(row, Column.RECEIVED))


class Nominations(WholeTableImporter):
    """薦送名冊: who was nominated, in which order."""

    kind = EvidenceKind.NOMINATIONS
    layout = Layout(
        wanted=(
            *_PERSON,
            Column.TELEPHONE,
            Column.EMAIL,
            Column.PRIORITY,
            Column.SUBSTITUTE,
        ),
        required=(
            (Column.NAME,),
            (Column.TELEPHONE, Column.EMAIL),
            (Column.PRIORITY, Column.SUBSTITUTE, Column.EMAIL),
        ),
        forbidden=(Column.COURSE, Column.KIND, Column.RECEIVED),
    )

    def read_row(self, row: DataRow) -> NominationRow:
        """One nominee.

        Raises:
            RowFaultError: When the name is missing.
        """
        name = one_line(row.cells.get(Column.NAME, ""))
        if not name:
            raise RowFaultError(RefusalReason.PERSON_UNKNOWN, "姓名是空白的，請補上後再匯入")
        substitute = one_line(row.cells.get(Column.SUBSTITUTE, ""))
        return NominationRow(
            place=row.place,
            employee_id=identifier(row.cells.get(Column.EMPLOYEE_ID, "")),
            person_name=name,
            telephone=one_line(row.cells.get(Column.TELEPHONE, "")),
            email=one_line(row.cells.get(Column.EMAIL, "")),
            priority=one_line(row.cells.get(Column.PRIORITY, "")),
            is_substitute=(matching_key(substitute) or substitute) in _YES,
        )


class Calendar(WholeTableImporter):
    """政府行政機關辦公日曆表: 是否放假 decides, 0 is worked, 2 is off."""

    kind = EvidenceKind.CALENDAR
    layout = Layout(
        wanted=(Column.GREGORIAN_DAY, Column.WEEKDAY, Column.IS_OFF, Column.REMARK),
        required=((Column.GREGORIAN_DAY,), (Column.IS_OFF,)),
    )

    def read_row(self, row: DataRow) -> CalendarDayRow:
        """One day.

        Raises:
            RowFaultError: When the date cannot be read or 是否放假 is neither 0 nor 2.
        """
        day = _needed_day(row, Column.GREGORIAN_DAY)
        state = identifier(row.cells.get(Column.IS_OFF, "")) or ""
        if state not in ("0", "2"):
            raise RowFaultError(
                RefusalReason.UNREADABLE, f"是否放假「{state}」不是 0 或 2，請更正後再匯入"
            )
        return CalendarDayRow(
            row.place, day, state == "2", one_line(row.cells.get(Column.REMARK, ""))
        )

    def remarks(self, table: Tabulated) -> tuple[str, ...]:
        """Days whose written weekday is not the date's: official files have had such slips."""
        slips = []
        for row in table.rows:
            written = row.text(Column.WEEKDAY).removeprefix("星期").removeprefix("週")
            day = day_of(row.cells[Column.GREGORIAN_DAY])
            if written and written != WEEKDAY_WORDS[day.weekday()]:
                slips.append(f"{day}")
        if not slips:
            return ()
        return (
            (
                f"日曆表有 {len(slips)} 天的星期與日期不符（{'、'.join(slips[:6])}），"
                "仍以「是否放假」為準，請核對公告。"
            ),
        )

    def check(self, document: Document, rows: Sequence[EvidenceRow]) -> list[Refusal]:
        """Refuse a year with missing or doubled days: a missing day would count as worked."""
        days = Counter(row.day for row in rows if isinstance(row, CalendarDayRow))
        by_year: defaultdict[int, set[date]] = defaultdict(set)
        for day in days:
            by_year[day.year].add(day)
        source = document.source
        refusals = []
        doubled = next((day for day, count in sorted(days.items()) if count > 1), None)
        if doubled is not None:
            refusals.append(
                Refusal(
                    source.place(),
                    RefusalReason.UNREADABLE,
                    f"「{source.name}」的日曆表中 {doubled} 出現兩次，整個檔案未匯入，"
                    "請向行政院人事行政總處重新下載。",
                )
            )
        for year, known in sorted(by_year.items()):
            whole = set(days_between(date(year, 1, 1), date(year, 12, 31)))
            missing = sorted(whole - known)
            if missing:
                refusals.append(
                    Refusal(
                        source.place(),
                        RefusalReason.UNREADABLE,
                        f"「{source.name}」的日曆表缺少 {year} 年的 {len(missing)} 天"
                        f"（如 {missing[0]}），整個檔案未匯入，請下載完整的日曆表。",
                    )
                )
        return refusals
