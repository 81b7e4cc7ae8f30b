"""Rows of learning evidence: what is read, what is refused row by row, whose they are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from desktop.domain.evidence import EvidenceKind, Extraction, RefusalReason
from desktop.importers.reading import read_file

START, END = datetime(2025, 1, 4, 8), datetime(2025, 1, 4, 9)


def read(data: bytes, name: str = "學習紀錄.xlsx") -> Extraction:
    (extraction,) = read_file(name, data)
    return extraction


def boundary(body: bytes) -> bytes:
    head = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html"; boundary="--B"\r\n\r\n----B\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head + body + b"\r\n----B--\r\n"


FORMATS = {
    "a.xlsx": lambda b, rows: b.xlsx(rows),
    "a.ods": lambda b, rows: b.ods(rows),
    "saved as.xls": lambda b, rows: b.page(rows),
    "text as.xls": lambda b, rows: b.csv(rows, encoding="cp950"),
    "a.csv": lambda b, rows: b.csv(rows, encoding="utf-8"),
    "marked.csv": lambda b, rows: b.csv(rows, encoding="utf-8-sig"),
    "big5.csv": lambda b, rows: b.csv(rows, encoding="cp950"),
    "hong-kong.csv": lambda b, rows: b.csv([*rows, b.row("犇喆堃峯")], encoding="big5hkscs"),
    "wide.csv": lambda b, rows: b.csv(rows, encoding="utf-16"),
    "tabs.txt": lambda b, rows: b.csv(rows, mark="\t"),
    "semicolons.csv": lambda b, rows: b.csv(rows, mark=";"),
    "page.html": lambda b, rows: b.page(rows),
    "big5.html": lambda b, rows: b.page(rows, charset="big5"),
    "page.mhtml": lambda b, rows: boundary(b.page(rows)),
}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_same_rows_in_any_format_read_the_same(name: str, build) -> None:
    extraction = read(FORMATS[name](build, [build.headings, build.row()]), name)
    assert extraction.kind is EvidenceKind.EPLUS_RECORD
    row = extraction.rows[0]
    assert (row.course_name, row.course_code) == ("雙軸轉型淨零港都", "PCENTER114100001")
    assert (row.start, row.end) == (START, END)
    assert row.certified_hours == Decimal("1.0")
    assert row.reading_time == timedelta(minutes=51, seconds=32)
    assert row.pass_status == "已通過"
    assert row.raw["上課期間"] == build.period


def test_hong_kong_characters_are_read_with_a_remark(build) -> None:
    extraction = read(FORMATS["hong-kong.csv"](build, [build.headings, build.row()]), "a.csv")
    assert extraction.rows[1].course_name == "犇喆堃峯"
    assert extraction.remarks


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("採購法概論(第二版) (PCENTER114100005)", "採購法概論(第二版)", "PCENTER114100005"),
        ("採購法概論(第二版)", "採購法概論(第二版)", None),
        ("智慧城市（PKCG114100128）", "智慧城市", "PKCG114100128"),
        ("失智友善\n(PCENTER11410\n0005)", "失智友善", "PCENTER114100005"),
        ("認識 COVID(2019)", "認識 COVID(2019)", None),
        ("第(ABC)課", "第(ABC)課", None),
    ],
)
def test_course_code_in_brackets_is_taken_off_the_name(
    build, written: str, name: str, code: str | None
) -> None:
    row = read(build.xlsx([build.headings, build.row(written)])).rows[0]
    assert (row.course_name, row.course_code) == (name, code)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2025-01-04 08:00:00~ 2025-01-04 09:00:00", START, END),
        ("2025-01-04\n08:00:00~\n2025-01-04\n09:00:00", START, END),
        ("2025-01-\n04 08:00:0\n0~ 2025-01-0\n4 09:00:00", START, END),
        ("114/01/04 08:00:00~ 114/01/04 09:00:00", START, END),
        ("１１４／０１／０４ ０８：００：００~ １１４／０１／０４ ０９：００：００", START, END),
        ("2025/1/4 8:00:00～2025/1/4 9:00:00", START, END),
        ("2025-01-04 08:00:00~", START, None),
        ("2025-01-04 08:00:00~ --", START, None),
        ("", None, None),
    ],
)
def test_period_is_read_in_every_spelling(build, period: str, start: object, end: object) -> None:
    row = read(build.xlsx([build.headings, build.row(period=period)])).rows[0]
    assert (row.start, row.end) == (start, end)
    assert not row.times_are_impossible


def test_period_of_dates_alone_gives_dates_and_no_times(build) -> None:
    row = read(build.xlsx([build.headings, build.row(period="114/1/4~114/1/5")])).rows[0]
    assert (row.start, row.end) == (None, None)
    assert (row.started_on, row.completed_on) == (date(2025, 1, 4), date(2025, 1, 5))
    assert not row.shows_times


def test_impossible_date_the_row_is_kept_and_marked(build) -> None:
    period = "114/02/30 20:00:00~ 114/03/01 21:00:00"
    row = read(build.xlsx([build.headings, build.row(period=period)])).rows[0]
    assert row.times_are_impossible
    assert (row.start, row.end) == (None, datetime(2025, 3, 1, 21))


@pytest.mark.parametrize("written", ["03/04/2025 20:00:00", "01/02/03 20:00:00", "一月三日"])
def test_date_that_cannot_be_read_refuses_its_row_alone(build, written: str) -> None:
    rows = [build.headings, build.row(period=f"{written}~ {written}"), build.row(number="2")]
    extraction = read(build.xlsx(rows))
    (refusal,) = extraction.refusals
    assert refusal.reason is RefusalReason.BAD_DATE
    assert refusal.place.row == 2
    assert "第 2 列" in refusal.message
    assert written in refusal.message
    assert refusal.raw["上課期間"] == f"{written}~ {written}"
    assert len(extraction.rows) == 1
    assert extraction.rows_in == 2


def test_every_row_refused_each_is_listed(build) -> None:
    rows = [build.row(period="01/02/03 20:00:00~"), build.row(period="03/04/2025 20:00:00~")]
    extraction = read(build.xlsx([build.headings, *rows]))
    assert extraction.rows == ()
    assert [refusal.place.row for refusal in extraction.refusals] == [2, 3]
    assert extraction.rows_in == 2


def test_row_without_a_course_is_refused_not_dropped(build) -> None:
    extraction = read(build.xlsx([build.headings, build.row(""), build.row()]))
    assert (len(extraction.rows), len(extraction.refusals), extraction.rows_in) == (1, 1, 2)


def test_titles_blank_rows_totals_and_notes_are_no_rows(build) -> None:
    rows = [
        ["高雄市政府學習紀錄"],
        ["列印日期：114/09/03"],
        ["姓名：王小明"],
        [],
        build.headings,
        build.row(),
        [],
        build.headings,
        build.row("失智友善好厝邊", number="2"),
        ["合計", "", "", "", "", "", "", "", "", "2.0"],
        ["", "", "認證時數合計", "", "", "", "", "", "", "2.0"],
        ["※本表由系統產生"],
    ]
    extraction = read(build.xlsx(rows))
    assert [row.course_name for row in extraction.rows] == ["雙軸轉型淨零港都", "失智友善好厝邊"]
    assert extraction.refusals == ()
    assert {row.person_name for row in extraction.rows} == {"王小明"}
    assert [row.place.row for row in extraction.rows] == [6, 9]
    assert extraction.rows[0].place.words == "工作表「工作表1」第 6 列"


def test_two_people_one_after_another_each_own_their_rows(build) -> None:
    rows = [
        ["姓名：王小明"], build.headings, build.row(),
        ["姓名：李　犇"], build.headings, build.row(), build.row(number="2"),
    ]  # fmt: skip
    extraction = read(build.xlsx(rows))
    assert [row.person_name for row in extraction.rows] == ["王小明", "李　犇", "李　犇"]


def test_rows_that_name_their_person_are_not_given_the_files(build) -> None:
    rows = [
        ["人員代號", "姓名", *build.headings],
        ["A0001", "王小明", *build.row()],
        ["", "", *build.row()],
    ]
    extraction = read(build.xlsx(rows), "A0099_李大華.xlsx")
    assert [(row.employee_id, row.person_name) for row in extraction.rows] == [
        ("A0001", "王小明"),
        (None, None),
    ]


def test_number_typed_as_a_number_is_text_without_a_fraction(build) -> None:
    rows = [["人員代號", "姓名", *build.headings], [12345, "王小明", *build.row(hours=2)]]
    row = read(build.xlsx(rows)).rows[0]
    assert (row.employee_id, row.certified_hours) == ("12345", Decimal(2))


def test_typed_cells_are_read_as_what_they_are(build) -> None:
    headings = [*build.headings]
    headings[3:4] = ["上課開始時間", "上課結束時間"]
    cells = build.row(reading=time(0, 51, 32), hours=1.5)
    cells[3:4] = [START, END]
    row = read(build.xlsx([headings, cells])).rows[0]
    assert (row.start, row.end) == (START, END)
    assert (row.reading_time, row.certified_hours) == (
        timedelta(minutes=51, seconds=32),
        Decimal("1.5"),
    )


def test_gap_in_the_numbers_is_remarked(build) -> None:
    rows = [build.headings, build.row(number="1"), build.row(number="4")]
    assert any("從 1 跳到 4" in remark for remark in read(build.xlsx(rows)).remarks)


def test_page_says_more_rows_than_it_holds_it_is_remarked(build) -> None:
    data = build.page([build.headings, build.row()], above="姓名：王小明　共 3 筆")
    assert any("共 3 筆" in remark for remark in read(data, "a.html").remarks)


PORTAL = [
    "課程名稱",
    "期別",
    "學習機關(構)",
    "上課期間",
    "時數",
    "服務機關",
    "職稱",
    "官職等",
    "假別",
    "學習類別",
    "業務相關",
]


def portal_row(period: str) -> list[str]:
    rest = [
        "公務人力發展學院",
        period,
        "2小時",
        "新竹市政府",
        "技士",
        "薦任第7職等",
        "",
        "數位",
        "*",
    ]
    return ["政府採購法實務", "1", *rest]


def test_portal_the_course_being_open_is_no_study_time(build) -> None:
    data = build.page(
        [PORTAL, portal_row("起:1090101<br>迄:1091231<br>登:1090719")], above="姓名：李犇"
    )
    extraction = read(data, "a.html")
    assert extraction.kind is EvidenceKind.PORTAL_HOURS
    (row,) = extraction.rows
    assert (row.start, row.end, row.started_on) == (None, None, None)
    assert row.completed_on == date(2020, 7, 19)
    assert (row.certified_hours, row.person_name) == (Decimal(2), "李犇")


@pytest.mark.parametrize(
    ("period", "completed", "is_impossible"),
    [
        ("起:1090101 迄:1091231", None, False),
        ("登:1090230", None, True),
        ("登:109/07/19", date(2020, 7, 19), False),
        ("起:1090101 登:1090\n719 迄:1091231", date(2020, 7, 19), False),
    ],
)
def test_portal_registration_day(
    build, period: str, completed: object, is_impossible: bool
) -> None:
    (row,) = read(build.xlsx([PORTAL, portal_row(period)])).rows
    assert (row.completed_on, row.times_are_impossible) == (completed, is_impossible)


def test_portal_summary_block_is_no_table_of_courses(build) -> None:
    summary = "<table><tr><td>通過總學習時數</td><td>31小時</td></tr></table>"
    data = build.page([PORTAL, portal_row("登:1090719")], above=summary)
    extraction = read(data, "a.html")
    assert (len(extraction.rows), extraction.refusals) == (1, ())


def test_agency_list_is_told_from_the_portal_by_its_title_or_columns(build) -> None:
    headings = ["員工代號", "姓名", *(h for h in PORTAL if h != "假別")]
    row = ["A0006", "李犇", *portal_row("登:1140622")]
    del row[10]
    extraction = read(build.xlsx([headings, row]))
    assert extraction.kind is EvidenceKind.AGENCY_STATUS
    assert (extraction.rows[0].employee_id, extraction.rows[0].person_name) == ("A0006", "李犇")
    portal = read(
        build.xlsx([["人員代號", "姓名", *PORTAL], ["A0006", "李犇", *portal_row("登:1140622")]])
    )
    assert portal.kind is EvidenceKind.PORTAL_HOURS


@pytest.mark.parametrize(
    ("day", "clock", "end", "completed"),
    [
        ("1030813", "18時58分", datetime(2014, 8, 13, 18, 58), None),
        ("103.10.5", "２０：５３", datetime(2014, 10, 5, 20, 53), None),
        (date(2014, 8, 13), time(18, 58), datetime(2014, 8, 13, 18, 58), None),
        ("103/08/13", "1848", datetime(2014, 8, 13, 18, 48), None),
        ("103/08/13", 1848, datetime(2014, 8, 13, 18, 48), None),
        ("103/08/13", "24:00", datetime(2014, 8, 14), None),
        ("103/08/13 18:58", "", datetime(2014, 8, 13, 18, 58), None),
        ("103/08/13", "", None, date(2014, 8, 13)),
        ("103/08/13", None, None, date(2014, 8, 13)),
    ],
)
def test_completion_sheet_day_and_time_make_the_end(
    build, day: object, clock: object, end: object, completed: object
) -> None:
    rows = [
        ["高雄市政府103年度數位學習完成清冊"],
        ["人員代號", "姓名", "課程名稱", "認證時數", "完成日期", "完成時間"],
        ["K0001", "何建蓉", "行政中立理論與實務", 2, day, clock],
    ]
    extraction = read(build.xlsx(rows))
    assert extraction.kind is EvidenceKind.COMPLETION_SHEET
    (row,) = extraction.rows
    assert (row.start, row.end, row.completed_on) == (None, end, completed)
    assert row.pass_status is None


def test_completion_time_that_cannot_exist_marks_the_row(build) -> None:
    rows = [
        ["姓名", "課程名稱", "時數", "完成日期", "完成時間", "通過狀態"],
        ["何建蓉", "行政中立", 2, "103/08/13", "25:61", "已通過"],
    ]
    (row,) = read(build.xlsx(rows)).rows
    assert row.times_are_impossible
    assert row.pass_status == "已通過"


@pytest.mark.parametrize(
    ("mark", "has"),
    [("有", True), ("無", False), ("✓", True), ("V", True), ("", None), ("?", None)],
)
def test_coursera_sheet_is_read_with_its_certificate(build, mark: str, has: bool | None) -> None:
    rows = [
        [
            "人員代號",
            "姓名",
            "課程名稱",
            "語言",
            "開課國家/地區",
            "開始日期",
            "完成日期",
            "完課時數",
            "證書",
        ],
        ["T0001", "賴怡廷", "Global Diplomacy", "英文", "英國", "113.1.19", "113.2.7", 6.5, mark],
    ]
    extraction = read(build.xlsx(rows))
    assert extraction.kind is EvidenceKind.COURSERA_SHEET
    (row,) = extraction.rows
    assert (row.started_on, row.completed_on) == (date(2024, 1, 19), date(2024, 2, 7))
    assert (row.language, row.region, row.has_certificate) == ("英文", "英國", has)
    assert row.certified_hours == Decimal("6.5")


def test_merged_cells_over_rows_hold_for_each_row_of_a_page(build) -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in build.row())
    heads = "".join(f"<th>{heading}</th>" for heading in ["姓名", *build.headings])
    markup = (
        f"<table><tr>{heads}</tr><tr><td rowspan='2'>王小明</td>{cells}</tr><tr>{cells}</tr>"
        f"<tr><td>李犇</td>{cells}</tr></table>"
    )
    extraction = read(f"<html><body>{markup}</body></html>".encode(), "a.html")
    assert [row.person_name for row in extraction.rows] == ["王小明", "王小明", "李犇"]


def test_table_inside_a_table_of_layout_is_found(build) -> None:
    inner = build.page([build.headings, build.row()]).decode()
    inner = inner[inner.find("<table") : inner.find("</body>")]
    markup = f"<html><body><table><tr><td>選單</td><td>姓名：王小明{inner}</td></tr></table></body></html>"
    extraction = read(markup.encode(), "a.html")
    assert [row.person_name for row in extraction.rows] == ["王小明"]


def test_hidden_parts_of_a_page_are_not_read(build) -> None:
    data = build.page([build.headings, build.row()]).replace(
        b"<body>",
        "<body><p style='display: none'>姓名：李大華</p><script>姓名：張三</script>".encode(),
    )
    assert read(data, "a.html").rows[0].person_name is None


@pytest.mark.parametrize("damaged", ["雙軸\ue001轉型", "雙軸\x80轉型", "雙軸\ufffd轉型"])
def test_name_whose_characters_did_not_survive_the_print_is_doubtful(build, damaged: str) -> None:
    (row,) = read(build.csv([build.headings, build.row(damaged)], encoding="utf-16"), "a.csv").rows
    assert row.doubtful_fields == ("course_name",)


def test_page_with_spans_beyond_reason_is_too_large(build) -> None:
    cells = b"<td colspan='1000'>x</td>" * 50
    extraction = read(b"<html><table><tr>" + cells + b"</tr></table></html>", "a.html")
    assert extraction.refusals[0].reason is RefusalReason.TOO_LARGE
