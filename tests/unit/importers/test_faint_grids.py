"""Rules that a scan shows in part, cells that ran together, and ends of lines beyond a rule."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.importers.optical.engine import ReadLine
from desktop.importers.optical.grid import _Scale, glyphs_of, lay_out
from desktop.importers.optical.lines import Piece, part_at_rules, part_stacks, without_scraps
from desktop.importers.optical.ruling import Ruling, find_rules
from desktop.importers.readers.pdf_columns import tokens

LEVELS = (60, 130, 200, 270, 340)
UPRIGHTS = (40, 240, 440, 640, 840)


def scanned(pale: float, *, merged: bool = False) -> np.ndarray:
    """A table whose rule at 200 is as faint as the grain from 240 on to the left, or not there."""
    picture = np.full((400, 900), 240.0)
    for y in LEVELS:
        picture[y : y + 2, 40:842] = 120
    picture[200:202, 40:440] = 240 - pale
    if merged:
        picture[200:202, 40:240] = 240
    for x in UPRIGHTS:
        picture[60:342, x : x + 2] = 120
    noisy = picture + np.random.default_rng(4).normal(0, 5, picture.shape)
    gray = np.clip(noisy, 0, 255).astype(np.uint8)
    return np.repeat(gray[:, :, None], 3, axis=2)


def covered(picture: np.ndarray, middle: int) -> bool:
    found = find_rules(picture, 20, []).horizontals
    return any(abs(y - 200.5) < 2 and left < middle < right for y, left, right in found)


def test_rule_that_fades_into_the_grain_goes_on_to_the_next_upright_one() -> None:
    picture = scanned(pale=6)
    assert covered(picture, 140)
    assert covered(picture, 340)


def test_cell_over_two_rows_gets_no_rule() -> None:
    picture = scanned(pale=120, merged=True)
    assert not covered(picture, 140)
    assert covered(picture, 340)


def test_level_stroke_beside_a_long_rule_parts_no_row() -> None:
    picture = np.full((400, 900, 3), 255, np.uint8)
    for y in LEVELS:
        picture[y, 40:840] = 150
    for x in UPRIGHTS:
        picture[60:341, x] = 150
    picture[54, 246:434] = picture[136, 446:634] = 225  # what JPEG leaves on a grey heading
    found = find_rules(picture, 20, [])
    assert [round(y) for y, _, _ in found.horizontals] == list(LEVELS)


TEXTS = [(250.0, y + 20.0, 420.0, y + 50.0) for y in LEVELS[:-1]]


def test_rules_as_pale_as_a_jpegs_blocks_are_found_by_all_their_cells() -> None:
    picture = np.full((400, 900, 3), 250, np.uint8)
    picture[60:342, 240] = picture[60:342, 640] = 246
    picture[200, 40:842] = 246
    for y in LEVELS:
        if y != 200:
            picture[y, 40:842] = 150
    for x in (40, 440, 840):
        picture[60:342, x] = 150
    for _, top, _, bottom in TEXTS:
        picture[int(top) : int(bottom), 300:302] = 20  # a stroke of the text in every row
    found = find_rules(picture, 20, TEXTS)
    assert sorted({round(y) for y, _, _ in found.horizontals}) == list(LEVELS)
    assert sorted({round(x) for x, _, _ in found.verticals}) == list(UPRIGHTS)


def test_stroke_in_a_few_rows_or_in_the_middle_of_all_is_no_rule() -> None:
    picture = np.full((400, 900, 3), 250, np.uint8)
    for y in LEVELS:
        picture[y, 40:842] = 150
    for x in UPRIGHTS:
        picture[60:342, x] = 150
    picture[62:128, 740] = picture[272:338, 740] = 246
    for y in LEVELS[:-1]:
        picture[y + 28 : y + 42, 340] = 20  # * in every row, too small to be found as text
    found = find_rules(picture, 20, [])
    assert sorted({round(x) for x, _, _ in found.verticals}) == list(UPRIGHTS)


def read(text: str, left: float, top: float, right: float) -> Piece:
    """A line of text 20 pixels high."""
    places = tuple((i + 0.5) / len(text) for i in range(len(text)))
    return Piece((left, top, right, top + 20), ReadLine(text, (1.0,) * len(text), places))


def ruling(*, gap: bool) -> Ruling:
    rules = [(float(y), 40.0, 840.0) for y in LEVELS]
    if gap:
        rules[2] = (200.0, 240.0, 840.0)
    uprights = tuple((float(x), 60.0, 340.0) for x in UPRIGHTS)
    return Ruling(tuple(rules), uprights, np.zeros((400, 900, 3), np.uint8))


@pytest.mark.parametrize("gap", [False, True])
def test_cells_whose_rule_is_missing_hold_both_texts_and_are_doubtful(gap: bool) -> None:
    pieces = [
        read("甲甲甲", 60, 155, 120),
        read("乙乙乙", 60, 225, 120),
        read("8.0", 260, 225, 290),
    ]
    (table,) = lay_out(pieces, ruling(gap=gap), 20, None).tables
    shown = [
        ("".join(glyph.text for glyph in row[0].glyphs), row[0].is_doubtful) for row in table.rows
    ]
    both = ("甲甲甲乙乙乙", True)
    assert shown[1:3] == ([both, both] if gap else [("甲甲甲", False), ("乙乙乙", False)])
    assert [row[1].is_doubtful for row in table.rows] == [False] * 4


def test_cell_over_two_rows_with_one_text_holds_for_both_without_doubt() -> None:
    (table,) = lay_out([read("甲甲甲", 60, 155, 120)], ruling(gap=True), 20, None).tables
    assert [bool(row[0].glyphs) for row in table.rows] == [False, True, True, False]
    assert not any(row[0].is_doubtful for row in table.rows)


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_headings_found_as_one_line_are_parted_at_their_wide_blanks(blank: str) -> None:
    text = f"測驗{blank}問卷"
    piece = Piece((0, 0, 110, 28), ReadLine(text, (1.0,) * 5, (0.1, 0.28, 0.5, 0.72, 0.9)))
    found = tokens(glyphs_of(piece, 0, _Scale(1.0, 100.0)))
    assert [token.text for token in found] == ["測驗", "問卷"]


def test_blank_between_words_parts_nothing() -> None:
    piece = Piece((0, 0, 80, 28), ReadLine("AI 對於", (1.0,) * 5, (0.08, 0.21, 0.33, 0.5, 0.8)))
    glyphs = glyphs_of(piece, 0, _Scale(1.0, 100.0))
    assert "".join(glyph.text for glyph in glyphs) == "AI 對於"


def test_end_of_a_line_on_its_neighbours_characters_is_no_text_of_its_own() -> None:
    name, time = (40.0, 100.0, 236.0, 120.0), (222.0, 100.0, 400.0, 120.0)
    assert part_at_rules([name, time], [(240.0, 60.0, 340.0)]) == [
        name, (240.0, 100.0, 400.0, 120.0),
    ]  # fmt: skip


def test_short_text_beyond_a_rule_stays_where_nothing_else_was_found() -> None:
    line, other = (40.0, 100.0, 262.0, 120.0), (300.0, 100.0, 400.0, 120.0)
    assert (240.0, 100.0, 262.0, 120.0) in part_at_rules([line, other], [(240.0, 60.0, 340.0)])
    assert without_scraps([(0.0, 0.0, 20.0, 20.0)], [(0.0, 30.0, 90.0, 50.0)]) != []


def test_characters_one_below_the_other_are_parted_and_a_line_stays_whole() -> None:
    picture = np.full((200, 200, 3), 250, np.uint8)
    picture[20:38, 20:38] = 20
    for y in (45, 53, 61):  # 三 has gaps of its own
        picture[y : y + 2, 20:38] = 20
    picture[70:88, 20:38] = 20
    picture[100:118, 20:118] = 20
    stack, line = (15.0, 15.0, 43.0, 93.0), (15.0, 95.0, 123.0, 123.0)
    parted = part_stacks(picture, [stack, line], 20)
    middles = [(top + bottom) / 2 for _, top, _, bottom in parted]
    assert [round(middle) for middle in middles] == [29, 54, 79, 109]
    assert parted[-1] == line


def test_a_picture_higher_than_wide_that_is_no_stack_stays_whole() -> None:
    picture = np.full((200, 200, 3), 250, np.uint8)
    picture[20:90, 20:38] = 20
    assert part_stacks(picture, [(15.0, 15.0, 43.0, 93.0)], 20) == [(15.0, 15.0, 43.0, 93.0)]
