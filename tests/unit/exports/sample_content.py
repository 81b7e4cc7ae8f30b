"""A small invented office for the workbook tests: two units, four people, two course sets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from desktop.exports.content import (
    ClauseNote,
    CommendationEntry,
    CommendationListContent,
    DecisionNote,
    EvidencePlace,
    FileRead,
    IncompleteSet,
    PendingItem,
    PersonSummary,
    RecordLine,
    RefusedItem,
    SummaryContent,
    UnitSummary,
)

CREATED = datetime(2025, 9, 1, 14, 5, 9)
SET_TITLES = ("政策能力訓練", "市政議題訓練", "共通知能訓練")


def units() -> tuple[UnitSummary, ...]:
    """Return three units, one of them without anybody the plan applies to."""
    return (
        UnitSummary("秘書室", 4, 3, 3, 2, 1, (2, 1, 1), Decimal(16), 1, 2),
        UnitSummary("民政課", 7, 6, 5, 4, 3, (4, 3, 3), Decimal("42.5"), 3, 0),
        UnitSummary("清潔隊", 2, 0, 0, 0, 0, (0, 0, 0), Decimal(0), 0, 0),
    )


def people() -> tuple[PersonSummary, ...]:
    """Return four people: done, waiting, not done, not eligible."""
    return (
        PersonSummary(
            "00123", "王小明", "秘書室", "科員", "薦任第六職等", "編制內公務人員", True,
            ("通過", "通過", "通過"), "核給", Decimal(12), Decimal(12), "敘獎", 1, 1,
        ),
        PersonSummary(
            "A0002", "陳堃霖", "秘書室", "約僱人員", "相當委任第五職等", "約僱", True,
            ("通過", "待確認", "未完成"), "待確認", Decimal(4), Decimal(8), "不敘獎", 0, 0,
            "113 年 5 月 1 日起留職停薪 1 個月。",
        ),
        PersonSummary(
            "A0003", "高峯瑜", "民政課", "課員", "薦任第七職等", "編制內公務人員", True,
            ("未完成", "未完成", "未完成"), "不核給", Decimal(0), Decimal(0), "不敘獎", 0, 0,
        ),
        PersonSummary(
            "A0004", "林羽達", "清潔隊", "技工", "", "職工", False,
            ("", "", ""), "不適用", Decimal(0), Decimal(0), "不適用", 0, 0,
            "身分別為職工，不在本計畫適用範圍。",
        ),
    )  # fmt: skip


def records() -> tuple[RecordLine, ...]:
    """Return records with times, with a date only, with nothing, and outside the plan."""
    return (
        RecordLine(
            "00123", "王小明", "秘書室", "政策能力訓練", "雙軸轉型淨零港都",
            datetime(2025, 1, 4, 8, 0, 0), datetime(2025, 1, 4, 9, 0, 0), Decimal(1),
            "通過", (), (), EvidencePlace("A0012_王小明.pdf", 1, 1),
        ),
        RecordLine(
            "A0002", "陳堃霖", "秘書室", "市政議題訓練",
            "從農田到餐桌的減碳策略：再生農法與永續食材",
            datetime(2025, 3, 12, 11, 52, 18), datetime(2025, 3, 12, 13, 5, 41), Decimal("1.5"),
            "不符",
            ("開始時間 11:52:18 在上班時間 08:00 至 12:00 之內。", "認證時數 1.5 小時與計畫所定 1 小時不同。"),
            ("計畫四、(二)", "計畫三"),
            EvidencePlace("learn_record_08.pdf", 2, 14),
            "採計（人事室李大華 114/05/02）：當日請休假，已附假單。",
        ),
        RecordLine(
            "A0002", "陳堃霖", "秘書室", "市政議題訓練", "族群關係與族群主流化",
            None, date(2025, 6, 30), Decimal(2), "待確認",
            ("證明文件只有完成日期，沒有起訖時間。",), ("計畫四、(二)",),
            EvidencePlace("同仁學習狀況明細.xlsx", "工作表1", 7),
        ),
        RecordLine(
            "A0003", "高峯瑜", "民政課", "", "自選課程",
            None, None, None, "", ("本課程不在計畫的組裝課程內。",), (),
            EvidencePlace("高峯瑜 學習紀錄.mhtml", None, 3),
        ),
    )  # fmt: skip


def commendations() -> tuple[CommendationEntry, ...]:
    """Return four people in two units, mixed, with two kinds of award."""
    reason = "參加高雄市政府 114 年度公餘時間數位學習，完成三套組裝課程計 30 小時，成績優良。"
    clause = "高雄市政府及所屬機關學校公務人員平時獎懲標準表第 2 點第 9 款"
    return (
        CommendationEntry("秘書室", "科員", "王小明", "薦任第六職等", reason, "嘉獎1次", clause),
        CommendationEntry("民政課", "課長", "黃郁婷", "薦任第九職等", reason, "嘉獎2次", clause),
        CommendationEntry(
            "民政課", "課員", "張𡘙", "薦任第七職等", reason, "嘉獎1次", clause, "留職停薪後復職"
        ),
        CommendationEntry("秘書室", "書記", "李犇", "委任第三職等", reason, "嘉獎1次", clause),
    )


def summary_content() -> SummaryContent:
    """Return the sample workbook's content."""
    return SummaryContent(
        agency="高雄市範例區公所",
        plan_title="高雄市政府 114 年度公餘時間完成數位學習補休及敘獎實施計畫",
        plan_id="kaohsiung-114 第 1 版",
        as_of=date(2025, 8, 31),
        calendar_version="114 年政府行政機關辦公日曆表（修正版），114/01/10 匯入",
        created=CREATED,
        created_by="人事室李大華",
        program_version="0.1.0",
        set_titles=SET_TITLES,
        units=units(),
        people=people(),
        records=records(),
        incomplete=(
            IncompleteSet(
                "A0002", "陳堃霖", "秘書室", "共通知能訓練",
                ("兩公約健康權課程：人權搜查客 II", "職場霸凌防治及處理實務案例研習"), (),
            ),
            IncompleteSet(
                "A0003", "高峯瑜", "民政課", "政策能力訓練",
                ("雙軸轉型淨零港都",), ("失智友善好厝邊",),
            ),
        ),
        pending=(
            PendingItem(
                "A0002", "陳堃霖", "秘書室", "市政議題訓練", "族群關係與族群主流化",
                None, date(2025, 6, 30), ("證明文件只有完成日期，請補起訖時間。",),
                ("計畫四、(二)",), "補休可再增加 4 小時",
                EvidencePlace("同仁學習狀況明細.xlsx", "工作表1", 7),
            ),
        ),
        commendations=commendations(),
        refused=(
            RefusedItem(
                "汪不識 學習紀錄.html", "", 5, "查無此人",
                "「汪不識 學習紀錄.html」的姓名不在名冊上，5 列都沒有存入，其他檔案不受影響；"
                "請確認姓名或先匯入名冊。",
            ),
            RefusedItem(
                "learn_record_09.pdf", "第 2 頁第 3 列", 1, "時間無法辨認",
                "第 2 頁第 3 列的起訖時間無法辨認，這一列沒有存入，同檔其他列已存入；請重印該頁。",
            ),
        ),
        rows_read=10,
        rows_stored=4,
        rows_refused=6,
        clauses=(
            ClauseNote(
                "計畫四、(二)", "學習時間之起訖均應在公餘時間。",
                "高雄市政府 114 年 1 月 2 日高市府人訓字第 11330000000 號函",
            ),
        ),
        files=(
            FileRead("A0012_王小明.pdf", "e等公務園⁺ 學習紀錄（PDF）", 3, 3, 0, "ab12" * 16),
            FileRead("learn_record_09.pdf", "e等公務園⁺ 學習紀錄（PDF）", 2, 1, 1, "cd34" * 16),
            FileRead("汪不識 學習紀錄.html", "e等公務園⁺ 學習紀錄（網頁）", 5, 0, 5, "ef56" * 16),
        ),
        decisions=(
            DecisionNote(
                datetime(2025, 5, 2, 10, 30, 0), "李大華", "A0002 陳堃霖",
                "從農田到餐桌的減碳策略：再生農法與永續食材", "不符", "採計",
                "當日請休假，已附假單。",
            ),
        ),
        notes=("本表由公餘程式製作，判定依匯入之證明文件與辦公日曆。",),
    )  # fmt: skip


def commendation_list_content() -> CommendationListContent:
    """Return the sample commendation list's content."""
    return CommendationListContent(
        agency="高雄市範例區公所",
        plan_title="高雄市政府 114 年度公餘時間完成數位學習補休及敘獎實施計畫",
        as_of=date(2025, 8, 31),
        created=CREATED,
        created_by="人事室李大華",
        entries=commendations(),
        notes=("未獲敘獎者另列名單，編號 KH-114-000042。",),
    )
