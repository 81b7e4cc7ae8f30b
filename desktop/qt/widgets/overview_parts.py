"""What 總覽 is put together from: tiles of the funnel, cards, lines with a figure or an act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.theme import look
from desktop.qt.widgets.basics import ElidedLabel, button, label, pane, verdict_icon

TILE_HEIGHT = 82


class FunnelTile(QToolButton):
    """One step of the funnel: its word, how many people, a second line; opens the list."""

    def __init__(self, key: str, word: str, look_name: str = "") -> None:
        super().__init__()
        self.key, self._word = key, word
        self.setObjectName("tile")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(6)
        if look_name:
            head.addWidget(verdict_icon(look_name))
        head.addWidget(label(word, "secondary"))
        head.addStretch()
        column.addLayout(head)
        self._figure = label("–", "figure")
        column.addWidget(self._figure)
        self._note = ElidedLabel("", "caption")
        column.addWidget(self._note)
        self.setAccessibleName(word)
        self.setMinimumHeight(max(TILE_HEIGHT, self.sizeHint().height()))
        for one in (self._figure, self._note):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As tall as its three lines."""
        return QSize(120, self.layout().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Seven of them have room beside one another in the smallest window."""
        return QSize(96, self.sizeHint().height())

    def show_step(self, people: int, note: str) -> None:
        """Show other figures."""
        self._figure.setText(f"{people:,}")
        self._note.setText(note)
        self.setAccessibleName(f"{self._word} {people} 人，{note}")
        self.setToolTip(f"看「{self._word}」的清單")


class Chevron(QWidget):
    """The sign between two steps of the funnel."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(14)

    def paintEvent(self, event) -> None:
        """Draw it in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("text.secondary"), 1.4))
        x, y = self.width() / 2, self.height() / 2
        painter.drawPolyline([QPointF(x - 2, y - 4), QPointF(x + 2, y), QPointF(x - 2, y + 4)])


class Card(QFrame):
    """A titled card whose lines are filled anew."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(4)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(label(title, "subtitle"))
        self.head.addStretch()
        column.addLayout(self.head)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        column.addLayout(self.lines)
        self.column = column

    def clear(self) -> None:
        """Take every line away."""
        while self.lines.count():
            widget = self.lines.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add_line(self, line: QWidget) -> None:
        """Add a line, divided from the one before."""
        if self.lines.count():
            rule = pane("rule")
            rule.setFixedHeight(1)
            self.lines.addWidget(rule)
        self.lines.addWidget(line)

    def say(self, words: str) -> None:
        """Show one sentence instead of lines."""
        self.clear()
        self.lines.addWidget(label(words, "secondary", wraps=True))


def figure_line(words: str, middle: str, figure: str, *, colour: str = "") -> QWidget:
    """A line of words, perhaps a date, and a strong figure at the right."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(8)
    row.addWidget(label(words))
    row.addStretch()
    if middle:
        row.addWidget(label(middle, "secondary"))
    last = label(figure, "strong")
    last.setMinimumWidth(64)
    last.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if colour:
        last.setProperty("verdictColour", colour)
    row.addWidget(last)
    return line


def linked_line(words: str, middle: str, figure: QWidget) -> QWidget:
    """A line of words and a count, with a figure that opens a list."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(8)
    row.addWidget(label(words))
    row.addStretch()
    row.addWidget(label(middle))
    figure.setMinimumWidth(56)
    row.addWidget(figure, 0, Qt.AlignmentFlag.AlignRight)
    return line


def thing_line(
    parent: QWidget,
    look_name: str,
    title: str,
    detail: str,
    act: str,
    on_act: Callable[[], None],
) -> tuple[QWidget, QPushButton]:
    """Something that waits, and the button that goes there."""
    line = QWidget(parent)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 5, 0, 5)
    row.setSpacing(10)
    row.addWidget(verdict_icon(look_name))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(ElidedLabel(title, "strong"))
    words.addWidget(ElidedLabel(detail, "caption"))
    row.addLayout(words, 1)
    go = button(act)
    go.setAccessibleName(f"{act}：{title}")
    go.clicked.connect(lambda _checked=False: on_act())
    row.addWidget(go)
    return line, go
