"""Values as the services give them, made by hand, and an office that answers from memory."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.findings import BandSide, DutySegment, DutySource, UncertainBand
from desktop.domain.moments import Span
from desktop.domain.verdicts import Verdict
from desktop.services.timeline import Timeline, TimelineDay


def Day(day: date, label: str, **rest) -> TimelineDay:
    values = {
        "pattern": "標準班",
        "duty": (),
        "uncertain": (),
        "day_off": "",
        "closures": (),
        "attendance": (),
        "is_without_pay": False,
        "punches": "",
    }
    return TimelineDay(day=day, label=label, **(values | rest))


def Line(record, start, end, days, start_state=None, end_state=None, **rest) -> Timeline:
    values = {
        "start_words": "",
        "end_words": "",
        "title": "從農田到餐桌的減碳策略：再生農法與永續食材",
        "sentence": "",
        "note": "",
    }
    return Timeline(record, start, end, days, start_state, end_state, **(values | rest))


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"2025-{words}")


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end))


def duty(start: str, end: str, source: DutySource = DutySource.PATTERN) -> DutySegment:
    return DutySegment(span(start, end), source, "標準班")


def entry(kind: AttendanceKind, words: str, start: str, end: str) -> AttendanceEntry:
    return AttendanceEntry("A0137", kind, words, span(start, end))


def label(day: date) -> str:
    return f"{day:%m-%d} {'一二三四五六日'[day.weekday()]}"


def workday(words: str, **rest) -> TimelineDay:
    day = date.fromisoformat(f"2025-{words}")
    rest.setdefault(
        "duty", (duty(f"{words} 08:00", f"{words} 12:00"), duty(f"{words} 13:30", f"{words} 17:30"))
    )
    return Day(day, label(day), **rest)


def day_off(words: str, **rest) -> TimelineDay:
    day = date.fromisoformat(f"2025-{words}")
    return Day(day, label(day), day_off="放假", **rest)


def flexible(words: str, **rest) -> TimelineDay:
    bands = (
        UncertainBand(span(f"{words} 07:30", f"{words} 09:00"), BandSide.ARRIVAL, "彈性班"),
        UncertainBand(span(f"{words} 17:00", f"{words} 18:30"), BandSide.DEPARTURE, "彈性班"),
    )
    return workday(
        words,
        pattern="彈性班",
        duty=(duty(f"{words} 09:00", f"{words} 12:00"), duty(f"{words} 13:30", f"{words} 17:00")),
        uncertain=bands,
        **rest,
    )


def line(
    start: str,
    end: str,
    *days: TimelineDay,
    start_state=Verdict.PASS,
    end_state=Verdict.PASS,
    **rest,
) -> Timeline:
    first, last = at(start), at(end)
    rest.setdefault("start_words", f"起 {first:%H:%M:%S} 上班前")
    rest.setdefault("end_words", f"迄 {last:%H:%M:%S} 下班後")
    return Line(Span(first, last), first, last, days, start_state, end_state, **rest)


TRIP = entry(AttendanceKind.BUSINESS_TRIP, "公出", "03-12 14:00", "03-12 16:30")
OVERTIME = entry(AttendanceKind.OVERTIME, "加班", "03-12 18:30", "03-12 20:30")
FAILING = line(
    "03-12 11:52:18",
    "03-12 13:05:41",
    flexible("03-12", attendance=(TRIP, OVERTIME)),
    start_state=Verdict.FAIL,
    start_words="起 11:52:18 上班中",
    end_words="迄 13:05:41 午休",
    sentence="起 11:52:18 在上班時間 09:00–12:00 內，早 7 分 42 秒。",
)
FOUR_DAYS = line(
    "03-14 19:42:10",
    "03-17 07:05:33",
    flexible("03-14"),
    day_off(
        "03-15", attendance=(entry(AttendanceKind.OVERTIME, "加班", "03-15 09:00", "03-15 12:00"),)
    ),
    day_off("03-16"),
    flexible("03-17"),
    start_words="起 19:42:10 下班後",
    end_words="迄 07:05:33 上班前",
    title="全球淨零趨勢帶給高雄的挑戰與機會",
)


def long_span() -> Timeline:
    first = date(2025, 3, 7)
    days = []
    for offset in range(21):
        day = first + timedelta(days=offset)
        words = f"{day:%m-%d}"
        found = ()
        if words in ("03-12", "03-19"):
            found = (entry(AttendanceKind.OVERTIME, "加班", f"{words} 18:00", f"{words} 20:00"),)
        if words == "03-26":
            found = (
                entry(AttendanceKind.OFFICIAL_LEAVE, "公假", f"{words} 14:00", f"{words} 17:00"),
            )
        make = day_off if day.isoweekday() >= 6 else workday
        days.append(make(words, attendance=found))
    return line(
        "03-07 20:11:40",
        "03-27 09:15:20",
        *days,
        end_state=Verdict.FAIL,
        end_words="迄 09:15:20 上班中",
    )


NIGHT = line(
    "03-18 21:05:40",
    "03-18 22:10:12",
    Day(
        date(2025, 3, 18),
        "03-18 二",
        pattern="輪值表",
        duty=(DutySegment(Span(at("03-18 20:00"), at("03-19 08:00")), DutySource.SHIFT, "夜班"),),
    ),
    start_state=Verdict.FAIL,
    end_state=Verdict.FAIL,
    start_words="起 21:05:40 輪值中",
    end_words="迄 22:10:12 輪值中",
)
CLOSED = line(
    "07-07 15:02:00",
    "07-07 17:40:33",
    Day(date(2025, 7, 7), "07-07 一", day_off="停止上班：颱風"),
    start_words="起 15:02:00 停止上班",
    end_words="迄 17:40:33 停止上班",
)
ON_LEAVE = line(
    "04-09 09:10:00",
    "04-09 10:15:22",
    workday(
        "04-09",
        attendance=(
            entry(AttendanceKind.PERSONAL_LEAVE, "休假", "04-09 08:00", "04-09 12:00"),
            entry(AttendanceKind.ON_CALL, "值班", "04-09 18:00", "04-09 21:00"),
        ),
    ),
    start_state=Verdict.REVIEW,
    end_state=Verdict.REVIEW,
    start_words="起 09:10:00 休假中",
    end_words="迄 10:15:22 休假中",
)
WITHOUT_PAY = line("04-09 09:10:00", "04-09 10:15:22", workday("04-09", is_without_pay=True))
HALF_CLOSED = line(
    "07-08 15:02:00",
    "07-08 15:40:33",
    workday(
        "07-08",
        duty=(duty("07-08 08:00", "07-08 12:00"),),
        closures=(span("07-08 13:30", "07-08 17:30"),),
    ),
)
DATES_ONLY = Line(None, None, None, (workday("03-12"),), note="這份證明只有日期，看不出起迄時間")
NOTHING = Line(None, None, None, (), note="沒有 115 年的辦公日曆表")
VARIANTS = {
    "起在上班": FAILING,
    "跨四日": FOUR_DAYS,
    "跨多日": long_span(),
    "輪值跨夜": NIGHT,
    "停止上班": CLOSED,
    "休假中": ON_LEAVE,
    "留職停薪": WITHOUT_PAY,
    "下午停止上班": HALF_CLOSED,
    "只有日期": DATES_ONLY,
    "沒有日曆": NOTHING,
}
