"""Writes the sheets of this sample; everybody in them is invented."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
CORE = ("環境教育法與公務實務", "性別主流化初階")
ROSTER = "人員代號,姓名,服務單位,職稱,官職等,人員類別,到職日,離職日,主管"
RECORDS = "人員代號,課程名稱,認證時數,完成日期,通過狀態,課程項目,測驗成績,業務相關"
PEOPLE = (
    "M01,王小明,資訊處,處長,簡任第11職等,編制內公務人員,99/01/01,,是",
    "M02,李大同,資訊處,科員,薦任第6職等,編制內公務人員,99/01/01,,否",
    "M03,陳美華,資訊處,科員,薦任第6職等,編制內公務人員,99/01/01,,否",
    "M04,林志強,資訊處,辦事員,委任第4職等,約僱,110/03/01,114/11/20,否",
    "M05,張雅婷,漁業處,處長,簡任第11職等,編制內公務人員,99/01/01,,是",
    "M06,黃俊傑,漁業處,科員,薦任第6職等,編制內公務人員,99/01/01,,否",
)


def _core(who: str, *, courses: int = 2) -> list[str]:
    return [
        f"{who},{name},4,114/05/0{day},已通過,環境,90,"
        for day, name in enumerate(CORE[:courses], 1)
    ]


def _chosen(who: str, number: int, hours: int, score: object = 90, mark: str = "V") -> str:
    return f"{who},自選課程{number},{hours},114/06/{number:02d},已通過,自選,{score},{mark}"


RECORD_ROWS = (
    # 王小明 did everything; 李大同 had an award before; 陳美華's report is missing.
    *_core("M01"), *(_chosen("M01", number, 4) for number in (1, 2, 3)),
    *_core("M02"), _chosen("M02", 1, 6), _chosen("M02", 2, 6, 90, ""),
    *_core("M03"), _chosen("M03", 1, 4), _chosen("M03", 2, 4, ""), _chosen("M03", 3, 4, 60),
    # 林志強 left; 張雅婷's scores are not shown; 黃俊傑 began only.
    *_core("M04"),
    *_core("M05"), *(_chosen("M05", number, 4, "") for number in (1, 2, 3)),
    *_core("M06", courses=1), _chosen("M06", 1, 3, 90, ""),
)  # fmt: skip
RECEIPTS = tuple(
    f"M0{number},,{day},{what}"
    for number in (1, 2, 3, 4, 5)
    for day, what in (("114/11/10", "申請表"), ("114/11/20", "研習報告"))
    if (number, what) != (3, "研習報告")
)
SHEETS = {
    "roster.csv": (ROSTER, *PEOPLE),
    "records.csv": (RECORDS, *RECORD_ROWS),
    "applications.csv": ("人員代號,計畫,收件日期,種類", *RECEIPTS),
    "history.csv": (
        "人員代號,姓名,年度,計畫,項目,次數,核給日期",
        "M02,李大同,112,他縣市數位學習計畫,嘉獎二次,,113/01/15",
    ),
}


def write() -> None:
    """Write every sheet."""
    for name, lines in SHEETS.items():
        (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
