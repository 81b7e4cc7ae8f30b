"""Sheets as offices shape them, made on the spot, each with what every field of it truly says.

One entry is one file: how it is written down, its rows of cells, and a line for each row that must
come out (``said`` in ``test_odd_sheets``). All people are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import openpyxl

from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import EvidenceKind
from tests.unit.importers.conftest import csv, ods, page, xlsx, xlsx_of

Rows = Sequence[Sequence[Any]]
KIND = EvidenceKind
XLSX, ODS, CSV, BIG5, TABS, PLAIN, SEMICOLONS, UTF16, HTML_XLS = (
    "xlsx",
    "ods",
    "csv with a mark",
    "csv in Big5",
    "tabs",
    "csv without a mark",
    "semicolons",
    "Unicode text",
    "html called xls",
)
_WRITERS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    XLSX: ("a.xlsx", xlsx),
    ODS: ("a.ods", ods),
    CSV: ("a.csv", csv),
    BIG5: ("a.csv", lambda rows: csv(rows, encoding="cp950")),
    PLAIN: ("a.csv", lambda rows: csv(rows, encoding="utf-8")),
    TABS: ("a.txt", lambda rows: csv(rows, mark="\t")),
    SEMICOLONS: ("a.csv", lambda rows: csv(rows, mark=";")),
    UTF16: ("a.txt", lambda rows: csv(rows, mark="\t", encoding="utf-16")),
    HTML_XLS: ("a.xls", page),
}


@dataclass(frozen=True)
class OddSheet:
    """A file and what it truly says.

    Attributes:
        name: What is odd about it.
        form: How it is written down.
        kind: What it is.
        rows: Its cells, or a workbook of several sheets.
        said: A line for each row that must come out.
        mapped: Where nobody could know the headings: canonical heading to heading as written.
        fixed: Columns that hold one value in every row.
    """

    name: str
    form: str
    kind: EvidenceKind
    rows: Rows | openpyxl.Workbook
    said: tuple[str, ...]
    mapped: dict[str, str] | None = None
    fixed: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> tuple[str, bytes]:
        """Name and bytes."""
        if isinstance(self.rows, openpyxl.Workbook):
            return "a.xlsx", xlsx_of(self.rows)
        name, write = _WRITERS[self.form]
        return name, write(self.rows)

    @property
    def headings(self) -> tuple[str, ...]:
        """The row of headings of a sheet that has to be mapped."""
        assert self.mapped is not None
        assert not isinstance(self.rows, openpyxl.Workbook)
        wanted = set(self.mapped.values())
        row = next(row for row in self.rows if wanted <= {str(cell) for cell in row})
        return tuple(str(cell) for cell in row)

    @property
    def profile(self) -> ColumnProfile:
        """What a clerk would confirm."""
        assert self.mapped is not None
        return ColumnProfile(self.kind, self.headings, tuple(self.mapped.items()), fixed=self.fixed)


def workbook(*sheets: tuple[str, Rows], merged: Sequence[str] = ()) -> openpyxl.Workbook:
    """A workbook of several sheets, cells of the last one merged."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book[book.sheetnames[-1]].merge_cells(cells)
    return book


USUAL = ["員工編號", "人員姓名", "假別", "起日", "起時", "迄日", "迄時", "時數", "事由"]
MING = ["A0012", "王小明", "加班", "1140315", "1800", "1140315", "2030", "2.5", "趕辦決算"]
LING = ["A0013", "陳美玲", "公假", "1140316", "0800", "1140316", "1730", "8", "研習"]
SAID = (
    "A0012|王小明|加班|overtime|2025-03-15 18:00:00|2025-03-15 20:30:00|2.5|趕辦決算|",
    "A0013|陳美玲|公假|official_leave|2025-03-16 08:00:00|2025-03-16 17:30:00|8|研習|",
)
TITLES: Rows = [
    ["高雄市政府民政局差勤明細表"],
    ["列印日期：1141121", "", "", "頁次：1"],
    [],
]
SHORT = ["人員代號", "類別", "起", "迄"]
EIGHTEEN = ("A1||加班|overtime|2025-03-15 18:00:00|2025-03-15 20:00:00|||",)


