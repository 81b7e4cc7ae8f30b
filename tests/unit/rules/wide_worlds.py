"""Random plans of the wider vocabulary, and people under them, for properties of the engine.

No plan here checks times of day: what duty time does is the business of ``worlds``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from desktop.domain.conditions import Minimum, RecordConditions, Threshold
from desktop.domain.entitlements import (
    Combination,
    Entitlement,
    EntitlementKind,
    EntitlementRule,
    OffDutyCheck,
    Per,
    Quota,
    QuotaOrder,
    Recipient,
    UnitAward,
    UnitAwardKind,
    UnitBand,
    UnitMeasure,
)
from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.findings import Clause
from desktop.domain.people import Person
from desktop.domain.plan import (
    Commendation,
    CommendationRule,
    CompensatoryLeave,
    Course,
    CourseSet,
    Eligibility,
    LeaveRule,
    Plan,
    SharedCourses,
    Source,
)
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import Decision, PersonVerdict
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from tests.unit.rules import offices

_CLAUSE = Clause("壹")
LISTED = {
    "法規概論": ("1", "甲"),
    "河川生態": ("2", "乙"),
    "公務倫理": ("0.5", "甲"),
    "政策溝通": ("2", "乙"),
}
FREE = ("攝影入門", "急救常識", "茶藝")
UNIT_DEADLINE = date(2025, 5, 31)
COMMENDATION_DEADLINE = date(2025, 6, 30)
LEAVE_DEADLINE = date(2025, 8, 31)
DRAW_DEADLINE = date(2025, 12, 31)
DAYS = tuple(
    sorted(
        {
            date(2025, 3, 1),
            date(2025, 3, 2),
            UNIT_DEADLINE,
            date(2025, 6, 1),
            COMMENDATION_DEADLINE,
            date(2025, 7, 1),
            LEAVE_DEADLINE,
            date(2025, 9, 1),
            DRAW_DEADLINE,
            date(2026, 1, 1),
        }
    )
)


@dataclass(frozen=True)
class WideWorld:
    """A plan, a person of known or unknown category, and the rows."""

    plan: Plan
    person: Person
    is_eligible: bool | None
    rows: Sequence[LearningRow]


def _course(name: str) -> Course:
    hours, category = LISTED[name]
    return Course(name, Decimal(hours), category)


@st.composite
def _minimums(draw: st.DrawFn, *, is_open: bool) -> tuple[Minimum, ...]:
    def one() -> Minimum:
        hours = draw(st.sampled_from([None, "0.5", "1.5", "2", "3"]))
        return Minimum(
            _CLAUSE,
            hours=None if hours is None else Decimal(hours),
            courses=draw(st.integers(1, 3)) if hours is None else None,
            categories=draw(st.sampled_from([(), (), ("甲",), ("甲", "乙")])),
            learning_types=draw(st.sampled_from([(), (), ("數位",)])),
            is_business_related=draw(st.sampled_from([None, None, True, False])),
        )

    least = 1 if is_open else 0
    return tuple(one() for _ in range(draw(st.integers(least, 2))))


thresholds = st.sampled_from(
    [
        None,
        Threshold(sets=1),
        Threshold(sets=2),
        Threshold(courses=2),
        Threshold(courses=4),
        Threshold(hours=Decimal("2.5")),
        Threshold(hours=Decimal(4)),
    ]
)
_names = st.sampled_from([("alpha",), ("alpha", "beta"), ("beta", "free"), ("free",)])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan with three sets and every benefit."""
    conditions = draw(
        st.sampled_from([None, RecordConditions(minimum_score=Decimal(60), score_clause=_CLAUSE)])
    )
    sets = (
        CourseSet(
            "alpha",
            "甲套",
            Decimal("3.5"),
            tuple(_course(n) for n in ("法規概論", "河川生態", "公務倫理")),
            _CLAUSE,
            minimums=draw(_minimums(is_open=False)),
            conditions=conditions,
        ),
        CourseSet(
            "beta",
            "乙套",
            Decimal("2.5"),
            tuple(_course(n) for n in ("公務倫理", "政策溝通")),
            _CLAUSE,
        ),
        CourseSet(
            "free",
            "自選",
            Decimal(0),
            (),
            _CLAUSE,
            minimums=draw(_minimums(is_open=True)),
            is_open=True,
        ),
    )
    return Plan(
        id="wide-114",
        version="v",
        code="WW",
        agency="測試市政府",
        title="測試",
        short_title="測試",
        year=114,
        source=Source("測試", "", None, date(2026, 1, 1)),
        first_day=date(2025, 1, 1),
        last_day=DRAW_DEADLINE,
        period_clause=_CLAUSE,
        eligibility=Eligibility(("編制內公務人員",), (), _CLAUSE),
        evidence=("portal_hours",),
        sets=sets,
        compensatory_leave=CompensatoryLeave(
            off_duty_check=OffDutyCheck.NONE,
            off_duty_clause=None,
            deadline=LEAVE_DEADLINE,
            deadline_clause=_CLAUSE,
            rules=tuple(
                LeaveRule(names, hours, names[-1], _CLAUSE, draw(thresholds))
                for names, hours in ((draw(_names), 4), (draw(_names), 3))
            ),
            combination=draw(st.sampled_from(Combination)),
            cap_hours=draw(st.sampled_from([None, 5])),
        ),
        commendation=Commendation(
            deadline=COMMENDATION_DEADLINE,
            deadline_clause=_CLAUSE,
            rules=tuple(
                CommendationRule(draw(_names), award, count, _CLAUSE, draw(thresholds))
                for award, count in (("嘉獎", 2), ("記功", 1), ("嘉獎", 1))
            ),
            combination=draw(st.sampled_from(Combination)),
            cap_count=draw(st.sampled_from([None, 2])),
            quota=draw(_quotas),
        ),
        entitlements=(_draw_entries(draw),),
        unit_awards=(_unit_award(draw),),
        shared_courses=draw(st.sampled_from(SharedCourses)),
    )


