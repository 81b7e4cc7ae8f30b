"""A probe of the window's event loop: the longest stall of each journey, and where it came from.

Nothing here fails a test: how long a stall is depends on the machine. What was measured stands in
pytest's summary, and with ``--stalls FILE`` in a file (JSON, or a table when it ends in ``.md``).
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

TICK_SECONDS = 0.005
"""How often the probe beats and looks."""
LATE_SECONDS = 2 * TICK_SECONDS
WORTH_TELLING_MS = 50
"""From here on somebody at the window notices (issue: anything longer is work for a thread)."""
MOST_LINES = 12
_PROGRAM = f"desktop{'/' if '/' in __file__ else chr(92)}"
_QT = str(Path("desktop", "qt"))
_NOT_THE_WINDOW = str(Path("desktop", "qt", "services.py"))
_WINDOW = "main_window.py"
"""A window that is being built or first seen cannot stall yet: that is the time to start."""
_LOOPS = ("qt_compat.py", "wait_signal.py")


@dataclass(frozen=True, slots=True)
class Stall:
    """One stretch in which the event loop took no turn.

    Attributes:
        test: The journey.
        milliseconds: From the last turn of the loop to the last look that found the window at work.
        cpu_milliseconds: What the main thread itself computed meanwhile; the rest is waiting for
            other threads and other programs.
        place: The innermost line of the window seen, ``Qt`` where only Qt was at work.
    """

    test: str
    milliseconds: int
    cpu_milliseconds: int
    place: str

    @property
    def weight(self) -> int:
        """What makes one stall worse than another: its own work.

        The wall's clock tells more of what else the machine was doing.
        """
        return self.cpu_milliseconds


class StallProbe:
    """Looks at the main thread from within, from ``start`` to ``stop``.

    A timer in the event loop keeps a beat. While it does not come, the system's alarm clock makes
    Python look where it is: what the window does counts, what the test itself computes does not.
    No other thread looks: reading the frames of a running thread from outside is not safe in
    Python 3.11 (github.com/python/cpython/issues/111363) and has crashed a run.
    """

    def __init__(self, test: str) -> None:
        """Make a probe; call on the main thread.

        Args:
            test: What the stalls are told under.
        """
        from PySide6.QtCore import Qt, QTimer

        self._test = test
        self._since = self._last = _now()
        self._places: dict[str, int] = {}
        self._is_looking = False
        self.worst: Stall | None = None
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(TICK_SECONDS * 1000))
        self._timer.timeout.connect(self._take_beat)
        self._handler_before: Any = None

    def start(self) -> None:
        """Begin to look."""
        _LOOKING.append(self)
        self._forget(_now())
        self._timer.start()
        if _HAS_ALARM:
            self._handler_before = signal.signal(signal.SIGALRM, self._look)
            signal.siginterrupt(signal.SIGALRM, False)
            signal.setitimer(signal.ITIMER_REAL, TICK_SECONDS, TICK_SECONDS)

    def stop(self) -> None:
        """Look no longer; ``worst`` holds what was found."""
        _LOOKING.remove(self)
        self._timer.stop()
        if _HAS_ALARM:
            signal.setitimer(signal.ITIMER_REAL, 0)
            # An alarm on its way would end the process once nobody hears it: ignoring drops it.
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            signal.signal(signal.SIGALRM, self._handler_before)
        self._close()

    def _take_beat(self) -> None:
        """The event loop took a turn: whatever held it up is over."""
        self._is_looking = True
        now = _now()
        if _HAS_ALARM and now.wall - self._since.wall > LATE_SECONDS:
            # Where Qt alone was at work, the alarm could not be heard before.
            self._note("Qt", now)
        self._close()
        self._forget(now)
        self._is_looking = False

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        now = _now()
        # An alarm may ring while another is answered.
        if self._is_looking or now.wall - self._since.wall <= LATE_SECONDS:
            return
        self._is_looking = True
        place = window_place(frame)
        if place:
            self._note(place, now)
        else:
            self._close()
            self._forget(now)
        self._is_looking = False

    def _note(self, place: str, now: _Moment) -> None:
        self._last = now
        self._places[place] = self._places.get(place, 0) + 1

    def _forget(self, now: _Moment) -> None:
        self._since = self._last = now
        self._places.clear()

    def _close(self) -> None:
        if not self._places:
            return
        found = Stall(
            self._test,
            round((self._last.wall - self._since.wall) * 1000),
            round((self._last.cpu - self._since.cpu) * 1000),
            max(self._places, key=lambda place: self._places[place]),
        )
        if self.worst is None or found.weight > self.worst.weight:
            self.worst = found


@dataclass(frozen=True, slots=True)
class _Moment:
    """Seconds on the wall's clock and of the main thread's own work."""

    wall: float
    cpu: float


def _now() -> _Moment:
    return _Moment(time.perf_counter(), time.thread_time())


_LOOKING: list[StallProbe] = []


def forget_opening() -> None:
    """Begin anew in every probe: a window was opened, whose first sight is the time to start."""
    for probe in _LOOKING:
        probe.worst = None


_HAS_ALARM = hasattr(signal, "setitimer")
"""Without it (on Windows) the window's work cannot be told from the test's: nothing is told."""


def window_place(frame: FrameType | None) -> str:
    """Where in the window a stack is: its innermost line there, ``Qt``, or empty for the test's."""
    is_innermost = True
    found = ""
    is_window = False
    while frame is not None:
        name = frame.f_code.co_filename
        if name == __file__:
            frame = frame.f_back
            continue
        if name.endswith(_WINDOW) and frame.f_code.co_name == "__init__":
            return ""
        if is_innermost and name.endswith(_LOOPS):
            return "Qt"
        is_innermost = False
        if not found and _PROGRAM in name:
            found = f"{Path(name).name}:{frame.f_lineno} {frame.f_code.co_name}"
        is_window = is_window or (_QT in name and not name.endswith(_NOT_THE_WINDOW))
        frame = frame.f_back
    return found if is_window else ""


