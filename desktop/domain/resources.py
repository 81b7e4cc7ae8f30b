"""International courses and resources to learn from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Recognition(StrEnum):
    """Whether hours count for lifelong learning."""

    YES = "yes"
    NO = "no"
    CONDITIONAL = "conditional"
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        """What the page says."""
        return {"yes": "認證", "no": "不認證", "conditional": "有條件", "unknown": "未知"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Resource:
    """One entry of the catalogue; what nobody said is empty.

    Attributes:
        id: Of the program's own.
        name: Of the platform or course.
        kind: 平臺, 課程, 訓練與學習資訊.
        provider, country, language, link: As known.
        hours: In words, since sources write ranges.
        licence: What may be shared, and on what terms.
        is_recommended: None where nobody decided.
        reason: Why recommended or not.
        recognised: Whether hours count for lifelong learning.
        recognised_note: On what conditions.
        source: The document, or what the clerk wrote.
        evidence: The kind of evidence its records come as; empty where none does.
    """

    id: str
    name: str
    kind: str = ""
    provider: str = ""
    country: str = ""
    language: str = ""
    link: str = ""
    hours: str = ""
    licence: str = ""
    is_recommended: bool | None = None
    reason: str = ""
    recognised: Recognition = Recognition.UNKNOWN
    recognised_note: str = ""
    source: str = ""
    evidence: str = ""
