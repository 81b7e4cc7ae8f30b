"""A year of an office of sixty, as tables: who there is, what each took when, what came in when.

Nobody in it exists. The first calendar is one that an office typed by hand in January: it knows
neither the Saturday worked for the New Year nor the bridge day before 清明; the revised one of May
does. Everything that happens is written here; ``year_books`` says what it must come to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

PLAN = "kaohsiung-114"
HEAD = "人員代號,姓名,課程名稱,上課期間,閱讀時數,通過狀態,認證時數\n"
ROSTER_HEAD = "人員代號,姓名,服務單位,職稱,官職等,人員類別,班別\n"
ATTENDANCE_HEAD = "人員代號,姓名,差勤類別,開始日期,開始時間,結束日期,結束時間\n"
UNITS = ("民政課", "社會課", "經建課", "秘書室")

POLICY = (
    ("雙軸轉型淨零港都", 1),
    ("全球淨零趨勢帶給高雄的挑戰與機會", 2),
    ("零廢時尚：不可不知道的永續時尚趨勢", 1),
    ("從農田到餐桌的減碳策略：再生農法與永續食材", 1),
    ("生成式 AI 帶來智能服務的全新體驗", 1),
    ("智在高雄~智慧城市任你行", 1),
    ("哭泣中的樹與花-從日常中聽見伴侶心底話", 1),
    ("性騷擾調查實務探討(A)-接獲性騷擾申訴應變作為", 1),
    ("性騷擾調查實務探討(B)-性平三法適用範圍", 1),
)
CITY = (
    ("探索生成式 AI 的應用與實際操作—ChatGPT 與他的小夥伴", 2),
    ("從 AI 到 AIGC：AI 對於傳播與人文社會的影響", 1),
    ("消費者的百寶箱-消費者保護實務與案例解析", 2),
    ("全民國防教育-當前我國國防政策與全民防衛", 1),
    ("失智友善好厝邊", 1),
    ("族群關係與族群主流化", 1),
    ("職場霸凌防治及處理實務案例研習", 2),
)
COMMON = (
    ("公務人員如何維持行政中立", 2),
    ("公務員法律責任個案檢討及防弊作為", 1),
    ("職涯非懸崖__共創多元、公平、共融的友善職場", 1),
    ("兩公約健康權課程：人權搜查客 II", 1),
    ("兩公約環境權課程：人權搜查客 II", 1),
    ("自我成長及情緒照顧", 3),
    ("高雄情境英文-公務接待", 1),
)
SETS = {"policy": POLICY, "city": CITY, "common": COMMON}
SET_HOURS, CAP = 4, 12
DEADLINE = date(2025, 8, 31)

# ---------------------------------------------------------------------------------------- people
TENS, ONES = "金木水火土石", "甲乙丙丁戊己庚辛壬癸"


def code(number: int) -> str:
    """The 人員代號 of the n-th person, the first being 1."""
    return f"P{number:04d}"


def name(number: int) -> str:
    """The invented name of the n-th person."""
    return "測" + TENS[(number - 1) // 10] + ONES[(number - 1) % 10]


def unit(number: int) -> str:
    """The unit of the n-th person."""
    return UNITS[(number - 1) % 4]


EVERYBODY = range(1, 61)
NEWCOMER = 59
"""Comes in June from another office."""
LEAVERS = (57, 58)
"""Go to another office in October."""
CATEGORIES = {55: "教師", 56: "職工", 13: "約聘", 14: "約僱"}
NOT_ELIGIBLE = (55, 56)

# ------------------------------------------------------------------------- who took what, and when
EVENINGS = "evenings"
"""Each course on an evening of its own."""


@dataclass(frozen=True)
class Twist:
    """One course of a set taken at an odd time; the others on evenings."""

    start: datetime


MAKEUP = Twist(datetime(2025, 2, 8, 10))  # a Saturday that the revised calendar has worked
BRIDGE = Twist(datetime(2025, 4, 3, 10))  # a Thursday that the revised calendar has off
TYPHOON = Twist(datetime(2025, 7, 7, 10))  # a Monday, closed by the city
OVERTIME = Twist(datetime(2025, 2, 15, 14))  # a Saturday afternoon with overtime
ON_LEAVE = Twist(datetime(2025, 3, 11, 10))  # a Tuesday on 休假
OFFICE = Twist(datetime(2025, 2, 12, 10))  # a Wednesday at the desk
LATE = Twist(datetime(2025, 9, 2, 19))  # after the plan's last day

GROUPS: tuple[tuple[range, dict[str, str | Twist]], ...] = (
    (range(1, 19), {"policy": EVENINGS, "city": EVENINGS, "common": EVENINGS}),
    (range(19, 25), {"policy": MAKEUP, "city": EVENINGS}),
    (range(25, 31), {"policy": EVENINGS, "city": BRIDGE}),
    (range(31, 37), {"policy": EVENINGS, "common": TYPHOON}),
    (range(37, 42), {"policy": OVERTIME, "city": EVENINGS}),
    (range(42, 46), {"city": ON_LEAVE}),
    (range(46, 48), {"policy": OFFICE, "city": EVENINGS, "common": EVENINGS}),
    (range(48, 49), {"policy": EVENINGS, "city": EVENINGS, "common": EVENINGS}),
    (range(49, 50), {"policy": OFFICE, "city": EVENINGS, "common": EVENINGS}),
    (range(50, 53), {}),
    (range(53, 55), {"policy": EVENINGS, "city": EVENINGS, "common": LATE}),
    (range(55, 57), {"policy": EVENINGS, "city": EVENINGS, "common": EVENINGS}),
    (range(57, 59), {"policy": EVENINGS, "city": EVENINGS}),
    (range(59, 60), {"policy": EVENINGS, "city": EVENINGS, "common": EVENINGS}),
    (range(60, 61), {}),
)
HALF_DONE = range(50, 53)
"""Took two courses of 政策能力訓練 and no more."""

FIRST_EVENING = {
    "policy": date(2025, 2, 10),
    "city": date(2025, 3, 1),
    "common": date(2025, 6, 2),
}


@dataclass(frozen=True)
class Reading:
    """A line of a printout: who took which course from when until when."""

    number: int
    set_id: str
    course: str
    hours: int
    start: datetime

    @property
    def end(self) -> datetime:
        """Five minutes over the course's hours."""
        return self.start + timedelta(hours=self.hours, minutes=5)

    @property
    def line(self) -> str:
        """As the sheet writes it."""
        span = f"{self.start:%Y-%m-%d %H:%M:%S}~ {self.end:%Y-%m-%d %H:%M:%S}"
        return (
            f"{code(self.number)},{name(self.number)},{self.course},{span},"
            f"00:45:00,已通過,{self.hours:.1f}\n"
        )


