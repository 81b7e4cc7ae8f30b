"""The xlsx file as Excel wants it: tables, freezing, printing, charts, colours, same bytes."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from desktop.exports import write_commendation_list_xlsx, write_summary_xlsx
from desktop.exports.content import SummaryContent
from tests.unit.exports.sample_content import (
    CREATED,
    commendation_list_content,
    summary_content,
    units,
)


def workbook_of(data: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def empty_content() -> SummaryContent:
    return replace(
        summary_content(),
        set_titles=(),
        units=(),
        people=(),
        records=(),
        incomplete=(),
        pending=(),
        commendations=(),
        refused=(),
        rows_read=0,
        rows_stored=0,
        rows_refused=0,
        clauses=(),
        files=(),
        decisions=(),
        notes=(),
    )


def odd_titles_content() -> SummaryContent:
    titles = ("全部完成", "套組\n甲", "套組 甲", "", "ABC", "abc", "=1+1")
    count = len(titles)
    return replace(
        summary_content(),
        set_titles=titles,
        units=tuple(replace(unit, completed_per_set=(0,) * count) for unit in units()),
        people=tuple(
            replace(person, set_verdicts=("通過",) * count) for person in summary_content().people
        ),
    )


@pytest.mark.parametrize("content", [summary_content(), empty_content(), odd_titles_content()])
def test_every_table_is_one_that_excel_opens_without_repair(content: SummaryContent) -> None:
    workbook = workbook_of(write_summary_xlsx(content))
    names = [name for worksheet in workbook for name in worksheet.tables]

    assert sorted(names) == sorted(
        ["Units", "People", "Records", "Incomplete", "Pending", "Commendations", "Refused",
         "Clauses", "Files", "Decisions"]
    )  # fmt: skip
    for worksheet in workbook:
        assert not worksheet.merged_cells.ranges
        for table in worksheet.tables.values():
            cells = worksheet[table.ref]
            headings = [cell.value for cell in cells[0]]
            assert len(cells) >= 2, "a table needs a row of data"
            assert all(isinstance(heading, str) and heading.strip() for heading in headings)
            assert len({heading.casefold() for heading in headings}) == len(headings)
            assert not any("\n" in heading for heading in headings)
            assert [column.name for column in table.tableColumns] == headings
            assert table.autoFilter.ref == table.ref


def test_table_ids_are_unique_across_the_workbook() -> None:
    data = write_summary_xlsx(summary_content())
    with zipfile.ZipFile(BytesIO(data)) as package:
        tables = [name for name in package.namelist() if name.startswith("xl/tables/")]
        ids = [ElementTree.fromstring(package.read(name)).attrib["id"] for name in tables]

    assert len(ids) == 10
    assert len(set(ids)) == 10


def test_sheets_without_data_say_so_in_their_only_row() -> None:
    workbook = workbook_of(write_summary_xlsx(empty_content()))

    for title in ("總表", "明細", "課程明細", "未完成", "待確認", "敘獎"):
        assert workbook[title]["A5"].value == "（無）", title
    assert workbook["拒收"]["A6"].value == "（無）"


@pytest.mark.parametrize(
    ("title", "frozen", "repeated"),
    [
        ("總表", "B5", "$4:$4"),
        ("明細", "C5", "$4:$4"),
        ("課程明細", "C5", "$4:$4"),
        ("未完成", "C5", "$4:$4"),
        ("待確認", "C5", "$4:$4"),
        ("敘獎", "B5", "$4:$4"),
        ("拒收", "B6", "$5:$5"),
    ],
)
def test_headings_are_frozen_and_repeated_on_each_page(
    title: str, frozen: str, repeated: str
) -> None:
    worksheet = workbook_of(write_summary_xlsx(summary_content()))[title]

    assert worksheet.freeze_panes == frozen
    assert worksheet.print_title_rows == repeated


def test_explanation_with_unlike_tables_freezes_and_repeats_nothing() -> None:
    worksheet = workbook_of(write_summary_xlsx(summary_content()))["說明"]

    assert worksheet.freeze_panes is None
    assert worksheet.print_title_rows is None


def test_every_sheet_prints_on_a4_landscape_one_page_wide() -> None:
    files = (
        write_summary_xlsx(summary_content()),
        write_commendation_list_xlsx(commendation_list_content()),
    )
    for worksheet in (sheet for data in files for sheet in workbook_of(data)):
        assert worksheet.page_setup.orientation == "landscape"
        assert int(worksheet.page_setup.paperSize) == 9
        assert worksheet.page_setup.fitToWidth == 1
        assert worksheet.page_setup.fitToHeight == 0
        assert worksheet.sheet_properties.pageSetUpPr.fitToPage
        assert worksheet.oddFooter.center.text == "第 &P 頁／共 &N 頁"
        assert worksheet.oddFooter.left.text == "製表 114/09/01 14:05:09　人事室李大華"


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("總表", "$A$1:$M$28"),
        ("明細", "$A$1:$Q$9"),
        ("課程明細", "$A$1:$O$8"),
        ("拒收", "$A$1:$E$8"),
    ],
)
def test_print_area_holds_everything_and_nothing_more(title: str, area: str) -> None:
    worksheet = workbook_of(write_summary_xlsx(summary_content()))[title]

    assert worksheet.print_area == f"'{title}'!{area}"


def test_dates_are_real_and_shown_with_the_roc_year() -> None:
    worksheet = workbook_of(write_summary_xlsx(summary_content()))["課程明細"]

    assert worksheet["F6"].value == datetime(2025, 3, 12, 11, 52, 18)
    assert worksheet["F6"].number_format == "[$-404]e/mm/dd hh:mm:ss"
    assert worksheet["G7"].value == datetime(2025, 6, 30)
    assert worksheet["G7"].number_format == "[$-404]e/mm/dd"


def test_totals_are_formulas_over_the_rows_they_stand_under() -> None:
    worksheet = workbook_of(write_summary_xlsx(summary_content()))["總表"]

    assert worksheet["B8"].value == "=SUM(B5:B7)"
    assert worksheet["K8"].value == "=SUM(K5:K7)"
    assert worksheet["G5"].value == "=IF(C5=0,0,F5/C5)"
    assert worksheet["G8"].value == "=IF(C8=0,0,F8/C8)"
    assert worksheet.tables["Units"].ref == "A4:M7", "the total stands outside the filters"


def chart_parts(data: bytes) -> list[dict[str, Any]]:
    """Read each chart's references and cached points from the package itself."""
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    parts = []
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = sorted(name for name in package.namelist() if re.match(r"xl/charts/chart\d", name))
        for name in names:
            series = ElementTree.fromstring(package.read(name)).find(f".//{space}ser")
            assert series is not None
            part: dict[str, Any] = {}
            for key in ("cat", "val"):
                element = series.find(f"{space}{key}")
                assert element is not None
                part[f"{key} reference"] = element.findtext(f".//{space}f")
                part[key] = [point.text for point in element.iter(f"{space}v")]
            parts.append(part)
    return parts


