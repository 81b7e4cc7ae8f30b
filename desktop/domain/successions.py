"""Two readings of one course: what a person said of them, and what a later one replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.evidence import LearningRow


class SuccessionAnswer(StrEnum):
    """What a person says of an earlier and a later reading of one course."""

    REPLACES = "replaces"
    BOTH_STAND = "both"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """The act's name on screen."""
        return {
            "replaces": "認定為更正",
            "both": "兩列都算數",
            "withdrawn": "收回更正的認定",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Succession:
    """One answer about two readings, each told by its natural key.

    Attributes:
        employee_id: Whose readings they are.
        older_key, newer_key: The natural keys (see ``services.draft.row_key``); content, not files,
            so that the same old printout coming in again is replaced as well.
        answer: What was said.
        reason: Why, in words; never empty.
        decided_by: The clerk's name.
        decided_at: When.
    """

    employee_id: str
    older_key: str
    newer_key: str
    answer: SuccessionAnswer
    reason: str
    decided_by: str
    decided_at: datetime

    @property
    def pair(self) -> frozenset[str]:
        """The two readings, in no order."""
        return frozenset((self.older_key, self.newer_key))


@dataclass(frozen=True, slots=True)
class Forerunner:
    """A reading that no longer counts, with the one in its place.

    Attributes:
        row: The reading that was replaced; kept, shown, not judged.
        successor: The reading that counts.
        reason: Why, in words.
        decided_by: The clerk's name.
        decided_at: When.
    """

    row: LearningRow
    successor: LearningRow
    reason: str
    decided_by: str
    decided_at: datetime
