"""What the schedule of a promotion plan shows: finished, frozen content."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from forms.document import Issue


@dataclass(frozen=True, kw_only=True)
class ScheduleMeasure:
    """One measure of a stage."""

    label: str
    """Such as ``(一)``."""
    text: str
    lead: str
    """主辦機關."""
    assisting: str
    """協辦機關."""
    state: str = ""
    """未開始, 辦理中, 已完成, 已調整期程 or 停止辦理."""


@dataclass(frozen=True, kw_only=True)
class ScheduleStage:
    """One stage with its measures."""

    label: str
    """Such as ``一、``."""
    name: str
    """In bold: ``前置期階段``."""
    condition: str
    """The source's words in parentheses behind the name."""
    measures: tuple[ScheduleMeasure, ...]
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    """None for a stage without an end."""
    is_moved: bool = False
    """Whether a person moved its dates (調)."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """辦理期程及分工表 of one plan."""

    issue: Issue
    agency: str
    plan: str
    """First line of the title."""
    stages: tuple[ScheduleStage, ...]
    effective: datetime.date | None = None
    """計畫生效日; None leaves the line above the table out."""
    day: datetime.date | None = None
    """資料截止日."""
    has_states: bool = True
    """Whether the added column 辦理情形 is there."""
    notes: tuple[str, ...] = ()
    seals: tuple[str, ...] = ("承辦人：", "人事主管：", "機關首長：")
    title: str = "辦理期程及分工表"
