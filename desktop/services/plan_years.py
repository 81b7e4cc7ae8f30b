"""A plan's values moved to another year: dates shifted, names and form texts renamed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desktop.services.plan_document import Values, value_at, with_value

_KEPT_TABLES = frozenset({"source"})
"""What tells of last year's document stays until somebody has read this year's."""
_RENAMED = (
    ("title",),
    ("form", "title"),
    ("form", "set_line"),
    ("form", "notes_heading"),
    ("commendation", "reason"),
    ("compensatory_leave", "registered_reason"),
)


def with_dates_shifted(values: Values, years: int) -> dict[str, Any]:
    """The values with every date moved by whole years; 29 February becomes 28.

    The source's own dates stay: they tell when the document was issued and compared.

    Args:
        values: A plan's values.
        years: How far, negative for back.
    """
    return {
        key: value if key in _KEPT_TABLES else _shifted(value, years)
        for key, value in values.items()
    }


def copied_to(values: Values, *, years: int) -> dict[str, Any]:
    """A plan's values as those of a later year, to be edited.

    Dates move; the id, the year, the titles and the form's texts name the new year. Clauses and
    their quotations stay: they are last year's document's words until somebody changes them.

    Args:
        values: Of the plan copied.
        years: How many years later.
    """
    former = value_at(values, ("year",), 0)
    later = former + years
    copied: Any = with_dates_shifted(values, years)
    copied = with_value(copied, ("year",), later)
    copied = with_value(copied, ("id",), _next_id(str(values.get("id", "")), former, later))
    for path in _RENAMED:
        words = value_at(copied, path)
        if isinstance(words, str):
            copied = with_value(copied, path, _renamed(words, former, later))
    for index, element in enumerate(value_at(copied, ("set",), [])):
        title = str(element.get("title", ""))
        copied = with_value(copied, ("set", index, "title"), _renamed(title, former, later))
    for index, note in enumerate(value_at(copied, ("form", "note"), [])):
        words = _renamed(str(note.get("text", "")), former, later)
        copied = with_value(copied, ("form", "note", index, "text"), words)
    result: dict[str, Any] = copied
    return result


def names_year(words: str, year: int) -> bool:
    """Whether a text names a ROC year (``114 年``, ``114年度``)."""
    return _pattern(year).search(words) is not None


def _shifted(value: Any, years: int) -> Any:
    if isinstance(value, Mapping):
        return {key: _shifted(inner, years) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shifted(inner, years) for inner in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        year = value.year + years
        return value.replace(
            year=year, day=min(value.day, calendar.monthrange(year, value.month)[1])
        )
    return value


def _next_id(plan_id: str, former: int, later: int) -> str:
    stem = plan_id.removesuffix(str(former)).rstrip("-")
    return f"{stem}-{later}" if stem else f"plan-{later}"


def _pattern(year: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){year}(?=\s*年)")


def _renamed(words: str, former: int, later: int) -> str:
    return _pattern(former).sub(str(later), words)
