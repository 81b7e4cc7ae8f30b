"""The drawn rules of an upright picture, and the picture without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.importers.optical.faint_rules import Sheet, with_faint_parts
from desktop.importers.optical.heading_band import with_band
from desktop.importers.optical.lost_rules import lost_rules
from desktop.importers.optical.strokes import Place, Stroke, joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop.importers.optical.engine import Picture

Rule = tuple[float, float, float]
"""A rule in pixels: where it stands, from, to."""
_FAINTEST = 8.0
"""How much darker than its surroundings the faintest rule is (of 255)."""
_LENGTH = 2.2
"""Lines of text that a stroke must be long to be a rule."""
_SURELY_LEVEL = 8.0
_SURELY_UPRIGHT = 6.0
_MEETING = 0.6
_BESIDE = 0.12
_CROSSED = 0.35
"""Gap that a thick rule leaves in the one that it crosses, in text heights."""
_MOSTLY = 0.5
_NOISE = 4.0
_ECHO = 0.5
_ECHO_LENGTH = 2
_CLEAN = 1.0
"""Grain of a picture that was taken by a program, not by a lens."""
_EVEN = 0.45
_MOST_THICK = 0.5
_MOST_RULES = 2_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules of a picture.

    Attributes:
        horizontals: Level rules as (y, left, right).
        verticals: Upright rules as (x, top, bottom).
        bare: The picture with the rules painted over.
    """

    horizontals: tuple[Rule, ...]
    verticals: tuple[Rule, ...]
    bare: Picture


def find_rules(
    picture: Picture,
    text_height: float,
    texts: Sequence[Place],
    bands: Sequence[Place] = (),
) -> Ruling:
    """The rules of an upright picture.

    Args:
        picture: Dark on light, level.
        text_height: Height of a usual line of characters in pixels.
        texts: Where lines of characters stand: left, top, right, bottom.
        bands: Where the picture was light on dark before it was inverted there.
    """
    import cv2
    import numpy as np

    plain = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    gray = cv2.GaussianBlur(plain, (3, 3), 0)
    length = max(24, round(_LENGTH * text_height))
    thick = max(3, round(_MOST_THICK * text_height))
    faintest = max(_FAINTEST, _NOISE * _grain(gray))
    # Without noise nothing has to be smoothed across a rule, where it makes a faint one vanish.
    is_clean = _grain(plain) < _CLEAN
    along, across = ((3, 1), (1, 3)) if is_clean else ((3, 3), (3, 3))
    level_depth = _thin_depth(cv2.GaussianBlur(plain, along, 0), (1, thick + 4))
    upright_depth = _thin_depth(cv2.GaussianBlur(plain, across, 0), (thick + 4, 1))
    level_ink = (level_depth > faintest).astype(np.uint8)
    upright_ink = (upright_depth > faintest).astype(np.uint8)
    levels = [
        Stroke(y + (high - 1) / 2, x, x + wide, high)
        for x, y, wide, high in _blobs(_strokes(level_ink, (length, 1), (1, 3)))
        if high <= thick
        and wide >= length
        and _is_even(level_depth[y : y + high, x : x + wide].max(axis=0))
    ]
    uprights = [
        Stroke(x + (wide - 1) / 2, y, y + high, wide)
        for x, y, wide, high in _blobs(_strokes(upright_ink, (1, length), (3, 1)))
        if wide <= thick
        and high >= length
        and _is_even(upright_depth[y : y + high, x : x + wide].max(axis=1))
    ]
    levels = [rule for rule in levels if not _is_in_text(rule, texts)]
    gap = _CROSSED * text_height
    levels = joined(levels[:_MOST_RULES], gap)
    uprights = joined(uprights[:_MOST_RULES], gap)
    levels, uprights = _rules_among(levels, uprights, text_height)
    # Before pieces in one line are joined: those of an echo would make a rule as long as its own.
    uprights = _mended(_without_echoes(uprights, text_height), text_height)
    uprights = _without_echoes(uprights, text_height)
    levels = _without_echoes(levels, text_height)
    sheet = Sheet(plain, texts, text_height, is_clean)
    for _ in range(3):  # each tells more of the other
        uprights += lost_rules(sheet.on_its_side(), uprights, levels)
        levels += lost_rules(sheet, levels, uprights)
    levels, uprights = with_faint_parts(sheet, levels, uprights)
    uprights = _mended(uprights, text_height)
    for band in bands:
        levels, uprights = with_band(levels, uprights, band, texts, text_height)
    return Ruling(
        tuple((rule.where, float(rule.start), float(rule.end)) for rule in levels),
        tuple((rule.where, float(rule.start), float(rule.end)) for rule in uprights),
        _without(picture, levels, uprights),
    )


