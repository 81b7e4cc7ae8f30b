"""Units and people as lines of the supervisors' workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    CreditState,
    PersonVerdict,
    SetState,
    Verdict,
)
from desktop.exports.content import (
    CreditSummary,
    PersonSummary,
    UnitSummary,
    YearlySummary,
)
from desktop.services.own_sets import unknown_rank_words
from desktop.services.summary_words import BENEFIT_WORDS
from desktop.services.wording import CREDIT_WORDS, credit_words

SET_WORDS = {SetState.PASS: "完成", SetState.REVIEW: "待確認", SetState.INCOMPLETE: "未完成"}


def unit_summaries(plan: Plan, verdicts: Sequence[PersonVerdict]) -> tuple[UnitSummary, ...]:
    """One line a unit, in roster order."""
    units: dict[str, list[PersonVerdict]] = {}
    for verdict in verdicts:
        units.setdefault(verdict.person.unit, []).append(verdict)
    return tuple(_unit(plan, name, members) for name, members in units.items())


def _unit(plan: Plan, name: str, members: Sequence[PersonVerdict]) -> UnitSummary:
    eligible = [verdict for verdict in members if verdict.is_eligible is not False]

    uploads = [verdict.credit for verdict in eligible if verdict.credit is not None]

    def count(is_met: Callable[[PersonVerdict], bool]) -> int:
        return sum(1 for verdict in eligible if is_met(verdict))

    return UnitSummary(
        unit=name,
        headcount=len(members),
        eligible=len(eligible),
        with_records=count(lambda v: any(r.is_in_plan for r in v.records)),
        completed_any=count(partial(has_completed_any, plan)),
        completed_all=count(has_completed_all),
        completed_per_set=tuple(
            sum(
                1
                for verdict in eligible
                for s in verdict.sets
                if s.set_id == course_set.id and s.state is SetState.PASS
            )
            for course_set in plan.sets
        ),
        hours_granted=sum((credit.hours for credit in uploads), Decimal(0))
        + sum(verdict.leave.hours for verdict in eligible),
        commendations=sum(verdict.commendation.count for verdict in eligible),
        waiting=sum(
            1 for verdict in eligible for r in verdict.records if r.settled is Verdict.REVIEW
        ),
    )


def has_completed_any(plan: Plan, verdict: PersonVerdict) -> bool:
    """Completed a set; of a nominated programme, reached the minimum."""
    if verdict.credit is not None and plan.credit is not None:
        return (
            verdict.credit.state is not CreditState.NOT_NOMINATED
            and verdict.credit.recognised_hours >= plan.credit.minimum_hours
        )
    return any(s.state is SetState.PASS for s in verdict.sets)


def has_completed_all(verdict: PersonVerdict) -> bool:
    """Completed everything the plan asks for; of a nominated programme, was credited."""
    if verdict.credit is not None:
        return verdict.credit.state is CreditState.CREDITED
    return bool(verdict.sets) and all(s.state is SetState.PASS for s in verdict.sets)


def _credit(verdict: PersonVerdict) -> CreditSummary | None:
    credit = verdict.credit
    if credit is None:
        return None
    return CreditSummary(
        verdict=CREDIT_WORDS[credit.state],
        recognised=credit.recognised_hours,
        possible=credit.possible_hours,
        uploaded=credit.hours,
    )


def person_summary(
    plan: Plan, verdict: PersonVerdict, yearly: YearlySummary | None = None
) -> PersonSummary:
    """One person's line on 明細.

    Args:
        plan: The plan.
        verdict: The person's verdict.
        yearly: The person's standing, where the plan has a yearly requirement.
    """
    person, leave, commendation = verdict.person, verdict.leave, verdict.commendation
    states = {s.set_id: SET_WORDS[s.state] for s in verdict.sets}
    remark = ""
    if verdict.is_eligible is False:
        remark = f"人員類別「{person.category}」不適用（{plan.eligibility.clause.point}）"
    elif verdict.is_eligible is None:
        remark = "名冊沒有人員類別，無法認定是否適用"
    elif verdict.credit is not None:
        remark = credit_words(plan, verdict)
    elif unknown_rank := unknown_rank_words(plan, person):
        remark = unknown_rank
    elif not verdict.records:
        remark = "沒有學習紀錄"
    return PersonSummary(
        employee_id=person.employee_id,
        name=person.name,
        unit=person.unit,
        title=person.title,
        rank=person.rank,
        category=person.category,
        is_eligible=verdict.is_eligible is True,
        set_verdicts=tuple(states.get(course_set.id, "") for course_set in plan.sets),
        leave_verdict=BENEFIT_WORDS[leave.state],
        leave_hours_sure=Decimal(leave.hours),
        leave_hours_possible=Decimal(leave.possible_hours),
        commendation_verdict=BENEFIT_WORDS[commendation.state],
        commendations_sure=commendation.count,
        commendations_possible=commendation.possible_count,
        remark=remark,
        credit=_credit(verdict),
        yearly=yearly,
    )
