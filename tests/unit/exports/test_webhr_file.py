"""The WebHR file: one case a rule, each naming its row; a good one byte by byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.exports.webhr_file import (
    WebHrRefusedError,
    WebHrRow,
    WebHrTemplate,
    identity_number_fault,
    webhr_problems,
    write_webhr,
)
from desktop.services.webhr_template import load_webhr_template

RESOURCES = Path(__file__).parents[3] / "resources"
GOOD = WebHrRow(
    name="王小明",
    identity_number="A123456789",
    agency_code="397000000A",
    reason="完成本府114年度數位學習組裝課程",
    result_code="4001",
    category_code="A06",
    law_name="高雄市政府114年度推動數位學習實施計畫",
    point="陸、六",
    notice_code="1",
    day=date(2025, 9, 10),
)
OTHER = replace(GOOD, name="林小華", identity_number="B234567894")
HEADINGS = (
    "身分證號,姓名,機關代碼,獎懲事由(更新資料庫),獎懲事由(長)(非必填，建議不使用),獎懲結果,"
    "其他事項,獎懲類別,適用法規,適用法規名稱,條,點,項,款,目,教示條款"
)


@pytest.fixture(scope="module")
def template() -> WebHrTemplate:
    return load_webhr_template(RESOURCES)


def test_good_rows_give_the_sixteen_columns_in_big5_with_crlf(template: WebHrTemplate) -> None:
    content = write_webhr(template, [GOOD, OTHER])
    lines = content.decode("big5").split("\r\n")
    rest = (
        ",397000000A,完成本府114年度數位學習組裝課程,,4001,,A06,,"
        "高雄市政府114年度推動數位學習實施計畫,,陸、六,,,,1"
    )
    assert lines == [HEADINGS, f"A123456789,王小明{rest}", f"B234567894,林小華{rest}", ""]
    assert all(line.count(",") == 15 for line in lines[1:-1])
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"reason": "獎" * 101}, "獎懲事由", "有 101 個字，最多 100 個字"),
        ({"reason": "完成課程\n成績優異"}, "獎懲事由", "有換行"),
        ({"reason": "完成課程\r\n成績優異"}, "獎懲事由", "有換行"),
        ({"reason": "完成課程\u2028成績優異"}, "獎懲事由", "有換行"),
        ({"reason": "完成'政策'課程"}, "獎懲事由", "' 這個符號"),
        ({"law_name": "本府'要點'"}, "適用法規名稱", "' 這個符號"),
        ({"name": "王\n小明"}, "姓名", "有換行"),
        ({"reason": ""}, "獎懲事由", "是空白的"),
        ({"law_name": ""}, "適用法規名稱", "是空白的"),
        ({"law_name": " 　"}, "適用法規名稱", "是空白的"),
        ({"identity_number": ""}, "身分證號", "是空白的"),
        ({"identity_number": "A123456788"}, "身分證號", "檢查碼不符"),
        ({"identity_number": "A12345678"}, "身分證號", "這裡是 9 碼"),
        ({"agency_code": ""}, "機關代碼", "是空白的"),
        ({"agency_code": "高雄"}, "機關代碼", "只能是英文字母和數字"),
        ({"result_code": ""}, "獎懲結果", "是空白的"),
        ({"result_code": "4003"}, "獎懲結果", "「4003」不在範本裡"),
        ({"category_code": "A99"}, "獎懲類別", "「A99」不在範本裡"),
        ({"notice_code": "2"}, "教示條款", "「2」不在範本裡"),
        ({"name": "王\U00021619明"}, "姓名", "Big5 寫不下的字「\U00021619」"),
        ({"reason": "通過‼課程"}, "獎懲事由", "Big5 寫不下的字「‼」"),
    ],
)
def test_broken_rule_is_named_with_row_and_person_and_nothing_is_written(
    template: WebHrTemplate, changes: dict[str, str], column: str, words: str
) -> None:
    rows = [OTHER, replace(GOOD, **changes)]  # type: ignore[arg-type]  # only texts are changed
    (problem,) = webhr_problems(template, rows)
    assert (problem.row, problem.column) == (2, column)
    assert words in problem.message
    assert problem.message.startswith(f"第 2 列（{rows[1].name}）")
    with pytest.raises(WebHrRefusedError) as refused:
        write_webhr(template, rows)
    assert refused.value.problems == (problem,)


def test_reason_of_a_hundred_characters_is_taken(template: WebHrTemplate) -> None:
    assert webhr_problems(template, [replace(GOOD, reason="獎" * 100)]) == ()


def test_same_person_category_reason_and_date_twice_names_both_rows(
    template: WebHrTemplate,
) -> None:
    rows = [GOOD, OTHER, replace(GOOD, result_code="4010")]
    (problem,) = webhr_problems(template, rows)
    assert problem.row == 3
    assert "第 3 列（王小明）和第 1 列（王小明）" in problem.message
    with pytest.raises(WebHrRefusedError):
        write_webhr(template, rows)


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "完成另一項課程"},
        {"category_code": "A02"},
        {"day": date(2025, 9, 11)},
        {"identity_number": "B234567894"},
    ],
)
def test_rows_that_differ_in_one_of_the_four_are_taken(
    template: WebHrTemplate, changes: dict[str, object]
) -> None:
    rows = [GOOD, replace(GOOD, **changes)]  # type: ignore[arg-type]  # of the fields' own types
    assert webhr_problems(template, rows) == ()


def test_character_of_windows_big5_only_is_a_warning_and_written(
    template: WebHrTemplate,
) -> None:
    rows = [replace(GOOD, name="王恒裏")]
    (problem,) = webhr_problems(template, rows)
    assert problem.is_warning
    assert "「恒裏」只有 Windows 的 Big5 才有" in problem.message
    assert "王恒裏" in write_webhr(template, rows).decode("cp950")


def test_no_rows_is_a_problem_of_the_file(template: WebHrTemplate) -> None:
    (problem,) = webhr_problems(template, [])
    assert problem.row == 0
    with pytest.raises(WebHrRefusedError):
        write_webhr(template, [])


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("A123456789", ""),
        ("B234567894", ""),
        ("A800000014", ""),  # resident, since 110
        ("AB23456789", ""),  # resident, before 110
        ("A123456780", "檢查碼不符"),
        ("A323456789", "第 2 碼"),
        ("a123456789", "大寫英文字母"),
        ("1123456789", "大寫英文字母"),
        ("A12345678X", "大寫英文字母"),
        ("A1234567891", "這裡是 11 碼"),
    ],
)
def test_identity_numbers_are_checked_by_form_and_check_digit(number: str, words: str) -> None:
    fault = identity_number_fault(number)
    assert (words in fault) if words else fault == ""


def test_row_shows_no_identity_number_when_it_is_written_to_a_log() -> None:
    assert "A123456789" not in repr(GOOD)