_quotas = st.sampled_from(
    [
        Quota(_CLAUSE, people=1),
        Quota(_CLAUSE, people=2, is_per_unit=False, order=(QuotaOrder.HOURS,)),
        Quota(_CLAUSE, percent=Decimal(40), order=(QuotaOrder.HOURS, QuotaOrder.COMPLETED_ON)),
    ]
)


def _draw_entries(draw: st.DrawFn) -> Entitlement:
    per = draw(st.sampled_from(Per))
    return Entitlement(
        id="draw",
        kind=EntitlementKind.DRAW,
        title="抽獎",
        deadline=DRAW_DEADLINE,
        deadline_clause=_CLAUSE,
        rules=(
            EntitlementRule(
                draw(_names), 1, _CLAUSE, draw(thresholds) if per is Per.RULE else None, per
            ),
            EntitlementRule(("beta",), 2, _CLAUSE),
        ),
        combination=draw(st.sampled_from(Combination)),
        cap=draw(st.sampled_from([None, 2])),
    )


def _unit_award(draw: st.DrawFn) -> UnitAward:
    measure = draw(st.sampled_from(UnitMeasure))
    least = {
        UnitMeasure.COMPLETION_RATE: ({"at_least_percent": Decimal(n)} for n in (75, 50)),
        UnitMeasure.PEOPLE: ({"at_least_people": n} for n in (3, 1)),
        UnitMeasure.EVERYBODY: ({"headcount_from": 3}, {"headcount_to": 2}),
    }[measure]
    bands = tuple(
        UnitBand(_CLAUSE, recipients=(Recipient("主管", 1, "嘉獎", 1),), **asked) for asked in least
    )
    return UnitAward(
        id="unit",
        kind=UnitAwardKind.COMMENDATION,
        title="績優單位",
        measure=measure,
        set_ids=draw(_names),
        completed_by=UNIT_DEADLINE,
        completed_clause=_CLAUSE,
        bands=bands,
        threshold=draw(thresholds),
        is_per_unit=draw(st.booleans()),
    )


