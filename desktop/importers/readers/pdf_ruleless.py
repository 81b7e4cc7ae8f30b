"""Tables printed without upright rules: columns and rows from the white space between characters.

The headings give the columns (``pdf_columns``). The numbers of the No. column, one in each row,
give the rows; without them the hours, of which each row has one as well; without both, wide gaps.
A following page without headings keeps the columns.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.importers.readers.pdf_columns import (
    MARGIN,
    ROW_GAP,
    Columns,
    Lines,
    columns_of,
    heading_lines,
    line_height,
    tokens,
)
from desktop.importers.readers.pdf_page import Glyph, pieces, place_pieces

_LIKE = 0.85
"""Share of the gap between two rows from which another gap is one as well."""
_PLAIN = 0.2
"""Heights of a character by which the gap between two rows is plainly wider than within one."""
_PAGE_HEADER = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?(?:上午|下午)?\d{1,2}:\d\d(?:[AP]M)?[^\d:~～]{2}"
)
_PAGE_FOOTER = re.compile(r"(?:https?|file)://", re.I)
_AFTER_THE_TABLE = re.compile(r"總?共\d+筆|[※©]|版權所有")

Box = tuple[float, float, float, float]


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


def ruleless_table(lines: Lines, previous: Columns | None) -> RulelessTable | None:
    """The table among lines of characters that no rules surround, None when there is none.

    Args:
        lines: The lines of a page from the top, without those inside drawn tables.
        previous: The columns of such a table on the page before, if any.
    """
    found = heading_lines(lines)
    if found is None:
        return None if previous is None else _body(lines, previous, above=[])
    first, last = found
    header, below = lines[first : last + 1], lines[last + 1 :]
    columns = columns_of(header, below[: _end(below, 0)])
    if columns is None:
        return None
    if previous is not None:
        columns = replace(columns, row_gap=previous.row_gap)
    body = _body(below, columns, above=lines[:first])
    cells = _by_column(header, columns)
    box = _box(header, columns)
    rows = ((cells, box), *(body.rows if body is not None else ()))
    rest = body.rest if body is not None else [glyph for line in lines[:first] for glyph in line]
    return RulelessTable(rows, body.columns if body is not None else columns, box[3], rest)


def _body(lines: Lines, columns: Columns, *, above: Lines) -> RulelessTable | None:
    """The rows below the headings, or on a page that goes on without them."""
    inside: Lines = []
    outside: Lines = list(above)
    for line, is_outside in zip(lines, _outside(lines, columns), strict=True):
        (outside if is_outside else inside).append(line)
    if not inside:
        return None
    groups = _by_mark(inside, columns) or _by_gap(inside)
    columns = replace(columns, row_gap=_row_gap(inside, columns))
    rows = tuple((_by_column(group, columns), _box(group, columns)) for group in groups)
    rest = [glyph for line in outside for glyph in line]
    return RulelessTable(rows, columns, rows[0][1][3], rest)


def _outside(lines: Lines, columns: Columns) -> list[bool]:
    """For each line whether it is no part of the table: a page's header or footer.

    A long word may reach out of its column: between the first mark and the last, and close to
    a line of the table, a line is of the table nevertheless.
    """
    marks = _marks(lines, columns)
    start = int(bool(lines) and _PAGE_HEADER.match(_text(lines[0])) is not None)
    end = _end(lines, marks[-1] + 1 if marks else start)
    middle = _crossing(lines[start:end], columns)
    return [True] * start + middle + [True] * (len(lines) - end)


def _end(lines: Lines, start: int) -> int:
    """The first line from one on that a page prints below its table, else behind the last."""
    return next(
        (
            index
            for index in range(start, len(lines))
            if _AFTER_THE_TABLE.match(_text(lines[index])) is not None
            or _PAGE_FOOTER.match(_text(lines[index])) is not None
        ),
        len(lines),
    )


def _crossing(lines: Lines, columns: Columns) -> list[bool]:
    """For each line whether it crosses the partings and is of the table by no other sign."""
    crosses = [_crosses(line, columns) for line in lines]
    marks = _marks(lines, columns)
    if not marks:
        return crosses
    for index in range(marks[0], marks[-1] + 1):
        crosses[index] = False
    for index in range(marks[0] - 1, -1, -1):
        if crosses[index] and not crosses[index + 1] and _reaches(lines[index], columns):
            crosses[index] = _gap(lines[index], lines[index + 1]) > ROW_GAP * line_height(
                lines[index]
            )
    for index in range(marks[-1] + 1, len(lines)):
        if crosses[index] and not crosses[index - 1] and _reaches(lines[index], columns):
            crosses[index] = _gap(lines[index - 1], lines[index]) > ROW_GAP * line_height(
                lines[index]
            )
    return crosses


def _text(line: list[Glyph]) -> str:
    """A line's characters without spaces."""
    return "".join(
        glyph.text
        for glyph in sorted(line, key=lambda glyph: glyph.left)
        if not glyph.text.isspace()
    )