def _rules_among(
    levels: list[Stroke], uprights: list[Stroke], text_height: float
) -> tuple[list[Stroke], list[Stroke]]:
    """Strokes of a table, not of characters: long ones, and short ones that meet those."""
    reach = _MEETING * text_height
    sure = [rule for rule in levels if rule.length >= _SURELY_LEVEL * text_height]
    uprights = [
        rule
        for rule in uprights[:_MOST_RULES]
        if rule.length >= _SURELY_UPRIGHT * text_height
        or any(
            other.start - reach <= rule.where <= other.end + reach
            and min(abs(other.where - rule.start), abs(other.where - rule.end)) <= reach
            for other in sure
        )
    ]

    def is_met(rule: Stroke, end: int) -> bool:
        return any(
            abs(other.where - end) <= reach
            and other.start - reach <= rule.where <= other.end + reach
            for other in uprights
        )

    levels = [
        rule
        for rule in levels[:_MOST_RULES]
        if rule.length >= _SURELY_LEVEL * text_height
        or (is_met(rule, rule.start) and is_met(rule, rule.end))
    ]
    return levels, uprights


def _without_echoes(rules: list[Stroke], text_height: float) -> list[Stroke]:
    """Rules of one direction without the short strokes that JPEG leaves beside a long one."""
    return [
        rule
        for rule in rules
        if not any(
            0 < abs(other.where - rule.where) <= _ECHO * text_height
            and other.length > _ECHO_LENGTH * rule.length
            and min(rule.end, other.end) - max(rule.start, other.start) > 0.5 * rule.length
            for other in rules
        )
    ]


def _is_in_text(rule: Stroke, texts: Sequence[Place]) -> bool:
    """Whether a level stroke runs through lines of characters rather than beside them."""
    inside = sum(
        max(0.0, min(right, rule.end) - max(left, rule.start))
        for left, top, right, bottom in texts
        if top + _BESIDE * (bottom - top) < rule.where < bottom - _BESIDE * (bottom - top)
    )
    return inside > 0.5 * rule.length


def _is_even(depths: NDArray[Any]) -> bool:
    """Whether a stroke is as dark all along; a row of characters is darker than the gaps in it."""
    import numpy as np

    faint, usual = np.percentile(depths, (10, 50))
    return bool(faint >= _EVEN * usual)


def _thin_depth(gray: Picture, across: tuple[int, int]) -> Picture:
    """How much darker a pixel is than what is on both its sides, whatever stands nearby.

    Args:
        gray: The picture without colours.
        across: Size of the surroundings, across the stroke looked for.
    """
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, across)
    depth: Picture = cv2.morphologyEx(gray, cv2.MORPH_BLACKHAT, kernel)
    return depth


def _grain(gray: Picture) -> float:
    """How much neighbouring pixels of a plain ground differ: a scanner's or a camera's noise."""
    import cv2
    import numpy as np

    rest = cv2.absdiff(gray, cv2.medianBlur(gray, 5))
    return float(np.median(rest)) / 0.67


def _mended(uprights: list[Stroke], text_height: float) -> list[Stroke]:
    """Upright rules whose pieces make up most of their length made whole."""
    groups: list[list[Stroke]] = []
    for rule in sorted(uprights, key=lambda rule: rule.where):
        if groups and rule.where - groups[-1][-1].where <= 0.15 * text_height:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    mended: list[Stroke] = []
    for group in groups:
        start, end = min(rule.start for rule in group), max(rule.end for rule in group)
        if sum(rule.length for rule in group) >= _MOSTLY * (end - start):
            where = sum(rule.where * rule.length for rule in group)
            where /= sum(rule.length for rule in group)
            mended.append(Stroke(where, start, end, max(rule.thickness for rule in group)))
        else:
            mended += group
    return mended


def _without(picture: Picture, levels: list[Stroke], uprights: list[Stroke]) -> Picture:
    """The picture with the rules painted in the colour of what is around them."""
    import cv2
    import numpy as np

    mask = np.zeros(picture.shape[:2], np.uint8)
    for rule in levels:
        half = rule.thickness / 2 + 1
        top, bottom = max(0, round(rule.where - half)), round(rule.where + half) + 1
        mask[top:bottom, max(0, rule.start - 1) : rule.end + 1] = 1
    for rule in uprights:
        half = rule.thickness / 2 + 1
        left, right = max(0, round(rule.where - half)), round(rule.where + half) + 1
        mask[max(0, rule.start - 1) : rule.end + 1, left:right] = 1
    ground = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    bare = picture.copy()
    bare[mask > 0] = ground[mask > 0]
    return bare


def _strokes(ink: NDArray[Any], long: tuple[int, int], bridge: tuple[int, int]) -> NDArray[Any]:
    """Ink that runs on straight for a length; a step of one pixel across doesn't end it."""
    import cv2

    wide = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
    opened = cv2.morphologyEx(wide, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, long))
    found: NDArray[Any] = opened
    return found


def _blobs(mask: NDArray[Any]) -> list[tuple[int, int, int, int]]:
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]
