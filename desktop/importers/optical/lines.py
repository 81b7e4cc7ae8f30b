"""Pieces of text in an upright picture: parted at the rules, read, read again at another scale."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.importers.optical.engine import NOTHING, ReadLine, Recogniser
from desktop.importers.optical.ruling import Rule
from desktop.importers.optical.upright import crop

if TYPE_CHECKING:
    from desktop.importers.optical.engine import Picture

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the upright picture."""
TIGHTER = 0.11
"""Share of a line's height that the second reading leaves off at each edge."""
WIDER = 0.14
"""Share of a line's height that the third reading adds at each edge."""
MUCH_WIDER = 1.4
"""How many times as wide a name is drawn to tell II from I."""
_LEAST_PART = 0.35
_MOST_SCRAP = 1.5
"""Heights that a part of a line beyond a cut is wide at most for it to be of its neighbour."""
_ON_ANOTHER = 0.3
_STACK = 1.6
"""How much higher than a line, and than it is wide, a place is that holds a stack of characters."""
_SQUARE = 1.1
_MARGIN = 0.12
_EDGE = 0.3
_NEAR = 0.9
_LEAST_GAP = 0.25
_INK = 50.0
_DASHES = re.compile(r"[-‐-―−﹣－ー一]")
_FREE = re.compile(r"[\s~～〜]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of text: where it stands and what it says."""

    rect: Rect
    line: ReadLine


def part_at_rules(rects: Iterable[Rect], verticals: Sequence[Rule]) -> list[Rect]:
    """Pieces that keep to their cells: what runs across an upright rule is parted there.

    Args:
        rects: Lines of text.
        verticals: Upright rules as (x, top, bottom).
    """
    parted: list[Rect] = []
    ends: list[Rect] = []
    for left, top, right, bottom in rects:
        height, middle = bottom - top, (top + bottom) / 2
        cuts = sorted(
            x
            for x, low, high in verticals
            if left + _EDGE * height < x < right - _EDGE * height and low <= middle <= high
        )
        parts = [
            (one, top, two, bottom)
            for one, two in itertools.pairwise([left, *cuts, right])
            if two - one >= _LEAST_PART * height
        ]
        (ends if cuts else parted).extend(parts)
    return parted + without_scraps(ends, parted)


def without_scraps(parts: Sequence[Rect], others: Sequence[Rect]) -> list[Rect]:
    """Parts of lines that were cut, without those that only hold characters of their neighbour.

    A line is found a little too long, reaches into the next column and is cut there: what is
    behind the cut lies on another line.

    Args:
        parts: Of lines that were cut.
        others: Lines that were not.
    """
    wide = [part for part in parts if not _is_narrow(part)]
    return [
        part
        for part in parts
        if not _is_narrow(part) or not any(_lies_on(part, other) for other in [*others, *wide])
    ]


def _is_narrow(part: Rect) -> bool:
    return part[2] - part[0] < _MOST_SCRAP * (part[3] - part[1])


def _lies_on(part: Rect, other: Rect) -> bool:
    left, top, right, bottom = part
    start, high, end, low = other
    is_level = high < (top + bottom) / 2 < low
    return is_level and min(right, end) - max(left, start) > _ON_ANOTHER * (right - left)


def part_stacks(picture: Picture, rects: Iterable[Rect], text_height: float) -> list[Rect]:
    """Places parted where characters stand one below the other, as in a very narrow column.

    Args:
        picture: Without its rules.
        rects: Lines of text.
        text_height: Of a usual line in pixels.
    """
    parted: list[Rect] = []
    for rect in rects:
        left, top, right, bottom = rect
        is_stack = bottom - top >= _STACK * max(text_height, right - left)
        parted += _characters(picture, rect) if is_stack else [rect]
    return parted


def _characters(picture: Picture, rect: Rect) -> list[Rect]:
    """Each character of a stack; the place as it is when they cannot be told."""
    import numpy as np

    left, top, right, bottom = rect
    part = crop(picture, left, max(0.0, top), right, bottom)
    if not part.size:
        return [rect]
    gray = part.min(axis=2).astype(np.float32)
    ink = gray < float(np.median(gray)) - _INK
    columns = np.flatnonzero(ink.any(axis=0))
    if not len(columns):
        return [rect]
    size = _SQUARE * float(columns[-1] - columns[0] + 1)
    rows = np.flatnonzero(ink.any(axis=1)).tolist()
    spans = [[rows[0], rows[0]]]
    for row in rows[1:]:
        # 三 has gaps of its own: what is no higher than wide is one character.
        if row - spans[-1][1] > 1 and row - spans[-1][0] + 1 > size:
            spans.append([row, row])
        else:
            spans[-1][1] = row
    margin = _MARGIN * size
    found = [
        (left, max(top, top + start - margin), right, min(bottom, top + end + 1 + margin))
        for start, end in spans
    ]
    is_told = all(end - start + 1 <= 1.5 * size for start, end in spans)
    return found if is_told and len(found) > 1 else [rect]


def part_at_gaps(picture: Picture, rect: Rect, partings: Sequence[float]) -> list[Rect]:
    """A place parted where a column of a table without rules ends inside it.

    Only where the picture shows a gap there: a word that is too long for its column stays whole.

    Args:
        picture: Without its rules.
        rect: A line of text.
        partings: Where the columns part.
    """
    left, top, right, bottom = rect
    height = bottom - top
    cuts = []
    for x in partings:
        if left + _EDGE * height < x < right - _EDGE * height:
            gap = _gap_near(picture, rect, x)
            if gap is not None:
                cuts.append(gap)
    places = [left, *sorted(cuts), right]
    return [(one, top, two, bottom) for one, two in itertools.pairwise(places) if two > one]


def _gap_near(picture: Picture, rect: Rect, x: float) -> float | None:
    """The middle of the widest blank strip near a place, None when there is none."""
    import numpy as np

    _, top, _, bottom = rect
    height = bottom - top
    start = max(rect[0], x - _NEAR * height)
    part = crop(picture, start, top, min(rect[2], x + _NEAR * height), bottom)
    if not part.size:
        return None
    gray = part.min(axis=2).astype(np.float32)
    blank = gray.min(axis=0) > float(np.median(gray)) - _INK
    best, run, middle = 0, 0, None
    for place, is_blank in enumerate([*blank, False]):
        if is_blank:
            run += 1
            continue
        if run > best:
            best, middle = run, start + place - run / 2
        run = 0
    return middle if best >= _LEAST_GAP * height else None


def read_pieces(picture: Picture, rects: Sequence[Rect], recogniser: Recogniser) -> list[Piece]:
    """What stands in each place, places without text left out.

    Args:
        picture: Without its rules.
        rects: The places.
        recogniser: Reads.
    """
    lines = _read(picture, rects, recogniser)
    return [Piece(rect, line) for rect, line in zip(rects, lines, strict=True) if line.text]


def read_again(
    picture: Picture,
    pieces: Sequence[Piece],
    recogniser: Recogniser,
    *,
    margin: float,
    stretch: float = 1.0,
) -> list[ReadLine]:
    """The pieces once more at another scale, since the margin decides how large they are read.

    Args:
        picture: Without its rules.
        pieces: As read first.
        recogniser: Reads.
        margin: What to add at each edge, in heights; less than 0 takes away.
        stretch: How many times as wide they are drawn.
    """
    rects = []
    for piece in pieces:
        left, top, right, bottom = piece.rect
        grow = margin * (bottom - top)
        rects.append((left - grow, top - grow, right + grow, bottom + grow))
    return _read(picture, rects, recogniser, stretch)


def _read(
    picture: Picture, rects: Sequence[Rect], recogniser: Recogniser, stretch: float = 1.0
) -> list[ReadLine]:
    crops = [_drawn_wider(crop(picture, *rect), stretch) for rect in rects]
    whole = [index for index, part in enumerate(crops) if part.shape[0] > 4 and part.shape[1] > 2]
    lines = [NOTHING] * len(rects)
    for index, line in zip(whole, recogniser.read([crops[index] for index in whole]), strict=True):
        lines[index] = line
    return lines


def _drawn_wider(part: Picture, stretch: float) -> Picture:
    import cv2

    if stretch == 1 or not part.size:
        return part
    wider: Picture = cv2.resize(part, None, fx=stretch, fy=1, interpolation=cv2.INTER_CUBIC)
    return wider


def essence(text: str) -> str:
    """What two readings have to share: everything but blanks and the tilde between two times."""
    return _FREE.sub("", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
