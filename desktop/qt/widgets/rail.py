"""The rail at the left: the pages, in groups, with what waits on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
)

from desktop.qt.icons import paint_icon
from desktop.qt.theme import look, ui_metrics
from desktop.qt.tokens import size
from desktop.qt.widgets import paint


@dataclass(frozen=True, slots=True)
class RailItem:
    """One page in the rail."""

    name: str
    caption: str
    icon: str
    count: int = 0


GROUP_GAP = 7
CAPTION_MARGIN = 11
"""Room at both sides of the longest caption; a scroll bar stands in it."""
DATA_BEGINS, LAST_BEGINS = "duty", "audit"
"""The pages before which a group ends: the work, the data; what is seldom needed stands below."""


class RailModel(QAbstractListModel):
    """The pages there are; a page that is not built is not shown."""

    def __init__(self, items: Sequence[RailItem], parent=None) -> None:
        super().__init__(parent)
        self._items = list(items)

    @property
    def items(self) -> tuple[RailItem, ...]:
        """Every page."""
        return tuple(self._items)

    def item(self, row: int) -> RailItem:
        """One page."""
        return self._items[row]

    def row_of(self, name: str) -> int:
        """The row of a page."""
        return next(n for n, item in enumerate(self._items) if item.name == name)

    def show_count(self, name: str, count: int) -> None:
        """Show what waits behind a caption; nothing for zero."""
        row = self.row_of(name)
        if self._items[row].count != count:
            self._items[row] = replace(self._items[row], count=count)
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many pages."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        """One page."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.caption
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.caption}，{item.count} 件等您處理" if item.count else item.caption
        if role == Qt.ItemDataRole.ToolTipRole:
            number = index.row() + 1
            return f"{item.caption}（Ctrl+{number}）" if number < 10 else item.caption
        return None


class _RailDelegate(QStyledItemDelegate):
    def __init__(self, rail: Rail) -> None:
        super().__init__(rail)
        self._rail = rail

    def sizeHint(self, option, index) -> QSize:
        """40 px, more with larger text."""
        height = round(size("icon_rail") + paint.text_height("caption") + 3)
        whole = max(size("rail_item"), height) + 2
        whole += self._rail.gap_above(index.row())
        return QSize(self._rail.width() - 1, whole)

    def paint(self, painter: QPainter, option, index) -> None:
        """Icon over caption, an accent bar at the left of the current page."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = self._rail.rail_model.item(index.row())
        gap = self._rail.gap_above(index.row())
        rect = QRectF(option.rect).adjusted(4, 1 + gap, -4, -1)
        if gap:
            y = option.rect.top() + gap // 2 if gap == GROUP_GAP else option.rect.top() + gap - 4
            painter.fillRect(
                QRectF(12, y, option.rect.width() - 24, 1), look().colour("line.normal")
            )
        is_current = item.name == self._rail.current_name
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent.soft"))
            painter.drawRoundedRect(rect, 4, 4)
            bar = QRectF(option.rect.left() + 4, rect.center().y() - 10, 3, 20)
            painter.setBrush(look().colour("accent.base"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("surface.button_hover"))
            painter.drawRoundedRect(rect, 4, 4)
        colour = "accent.base" if is_current else "text.primary"
        side = size("icon_rail")
        place = QRectF(rect.center().x() - side / 2, rect.top() + 1, side, side)
        style = "filled" if is_current else "regular"
        paint_icon(painter, place, f"{item.icon}_20_{style}", look().colour(colour))
        self._caption(
            painter,
            QRectF(
                rect.left(), place.bottom(), rect.width(), max(17, paint.text_height("caption"))
            ),
            item,
            colour,
        )
        if self._rail.hasFocus() and self._rail.currentIndex() == index:
            painter.setPen(QPen(look().colour("accent.focus"), size("focus_width")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _caption(self, painter: QPainter, rect: QRectF, item: RailItem, colour: str) -> None:
        metrics = ui_metrics("caption")
        number = f" {item.count}" if item.count else ""
        width = metrics.horizontalAdvance(item.caption + number) + 2
        left = QRectF(rect.center().x() - width / 2, rect.top(), width, rect.height())
        used = paint.words(painter, left, item.caption, step="caption", colour=colour)
        if number:
            rest = left.adjusted(used, 0, 2, 0)
            paint.words(painter, rest, number, step="caption", colour="accent.base")


class Rail(QListView):
    """Navigation at the left: arrow keys move, Enter opens.

    Attributes:
        chosen: A page was chosen, by name.
    """

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("頁面")
        self.rail_model = RailModel(items, self)
        self.current_name = items[0].name
        self.setModel(self.rail_model)
        self.setItemDelegate(_RailDelegate(self))
        self.follow_text()
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setViewportMargins(0, 4, 0, 0)
        self._spare = 0
        self.clicked.connect(self._choose)

    def follow_text(self) -> None:
        """Be as wide as the longest caption asks."""
        metrics = ui_metrics("caption")
        widest = max(metrics.horizontalAdvance(item.caption) for item in self.rail_model.items)
        self.setFixedWidth(max(size("rail_width"), round(widest) + 2 * CAPTION_MARGIN))
        self.scheduleDelayedItemsLayout()

    def gap_above(self, row: int) -> int:
        """Pixels left free above a page: between the groups, and what pushes the last one down."""
        name = self.rail_model.item(row).name
        if name == DATA_BEGINS:
            return GROUP_GAP
        return GROUP_GAP + self._spare if name == LAST_BEGINS else 0

    def resizeEvent(self, event) -> None:
        """Stand the last group at the bottom."""
        super().resizeEvent(event)
        self._spare = 0
        rows = range(self.rail_model.rowCount())
        used = sum(self.sizeHintForRow(row) for row in rows)
        self._spare = max(0, self.viewport().height() - used - 4)
        self.scheduleDelayedItemsLayout()

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rail_model.item(index.row()).name)

    def mark(self, name: str) -> None:
        """Mark the page that is shown."""
        self.current_name = name
        self.setCurrentIndex(self.rail_model.index(self.rail_model.row_of(name)))
        self.viewport().update()

    def keyPressEvent(self, event) -> None:
        """Open with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)
