"""What a clerk types over a column, as a condition on it.

One language for every list: words are looked for anywhere in a text, ``=`` asks for the whole
cell or, alone, for an empty one, ``<>`` for the opposite; numbers and dates take ``>`` ``>=``
``<`` ``<=`` and ``a~b``; a date may be cut short (``114-03``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from desktop.domain.listing import Between, Blank, Condition, Holds, OneOf, Test
from desktop.domain.moments import ROC_YEAR_OFFSET
from desktop.domain.text import matching_key, normalise_digits
from desktop.services.listing import CellType, ListColumn

TIPS: Mapping[CellType, str] = {
    CellType.TEXT: (
        "打幾個字，列出含有這些字的列；空白隔開表示都要有。「=字」整格相同，「=」是空白，「<>字」不含。"
    ),
    CellType.NUMBER: "例：2、>=2、1~3；「=」是空白。",
    CellType.MOMENT: "例：114-03、114-03-12、114-03-01~114-03-31、>=114-03-01；「=」是空白。",
    CellType.LENGTH: "以分計，例：>=30、30~60；「=」是空白。",
    CellType.CHOICE: "打其中幾個字；「=」是空白，「<>字」不是。",
}
_LEAST_GREGORIAN = 1000
_DATE = re.compile(r"(\d{2,4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


class ListFilterError(ValueError):
    """What was typed over a column is no condition; carries a sentence for the clerk."""


def conditions_of(column: ListColumn, typed: str) -> tuple[Condition, ...]:
    """The conditions that typed words mean; none for blank ones.

    Args:
        column: Over which they stand.
        typed: As typed.

    Raises:
        ListFilterError: When they mean nothing for a column of this type.
    """
    words = typed.strip()
    if not words:
        return ()
    is_negated = words[:2] in ("<>", "!=") or words[:1] in ("≠", "！", "!")
    if is_negated:
        words = words[2 if words[:2] in ("<>", "!=") else 1 :].strip()
        if not words:
            return (Condition(column.name, Blank(), is_negated=True),)
    if words in ("=", "＝"):
        return (Condition(column.name, Blank(), is_negated),)
    if column.type is CellType.TEXT:
        return _texts(column.name, words, is_negated)
    if column.type is CellType.CHOICE:
        return (Condition(column.name, _choice(column, words), is_negated),)
    return (Condition(column.name, _between(column, words), is_negated),)


def _texts(name: str, words: str, is_negated: bool) -> tuple[Condition, ...]:
    if words[0] in "=＝":
        return (Condition(name, Holds(words[1:].strip(), is_whole=True), is_negated),)
    if is_negated:
        return (Condition(name, Holds(words), is_negated=True),)
    return tuple(Condition(name, Holds(word)) for word in words.split())


def _choice(column: ListColumn, words: str) -> OneOf:
    key = matching_key(words.lstrip("=＝"))
    return OneOf(tuple(v for v, shown in column.choices.items() if key in matching_key(shown)))


def _between(column: ListColumn, words: str) -> Test:
    text = normalise_digits(words).replace("～", "~").replace("≥", ">=").replace("≤", "<=")
    limits = _moment_limits if column.type is CellType.MOMENT else _number_limits
    unit = 60_000_000 if column.type is CellType.LENGTH else 1
    for sign in (">=", "<=", ">", "<"):
        if text.startswith(sign):
            first, end, has_end = limits(column, text[len(sign) :].strip(), unit)
            if sign == ">=":
                return Between(first=first)
            if sign == "<=":
                return Between(end=end, has_end=has_end)
            if sign == "<":
                return Between(end=first)
            return Between(first=_above(first, end, has_end=has_end))
    if "~" in text:
        left, right = (part.strip() for part in text.split("~", 1))
        lower = limits(column, left, unit)[0] if left else None
        if not right:
            return Between(first=lower)
        _, upper, has_upper = limits(column, right, unit)
        return Between(lower, upper, has_upper)
    first, end, has_end = limits(column, text.removeprefix("=").strip(), unit)
    return Between(first, end, has_end)


def _above(
    first: str | float | None, end: str | float | None, *, has_end: bool
) -> str | float | None:
    """The lower limit of what lies above: behind a day the next one, behind a number just more."""
    if isinstance(first, float) and has_end:
        return first + 1e-9
    return end


def _number_limits(column: ListColumn, text: str, unit: int) -> tuple[float, float, bool]:
    try:
        number = float(Decimal(text.replace(",", ""))) * unit
    except InvalidOperation:
        raise ListFilterError(
            f"「{column.heading}」的篩選「{text}」不是數字，這一欄沒有篩選；{TIPS[column.type]}"
        ) from None
    if column.type is CellType.LENGTH:
        return number, number + unit, False
    return number, number, True


def _moment_limits(column: ListColumn, text: str, unit: int) -> tuple[str, str, bool]:
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        if year < _LEAST_GREGORIAN:
            year += ROC_YEAR_OFFSET
        first = date(year, month or 1, day or 1)
        if day is not None:
            end = first + timedelta(days=1)
        elif month is not None:
            end = date(year + month // 12, month % 12 + 1, 1)
        else:
            end = date(year + 1, 1, 1)
    except ValueError:
        raise ListFilterError(
            f"「{column.heading}」的篩選「{text}」不是日期，這一欄沒有篩選；{TIPS[column.type]}"
        ) from None
    return first.isoformat(), end.isoformat(), False


def all_conditions(
    columns: Sequence[ListColumn], typed: Mapping[str, str]
) -> tuple[tuple[Condition, ...], dict[str, str]]:
    """The conditions of every column, and for each that means nothing its sentence.

    Args:
        columns: Of the list.
        typed: Column name to what stands over it.
    """
    found: list[Condition] = []
    faults: dict[str, str] = {}
    for column in columns:
        try:
            found += conditions_of(column, typed.get(column.name, ""))
        except ListFilterError as error:
            faults[column.name] = str(error)
    return tuple(found), faults
