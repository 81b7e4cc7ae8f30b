"""Words of the window: dates, lengths and texts for screen readers."""

from __future__ import annotations

from datetime import date, datetime

from desktop.domain.moments import roc_date, roc_year


def moment_words(moment: datetime | None, *, year: int, after: datetime | None = None) -> str:
    """A moment in a plan's tables.

    ``03-12 11:52:18`` in the plan's ROC ``year``, ``113-12-30 08:00:00`` in another; only the
    time when it falls on the day of ``after``; a dash when there is none.
    """
    if moment is None:
        return "—"
    time = f"{moment:%H:%M:%S}"
    if after is not None and moment.date() == after.date():
        return time
    return f"{day_words(moment.date(), year=year)} {time}"


def day_words(day: date | None, *, year: int) -> str:
    """A date in a plan's tables: ``03-12``, with its year when it is another."""
    if day is None:
        return "—"
    return f"{day:%m-%d}" if roc_year(day) == year else roc_date(day)


def spoken_moment(moment: datetime | None) -> str:
    """A moment as a screen reader says it: ``114年3月12日11時52分18秒``."""
    if moment is None:
        return "沒有時間"
    return (
        f"{roc_year(moment.date())}年{moment.month}月{moment.day}日"
        f"{moment.hour}時{moment.minute}分{moment.second}秒"
    )


def spoken_day(day: date) -> str:
    """A date as a screen reader says it: ``114年3月12日星期三``."""
    return f"{roc_year(day)}年{day.month}月{day.day}日星期{'一二三四五六日'[day.weekday()]}"


def roc_today_words(day: date) -> str:
    """A date for the status bar: ``114 年 8 月 6 日（三）``."""
    return f"{roc_year(day)} 年 {day.month} 月 {day.day} 日（{'一二三四五六日'[day.weekday()]}）"


def moment_ago_words(moment: datetime | None, *, today: date) -> str:
    """When something last happened: ``今天 08:31``, ``昨天 17:02``, ``114-08-01 09:00``."""
    if moment is None:
        return ""
    days = (today - moment.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, roc_date(moment.date()))
    return f"{day} {moment:%H:%M}"
