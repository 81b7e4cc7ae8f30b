"""Compensatory leave of one person: what is sure now, what is possible (rules.md section 5)."""

from __future__ import annotations

from datetime import date

from desktop.domain.plan import Combination, CompensatoryLeave, LeaveRule
from desktop.domain.verdicts import BenefitState, Grant, LeaveVerdict
from desktop.rules.expiry import first_day_of_use, last_day_of_use
from desktop.rules.hindrances import Claimant, Levels, state_of, unsaid_hindrances, weigh
from desktop.rules.history import LEAVE_FAMILY
from desktop.rules.thresholds import Bench, Met, measure

NO_LEAVE = LeaveVerdict(BenefitState.NONE, 0, 0, ())


def judge_leave(bench: Bench, claimant: Claimant) -> LeaveVerdict:
    """Compensatory leave of one person.

    Args:
        bench: The person's sets, judged by the leave's checks.
        claimant: Who claims it.
    """
    leave = bench.plan.compensatory_leave
    if leave is None:
        return NO_LEAVE
    sure = _grants(leave, bench, is_sure=True)
    hours = sum(grant.hours for grant in sure)
    possible = sum(grant.hours for grant in _grants(leave, bench, is_sure=False))
    possible = max(hours, possible)
    outcome = weigh(
        leave.conditions,
        claimant,
        plan=bench.plan,
        family=LEAVE_FAMILY,
        levels=Levels(hours, possible),
    )
    if not outcome.gives_sure:
        sure, hours = (), 0
    if not outcome.gives_possible:
        possible = 0
    unsaid = unsaid_hindrances(
        bench.own, [(rule.set_ids, rule.clause) for rule in leave.rules], claimant
    )
    return LeaveVerdict(
        state_of(hours, possible), hours, possible, sure, (*outcome.hindrances, *unsaid)
    )


def _grants(leave: CompensatoryLeave, bench: Bench, *, is_sure: bool) -> tuple[Grant, ...]:
    met: list[tuple[LeaveRule, Met]] = []
    for rule in leave.rules:
        found = measure(bench, rule.set_ids, rule.threshold, is_sure=is_sure)
        if found is not None:
            met.append((rule, found))
    if leave.combination is Combination.BEST and met:
        met = [max(met, key=lambda pair: pair[0].hours)]
    grants: list[Grant] = []
    left = leave.cap_hours
    for rule, found in met:
        hours = rule.hours if left is None else min(rule.hours, left)
        if hours <= 0:
            continue
        if left is not None:
            left -= hours
        grants.append(_grant(leave, _booked_under(rule, bench), hours, found))
    return tuple(grants)


def _booked_under(rule: LeaveRule, bench: Bench) -> str:
    """The rule's set; of a group (each rank its own) the person's own set."""
    own = bench.own.called(rule.grant_set)
    return own[0].id if own else rule.grant_set


def _grant(leave: CompensatoryLeave, set_id: str, hours: int, met: Met) -> Grant:
    """A grant booked under a set; dates follow the last course it stands on."""
    completed_on, validity = met.completed_on, leave.validity
    if completed_on is None:
        return Grant(set_id, hours, date.min, date.min, None)
    return Grant(
        set_id,
        hours,
        completed_on,
        first_day_of_use(completed_on, validity),
        last_day_of_use(completed_on, validity) if validity is not None else None,
    )
