"""Column profiles: headings renamed before recognition, the row's own headings kept."""

from __future__ import annotations

import io
import pickle
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from desktop.domain.column_profile import (
    ColumnProfile,
    heading_key,
    heading_titles,
    plain_profile,
    profile_of_plain,
)
from desktop.domain.evidence import EvidenceKind, Extraction, RefusalReason
from desktop.importers.headings import Column
from desktop.importers.mapping import MAPPABLE_KINDS, mapping_fields, missing_columns
from desktop.importers.mapping_view import sheet_views
from desktop.importers.reading import from_clipboard, read_file

HEADINGS = ["卡號", "同仁", "修了什麼", "何時起", "何時迄", "過了嗎", "給幾時"]
ROW = [
    "A0012",
    "王小明",
    "雙軸轉型淨零港都",
    "2025-01-04 08:00:00",
    "2025-01-04 09:00:00",
    "已通過",
    "1",
]
PROFILE = ColumnProfile(
    EvidenceKind.EPLUS_RECORD,
    tuple(HEADINGS),
    (
        ("人員代號", "卡號"),
        ("姓名", "同仁"),
        ("課程名稱", "修了什麼"),
        ("上課開始時間", "何時起"),
        ("上課結束時間", "何時迄"),
        ("通過狀態", "過了嗎"),
        ("認證時數", "給幾時"),
    ),
    confirmed_on=date(2025, 11, 21),
)


def read(data: bytes, *profiles: ColumnProfile, name: str = "a.xlsx") -> Extraction:
    (extraction,) = read_file(name, data, profiles=profiles)
    return extraction


def test_mapped_learning_rows_are_read_and_their_cells_kept_by_the_headings_as_written(
    build,
) -> None:
    extraction = read(build.xlsx([["數位學習一覽"], HEADINGS, ROW]), PROFILE)
    (row,) = extraction.rows
    assert (row.employee_id, row.person_name, row.course_name) == (
        "A0012",
        "王小明",
        "雙軸轉型淨零港都",
    )
    assert (row.start, row.end) == (datetime(2025, 1, 4, 8), datetime(2025, 1, 4, 9))
    assert (row.pass_status, str(row.certified_hours)) == ("已通過", "1")
    assert dict(row.raw) == dict(zip(HEADINGS, ROW, strict=True))
    assert row.place.row == 3


def test_headings_in_another_order_and_width_are_the_same_set(build) -> None:
    order = [6, 0, 3, 1, 2, 5, 4]
    rows = [[HEADINGS[n].replace("給", " 給 ") for n in order], [ROW[n] for n in order]]
    (row,) = read(build.xlsx(rows), PROFILE).rows
    assert (row.employee_id, row.course_name) == ("A0012", "雙軸轉型淨零港都")


@pytest.mark.parametrize("change", ["one more", "one less", "one other"])
def test_another_set_of_headings_is_not_read_by_the_profile(build, change: str) -> None:
    headings = {
        "one more": [*HEADINGS, "備考"],
        "one less": HEADINGS[:-1],
        "one other": [*HEADINGS[:-1], "給幾點"],
    }[change]
    extraction = read(build.xlsx([headings, ROW[: len(headings)]]), PROFILE)
    assert extraction.kind is None
    assert extraction.profile_key == ""


def test_two_headings_of_one_word_are_told_apart_by_their_number(build) -> None:
    headings = ["工作證", "同仁", "差別", "日", "點", "日", "點"]
    profile = ColumnProfile(
        EvidenceKind.ATTENDANCE,
        heading_titles(headings),
        (
            ("人員代號", "工作證"),
            ("類別", "差別"),
            ("起始日期", "日"),
            ("起始時間", "點"),
            ("結束日期", "日 (2)"),
            ("結束時間", "點 (2)"),
        ),
    )
    row = ["A0012", "王小明", "加班", "1140315", "1830", "1140316", "0130"]
    (entry,) = read(build.xlsx([headings, row]), profile).rows
    assert (entry.span.start, entry.span.end) == (
        datetime(2025, 3, 15, 18, 30),
        datetime(2025, 3, 16, 1, 30),
    )


def test_heading_that_got_no_column_is_not_taken_for_one(build) -> None:
    # 單位 would be read as 服務單位, and 類別 would forbid the roster, were they not left out.
    headings = ["卡號", "誰", "單位", "隸屬", "階級", "類別"]
    profile = ColumnProfile(
        EvidenceKind.ROSTER,
        tuple(headings),
        (("人員代號", "卡號"), ("姓名", "誰"), ("服務單位", "隸屬"), ("官職等", "階級")),
    )
    row = ["A1", "王小明", "別的", "人事室", "薦任第7職等", "x"]
    (person,) = read(build.xlsx([headings, row]), profile).rows
    assert (person.unit, person.rank, person.category) == ("人事室", "薦任第7職等", "")
    assert person.raw["單位"] == "別的"


