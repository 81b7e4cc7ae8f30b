"""What 人員差勤 shows: the office's month, a person's month, the patterns."""

from __future__ import annotations

import calendar as month_lengths
from dataclasses import dataclass
from datetime import date

from desktop.domain.agency import Agency, Closure
from desktop.domain.attendance import AttendanceEntry
from desktop.domain.calendar import CalendarYearMissingError, OfficeCalendar
from desktop.domain.findings import DutySource
from desktop.domain.moments import Span, days_between
from desktop.domain.people import Person
from desktop.rules.duty import DutyDay, WorkingTimes
from desktop.services.agency_editing import PatternText, band_words, pattern_text
from desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One date of the office's month.

    Attributes:
        day: The date.
        is_working_day: What the office calendar says.
        is_makeup_day: Whether it is a weekend day that is worked.
        name: The holiday's or makeup day's name.
        closures: Closures of the date in words (``停止上班``, ``13:30–24:00 停止上班``).
        notes: Why it is closed.
        is_closed_whole: Whether a closure takes the whole date.
    """

    day: date
    is_working_day: bool
    is_makeup_day: bool
    name: str
    closures: tuple[str, ...]
    notes: tuple[str, ...]
    is_closed_whole: bool


@dataclass(frozen=True, slots=True)
class OfficeMonth:
    """A month of the office calendar; without days where its year has no calendar.

    Attributes:
        year, month: Gregorian.
        days: Every date in order.
        problem: Why there are none, empty otherwise.
    """

    year: int
    month: int
    days: tuple[MonthDay, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One date of one person.

    Attributes:
        day: The date.
        is_working_day: What the office calendar says.
        duty: Where the duty comes from and when it is (``標準班 08:00–12:00、13:30–17:30``).
        punches: ``08:31–17:42``, empty without.
        entries: Attendance entries in words.
        day_off: Why there is no duty, empty when there is.
    """

    day: date
    is_working_day: bool
    duty: str
    punches: str
    entries: tuple[str, ...]
    day_off: str


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """A person's month; without days where its year has no calendar."""

    person: Person
    days: tuple[PersonDay, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AgencyView:
    """The agency's settings as the page shows them.

    Attributes:
        name, city: On paper, and whose closures apply.
        patterns: Every row, in the settings' order.
    """

    name: str
    city: str
    patterns: tuple[PatternText, ...]


def roster(office: Office) -> tuple[Person, ...]:
    """Everybody of the roster, in its order."""
    with office.store.reading() as reader:
        return tuple(sorted(reader.people(), key=lambda person: person.roster_position))


def agency_view(office: Office) -> AgencyView:
    """The agency's name, city and patterns."""
    with office.store.reading() as reader:
        agency, _ = office.agency(reader)
    return AgencyView(agency.name, agency.city, tuple(pattern_text(row) for row in agency.patterns))


def office_month(office: Office, year: int, month: int) -> OfficeMonth:
    """A month of the office calendar with the agency's closures.

    Args:
        office: The open office.
        year: Gregorian year.
        month: 1 to 12.
    """
    with office.store.reading() as reader:
        agency, _ = office.agency(reader)
        calendar, _ = office.calendar(reader)
    try:
        days = tuple(_month_day(day, calendar, agency) for day in _days_of(year, month))
    except CalendarYearMissingError as error:
        return OfficeMonth(year, month, (), str(error))
    return OfficeMonth(year, month, days)


def person_month(office: Office, employee_id: str, year: int, month: int) -> PersonMonth:
    """One person's duty, punches and attendance entries in a month.

    Args:
        office: The open office.
        employee_id: Whose.
        year: Gregorian year.
        month: 1 to 12.

    Raises:
        LookupError: When the roster does not know the person.
    """
    with office.store.reading() as reader:
        person = reader.person(employee_id)
        if person is None:
            raise LookupError(f"名冊裡沒有人員代號 {employee_id}，請先匯入職員名冊。")
        agency, _ = office.agency(reader)
        calendar, _ = office.calendar(reader)
        times = WorkingTimes(
            calendar,
            agency,
            {employee_id: reader.shifts(employee_id)},
            {employee_id: reader.punches(employee_id)},
        )
        entries = reader.attendance(employee_id)
    duty = times.of(person)
    try:
        days = tuple(_person_day(duty.on(day), calendar, entries) for day in _days_of(year, month))
    except CalendarYearMissingError as error:
        return PersonMonth(person, (), str(error))
    return PersonMonth(person, days)


def _days_of(year: int, month: int) -> list[date]:
    last = month_lengths.monthrange(year, month)[1]
    return list(days_between(date(year, month, 1), date(year, month, last)))


def _month_day(day: date, calendar: OfficeCalendar, agency: Agency) -> MonthDay:
    closures = [closure for closure in agency.closures if closure.day == day]
    return MonthDay(
        day,
        calendar.is_working_day(day),
        calendar.is_makeup_day(day),
        calendar.name_of(day),
        tuple(_closure_words(closure) for closure in closures),
        tuple(closure.note for closure in closures if closure.note),
        any(closure.is_whole_day for closure in closures),
    )


def _closure_words(closure: Closure) -> str:
    if closure.is_whole_day:
        return "停止上班"
    start, end = band_words(closure.band)
    return f"{start}–{end} 停止上班"


def _person_day(
    today: DutyDay, calendar: OfficeCalendar, entries: tuple[AttendanceEntry, ...]
) -> PersonDay:
    day = today.day
    touching = [entry for entry in entries if _touches(entry.span, day)]
    sources = {segment.source for segment in today.certain}
    name = (
        "輪值"
        if DutySource.SHIFT in sources or today.has_shift
        else (today.pattern.name or today.pattern.code)
        if today.pattern is not None
        else ""
    )
    spans = "、".join(_span_words(segment.span, day) for segment in today.certain)
    maybe = "、".join(_span_words(band.span, day) for band in today.uncertain)
    duty = f"{name} {spans}".strip() + (f"（未定 {maybe}）" if maybe else "")
    has_duty = bool(today.certain or today.uncertain)
    return PersonDay(
        day,
        today.is_working_day,
        duty if has_duty else "",
        _punch_words(today),
        tuple(_entry_words(entry, day) for entry in touching),
        "" if has_duty else _why_free(today, calendar),
    )


def _why_free(today: DutyDay, calendar: OfficeCalendar) -> str:
    if today.is_without_pay:
        return "留職停薪"
    if not today.is_working_day:
        return calendar.name_of(today.day) or "放假"
    if any(closure.is_whole_day for closure in today.closures):
        return "停止上班"
    return "沒有班別" if today.pattern is None else "不上班"


def _touches(span: Span, day: date) -> bool:
    return span.start.date() <= day <= span.end.date()


def _punch_words(today: DutyDay) -> str:
    punch = today.punch
    if punch is None:
        return ""
    ends = (punch.punch_in, punch.punch_out)
    return "–".join("無" if end is None else f"{end:%H:%M}" for end in ends)


def _entry_words(entry: AttendanceEntry, day: date) -> str:
    reason = f" {entry.reason}" if entry.reason else ""
    return f"{entry.kind_words} {_span_words(entry.span, day)}{reason}"


def _span_words(span: Span, day: date) -> str:
    """A span seen from one of its dates; an end on another date carries that date."""
    ends = (
        f"{end:%H:%M}" if end.date() == day else f"{end:%m-%d %H:%M}"
        for end in (span.start, span.end)
    )
    return "–".join(ends)
