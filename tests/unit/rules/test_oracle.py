"""The engine beside a second reading of the rules, on random people near the edges."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.plan import OffDutyCheck
from desktop.rules.duty import WorkingTimes
from tests.unit.rules import oracle, worlds
from tests.unit.rules.oracle import World


def _records_of_the_engine(world: World) -> Counter[object]:
    return Counter(
        (
            record.row.place.row,
            record.course,
            record.set_id,
            record.verdict.value if record.verdict else None,
            frozenset(code.value for code in record.reasons),
            record.commendation_verdict.value if record.commendation_verdict else None,
            frozenset(finding.code.value for finding in record.commendation_findings),
        )
        for record in worlds.evaluate(world).records
    )


def _records_of_the_oracle(world: World) -> Counter[object]:
    return Counter(
        (
            judged.row.place.row,
            judged.course,
            judged.set_id,
            judged.verdict,
            judged.reasons,
            judged.commendation_verdict,
            judged.commendation_reasons,
        )
        for judged in oracle.judge(world)
    )


@pytest.mark.parametrize("check", list(OffDutyCheck))
@given(data=st.data())
@settings(max_examples=80)
def test_every_code_and_verdict_is_what_a_second_reading_finds(
    check: OffDutyCheck, data: st.DataObject
) -> None:
    world = data.draw(worlds.worlds(check=check))
    assert _records_of_the_engine(world) == _records_of_the_oracle(world)


@given(worlds.worlds(check=OffDutyCheck.START_AND_END), st.sampled_from([0, 1]))
@settings(max_examples=60)
def test_reading_to_the_second_is_what_a_second_reading_finds(world: World, more: int) -> None:
    tight = [
        replace(
            row,
            reading_time=oracle.free_seconds(world, row.start, row.end) + timedelta(seconds=more),
        )
        if row.start is not None and row.end is not None and row.start < row.end
        else row
        for row in world.rows
    ]
    world = replace(world, rows=tight)
    assert _records_of_the_engine(world) == _records_of_the_oracle(world)


@given(worlds.worlds())
@settings(max_examples=80)
def test_sets_and_benefits_are_what_a_second_reading_finds(world: World) -> None:
    verdict = worlds.evaluate(world)
    judged = oracle.judge(world)
    for praised, sets in ((False, verdict.sets), (True, verdict.commendation_sets)):
        expected = oracle.set_states(world, judged, praised=praised)
        assert {s.set_id: s.state.value for s in sets} == {
            set_id: state for set_id, (state, _) in expected.items()
        }
    leave, award = verdict.leave, verdict.commendation
    assert (
        leave.state.value,
        leave.hours,
        leave.possible_hours,
        [(grant.set_id, grant.hours, grant.expires) for grant in leave.grants],
    ) == oracle.leave_of(world, judged)
    assert (award.state.value, award.count, award.possible_count) == oracle.award_of(world, judged)


@given(worlds.worlds(), st.data())
@settings(max_examples=80)
def test_duty_at_any_second_is_what_a_second_reading_finds(
    world: World, data: st.DataObject
) -> None:
    duty = WorkingTimes(
        world.calendar,
        world.agency,
        {worlds.WHO: tuple(world.shifts)},
        {worlds.WHO: tuple(world.punches)},
    ).of(world.person)
    first = data.draw(st.sampled_from(worlds.WINDOWS))
    days = [first + timedelta(days=n) for n in range(5)]
    near = [m for shift in world.shifts for m in (shift.span.start, shift.span.end)]
    for moment in data.draw(st.lists(worlds.moments(days, near), min_size=5, max_size=20)):
        before = moment - timedelta(seconds=1)
        for found, unsure, second in (
            (duty.start_in_duty(moment), duty.start_uncertain(moment), moment),
            (duty.end_in_duty(moment), duty.end_uncertain(moment), before),
        ):
            seen = "certain" if found else "uncertain" if unsure else "free"
            assert (second, seen) == (second, oracle.duty(world, second))


@given(worlds.worlds(), st.data())
@settings(max_examples=60)
def test_the_off_duty_time_of_a_short_span_is_counted_second_by_second(
    world: World, data: st.DataObject
) -> None:
    duty = WorkingTimes(
        world.calendar,
        world.agency,
        {worlds.WHO: tuple(world.shifts)},
        {worlds.WHO: tuple(world.punches)},
    ).of(world.person)
    first = data.draw(st.sampled_from(worlds.WINDOWS))
    start: datetime = data.draw(worlds.moments([first + timedelta(days=n) for n in range(5)], []))
    length = data.draw(st.integers(0, 400))
    free = sum(oracle.duty(world, start + timedelta(seconds=n)) != "certain" for n in range(length))
    span = worlds.Span(start, start + timedelta(seconds=length))
    assert duty.off_duty_within(span) == timedelta(seconds=free)
