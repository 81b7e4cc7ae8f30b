"""The probe of the event loop: what the window does counts, what a test computes does not."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QTimer

from tests.stalls import WORTH_TELLING_MS, StallProbe, window_place

NAPS = 0.2


def made_in(file_name: str) -> Callable[[Callable[[], None]], None]:
    """A function that calls another, as if it stood in that file."""
    names: dict[str, Callable] = {}
    exec(compile("def work(act):\n    act()\n", file_name, "exec"), names)
    return names["work"]


def nap() -> None:
    # In short pieces, so that the other thread gets its turn under any load.
    end = time.monotonic() + NAPS
    while time.monotonic() < end:
        time.sleep(0.005)


def test_slow_slot_of_the_window_is_found_with_its_place(qtbot) -> None:
    work = made_in("/anywhere/desktop/qt/pages/thing.py")
    probe = StallProbe("here")
    probe.start()
    QTimer.singleShot(0, lambda: work(nap))
    qtbot.wait(50)
    probe.stop()
    assert probe.worst is not None
    assert (probe.worst.test, probe.worst.place) == ("here", "thing.py:2 work")
    assert probe.worst.milliseconds > WORTH_TELLING_MS


def test_what_the_test_computes_itself_is_no_stall(qtbot) -> None:
    probe = StallProbe("here")
    probe.start()
    qtbot.wait(20)
    nap()
    probe.stop()
    assert probe.worst is None or "nap" not in probe.worst.place


def test_service_called_by_the_test_is_not_the_window() -> None:
    found: list[str] = []

    def look() -> None:
        found.append(window_place(sys._getframe()))

    for name in ("services/verifying.py", "qt/services.py", "qt/pages/base.py"):
        made_in(f"/anywhere/desktop/{name}")(look)
    assert found == ["", "", "base.py:2 work"]
