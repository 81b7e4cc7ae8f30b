"""Finding a row in a list that has no filter of its own: a strip under the page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from desktop.qt.widgets.basics import announce, label, on_click, tool
from desktop.services.finding import holds

NOTHING = "這一頁沒有清單"


class FindStrip(QFrame):
    """Looks through the list that had the keyboard, else the page's first one.

    Attributes:
        field: What is looked for.
        found: Where it stands, in the list's order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("在清單裡找")
        self.list: QAbstractItemView | None = None
        self.found: list[QPersistentModelIndex] = []
        self._place = -1
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        caption = label("找")
        self.field = QLineEdit()
        self.field.setAccessibleName("在清單裡找")
        self.field.setMaximumWidth(280)
        self.field.textChanged.connect(lambda _: self._look())
        caption.setBuddy(self.field)
        self.words = label("", "secondary")
        before = tool("chevron_left_16_regular", "上一處（Shift+Enter）")
        after = tool("chevron_right_16_regular", "下一處（Enter）")
        close = tool("dismiss_16_regular", "關閉（Esc）")
        on_click(before, lambda: self.step(-1))
        on_click(after, lambda: self.step(1))
        on_click(close, self.leave)
        row.addWidget(caption)
        row.addWidget(self.field, 1)
        for one in (before, after, self.words):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(close)
        self.hide()

    def begin(self, page: QWidget | None, focus: QWidget | None) -> bool:
        """Take the keyboard for finding something in a page.

        Args:
            page: What is in sight; None for nothing.
            focus: What has the keyboard.

        Returns:
            Whether there is a list to look through.
        """
        self.list = list_in(page, focus) if page is not None else None
        if self.list is None:
            announce(self, NOTHING)
            return False
        self.field.setPlaceholderText(f"在「{self.list.accessibleName() or '清單'}」裡找")
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()
        return True

    def leave(self) -> None:
        """Give the keyboard back to the list, on the row that was found."""
        self.hide()
        if self.list is not None and isValid(self.list):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the next place, or with -1 to the one before; after the last comes the first."""
        if self.list is not None and not (isValid(self.list) and self.list.isVisible()):
            self.hide()
            return
        here = [one for one in self.found if one.isValid()]
        if len(here) != len(self.found):
            self._look()
        elif here:
            self._go((self._place + by) % len(here))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        wanted = self.field.text().strip()
        self.found = []
        self._place = -1
        if self.list is None or not isValid(self.list) or not wanted:
            self.words.setText("")
            return
        model = self.list.model()
        self.found = [
            QPersistentModelIndex(one)
            for one in rows_of(model, self.list.rootIndex())
            if holds(_words_of(model, one), wanted)
        ]
        if not self.found:
            self.words.setText("沒有找到")
            announce(self, "沒有找到")
            return
        # The row with the keyboard is the first place if it holds the words.
        now = self.list.currentIndex()
        after = [n for n, one in enumerate(self.found) if _is_from(one, now)]
        self._go(after[0] if after else 0)

    def _go(self, place: int) -> None:
        assert self.list is not None
        self._place = place
        kept = self.found[place]
        index = kept.model().index(kept.row(), kept.column(), kept.parent())
        now = self.list.currentIndex()
        column = now.column() if now.isValid() else index.column()
        beside = index.siblingAtColumn(column)
        if isinstance(self.list, QTreeView):
            self.list.expand(index.parent())
        self.list.setCurrentIndex(beside if beside.isValid() else index)
        self.list.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self.words.setText(f"第 {place + 1} 處，共 {len(self.found)} 處")
        announce(self, self.words.text())


def list_in(page: QWidget, focus: QWidget | None) -> QAbstractItemView | None:
    """The list that has the keyboard, else the one of a page with the most room; None without.

    Args:
        page: What is in sight.
        focus: What has the keyboard.
    """
    if isinstance(focus, QAbstractItemView) and page.isAncestorOf(focus):
        return focus
    lists = [
        one
        for one in page.findChildren(QAbstractItemView)
        if one.isVisible() and one.model() is not None and not isinstance(one, QHeaderView)
    ]
    return max(lists, key=lambda one: one.width() * one.height(), default=None)


def rows_of(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    """The first cell of every row, a branch before what is in it."""
    for number in range(model.rowCount(parent)):
        index = model.index(number, 0, parent)
        yield index
        yield from rows_of(model, index)


def _words_of(model: QAbstractItemModel, index: QModelIndex) -> str:
    columns = range(model.columnCount(index.parent()))
    return " ".join(words_in(index.siblingAtColumn(column)) for column in columns)


def words_in(cell: QModelIndex) -> str:
    """What a cell shows and what it says to a screen reader."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    words = (cell.data(role) for role in roles)
    return " ".join(dict.fromkeys(one for one in words if isinstance(one, str)))


def _is_from(one: QPersistentModelIndex, now: QModelIndex) -> bool:
    """Whether a row of a plain list stands at the current row or under it."""
    return now.isValid() and one.parent() == now.parent() and one.row() >= now.row()
