"""單位獎勵, 核給名單, and the further columns of 明細, in both kinds of workbook."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from desktop.exports import write_summary_ods, write_summary_xlsx
from desktop.exports.benefit_content import (
    BenefitColumn,
    BenefitContent,
    ListLine,
    PersonBenefit,
    RecipientLine,
    UnitAwardLine,
)
from desktop.exports.content import SummaryContent
from tests.unit.exports.libreoffice import LibreOffice, with_wrong_stored_values
from tests.unit.exports.sample_content import summary_content

BENEFITS = BenefitContent(
    award_word="敘獎",
    awards={"00123": "記功1次、嘉獎1次"},
    columns=(BenefitColumn("學習禮券", "元"), BenefitColumn("抽獎", "次")),
    people={
        "00123": (PersonBenefit("核給", 500, 500), PersonBenefit("核給", 2, 2)),
        "A0002": (PersonBenefit("待確認", 0, 200), PersonBenefit("不核給", 0, 0)),
    },
    lines=(
        ListLine("學習禮券", "秘書室", "00123", "王小明", "科員", 500, "元", "七（一）"),
        ListLine("機關抽獎", "民政課", "", "", "", 1, "次", "八", "單位的抽獎機會"),
    ),
    has_lists=True,
    units=(
        UnitAwardLine(
            "績優單位", "秘書室", 4, 3, 4, Decimal("0.75"), "核給", "主管1人記功1次", "", "八（二）",
            ("A0002 陳堃霖",),
        ),
        UnitAwardLine(
            "績優單位", "清潔隊", 0, 0, 0, Decimal(0), "待確認", "", "主管1人嘉獎1次", "八（三）", ()
        ),
    ),
    recipients=(
        RecipientLine("秘書室", "績優單位", "主管", "記功1次", "八（二）"),
        RecipientLine("秘書室", "績優單位", "承辦人員", "嘉獎1次", "八（二）"),
    ),
)  # fmt: skip


def content() -> SummaryContent:
    return replace(summary_content(), benefits=BENEFITS)


def sheet(data: bytes, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python()


@pytest.fixture(scope="module", params=[write_summary_xlsx, write_summary_ods])
def written(request: pytest.FixtureRequest) -> bytes:
    return request.param(content())


def test_sheets_stand_after_the_commendations(written: bytes) -> None:
    names = CalamineWorkbook.from_filelike(BytesIO(written)).sheet_names
    assert names[names.index("敘獎") : names.index("拒收")] == ["敘獎", "核給名單", "單位獎勵"]


def test_plan_without_such_benefits_has_no_such_sheet() -> None:
    names = CalamineWorkbook.from_filelike(
        BytesIO(write_summary_xlsx(summary_content()))
    ).sheet_names
    assert not {"核給名單", "單位獎勵"} & set(names)


def test_details_have_three_columns_a_benefit_and_the_kinds_of_awards(written: bytes) -> None:
    rows = sheet(written, "明細")
    (heads,) = [row for row in rows if "人員代號" in row]
    first = heads.index("確定敘獎")
    assert heads[first : first + 7] == [
        "確定敘獎",
        "學習禮券",
        "學習禮券確定（元）",
        "學習禮券可能（元）",
        "抽獎",
        "抽獎確定（次）",
        "抽獎可能（次）",
    ]
    assert "敘獎確定次數" in heads
    found = {row[0]: row[first : first + 7] for row in rows}
    assert found["00123"] == ["記功1次、嘉獎1次", "核給", 500, 500, "核給", 2, 2]
    assert found["A0002"] == ["", "待確認", 0, 200, "不核給", 0, 0]
    assert found["合計"] == ["", "", 500, 700, "", 2, 2]


def test_unit_sheet_lists_standings_and_places_to_fill_in(written: bytes) -> None:
    rows = sheet(written, "單位獎勵")
    found = {(row[0], row[1], row[2]): row for row in rows}
    standing = found["績優單位", "秘書室", 4]
    assert standing[3:6] == [3, 4, 0.75]
    assert standing[6:11] == ["核給", "主管1人記功1次", "", "八（二）", "A0002 陳堃霖"]
    place = found["績優單位", "秘書室", "承辦人員"]
    assert place[3:8] == ["嘉獎1次", 1, "", "", "八（二）"]


def test_list_names_people_and_units(written: bytes) -> None:
    rows = [row[:11] for row in sheet(written, "核給名單")]
    assert [
        1,
        "學習禮券",
        "秘書室",
        "科員",
        "00123",
        "王小明",
        500,
        "元",
        "七（一）",
        "",
        "",
    ] in rows
    assert [2, "機關抽獎", "民政課", "", "", "", 1, "次", "八", "", "單位的抽獎機會"] in rows


def test_libreoffice_calculates_what_was_stored(libreoffice: LibreOffice) -> None:
    data = write_summary_xlsx(content())
    spoilt = {"benefits.xlsx": with_wrong_stored_values(data)}
    calculated = openpyxl.load_workbook(
        BytesIO(libreoffice.convert(spoilt, "xlsx")["benefits"]), data_only=True
    )
    stored = openpyxl.load_workbook(BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(BytesIO(data))
    checked = 0
    for name in ("單位獎勵", "明細"):
        for row in formulas[name].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    expected = stored[name][cell.coordinate].value
                    assert calculated[name][cell.coordinate].value == pytest.approx(expected)
                    checked += 1
    assert checked >= 8
