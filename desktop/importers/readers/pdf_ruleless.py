"""Tables printed without upright rules: columns and rows from the white space between characters.

The headings give the columns: between two neighbouring headings runs the emptiest strip of the
page. The numbers of the No. column, one in each row, give the rows; without them wide gaps do.
A following page without headings keeps the columns.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from desktop.domain.text import matching_key
from desktop.importers.headings import SYNONYMS, Column, is_known_heading
from desktop.importers.readers.pdf_page import Glyph, pieces, place_pieces, words

_LEAST_HEADINGS = 4
_ROW_GAP = 0.5
_STEP = 0.5
_MARGIN = 1.0
_ADDRESS = re.compile(r"(?:https?|file)://", re.I)

Box = tuple[float, float, float, float]
Lines = list[list[Glyph]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns part.

    Attributes:
        edges: The outer edges and the partings from the left.
        number: The place of the No. column, None without one.
    """

    edges: tuple[float, ...]
    number: int | None


@dataclass(frozen=True, slots=True)
class RulelessTable:
    """What was found on a page.

    Attributes:
        rows: The characters by row and column, each row with its box.
        columns: For the pages that follow.
        top: The upper edge.
        rest: The characters outside the table.
    """

    rows: tuple[tuple[list[list[Glyph]], Box], ...]
    columns: Columns
    top: float
    rest: list[Glyph]


@dataclass(frozen=True, slots=True)
class _Token:
    left: float
    right: float
    text: str
    glyphs: tuple[Glyph, ...]


def ruleless_table(lines: Lines, previous: Columns | None) -> RulelessTable | None:
    """The table among lines of characters that no rules surround, None when there is none.

    Args:
        lines: The lines of a page from the top, without those inside drawn tables.
        previous: The columns of such a table on the page before, if any.
    """
    head = next(
        (
            index
            for index, line in enumerate(lines)
            if sum(is_known_heading(token.text) for token in _tokens(line)) >= _LEAST_HEADINGS
        ),
        None,
    )
    if head is None:
        return None if previous is None else _body(lines, previous, above=[])
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
    header, below = lines[first : last + 1], lines[last + 1 :]
    columns = _columns(header, below)
    if columns is None:
        return None
    found = _body(below, columns, above=lines[:first])
    cells = _by_column(header, columns)
    box = _box(header, columns)
    rows = ((cells, box), *(found.rows if found is not None else ()))
    rest = found.rest if found is not None else [glyph for line in lines[:first] for glyph in line]
    return RulelessTable(rows, columns, box[3], rest)


