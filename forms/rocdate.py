"""Dates of the Republic as the papers write them (design paper.md section 1)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

WEEKDAYS = "一二三四五六日"
EMPTY = "\u3000"
"""Stands in a slot that is filled in by hand."""


def roc_year(day: datetime.date) -> int:
    """Give the year of the Republic: 2025 is 114."""
    return day.year - 1911


def spoken_date(day: datetime.date) -> str:
    """Write a date unpadded: ``114 年 5 月 6 日``."""
    return f"{roc_year(day)} 年 {day.month} 月 {day.day} 日"


def official_date(day: datetime.date) -> str:
    """Write a date as letters do: ``中華民國 114 年 5 月 6 日``."""
    return f"中華民國 {spoken_date(day)}"


def spoken_time(moment: datetime.datetime) -> str:
    """Write date and time as footers do, seconds cut: ``114 年 5 月 2 日 14 時 05 分``."""
    return f"{spoken_date(moment)} {moment.hour:02d} 時 {moment.minute:02d} 分"


def listed_date(day: datetime.date) -> str:
    """Write a date as lists do: ``114/03/05``."""
    return f"{roc_year(day)}/{day.month:02d}/{day.day:02d}"


def listed_time(moment: datetime.datetime) -> str:
    """Write date and time to the second: ``114/03/05 17:20:00``."""
    return f"{listed_date(moment)} {moment:%H:%M:%S}"


def stamped_date(day: datetime.date) -> str:
    """Write a date as on a stamp, single digits led by a space: ``114. 5. 2``."""
    return f"{roc_year(day)}.{day.month:2d}.{day.day:2d}"


@dataclass(frozen=True)
class Slot:
    """One number of a date with the word behind it, at fixed width."""

    number: str
    word: str
    em: float
    """Width of the number's place; the word takes one em more."""


YEAR_EM = 1.65
PART_EM = 1.4


def date_slots(moment: datetime.datetime | None, *, year: int) -> tuple[Slot, ...]:
    """Give the slots of ``114 年 3 月 15 日 09 時 02 分``, empty ones for a time not known.

    Args:
        moment: What to write; seconds are cut.
        year: Year of the Republic to print where the moment is not known.
    """
    if moment is None:
        numbers = (str(year), EMPTY, EMPTY, EMPTY, EMPTY)
    else:
        numbers = (
            str(roc_year(moment)),
            str(moment.month),
            str(moment.day),
            f"{moment.hour:02d}",
            f"{moment.minute:02d}",
        )
    return tuple(
        Slot(number, word, YEAR_EM if word == "年" else PART_EM)
        for number, word in zip(numbers, "年月日時分", strict=True)
    )
