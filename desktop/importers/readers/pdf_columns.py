"""Columns of a table printed without upright rules: from its headings and the white space.

Between two neighbouring headings runs the emptiest strip of the page. In narrow columns the
headings themselves are wrapped over several lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.text import matching_key
from desktop.importers.headings import SYNONYMS, Column, is_known_heading
from desktop.importers.readers.pdf_page import Glyph, pieces, words

ROW_GAP = 0.5
"""Gap between two lines, in heights of a character, from which they are of two rows."""
MARGIN = 1.0
_LEAST_HEADINGS = 4
_LEAST_WHOLE = 2
"""Headings that stand in one line whole where narrow columns wrap the others."""
_STEP = 0.5
_NUMBER = re.compile(r"\d+")
_HOURS = re.compile(r"\d+(?:\.\d+)?(?:小時?|時)?")

Lines = list[list[Glyph]]
Covers = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns part.

    Attributes:
        edges: The outer edges and the partings from the left.
        marking: The place of the column that has something once in each row, None without one.
        mark: What that looks like.
        row_gap: The least gap between two rows of the pages before, None when unknown.
    """

    edges: tuple[float, ...]
    marking: int | None
    mark: re.Pattern[str] = _NUMBER
    row_gap: float | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A word: from where to where it stands, and its characters."""

    left: float
    right: float
    text: str
    glyphs: tuple[Glyph, ...]


def heading_lines(lines: Lines) -> tuple[int, int] | None:
    """The first and last line of the headings, None without any.

    One line holds most of them whole, or in narrow columns some; the others are wrapped around it.

    Args:
        lines: The lines of a page from the top.
    """
    for least in (_LEAST_HEADINGS, _LEAST_WHOLE):
        for index, line in enumerate(lines):
            if sum(is_known_heading(token.text) for token in tokens(line)) < least:
                continue
            first, last = _reach(lines, index)
            _, texts = _headings(lines[first : last + 1])
            if least == _LEAST_HEADINGS or sum(map(is_known_heading, texts)) >= _LEAST_HEADINGS:
                return first, last
    return None


def _reach(lines: Lines, head: int) -> tuple[int, int]:
    """From where to where the headings are wrapped around one of their lines."""
    first, last = head, head
    while first > 0 and _is_near(lines[first - 1], lines[first]) and _may_head(lines[first - 1]):
        first -= 1
    while (
        last + 1 < len(lines)
        and _may_head(lines[last + 1])
        and (
            _is_near(lines[last], lines[last + 1])
            or _completes(lines[first : last + 1], lines[last + 1])
        )
    ):
        last += 1
    return first, last


def tokens(line: list[Glyph]) -> list[Token]:
    """The words of a line from the left, parted at gaps and spaces."""
    groups = [
        [glyph for glyph in part if glyph.text != " "]
        for piece in pieces(line)
        for part in words(piece)
    ]
    groups = sorted((group for group in groups if group), key=lambda group: group[0].left)
    return [
        Token(
            group[0].left,
            max(glyph.right for glyph in group),
            "".join(glyph.text for glyph in group),
            tuple(group),
        )
        for group in groups
    ]


def _may_head(line: list[Glyph]) -> bool:
    """Whether a line may be part of the headings: those hold no number and no label's colon."""
    return not any(glyph.text.isdigit() or glyph.text in ":：" for glyph in line)


def line_height(line: list[Glyph]) -> float:
    """The height of a line's highest character: 一 alone is flat in some fonts."""
    return max(glyph.height for glyph in line)


def _is_near(upper: list[Glyph], lower: list[Glyph]) -> bool:
    """Whether two lines belong to one row of wrapped cells."""
    high, low = line_height(upper), line_height(lower)
    gap = (upper[0].middle - high / 2) - (lower[0].middle + low / 2)
    return gap < ROW_GAP * max(high, low)


def _headings(header: Lines) -> tuple[list[list[float]], list[str]]:
    """Where each heading stands, from left to right edge, and its text over all its lines."""
    spans: list[list[float]] = []
    texts: list[str] = []
    for line in header:
        for token in tokens(line):
            place = _under(token, spans)
            if place is None:
                spans.append([token.left, token.right])
                texts.append(token.text)
            else:
                spans[place] = [min(spans[place][0], token.left), max(spans[place][1], token.right)]
                texts[place] += token.text
    return spans, texts