def moments(start: Any, end: Any) -> Rows:
    """A sheet of one entry from ``start`` to ``end``."""
    return [SHORT, ["A1", "加班", start, end]]


ATTENDANCE = [
    OddSheet("title rows and seven digits", XLSX, KIND.ATTENDANCE, [*TITLES, USUAL, MING, LING],
             SAID),
    OddSheet("the same as ODS", ODS, KIND.ATTENDANCE, [*TITLES, USUAL, MING, LING], SAID),
    OddSheet("the same in Big5", BIG5, KIND.ATTENDANCE, [*TITLES, USUAL, MING, LING], SAID),
    OddSheet("the same with a mark", CSV, KIND.ATTENDANCE, [*TITLES, USUAL, MING, LING], SAID),
    OddSheet("the same without a mark", PLAIN, KIND.ATTENDANCE, [*TITLES, USUAL, MING, LING], SAID),
    OddSheet("the same with tabs", TABS, KIND.ATTENDANCE, [*TITLES, USUAL, MING, LING], SAID),
    OddSheet("the same with semicolons", SEMICOLONS, KIND.ATTENDANCE, [*TITLES, USUAL, MING, LING],
             SAID),
    OddSheet("the same as Unicode text", UTF16, KIND.ATTENDANCE, [*TITLES, USUAL, MING, LING],
             SAID),
    OddSheet("the same as a page called xls", HTML_XLS, KIND.ATTENDANCE,
             [*TITLES, USUAL, MING, LING], SAID),
    OddSheet(
        "merged title and merged headings over two rows", XLSX, KIND.ATTENDANCE,
        workbook(
            ("差勤", [
                ["差勤紀錄表", None, None, None, None, None, None],
                ["人員代號", "姓名", "類別", "起", None, "迄", None],
                [None, None, None, "日期", "時間", "日期", "時間"],
                ["A0012", "王小明", "加班", "114/03/15", "18:00", "114/03/15", "20:30"],
            ]),
            merged=("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"),
        ),
        ("A0012|王小明|加班|overtime|2025-03-15 18:00:00|2025-03-15 20:30:00|||",),
    ),
    OddSheet(
        "a cover sheet before the data", XLSX, KIND.ATTENDANCE,
        workbook(("封面", [["114 年差勤資料"], ["製表：人事室"]]), ("明細", [USUAL, MING, LING])),
        SAID,
    ),
    OddSheet(
        "a sheet for each month", XLSX, KIND.ATTENDANCE,
        workbook(("三月上", [USUAL, MING]), ("三月下", [USUAL, LING])),
        SAID,
    ),
    OddSheet(
        "totals, blank rows and headings on each page", XLSX, KIND.ATTENDANCE,
        [*TITLES, USUAL, MING, ["小計", "", "", "", "", "", "", "2.5"], [], *TITLES, USUAL, LING,
         ["合計", "", "", "", "", "", "", "10.5"], ["第 2 頁，共 2 頁"]],
        SAID,
    ),
    OddSheet("headings in the fifteenth row", CSV, KIND.ATTENDANCE,
             [*[[f"說明 {n}"] for n in range(14)], USUAL, MING], SAID[:1]),
    OddSheet(
        "a column for the day, clocks beside it", XLSX, KIND.ATTENDANCE,
        [["工號", "姓名", "日期", "起", "迄", "差假別"],
         ["A1", "王小明", "1140315", "18:00", "20:00", "加班"]],
        ("A1|王小明|加班|overtime|2025-03-15 18:00:00|2025-03-15 20:00:00|||",),
    ),
    OddSheet(
        "names and units without ids", ODS, KIND.ATTENDANCE,
        [["科室", "姓名", "申請類別", "開始時間", "結束時間"],
         ["秘書室", "陳美玲", "公差", "114/03/16 13:00", "114/03/16 17:00"]],
        ("|陳美玲|公差|business_trip|2025-03-16 13:00:00|2025-03-16 17:00:00|||秘書室",),
    ),
    OddSheet("both ends in one cell", CSV, KIND.ATTENDANCE,
             [["人員代號", "類別", "起迄時間"], ["A1", "加班", "114/03/15 18:00~114/03/15 20:00"]],
             EIGHTEEN),
    OddSheet("both ends in one cell, the day once", BIG5, KIND.ATTENDANCE,
             [["人員代號", "類別", "加班期間"], ["A1", "加班", "114/03/15 18:00-20:00"]], EIGHTEEN),
    OddSheet("both ends in digits", XLSX, KIND.ATTENDANCE,
             [["人員代號", "類別", "請假起訖時間"], ["A1", "加班", "1140315 1800-2000"]], EIGHTEEN),
    OddSheet("a day and both clocks in one cell", XLSX, KIND.ATTENDANCE,
             [["人員代號", "類別", "日期", "期間"], ["A1", "加班", date(2025, 3, 15), "18:00至20:00"]],
             EIGHTEEN),
    OddSheet("both days in one cell", XLSX, KIND.ATTENDANCE,
             [["人員代號", "類別", "差假期間"], ["A1", "公差", "1140315-1140316"]],
             ("A1||公差|business_trip|2025-03-15 00:00:00|2025-03-17 00:00:00|||",)),
    OddSheet("whole days", XLSX, KIND.ATTENDANCE, [SHORT, ["A1", "休假", "114/3/15", "114/3/16"]],
             ("A1||休假|personal_leave|2025-03-15 00:00:00|2025-03-17 00:00:00|||",)),
    OddSheet("midnight as 24:00", XLSX, KIND.ATTENDANCE,
             moments("114/03/15 18:00", "114/03/15 24:00"),
             ("A1||加班|overtime|2025-03-15 18:00:00|2025-03-16 00:00:00|||",)),
    OddSheet("over midnight", XLSX, KIND.ATTENDANCE, moments("1140315 2200", "1140316 0100"),
             ("A1||加班|overtime|2025-03-15 22:00:00|2025-03-16 01:00:00|||",)),
    OddSheet("years and hours in words", XLSX, KIND.ATTENDANCE,
             moments("114年3月15日 18時0分", "中華民國114年3月15日 20時0分"), EIGHTEEN),
    OddSheet("halves of the day", BIG5, KIND.ATTENDANCE,
             moments("114/3/15 下午 6:00", "114/3/15 下午 08:00"), EIGHTEEN),
    OddSheet("full width", CSV, KIND.ATTENDANCE,
             moments("１１４／０３／１５　１８：００", "１１４／０３／１５　２０：００"), EIGHTEEN),
    OddSheet("moments as the workbook keeps them", XLSX, KIND.ATTENDANCE,
             moments(datetime(2025, 3, 15, 18), datetime(2025, 3, 15, 20)), EIGHTEEN),
    OddSheet("days and clocks as the workbook keeps them", XLSX, KIND.ATTENDANCE,
             [["人員代號", "類別", "起始日期", "起始時間", "結束日期", "結束時間"],
              ["A1", "加班", date(2025, 3, 15), time(18), date(2025, 3, 15), time(20)]], EIGHTEEN),
    OddSheet("seconds and a T", PLAIN, KIND.ATTENDANCE,
             moments("2025-03-15T18:00:00", "2025-03-15T20:00:00"), EIGHTEEN),
    OddSheet("blanks inside headings and an id kept by an equals sign", CSV, KIND.ATTENDANCE,
             [["人 員 代 號", "類　別", "起 始 日 期", "結束\n日期"],
              ['="0012"', "值班", "114.03.15 18:00", "114.03.15 20:00"]],
             ("0012||值班|on_call|2025-03-15 18:00:00|2025-03-15 20:00:00|||",)),
]  # fmt: skip

