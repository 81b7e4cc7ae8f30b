"""Readings of one piece at several scales, and strokes that are rules or are none."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.importers.optical.engine import ReadLine
from desktop.importers.optical.grid import GridCell, Layout, PictureTable
from desktop.importers.optical.lines import Piece
from desktop.importers.optical.page import _lost_lines
from desktop.importers.optical.ruling import find_rules
from desktop.importers.optical.settling import SURE, settle, settle_name
from desktop.importers.persons import NamedPerson, nearly_same_name
from desktop.importers.readers.pdf_page import Glyph


def line(text: str, *doubts: float) -> ReadLine:
    certainties = (*doubts, *[1.0] * len(text))[: len(text)]
    return ReadLine(text, certainties, tuple((i + 0.5) / len(text) for i in range(len(text))))


@pytest.mark.parametrize(
    ("lines", "text", "agrees"),
    [
        ([line("00:51:32")], "00:51:32", True),
        ([line("00:51:32"), line("00:51:32")], "00:51:32", True),
        ([line("2025-01-04 08:00:00~"), line("2025-01-0408:00:00")], "2025-01-04 08:00:00~", True),
        ([line("00:51:32"), line("00:51:22"), line("00:51:32")], "00:51:32", False),
        ([line("8:51", 0.5), line("3:51"), line("3:51")], "3:51", True),
        ([line("8:51", 0.5), line("3:51", 0.8), line("3:51")], "3:51", False),
        ([line("8:51", 0.9), line("3:51"), line("3:51")], "3:51", False),
        ([line("1.0"), line("10"), line("1.0")], "1.0", False),
        ([line("1"), line("2"), line("3")], "1", False),
    ],
)
def test_readings_are_settled_only_where_two_agree_and_nothing_sure_speaks_against_them(
    lines: list[ReadLine], text: str, agrees: bool
) -> None:
    settled = settle(tuple(lines))
    assert (settled.text, settled.agrees) == (text, agrees)


def test_uncertain_digit_is_under_the_threshold() -> None:
    assert settle((line("00:51:32", 0.6),)).certainty < SURE
    assert settle((line("~-~", 0.1),)).certainty == 1.0


def test_readings_that_agree_are_as_sure_as_the_less_sure_one() -> None:
    settled = settle((line("00:51:32"), line("00:51:32", 0.8)))
    assert (settled.agrees, settled.certainty, settled.least) == (True, 1.0, 0.8)
    disputed = settle((line("8:51", 0.5), line("3:51", 0.95), line("3:51")))
    assert (disputed.text, disputed.least) == ("3:51", 0.95)


@pytest.mark.parametrize(
    ("lines", "text", "agrees"),
    [
        ([line("永續時尚超勢", 1, 1, 1, 1, 0.5), line("永續時尚趨勢")], "永續時尚趨勢", True),
        ([line("探討(A)"), line("探討(8)")], "探討(A)", False),
        ([line("人權搜查客Ⅱ"), line("人權搜查客II")], "人權搜查客II", True),
        ([line("雙軸 (PCENTER114100556)"), line("雙軸 (PCENTER114100558)")],
         "雙軸 (PCENTER114100556)", True),
    ],
)  # fmt: skip
def test_name_of_a_course_is_its_likeliest_reading_but_letters_have_to_agree(
    lines: list[ReadLine], text: str, agrees: bool
) -> None:
    settled = settle_name(tuple(lines))
    assert (settled.text, settled.agrees) == (text, agrees)


def test_rules_are_told_from_a_row_of_characters() -> None:
    picture = np.full((300, 800, 3), 255, np.uint8)
    for y in (50, 120, 190):
        picture[y, 40:760] = 150
    for x in (40, 400, 760):
        picture[50:191, x] = 150
    for x in range(60, 380, 12):  # characters, a stroke and a gap
        picture[85:88, x : x + 9] = 20
    found = find_rules(picture, 20, [(55, 75, 385, 95)])
    assert [round(y) for y, _, _ in found.horizontals] == [50, 120, 190]
    assert [round(x) for x, _, _ in found.verticals] == [40, 400, 760]
    assert (found.bare[86] == picture[86]).all(axis=1)[45:395].all()
    assert found.bare[120, 200:380].min() > 230


def test_faint_rules_between_stripes_of_a_clean_picture_are_found() -> None:
    picture = np.full((400, 800, 3), 255, np.uint8)
    picture[50:120] = picture[190:260] = 246
    for y in (50, 120, 190, 260, 330):
        picture[y, 40:760] = 226
    for x in (40, 400, 760):
        picture[50:331, x] = 226
    found = find_rules(picture, 20, [])
    assert [round(y) for y, _, _ in found.horizontals] == [50, 120, 190, 260, 330]
    assert [round(x) for x, _, _ in found.verticals] == [40, 400, 760]
    # Each runs from the first level rule to the last, not only along a stripe.
    assert all(top <= 53 and bottom >= 327 for _, top, bottom in found.verticals)


def test_short_stroke_beside_a_long_rule_parts_no_column() -> None:
    picture = np.full((400, 800, 3), 255, np.uint8)
    for y in (50, 120, 330):
        picture[y, 40:760] = 150
    for x in (40, 400, 760):
        picture[50:331, x] = 150
    picture[50:121, 600] = 150  # a rule of its own, under a heading over two columns
    picture[53:118, 394] = picture[53:118, 406] = 235  # what JPEG leaves on a grey heading
    found = find_rules(picture, 20, [])
    assert [round(x) for x, _, _ in found.verticals] == [40, 400, 600, 760]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("2025-01-04 08:00:00~ 2025-", 1),
        ("登:1140503", 1),
        ("列印時間 2025-01-04 08:00:00", 0),
        ("下午 03:18", 0),
    ],
)
def test_row_that_a_table_cut_short_leaves_outside_is_counted(text: str, lost: int) -> None:
    piece = Piece((0, 300, 200, 320), line(text))
    glyph = Glyph("2", 0, 1, 0, 8, 0)
    cell = GridCell((), (0, 0, 100, 100))
    table = PictureTable(((cell,),), opens_mid_row=False, ends_mid_row=True)
    assert _lost_lines(Layout((table,), (glyph, glyph), None), [piece]) == lost
    # Where no table was found at all the file is refused as a whole.
    assert _lost_lines(Layout((), (glyph,), None), [piece]) == 0


@pytest.mark.parametrize(
    ("read", "typed", "is_near"),
    [
        ("林森廷", "林𡘙廷", True),
        ("林森廷", "林森廷", False),
        ("林淑芬", "林淑芳", False),
        ("森", "𡘙", False),
        ("林森", "林𡘙廷", False),
    ],
)
def test_name_in_a_picture_only_rare_characters_of_the_typed_name_are_forgiven(
    read: str, typed: str, is_near: bool
) -> None:
    near = nearly_same_name(NamedPerson(None, read), NamedPerson(None, typed))
    assert near is is_near
