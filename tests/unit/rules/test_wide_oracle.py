"""The wider vocabulary beside a second reading of it, on random plans and people."""

from __future__ import annotations

from hypothesis import given, settings

from tests.unit.rules import wide_oracle, wide_worlds
from tests.unit.rules.wide_oracle import POSSIBLE, SURE, Bench
from tests.unit.rules.wide_worlds import WideWorld


@given(wide_worlds.worlds())
@settings(max_examples=150)
def test_sets_and_minimums_are_what_a_second_reading_finds(world: WideWorld) -> None:
    verdict = wide_worlds.evaluate(world)
    for last_day, sets in (
        (wide_worlds.LEAVE_DEADLINE, verdict.sets),
        (wide_worlds.COMMENDATION_DEADLINE, verdict.commendation_sets),
    ):
        bench = Bench(world.plan, world.rows, last_day)
        found = {s.set_id: (s.state.value, s.completed_on) for s in sets}
        assert found == bench.states
        for judged in sets:
            course_set = world.plan.course_set(judged.set_id)
            told = [
                wide_oracle.minimum_of(minimum, bench.found[judged.set_id])[:2]
                for minimum in course_set.minimums
            ]
            assert [(m.sure, m.possible) for m in judged.minimums] == told


@given(wide_worlds.worlds())
@settings(max_examples=150)
def test_benefits_are_what_a_second_reading_finds(world: WideWorld) -> None:
    verdict, plan = wide_worlds.evaluate(world), world.plan
    may, is_sure = world.is_eligible is not False, world.is_eligible is True
    leave = Bench(plan, world.rows, wide_worlds.LEAVE_DEADLINE)
    sure = wide_oracle.leave_of(plan, leave, SURE)
    possible = max(sure, wide_oracle.leave_of(plan, leave, POSSIBLE))
    assert (verdict.leave.hours, verdict.leave.possible_hours) == (
        sure if is_sure else 0,
        possible if may else 0,
    )
    praised = Bench(plan, world.rows, wide_worlds.COMMENDATION_DEADLINE)
    awards = wide_oracle.awards_of(plan, praised, SURE) if is_sure else {}
    assert {a.name: a.count for a in verdict.commendation.awards} == awards
    more = wide_oracle.awards_of(plan, praised, POSSIBLE) if may else {}
    state = "granted" if awards else "none"
    if wide_oracle.weight(more) > wide_oracle.weight(awards):
        state = "review"
    assert verdict.commendation.state.value == state
    year = Bench(plan, world.rows, wide_worlds.DRAW_DEADLINE)
    (given_draws,) = verdict.entitlements
    sure = wide_oracle.draws_of(plan, year, SURE)
    possible = max(sure, wide_oracle.draws_of(plan, year, POSSIBLE))
    assert (given_draws.amount, given_draws.possible_amount) == (
        sure if is_sure else 0,
        possible if may else 0,
    )
    unit = Bench(plan, world.rows, wide_worlds.UNIT_DEADLINE)
    adds = wide_oracle.adds(plan, unit, world.is_eligible)
    assert verdict.unit_completions["unit"].value == adds
