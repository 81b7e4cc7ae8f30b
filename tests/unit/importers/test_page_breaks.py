"""Tables over page breaks, built cell by cell: what is joined and what stays apart."""

from __future__ import annotations

from desktop.domain.provenance import PageBox
from desktop.importers.document import Document, GridRow, Source, Table, TextBlock
from desktop.importers.learning_kinds import EplusRecords, PortalHours

HEADINGS = ("No.", "課程名稱", "上課期間", "通過狀態", "認證時數")
PORTAL_HEADINGS = ("課程名稱", "期別", "上課期間", "時數")


def row(page: int, *cells: str) -> GridRow:
    return GridRow(cells, boxes=((page, PageBox(0.1, 0.1, 0.9, 0.2)),))


def table(page: int, *rows: tuple[str, ...], opens: bool = False, ends: bool = False) -> Table:
    grid = tuple(row(page, *cells) for cells in rows)
    return Table(grid, page=page, opens_mid_row=opens, ends_mid_row=ends)


def read(*blocks: Table | TextBlock, kind: type = EplusRecords):
    return kind().extract(Document(Source("0" * 64, "a.pdf"), blocks))


ONE = ("1", "甲課", "2025-01-04 08:00:00~\n2025-01-04 09:00:00", "已通過", "1.0")
TWO = ("2", "乙課", "2025-01-05 08:00:00~\n2025-01-05 09:00:00", "已通過", "2.0")
HEAD = ("2", "乙", "2025-01-05 08:00:00~", "已通過", "2.0")
TAIL = ("", "課", "2025-01-05 09:00:00", "", "")


def courses(extraction) -> list[str]:
    return [item.course_name for item in extraction.rows]


def test_row_cut_by_the_break_is_one_row_with_and_without_repeated_headings() -> None:
    for repeated in ((), (HEADINGS,)):
        extraction = read(
            table(1, HEADINGS, ONE, HEAD, ends=True),
            table(2, *repeated, TAIL, opens=not repeated),
        )
        assert courses(extraction) == ["甲課", "乙\n課"]
        assert extraction.rows[1].end.isoformat() == "2025-01-05T09:00:00"
        assert [page for page, _ in extraction.rows[1].place.boxes] == [1, 2]
        assert extraction.rows[1].place.reference == "a.pdf#p1r2"
        assert extraction.refusals == ()


def test_cut_is_known_by_the_missing_number_where_rules_close_at_the_break() -> None:
    extraction = read(table(1, HEADINGS, ONE, HEAD), table(2, TAIL, ("3", *TWO[1:])))
    assert courses(extraction) == ["甲課", "乙\n課", "乙課"]
    assert extraction.rows[2].place.reference == "a.pdf#p2r1"


def test_number_printed_below_the_break_still_joins() -> None:
    upper = ("", "乙", "2025-01-05 08:00:00~", "", "")
    lower = ("2", "課", "2025-01-05 09:00:00", "已通過", "2.0")
    extraction = read(table(1, HEADINGS, ONE, upper, ends=True), table(2, lower, opens=True))
    assert courses(extraction) == ["甲課", "乙\n課"]


def test_two_numbered_rows_are_never_joined() -> None:
    extraction = read(table(1, HEADINGS, ONE, ends=True), table(2, HEADINGS, TWO))
    assert courses(extraction) == ["甲課", "乙課"]


def test_empty_strip_below_the_break_does_not_swallow_the_next_row() -> None:
    extraction = read(
        table(1, HEADINGS, ONE, ends=True), table(2, ("", "", "", "", ""), ("", *TWO[1:]))
    )
    assert courses(extraction) == ["甲課", "乙課"]


def test_empty_strip_above_the_break_does_not_join_the_row_before() -> None:
    extraction = read(
        table(1, HEADINGS, ONE, ("", "", "", "", ""), ends=True), table(2, TWO, opens=True)
    )
    assert courses(extraction) == ["甲課", "乙課"]


def test_row_over_three_pages_is_one_row() -> None:
    middle = ("", "課之", "", "", "")
    extraction = read(
        table(1, HEADINGS, HEAD, ends=True),
        table(2, HEADINGS, middle, ends=True),
        table(3, HEADINGS, TAIL),
    )
    assert courses(extraction) == ["乙\n課之\n課"]


def test_portal_row_whose_registration_stands_on_the_next_page_is_one_row() -> None:
    extraction = read(
        table(1, PORTAL_HEADINGS, ("甲課", "1", "起:1140101\n迄:1141231", "2小時"), ends=True),
        table(2, PORTAL_HEADINGS, ("", "", "登:1140412", ""), ("乙課", "1", "登:1140413", "1小時")),
        kind=PortalHours,
    )
    assert [(item.course_name, f"{item.completed_on}") for item in extraction.rows] == [
        ("甲課", "2025-04-12"),
        ("乙課", "2025-04-13"),
    ]


def test_page_with_another_number_of_columns_is_refused_with_its_rows() -> None:
    extraction = read(table(1, HEADINGS, ONE), table(2, TWO[:4], TWO[:4]))
    assert courses(extraction) == ["甲課"]
    (refusal,) = extraction.refusals
    assert refusal.rows == 2
    assert "第 2 頁" in refusal.message
    assert extraction.rows_in == 3


def test_rows_follow_the_name_above_them() -> None:
    extraction = read(
        TextBlock("姓名：王小明", 1),
        table(1, HEADINGS, ONE),
        TextBlock("姓名：⾼峯瑜  單位：人事室", 1),
        table(1, HEADINGS, ONE),
        TextBlock("學習紀錄  2/2", 2),
        table(2, TWO),
    )
    assert [item.person_name for item in extraction.rows] == ["王小明", "⾼峯瑜", "⾼峯瑜"]
