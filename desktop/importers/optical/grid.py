"""The tables of a picture: its pieces of text as the characters and rules of a page.

A picture is handed to the readers of printed pages, so that merged cells, rows cut by a page break
and tables without rules are understood by the same code. Lengths become points in which a line
of text is ``TEXT_POINTS`` high, whatever the picture's resolution.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.importers.optical.footers import is_of_the_screen, last_row
from desktop.importers.optical.lines import Piece, Rect
from desktop.importers.optical.ruling import Ruling
from desktop.importers.readers.pdf_columns import Columns
from desktop.importers.readers.pdf_grid import Grid, Rules, grids_of
from desktop.importers.readers.pdf_page import Glyph
from desktop.importers.readers.pdf_ruleless import ruleless_table

TEXT_POINTS = 10.0
_NARROW = 0.55
_MEETING = 0.6
"""Gap between two characters, in heights, up to which they belong to one word."""
_LEAST_COLUMNS = 3
_LEAST_ROW = 5.0


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell.

    Attributes:
        glyphs: Its characters.
        rect: Its rectangle in pixels.
        is_doubtful: Whether its text may be more or less than the cell's.
    """

    glyphs: tuple[Glyph, ...]
    rect: Rect
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class PictureTable:
    """One table.

    Attributes:
        rows: Cells by row and column.
        opens_mid_row, ends_mid_row: Whether a page break cut the first, the last row.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    opens_mid_row: bool
    ends_mid_row: bool

    @property
    def top(self) -> float:
        """The upper edge in pixels."""
        return self.rows[0][0].rect[1] if self.rows and self.rows[0] else 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands on a page.

    Attributes:
        tables: From the top.
        loose: The characters outside the tables.
        columns: Of a table without rules, for the page that follows.
        partings: Between those columns, in pixels.
    """

    tables: tuple[PictureTable, ...]
    loose: tuple[Glyph, ...]
    columns: Columns | None
    partings: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    """From pixels, downwards, to points, upwards."""

    factor: float
    height: float

    def rect(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """A rectangle in points as one in pixels."""
        return (
            left / self.factor,
            (self.height - top) / self.factor,
            right / self.factor,
            (self.height - bottom) / self.factor,
        )


def lay_out(
    pieces: Sequence[Piece],
    ruling: Ruling,
    text_height: float,
    previous: Columns | None,
) -> Layout:
    """The tables among pieces of text.

    Args:
        pieces: With their places in the picture; a character's ``string`` is its piece's index.
        ruling: The drawn rules.
        text_height: Of a usual line in pixels.
        previous: The columns of a table without rules on the page before, if any.
    """
    scale = _Scale(TEXT_POINTS / text_height, ruling.bare.shape[0] * TEXT_POINTS / text_height)
    glyphs = [
        glyph for index, piece in enumerate(pieces) for glyph in glyphs_of(piece, index, scale)
    ]
    by, high = scale.factor, scale.height
    rules = Rules(
        [(high - y * by, left * by, right * by) for y, left, right in ruling.horizontals],
        [(x * by, high - bottom * by, high - top * by) for x, top, bottom in ruling.verticals],
    )
    grids = [grid for grid in grids_of(rules) if len(grid.columns) > _LEAST_COLUMNS]
    tables = [_ruled(grid, glyphs, scale) for grid in grids]
    loose = [glyph for glyph in glyphs if not any(grid.holds(glyph) for grid in grids)]
    columns = None
    if not tables:
        found = ruleless_table(lines_of(loose), previous)
        if found is not None:
            columns = found.columns
            body, rest = list(found.rows), list(found.rest)
            if len(body) > 1 and is_of_the_screen(body[-1][0]):
                rest += itertools.chain.from_iterable(body.pop()[0])
            bottom = last_row([cells for cells, _ in body[:-1]], body[-1][0])
            loose = [*rest, *bottom.footer]
            rows = [_ruleless_row(cells, box, columns, scale) for cells, box in body[:-1]]
            left, low, right, high_edge = body[-1][1]
            box = (left, low if bottom.bottom is None else bottom.bottom, right, high_edge)
            last = _ruleless_row(bottom.cells, box, columns, scale)
            rows.append(
                tuple(
                    replace(cell, is_doubtful=place in bottom.doubtful)
                    for place, cell in enumerate(last)
                )
            )
            tables.append(PictureTable(tuple(rows), opens_mid_row=False, ends_mid_row=False))
    partings = () if columns is None else tuple(edge / by for edge in columns.edges[1:-1])
    return Layout(tuple(tables), tuple(loose), columns, partings)


def _ruled(grid: Grid, glyphs: Sequence[Glyph], scale: _Scale) -> PictureTable:
    cells = grid.fill([glyph for glyph in glyphs if grid.holds(glyph)])
    doubtful = _run_together(grid, cells)
    rows = []
    for index, row in enumerate(cells):
        top, bottom = grid.levels[index], grid.levels[index + 1]
        if top - bottom < _LEAST_ROW and not _has_own(cells, index):
            continue  # the space between the two edges of a thick rule
        rows.append(
            tuple(
                GridCell(
                    tuple(cell), scale.rect(left, bottom, right, top), (index, place) in doubtful
                )
                for place, (cell, (left, right)) in enumerate(
                    zip(row, itertools.pairwise(grid.columns), strict=True)
                )
            )
        )
    return PictureTable(tuple(rows), grid.opens_mid_row, grid.ends_mid_row)


def _has_own(cells: list[list[list[Glyph]]], index: int) -> bool:
    """Whether a row holds text that no neighbouring row shares with it."""
    neighbours = [cells[place] for place in (index - 1, index + 1) if 0 <= place < len(cells)]
    return any(
        cell and not any(other[place] is cell for other in neighbours)
        for place, cell in enumerate(cells[index])
    )


def _run_together(grid: Grid, cells: list[list[list[Glyph]]]) -> set[tuple[int, int]]:
    """Cells without a rule between them that hold text in more than one row.

    One cell over several rows looks so, and so do two whose rule is too faint to be seen.
    """
    found: set[tuple[int, int]] = set()
    for place in range(len(grid.columns) - 1):
        for group in _same(cells, place):
            rows = {
                row
                for row in group
                for glyph in cells[row][place]
                if grid.levels[row + 1] < glyph.middle <= grid.levels[row]
            }
            if len(rows) > 1:
                found.update((row, place) for row in group)
    return found


def _same(cells: list[list[list[Glyph]]], place: int) -> list[list[int]]:
    """The rows that share one cell of a column."""
    groups: list[list[int]] = []
    for row in range(1, len(cells)):
        if cells[row][place] and cells[row][place] is cells[row - 1][place]:
            if groups and groups[-1][-1] == row - 1:
                groups[-1].append(row)
            else:
                groups.append([row - 1, row])
    return groups


def _ruleless_row(
    cells: list[list[Glyph]],
    box: tuple[float, float, float, float],
    columns: Columns,
    scale: _Scale,
) -> tuple[GridCell, ...]:
    _, bottom, _, top = box
    return tuple(
        GridCell(tuple(cell), scale.rect(left, bottom, right, top))
        for cell, (left, right) in zip(cells, itertools.pairwise(columns.edges), strict=True)
    )


def glyphs_of(piece: Piece, index: int, scale: _Scale) -> list[Glyph]:
    """A piece's characters, each with its share of the width.

    Args:
        piece: What was read.
        index: The piece's number.
        scale: To points.
    """
    left, top, right, bottom = (value * scale.factor for value in piece.rect)
    line, width = piece.line, right - left
    height = 0.72 * (bottom - top)
    middle = scale.height - (top + bottom) / 2
    centres = [left + place * width for place in line.places]
    wide = _wide_blanks(line.text, centres, height)
    glyphs: list[Glyph] = []
    for place, (letter, centre) in enumerate(zip(line.text, centres, strict=True)):
        if place in wide:
            continue
        half = _half(letter, height)
        start, end = centre - half, centre + half
        if glyphs and place - 1 not in wide and start - glyphs[-1].right <= _MEETING * height:
            start = (glyphs[-1].centre + centre) / 2
            glyphs[-1] = glyphs[-1]._replace(right=start)
        glyphs.append(Glyph(letter, start, end, middle - height / 2, height, middle, index))
    return glyphs


def _half(letter: str, height: float) -> float:
    """Half of a character's width."""
    return height * (_NARROW if letter.isascii() else 1.0) / 2


def _wide_blanks(text: str, centres: Sequence[float], height: float) -> set[int]:
    """Blanks that are no space between words but the room between two cells."""
    return {
        place
        for place in range(1, len(text) - 1)
        if text[place].isspace()
        and centres[place + 1]
        - _half(text[place + 1], height)
        - centres[place - 1]
        - _half(text[place - 1], height)
        > _MEETING * height
    }


def lines_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters grouped into lines by their middles, from the top, each from left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: -item.middle):
        if lines and lines[-1][0].middle - glyph.middle <= 0.5 * max(
            lines[-1][0].height, glyph.height
        ):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        line.sort(key=lambda item: item.left)
    return lines
