"""Awards for a unit: what each person adds, and how each unit stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from desktop.domain.entitlements import UnitAward, UnitBand, UnitMeasure
from desktop.domain.text import matching_key
from desktop.domain.verdicts import BenefitState, PersonVerdict, SetState, UnitStanding
from desktop.rules.hindrances import is_in_post
from desktop.rules.thresholds import Bench, measure

_HUNDRED = Decimal(100)


def completion(award: UnitAward, bench: Bench, *, is_eligible: bool | None) -> SetState:
    """What one person adds to a unit award.

    Args:
        award: The plan's.
        bench: The person's sets, judged by the award's own checks; its last day is the deadline.
        is_eligible: Somebody of unknown category may have completed, for certain nobody.
    """
    if is_eligible is False:
        return SetState.INCOMPLETE
    if measure(bench, award.set_ids, award.threshold, is_sure=True) is not None:
        return SetState.PASS if is_eligible else SetState.REVIEW
    if measure(bench, award.set_ids, award.threshold, is_sure=False) is not None:
        return SetState.REVIEW
    return SetState.INCOMPLETE


def measure_units(
    award: UnitAward, verdicts: Iterable[PersonVerdict], *, as_of: date
) -> tuple[UnitStanding, ...]:
    """Every unit with anybody to count under one award, in roster order.

    Args:
        award: The plan's.
        verdicts: Everybody on the roster.
        as_of: The day the headcount is taken, unless the award names one.
    """
    day = award.headcount_on or as_of
    units: dict[str, list[PersonVerdict]] = {}
    for verdict in verdicts:
        if verdict.is_eligible is not False and is_in_post(verdict.person, day):
            unit = matching_key(verdict.person.unit) if award.is_per_unit else ""
            units.setdefault(unit, []).append(verdict)
    return tuple(_standing(award, members) for members in units.values())


def _standing(award: UnitAward, members: Sequence[PersonVerdict]) -> UnitStanding:
    states = [verdict.unit_completions[award.id] for verdict in members]
    completed = states.count(SetState.PASS)
    possible = completed + states.count(SetState.REVIEW)
    band = _band(award, len(members), completed)
    possible_band = _band(award, len(members), possible)
    if _place(award, possible_band) < _place(award, band):
        state = BenefitState.REVIEW
    else:
        state = BenefitState.NONE if band is None else BenefitState.GRANTED
        possible_band = band
    return UnitStanding(
        award_id=award.id,
        unit=members[0].person.unit if award.is_per_unit else "",
        headcount=len(members),
        completed=completed,
        possible=possible,
        state=state,
        band=band,
        possible_band=possible_band,
        lacking=tuple(
            verdict.person.employee_id
            for verdict, state in zip(members, states, strict=True)
            if state is SetState.INCOMPLETE
        ),
    )


def _band(award: UnitAward, headcount: int, completed: int) -> UnitBand | None:
    """The first band of the plan's order that fits."""
    for band in award.bands:
        if band.headcount_from is not None and headcount < band.headcount_from:
            continue
        if band.headcount_to is not None and headcount > band.headcount_to:
            continue
        if _is_reached(award, band, headcount, completed):
            return band
    return None


def _is_reached(award: UnitAward, band: UnitBand, headcount: int, completed: int) -> bool:
    if award.measure is UnitMeasure.EVERYBODY and completed < headcount:
        return False
    least = band.at_least_percent
    if least is not None and completed * _HUNDRED < least * headcount:
        return False
    return completed > 0 and completed >= (band.at_least_people or 0)


def _place(award: UnitAward, band: UnitBand | None) -> int:
    return len(award.bands) if band is None else award.bands.index(band)
