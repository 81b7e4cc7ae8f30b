"""The timeline of one record: the days it touches against that person's duty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.attendance import AttendanceEntry
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.findings import (
    DutyFact,
    DutySegment,
    DutySource,
    End,
    Finding,
    LimitFact,
    OverlapFact,
    PersonalLeaveFact,
    ReasonCode,
    Severity,
    UncertainBand,
    UncertainFact,
    WithoutPayFact,
)
from desktop.domain.moments import WEEKDAY_WORDS, Span, days_between, roc_date_with_weekday
from desktop.domain.people import Person
from desktop.domain.plan import OffDutyCheck
from desktop.domain.verdicts import RecordVerdict, Verdict
from desktop.rules.duty import DutyDay, DutyTime
from desktop.services.facts import Basis, gather
from desktop.services.office import Office
from desktop.services.verifying import pattern_words, record_of
from desktop.services.wording import CHIPS, explain_all

MOST_DAYS = 62
"""A longer span (a misprinted year) is cut to its first and last month."""


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """One day as the timeline draws it.

    Attributes:
        day: The date; ``label`` as the gutter writes it (``03-12 三``).
        pattern: What rules the day (彈性班, 輪值 …).
        duty: Certain duty that touches the day, a night shift's morning included.
        uncertain: Bands that may be duty.
        day_off: 放假 or 停止上班 with its name, empty on a working day.
        closures: Closures that take only a part of the day.
        attendance: Entries that touch the day.
        is_without_pay: Whether the day lies in leave without pay.
        punches: The day's punches in words, empty when unknown.
    """

    day: date
    label: str
    pattern: str
    duty: tuple[DutySegment, ...]
    uncertain: tuple[UncertainBand, ...]
    day_off: str
    closures: tuple[Span, ...]
    attendance: tuple[AttendanceEntry, ...]
    is_without_pay: bool
    punches: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """One record against its days.

    Attributes:
        record: The span, when both ends are known and in order.
        start, end: Either end as far as known.
        days: The days touched, in order; empty when nothing can be drawn.
        start_state, end_state: How each end stands; None when unknown.
        start_words, end_words: The flags' words (``起 11:52:18 上班中``).
        title: Course and date.
        sentence: The worst finding's sentence, or that all is well.
        note: Why nothing is drawn, empty otherwise.
    """

    record: Span | None
    start: datetime | None
    end: datetime | None
    days: tuple[TimelineDay, ...]
    start_state: Verdict | None
    end_state: Verdict | None
    start_words: str
    end_words: str
    title: str
    sentence: str
    note: str


_NO_CONFLICT = {
    True: "起迄都在公餘時間，沒有衝突。",
    False: "本計畫不檢核公餘時間，沒有不符的地方。",
}


def timeline(office: Office, plan_id: str, employee_id: str, record_key: str) -> Timeline:
    """The timeline of one record.

    Raises:
        LookupError: When the person or the record is no longer there.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
    """
    with office.store.reading() as reader:
        basis = gather(office, reader, plan_id, employee_id=employee_id)
    facts = basis.people[0]
    verdict = office.memory.verdict(basis.evaluator, facts)
    record = record_of(verdict, record_key)
    words = pattern_words(basis, verdict)
    return draw(record, basis, facts.attendance, pattern=words.split(" ")[0])


def draw(
    record: RecordVerdict,
    basis: Basis,
    attendance: tuple[AttendanceEntry, ...],
    *,
    pattern: str,
    person: Person | None = None,
) -> Timeline:
    """The timeline of a judged record.

    Args:
        record: The record.
        basis: What it was judged on.
        attendance: The person's entries.
        pattern: 班別 in words.
        person: Whose record it is, the basis' first unless another is named.
    """
    row = record.row
    person = person or basis.people[0].person
    duty = basis.working_times.of(person)
    moments = [moment for moment in (row.start, row.end) if moment is not None]
    days = sorted({moment.date() for moment in moments}) or (
        [row.completed_on] if row.completed_on else []
    )
    note = ""
    if not moments:
        note = "這份證明只有日期，看不出起迄時間。" if days else "這份證明沒有日期和時間。"
    calendar = basis.working_times.calendar
    shown: tuple[TimelineDay, ...] = ()
    if days and all(day.year in calendar.years for day in (days[0], days[-1])):
        shown = tuple(
            _day(day, duty, calendar, attendance, pattern=pattern)
            for day in _all_days(days[0], days[-1])
            if day.year in calendar.years
        )
    elif days:
        note = f"沒有 {days[0].year - 1911} 年的辦公日曆表，請先匯入該年的日曆表。"
    span = row.span if row.span is not None and row.span.start <= row.span.end else None
    explanations = explain_all(record.findings)
    checks_times = basis.plan.off_duty_check is not OffDutyCheck.NONE
    start_state, start_words = _flag(End.START, row.start, record, duty, calendar)
    end_state, end_words = _flag(End.END, row.end, record, duty, calendar)
    return Timeline(
        record=span,
        start=row.start,
        end=row.end,
        days=shown,
        start_state=start_state,
        end_state=end_state,
        start_words=start_words,
        end_words=end_words,
        title=f"{record.course}　{_days_words(days)}".strip(),
        sentence=explanations[0].sentence if explanations else _NO_CONFLICT[checks_times],
        note=note,
    )


def _days_words(days: Sequence[date]) -> str:
    """The first day and, where it is another, the last one; the year is said once."""
    if not days:
        return ""
    first, last = roc_date_with_weekday(days[0]), roc_date_with_weekday(days[-1])
    if days[0] == days[-1]:
        return first
    return f"{first}至 {last.partition('-')[2] if days[0].year == days[-1].year else last}"


def _all_days(first: date, last: date) -> list[date]:
    days = list(days_between(first, min(last, first + timedelta(days=MOST_DAYS))))
    if days[-1] < last:
        days.extend(
            days_between(max(days[-1] + timedelta(days=1), last - timedelta(days=31)), last)
        )
    return days


def _day(
    day: date,
    duty: DutyTime,
    calendar: OfficeCalendar,
    attendance: tuple[AttendanceEntry, ...],
    *,
    pattern: str,
) -> TimelineDay:
    today = duty.on(day)
    whole = Span(
        datetime(day.year, day.month, day.day),
        datetime(day.year, day.month, day.day) + timedelta(days=1),
    )
    before = day - timedelta(days=1)
    from_before = duty.on(before).certain if before.year in calendar.years else ()
    pieces = [s for s in (*from_before, *today.certain) if s.span.overlap(whole) > timedelta(0)]
    return TimelineDay(
        day=day,
        label=f"{day:%m-%d} {WEEKDAY_WORDS[day.weekday()]}",
        pattern="輪值" if today.has_shift else pattern,
        duty=tuple(pieces),
        uncertain=today.uncertain,
        day_off=_day_off(today, calendar),
        closures=tuple(c.band.on(day) for c in today.closures if not c.is_whole_day),
        attendance=tuple(e for e in attendance if e.span.overlap(whole) > timedelta(0)),
        is_without_pay=today.is_without_pay,
        punches=_punches(today),
    )


def _day_off(today: DutyDay, calendar: OfficeCalendar) -> str:
    if today.has_shift:
        return ""
    if not today.is_working_day:
        name = calendar.name_of(today.day)
        return f"放假：{name}" if name else "放假"
    closed = next((closure for closure in today.closures if closure.is_whole_day), None)
    if closed is not None:
        return f"停止上班：{closed.note}" if closed.note else "停止上班"
    return ""


def _punches(today: DutyDay) -> str:
    if today.punch is None:
        return ""
    times = [
        f"{moment:%H:%M:%S}" if moment is not None else "—"
        for moment in (today.punch.punch_in, today.punch.punch_out)
    ]
    return f"刷卡 {times[0]}–{times[1]}"


_FLAG_WORDS = {
    ReasonCode.FLEX_UNCERTAIN: "彈性未定",
    ReasonCode.BEFORE_PERIOD: "早於期間",
    ReasonCode.AFTER_DEADLINE: "逾期",
    ReasonCode.DURING_LEAVE_WITHOUT_PAY: "留職停薪",
}


def _flag(
    end: End,
    moment: datetime | None,
    record: RecordVerdict,
    duty: DutyTime,
    calendar: OfficeCalendar,
) -> tuple[Verdict | None, str]:
    """How one end stands, and what its flag says."""
    if moment is None:
        return None, ""
    words = f"{end.word} {moment:%H:%M:%S}"
    for finding in sorted(record.findings, key=lambda found: -found.severity):
        said = _about(end, moment, finding)
        if said:
            verdict = Verdict.FAIL if finding.severity is Severity.FAIL else Verdict.REVIEW
            return (
                Verdict.PASS if finding.severity is Severity.INFO else verdict
            ), f"{words} {said}"
    return Verdict.PASS, f"{words} {_off_duty_words(moment, duty, calendar)}"


def _about(end: End, moment: datetime, finding: Finding) -> str:
    """What a finding says of this end; empty when it is about something else."""
    if finding.code is ReasonCode.ATTENDANCE_INSIDE_SPAN:
        return ""
    for fact in finding.facts:
        match fact:
            case OverlapFact(entry=entry):
                held = entry.span.holds_start if end is End.START else entry.span.holds_end
                if held(moment):
                    return f"{entry.kind_words}中"
            case PersonalLeaveFact(end=where, entry=entry) if where is end:
                return f"{entry.kind_words}中"
            case DutyFact(end=where, segment=segment) if where is end:
                return "輪值中" if segment.source is DutySource.SHIFT else "上班中"
            case UncertainFact(end=where) | LimitFact(end=where) | WithoutPayFact(end=where):
                if where is end:
                    return _FLAG_WORDS.get(finding.code, CHIPS[finding.code])
            case _:
                continue
    return ""


def _off_duty_words(moment: datetime, duty: DutyTime, calendar: OfficeCalendar) -> str:
    """Why a moment is off duty, in a word such as 放假, 午休 or 下班後."""
    day = moment.date()
    if day.year not in calendar.years:
        return "公餘"
    today = duty.on(day)
    if today.is_without_pay:
        return "留職停薪"
    if today.has_shift:
        return "輪值外"
    if not today.is_working_day:
        return "放假"
    if any(closure.band.on(day).holds_start(moment) for closure in today.closures):
        return "停止上班"
    if not today.certain:
        return "公餘"
    if moment <= today.certain[0].span.start:
        return "上班前"
    return "下班後" if moment >= today.certain[-1].span.end else "午休"