OTHERS = [
    OddSheet("shifts over midnight in digits", BIG5, KIND.SHIFTS,
             [["一一四年三月輪值表"], ["員編", "姓名", "值班日期", "值勤起", "值勤迄"],
              ["A5", "李大山", "1140315", "2200", "0600"]],
             ("A5|李大山|2025-03-15|2025-03-15 22:00:00|2025-03-16 06:00:00|",)),
    OddSheet("shifts by name and unit", ODS, KIND.SHIFTS,
             [["單位", "姓名", "輪值日期", "上班時間", "下班時間"],
              ["政風室", "吳喆安", "114/3/15", "08:00", "17:00"]],
             ("|吳喆安|2025-03-15|2025-03-15 08:00:00|2025-03-15 17:00:00|政風室",)),
    OddSheet("punches with a missing one", TABS, KIND.PUNCHES,
             [["刷卡明細"], ["員工代號", "員工姓名", "刷卡日期", "簽到", "簽退"],
              ["A6", "李大山", "1140317", "080122", ""],
              ["A6", "李大山", "1140318", "", "17:35:09"]],
             ("A6|李大山|2025-03-17|2025-03-17 08:01:22||",
              "A6|李大山|2025-03-18||2025-03-18 17:35:09|")),
    OddSheet("punches as whole moments", XLSX, KIND.PUNCHES,
             [["工號", "出勤日期", "上班刷卡時間", "下班刷卡時間"],
              ["A6", date(2025, 3, 17), "2025/3/17 08:01", "2025/3/17 17:31"]],
             ("A6||2025-03-17|2025-03-17 08:01:00|2025-03-17 17:31:00|",)),
    OddSheet("a roster with blanks in names and seven digits", BIG5, KIND.ROSTER,
             [["報表代號：CPAB1207R", "", "列印日期：1141121"],
              ["項次", "人員代號", "姓　名", "單位名稱", "職務", "官等職等", "身分別", "到職日期"],
              ["1", "A7", "王　明", "民政課", "課員", "薦任第6職等", "編制內公務人員", "1010203"],
              ["總計", "1 人"]],
             ("A7|王　明|民政課|課員|薦任第6職等|編制內公務人員||2012-02-03||",)),
    OddSheet("a roster with a spell without pay", HTML_XLS, KIND.ROSTER,
             [["職員編號", "職員姓名", "任職單位", "職務", "留停起日", "留停迄日"],
              ["0008", "高峯瑜", "秘書室", "書記", "1140301", "1140831"]],
             ("0008|高峯瑜|秘書室|書記|||||2025-03-01|2025-08-31",)),
    OddSheet("completions of the 103 plan", BIG5, KIND.COMPLETION_SHEET,
             [["103 年數位學習完成清冊"], ["序號", "員工編號", "姓名", "課程", "學習時數", "完成日", "完課時間"],
              ["1", "A1", "王小明", "性別主流化", "2", "1030815", "19:30"]],
             ("A1|王小明|性別主流化||2014-08-15 19:30:00||2|",)),
    OddSheet("Coursera as the office keeps it", XLSX, KIND.COURSERA_SHEET,
             [["人員代號", "課程名稱", "授課語言", "開課國家", "開始日", "完課日期", "完課時數", "結業證書"],
              ["A1", "Machine Learning", "英語", "美國", date(2024, 3, 1), date(2024, 5, 2), 20, "有"]],
             ("A1||Machine Learning||2024-05-02||20|",)),
    OddSheet("a person's records pasted into a sheet", TABS, KIND.EPLUS_RECORD,
             [["姓名：王小明"],
              ["編號", "課程名稱", "上課期間", "閱讀時數", "通過狀態", "認證時數"],
              ["1", "性別主流化 (PCENTER114100556)", "2025-03-15 18:00:00~ 2025-03-15 19:00:00", "00:50:00",
               "已通過", "1"]],
             ("|王小明|性別主流化|2025-03-15 18:00:00|2025-03-15 19:00:00|0:50:00|1|已通過",)),
    OddSheet("the agency's list of the portal", BIG5, KIND.AGENCY_STATUS,
             [["同仁學習狀況明細"],
              ["姓名", "人員代號", "課程名稱", "期別", "學習機關", "上課期間", "時數"],
              ["王小明", "A1", "性別主流化", "1", "人力學院", "起:1140101 迄:1141231 登:1140315", "2"]],
             ("A1|王小明|性別主流化||2025-03-15||2|",)),
]  # fmt: skip

