"""The summary block of a portal page: evidence beside the rows, in every shape it comes in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.evidence import EvidenceKind, Extraction
from desktop.domain.yearly_hours import StatedHours
from desktop.importers.reading import from_clipboard, read_file
from tests.unit.importers.conftest import Build

SAMPLES = Path(__file__).parents[2] / "samples" / "hsinchu-109" / "input" / "records"
HEADINGS = ["課程名稱", "期別", "學習機關(構)", "上課期間", "時數", "服務機關", "職稱", "官職等",
            "假別", "學習類別", "業務相關"]  # fmt: skip
ROW = ["傳染病防治", "1", "公務人力發展學院", "起:1090101 迄:1091231 登:1090519", "1小時",
       "新竹市政府", "技士", "", "", "數位", "*"]  # fmt: skip
BLOCK = [
    ["通過總學習時數", "30小時"],
    ["每年必須完成之課程總學習時數(10小時)", "6小時"],
    ["當前政府重大政策(1小時)", "0小時"],
    ["環境教育(4小時)", "2.5小時"],
]
YEAR = "課程名稱：　期別：　年度：109　查詢"


def html(*parts: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'.encode()


def table(rows: list[list[str]]) -> str:
    lines = ("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table>{''.join(lines)}</table>"


def only(content: bytes, name: str = "H0002_洪婉慈.html") -> Extraction:
    (extraction,) = read_file(name, content)
    assert extraction.kind is EvidenceKind.PORTAL_HOURS
    return extraction


def figures(stated: StatedHours) -> list[tuple[str, Decimal]]:
    return [(figure.title, figure.hours) for figure in stated.figures]


READ = [
    ("通過總學習時數", Decimal(30)),
    ("每年必須完成之課程總學習時數", Decimal(6)),
    ("當前政府重大政策", Decimal(0)),
    ("環境教育", Decimal("2.5")),
]


def test_block_of_a_saved_page_is_read_beside_the_rows() -> None:
    found = only(
        html(f"<div>姓名：洪婉慈</div><div>{YEAR}</div>", table(BLOCK), table([HEADINGS, ROW]))
    )
    (stated,) = found.stated
    assert figures(stated) == READ
    assert [figure.asked for figure in stated.figures] == [None, 10, 1, 4]
    assert (stated.year, stated.employee_id, stated.person_name) == (109, "H0002", "洪婉慈")
    assert (len(found.rows), found.rows_in, found.refusals, found.remarks) == (1, 1, (), ())


def test_block_above_the_headings_of_a_sheet_is_read(build: type[Build]) -> None:
    content = build.xlsx([[YEAR], *BLOCK, [], HEADINGS, ROW], sheet="學習時數")
    (stated,) = only(content, "H0002_洪婉慈.xlsx").stated
    assert figures(stated) == READ
    assert (stated.year, stated.place.sheet, stated.employee_id) == (109, "學習時數", "H0002")


def test_block_of_a_pasted_page_is_read() -> None:
    pasted = html(f"<div>{YEAR}</div>", table(BLOCK), table([HEADINGS, ROW])).decode()
    (stated,) = from_clipboard(pasted, None).stated
    assert figures(stated) == READ


def test_block_written_as_lines_of_text_is_read() -> None:
    lines = "<br>".join(f"{label}　{hours}" for label, hours in BLOCK)
    (stated,) = only(html(f"<div>{YEAR}</div><div>{lines}</div>", table([HEADINGS, ROW]))).stated
    assert figures(stated) == READ


def test_block_without_a_year_is_kept_and_said() -> None:
    found = only(html(table(BLOCK), table([HEADINGS, ROW])))
    assert found.stated[0].year is None
    (remark,) = found.remarks
    assert "沒有顯示年度" in remark


def test_hours_that_do_not_read_are_left_out_and_named() -> None:
    block = [*BLOCK[:3], ["環境教育(4小時)", "○小時"]]
    found = only(html(f"<div>{YEAR}</div>", table(block), table([HEADINGS, ROW])))
    assert figures(found.stated[0]) == READ[:3]
    (remark,) = found.remarks
    assert "「環境教育(4小時)」讀不出時數" in remark


def test_a_page_without_the_yearly_total_has_no_block() -> None:
    found = only(html(f"<div>{YEAR}</div>", table(BLOCK[:1]), table([HEADINGS, ROW])))
    assert found.stated == ()


def test_blocks_of_two_people_in_one_file_keep_their_people() -> None:
    found = only(
        html(
            f"<div>姓名：洪婉慈</div><div>{YEAR}</div>", table(BLOCK), table([HEADINGS, ROW]),
            f"<div>姓名：吳喆安</div><div>{YEAR}</div>", table(BLOCK), table([HEADINGS, ROW]),
        ),
        "合併.html",
    )  # fmt: skip
    assert [stated.person_name for stated in found.stated] == ["洪婉慈", "吳喆安"]
    assert [row.person_name for row in found.rows] == ["洪婉慈", "吳喆安"]


@pytest.mark.parametrize(
    ("name", "year", "total", "lines"),
    [
        ("H0001_王信雯.html", 109, 9, [1, 4, 2, 3]),
        ("H0002_洪婉慈.pdf", 109, 6, [0, 2, 2, 3]),
        ("H0004_吳喆安.pdf", 109, 9, [1, 4, 2, 3]),
        ("H0007_李犇.pdf", 109, 9, [1, 4, 2, 3]),
        ("H0008_李犇.html", 109, 8, [1, 4, 2, 2]),
    ],
)
def test_block_of_a_sample_is_read_as_it_stands(
    name: str, year: int, total: int, lines: list[int]
) -> None:
    (stated,) = only((SAMPLES / name).read_bytes(), name).stated
    assert stated.year == year
    assert [figure.hours for figure in stated.figures[-5:]] == [total, *lines]
    assert stated.employee_id == name[:5]
    if name.endswith(".pdf"):
        assert stated.place.page == 1
        assert len(stated.place.boxes) == len(stated.figures)


def test_a_list_of_many_people_has_no_block() -> None:
    name = "學習時數清冊.xlsx"
    assert only((SAMPLES / name).read_bytes(), name).stated == ()


NO_COURSES = [["查無資料"]]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param([], id="no table"),
        pytest.param([table([HEADINGS])], id="headings alone"),
        pytest.param([table([HEADINGS, *NO_COURSES])], id="headings and 查無資料"),
        pytest.param(["<p>查無資料</p>"], id="查無資料 as text"),
    ],
)
def test_block_of_a_year_without_courses_is_taken_by_itself(below: list[str]) -> None:
    found = only(html(f"<div>姓名：洪婉慈</div><div>{YEAR}</div>", table(BLOCK), *below))
    (stated,) = found.stated
    assert figures(stated) == READ
    assert (stated.year, stated.employee_id) == (109, "H0002")
    assert (found.rows, found.refusals) == ((), ())
    assert "只有時數摘要，沒有任何課程列" in found.remarks[-1]


def test_block_in_lines_of_text_is_taken_by_itself() -> None:
    lines = "".join(f"<div>{label}：{hours}</div>" for label, hours in BLOCK)
    (stated,) = only(html(f"<div>{YEAR}</div>", lines)).stated
    assert figures(stated) == READ


def test_block_beside_rows_that_cannot_be_used_is_kept_with_their_reasons() -> None:
    bad = [*ROW]
    bad[3] = "起:1090101 迄:1091231 登:03/04/2020"
    found = only(html(f"<div>{YEAR}</div>", table(BLOCK), table([HEADINGS, bad])))
    assert [refusal.rows for refusal in found.refusals] == [1]
    assert len(found.stated) == 1


def test_figures_that_are_not_the_portals_are_no_page_of_it() -> None:
    (extraction,) = read_file(
        "a.html", html(table([["通過總學習時數", "30小時"], ["其他", "2小時"]]))
    )
    assert extraction.kind is None
