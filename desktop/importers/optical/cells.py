"""Cells of a picture's table: their text, and whether it can be relied on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from desktop.domain.text import matching_key
from desktop.importers.document import CellReading
from desktop.importers.headings import SYNONYMS, Column, is_known_heading
from desktop.importers.optical.grid import GridCell, PictureTable, lines_of
from desktop.importers.optical.lines import (
    MUCH_WIDER,
    TIGHTER,
    WIDER,
    Piece,
    Rect,
    essence,
    read_again,
)
from desktop.importers.optical.settling import (
    SURE,
    Settled,
    chance_of_ones,
    has_code,
    marks_differ,
    settle,
    settle_name,
)
from desktop.importers.optical.upright import Upright, crop

if TYPE_CHECKING:
    from desktop.importers.optical.engine import Picture, ReadLine, Recogniser

NAME_SURE = 0.3
_LEAST_HEADINGS = 3
_INK = 38.0
"""How much darker than its cell's ground a pixel is that counts as ink (of 255)."""
_INK_OF_NOTHING = 16.0
"""The same in a cell where nothing was read: a blot may be pale."""
_LEAST_INK = 0.12
"""Share of a square as high as a line of text that ink left unread has to fill."""
_CHECKED = (
    Column.COURSE,
    Column.PERIOD,
    Column.BEGAN_AT,
    Column.ENDED_AT,
    Column.READING,
    Column.PASSED,
    Column.CERTIFIED,
    Column.HOURS,
    Column.TEST,
    Column.SURVEY,
    Column.UPLOAD_STATE,
    Column.RELEVANT,
)
_CHECKED_KEYS = frozenset().union(*(SYNONYMS[column] for column in _CHECKED))
EPLUS_HEADINGS = (
    "No.",
    "課程類型",
    "課程名稱",
    "上課期間",
    "閱讀時數",
    "測驗",
    "問卷",
    "通過條件",
    "通過狀態",
    "認證時數",
    "終身學習時數上傳狀態",
    "終身學習時數上傳時間",
)
PORTAL_HEADINGS = (
    "課程名稱",
    "期別",
    "學習機關(構)",
    "上課期間",
    "時數",
    "服務機關",
    "職稱",
    "官職等",
    "假別",
    "學習類別",
    "業務相關",
)
_HEADINGS = frozenset().union(*SYNONYMS.values())


