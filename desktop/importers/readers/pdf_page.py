"""One PDF page as characters and drawn rules, in the page's own points from the lower left."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.importers.readers.pdf_covers import LEAST_PICTURE, Covers, address
from desktop.importers.readers.pdf_matrix import IDENTITY, Matrix, apply, matrix_of, times

THIN = 2.5
"""Points up to which a drawn shape counts as a rule."""
MAX_DEPTH = 6
_MAX_SEGMENTS = 20_000
_MAX_DOTS = 60_000
_LEAST_DOTS = 6
_DOT_GAP = 4.5
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
_SKIPPED = frozenset({0, 0x0A, 0x0D, 0xFEFF, 0x200B})
# Gaps in heights: within a string drawn at once, within one drawn piece by piece, at a written
# space, between words.
_STRING_GAP = 0.4
_MEETING_GAP = 0.28
_SPACE_GAP = 0.75
_WORD_GAP = 0.12
_SPACES = frozenset({0x20, 0xA0, 0x3000, 0x09})


class Glyph(NamedTuple):
    """One character: its text, where it stands, its height, in points; which string it is of."""

    text: str
    left: float
    right: float
    baseline: float
    height: float
    middle: float
    string: int = 0

    @property
    def centre(self) -> float:
        """The middle of its width."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page.

    Attributes:
        width, height: In points.
        glyphs: Its characters.
        horizontals: Rules as (y, left, right).
        verticals: Rules as (x, bottom, top).
        picture_share: How much of the page pictures cover, from 0 to 1.
        picture_scale: Pixels a point of the finest of them.
        most_pixels: Of the largest of them.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    horizontals: list[tuple[float, float, float]]
    verticals: list[tuple[float, float, float]]
    picture_share: float = 0.0
    picture_scale: float = 0.0
    most_pixels: int = 0

    @property
    def has_pictures(self) -> bool:
        """Whether it shows a picture worth reading."""
        return self.picture_share >= LEAST_PICTURE


def page_content(page: pypdfium2.PdfPage) -> PageContent:
    """The characters, rules and pictures of one page, upright whatever its rotation."""
    turn = _Turn(page)
    shapes = _Shapes([], [], turn)
    _collect(page.raw, shapes, is_page=True, depth=0, outer=IDENTITY)
    shapes.chain_dots()
    textpage = page.get_textpage()
    covers = shapes.covers
    hidden = covers.hidden()
    try:
        shown = (glyph for glyph in _glyphs(textpage, turn) if glyph.string not in hidden)
        glyphs = _strung(shown, covers.drawn)
    finally:
        textpage.close()
    return PageContent(
        turn.width,
        turn.height,
        glyphs,
        shapes.horizontals,
        shapes.verticals,
        min(1.0, covers.share),
        covers.finest,
        covers.most_pixels,
    )