def _under(token: Token, spans: list[list[float]]) -> int | None:
    return next(
        (
            index
            for index, (left, right) in enumerate(spans)
            if token.left < right - MARGIN and token.right > left + MARGIN
        ),
        None,
    )


def _completes(header: Lines, line: list[Glyph]) -> bool:
    """Whether a line farther below holds nothing but the ends of known headings."""
    spans, texts = _headings(header)
    places = [(token, _under(token, spans)) for token in tokens(line)]
    return bool(places) and all(
        place is not None and is_known_heading(texts[place] + token.text) for token, place in places
    )


def columns_of(header: Lines, below: Lines) -> Columns | None:
    """Where the columns part, None when there are too few headings.

    Args:
        header: The lines of the headings.
        below: The lines below them.
    """
    spans, texts = _headings(header)
    order = sorted(range(len(spans)), key=lambda index: spans[index][0])
    if len(order) < _LEAST_HEADINGS:
        return None
    shown, learned = _covers(header), _covers(below)
    edges = [min(left for left, _ in (*shown, *learned)) - MARGIN]
    for one, two in itertools.pairwise(order):
        edges.append(_parting(shown, learned, spans[one], spans[two]))
    edges.append(max(right for _, right in (*shown, *learned)) + MARGIN)
    keys = [matching_key(texts[place]) for place in order]
    for column, mark in ((Column.NUMBER, _NUMBER), (Column.HOURS, _HOURS)):
        for index, key in enumerate(keys):
            if key in SYNONYMS[column]:
                return Columns(tuple(edges), index, mark)
    return Columns(tuple(edges), None)


def _covers(lines: Lines) -> list[tuple[float, float]]:
    """From where to where each string of characters stands."""
    return [
        (min(glyph.left for glyph in piece), max(glyph.right for glyph in piece))
        for line in lines
        for piece in pieces(line)
    ]


def _parting(shown: Covers, learned: Covers, one: Sequence[float], two: Sequence[float]) -> float:
    """Where two columns part: in the middle of a strip that fewest characters cross.

    Of several such strips it is one that leaves each column something below its heading, then the
    one that leaves all of it near its heading, then the widest: what is aligned left or right of a
    heading stands between two empty strips. Where no strip is empty it is the widest.

    Args:
        shown: Where the strings of the headings stand.
        learned: Where those below them stand.
        one: From where to where the left heading stands.
        two: The same of the right one.
    """
    low, high = sum(one) / 2, sum(two) / 2
    strips = _emptiest([*shown, *learned], low, high)
    near = [(left, right) for left, right in learned if right > low and left < high]

    def merit(strip: tuple[float, float]) -> tuple[int, float, float]:
        start, end = strip
        if any(left < start and right > end for left, right in near):
            return 0, 0.0, end - start
        before = [cover for cover in near if sum(cover) / 2 < (start + end) / 2]
        after = [cover for cover in near if sum(cover) / 2 >= (start + end) / 2]
        away = [_away(cover, one) for cover in before] + [_away(cover, two) for cover in after]
        return bool(before) + bool(after), -sum(away), end - start

    start, end = max(strips, key=merit) if len(strips) > 1 else strips[0]
    return (start + end) / 2


def _away(cover: tuple[float, float], heading: Sequence[float]) -> float:
    return max(0.0, cover[0] - heading[1], heading[0] - cover[1])


def _emptiest(covers: Covers, low: float, high: float) -> list[tuple[float, float]]:
    """The strips between two places that fewest characters cross."""
    steps = max(2, int((high - low) / _STEP))
    places = [low + (high - low) * step / steps for step in range(steps + 1)]
    near = [(left, right) for left, right in covers if right > low and left < high]
    counts = [sum(left < place < right for left, right in near) for place in places]
    least = min(counts)
    strips: list[tuple[float, float]] = []
    start: int | None = None
    for index, count in enumerate([*counts, least + 1]):
        if count == least and start is None:
            start = index
        elif count != least and start is not None:
            strips.append((places[start], places[index - 1]))
            start = None
    return strips