@dataclass(frozen=True, slots=True)
class CellText:
    """One cell as read."""

    text: str
    reading: CellReading


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as read.

    Attributes:
        rows: Its cells.
        headings: Its own, or those it goes on under; None when it has none.
    """

    rows: tuple[tuple[CellText, ...], ...]
    headings: tuple[str, ...] | None


class TableReader:
    """Turns the cells of one page's tables into texts with their readings.

    Attributes:
        upright: The page.
        bare: Its picture without rules.
        pieces: What was read on it.
        page: The page's number.
        text_height: Of a usual line in pixels.
    """

    def __init__(
        self,
        upright: Upright,
        bare: Picture,
        pieces: Sequence[Piece],
        *,
        page: int,
        text_height: float,
        recogniser: Recogniser,
    ) -> None:
        """Keep what the cells are read from."""
        self.upright = upright
        self.bare = bare
        self.pieces = pieces
        self.page = page
        self.text_height = text_height
        self._recogniser = recogniser

    def read(self, table: PictureTable, headings: tuple[str, ...] | None) -> TextTable:
        """The texts of a table.

        Args:
            table: Its cells.
            headings: Of the table on the page before, for one that goes on without any; None:
                there was none.
        """
        head = head_of(table)
        if head is not None:
            headings = head[1]
        width = max((len(row) for row in table.rows), default=0)
        # Without headings nobody knows what a column holds: all are read twice.
        known = headings if headings is not None and len(headings) == width else ("",) * width
        is_unknown = not any(known)
        checked = frozenset(
            place
            for place, heading in enumerate(known)
            if is_unknown or matching_key(heading) in _CHECKED_KEYS
        )
        read = self._read_again(table, checked)
        wider = self._drawn_wider(
            {
                glyph.string: read[glyph.string]
                for row in table.rows
                for place, cell in enumerate(row)
                if place in checked and matching_key(known[place]) in SYNONYMS[Column.COURSE]
                for glyph in cell.glyphs
            }
        )
        rows = []
        for index, cells in enumerate(table.rows):
            is_head = head is not None and index == head[0]
            rows.append(
                tuple(
                    self._cell(
                        cell,
                        read,
                        wider,
                        is_checked=place in checked,
                        is_name=matching_key(known[place]) in SYNONYMS[Column.COURSE],
                        heading=known[place] if is_head else None,
                    )
                    for place, cell in enumerate(cells)
                )
            )
        return TextTable(tuple(rows), headings)

    def _read_again(
        self, table: PictureTable, checked: frozenset[int]
    ) -> Mapping[int, tuple[ReadLine, ...]]:
        """What the pieces in checked columns say at two scales, at three where those differ."""
        indices = sorted(
            {
                glyph.string
                for row in table.rows
                for place, cell in enumerate(row)
                if place in checked
                for glyph in cell.glyphs
            }
        )
        pieces = [self.pieces[index] for index in indices]
        # Of the picture as it was: where a rule was painted over that is none, readings differ.
        second = read_again(self.upright.picture, pieces, self._recogniser, margin=-TIGHTER)
        unlike = [
            place
            for place, (piece, line) in enumerate(zip(pieces, second, strict=True))
            if essence(piece.line.text) != essence(line.text)
        ]
        third = read_again(
            self.bare, [pieces[place] for place in unlike], self._recogniser, margin=WIDER
        )
        lines: list[tuple[ReadLine, ...]] = [
            (piece.line, line) for piece, line in zip(pieces, second, strict=True)
        ]
        for place, line in zip(unlike, third, strict=True):
            lines[place] = (*lines[place], line)
        return dict(zip(indices, lines, strict=True))

    def _drawn_wider(
        self, names: Mapping[int, tuple[ReadLine, ...]]
    ) -> Mapping[int, tuple[ReadLine, ...]]:
        """What pieces of names say drawn wider where their readings differ in letters or digits."""
        indices = [index for index, lines in names.items() if marks_differ(lines)]
        pieces = [self.pieces[index] for index in indices]
        one, two = (
            read_again(
                self.upright.picture, pieces, self._recogniser, margin=margin, stretch=MUCH_WIDER
            )
            for margin in (0.0, -TIGHTER)
        )
        return dict(zip(indices, zip(one, two, strict=True), strict=True))

    def _cell(
        self,
        cell: GridCell,
        read: Mapping[int, tuple[ReadLine, ...]],
        wider: Mapping[int, tuple[ReadLine, ...]],
        *,
        is_checked: bool,
        is_name: bool,
        heading: str | None,
    ) -> CellText:
        pieces = sorted({glyph.string for glyph in cell.glyphs})
        lines = {index: read.get(index, (self.pieces[index].line,)) for index in pieces}
        limit = NAME_SURE if is_name else SURE
        settled = {
            index: settle_name(found, wider.get(index, ())) if is_name else settle(found)
            for index, found in lines.items()
        }
        text = self._text(cell, settled)
        chance = min((found.certainty for found in settled.values()), default=1.0)
        is_sure = chance >= limit and all(found.agrees for found in settled.values())
        is_sure = is_sure and not cell.is_doubtful
        if is_name and not has_code(text):
            # Whether such a name is near enough to a course's is for the rules to weigh.
            chance = min([chance, *(chance_of_ones(read.get(index, ())) for index in pieces)])
        if is_checked and is_sure:
            places = [self.pieces[index].rect for index in pieces]
            is_sure = not self._has_unread_ink(cell.rect, places)
        if not text and not is_sure:
            chance = 0.0
        box = self.upright.box_of(*cell.rect)
        least = min((found.least for found in settled.values()), default=1.0)
        reading = CellReading(self.page, box, round(min(chance, least), 3), is_sure)
        return CellText(text if heading is None else heading, reading)

    def _text(self, cell: GridCell, settled: Mapping[int, Settled]) -> str:
        """The cell's lines, each piece as it was settled where all of it stands in one line."""
        lines = []
        for line in lines_of(cell.glyphs):
            parts = []
            for index in dict.fromkeys(glyph.string for glyph in line):
                part = "".join(glyph.text for glyph in line if glyph.string == index)
                if index in settled and _unspaced(part) == _unspaced(self.pieces[index].line.text):
                    part = settled[index].text
                parts.append(part)
            lines.append("".join(parts).strip())
        return "\n".join(lines)

    def _has_unread_ink(self, rect: Rect, read: Sequence[Rect]) -> bool:
        """Whether a cell shows more than what was read in it: a blot, a line that was not found."""
        import cv2
        import numpy as np

        left, top, right, bottom = rect
        inset = 0.18 * self.text_height
        left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
        part = crop(self.bare, left, top, right, bottom)
        if part.shape[0] < 3 or part.shape[1] < 3:
            return False
        gray = cv2.GaussianBlur(cv2.cvtColor(part, cv2.COLOR_BGR2GRAY), (5, 5), 0)
        depth = _INK if read else _INK_OF_NOTHING
        ink = gray.astype(np.float32) < float(np.percentile(gray, 80)) - depth
        x0, y0 = max(0, round(left)), max(0, round(top))
        for a, b, c, d in read:
            ink[
                max(0, round(b) - y0) : max(0, round(d) - y0),
                max(0, round(a) - x0) : max(0, round(c) - x0),
            ] = False
        return float(ink.sum()) > _LEAST_INK * self.text_height**2


def _unspaced(text: str) -> str:
    return "".join(text.split())


def head_of(table: PictureTable) -> tuple[int, tuple[str, ...]] | None:
    """The row of headings and its texts, slips put right; None without one.

    Args:
        table: Its cells.
    """
    for index, row in enumerate(table.rows):
        texts = [
            "".join("".join(glyph.text for glyph in line) for line in lines_of(cell.glyphs))
            for cell in row
        ]
        if sum(bool(text) and is_known_heading(text) for text in texts) >= _LEAST_HEADINGS:
            return index, _completed([_known(text) for text in texts])
    return None


def _completed(texts: list[str]) -> tuple[str, ...]:
    """The headings of a row, those of a site's whole table put in where most stand in its order."""
    for table in (EPLUS_HEADINGS, PORTAL_HEADINGS):
        if len(texts) == len(table):
            keys = [matching_key(heading) for heading in table]
            found = sum(matching_key(text) == key for text, key in zip(texts, keys, strict=True))
            if found * 2 > len(table):
                return table
    return tuple(texts)


def _known(text: str) -> str:
    """A heading with a slip in it put right; anything else as it is."""
    key = matching_key(text)
    if not key or key in _HEADINGS or len(key) < 4:
        return text
    slips = 1 if len(key) < 7 else 2
    near = [
        known
        for known in _HEADINGS
        if Levenshtein.distance(key, known, score_cutoff=slips) <= slips
    ]
    return near[0] if len(near) == 1 else text
