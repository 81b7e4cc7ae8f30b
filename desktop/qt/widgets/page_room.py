"""The room of the pages: where the window is smaller than a page can be, the page scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

LEAST_HEIGHT = 440
"""Logical pixels a page keeps, so that its lists have rows: lower windows scroll it as a whole."""


class PageStack(QStackedWidget):
    """The pages, one in sight; needs as much room as that one, not as the largest."""

    def minimumSizeHint(self) -> QSize:
        """What the page in sight needs."""
        page = self.currentWidget()
        needed = QSize(0, LEAST_HEIGHT)
        return needed if page is None else page.minimumSizeHint().expandedTo(needed)

    def sizeHint(self) -> QSize:
        """The same: the pages take whatever room there is."""
        return self.minimumSizeHint()


class PageRoom(QScrollArea):
    """Shows the pages; scroll bars come only where the page in sight would be cut off."""

    def __init__(self, stack: QStackedWidget) -> None:
        """Take the pages in.

        Args:
            stack: Grows with the room.
        """
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(stack)
        stack.currentChanged.connect(self._page_came)

    def minimumSizeHint(self) -> QSize:
        """Next to nothing: what has no room scrolls."""
        return QSize(120, 80)

    def sizeHint(self) -> QSize:
        """As large as the pages would like."""
        widget: QWidget | None = self.widget()
        return self.minimumSizeHint() if widget is None else widget.sizeHint()

    def _page_came(self) -> None:
        self.widget().updateGeometry()
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setValue(0)
