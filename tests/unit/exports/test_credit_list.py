"""時數採認清冊 as a workbook: a row a person, a row a course, sums that agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl

from desktop.exports import CreditListContent, write_credit_list_xlsx
from desktop.exports.credit_sheet import CreditCourseLine, CreditPersonLine

COURSE = CreditCourseLine(
    employee_id="T0002",
    name="彭育珍",
    unit="衛生局",
    title="書記",
    course="Global Diplomacy",
    language="英語",
    region="美國",
    started=date(2024, 2, 2),
    ended=date(2024, 2, 25),
    hours=Decimal("7.5"),
    recognised=Decimal("7.5"),
    result="採認",
    reason="",
)
REFUSED = replace(
    COURSE,
    course="=中級華語語法",
    language="中文",
    ended=None,
    hours=Decimal(6),
    recognised=None,
    result="不採認",
    reason="授課語言「中文」不在採認範圍（三、（四）4（2））。",
)
PERSON = CreditPersonLine(
    employee_id="T0002",
    name="彭育珍",
    unit="衛生局",
    title="書記",
    recognised=Decimal("7.5"),
    uploaded=Decimal(0),
    outcome="不登錄：採認 7.5 時，未達 18 時（三、（四）4（1））",
)
CONTENT = CreditListContent(
    agency="某局",
    plan_title="Coursera 雙語研習專班",
    as_of=date(2024, 6, 30),
    created=datetime(2024, 7, 22, 10),
    created_by="游珏羣",
    people=(PERSON,),
    courses=(COURSE, REFUSED),
)


def book(content: CreditListContent = CONTENT, *, data_only: bool = True):
    return openpyxl.load_workbook(BytesIO(write_credit_list_xlsx(content)), data_only=data_only)


def test_courses_stand_with_result_reason_and_sum() -> None:
    sheet = book()["課程採認"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows[0] == [
        "人員代號", "姓名", "單位", "職稱", "課程名稱", "語言", "開課國家/地區", "開始日期",
        "完成日期", "完課時數", "採認時數", "結果", "不採認的原因與依據",
    ]  # fmt: skip
    assert rows[1][9:12] == [7.5, 7.5, "採認"]
    assert rows[2][8:] == [None, 6, None, "不採認", REFUSED.reason]
    assert (rows[3][0], rows[3][10]) == ("合計", 7.5)
    assert rows[1][7] == datetime(2024, 2, 2)


def test_people_stand_with_what_is_uploaded() -> None:
    sheet = book()["登錄"]
    assert sheet["A1"].value == "某局時數採認清冊"
    assert sheet["A3"].value == "研習期間末日：113/06/30"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=7)]
    assert rows[0][4:] == [7.5, 0, PERSON.outcome]
    assert (rows[1][0], rows[1][4], rows[1][5]) == ("合計", 7.5, 0)


def test_sums_are_formulas_and_text_is_never_one() -> None:
    workbook = book(data_only=False)
    assert str(workbook["課程採認"]["K8"].value).startswith("=SUM(")
    name = workbook["課程採認"]["E7"]
    assert (name.value, name.data_type) == ("=中級華語語法", "s")


def test_empty_list_says_so() -> None:
    workbook = book(replace(CONTENT, people=(), courses=()))
    assert workbook["登錄"]["A6"].value == "（無）"
    assert workbook["課程採認"]["A6"].value == "（無）"