@st.composite
def rows(draw: st.DrawFn, number: int, *, is_consistent: bool = False) -> LearningRow:
    """A row of one of few courses and days; consistent: each course always shows its hours."""
    name = draw(st.sampled_from([*LISTED, *FREE]))
    usual = Decimal(LISTED[name][0]) if name in LISTED else Decimal(1)
    other = st.sampled_from([usual] * 5 + [Decimal(3), None])
    return LearningRow(
        place=SourcePlace("d" * 64, "w.xlsx", page=1, row=number),
        kind=EvidenceKind.PORTAL_HOURS,
        course_name=name,
        completed_on=draw(st.sampled_from(DAYS)),
        certified_hours=usual if is_consistent else draw(other),
        pass_status=draw(st.sampled_from(["已通過"] * 5 + ["未通過"])),
        category=draw(st.sampled_from([None, "甲", "乙", "甲類"])),
        learning_type=draw(st.sampled_from([None, "數位", "數位", "數位學習", "實體"])),
        is_business_related=draw(st.sampled_from([None, True, False])),
        score=draw(st.sampled_from([None, Decimal(59), Decimal(60), Decimal(60)])),
    )


@st.composite
def worlds(draw: st.DrawFn, *, is_consistent: bool = False) -> WideWorld:
    """One person with a few rows."""
    plan = draw(plans())
    category, eligible = draw(
        st.sampled_from([("編制內公務人員", True)] * 4 + [("教師", False), ("", None)])
    )
    person = Person("A0001", "王小明", "秘書室", category=category)
    count = draw(st.integers(1, 8))
    made = [draw(rows(n + 1, is_consistent=is_consistent)) for n in range(count)]
    return WideWorld(plan, person, eligible, made)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Plan, list[PersonVerdict]]:
    """A plan and the own verdicts of up to seven people in two units."""
    plan = draw(plans())
    verdicts = []
    for number in range(draw(st.integers(1, 7))):
        person = Person(
            f"A{number:04d}",
            "王小明",
            draw(st.sampled_from(["秘書室", "民政處"])),
            category=draw(st.sampled_from(["編制內公務人員"] * 4 + ["教師", ""])),
            left_on=draw(st.sampled_from([None, None, None, date(2025, 6, 1)])),
        )
        # Most people did everything well, so that awards are short.
        made = [draw(rows(n + 1)) for n in range(draw(st.integers(0, 3)))]
        if draw(st.booleans()):
            day = draw(st.sampled_from(DAYS[:2]))
            made += [clean_row(name, day, number=10 + n) for n, name in enumerate(LISTED)]
            made += [clean_row(name, day, number=20 + n) for n, name in enumerate(FREE)]
        verdicts.append(evaluate(WideWorld(plan, person, True, made)))
    return plan, verdicts


def clean_row(name: str, day: date, *, number: int) -> LearningRow:
    """A row of a course that passes everything and fits every filter but 業務相關 = false."""
    return LearningRow(
        place=SourcePlace("d" * 64, "w.xlsx", page=1, row=number),
        kind=EvidenceKind.PORTAL_HOURS,
        course_name=name,
        completed_on=day,
        certified_hours=Decimal(LISTED[name][0]) if name in LISTED else Decimal(1),
        pass_status="已通過",
        category="甲",
        learning_type="數位",
        is_business_related=True,
        score=Decimal(100),
    )


def evaluate(world: WideWorld, decisions: Mapping[str, Decision] | None = None) -> PersonVerdict:
    """The engine's verdict on a world."""
    times = WorkingTimes(offices.every_year(), offices.agency())
    facts = PersonFacts(world.person, tuple(world.rows), decisions=decisions or {})
    return Evaluator(world.plan, times).evaluate(facts)


def with_rows(world: WideWorld, rows_now: Sequence[LearningRow]) -> WideWorld:
    """The world with other rows."""
    return replace(world, rows=rows_now)
