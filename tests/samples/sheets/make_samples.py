"""Makes the sheets beside this file, each with what it truly says; all people are invented.

Run it by hand after a change: ``python tests/samples/sheets/make_samples.py``. The shapes are those
that office systems print: title rows, a print date, merged headings, headings again on each page,
page footers, subtotals, and a page of HTML that calls itself a workbook.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl

HERE = Path(__file__).parent
ROSTER = [
    ("A0001", "林𡘙廷", "人事室", "主任", "薦任第9職等", "編制內公務人員", "0891211", "", ""),
    ("A0002", "王小明", "人事室", "科員", "薦任第7職等", "編制內公務人員", "1010203", "", ""),
    ("A0003", "陳美玲", "秘書室", "辦事員", "委任第5職等", "編制內公務人員", "1130701", "", ""),
    (
        "A0004",
        "高峯瑜",
        "秘書室",
        "書記",
        "委任第3職等",
        "編制內公務人員",
        "1000115",
        "1140301",
        "1140831",
    ),
    ("A0005", "吳喆安", "政風室", "約僱人員", "", "約僱", "1090801", "", ""),
    ("A0006", "李大山", "會計室", "科員", "薦任第6職等", "編制內公務人員", "1050316", "", ""),
]
ROSTER_HEADINGS = [
    "項次",
    "人員代號",
    "姓名",
    "服務單位",
    "職稱",
    "官職等",
    "人員區分",
    "到職日期",
    "留職停薪起日",
    "留職停薪迄日",
]


def iso(roc: str) -> str | None:
    """Seven digits of a ROC date as ISO."""
    return f"{int(roc[:3]) + 1911}-{roc[3:5]}-{roc[5:]}" if roc else None


def save(name: str, rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> None:
    """One workbook of one sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "報表"
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    workbook.save(HERE / name)


