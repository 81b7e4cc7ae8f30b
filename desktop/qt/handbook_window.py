"""The handbook's window: contents and search at the left, the chapter at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.handbook_view import HandbookView
from desktop.qt.help_places import CONTENTS
from desktop.qt.operations import Operations
from desktop.qt.widgets.basics import Splitter, announce, label, pane, tool
from desktop.services.handbook import read_handbook

if TYPE_CHECKING:
    from desktop.services.handbook import Handbook

_PLACE = Qt.ItemDataRole.UserRole


class HandbookWindow(QDialog):
    """The handbook, beside the window it explains; it never blocks it."""

    def __init__(
        self,
        operations: Operations,
        *,
        settings: QSettings,
        read: Callable[[], Handbook] = read_handbook,
        parent: QWidget | None,
    ) -> None:
        """Make the window and read the chapters.

        Args:
            operations: To read off the UI thread.
            settings: What is remembered of windows.
            read: Reads the handbook.
            parent: The window or dialog it was opened from.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setModal(False)
        self._settings = settings
        self._handbook: Handbook | None = None
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setWindowTitle("公餘 手冊")
        self.setMinimumSize(560, 400)
        self.resize(1040, 680)
        kept = settings.value("handbook/geometry")
        if kept is not None:
            self.restoreGeometry(kept)
        self._build()
        operations.run_read(lambda report: read(), self.show_handbook, words="開啟手冊", owner=self)

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = pane("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(4)
        self.back = tool("chevron_left_16_regular", "上一個看的地方", shortcut="Alt+Left")
        self.forward = tool("chevron_right_16_regular", "下一個看的地方", shortcut="Alt+Right")
        self.home = tool("home_20_regular", "手冊的開頭", shortcut="Alt+Home")
        self.search = QLineEdit()
        self.search.setAccessibleName("在手冊裡找")
        self.search.setPlaceholderText("在手冊裡找，例如：彈性、補印、還原")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(360)
        for one in (self.back, self.forward, self.home):
            row.addWidget(one)
        row.addSpacing(8)
        row.addWidget(self.search, 1)
        self.count = label("", "secondary")
        row.addWidget(self.count)
        row.addStretch(1)
        column.addWidget(head)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("手冊目錄")
        self.tree.setIndentation(14)
        self.hits = QListWidget()
        self.hits.setObjectName("plainList")
        self.hits.setAccessibleName("找到的地方")
        self.hits.setWordWrap(True)
        self.hits.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left = QStackedWidget()
        for view in (self.tree, self.hits):
            view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            self.left.addWidget(view)
        self.view = HandbookView()
        self.splitter = Splitter(Qt.Orientation.Horizontal, self.left, self.view)
        self.splitter.setSizes([264, 776])
        self.splitter.setStretchFactor(1, 1)
        column.addWidget(self.splitter, 1)
        self.back.clicked.connect(self.view.backward)
        self.forward.clicked.connect(self.view.forward)
        self.home.clicked.connect(lambda: self.open(CONTENTS))
        self.view.backwardAvailable.connect(self.back.setEnabled)
        self.view.forwardAvailable.connect(self.forward.setEnabled)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        self.view.place_changed.connect(self._mark)
        self.tree.currentItemChanged.connect(lambda item, _: self._item_chosen(item))
        self.hits.currentItemChanged.connect(lambda item, _: self._hit_chosen(item))
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._go_to_first)
        self._shortcut("Ctrl+F", self._focus_search)
        self._shortcut("F6", self._next_pane)
        self._shortcut("F1", lambda: self.open("keyboard#handbook"))

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: act())

    # ------------------------------------------------------------------ content
    def show_handbook(self, handbook: Handbook) -> None:
        """Fill the table of contents."""
        self._handbook = handbook
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items.clear()
        for group in handbook.groups:
            top = QTreeWidgetItem([group.title])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(top)
            for chapter in group.chapters:
                item = self._item(top, chapter.title, chapter.name)
                for section in chapter.sections:
                    if section.level == 2:
                        self._item(item, section.title, section.place)
            top.setExpanded(True)
        self.tree.blockSignals(False)
        self._mark(self.view.place)
        if self.search.text():
            self._find(self.search.text())

    def _item(self, parent: QTreeWidgetItem, words: str, place: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [words])
        item.setData(0, _PLACE, place)
        item.setToolTip(0, words)
        self._items[place] = item
        return item

    def open(self, place: str) -> None:
        """Show a place and come to the front."""
        self.view.open_place(place)
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus()
        # The chapter is laid out for the width that the window now has.
        QTimer.singleShot(0, self.view, partial(self._settle, place))

    def _settle(self, place: str) -> None:
        anchor = place.partition("#")[2]
        if self.view.place == place and anchor:
            self.view.scrollToAnchor(anchor)

    def _mark(self, place: str) -> None:
        """Show in the contents what is read; a place inside a section marks its chapter."""
        item = self._items.get(place) or self._items.get(place.partition("#")[0])
        if item is not None:
            self.tree.blockSignals(True)
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)
            self.tree.blockSignals(False)

    def _item_chosen(self, item: QTreeWidgetItem | None) -> None:
        place = item.data(0, _PLACE) if item is not None else None
        if place:
            self.view.open_place(str(place))

    # ------------------------------------------------------------------- search
    def _find(self, words: str) -> None:
        if self._handbook is None or not words.strip():
            self.left.setCurrentWidget(self.tree)
            self.count.setText("")
            return
        found = self._handbook.find(words)
        self.hits.blockSignals(True)
        self.hits.clear()
        for hit in found:
            where = "" if hit.section.level == 1 else f"（{hit.chapter_title}）"
            item = QListWidgetItem(f"{hit.section.title}{where}\n{hit.excerpt}")
            item.setData(_PLACE, hit.section.place)
            self.hits.addItem(item)
        self.hits.blockSignals(False)
        self.left.setCurrentWidget(self.hits)
        said = f"找到 {len(found)} 處" if found else "沒有符合的內容"
        self.count.setText(said)
        announce(self, said)

    def _hit_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.view.open_place(str(item.data(_PLACE)))
            self.view.find(self.search.text().split()[0] if self.search.text().split() else "")

    def _go_to_first(self) -> None:
        if self.left.currentWidget() is self.hits and self.hits.count():
            self.hits.setFocus()
            self.hits.setCurrentRow(max(self.hits.currentRow(), 0))

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _next_pane(self) -> None:
        order = [self.search, self.left.currentWidget(), self.view]
        now = next((n for n, one in enumerate(order) if one.hasFocus()), -1)
        order[(now + 1) % len(order)].setFocus()

    # ------------------------------------------------------------------- window
    def retint(self) -> None:
        """Follow another look."""
        self.view.retint()

    def done(self, result: int) -> None:
        """Remember where the window was."""
        self._settings.setValue("handbook/geometry", self.saveGeometry())
        super().done(result)

    @property
    def places(self) -> Mapping[str, QTreeWidgetItem]:
        """What the table of contents lists, by place."""
        return self._items
