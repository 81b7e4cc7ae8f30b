"""What must hold for every plan of the wider vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    BenefitState,
    Decision,
    DecisionKind,
    PersonVerdict,
    SetState,
    Verdict,
)
from desktop.rules.award_weights import weight_of
from desktop.rules.evaluation import judge_together
from desktop.rules.hindrances import is_in_post
from desktop.rules.quotas import limit_of
from tests.unit.rules import wide_worlds
from tests.unit.rules.wide_worlds import WideWorld

_RANK = {SetState.INCOMPLETE: 0, SetState.REVIEW: 1, SetState.PASS: 2}
TODAY = date(2025, 12, 1)


def _amounts(verdict: PersonVerdict) -> Iterator[tuple[str, Decimal | int]]:
    """Everything that may only grow with more passing records."""
    yield "leave", verdict.leave.hours
    yield "leave?", verdict.leave.possible_hours
    yield "award", weight_of(verdict.commendation.awards)
    yield "award?", weight_of(verdict.commendation.possible_awards)
    for given_amount in verdict.entitlements:
        yield given_amount.entitlement_id, given_amount.amount
        yield f"{given_amount.entitlement_id}?", given_amount.possible_amount
    for name, sets in (("sets", verdict.sets), ("praised", verdict.commendation_sets)):
        for judged in sets:
            yield f"{name} {judged.set_id}", _RANK[judged.state]
            for number, minimum in enumerate(judged.minimums):
                yield f"{name} {judged.set_id} {number}", minimum.sure
                yield f"{name} {judged.set_id} {number}?", minimum.possible
    for award_id, state in verdict.unit_completions.items():
        yield award_id, _RANK[state]


@given(wide_worlds.worlds(is_consistent=True), st.data())
@settings(max_examples=60)
def test_one_more_passing_record_lowers_nothing(world: WideWorld, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*wide_worlds.LISTED, *wide_worlds.FREE]))
    more = wide_worlds.clean_row(name, data.draw(st.sampled_from(wide_worlds.DAYS)), number=99)
    before = dict(_amounts(wide_worlds.evaluate(world)))
    after = dict(_amounts(wide_worlds.evaluate(wide_worlds.with_rows(world, [*world.rows, more]))))
    assert {key: after[key] for key in before if after[key] < before[key]} == {}


@given(wide_worlds.worlds())
@settings(max_examples=60)
def test_what_is_sure_is_possible(world: WideWorld) -> None:
    verdict = wide_worlds.evaluate(world)
    leave, award = verdict.leave, verdict.commendation
    assert leave.hours <= leave.possible_hours
    assert award.count <= award.possible_count
    assert weight_of(award.awards) <= weight_of(award.possible_awards)
    assert (award.state is BenefitState.REVIEW) == (
        weight_of(award.awards) < weight_of(award.possible_awards)
    )
    for given_amount in verdict.entitlements:
        assert given_amount.amount <= given_amount.possible_amount
        assert (given_amount.completed_on is not None) == (given_amount.amount > 0)
    for judged in (*verdict.sets, *verdict.commendation_sets):
        for minimum in judged.minimums:
            assert minimum.sure <= minimum.possible
        assert (judged.completed_on is not None) == (judged.state is SetState.PASS)


@given(wide_worlds.worlds(), st.data())
@settings(max_examples=60)
def test_the_order_of_rows_changes_nothing(world: WideWorld, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(list(world.rows)))
    one = wide_worlds.evaluate(world)
    other = wide_worlds.evaluate(wide_worlds.with_rows(world, shuffled))
    assert dict(_amounts(one)) == dict(_amounts(other))
    assert (one.leave, one.commendation, one.entitlements) == (
        other.leave,
        other.commendation,
        other.entitlements,
    )
    assert [s.completed_on for s in one.sets] == [s.completed_on for s in other.sets]
    assert sorted(r.key for r in one.records) == sorted(r.key for r in other.records)


@given(wide_worlds.worlds())
@settings(max_examples=60)
def test_every_row_is_listed_or_is_a_copy_of_one_that_is(world: WideWorld) -> None:
    verdict = wide_worlds.evaluate(world)
    shown = {r.row.place.row for r in verdict.records}
    shown |= {copy.place.row for r in verdict.records for copy in r.copies}
    assert shown == {row.place.row for row in world.rows}
    keys = [r.key for r in verdict.records]
    assert len(keys) == len(set(keys))


@given(wide_worlds.worlds(is_consistent=True))
@settings(max_examples=60)
def test_reviews_accepted_lower_nothing_that_is_sure(world: WideWorld) -> None:
    before = wide_worlds.evaluate(world)
    accepted = {
        r.key: Decision(
            r.key, r.key, DecisionKind.ACCEPT, "查證", "林人事", datetime(2026, 1, 2), r.fingerprint
        )
        for r in before.records
        if r.verdict is Verdict.REVIEW
    }
    after = dict(_amounts(wide_worlds.evaluate(world, accepted)))
    sure = {key: value for key, value in _amounts(before) if not key.endswith("?")}
    assert {key: after[key] for key in sure if after[key] < sure[key]} == {}


@given(wide_worlds.crowds())
@settings(max_examples=60)
def test_a_quota_never_gives_more_than_its_limit_and_never_adds(
    crowd: tuple[Plan, list[PersonVerdict]],
) -> None:
    plan, verdicts = crowd
    together = judge_together(plan, verdicts, as_of=TODAY)
    quota = plan.commendation.quota
    for unit in {v.person.unit for v in verdicts} if quota.is_per_unit else {""}:
        members = [v for v in together.verdicts if not unit or v.person.unit == unit]
        headcount = sum(v.is_eligible is True and is_in_post(v.person, TODAY) for v in members)
        assert sum(v.commendation.count > 0 for v in members) <= limit_of(quota, headcount)
    for before, after in zip(verdicts, together.verdicts, strict=True):
        assert after.person == before.person
        assert after.leave == before.leave
        assert after.commendation.count in (0, before.commendation.count)
        assert after.commendation.possible_count <= before.commendation.possible_count
        if after.commendation != before.commendation:
            assert after.commendation.hindrances[-1].code.value.startswith("quota_")


@given(wide_worlds.crowds(), st.data())
@settings(max_examples=60)
def test_the_order_of_people_changes_no_award(
    crowd: tuple[Plan, list[PersonVerdict]], data: st.DataObject
) -> None:
    plan, verdicts = crowd
    shuffled = data.draw(st.permutations(verdicts))
    one = judge_together(plan, verdicts, as_of=TODAY)
    other = judge_together(plan, shuffled, as_of=TODAY)
    assert {v.person.employee_id: v.commendation for v in one.verdicts} == {
        v.person.employee_id: v.commendation for v in other.verdicts
    }
    told = [
        {u.unit: (u.headcount, u.completed, u.possible, u.state, u.band) for u in each.units}
        for each in (one, other)
    ]
    assert told[0] == told[1]


@given(wide_worlds.crowds())
@settings(max_examples=60)
def test_units_count_everybody_once(crowd: tuple[Plan, list[PersonVerdict]]) -> None:
    plan, verdicts = crowd
    units = judge_together(plan, verdicts, as_of=TODAY).units
    may = [v for v in verdicts if v.is_eligible is not False and is_in_post(v.person, TODAY)]
    assert sum(unit.headcount for unit in units) == len(may)
    for unit in units:
        assert unit.completed <= unit.possible <= unit.headcount
        assert unit.possible + len(unit.lacking) == unit.headcount
        places = [
            len(unit_award_bands(plan)) if band is None else unit_award_bands(plan).index(band)
            for band in (unit.possible_band, unit.band)
        ]
        assert places[0] <= places[1]
        assert (unit.state is BenefitState.REVIEW) == (places[0] < places[1])


def unit_award_bands(plan: Plan) -> list[object]:
    (award,) = plan.unit_awards
    return list(award.bands)
