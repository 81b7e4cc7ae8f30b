"""What the printed documents show: finished, frozen content, one class a paper.

Everything comes in as words, numbers and times; nothing of a plan is known here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from forms.document import Issue
from forms.stamp import CheckStamp


@dataclass(frozen=True, kw_only=True)
class CourseRow:
    """One course of the set, as printed."""

    number: str
    name: str
    hours: str
    """Such as ``1`` or ``1.5``."""
    start: datetime.datetime | None = None
    """Local time; None leaves the slots empty to be filled in by hand."""
    end: datetime.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """One of the notes below the courses."""

    text: str
    is_underlined: bool = False


@dataclass(frozen=True, kw_only=True)
class Application114:
    """Everything that one form shows; empty unit and name make a blank form."""

    issue: Issue
    author: str
    """Agency, for the PDF's data."""
    set_title: str
    """Printed after ``組裝課程名稱：``."""
    year: int
    """Year of the Republic, printed where a time is left empty."""
    courses: tuple[CourseRow, ...]
    notes: tuple[Note, ...]
    unit: str = ""
    name: str = ""
    set_title_bold: str = ""
    """End of the set title that is bold, such as ``政策能力訓練``."""
    title: str = "公餘時間完成數位學習補休申請表"
    notes_title: str = "★請詳閱填表說明："
    seals: tuple[str, ...] = ("申請人核章：", "單位主管核章：", "人事單位核章：")
    stamp: CheckStamp | None = None
    """Only where the agency wants it and the case is settled; never on a blank."""


@dataclass(frozen=True, kw_only=True)
class CommendationRow:
    """One proposed person, as printed."""

    unit: str
    job_title: str
    name: str
    rank: str
    reason: str
    award: str
    """Such as ``嘉獎1次``, or ``記功1次、嘉獎1次`` of several kinds."""
    basis: str
    remark: str = ""
    """What the committee will ask: 留職停薪, 承辦人改判, 補件."""


@dataclass(frozen=True, kw_only=True)
class CommendationList:
    """Everything the list shows; rows in the order they are printed."""

    issue: Issue
    agency: str
    plan: str
    day: datetime.date
    """Day the facts are as of (認定基準日)."""
    rows: tuple[CommendationRow, ...]
    awards: tuple[str, ...] = ()
    """Awards counted in the total even where nobody gets them."""
    not_commended_number: str | None = None
    """Number of the list of who did not qualify."""
    seals: tuple[str, ...] = ("承辦人", "人事主管", "機關首長")
    title: str = "敘獎建議名冊"


@dataclass(frozen=True, kw_only=True)
class CorrectionRow:
    """One course that fails or waits for an answer."""

    number: str
    name: str
    start: datetime.datetime | None
    """Local time to the second; None where the record has none."""
    end: datetime.datetime | None
    problem: str
    basis: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class NoticeLabels:
    """The words a notice prints before its values, and on its reply slip."""

    matter: str = "申請事項"
    deadline: str = "補正期限"
    set_title: str = "組裝課程"
    tear: str = "請沿線撕下，併同補正資料送回"
    """Before the name of who gets the slip."""
    slip: str = "送達簽收及補正回覆聯"
    """Title of the slip, after the notice's own."""


@dataclass(frozen=True, kw_only=True)
class CorrectionNotice:
    """Everything one notice shows; failed and open courses only, in the form's order."""

    issue: Issue
    office: str
    """Who writes, such as ``高雄市港濱區公所人事室``."""
    unit: str
    job_title: str
    name: str
    day: datetime.date
    deadline: datetime.date
    matter: str
    """What was applied for, such as ``公餘時間完成數位學習補休``."""
    set_title: str
    lead: str
    """Sentence above the courses."""
    rows: tuple[CorrectionRow, ...]
    paragraphs: tuple[str, ...]
    """Basis, way of correcting, what to do in doubt; numbered 一、二、三 when printed."""
    clerk: str
    clerk_title: str
    telephone: str
    return_to: str = "人事室"
    replies: tuple[str, ...] = ("已補送學習紀錄", "已補送出勤證明", "撤回本次申請", "其他：")
    seals: tuple[str, ...] = ("承辦人核章：", "人事主管核章：")
    title: str = "補正通知單"
    labels: NoticeLabels = NoticeLabels()


@dataclass(frozen=True, kw_only=True)
class NotCommendedRow:
    """One examined person who is not proposed, as printed."""

    unit: str
    job_title: str
    name: str
    rank: str
    completed: tuple[bool, ...]
    """One a set, in the order of the sets."""
    cause: str
    """Kind of reason, counted in the total, such as ``未完成或未通過``."""
    reason: str
    """In words, course names in full."""
    basis: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class NotCommendedList:
    """Everything the list shows; rows in the order they are printed."""

    issue: Issue
    agency: str
    plan: str
    day: datetime.date
    """Day the facts are as of (認定基準日)."""
    sets: tuple[str, ...]
    """Short names of the sets, such as ``政策``; more than three share one column."""
    rows: tuple[NotCommendedRow, ...]
    examined: int
    """How many people were examined: those of both lists."""
    causes: tuple[str, ...] = ()
    """Order of the kinds of reason in the total."""
    commendation_number: str | None = None
    """Number of the list of who is proposed."""
    seals: tuple[str, ...] = ("承辦人", "人事主管", "機關首長")
    title: str = "未獲敘獎名單"


@dataclass(frozen=True, kw_only=True)
class CommitteeRow:
    """One case before the committee, as printed."""

    office: str
    """機關."""
    unit: str
    job_title: str
    name: str
    award: str
    """獎懲, such as ``嘉獎1次``."""
    reason: str
    outcome: str = ""
    """審議結果, left to be written in at the meeting."""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class CommitteeTable:
    """獎懲案件審議表; rows in the order they are printed."""

    issue: Issue
    agency: str
    plan: str
    day: datetime.date
    """Day the facts are as of."""
    rows: tuple[CommitteeRow, ...]
    total: str
    """Such as ``25 人\u3000嘉獎1次 25 人次``."""
    notes: tuple[str, ...] = ()
    day_label: str = "認定基準日"
    seals: tuple[str, ...] = ("承辦人", "人事主管", "機關首長")
    title: str = "獎懲案件審議表"
