"""Portal pages printed without rules: columns and rows from white space alone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop.importers.reading import read_file

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
WIDE = (
    ("課程名稱",),
    ("期別",),
    ("學習機關(構)",),
    ("上課期間",),
    ("時數",),
    ("職稱",),
    ("業務相關",),
)
NARROW = (
    ("課程名稱",),
    ("期", "別"),
    ("學習機關(構)",),
    ("上課期間",),
    ("時", "數"),
    ("服務", "機關"),
    ("官", "職", "等"),
)
COURSES = (
    (("懸浮微粒—小粒", "子的大衝擊"), "106", 2, "1090913"),
    (("傳染病防治",), "1", 1, "1090930"),
    (("網路輿論", "識讀與回應"), "601", 1, "1090102"),
)
NAMES = ["懸浮微粒—小粒子的大衝擊", "傳染病防治", "網路輿論識讀與回應"]
DAYS = ["2020-09-13", "2020-09-30", "2020-01-02"]
LEFT, TOP, LINE, SIZE, PADDING = 40.0, 780.0, 10.5, 9.0, 3.0

Cells = Sequence[Sequence[str]]


@pytest.fixture(scope="module")
def font() -> str:
    pdfmetrics.registerFont(TTFont("RulelessKai", str(FONTS / "GongyuKai-Regular.ttf")))
    return "RulelessKai"


def rows() -> list[Cells]:
    """Cells of the rows, each as its lines."""
    return [
        (
            name,
            (term,),
            ("國家文官", "學院"),
            ("起:1090101", "迄:1091231", f"登:{day}"),
            (f"{hours}小時",),
            ("科員",),
            ("*",),
        )
        for name, term, hours, day in COURSES
    ]


class Page:
    """A printout in the making: cells stand at the left of their columns, headings in the middle."""

    def __init__(self, font: str, width: float) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out)
        self.font, self.width, self.level = font, width, TOP
        self.canvas.setFont(font, SIZE)

    def headings(self, titles: Cells) -> None:
        for column, lines in enumerate(titles):
            middle = LEFT + (column + 0.5) * self.width - PADDING
            for number, text in enumerate(lines):
                self.canvas.drawCentredString(middle, self.level - number * LINE, text)
        self.level -= max(map(len, titles)) * LINE + 2 * PADDING

    def row(self, cells: Cells, *, first: int = 0, last: int = 9) -> None:
        for column, lines in enumerate(cells):
            for number, text in enumerate(lines[first:last]):
                self.canvas.drawString(LEFT + column * self.width, self.level - number * LINE, text)
        self.level -= max(len(lines[first:last]) for lines in cells) * LINE + 2 * PADDING

    def line(self, text: str) -> None:
        self.canvas.drawString(LEFT, self.level, text)
        self.level -= LINE

    def turn(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont(self.font, SIZE)
        self.level = TOP

    def data(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


def learned(data: bytes) -> list[tuple[str, str, str]]:
    (extraction,) = read_file("H0001_王小明 學習時數.pdf", data)
    assert extraction.refusals == ()
    return [
        (row.course_name.replace("\n", ""), str(row.completed_on), str(row.certified_hours))
        for row in extraction.rows
    ]


EXPECTED = list(zip(NAMES, DAYS, ["2", "1", "1"], strict=True))


@pytest.mark.parametrize("titles", [WIDE, NARROW])
def test_cells_left_of_centred_headings_stay_in_their_columns(font: str, titles: Cells) -> None:
    page = Page(font, 74)
    page.headings(titles)
    for cells in rows():
        page.row(cells)
    assert learned(page.data()) == EXPECTED


def test_lines_close_below_the_table_are_no_part_of_its_last_row(font: str) -> None:
    page = Page(font, 74)
    page.headings(WIDE)
    for cells in rows():
        page.row(cells)
    page.level += 2 * PADDING - 1
    page.line("總共 3 筆資料, 目前顯示第 1-3 筆")
    page.line("※ 下方【上課期間】欄位內的(登:年月日)，表示該筆時數建立時間")
    assert learned(page.data()) == EXPECTED


@pytest.mark.parametrize("lines_before_the_cut", [1, 2])
@pytest.mark.parametrize("with_headings", [True, False])
def test_row_cut_by_a_page_break_is_one_row(
    font: str, lines_before_the_cut: int, *, with_headings: bool
) -> None:
    page = Page(font, 74)
    page.headings(WIDE)
    first, second, third = rows()
    page.row(third)
    page.row(first, last=lines_before_the_cut)
    page.turn()
    page.line("109/11/21 下午2:32　　　　公務人員終身學習入口網站")
    if with_headings:
        page.headings(WIDE)
    page.row(first, first=lines_before_the_cut)
    page.row(second)
    assert learned(page.data()) == [EXPECTED[2], EXPECTED[0], EXPECTED[1]]
