"""The probe of the event loop: what the window does counts, what a test computes does not."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from tests.stalls import StallProbe, window_place

TOIL = 0.2
"""Seconds of a test's own work."""
pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="there is no alarm clock here: the probe tells nothing"
)


def made_in(file_name: str) -> Callable[[Callable[[], None]], None]:
    """A function that calls another, as if it stood in that file."""
    names: dict[str, Callable] = {}
    exec(compile("def work(act):\n    act()\n", file_name, "exec"), names)
    return names["work"]


def toil() -> None:
    # Line by line, so that Python hears the alarm.
    end = time.thread_time() + TOIL
    while time.thread_time() < end:
        pass


def toil_in_one() -> None:
    # As Qt does: no line of Python comes between.
    sum(range(60_000_000))


@pytest.fixture(autouse=True)
def nothing_left(qapp) -> None:
    """Windows of other tests are taken down before anything is measured."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()


def is_found(probe: StallProbe) -> bool:
    return probe.worst is not None and probe.worst.cpu_milliseconds > TOIL * 900


def test_slow_slot_of_the_window_is_found_with_its_place(qtbot) -> None:
    work = made_in("/anywhere/desktop/qt/pages/thing.py")
    probe = StallProbe("here")
    probe.start()
    QTimer.singleShot(0, lambda: work(toil))
    qtbot.waitUntil(lambda: is_found(probe), timeout=30_000)
    probe.stop()
    assert probe.worst is not None
    assert (probe.worst.test, probe.worst.place) == ("here", "thing.py:2 work")


@pytest.mark.parametrize("work", [toil, toil_in_one])
def test_what_the_test_computes_itself_is_no_stall(qtbot, work) -> None:
    probe = StallProbe("here")
    probe.start()
    qtbot.wait(20)
    work()
    qtbot.wait(20)
    probe.stop()
    assert probe.worst is None or probe.worst.cpu_milliseconds < TOIL * 900


@pytest.fixture
def deaf():
    """No alarm is heard, as while Qt is at work without a line of Python."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    yield
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})


def test_what_qt_does_by_itself_is_found(qtbot, deaf) -> None:
    probe = StallProbe("here")
    probe.start()
    QTimer.singleShot(0, toil_in_one)
    qtbot.waitUntil(lambda: is_found(probe), timeout=30_000)
    probe.stop()
    assert probe.worst is not None
    assert probe.worst.place == "Qt"


def test_probe_leaves_the_alarm_as_it_was(qtbot) -> None:
    before = signal.getsignal(signal.SIGALRM)
    probe = StallProbe("here")
    probe.start()
    assert signal.getsignal(signal.SIGALRM) != before
    probe.stop()
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_service_called_by_the_test_is_not_the_window() -> None:
    found: list[str] = []

    def look() -> None:
        found.append(window_place(sys._getframe()))

    for name in ("services/verifying.py", "qt/services.py", "qt/pages/base.py"):
        made_in(f"/anywhere/desktop/{name}")(look)
    assert found == ["", "", "base.py:2 work"]
