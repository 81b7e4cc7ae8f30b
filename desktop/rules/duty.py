"""Duty time of one person: what is certain, what is not, and where each piece comes from.

Rules.md section 2: a rostered shift first, then the calendar, then the work pattern less closures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from desktop.domain.agency import Agency, Closure, WorkPattern
from desktop.domain.attendance import Punch, Shift
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.findings import BandSide, DutySegment, DutySource, UncertainBand
from desktop.domain.moments import SECONDS_A_DAY, Span, TimeBand, at_second, days_between
from desktop.domain.people import Person

_WHOLE_DAY = TimeBand(0, SECONDS_A_DAY)


@dataclass(frozen=True, slots=True)
class DutyDay:
    """Duty of one person on one date.

    Attributes:
        day: The date.
        certain: Certain duty that begins on this date; a shift may end on the next.
        uncertain: Time that may be duty.
        is_working_day: What the office calendar says.
        pattern: The pattern row in force, None without one.
        has_shift: Whether a rostered shift rules the date.
        closures: Closures of the date.
        punch: The day's punches, if known.
        is_without_pay: Whether the date lies in leave without pay.
    """

    day: date
    certain: tuple[DutySegment, ...]
    uncertain: tuple[UncertainBand, ...]
    is_working_day: bool
    pattern: WorkPattern | None
    has_shift: bool
    closures: tuple[Closure, ...]
    punch: Punch | None
    is_without_pay: bool


@dataclass(frozen=True, slots=True)
class WorkingTimes:
    """What duty time is computed from, for everybody.

    Attributes:
        calendar: The office calendar.
        agency: Patterns and closures.
        shifts: Rostered shifts by person.
        punches: Punches by person.
    """

    calendar: OfficeCalendar
    agency: Agency
    shifts: Mapping[str, tuple[Shift, ...]] = field(default_factory=dict)
    punches: Mapping[str, tuple[Punch, ...]] = field(default_factory=dict)

    def of(self, person: Person) -> DutyTime:
        """The duty time of one person."""
        return DutyTime(
            person=person,
            calendar=self.calendar,
            agency=self.agency,
            shifts=_by_day(self.shifts.get(person.employee_id, ())),
            punches=_one_a_day(self.punches.get(person.employee_id, ())),
        )


def _one_a_day(punches: Iterable[Punch]) -> dict[date, Punch]:
    """One entry a date; a punch that several rows tell differently tells nothing."""
    days: dict[date, list[Punch]] = {}
    for punch in punches:
        days.setdefault(punch.day, []).append(punch)
    return {day: _agreed(rows) for day, rows in days.items()}


def _agreed(rows: list[Punch]) -> Punch:
    ins = {row.punch_in for row in rows if row.punch_in is not None}
    outs = {row.punch_out for row in rows if row.punch_out is not None}
    return replace(
        rows[0],
        punch_in=ins.pop() if len(ins) == 1 else None,
        punch_out=outs.pop() if len(outs) == 1 else None,
    )


def _by_day(shifts: Iterable[Shift]) -> dict[date, tuple[Shift, ...]]:
    days: dict[date, tuple[Shift, ...]] = {}
    for shift in sorted(shifts, key=lambda s: s.span):
        days[shift.day] = (*days.get(shift.day, ()), shift)
    return days


@dataclass
class DutyTime:
    """Duty time of one person, computed date by date and remembered.

    Attributes:
        person: Whose duty it is.
        calendar: The office calendar.
        agency: Patterns and closures.
        shifts: The person's rostered shifts by date.
        punches: The person's punches by date.
    """

    person: Person
    calendar: OfficeCalendar
    agency: Agency
    shifts: Mapping[date, tuple[Shift, ...]]
    punches: Mapping[date, Punch]
    _days: dict[date, DutyDay] = field(default_factory=dict, repr=False)

    def on(self, day: date) -> DutyDay:
        """Duty that begins on ``day``.

        Raises:
            CalendarYearMissingError: When the calendar does not know the year.
        """
        if day not in self._days:
            self._days[day] = self._compute(day)
        return self._days[day]

    def start_in_duty(self, moment: datetime) -> DutySegment | None:
        """The certain duty a course starting at ``moment`` starts in (``s <= moment < e``)."""
        return next((s for s in self._segments_near(moment) if s.span.holds_start(moment)), None)

    def end_in_duty(self, moment: datetime) -> DutySegment | None:
        """The certain duty a course ending at ``moment`` ends in (``s < moment <= e``)."""
        return next((s for s in self._segments_near(moment) if s.span.holds_end(moment)), None)

    def start_uncertain(self, moment: datetime) -> UncertainBand | None:
        """The uncertain band a course starting at ``moment`` starts in."""
        return next((b for b in self._bands_near(moment) if b.span.holds_start(moment)), None)

    def end_uncertain(self, moment: datetime) -> UncertainBand | None:
        """The uncertain band a course ending at ``moment`` ends in."""
        return next((b for b in self._bands_near(moment) if b.span.holds_end(moment)), None)

    def off_duty_within(self, span: Span) -> timedelta:
        """How much of ``span`` is not certain duty; overlapping pieces count once."""
        first = span.start.date()
        days = [*self._shift_before(first), *days_between(first, span.end.date())]
        pieces = [segment.span for day in days for segment in self.on(day).certain]
        return sum((rest.length for rest in span.without(pieces)), timedelta(0))

    def _segments_near(self, moment: datetime) -> Iterable[DutySegment]:
        for day in self._days_near(moment):
            yield from self.on(day).certain

    def _bands_near(self, moment: datetime) -> Iterable[UncertainBand]:
        for day in self._days_near(moment):
            yield from self.on(day).uncertain

    def _days_near(self, moment: datetime) -> list[date]:
        """The dates whose duty may hold a moment.

        The day before counts only at midnight, when its duty may just end, or for a shift that
        crosses it: a record of 1 January asks for no calendar of the year before.
        """
        day = moment.date()
        before = day - timedelta(days=1)
        return [day, before] if moment == at_second(day, 0) else [day, *self._shift_before(day)]

    def _shift_before(self, day: date) -> list[date]:
        """The day before, if a rostered shift begins on it."""
        before = day - timedelta(days=1)
        return [before] if before in self.shifts else []

    def _compute(self, day: date) -> DutyDay:
        is_working_day = self.calendar.is_working_day(day)
        shifts = self.shifts.get(day, ())
        closures = tuple(closure for closure in self.agency.closures if closure.day == day)
        punch = self.punches.get(day)
        pattern = self.agency.pattern_on(
            self.person.pattern_code, day=day, is_makeup_day=self.calendar.is_makeup_day(day)
        )
        is_without_pay = self.person.leave_without_pay_on(day) is not None
        certain: tuple[DutySegment, ...] = ()
        uncertain: tuple[UncertainBand, ...] = ()
        if shifts:
            certain = tuple(
                DutySegment(piece, DutySource.SHIFT, "輪值", shift.place)
                for shift in shifts
                for piece in shift.span.without(self._days_without_pay(shift.span))
            )
        elif is_working_day and not is_without_pay:
            certain, uncertain = self._by_pattern(day, pattern=pattern, punch=punch)
            holes = [closure.band.on(day) for closure in closures]
            certain, uncertain = _less(certain, uncertain, holes)
        return DutyDay(
            day=day,
            certain=certain,
            uncertain=uncertain,
            is_working_day=is_working_day,
            pattern=pattern,
            has_shift=bool(shifts),
            closures=closures,
            punch=punch,
            is_without_pay=is_without_pay,
        )

    def _days_without_pay(self, span: Span) -> list[Span]:
        """The dates of a shift that lie in 留職停薪, when there is no duty."""
        return [
            _WHOLE_DAY.on(day)
            for day in days_between(span.start.date(), span.end.date())
            if self.person.leave_without_pay_on(day) is not None
        ]

    def _by_pattern(
        self, day: date, *, pattern: WorkPattern | None, punch: Punch | None
    ) -> tuple[tuple[DutySegment, ...], tuple[UncertainBand, ...]]:
        if pattern is None:
            if self._is_without_duty(day):
                return (), ()
            whole = UncertainBand(_WHOLE_DAY.on(day), BandSide.WHOLE_DAY, self.person.pattern_code)
            return (), (whole,)
        if pattern.arrival is None or pattern.departure is None:
            return (
                tuple(
                    DutySegment(band.on(day), DutySource.PATTERN, pattern.name or pattern.code)
                    for band in pattern.segments
                ),
                (),
            )
        return _flexible(day, pattern=pattern, punch=punch)

    def _is_without_duty(self, day: date) -> bool:
        """Whether a date without a pattern row is a date without duty, not a gap in the settings.

        A pattern whose rows all ended leaves a gap. Somebody whose duty is rostered shift by shift
        needs no pattern.
        """
        code = self.person.pattern_code
        return self.agency.has_pattern(code, day=day) or (not code and bool(self.shifts))


def _flexible(
    day: date, *, pattern: WorkPattern, punch: Punch | None
) -> tuple[tuple[DutySegment, ...], tuple[UncertainBand, ...]]:
    """Certain and uncertain time of a flexible day.

    Between the bands duty is certain. Inside a band only punches tell; they are cut to the bands'
    outer limits. Punches that run backwards tell nothing.
    """
    assert pattern.arrival is not None
    assert pattern.departure is not None
    arrival, departure = pattern.arrival.on(day), pattern.departure.on(day)
    punch_in = punch.punch_in if punch else None
    punch_out = punch.punch_out if punch else None
    if punch_in is not None and punch_out is not None and punch_out <= punch_in:
        punch_in = punch_out = None
    begin = arrival.end if punch_in is None else min(max(punch_in, arrival.start), arrival.end)
    finish = (
        departure.start
        if punch_out is None
        else max(min(punch_out, departure.end), departure.start)
    )
    breaks = _breaks(day, pattern)
    source = DutySource.PATTERN if punch_in is None and punch_out is None else DutySource.PUNCHES
    label = pattern.name or pattern.code
    certain = tuple(
        DutySegment(piece, source, label, punch.place if punch else None)
        for piece in Span(begin, finish).without(breaks)
    )
    bands = []
    if punch_in is None:
        bands.append((arrival, BandSide.ARRIVAL))
    if punch_out is None:
        bands.append((departure, BandSide.DEPARTURE))
    uncertain = tuple(
        UncertainBand(piece, side, label) for band, side in bands for piece in band.without(breaks)
    )
    return certain, uncertain


def _breaks(day: date, pattern: WorkPattern) -> list[Span]:
    """The gaps between a pattern's segments: the lunch break."""
    spans = [band.on(day) for band in pattern.segments]
    return [
        Span(earlier.end, later.start)
        for earlier, later in pairwise(spans)
        if earlier.end < later.start
    ]


def _less(
    certain: Iterable[DutySegment], uncertain: Iterable[UncertainBand], holes: list[Span]
) -> tuple[tuple[DutySegment, ...], tuple[UncertainBand, ...]]:
    """The same pieces less the closures."""
    return (
        tuple(
            DutySegment(piece, segment.source, segment.label, segment.place)
            for segment in certain
            for piece in segment.span.without(holes)
        ),
        tuple(
            UncertainBand(piece, band.side, band.label)
            for band in uncertain
            for piece in band.span.without(holes)
        ),
    )
