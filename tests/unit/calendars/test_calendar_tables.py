"""The shipped office calendars: well-formed, complete, and in agreement with a second source."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
import pytest

import desktop

FOLDER = Path(desktop.__file__).parent.parent / "resources" / "calendars"
ROC_YEARS = range(102, 117)
KEYS = {
    "schema",
    "year",
    "title",
    "version",
    "source",
    "checked_on",
    "weekday_holidays",
    "working_saturdays",
}

# Days on which the official table and the `holidays` package may differ, each with its reason.
# Empty as of holidays 0.108: a new difference is looked up in the official table, never assumed.
ACCEPTED_DIFFERENCES: dict[date, str] = {}

# Days off in the year, weekends included, as the yearly announcements count them.
DAYS_OFF = {
    102: 115,
    103: 113,
    104: 116,
    105: 116,
    106: 116,
    107: 115,
    108: 115,
    109: 115,
    110: 116,
    111: 115,
    112: 116,
    113: 115,
    114: 118,
    115: 120,
    116: 121,
}

# (day, whether it is worked, why it is a trap)
TRAPS = [
    (date(2013, 2, 23), True, "makeup Saturday"),
    (date(2014, 12, 27), True, "makeup Saturday ordered late in the year"),
    (date(2015, 10, 14), True, "a Wednesday that an open-data copy calls a Saturday"),
    (date(2015, 10, 15), True, "a Thursday that an open-data copy calls a Sunday"),
    (date(2017, 2, 18), True, "makeup Saturday whose remark reads 調整上班, not 補行上班"),
    (date(2020, 4, 3), False, "a day off whose remark is only 放假"),
    (date(2024, 2, 17), True, "makeup Saturday after the new year holidays"),
    (date(2024, 5, 1), True, "Labour Day was no day off in government offices before 2026"),
    (date(2025, 2, 8), True, "the last makeup Saturday before the rule ended"),
    (date(2025, 5, 1), True, "Labour Day was no day off in government offices before 2026"),
    (date(2025, 9, 29), False, "added by the revision of 2025"),
    (date(2025, 10, 24), False, "added by the revision of 2025"),
    (date(2025, 12, 25), False, "added by the revision of 2025"),
    (date(2026, 5, 1), False, "Labour Day is everybody's from 2026"),
    (date(2027, 4, 30), False, "Labour Day falls on a Saturday: the Friday is off"),
]


def table(roc_year: int) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{roc_year}.toml").read_text(encoding="utf-8"))


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def is_worked(facts: dict[str, Any], day: date) -> bool:
    if day.isoweekday() <= 5:
        return day not in {entry["date"] for entry in facts["weekday_holidays"]}
    return day in {entry["date"] for entry in facts["working_saturdays"]}


def test_folder_holds_one_table_for_every_year() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [f"{year}.toml" for year in ROC_YEARS]


@pytest.mark.parametrize("roc_year", ROC_YEARS)
def test_table_says_what_it_is_and_where_it_comes_from(roc_year: int) -> None:
    facts = table(roc_year)

    assert set(facts) == KEYS
    assert facts["schema"] == 1
    assert facts["year"] == roc_year
    assert str(roc_year) in facts["title"]
    assert facts["version"].startswith(str(roc_year))
    assert "行政院人事行政總處" in facts["source"]
    assert "政府資料開放授權條款第1版" in facts["source"]
    assert facts["checked_on"] >= date(2026, 11, 21)


@pytest.mark.parametrize("roc_year", ROC_YEARS)
def test_weekday_holidays_are_weekdays_of_the_year_in_order(roc_year: int) -> None:
    entries = table(roc_year)["weekday_holidays"]
    days = [entry["date"] for entry in entries]

    assert all(set(entry) == {"date", "name"} for entry in entries)
    assert [day for day in days if day.year != roc_year + 1911] == []
    assert [day for day in days if day.isoweekday() > 5] == []
    assert days == sorted(set(days))


@pytest.mark.parametrize("roc_year", ROC_YEARS)
def test_working_saturdays_are_weekend_days_of_the_year_in_order(roc_year: int) -> None:
    entries = table(roc_year)["working_saturdays"]
    days = [entry["date"] for entry in entries]

    assert all(set(entry) == {"date", "for"} for entry in entries)
    assert [day for day in days if day.year != roc_year + 1911] == []
    assert [day for day in days if day.isoweekday() <= 5] == []
    assert days == sorted(set(days))


@pytest.mark.parametrize("roc_year", ROC_YEARS)
def test_number_of_days_off_is_the_announced_one(roc_year: int) -> None:
    facts = table(roc_year)

    off = [day for day in days_of(roc_year + 1911) if not is_worked(facts, day)]

    assert len(off) == DAYS_OFF[roc_year]


@pytest.mark.parametrize(("day", "expected", "why"), TRAPS)
def test_known_trap_is_settled_by_the_official_table(day: date, expected: bool, why: str) -> None:
    assert is_worked(table(day.year - 1911), day) is expected, why


@pytest.mark.parametrize("roc_year", ROC_YEARS)
def test_every_day_agrees_with_the_holidays_package(roc_year: int) -> None:
    facts = table(roc_year)
    year = roc_year + 1911
    second_source = holidays.country_holidays("TW", years=year)

    differing = {
        day for day in days_of(year) if is_worked(facts, day) != second_source.is_working_day(day)
    }

    assert differing == {day for day in ACCEPTED_DIFFERENCES if day.year == year}
