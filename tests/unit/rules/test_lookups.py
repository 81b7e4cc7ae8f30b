"""Whose a row is, where ids are alike; and which calendars a moment needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop.domain.agency import Agency, WorkPattern
from desktop.domain.attendance import Punch
from desktop.domain.calendar import CalendarYear, OfficeCalendar
from desktop.domain.evidence import RefusalReason
from desktop.domain.moments import TimeBand
from desktop.domain.people import Person
from desktop.rules.duty import WorkingTimes
from desktop.rules.people_lookup import PeopleIndex


@pytest.mark.parametrize(
    ("written", "found", "problem"),
    [
        ("a0001", "a0001", None),
        ("A0001", "A0001", None),
        ("Ａ0002", "A0002", None),
        ("A-0001", None, RefusalReason.PERSON_AMBIGUOUS),
        ("A0009", None, RefusalReason.PERSON_UNKNOWN),
    ],
)
def test_id_is_looked_up_as_written_before_it_is_folded(
    written: str, found: str | None, problem: RefusalReason | None
) -> None:
    people = [
        Person("a0001", "甲", "一課"),
        Person("A0001", "乙", "一課"),
        Person("A0002", "丙", ""),
    ]
    identified = PeopleIndex(people).identify(written, None)
    assert (identified.employee_id, identified.problem) == (found, problem)


def test_new_years_morning_needs_no_calendar_of_the_year_before() -> None:
    days = {date(2025, 1, 1) + timedelta(days=n) for n in range(365)}
    off = frozenset(day for day in days if day.isoweekday() >= 6)
    pattern = WorkPattern(
        "A", "標準班", frozenset({1, 2, 3, 4, 5}), (TimeBand(8 * 3600, 12 * 3600),)
    )
    times = WorkingTimes(OfficeCalendar.of((CalendarYear(2025, off),)), Agency("", "", (pattern,)))
    duty = times.of(Person("A1", "甲", "一課", pattern_code="A"))
    segment = duty.start_in_duty(datetime(2025, 1, 1, 9))
    assert segment is not None
    assert segment.span.start == datetime(2025, 1, 1, 8)


@pytest.mark.parametrize(
    ("rows", "is_certain"),
    [
        ([((8, 10), (17, 40))], True),
        ([((8, 10), None), (None, (17, 40))], True),
        ([((8, 10), (17, 40)), ((8, 10), (17, 40))], True),
        ([((8, 10), (17, 40)), ((8, 25), (17, 40))], False),
    ],
)
def test_arrival_is_certain_only_when_all_rows_of_a_day_agree(rows, is_certain: bool) -> None:
    days = {date(2025, 1, 1) + timedelta(days=n) for n in range(365)}
    off = frozenset(day for day in days if day.isoweekday() >= 6)
    flexible = WorkPattern(
        "F",
        "彈性班",
        frozenset({1, 2, 3, 4, 5}),
        (TimeBand(8 * 3600, 12 * 3600), TimeBand(48_600, 63_000)),
        TimeBand(27_000, 32_400),
        TimeBand(61_200, 66_600),
    )
    day = date(2025, 5, 13)

    def at(clock: tuple[int, int] | None) -> datetime | None:
        return datetime(2025, 5, 13, *clock) if clock else None

    punches = tuple(Punch("A1", day, at(first), at(last)) for first, last in rows)
    times = WorkingTimes(
        OfficeCalendar.of((CalendarYear(2025, off),)),
        Agency("", "", (flexible,)),
        punches={"A1": punches},
    )
    duty = times.of(Person("A1", "甲", "一課", pattern_code="F"))
    moment = datetime(2025, 5, 13, 8, 30)
    assert (duty.start_in_duty(moment) is not None) is is_certain
    assert (duty.start_uncertain(moment) is None) is is_certain
