"""What every dialog is made from: it fits the screen it is on and the text it is read in.

A dialog asks for the room it likes (``resize``) for text of the usual size. When it is shown, and
again when the size of the text changes, it takes as much as that text asks for, but never more
than the screen has: what is over its foot then scrolls, so that its buttons are always in sight.

The keyboard begins at the first field and goes on as the eye does, however the parts were made;
Enter is the accent button's, Esc leaves everything as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.theme import text_factor
from desktop.qt.widgets.text_fit import fit_tables

FRAME = QSize(16, 40)
"""What the system's frame takes of the screen: the title bar and the edges."""


class _Body(QScrollArea):
    """Takes in what stands over the foot; is as small as there is room."""

    def __init__(self, column: QLayout) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(column)  # with everything that is in it
        self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        """Next to nothing: what has no room scrolls."""
        return QSize(160, 80)


FIELDS = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox, QAbstractItemView)
"""Where something is typed or chosen: the first of them has the keyboard at first."""


class Dialog(QDialog):
    """A dialog whose root is a column with the foot at its end.

    Attributes:
        enter_acts: Whether Enter is the accent button's wherever the keyboard is; not where a
            date that is typed only shows another page, or the accent button ends something else.
    """

    enter_acts = True
    _fitted = 1.0
    _has_own_size = False
    _body: _Body | None = None
    _is_ready = False

    def showEvent(self, event) -> None:
        """Take the room that the screen has, and the keyboard, before anybody sees it."""
        if not event.spontaneous():
            if not self._is_ready:
                self._is_ready = True
                self._has_own_size = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
                self._take_keyboard()
            self.fit()
        super().showEvent(event)

    def room(self) -> QSize:
        """The most a dialog may take of the screen it is on."""
        return self.screen().availableGeometry().size() - FRAME

    def _take_keyboard(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        stops = list(_stops(layout))
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
        if self.focusWidget() is None:
            field = next((one for one in stops if isinstance(one, FIELDS) and _is_open(one)), None)
            if field is not None:
                field.setFocus()
        buttons = [one for one in stops if isinstance(one, QPushButton)]
        if self.enter_acts and not any(one.isDefault() for one in buttons):
            accents = [one for one in buttons if one.property("accent")]
            if accents:
                accents[-1].setDefault(True)

    def follow_text(self) -> None:
        """Take another size of text over while the dialog is open."""
        if self.isVisible():
            self.fit()

    def fit(self) -> None:
        """Be as large as the text asks for and no larger than the screen."""
        fit_tables(self)
        grow, self._fitted = text_factor() / self._fitted, text_factor()
        free = self.room()
        layout = self.layout()
        if layout is None:
            self.resize((self.size() * grow).boundedTo(free))
            return
        layout.activate()
        if self._has_own_size:
            wanted = (self.size() * grow).boundedTo(free)
        else:
            width = max(layout.totalSizeHint().width(), round(self.minimumWidth() * text_factor()))
            wanted = _liked(layout, min(width, free.width())).boundedTo(free)
        needed = _needed(layout, wanted.width())
        if needed.height() > free.height() or needed.width() > free.width():
            self._let_body_scroll(layout)
            layout = self.layout() or layout
            layout.activate()
            needed = _needed(layout, wanted.width())
        self.resize(wanted.expandedTo(needed).boundedTo(free))

    def _let_body_scroll(self, column: QLayout) -> None:
        if self._body is not None or not isinstance(column, QVBoxLayout) or column.count() < 2:
            return
        foot = column.itemAt(column.count() - 1).widget()
        if foot is None:
            return
        focus = self.focusWidget()
        column.removeWidget(foot)
        self._body = _Body(column)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._body, 1)
        rows.addWidget(foot)
        if focus is not None:
            focus.setFocus()


def _liked(layout: QLayout, width: int) -> QSize:
    hint = layout.totalSizeHint()
    height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else hint.height()
    return QSize(width, height)


def _needed(layout: QLayout, width: int) -> QSize:
    least = layout.totalMinimumSize()
    width = max(width, least.width())
    height = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else 0
    return QSize(least.width(), max(least.height(), height))


def _is_open(one: QWidget) -> bool:
    return one.isEnabledTo(one.window()) and one.isVisibleTo(one.window())


def _stops(layout: QLayout) -> Iterator[QWidget]:
    """What the keyboard stops at, in the order of the layout."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _stops(inner)
        elif widget is not None:
            yield from _stops_in(widget)


def _stops_in(widget: QWidget) -> Iterator[QWidget]:
    parts: list[QWidget | None] = []
    if isinstance(widget, QSplitter):
        parts = [widget.widget(place) for place in range(widget.count())]
    elif isinstance(widget, QTabWidget):
        parts = [widget.tabBar(), *(widget.widget(place) for place in range(widget.count()))]
    elif isinstance(widget, QScrollArea):
        parts = [widget.widget()]
    elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    elif (layout := widget.layout()) is not None:
        yield from _stops(layout)
    for part in parts:
        if part is not None:
            yield from _stops_in(part)
