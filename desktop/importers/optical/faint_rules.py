"""Rules of which only pieces were found: a scanner's grain breaks up thin and pale ones.

Pixel by pixel such a rule is lost in the noise. Over the width of a cell all pixels of its row of
the picture together are still darker than those above and below. Between two rules close together
a piece is too short to be told from a stroke of a character; there its being on one line with a
rule found elsewhere tells.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.importers.optical.strokes import Place, Stroke

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from desktop.importers.optical.engine import Picture

_LEAST_SHARE = 0.08
"""Of a table's width that a level rule was found on for the rest of it to be looked for."""
_COVERED = 0.6
"""Share of a cell's width from which its rule counts as found."""
_ONE_RULE = 0.15
_NEAR = 0.5
_ASIDE = 0.35
"""Text heights above and below a rule within which the ground is measured."""
_INSET = 0.25
_LEAST_DEPTH = 1.0
"""How much darker than its ground (of 255) a faint rule is on the whole."""
_LEAST_CLEAN_DEPTH = 4.0
"""The same in a picture without grain."""
_LEAST_TIMES = 4.0
"""The same in usual differences between rows of pixels that hold no rule."""
_LEAST_PIXELS = 24
_THIRDS = 3
_EVEN = 0.3
"""Of the depth of the whole that each third of a rule has to show in a clean picture."""
_EDGE = 0.25
"""Of a line of characters that a rule beside it may touch."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What rules are looked for on.

    Attributes:
        gray: The picture without colours.
        texts: Where lines of characters stand.
        text_height: Of a usual line in pixels.
        is_clean: Whether it has no grain.
    """

    gray: Picture
    texts: Sequence[Place]
    text_height: float
    is_clean: bool

    def on_its_side(self) -> Sheet:
        """With rows and columns exchanged."""
        texts = [(top, left, bottom, right) for left, top, right, bottom in self.texts]
        return replace(self, gray=self.gray.T, texts=texts)


def with_faint_parts(
    sheet: Sheet, levels: Sequence[Stroke], uprights: Sequence[Stroke]
) -> tuple[list[Stroke], list[Stroke]]:
    """Rules that go on from one crossing rule to the next where the picture shows them.

    Args:
        sheet: The picture.
        levels: The level rules found.
        uprights: The upright rules found.
    """
    whole = _completed(sheet, levels, uprights)
    return whole, _completed(sheet.on_its_side(), uprights, whole)


def _completed(sheet: Sheet, rules: Sequence[Stroke], crossing: Sequence[Stroke]) -> list[Stroke]:
    near = _NEAR * sheet.text_height
    whole: list[Stroke] = []
    for group in on_one_line(rules, _ONE_RULE * sheet.text_height):
        length = sum(rule.length for rule in group)
        where = sum(rule.where * rule.length for rule in group) / length
        met = sorted(
            {other.where for other in crossing if other.start - near <= where <= other.end + near}
        )
        whole += group
        if len(met) < 3 or length < _LEAST_SHARE * (met[-1] - met[0]):
            continue
        thickness = max(rule.thickness for rule in group)
        for start, end in itertools.pairwise(met):
            found = sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in group)
            rule = Stroke(where, round(start), round(end), thickness)
            is_partly = found >= _COVERED * (end - start)
            if found < end - start - near and (is_partly or _shows(sheet, rule)):
                whole.append(rule)
    return whole


def on_one_line(rules: Sequence[Stroke], reach: float) -> list[list[Stroke]]:
    """Strokes of one direction grouped by where they stand.

    Args:
        rules: The strokes.
        reach: Up to which two belong together, in pixels.
    """
    groups: list[list[Stroke]] = []
    for rule in sorted(rules, key=lambda item: item.where):
        if groups and rule.where - groups[-1][0].where <= reach:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _shows(sheet: Sheet, rule: Stroke) -> bool:
    """Whether a row of pixels is darker all along than those on both its sides."""
    import numpy as np

    if any(_runs_through(rule, text) for text in sheet.texts):
        return False
    inset = _INSET * sheet.text_height
    reach = 1 + rule.thickness // 2  # two thin rules side by side: one thick with a pale middle
    aside = reach + max(4, round(_ASIDE * sheet.text_height))
    top, bottom = round(rule.where) - aside, round(rule.where) + aside + 1
    start, end = round(rule.start + inset), round(rule.end - inset)
    if top < 0 or bottom > sheet.gray.shape[0] or end - start < _LEAST_PIXELS:
        return False
    part = sheet.gray[top:bottom, start:end].astype(np.float32)
    # By the lighter pixels of a row: the ends of characters that reach here don't count.
    rows = np.mean(np.clip(part, np.percentile(part, 15), None), axis=1)
    above, below = rows[: aside - reach - 1], rows[aside + reach + 2 :]
    middle = rows[aside - reach : aside + reach + 1]
    depth = float(min(np.median(above), np.median(below)) - middle.min())
    if sheet.is_clean and not _is_even(part, aside, reach, depth):
        return False
    least = _LEAST_CLEAN_DEPTH if sheet.is_clean else _LEAST_DEPTH
    return depth >= max(least, _LEAST_TIMES * max(_usual(above), _usual(below)))


def _is_even(part: NDArray[np.float32], aside: int, reach: int, depth: float) -> bool:
    """Whether a rule shows all along: a dark band that it only ends in makes it show on the whole.

    Args:
        part: The picture along the rule and on both sides of it.
        aside: How many rows of pixels it takes in on either side of the rule.
        reach: How far the rule may be from its middle.
        depth: How much darker it is on the whole.
    """
    import numpy as np

    for third in np.array_split(part, _THIRDS, axis=1):
        rows = third.mean(axis=1)
        beside = min(np.median(rows[: aside - reach - 1]), np.median(rows[aside + reach + 2 :]))
        if beside - rows[aside - reach : aside + reach + 1].min() < _EVEN * depth:
            return False
    return True


def _runs_through(rule: Stroke, text: Place) -> bool:
    left, top, right, bottom = text
    edge = _EDGE * min(bottom - top, right - left)
    return (
        top + edge < rule.where < bottom - edge
        and left < rule.end - edge
        and right > rule.start + edge
    )


def _usual(rows: NDArray[np.float32]) -> float:
    """How much rows of plain ground differ."""
    import numpy as np

    return float(np.median(np.abs(rows - np.median(rows)))) * 1.5
