"""Heading rows that are light on dark, rules that cross, and what stands under a table."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.importers.optical.engine import ReadLine
from desktop.importers.optical.footers import last_row
from desktop.importers.optical.heading_band import with_band
from desktop.importers.optical.ruling import find_rules
from desktop.importers.optical.settling import SURE, chance_of_ones, has_code, settle
from desktop.importers.optical.strokes import Stroke, joined
from desktop.importers.optical.upright import _light_throughout
from desktop.importers.readers.pdf_page import Glyph

BAND = (100.0, 50.0, 900.0, 90.0)
TEXT = 20.0


def uprights(*places: int, start: int = 92) -> list[Stroke]:
    return [Stroke(where, start, 400, 1) for where in places]


def level(where: int) -> Stroke:
    return Stroke(where, 100, 900, 1)


def test_band_over_a_table_its_edges_are_rules_and_the_upright_ones_reach_up() -> None:
    levels, found = with_band(
        [level(150), level(400)], uprights(100, 300, 600, 900), BAND, [], TEXT
    )
    assert sorted(rule.where for rule in levels) == [50, 90, 150, 400]
    assert {(rule.where, rule.start) for rule in found} == {
        (100, 50), (300, 50), (600, 50), (900, 50),
    }  # fmt: skip


def test_band_found_twice_the_pale_edge_is_replaced_and_not_doubled() -> None:
    broken = [Stroke(93, 100, 250, 1), Stroke(93, 700, 900, 1), level(150), level(400)]
    levels, _ = with_band(broken, uprights(100, 300, 600, 900), BAND, [], TEXT)
    assert sorted(rule.where for rule in levels) == [50, 90, 150, 400]


def test_heading_over_two_columns_is_not_cut() -> None:
    heading = (200.0, 55.0, 400.0, 85.0)
    _, found = with_band(
        [level(150), level(400)], uprights(100, 300, 600, 900), BAND, [heading], TEXT
    )
    assert {rule.where: rule.start for rule in found}[300] == 90


@pytest.mark.parametrize(
    ("levels", "places"),
    [([level(150)], (100, 900)), ([], (100, 300, 600, 900))],
    ids=["few upright rules", "no level rule"],
)
def test_band_over_rows_without_rules_leaves_none_of_its_own(
    levels: list[Stroke], places: tuple[int, ...]
) -> None:
    inside = [Stroke(400, 51, 89, 1), Stroke(500, 51, 89, 1)]
    kept, found = with_band(
        [level(50), level(90), *levels], uprights(*places) + inside, BAND, [], TEXT
    )
    assert kept == levels
    assert found == uprights(*places)


def test_bar_at_the_foot_of_a_screen_adds_no_rule_to_the_table_above() -> None:
    bar = (0.0, 600.0, 1000.0, 640.0)
    rules = [level(150), level(400)], uprights(100, 300, 600, 900)
    assert with_band(*rules, bar, [], TEXT) == rules


def banded(ground: int, ink: int) -> np.ndarray:
    """A band of 40 rows whose characters fill it but for eight at each edge."""
    picture = np.full((300, 800, 3), 250, np.uint8)
    picture[50:90, 40:760] = ground
    for x in range(60, 700, 12):
        picture[58:82, x : x + 7] = ink
    picture[50:90, 300:302] = 250
    return picture


@pytest.mark.parametrize("ground", [40, 118, 145])
def test_band_light_on_dark_or_on_grey_is_turned_to_its_edges(ground: int) -> None:
    light, bands = _light_throughout(banded(ground, 245), 34)
    assert bands == ((40.0, 50.0, 760.0, 90.0),)
    assert light[60, 750, 0] == 255 - ground
    assert light[70, 62, 0] == 10
    assert (light[100:] == 250).all()


def test_band_dark_on_grey_stays_as_it_is() -> None:
    picture = banded(145, 20)
    light, bands = _light_throughout(picture, 34)
    assert bands == ()
    assert (light == picture).all()


def test_rules_that_thick_rules_cross_are_found_whole() -> None:
    picture = np.full((500, 900, 3), 250, np.uint8)
    ys, xs = range(40, 461, 70), range(40, 861, 82)
    for y in ys:
        picture[y : y + 4, 40:864] = 175
    for x in xs:
        picture[40:464, x : x + 4] = 175
    found = find_rules(picture, 20, [])
    assert [round(y - 1.5) for y, _, _ in sorted(found.horizontals)] == list(ys)
    assert [round(x - 1.5) for x, _, _ in sorted(found.verticals)] == list(xs)
    assert all(bottom - top > 410 for _, top, bottom in found.verticals)


def test_strokes_are_joined_over_a_crossing_and_not_over_a_gap_or_a_step() -> None:
    crossing = [Stroke(10, 0, 50, 3), Stroke(11, 54, 150, 3)]
    (one,) = joined(crossing, 7)
    assert (one.start, one.end, round(one.where, 1)) == (0, 150, 10.7)
    assert len(joined([Stroke(10, 0, 50, 3), Stroke(10, 60, 150, 3)], 7)) == 2
    assert len(joined([Stroke(10, 0, 50, 3), Stroke(15, 54, 150, 3)], 7)) == 2


def text_at(text: str, middle: float) -> list[Glyph]:
    return [
        Glyph(letter, 10.0 * i, 10.0 * i + 10, middle - 5, 10.0, middle, 0)
        for i, letter in enumerate(text)
    ]


ABOVE = [[text_at("課程甲", 200) + text_at("之一", 186), text_at("1", 193)]]


def said(cells: list[list[Glyph]]) -> list[str]:
    return ["".join(glyph.text for glyph in cell) for cell in cells]


def test_footer_farther_down_than_a_line_is_cut_off() -> None:
    name = text_at("課程乙", 100) + text_at("之二", 86) + text_at("客服專線", 64)
    found = last_row(ABOVE, [name, text_at("2", 93)])
    assert said(found.cells) == ["課程乙之二", "2"]
    assert said([list(found.footer)]) == ["客服專線"]
    assert found.doubtful == frozenset()


def test_line_farther_down_that_no_footer_says_is_cut_off_and_the_name_doubtful() -> None:
    name = text_at("課程乙", 100) + text_at("進階", 72)
    found = last_row(ABOVE, [name, text_at("2", 93)])
    assert found.doubtful == frozenset({0})


def test_footer_as_near_as_a_line_leaves_the_name_doubtful() -> None:
    name = text_at("課程乙", 100) + text_at("隱私權政策", 86)
    found = last_row(ABOVE, [name, text_at("2", 93)])
    assert said(found.cells)[0] == "課程乙隱私權政策"
    assert found.doubtful == frozenset({0})


def test_last_row_with_nothing_under_it_stays_whole() -> None:
    cells = [text_at("課程乙", 100) + text_at("之二", 86), text_at("2", 93)]
    found = last_row(ABOVE, cells)
    assert (found.cells, found.footer, found.doubtful) == (cells, (), frozenset())


@pytest.mark.parametrize(("text", "is_sure"), [("登:1140423", True), ("09:10", False)])
def test_colon_behind_a_label_does_not_count_and_one_in_a_number_does(
    text: str, is_sure: bool
) -> None:
    chances = tuple(0.5 if letter == ":" else 1.0 for letter in text)
    line = ReadLine(text, chances, tuple((i + 0.5) / len(text) for i in range(len(text))))
    assert (settle((line,)).certainty >= SURE) is is_sure


@pytest.mark.parametrize("chance", [0.81, 0.99])
def test_name_with_a_one_is_as_sure_as_its_most_doubting_reading(chance: float) -> None:
    sure = ReadLine("懸崖一共", (1.0,) * 4, (0.1, 0.4, 0.6, 0.9))
    other = ReadLine("懸崖一共", (1.0, 0.5, chance, 1.0), (0.1, 0.4, 0.6, 0.9))
    assert chance_of_ones((sure, other)) == chance


@pytest.mark.parametrize(
    ("text", "has"), [("雙軸轉型\n(PCENTER114100556)", True), ("懸崖一共創", False)]
)
def test_name_with_a_code_is_told_from_one_without(text: str, has: bool) -> None:
    assert has_code(text) is has
