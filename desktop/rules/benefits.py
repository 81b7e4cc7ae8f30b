"""What a person gets: compensatory leave and commendation, sure now and possible (section 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.domain.attendance import Receipt
from desktop.domain.people import RankTier
from desktop.domain.plan import Combination, Commendation, CompensatoryLeave, LeaveRule, Plan
from desktop.domain.verdicts import (
    BenefitState,
    CommendationVerdict,
    Grant,
    LeaveVerdict,
    SetState,
    SetVerdict,
)
from desktop.rules.expiry import first_day_of_use, last_day_of_use

NO_LEAVE = LeaveVerdict(BenefitState.NONE, 0, 0, ())
NO_COMMENDATION = CommendationVerdict(BenefitState.NONE, 0, 0)


def judge_leave(
    plan: Plan,
    sets: Mapping[str, SetVerdict],
    *,
    tier: RankTier | None,
    is_eligible: bool | None,
    receipts: Sequence[Receipt],
) -> LeaveVerdict:
    """Compensatory leave of one person.

    Args:
        plan: The plan.
        sets: The person's sets by id, judged by the leave's checks.
        tier: The person's rank tier, for sets chosen by rank.
        is_eligible: From the roster; None (the roster does not say) makes nothing sure.
        receipts: When this person's evidence was received.
    """
    leave = plan.compensatory_leave
    if leave is None or is_eligible is False or not _received_in_time(leave, receipts):
        return NO_LEAVE
    possible = _grants(leave, plan, sets, tier=tier, states={SetState.PASS, SetState.REVIEW})
    sure = (
        _grants(leave, plan, sets, tier=tier, states={SetState.PASS}) if is_eligible is True else ()
    )
    hours = sum(grant.hours for grant in sure)
    possible_hours = max(hours, sum(grant.hours for grant in possible))
    return LeaveVerdict(_state(hours, possible_hours), hours, possible_hours, sure)


def judge_commendation(
    plan: Plan,
    sets: Mapping[str, SetVerdict],
    *,
    tier: RankTier | None,
    is_eligible: bool | None,
) -> CommendationVerdict:
    """Commendation of one person; arguments as for the leave, the sets by its own checks."""
    commendation = plan.commendation
    if commendation is None or is_eligible is False:
        return NO_COMMENDATION
    possible, award = _awards(
        commendation, plan, sets, tier=tier, states={SetState.PASS, SetState.REVIEW}
    )
    sure = 0
    if is_eligible is True:
        sure, award = _awards(commendation, plan, sets, tier=tier, states={SetState.PASS})
    possible = max(sure, possible)
    return CommendationVerdict(_state(sure, possible), sure, possible, award if sure else "")


def _state(sure: int, possible: int) -> BenefitState:
    if possible > sure:
        return BenefitState.REVIEW
    return BenefitState.GRANTED if sure else BenefitState.NONE


def _received_in_time(leave: CompensatoryLeave, receipts: Sequence[Receipt]) -> bool:
    last_day = leave.conditions.received_by
    return last_day is None or any(receipt.received_on <= last_day for receipt in receipts)


def _own_sets(plan: Plan, names: Sequence[str], tier: RankTier | None) -> tuple[str, ...] | None:
    """Set ids for the names of a rule; None when the person has no set of a group."""
    mine = plan.sets_for(tier)
    ids: list[str] = []
    for name in names:
        found = [s.id for s in mine if name in (s.id, s.group)]
        if not found:
            return None
        ids.extend(found)
    return tuple(ids)


def _completed(
    plan: Plan,
    sets: Mapping[str, SetVerdict],
    names: Sequence[str],
    *,
    tier: RankTier | None,
    states: set[SetState],
) -> tuple[SetVerdict, ...] | None:
    """The sets a rule asks for, when each is in one of ``states``; else None."""
    ids = _own_sets(plan, names, tier)
    if ids is None:
        return None
    verdicts = [sets[set_id] for set_id in ids if set_id in sets]
    if len(verdicts) != len(ids) or any(verdict.state not in states for verdict in verdicts):
        return None
    return tuple(verdicts)


def _grants(
    leave: CompensatoryLeave,
    plan: Plan,
    sets: Mapping[str, SetVerdict],
    *,
    tier: RankTier | None,
    states: set[SetState],
) -> tuple[Grant, ...]:
    met: list[tuple[LeaveRule, tuple[SetVerdict, ...]]] = []
    for rule in leave.rules:
        completed = _completed(plan, sets, rule.set_ids, tier=tier, states=states)
        if completed is not None:
            met.append((rule, completed))
    if leave.combination is Combination.BEST and met:
        met = [max(met, key=lambda pair: pair[0].hours)]
    grants: list[Grant] = []
    left = leave.cap_hours
    for rule, completed in met:
        hours = rule.hours if left is None else min(rule.hours, left)
        if hours <= 0:
            continue
        if left is not None:
            left -= hours
        grants.append(_grant(leave, rule, hours, completed))
    return tuple(grants)


def _grant(
    leave: CompensatoryLeave, rule: LeaveRule, hours: int, completed: Sequence[SetVerdict]
) -> Grant:
    """A grant booked under the rule's set; dates follow the last course of all its sets."""
    days = [verdict.completed_on for verdict in completed if verdict.completed_on is not None]
    completed_on = max(days) if days else date.min
    expires = None
    if leave.validity is not None and days:
        expires = last_day_of_use(completed_on, leave.validity)
    first_day = first_day_of_use(completed_on) if days else date.min
    return Grant(rule.grant_set, hours, completed_on, first_day, expires)


def _awards(
    commendation: Commendation,
    plan: Plan,
    sets: Mapping[str, SetVerdict],
    *,
    tier: RankTier | None,
    states: set[SetState],
) -> tuple[int, str]:
    met = [
        rule
        for rule in commendation.rules
        if _completed(plan, sets, rule.set_ids, tier=tier, states=states) is not None
    ]
    if not met:
        return 0, ""
    if commendation.combination is Combination.BEST:
        best = max(met, key=lambda rule: rule.count)
        return best.count, best.award
    return sum(rule.count for rule in met), met[0].award
