"""The list of learning records and the trail as a list: rows, sums, clipboard, files."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.listing import Condition, Holds, ListQuery, OneOf, Sort
from desktop.services.auditing import audit_lines
from desktop.services.listing import StoreList
from desktop.services.listing_export import (
    ListTooLongError,
    copied_text,
    export_list,
)
from desktop.services.listing_words import (
    length_words,
    number_words,
    plain_words,
    screen_words,
    tally_words,
)
from desktop.services.long_lists import audit_list, record_list
from desktop.services.office import Office
from desktop.services.progress import CancelledError

NAMES = ("employee_id", "name", "course", "start", "hours", "reading")
ONE = ListQuery(
    (Condition("employee_id", Holds("A0011")), Condition("course", Holds("農田到餐桌"))),
    (Sort("start"),),
)


@pytest.fixture
def records(sample: Office) -> StoreList:
    return record_list(sample)


def cells(source: StoreList, number: int, *names: str) -> list[str]:
    (row,) = source.rows([number])
    assert row is not None
    places = {one.name: place for place, one in enumerate(source.columns)}
    return [screen_words(row.values[places[name]]) for name in names]


def test_row_shows_what_was_read_with_roc_dates(records: StoreList) -> None:
    found = records.find(ONE)
    assert cells(records, found[0], "employee_id", "unit", "kind") == [
        "A0011",
        "文化局",
        "學習紀錄（e⁺）",
    ]
    assert cells(records, found[0], "start")[0].startswith("114-0")


def test_row_that_waits_names_no_person_and_says_so(records: StoreList) -> None:
    waiting = records.find(ListQuery((Condition("state", OneOf(("person_unknown",))),)))
    assert len(waiting) > 0
    (row,) = records.rows(waiting[:1])
    assert row is not None
    assert row.subject is None
    assert cells(records, waiting[0], "state", "unit") == ["待指定人員", ""]


def test_every_row_stored_is_listed(records: StoreList, sample: Office) -> None:
    with sample.store.reading() as reader:
        counts = reader.counts()
    assert len(records.find(ListQuery())) == counts.learning_rows + counts.pending_rows


def test_sum_of_all_is_the_sum_of_its_parts(records: StoreList) -> None:
    numbers = records.find(ListQuery())
    (whole,) = records.tallies(["hours"], ListQuery())
    parts = [records.tallies(["hours"], [number])[0] for number in numbers]
    assert whole.total == sum((part.total for part in parts), Decimal(0))
    assert whole.count == sum(part.count for part in parts)


def test_stopped_search_ends_without_a_result(records: StoreList, monkeypatch) -> None:
    monkeypatch.setattr("desktop.store.engine._STEPS_A_LOOK", 1)
    with pytest.raises(CancelledError):
        records.find(ListQuery(), lambda done, total, words: False)


def test_copied_cells_are_separated_by_tabs_with_iso_dates(records: StoreList) -> None:
    numbers = records.find(ONE)[:1]
    text = copied_text(records, numbers, ["name", "start", "hours"], has_headings=True)
    headings, row, rest = text.split("\r\n")
    assert headings == "姓名\t起\t認證時數"
    name, start, hours = row.split("\t")
    assert name == "林羽達"
    assert datetime.fromisoformat(start).year == 2025
    assert hours == "1"
    assert rest == ""
    bare = copied_text(records, numbers, ["name"], has_headings=False)
    assert bare == "林羽達\r\n"


def test_too_many_rows_for_the_clipboard_are_refused_with_a_way_out(
    records: StoreList, monkeypatch
) -> None:
    monkeypatch.setattr("desktop.services.listing_export.MOST_COPIED", 3)
    with pytest.raises(ListTooLongError, match=r"選了 4 列，剪貼簿最多 3 列.*CSV"):
        copied_text(records, records.find(ListQuery())[:4], NAMES, has_headings=False)


def test_csv_holds_what_is_shown_and_leaves_an_entry(
    records: StoreList, sample: Office, tmp_path: Path
) -> None:
    numbers = records.find(ONE)
    path = tmp_path / "明細.csv"
    export_list(sample, records, numbers, NAMES, path)
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert rows[0] == ["人員代號", "姓名", "課程", "起", "認證時數", "閱讀時間"]
    assert [row[:2] for row in rows[1:]] == [["A0011", "林羽達"]] * len(numbers)
    entries = [(line.act, line.more) for line in audit_lines(sample)[:2]]
    assert ("匯出學習紀錄明細", f"筆數 {len(numbers)}") in entries


def test_workbook_holds_real_numbers_and_dates(
    records: StoreList, sample: Office, tmp_path: Path
) -> None:
    path = tmp_path / "明細.xlsx"
    export_list(sample, records, records.find(ONE), NAMES, path, lines=["課程：農田"])
    sheet = load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (at,) = [n for n, row in enumerate(rows) if row[0] == "人員代號"]
    assert any("課程：農田" in str(row[0]) for row in rows[:at])
    employee_id, _, _, start, hours, reading = rows[at + 1]
    assert employee_id == "A0011"
    assert isinstance(start, datetime)
    assert hours == 1
    assert reading.count(":") == 2


def test_too_many_rows_for_a_workbook_leave_no_file(
    records: StoreList, sample: Office, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("desktop.services.listing_export.MOST_IN_A_WORKBOOK", 3)
    with pytest.raises(ListTooLongError, match="沒有存檔"):
        export_list(sample, records, records.find(ListQuery()), NAMES, tmp_path / "大.xlsx")
    assert list(tmp_path.glob("大*")) == []


def test_stopped_export_keeps_the_file_that_was_there(
    records: StoreList, sample: Office, tmp_path: Path
) -> None:
    path = tmp_path / "明細.csv"
    path.write_text("先前的", encoding="utf-8")
    with pytest.raises(CancelledError):
        export_list(
            sample, records, records.find(ListQuery()), NAMES, path, report=lambda *_: False
        )
    assert path.read_text(encoding="utf-8") == "先前的"
    assert [one.name for one in tmp_path.glob("明細*")] == ["明細.csv"]


def test_trail_as_a_list_says_what_the_search_says(sample: Office) -> None:
    source = audit_list(sample)
    numbers = source.find(ListQuery((Condition("everything", Holds("匯入")),)))
    rows = source.rows(numbers)
    assert [row.subject for row in rows if row] == list(audit_lines(sample, text="匯入"))


def test_trail_names_imports_by_their_files_and_people_by_their_names(sample: Office) -> None:
    with sample.store.writing("補登") as writer:
        who = next(iter(writer.people()))
        writer.describe(f"{who.employee_id}/policy", {"why": "補登"})
        writer.add_undo_step("補登", {})
    source = audit_list(sample)

    def subjects(column: str, words: str) -> list[str]:
        numbers = source.find(ListQuery((Condition(column, Holds(words)),)))
        return [row.subject.subject for row in source.rows(numbers) if row]

    assert subjects("subject", "roster.xlsx") == ["4 個檔案：roster.xlsx、attendance.xlsx…"]
    assert subjects("subject", who.name)[0] == f"{who.name} {who.employee_id}　政策能力訓練"
    assert f"{who.name} {who.employee_id}　政策能力訓練" in subjects("everything", who.name)


@pytest.mark.parametrize(
    ("value", "screen", "plain"),
    [
        (None, "", ""),
        (True, "是", "是"),
        (1284, "1,284", "1284"),
        (Decimal("1284.50"), "1,284.5", "1284.5"),
        (Decimal("2.0"), "2", "2"),
        (Decimal("100"), "100", "100"),
        (datetime(2025, 3, 12, 11, 52, 18), "114-03-12 11:52:18", "2025-03-12 11:52:18"),
        (datetime(2025, 3, 12).date(), "114-03-12", "2025-03-12"),
        (timedelta(minutes=57, seconds=53), "0:57:53", "0:57:53"),
        ("起", "起", "起"),
    ],
)
def test_cell_is_written_for_the_screen_and_for_other_programs(value, screen, plain) -> None:
    assert (screen_words(value), plain_words(value)) == (screen, plain)


def test_sums_are_told_with_their_mean(records: StoreList) -> None:
    numbers = records.find(ONE)[:1]
    words = tally_words(records.columns, records.tallies(["hours"], numbers))
    assert words == "認證時數 合計 1　平均 1"
    assert tally_words(records.columns, []) == ""
    assert length_words(timedelta(hours=26, minutes=4)) == "26:04:00"
    assert number_words(Decimal("1284")) == "1,284"
