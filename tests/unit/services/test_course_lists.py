"""Course lists as clerks copy them: from a sheet, a Word table, a PDF's lines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.services.course_lists import read_courses, read_courses_html

SHEET = """課程項目\t課程名稱\t時數
當前政府重大政策\t雙軸轉型淨零港都\t1
環境教育\t全球淨零趨勢帶給高雄的挑戰與機會\t2
\t零廢時尚：不可不知道的永續時尚趨勢\t1
\t合計\t4
"""

BARE_SHEET = "1\t環境教育\t零廢時尚：不可不知道的永續時尚趨勢\t1.5\r\n2\t\t減碳策略\t2\r\n3\t人工智慧\t智在高雄~智慧城市\t1\r\n"

CELLS = """宏觀思維
兩岸情勢概述
2

決策能力
打造好政策，政府好出色
1

團隊建立與願景型塑
2
合計
5
"""

LINES = """第一套 課程清單
1. 5G 網路、應用與資安議題 1 小時
2. 懸浮微粒—小粒子的大衝擊 2小時
3. 【資安通識】面對資通安全管理法該如何應對及
生活化資安意識的提升 2
合計 5 小時
"""


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(c.category, c.name, str(c.hours)) for c in read_courses(text).courses]


def test_cells_of_a_sheet_are_read_by_their_headings() -> None:
    assert rows(SHEET) == [
        ("當前政府重大政策", "雙軸轉型淨零港都", "1"),
        ("環境教育", "全球淨零趨勢帶給高雄的挑戰與機會", "2"),
        ("環境教育", "零廢時尚：不可不知道的永續時尚趨勢", "1"),
    ]
    assert [(r.line, r.reason) for r in read_courses(SHEET).refused] == [
        (1, "這一行是欄名"),
        (5, "這一行是合計"),
    ]


def test_cells_without_headings_are_read_by_what_stands_in_them() -> None:
    assert rows(BARE_SHEET) == [
        ("環境教育", "零廢時尚：不可不知道的永續時尚趨勢", "1.5"),
        ("環境教育", "減碳策略", "2"),
        ("人工智慧", "智在高雄~智慧城市", "1"),
    ]


def test_cells_in_lines_of_their_own_are_put_together() -> None:
    assert rows(CELLS) == [
        ("宏觀思維", "兩岸情勢概述", "2"),
        ("決策能力", "打造好政策，政府好出色", "1"),
        ("決策能力", "團隊建立與願景型塑", "2"),
    ]
    assert [r.text for r in read_courses(CELLS).refused] == ["合計", "5"]


def test_lines_of_a_pdf_end_with_the_hours_and_a_broken_name_is_joined_and_said_so() -> None:
    found = read_courses(LINES)
    assert [(c.name, str(c.hours), c.is_joined) for c in found.courses] == [
        ("5G 網路、應用與資安議題", "1", False),
        ("懸浮微粒—小粒子的大衝擊", "2", False),
        ("【資安通識】面對資通安全管理法該如何應對及生活化資安意識的提升", "2", True),
    ]
    assert [(r.line, r.reason) for r in found.refused] == [
        (1, "這一行沒有時數"),
        (6, "這一行是合計"),
    ]


def test_a_web_table_is_read_like_a_sheet() -> None:
    html = (
        "<table><tr><th>課程名稱</th><th>時數</th></tr>"
        "<tr><td>人權大步走：行政執行篇</td><td>1小時</td></tr></table>"
    )
    assert [(c.name, c.hours) for c in read_courses_html(html).courses] == [
        ("人權大步走：行政執行篇", Decimal(1))
    ]


@pytest.mark.parametrize("text", [SHEET, BARE_SHEET, CELLS, LINES, "亂七八糟", "甲\t乙\n丙\t丁"])
def test_no_line_vanishes(text: str) -> None:
    found = read_courses(text)
    seen = "".join(
        [f"{c.category}{c.name}{c.hours}" for c in found.courses] + [r.text for r in found.refused]
    ).replace(" ", "")
    for line in text.splitlines():
        for cell in line.split("\t"):
            words = cell.replace("小時", "").replace(" ", "")
            if words.isdigit() or not words:
                continue
            assert words.strip("0123456789.") in seen, line


def test_a_table_without_hours_is_refused_line_by_line() -> None:
    found = read_courses("甲\t乙\n丙\t丁")
    assert found.courses == ()
    assert [r.line for r in found.refused] == [1, 2]
