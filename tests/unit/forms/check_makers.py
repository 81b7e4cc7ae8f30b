"""Invented content of a check sheet: the one of the design."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from desktop.domain.moments import TimeBand
from forms.check_contents import CheckResult, CheckRow, CheckSheet, DayStrip
from forms.document import Issue


def band(start: str, end: str) -> TimeBand:
    """A band from ``08:00`` to ``24:00`` and the like."""
    seconds = [int(h) * 3600 + int(m) * 60 for h, m in (t.split(":") for t in (start, end))]
    return TimeBand(*seconds)


DUTY = (band("8:00", "12:00"), band("13:30", "17:36"))


def _row(
    number: str, course: str, start: dt.datetime, end: dt.datetime, words: str, **more: Any
) -> CheckRow:
    strip = DayStrip(
        label=f"{start.month}/{start.day}",
        duty=more.pop("duty", DUTY),
        uncertain=more.pop("uncertain", ()),
        entries=more.pop("entries", ()),
        course=TimeBand(
            start.hour * 3600 + start.minute * 60 + start.second,
            end.hour * 3600 + end.minute * 60 + end.second,
        )
        if end.date() == start.date()
        else None,
    )
    return CheckRow(
        number=number,
        course=course,
        start=start,
        end=end,
        duty_words=words,
        strips=more.pop("strips", (strip,)),
        result=more.pop("result", CheckResult.MATCHES),
        reasons=more.pop("reasons", "起迄均為公餘時間"),
        decision=more.pop("decision", "依查核結果"),
        **more,
    )


ROWS = (
    _row(
        "1",
        "雙軸轉型淨零港都（1）",
        dt.datetime(2025, 3, 15, 9, 2, 11),
        dt.datetime(2025, 3, 15, 9, 58, 40),
        "例假日，無班",
        duty=(),
    ),
    _row(
        "2",
        "全球淨零趨勢帶給高雄的挑戰與機會（2）",
        dt.datetime(2025, 3, 18, 19, 5, 20),
        dt.datetime(2025, 3, 18, 21, 10, 2),
        "彈性班\n刷卡 08:02:10–17:40:33",
    ),
    _row(
        "3",
        "零廢時尚：不可不知道的永續時尚趨勢（1）",
        dt.datetime(2025, 3, 19, 12, 5, 10),
        dt.datetime(2025, 3, 19, 13, 2, 33),
        "彈性班\n刷卡 07:55:48–17:31:06",
    ),
    _row(
        "4",
        "從農田到餐桌的減碳策略：再生農法與永續食材（1）",
        dt.datetime(2025, 3, 25, 17, 20, 0),
        dt.datetime(2025, 3, 25, 18, 25, 14),
        "彈性班\n刷卡 07:58:10–17:36:20",
        result=CheckResult.FAILS,
        reasons="起始時間在上班時間內（陸、五）",
        decision="維持不符\n通知補正\n114/05/06",
    ),
    _row(
        "5",
        "生成式 AI 帶來智能服務的全新體驗（1）",
        dt.datetime(2025, 4, 4, 10, 0, 27),
        dt.datetime(2025, 4, 4, 11, 4, 15),
        "放假日（兒童節及民族掃墓節）",
        duty=(),
    ),
    _row(
        "6",
        "智在高雄~智慧城市任你行（1）",
        dt.datetime(2025, 4, 8, 18, 40, 2),
        dt.datetime(2025, 4, 8, 19, 35, 41),
        "彈性班\n刷卡 08:00:12–20:03:50\n加班 18:00–20:00",
        entries=(band("18:00", "20:00"),),
        result=CheckResult.FAILS,
        reasons="與加班重疊（填表說明 2）",
        decision="維持不符\n通知補正\n114/05/06",
    ),
    _row(
        "7",
        "哭泣中的樹與花–從日常中聽見伴侶心底話（1）",
        dt.datetime(2025, 4, 12, 10, 0, 33),
        dt.datetime(2025, 4, 12, 11, 2, 9),
        "例假日，無班",
        duty=(),
    ),
    _row(
        "8",
        "性騷擾調查實務探討(A)–接獲性騷擾申訴應變作為（1）",
        dt.datetime(2025, 4, 14, 22, 10, 0),
        dt.datetime(2025, 4, 16, 6, 40, 21),
        "彈性班\n4/15 公差 09:00–16:00",
        strips=(
            DayStrip(label="4/14", duty=DUTY, course=band("22:10", "24:00")),
            DayStrip(
                label="4/15",
                duty=DUTY,
                entries=(band("9:00", "16:00"),),
                course=band("0:00", "24:00"),
            ),
            DayStrip(label="4/16", duty=DUTY, course=band("0:00", "6:40")),
        ),
        result=CheckResult.OPEN,
        reasons="跨日期間內有公差，起迄未觸及（填表說明 2）",
        decision="採認：閱讀時數 00:55:12，公差前後公餘時間足夠\n114/05/06",
    ),
    _row(
        "9",
        "性騷擾調查實務探討(B)–性平三法適用範圍（1）",
        dt.datetime(2025, 4, 17, 17, 12, 30),
        dt.datetime(2025, 4, 17, 18, 20, 8),
        "彈性班\n刷卡 08:05:41–（無）",
        duty=(band("8:00", "12:00"), band("13:30", "17:00")),
        uncertain=(band("17:00", "18:00"),),
        result=CheckResult.OPEN,
        reasons="起始在彈性下班時段，無下班刷卡（陸、五）",
        decision="未決\n通知補證\n114/05/06",
    ),
)


def make_check_sheet(*, count: int = 9, **changes: Any) -> CheckSheet:
    """Make a sheet of so many records; whatever is named replaces the usual content."""
    usual = CheckSheet(
        issue=Issue(issued_at=dt.datetime(2025, 5, 6, 15, 30), number="KH-114-000130"),
        agency="高雄市港濱區公所",
        unit="民政課",
        job_title="里幹事",
        name="陳犇",
        person_code="A0109",
        set_title="高雄市政府 114 年度數位學習組裝課程－政策能力訓練",
        pattern="彈性班 F",
        rows=tuple(replace(ROWS[i % len(ROWS)], number=str(i + 1)) for i in range(count)),
        outcome="尚未完成",
        conclusion=(
            "相符 5 門、承辦人採認 1 門、不符 2 門（編號 4、6）、未決 1 門（編號 9）。"
            "得核給補休 0 小時；補正完成後可核給 4 小時。"
        ),
        notes=("資料：學習紀錄（114/05/05 匯入）、差勤（114/05/02 匯入）",),
    )
    return replace(usual, **changes)
