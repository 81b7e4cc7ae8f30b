"""What the pages share: QR 碼s, fitting, justified lines, the order of faces in one line."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from forms.application114 import Application114Form
from forms.booklet import qr_content
from forms.document import ContentTooLongError, Kind
from forms.sheet import qr_modules
from forms.textfit import POINT, Style, TextFitter


@pytest.fixture
def fitter(chain) -> TextFitter:
    return TextFitter(chain)


def test_qr_code_says_format_number_and_kind_only() -> None:
    assert qr_content("KH-114-000123", Kind.APPLICATION) == "GY1 KH-114-000123 A"


@pytest.mark.parametrize(
    ("number", "version"), [("KH-114-000123", 2), ("KHKH-114-000123456", 2), ("K" * 60, 4)]
)
def test_qr_code_is_version_2_and_grows_only_for_a_long_number(number, version) -> None:
    code = qr_modules(qr_content(number, Kind.APPLICATION))

    assert len(code) == 17 + 4 * version
    assert all(len(row) == len(code) for row in code)


def test_qr_code_has_its_three_finders() -> None:
    code = qr_modules("GY1 KH-114-000123 A")
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]

    def corner(row: int, column: int) -> list[str]:
        return [
            "".join("01"[cell] for cell in code[row + i][column : column + 7]) for i in range(7)
        ]

    assert corner(0, 0) == corner(0, 18) == corner(18, 0) == finder


def test_space_is_measured_narrow(fitter) -> None:
    assert fitter.width("甲 1", 10) == pytest.approx((1 + 0.28 + 0.5) * 10 * POINT, abs=0.01)


@pytest.mark.parametrize(
    ("length", "size", "lines"),
    [
        (10, 12, 1),  # ten at 12 points fill the line
        (11, 10.5, 1),
        (15, 8, 1),
        (16, 8, 2),  # at 8 points it takes another line
        (40, 8, 3),
    ],
)
def test_text_shrinks_by_half_points_to_eight_and_then_takes_lines(
    fitter, length, size, lines
) -> None:
    fitted = fitter.fitted("字" * length, Style(size=12), width=10 * 12 * POINT)

    assert (fitted.style.size, len(fitted.lines)) == (size, lines)


def test_one_line_text_without_room_is_refused_with_its_place(fitter) -> None:
    with pytest.raises(ContentTooLongError, match="表名「字字"):
        fitter.one_line("字" * 100, Style(size=18), width=100, where="表名")


def test_notes_are_justified_to_one_right_edge(chain, application, pages) -> None:
    (page,) = pages(Application114Form(chain).render([application()]))

    in_notes = [b for b in page.characters if 168 < b.top < 230]
    in_notes.sort(key=lambda b: b.bottom)
    lines = [
        list(group)
        for _, group in itertools.groupby(
            in_notes, key=lambda b: round((b.top + b.bottom) / 2 / 5.0377 - 0.35)
        )
    ]
    full = [max(b.right for b in line) for line in lines if max(b.right for b in line) > 180]
    assert len(full) >= 6
    assert max(full) - min(full) < 2.5  # a closing sign's ink ends before its em does


def test_latin_words_are_not_stretched_when_a_line_is(chain, application, pages) -> None:
    (page,) = pages(Application114Form(chain).render([application()]))

    start = page.words.index("Part2紀錄篇")
    glyphs = page.characters[start : start + 5]
    assert "".join(glyph.text for glyph in glyphs) == "Part2"
    size = 10.5 * POINT
    advance = sum(chain.width_of(c) for c in "Part") * size
    assert glyphs[4].left - glyphs[0].left == pytest.approx(advance, abs=0.35)


def test_forms_printed_in_several_threads_are_those_printed_in_one(chain, application) -> None:
    contents = [application(name=name) for name in ("李𠮷堃", "王喆", "陳犇", "高峯")]

    def render(content) -> bytes:
        return Application114Form(chain).render([content])

    alone = [render(content) for content in contents]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(render, contents)) == alone
