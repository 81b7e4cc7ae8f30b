"""Random people, settings and records near the edges, for properties of the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from desktop.domain.agency import Agency, Closure, WorkPattern
from desktop.domain.attendance import AttendanceEntry, AttendanceKind, Punch, Receipt, Shift
from desktop.domain.conditions import BenefitConditions
from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.findings import Clause, ReasonCode, Severity
from desktop.domain.moments import Span, TimeBand
from desktop.domain.people import LeaveWithoutPay, Person, RankTier
from desktop.domain.plan import (
    Combination,
    Commendation,
    CommendationRule,
    CompensatoryLeave,
    Course,
    CourseSet,
    Eligibility,
    LeaveRule,
    OffDutyCheck,
    Plan,
    Source,
    Validity,
)
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import PersonVerdict
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from tests.unit.rules import offices
from tests.unit.rules.oracle import World

WHO = "A0001"
HOUR = 3600

# name as read: what it means and how it reads
NAMES = {
    "環境影響評估概論": ("環境影響評估概論", "exact"),
    "環境影響 評估概論": ("環境影響評估概論", "folded"),
    "環境影響評佔概論": ("環境影響評估概論", "similar"),
    "職場霸凌防治及處理實務案例研習": ("職場霸凌防治及處理實務案例研習", "exact"),
    "職場霸凌防治及處理實務－案例研習": ("職場霸凌防治及處理實務案例研習", "folded"),
    "臺灣濕地之美": ("臺灣濕地之美", "exact"),
    "台灣濕地之美": ("臺灣濕地之美", "folded"),
    "決策分析與領導": ("決策分析與領導", "exact"),
    "公文寫作入門": ("公文寫作入門", "exact"),
    "攝影與後製": ("攝影與後製", "none"),
}
_CLAUSE = Clause("壹")


def _course(name: str, hours: str) -> Course:
    return Course(name, Decimal(hours))


SETS = (
    CourseSet(
        "alpha",
        "甲套",
        Decimal(3),
        (_course("環境影響評估概論", "1"), _course("職場霸凌防治及處理實務案例研習", "2")),
        _CLAUSE,
    ),
    CourseSet("beta", "乙套", Decimal(1), (_course("臺灣濕地之美", "1"),), _CLAUSE),
    CourseSet("delta", "丁套", Decimal(1), (_course("環境影響評估概論", "1"),), _CLAUSE),
    CourseSet(
        "gamma-junior",
        "丙套薦任",
        Decimal(1),
        (_course("公文寫作入門", "1"),),
        _CLAUSE,
        group="gamma",
        for_tier=RankTier.JUNIOR,
    ),
    CourseSet(
        "gamma-senior",
        "丙套簡任",
        Decimal(1),
        (_course("決策分析與領導", "1"),),
        _CLAUSE,
        group="gamma",
        for_tier=RankTier.SENIOR,
    ),
)
# First days of the weeks that records are drawn from: the year's turn, a makeup Saturday, a holiday
# on a Friday, the last days in time.
WINDOWS = (date(2024, 12, 30), date(2025, 2, 6), date(2025, 2, 26), date(2025, 8, 29))
SEGMENTS = (
    (TimeBand(8 * HOUR, 12 * HOUR), TimeBand(13 * HOUR + 1800, 17 * HOUR + 1800)),
    (TimeBand(9 * HOUR, 18 * HOUR),),
    (
        TimeBand(8 * HOUR, 10 * HOUR),
        TimeBand(10 * HOUR, 12 * HOUR),
        TimeBand(13 * HOUR, 24 * HOUR),
    ),
)
BANDS = (
    None,
    (TimeBand(7 * HOUR + 1800, 9 * HOUR), TimeBand(17 * HOUR, 18 * HOUR + 1800)),
    (TimeBand(7 * HOUR, 8 * HOUR + 1800), TimeBand(15 * HOUR + 1800, 17 * HOUR)),
    (TimeBand(8 * HOUR, 12 * HOUR + 1800), TimeBand(13 * HOUR, 19 * HOUR)),
)
EDGES = tuple(
    sorted(
        {0, 24 * HOUR}
        | {s for bands in SEGMENTS for b in bands for s in (b.start_second, b.end_second)}
        | {s for pair in BANDS if pair for b in pair for s in (b.start_second, b.end_second)}
        | {6 * HOUR, 20 * HOUR, 22 * HOUR}
    )
)
_CODES_A_PLAN_MAY_CHANGE = (
    ReasonCode.ON_PERSONAL_LEAVE,
    ReasonCode.FLEX_UNCERTAIN,
    ReasonCode.NAME_APPROXIMATE,
    ReasonCode.HOURS_MISMATCH,
    ReasonCode.DUPLICATE_RECORD,
)


@st.composite
def plans(draw: st.DrawFn, *, check: OffDutyCheck | None = None) -> Plan:
    """A small plan with every turn a plan can take."""
    leave = CompensatoryLeave(
        off_duty_check=check or draw(st.sampled_from(OffDutyCheck)),
        off_duty_clause=_CLAUSE,
        deadline=date(2025, 8, 31),
        deadline_clause=_CLAUSE,
        rules=(
            LeaveRule(("alpha",), 4, "alpha", _CLAUSE),
            LeaveRule(("beta",), 3, "beta", _CLAUSE),
            LeaveRule(("gamma", "delta"), 5, "delta", _CLAUSE),
        ),
        combination=draw(st.sampled_from(Combination)),
        cap_hours=draw(st.sampled_from([None, 6, 12])),
        validity=draw(st.sampled_from([None, Validity(6, _CLAUSE), Validity(24, _CLAUSE)])),
        conditions=BenefitConditions(
            received_by=draw(st.sampled_from([None, None, date(2025, 9, 30)]))
        ),
        counts_leave_without_pay=draw(st.booleans()),
    )
    commendation = Commendation(
        deadline=date(2025, 8, 30),
        deadline_clause=_CLAUSE,
        rules=(
            CommendationRule(("beta",), "嘉獎", 1, _CLAUSE),
            CommendationRule(("gamma", "delta"), "嘉獎", 2, _CLAUSE),
        ),
        combination=draw(st.sampled_from(Combination)),
        off_duty_check=draw(st.sampled_from([OffDutyCheck.NONE, OffDutyCheck.NONE, *OffDutyCheck])),
        counts_leave_without_pay=draw(st.booleans()),
    )
    severities = draw(
        st.dictionaries(
            st.sampled_from(_CODES_A_PLAN_MAY_CHANGE), st.sampled_from(Severity), max_size=2
        )
    )
    return _plan(leave, commendation, severities)


def _plan(
    leave: CompensatoryLeave,
    commendation: Commendation | None,
    severities: dict[ReasonCode, Severity] | None = None,
) -> Plan:
    return Plan(
        id="tiny-114",
        version="v",
        code="TT",
        agency="測試市政府",
        title="測試",
        short_title="測試",
        year=114,
        source=Source("測試", "", None, date(2026, 1, 1)),
        first_day=date(2025, 1, 1),
        last_day=date(2025, 12, 31),
        period_clause=_CLAUSE,
        eligibility=Eligibility(("編制內公務人員",), ("教師",), _CLAUSE),
        evidence=("eplus_record",),
        sets=SETS,
        compensatory_leave=leave,
        commendation=commendation,
        severities=MappingProxyType(severities or {}),
    )


def plain_plan() -> Plan:
    """The small plan in its usual form: start and end checked, hours summed, no cap."""
    return _plan(
        CompensatoryLeave(
            off_duty_check=OffDutyCheck.START_AND_END,
            off_duty_clause=_CLAUSE,
            deadline=date(2025, 8, 31),
            deadline_clause=_CLAUSE,
            rules=(LeaveRule(("beta",), 3, "beta", _CLAUSE),),
        ),
        None,
    )


@st.composite
def agencies(draw: st.DrawFn, days: list[date]) -> Agency:
    """Settings with pattern P in rows that combine, and closures in the window."""

    def row(weekdays: set[int]) -> WorkPattern:
        segments = draw(st.sampled_from(SEGMENTS))
        bands = draw(st.sampled_from(BANDS)) if segments[0].start_second == 8 * HOUR else None
        arrival, departure = bands or (None, None)
        return WorkPattern(
            "P",
            "班",
            frozenset(weekdays),
            segments,
            arrival,
            departure,
            makeup_as=draw(st.sampled_from([None, None, None, 1, 5])),
        )

    patterns = [row(draw(st.sampled_from([{1, 2, 3, 4}, {1, 2, 3, 4}, {1, 3}]))), row({5})]
    if draw(st.integers(0, 3)) == 0:
        patterns.append(row({6}))
    if draw(st.integers(0, 5)) == 0:
        ended = draw(st.sampled_from(days))
        patterns = [replace(p, valid_until=ended) for p in patterns]
    closures = draw(
        st.lists(
            st.builds(
                Closure,
                st.sampled_from(days),
                st.sampled_from(
                    [
                        TimeBand(0, 24 * HOUR),
                        TimeBand(12 * HOUR, 24 * HOUR),
                        TimeBand(0, 9 * HOUR + 600),
                    ]
                ),
            ),
            max_size=1,
        )
    )
    return Agency(
        "測試", "測試市", tuple(patterns), tuple(closures), draw(st.sampled_from([5, 5, 1]))
    )


def moments(days: list[date], near: list[datetime]) -> st.SearchStrategy[datetime]:
    """Moments of these days: at an edge, one second beside it, or anywhere."""
    at_edges = st.builds(
        lambda day, second, beside: (
            datetime.combine(day, time()) + timedelta(seconds=second + beside)
        ),
        st.sampled_from(days),
        st.sampled_from(EDGES),
        st.sampled_from([-1, 0, 0, 1]),
    )
    anywhere = st.builds(
        lambda day, second: datetime.combine(day, time()) + timedelta(seconds=second),
        st.sampled_from(days),
        st.integers(0, 24 * HOUR - 1),
    )
    choices = [at_edges, at_edges, anywhere]
    if near:
        choices.append(
            st.builds(
                lambda moment, beside: moment + timedelta(seconds=beside),
                st.sampled_from(near),
                st.sampled_from([-1, 0, 0, 1]),
            )
        )
    return st.one_of(choices)


@st.composite
def spans(draw: st.DrawFn, days: list[date], near: list[datetime], *, hours: int) -> Span:
    """A span that begins in these days and lasts at most ``hours``."""
    start = draw(moments(days, near))
    if draw(st.booleans()):
        end = draw(moments(days, near))
        if start <= end <= start + timedelta(hours=hours):
            return Span(start, end)
    return Span(start, start + timedelta(seconds=draw(st.integers(0, hours * HOUR))))


@st.composite
def learning_rows(
    draw: st.DrawFn, days: list[date], near: list[datetime], *, number: int
) -> LearningRow:
    """A row of any shape that evidence comes in."""
    name = draw(st.sampled_from(sorted(NAMES)))
    row = LearningRow(
        place=SourcePlace("d" * 64, "w.xlsx", page=1, row=number),
        kind=EvidenceKind.EPLUS_RECORD,
        course_name=name,
        certified_hours=draw(
            st.sampled_from([Decimal(2 if "霸凌" in name else 1)] * 4 + [Decimal(3), None])
        ),
        pass_status=draw(st.sampled_from(["已通過", "已通過", "已通過", None, "未通過"])),
        doubtful_fields=draw(
            st.sampled_from([()] * 6 + [("end",), ("reading_time",), ("course_code",)])
        ),
    )
    shape = draw(st.integers(0, 12))
    if shape == 0:
        return replace(row, times_are_impossible=True)
    if shape == 1:
        return row
    if shape == 2:
        return replace(
            row,
            started_on=draw(st.sampled_from([None, *days])),
            completed_on=draw(st.sampled_from(days)),
        )
    if shape == 3:
        return replace(row, start=draw(moments(days, near)))
    if shape == 4:
        return replace(row, end=draw(moments(days, near)))
    if shape == 5:
        return replace(row, start=draw(moments(days, near)), end=draw(moments(days, near)))
    span = draw(spans(days, near, hours=draw(st.sampled_from([3, 12, 50]))))
    seconds = int(span.length.total_seconds())
    reading = draw(
        st.one_of(
            st.none(),
            st.sampled_from([seconds, seconds + 1]),
            st.integers(0, max(seconds, 1)),
        )
    )
    return replace(
        row,
        start=span.start,
        end=span.end,
        reading_time=None if reading is None else timedelta(seconds=reading),
    )


@st.composite
def worlds(draw: st.DrawFn, *, check: OffDutyCheck | None = None) -> World:
    """One person with everything around."""
    first = draw(st.sampled_from(WINDOWS))
    days = [first + timedelta(days=n) for n in range(5)]
    settings = draw(agencies(days))
    shifts = tuple(
        Shift(WHO, span.start.date(), span)
        for span in draw(
            st.lists(
                st.builds(
                    lambda day, start, hours: Span(
                        datetime.combine(day, time()) + timedelta(hours=start),
                        datetime.combine(day, time()) + timedelta(hours=start + hours),
                    ),
                    st.sampled_from(days),
                    st.integers(0, 23),
                    st.integers(1, 16),
                ),
                max_size=2,
            )
        )
    )
    punch_days = draw(st.lists(st.sampled_from(days), max_size=2, unique=True))
    punches = tuple(
        Punch(WHO, day, draw(_clock(day, 6, 13)), draw(_clock(day, 12, 21))) for day in punch_days
    )
    near = [m for shift in shifts for m in (shift.span.start, shift.span.end)]
    near += [m for p in punches for m in (p.punch_in, p.punch_out) if m is not None]
    entries = tuple(
        AttendanceEntry(WHO, draw(st.sampled_from(AttendanceKind)), "差勤", span)
        for span in draw(st.lists(spans(days, near, hours=30), max_size=3))
    )
    near += [m for entry in entries for m in (entry.span.start, entry.span.end)]
    spells = draw(
        st.lists(
            st.builds(
                lambda day, length: LeaveWithoutPay(
                    day, None if length is None else day + timedelta(days=length)
                ),
                st.sampled_from(days),
                st.sampled_from([0, 1, None]),
            ),
            max_size=1 if draw(st.integers(0, 3)) == 0 else 0,
        )
    )
    category = draw(st.sampled_from(["編制內公務人員"] * 5 + ["教師", ""]))
    person = Person(
        WHO,
        "王小明",
        "秘書室",
        rank=draw(st.sampled_from(["薦任第7職等", "相當簡任第10職等", ""])),
        category=category,
        pattern_code=draw(st.sampled_from(["P"] * 6 + ["", "X"])),
        leave_without_pay=tuple(spells),
    )
    count = draw(st.integers(1, 5))
    rows = [draw(learning_rows(days, near, number=n + 1)) for n in range(count)]
    if draw(st.booleans()):
        rows.append(_again(draw, rows, number=count + 1))
    receipts = [
        Receipt(WHO, "tiny-114", day)
        for day in draw(
            st.lists(st.sampled_from([date(2025, 9, 30), date(2025, 10, 1)]), max_size=1)
        )
    ]
    return World(
        plan=draw(plans(check=check)),
        person=person,
        calendar=offices.calendar(113, 114),
        agency=settings,
        shifts=shifts,
        punches=punches,
        attendance=entries,
        receipts=receipts,
        rows=rows,
        names=NAMES,
        is_eligible={"編制內公務人員": True, "教師": False, "": None}[category],
    )


def _again(draw: st.DrawFn, rows: list[LearningRow], *, number: int) -> LearningRow:
    """One of the rows again: the same, under another spelling, or saying something else."""
    row = draw(st.sampled_from(rows))
    means = NAMES[row.course_name][0]
    spelling = draw(st.sampled_from([name for name, (m, _) in NAMES.items() if m == means]))
    place = replace(row.place, row=number)
    change = draw(st.sampled_from(["nothing", "hours", "span"]))
    if change == "hours":
        return replace(row, place=place, course_name=spelling, certified_hours=Decimal(7))
    if change == "span" and row.end is not None:
        later = row.end + timedelta(seconds=1)
        return replace(row, place=place, course_name=spelling, end=later)
    return replace(row, place=place, course_name=spelling)


def _clock(day: date, first: int, last: int) -> st.SearchStrategy[datetime | None]:
    known = st.integers(first * 60, last * 60).map(
        lambda minute: datetime.combine(day, time()) + timedelta(minutes=minute)
    )
    return st.one_of(st.none(), known, known)


def evaluate(world: World) -> PersonVerdict:
    """The engine's verdict on a world."""
    times = WorkingTimes(
        calendar=world.calendar,
        agency=world.agency,
        shifts={WHO: tuple(world.shifts)},
        punches={WHO: tuple(world.punches)},
    )
    return Evaluator(world.plan, times).evaluate(
        PersonFacts(
            person=world.person,
            rows=tuple(world.rows),
            attendance=tuple(world.attendance),
            receipts=tuple(world.receipts),
        )
    )
