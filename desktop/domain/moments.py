"""Spans of time and the half-open rules every check relies on.

Local time of Taiwan without a zone, one second of resolution (rules.md section 2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

SECONDS_A_DAY = 86_400
ROC_YEAR_OFFSET = 1911


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time from ``start`` up to, not including, ``end``."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """The time between both ends; negative when the end comes first."""
        return self.end - self.start

    @property
    def is_on_one_date(self) -> bool:
        """Whether both ends fall on the same calendar date."""
        return self.start.date() == self.end.date()

    def overlap(self, other: Span) -> timedelta:
        """The time both spans share, zero when they only touch."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return max(shared, timedelta(0))

    def holds_start(self, moment: datetime) -> bool:
        """Whether a course that starts at ``moment`` starts inside: ``start <= moment < end``."""
        return self.start <= moment < self.end

    def holds_end(self, moment: datetime) -> bool:
        """Whether a course that ends at ``moment`` ends inside: ``start < moment <= end``."""
        return self.start < moment <= self.end

    def without(self, holes: Iterable[Span]) -> tuple[Span, ...]:
        """What remains of this span, in order, after the ``holes`` are taken out."""
        rest = [self]
        for hole in holes:
            cut: list[Span] = []
            for piece in rest:
                if hole.end <= piece.start or piece.end <= hole.start:
                    cut.append(piece)
                    continue
                if piece.start < hole.start:
                    cut.append(Span(piece.start, hole.start))
                if hole.end < piece.end:
                    cut.append(Span(hole.end, piece.end))
            rest = cut
        return tuple(rest)


@dataclass(frozen=True, slots=True, order=True)
class TimeBand:
    """A stretch of any day, in seconds after midnight; 24:00 is 86,400."""

    start_second: int
    end_second: int

    def __post_init__(self) -> None:
        """Refuse a band that is empty, runs backwards or leaves the day.

        Raises:
            ValueError: When ``0 <= start < end <= 86400`` does not hold.
        """
        if not 0 <= self.start_second < self.end_second <= SECONDS_A_DAY:
            raise ValueError(f"not a band within one day: {self.start_second}-{self.end_second}")

    def on(self, day: date) -> Span:
        """The band as a span on ``day``."""
        return Span(at_second(day, self.start_second), at_second(day, self.end_second))


def at_second(day: date, second: int) -> datetime:
    """The moment ``second`` seconds after midnight of ``day``; 86,400 is the next midnight."""
    return datetime.combine(day, time()) + timedelta(seconds=second)


def day_span(day: date) -> Span:
    """The whole of one date."""
    return TimeBand(0, SECONDS_A_DAY).on(day)


def part_on(span: Span, day: date) -> Span | None:
    """The part of a span on one date, None without any."""
    whole = day_span(day)
    if span.end <= whole.start or span.start >= whole.end:
        return None
    return Span(max(span.start, whole.start), min(span.end, whole.end))


def band_on(span: Span, day: date) -> TimeBand | None:
    """The part of a span on one date in seconds after its midnight, None without any.

    What both the window's timeline and the printed one stand on: a moment's place on a strip is
    its second, and what goes over midnight ends at the strip's side.
    """
    part = part_on(span, day)
    if part is None or part.end <= part.start:
        return None
    return TimeBand(second_of(part.start, day), second_of(part.end, day))


def second_of(moment: datetime, day: date) -> int:
    """A moment's second on ``day``; before and after the day its first and last."""
    seconds = (moment - datetime.combine(day, time())).total_seconds()
    return int(min(max(seconds, 0), SECONDS_A_DAY))


def days_between(first: date, last: date) -> Iterable[date]:
    """Every date from ``first`` to ``last``, both included."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def roc_year(day: date) -> int:
    """The ROC year of a date: Gregorian year less 1911."""
    return day.year - ROC_YEAR_OFFSET


def roc_date(day: date, *, separator: str = "-") -> str:
    """A date as office paper writes it: ``114-03-12``."""
    return f"{roc_year(day)}{separator}{day.month:02d}{separator}{day.day:02d}"


def roc_moment(moment: datetime) -> str:
    """A date and time to the second: ``114-03-12 11:52:18``."""
    return f"{roc_date(moment.date())} {moment:%H:%M:%S}"


WEEKDAY_WORDS = "一二三四五六日"


def roc_date_with_weekday(day: date) -> str:
    """A date with its weekday: ``114-03-12（三）``."""
    return f"{roc_date(day)}（{WEEKDAY_WORDS[day.weekday()]}）"
