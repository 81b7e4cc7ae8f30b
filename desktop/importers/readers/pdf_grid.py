"""Tables of a page from its rules: rules that touch are one table; its columns, rows and cells."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from desktop.importers.readers.pdf_page import Glyph, pieces, place_pieces

TOUCH = 2.0
"""Points within which two rules meet."""
CUT = 3.0
"""Points by which upright rules reach past the last level one where a page break cut a row."""
_LEAST_LENGTH = 6.0
_MAX_RULES = 4_000

Line = tuple[float, float, float]
"""A rule: where it stands, from, to."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The level rules (y, left, right) and upright rules (x, bottom, top) of a page."""

    horizontals: list[Line]
    verticals: list[Line]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table's frame.

    Attributes:
        columns: Edges of the columns from the left.
        levels: Edges of the rows from the top.
        horizontals, verticals: The table's rules, joined.
        opens_mid_row, ends_mid_row: Whether a page break cut the first, the last row.
    """

    columns: tuple[float, ...]
    levels: tuple[float, ...]
    horizontals: tuple[Line, ...]
    verticals: tuple[Line, ...]
    opens_mid_row: bool
    ends_mid_row: bool

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.levels[0]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands inside."""
        return (
            self.columns[0] <= glyph.centre <= self.columns[-1]
            and self.levels[-1] - 1 <= glyph.middle <= self.levels[0] + 1
        )

    def row_box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a row."""
        return self.columns[0], self.levels[index + 1], self.columns[-1], self.levels[index]

    def fill(self, glyphs: list[Glyph]) -> list[list[list[Glyph]]]:
        """The characters by row and column.

        A cell merged over columns stands in its first one; one merged over rows in each of them.
        """
        rows, width = len(self.levels) - 1, len(self.columns) - 1
        cells: list[list[list[Glyph]]] = [[[] for _ in range(width)] for _ in range(rows)]
        homes = [self._homes(index) for index in range(rows)]
        falling = [-level for level in self.levels]
        for piece in pieces(glyphs):
            row = min(max(bisect.bisect(falling, -piece[0].middle) - 1, 0), rows - 1)
            for part, column in place_pieces(piece, self._column):
                cells[row][homes[row][column]].extend(part)
        for row, column in self._merged_down():
            above, here = cells[row - 1][column], cells[row][column]
            if homes[row][column] == column == homes[row - 1][column]:
                whole = [*above, *here]
                for upper in range(row - 1, -1, -1):
                    if cells[upper][column] is not above:
                        break
                    cells[upper][column] = whole
                cells[row][column] = whole
        return cells

    def _column(self, glyph: Glyph) -> int:
        """The column that a character's middle stands in."""
        place = bisect.bisect(self.columns, glyph.centre) - 1
        return min(max(place, 0), len(self.columns) - 2)

    def _homes(self, row: int) -> list[int]:
        """For each column the column where its cell begins in this row."""
        bottom, top = self.levels[row + 1], self.levels[row]
        homes = [0]
        for index in range(1, len(self.columns) - 1):
            edge = self.columns[index]
            is_parted = any(
                abs(x - edge) <= TOUCH and min(high, top) - max(low, bottom) > 0.5 * (top - bottom)
                for x, low, high in self.verticals
            )
            homes.append(index if is_parted else homes[-1])
        return homes

    def _merged_down(self) -> list[tuple[int, int]]:
        """Rows and columns of cells that no rule parts from the cell above."""
        merged = []
        for row in range(1, len(self.levels) - 1):
            level = self.levels[row]
            spans = [(low, high) for y, low, high in self.horizontals if abs(y - level) <= TOUCH]
            for column in range(len(self.columns) - 1):
                middle = (self.columns[column] + self.columns[column + 1]) / 2
                if not any(low <= middle <= high for low, high in spans):
                    merged.append((row, column))
        return merged


def grids_of(rules: Rules) -> list[Grid]:
    """The tables that a page's rules draw, from the top."""
    horizontals = _joined(rules.horizontals[:_MAX_RULES])
    verticals = _joined(rules.verticals[:_MAX_RULES])
    grids = [
        grid
        for levels, uprights in _components(horizontals, verticals)
        if (grid := _grid(levels, uprights)) is not None
    ]
    return sorted(grids, key=lambda grid: -grid.top)


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces of one rule joined; what stays short is dropped."""
    groups: list[list[Line]] = []
    for line in sorted(lines):
        if groups and line[0] - groups[-1][-1][0] <= 0.75 and line[0] - groups[-1][0][0] <= TOUCH:
            groups[-1].append(line)
        else:
            groups.append([line])
    joined: list[Line] = []
    for group in groups:
        where = sum(line[0] for line in group) / len(group)
        low, high = None, 0.0
        for _, start, end in sorted(group, key=lambda line: line[1]):
            if low is None or start > high + TOUCH:
                if low is not None:
                    joined.append((where, low, high))
                low, high = start, end
            else:
                high = max(high, end)
        if low is not None:
            joined.append((where, low, high))
    return [line for line in joined if line[2] - line[1] >= _LEAST_LENGTH]


def _components(
    horizontals: list[Line], verticals: list[Line]
) -> list[tuple[list[Line], list[Line]]]:
    count = len(horizontals)
    parent = list(range(count + len(verticals)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for upright, (x, low, high) in enumerate(verticals):
        for level, (y, left, right) in enumerate(horizontals):
            if left - TOUCH <= x <= right + TOUCH and low - TOUCH <= y <= high + TOUCH:
                parent[root(level)] = root(count + upright)
    members: dict[int, tuple[list[Line], list[Line]]] = {}
    for level, line in enumerate(horizontals):
        members.setdefault(root(level), ([], []))[0].append(line)
    for upright, line in enumerate(verticals):
        members.setdefault(root(count + upright), ([], []))[1].append(line)
    return list(members.values())


def _grid(horizontals: list[Line], verticals: list[Line]) -> Grid | None:
    columns = _places([line[0] for line in verticals])
    if len(columns) < 2 or not horizontals:
        return None
    left, right = columns[0], columns[-1]
    levels = [
        level
        for level in _places([line[0] for line in horizontals])
        if _covered(horizontals, level, left, right) >= 0.5 * (right - left)
    ]
    # The cut shows where most upright rules end; a single longer one is no cut.
    tops = sorted(line[2] for line in verticals)
    bottoms = sorted(line[1] for line in verticals)
    top, bottom = tops[len(tops) // 2], bottoms[len(bottoms) // 2]
    opens = not levels or top > levels[-1] + CUT
    ends = not levels or bottom < levels[0] - CUT
    if opens:
        levels.append(top)
    if ends:
        levels.insert(0, bottom)
    if len(levels) < 2:
        return None
    return Grid(
        tuple(columns),
        tuple(reversed(levels)),
        tuple(horizontals),
        tuple(verticals),
        opens_mid_row=opens,
        ends_mid_row=ends,
    )


def _places(values: list[float]) -> list[float]:
    places: list[list[float]] = []
    for value in sorted(values):
        if places and value - places[-1][-1] <= TOUCH:
            places[-1].append(value)
        else:
            places.append([value])
    return [sum(group) / len(group) for group in places]


def _covered(lines: list[Line], where: float, left: float, right: float) -> float:
    total, reached = 0.0, left
    for _, start, end in sorted(
        (line for line in lines if abs(line[0] - where) <= TOUCH), key=lambda line: line[1]
    ):
        start = max(start, reached)
        if min(end, right) > start:
            total += min(end, right) - start
            reached = min(end, right)
    return total
