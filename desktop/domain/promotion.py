"""A promotion plan: stages with measures, dated from the day it came into force; its contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MeasureState(StrEnum):
    """How far a measure is (design paper.md section 12)."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    MOVED = "moved"
    STOPPED = "stopped"

    @property
    def word(self) -> str:
        """What page and paper say."""
        return {
            "not_begun": "未開始",
            "under_way": "辦理中",
            "done": "已完成",
            "moved": "已調整期程",
            "stopped": "停止辦理",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as the plan has it.

    Attributes:
        id: Of the program's own.
        label: Such as (一).
        text: Word for word.
        lead, assisting: 主辦機關 and 協辦機關.
    """

    id: str
    label: str
    text: str
    lead: str
    assisting: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage as the plan has it.

    Attributes:
        id: Of the program's own.
        label, name: Such as 一、 and 前置期階段.
        condition: The plan's words on its time.
        months: Its length; None without an end.
        measures: In order.
    """

    id: str
    label: str
    name: str
    condition: str
    months: int | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class PromotionPlan:
    """A promotion plan.

    Attributes:
        id, code: Of the program's own; the code begins its papers' numbers.
        title: As issued.
        source: Where stages and measures stand.
        stages: In order.
    """

    id: str
    code: str
    title: str
    source: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class StageDays:
    """When a stage is.

    Attributes:
        first_day: None while nobody knows when the plan came into force.
        last_day: None without an end, or likewise.
        is_moved: Whether a person set the days.
    """

    first_day: date | None = None
    last_day: date | None = None
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """單一窗口 of one agency."""

    id: str
    agency: str
    name: str
    telephone: str = ""
    email: str = ""
    note: str = ""
