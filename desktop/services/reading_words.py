"""Readings in words, and typed words as readings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop.domain.evidence import LearningRow
from desktop.domain.moments import roc_date, roc_moment
from desktop.domain.readings import (
    FIELD_KINDS,
    FIELD_WORDS,
    FieldValue,
    ReadingCorrection,
    ValueKind,
    value_of,
)
from desktop.domain.text import matching_key, normalise_digits
from desktop.domain.written_dates import (
    AmbiguousDateError,
    ImpossibleDateError,
    WrittenDateError,
    parse_date,
    parse_length,
    parse_moment,
)
from desktop.importers.values import hours as parse_hours
from desktop.services.amount_words import hours_words

NOTHING_READ = "（沒有讀到）"
MOST_HOURS = 1_000
MOST_SCORE = 1_000
_YES = frozenset(
    matching_key(word) for word in ("是", "有", "已填", "已完成", "成功", "v", "y", "1")
)
_NO = frozenset(matching_key(word) for word in ("否", "無", "未填", "未完成", "失敗", "n", "0"))
_STATES = {matching_key(word): word for word in ("已通過", "未通過")} | {
    matching_key("通過"): "已通過",
    matching_key("不通過"): "未通過",
}
_LONGEST_READING = timedelta(days=42)


class ReadingRefusedError(ValueError):
    """What was typed is no such value; carries a sentence for the clerk."""


def read_value(field: str, typed: str) -> FieldValue:
    """The value that a clerk typed for a field, in any accepted spelling.

    Args:
        field: The attribute of the row.
        typed: As typed.

    Raises:
        ReadingRefusedError: When it cannot be read as such a value.
    """
    words, text = FIELD_WORDS[field], typed.strip()
    if not text:
        raise ReadingRefusedError(
            f"「{words}」還沒有寫，沒有更正任何資料；請照原件寫，或留著待確認。"
        )
    match FIELD_KINDS[field]:
        case ValueKind.MOMENT | ValueKind.DAY as kind:
            return _time(words, text, is_day=kind is ValueKind.DAY)
        case ValueKind.LENGTH:
            return _length(words, text)
        case ValueKind.NUMBER:
            return _number(words, text, most=MOST_SCORE if field == "score" else MOST_HOURS)
        case ValueKind.FLAG:
            return _flag(words, text)
        case _:
            return _state(words, text) if field == "pass_status" else text


def _time(words: str, text: str, *, is_day: bool) -> date | datetime:
    example = "114-03-12" if is_day else "114-03-12 11:52:18"
    try:
        return parse_date(text) if is_day else parse_moment(text)
    except AmbiguousDateError as error:
        raise ReadingRefusedError(
            f"{words}「{text}」有兩種讀法，不知道是哪一天，沒有更正任何資料；請寫成 {example}。"
        ) from error
    except ImpossibleDateError as error:
        raise ReadingRefusedError(
            f"{words}「{text}」不是存在的日期或時間，沒有更正任何資料；原件真的這樣寫，請按「照讀到的」。"
        ) from error
    except WrittenDateError as error:
        what = "日期" if is_day else "日期和時間"
        raise ReadingRefusedError(
            f"{words}「{text}」讀不出{what}，沒有更正任何資料；請寫成 {example}。"
        ) from error


def _length(words: str, text: str) -> timedelta:
    try:
        found = parse_length(text)
    except WrittenDateError as error:
        raise ReadingRefusedError(
            f"{words}「{text}」讀不出時間長度，沒有更正任何資料；請寫成 01:10:22。"
        ) from error
    if found > _LONGEST_READING:
        raise ReadingRefusedError(f"{words}「{text}」太長，沒有更正任何資料；請寫成 01:10:22。")
    return found


def _number(words: str, text: str, *, most: int) -> Decimal:
    found = parse_hours(normalise_digits(text).removesuffix("分").strip())
    if found is None or found > most:
        raise ReadingRefusedError(
            f"{words}「{text}」讀不出數字，沒有更正任何資料；請寫成 1 或 1.5。"
        )
    return found


def _flag(words: str, text: str) -> bool:
    key = matching_key(text)
    if key in _YES:
        return True
    if key in _NO:
        return False
    raise ReadingRefusedError(
        f"{words}「{text}」看不出是或否，沒有更正任何資料；請寫「是」或「否」。"
    )


def _state(words: str, text: str) -> str:
    found = _STATES.get(matching_key(text))
    if found is None:
        raise ReadingRefusedError(
            f"{words}「{text}」不是通過狀態，沒有更正任何資料；請寫「已通過」或「未通過」。"
        )
    return found


def value_words(value: FieldValue | None) -> str:
    """A value as the field shows it; typing the same words gives the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return roc_moment(value)
    if isinstance(value, date):
        return roc_date(value)
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, Decimal):
        return hours_words(value)
    return value.replace("\n", "")


def read_words(row: LearningRow, field: str) -> str:
    """What the program read of a field; the cell's own text where that gave no value."""
    value = getattr(row, field)
    if value is not None and value != "":
        return value_words(value)
    return cell_words(row, field) or NOTHING_READ


_CELLS: dict[str, tuple[str, ...]] = {
    "course_name": ("課程名稱",),
    "start": ("上課期間", "開始時間", "開始日期"),
    "end": ("上課期間", "完成時間", "完成日期"),
    "started_on": ("開始日期", "上課期間"),
    "completed_on": ("完成日期", "上課期間"),
    "reading_time": ("閱讀時數",),
    "certified_hours": ("認證時數", "完成時數", "時數"),
    "pass_status": ("通過狀態",),
    "score": ("測驗",),
    "is_questionnaire_done": ("問卷",),
    "are_hours_uploaded": ("終身學習時數上傳狀態", "上傳狀態"),
    "category": ("課程類型", "課程項目"),
    "learning_type": ("學習類別",),
    "is_business_related": ("業務相關",),
}


def cell_words(row: LearningRow, field: str) -> str:
    """The text of the cell that a field was read from; empty when the cell is."""
    for heading in _CELLS[field]:
        text = row.raw.get(heading, "").replace("\n", " ").strip()
        if text:
            return text
    return ""


def correction_words(one: ReadingCorrection) -> str:
    """``辨識 08:00:00 → 更正 08:06:00，周雅雯 114-09-02 10:15``."""
    before, after = said_words(one)
    return f"{before} {after}"


def said_words(one: ReadingCorrection) -> tuple[str, str]:
    """What was read, and what the clerk said with who and when."""
    by = f"{one.actor} {roc_moment(one.at)[:-3]}"
    if one.corrected is None:
        return f"辨識 {one.as_read}", f"確認無誤，{by}"
    before, after = one.as_read, value_words(value_of(one.field, one.corrected))
    day, _, clock = after.partition(" ")
    if clock and before.startswith(f"{day} "):
        # On the same day the times alone say it.
        before, after = before.removeprefix(f"{day} "), clock
    return f"辨識 {before}", f"→ 更正 {after}，{by}"
