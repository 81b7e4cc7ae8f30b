"""A workbook without some sheets and columns: formulas, charts and totals stay sound."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from desktop.exports import write_ods, write_xlsx
from desktop.exports.selecting import NothingLeftError, without
from desktop.exports.summary_sheets import summary_workbook
from desktop.exports.table_model import Formula, SheetContent, WorkbookContent
from tests.unit.exports.sample_content import summary_content

NONE: frozenset = frozenset()


@pytest.fixture
def whole() -> WorkbookContent:
    return summary_workbook(summary_content())


def sheet(content: WorkbookContent, title: str) -> SheetContent:
    return next(one for one in content.sheets if one.title == title)


def test_nothing_left_out_is_the_whole_workbook(whole: WorkbookContent) -> None:
    assert without(whole, NONE, NONE) == whole


def test_sheets_are_left_out_by_title(whole: WorkbookContent) -> None:
    titles = [one.title for one in whole.sheets]
    kept = without(whole, frozenset({"拒收", "課程明細"}), NONE)
    assert [one.title for one in kept.sheets] == [
        title for title in titles if title not in ("拒收", "課程明細")
    ]


def test_leaving_everything_out_is_refused_in_words(whole: WorkbookContent) -> None:
    with pytest.raises(NothingLeftError, match="請至少勾選一張"):
        without(whole, frozenset(one.title for one in whole.sheets), NONE)


def test_formula_over_a_column_left_out_gives_way_to_its_value(whole: WorkbookContent) -> None:
    kept = sheet(without(whole, NONE, frozenset({("Units", "completed_all")})), "總表")
    table = kept.tables[0]
    assert "completed_all" not in [column.key for column in table.columns]
    place = table.column_index("rate")
    before = sheet(whole, "總表").tables[0]
    for row, old in zip(table.rows, before.rows, strict=True):
        formula = old.cells[before.column_index("rate")]
        assert isinstance(formula, Formula)
        assert row.cells[place] == formula.value
    # Sums of columns that stay are formulas still.
    assert isinstance(table.rows[-1].cells[table.column_index("headcount")], Formula)


@pytest.mark.parametrize(
    ("column", "charts"),
    [
        ("rate", ["從名冊到全部完成（人數）"]),
        ("unit", ["從名冊到全部完成（人數）"]),
        ("with_records", ["各單位完成率", "從名冊到全部完成（人數）"]),
    ],
)
def test_charts_are_drawn_of_what_stays(
    whole: WorkbookContent, column: str, charts: list[str]
) -> None:
    kept = sheet(without(whole, NONE, frozenset({("Units", column)})), "總表")
    assert [chart.title for chart in kept.charts] == charts
    keys = {c.key for c in kept.tables[0].columns}
    assert all(set(chart.value_keys) <= keys for chart in kept.charts)


def test_total_keeps_its_word_and_frozen_columns_follow(whole: WorkbookContent) -> None:
    kept = sheet(without(whole, NONE, frozenset({("People", "employee_id")})), "明細")
    assert kept.frozen_columns == 1
    total = sheet(without(whole, NONE, frozenset({("Refused", "file")})), "拒收").tables[0].rows[-1]
    assert total.cells[0] == "合計"


def test_sheet_that_loses_every_column_goes(whole: WorkbookContent) -> None:
    names = frozenset(("People", c.key) for c in sheet(whole, "明細").tables[0].columns)
    assert "明細" not in [one.title for one in without(whole, NONE, names).sheets]


def test_both_writers_take_what_is_left(whole: WorkbookContent) -> None:
    columns = frozenset({("Units", "unit"), ("People", "name"), ("Records", "reasons")})
    kept = without(whole, frozenset({"說明"}), columns)
    book = openpyxl.load_workbook(BytesIO(write_xlsx(kept)))
    assert book.sheetnames == [one.title for one in kept.sheets]
    headings = [
        cell.value for row in book["明細"].iter_rows(max_row=6) for cell in row if cell.value
    ]
    assert "人員代號" in headings
    assert "姓名" not in headings
    assert write_ods(kept).startswith(b"PK")
