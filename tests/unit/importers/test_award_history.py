"""歷年核給紀錄, the 主管 column of a roster, and what a receipt is of."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.attendance import ReceiptKind
from desktop.domain.evidence import AwardHistoryRow, EvidenceKind, Extraction, RefusalReason
from desktop.importers.reading import read_file

HISTORY = ["人員代號", "姓名", "年度", "計畫", "項目", "次數", "核給日期"]
ROSTER = ["人員代號", "姓名", "服務單位", "職稱", "主管"]
RECEIVED = ["人員代號", "計畫", "收件日期", "種類"]


def read(data: bytes, name: str = "a.xlsx") -> Extraction:
    (extraction,) = read_file(name, data)
    return extraction


def history(cells: list[object], build, headings: list[str] = HISTORY) -> Extraction:
    return read(build.xlsx([headings, cells]))


def only_row(extraction: Extraction) -> AwardHistoryRow:
    assert extraction.kind is EvidenceKind.AWARD_HISTORY
    (row,) = extraction.rows
    assert isinstance(row, AwardHistoryRow)
    return row


def test_history_is_recognised_by_its_headings_and_read(build) -> None:
    cells = ["A0001", "王小明", "112", "數位學習推動計畫", "嘉獎", "1", "113/01/15"]
    row = only_row(history(cells, build))
    assert (row.employee_id, row.person_name, row.year) == ("A0001", "王小明", 112)
    assert (row.plan, row.benefit, row.amount) == ("數位學習推動計畫", "嘉獎", 1)
    assert row.given_on == date(2024, 1, 15)
    assert row.place.row == 2


def test_history_with_units_and_titles_is_no_roster(build) -> None:
    headings = ["項次", "人員代號", "姓名", "服務單位", "職稱", "年度", "獎勵種類", "數量"]
    cells = ["1", "A0001", "王小明", "人事處", "科員", "113年", "記功", "2"]
    row = only_row(history(cells, build, headings))
    assert (row.year, row.benefit, row.amount, row.plan) == (113, "記功", 2, "")


def test_roster_and_history_in_one_workbook_are_refused_together(build) -> None:
    roster = [["人員代號", "姓名", "服務單位", "職稱"], ["A1", "王小明", "人事處", "科員"]]
    rows = [*roster, [], HISTORY, ["A1", "王小明", "112", "", "嘉獎", "1", ""]]
    extraction = read(build.xlsx(rows))
    assert extraction.rows == ()
    assert extraction.refusals[0].reason is RefusalReason.AMBIGUOUS_KIND


@pytest.mark.parametrize(
    ("written", "benefit", "amount"),
    [
        ("嘉獎二次", "嘉獎", 2), ("嘉獎1次", "嘉獎", 1), ("記功一次", "記功", 1),
        ("補休 8 小時", "補休", 8), ("禮券1,000元", "禮券", 1000), ("抽獎機會", "抽獎機會", None),
        ("嘉獎十二次", "嘉獎", 12),
    ],
)  # fmt: skip
def test_amount_written_with_the_benefit_is_told_apart(
    build, written: str, benefit: str, amount: int | None
) -> None:
    row = only_row(history(["A1", "", "112", "", written, "", ""], build))
    assert (row.benefit, row.amount) == (benefit, amount)


@pytest.mark.parametrize(
    ("year", "roc"),
    [("112", 112), ("112年度", 112), ("民國112年", 112), ("2023", 112), (112, 112)],
)
def test_year_is_read_in_both_calendars(build, year: object, roc: int) -> None:
    assert only_row(history(["A1", "", year, "", "嘉獎", 1, ""], build)).year == roc


def test_amount_comes_from_the_column_that_counts_the_benefit(build) -> None:
    headings = ["人員代號", "年度", "獎勵", "次數", "時數", "金額"]
    rows = [
        headings,
        ["A1", 112, "補休", 1, 8, ""],
        ["A2", 112, "禮券", 1, "", "500元"],
        ["A3", 112, "嘉獎", 1, "", ""],
        ["A4", 112, "公假", "", "4", ""],
    ]
    extraction = read(build.xlsx(rows))
    assert [row.amount for row in extraction.rows] == [8, 500, 1, 4]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["A1", "", "", "", "嘉獎", 1, ""], "年度是空白的"),
        (["A1", "", "前年", "", "嘉獎", 1, ""], "年度「前年」讀不出來"),
        (["A1", "", "9999", "", "嘉獎", 1, ""], "年度「9999」不是存在的年度"),
        (["A1", "", "112", "", "", 1, ""], "項目是空白的"),
        (["A1", "", "112", "", "3", 1, ""], "項目是「3」"),
        (["A1", "", "112", "", "嘉獎", "若干", ""], "次數「若干」不是整數"),
        (["A1", "", "112", "", "嘉獎二次", 1, ""], "不一樣"),
        (["", "", "112", "", "嘉獎", 1, ""], "沒有人員代號也沒有姓名"),
        (["A1", "", "112", "", "嘉獎", 1, "112/13/01"], "不是存在的日期"),
    ],
)
def test_one_bad_row_refuses_the_whole_list_and_says_which(build, cells, words: str) -> None:
    good = ["A2", "李犇", "112", "", "嘉獎", 1, ""]
    extraction = read(build.xlsx([HISTORY, good, cells]))
    assert (extraction.kind, extraction.rows) == (EvidenceKind.AWARD_HISTORY, ())
    assert extraction.rows_in == 2
    assert words in extraction.refusals[0].message
    assert "第 3 列" in extraction.refusals[0].message


def test_list_with_headings_only_means_that_nobody_had_anything(build) -> None:
    extraction = read(build.xlsx([["歷年核給紀錄"], HISTORY]))
    assert extraction.kind is EvidenceKind.AWARD_HISTORY
    assert (extraction.rows, extraction.refusals) == ((), ())
    assert "只有標題" in extraction.remarks[0]


def supervisors(marks: list[str], build) -> list[bool | None]:
    rows = [[f"A{number}", "王小明", "人事處", "科員", mark] for number, mark in enumerate(marks)]
    extraction = read(build.xlsx([ROSTER, *rows]))
    assert extraction.kind is EvidenceKind.ROSTER
    return [row.is_supervisor for row in extraction.rows]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["是", "否"], [True, False]),
        (["主管", "非主管"], [True, False]),
        (["主管職", "", "V"], [True, False, True]),
        (["", ""], [None, None]),
        (["是", "", "否"], [True, None, False]),
    ],
)
def test_supervisors_are_told_where_the_roster_says(build, marks, expected) -> None:
    assert supervisors(marks, build) == expected


def test_name_in_the_column_of_supervisors_makes_nobody_one(build) -> None:
    rows = [ROSTER, ["A1", "王小明", "人事處", "科員", "李大華"]]
    extraction = read(build.xlsx(rows))
    assert extraction.rows[0].is_supervisor is None
    assert any("李大華" in remark for remark in extraction.remarks)


def test_roster_without_the_column_says_nothing(build) -> None:
    extraction = read(build.xlsx([ROSTER[:4], ["A1", "王小明", "人事處", "科員"]]))
    assert extraction.rows[0].is_supervisor is None


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("申請表", ReceiptKind.APPLICATION), ("申請", ReceiptKind.APPLICATION),
        ("學習紀錄", ReceiptKind.APPLICATION), ("研習報告", ReceiptKind.REPORT),
        ("心得", ReceiptKind.REPORT), ("", None), ("1", None),
    ],
)  # fmt: skip
def test_receipt_says_what_was_received(build, written: str, kind: ReceiptKind | None) -> None:
    extraction = read(build.xlsx([RECEIVED, ["A1", "", "114/10/01", written]]))
    assert extraction.kind is EvidenceKind.APPLICATIONS
    assert extraction.rows[0].kind is kind


def test_receipt_of_something_unknown_refuses_the_sheet(build) -> None:
    rows = [RECEIVED, ["A1", "", "114/10/01", "申請表"], ["A2", "", "114/10/02", "名片"]]
    extraction = read(build.xlsx(rows))
    assert extraction.rows == ()
    assert extraction.refusals[0].reason is RefusalReason.UNREADABLE
    assert "「名片」看不出是申請表還是研習報告" in extraction.refusals[0].message
