"""Conditions of the filter row on the cells of a short table, which are words already.

What a long list holds as stored values, a short table only shows: here a cell's words are read
back as a number, a date or a length, so that one language of conditions serves both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from desktop.domain.listing import Between, Condition, Holds
from desktop.domain.moments import ROC_YEAR_OFFSET
from desktop.domain.text import matching_key, normalise_digits
from desktop.services.listing import CellType, ListColumn, Tally
from desktop.services.listing_filters import ListFilterError, conditions_of
from desktop.services.memory_list import passes

NOTHING = frozenset({"", "—", "－", "-"})
"""What cells show that hold nothing."""
_NUMBER = re.compile(r"([+\-−]?\d[\d,]*(?:\.\d+)?)\s*([^\d\s]{0,3})")
_DATE = re.compile(r"(\d{2,4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_LENGTH = re.compile(r"(\d[\d,]*):(\d{2}):(\d{2})")
_LEAST_GREGORIAN = 1000


def number_in(words: str) -> Decimal | None:
    """The number that a cell is, perhaps with a unit behind it (``1,284 人``); None for none."""
    found = _NUMBER.fullmatch(normalise_digits(words).strip())
    return Decimal(found[1].replace(",", "").replace("−", "-")) if found else None


def day_in(words: str) -> str | None:
    """The day that a cell begins with, as ISO date; None for none, or for more than one."""
    text = normalise_digits(words).strip()
    found = _DATE.match(text)
    if found is None or _DATE.search(text, found.end()):
        return None
    year, month, day = (int(part) for part in found.groups())
    year += 0 if year >= _LEAST_GREGORIAN else ROC_YEAR_OFFSET
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def length_in(words: str) -> timedelta | None:
    """The length that a cell writes as a clock does (``0:57:53``); None for none."""
    found = _LENGTH.fullmatch(words.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part.replace(",", "")) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def is_blank(words: str) -> bool:
    """Whether a cell shows that it holds nothing."""
    return words.strip() in NOTHING


def type_of(cells: Iterable[str], *, is_number: bool) -> CellType:
    """What stands in a column, told by most of the cells that hold anything.

    Args:
        cells: Their words.
        is_number: Whether the column says of itself that it holds numbers.
    """
    held = [words for words in cells if not is_blank(words)]
    if held and 2 * sum(length_in(words) is not None for words in held) > len(held):
        return CellType.LENGTH
    if is_number:
        return CellType.NUMBER
    if held and 2 * sum(day_in(words) is not None for words in held) > len(held):
        return CellType.MOMENT
    return CellType.TEXT


def conditions_for(column: ListColumn, typed: str, cells: Iterable[str]) -> tuple[Condition, ...]:
    """The conditions that typed words mean in a short table; none for blank ones.

    Args:
        column: Over which they stand.
        typed: As typed.
        cells: The column's words: a word among its numbers (``不限``) can be looked for as well.

    Raises:
        ListFilterError: When they mean nothing for a column of this type.
    """
    try:
        return conditions_of(column, typed)
    except ListFilterError:
        key = matching_key(typed)
        if key and any(key in matching_key(words) for words in cells):
            return (Condition(column.name, Holds(typed.strip())),)
        raise


def fits(condition: Condition, kind: CellType, words: str) -> bool:
    """Whether a cell's words fulfil a condition.

    Args:
        condition: On the cell's column.
        kind: What stands in that column.
        words: As shown.
    """
    test = condition.test
    if is_blank(words):
        value: str | float | None = None
    else:
        value = _value(kind, words) if isinstance(test, Between) else words
    return passes(value, test) is not condition.is_negated


def _value(kind: CellType, words: str) -> str | float | None:
    """A cell as limits are compared with it: ISO day, number, or microseconds of a length."""
    if kind is CellType.MOMENT:
        return day_in(words)
    if kind is CellType.LENGTH:
        length = length_in(words)
        return None if length is None else length / timedelta(microseconds=1)
    number = number_in(words)
    return None if number is None else float(number)


def tally_in(column: ListColumn, cells: Sequence[str]) -> Tally:
    """What a column's cells come to; words that are no number are left out."""
    if column.type is CellType.LENGTH:
        lengths = [one for words in cells if (one := length_in(words)) is not None]
        return Tally(column.name, len(lengths), sum(lengths, timedelta(0)))
    numbers = [number for words in cells if (number := number_in(words)) is not None]
    return Tally(column.name, len(numbers), sum(numbers, Decimal(0)))
