"""The search of the plan bar: what is found, listed below it, driven by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QVBoxLayout,
)

from desktop.qt.icons import icon
from desktop.qt.theme import look
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import (
    label,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something the search found.

    Attributes:
        section: 人員, 課程, 案件 or 指令.
        words: What is shown; ``second`` beside it.
        act: What choosing it does.
    """

    section: str
    words: str
    second: str
    act: Callable[[], None]


class _HitModel(QAbstractListModel):
    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.hits: list[Hit | str] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = []
        section = ""
        for hit in hits:
            if hit.section != section:
                section = hit.section
                self.hits.append(section)
            self.hits.append(hit)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        hit = self.hits[index.row()] if index.isValid() else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return hit if isinstance(hit, str) else f"{hit.words} {hit.second}".strip()
        return None

    def flags(self, index: QModelIndex):
        if not index.isValid() or isinstance(self.hits[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option, index) -> QSize:
        return QSize(100, paint.row_height("row_table") + 4)

    def paint(self, painter: QPainter, option, index) -> None:
        painter.save()
        hit = index.model().hits[index.row()]
        rect = QRectF(option.rect).adjusted(12, 0, -12, 0)
        if isinstance(hit, str):
            paint.words(painter, rect, hit, step="caption", colour="text.secondary")
        else:
            if paint.is_selected(option):
                painter.fillRect(option.rect, look().colour("surface.row_selected"))
            used = paint.words(painter, rect.adjusted(8, 0, 0, 0), hit.words)
            rest = rect.adjusted(used + 20, 0, 0, 0)
            paint.words(painter, rest, hit.second, step="caption", colour="text.secondary")
        painter.restore()


class SearchBox(QLineEdit):
    """Ctrl+K: people, courses, pages and commands.

    Attributes:
        wanted: The words to look for changed; answer with ``show_hits``.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("找人員、課程、案件、指令")
        self.setAccessibleName("找人員、課程、案件、指令（Ctrl+K）")
        self.setMinimumWidth(180)
        self.setMaximumWidth(300)
        self.setFixedHeight(32)
        action = QAction(self)
        self._action = action
        self.addAction(action, QLineEdit.ActionPosition.LeadingPosition)
        self._hint = label("Ctrl+K", "caption")
        self._hint.setObjectName("keyHint")
        self.setTextMargins(0, 0, self._hint.sizeHint().width() + 8, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch()
        row.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self._popup = QFrame(self, Qt.WindowType.ToolTip)
        self._popup.setObjectName("popup")
        self._popup.setFocusProxy(self)
        inside = QVBoxLayout(self._popup)
        inside.setContentsMargins(1, 4, 1, 4)
        self._list = QListView()
        self._hits = _HitModel(self)
        self._list.setModel(self._hits)
        self._list.setItemDelegate(_HitDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName("找到的人員、課程、指令")
        self._list.clicked.connect(lambda index: self._open(index.row()))
        inside.addWidget(self._list)
        self._nothing = label("沒有符合的人員、課程或指令", "secondary")
        self._nothing.setContentsMargins(12, 4, 12, 4)
        inside.addWidget(self._nothing)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self._look)
        self.textChanged.connect(self._typed)
        self.retint()

    def retint(self) -> None:
        """Tint the magnifier for the look in force."""
        self._action.setIcon(icon("search_16_regular", look().hex("text.secondary")))

    def is_enough(self) -> bool:
        """Whether the words are long enough: two characters, or one Chinese one."""
        words = self.text().strip()
        return len(words) >= 2 or any("\u4e00" <= letter <= "\u9fff" for letter in words)

    def _typed(self) -> None:
        self._hint.setVisible(not self.text())
        if self.is_enough():
            self._wait.start()
        else:
            self._wait.stop()
            self._popup.hide()

    def _look(self) -> None:
        self.wanted.emit(self.text().strip())

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is offered."""
        return tuple(hit for hit in self._hits.hits if isinstance(hit, Hit))

    def show_hits(self, words: str, hits: Sequence[Hit]) -> None:
        """Offer what was found for these words, if they are still the ones."""
        if words != self.text().strip() or not self.hasFocus():
            return
        self._hits.show_hits(hits)
        self._list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        rows = len(self._hits.hits)
        height = min(rows, 14) * (paint.row_height("row_table") + 4) if hits else 24
        self._popup.resize(max(self.width(), 340), height + 12)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        self._move(1, start=-1)

    def _move(self, step: int, *, start: int | None = None) -> None:
        row = self._list.currentIndex().row() if start is None else start
        rows = range(len(self._hits.hits))
        row += step
        while row in rows and isinstance(self._hits.hits[row], str):
            row += step
        if row in rows:
            self._list.setCurrentIndex(self._hits.index(row))

    def _open(self, row: int) -> None:
        hit = self._hits.hits[row] if 0 <= row < len(self._hits.hits) else ""
        if isinstance(hit, Hit):
            self._popup.hide()
            self.clear()
            hit.act()

    def keyPressEvent(self, event) -> None:
        """Walk through the hits while typing."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._popup.isVisible():
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._popup.isVisible():
            self._open(self._list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self._popup.hide()
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event) -> None:
        """Close the list."""
        self._popup.hide()
        super().focusOutEvent(event)
