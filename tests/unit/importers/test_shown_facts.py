"""Category, test, questionnaire, upload and 業務相關, from every kind of evidence of learning."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.evidence import EvidenceKind, Extraction, ShownFacts
from desktop.importers.reading import read_file
from desktop.importers.shown_facts import facts_of_raw

PORTAL = [
    "課程名稱", "期別", "學習機關(構)", "上課期間", "時數", "服務機關", "職稱", "官職等", "假別",
    "學習類別", "業務相關",
]  # fmt: skip
COMPLETED = ["人員代號", "課程名稱", "認證時數", "完成日期"]


def read(data: bytes, name: str = "a.xlsx") -> Extraction:
    (extraction,) = read_file(name, data)
    return extraction


def facts(row) -> ShownFacts:
    return ShownFacts(
        row.category,
        row.learning_type,
        row.is_business_related,
        row.score,
        row.is_questionnaire_done,
        row.are_hours_uploaded,
    )


def portal_row(course: str, kind: str, related: str) -> list[str]:
    period = "起:1060101 迄:1061231 登:1060123"
    return [course, "1", "學院", period, "2", "人事處", "科員", "薦任", "", kind, related]


def completed(headings: list[str], cells: list[object], build) -> ShownFacts:
    row = ["A0001", "採購法", "2", "103/05/01", *cells]
    extraction = read(build.xlsx([[*COMPLETED, *headings], row]))
    assert extraction.kind is EvidenceKind.COMPLETION_SHEET
    return facts(extraction.rows[0])


def test_learning_record_shows_category_points_questionnaire_and_upload(build) -> None:
    row = read(build.xlsx([build.headings, build.row()])).rows[0]
    assert facts(row) == ShownFacts("開放式", None, None, Decimal(100), True, True)


def test_portal_table_shows_the_kind_of_learning_and_what_is_related(build) -> None:
    rows = [PORTAL, portal_row("甲", "數位", "*"), portal_row("乙", "實體", "否")]
    first, second = read(build.xlsx(rows)).rows
    assert facts(first) == ShownFacts(learning_type="數位", is_business_related=True)
    assert facts(second) == ShownFacts(learning_type="實體", is_business_related=False)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["*", "", "V"], [True, False, True]),
        (["", "", ""], [None, None, None]),
        (["是", "", "否"], [True, None, False]),
        (["", "否", ""], [None, False, None]),
        (["○", "待查", ""], [True, None, False]),
    ],
)
def test_blank_beside_marks_is_no_and_elsewhere_unknown(
    build, marks: list[str], expected: list[bool | None]
) -> None:
    rows = [portal_row(str(number), "數位", mark) for number, mark in enumerate(marks)]
    found = read(build.xlsx([PORTAL, *rows])).rows
    assert [row.is_business_related for row in found] == expected


def test_table_without_the_column_shows_nothing_of_it(build) -> None:
    extraction = read(build.xlsx([COMPLETED, ["A0001", "採購法", "2", "103/05/01"]]))
    assert facts(extraction.rows[0]) == ShownFacts()


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("90", "90"), ("90分", "90"), ("９０ 分", "90"), ("90/100", "90"), ("87.5", "87.5"),
        (Decimal("92"), "92"), ("0", "0"), ("通過", None), ("", None), ("－", None),
        ("45/50", None), ("101", None), ("90 95", None),
    ],
)  # fmt: skip
def test_test_is_points_or_unknown(build, written: object, points: str | None) -> None:
    expected = None if points is None else Decimal(points)
    assert completed(["測驗成績"], [written], build).score == expected


@pytest.mark.parametrize(
    ("written", "done"),
    [
        ("已填", True), ("○", True), ("完成", True), ("v", True), ("未填", False), ("×", False),
        ("無", None), ("－", None), ("", None), ("部分", None),
    ],
)  # fmt: skip
def test_questionnaire_is_done_undone_or_unknown(build, written: str, done: bool | None) -> None:
    assert completed(["問卷調查"], [written], build).is_questionnaire_done is done


@pytest.mark.parametrize(
    ("written", "uploaded"),
    [
        ("成功", True), ("已上傳", True), ("上傳成功", True), ("未上傳", False),
        ("上傳失敗", False), ("待上傳", False), ("處理中", None), ("－", None), ("無", None),
    ],
)  # fmt: skip
def test_upload_is_known_or_unknown(build, written: str, uploaded: bool | None) -> None:
    assert completed(["上傳狀態"], [written], build).are_hours_uploaded is uploaded


def test_item_of_the_plan_goes_before_the_type_of_the_platform(build) -> None:
    assert completed(["課程類型", "課程項目"], ["開放式", "環境教育"], build).category == "環境教育"
    assert completed(["課程類型", "課程項目"], ["開放式", ""], build).category is None
    assert completed(["課程類別"], ["資訊"], build).category == "資訊"


def test_completion_sheet_may_show_everything(build) -> None:
    headings = ["課程項目", "學習方式", "與業務相關", "測驗分數", "問卷", "時數上傳狀態"]
    cells = ["性別主流化", "數位", "是", "95分", "已填寫", "已完成"]
    expected = ShownFacts("性別主流化", "數位", True, Decimal(95), True, True)
    assert completed(headings, cells, build) == expected


def test_coursera_sheet_shows_the_points_of_its_test(build) -> None:
    headings = ["人員代號", "課程名稱", "語言", "開課國家/地區", "完成日期", "完課時數", "成績"]
    row = ["A1", "Machine Learning", "英語", "美國", "113/05/01", "20", "88"]
    extraction = read(build.xlsx([headings, row]))
    assert extraction.kind is EvidenceKind.COURSERA_SHEET
    assert extraction.rows[0].score == Decimal(88)


def test_rows_as_read_show_the_same_as_the_file_did(build) -> None:
    rows = [
        PORTAL,
        portal_row("甲", "數位", "*"),
        portal_row("乙", "實體", ""),
        portal_row("丙", "", "?"),
    ]
    files = [build.xlsx(rows), build.xlsx([build.headings, build.row(), build.row("乙", hours="")])]
    for data in files:
        found = read(data).rows
        again = facts_of_raw([(row.place.sheet, row.raw) for row in found])
        assert again == tuple(facts(row) for row in found)


def test_headings_broken_by_a_narrow_column_are_known_as_read() -> None:
    raw = {"課程類 型": "開放式", "終⾝學習時 數上傳狀態": "成功", "業務相 關": "*", "測 驗": "80"}
    (found,) = facts_of_raw([(None, raw)])
    assert found == ShownFacts("開放式", None, True, Decimal(80), None, True)
