"""The whole vocabulary of plans as it is read when nothing is wrong."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
import tomlkit

from desktop.domain.conditions import (
    Audience,
    BenefitConditions,
    Frequency,
    Minimum,
    NotRecognised,
    RecordConditions,
    Threshold,
)
from desktop.domain.entitlements import (
    ClauseReading,
    Combination,
    Entitlement,
    EntitlementKind,
    EntitlementRule,
    OffDutyCheck,
    Per,
    Quota,
    QuotaOrder,
    ReadingOption,
    Recipient,
    UnitAward,
    UnitAwardKind,
    UnitBand,
    UnitMeasure,
)
from desktop.domain.findings import Clause, ReasonCode, Severity
from desktop.domain.people import RankTier
from desktop.domain.plan import Course, LeaveRule, Plan, SharedCourses, Validity
from desktop.rules.plan_loading import examine_plan, parse_plan
from desktop.rules.plan_switches import Switch, plan_switches
from tests.unit.rules.offices import CASES, SHIPPED_PLANS

FOR_ALL = RecordConditions(
    minimum_score=Decimal(60),
    score_clause=Clause("四（一）", "測驗成績60分以上"),
    needs_uploaded_hours=True,
    upload_clause=Clause("四（二）"),
)


def _text() -> str:
    return (CASES / "plans" / "whole-vocabulary.toml").read_text(encoding="utf-8")


@cache
def _plan() -> Plan:
    return parse_plan(_text(), name="whole-vocabulary.toml")


def test_a_closed_set_with_minimums_has_the_hours_of_its_courses() -> None:
    law = _plan().course_set("law")
    assert law.hours == Decimal("6.5")
    assert law.courses[2] == Course("河川與海岸", Decimal(3), "環境教育", "河川和海岸")
    assert law.minimums == (
        Minimum(
            Clause("五（一）1", "法治教育3.5小時以上"),
            hours=Decimal("3.5"),
            categories=("法治教育",),
        ),
        Minimum(Clause("五（一）2"), courses=2),
    )
    assert (law.is_open, law.audience, law.group) == (False, None, "")


def test_conditions_of_the_plan_hold_for_sets_without_their_own() -> None:
    held = {s.id: s.conditions for s in _plan().sets if s.id != "free"}
    assert held == dict.fromkeys(
        ("law", "main-head", "main-staff", "rank-senior", "rank-junior"), FOR_ALL
    )


def test_an_open_set_has_minimums_and_conditions_of_its_own() -> None:
    free = _plan().course_set("free")
    assert (free.is_open, free.courses, free.hours) == (True, (), Decimal(0))
    assert free.minimums == (
        Minimum(Clause("五（四）1"), hours=Decimal(40)),
        Minimum(Clause("五（四）2"), hours=Decimal(5), learning_types=("數位", "混成")),
        Minimum(Clause("五（四）3"), hours=Decimal(20), is_business_related=True),
        Minimum(
            Clause("五（四）4"), courses=1, categories=("環境教育",), is_business_related=False
        ),
    )
    assert free.conditions == RecordConditions(
        minimum_score=Decimal("90.5"),
        score_clause=Clause("六（一）"),
        needs_questionnaire=True,
        questionnaire_clause=Clause("六（二）"),
        needs_uploaded_hours=True,
        upload_clause=Clause("六（三）"),
        enrolled_from=date(2025, 2, 1),
        enrolled_clause=Clause("六（四）", "2月1日以後新選讀"),
        languages=NotRecognised(("中文", "Chinese"), Clause("六（五）")),
        regions=NotRecognised(("香港", "Hong Kong"), Clause("六（六）")),
    )


def test_sets_of_a_group_are_for_an_audience_or_a_rank() -> None:
    plan = _plan()
    assert plan.course_set("main-head").audience == Audience(
        Clause("五（二）1", "科長、主任"), titles=("科長", "主任"), is_supervisor=True
    )
    assert plan.course_set("main-staff").audience == Audience(
        Clause("五（二）2"),
        tiers=(RankTier.JUNIOR, RankTier.ELEMENTARY),
        categories=("編制內公務人員", "約聘"),
        is_supervisor=False,
    )
    assert plan.course_set("rank-senior").for_tier is RankTier.SENIOR
    assert [s.group for s in plan.sets] == ["", "main", "main", "rank", "rank", ""]
    assert plan.shared_courses is SharedCourses.ONCE


def test_leave_is_read_with_thresholds_papers_and_frequency() -> None:
    leave = _plan().compensatory_leave
    assert leave is not None
    assert (leave.off_duty_check, leave.off_duty_clause) == (
        OffDutyCheck.START_AND_END,
        Clause("七（一）"),
    )
    assert (leave.deadline, leave.deadline_clause) == (date(2025, 9, 30), Clause("七（二）"))
    assert leave.combination is Combination.BEST
    assert (leave.cap_hours, leave.cap_clause) == (16, Clause("七（三）"))
    assert leave.counts_leave_without_pay
    assert (leave.registered_as, leave.registered_reason) == ("補休", "終身學習")
    assert leave.conditions == BenefitConditions(
        received_by=date(2025, 10, 15),
        received_clause=Clause("七（四）"),
        report_by=date(2025, 10, 31),
        report_clause=Clause("七（五）"),
        in_post_on=date(2025, 12, 1),
        in_post_clause=Clause("七（六）"),
        frequency=Frequency.ONCE_A_YEAR,
        frequency_clause=Clause("七（七）"),
        is_refused_after_higher=True,
        higher_clause=Clause("七（八）"),
    )
    assert leave.rules == (
        LeaveRule(
            ("law", "free"), 4, "free", Clause("七（九）1"), Threshold(hours=Decimal("10.5"))
        ),
        LeaveRule(("law", "main", "rank"), 8, "law", Clause("七（九）2"), Threshold(sets=2)),
        LeaveRule(("main", "law"), 12, "law", Clause("七（九）3"), Threshold(courses=4)),
        LeaveRule(("free",), 16, "free", Clause("七（九）4")),
    )
    assert leave.validity == Validity(6, Clause("七（十）"), begins_on_the_day=True)


def test_a_commendation_is_read_with_its_cap_and_quota() -> None:
    award = _plan().commendation
    assert award is not None
    assert (award.off_duty_check, award.off_duty_clause) == (
        OffDutyCheck.COMPLETION,
        Clause("八（一）"),
    )
    assert (award.deadline, award.deadline_clause) == (date(2025, 11, 30), Clause("八（二）"))
    assert award.combination is Combination.SUM
    assert (award.cap_count, award.cap_clause) == (3, Clause("八（三）"))
    assert award.conditions == BenefitConditions(
        report_by=date(2025, 12, 5),
        report_clause=Clause("八（五）"),
        frequency=Frequency.FIRST_TIME_ONLY,
        frequency_clause=Clause("八（四）"),
    )
    assert not award.counts_leave_without_pay
    assert (award.reason, award.legal_basis) == ("終身學習成績優良", "本計畫八")
    assert award.quota == Quota(
        Clause("八（六）", "以不超過編制員額百分之12.5為限"),
        percent=Decimal("12.5"),
        is_per_unit=False,
        order=(QuotaOrder.HOURS, QuotaOrder.COMPLETED_ON),
    )
    assert [(rule.set_ids, rule.award, rule.count) for rule in award.rules] == [
        (("law",), "嘉獎", 2),
        (("free",), "記功", 1),
        (("law", "main", "free"), "記大功", 1),
    ]


def test_entitlements_are_read_in_the_order_of_the_plan() -> None:
    study_leave, draw, voucher, cash = _plan().entitlements
    assert study_leave == Entitlement(
        id="study-leave",
        kind=EntitlementKind.OFFICIAL_LEAVE,
        title="學習公假",
        deadline=date(2025, 10, 31),
        deadline_clause=Clause("九（一）"),
        rules=(
            EntitlementRule(("law",), 4, Clause("九（五）")),
            EntitlementRule(("law", "main"), 8, Clause("九（六）"), Threshold(courses=3)),
        ),
        combination=Combination.BEST,
        cap=8,
        cap_clause=Clause("九（二）"),
        off_duty_check=OffDutyCheck.COMPLETION,
        off_duty_clause=Clause("九（三）"),
        counts_leave_without_pay=False,
        conditions=BenefitConditions(
            received_by=date(2025, 11, 15), received_clause=Clause("九（四）")
        ),
    )
    assert draw == Entitlement(
        "draw",
        EntitlementKind.DRAW,
        "年終抽獎",
        date(2025, 12, 31),
        Clause("十（一）"),
        (EntitlementRule(("law",), 1, Clause("十（二）"), per=Per.COURSE),),
    )
    assert (voucher.kind, voucher.rules[0].amount) == (EntitlementKind.VOUCHER, 500)
    assert (cash.kind, cash.rules[0].amount) == (EntitlementKind.CASH, 1000)
    assert (cash.conditions.in_post_on, cash.conditions.in_post_clause) == (
        date(2025, 12, 31),
        Clause("十二（二）"),
    )


def test_unit_awards_are_read_with_bands_and_recipients() -> None:
    best, draw, everybody, voucher = _plan().unit_awards
    assert best == UnitAward(
        id="best-units",
        kind=UnitAwardKind.COMMENDATION,
        title="績優單位",
        measure=UnitMeasure.COMPLETION_RATE,
        set_ids=("law", "main", "rank"),
        completed_by=date(2025, 10, 31),
        completed_clause=Clause("十三（一）"),
        bands=(
            UnitBand(
                Clause("十三（三）1"),
                at_least_percent=Decimal(95),
                headcount_from=60,
                recipients=(Recipient("主管", 1, "記功", 1), Recipient("承辦人", 2, "嘉獎", 2)),
            ),
            UnitBand(
                Clause("十三（三）2"),
                at_least_percent=Decimal("90.5"),
                headcount_from=10,
                headcount_to=59,
                recipients=(Recipient("承辦人", 1, "嘉獎", 1),),
            ),
        ),
        threshold=Threshold(sets=2),
        headcount_on=date(2025, 7, 1),
        headcount_clause=Clause("十三（二）"),
        off_duty_check=OffDutyCheck.COMPLETION,
        counts_leave_without_pay=False,
    )
    assert (draw.kind, draw.measure, draw.threshold, draw.is_per_unit) == (
        UnitAwardKind.DRAW,
        UnitMeasure.PEOPLE,
        Threshold(hours=Decimal(60)),
        True,
    )
    assert draw.bands == (UnitBand(Clause("十四（二）"), at_least_people=15, amount=1),)
    assert (everybody.kind, everybody.measure, everybody.threshold, everybody.is_per_unit) == (
        UnitAwardKind.CASH,
        UnitMeasure.EVERYBODY,
        Threshold(courses=2),
        False,
    )
    assert everybody.bands == (UnitBand(Clause("十五（二）"), headcount_to=500, amount=30000),)
    assert (voucher.kind, voucher.threshold) == (UnitAwardKind.VOUCHER, None)


def test_a_reading_takes_the_value_in_force() -> None:
    assert _plan().readings == (
        ClauseReading(
            setting="compensatory_leave.combination",
            question="完成兩項以上時，補休累加還是擇優？",
            clause=Clause("七（九）"),
            options=(
                ReadingOption("best", "擇優，只給最多的一項"),
                ReadingOption("sum", "累加到上限"),
            ),
            chosen="best",
            note="各項時數成級距，所以擇優。",
        ),
        ClauseReading(
            setting="entitlement.draw.counts_leave_without_pay",
            question="留職停薪期間的學習能不能抽獎？",
            clause=Clause("十（二）"),
            options=(ReadingOption("true", "可以"), ReadingOption("false", "不可以")),
            chosen="true",
        ),
    )


def test_a_setting_that_is_switched_is_the_reading_chosen() -> None:
    text = _text().replace('combination = "best"\ncap_hours', 'combination = "sum"\ncap_hours')
    plan = parse_plan(text, name="x.toml")
    assert plan.readings[0].chosen == "sum"


@pytest.mark.parametrize(
    ("setting", "value", "among"),
    [
        ("shared_courses", "once", ("each", "once")),
        ("severity.on_personal_leave", "info", ("fail", "review", "info")),
        ("severity.flex_uncertain", "review", ("fail", "review", "info")),
        ("compensatory_leave.combination", "best", ("sum", "best")),
        (
            "compensatory_leave.off_duty_check",
            "start_and_end",
            ("start_and_end", "completion", "none"),
        ),
        ("compensatory_leave.counts_leave_without_pay", "true", ("true", "false")),
        ("compensatory_leave.validity.starts", "same_day", ("next_day", "same_day")),
        (
            "commendation.frequency",
            "first_time_only",
            ("each_plan", "once_a_year", "first_time_only"),
        ),
        ("commendation.not_after_higher", "false", ("true", "false")),
        ("commendation.quota.per", "organisation", ("unit", "organisation")),
        ("entitlement.study-leave.combination", "best", ("sum", "best")),
        ("unit_award.everybody.per", "organisation", ("unit", "organisation")),
        ("unit_award.best-units.counts_leave_without_pay", "false", ("true", "false")),
    ],
)
def test_a_choice_of_the_plan_can_be_switched(
    setting: str, value: str, among: tuple[str, ...]
) -> None:
    assert plan_switches(_plan())[setting] == Switch(value, among)


def test_what_fails_by_the_rules_themselves_is_no_choice() -> None:
    assert "severity.start_on_duty" not in plan_switches(_plan())


def test_the_rest_of_the_whole_vocabulary_is_read() -> None:
    plan = _plan()
    assert plan.correction_days == 10
    assert plan.severities == {ReasonCode.ON_PERSONAL_LEAVE: Severity.INFO}
    assert plan.clauses == {ReasonCode.NOT_PASSED: Clause("四")}
    assert plan.source.document_number == "測府人考字第1140000001號函"


@pytest.mark.parametrize(
    "benefit",
    [
        (
            '[[entitlement]]\nid = "draw"\nkind = "draw"\ntitle = "抽獎"\ndeadline = 2025-12-31\n'
            'deadline_clause = "八"\n[[entitlement.rule]]\nsets = ["law"]\namount = 1\nclause = "八"\n'
        ),
        (
            '[[unit_award]]\nid = "units"\nkind = "draw"\ntitle = "抽獎"\nmeasure = "everybody"\n'
            'sets = ["law"]\ncompleted_by = 2025-12-31\ncompleted_clause = "八"\n'
            '[[unit_award.band]]\namount = 1\nclause = "八"\n'
        ),
    ],
)
def test_a_plan_may_give_nothing_but_entitlements_or_unit_awards(benefit: str) -> None:
    sound = (CASES / "plans" / "sound-readings.toml").read_text(encoding="utf-8")
    plan, problems = examine_plan(sound[: sound.index("[commendation]")] + benefit)
    assert problems == ()
    assert plan is not None


def _switched(text: str, setting: str, value: str) -> str:
    """The plan's text with one setting at another value."""
    values = tomllib.loads(text)
    *tables, key = setting.split(".")
    table = values
    for name in tables:
        table = table.setdefault(name, {})
    table[key] = {"true": True, "false": False}.get(value, value)
    return tomlkit.dumps(values)


