"""From when until when leave is: hours of a span of leave, and when so many hours of it end."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.domain.calendar import CalendarYearMissingError
from desktop.domain.moments import SECONDS_A_DAY, Span, TimeBand, days_between
from desktop.domain.people import Person
from desktop.rules.duty import DutyTime, WorkingTimes
from desktop.services.office import Office
from desktop.store import Reader

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def duty_of(office: Office, reader: Reader, person: Person) -> DutyTime:
    """The duty time of one person."""
    agency, _ = office.agency(reader)
    calendar, _ = office.calendar(reader)
    mine = person.employee_id
    return WorkingTimes(
        calendar=calendar,
        agency=agency,
        shifts={mine: reader.shifts(mine)},
        punches={mine: reader.punches(mine)},
    ).of(person)


def hours_of_leave(duty: DutyTime, span: Span) -> int | None:
    """Whole hours that a span of leave takes, the lunch break left out; None when not whole.

    Where nobody knows the person's duty on those days the span's own length counts.
    """
    taken = _duty_within(duty, span) or span.length
    hours, rest = divmod(taken, _HOUR)
    return hours if not rest and hours > 0 else None


def end_of_leave(duty: DutyTime, start: datetime, hours: int) -> datetime:
    """When so many hours of leave end that begin at ``start``, the lunch break left out.

    Where the day has no room for them within duty, they follow one another.
    """
    plain = start + hours * _HOUR
    rest_of_day = Span(start, TimeBand(0, SECONDS_A_DAY).on(start.date()).end)
    left = hours * _HOUR
    for piece in _pieces(duty, rest_of_day):
        if piece.length >= left:
            return piece.start + left
        left -= piece.length
    return plain


def _duty_within(duty: DutyTime, span: Span) -> timedelta:
    return sum((piece.length for piece in _pieces(duty, span)), timedelta(0))


def _pieces(duty: DutyTime, span: Span) -> list[Span]:
    """What of a span is or may be duty, in order."""
    try:
        days = [duty.on(day) for day in days_between(span.start.date(), span.end.date())]
    except CalendarYearMissingError:
        return []
    found = [
        *(segment.span for day in days for segment in day.certain),
        *(band.span for day in days for band in day.uncertain if band.span.length < _DAY),
    ]
    free = span.without(found)
    return list(span.without(free))
