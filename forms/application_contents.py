"""What the 103 application form and the general one show: finished, frozen content.

As in forms.contents everything comes in as words, numbers and times; titles, heads and notes that
belong to a plan are content too.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from forms.contents import Note
from forms.document import Issue
from forms.stamp import CheckStamp


@dataclass(frozen=True, kw_only=True)
class OutlineNote:
    """One of the notes of an outline: it brings its own label and level."""

    label: str
    """Such as ``1.``, ``（1）``, ``A.``."""
    text: str
    level: int = 0
    """0 for the outermost."""


@dataclass(frozen=True, kw_only=True)
class CourseBlock:
    """One completed course with its own lines for seals; empty words make an empty block."""

    number: str
    name: str = ""
    hours: str = ""
    completed: datetime.date | None = None
    """Local time; a day alone leaves the slots of the time empty, None those of the day too."""


@dataclass(frozen=True, kw_only=True)
class GrantRow:
    """One grant of leave and what was used of it; hours such as ``4`` or ``1.5``."""

    combination: str
    """What was completed for it, such as ``委任主餐＋副餐1—窈窕精緻餐``."""
    completed: datetime.date
    granted: str
    used: str
    balance: str
    expires: datetime.date | None = None
    """Last day to use it; None prints ``無期限``."""


@dataclass(frozen=True, kw_only=True)
class GrantLedger:
    """Granted and used so far, in the order of the grants; empty sums leave their cells empty."""

    title: str
    """Such as ``103年度補休核給及使用情形（上限12小時）``."""
    combination_head: str
    """Column head such as ``主餐＋副餐``."""
    rows: tuple[GrantRow, ...] = ()
    granted: str = ""
    used: str = ""
    balance: str = ""
    grantable: str = ""
    """Hours that may still be granted this year."""
    least_rows: int = 2
    """Rows printed even where there are fewer grants."""


@dataclass(frozen=True, kw_only=True)
class Application103:
    """Everything that one form shows; empty unit, title and name make a blank form."""

    issue: Issue
    author: str
    """Agency, for the PDF's data."""
    courses: tuple[CourseBlock, ...]
    """Old blocks first, then the new ones, each in the plan's order."""
    notes: tuple[OutlineNote, ...]
    unit: str = ""
    job_title: str = ""
    name: str = ""
    year: int | None = None
    """Year of the Republic printed where a date is left empty; None leaves it empty too."""
    title: str = "公餘時間完成數位學習補休申請表"
    instruction: str = "※填表前請先詳閱注意事項"
    course_head: str = "已完成線上課程名稱、時數、日期及時間（須檢附時數證明）"
    seal_head: str = "核章欄"
    seals: tuple[str, ...] = ("申請人簽名：", "單位主管核章：", "人事單位核章：")
    """Lines in each block."""
    least_blocks: int = 10
    """Blocks printed even where there are fewer courses."""
    extension: str = "以下請視需要自行增列表格"
    ledger: GrantLedger | None = None
    """None leaves it out, as the form of the plan has it."""
    notes_title: str = "填表注意事項："
    outline: str = ""
    """What the PDF's outline says after the name, such as the sets; empty for the title."""
    stamp: CheckStamp | None = None
    """Only where the agency wants it and the case is settled; never on a blank."""


class TimeColumns(StrEnum):
    """Which moments of a course a form asks for: the plan's off-duty check."""

    START_AND_END = "start_and_end"
    COMPLETION = "completion"
    NONE = "none"
    """Only the day of completion."""


@dataclass(frozen=True, kw_only=True)
class GeneralCourseRow:
    """One course of the set, as printed."""

    number: str
    name: str
    hours: str
    category: str = ""
    """Neighbours that are alike share one cell."""
    start: datetime.datetime | None = None
    """Local time; None leaves the slots empty to be filled in by hand."""
    end: datetime.date | None = None
    """Completion: a time, or only a day where the time is not known or not asked for."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """When the personnel office got the application, and by when it had to."""

    deadline: datetime.date
    received: datetime.date | None = None
    """None leaves the date to be filled in by hand."""
    is_late: bool | None = None
    """None leaves both boxes open."""


@dataclass(frozen=True, kw_only=True)
class GeneralApplication:
    """Everything that one form shows; empty unit, title and name make a blank form."""

    issue: Issue
    author: str
    """Agency, for the PDF's data."""
    plan: str
    """Title of the plan, above the form's own."""
    set_title: str
    set_size: str = ""
    """Printed in brackets after the set, such as ``20 門，30 小時``."""
    basis: str = ""
    """Plan and clause, such as ``新竹市政府 109 年度推動數位學習實施計畫伍、四``."""
    leave: str = ""
    """What is applied for, such as ``1 天（8 小時）``."""
    year: int
    """Year of the Republic, printed where a date is left empty."""
    time_columns: TimeColumns
    courses: tuple[GeneralCourseRow, ...]
    hours: str = ""
    """Sum of the hours; empty leaves the sum's row out."""
    notes: tuple[Note, ...] = ()
    unit: str = ""
    job_title: str = ""
    name: str = ""
    receipt: Receipt | None = None
    """None where the plan has no deadline of receipt."""
    title: str = "數位學習補休申請表"
    notes_title: str = "★填表說明："
    seals: tuple[str, ...] = ("申請人核章：", "單位主管核章：", "人事單位核章：")
    stamp: CheckStamp | None = None
    """Only where the agency wants it and the case is settled; never on a blank."""
