"""What must hold for every person, whatever the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.domain.agency import Closure
from desktop.domain.attendance import AttendanceEntry, AttendanceKind, Punch
from desktop.domain.calendar import CalendarYearMissingError
from desktop.domain.moments import Span, TimeBand
from desktop.domain.plan import Combination, OffDutyCheck
from desktop.domain.verdicts import (
    Decision,
    DecisionKind,
    PersonVerdict,
    SetState,
    Verdict,
)
from desktop.rules.duty import DutyTime, WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from tests.unit.rules import offices, worlds
from tests.unit.rules.oracle import World

_WEIGHT = {None: -1, Verdict.PASS: 0, Verdict.REVIEW: 1, Verdict.FAIL: 2}
_DAY_AND_HALF = st.integers(0, 36 * 3600)


def _at(second: int) -> datetime:
    return datetime(2025, 3, 12) + timedelta(seconds=second)


def _span(pair: tuple[int, int]) -> Span:
    return Span(_at(min(pair)), _at(max(pair)))


spans = st.tuples(_DAY_AND_HALF, _DAY_AND_HALF).map(_span)
short_spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(_span)


def _seconds(span: Span) -> set[datetime]:
    """Every second the span holds."""
    return {span.start + timedelta(seconds=n) for n in range(int(span.length.total_seconds()))}


# -------------------------------------------------------------------------------- spans


@given(short_spans, st.lists(short_spans, max_size=4))
@settings(max_examples=200)
def test_a_span_without_holes_is_what_no_hole_holds(span: Span, holes: list[Span]) -> None:
    pieces = span.without(holes)
    assert list(pieces) == sorted(pieces)
    held = [second for piece in pieces for second in _seconds(piece)]
    expected = _seconds(span) - {second for hole in holes for second in _seconds(hole)}
    assert len(held) == len(set(held))
    assert set(held) == expected


@given(short_spans, short_spans)
def test_spans_overlap_by_the_seconds_both_hold(one: Span, other: Span) -> None:
    shared = timedelta(seconds=len(_seconds(one) & _seconds(other)))
    assert one.overlap(other) == other.overlap(one) == shared


@given(spans, _DAY_AND_HALF)
def test_a_span_holds_a_start_by_its_second_and_an_end_by_the_second_before(
    span: Span, second: int
) -> None:
    moment = _at(second)
    inside = {span.start <= moment < span.end}
    assert {span.holds_start(moment)} == inside
    assert span.holds_end(moment + timedelta(seconds=1)) is span.holds_start(moment)


# ----------------------------------------------------------------------------- calendar


@pytest.mark.parametrize(("day", "year"), [(date(2012, 6, 1), 101), (date(2028, 1, 3), 117)])
def test_a_year_without_a_calendar_is_an_error_that_names_the_year(day: date, year: int) -> None:
    office_calendar = offices.every_year()
    for ask in (
        office_calendar.is_working_day,
        office_calendar.is_makeup_day,
        office_calendar.name_of,
        office_calendar.next_working_day,
    ):
        # A weekend day needs its year as well: a makeup day may stand there.
        if ask == office_calendar.is_makeup_day:
            day = day + timedelta(days=6 - day.isoweekday() % 7)
        with pytest.raises(CalendarYearMissingError, match=f"{year} 年") as caught:
            ask(day)
        assert caught.value.year == year + 1911


def test_a_record_inside_the_plan_without_its_calendar_is_an_error() -> None:
    case = _evening(date(2025, 3, 12))
    with pytest.raises(CalendarYearMissingError, match="114 年"):
        _evaluate(replace(case, calendar=offices.calendar(113)))


def test_a_record_that_is_late_anyway_needs_no_calendar() -> None:
    verdict = _evaluate(_evening(date(2029, 3, 12)))
    (record,) = [r for r in verdict.records if r.set_id == "beta"]
    assert [code.value for code in record.reasons] == ["after_deadline"]


def _evening(day: date) -> World:
    """A person with one clean record on the evening of ``day``."""
    world = _plain_world()
    row = replace(
        world.rows[0],
        start=datetime.combine(day, time(20)),
        end=datetime.combine(day, time(21)),
    )
    return replace(world, rows=[row])


def _plain_world() -> World:
    plan_of_world = _PLAIN_PLAN
    row = worlds.LearningRow(
        place=worlds.SourcePlace("d" * 64, "w.xlsx", page=1, row=1),
        kind=worlds.EvidenceKind.EPLUS_RECORD,
        course_name="臺灣濕地之美",
        certified_hours=Decimal(1),
        pass_status="已通過",
    )
    person = worlds.Person(
        worlds.WHO,
        "王小明",
        "秘書室",
        rank="薦任第7職等",
        category="編制內公務人員",
        pattern_code="A",
    )
    return World(
        plan=plan_of_world,
        person=person,
        calendar=offices.calendar(113, 114),
        agency=offices.agency(),
        shifts=(),
        punches=(),
        attendance=(),
        receipts=(),
        rows=[row],
        names=worlds.NAMES,
        is_eligible=True,
    )


def _evaluate(world: World) -> PersonVerdict:
    return worlds.evaluate(world)


_PLAIN_PLAN = worlds.plain_plan()


# --------------------------------------------------------------------------------- duty


def _duty(world: World) -> DutyTime:
    return WorkingTimes(
        world.calendar,
        world.agency,
        {worlds.WHO: tuple(world.shifts)},
        {worlds.WHO: tuple(world.punches)},
    ).of(world.person)


@given(worlds.worlds(), st.data())
@settings(max_examples=40)
def test_a_closure_never_adds_duty(world: World, data: st.DataObject) -> None:
    first = data.draw(st.sampled_from(worlds.WINDOWS))
    days = [first + timedelta(days=n) for n in range(5)]
    closure = Closure(
        data.draw(st.sampled_from(days)),
        data.draw(
            st.sampled_from([TimeBand(0, 86400), TimeBand(0, 36000), TimeBand(36000, 86400)])
        ),
    )
    closed = replace(
        world, agency=replace(world.agency, closures=(*world.agency.closures, closure))
    )
    before, after = _duty(world), _duty(closed)
    for moment in data.draw(st.lists(worlds.moments(days, []), min_size=5, max_size=20)):
        if after.start_in_duty(moment):
            assert before.start_in_duty(moment)
        if after.start_uncertain(moment):
            assert before.start_uncertain(moment)
        if after.end_in_duty(moment):
            assert before.end_in_duty(moment)
        shift_before = before.start_in_duty(moment)
        if shift_before and shift_before.source.value == "shift":
            assert after.start_in_duty(moment) == shift_before


@given(worlds.worlds(), st.data())
@settings(max_examples=40)
def test_punches_decide_inside_the_bands_only(world: World, data: st.DataObject) -> None:
    first = data.draw(st.sampled_from(worlds.WINDOWS))
    day = first + timedelta(days=data.draw(st.integers(0, 4)))
    punched_in = data.draw(st.integers(5 * 60, 14 * 60))
    punched_out = data.draw(st.integers(punched_in + 1, 23 * 60))
    midnight = datetime.combine(day, time())
    punch = Punch(
        worlds.WHO,
        day,
        midnight + timedelta(minutes=punched_in),
        midnight + timedelta(minutes=punched_out),
    )
    silent = _duty(replace(world, punches=()))
    told = _duty(replace(world, punches=(punch,)))
    pattern = told.on(day).pattern
    for moment in data.draw(st.lists(worlds.moments([day], []), min_size=5, max_size=20)):
        second = (moment - midnight).total_seconds()
        bands = [] if pattern is None else [pattern.arrival, pattern.departure]
        in_band = any(b is not None and b.start_second <= second < b.end_second for b in bands)
        seen = (bool(silent.start_in_duty(moment)), bool(silent.start_uncertain(moment)))
        heard = (bool(told.start_in_duty(moment)), bool(told.start_uncertain(moment)))
        if not in_band:
            assert heard == seen
        elif pattern is not None and pattern.is_flexible and moment.date() == day:
            assert not heard[1]


@given(worlds.worlds())
@settings(max_examples=40)
def test_nobody_is_on_duty_without_pay(world: World) -> None:
    spell = worlds.LeaveWithoutPay(date(2024, 1, 1), None)
    away = _duty(replace(world, person=replace(world.person, leave_without_pay=(spell,))))
    for first in worlds.WINDOWS:
        span = Span(
            datetime.combine(first, time()), datetime.combine(first + timedelta(days=5), time())
        )
        assert away.off_duty_within(span) == span.length


# ----------------------------------------------------------------------------- verdicts


@given(worlds.worlds(), st.data())
@settings(max_examples=40)
def test_more_overtime_never_betters_a_record(world: World, data: st.DataObject) -> None:
    first = data.draw(st.sampled_from(worlds.WINDOWS))
    days = [first + timedelta(days=n) for n in range(5)]
    near = [m for row in world.rows for m in (row.start, row.end) if m is not None]
    entry = AttendanceEntry(
        worlds.WHO,
        data.draw(st.sampled_from([k for k in AttendanceKind if k.is_work])),
        "加班",
        data.draw(worlds.spans(days, near, hours=12)),
    )
    before = {r.key: r.verdict for r in _evaluate(world).records}
    worse = _evaluate(replace(world, attendance=(*world.attendance, entry)))
    for record in worse.records:
        assert _WEIGHT[record.verdict] >= _WEIGHT[before[record.key]]


@given(worlds.worlds(), st.data())
@settings(max_examples=40)
def test_the_order_of_rows_changes_no_verdict(world: World, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(list(world.rows)))
    entries = data.draw(st.permutations(list(world.attendance)))
    one = _evaluate(world)
    other = _evaluate(replace(world, rows=shuffled, attendance=entries))
    told: Callable[[PersonVerdict], list[object]] = lambda v: [  # noqa: E731  # used twice, here
        (r.key, r.course, r.set_id, r.verdict, r.reasons, r.commendation_verdict) for r in v.records
    ]
    assert told(one) == told(other)
    assert one.leave == other.leave
    assert one.commendation == other.commendation
    assert [(s.set_id, s.state, s.completed_on) for s in one.sets] == [
        (s.set_id, s.state, s.completed_on) for s in other.sets
    ]


@given(worlds.worlds())
@settings(max_examples=40)
def test_the_same_facts_give_the_same_keys_and_fingerprints(world: World) -> None:
    elsewhere = [
        replace(row, place=replace(row.place, digest="f" * 64, file_name="again.pdf", page=9))
        for row in world.rows
    ]
    one, other = _evaluate(world), _evaluate(replace(world, rows=elsewhere))
    assert [(r.key, r.fingerprint) for r in one.records] == [
        (r.key, r.fingerprint) for r in other.records
    ]
    keys = [r.key for r in one.records]
    assert len(keys) == len(set(keys))


@given(worlds.worlds(), st.data())
@settings(max_examples=25)
def test_a_review_settled_as_a_pass_never_lowers_anything(
    world: World, data: st.DataObject
) -> None:
    before = _evaluate(world)
    open_records = [
        r
        for r in before.records
        if Verdict.REVIEW in (r.verdict, r.commendation_verdict) and r.verdict is not Verdict.FAIL
    ]
    assume(open_records)
    accepted = data.draw(st.lists(st.sampled_from(open_records), min_size=1, unique_by=id))
    after = _evaluate_with(world, {r.key: _accept(r.key, r.fingerprint) for r in accepted})
    assert after.leave.hours >= before.leave.hours
    assert after.commendation.count >= before.commendation.count
    assert after.commendation.possible_count >= before.commendation.possible_count
    if world.plan.compensatory_leave.combination is Combination.SUM:
        assert after.leave.possible_hours >= before.leave.possible_hours
    rank = {SetState.INCOMPLETE: 0, SetState.REVIEW: 1, SetState.PASS: 2}
    for was, now in zip(before.sets, after.sets, strict=True):
        assert rank[now.state] >= rank[was.state]
    for record in after.records:
        assert record.verdict == next(r.verdict for r in before.records if r.key == record.key)


@given(worlds.worlds())
@settings(max_examples=40)
def test_every_review_settled_as_a_pass_gives_what_was_possible(world: World) -> None:
    world = replace(
        world, is_eligible=True, person=replace(world.person, category="編制內公務人員")
    )
    before = _evaluate(world)
    accepted = [r for r in before.records if r.verdict is Verdict.REVIEW]
    after = _evaluate_with(world, {r.key: _accept(r.key, r.fingerprint) for r in accepted})
    assert after.leave.hours == after.leave.possible_hours == before.leave.possible_hours


def _accept(key: str, fingerprint: str) -> Decision:
    return Decision(
        key, key, DecisionKind.ACCEPT, "查證屬實", "林人事", datetime(2026, 1, 2), fingerprint
    )


def _evaluate_with(world: World, decisions: dict[str, Decision]) -> PersonVerdict:
    times = WorkingTimes(
        world.calendar,
        world.agency,
        {worlds.WHO: tuple(world.shifts)},
        {worlds.WHO: tuple(world.punches)},
    )
    return Evaluator(world.plan, times).evaluate(
        PersonFacts(
            world.person,
            tuple(world.rows),
            tuple(world.attendance),
            tuple(world.receipts),
            decisions,
        )
    )


@given(worlds.worlds(check=OffDutyCheck.START_AND_END))
@settings(max_examples=40)
def test_every_row_is_listed_or_is_a_copy_of_one_that_is(world: World) -> None:
    verdict = _evaluate(world)
    shown = {r.row.place.row for r in verdict.records}
    shown |= {copy.place.row for r in verdict.records for copy in r.copies}
    assert shown == {row.place.row for row in world.rows}
