"""Sheets that try to do more than hold values, and spellings met in attendance systems."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from desktop.domain.evidence import EvidenceKind
from desktop.importers.reading import read_file

SAMPLES = Path(__file__).parents[2] / "samples"
HEADINGS = "人員代號,姓名,課程名稱,上課期間,閱讀時數,通過狀態,認證時數"
ROW = "A0001,王小明,雙軸轉型淨零港都,2025-03-15 10:00:00~ 2025-03-15 11:00:00,00:40:00,已通過,1.0"


def sheet(row: str) -> bytes:
    return f"{HEADINGS}\n{row}\n".encode()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("=1+1", "unreadable"),
        ("=A1", "unreadable"),
        ("=cmd|'/C calc'!A0", "hostile"),
        ('"=DDE(""cmd"",""x"")"', "hostile"),
        ("='C:\\x\\[b.xlsx]甲'!A1", "hostile"),
    ],
)
def test_formula_in_a_text_sheet_refuses_the_file(cell: str, reason: str) -> None:
    (extraction,) = read_file("a.csv", sheet(ROW.replace("00:40:00", cell)))
    assert extraction.rows == ()
    assert [refusal.reason.value for refusal in extraction.refusals] == [reason]


def test_text_kept_as_text_by_an_equals_sign_is_that_text() -> None:
    (extraction,) = read_file("a.csv", sheet(ROW.replace("A0001", '"=""A0001"""')))
    assert extraction.rows[0].employee_id == "A0001"


def test_unreadable_reading_time_is_remarked_with_its_row() -> None:
    (extraction,) = read_file("a.csv", sheet(ROW.replace("00:40:00", "約四十分")))
    assert extraction.rows[0].reading_time is None
    (remark,) = extraction.remarks
    assert "第 2 列" in remark
    assert "約四十分" in remark


def completion(finished_on: object, finished_at: object, *, as_text: bool) -> bytes:
    """A completion sheet of one row, as a text sheet or a workbook."""
    table = [
        ["人員代號", "課程名稱", "認證時數", "完成日期", "完成時間"],
        ["A0001", "全民國防教育學堂", 2, finished_on, finished_at],
    ]
    if as_text:
        return "".join(",".join(map(str, row)) + "\n" for row in table).encode()
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("as_text", [True, False])
@pytest.mark.parametrize(
    ("finished_on", "finished_at", "moment"),
    [
        (41854, "18:05:09", datetime(2014, 8, 3, 18, 5, 9)),
        (41640, 0.75, datetime(2014, 1, 1, 18, 0)),
        (42004, 0.99998842592593, datetime(2014, 12, 31, 23, 59, 59)),
        (41854.5, "", datetime(2014, 8, 3, 12, 0)),
    ],
)
def test_date_that_lost_its_format_is_read_from_its_serial_number(
    finished_on: object, finished_at: object, moment: datetime, *, as_text: bool
) -> None:
    name = "a.csv" if as_text else "a.xlsx"
    (extraction,) = read_file(name, completion(finished_on, finished_at, as_text=as_text))
    assert extraction.refusals == ()
    assert [row.end for row in extraction.rows] == [moment]


@pytest.mark.parametrize("number", [10385, 11431, 999, 73051, 410854])
def test_number_that_is_no_serial_of_our_time_is_refused(number: int) -> None:
    (extraction,) = read_file("a.xlsx", completion(number, "18:00", as_text=False))
    assert extraction.rows == ()
    assert [refusal.reason.value for refusal in extraction.refusals] == ["bad_date"]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS.split(","))
    book.active.append(ROW.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, renamed: dict[str, str], parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in renamed.items():
                part = part.replace(before.encode(), after.encode())
                name = name.replace(before, after)
            new.writestr(name, part)
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def test_formula_is_found_in_a_sheet_of_any_name() -> None:
    plain = workbook()
    (good,) = read_file("a.xlsx", repacked(plain, {"worksheets/sheet1.xml": "rows/one.xml"}, {}))
    assert len(good.rows) == 1
    book = openpyxl.load_workbook(io.BytesIO(plain))
    book.active["E2"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    hidden = repacked(out.getvalue(), {"worksheets/sheet1.xml": "rows/one.xml"}, {})
    (extraction,) = read_file("a.xlsx", hidden)
    assert [refusal.reason.value for refusal in extraction.refusals] == ["unreadable"]


def test_script_in_a_package_is_hostile_whatever_its_ending() -> None:
    data = repacked(workbook(), {}, {"Scripts/python/run.py": b"print()"})
    (extraction,) = read_file("a.ods", data)
    assert [refusal.reason.value for refusal in extraction.refusals] == ["hostile"]


@pytest.mark.parametrize("words", ["全日", "全天", "整天"])
def test_whole_day_entry_lasts_from_midnight_to_midnight(words: str) -> None:
    text = (
        "人員代號,姓名,類別,起始日期,起始時間,結束日期,結束時間\n"
        f"A0001,王小明,公差,114/03/15,{words},114/03/16,{words}\n"
    )
    (extraction,) = read_file("a.csv", text.encode(), expected=EvidenceKind.ATTENDANCE)
    span = extraction.rows[0].span
    assert (span.start.isoformat(), span.end.isoformat()) == (
        "2025-03-15T00:00:00",
        "2025-03-17T00:00:00",
    )


def test_pdf_without_pages_after_a_locked_one_is_not_called_locked() -> None:
    empty = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    locked = (SAMPLES / "bad-input" / "input" / "records" / "encrypted.pdf").read_bytes()
    reasons = []
    for data in (locked, empty):
        (extraction,) = read_file("a.pdf", data)
        reasons += [refusal.reason.value for refusal in extraction.refusals]
    assert reasons == ["encrypted", "unreadable"]
