"""A probe of the window's event loop: the longest stall of each journey, and where it came from.

Nothing here fails a test: how long a stall is depends on the machine. What was measured stands in
pytest's summary, and with ``--stalls FILE`` in a file (JSON, or a table when it ends in ``.md``).
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

import pytest

TICK_SECONDS = 0.005
"""How often the probe beats and looks."""
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
        milliseconds: From the first look that found the window at work to the last.
        cpu_milliseconds: What the main thread itself computed meanwhile; the rest is waiting for
            other threads and other programs. None where the system does not tell it.
        place: The innermost line of the window seen, ``Qt`` where only Qt was at work.
    """

    test: str
    milliseconds: int
    cpu_milliseconds: int | None
    place: str

    @property
    def weight(self) -> int:
        """What makes one stall worse than another: its own work, where the system tells it.

        The wall's clock tells more of what else the machine was doing.
        """
        return self.milliseconds if self.cpu_milliseconds is None else self.cpu_milliseconds


class StallProbe:
    """Watches the main thread from another one, from ``start`` to ``stop``.

    A timer in the event loop keeps a beat. While it does not come, the watcher looks what the main
    thread does: what the window does counts, what the test itself computes does not.
    """

    def __init__(self, test: str) -> None:
        """Make a probe; call on the main thread.

        Args:
            test: What the stalls are told under.
        """
        from PySide6.QtCore import Qt, QTimer

        self._test = test
        self._main = threading.get_ident()
        self._beat = time.perf_counter()
        self._is_over = threading.Event()
        self._clock = time.pthread_getcpuclockid(self._main) if _HAS_CPU_CLOCK else None
        self.worst: Stall | None = None
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(TICK_SECONDS * 1000))
        self._timer.timeout.connect(self._take_beat)
        self._watcher = threading.Thread(target=self._watch, name="stall probe", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        _LOOKING.append(self)
        self._timer.start()
        self._watcher.start()

    def stop(self) -> None:
        """Look no longer; ``worst`` holds what was found."""
        _LOOKING.remove(self)
        self._timer.stop()
        self._is_over.set()
        self._watcher.join()

    def _take_beat(self) -> None:
        self._beat = time.perf_counter()

    def _cpu(self) -> float:
        return time.clock_gettime(self._clock) if self._clock is not None else 0.0

    def _watch(self) -> None:
        first = last = cpu = last_cpu = 0.0
        places: dict[str, int] = {}
        beat = self._beat

        def close() -> None:
            if places:
                found = Stall(
                    self._test,
                    round((last - first) * 1000),
                    round((last_cpu - cpu) * 1000) if self._clock is not None else None,
                    max(places, key=lambda place: places[place]),
                )
                if self.worst is None or found.weight > self.worst.weight:
                    self.worst = found
            places.clear()

        while not self._is_over.wait(TICK_SECONDS):
            now, now_cpu = time.perf_counter(), self._cpu()
            is_late = self._beat == beat and now - beat > 2 * TICK_SECONDS
            place = window_place(sys._current_frames().get(self._main)) if is_late else ""
            if not place:
                close()
                beat = self._beat
                continue
            if not places:
                first, cpu = now, now_cpu
            last, last_cpu = now, now_cpu
            places[place] = places.get(place, 0) + 1
        close()


_LOOKING: list[StallProbe] = []


def forget_opening() -> None:
    """Begin anew in every probe: a window was opened, whose first sight is the time to start."""
    for probe in _LOOKING:
        probe.worst = None


_HAS_CPU_CLOCK = hasattr(time, "pthread_getcpuclockid")


def window_place(frame: FrameType | None) -> str:
    """Where in the window a stack is: its innermost line there, ``Qt``, or empty for the test's."""
    is_innermost = True
    found = ""
    is_window = False
    while frame is not None:
        name = frame.f_code.co_filename
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
    probe = StallProbe(request.node.nodeid)
    probe.start()
    yield probe
    probe.stop()
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
                f"{mark} {one.milliseconds:5d} ms (CPU {one.cpu_milliseconds!s:>4})  "
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