def test_units_sheet_has_completion_and_funnel_charts_over_its_cells() -> None:
    data = write_summary_xlsx(summary_content())

    assert chart_parts(data) == [
        {
            "cat reference": "'總表'!$A$5:$A$7",
            "cat": ["秘書室", "民政課", "清潔隊"],
            "val reference": "'總表'!$G$5:$G$7",
            "val": ["0.3333333333333333", "0.5", "0"],
        },
        {
            "cat reference": "'總表'!$B$4:$F$4",
            "cat": ["人數", "適用對象", "有學習紀錄", "完成一套以上", "全部完成"],
            "val reference": "'總表'!$B$8:$F$8",
            "val": ["13", "9", "8", "6", "4"],
        },
    ]


def test_verdict_words_carry_conditional_colours() -> None:
    workbook = workbook_of(write_summary_xlsx(summary_content()))
    areas = {
        str(area.sqref): [rule.formula[0] for rule in area.rules]
        for area in workbook["課程明細"].conditional_formatting
    }

    assert list(areas) == ["I5:I8"]
    assert 'OR(I5="待確認",I5="不一致",I5="未知")' in areas["I5:I8"]
    assert any('I5="不符"' in formula for formula in areas["I5:I8"])
    assert {str(area.sqref) for area in workbook["明細"].conditional_formatting} == {
        "G5:G8", "H5:H8", "I5:I8", "J5:J8", "K5:K8", "N5:N8"
    }  # fmt: skip


def test_same_content_gives_the_same_bytes() -> None:
    assert write_summary_xlsx(summary_content()) == write_summary_xlsx(summary_content())


def test_creation_time_is_the_only_time_in_the_package() -> None:
    data = write_summary_xlsx(summary_content())
    properties = workbook_of(data).properties
    with zipfile.ZipFile(BytesIO(data)) as package:
        stamps = {info.date_time for info in package.infolist()}

    assert properties.created == CREATED
    assert properties.modified == CREATED
    assert properties.title == "高雄市範例區公所學習成果總表"
    assert properties.creator == "人事室李大華"
    assert stamps == {(1980, 1, 1, 0, 0, 0)}


def test_long_unit_lists_put_the_charts_on_a_page_of_their_own() -> None:
    content = replace(summary_content(), units=units() * 10)
    worksheet = workbook_of(write_summary_xlsx(content))["總表"]

    assert [item.id for item in worksheet.row_breaks.brk] == [37]
