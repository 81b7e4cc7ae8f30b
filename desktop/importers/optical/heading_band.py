"""The heading row of a table that is light on a dark ground: the band's edges are its rules.

Where such a band is inverted its own rules come out paler, or darker, than those of the rows
below; what is certain is where the band begins and ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.importers.optical.strokes import Place, Stroke

_LEAST_WIDE = 12.0
"""Text heights that a band is wide at least."""
_MOST_HIGH = 9.0
_LEAST_HANGING = 3
"""Upright rules that have to go on under a band for it to head a table."""
_HANGING = 2.5
"""Text heights under the band within which a rule that belongs to it was found again."""
_WIDE_ENOUGH = 0.5
"""Share of the band's width that some level rule under it has to run for it to head a table."""
_NEAR = 0.5
_EDGE = 0.3


def with_band(
    levels: Sequence[Stroke],
    uprights: Sequence[Stroke],
    band: Place,
    texts: Sequence[Place],
    text_height: float,
) -> tuple[list[Stroke], list[Stroke]]:
    """The rules of a page with those of a heading row that was light on dark.

    Args:
        levels: The level rules found.
        uprights: The upright rules found.
        band: The dark place: left, top, right, bottom in pixels.
        texts: Where lines of characters stand.
        text_height: Of a usual line in pixels.
    """
    left, top, right, bottom = band
    near = _NEAR * text_height
    is_row = right - left >= _LEAST_WIDE * text_height and bottom - top <= _MOST_HIGH * text_height
    hanging = [
        rule
        for rule in uprights
        if left - near <= rule.where <= right + near
        and top - near <= rule.start <= bottom + _HANGING * text_height
        and rule.end > bottom + _HANGING * text_height
        and rule.length >= bottom - top
    ]
    if not is_row:
        return list(levels), list(uprights)
    low = [
        rule
        for rule in levels
        if rule.where > bottom + text_height and rule.start < right and rule.end > left
    ]
    widest = max((_covered(low, rule.where, near) for rule in low), default=0.0)
    if len(hanging) < _LEAST_HANGING or widest < _WIDE_ENOUGH * (right - left):
        # A row alone is no table: without rules the white between its columns tells them.
        return (
            [rule for rule in levels if not top - near <= rule.where <= bottom + near],
            [
                rule
                for rule in uprights
                if not top - near <= rule.start <= rule.end <= bottom + near
            ],
        )
    start = min(round(left), *(round(rule.where) for rule in hanging))
    end = max(round(right), *(round(rule.where) for rule in hanging))
    kept = [
        rule
        for rule in levels
        if min(abs(rule.where - top), abs(rule.where - bottom)) > near
        or rule.end < start
        or rule.start > end
    ]
    edges = [Stroke(top, start, end, 1), Stroke(bottom, start, end, 1)]
    raised = [
        replace(rule, start=round(bottom if _cuts_text(rule.where, band, texts) else top))
        for rule in hanging
    ]
    others = [
        rule
        for rule in uprights
        if rule not in hanging
        and not (
            rule.end <= bottom + near
            and rule.start >= top - near
            and any(abs(rule.where - other.where) <= near for other in hanging)
        )
    ]
    return kept + edges, others + raised


def _covered(levels: Sequence[Stroke], where: float, near: float) -> float:
    """How many pixels level rules run at one height."""
    return float(sum(rule.length for rule in levels if abs(rule.where - where) <= near))


def _cuts_text(where: float, band: Place, texts: Sequence[Place]) -> bool:
    """Whether a heading runs across: it stands over several columns."""
    _, top, _, bottom = band
    return any(
        left + _EDGE * (low - high) < where < right - _EDGE * (low - high)
        and top <= (high + low) / 2 <= bottom
        for left, high, right, low in texts
    )