def _reaches(line: list[Glyph], columns: Columns) -> bool:
    """Whether what crosses a parting belongs to one column and merely reaches into the next."""
    for token in tokens(line):
        places = [_column_of(glyph, columns) for glyph in token.glyphs]
        if columns.marking in places:
            return False  # a mark stands alone in its line; a footer begins here
        if len(set(places)) > 2 or max(places.count(place) for place in places) < 0.6 * len(places):
            return False
    return True


def _crosses(line: list[Glyph], columns: Columns) -> bool:
    """Whether a line runs across the columns' partings, as a page's header and footer do."""
    return any(
        token.left < edge - MARGIN and token.right > edge + MARGIN
        for token in tokens(line)
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


def _by_mark(lines: Lines, columns: Columns) -> list[Lines]:
    """Rows parted by the widest gap between one mark and the next."""
    marks = _marks(lines, columns)
    if not marks:
        return []
    cuts = [place for _, place in _between(lines, marks)]
    if marks[0] > 0:
        # What stands above a page's first mark may be the rest of a row that the page break cut.
        gaps = [(_gap(lines[index], lines[index + 1]), index + 1) for index in range(marks[0])]
        widest, place = max(gaps)
        least, height = _row_gap(lines, columns), line_height(lines[marks[0]])
        tight = min(_gap(one, two) for one, two in itertools.pairwise(lines))
        # A gap like those between rows tells nothing where the lines of a row stand as far apart.
        if widest > ROW_GAP * height or (
            least is not None and widest > _LIKE * least and widest - tight > _PLAIN * height
        ):
            cuts.insert(0, place)
    after = [
        index + 1
        for index in range(marks[-1], len(lines) - 1)
        if _gap(lines[index], lines[index + 1]) > 3 * line_height(lines[index])
    ]
    cuts += after[:1]
    edges = [0, *cuts, len(lines)]
    return [lines[start:end] for start, end in itertools.pairwise(edges) if start < end]


def _between(lines: Lines, marks: Sequence[int]) -> list[tuple[float, int]]:
    """Between each mark and the next the widest gap, and the line below it."""
    return [
        max((_gap(lines[index], lines[index + 1]), index + 1) for index in range(one, two))
        for one, two in itertools.pairwise(marks)
    ]


def _row_gap(lines: Lines, columns: Columns) -> float | None:
    """The least gap between two rows, of this page or else of those before."""
    parts = _between(lines, _marks(lines, columns))
    return min((gap for gap, _ in parts), default=columns.row_gap)


def _marks(lines: Lines, columns: Columns) -> list[int]:
    """The lines that hold a row's number, or its hours."""
    return [
        index
        for index, line in enumerate(lines)
        if columns.mark.fullmatch(
            _text([glyph for glyph in line if _column_of(glyph, columns) == columns.marking])
        )
        is not None
    ]


def _gap(upper: list[Glyph], lower: list[Glyph]) -> float:
    return min(glyph.middle - glyph.height / 2 for glyph in upper) - max(
        glyph.middle + glyph.height / 2 for glyph in lower
    )


def _by_gap(lines: Lines) -> list[Lines]:
    """Rows parted wherever the gap is wider than between the lines of a cell."""
    groups: list[Lines] = []
    for line in lines:
        if groups and _gap(groups[-1][-1], line) < ROW_GAP * line_height(line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
