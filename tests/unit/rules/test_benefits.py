"""Benefits from sets, where no shipped plan goes: the best rule alone, awards that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.people import RankTier
from desktop.domain.plan import Combination, Plan
from desktop.domain.verdicts import SetState, SetVerdict
from desktop.rules.benefits import judge_commendation, judge_leave
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
    names = ("main-senior", "side-1", "side-2", "side-3")
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


PASS, REVIEW = SetState.PASS, SetState.REVIEW


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
    verdict = judge_leave(
        _plan(combination),
        _sets(main_senior=PASS, **states),
        tier=RankTier.SENIOR,
        is_eligible=True,
        receipts=(),
    )
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
        _plan(combination),
        _sets(main_senior=PASS, side_2=PASS, side_3=PASS),
        tier=RankTier.SENIOR,
        is_eligible=True,
    )
    assert (verdict.state.value, verdict.count, verdict.award) == ("granted", count, "嘉獎")


@pytest.mark.parametrize("tier", [RankTier.JUNIOR, None])
def test_the_main_set_of_another_rank_or_of_no_known_rank_gives_nothing(
    tier: RankTier | None,
) -> None:
    verdict = judge_leave(
        _plan(Combination.SUM),
        _sets(main_senior=PASS, side_1=PASS),
        tier=tier,
        is_eligible=True,
        receipts=(),
    )
    assert (verdict.state.value, verdict.possible_hours, verdict.grants) == ("none", 0, ())


def test_side_sets_under_review_wait_for_the_main_set_too() -> None:
    verdict = judge_leave(
        _plan(Combination.SUM),
        _sets(main_senior=REVIEW, side_1=PASS),
        tier=RankTier.SENIOR,
        is_eligible=True,
        receipts=(),
    )
    assert (verdict.state.value, verdict.hours, verdict.possible_hours) == ("review", 0, 4)