def readings_of(number: int, set_id: str, way: str | Twist) -> Iterator[Reading]:
    """What a person's printout of a set shows; a twist is the first course's."""
    for place, (course, hours) in enumerate(SETS[set_id]):
        day = FIRST_EVENING[set_id] + timedelta(days=place)
        start = datetime.combine(day, time(19, number % 60))
        if isinstance(way, Twist) and place == 0:
            start = way.start + timedelta(minutes=number % 10)
        yield Reading(number, set_id, course, hours, start)


def _of(
    numbers: range | tuple[int, ...], *set_ids: str, ways: tuple[Twist, ...] = ()
) -> tuple[Reading, ...]:
    """The readings of people in these sets; with ``ways`` only sets taken in such a way."""
    return tuple(
        reading
        for members, taken in GROUPS
        for number in members
        if number in numbers
        for set_id, way in taken.items()
        if set_id in set_ids and (not ways or way in ways)
        for reading in readings_of(number, set_id, way)
    )


def _again(number: int, set_id: str, start: datetime) -> Reading:
    """The first course of a set once more."""
    course, hours = SETS[set_id][0]
    return Reading(number, set_id, course, hours, start)


_HALF = tuple(
    reading
    for number in HALF_DONE
    for reading in tuple(readings_of(number, "policy", EVENINGS))[:2]
)
_NOT_BRIDGE = tuple(n for n in EVERYBODY if n != NEWCOMER and n not in range(25, 31))
_NOT_YET = tuple(n for n in EVERYBODY if n != NEWCOMER)

MARCH = (
    *_of(_NOT_YET, "policy"),
    *_of(_NOT_BRIDGE, "city"),
    *_HALF,
)
"""Came in on 03-12."""

