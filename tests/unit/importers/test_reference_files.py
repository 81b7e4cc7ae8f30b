"""Reference data: taken whole or not at all, dates and times in every spelling."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from desktop.domain.attendance import AttendanceKind
from desktop.domain.evidence import EvidenceKind, Extraction, RefusalReason
from desktop.domain.moments import Span
from desktop.importers.duty import attendance_kind
from desktop.importers.reading import read_file


def read(data: bytes, name: str = "a.xlsx") -> Extraction:
    (extraction,) = read_file(name, data)
    return extraction


ROSTER = [
    "人員代號",
    "姓名",
    "服務單位",
    "職稱",
    "官職等",
    "人員類別",
    "班別",
    "到職日",
    "離職日",
    "留職停薪起",
    "留職停薪迄",
]


def test_roster_below_a_title_with_a_total_is_read(build) -> None:
    rows = [
        ["高雄市政府職員名冊"],
        ROSTER,
        [
            "A0001",
            "林𡘙廷",
            "人事室",
            "科員",
            "薦任第7職等",
            "編制內公務人員",
            "A",
            "89/12/11",
            "",
            "114/03/01",
            "114/05/31",
        ],
        [10002, "李犇", "人事室", "約僱人員", "", "約僱", "F", date(2011, 4, 27), None, None, None],
        ["合計", "2人"],
    ]
    extraction = read(build.xlsx(rows))
    assert extraction.kind is EvidenceKind.ROSTER
    first, second = extraction.rows
    assert (first.employee_id, first.name, first.unit) == ("A0001", "林𡘙廷", "人事室")
    assert (first.rank, first.category, first.pattern_code) == (
        "薦任第7職等",
        "編制內公務人員",
        "A",
    )
    assert first.hired_on == date(2000, 12, 11)
    assert (first.leave_without_pay_from, first.leave_without_pay_until) == (
        date(2025, 3, 1),
        date(2025, 5, 31),
    )
    assert (second.employee_id, second.hired_on, second.left_on) == (
        "10002",
        date(2011, 4, 27),
        None,
    )


def test_roster_with_one_bad_row_is_refused_whole_and_every_row_is_counted(build) -> None:
    rows = [
        ROSTER,
        ["A0001", "王小明", "人事室"],
        ["A0002", "", "人事室"],
        ["A0003", "李犇", "會計室"],
    ]
    extraction = read(build.xlsx(rows))
    assert extraction.rows == ()
    assert extraction.rows_in == 3
    assert "第 3 列" in extraction.refusals[0].message
    assert "姓名" in extraction.refusals[0].message


def test_roster_by_other_names_of_its_columns_is_read(build) -> None:
    rows = [["員工編號", "人員姓名", "單位名稱", "職務"], ["A1", "王小明", "人事室", "科員"]]
    extraction = read(build.xlsx(rows))
    assert [(row.employee_id, row.name, row.unit, row.title) for row in extraction.rows] == [
        ("A1", "王小明", "人事室", "科員")
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("加班", AttendanceKind.OVERTIME), ("專案加班", AttendanceKind.OVERTIME),
        ("公假", AttendanceKind.OFFICIAL_LEAVE), ("公假(研習)", AttendanceKind.OFFICIAL_LEAVE),
        ("公差", AttendanceKind.BUSINESS_TRIP), ("公出", AttendanceKind.BUSINESS_TRIP),
        ("出差", AttendanceKind.BUSINESS_TRIP), ("公差假", AttendanceKind.BUSINESS_TRIP),
        ("值班", AttendanceKind.ON_CALL), ("輪值", AttendanceKind.ON_CALL),
        ("值日", AttendanceKind.ON_CALL), ("待命", AttendanceKind.ON_CALL),
        ("補休", AttendanceKind.PERSONAL_LEAVE), ("公假補休", AttendanceKind.PERSONAL_LEAVE),
        ("加班補休", AttendanceKind.PERSONAL_LEAVE), ("值班補休", AttendanceKind.PERSONAL_LEAVE),
        ("休假", AttendanceKind.PERSONAL_LEAVE), ("事假", AttendanceKind.PERSONAL_LEAVE),
        ("病 假", AttendanceKind.PERSONAL_LEAVE), ("家庭照顧假", AttendanceKind.PERSONAL_LEAVE),
        ("公傷假", AttendanceKind.PERSONAL_LEAVE), ("輪休", AttendanceKind.PERSONAL_LEAVE),
        ("曠職", None), ("遲到", None), ("", None), ("X", None),
    ],
)  # fmt: skip
def test_word_of_the_attendance_system_has_its_meaning(
    words: str, kind: AttendanceKind | None
) -> None:
    assert attendance_kind(words) is kind


ENTRY = Span(datetime(2025, 1, 4, 9), datetime(2025, 1, 4, 12))
PARTS = ["人員代號", "姓名", "類別", "起始日期", "起始時間", "結束日期", "結束時間", "時數", "事由"]


@pytest.mark.parametrize(
    "cells",
    [
        ["114/01/04", "09:00", "114/01/04", "12:00"],
        ["1140104", "0900", "1140104", "1200"],
        ["2025-01-04", "上午9時", "2025-01-04", "中午12:00"],
        [date(2025, 1, 4), time(9), date(2025, 1, 4), time(12)],
        [datetime(2025, 1, 4, 9), None, datetime(2025, 1, 4, 12), None],
        ["114/1/4 9:00", "", "114/1/4 12:00", ""],
    ],
)
def test_attendance_entry_is_read_in_every_spelling(build, cells: list[object]) -> None:
    data = build.xlsx([["差勤紀錄"], PARTS, ["A0008", "郭欣君", "公假", *cells, 3, "研習"]])
    (row,) = read(data).rows
    assert (row.employee_id, row.kind, row.kind_words) == (
        "A0008",
        AttendanceKind.OFFICIAL_LEAVE,
        "公假",
    )
    assert (row.span, row.reason) == (ENTRY, "研習")


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["姓名", "假別", "起", "迄"], ["郭欣君", "公假", "114/1/4 09:00", "114/1/4 12:00"]),
        (
            ["姓名", "假別", "起始時間", "結束時間"],
            ["郭欣君", "公假", "114/1/4 09:00", "114/1/4 12:00"],
        ),
        (
            ["姓名", "類別", "日期", "起始時間", "結束時間"],
            ["郭欣君", "公假", "114/1/4", "09:00", "12:00"],
        ),
        (["姓名", "類別", "日期", "起", "迄"], ["郭欣君", "公假", "114/1/4", "09:00", "12:00"]),
    ],
)
def test_attendance_in_other_columns_is_read(build, headings: list[str], cells: list[str]) -> None:
    (row,) = read(build.xlsx([headings, cells])).rows
    assert (row.person_name, row.employee_id, row.span) == ("郭欣君", None, ENTRY)


def test_attendance_of_dates_alone_spans_whole_days(build) -> None:
    (row,) = read(build.xlsx([PARTS, ["A1", "", "休假", "114/01/04", "", "114/01/05", ""]])).rows
    assert row.span == Span(datetime(2025, 1, 4), datetime(2025, 1, 6))


def test_attendance_until_midnight_ends_with_its_day(build) -> None:
    (row,) = read(
        build.xlsx([PARTS, ["A1", "", "加班", "114/01/04", "18:00", "114/01/04", "24:00"]])
    ).rows
    assert row.span.end == datetime(2025, 1, 5)


@pytest.mark.parametrize(
    ("cells", "reason", "words"),
    [
        (["A1", "", "曠職", "114/1/4", "09:00", "114/1/4", "12:00"], RefusalReason.UNREADABLE, "曠職"),
        (["A1", "", "公假", "114/1/4", "12:00", "114/1/4", "09:00"], RefusalReason.BAD_DATE, "晚於"),
        (["A1", "", "公假", "01/02/03", "09:00", "114/1/4", "12:00"], RefusalReason.BAD_DATE, "01/02/03"),
        (["A1", "", "公假", "114/2/30", "09:00", "114/3/4", "12:00"], RefusalReason.BAD_DATE, "114/2/30"),
        (["A1", "", "公假", "114/1/4", "25:00", "114/1/4", "12:00"], RefusalReason.BAD_DATE, "25:00"),
        (["A1", "", "公假", "114/1/4", "09:00", "", ""], RefusalReason.BAD_DATE, "結束日期"),
        (["", "", "公假", "114/1/4", "09:00", "114/1/4", "12:00"], RefusalReason.PERSON_UNKNOWN, "人員代號"),
    ],
)  # fmt: skip
def test_attendance_with_one_bad_entry_is_refused_whole(
    build, cells: list[str], reason: RefusalReason, words: str
) -> None:
    good = ["A2", "", "加班", "114/1/5", "18:00", "114/1/5", "20:00"]
    extraction = read(build.xlsx([PARTS, good, cells]))
    assert extraction.rows == ()
    assert extraction.refusals[0].reason is reason
    assert words in extraction.refusals[0].message
    assert "第 3 列" in extraction.refusals[0].message
    assert extraction.rows_in == 2


def test_attendance_without_any_entry_is_a_good_file(build) -> None:
    extraction = read(build.xlsx([["差勤紀錄"], PARTS]))
    assert (extraction.kind, extraction.rows, extraction.refusals) == (
        EvidenceKind.ATTENDANCE,
        (),
        (),
    )
    assert extraction.remarks


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("08:00", "20:00", (datetime(2025, 1, 10, 8), datetime(2025, 1, 10, 20))),
        ("22:00", "06:00", (datetime(2025, 1, 10, 22), datetime(2025, 1, 11, 6))),
        ("08:00", "08:00", (datetime(2025, 1, 10, 8), datetime(2025, 1, 11, 8))),
        ("16:00", "24:00", (datetime(2025, 1, 10, 16), datetime(2025, 1, 11))),
        (time(22), time(6), (datetime(2025, 1, 10, 22), datetime(2025, 1, 11, 6))),
        ("22:00", "114/1/11 06:00", (datetime(2025, 1, 10, 22), datetime(2025, 1, 11, 6))),
    ],
)
def test_shift_that_ends_no_later_than_it_starts_ends_on_the_next_day(
    build, start: object, end: object, span: tuple[datetime, datetime]
) -> None:
    data = build.xlsx(
        [["輪值表"], ["人員代號", "日期", "上班", "下班"], ["A1", "114/01/10", start, end]]
    )
    extraction = read(data)
    assert extraction.kind is EvidenceKind.SHIFTS
    (row,) = extraction.rows
    assert (row.day, row.span) == (date(2025, 1, 10), Span(*span))


def test_punches_either_may_be_missing(build) -> None:
    rows = [
        ["人員代號", "日期", "上班刷卡", "下班刷卡"],
        ["A1", "2025-05-13", "07:52:59", "17:22:00"],
        ["A1", "2025-05-14", "07:52", ""],
    ]
    extraction = read(build.csv(rows), "punches.csv")
    assert extraction.kind is EvidenceKind.PUNCHES
    assert [(row.punch_in, row.punch_out) for row in extraction.rows] == [
        (datetime(2025, 5, 13, 7, 52, 59), datetime(2025, 5, 13, 17, 22)),
        (datetime(2025, 5, 14, 7, 52), None),
    ]


def test_applications_and_nominations_are_read(build) -> None:
    received = read(
        build.xlsx([["人員代號", "計畫", "收件日期"], ["H1", "hsinchu-109", "109/09/16"]])
    )
    assert received.kind is EvidenceKind.APPLICATIONS
    assert received.rows[0].received_on == date(2020, 9, 16)
    nominated = read(
        build.xlsx(
            [
                ["人員代號", "姓名", "聯絡電話", "人事單位電子信箱", "優先條件", "遞補"],
                ["T1", "賴怡廷", "02-2720", "p@x.example", "1", ""],
                ["T2", "彭育珍", "02-2720", "p@x.example", "", "是"],
            ]
        )
    )
    assert nominated.kind is EvidenceKind.NOMINATIONS
    assert [row.is_substitute for row in nominated.rows] == [False, True]


def year(number: int) -> list[list[str]]:
    day, rows = date(number, 1, 1), [["西元日期", "星期", "是否放假", "備註"]]
    while day.year == number:
        off = "2" if day.weekday() > 4 else "0"
        rows.append([f"{day:%Y%m%d}", "一二三四五六日"[day.weekday()], off, ""])
        day += timedelta(days=1)
    return rows


def test_calendar_is_read_by_whether_a_day_is_off(build) -> None:
    rows = year(2024)
    rows[1][2:] = ["2", "開國紀念日"]
    extraction = read(build.csv(rows, encoding="cp950"), "113.csv")
    assert extraction.kind is EvidenceKind.CALENDAR
    assert len(extraction.rows) == 366
    first, second = extraction.rows[:2]
    assert (first.day, first.is_day_off, first.remark) == (date(2024, 1, 1), True, "開國紀念日")
    assert (second.day, second.is_day_off) == (date(2024, 1, 2), False)
    assert extraction.remarks == ()


def test_calendar_in_a_workbook_with_numbers_is_read(build) -> None:
    rows = [[int(cell) if cell.isdigit() else cell for cell in row] for row in year(2025)]
    assert len(read(build.xlsx(rows)).rows) == 365


def test_calendar_with_a_wrong_weekday_is_remarked_and_taken(build) -> None:
    rows = year(2025)
    rows[10][1] = "日"
    extraction = read(build.csv(rows), "114.csv")
    assert len(extraction.rows) == 365
    assert "2025-01-10" in extraction.remarks[0]


@pytest.mark.parametrize("fault", ["missing", "doubled", "unknown"])
def test_calendar_that_lacks_doubles_or_misnames_a_day_is_refused(build, fault: str) -> None:
    rows = year(2025)
    if fault == "missing":
        del rows[100]
    elif fault == "doubled":
        rows.append(rows[5])
    else:
        rows[5][2] = "1"
    extraction = read(build.csv(rows), "114.csv")
    assert extraction.rows == ()
    assert extraction.rows_in == len(rows) - 1
