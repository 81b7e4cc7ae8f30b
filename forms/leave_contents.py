"""What the papers of the leave ledger show: finished, frozen content, one class a paper.

Hours are whole hours: leave is granted and used in no smaller part. Nothing is computed from them
but sums; balances come from the ledger.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from forms.document import Issue


@dataclass(frozen=True, kw_only=True)
class LeaveRegisterRow:
    """One grant, as keyed into the attendance system."""

    person_code: str
    """人員代號."""
    name: str
    unit: str
    hours: int
    starts: datetime.date
    """First day the leave may be taken (起算日)."""
    expires: datetime.date | None
    """Last day; None where the plan sets no limit (``無期限``)."""
    document_number: str
    """核給文號."""
    leave_type: str = "公假補休"
    reason: str = "利用公餘時間參與數位學習"


@dataclass(frozen=True, kw_only=True)
class LeaveRegister:
    """補休核給清冊; rows in the order they are printed: unit, 人員代號, 起算日."""

    issue: Issue
    agency: str
    plan: str
    year: int
    """Year of the Republic."""
    first_day: datetime.date
    """First day of the grants listed (核給期間)."""
    last_day: datetime.date
    rows: tuple[LeaveRegisterRow, ...]
    notes: tuple[str, ...] = ()
    seals: tuple[str, ...] = ("承辦人", "人事主管", "機關首長")
    title: str = "補休核給清冊"


@dataclass(frozen=True, kw_only=True)
class LeaveCardGrant:
    """One grant of a person and what became of it by the card's day."""

    number: str
    """批次, such as ``1``."""
    title: str
    """Plan and set, such as ``114 年度／政策能力訓練``."""
    completed: datetime.date | None
    """None where it is not known, as of leave moved in from elsewhere."""
    starts: datetime.date
    expires: datetime.date | None
    granted: int
    used: int
    """Uses less what was reversed."""
    expired: int
    balance: int


@dataclass(frozen=True, kw_only=True)
class LeaveCardEntry:
    """One line of the ledger; of the four amounts those that are not 0 are printed."""

    number: str
    """筆, such as ``1``; a reversal names it."""
    day: datetime.date
    text: str
    """Such as ``沖銷第 4 筆：假單撤回``."""
    balance: int
    """Of all grants, after this line."""
    grant: str
    """批次."""
    basis: str
    """Document or leave slip."""
    granted: int = 0
    used: int = 0
    reversed: int = 0
    expired: int = 0


@dataclass(frozen=True, kw_only=True)
class LeaveCard:
    """補休紀錄卡 of one person; lines in the order they were entered."""

    issue: Issue
    agency: str
    person_code: str
    name: str
    unit: str
    job_title: str
    rank: str
    day: datetime.date
    """截止日: the balances are those of this day."""
    grants: tuple[LeaveCardGrant, ...]
    entries: tuple[LeaveCardEntry, ...]
    notes: tuple[str, ...] = ()
    """Below the lines: how the balance is made, what expires next."""
    seals: tuple[str, ...] = ("本人確認：", "承辦人核章：", "人事主管核章：")
    title: str = "補休紀錄卡"
