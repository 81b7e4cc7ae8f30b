"""What a check sheet shows: finished, frozen content, its timelines as bands of each day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.moments import TimeBand
from forms.document import Issue


class CheckResult(StrEnum):
    """The program's verdict on a record, as printed."""

    MATCHES = "相符"
    FAILS = "不符"
    OPEN = "待確認"


@dataclass(frozen=True, kw_only=True)
class DayStrip:
    """One day from 00 to 24; what overlaps is drawn over one another, the course last."""

    label: str
    """Such as ``3/18``."""
    duty: tuple[TimeBand, ...] = ()
    uncertain: tuple[TimeBand, ...] = ()
    """Time that may be duty."""
    entries: tuple[TimeBand, ...] = ()
    """Overtime, trips, leave and the like."""
    course: TimeBand | None = None
    is_after_gap: bool = False
    """Whether days between this strip and the one before are left out."""


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One record beside the duty of its days."""

    number: str
    course: str
    """Name with its hours: ``雙軸轉型淨零港都（1）``."""
    start: datetime.datetime | None
    """Local time to the second; None where the record has none."""
    end: datetime.datetime | None
    duty_words: str
    """What the strips show in words, a line feed between days and entries."""
    strips: tuple[DayStrip, ...]
    result: CheckResult
    reasons: str
    """One a line, the worst first, each with its clause."""
    decision: str
    """The clerk's: word, reason, day."""
    dates: str = ""
    """In place of times where the record has only dates."""


@dataclass(frozen=True, kw_only=True)
class CheckSheet:
    """查核表 of one person and set; rows in the plan's order."""

    issue: Issue
    agency: str
    unit: str
    job_title: str
    name: str
    person_code: str
    set_title: str
    pattern: str
    """班別 in words."""
    rows: tuple[CheckRow, ...]
    outcome: str
    """First words of the conclusion, in bold: ``尚未完成``."""
    conclusion: str
    """What follows them after a colon."""
    notes: tuple[str, ...] = ()
    """Lines below the legend: what was read, and when."""
    seals: tuple[str, ...] = ("承辦人", "人事主管")
    title: str = "公餘時間學習紀錄查核表"