def test_column_that_the_sheet_leaves_out_holds_one_value_in_every_row(build) -> None:
    headings = ["卡號", "從", "到"]
    profile = ColumnProfile(
        EvidenceKind.ATTENDANCE,
        tuple(headings),
        (("人員代號", "卡號"), ("起始日期", "從"), ("結束日期", "到")),
        fixed=(("類別", "加班"),),
    )
    rows = [
        ["加班清冊"],
        headings,
        ["A1", "1140315 1800", "1140315 2000"],
        [],
        ["A2", "1140316 1800", "1140316 2000"],
        ["合計"],
        headings,
        ["A3", "1140317 1800", "1140317 2000"],
    ]
    extraction = read(build.xlsx(rows), profile)
    assert extraction.refusals == ()
    assert [(row.employee_id, row.kind_words) for row in extraction.rows] == [
        ("A1", "加班"),
        ("A2", "加班"),
        ("A3", "加班"),
    ]


def test_headings_below_the_searched_rows_are_found_by_their_profile(build) -> None:
    rows = [[f"說明第 {n} 行"] for n in range(30)]
    (row,) = read(build.xlsx([*rows, HEADINGS, ROW]), PROFILE).rows
    assert row.place.row == 32


def test_sheets_of_other_headings_are_named(build) -> None:
    data = build.csv([HEADINGS, ROW])
    assert not any("沒有讀取" in r for r in read(data, PROFILE, name="a.csv").remarks)
    workbook = openpyxl.Workbook()
    for sheet, rows in (
        ("一月", [HEADINGS, ROW]),
        ("二月", [HEADINGS, ROW]),
        ("附註", [["x", "y"]]),
    ):
        made = workbook.create_sheet(sheet)
        for cells in rows:
            made.append(cells)
    out = io.BytesIO()
    workbook.save(out)
    extraction = read(out.getvalue(), PROFILE)
    assert [row.place.sheet for row in extraction.rows] == ["一月", "二月"]
    assert "工作表「附註」的標題與記住的不同，沒有讀取。" in extraction.remarks


def test_profile_of_another_kind_than_expected_is_not_used(build) -> None:
    data = build.xlsx([HEADINGS, ROW])
    (extraction,) = read_file("a.xlsx", data, expected=EvidenceKind.ROSTER, profiles=(PROFILE,))
    assert extraction.kind is None


def test_pasted_table_and_archive_take_the_same_way(build) -> None:
    html = build.page([HEADINGS, ROW]).decode()
    assert from_clipboard(html, None, profiles=(PROFILE,)).kind is EvidenceKind.EPLUS_RECORD
    text = "\n".join("\t".join(cells) for cells in (HEADINGS, ROW))
    assert from_clipboard(None, text, profiles=(PROFILE,)).kind is EvidenceKind.EPLUS_RECORD
    packed = build.archive({"一/a.xlsx": build.xlsx([HEADINGS, ROW])})
    (extraction,) = read_file("a.zip", packed, profiles=(PROFILE,))
    assert len(extraction.rows) == 1


def test_mapped_rows_are_still_refused_one_by_one(build) -> None:
    bad = ["A0013", "李大華", "課", "2025-13-45 08:00:00", "胡寫", "已通過", "1"]
    extraction = read(build.xlsx([HEADINGS, ROW, bad]), PROFILE)
    assert len(extraction.rows) == 1
    (refusal,) = extraction.refusals
    assert (refusal.reason, refusal.place.row) == (RefusalReason.BAD_DATE, 3)
    assert extraction.rows_in == 2


# -------------------------------------------------------------------------------------- recognising
def test_sheet_that_lacks_a_column_says_how_near_it_comes(build) -> None:
    rows = [
        ["人員代號", "姓名", "起始日期", "結束日期", "時數"],
        ["A1", "王小明", "1140101", "1140101", "8"],
    ]
    extraction = read(build.xlsx(rows))
    (refusal,) = extraction.refusals
    assert refusal.reason is RefusalReason.NO_COLUMNS
    assert "差勤紀錄（5 欄有 5 欄相符），但缺少「類別」欄" in refusal.message
    assert extraction.may_be_mapped


def test_sheet_with_a_few_known_headings_is_asked_about_with_the_nearest_guess(build) -> None:
    rows = [["姓名", "單位", "星座", "血型", "興趣"], ["王小明", "人事室", "獅子", "O", "書"]]
    (refusal,) = read(build.xlsx(rows)).refusals
    assert refusal.reason is RefusalReason.NOT_RECOGNISED
    assert "看起來最像" in refusal.message
    assert "（5 欄有 2 欄相符）" in refusal.message


