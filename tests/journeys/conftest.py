"""The journeys drive the whole window on a real store, and are measured for stalls."""

from __future__ import annotations

import pytest

from tests.qt.conftest import (  # noqa: F401 - the fixtures of the window
    empty_office,
    offices,
    open_window,
    pristine,
    sample,
    settings,
    shared_sample,
    theme,
)


@pytest.fixture(autouse=True)
def stalls_of_journeys(request: pytest.FixtureRequest) -> None:
    """Probe every journey that opens a window."""
    if "open_window" in request.fixturenames:
        request.getfixturevalue("stall_probe")
