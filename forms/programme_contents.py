"""What the papers of a nominated programme show: finished, frozen content, one class a paper."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from forms.document import Issue

LIST_SEALS = ("承辦人", "人事主管", "機關首長")


@dataclass(frozen=True, kw_only=True)
class NominationRow:
    """One nominee, as printed."""

    office: str
    """機關."""
    unit: str
    job_title: str
    name: str
    telephone: str
    email: str
    """Of the personnel office."""
    priority: str
    remark: str = ""
    """Such as ``遞補``."""


@dataclass(frozen=True, kw_only=True)
class NominationList:
    """薦送名冊; rows in the order they are printed."""

    issue: Issue
    agency: str
    plan: str
    day: datetime.date
    """Last day to register nominees."""
    rows: tuple[NominationRow, ...]
    total: str
    """Such as ``8 人（遞補 1 人）``."""
    notes: tuple[str, ...] = ()
    """Quota, order of priority, who may not be nominated: lines below the list."""
    day_label: str = "報名期限"
    seals: tuple[str, ...] = LIST_SEALS
    title: str = "薦送名冊"


@dataclass(frozen=True, kw_only=True)
class CreditCourse:
    """One course of one person, recognised or not."""

    name: str
    language: str
    started: datetime.date | None
    ended: datetime.date | None
    hours: str
    recognised: str
    """Hours recognised, or in words why there are none: ``不採認``, ``待確認``, ``重複``."""
    reason: str = ""
    """Why it is not recognised, with the clause; printed below the name."""


@dataclass(frozen=True, kw_only=True)
class CreditPerson:
    """One nominee with all courses; none of them makes one row that says so."""

    unit: str
    job_title: str
    name: str
    courses: tuple[CreditCourse, ...]
    outcome: str
    """Such as ``登錄 27 時（採認 27 時）``."""


@dataclass(frozen=True, kw_only=True)
class CreditList:
    """時數採認清冊; people in the order they are printed."""

    issue: Issue
    agency: str
    plan: str
    day: datetime.date
    """Last day of studying."""
    people: tuple[CreditPerson, ...]
    total: str
    notes: tuple[str, ...] = ()
    day_label: str = "研習期間末日"
    seals: tuple[str, ...] = LIST_SEALS
    title: str = "時數採認清冊"


@dataclass(frozen=True, kw_only=True)
class BelowMinimumRow:
    """One nominee whose hours are not uploaded, as printed."""

    unit: str
    job_title: str
    name: str
    recognised: str
    """Hours, such as ``12``."""
    report_received: datetime.date | None
    reason: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class BelowMinimumList:
    """未達最低時數名冊; rows in the order they are printed."""

    issue: Issue
    agency: str
    plan: str
    day: datetime.date
    """Last day of studying."""
    rows: tuple[BelowMinimumRow, ...]
    total: str
    notes: tuple[str, ...] = ()
    day_label: str = "研習期間末日"
    seals: tuple[str, ...] = LIST_SEALS
    title: str = "未達最低時數名冊"


@dataclass(frozen=True, kw_only=True)
class ReportReminder:
    """研習報告催繳單 of one person."""

    issue: Issue
    office: str
    """Who writes, such as ``臺北市港濱區公所人事室``."""
    unit: str
    job_title: str
    name: str
    day: datetime.date
    due: datetime.date
    programme: str
    recognised: str
    """Hours recognised so far, in words."""
    lead: str
    paragraphs: tuple[str, ...]
    """Numbered 一、二、三 when printed."""
    clerk: str
    clerk_title: str
    telephone: str
    return_to: str = "人事室"
    replies: tuple[str, ...] = ("已繳交研習報告", "隨本聯附上研習報告", "退出研習", "其他：")
    seals: tuple[str, ...] = ("承辦人核章：", "人事主管核章：")
    title: str = "研習報告催繳單"
