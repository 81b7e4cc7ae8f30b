"""Sheets as office systems print them, against what they truly say."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import EvidenceKind, Extraction, RefusalReason
from desktop.importers.reading import read_file

SAMPLES = Path(__file__).parents[2] / "samples" / "sheets"
RECOGNISED = [
    "cpab1207r_roster.xlsx",
    "cpab1207r_roster.xls",
    "attendance_two_row_headings.xlsx",
    "agency_status.xlsx",
    "punches_report.xlsx",
    "calendar_114.xlsx",
]
UNKNOWN = ColumnProfile(
    EvidenceKind.ATTENDANCE,
    ("工作證", "同仁", "差別", "何時開始", "何時結束", "共幾時"),
    (
        ("人員代號", "工作證"),
        ("姓名", "同仁"),
        ("類別", "差別"),
        ("起始日期", "何時開始"),
        ("結束日期", "何時結束"),
        ("時數", "共幾時"),
    ),
    confirmed_by="周雅雯",
    confirmed_on=date(2025, 11, 21),
)


def read(name: str, **words: Any) -> Extraction:
    (extraction,) = read_file(name, (SAMPLES / name).read_bytes(), **words)
    return extraction


def truth(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def assert_says(extraction: Extraction, name: str) -> None:
    wanted = truth(name)
    assert extraction.refusals == ()
    assert extraction.kind == wanted["kind"]
    assert len(extraction.rows) == len(wanted["rows"])
    for row, want in zip(extraction.rows, wanted["rows"], strict=True):
        fields = asdict(row)
        if "span" in fields:
            start, end = row.span.start, row.span.end
            fields |= {"start": start, "end": end, "kind": row.kind}
        assert {key: plain(fields[key]) for key in want} == want


@pytest.mark.parametrize("name", RECOGNISED)
def test_printed_sheet_every_row_is_read_and_nothing_else_is(name: str) -> None:
    assert_says(read(name), name)


def test_titles_and_footers_of_each_page_are_counted_not_taken_for_rows() -> None:
    remarks = read("cpab1207r_roster.xlsx").remarks
    # Four lines of title and a print date on the second page, two footers, a line of signatures.
    assert [remark for remark in remarks if "頁首或頁尾" in remark] == [
        "另有 7 列是每頁的頁首或頁尾（標題、列印日期、頁次），不是資料列，未採用。"
    ]


def test_headings_nobody_knows_are_refused_with_the_offer_to_map_them() -> None:
    extraction = read("attendance_unknown.csv")
    assert extraction.kind is None
    assert extraction.may_be_mapped
    (refusal,) = extraction.refusals
    assert refusal.reason is RefusalReason.NOT_RECOGNISED
    assert "對應欄位" in refusal.message


def test_headings_nobody_knows_are_read_by_their_profile_and_it_is_said() -> None:
    extraction = read("attendance_unknown.csv", profiles=(UNKNOWN,))
    assert_says(extraction, "attendance_unknown.csv")
    assert extraction.remarks[0] == "依 114-11-21 記住的欄位對應讀取（差勤紀錄）。"
    assert extraction.profile_key == UNKNOWN.key
