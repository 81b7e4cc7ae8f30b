"""What the cells of one column look like: dates, times, people of the roster, hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.people import Person
from desktop.domain.text import matching_key, normalise_digits, person_key
from desktop.domain.written_dates import WrittenDateError, split_period
from desktop.importers.duty import attendance_kind
from desktop.importers.headings import Column
from desktop.importers.values import hours, moment_of, second_of

PLAINLY = 0.8
"""Share of filled cells from which a column is plainly of a nature."""
HARDLY = 0.2
"""Share under which it plainly is not."""
_MOST_HOURS = 1_000


class Nature(StrEnum):
    """What cells may be; the words are the clerk's."""

    EMPLOYEE_ID = "名冊上的人員代號"
    NAME = "名冊上的姓名"
    UNIT = "名冊上的單位"
    DAY = "日期"
    MOMENT = "日期加時間"
    TIME = "時間"
    PERIOD = "起迄期間"
    HOURS = "時數"
    DUTY_KIND = "差假類別"
    OFF_MARK = "0 或 2"


EXPECTED: Mapping[Column, tuple[Nature, ...]] = {
    Column.EMPLOYEE_ID: (Nature.EMPLOYEE_ID,),
    Column.NAME: (Nature.NAME,),
    Column.UNIT: (Nature.UNIT,),
    Column.KIND: (Nature.DUTY_KIND,),
    Column.PERIOD: (Nature.PERIOD,),
    Column.BOTH_ENDS: (Nature.PERIOD,),
    Column.IS_OFF: (Nature.OFF_MARK,),
    **dict.fromkeys(
        (
            Column.HIRED,
            Column.LEFT,
            Column.UNPAID_FROM,
            Column.UNPAID_UNTIL,
            Column.DAY,
            Column.GREGORIAN_DAY,
            Column.RECEIVED,
            Column.GIVEN,
            Column.BEGAN_DATE,
        ),
        (Nature.DAY,),
    ),
    **dict.fromkeys(
        (Column.START_DATE, Column.END_DATE, Column.FINISHED_DATE), (Nature.DAY, Nature.MOMENT)
    ),
    **dict.fromkeys((Column.BEGAN_AT, Column.ENDED_AT), (Nature.MOMENT, Nature.DAY)),
    **dict.fromkeys(
        (Column.START_TIME, Column.END_TIME, Column.FINISHED_TIME), (Nature.TIME, Nature.MOMENT)
    ),
    **dict.fromkeys(
        (Column.DUTY_FROM, Column.DUTY_UNTIL, Column.PUNCH_IN, Column.PUNCH_OUT),
        (Nature.TIME, Nature.MOMENT),
    ),
    **dict.fromkeys((Column.HOURS, Column.CERTIFIED, Column.FINISHED_HOURS), (Nature.HOURS,)),
}
"""What a column's cells have to be; columns that are not here hold words of any kind."""
ABOUT_PEOPLE = frozenset({Nature.EMPLOYEE_ID, Nature.NAME, Nature.UNIT})
"""Natures that only a roster can tell: not to be found says little against a column."""


@dataclass(frozen=True, slots=True)
class Look:
    """A column of a sheet and what its cells look like.

    Attributes:
        title: Its heading, see ``heading_titles``.
        samples: A few different cells, for the clerk.
        filled: How many of the cells looked at say anything.
        counts: How many of them are of each nature.
    """

    title: str
    samples: tuple[str, ...]
    filled: int
    counts: Mapping[Nature, int]

    def share(self, nature: Nature) -> float:
        """Which part of the filled cells is of a nature; 0 without any."""
        return self.counts.get(nature, 0) / self.filled if self.filled else 0.0

    def words(self, nature: Nature) -> str:
        """The evidence in words: ``30 格有 28 格是日期``."""
        count = self.counts.get(nature, 0)
        return f"{self.filled} 格{f'有 {count} 格' if count < self.filled else '都'}是{nature}"


class Looker:
    """Looks at columns, knowing the roster."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Know who is on the roster."""
        ids = frozenset(matching_key(person.employee_id) for person in people)
        names = frozenset(person_key(person.name) for person in people)
        units = frozenset(matching_key(person.unit) for person in people if person.unit)
        self._tests: Mapping[Nature, Callable[[str], bool]] = {
            Nature.EMPLOYEE_ID: lambda cell: matching_key(cell) in ids,
            Nature.NAME: lambda cell: person_key(cell) in names,
            Nature.UNIT: lambda cell: matching_key(cell) in units,
            Nature.DAY: lambda cell: _moment(cell) is False,
            Nature.MOMENT: lambda cell: _moment(cell) is True,
            Nature.TIME: _is_time,
            Nature.PERIOD: _is_period,
            Nature.HOURS: _is_hours,
            Nature.DUTY_KIND: lambda cell: attendance_kind(cell) is not None,
            Nature.OFF_MARK: lambda cell: normalise_digits(cell) in ("0", "2"),
        }

    def look(self, title: str, cells: Sequence[str]) -> Look:
        """What one column looks like.

        Args:
            title: Its heading.
            cells: Its cells in words, below the heading.
        """
        filled = [text for cell in cells if (text := " ".join(cell.split()))]
        counts = {
            nature: sum(test(cell) for cell in filled) for nature, test in self._tests.items()
        }
        return Look(title, tuple(dict.fromkeys(filled))[:3], len(filled), counts)


def _moment(cell: str) -> bool | None:
    """True for a date with a time, False for a bare date, None for neither."""
    try:
        found = moment_of(cell)
    except WrittenDateError:
        return None
    # A sheet's date cell is midnight in words.
    return isinstance(found, datetime) and not cell.endswith(" 00:00:00")


def is_date(cell: str) -> bool:
    """Whether a cell in words is a date, with or without a time."""
    return _moment(cell) is not None


def _is_time(cell: str) -> bool:
    try:
        second_of(cell)
    except WrittenDateError:
        return False
    return not cell.isdigit() or len(cell) == 4


def _is_period(cell: str) -> bool:
    if "起" in cell and "迄" in cell:
        return True
    try:
        _, end = split_period(cell)
    except WrittenDateError:
        return False
    return bool(end)


def _is_hours(cell: str) -> bool:
    found = hours(cell)
    return found is not None and 0 <= found < _MOST_HOURS
