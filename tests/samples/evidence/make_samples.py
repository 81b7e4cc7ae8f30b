"""Print the small samples of evidence and write beside each what it truly says.

Run by hand, on purpose, when a sample is to change: ``python make_samples.py BROWSER``, BROWSER being
the command of a Chromium. People and records are invented. The ``.json`` files come from the lists
below, never from the program's own reading.
"""

from __future__ import annotations

import html
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
HEADINGS = [
    "No.",
    "課程類型",
    "課程名稱",
    "上課期間",
    "閱讀時數",
    "測驗",
    "問卷",
    "通過條件",
    "通過狀態",
    "認證時數",
    "終身學習時數上傳狀態",
    "終身學習時數上傳時間",
]
PORTAL_HEADINGS = [
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
# name, code, start, end, reading time, state, hours
RECORDS = [
    ("雙軸轉型淨零港都", "PCENTER114100001", "2025-01-04 08:00:00", "2025-01-04 09:10:05", "00:51:32", "已通過", "1.0"),
    ("從 AI 到 AIGC：AI 對於傳播與人文社會的影響", "PKCG114100002", "2025-02-01 20:15:30", "2025-02-01 21:59:59", "00:40:00", "已通過", "1.0"),
    ("職涯非懸崖__共創多元、公平、共融的友善職場", "PKCG114100003", "2025-02-08 12:00:00", "2025-02-08 13:30:00", "01:00:01", "已通過", "1.0"),
    ("性騷擾調查實務探討(A)-接獲性騷擾申訴應變作為", "PCENTER114100004", "2025-03-03 22:57:35", "2025-03-04 00:07:35", "00:35:47", "已通過", "1.0"),
    ("採購法概論(第二版)", "PCENTER114100005", "2025-03-05 19:00:00", "", "00:00:00", "未通過", "3.0"),
    ("智在高雄~智慧城市任你行", "PKCG114100006", "2025-04-11 05:06:07", "2025-04-11 06:07:08", "00:59:59", "已通過", "1.0"),
    ("探索生成式 AI 的應用與實際操作—ChatGPT 與他的小夥伴", "PCENTER114100007", "2025-05-17 08:47:44", "2025-05-17 11:13:15", "01:34:36", "已通過", "2.0"),
    ("全民國防教育-當前我國國防政策與全民防衛", "PKCG114100008", "2025-06-09 21:22:36", "2025-06-09 23:44:36", "01:46:31", "已通過", "1.0"),
    ("Introduction to Public Administration and Practice", "PCENTER114100009", "2025-07-01 00:00:00", "2025-07-01 01:00:00", "00:30:00", "已通過", "1.5"),
]  # fmt: skip
PORTAL = [
    ("自我成長及情緒照顧", "1140423", "3小時"),
    ("雙軸轉型淨零港都", "1140426", "1小時"),
    ("廉政與服務倫理、人權教育、行政中立", "1140228", "2小時"),
    ("生成式 AI 帶來智能服務的全新體驗", "1140704", "1小時"),
    ("失智友善好厝邊", "1131231", "1小時"),
    ("CEDAW 施行法-暫行特別措施及案例", "1140105", "3小時"),
]


def table(headings: list[str], rows: list[list[str]], *, repeats: bool) -> str:
    head = "<tr>" + "".join(f"<th>{heading}</th>" for heading in headings) + "</tr>"
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
        if repeats
        else f"<table><tbody>{head}{body}</tbody></table>"
    )


def record_rows(records: list[tuple[str, ...]]) -> list[list[str]]:
    rows = []
    for number, (name, code, start, end, reading, state, hours) in enumerate(records, 1):
        condition = "課程測驗：75 分(含)以上 閱讀時數：00:30:00(含)以上 需填問卷：是"
        rows.append(
            [
                str(number),
                "開放式",
                f"{html.escape(name)} ({code})",
                f"{start}~ {end}",
                reading,
                "100",
                "已填",
                condition,
                state,
                hours,
                "成功",
                end or "--",
            ]
        )
    return rows


