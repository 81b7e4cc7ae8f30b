"""How the kinds of commendation compare: 記功 is three 嘉獎, 記大功 three 記功.

公務人員考績法施行細則 §15: 嘉獎三次作為記功一次，記功三次作為記大功一次.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.domain.text import matching_key
from desktop.domain.verdicts import Award

AWARD_WEIGHTS: Final = {"嘉獎": 1, "記功": 3, "記大功": 9}
"""Weight of one 次 of each kind, in 嘉獎."""


def weight_of(awards: Iterable[Award]) -> int:
    """What awards weigh together, in 嘉獎; a kind that the law does not name weighs as one."""
    return sum(AWARD_WEIGHTS.get(award.name, 1) * award.count for award in awards)


def award_named(words: str) -> str | None:
    """The kind of commendation that words name (嘉獎二次, 記一大功), None for none."""
    key = matching_key(words)
    if "大功" in key:
        return "記大功"
    if "記功" in key:
        return "記功"
    return "嘉獎" if matching_key("嘉獎") in key else None


def highest_first(awards: Iterable[Award]) -> tuple[Award, ...]:
    """Awards in order of their kind, the highest first."""
    return tuple(sorted(awards, key=lambda award: -AWARD_WEIGHTS.get(award.name, 1)))