def _tokens(line: list[Glyph]) -> list[_Token]:
    groups = [
        [glyph for glyph in part if glyph.text != " "]
        for piece in pieces(line)
        for part in words(piece)
    ]
    groups = sorted((group for group in groups if group), key=lambda group: group[0].left)
    return [
        _Token(
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


def _is_near(upper: list[Glyph], lower: list[Glyph]) -> bool:
    """Whether two lines belong to one row of wrapped cells."""
    high, low = upper[0], lower[0]
    gap = (high.middle - high.height / 2) - (low.middle + low.height / 2)
    return gap < _ROW_GAP * max(high.height, low.height)


def _headings(header: Lines) -> tuple[list[list[float]], list[str]]:
    """Where each heading stands, from left to right edge, and its text over all its lines."""
    spans: list[list[float]] = []
    texts: list[str] = []
    for line in header:
        for token in _tokens(line):
            place = _under(token, spans)
            if place is None:
                spans.append([token.left, token.right])
                texts.append(token.text)
            else:
                spans[place] = [min(spans[place][0], token.left), max(spans[place][1], token.right)]
                texts[place] += token.text
    return spans, texts


def _under(token: _Token, spans: list[list[float]]) -> int | None:
    return next(
        (
            index
            for index, (left, right) in enumerate(spans)
            if token.left < right - _MARGIN and token.right > left + _MARGIN
        ),
        None,
    )


def _completes(header: Lines, line: list[Glyph]) -> bool:
    """Whether a line farther below holds nothing but the ends of known headings."""
    spans, texts = _headings(header)
    places = [(token, _under(token, spans)) for token in _tokens(line)]
    return bool(places) and all(
        place is not None and is_known_heading(texts[place] + token.text) for token, place in places
    )


def _columns(header: Lines, below: Lines) -> Columns | None:
    spans, texts = _headings(header)
    order = sorted(range(len(spans)), key=lambda index: spans[index][0])
    if len(order) < _LEAST_HEADINGS:
        return None
    covers = [
        (min(glyph.left for glyph in piece), max(glyph.right for glyph in piece))
        for line in (*header, *below)
        for piece in pieces(line)
    ]
    edges = [min(left for left, _ in covers) - _MARGIN]
    for one, two in itertools.pairwise(order):
        edges.append(_emptiest(covers, sum(spans[one]) / 2, sum(spans[two]) / 2))
    edges.append(max(right for _, right in covers) + _MARGIN)
    number = next(
        (
            index
            for index, place in enumerate(order)
            if matching_key(texts[place]) in SYNONYMS[Column.NUMBER]
        ),
        None,
    )
    return Columns(tuple(edges), number)


def _emptiest(covers: list[tuple[float, float]], low: float, high: float) -> float:
    """The middle of the widest among the strips between two places that fewest characters cross."""
    steps = max(2, int((high - low) / _STEP))
    places = [low + (high - low) * step / steps for step in range(steps + 1)]
    near = [(left, right) for left, right in covers if right > low and left < high]
    counts = [sum(left < place < right for left, right in near) for place in places]
    least = min(counts)
    best: tuple[int, int] = (0, -1)
    start: int | None = None
    for index, count in enumerate([*counts, least + 1]):
        if count == least and start is None:
            start = index
        elif count != least and start is not None:
            if index - start > best[1] - best[0]:
                best = (start, index)
            start = None
    return (places[best[0]] + places[best[1] - 1]) / 2


def _body(lines: Lines, columns: Columns, *, above: Lines) -> RulelessTable | None:
    """The rows below the headings, or on a page that goes on without them."""
    inside: Lines = []
    outside: Lines = list(above)
    for line, is_outside in zip(lines, _outside(lines, columns), strict=True):
        (outside if is_outside else inside).append(line)
    if not inside:
        return None
    groups = _by_number(inside, columns) or _by_gap(inside)
    rows = tuple((_by_column(group, columns), _box(group, columns)) for group in groups)
    rest = [glyph for line in outside for glyph in line]
    return RulelessTable(rows, columns, rows[0][1][3], rest)


def _outside(lines: Lines, columns: Columns) -> list[bool]:
    """For each line whether it is no part of the table: a page's header or footer.

    A long word may reach out of its column: between the first number and the last, and close to
    a line of the table, a line is of the table nevertheless.
    """
    crosses = [_crosses(line, columns) for line in lines]
    marks = [
        index
        for index, line in enumerate(lines)
        if columns.number is not None and _number_in(line, columns).isdigit()
    ]
    if not marks:
        return crosses
    for index in range(marks[0], marks[-1] + 1):
        crosses[index] = False
    for index in range(marks[0] - 1, -1, -1):
        if crosses[index] and not crosses[index + 1] and _reaches(lines[index], columns):
            crosses[index] = (
                _gap(lines[index], lines[index + 1]) > _ROW_GAP * lines[index][0].height
            )
    for index in range(marks[-1] + 1, len(lines)):
        if _is_address(lines[index]):
            crosses[index] = True
        elif crosses[index] and not crosses[index - 1] and _reaches(lines[index], columns):
            crosses[index] = (
                _gap(lines[index - 1], lines[index]) > _ROW_GAP * lines[index][0].height
            )
    return crosses


def _is_address(line: list[Glyph]) -> bool:
    """Whether a line begins with the page's address, as the footer of a browser does."""
    text = "".join(glyph.text for glyph in sorted(line, key=lambda glyph: glyph.left))
    return _ADDRESS.match(text) is not None


def _reaches(line: list[Glyph], columns: Columns) -> bool:
    """Whether what crosses a parting belongs to one column and merely reaches into the next."""
    for token in _tokens(line):
        places = [_column_of(glyph, columns) for glyph in token.glyphs]
        if columns.number in places:
            return False  # a number stands alone in its line; a footer begins here
        if len(set(places)) > 2 or max(places.count(place) for place in places) < 0.6 * len(places):
            return False
    return True


def _crosses(line: list[Glyph], columns: Columns) -> bool:
    """Whether a line runs across the columns' partings, as a page's header and footer do."""
    return any(
        token.left < edge - _MARGIN and token.right > edge + _MARGIN
        for token in _tokens(line)
        for edge in columns.edges[1:-1]
    )


def _column_of(glyph: Glyph, columns: Columns) -> int:
    inner = columns.edges[1:-1]
    return sum(1 for edge in inner if edge <= glyph.centre)


def _by_column(lines: Lines, columns: Columns) -> list[list[Glyph]]:
    cells: list[list[Glyph]] = [[] for _ in columns.edges[1:]]
    for line in lines:
        for piece in pieces(line):
            for part, place in place_pieces(piece, lambda glyph: _column_of(glyph, columns)):
                cells[place].extend(part)
    return cells


def _box(lines: Lines, columns: Columns) -> Box:
    glyphs = [glyph for line in lines for glyph in line]
    bottom = min(glyph.middle - glyph.height / 2 for glyph in glyphs)
    top = max(glyph.middle + glyph.height / 2 for glyph in glyphs)
    return columns.edges[0], bottom, columns.edges[-1], top


def _by_number(lines: Lines, columns: Columns) -> list[Lines]:
    """Rows parted by the widest gap between one number of the No. column and the next."""
    if columns.number is None:
        return []
    marks = [index for index, line in enumerate(lines) if _number_in(line, columns).isdigit()]
    if not marks:
        return []
    cuts: list[int] = []
    # What stands above a page's first number is the rest of a row that the page break cut.
    for one, two in zip([0, *marks], marks, strict=False):
        if one == two:
            continue
        gaps = [(_gap(lines[index], lines[index + 1]), index + 1) for index in range(one, two)]
        widest, place = max(gaps, key=lambda item: item[0])
        if one in marks or widest > _ROW_GAP * lines[two][0].height:
            cuts.append(place)
    after = [
        index + 1
        for index in range(marks[-1], len(lines) - 1)
        if _gap(lines[index], lines[index + 1]) > 3 * lines[index][0].height
    ]
    cuts += after[:1]
    edges = [0, *cuts, len(lines)]
    return [lines[start:end] for start, end in itertools.pairwise(edges) if start < end]


def _number_in(line: list[Glyph], columns: Columns) -> str:
    return "".join(
        glyph.text for glyph in line if _column_of(glyph, columns) == columns.number
    ).strip()


def _gap(upper: list[Glyph], lower: list[Glyph]) -> float:
    return min(glyph.middle - glyph.height / 2 for glyph in upper) - max(
        glyph.middle + glyph.height / 2 for glyph in lower
    )


def _by_gap(lines: Lines) -> list[Lines]:
    """Rows parted wherever the gap is wider than between the lines of a cell."""
    groups: list[Lines] = []
    for line in lines:
        if groups and _gap(groups[-1][-1], line) < _ROW_GAP * line[0].height:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