class _Turn:
    """Turns page space upright: a page printed across its paper carries a rotation."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.quarter = (page.get_rotation() // 90) % 4
        left, bottom, right, top = page.get_mediabox() or (0.0, 0.0, *page.get_size())
        crop = page.get_cropbox() or (left, bottom, right, top)
        self.left, self.bottom = crop[0], crop[1]
        self.box_width, self.box_height = crop[2] - crop[0], crop[3] - crop[1]
        across = self.quarter % 2 == 1
        self.width = max(1.0, self.box_height if across else self.box_width)
        self.height = max(1.0, self.box_width if across else self.box_height)
        self.is_plain = self.quarter == 0 and self.left == 0 and self.bottom == 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.quarter == 1:
            return y, self.box_width - x
        if self.quarter == 2:
            return self.box_width - x, self.box_height - y
        if self.quarter == 3:
            return self.box_height - y, x
        return x, y

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        one, two = self.point(left, bottom), self.point(right, top)
        return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


def _glyphs(textpage: Any, turn: _Turn) -> Iterator[Glyph]:
    raw = textpage.raw
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at = pdfium.FPDFText_GetLooseCharBox
    origin_at = pdfium.FPDFText_GetCharOrigin
    unicode_at = pdfium.FPDFText_GetUnicode
    string_at = pdfium.FPDFText_GetTextObject
    previous: Glyph | None = None
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = unicode_at(raw, index)
        if code in _SKIPPED:
            continue
        if code in _SPACES:
            # A space that PDFium made up says nothing: gaps are measured (see ``line_text``).
            if previous is not None and not pdfium.FPDFText_IsGenerated(raw, index):
                previous = previous._replace(text=" ", left=previous.left + 0.01)
                yield previous
            continue
        # The box of the advance, not of the ink: it meets the next character's without a gap.
        if not box_at(raw, index, box):
            continue
        origin_at(raw, index, x, y)
        if turn.is_plain:
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            baseline = y.value
        else:
            left, bottom, right, top = turn.box(box.left, box.bottom, box.right, box.top)
            baseline = turn.point(x.value, y.value)[1]
        # A hyphen at a line's end is handed out as a mark of its own.
        text = "-" if code in _HYPHENS else chr(code)
        string = address(string_at(raw, index))
        previous = Glyph(text, left, right, baseline, top - bottom, (bottom + top) / 2, string)
        yield previous


def _strung(glyphs: Iterable[Glyph], drawn: Mapping[int, int]) -> list[Glyph]:
    """The characters in the order of drawing, numbered by the string that they belong to.

    Some printers draw a string at once, some character by character; either way a string goes on
    where the next character meets the last. The order of drawing keeps the strings of two cells
    apart where one is too long for its column and runs into the other.

    Args:
        glyphs: Characters, ``string`` being the drawn object.
        drawn: The place of each drawn object in the page's order.
    """
    ordered = sorted(glyphs, key=lambda glyph: drawn.get(glyph.string, 0))
    strung: list[Glyph] = []
    number, last = 0, None
    for glyph in ordered:
        if last is None or not _goes_on(last, glyph):
            number += 1
        strung.append(glyph._replace(string=number))
        last = glyph
    return strung


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character follows another within one string."""
    if abs(last.baseline - glyph.baseline) > 0.1 * glyph.height:
        return False
    if glyph.text == " ":
        return True  # a space stands where the character before it does
    if last.text == " ":
        limit = _SPACE_GAP
    else:
        limit = _STRING_GAP if last.string == glyph.string else _MEETING_GAP
    return -_STRING_GAP <= (glyph.left - last.right) / glyph.height <= limit


