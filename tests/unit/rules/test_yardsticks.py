"""Whose clause a finding names, and which benefit's checks a record's own verdict follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from desktop.domain.entitlements import OffDutyCheck
from desktop.domain.findings import Clause, Finding, ReasonCode
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict, Verdict
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from desktop.rules.yardsticks import further_yardsticks, own_yardstick
from tests.unit.rules import offices
from tests.unit.rules.case_rows import told_row

CHECKED = Clause("八（九）", "須為公餘時間")


def _judge(plan: Plan, span: str) -> PersonVerdict:
    person = Person(
        "A0001", "王小明", "秘書室", rank="薦任第7職等", category="約聘", pattern_code="A"
    )
    row = told_row({"course": "公共政策分析", "span": span, "hours": 5}, 1, plan)
    times = WorkingTimes(offices.every_year(), offices.agency())
    return Evaluator(plan, times).evaluate(PersonFacts(person, (row,)))


def _clauses(findings: tuple[Finding, ...]) -> dict[ReasonCode, Clause | None]:
    return {finding.code: finding.clause for finding in findings}


def _with_checked_commendation() -> Plan:
    plan = offices.plan("wide-benefits")
    assert plan.commendation is not None
    return replace(
        plan,
        clauses={ReasonCode.START_ON_DUTY: Clause("七（九）")},
        commendation=replace(
            plan.commendation, off_duty_check=OffDutyCheck.START_AND_END, off_duty_clause=CHECKED
        ),
    )


def test_commendation_s_own_check_names_its_own_clause() -> None:
    verdict = _judge(_with_checked_commendation(), "2025-03-12 09:00:00 ~ 2025-03-12 12:30:00")
    (record,) = verdict.records
    assert _clauses(record.findings) == {ReasonCode.START_ON_DUTY: Clause("七（九）")}
    assert _clauses(record.commendation_findings) == {ReasonCode.START_ON_DUTY: CHECKED}


def test_entitlement_with_a_check_of_its_own_keeps_what_it_found() -> None:
    verdict = _judge(offices.plan("wide-benefits"), "2025-03-12 07:00:00 ~ 2025-03-12 09:00:00")
    (record,) = verdict.records
    found = {key: _clauses(findings) for key, findings in record.other_findings.items()}
    # The voucher and the cash ask what the commendation asks; they need no yardstick of their own.
    assert found == {"study-leave": {ReasonCode.END_ON_DUTY: Clause("九")}, "draw": {}}


def test_plan_without_leave_judges_records_by_the_next_benefit() -> None:
    plan = replace(offices.plan("wide-benefits"), compensatory_leave=None)
    assert own_yardstick(plan).deadline == date(2025, 10, 31)
    assert plan.off_duty_check is OffDutyCheck.NONE
    no_award = replace(plan, commendation=None)
    assert own_yardstick(no_award).deadline == date(2025, 8, 31)
    assert no_award.off_duty_check is OffDutyCheck.COMPLETION
    assert "study-leave" not in further_yardsticks(no_award)
    nothing = replace(no_award, entitlements=())
    assert own_yardstick(nothing).deadline == nothing.last_day
    units = replace(nothing, unit_awards=offices.plan("hualien-100").unit_awards)
    assert own_yardstick(units).deadline == date(2011, 11, 30)


def test_without_leave_the_own_verdict_is_the_commendation_s() -> None:
    plan = replace(_with_checked_commendation(), compensatory_leave=None)
    (record,) = _judge(plan, "2025-03-12 09:00:00 ~ 2025-03-12 12:30:00").records
    assert record.verdict is Verdict.FAIL
    assert record.commendation_verdict is Verdict.FAIL
    assert record.row.end == datetime(2025, 3, 12, 12, 30)
