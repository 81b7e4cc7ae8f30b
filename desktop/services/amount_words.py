"""Times, lengths and hours in words, the same on screen, on paper and in workbooks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop.domain.moments import WEEKDAY_WORDS, Span


def hours_words(hours: Decimal | int | None) -> str:
    """Hours without needless zeros: ``4``, ``1.5``; ``－`` when unknown."""
    return "－" if hours is None else f"{Decimal(hours).normalize():f}"


def length_words(length: timedelta) -> str:
    """A length of time: ``7 分 42 秒``, ``1 時 10 分``, ``2 天``."""
    total = int(length.total_seconds())
    if total < 0:
        return "負 " + length_words(-length)
    if total >= 86_400 and total % 86_400 == 0:
        return f"{total // 86_400} 天"
    hours, rest = divmod(total, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = []
    if hours:
        parts.append(f"{hours} 時")
    if minutes:
        parts.append(f"{minutes} 分")
    if seconds or not parts:
        parts.append(f"{seconds} 秒")
    return " ".join(parts)


def clock_words(moment: datetime, *, beside: date | None = None) -> str:
    """A time of day, seconds only where there are some, the date when it is not ``beside``."""
    words = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    if beside is not None and moment.date() != beside:
        if (moment - timedelta(seconds=1)).date() == beside and not moment.time():
            return "24:00"
        return f"{moment:%m-%d} {words}"
    return words


def span_words(span: Span, *, beside: date | None = None) -> str:
    """Two times: ``09:00–12:00``; with dates when they are not on one."""
    day = beside or span.start.date()
    return f"{clock_words(span.start, beside=day)}–{clock_words(span.end, beside=day)}"


def dated_span_words(span: Span) -> str:
    """A span with its date: ``03-15（六）09:00–12:00``."""
    day = span.start.date()
    return f"{day:%m-%d}（{WEEKDAY_WORDS[day.weekday()]}）{span_words(span)}"
