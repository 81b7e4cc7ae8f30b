"""What a clerk says of a doubtful reading: it is right, or what really stands there.

The reading itself is never overwritten: a word of the clerk stands beside it, with who and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from desktop.domain.provenance import SourcePlace

FieldValue = str | bool | Decimal | datetime | date | timedelta


class ValueKind(StrEnum):
    """What a field of a learning row holds."""

    MOMENT = "moment"
    DAY = "day"
    LENGTH = "length"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"


FIELD_KINDS: dict[str, ValueKind] = {
    "course_name": ValueKind.TEXT,
    "start": ValueKind.MOMENT,
    "end": ValueKind.MOMENT,
    "started_on": ValueKind.DAY,
    "completed_on": ValueKind.DAY,
    "reading_time": ValueKind.LENGTH,
    "certified_hours": ValueKind.NUMBER,
    "pass_status": ValueKind.TEXT,
    "score": ValueKind.NUMBER,
    "is_questionnaire_done": ValueKind.FLAG,
    "are_hours_uploaded": ValueKind.FLAG,
    "category": ValueKind.TEXT,
    "learning_type": ValueKind.TEXT,
    "is_business_related": ValueKind.FLAG,
}
"""The fields of a learning row that may be doubtful, in the order a clerk looks at them."""

FIELD_WORDS: dict[str, str] = {
    "course_name": "課程名稱",
    "start": "起",
    "end": "迄",
    "started_on": "開始日期",
    "completed_on": "完成日期",
    "reading_time": "閱讀時數",
    "certified_hours": "認證時數",
    "pass_status": "通過狀態",
    "score": "測驗成績",
    "is_questionnaire_done": "問卷",
    "are_hours_uploaded": "終身學習時數上傳狀態",
    "category": "課程類型",
    "learning_type": "學習類別",
    "is_business_related": "業務相關",
}


@dataclass(frozen=True, slots=True)
class RowIdentity:
    """Which row of which file, whatever import it came in with: the same bytes, the same row.

    Attributes:
        digest: SHA-256 of the file.
        page, row, sheet: As ``SourcePlace`` has them.
    """

    digest: str
    page: int | None
    row: int | None
    sheet: str | None = None

    @classmethod
    def of(cls, place: SourcePlace) -> RowIdentity:
        """The row that stands at a place."""
        return cls(place.digest, place.page, place.row, place.sheet)


@dataclass(frozen=True, slots=True)
class ReadingCorrection:
    """A clerk's word on one field of one row.

    Attributes:
        identity: Which row.
        field: The attribute of the row (``start``).
        as_read: What the program had read, in words.
        corrected: What stands there, as ``value_text`` writes it; None when the reading is right.
        actor, at: Who said so and when.
        id: The store's identifier, empty before it is stored.
    """

    identity: RowIdentity
    field: str
    as_read: str
    corrected: str | None
    actor: str
    at: datetime
    id: str = ""

    @property
    def is_confirmation(self) -> bool:
        """Whether the clerk said that the reading is right."""
        return self.corrected is None


def value_text(value: FieldValue) -> str:
    """A value as a text that ``value_of`` brings back to the last digit."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value // timedelta(microseconds=1))
    return str(value)


def value_of(field: str, text: str) -> FieldValue:
    """The value that ``value_text`` wrote of a field.

    Raises:
        KeyError: For a field that cannot be doubtful.
        ValueError: For a text that ``value_text`` did not write.
    """
    match FIELD_KINDS[field]:
        case ValueKind.MOMENT:
            return datetime.fromisoformat(text)
        case ValueKind.DAY:
            return date.fromisoformat(text)
        case ValueKind.LENGTH:
            return timedelta(microseconds=int(text))
        case ValueKind.NUMBER:
            return Decimal(text)
        case ValueKind.FLAG:
            return text == "1"
        case _:
            return text
