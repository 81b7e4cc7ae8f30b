"""The row of seal boxes that closes an application, with the check stamp where there is one."""

from __future__ import annotations

from collections.abc import Sequence

from forms.booklet import PORTRAIT, seal_boxes, spread
from forms.sheet import Sheet
from forms.stamp import CheckStamp, draw_check_stamp
from forms.textfit import Style

SEAL_LEFTS = (20.0, 78.0, 136.0)
SEAL_WIDTH = 54.0
STAMPED_SEAL_LEFTS = (20.0, 63.3, 106.7)
STAMPED_SEAL_WIDTH = 42.0
STAMP_LEFT = 150.0
SEAL_GAP = 3.0
"""Between boxes where a plan asks for other than three."""
SEAL = Style(size=11)


def application_seals(
    sheet: Sheet, labels: Sequence[str], stamp: CheckStamp | None, *, y: float, height: float
) -> None:
    """Draw the boxes side by side, narrower beside a check stamp.

    Args:
        sheet: Upright page to draw on.
        labels: Such as ``申請人核章：``.
        stamp: The personnel office's check stamp, or None.
        y: Top of the boxes, in millimetres.
        height: Of the boxes.
    """
    lefts: tuple[float, ...] = SEAL_LEFTS
    width = SEAL_WIDTH
    if stamp is not None:
        lefts, width = STAMPED_SEAL_LEFTS, STAMPED_SEAL_WIDTH
    if len(labels) != len(lefts):
        right = PORTRAIT.right if stamp is None else STAMP_LEFT - SEAL_GAP
        lefts, width = spread(len(labels), left=PORTRAIT.left, right=right, gap=SEAL_GAP)
    seal_boxes(sheet, labels, lefts=lefts, y=y, width=width, height=height, style=SEAL)
    if stamp is not None:
        draw_check_stamp(sheet, stamp, x=STAMP_LEFT, y=y, height=height)
