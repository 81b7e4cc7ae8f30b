"""What the program has done since it was opened: the work that took a while, or failed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_KEPT = 200


class Ending(StrEnum):
    """How a piece of work ended, in words."""

    DONE = "完成"
    STOPPED = "已停止"
    FAILED = "沒有完成"


@dataclass(frozen=True, slots=True)
class FinishedWork:
    """A piece of work that is over.

    Attributes:
        words: What was done.
        began: When it left the queue; None where no clock told.
        seconds: How long it took.
        ending: How it ended.
        sentence: Why it failed; empty when it did not.
    """

    words: str
    began: datetime | None
    seconds: float
    ending: Ending
    sentence: str = ""


class WorkRecord:
    """The latest finished work, the newest first."""

    def __init__(self) -> None:
        self._kept: deque[FinishedWork] = deque(maxlen=MOST_KEPT)

    def add(self, work: FinishedWork) -> None:
        """Keep one more; the oldest gives way."""
        self._kept.appendleft(work)

    @property
    def works(self) -> tuple[FinishedWork, ...]:
        """Everything that is kept."""
        return tuple(self._kept)