def test_two_claimants_are_both_named_and_the_clerk_may_say_which(build) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["人員代號", "日期", "上班刷卡", "下班刷卡"])
    workbook.active.append(["A1", "1140312", "0800", "1700"])
    other = workbook.create_sheet("輪值")
    other.append(["人員代號", "日期", "上班", "下班"])
    other.append(["A1", "1140312", "0800", "1700"])
    out = io.BytesIO()
    workbook.save(out)
    extraction = read(out.getvalue())
    (refusal,) = extraction.refusals
    assert refusal.reason is RefusalReason.AMBIGUOUS_KIND
    assert "輪值表與刷卡紀錄" in refusal.message
    assert extraction.may_be_mapped


def test_page_without_a_table_offers_no_mapping() -> None:
    extraction = read("<html><body>請先登入會員</body></html>".encode(), name="a.html")
    assert not extraction.may_be_mapped
    assert "對應欄位" not in extraction.refusals[0].message


# -------------------------------------------------------------------------------------------- values
@pytest.mark.parametrize("kind", MAPPABLE_KINDS)
def test_every_kind_can_be_mapped_by_its_own_headings_alone(build, kind: EvidenceKind) -> None:
    """Strange headings for every column: the kind reads its rows, or refuses them by their values."""
    fields = mapping_fields(kind)
    titles = [f"甲{n}乙" for n, _ in enumerate(fields)]
    profile = ColumnProfile(
        kind, tuple(titles), tuple((f.column.value, t) for f, t in zip(fields, titles, strict=True))
    )
    extraction = read(build.xlsx([titles, ["0"] * len(titles)]), profile)
    assert extraction.kind is kind
    assert extraction.rows_in == 1


def test_needed_columns_may_stand_for_each_other() -> None:
    fields = {field.column: field for field in mapping_fields(EvidenceKind.ATTENDANCE)}
    assert fields[Column.KIND].is_needed
    assert fields[Column.KIND].instead == ()
    assert fields[Column.NAME].instead == (Column.EMPLOYEE_ID,)
    assert not fields[Column.REASON].is_needed
    missing = missing_columns(EvidenceKind.ATTENDANCE, ["姓名", "起始日期", "結束日期"])
    assert missing == ((Column.KIND,),)


def test_profile_crosses_a_process_and_json_unchanged() -> None:
    assert pickle.loads(pickle.dumps(PROFILE)) == PROFILE
    assert profile_of_plain(plain_profile(PROFILE)) == PROFILE
    fixed = replace(PROFILE, fixed=(("類別", "加班"),))
    assert profile_of_plain(plain_profile(fixed)) == fixed


def test_titles_are_all_different_and_blank_ones_are_no_part_of_the_set() -> None:
    titles = heading_titles(["起", "", "起", "起 (2)", " 迄\n日 "])
    assert titles == ("起", "第 2 欄", "起 (2)", "起 (2) (2)", "迄 日")
    assert heading_key(heading_titles(["甲", "", "乙"])) == heading_key(
        heading_titles(["乙", "甲"])
    )


def test_table_is_shown_with_its_likely_headings(build) -> None:
    (view,) = sheet_views("a.xlsx", build.xlsx([["名冊"], ["列印日期", "1141121"], HEADINGS, ROW]))
    assert (view.headings, view.name, view.total) == (2, "工作表1", 4)
    assert view.titles(2) == tuple(HEADINGS)
    assert view.rows[3] == tuple(ROW)


def test_file_that_cannot_be_read_shows_no_table() -> None:
    assert sheet_views("a.pdf", b"%PDF-1.4 broken") == ()
    assert sheet_views("a.bin", b"\x00\x01\x02" * 40) == ()


# --------------------------------------------------------------------------------------------- people
def test_name_with_a_private_use_character_is_remarked_and_listed(build) -> None:
    rows = [
        ["人員代號", "姓名", "單位", "職稱"],
        ["A1", "王\ue001明", "人事室", "科員"],
        ["A2", "李犇", "人事室", "科員"],
    ]
    remarks = read(build.xlsx(rows)).remarks
    (remark,) = [remark for remark in remarks if "造字" in remark]
    assert "「王\ue001明」" in remark
    assert "第 2 列" in remark
    assert "李犇" not in remark


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("姓名：王小明　單位：人事室", "人事室"),
        ("服務單位：人事室<br>姓名：王小明", "人事室"),
        ("姓名：王小明", None),
        ("單位：　姓名：王小明", None),
    ],
)
def test_unit_above_the_table_is_kept_as_evidence(build, above: str, unit: str | None) -> None:
    (row,) = read(build.page([build.headings, build.row()], above=above), name="a.html").rows
    assert (row.person_name, row.shown_unit) == ("王小明", unit)


def test_unit_of_a_row_goes_before_the_one_above_the_table(build) -> None:
    rows = [
        ["單位：秘書室"],
        ["姓名", "單位", "日期", "上班刷卡", "下班刷卡"],
        ["王小明", "人事室", "1140312", "0800", "1700"],
        ["李犇", "", "1140312", "0800", "1700"],
    ]
    assert [row.unit for row in read(build.xlsx(rows)).rows] == ["人事室", "秘書室"]
