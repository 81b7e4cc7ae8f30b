"""Commendation of one person: 嘉獎, 記功, 記大功, sure now and possible (rules.md section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.plan import Combination, Commendation, CommendationRule
from desktop.domain.verdicts import Award, BenefitState, CommendationVerdict
from desktop.rules.award_weights import AWARD_WEIGHTS, highest_first, weight_of
from desktop.rules.hindrances import Claimant, Levels, state_of, unsaid_hindrances, weigh
from desktop.rules.history import COMMENDATION_FAMILY
from desktop.rules.thresholds import Bench, Met, measure

NO_COMMENDATION = CommendationVerdict(BenefitState.NONE, 0, 0)


@dataclass(frozen=True, slots=True)
class _Earned:
    awards: tuple[Award, ...] = ()
    completed_on: date | None = None
    rules: tuple[CommendationRule, ...] = ()

    @property
    def count(self) -> int:
        return sum(award.count for award in self.awards)

    @property
    def weight(self) -> int:
        return weight_of(self.awards)


_NOTHING = _Earned()


def judge_commendation(bench: Bench, claimant: Claimant) -> CommendationVerdict:
    """Commendation of one person.

    Args:
        bench: The person's sets, judged by the commendation's checks.
        claimant: Who claims it.
    """
    commendation = bench.plan.commendation
    if commendation is None:
        return NO_COMMENDATION
    sure = _earned(commendation, bench, is_sure=True)
    possible = _earned(commendation, bench, is_sure=False)
    outcome = weigh(
        commendation.conditions,
        claimant,
        plan=bench.plan,
        family=COMMENDATION_FAMILY,
        levels=Levels(sure.weight, possible.weight),
    )
    if not outcome.gives_sure:
        sure = _NOTHING
    if not outcome.gives_possible:
        possible = _NOTHING
    unsaid = unsaid_hindrances(
        bench.own, [(rule.set_ids, rule.clause) for rule in commendation.rules], claimant
    )
    return CommendationVerdict(
        state=state_of(sure.weight, possible.weight),
        count=sure.count,
        # One 記功 is more than two 嘉獎: then the number is no less than what is sure already.
        possible_count=max(sure.count, possible.count),
        award=sure.awards[0].name if sure.awards else "",
        awards=sure.awards,
        completed_on=sure.completed_on,
        hindrances=(*outcome.hindrances, *unsaid),
        possible_awards=possible.awards,
        given_by=sure.rules,
    )


def _earned(commendation: Commendation, bench: Bench, *, is_sure: bool) -> _Earned:
    met: list[tuple[CommendationRule, Met]] = []
    for rule in commendation.rules:
        found = measure(bench, rule.set_ids, rule.threshold, is_sure=is_sure)
        if found is not None:
            met.append((rule, found))
    if commendation.combination is Combination.BEST and met:
        met = [max(met, key=lambda pair: weight_of([Award(pair[0].award, pair[0].count)]))]
    if commendation.cap_count is not None:
        # The lowest kinds are cut, so that nobody has less for having earned more.
        met.sort(key=lambda pair: -AWARD_WEIGHTS.get(pair[0].award, 1))
    counts: dict[str, int] = {}
    left = commendation.cap_count
    days: list[date | None] = []
    giving: list[CommendationRule] = []
    for rule, found in met:
        count = rule.count if left is None else min(rule.count, left)
        if count <= 0:
            continue
        if left is not None:
            left -= count
        counts[rule.award] = counts.get(rule.award, 0) + count
        days.append(found.completed_on)
        giving.append(rule)
    awards = highest_first(Award(name, count) for name, count in counts.items())
    in_order = tuple(rule for rule in commendation.rules if rule in giving)
    return _Earned(awards, _last(days), in_order)


def _last(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known) if known else None
