"""Garbage is collected on the main thread only.

Python collects wherever it happens to allocate. In a working thread that would free the remains of
widgets there, and Qt stops the program for it (seen as a segmentation fault "Garbage-collecting"
in a reader). So while a window is open the automatic collection rests, and a timer of the main
thread does its work.

Going over everything that lives takes seconds with tens of thousands of people in memory. So what
has lived through a long collection is set aside (``gc.freeze``), and gone over again only when as
much as a quarter of it has come since: Python's own rule for its oldest generation.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 100
GROWTH = 4
"""All is gone over again when what came since is more than one in so many of what was there."""
_open = 0


class MainThreadCollector(QObject):
    """Collects in place of the automatic collection until it is told to stop."""

    def __init__(self, *, is_busy: Callable[[], bool], parent: QObject) -> None:
        """Begin.

        Args:
            is_busy: Whether work is under way; the long collection waits until it is over.
            parent: The owner.
        """
        global _open
        super().__init__(parent)
        self._is_busy = is_busy
        self._is_stopped = False
        self._gone_over = 0
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
        if old > after_old and not self._is_busy():
            self.collect_long()
        elif middle > after_middle:
            gc.collect(1)
        elif young > after_young:
            gc.collect(0)

    def collect_long(self) -> None:
        """Collect what came since the last long collection, or everything where that is much."""
        gc.collect(2)
        gc.freeze()
        aside = gc.get_freeze_count()
        if (aside - self._gone_over) * GROWTH <= self._gone_over:
            return
        if self._gone_over:
            gc.unfreeze()
            gc.collect(2)
            gc.freeze()
            aside = gc.get_freeze_count()
        self._gone_over = aside

    def stop(self) -> None:
        """Leave collecting to Python again; to be called when no thread works any more."""
        global _open
        if self._is_stopped:
            return
        self._is_stopped = True
        self._timer.stop()
        _open -= 1
        if _open == 0:
            gc.unfreeze()
            gc.enable()