SHIPPED = sorted(path.stem for path in SHIPPED_PLANS.glob("*.toml"))


@pytest.mark.parametrize("plan_id", SHIPPED)
def test_a_shipped_plan_is_sound_whichever_way_its_clauses_are_read(plan_id: str) -> None:
    text = (SHIPPED_PLANS / f"{plan_id}.toml").read_text(encoding="utf-8")
    for reading in parse_plan(text, name=plan_id).readings:
        for option in reading.options:
            plan, problems = examine_plan(_switched(text, reading.setting, option.value))
            assert problems == ()
            assert plan is not None
            chosen = {each.setting: each.chosen for each in plan.readings}
            assert chosen[reading.setting] == option.value


def test_the_shipped_plans_are_read_as_they_are_specified() -> None:
    chosen = {
        plan_id: {
            reading.setting: reading.chosen
            for reading in parse_plan(
                (SHIPPED_PLANS / f"{plan_id}.toml").read_text(encoding="utf-8"), name=plan_id
            ).readings
        }
        for plan_id in SHIPPED
    }
    assert chosen == {
        "hsinchu-109": {
            "compensatory_leave.off_duty_check": "none",
            "compensatory_leave.counts_leave_without_pay": "true",
        },
        "kaohsiung-103": {
            "compensatory_leave.combination": "sum",
            "compensatory_leave.off_duty_check": "completion",
            "compensatory_leave.counts_leave_without_pay": "false",
            "commendation.counts_leave_without_pay": "true",
            "shared_courses": "each",
            "severity.on_personal_leave": "review",
        },
        "kaohsiung-114": {
            "severity.on_personal_leave": "review",
            "severity.attendance_inside_span": "review",
            "severity.insufficient_off_duty_time": "review",
        },
        "taipei-coursera-113": {},
    }
