"""Garbage is collected on the main thread only, and so that nobody waits for it.

Python collects wherever it happens to allocate. In a working thread that would free the remains of
widgets there, and Qt stops the program for it (seen as a segmentation fault "Garbage-collecting"
in a reader). So while a window is open the automatic collection rests, and a timer of the main
thread does its work.

Going over everything that lives takes a tenth of a second in an empty office and a whole one with
tens of thousands of people in memory. So what is there when the first window opens, what has lived
through a long collection, and what comes in great heaps (what a reading brought: nearly all of it
stays) is set aside (``gc.freeze``). Only what knots itself together and is dropped later stays
behind there; when much has come, everything is gone over once nobody has touched keys or mouse for
a while or the clerk is in another program, and at the latest when the last window is gone.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

INTERVAL_MS = 100
HEAP = 30_000
"""So many new objects at once are set aside without being gone over: that would take over 10 ms."""
GROWTH = 2
"""All is gone over again when what came since is more than one in so many of what was there,"""
MUCH = 100_000
"""and more objects than this."""
PAUSE_SECONDS = 10.0
"""Nobody has touched anything for so long: the clerk reads, or is away."""
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.DragMove,
    }
)
_open = 0
_gone_over = 0
"""Objects set aside when all of them were last gone over; one number for the whole process."""
_came = 0
"""How many were set aside since, by our own count, which knows of none that is gone again.

Python's own (``gc.get_freeze_count``) walks through all of them: 0.1 s for half a million.
"""


class MainThreadCollector(QObject):
    """Collects in place of the automatic collection until it is told to stop."""

    def __init__(
        self,
        *,
        is_busy: Callable[[], bool],
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
        is_elsewhere: Callable[[], bool] | None = None,
    ) -> None:
        """Begin.

        Args:
            is_busy: Whether work is under way; long collections wait until it is over.
            parent: The owner.
            clock: Seconds, never going back.
            is_elsewhere: Whether the clerk is in another program; asked of the system by default.
        """
        global _open, _gone_over, _came
        super().__init__(parent)
        self._is_busy = is_busy
        self._clock = clock
        self._is_elsewhere = is_elsewhere or _another_program_is_used
        self._is_stopped = False
        self._is_watching = False
        self._touched = clock()
        if _open == 0:
            # Modules and tokens: they stay as long as the program.
            gc.freeze()
            _gone_over = _came = 0
        _open += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the generations that are due."""
        young, middle, old = gc.get_count()
        after_young, after_middle, after_old = gc.get_threshold()
        if young > HEAP:
            set_aside(young)
        elif old > after_old and not self._is_busy():
            self.collect_long()
        elif middle > after_middle:
            gc.collect(1)
        elif young > after_young:
            gc.collect(0)
        if much_came() and not self._is_busy():
            self._wait_for_a_pause()
        else:
            self._watch(False)

    def collect_long(self) -> None:
        """Collect what came since the last long collection, and set aside what lives on."""
        gc.collect(2)
        set_aside(len(gc.get_objects()))

    def _wait_for_a_pause(self) -> None:
        self._watch(True)
        if self._is_elsewhere() or self._clock() - self._touched >= PAUSE_SECONDS:
            self._watch(False)
            go_over_everything()

    def _watch(self, is_on: bool) -> None:
        """Look at keys and mouse: only while it matters, since every event takes this way."""
        application = QApplication.instance()
        if is_on == self._is_watching or application is None:
            return
        self._is_watching = is_on
        if is_on:
            self._touched = self._clock()
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember when the clerk last touched anything; everything goes on its way."""
        if event.type() in _TOUCHES:
            self._touched = self._clock()
        return False

    def stop(self) -> None:
        """Leave collecting to Python again; to be called when no thread works any more."""
        global _open
        if self._is_stopped:
            return
        self._is_stopped = True
        self._timer.stop()
        self._watch(False)
        _open -= 1
        if _open == 0:
            if much_came():
                go_over_everything()
            gc.unfreeze()
            gc.enable()


def _another_program_is_used() -> bool:
    return QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive


def set_aside(objects: int) -> None:
    """Let be what lives.

    Args:
        objects: How many they are, or a few more.
    """
    global _came
    gc.freeze()
    _came += objects


def much_came() -> bool:
    """Whether so much was set aside since all was gone over that garbage may matter in it."""
    return _came > MUCH and _came * GROWTH > _gone_over


def go_over_everything() -> None:
    """Collect in all that lives, and set aside what is left."""
    global _gone_over, _came
    gc.unfreeze()
    gc.collect(2)
    gc.freeze()
    _gone_over, _came = gc.get_freeze_count(), 0
