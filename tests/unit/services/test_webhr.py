"""WebHR from verdicts to a file: numbers from the roster or a sheet, never kept or logged."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop.services.office import Office
from desktop.services.webhr import (
    WebHrRefusedError,
    check_webhr,
    export_webhr,
    identity_numbers_of,
    webhr_draft,
    with_identity_numbers,
)
from tests.unit.services.papers import SAMPLES, fill

PLAN = "kaohsiung-103"
NUMBERS = ("A123456789", "B234567894", "C123456781", "D123456782")


def roster_with_numbers(folder: Path) -> Path:
    book = openpyxl.load_workbook(SAMPLES / PLAN / "input" / "roster.xlsx")
    sheet = book.active
    column = sheet.max_column + 1
    sheet.cell(2, column, "身分證字號")
    for row in range(3, sheet.max_row + 1):
        sheet.cell(row, column, f"a{120000000 + row}")
    path = folder / "roster.xlsx"
    book.save(path)
    return path


@pytest.fixture
def kaohsiung(office: Office) -> Office:
    return fill(office, PLAN)


def completed(office: Office):
    draft = webhr_draft(office, PLAN)
    entries = tuple(
        replace(
            entry,
            identity_number=number,
            notice_code="1",
            name=entry.name.replace("堃", "坤").replace("峯", "峰"),
        )
        for entry, number in zip(draft.entries, NUMBERS, strict=False)
    )
    choices = replace(draft.choices, agency_code="397000000A", day=date(2014, 9, 10))
    return draft, entries, choices


def test_draft_holds_the_people_of_the_list_with_codes_and_law(kaohsiung: Office) -> None:
    draft = webhr_draft(kaohsiung, PLAN)
    assert [(e.name, e.award, e.result_code) for e in draft.entries] == [
        ("陳堃霖", "嘉獎2次", "4002"),
        ("張峯源", "嘉獎1次", "4001"),
        ("林國娟", "嘉獎2次", "4002"),
    ]
    assert {e.reason for e in draft.entries} == {
        "完成本府103年度數位學習「主餐+副餐」double-e組合套餐課程"
    }
    assert draft.choices.law_name == "高雄市政府103年度推動數位學習實施計畫"
    assert draft.choices.point == "陸、六（三）"
    assert draft.choices.category_code == "A06"
    assert all(not entry.identity_number for entry in draft.entries)
    assert "沒有身分證號" in draft.remarks[0]
    missing = check_webhr(draft, draft.entries, draft.choices)
    assert {p.row for p in missing if p.column == "身分證號"} == {1, 2, 3}


def test_numbers_in_the_imported_roster_are_taken_in_upper_case(
    office: Office, tmp_path: Path
) -> None:
    fill(office, PLAN, roster=roster_with_numbers(tmp_path))
    draft = webhr_draft(office, PLAN)
    assert all(entry.identity_number.startswith("A1200000") for entry in draft.entries)
    assert draft.remarks == ("身分證號取自名冊「roster.xlsx」。",)


def test_numbers_of_a_sheet_the_clerk_names_fill_what_it_says_for_certain(
    kaohsiung: Office,
) -> None:
    draft = webhr_draft(kaohsiung, PLAN)
    first, second, third = draft.entries
    sheet = (
        "姓名,身分證號,人員代號\n"
        f"{first.name},A123456789,{first.employee_id}\n"
        f"{second.name}, b234567894,\n"
        f"{third.name},C123456781,{third.employee_id}\n"
        f"{third.name},D123456782,{third.employee_id}\n"
    ).encode()
    found = identity_numbers_of(kaohsiung, "號碼.csv", sheet)
    filled = with_identity_numbers(draft, found, source="「號碼.csv」")
    assert [e.identity_number for e in filled.entries] == ["A123456789", "B234567894", ""]
    assert f"{third.employee_id}有兩個不同的身分證號" in filled.remarks[0]
    assert "檔案裡沒有的 1 人請自行填寫" in filled.remarks[1]


def test_sheet_without_such_a_column_is_said(kaohsiung: Office) -> None:
    found = identity_numbers_of(kaohsiung, "名單.csv", "姓名,單位\n王小明,秘書室\n".encode())
    assert not found.has_column
    assert "沒有「身分證號」欄" in found.problem


def test_file_is_written_and_no_number_is_kept_anywhere(
    kaohsiung: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    draft, entries, choices = completed(kaohsiung)
    path = tmp_path / "CPAA0118B.csv"
    change = export_webhr(kaohsiung, PLAN, draft, entries, choices, path)
    text = path.read_bytes().decode("big5")
    assert len(text.split("\r\n")) == 5
    assert all(number in text for number in NUMBERS[:3])
    assert change.act == "匯出 WebHR 獎懲匯入檔 3 列"
    with kaohsiung.store.reading() as reader:
        (entry,) = (e for e in reader.audit_entries(5) if e.detail.get("template"))
    assert entry.detail["people"] == [e.employee_id for e in entries]
    kept = b"".join(
        file.read_bytes()
        for file in kaohsiung.store.path.parent.glob(f"{kaohsiung.store.path.name}*")
    )
    for number in NUMBERS[:3]:
        assert number.encode() not in kept
        assert number not in caplog.text
        assert number not in repr((draft, entries, choices))


def test_broken_rule_writes_neither_file_nor_audit_entry(kaohsiung: Office, tmp_path: Path) -> None:
    draft, entries, choices = completed(kaohsiung)
    path = tmp_path / "CPAA0118B.csv"
    with pytest.raises(WebHrRefusedError, match="適用法規名稱"):
        export_webhr(kaohsiung, PLAN, draft, entries, replace(choices, law_name=""), path)
    assert not path.exists()
    with kaohsiung.store.reading() as reader:
        assert not any(e.detail.get("template") for e in reader.audit_entries(5))


def test_file_that_cannot_be_written_leaves_no_audit_entry(
    kaohsiung: Office, tmp_path: Path
) -> None:
    draft, entries, choices = completed(kaohsiung)
    with pytest.raises(OSError, match="no-such-folder"):
        export_webhr(
            kaohsiung, PLAN, draft, entries, choices, tmp_path / "no-such-folder" / "x.csv"
        )
    with kaohsiung.store.reading() as reader:
        assert not any(e.detail.get("template") for e in reader.audit_entries(5))
