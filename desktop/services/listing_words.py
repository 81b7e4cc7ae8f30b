"""Cells of long lists in words: on screen with ROC dates, in what leaves it with ISO dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop.domain.moments import roc_date, roc_moment
from desktop.services.listing import ListColumn, ListValue, Tally

YES, NO = "是", "否"
_QUOTED = ("\t", "\n", "\r", '"')


def screen_words(value: ListValue) -> str:
    """A cell as the window shows it; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return roc_moment(value)
    if isinstance(value, date):
        return roc_date(value)
    if isinstance(value, timedelta):
        return length_words(value)
    if isinstance(value, Decimal):
        return number_words(value)
    return f"{value:,}" if isinstance(value, int) else value


def plain_words(value: ListValue) -> str:
    """A cell as other programs read it: ISO dates, numbers without separators."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return screen_words(value) if not isinstance(value, Decimal) else f"{value.normalize():f}"


def number_words(value: Decimal) -> str:
    """A number without needless zeros: ``1,284``, ``2.5``."""
    whole = value.quantize(Decimal(1))
    return f"{whole:,}" if whole == value else f"{value.normalize():,f}"


def length_words(value: timedelta) -> str:
    """A length as a clock writes it: ``0:57:53``, ``26:04:00``."""
    seconds = int(value.total_seconds())
    return f"{seconds // 3600:,}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def tally_words(columns: Sequence[ListColumn], tallies: Iterable[Tally]) -> str:
    """Sums for the status bar: ``認證時數 合計 96 平均 1.5``; empty for none."""
    headings = {one.name: one.heading for one in columns}
    parts = []
    for tally in tallies:
        if not tally.count:
            continue
        if isinstance(tally.total, timedelta):
            total, mean = length_words(tally.total), length_words(tally.total / tally.count)
        else:
            average = (tally.total / tally.count).quantize(Decimal("0.01"))
            total, mean = number_words(tally.total), number_words(average)
        parts.append(f"{headings[tally.column]} 合計 {total}　平均 {mean}")
    return "　".join(parts)


def as_tab_separated(rows: Iterable[Sequence[str]]) -> str:
    """Cells as a spreadsheet puts them on the clipboard; what holds a tab or break is quoted."""
    return "".join("\t".join(_cell(cell) for cell in row) + "\r\n" for row in rows)


def _cell(text: str) -> str:
    if any(mark in text for mark in _QUOTED):
        return '"' + text.replace('"', '""') + '"'
    return text
