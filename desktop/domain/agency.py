"""The agency's own settings: name, city, work patterns and closures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.moments import SECONDS_A_DAY, TimeBand
from desktop.domain.text import matching_key

DEFAULT_MAKEUP_AS = 5


@dataclass(frozen=True, slots=True)
class WorkPattern:
    """One row of a work pattern; rows of one code combine, each for its own weekdays.

    Attributes:
        code: 班別 as the roster names it.
        name: 班別名稱 on screen.
        weekdays: ISO weekdays the row is for, Monday 1.
        segments: Duty of the day in order, the gaps between them being breaks.
        arrival, departure: Bands of a flexible pattern; both None for a fixed one.
        valid_from, valid_until: Dates the row is in force, both included; None without limit.
        makeup_as: The weekday whose row a makeup day takes, where the pattern sets its own.
    """

    code: str
    name: str
    weekdays: frozenset[int]
    segments: tuple[TimeBand, ...]
    arrival: TimeBand | None = None
    departure: TimeBand | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    makeup_as: int | None = None

    @property
    def is_flexible(self) -> bool:
        """Whether arrival and departure move within bands."""
        return self.arrival is not None and self.departure is not None

    def is_in_force(self, day: date) -> bool:
        """Whether the row applies on ``day`` as far as its dates go."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Closure:
    """停止上班 of the agency's city on one date, or a part of it."""

    day: date
    band: TimeBand
    note: str = ""

    @property
    def is_whole_day(self) -> bool:
        """Whether the whole date is closed."""
        return self.band == TimeBand(0, SECONDS_A_DAY)


@dataclass(frozen=True, slots=True)
class Agency:
    """What ``agency.toml`` holds.

    Attributes:
        name: The agency's name on paper.
        city: The city whose closures apply.
        patterns: Every row of every pattern.
        closures: Closures in order of date.
        makeup_as: The weekday a makeup working day takes from a pattern that has no row of its
            own for it (5, Friday, unless the agency sets another).
    """

    name: str
    city: str
    patterns: tuple[WorkPattern, ...] = ()
    closures: tuple[Closure, ...] = ()
    makeup_as: int = DEFAULT_MAKEUP_AS

    def has_pattern(self, code: str, *, day: date) -> bool:
        """Whether a row of this pattern code is in force on ``day``, be it for another weekday."""
        return any(row.is_in_force(day) for row in self.rows_of(code))

    def rows_of(self, written: str) -> tuple[WorkPattern, ...]:
        """The rows of the pattern that a roster means, none when that is no single one.

        Args:
            written: 班別 as the roster has it: the code, also in full width or the other case, or
                the pattern's name.
        """
        exact = tuple(row for row in self.patterns if row.code == written)
        key = matching_key(written)
        if exact or not key:
            return exact
        by_code = tuple(row for row in self.patterns if matching_key(row.code) == key)
        by_name = tuple(row for row in self.patterns if matching_key(row.name) == key)
        found = by_code or by_name
        return found if len({row.code for row in found}) == 1 else ()

    def pattern_on(self, code: str, *, day: date, is_makeup_day: bool) -> WorkPattern | None:
        """The row of pattern ``code`` that rules on ``day``, None when it has no row for it.

        Args:
            code: 班別.
            day: The date asked for.
            is_makeup_day: Whether the calendar makes a weekend day a working day; then a pattern
                without a row for that weekday uses its ``makeup_as`` row.
        """
        weekday = day.isoweekday()
        rows = [row for row in self.rows_of(code) if row.is_in_force(day)]
        own = next((row for row in rows if weekday in row.weekdays), None)
        if own is not None or not is_makeup_day:
            return own
        own_choice = (row.makeup_as for row in rows if row.makeup_as is not None)
        stand_in = next(own_choice, self.makeup_as)
        return next((row for row in rows if stand_in in row.weekdays), None)