def pieces(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters of one line by the string that they were drawn with, each from left to right.

    A word that is too long for its column runs on into the next; it still is one piece.
    """
    strings: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        strings.setdefault(glyph.string, []).append(glyph)
    for string in strings.values():
        string.sort(key=lambda item: item.left)
    return list(strings.values())


def words(piece: list[Glyph], *, at_spaces: bool = True) -> list[list[Glyph]]:
    """A piece parted at its gaps.

    Args:
        piece: Characters of one string from left to right.
        at_spaces: Whether a written space parts as a bare gap does.
    """
    found: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in piece:
        gap = glyph.left - last.right if last is not None else 0.0
        if last is None or (gap > _WORD_GAP * glyph.height and (at_spaces or last.text != " ")):
            found.append([])
        found[-1].append(glyph)
        last = glyph
    return found


def place_pieces(
    piece: list[Glyph], column_of: Callable[[Glyph], int]
) -> Iterator[tuple[list[Glyph], int]]:
    """Which column a piece is of; part by part where each keeps to one column.

    A part that stands across a parting is too long for its column: then all of the piece is of
    the column that holds most of it.

    Args:
        piece: Characters of one string from left to right.
        column_of: The column that a character's middle stands in.
    """
    parts = [(part, {column_of(glyph) for glyph in part}) for part in words(piece, at_spaces=False)]
    if all(len(places) == 1 for _, places in parts):
        yield from ((part, min(places)) for part, places in parts)
        return
    places = [column_of(glyph) for glyph in piece]
    middle = piece[0]._replace(right=max(glyph.right for glyph in piece))
    centre = column_of(middle)
    yield piece, max(sorted(set(places)), key=lambda place: (places.count(place), place == centre))


class _Shapes:
    def __init__(
        self,
        horizontals: list[tuple[float, float, float]],
        verticals: list[tuple[float, float, float]],
        turn: _Turn,
    ) -> None:
        self.horizontals = horizontals
        self.verticals = verticals
        self.turn = turn
        self.covers = Covers(turn.width, turn.height)
        self.dots: list[tuple[float, float]] = []

    def add(self, box: tuple[float, float, float, float], *, is_outline: bool) -> None:
        left, bottom, right, top = box if self.turn.is_plain else self.turn.box(*box)
        width, height = right - left, top - bottom
        if width <= THIN and height > THIN:
            self.verticals.append(((left + right) / 2, bottom, top))
        elif height <= THIN and width > THIN:
            self.horizontals.append(((bottom + top) / 2, left, right))
        elif is_outline and width > THIN and height > THIN:
            self.verticals += [(left, bottom, top), (right, bottom, top)]
            self.horizontals += [(bottom, left, right), (top, left, right)]
        elif width <= THIN and height <= THIN and len(self.dots) < _MAX_DOTS:
            self.dots.append(((left + right) / 2, (bottom + top) / 2))

    def chain_dots(self) -> None:
        """Turn rows of dots into rules: a dotted border is drawn dot by dot."""
        if len(self.dots) < _LEAST_DOTS:
            return
        self.verticals += _chains(self.dots)
        self.horizontals += _chains([(y, x) for x, y in self.dots])


def _chains(dots: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """Runs of dots that share their first coordinate, as (where, from, to)."""
    runs: list[tuple[float, float, float]] = []
    ordered = sorted((round(where * 2) / 2, along) for where, along in dots)
    for where, group in itertools.groupby(ordered, key=lambda dot: dot[0]):
        start = last = None
        count = 0
        for _, along in (*group, (where, float("inf"))):
            if start is not None and last is not None and along - last <= _DOT_GAP:
                last, count = along, count + 1
                continue
            if start is not None and last is not None and count >= _LEAST_DOTS:
                runs.append((where, start, last))
            start, last, count = along, along, 1
    return runs


def _collect(container: Any, shapes: _Shapes, *, is_page: bool, depth: int, outer: Matrix) -> None:
    if is_page:
        count, item_at = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
    else:
        count, item_at = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
    for index in range(count(container)):
        item = item_at(container, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            shapes.covers.add_text(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(item, shapes, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            _add_picture(item, shapes, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = times(matrix_of(item), outer)
            _collect(item, shapes, is_page=False, depth=depth + 1, outer=inner)


def _add_picture(item: Any, shapes: _Shapes, outer: Matrix) -> None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        one, two = apply(outer, left.value, bottom.value), apply(outer, right.value, top.value)
        shapes.covers.add_picture(item, shapes.turn.box(*one, *two))


def _add_path(item: Any, shapes: _Shapes, outer: Matrix) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
        return  # a clip, nothing that is seen
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    width, height = right.value - left.value, top.value - bottom.value
    segments = pdfium.FPDFPath_CountSegments(item)
    if segments > 5 and width > THIN and height > THIN:
        if segments <= _MAX_SEGMENTS:
            _add_subpaths(item, shapes, outer, is_outline=bool(stroke.value))
        return
    # A thin path is one rule, be it drawn in dashes.
    one = apply(outer, left.value, bottom.value)
    two = apply(outer, right.value, top.value)
    shapes.add((*one, *two), is_outline=bool(stroke.value))


def _add_subpaths(item: Any, shapes: _Shapes, outer: Matrix, *, is_outline: bool) -> None:
    matrix = times(matrix_of(item), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        starts = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO
        if starts and points:
            _add_points(points, shapes, is_outline=is_outline)
            points = []
        points.append(apply(matrix, x.value, y.value))
    if points:
        _add_points(points, shapes, is_outline=is_outline)


def _add_points(points: list[tuple[float, float]], shapes: _Shapes, *, is_outline: bool) -> None:
    if len(points) == 2 or (len(points) <= 5 and not is_outline) or _is_box(points):
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        shapes.add((min(xs), min(ys), max(xs), max(ys)), is_outline=is_outline)
        return
    if is_outline:
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            shapes.add((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), is_outline=False)


def _is_box(points: list[tuple[float, float]]) -> bool:
    return len(points) in (4, 5) and all(
        abs(x0 - x1) < 0.5 or abs(y0 - y1) < 0.5
        for (x0, y0), (x1, y1) in itertools.pairwise(points)
    )
