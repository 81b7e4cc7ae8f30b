"""Entitlements, unit awards and the wider conditions in ``verdicts.json``.

Keys that only plans with such benefits have; the entries of other plans stay as they are:

* person ``benefits``: a list, one entry an entitlement of the plan in its order: ``id``, ``kind``
  (official_leave, draw, voucher, cash), ``verdict`` (granted, review, none), ``amount``,
  ``possible_amount`` (hours, entries, dollars), ``completed_on``, ``hindrances``.
* person ``unit_awards``: what the person adds to each unit award: ``award``, ``completed`` (pass,
  review, incomplete).
* ``compensatory_leave.hindrances`` and ``commendation.hindrances``: where the benefit asks for more
  than a receipt (report, post, frequency, quota). A hindrance: ``code``, ``certain``, ``clause``,
  ``message``.
* ``commendation.awards`` and ``possible_awards``: where the plan gives more than 嘉獎; a list of
  ``award`` and ``count``, the highest first.
* set ``minimums``: where the set has any: ``needed``, ``sure``, ``possible``.
* document ``units``: where the plan has unit awards: ``award``, ``unit`` (empty: the whole
  organisation), ``headcount``, ``completed``, ``possible``, ``verdict``, ``band`` and
  ``possible_band`` (their clauses, null without one), ``amount``, ``recipients`` (``role``,
  ``people``, ``award``, ``count``), ``lacking`` (employee ids).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from desktop.domain.conditions import BenefitConditions
from desktop.domain.entitlements import UnitBand
from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    Award,
    Hindrance,
    PersonVerdict,
    SetVerdict,
    UnitStanding,
)
from desktop.services.benefit_words import clause_words, has_several_awards, hindrance_words


def person_benefits(plan: Plan, verdict: PersonVerdict) -> dict[str, Any]:
    """``benefits`` and ``unit_awards`` of a person; nothing for a plan without such."""
    more: dict[str, Any] = {}
    if plan.entitlements:
        more["benefits"] = _benefits(plan, verdict)
    if plan.unit_awards:
        more["unit_awards"] = [
            {"award": award_id, "completed": state.value}
            for award_id, state in verdict.unit_completions.items()
        ]
    return more


def _benefits(plan: Plan, verdict: PersonVerdict) -> list[dict[str, Any]]:
    kinds = {entitlement.id: entitlement.kind for entitlement in plan.entitlements}
    return [
        {
            "id": found.entitlement_id,
            "kind": kinds[found.entitlement_id].value,
            "verdict": found.state.value,
            "amount": found.amount,
            "possible_amount": found.possible_amount,
            "completed_on": found.completed_on.isoformat() if found.completed_on else None,
            "hindrances": _hindrances(found.hindrances),
        }
        for found in verdict.entitlements
    ]


def leave_additions(plan: Plan, verdict: PersonVerdict) -> dict[str, Any]:
    """What ``compensatory_leave`` holds beside the usual."""
    leave = plan.compensatory_leave
    if leave is None or not _asks_for_more(leave.conditions):
        return {}
    return {"hindrances": _hindrances(verdict.leave.hindrances)}


def commendation_additions(plan: Plan, verdict: PersonVerdict) -> dict[str, Any]:
    """What ``commendation`` holds beside the usual."""
    commendation, found = plan.commendation, verdict.commendation
    if commendation is None:
        return {}
    more: dict[str, Any] = {}
    if has_several_awards(plan):
        more["awards"] = _awards(found.awards)
        more["possible_awards"] = _awards(found.possible_awards)
    if commendation.quota is not None or _asks_for_more(commendation.conditions):
        more["hindrances"] = _hindrances(found.hindrances)
    return more


def set_additions(verdict: SetVerdict) -> dict[str, Any]:
    """``minimums`` of a set; nothing for a set without any."""
    if not verdict.minimums:
        return {}
    return {
        "minimums": [
            {
                "needed": plain_number(standing.needed),
                "sure": plain_number(standing.sure),
                "possible": plain_number(standing.possible),
            }
            for standing in verdict.minimums
        ]
    }


def units(plan: Plan, standings: Sequence[UnitStanding]) -> dict[str, Any]:
    """``units`` of the document; nothing for a plan without unit awards."""
    if not plan.unit_awards:
        return {}
    return {"units": [_unit(standing) for standing in standings]}


def plain_number(value: Decimal) -> int | float:
    """Whole numbers without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


def _unit(standing: UnitStanding) -> dict[str, Any]:
    band = standing.band
    return {
        "award": standing.award_id,
        "unit": standing.unit,
        "headcount": standing.headcount,
        "completed": standing.completed,
        "possible": standing.possible,
        "verdict": standing.state.value,
        "band": _clause(band),
        "possible_band": _clause(standing.possible_band),
        "amount": band.amount if band is not None else None,
        "recipients": [
            {"role": r.role, "people": r.people, "award": r.award, "count": r.count}
            for r in (band.recipients if band is not None else ())
        ],
        "lacking": sorted(standing.lacking),
    }


def _clause(band: UnitBand | None) -> str | None:
    return band.clause.point if band is not None else None


def _asks_for_more(conditions: BenefitConditions) -> bool:
    """Whether something beside a receipt in time is asked; such a refusal needs its reason."""
    return (
        conditions.report_by is not None
        or conditions.in_post_on is not None
        or conditions.asks_for_history
    )


def _awards(awards: Sequence[Award]) -> list[dict[str, Any]]:
    return [{"award": award.name, "count": award.count} for award in awards]


def _hindrances(found: Sequence[Hindrance]) -> list[dict[str, Any]]:
    return [
        {
            "code": hindrance.code.value,
            "certain": hindrance.is_certain,
            "clause": clause_words(hindrance) or None,
            "message": hindrance_words(hindrance),
        }
        for hindrance in found
    ]
