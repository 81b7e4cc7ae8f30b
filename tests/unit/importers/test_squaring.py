"""Whether a picture was taken from the side, told by its long strokes and not by short ones."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from desktop.importers.optical.squaring import square


def leaning(bottom: int) -> np.ndarray:
    """Level rules, and upright ones from 100 down that lean the more the farther right they are."""
    picture = np.full((1_000, 1_400, 3), 255, np.uint8)
    for y in np.linspace(100, bottom, 8):
        cv2.line(picture, (100, round(y)), (1_300, round(y)), (0, 0, 0), 2)
    for step in range(13):
        x = 100 + 100 * step
        lean = (bottom - 100) * np.tan(np.radians(0.05 * step))
        cv2.line(picture, (x, 100), (round(x - lean), bottom), (0, 0, 0), 2)
    return picture


@pytest.mark.parametrize(("bottom", "is_from_the_side"), [(900, True), (330, False)])
def test_rules_that_lean_are_put_upright_only_where_they_are_long(
    bottom: int, is_from_the_side: bool
) -> None:
    assert (square(leaning(bottom)) is not None) is is_from_the_side
