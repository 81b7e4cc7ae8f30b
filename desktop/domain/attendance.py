"""Attendance: entries, shifts and punches of a person, and the kinds of entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.moments import Span
from desktop.domain.provenance import SourcePlace


class AttendanceKind(StrEnum):
    """What an attendance entry means to the checks (rules.md sections 1 and 3)."""

    OVERTIME = "overtime"  # 加班
    OFFICIAL_LEAVE = "official_leave"  # 公假
    BUSINESS_TRIP = "business_trip"  # 公差, 公出
    ON_CALL = "on_call"  # 值班, 輪值 outside the roster
    PERSONAL_LEAVE = "personal_leave"  # 休假 事假 病假 補休 公假補休 …

    @property
    def is_work(self) -> bool:
        """Whether the entry is duty or paid elsewhere, so that learning in it cannot count."""
        return self is not AttendanceKind.PERSONAL_LEAVE


@dataclass(frozen=True, slots=True)
class AttendanceEntry:
    """One dated entry of one person.

    Attributes:
        employee_id: Whose it is.
        kind: What it means to the checks.
        kind_words: The kind as the attendance system writes it (加班, 公出 …).
        span: From when until when.
        reason: 事由, may be empty.
        place: Where it was read.
    """

    employee_id: str
    kind: AttendanceKind
    kind_words: str
    span: Span
    reason: str = ""
    place: SourcePlace | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A rostered shift: the duty of a person on ``day``; it may end on the next date."""

    employee_id: str
    day: date
    span: Span
    place: SourcePlace | None = None


@dataclass(frozen=True, slots=True)
class Punch:
    """Clock punches of a person on one day; a missing one is None."""

    employee_id: str
    day: date
    punch_in: datetime | None
    punch_out: datetime | None
    place: SourcePlace | None = None


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody nominated for a programme (薦送名冊).

    Attributes:
        employee_id: Who.
        plan: The programme's id; empty when the list does not say, then it is for any.
        telephone, email: As the list gives them; the e-mail is the personnel office's.
        priority: 優先條件 as written.
        is_substitute: Whether the person replaces somebody who dropped out (遞補).
        place: Where it was read.
    """

    employee_id: str
    plan: str = ""
    telephone: str = ""
    email: str = ""
    priority: str = ""
    is_substitute: bool = False
    place: SourcePlace | None = None


class ReceiptKind(StrEnum):
    """What was received (收件登記)."""

    APPLICATION = "application"  # 申請表, 學習紀錄
    REPORT = "report"  # 研習報告


@dataclass(frozen=True, slots=True)
class Receipt:
    """An application or study report received on a date (收件登記).

    Attributes:
        employee_id: Whose.
        plan: 計畫 as written.
        received_on: The day.
        place: Where it was read.
        kind: What was received, None when the sheet does not say; then it is what the plan asks
            for, if the plan asks for one of the two only.
    """

    employee_id: str
    plan: str
    received_on: date
    place: SourcePlace | None = None
    kind: ReceiptKind | None = None


@dataclass(frozen=True, slots=True)
class FormerAward:
    """A benefit somebody had under another plan or in an earlier year (歷年核給紀錄).

    Attributes:
        employee_id: Whose.
        year: ROC year.
        plan: 計畫 as written.
        benefit: What was given, as written (嘉獎, 記功, 補休, 抽獎 …).
        amount: How much of it: 次, 時, 元; None when the record does not say.
        given_on: The day, None when the record does not say.
        place: Where it was read.
    """

    employee_id: str
    year: int
    plan: str
    benefit: str
    amount: int | None = None
    given_on: date | None = None
    place: SourcePlace | None = None

    @property
    def words(self) -> str:
        """The award in words: ``112 年獲嘉獎 1 次（他縣市計畫）``."""
        unit = next((unit for mark, unit in _UNITS if mark in self.benefit), "次")
        amount = "" if self.amount is None else f" {self.amount} {unit}"
        plan = f"（{self.plan}）" if self.plan.strip() else ""
        return f"{self.year} 年獲{self.benefit}{amount}{plan}"


_UNITS = (("補休", "時"), ("公假", "時"), ("禮券", "元"), ("獎金", "元"), ("現金", "元"))
