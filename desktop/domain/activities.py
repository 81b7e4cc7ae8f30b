"""Activities beside a plan's courses: classes with places, camps, contests, draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ActivityKind(StrEnum):
    """What sort of activity it is; each has sessions and sign-ups, and may have draws."""

    CLASS = "class"
    CAMP = "camp"
    MENTORING = "mentoring"
    CONTEST = "contest"
    DRAW = "draw"
    NEWSLETTER = "newsletter"
    OTHER = "other"

    @property
    def word(self) -> str:
        """What clerks call it."""
        return {
            "class": "班期",
            "camp": "線上英語營",
            "mentoring": "電子師徒制",
            "contest": "競標",
            "draw": "抽獎",
            "newsletter": "電子報",
            "other": "其他",
        }[self.value]


class SignUpState(StrEnum):
    """How somebody stands to a session."""

    SIGNED = "signed"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    ABSENT = "absent"

    @property
    def word(self) -> str:
        """What the page says."""
        return {
            "signed": "報名",
            "waiting": "候補",
            "withdrawn": "退出",
            "attended": "出席",
            "absent": "缺席",
        }[self.value]

    @property
    def takes_a_place(self) -> bool:
        """Whether a place is taken."""
        return self not in (SignUpState.WAITING, SignUpState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity.

    Attributes:
        id: Given by the program.
        name: As announced.
        kind: What sort.
        clause: Where it stands in the plan; may be empty.
        courses: Of a draw, the courses of which each completed one is a chance.
        prizes: Of a draw, how many.
        prize: What is drawn for.
        first_day: Of a draw, the day from which on a completed course counts; None for any.
        last_day: The last such day, likewise.
    """

    id: str
    name: str
    kind: ActivityKind
    clause: str = ""
    courses: tuple[str, ...] = ()
    prizes: int = 0
    prize: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One session (期, 梯次) of an activity.

    Attributes:
        id: Given by the program.
        name: Such as 第 1 期.
        first_day, last_day: None before they are fixed.
        venue: May be empty.
        places: None for as many as come.
        hours: None where none are given.
    """

    id: str
    name: str
    first_day: date | None = None
    last_day: date | None = None
    venue: str = ""
    places: int | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Chance:
    """One chance in a draw.

    Attributes:
        employee_id: Whose.
        why: What it was won by: the course, the session.
    """

    employee_id: str
    why: str


@dataclass(frozen=True, slots=True)
class DrawnChance:
    """A chance with what the seed made of it.

    Attributes:
        chance: Whose and why.
        digest: SHA-256 of seed and chance; the smallest wins.
        rank: Place among the winners from 1; 0 for who won nothing by it.
    """

    chance: Chance
    digest: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw as it was made.

    Attributes:
        id: Given by the program.
        title: What was drawn.
        seed: What the order comes from.
        prizes: How many were to be won.
        chances: Everybody's, in the list's order, with the outcome.
        list_digest: SHA-256 of the list of chances, told before the seed was.
        actor, at: Who drew and when.
        void_reason: Why it does not count; empty while it does.
    """

    id: str
    title: str
    seed: str
    prizes: int
    chances: tuple[DrawnChance, ...]
    list_digest: str
    actor: str
    at: datetime
    void_reason: str = ""

    @property
    def winners(self) -> tuple[DrawnChance, ...]:
        """The winning chances, the first drawn first."""
        return tuple(sorted((one for one in self.chances if one.rank), key=lambda one: one.rank))
