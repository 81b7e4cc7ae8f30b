"""Words of the window: dates, lengths and texts for screen readers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop.domain.findings import ReasonCode
from desktop.domain.moments import roc_date, roc_year

REASON_CHIPS: dict[ReasonCode, str] = {
    ReasonCode.START_ON_DUTY: "起在上班",
    ReasonCode.END_ON_DUTY: "迄在上班",
    ReasonCode.FLEX_UNCERTAIN: "彈性未定",
    ReasonCode.OVERLAPS_OVERTIME: "與加班重疊",
    ReasonCode.OVERLAPS_OFFICIAL_LEAVE: "與公假重疊",
    ReasonCode.ATTENDANCE_INSIDE_SPAN: "期間有加班",
    ReasonCode.ON_PERSONAL_LEAVE: "休假中",
    ReasonCode.AFTER_DEADLINE: "逾期完成",
    ReasonCode.OVERLAPS_OTHER_COURSE: "課程重疊",
    ReasonCode.LOW_CONFIDENCE: "辨識存疑",
    ReasonCode.NOT_IN_PLAN: "非本計畫",
    ReasonCode.NOT_PASSED: "尚未通過",
    ReasonCode.INVALID_TIMES: "時間有誤",
    ReasonCode.TIME_MISSING: "沒有時間",
    ReasonCode.BEFORE_PERIOD: "早於期間",
    ReasonCode.OVERLAPS_BUSINESS_TRIP: "與公差重疊",
    ReasonCode.OVERLAPS_ON_CALL: "與值班重疊",
    ReasonCode.DURING_LEAVE_WITHOUT_PAY: "留停期間",
    ReasonCode.HOURS_MISMATCH: "時數不合",
    ReasonCode.READING_EXCEEDS_SPAN: "閱讀過長",
    ReasonCode.INSUFFICIENT_OFF_DUTY_TIME: "公餘不足",
    ReasonCode.NAME_APPROXIMATE: "名稱近似",
    ReasonCode.NAME_UNCERTAIN: "名稱存疑",
    ReasonCode.DUPLICATE_RECORD: "重複",
    ReasonCode.LANGUAGE_NOT_RECOGNISED: "語言不採",
    ReasonCode.REGION_NOT_RECOGNISED: "地區不採",
}


def moment_words(moment: datetime | None, *, year: int, after: datetime | None = None) -> str:
    """A moment in a plan's tables.

    ``03-12 11:52:18`` in the plan's ROC ``year``, ``113-12-30 08:00:00`` in another; only the
    time when it falls on the day of ``after``; a dash when there is none.
    """
    if moment is None:
        return "—"
    time = f"{moment:%H:%M:%S}"
    if after is not None and moment.date() == after.date():
        return time
    return f"{day_words(moment.date(), year=year)} {time}"


def day_words(day: date | None, *, year: int) -> str:
    """A date in a plan's tables: ``03-12``, with its year when it is another."""
    if day is None:
        return "—"
    return f"{day:%m-%d}" if roc_year(day) == year else roc_date(day)


def spoken_moment(moment: datetime | None) -> str:
    """A moment as a screen reader says it: ``114年3月12日11時52分18秒``."""
    if moment is None:
        return "沒有時間"
    return (
        f"{roc_year(moment.date())}年{moment.month}月{moment.day}日"
        f"{moment.hour}時{moment.minute}分{moment.second}秒"
    )


def spoken_day(day: date) -> str:
    """A date as a screen reader says it: ``114年3月12日星期三``."""
    return f"{roc_year(day)}年{day.month}月{day.day}日星期{'一二三四五六日'[day.weekday()]}"


def roc_today_words(day: date) -> str:
    """A date for the status bar: ``114 年 8 月 6 日（三）``."""
    return (
        f"{roc_year(day)} 年 {day.month} 月 {day.day} 日（{'一二三四五六日'[day.weekday()]}）"
    )


def length_words(length: timedelta) -> str:
    """A length without its zero parts: ``1 時 10 分``, ``7 分 42 秒``."""
    seconds = int(abs(length.total_seconds()))
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [f"{n} {unit}" for n, unit in ((hours, "時"), (minutes, "分"), (rest, "秒")) if n]
    return " ".join(parts) or "0 秒"


def hours_words(hours: Decimal) -> str:
    """Hours without needless zeros: ``1``, ``1.5``."""
    return f"{hours.normalize():f}"


def moment_ago_words(moment: datetime | None, *, today: date) -> str:
    """When something last happened: ``今天 08:31``, ``昨天 17:02``, ``114-08-01 09:00``."""
    if moment is None:
        return ""
    days = (today - moment.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, roc_date(moment.date()))
    return f"{day} {moment:%H:%M}"
