"""Printed tables whose text is too long for its column, with and without rules between cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop.importers.document import Source
from desktop.importers.readers.pdf import read_pdf
from desktop.importers.reading import read_file

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
HEADINGS = ("No.", "課程類型", "課程名稱", "上課期間", "閱讀時數", "通過狀態", "認證時數")
WIDTHS = (24, 44, 150, 80, 60, 60, 60)
LEFT, TOP, LINE, SIZE = 30.0, 760.0, 12.0, 9.0
COURSES = (
    ("雙軸轉型淨零港都", "(PCENTER114100001)"),
    ("族群關係與族群主流化", "(PCENTER114100002)"),
    ("失智友善好厝邊", "(PKCG114100003)"),
    ("公務人員如何維持行政中立", "(PKCG114100004)"),
)
START = datetime(2025, 4, 27, 21, 26, 13)


@pytest.fixture(scope="module")
def font() -> str:
    pdfmetrics.registerFont(TTFont("AdversarialKai", str(FONTS / "GongyuKai-Regular.ttf")))
    return "AdversarialKai"


def moments(number: int) -> tuple[datetime, datetime]:
    start = START + timedelta(days=number, seconds=11 * number)
    return start, start + timedelta(hours=1, minutes=3, seconds=48)


def rows() -> list[list[Sequence[str]]]:
    """Cells of a table, each as its lines."""
    found: list[list[Sequence[str]]] = []
    for number, course in enumerate(COURSES, 1):
        start, end = moments(number)
        period = (f"{start:%Y-%m-%d %H:%M:%S}", "~", f"{end:%Y-%m-%d %H:%M:%S}")
        found.append(
            [(str(number),), ("開放式",), course, period, ("00:43:00",), ("已通過",), ("1.0",)]
        )
    return found


def printed(
    font: str, *, with_rules: bool, by_character: bool, title_gap: float, footer: str = ""
) -> bytes:
    """A page whose 上課期間 is wider than its column: it is drawn over the next one.

    Args:
        font: A registered face.
        with_rules: Whether rules stand around the cells.
        by_character: Whether each character is drawn for itself, as some printers do.
        title_gap: Points between the line above the table and the headings.
        footer: What the browser prints below, close to the last row and over its columns.
    """
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(font, SIZE)

    def write(x: float, y: float, text: str) -> None:
        if not by_character:
            canvas.drawString(x, y, text)
            return
        for character in text:
            if character != " ":
                canvas.drawString(x, y, character)
            x += pdfmetrics.stringWidth(character, font, SIZE)

    write(LEFT, TOP + title_gap, "查詢年度：114　課程狀態：全部　共 4 筆")
    edges = [LEFT + sum(WIDTHS[:index]) for index in range(len(WIDTHS) + 1)]
    level = TOP
    levels = [level + LINE]
    table: list[list[Sequence[str]]] = [[(heading,) for heading in HEADINGS], *rows()]
    for cells in table:
        height = LINE * max(len(lines) for lines in cells)
        for left, width, lines in zip(edges, WIDTHS, cells, strict=False):
            drop = (height - LINE * len(lines)) / 2
            for index, line in enumerate(lines):
                length = pdfmetrics.stringWidth(line, font, SIZE)
                x = left + max(3.0, (width - length) / 2)
                write(x, level - drop - index * LINE, line)
        level -= height + 10
        levels.append(level + LINE)
    if with_rules:
        for y in levels:
            canvas.line(edges[0], y, edges[-1], y)
        for x in edges:
            canvas.line(x, levels[0], x, levels[-1])
    write(LEFT + WIDTHS[0] + 6, level + 11, footer)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    "address",
    [
        "file:///C:/Users/wang/LearningRecord.html",
        "https://elearn.hrd.gov.tw/mooc/record.php",
    ],
)
def test_address_printed_close_below_the_last_row_is_no_part_of_it(font: str, address: str) -> None:
    data = printed(font, with_rules=False, by_character=False, title_gap=40.0, footer=address)
    (extraction,) = read_file("王小明 學習紀錄.pdf", data)
    assert [row.course_name for row in extraction.rows] == [name for name, _ in COURSES]


@pytest.mark.parametrize(
    ("with_rules", "by_character"), [(True, False), (True, True), (False, False)]
)
@pytest.mark.parametrize("title_gap", [14.0, 40.0])
def test_period_reaching_into_the_next_column_is_read_to_the_second(
    font: str, with_rules: bool, by_character: bool, title_gap: float
) -> None:
    data = printed(font, with_rules=with_rules, by_character=by_character, title_gap=title_gap)
    (extraction,) = read_file("王小明 學習紀錄.pdf", data)
    assert extraction.refusals == ()
    assert [
        (row.course_name, row.course_code, row.start, row.end, row.reading_time)
        for row in extraction.rows
    ] == [
        (name, code.strip("()"), *moments(number), timedelta(minutes=43))
        for number, (name, code) in enumerate(COURSES, 1)
    ]


@pytest.mark.parametrize(
    "period", ["2025-04-27 21:26:1~ 2025-04-27 22:30:01", "2025-04-27 21:2~ 2025-04-27 22:30"]
)
def test_clock_that_lost_a_digit_is_refused_not_completed(period: str) -> None:
    sheet = (
        "人員代號,課程名稱,上課期間,通過狀態,認證時數\n"
        f"A0001,雙軸轉型淨零港都,{period},已通過,1.0\n"
    )
    (extraction,) = read_file("a.csv", sheet.encode())
    assert extraction.rows == ()
    assert [refusal.reason.value for refusal in extraction.refusals] == ["bad_date"]


def test_space_between_the_lines_of_a_double_rule_is_no_row(font: str) -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(font, SIZE)
    for index, words in enumerate(("課程名稱", "雙軸轉型淨零港都")):
        canvas.drawString(60, 705 - 30 * index, words)
        canvas.drawString(210, 705 - 30 * index, "1.0")
    for level in (720, 690, 660):
        for y in (level, level - 3.2):
            canvas.line(50, y, 350, y)
    for x in (50, 200, 350):
        canvas.line(x, 720, x, 656.8)
    canvas.save()
    (table,) = read_pdf(Source("0" * 64, "a.pdf"), out.getvalue()).tables
    assert [row.cells for row in table.rows] == [("課程名稱", "1.0"), ("雙軸轉型淨零港都", "1.0")]
