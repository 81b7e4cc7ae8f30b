"""Changing the colours after a window is gone.

In a process of its own: what it looks for ends a process.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QPushButton, QWidget

from desktop.qt.theme import SchemeChoice, Theme

application = QApplication([])
theme = Theme(application)
theme.choose(SchemeChoice.LIGHT)
for turn in range(20):
    window = QMainWindow()
    menus = [QMenu(window).addMenu("檔案") for _ in range(20)]
    for menu in menus:
        menu.sizeHint()
    with theme.bare():
        window.setCentralWidget(QPushButton("存入"))
    window.show()
    application.processEvents()
    window.close()
    window.deleteLater()
    del window, menus
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    rubbish = [bytes([255]) * 40 for _ in range(100_000)]
    theme.choose(SchemeChoice.DARK)
    theme.choose(SchemeChoice.LIGHT)
print("at its end")
"""


@pytest.mark.usefixtures("qapp")
def test_colours_are_changed_after_windows_that_were_built_bare_are_gone():
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", SCRIPT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.strip() == "at its end", done.stderr
    assert done.returncode == 0
