"""校正頁: the crosses stand where the text says, to a hundredth of a millimetre."""

from __future__ import annotations

import pytest

from forms.calibration import CalibrationForm, offset
from forms.fonts import FontChain
from tests.unit.forms.conftest import read_pages


def test_crosses_stand_twenty_millimetres_from_the_edges(chain: FontChain) -> None:
    form = CalibrationForm(chain)
    (page,) = read_pages(form.render([form.sample()]))
    level = [s for s in page.shapes if s.right - s.left == pytest.approx(24, abs=0.3)]
    upright = [s for s in page.shapes if s.bottom - s.top == pytest.approx(24, abs=0.3)]
    assert sorted((s.top + s.bottom) / 2 for s in level) == pytest.approx([20, 257], abs=0.05)
    assert sorted((s.left + s.right) / 2 for s in upright) == pytest.approx([20, 190], abs=0.05)


def test_offset_moves_towards_twenty() -> None:
    assert offset(measured_left=18.5, measured_top=21.0) == (1.5, -1.0)
