"""The choices of a plan that an unclear clause may leave open: their values, and among what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.domain.conditions import BenefitConditions, Frequency
from desktop.domain.entitlements import Combination, Entitlement, OffDutyCheck
from desktop.domain.findings import USUAL_SEVERITY, ReasonCode, Severity
from desktop.domain.plan import Commendation, CompensatoryLeave, Plan, SharedCourses

TRUTHS = ("true", "false")
_PLACES = ("unit", "organisation")
_STARTS = ("next_day", "same_day")
SEVERITY_WORDS = {
    Severity.FAIL: "fail",
    Severity.REVIEW: "review",
    Severity.INFO: "info",
}
# Only what is not a fail by the rules themselves may be set otherwise (rules.md section 3).
ADJUSTABLE = frozenset(
    code for code, severity in USUAL_SEVERITY.items() if severity is not Severity.FAIL
)


@dataclass(frozen=True, slots=True)
class Switch:
    """One choice of a plan.

    Attributes:
        value: The value in force, as a plan file writes it.
        among: Every value it may have.
    """

    value: str
    among: tuple[str, ...]


def plan_switches(plan: Plan) -> Mapping[str, Switch]:
    """Every choice of the plan by its dotted key (``compensatory_leave.combination``)."""
    return dict(_switches(plan))


def _switches(plan: Plan) -> Iterator[tuple[str, Switch]]:
    yield "shared_courses", _of(plan.shared_courses, SharedCourses)
    for code in ReasonCode:
        if code in ADJUSTABLE:
            severity = plan.severities.get(code, USUAL_SEVERITY[code])
            among = tuple(SEVERITY_WORDS.values())
            yield f"severity.{code.value}", Switch(SEVERITY_WORDS[severity], among)
    leave, commendation = plan.compensatory_leave, plan.commendation
    if leave is not None:
        yield from _benefit("compensatory_leave", leave, leave.conditions)
        if leave.validity is not None and leave.validity.months is not None:
            start = _STARTS[leave.validity.begins_on_the_day]
            yield "compensatory_leave.validity.starts", Switch(start, _STARTS)
    if commendation is not None:
        yield from _benefit("commendation", commendation, commendation.conditions)
        if commendation.quota is not None:
            place = _PLACES[not commendation.quota.is_per_unit]
            yield "commendation.quota.per", Switch(place, _PLACES)
    for entitlement in plan.entitlements:
        yield from _benefit(f"entitlement.{entitlement.id}", entitlement, entitlement.conditions)
    for award in plan.unit_awards:
        table = f"unit_award.{award.id}"
        yield f"{table}.off_duty_check", _of(award.off_duty_check, OffDutyCheck)
        yield f"{table}.counts_leave_without_pay", _truth(award.counts_leave_without_pay)
        yield f"{table}.per", Switch(_PLACES[not award.is_per_unit], _PLACES)


def _benefit(
    table: str,
    benefit: CompensatoryLeave | Commendation | Entitlement,
    conditions: BenefitConditions,
) -> Iterator[tuple[str, Switch]]:
    yield f"{table}.combination", _of(benefit.combination, Combination)
    yield f"{table}.off_duty_check", _of(benefit.off_duty_check, OffDutyCheck)
    yield f"{table}.counts_leave_without_pay", _truth(benefit.counts_leave_without_pay)
    yield f"{table}.frequency", _of(conditions.frequency, Frequency)
    yield f"{table}.not_after_higher", _truth(conditions.is_refused_after_higher)


def _of(value: Enum, among: Iterable[Enum]) -> Switch:
    return Switch(str(value.value), tuple(str(each.value) for each in among))


def _truth(value: bool) -> Switch:
    return Switch("true" if value else "false", TRUTHS)
