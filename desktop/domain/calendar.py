"""The government office calendar as a value: which dates are working days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from desktop.domain.moments import ROC_YEAR_OFFSET


class CalendarYearMissingError(LookupError):
    """A date was asked for in a year without calendar data; never falls back to weekdays.

    Attributes:
        year: The Gregorian year that is missing.
    """

    def __init__(self, year: int) -> None:
        """Name the year in the message a clerk reads."""
        super().__init__(f"沒有 {year - ROC_YEAR_OFFSET} 年的辦公日曆表，請先匯入該年的日曆表。")
        self.year = year


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of the office calendar.

    Attributes:
        year: Gregorian year.
        days_off: Every date that is not worked, weekends included.
        names: Why a date is off or worked, where the source says.
        version: A short name of the revision these facts come from.
        source: The publication behind it.
    """

    year: int
    days_off: frozenset[date]
    names: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""
    source: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the facts leave the year a plausible number of working days (230 to 270)."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        working = (last - first).days + 1 - len(self.days_off)
        return 230 <= working <= 270


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """The years known; the last one given for a year wins."""

    years: Mapping[int, CalendarYear]

    @staticmethod
    def of(years: tuple[CalendarYear, ...]) -> OfficeCalendar:
        """A calendar of these years, a later entry replacing an earlier one of its year."""
        return OfficeCalendar(MappingProxyType({year.year: year for year in years}))

    def year(self, year: int) -> CalendarYear:
        """The facts of one Gregorian year.

        Raises:
            CalendarYearMissingError: When that year is not known.
        """
        found = self.years.get(year)
        if found is None:
            raise CalendarYearMissingError(year)
        return found

    def is_working_day(self, day: date) -> bool:
        """Whether the office calendar makes ``day`` a working day (是否放假 = 0).

        Raises:
            CalendarYearMissingError: When its year is not known.
        """
        return day not in self.year(day.year).days_off

    def is_makeup_day(self, day: date) -> bool:
        """Whether ``day`` is a weekend day that is worked.

        Raises:
            CalendarYearMissingError: When its year is not known.
        """
        return day.isoweekday() >= 6 and self.is_working_day(day)

    def name_of(self, day: date) -> str:
        """The holiday's or makeup day's name, empty when the source gives none."""
        return self.year(day.year).names.get(day, "")

    def next_working_day(self, day: date) -> date:
        """``day`` itself if it is worked, else the first working day after it.

        Raises:
            CalendarYearMissingError: When a year on the way is not known.
        """
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day
