"""The ring around what has the keyboard and draws none itself: pages, previews, empty tables."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from desktop.qt.theme import look
from desktop.qt.tokens import size


class FocusRing(QWidget):
    """Lies over a view with the keyboard; controls and rows draw rings of their own."""

    def __init__(self, window: QWidget) -> None:
        """Follow the keyboard inside one window."""
        super().__init__(window)
        self._window = window
        self._around: QWidget | None = None
        self._rows: QItemSelectionModel | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        QApplication.instance().focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        self._let_go()
        if now is None or now.window() is not self._window or not _needs_ring(now):
            self.hide()
            return
        self._around = now
        now.installEventFilter(self)
        if isinstance(now, QAbstractItemView) and now.selectionModel() is not None:
            self._rows = now.selectionModel()
            self._rows.currentChanged.connect(self._row_came)
        self.setParent(now)
        self.setGeometry(now.rect())
        self.show()
        self.raise_()

    def _row_came(self) -> None:
        # The row draws the ring; what lies over a view would also have it painted whole.
        if self._around is not None and not _needs_ring(self._around):
            self._let_go()
            self.hide()
            self.setParent(self._window)

    def _let_go(self) -> None:
        if self._rows is not None and isValid(self._rows):
            self._rows.currentChanged.disconnect(self._row_came)
        if self._around is not None and isValid(self._around):
            self._around.removeEventFilter(self)
        self._rows = self._around = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what it lies over, and off what is going away."""
        if watched is self._around:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._around.rect())
            elif event.type() in (QEvent.Type.DeferredDelete, QEvent.Type.Hide):
                self._let_go()
                self.hide()
                self.setParent(self._window)
        return False

    def paintEvent(self, event) -> None:
        """Draw the ring just inside."""
        painter = QPainter(self)
        width = size("focus_width")
        painter.setPen(QPen(look().colour("accent.focus"), width))
        half = width // 2
        painter.drawRect(self.rect().adjusted(half, half, -half - 1, -half - 1))


def _needs_ring(one: QWidget) -> bool:
    if isinstance(one, QAbstractItemView):
        # Our delegates ring the current row; Qt's own shows nothing that can be seen.
        has_own_delegate = type(one.itemDelegate()) is not QStyledItemDelegate
        return not (has_own_delegate and one.currentIndex().isValid())
    is_text = isinstance(one, QPlainTextEdit | QTextEdit | QLineEdit)
    return isinstance(one, QAbstractScrollArea) and not is_text
