"""The program from its first import to a window at rest, told on standard output as JSON.

``python start_process.py BEGUN``: BEGUN is ``time.time()`` of the moment before the process was
asked for. The data folder is the machine's usual one, so the caller sets the environment.
"""

from __future__ import annotations

import json
import sys
import time

begun = float(sys.argv[1])
figures: dict[str, float] = {"interpreter there": round(time.time() - begun, 2)}


def note(name: str) -> None:
    """Keep how long it took to come here, once."""
    figures.setdefault(name, round(time.time() - begun, 2))


def main() -> int:
    """Open the window as the program does, and close it when nothing is being read."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from desktop import app
    from desktop.cli import main as start
    from desktop.qt.main_window import MainWindow

    note("imported")
    shown = app.show_office

    class Watcher(QObject):
        def __init__(self, window: MainWindow) -> None:
            super().__init__(window)
            self._window, self._calm = window, 0
            window.centralWidget().installEventFilter(self)
            self._timer = QTimer(self, interval=5)
            self._timer.timeout.connect(self._look)
            self._timer.start()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                note("frame painted")
            return False

        def _look(self) -> None:
            window = self._window
            review = window.pages["review"]
            if review.queue.model.entries:
                note("queue shown")
            if review.table.courses.record_indexes():
                note("first person shown")
            self._calm = 0 if window.operations.jobs else self._calm + 1
            if self._calm == 1:
                figures["at rest"] = round(time.time() - begun, 2)
            if self._calm > 8:
                self._timer.stop()
                window.close()

    def watched(office, **rest):
        note("store open")
        window = shown(office, **rest)
        note("window made")
        Watcher(window)
        return window

    app.show_office = watched
    code = start([])
    print(json.dumps(figures))
    return code


if __name__ == "__main__":
    sys.exit(main())
