"""Rules of which not even a piece was found: told by all cells that they run along together.

A rule that is one pixel thin and nearly as pale as the paper is lost in a scanner's grain or in
the blocks of a JPEG. Yet between each two rules that cross it stands at the same place, a little
darker than what is on both its sides, and no text runs through it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.importers.optical.faint_rules import Sheet, on_one_line
from desktop.importers.optical.strokes import Stroke

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST_CROSSING = 3
_LONG = 0.5
_ONE_RULE = 0.15
_LEAST_INTERVAL = 1.2
"""Text heights between two crossing rules for what is between them to be looked at."""
_INSET = 0.25
_ASIDE = 5
_REACH = 2
_LEAST_DEPTH = 1.2
"""How much darker than both its sides (of 255) a rule is within each interval."""
_LEAST_TIMES = 3.0
"""The same in usual differences between rows of pixels beside it."""
_SHARE = 0.75
"""Of the intervals without text that have to show a rule."""
_LEAST_FREE = 0.5
_BESIDE = 0.6
"""Text heights from a rule within which no other one is looked for."""
_EDGE = 0.2
_KNOWN = 0.5
_THIRDS = 3
_EVEN = 0.3
"""Of the depth of the whole that each third of an interval has to show: a character does not."""


def lost_rules(sheet: Sheet, rules: Sequence[Stroke], crossing: Sequence[Stroke]) -> list[Stroke]:
    """Level rules that were not found, in pieces from one crossing rule to the next.

    Args:
        sheet: The picture; on its side where upright ones are looked for.
        rules: The level rules that were found.
        crossing: The upright ones.
    """
    lines = [
        (group[0].where, sum(rule.length for rule in group))
        for group in on_one_line(crossing, _ONE_RULE * sheet.text_height)
    ]
    longest = max((length for _, length in lines), default=0)
    places = sorted({round(where) for where, length in lines if length >= _LONG * longest})
    if len(places) < _LEAST_CROSSING:
        return []
    intervals = [
        (one, two)
        for one, two in itertools.pairwise(places)
        if two - one >= _LEAST_INTERVAL * sheet.text_height
    ]
    if len(intervals) < _LEAST_CROSSING - 1:
        return []
    near = _BESIDE * sheet.text_height
    return [
        Stroke(where, one, two, 1)
        for where, shown in _where(sheet, intervals)
        for (one, two), is_shown in zip(intervals, shown, strict=True)
        if is_shown and not _is_known(rules, where, (one, two), near)
    ]


def _is_known(
    rules: Sequence[Stroke], where: float, interval: tuple[int, int], near: float
) -> bool:
    """Whether a rule was found along an interval already."""
    one, two = interval
    covered = sum(
        max(0, min(two, rule.end) - max(one, rule.start))
        for rule in rules
        if abs(where - rule.where) <= near
    )
    return covered >= _KNOWN * (two - one)


def _where(sheet: Sheet, intervals: Sequence[tuple[int, int]]) -> list[tuple[float, list[bool]]]:
    """Where most intervals show a rule, and which of them do."""
    import numpy as np

    margin = _ASIDE + _REACH
    if sheet.gray.shape[0] <= 4 * margin:
        return []
    inset = round(_INSET * sheet.text_height)
    depths = np.stack([_depths(sheet, one + inset, two - inset) for one, two in intervals])
    free = np.stack([_free(sheet, one + inset, two - inset) for one, two in intervals])
    shown = (depths > 0) & free
    enough = (free.sum(axis=0) >= _LEAST_FREE * len(intervals)) & (
        shown.sum(axis=0) >= np.maximum(_LEAST_CROSSING - 1, _SHARE * free.sum(axis=0))
    )
    enough[:margin] = enough[-margin:] = False
    strength = np.where(enough, np.where(shown, depths, 0).sum(axis=0), 0)
    found: list[tuple[float, list[bool]]] = []
    while strength.any():
        best = int(strength.argmax())
        spread = slice(max(0, best - margin), best + margin + 1)
        found.append((float(best), [bool(flag) for flag in shown[:, best]]))
        strength[spread] = 0
    return found


def _depths(sheet: Sheet, left: int, right: int) -> NDArray[Any]:
    """How much darker each row of pixels is than those on both its sides; 0 where hardly."""
    import numpy as np

    part = sheet.gray[:, left:right].astype(np.float32)
    depth, usual = _depth(part.mean(axis=1))
    for third in np.array_split(part, _THIRDS, axis=1):
        depth = np.where(_depth(third.mean(axis=1))[0] >= _EVEN * depth, depth, 0.0)
    return np.where(depth >= np.maximum(_LEAST_DEPTH, _LEAST_TIMES * usual), depth, 0.0)


def _depth(rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """How much darker each row is than those on both its sides, and how much those differ."""
    import numpy as np

    padded = np.pad(rows, _ASIDE + _REACH, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * (_ASIDE + _REACH) + 1)
    above, below = windows[:, :_ASIDE], windows[:, -_ASIDE:]
    depth = np.minimum(np.median(above, axis=1), np.median(below, axis=1)) - rows
    return depth, 1.5 * np.maximum(_spread(above), _spread(below))


def _spread(windows: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    middle = np.median(windows, axis=1, keepdims=True)
    spread: NDArray[Any] = np.median(np.abs(windows - middle), axis=1)
    return spread


def _free(sheet: Sheet, left: int, right: int) -> NDArray[Any]:
    """For each row of pixels whether no text runs through it in an interval."""
    import numpy as np

    free = np.ones(sheet.gray.shape[0], bool)
    for start, high, end, low in sheet.texts:
        if start < right and end > left:
            edge = _EDGE * min(low - high, end - start)
            free[max(0, round(high + edge)) : max(0, round(low - edge))] = False
    return free