UNKNOWN = [
    OddSheet("an export nobody has seen", CSV, KIND.ATTENDANCE,
             [["出勤系統匯出"], ["工作證", "同仁", "差別", "何時開始", "何時結束"],
              ["A0012", "王小明", "加班", "1140315 1800", "1140315 2000"],
              ["A0013", "陳美玲", "公假", "1140316 0800", "1140316 1200"]],
             ("A0012|王小明|加班|overtime|2025-03-15 18:00:00|2025-03-15 20:00:00|||",
              "A0013|陳美玲|公假|official_leave|2025-03-16 08:00:00|2025-03-16 12:00:00|||"),
             {"人員代號": "工作證", "姓名": "同仁", "類別": "差別", "起始日期": "何時開始",
              "結束日期": "何時結束"}),
    OddSheet("overtime slips that say so only in their title", XLSX, KIND.ATTENDANCE,
             [["114 年 3 月加班清冊"], ["卡號", "加班人", "哪一天", "自", "至"],
              ["A0012", "王小明", "114/03/15", "18:00", "20:00"]],
             ("A0012|王小明|加班|overtime|2025-03-15 18:00:00|2025-03-15 20:00:00|||",),
             {"人員代號": "卡號", "姓名": "加班人", "日期": "哪一天", "起始時間": "自", "結束時間": "至"},
             (("類別", "加班"),)),
    OddSheet("English headings", SEMICOLONS, KIND.ATTENDANCE,
             [["Emp No", "Name", "Leave Type", "From", "To", "Hrs"],
              ["A0013", "陳美玲", "公出", "2025/03/16 08:00", "2025/03/16 12:00", "4"]],
             ("A0013|陳美玲|公出|business_trip|2025-03-16 08:00:00|2025-03-16 12:00:00|4||",),
             {"人員代號": "Emp No", "姓名": "Name", "類別": "Leave Type", "起始日期": "From",
              "結束日期": "To", "時數": "Hrs"}),
    OddSheet("both ends under a heading of the office's own", BIG5, KIND.ATTENDANCE,
             [["申請人代碼", "申請人", "單別", "時段"],
              ["A0012", "王小明", "加班", "114/03/15 18:00~20:00"]],
             ("A0012|王小明|加班|overtime|2025-03-15 18:00:00|2025-03-15 20:00:00|||",),
             {"人員代號": "申請人代碼", "姓名": "申請人", "類別": "單別", "起迄時間": "時段"}),
    OddSheet("punches of a gate", TABS, KIND.PUNCHES,
             [["門禁匯出"], ["證號", "持卡人", "何日", "第一次", "最後一次"],
              ["A0012", "王小明", "2025/03/17", "07:58:11", "17:40:02"]],
             ("A0012|王小明|2025-03-17|2025-03-17 07:58:11|2025-03-17 17:40:02|",),
             {"人員代號": "證號", "姓名": "持卡人", "日期": "何日", "上班刷卡": "第一次",
              "下班刷卡": "最後一次"}),
    OddSheet("a roster of an unknown system", ODS, KIND.ROSTER,
             [["現有人員一覽"], ["Staff", "誰", "哪裡", "做什麼"],
              ["A0012", "王小明", "民政課", "課員"]],
             ("A0012|王小明|民政課|課員||||||",),
             {"人員代號": "Staff", "姓名": "誰", "服務單位": "哪裡", "職稱": "做什麼"}),
    OddSheet("shifts of a hall", HTML_XLS, KIND.SHIFTS,
             [["人", "證號", "哪天", "自何時", "到何時"],
              ["吳喆安", "A5", "1140315", "2200", "0600"]],
             ("A5|吳喆安|2025-03-15|2025-03-15 22:00:00|2025-03-16 06:00:00|",),
             {"姓名": "人", "人員代號": "證號", "日期": "哪天", "上班": "自何時", "下班": "到何時"}),
]  # fmt: skip

SHEETS = [*ATTENDANCE, *OTHERS, *UNKNOWN]
