"""The project's own calendar facts: which weekdays are off and which weekend days are worked."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from desktop.domain.calendar import CalendarYear
from desktop.domain.moments import ROC_YEAR_OFFSET, days_between


def parse_calendar_facts(text: str, *, name: str) -> CalendarYear:
    """One year of the office calendar from its facts.

    Args:
        text: TOML with ``year`` (ROC), ``weekday_holidays`` and ``working_saturdays``.
        name: The file's name, for messages.

    Raises:
        ValueError: When a date is of another year, or on the wrong side of the weekend.
    """
    values: dict[str, Any] = tomllib.loads(text)
    year = int(values["year"]) + ROC_YEAR_OFFSET
    names: dict[date, str] = {}
    days_off = {day for day in _days_of(year) if day.isoweekday() >= 6}
    for entry in values.get("weekday_holidays", []):
        day = entry["date"]
        _check(day, year=year, is_weekend=False, name=name)
        days_off.add(day)
        names[day] = entry.get("name", "")
    for entry in values.get("working_saturdays", []):
        day = entry["date"]
        _check(day, year=year, is_weekend=True, name=name)
        days_off.discard(day)
        names[day] = entry.get("for", "") or "補行上班"
    return CalendarYear(
        year=year,
        days_off=frozenset(days_off),
        names=MappingProxyType(names),
        version=str(values.get("version", values["year"])),
        source=str(values.get("title", "")),
    )


def calendar_year_of(
    days: dict[date, tuple[bool, str]], *, year: int, version: str, source: str
) -> CalendarYear:
    """A year from an official table that says of every day whether it is off.

    Args:
        days: 是否放假 and 備註 of each date.
        year: Gregorian year.
        version: A short name of this revision.
        source: The publication or file.

    Raises:
        ValueError: When a day of the year is missing from the table.
    """
    missing = [day for day in _days_of(year) if day not in days]
    if missing:
        raise ValueError(f"{len(missing)} days missing, first {missing[0]}")
    return CalendarYear(
        year=year,
        days_off=frozenset(day for day, (is_off, _) in days.items() if is_off),
        names=MappingProxyType({day: words for day, (_, words) in days.items() if words}),
        version=version,
        source=source,
    )


def _days_of(year: int) -> list[date]:
    return list(days_between(date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1)))


def _check(day: date, *, year: int, is_weekend: bool, name: str) -> None:
    if day.year != year or (day.isoweekday() >= 6) is not is_weekend:
        raise ValueError(f"{name}: {day} stands in the wrong list or year")
