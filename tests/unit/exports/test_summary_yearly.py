"""The organisation's completion and 年度必修, as programs read them back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from desktop.exports import write_summary_ods, write_summary_xlsx
from desktop.exports.content import (
    EvidencePlace,
    OrganisationRate,
    SummaryContent,
    YearlyLine,
    YearlySummary,
)
from tests.unit.exports.sample_content import people, summary_content

PLACE = EvidencePlace("A0002_陳堃霖.pdf", 1)


def line(item: str, **rest: Any) -> YearlyLine:
    fields: dict[str, Any] = {
        "employee_id": "00123",
        "name": "王小明",
        "unit": "秘書室",
        "is_eligible": True,
        "item": item,
        "needs": Decimal(4),
        "stated": Decimal(2),
        "counted": Decimal(4),
        "short": Decimal(2),
        "verdict": "不一致",
        "notes": (),
        "place": PLACE,
        "is_total": False,
    }
    return YearlyLine(**(fields | rest))


def content() -> SummaryContent:
    yearly = YearlySummary("未達", Decimal(6), Decimal(4))
    unknown = YearlySummary("未知", None, None)
    first, *others = people()
    return replace(
        summary_content(),
        people=(
            replace(first, yearly=yearly),
            *(replace(person, yearly=unknown) for person in others),
        ),
        organisation=(
            OrganisationRate("全部完成", 9, 4, 2),
            OrganisationRate("年度必修 10 小時", 0, 0),
        ),
        yearly_title="每年必須完成之課程總學習時數",
        yearly=(
            line("環境教育"),
            line("合計", stated=None, counted="至少 9", short=None, verdict="未知",
                 notes=("甲。", "乙。"), place=None, is_total=True),
        ),
    )  # fmt: skip


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    return {
        name: [list(row) for row in workbook.get_sheet_by_name(name).to_python()]
        for name in workbook.sheet_names
    }


@pytest.fixture(params=[write_summary_xlsx, write_summary_ods], ids=["xlsx", "ods"])
def book(request: pytest.FixtureRequest) -> dict[str, list[list[Any]]]:
    return sheets(request.param(content()))


def test_the_organisation_stands_under_the_units(book: dict[str, list[list[Any]]]) -> None:
    rows = book["總表"]
    at = next(number for number, row in enumerate(rows) if row[0] == "全機關完成率")
    assert [row[:6] for row in rows[at + 1 : at + 4]] == [
        ["全機關", "適用對象", "完成人數", "待確認或未知", "未完成人數", "完成率"],
        ["全部完成", 9, 4, 2, 3, pytest.approx(4 / 9)],
        ["年度必修 10 小時", 0, 0, 0, 0, 0],
    ]


def test_formulas_of_the_organisation_reckon_within_their_row() -> None:
    sheet = openpyxl.load_workbook(BytesIO(write_summary_xlsx(content())))["總表"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "全部完成")
    number = row[0].row
    assert row[4].value == f"=B{number}-C{number}-D{number}"
    assert row[5].value == f"=IF(B{number}=0,0,C{number}/B{number})"


def test_a_line_a_person_and_item_shows_both_figures(book: dict[str, list[list[Any]]]) -> None:
    heading, first, total = (row for row in book["年度必修"] if row[0] in ("人員代號", "00123"))
    assert heading == [
        "人員代號", "姓名", "單位", "適用", "項目", "應完成", "入口網頁面", "依紀錄計算", "尚缺",
        "結果", "說明", "頁面檔案", "頁",
    ]  # fmt: skip
    assert first[4:] == ["環境教育", 4, 2, 4, 2, "不一致", "", "A0002_陳堃霖.pdf", 1]
    assert total[4:] == ["合計", 4, "未知", "至少 9", "未知", "未知", "甲。\n乙。", "", ""]


def test_people_carry_their_standing_before_the_remark(book: dict[str, list[list[Any]]]) -> None:
    rows = book["明細"]
    heading = next(row for row in rows if row[0] == "人員代號")
    at = heading.index("年度必修")
    assert heading[at:] == ["年度必修", "必修時數", "必修尚缺", "備註"]
    by_id = {row[0]: row[at : at + 3] for row in rows}
    assert by_id["00123"] == ["未達", 6, 4]
    assert by_id["A0002"] == ["未知", "", ""]


@pytest.mark.parametrize("write", [write_summary_xlsx, write_summary_ods])
def test_a_plan_without_a_requirement_has_neither_sheet_nor_columns(write: Any) -> None:
    book = sheets(write(summary_content()))
    assert "年度必修" not in book
    assert not any("年度必修" in row for row in book["明細"])
