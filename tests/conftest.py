"""What every test stands on: no display, no machine-dependent chance."""

from __future__ import annotations

import os

# Before anything imports Qt: the tests draw into memory, on a desk with a display too.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from tests.stalls import (  # noqa: F401 - the probe's option, fixture and summary
    pytest_addoption,
    pytest_terminal_summary,
    stall_probe,
)

# How long a case takes to make says what else the machine does, not that a test is wrong.
_AT_ANY_PACE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same tree gives the same answer, here and in CI: cases are derived from the test.
settings.register_profile("steady", _AT_ANY_PACE, derandomize=True, print_blob=True)
# To look for new ones: pytest --hypothesis-profile=search tests/unit
settings.register_profile("search", _AT_ANY_PACE)
settings.load_profile("steady")

PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits for what surely comes as long as a machine that does five other things needs."""

    def waitUntil(self, callback, *, timeout=PATIENCE_MS):  # noqa: N802 - overridden
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE_MS, **how):  # noqa: N802 - overridden
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp, request: pytest.FixtureRequest) -> PatientBot:
    """In place of pytest-qt's, whose five seconds are too short beside other work."""
    return PatientBot(request)
