"""An office's own books of the year, kept by hand beside the program: hour by hour, no cleverness.

Nothing here asks the program. A reading is judged against the days the office worked; an hour of
leave is a thing of its own with everything that happened to it, and a balance is a count of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from tests.journeys.year_data import (
    ATTENDANCE,
    CAP,
    DEADLINE,
    NOT_ELIGIBLE,
    SET_HOURS,
    SETS,
    Reading,
)

DESK = ((time(8), time(12)), (time(13, 30), time(17, 30)))


@dataclass
class Known:
    """What the office knows on a day: calendar, closures, readings, what the clerk said."""

    off: frozenset[date]
    worked: frozenset[date] = frozenset()
    closed: set[date] = field(default_factory=set)
    readings: list[Reading] = field(default_factory=list)
    replaced: set[Reading] = field(default_factory=set)
    said: dict[Reading, bool] = field(default_factory=dict)

    def is_at_desk(self, moment: datetime) -> bool:
        """Whether somebody on standard hours is on duty then."""
        day = moment.date()
        is_free = (day.weekday() >= 5 or day in self.off) and day not in self.worked
        if is_free or day in self.closed:
            return False
        return any(start <= moment.time() < end for start, end in DESK)

    def judge(self, reading: Reading) -> str:
        """``pass``, ``review`` or ``fail`` for leave."""
        if reading in self.said:
            return "pass" if self.said[reading] else "fail"
        if reading.end.date() > DEADLINE:
            return "fail"
        mine = [entry for entry in ATTENDANCE if entry[0] == reading.number]
        for _, kind, start, end in mine:
            if kind == "加班" and start < reading.end and reading.start < end:
                return "fail"
        at_desk = [m for m in (reading.start, reading.end) if self.is_at_desk(m)]
        if not at_desk:
            return "pass"
        on_leave = [
            m
            for m in at_desk
            if any(kind == "休假" and start <= m < end for _, kind, start, end in mine)
        ]
        return "review" if on_leave == at_desk else "fail"

    def finished(self, number: int) -> dict[str, date]:
        """The sets a person has finished in their own time, with the day of the last course."""
        if number in NOT_ELIGIBLE:
            return {}
        done: dict[str, date] = {}
        own = [r for r in self.readings if r.number == number and r not in self.replaced]
        for set_id, courses in SETS.items():
            days = []
            for course, _ in courses:
                ends = [r.end.date() for r in own if r.course == course and self.judge(r) == "pass"]
                if ends:
                    days.append(min(ends))
            if len(days) == len(courses):
                done[set_id] = max(days)
        return done

    def is_commended(self, number: int) -> bool:
        """Whether every course of all three sets was passed in time, at whatever hour."""
        taken = {
            r.course
            for r in self.readings
            if r.number == number and r not in self.replaced and r.end.date() <= DEADLINE
        }
        everything = {course for courses in SETS.values() for course, _ in courses}
        return number not in NOT_ELIGIBLE and taken == everything

    def hours(self, number: int) -> int:
        """Hours of leave that the plan gives a person for what is finished."""
        return min(CAP, SET_HOURS * len(self.finished(number)))


@dataclass
class Hour:
    """One hour of leave and what became of it, in the order it happened."""

    number: int
    set_id: str
    granted: date
    first: date
    last: date
    happened: list[tuple[date, str]] = field(default_factory=list)

    def state(self, day: date | None = None) -> str:
        """``free``, ``used``, ``moved`` or ``void``, on a day or after everything."""
        states = [what for at, what in self.happened if day is None or at <= day]
        return states[-1] if states else "free"


class NotEnoughError(Exception):
    """A use finds too few hours."""


@dataclass
class Books:
    """Every hour of everybody."""

    hours: list[Hour] = field(default_factory=list)
    used_elsewhere: Counter[int] = field(default_factory=Counter)

    def _of(self, number: int) -> list[Hour]:
        return [hour for hour in self.hours if hour.number == number]

    def grant(self, known: Known, numbers: Iterable[int], day: date) -> list[tuple[int, str, int]]:
        """Book what is finished and not booked yet; returns who, which set, how many hours."""
        booked = []
        for number in numbers:
            for set_id, done in known.finished(number).items():
                standing = [h for h in self._of(number) if h.state() != "void"]
                if any(h.set_id == set_id for h in standing):
                    continue
                counted = sum(h.state() != "moved" for h in standing) + self.used_elsewhere[number]
                count = min(SET_HOURS, CAP - counted)
                if count > 0:
                    first = date.fromordinal(done.toordinal() + 1)
                    last = done.replace(year=done.year + 2)
                    self.hours += [Hour(number, set_id, day, first, last) for _ in range(count)]
                    booked.append((number, set_id, count))
        return booked

    def bring(self, number: int, day: date, count: int, first: date, last: date) -> None:
        """Hours brought along from another office."""
        self.hours += [Hour(number, "", day, first, last) for _ in range(count)]

    def use(self, number: int, day: date, count: int) -> list[Hour]:
        """Use hours, those that lapse first before the others."""
        usable = [
            h
            for h in self._of(number)
            if h.state() == "free" and max(h.granted, h.first) <= day <= h.last
        ]
        usable.sort(key=lambda h: (h.last, h.first))
        if len(usable) < count:
            raise NotEnoughError(number, day, count, len(usable))
        for hour in usable[:count]:
            hour.happened.append((day, "used"))
        return usable[:count]

    def give_back(self, hours: Iterable[Hour], day: date) -> None:
        """A use that was none."""
        for hour in hours:
            hour.happened.append((day, "free"))

    def void(self, number: int, set_id: str, day: date) -> None:
        """A grant that was none."""
        for hour in self._of(number):
            if hour.set_id == set_id and hour.state() == "free":
                hour.happened.append((day, "void"))

    def move_out(self, number: int, day: date) -> int:
        """Everything left goes along to another office; returns how many hours."""
        moved = [h for h in self._of(number) if h.state() == "free" and h.last >= day]
        for hour in moved:
            hour.happened.append((day, "moved"))
        return len(moved)

    def balance(self, number: int, day: date) -> int:
        """Hours left at the end of a day."""
        return sum(h.state(day) == "free" and h.granted <= day <= h.last for h in self._of(number))

    def figures(self, number: int, day: date) -> tuple[int, int, int, int]:
        """Granted, used or moved, lapsed, left: of everything booked, as seen on a day."""
        standing = [h for h in self._of(number) if h.state() != "void"]
        spent = sum(h.state() in ("used", "moved") for h in standing)
        free = [h for h in standing if h.state() == "free"]
        lapsed = sum(h.last < day for h in free)
        return len(standing), spent, lapsed, len(free) - lapsed

    def lapsing(self, day: date, within: int) -> Counter[tuple[int, date]]:
        """Hours that lapse in so many days, by person and last day."""
        return Counter(
            (h.number, h.last)
            for h in self.hours
            if h.state() == "free" and 0 <= (h.last - day).days <= within
        )

    def granted_here(self) -> Counter[tuple[int, date]]:
        """Hours that this office granted, by person and first day of use."""
        return Counter((h.number, h.first) for h in self.hours if h.set_id and h.state() != "void")