def page(body: str, *, paper: str, border: str, size: int, align: str = "middle") -> str:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>學習紀錄 - e等公務園⁺學習平臺</title>"
        f"<style>@page{{size:{paper};margin:8mm}}body{{font:{size}px 'Noto Sans CJK TC'}}"
        "table{border-collapse:collapse;width:100%;table-layout:fixed}"
        f"th,td{{border:{border};padding:4px 3px;text-align:center;overflow-wrap:anywhere;"
        f"vertical-align:{align};line-height:1.35}}</style></head><body><h3>學習紀錄</h3>{body}"
        "<div>版權所有</div></body></html>"
    )


def truth(records: list[tuple[str, ...]], name: str | None) -> list[dict[str, str | None]]:
    return [
        {
            "course": course,
            "code": code,
            "start": start.replace(" ", "T"),
            "end": end.replace(" ", "T") or None,
            "reading": reading,
            "state": state,
            "hours": hours,
            "person": name,
        }
        for course, code, start, end, reading, state, hours in records
    ]


def samples() -> dict[str, tuple[str, list[dict[str, str | None]]]]:
    grid, none = "1px solid #999", "none"
    rows = record_rows(RECORDS)
    portal_rows = [
        [
            name,
            "1",
            "公務人力發展學院",
            f"起:1140101<br>迄:1141231<br>登:{day}",
            hours,
            "高雄市政府",
            "約僱人員",
            "相當委任第5職等",
            "",
            "數位",
            "*",
        ]
        for name, day, hours in PORTAL
    ]
    summary = "<table style='width:60%'><tr><td>通過總學習時數</td><td>11小時</td></tr></table><br>"
    return {
        "eplus_repeated_headings.pdf": (
            page(
                "<div>姓名：王小明　　單位：秘書室</div>" + table(HEADINGS, rows, repeats=True),
                paper="A5 landscape", border=grid, size=9,
            ),
            truth(RECORDS, "王小明"),
        ),
        "eplus_narrow_columns.pdf": (
            page(table(HEADINGS, rows, repeats=False), paper="A5", border=grid, size=8),
            truth(RECORDS, None),
        ),
        "eplus_without_rules.pdf": (
            page(
                "<div>姓名：林𡘙廷</div>" + table(HEADINGS, rows, repeats=True),
                paper="A5 landscape", border=none, size=8,
            ),
            truth(RECORDS, "林𡘙廷"),
        ),
        "eplus_two_people.pdf": (
            page(
                "<div>姓名：王小明</div>" + table(HEADINGS, record_rows(RECORDS[:5]), repeats=True)
                + "<div>姓名：高峯瑜</div>" + table(HEADINGS, record_rows(RECORDS[5:]), repeats=True),
                paper="A5 landscape", border="1px dotted #333", size=9,
            ),
            truth(RECORDS[:5], "王小明") + truth(RECORDS[5:], "高峯瑜"),
        ),
        "portal_hours.pdf": (
            page(
                "<div>姓名：李犇</div>" + summary + table(PORTAL_HEADINGS, portal_rows, repeats=True),
                paper="A5 landscape", border=grid, size=13,
            ),
            [
                {"course": name, "completed": f"{1911 + int(day[:3])}-{day[3:5]}-{day[5:]}",
                 "hours": hours.removesuffix("小時"), "person": "李犇"}
                for name, day, hours in PORTAL
            ],
        ),
    }  # fmt: skip


def main(browser: str) -> None:
    for name, (markup, rows) in samples().items():
        source = HERE / f"{name}.html"
        source.write_text(markup, encoding="utf-8")
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu",
                f"--print-to-pdf={HERE / name}", source.as_uri(),
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
        source.unlink()
        golden = json.dumps(rows, ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(golden + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
