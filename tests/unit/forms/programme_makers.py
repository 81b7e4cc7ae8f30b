"""Invented content of the papers of a nominated programme."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from forms.document import Issue
from forms.programme_contents import (
    BelowMinimumList,
    BelowMinimumRow,
    CreditCourse,
    CreditList,
    CreditPerson,
    NominationList,
    NominationRow,
    ReportReminder,
)

AGENCY = "臺北市政府教育局"
PLAN = "國際數位學習平臺雙語研習專班第2期程（Coursera）"
_PEOPLE = (
    ("衛生局", "書記", "彭育珍"),
    ("人事室", "警務正", "林堃廷"),
    ("政風室", "護理師", "高峯瑜"),
    ("都市發展局", "科長", "彭建"),
)
_COURSES = (
    ("Business Japanese in Context", "日文", "4", "4", ""),
    ("Digital Transformation", "English", "9", "不採認", "通過狀態是「無證書」（三、（四）3）。"),
    (
        "中級華語語法",
        "簡體中文",
        "6",
        "不採認",
        (
            "授課語言「簡體中文」不在採認範圍（三、（四）4（2））。"
            "開課國家或地區「中國大陸」不在採認範圍（三、（四）4（3））。"
        ),
    ),
    ("Global Diplomacy", "英語", "8", "重複", "同一門課程只採認一次。"),
)


def _issue(number: str) -> Issue:
    return Issue(issued_at=dt.datetime(2024, 7, 22, 10, 20), number=number)


def make_nominations(*, count: int = 24, **changes: Any) -> NominationList:
    """Make a list of so many nominees; whatever is named replaces the usual content."""
    rows = tuple(
        NominationRow(
            office=AGENCY,
            unit=_PEOPLE[i % 4][0],
            job_title=_PEOPLE[i % 4][1],
            name=_PEOPLE[i % 4][2],
            telephone=f"02-2720-{i:04d} 分機 12" if i % 5 else "",
            email="personnel.office@example.gov.tw",
            priority="曾參加人力學院涉外英語班" if i % 3 else "",
            remark="遞補" if i % 7 == 3 else "",
        )
        for i in range(count)
    )
    usual = NominationList(
        issue=_issue("TC-113-000001"),
        agency=AGENCY,
        plan=PLAN,
        day=dt.date(2023, 11, 27),
        rows=rows,
        total=f"{count} 人（遞補 3 人）",
        notes=("名額：依一級機關（含所屬）獲配名額足額派訓。", "優先條件：辦理涉外業務。"),
    )
    return replace(usual, **changes)


def make_credits(*, count: int = 7, **changes: Any) -> CreditList:
    """Make a list of so many people with none to four courses each."""
    people = tuple(
        CreditPerson(
            unit=_PEOPLE[i % 4][0],
            job_title=_PEOPLE[i % 4][1],
            name=_PEOPLE[i % 4][2],
            courses=tuple(
                CreditCourse(
                    name=name,
                    language=language,
                    started=dt.date(2024, 1, 5),
                    ended=dt.date(2024, 2, 3) if hours != "9" else None,
                    hours=hours,
                    recognised=recognised,
                    reason=reason,
                )
                for name, language, hours, recognised, reason in _COURSES[: (4 - i) % 5]
            ),
            outcome="不登錄：採認 4 時，未達 18 時（三、（四）4（1））",
        )
        for i in range(count)
    )
    usual = CreditList(
        issue=_issue("TC-113-000002"),
        agency=AGENCY,
        plan=PLAN,
        day=dt.date(2024, 6, 30),
        people=people,
        total=f"{count} 人，登錄 0 人，共 0 時",
        notes=("採認滿 18 時（三、（四）4（1））者，登錄終身學習時數（三、（四）6）。",),
    )
    return replace(usual, **changes)


def make_below_minimum(*, count: int = 5, **changes: Any) -> BelowMinimumList:
    """Make a list of so many people whose hours are not uploaded."""
    rows = tuple(
        BelowMinimumRow(
            unit=_PEOPLE[i % 4][0],
            job_title=_PEOPLE[i % 4][1],
            name=_PEOPLE[i % 4][2],
            recognised=str(i * 3),
            report_received=dt.date(2024, 7, 16) if i % 2 else None,
            reason="採認 31 時，研習報告應於 113-07-14 前繳交（三、（四）5），沒有收件登記",
            remark="待確認 6 時" if i == 2 else "",
        )
        for i in range(count)
    )
    usual = BelowMinimumList(
        issue=_issue("TC-113-000003"),
        agency=AGENCY,
        plan=PLAN,
        day=dt.date(2024, 6, 30),
        rows=rows,
        total=f"{count} 人：未達最低時數 {count} 人",
        notes=("本名冊所列人員不登錄終身學習時數（三、（四）6）。",),
    )
    return replace(usual, **changes)


def make_reminder(**changes: Any) -> ReportReminder:
    """Make the reminder of one person."""
    usual = ReportReminder(
        issue=_issue("TC-113-000004"),
        office=f"{AGENCY}人事室",
        unit="社會局",
        job_title="巡官",
        name="孫佳廷",
        day=dt.date(2024, 7, 5),
        due=dt.date(2024, 7, 14),
        programme=PLAN,
        recognised="31 時",
        lead="台端參加上開研習，截至本通知日尚未收到研習報告，請依限繳交。",
        paragraphs=(
            "依據：學員於研習期間結束後2週內，應繳交簡要研習報告。",
            "未於 113-07-14 前繳交研習報告者，不登錄終身學習時數（三、（四）6）。",
            "已繳交者，請於回條註明日期並附佐證資料，送承辦人更正收件登記。",
        ),
        clerk="游珏羣",
        clerk_title="課員",
        telephone="（02）0000-0000 分機 12",
    )
    return replace(usual, **changes)
