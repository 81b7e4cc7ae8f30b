"""Whether, where the best rule alone counts, who does more also gets more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.conditions import Threshold
from desktop.domain.entitlements import Combination, Per
from desktop.domain.plan import Plan
from desktop.rules.award_weights import AWARD_WEIGHTS
from desktop.rules.toml_lines import Found, Path


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a benefit whose best rule counts, and what it gives by one measure."""

    path: Path
    set_ids: frozenset[str]
    threshold: Threshold | None
    worth: int

    @property
    def number(self) -> int:
        """Its place among the rules of its benefit, from 1."""
        return int(self.path[-1]) + 1


def order_problems(plan: Plan) -> Found:
    """Rules that ask for more than another and give no more: nobody ever gets by them."""
    for rules in _best_of(plan):
        for rule in rules:
            for other in rules:
                if _asks_more(rule, other) and rule.worth <= other.worth:
                    yield (
                        rule.path,
                        (
                            f"這一條要求的比第 {other.number} 條多，給的卻沒有比較多；"
                            "擇優時永遠用不到，請核對門檻和數量。"
                        ),
                    )
                    break


def _best_of(plan: Plan) -> Iterator[Sequence[_Rule]]:
    leave, award = plan.compensatory_leave, plan.commendation
    if leave is not None and leave.combination is Combination.BEST:
        yield [
            _Rule(("compensatory_leave", "rule", n), frozenset(r.set_ids), r.threshold, r.hours)
            for n, r in enumerate(leave.rules)
        ]
    if award is not None and award.combination is Combination.BEST:
        yield [
            _Rule(
                ("commendation", "rule", n),
                frozenset(r.set_ids),
                r.threshold,
                AWARD_WEIGHTS[r.award] * r.count,
            )
            for n, r in enumerate(award.rules)
        ]
    for index, entitlement in enumerate(plan.entitlements):
        if entitlement.combination is Combination.BEST:
            yield [
                _Rule(
                    ("entitlement", index, "rule", n), frozenset(r.set_ids), r.threshold, r.amount
                )
                for n, r in enumerate(entitlement.rules)
                if r.per is Per.RULE
            ]


def _asks_more(rule: _Rule, other: _Rule) -> bool:
    """Whether who meets ``rule`` meets ``other`` for certain, and not the other way round."""
    mine, theirs = rule.threshold, other.threshold
    if mine is None and theirs is None:
        return rule.set_ids > other.set_ids
    if mine is None or theirs is None or rule.set_ids != other.set_ids:
        return False
    pairs = (
        (mine.hours, theirs.hours),
        (mine.courses, theirs.courses),
        (mine.sets, theirs.sets),
    )
    return any(a is not None and b is not None and a > b for a, b in pairs)
