"""What each benefit of a plan asks of a record's times, and whose verdict is the record's own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from desktop.domain.entitlements import Entitlement, OffDutyCheck, UnitAward
from desktop.domain.plan import Commendation, CompensatoryLeave, Plan
from desktop.domain.verdicts import RecordVerdict, Verdict, settle
from desktop.rules.checks.context import Yardstick
from desktop.rules.checks.record import worst
from desktop.rules.counting import Standing


def yardstick_of(
    benefit: CompensatoryLeave | Commendation | Entitlement | UnitAward,
) -> Yardstick:
    """What one benefit asks of a record."""
    if isinstance(benefit, UnitAward):
        last_day, clause, off_duty_clause = benefit.completed_by, benefit.completed_clause, None
    else:
        last_day, clause = benefit.deadline, benefit.deadline_clause
        off_duty_clause = benefit.off_duty_clause
    return Yardstick(
        benefit.off_duty_check,
        last_day,
        clause,
        benefit.counts_leave_without_pay,
        off_duty_clause,
    )


def own_yardstick(plan: Plan) -> Yardstick:
    """What a record's own verdict asks: the compensatory leave's, or the next benefit's.

    A nominated programme asks for its own last day and for no off-duty time; a plan without any
    benefit only for its own dates.
    """
    if plan.credit is not None:
        credit = plan.credit
        return Yardstick(OffDutyCheck.NONE, credit.deadline, credit.deadline_clause, True)
    benefits = (
        plan.compensatory_leave,
        plan.commendation,
        *plan.entitlements,
        *plan.unit_awards,
    )
    first = next((benefit for benefit in benefits if benefit is not None), None)
    if first is None:
        return Yardstick(OffDutyCheck.NONE, plan.last_day, plan.period_clause, True)
    return replace(yardstick_of(first), off_duty_clause=None)


def commendation_yardstick(plan: Plan) -> Yardstick | None:
    """What the commendation asks of a record; None for a plan without one."""
    return yardstick_of(plan.commendation) if plan.commendation is not None else None


def further_yardsticks(plan: Plan) -> dict[str, Yardstick]:
    """By id of an entitlement or unit award, what it asks unlike the leave and commendation."""
    known = (_asks(own_yardstick(plan)), _asks(commendation_yardstick(plan)))
    benefits: tuple[Entitlement | UnitAward, ...] = (*plan.entitlements, *plan.unit_awards)
    found = {benefit.id: yardstick_of(benefit) for benefit in benefits}
    return {key: yardstick for key, yardstick in found.items() if _asks(yardstick) not in known}


def own_standing(record: RecordVerdict) -> Verdict | None:
    """The verdict on a record that counts for the benefit whose checks are the record's own."""
    return record.settled


def commendation_standing(record: RecordVerdict) -> Verdict | None:
    """The verdict on a record that counts for the commendation."""
    return record.settled_for_commendation


def standing_of(plan: Plan, benefit: Entitlement | UnitAward) -> Standing:
    """Which verdict on a record counts for a benefit beside leave and commendation.

    As for the commendation: what the benefit's own checks pass stays passed whatever the clerk
    decided for the record's own verdict.
    """
    asked = _asks(yardstick_of(benefit))
    if asked == _asks(own_yardstick(plan)):
        return own_standing
    if asked == _asks(commendation_yardstick(plan)):
        return commendation_standing
    return partial(_standing_by_other_findings, benefit.id)


def _standing_by_other_findings(benefit_id: str, record: RecordVerdict) -> Verdict | None:
    if record.verdict is None:
        return None
    found = worst(record.other_findings[benefit_id])
    return Verdict.PASS if found is Verdict.PASS else settle(found, record.decision)


def _asks(yardstick: Yardstick | None) -> tuple[object, ...] | None:
    """What tells two yardsticks apart: clauses do not."""
    if yardstick is None:
        return None
    return (
        yardstick.off_duty_check,
        yardstick.deadline,
        yardstick.counts_leave_without_pay,
    )
