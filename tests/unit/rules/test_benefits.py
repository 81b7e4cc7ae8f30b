"""Benefits from sets, where no shipped plan goes: the best rule alone, awards that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.people import Person
from desktop.domain.plan import Combination, Plan
from desktop.domain.verdicts import SetState, SetVerdict
from desktop.rules.audience import own_sets
from desktop.rules.commendation import judge_commendation
from desktop.rules.hindrances import Claimant
from desktop.rules.leave import judge_leave
from desktop.rules.thresholds import Bench
from tests.unit.rules import offices


def _plan(combination: Combination) -> Plan:
    plan = offices.plan("kaohsiung-103")
    leave, commendation = plan.compensatory_leave, plan.commendation
    assert leave is not None
    assert commendation is not None
    return replace(
        plan,
        compensatory_leave=replace(leave, combination=combination),
        commendation=replace(commendation, combination=combination),
    )


def _sets(**states: SetState) -> dict[str, SetVerdict]:
    """Verdicts by set, each passing one completed on 103-03-15; a missing one is incomplete."""
    names = ("main-junior", "main-senior", "side-1", "side-2", "side-3")
    return {
        name: SetVerdict(
            name,
            states.get(name.replace("-", "_"), SetState.INCOMPLETE),
            (),
            (),
            (),
            (),
            date(2014, 3, 15),
        )
        for name in names
    }


def _bench(plan: Plan, sets: dict[str, SetVerdict], *, rank: str = "簡任第10職等") -> Bench:
    person = Person("A0001", "王小明", "秘書室", rank=rank)
    return Bench(plan, own_sets(plan, person), sets, lambda record: record.settled)


CLAIMANT = Claimant(Person("A0001", "王小明", "秘書室"), is_eligible=True)
PASS, REVIEW, INCOMPLETE = SetState.PASS, SetState.REVIEW, SetState.INCOMPLETE


@pytest.mark.parametrize(
    ("combination", "states", "hours", "possible", "grants"),
    [
        (
            Combination.BEST,
            {"side_1": PASS, "side_2": PASS, "side_3": PASS},
            12,
            12,
            [("side-3", 12)],
        ),
        (Combination.BEST, {"side_1": PASS, "side_2": PASS}, 8, 8, [("side-2", 8)]),
        (Combination.BEST, {"side_1": PASS, "side_3": REVIEW}, 4, 12, [("side-1", 4)]),
        (Combination.BEST, {"side_1": REVIEW, "side_2": PASS}, 8, 8, [("side-2", 8)]),
        (
            Combination.SUM,
            {"side_1": PASS, "side_2": PASS},
            12,
            12,
            [("side-1", 4), ("side-2", 8)],
        ),
        (Combination.SUM, {"side_1": REVIEW, "side_3": PASS}, 12, 12, [("side-3", 12)]),
        (Combination.SUM, {}, 0, 0, []),
    ],
)
def test_leave_is_the_best_rule_or_the_sum_up_to_the_cap(
    combination: Combination,
    states: dict[str, SetState],
    hours: int,
    possible: int,
    grants: list[tuple[str, int]],
) -> None:
    verdict = judge_leave(_bench(_plan(combination), _sets(main_senior=PASS, **states)), CLAIMANT)
    assert (verdict.hours, verdict.possible_hours) == (hours, possible)
    assert [(grant.set_id, grant.hours) for grant in verdict.grants] == grants
    expected = "review" if possible > hours else "granted" if hours else "none"
    assert verdict.state.value == expected
    for grant in verdict.grants:
        assert grant.completed_on == date(2014, 3, 15)
        assert grant.first_day == date(2014, 3, 16)
        assert grant.expires == date(2014, 9, 15)


@pytest.mark.parametrize(("combination", "count"), [(Combination.BEST, 2), (Combination.SUM, 3)])
def test_awards_are_the_better_one_or_the_sum(combination: Combination, count: int) -> None:
    verdict = judge_commendation(
        _bench(_plan(combination), _sets(main_senior=PASS, side_2=PASS, side_3=PASS)), CLAIMANT
    )
    assert (verdict.state.value, verdict.count, verdict.award) == ("granted", count, "嘉獎")


@pytest.mark.parametrize("rank", ["薦任第7職等", ""])
def test_the_main_set_of_another_rank_or_of_no_known_rank_gives_nothing(
    rank: str,
) -> None:
    verdict = judge_leave(
        _bench(
            _plan(Combination.SUM),
            _sets(main_junior=INCOMPLETE, main_senior=PASS, side_1=PASS),
            rank=rank,
        ),
        CLAIMANT,
    )
    assert (verdict.state.value, verdict.possible_hours, verdict.grants) == ("none", 0, ())


def test_side_sets_under_review_wait_for_the_main_set_too() -> None:
    verdict = judge_leave(
        _bench(_plan(Combination.SUM), _sets(main_senior=REVIEW, side_1=PASS)), CLAIMANT
    )
    assert (verdict.state.value, verdict.hours, verdict.possible_hours) == ("review", 0, 4)
