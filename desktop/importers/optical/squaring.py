"""A picture taken from the side made square: its rules meet at right angles again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from desktop.importers.optical.engine import Picture

LEAST_SPREAD = 0.35
"""Degrees between the rules at opposite edges from which a picture was taken from the side."""
_MOST_SLOPE = 7.0
_SIDE = 1_400
_LEAST_STROKES = 6
_UNSURE_ENDS = 4.0
"""Pixels by which both ends of a stroke together may be off: a short one tells its slope badly."""


def square(picture: Picture) -> NDArray[np.float64] | None:
    """The transformation that makes a table's rules meet at right angles; None when they do.

    Of the long straight strokes those that run across tell how the slope changes from top to
    bottom, those that run down how it changes from left to right. Both changes together say how
    the page was turned away from the camera.

    Args:
        picture: Dark on light, its lines nearly level.
    """
    import cv2
    import numpy as np

    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, _SIDE / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(
        small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 11, 7
    )
    height, width = small.shape
    found = cv2.HoughLinesP(
        ink,
        1,
        math.pi / 1_440,
        60,
        minLineLength=round(0.08 * min(height, width)) + 20,
        maxLineGap=4,
    )
    if found is None:
        return None
    strokes = found.reshape(-1, 4).astype(np.float64)
    across = _slopes(strokes)
    down = _slopes(strokes[:, [1, 0, 3, 2]])
    level = _trend(across, height)
    upright = _trend(down, width)
    if level is None or upright is None:
        return None
    level, upright = _told(level, across), _told(upright, down)
    if level[0] == level[1] and upright[0] == upright[1]:
        return None
    return _transformation(level, upright, width / scale, height / scale)


def _told(trend: tuple[float, float], slopes: NDArray[np.float64]) -> tuple[float, float]:
    """A trend that strokes of this length can tell; their middle slope at both edges otherwise."""
    import numpy as np

    uncertain = math.degrees(math.atan(_UNSURE_ENDS / float(np.percentile(slopes[:, 2], 90))))
    if abs(trend[1] - trend[0]) >= max(LEAST_SPREAD, uncertain):
        return trend
    middle = (trend[0] + trend[1]) / 2
    return middle, middle


def _slopes(strokes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of strokes that run across: where (across the run), slope in degrees, length."""
    import numpy as np

    run, rise = strokes[:, 2] - strokes[:, 0], strokes[:, 3] - strokes[:, 1]
    forward = np.where(run < 0, -1.0, 1.0)
    degrees = np.degrees(np.arctan2(rise * forward, np.abs(run)))
    lengths = np.hypot(run, rise)
    keep = np.abs(degrees) < _MOST_SLOPE
    where = (strokes[:, 1] + strokes[:, 3]) / 2
    return np.stack([where, degrees, lengths], axis=1)[keep]


def _trend(slopes: NDArray[np.float64], reach: float) -> tuple[float, float] | None:
    """The slopes at both edges by a line laid through all; None where too few tell."""
    import numpy as np

    if len(slopes) < _LEAST_STROKES or np.ptp(slopes[:, 0]) < 0.2 * reach:
        return None
    weights = slopes[:, 2]
    for _ in range(3):
        rate, start = np.polyfit(slopes[:, 0], slopes[:, 1], 1, w=weights)
        away = np.abs(slopes[:, 1] - (rate * slopes[:, 0] + start))
        near = away < max(0.25, 2 * float(np.median(away)))
        if near.sum() < _LEAST_STROKES or np.ptp(slopes[near, 0]) < 0.2 * reach:
            return None
        weights = slopes[:, 2] * near
    return float(start), float(rate * reach + start)


def _transformation(
    level: tuple[float, float], upright: tuple[float, float], width: float, height: float
) -> NDArray[np.float64]:
    """From the slopes at top and bottom, left and right, to a square page."""
    import cv2
    import numpy as np

    top, bottom = (math.tan(math.radians(slope)) for slope in level)
    left, right = (math.tan(math.radians(slope)) for slope in upright)
    middle_x, middle_y = width / 2, height / 2

    def corner(y: float, rise: float, x: float, lean: float) -> tuple[float, float]:
        # The meeting of y + rise * (px - middle) and x + lean * (py - middle).
        px = (x + lean * (y - rise * middle_x - middle_y)) / (1 - lean * rise)
        return px, y + rise * (px - middle_x)

    corners = [
        corner(0, top, 0, left),
        corner(0, top, width, right),
        corner(height, bottom, width, right),
        corner(height, bottom, 0, left),
    ]
    square_corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    matrix = cv2.getPerspectiveTransform(
        np.array(corners, np.float32), np.array(square_corners, np.float32)
    )
    return np.asarray(matrix, np.float64)
