"""What parts the columns and rows of a picture: gaps under headings, whole rules, a page's foot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from desktop.importers.optical.engine import ReadLine
from desktop.importers.optical.faint_rules import Sheet, with_faint_parts
from desktop.importers.optical.footers import is_of_the_screen, last_row
from desktop.importers.optical.heading_gaps import with_columns_parted
from desktop.importers.optical.lines import Piece
from desktop.importers.optical.ruling import find_rules
from desktop.importers.optical.settling import settle_name
from desktop.importers.optical.strokes import Stroke
from desktop.importers.optical.upright import _light_throughout
from desktop.importers.readers.pdf_page import Glyph

TEXT = 20.0


class Widths:
    """Says of each piece how many pixels wide it is."""

    def read(self, lines: Sequence[np.ndarray]) -> list[ReadLine]:
        return [ReadLine(str(line.shape[1]), (1.0,), (0.5,)) for line in lines]


def words(*places: tuple[int, int, int]) -> np.ndarray:
    """A page with a block of ink for each word: top, left, right; 20 pixels high."""
    picture = np.full((200, 600, 3), 255, np.uint8)
    for top, left, right in places:
        picture[top : top + 20, left:right] = 20
    return picture


def parted(picture: np.ndarray, *rects: tuple[float, float, float, float]) -> list[list[int]]:
    pieces = [Piece(rect, ReadLine("字", (1.0,), (0.5,))) for rect in rects]
    found = with_columns_parted(pieces, (0, 0, 600, 50), picture, TEXT, Widths())  # type: ignore[arg-type]  # only read is asked
    return sorted(
        [round(piece.rect[1]), round(piece.rect[0]), round(piece.rect[2])] for piece in found
    )


def test_two_headings_found_as_one_line_are_parted_at_the_gap_between_them() -> None:
    picture = words((10, 100, 120), (10, 140, 160))
    assert parted(picture, (96, 6, 164, 34)) == [[6, 96, 130], [6, 130, 164]]


def test_heading_of_several_characters_stays_whole() -> None:
    picture = words((10, 100, 118), (10, 122, 140))
    assert parted(picture, (96, 6, 144, 34)) == [[6, 96, 144]]


def test_line_under_two_headings_is_parted_between_them_and_not_at_its_own_blanks() -> None:
    picture = words(
        (10, 100, 180), (10, 200, 280), (110, 100, 140), (110, 150, 184), (110, 194, 230)
    )
    assert parted(picture, (96, 6, 184, 34), (196, 6, 284, 34), (96, 106, 234, 134)) == [
        [6, 96, 184], [6, 196, 284], [106, 96, 189], [106, 189, 234],
    ]  # fmt: skip


def test_line_under_one_heading_stays_whole_whatever_its_blanks() -> None:
    picture = words((10, 100, 180), (10, 240, 320), (110, 100, 180), (110, 190, 225))
    assert parted(picture, (96, 6, 184, 34), (236, 6, 324, 34), (96, 106, 229, 134)) == [
        [6, 96, 184], [6, 236, 324], [106, 96, 229],
    ]  # fmt: skip


def test_echo_in_pieces_beside_a_long_rule_is_no_second_rule() -> None:
    picture = np.full((400, 800, 3), 255, np.uint8)
    for y in range(50, 351, 60):
        picture[y, 40:760] = 150
    for x in (40, 400, 760):
        picture[50:351, x] = 150
    for y in range(50, 350, 60):  # what JPEG leaves of each cell's end
        picture[y + 7 : y + 54, 394] = 235
    found = find_rules(picture, TEXT, [])
    assert [round(x) for x, _, _ in found.verticals] == [40, 400, 760]


@pytest.mark.parametrize(("top", "reaches"), [(20, True), (150, False)], ids=["whole", "an end"])
def test_rule_that_shows_beside_a_band_only_does_not_go_on_beyond_it(
    top: int, reaches: bool
) -> None:
    gray = np.full((420, 600), 255, np.uint8)
    gray[120:150] = 158  # headings light on dark, inverted
    gray[top:400, 299:302] = 222
    gray[120:150, 299:302] = 0
    levels = [Stroke(where, 100, 500, 1) for where in (20, 200, 300, 400)]
    uprights = [Stroke(where, 200, 400, 3) for where in (100, 300, 500)]
    _, found = with_faint_parts(Sheet(gray, [], TEXT, is_clean=True), levels, uprights)
    assert any(rule.where == 300 and rule.start < 50 for rule in found) is reaches


def test_dark_band_of_which_characters_leave_a_narrow_edge_is_one_band() -> None:
    picture = np.full((300, 800, 3), 250, np.uint8)
    picture[50:84, 40:760] = 97
    for x in range(60, 740, 24):  # characters of 22 rows, strokes of three
        for y in range(56, 78, 5):
            picture[y : y + 2, x : x + 20] = 255
        picture[56:78, x : x + 3] = 255
    light, bands = _light_throughout(picture, 32)
    assert bands == ((40.0, 50.0, 760.0, 84.0),)
    assert light[52, 400, 0] == 158


def text_at(text: str, middle: float) -> list[Glyph]:
    return [
        Glyph(letter, 10.0 * i, 10.0 * i + 10, middle - 5, 10.0, middle, 0)
        for i, letter in enumerate(text)
    ]


def rows_of_one_line(*middles: float) -> list[list[list[Glyph]]]:
    return [[text_at("課程", middle), text_at("1", middle)] for middle in middles]


@pytest.mark.parametrize(("below", "is_cut"), [(78, True), (86, False)])
def test_footer_farther_down_than_the_next_row_would_be_is_cut_off(
    below: float, is_cut: bool
) -> None:
    above = rows_of_one_line(172, 154, 136, 118)
    found = last_row(above, [text_at("課程", 100) + text_at("客服專線", below), text_at("2", 100)])
    assert (len(found.cells[0]) == 2) is is_cut
    assert found.doubtful == (frozenset() if is_cut else frozenset({0}))


@pytest.mark.parametrize(
    ("words_at", "is_clock"),
    [
        ([("下午03:18", 100), ("2025/9/12", 86)], True),
        ([("3:18PM", 100), ("9/12/2025", 86)], True),
        ([("2025-09-12", 100), ("03:18:12", 86)], False),
        ([("課程乙", 100), ("2025/9/12", 86)], False),
    ],
)
def test_clock_of_the_screens_bar_is_no_row(
    words_at: list[tuple[str, float]], is_clock: bool
) -> None:
    cell = [glyph for text, middle in words_at for glyph in text_at(text, middle)]
    assert is_of_the_screen([[], cell]) is is_clock


def said(text: str, chance: float = 1.0) -> ReadLine:
    return ReadLine(text, (1.0,) * (len(text) - 1) + (chance,), (0.5,) * len(text))


@pytest.mark.parametrize(
    ("lines", "wider", "agrees"),
    [
        (("人權Ⅱ", 0.81, "人權I", 0.43), ("人權Ⅱ", 0.9, "人權Ⅱ", 0.8), True),
        (("人權Ⅱ", 0.81, "人權I", 0.43), (), False),
        (("人權Ⅱ", 0.81, "人權I", 0.43), ("人權Ⅱ", 0.9, "人權Ⅱ", 0.6), False),
        (("人權Ⅱ", 0.81, "人權I", 0.43), ("人權Ⅱ", 0.9, "人權I", 0.9), False),
        (("人權Ⅱ", 0.95, "人權I", 0.8), ("人權Ⅱ", 0.9, "人權Ⅱ", 0.9), False),
        (("人權I", 0.81, "人權Ⅱ", 0.43), ("人權Ⅱ", 0.9, "人權Ⅱ", 0.9), False),
        (("人權A", 0.95, "人權B", 0.9), ("人權A", 0.99, "人權A", 0.99), False),
    ],
)  # fmt: skip
def test_letters_of_a_name_are_settled_by_wider_readings_only_where_nothing_sure_speaks_against(
    lines: tuple[str, float, str, float], wider: tuple[str | float, ...], agrees: bool
) -> None:
    drawn = tuple(
        said(str(text), float(chance)) for text, chance in zip(wider[::2], wider[1::2], strict=True)
    )
    settled = settle_name((said(lines[0], lines[1]), said(lines[2], lines[3])), drawn)
    assert settled.agrees is agrees
