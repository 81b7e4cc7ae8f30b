"""Awards that are short: most people of a unit or of the organisation who may have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop.domain.entitlements import Quota, QuotaOrder
from desktop.domain.plan import CourseSet, Plan
from desktop.domain.text import matching_key
from desktop.domain.verdicts import (
    BenefitState,
    CommendationVerdict,
    Hindrance,
    HindranceCode,
    PersonVerdict,
    Verdict,
)
from desktop.rules.counting import certified_hours, course_key
from desktop.rules.hindrances import is_in_post

_HUNDRED = Decimal(100)


def apply_quota(
    plan: Plan, verdicts: Sequence[PersonVerdict], *, as_of: date
) -> tuple[PersonVerdict, ...]:
    """Everybody's verdicts after the commendation's quota, in the same order.

    Who has something sure is ranked; nobody is made uncertain by those under review. Beyond the
    limit there is nothing; people who are equal in everything across it are for a person.

    Args:
        plan: The plan.
        verdicts: Everybody on the roster, each by the own records.
        as_of: The day the headcount is taken.
    """
    commendation = plan.commendation
    if commendation is None or commendation.quota is None:
        return tuple(verdicts)
    quota = commendation.quota
    units: dict[str, list[PersonVerdict]] = {}
    for verdict in verdicts:
        unit = matching_key(verdict.person.unit) if quota.is_per_unit else ""
        units.setdefault(unit, []).append(verdict)
    changed: dict[str, CommendationVerdict] = {}
    for members in units.values():
        changed.update(_of_unit(plan, quota, members, as_of))
    return tuple(
        replace(verdict, commendation=changed[verdict.person.employee_id])
        if verdict.person.employee_id in changed
        else verdict
        for verdict in verdicts
    )


def limit_of(quota: Quota, headcount: int) -> int:
    """How many people may have the award; a share is rounded down."""
    if quota.people is not None:
        return quota.people
    return int((quota.percent or Decimal(0)) * headcount / _HUNDRED)


def _of_unit(
    plan: Plan, quota: Quota, members: Sequence[PersonVerdict], as_of: date
) -> dict[str, CommendationVerdict]:
    """Commendations of a unit that the quota changes, by employee id."""
    headcount = sum(
        verdict.is_eligible is True and is_in_post(verdict.person, as_of) for verdict in members
    )
    limit = limit_of(quota, headcount)
    ranked = sorted(
        ((_rank(plan, quota, v), v) for v in members if v.commendation.count),
        key=lambda pair: pair[0],
    )
    if len(ranked) <= limit:
        return {}
    first_out = ranked[limit][0]
    is_tied = limit > 0 and ranked[limit - 1][0] == first_out
    whose = members[0].person.unit if quota.is_per_unit else "全機關"
    words = f"{whose} {limit} 人"
    changed = {}
    for place, (rank, verdict) in enumerate(ranked):
        if is_tied and rank == first_out:
            changed[verdict.person.employee_id] = _tied(verdict.commendation, quota, words)
        elif place >= limit:
            changed[verdict.person.employee_id] = _exhausted(verdict.commendation, quota, words)
    return changed


def _tied(own: CommendationVerdict, quota: Quota, words: str) -> CommendationVerdict:
    hindrance = Hindrance(HindranceCode.QUOTA_TIED, False, quota.clause, words=words)
    return _without_sure(own, BenefitState.REVIEW, hindrance)


def _exhausted(own: CommendationVerdict, quota: Quota, words: str) -> CommendationVerdict:
    """Nothing is left; more under review may still bring the person in."""
    is_open = own.state is BenefitState.REVIEW
    code = HindranceCode.QUOTA_EXHAUSTED
    hindrance = Hindrance(code, not is_open, quota.clause, words=words)
    if is_open:
        return _without_sure(own, BenefitState.REVIEW, hindrance)
    nothing = _without_sure(own, BenefitState.NONE, hindrance)
    return replace(nothing, possible_count=0, possible_awards=())


def _without_sure(
    own: CommendationVerdict, state: BenefitState, hindrance: Hindrance
) -> CommendationVerdict:
    return replace(
        own,
        state=state,
        count=0,
        award="",
        awards=(),
        hindrances=(*own.hindrances, hindrance),
    )


def _rank(plan: Plan, quota: Quota, verdict: PersonVerdict) -> tuple[object, ...]:
    """Who comes first: smaller is earlier."""
    keys: list[object] = []
    for order in quota.order:
        if order is QuotaOrder.HOURS:
            keys.append(-recognised_hours(plan, verdict))
        else:
            keys.append(verdict.commendation.completed_on or date.max)
    return tuple(keys)


def recognised_hours(plan: Plan, verdict: PersonVerdict) -> Decimal:
    """Hours of passing records in the sets that the commendation names, each course once."""
    if plan.commendation is None:
        return Decimal(0)
    names = {name for rule in plan.commendation.rules for name in rule.set_ids}
    sets = {s.id: s for s in plan.sets if s.id in names or s.group in names}
    hours: dict[str, Decimal] = {}
    for judged in verdict.commendation_sets:
        if judged.set_id not in sets:
            continue
        planned = _planned_hours(sets[judged.set_id])
        for record in judged.counted:
            if record.settled_for_commendation is Verdict.PASS:
                shown = planned.get(record.course, certified_hours(record))
                hours.setdefault(course_key(record.course), shown)
    return sum(hours.values(), Decimal(0))


def _planned_hours(course_set: CourseSet) -> dict[str, Decimal]:
    return {course.name: course.hours for course in course_set.courses}