# ------------------------------------------------------------------------------- for pytest
_PROPERTY = "longest stall"
"""How a test's report carries it: a report comes home from every process of a run."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the run say where to write what was measured."""
    parser.addoption("--stalls", metavar="FILE", help="write the longest stalls to .json or .md")


@pytest.fixture
def stall_probe(request: pytest.FixtureRequest, qapp: object) -> Iterator[StallProbe]:
    """Measure the longest stall of one test."""
    from desktop.qt.operations import TURN_SECONDS

    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)  # as in the program
    probe = StallProbe(request.node.nodeid)
    probe.start()
    yield probe
    probe.stop()
    sys.setswitchinterval(usual)
    if probe.worst is not None:
        request.node.user_properties.append((_PROPERTY, asdict(probe.worst)))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Tell the longest stalls, and write them where that was asked for."""
    found = [
        Stall(**value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown"
        for name, value in report.user_properties
        if name == _PROPERTY
    ]
    stalls = sorted(found, key=lambda one: -one.weight)
    if stalls:
        terminalreporter.section("longest stalls of the event loop")
        for one in stalls[:MOST_LINES]:
            mark = " " if one.milliseconds <= WORTH_TELLING_MS else "*"
            terminalreporter.write_line(
                f"{mark} {one.milliseconds:5d} ms (CPU {one.cpu_milliseconds:4d})  "
                f"{one.test.rpartition('/')[2]}  {one.place}"
            )
    file = config.getoption("--stalls")
    if file:
        Path(file).write_text(_written(stalls, is_table=file.endswith(".md")), encoding="utf-8")


def _written(stalls: list[Stall], *, is_table: bool) -> str:
    if not is_table:
        return json.dumps([asdict(one) for one in stalls], ensure_ascii=False, indent=1) + "\n"
    rows = [
        f"| {one.milliseconds} | {one.cpu_milliseconds} | {one.test} | {one.place} |"
        for one in stalls
    ]
    return "\n".join(["| ms | CPU ms | journey | place |", "| --- | --- | --- | --- |", *rows, ""])
