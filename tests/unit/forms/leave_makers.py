"""Invented content of the papers of the leave ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from forms.document import Issue
from forms.leave_contents import (
    LeaveCard,
    LeaveCardEntry,
    LeaveCardGrant,
    LeaveRegister,
    LeaveRegisterRow,
)

AGENCY = "高雄市港濱區公所"
PLAN = "高雄市政府 114 年度推動數位學習實施計畫"
_PEOPLE = (
    ("A0101", "王峯毅", "秘書室", (114, 3, 2)),
    ("A0102", "林芷瑄", "秘書室", (114, 3, 3)),
    ("B0201", "涂雅筑", "秘書室", (114, 4, 12)),
    ("A0106", "李焱堃", "民政課", (114, 4, 13)),
    ("A0107", "許羣芳", "民政課", (114, 3, 31)),
    ("A0111", "黃煊", "社會課", (114, 4, 14)),
    ("A0112", "歐陽芸安", "社會課", (114, 4, 7)),
    ("A0113", "周喆", "社會課", (114, 4, 21)),
    ("B0204", "簡辰瑋", "社會課", (114, 4, 20)),
    ("B0205", "葛沐恩", "社會課", (114, 3, 24)),
    ("A0117", "江昱辰", "經建課", (114, 2, 28)),
    ("A0118", "溫士豪", "經建課", (114, 4, 27)),
    ("A0122", "賴語彤", "會計室", (114, 3, 17)),
)


def make_register(*, count: int = 13, **changes: Any) -> LeaveRegister:
    """Make a register of so many grants; whatever is named replaces the usual content."""
    rows = []
    for i in range(count):
        code, name, unit, (year, month, day) = _PEOPLE[i % len(_PEOPLE)]
        starts = dt.date(year + 1911, month, day)
        rows.append(
            LeaveRegisterRow(
                person_code=code,
                name=name,
                unit=unit,
                hours=4,
                starts=starts,
                expires=starts.replace(year=starts.year + 2) - dt.timedelta(days=1),
                document_number="港濱區人字第1143000512號",
            )
        )
    usual = LeaveRegister(
        issue=Issue(issued_at=dt.datetime(2025, 5, 2, 16, 10), number="KH-114-000140"),
        agency=AGENCY,
        plan=PLAN,
        year=114,
        first_day=dt.date(2025, 4, 1),
        last_day=dt.date(2025, 5, 2),
        rows=tuple(rows),
        notes=(
            (
                "說明：起算日為該套課程完成之次日；到期日依民法第 121 條計算，"
                "當日（含）前須補休完畢，以小時計。"
            ),
        ),
    )
    return replace(usual, **changes)


def _grant(
    number: str, title: str, days: tuple[dt.date, dt.date, dt.date], amounts: tuple[int, ...]
) -> LeaveCardGrant:
    granted, used, expired, balance = amounts
    return LeaveCardGrant(
        number=number,
        title=f"114 年度／{title}",
        completed=days[0],
        starts=days[1],
        expires=days[2],
        granted=granted,
        used=used,
        expired=expired,
        balance=balance,
    )


GRANTS = (
    _grant(
        "1",
        "政策能力訓練",
        (dt.date(2025, 4, 12), dt.date(2025, 4, 13), dt.date(2027, 4, 12)),
        (4, 3, 1, 0),
    ),
    _grant(
        "2",
        "市政議題訓練",
        (dt.date(2025, 6, 21), dt.date(2025, 6, 22), dt.date(2027, 6, 21)),
        (4, 3, 0, 1),
    ),
    _grant(
        "3",
        "共通知能訓練",
        (dt.date(2025, 8, 30), dt.date(2025, 8, 31), dt.date(2027, 8, 30)),
        (4, 0, 0, 4),
    ),
)
_LINES: tuple[tuple[dt.date, str, str, int, int, str, str], ...] = (
    (dt.date(2025, 5, 2), "核給\u3000政策能力訓練", "granted", 4, 4, "1", "000123"),
    (dt.date(2025, 5, 9), "補休\u300015:30–17:30", "used", 2, 2, "1", "假單 0509"),
    (dt.date(2025, 6, 27), "核給\u3000市政議題訓練", "granted", 4, 6, "2", "000188"),
    (dt.date(2025, 7, 18), "補休\u300008:00–09:00", "used", 1, 5, "1", "假單 0718"),
    (dt.date(2025, 7, 21), "沖銷第 4 筆：假單撤回", "reversed", 1, 6, "1", "假單 0718"),
    (dt.date(2025, 9, 5), "核給\u3000共通知能訓練", "granted", 4, 10, "3", "000296"),
    (dt.date(2026, 1, 23), "補休\u300016:30–17:30", "used", 1, 9, "1", "假單 0123"),
    (dt.date(2027, 4, 13), "逾期失效（期限 116/04/12）", "expired", 1, 8, "1", "系統"),
    (dt.date(2027, 4, 30), "補休\u300008:00–11:00", "used", 3, 5, "2", "假單 0430"),
)


def _entry(number: int) -> LeaveCardEntry:
    day, text, kind, hours, balance, grant, basis = _LINES[number % len(_LINES)]
    amounts: dict[str, Any] = {kind: hours}
    return LeaveCardEntry(
        number=str(number + 1),
        day=day,
        text=text,
        balance=balance,
        grant=grant,
        basis=basis,
        **amounts,
    )


def make_card(*, count: int = 9, grants: int = 3, **changes: Any) -> LeaveCard:
    """Make a card of so many lines and grants; the usual ones are those of the design."""
    usual = LeaveCard(
        issue=Issue(issued_at=dt.datetime(2027, 5, 4, 9, 18), number="KH-114-000512"),
        agency=AGENCY,
        person_code="A0106",
        name="李焱堃",
        unit="民政課",
        job_title="課員",
        rank="薦任第七職等",
        day=dt.date(2027, 5, 4),
        grants=tuple(replace(GRANTS[i % len(GRANTS)], number=str(i + 1)) for i in range(grants)),
        entries=tuple(_entry(i) for i in range(count)),
        notes=(
            (
                "說明：餘額＝核給－使用＋沖銷－逾期。使用時先扣到期日最早之批次；"
                "已登錄之筆不更改，以沖銷更正。下次到期：第 2 批 1 小時，116/06/21。"
            ),
        ),
    )
    return replace(usual, **changes)