RETAKEN = tuple(_again(n, "policy", datetime(2025, 3, 25, 19, n)) for n in range(37, 41))
"""The course with overtime, taken again on an evening; the fifth never did."""
CORRECTED = (
    _again(46, "policy", datetime(2025, 2, 9, 20)),  # the first printout was another's screen
    _again(47, "policy", datetime(2025, 3, 26, 20)),  # taken again
    _again(48, "policy", datetime(2025, 2, 13, 10)),  # the evening was misread: it was at the desk
)
APRIL = (*RETAKEN, *CORRECTED, *_of(range(25, 31), "city"))
"""Came in on 04-07."""
REPLACED = (46, 48)
"""Whose later printout the clerk said to correct the earlier one."""

RETAKEN_IN_JUNE = tuple(_again(n, "policy", datetime(2025, 6, 10, 20, n)) for n in range(19, 22))
"""Half of those who lost the Saturday took the course again."""
JUNE = (
    *_of(tuple(n for n in _NOT_YET if n not in (*range(31, 37), 53, 54)), "common"),
    *RETAKEN_IN_JUNE,
    *_of((NEWCOMER,), "policy", "city", "common"),
)
"""Came in on 06-20."""
JULY = _of(range(31, 37), "common")
"""Came in on 07-08."""
SEPTEMBER = _of((53, 54), "common")
"""Came in on 09-04."""

# ------------------------------------------------------------------------------------- attendance
ATTENDANCE: tuple[tuple[int, str, datetime, datetime], ...] = (
    *((n, "加班", datetime(2025, 2, 15, 13), datetime(2025, 2, 15, 17)) for n in range(37, 42)),
    *((n, "休假", datetime(2025, 3, 11, 8), datetime(2025, 3, 11, 17, 30)) for n in range(42, 46)),
)
ACCEPTED, REFUSED, LEFT_OPEN = (42, 43), (44,), (45,)
"""What the clerk said of a course taken on 休假."""

LEAVE_TAKEN: tuple[tuple[int, datetime, datetime, int], ...] = (
    (6, datetime(2025, 5, 15, 9), datetime(2025, 5, 15, 12), 3),
    (7, datetime(2025, 5, 16, 10), datetime(2025, 5, 16, 15, 30), 4),
    (60, datetime(2025, 5, 16, 9), datetime(2025, 5, 16, 10), 1),
)
"""公假補休 in the attendance system's export, with its hours; the last has nothing to use."""

# --------------------------------------------------------------------------------------- calendar
WEEKDAYS_OFF = frozenset(
    {
        date(2025, 1, 1),
        *(date(2025, 1, day) for day in range(27, 32)),
        date(2025, 2, 28),
        date(2025, 4, 4),
        date(2025, 5, 30),
        date(2025, 10, 6),
        date(2025, 10, 10),
    }
)
"""As typed in January."""
REVISED_OFF = WEEKDAYS_OFF | {
    date(2025, 4, 3),
    date(2025, 9, 29),
    date(2025, 10, 24),
    date(2025, 12, 25),
}
WORKED_SATURDAYS = frozenset({date(2025, 2, 8)})
"""Only the revised one knows it."""
TYPHOON_DAY = date(2025, 7, 7)


def calendar_sheet(off: frozenset[date], worked: frozenset[date]) -> str:
    """The office calendar as the sheet that is downloaded."""
    lines = ["西元日期,星期,是否放假,備註\n"]
    for place in range(365):
        day = date(2025, 1, 1) + timedelta(days=place)
        is_off = (day.weekday() >= 5 or day in off) and day not in worked
        lines.append(f"{day:%Y%m%d},{'一二三四五六日'[day.weekday()]},{2 if is_off else 0},\n")
    return "".join(lines)


def roster_sheet(numbers: range | tuple[int, ...]) -> str:
    """The roster of these people."""
    return ROSTER_HEAD + "".join(
        f"{code(n)},{name(n)},{unit(n)},課員,薦任第6職等,{CATEGORIES.get(n, '編制內公務人員')},A\n"
        for n in numbers
    )


def records_sheet(readings: tuple[Reading, ...]) -> str:
    """Readings as a sheet."""
    return HEAD + "".join(reading.line for reading in readings)


def attendance_sheet(entries: tuple[tuple[int, str, datetime, datetime], ...]) -> str:
    """Entries of the attendance system as its export."""
    return ATTENDANCE_HEAD + "".join(
        f"{code(n)},{name(n)},{kind},{start:%Y-%m-%d},{start:%H:%M},{end:%Y-%m-%d},{end:%H:%M}\n"
        for n, kind, start, end in entries
    )
