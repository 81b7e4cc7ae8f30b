"""How the columns of one heading set are read: the clerk's word, remembered and shareable.

A profile belongs to a set of headings, not to a file: next month's export of the same system has
the same headings and is read the same way. It holds no row and nobody's name but of who confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.domain.evidence import EvidenceKind
from desktop.domain.text import matching_key

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """Which heading of a sheet holds which column of a kind.

    Attributes:
        kind: What the sheet is.
        headings: Titles of the row of headings as written, see ``heading_titles``.
        columns: Pairs of a column's canonical heading (``人員代號``) and the sheet's title for it.
        header_row: The row of headings when it was confirmed, counted from 1; only a hint.
        confirmed_by: Who confirmed it; empty for one that came as a file.
        confirmed_on: When; None for one that came as a file without a date.
        fixed: Pairs of a canonical heading and the one value that every row has in it, for a
            column that the sheet leaves out (a list of nothing but 加班).
    """

    kind: EvidenceKind
    headings: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    header_row: int = 1
    confirmed_by: str = ""
    confirmed_on: date | None = None
    fixed: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What the heading set is remembered by: folded, in no order."""
        return heading_key(self.headings)

    @property
    def title_of(self) -> Mapping[str, str]:
        """The sheet's title by canonical heading."""
        return dict(self.columns)

    @property
    def column_of(self) -> Mapping[str, str]:
        """The canonical heading by the folded title."""
        return {matching_key(title): column for column, title in self.columns}


def heading_titles(cells: Sequence[str]) -> tuple[str, ...]:
    """A title for each cell of a row of headings, no two alike.

    A blank cell is called after its place (``第 3 欄``); the second cell of one title gets a
    number (``起 (2)``), so that both can be told apart wherever they stand.

    Args:
        cells: The cells in words.
    """
    taken: set[str] = set()
    titles = []
    for place, cell in enumerate(cells, 1):
        words = " ".join(cell.split()) or f"第 {place} 欄"
        title, number = words, 1
        while matching_key(title) in taken:
            number += 1
            title = f"{words} ({number})"
        taken.add(matching_key(title))
        titles.append(title)
    return tuple(titles)


def heading_key(titles: Sequence[str]) -> str:
    """Titles of a row of headings as one key, the same in whatever order they stand.

    Args:
        titles: As ``heading_titles`` gives them.
    """
    keys = sorted(matching_key(title) for title in titles if not is_blank_title(title))
    return _SEPARATOR.join(keys)


def is_blank_title(title: str) -> bool:
    """Whether a title stands for a blank cell."""
    return title.startswith("第 ") and title.endswith(" 欄") and title[2:-2].isdigit()


def plain_profile(profile: ColumnProfile) -> dict[str, Any]:
    """A profile as texts, numbers and lists, ready for JSON."""
    day = profile.confirmed_on
    return {
        "kind": profile.kind.value,
        "headings": list(profile.headings),
        "columns": [list(pair) for pair in profile.columns],
        "header_row": profile.header_row,
        "confirmed_by": profile.confirmed_by,
        "confirmed_on": day.isoformat() if day is not None else None,
        "fixed": [list(pair) for pair in profile.fixed],
    }


def profile_of_plain(kept: Mapping[str, Any]) -> ColumnProfile:
    """The profile that ``plain_profile`` took apart."""
    day = kept["confirmed_on"]
    return ColumnProfile(
        kind=EvidenceKind(kept["kind"]),
        headings=tuple(kept["headings"]),
        columns=tuple((column, title) for column, title in kept["columns"]),
        header_row=kept["header_row"],
        confirmed_by=kept["confirmed_by"],
        confirmed_on=date.fromisoformat(day) if day is not None else None,
        fixed=tuple((column, value) for column, value in kept["fixed"]),
    )
