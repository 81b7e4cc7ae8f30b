"""What a page prints close under a table without rules, told from the table's last row.

No rule says where the last row ends. Lines of one cell stand at one pitch; a line plainly
farther down is of the page. What is not surely so leaves the cell doubtful.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.importers.readers.pdf_page import Glyph

_FARTHER = 1.25
"""Of the usual pitch from which a line is no part of the cell above."""
_BEYOND = 1.1
"""The same of the least pitch from one row to the next: lines of one cell are nearer."""
_PITCH = 1.9
"""The usual pitch in heights of a character where no cell has two lines."""
_OF_A_PAGE = re.compile(
    r"客服|專線|隱私權|版權|著作權|©|共\d+筆|第\d+頁|頁次|https?:|www\.|\d{2,4}-\d{3,4}-\d{4}"
)
_CLOCK = re.compile(
    r"(?:[上下]午)?\d{1,2}[:：]\d{2}(?:[AP]M)?(?:\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}/\d{1,2}/\d{4})",
    re.IGNORECASE,
)

Cells = list[list[Glyph]]


@dataclass(frozen=True, slots=True)
class LastRow:
    """The last row of a table.

    Attributes:
        cells: Its characters by column.
        footer: What stands below it.
        bottom: Where it ends, None when nothing stands below.
        doubtful: Columns whose text may be more or less than the row's.
    """

    cells: Cells
    footer: tuple[Glyph, ...]
    bottom: float | None
    doubtful: frozenset[int]


def last_row(above: Sequence[Cells], cells: Cells) -> LastRow:
    """The last row without what the page prints under it.

    Args:
        above: The other rows, from the top.
        cells: The last one's characters by column.
    """
    pitches = sorted(pitch for row in above for cell in row for pitch, _ in _pitches(cell))
    height = max((glyph.height for cell in cells for glyph in cell), default=0.0)
    usual = pitches[len(pitches) // 2] if pitches else _PITCH * height
    least = min(_FARTHER * usual, _BEYOND * max(usual, _between(above)))
    far = [middle for cell in cells for pitch, middle in _pitches(cell) if pitch > least]
    level = max(far, default=None)
    if level is None:
        doubtful = {place for place, cell in enumerate(cells) if _is_of_a_page(cell)}
        return LastRow(cells, (), None, frozenset(doubtful))
    limit = level + 0.3 * height
    footer = [[glyph for glyph in cell if glyph.middle <= limit] for cell in cells]
    kept = [[glyph for glyph in cell if glyph.middle > limit] for cell in cells]
    doubtful = {
        place
        for place, (cut, cell) in enumerate(zip(footer, kept, strict=True))
        if (cut and not _is_of_a_page(cut)) or _is_of_a_page(cell)
    }
    under = tuple(itertools.chain.from_iterable(footer))
    bottom = max(glyph.middle + 0.7 * glyph.height for glyph in under)
    return LastRow(kept, under, bottom, frozenset(doubtful))


def _between(rows: Sequence[Cells]) -> float:
    """How far the last line of a row is at least from the first of the next one below it."""
    return min(
        (
            min(glyph.middle for glyph in one) - max(glyph.middle for glyph in two)
            for upper, lower in itertools.pairwise(rows[1:])
            for one, two in zip(upper, lower, strict=True)
            if one and two
        ),
        default=math.inf,
    )


def is_of_the_screen(cells: Cells) -> bool:
    """Whether the lowest row is the clock of the bar at the bottom of a screen.

    Args:
        cells: Its characters by column.
    """
    return _CLOCK.fullmatch("".join(_text(cell) for cell in cells)) is not None


def _pitches(cell: Sequence[Glyph]) -> list[tuple[float, float]]:
    """Between each line of a cell and the next: how far, and where the lower one stands."""
    middles: list[float] = []
    for glyph in sorted(cell, key=lambda item: -item.middle):
        if not middles or middles[-1] - glyph.middle > 0.5 * glyph.height:
            middles.append(glyph.middle)
    return [(upper - lower, lower) for upper, lower in itertools.pairwise(middles)]


def _is_of_a_page(cell: Sequence[Glyph]) -> bool:
    """Whether a cell holds what only a page's foot says."""
    return _OF_A_PAGE.search(_text(cell)) is not None


def _text(cell: Sequence[Glyph]) -> str:
    """A cell's characters without spaces."""
    return "".join(
        glyph.text
        for glyph in sorted(cell, key=lambda item: (-round(item.middle), item.left))
        if not glyph.text.isspace()
    )