def truth(name: str, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """What a sample truly says."""
    text = json.dumps({"kind": kind, "rows": rows}, ensure_ascii=False, indent=1)
    (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def roster_truth() -> list[dict[str, Any]]:
    return [
        {
            "employee_id": row[0],
            "name": row[1],
            "unit": row[2],
            "title": row[3],
            "rank": row[4],
            "category": row[5],
            "hired_on": iso(row[6]),
            "leave_without_pay_from": iso(row[7]),
            "leave_without_pay_until": iso(row[8]),
        }
        for row in ROSTER
    ]


def roster_report() -> None:
    """職員名冊 CPAB1207R: five rows of title, two pages, footers, subtotals, dates as numbers."""
    blank = [""] * 9
    title = [
        ["報表代號：CPAB1207R", *blank],
        ["高雄市政府範例局　職員名冊", *blank],
        ["機關代碼：397000000A", "", "", "", "", "", "", "列印日期：", "114/11/21 09:30", ""],
        ["資料基準日：114年11月20日", *blank],
        blank,
    ]
    rows: list[list[Any]] = []
    for page in (0, 1):
        rows += [*title, ROSTER_HEADINGS]
        for number, row in enumerate(ROSTER[page * 3 : page * 3 + 3], page * 3 + 1):
            hired: Any = int(row[6]) if page else row[6]
            rows.append([number, *row[:6], hired, *row[7:]])
        rows += [["小計", "3人"], ["", "", "", "", f"第 {page + 1} 頁／共 2 頁"]]
    rows += [["合計：6 人"], ["製表人：", "", "", "審核：", "", "", "機關首長："]]
    save("cpab1207r_roster.xlsx", rows, ["A1:J1", "A2:J2", "A4:J4"])
    truth("cpab1207r_roster.xlsx", "roster", roster_truth())


def roster_page() -> None:
    """The same as a page of HTML named .xls, as office systems give it."""
    head = "".join(f"<th>{one}</th>" for one in ROSTER_HEADINGS)
    body = "".join(
        f"<tr><td>{n}</td>" + "".join(f"<td>{one or '&nbsp;'}</td>" for one in row) + "</tr>"
        for n, row in enumerate(ROSTER, 1)
    )
    text = (
        '<html><head><meta http-equiv="Content-Type" content="application/vnd.ms-excel; charset=big5">'
        '</head><body><table border="1"><tr><td colspan="10">職員名冊（CPAB1207R）</td></tr>'
        '<tr><td colspan="6">服務機關：高雄市政府範例局</td><td colspan="4">列印日期：1141121</td></tr>'
        f"<tr>{head}</tr>{body}<tr><td>總計</td><td colspan='9'>6 人</td></tr></table></body></html>"
    )
    text = (
        text.replace("𡘙", "&#136729;")
        .replace("喆", "&#21894;")
        .replace("峯", "&#23791;")
        .replace("犇", "&#29319;")
    )
    (HERE / "cpab1207r_roster.xls").write_bytes(text.encode("cp950"))
    truth("cpab1207r_roster.xls", "roster", roster_truth())


ENTRIES = [
    ("A0002", "王小明", "人事室", "加班", "1140315", "1830", "1140315", "2030", "2"),
    ("A0002", "王小明", "人事室", "公假", "1140402", "1330", "1140402", "1730", "4"),
    ("A0003", "陳美玲", "秘書室", "休假", "1140506", "0800", "1140507", "1730", "16"),
    ("A0006", "李大山", "會計室", "公差", "1140610", "0900", "1140610", "1200", "3"),
]
SPANS = [
    ("2025-03-15T18:30:00", "2025-03-15T20:30:00", "overtime"),
    ("2025-04-02T13:30:00", "2025-04-02T17:30:00", "official_leave"),
    ("2025-05-06T08:00:00", "2025-05-07T17:30:00", "personal_leave"),
    ("2025-06-10T09:00:00", "2025-06-10T12:00:00", "business_trip"),
]


def attendance_truth() -> list[dict[str, Any]]:
    return [
        {
            "employee_id": e[0],
            "person_name": e[1],
            "kind_words": e[3],
            "kind": kind,
            "start": start,
            "end": end,
        }
        for e, (start, end, kind) in zip(ENTRIES, SPANS, strict=True)
    ]


def attendance_report() -> None:
    """差勤明細 with headings in two rows, merged, a subtotal for each person, seven-digit dates."""
    rows: list[list[Any]] = [
        ["高雄市政府範例局差勤明細表"],
        ["查詢期間：1140101～1140831", "", "", "", "", "", "列印日期：1141121"],
        ["人員代號", "姓名", "單位", "差假類別", "起", "", "迄", "", "時數"],
        ["", "", "", "", "日期", "時間", "日期", "時間", ""],
    ]
    rows += [list(entry) for entry in ENTRIES[:2]]
    rows += [["王小明 小計", "", "", "", "", "", "", "", "6"], []]
    rows += [list(entry) for entry in ENTRIES[2:]]
    rows += [["合計", "", "", "", "", "", "", "", "25"], ["列印人員：範例承辦人"]]
    save(
        "attendance_two_row_headings.xlsx",
        rows,
        ["A1:I1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:H3", "I3:I4"],
    )
    truth("attendance_two_row_headings.xlsx", "attendance", attendance_truth())


def attendance_of_unknown_shape() -> None:
    """An export whose headings nobody here knows; in Big5, as the older systems write."""
    lines = ["出勤系統匯出,,,,,", "工作證,同仁,差別,何時開始,何時結束,共幾時"]
    lines += [f"{e[0]},{e[1]},{e[3]},{e[4]} {e[5]},{e[6]} {e[7]},{e[8]}" for e in ENTRIES]
    (HERE / "attendance_unknown.csv").write_bytes("\r\n".join(lines).encode("cp950"))
    truth("attendance_unknown.csv", "attendance", attendance_truth())


STATUS = [
    (
        "王小明",
        "人事室",
        "性別主流化",
        "114",
        "國家文官學院",
        "起:1140101 迄:1141231 登:1140315",
        "2",
        "數位",
        "是",
    ),
    (
        "王小明",
        "人事室",
        "廉政倫理",
        "114",
        "高雄市政府公務人力發展中心",
        "起:1140101 迄:1141231 登:1140402",
        "1",
        "數位",
        "否",
    ),
    (
        "陳美玲",
        "秘書室",
        "性別主流化",
        "114",
        "國家文官學院",
        "起:1140101 迄:1141231 登:1140506",
        "2",
        "數位",
        "是",
    ),
]


def agency_status() -> None:
    """同仁學習狀況明細: title, organisation, headings again, a subtotal for each unit, a footer."""
    headings = [
        "姓名",
        "服務單位",
        "課程名稱",
        "期別",
        "學習機關(構)",
        "上課期間",
        "時數",
        "學習類別",
        "業務相關",
    ]
    rows: list[list[Any]] = [
        ["同仁學習狀況明細"],
        ["服務機關：高雄市政府範例局", "", "", "", "", "統計期間：114/01/01～114/08/31"],
        ["列印日期：114/11/21"],
        headings,
        *[list(row) for row in STATUS[:2]],
        ["人事室小計", "", "", "", "", "", "3"],
        ["第 1 頁，共 2 頁"],
        headings,
        list(STATUS[2]),
        ["秘書室小計", "", "", "", "", "", "2"],
        ["總計", "", "", "", "", "", "5"],
        ["第 2 頁，共 2 頁"],
    ]
    save("agency_status.xlsx", rows, ["A1:I1"])
    days = ["2025-03-15", "2025-04-02", "2025-05-06"]
    truth(
        "agency_status.xlsx",
        "agency_status",
        [
            {
                "person_name": r[0],
                "shown_unit": r[1],
                "course_name": r[2],
                "completed_on": day,
                "certified_hours": r[6],
            }
            for r, day in zip(STATUS, days, strict=True)
        ],
    )


def punches_report() -> None:
    """刷卡明細 with headings again on each page and an empty punch."""
    headings = ["員工編號", "員工姓名", "出勤日期", "上班刷卡時間", "下班刷卡時間", "備註"]
    rows: list[list[Any]] = [
        ["員工刷卡明細表"],
        ["列印日期", "2025/11/21", "", "", "第 1 頁"],
        headings,
        ["A0002", "王小明", "114/03/12", "08:31", "17:40", ""],
        ["A0003", "陳美玲", "114/03/12", "07:58", "", "未刷退"],
        ["第 1 頁／共 2 頁"],
        headings,
        ["A0006", "李大山", "114/03/12", "08:02:11", "17:35:00", ""],
        ["共 3 筆"],
    ]
    save("punches_report.xlsx", rows)
    truth(
        "punches_report.xlsx",
        "punches",
        [
            {
                "employee_id": "A0002",
                "day": "2025-03-12",
                "punch_in": "2025-03-12T08:31:00",
                "punch_out": "2025-03-12T17:40:00",
            },
            {
                "employee_id": "A0003",
                "day": "2025-03-12",
                "punch_in": "2025-03-12T07:58:00",
                "punch_out": None,
            },
            {
                "employee_id": "A0006",
                "day": "2025-03-12",
                "punch_in": "2025-03-12T08:02:11",
                "punch_out": "2025-03-12T17:35:00",
            },
        ],
    )


def calendar() -> None:
    """辦公日曆表 opened and saved again as a workbook, with a title and a note below."""
    rows: list[list[Any]] = [
        ["114年中華民國政府行政機關辦公日曆表"],
        ["西元日期", "星期", "是否放假", "備註"],
    ]
    said = []
    day = date(2025, 1, 1)
    while day.year == 2025:
        is_off = day.weekday() > 4 or day == date(2025, 1, 1)
        rows.append(
            [
                int(f"{day:%Y%m%d}"),
                "一二三四五六日"[day.weekday()],
                2 if is_off else 0,
                "開國紀念日" if day == date(2025, 1, 1) else "",
            ]
        )
        said.append({"day": day.isoformat(), "is_day_off": is_off})
        day += timedelta(days=1)
    rows += [["註：0 上班，2 放假"]]
    save("calendar_114.xlsx", rows, ["A1:D1"])
    truth("calendar_114.xlsx", "calendar", said)


if __name__ == "__main__":
    for make in (
        roster_report,
        roster_page,
        attendance_report,
        attendance_of_unknown_shape,
        agency_status,
        punches_report,
        calendar,
    ):
        make()
