"""Benefits that become a line on a list: official leave, draw entries, voucher, cash."""

from __future__ import annotations

from datetime import date

from desktop.domain.entitlements import Combination, Entitlement, EntitlementRule, Per
from desktop.domain.verdicts import EntitlementVerdict
from desktop.rules.hindrances import Claimant, Levels, state_of, unsaid_hindrances, weigh
from desktop.rules.history import entitlement_family
from desktop.rules.thresholds import Bench, counted_courses, measure


def judge_entitlement(
    entitlement: Entitlement, bench: Bench, claimant: Claimant
) -> EntitlementVerdict:
    """One such benefit of one person.

    Args:
        entitlement: The plan's.
        bench: The person's sets, judged by the benefit's own checks.
        claimant: Who claims it.
    """
    sure, completed_on = _amount(entitlement, bench, is_sure=True)
    possible = max(sure, _amount(entitlement, bench, is_sure=False)[0])
    outcome = weigh(
        entitlement.conditions,
        claimant,
        plan=bench.plan,
        family=entitlement_family(entitlement),
        levels=Levels(sure, possible),
    )
    if not outcome.gives_sure:
        sure, completed_on = 0, None
    if not outcome.gives_possible:
        possible = 0
    unsaid = unsaid_hindrances(
        bench.own, [(rule.set_ids, rule.clause) for rule in entitlement.rules], claimant
    )
    return EntitlementVerdict(
        entitlement.id,
        state_of(sure, possible),
        sure,
        possible,
        completed_on if sure else None,
        (*outcome.hindrances, *unsaid),
    )


def _amount(entitlement: Entitlement, bench: Bench, *, is_sure: bool) -> tuple[int, date | None]:
    """How much the rules give together, and the day the last of it was complete."""
    met = [_of_rule(rule, bench, is_sure=is_sure) for rule in entitlement.rules]
    met = [pair for pair in met if pair[0]]
    if entitlement.combination is Combination.BEST and met:
        met = [max(met, key=lambda pair: pair[0])]
    amount = sum(pair[0] for pair in met)
    days = [day for _, day in met if day is not None]
    if entitlement.cap is not None:
        amount = min(amount, entitlement.cap)
    return amount, max(days) if days else None


def _of_rule(rule: EntitlementRule, bench: Bench, *, is_sure: bool) -> tuple[int, date | None]:
    if rule.per is Per.COURSE:
        courses = counted_courses(bench, rule.set_ids, is_sure=is_sure)
        days = [course.day for course in courses if course.day is not None]
        return rule.amount * len(courses), max(days) if days else None
    met = measure(bench, rule.set_ids, rule.threshold, is_sure=is_sure)
    return (rule.amount, met.completed_on) if met is not None else (0, None)
