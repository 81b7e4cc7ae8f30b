"""Where a window stands: as it was left, and within reach on a screen that is there."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

GEOMETRY = "window/geometry"
GRIP = 40
"""How much of the title bar has to be on a screen, in logical pixels."""


def come_back(window: QWidget, settings: QSettings) -> None:
    """Put a window where it was left; on the first screen where that place is gone.

    Args:
        window: Not shown yet.
        settings: What is remembered, under ``GEOMETRY``.
    """
    kept = settings.value(GEOMETRY)
    if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        # The bar that a window is moved by has to be within reach.
        grip = QRect(window.frameGeometry().topLeft(), QSize(window.width(), GRIP))
        if not any(area.intersected(grip).width() >= GRIP for area in screens):
            fit_screen(window, QGuiApplication.primaryScreen().availableGeometry())


def fit_screen(window: QWidget, area: QRect) -> None:
    """Make a window no larger than the screen has room for, and bring it onto it.

    Args:
        window: Left as it is while it fills the screen.
        area: What the screen leaves free of task bars, in logical pixels.
    """
    if window.isMaximized() or window.isFullScreen():
        return
    frame = window.frameGeometry()
    extra = frame.size() - window.size()
    room = (area.size() - extra).expandedTo(window.minimumSize())
    window.resize(window.size().boundedTo(room))
    frame = window.frameGeometry()
    left = max(area.left(), min(frame.left(), area.right() - frame.width() + 1))
    top = max(area.top(), min(frame.top(), area.bottom() - frame.height() + 1))
    window.move(left, top)
