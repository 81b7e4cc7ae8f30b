"""What a person had before: which former awards are of the same kind, and how high they were."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.domain.attendance import FormerAward
from desktop.domain.entitlements import Entitlement
from desktop.domain.plan import Plan
from desktop.domain.text import matching_key
from desktop.rules.award_weights import AWARD_WEIGHTS, award_named

_LEAVE_WORD = matching_key("補休")
_DIGITS = "一二三四五六七八九"
_COUNT = re.compile(r"([0-9]+|[一二兩三四五六七八九])(?:次|大功|功)")
_CHARACTERS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Family:
    """Benefits that count as the same when the plan asks what somebody had before.

    Attributes:
        words: What such a benefit is called; empty for leave and commendation.
        is_leave: Whether it is compensatory leave.
        is_commendation: Whether it is 嘉獎, 記功 or 記大功, one family.
    """

    words: tuple[str, ...] = ()
    is_leave: bool = False
    is_commendation: bool = False

    def holds(self, award: FormerAward) -> bool:
        """Whether a former award is of this family."""
        written = matching_key(award.benefit)
        is_leave = _LEAVE_WORD in written
        if self.is_leave or is_leave:
            return self.is_leave and is_leave
        if self.is_commendation:
            return award_named(award.benefit) is not None
        if len(written) < _CHARACTERS_NEEDED:
            return False
        return any(written in word or word in written for word in map(matching_key, self.words))

    def level(self, award: FormerAward) -> int | None:
        """How high a former award was: hours, entries, dollars, or its weight; None: not said."""
        if not self.is_commendation:
            return award.amount
        name = award_named(award.benefit)
        count = award.amount if award.amount is not None else _count_in(award.benefit)
        return None if name is None or count is None else AWARD_WEIGHTS[name] * count


LEAVE_FAMILY = Family(is_leave=True)
COMMENDATION_FAMILY = Family(is_commendation=True)


def entitlement_family(entitlement: Entitlement) -> Family:
    """Benefits called like the entitlement, by its kind or its own title."""
    return Family(words=(entitlement.kind.word, entitlement.title))


def means_plan(written: str, plan: Plan) -> bool:
    """Whether 計畫 as written means this plan: its id, title or short title."""
    return matching_key(written) in {
        matching_key(name) for name in (plan.id, plan.title, plan.short_title)
    }


def _count_in(words: str) -> int | None:
    """次 written with the award itself: 嘉獎二次, 記功1次, 記二大功."""
    found = _COUNT.search(matching_key(words))
    if found is None:
        return None
    digit = found.group(1)
    if digit == "兩":
        return 2
    return int(digit) if digit.isdecimal() and digit.isascii() else _DIGITS.index(digit) + 1
