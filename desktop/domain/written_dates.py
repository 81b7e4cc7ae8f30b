"""Strict reading of written dates and times (inputs.md section 3).

A date with two readings is an error, never a guess; a date that cannot exist is told apart from
what is no date at all. ROC year = Gregorian year less 1911.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from desktop.domain.moments import ROC_YEAR_OFFSET, SECONDS_A_DAY, at_second
from desktop.domain.text import normalise_digits

Value = TypeVar("Value")

_FIRST_YEAR, _LAST_YEAR = 1912, 2199
# Two digits before separators are a ROC year from here on; below, they may be a day or 20xx.
_FIRST_PLAIN_ROC_YEAR = 80

_WEEKDAY = re.compile(r"\s*\(\s*(?:星期|週|周|禮拜)?[一二三四五六日天]\s*\)$")
_PREFIX = re.compile(r"^(?:中華)?民國\s*")
_WITH_WORDS = re.compile(r"(\d{1,4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_SEPARATED = re.compile(r"(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))

_HALVES = r"(?P<half>上午|下午|中午|[AaPp]\.?[Mm]\.?)?"
_CLOCK = re.compile(
    _HALVES
    + r"\s*(?P<hour>\d{1,2})\s?:\s?(?P<minute>\d{2})(?:\s?:\s?(?P<second>\d{2})(?:\.\d+)?)?"
    + r"\s*(?P<after>[AaPp]\.?[Mm]\.?)?"
)
_CLOCK_WORDS = re.compile(
    _HALVES + r"\s*(?P<hour>\d{1,2})\s*[時點]\s*(?:(?P<minute>\d{1,2})\s*分?)?"
    r"\s*(?:(?P<second>\d{1,2})\s*秒)?(?P<after>)"
)
_CLOCK_DIGITS = re.compile(
    _HALVES + r"\s*(?P<hour>\d{1,2})(?P<minute>\d{2})(?P<second>(?<=\d{4})\d{2})?(?P<after>)"
)

_LENGTH = re.compile(r"(\d{1,5})\s?:\s?(\d{1,2})\s?:\s?(\d{1,2})(?:\.\d+)?")
_LENGTH_WORDS = re.compile(
    r"(?:(\d{1,5})\s*(?:小時|時))?\s*(?:(\d{1,4})\s*分鐘?)?\s*(?:(\d{1,4})\s*秒)?"
)

_PERIOD_MARKS = re.compile(r"^起\s*[::]?\s*(?P<start>.+?)\s*[迄訖]\s*[::]?\s*(?P<end>.*)$")
_PERIOD_SEPARATOR = re.compile(r"\s*[~〜∼˜⁓至]\s*|\s+-+\s+|(?<=:\d\d)\s*-+\s*(?=[\d民中])|\s+-+$")
_NO_END = frozenset({"", "-", "--", "---", "無", "未完成", "尚未完成", "進行中"})


class WrittenDateError(ValueError):
    """A text that gives no date or time.

    Attributes:
        text: The text as it was given.
    """

    def __init__(self, text: str) -> None:
        """Carry the text as the message."""
        super().__init__(text)
        self.text = text


class AmbiguousDateError(WrittenDateError):
    """A date with more than one reading (01/02/03, 03/04/2025)."""


class ImpossibleDateError(WrittenDateError):
    """A date or time in an accepted spelling that cannot exist (114/02/30, 25:61)."""


class NotADateError(WrittenDateError):
    """A text in none of the accepted spellings."""


def parse_date(text: str) -> date:
    """The date that ``text`` writes, Gregorian or ROC, full-width or not.

    Args:
        text: ``2025-01-01``, ``114/01/01``, ``1140101``, ``中華民國114年1月1日`` and the like.

    Raises:
        AmbiguousDateError: When it has two readings.
        ImpossibleDateError: When no such day exists.
        NotADateError: When it is in none of the accepted spellings.
    """
    plain = _WEEKDAY.sub("", _plain(text))
    has_prefix = _PREFIX.match(plain) is not None
    plain = _PREFIX.sub("", plain)
    if found := _WITH_WORDS.fullmatch(plain) or _SEPARATED.fullmatch(plain):
        year, month, day = found[1], found[found.re.groups - 1], found[found.re.groups]
        return _day(text, year, month, day, has_prefix=has_prefix)
    if found := _YEAR_LAST.fullmatch(plain):
        if int(found[1]) <= 12 and int(found[3]) <= 12:
            raise AmbiguousDateError(text)
        raise NotADateError(text)
    if plain.isascii() and plain.isdigit():
        return _digits_only(text, plain, has_prefix=has_prefix)
    raise NotADateError(text)


def _plain(text: str) -> str:
    return normalise_digits(text).translate(_DASHES).strip()


def _digits_only(text: str, digits: str, *, has_prefix: bool) -> date:
    if len(digits) == 8 and not has_prefix and digits[:2] in ("19", "20", "21"):
        return _day(text, digits[:4], digits[4:6], digits[6:], has_prefix=False)
    if len(digits) == 7:
        return _day(text, digits[:3], digits[3:5], digits[5:], has_prefix=True)
    if len(digits) == 6:
        if has_prefix:
            return _day(text, digits[:2], digits[2:4], digits[4:], has_prefix=True)
        raise AmbiguousDateError(text)
    raise NotADateError(text)


def _day(text: str, year: str, month: str, day: str, *, has_prefix: bool) -> date:
    number = int(year)
    if has_prefix and len(year) == 4:
        raise NotADateError(text)
    if not has_prefix and len(year) <= 2 and number < _FIRST_PLAIN_ROC_YEAR:
        raise AmbiguousDateError(text)
    if len(year) <= 3:
        number += ROC_YEAR_OFFSET
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise NotADateError(text)
    try:
        return date(number, int(month), int(day))
    except ValueError:
        raise ImpossibleDateError(text) from None


def parse_second_of_day(text: str) -> int:
    """The seconds after midnight that ``text`` writes; ``24:00`` is 86,400.

    Args:
        text: ``08:00``, ``08:00:00``, ``0800``, ``8時0分``, ``下午 1:30`` and the like.

    Raises:
        ImpossibleDateError: When the clock never shows it (25:61, 上午13:00).
        NotADateError: When it is in none of the accepted spellings.
    """
    plain = _plain(text)
    found = (
        _CLOCK.fullmatch(plain) or _CLOCK_WORDS.fullmatch(plain) or _CLOCK_DIGITS.fullmatch(plain)
    )
    if found is None:
        raise NotADateError(text)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    second = int(found["second"] or 0)
    half = (found["half"] or found["after"] or "").replace(".", "").lower()
    if found["half"] and found["after"]:
        raise NotADateError(text)
    if half in ("上午", "am"):
        if hour > 12:
            raise ImpossibleDateError(text)
        hour %= 12
    elif half in ("下午", "pm", "中午") and hour <= 12:
        hour = hour % 12 + 12
    total = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or total > SECONDS_A_DAY:
        raise ImpossibleDateError(text)
    return total


def parse_time(text: str) -> time:
    """The time of day that ``text`` writes, to the second.

    Raises:
        ImpossibleDateError: When the clock never shows it; also for ``24:00``, which belongs to
            the next date (see ``parse_second_of_day``).
        NotADateError: When it is in none of the accepted spellings.
    """
    second = parse_second_of_day(text)
    if second == SECONDS_A_DAY:
        raise ImpossibleDateError(text)
    return at_second(date.min, second).time()


def parse_moment(text: str) -> datetime:
    """The date and time that ``text`` writes; ``24:00`` is the next midnight.

    Raises:
        AmbiguousDateError: When the date has two readings.
        ImpossibleDateError: When the date or time cannot exist.
        NotADateError: When it is no date followed by a time.
    """
    plain = _plain(text)
    faults: list[WrittenDateError] = []
    for day_text, time_text in _cuts(plain):
        day = _attempt(parse_date, day_text, faults)
        second = _attempt(parse_second_of_day, time_text, faults) if day_text else None
        if day is not None and second is not None:
            return at_second(day, second)
    for kind in (AmbiguousDateError, ImpossibleDateError):
        if any(isinstance(fault, kind) for fault in faults):
            raise kind(text)
    raise NotADateError(text)


def _cuts(plain: str) -> list[tuple[str, str]]:
    if plain.isascii() and plain.isdigit():
        cut = {14: 8, 12: 8, 13: 7, 11: 7}.get(len(plain), 0)
        return [(plain[:cut], plain[cut:])] if cut else []
    places = [
        (found.start(), found.end())
        for found in re.finditer(r"\s+|(?<=\d)[Tt](?=\d)|(?<=日)|(?=上午|下午|中午)", plain)
    ]
    return [(plain[:start], plain[end:]) for start, end in places if start > 0 and end < len(plain)]


def _attempt(
    parse: Callable[[str], Value], text: str, faults: list[WrittenDateError]
) -> Value | None:
    try:
        return parse(text)
    except WrittenDateError as fault:
        faults.append(fault)
        return None


def parse_length(text: str) -> timedelta:
    """A length of time: ``00:51:32``, ``120:00:00``, ``1小時30分``.

    Raises:
        ImpossibleDateError: When minutes or seconds exceed 59 beside a larger unit.
        NotADateError: When it is in none of the accepted spellings.
    """
    plain = _plain(text)
    found = _LENGTH.fullmatch(plain) or _LENGTH_WORDS.fullmatch(plain)
    if not plain or found is None or not any(found.groups()):
        raise NotADateError(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if (found[1] and minutes > 59) or (found[2] and seconds > 59):
        raise ImpossibleDateError(text)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def split_period(text: str) -> tuple[str, str | None]:
    """The start and end of a written period; a missing end is None.

    Args:
        text: ``2025-01-01 08:00:00~ 2025-01-01 09:00:00``, ``起:… 迄:…`` and the like.

    Raises:
        NotADateError: When it holds more than two parts.
    """
    plain = _plain(text)
    if found := _PERIOD_MARKS.match(plain):
        parts = [found["start"], found["end"]]
    else:
        parts = _PERIOD_SEPARATOR.split(plain)
    if len(parts) > 2:
        raise NotADateError(text)
    start = parts[0].strip()
    end = parts[1].strip() if len(parts) == 2 else ""
    return start, None if end in _NO_END else end
