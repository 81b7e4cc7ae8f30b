"""A person's leave at a glance: tiles of hours, and a block an hour for each grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QVBoxLayout, QWidget

from desktop.qt.models.ledger import CONTENT, Roles
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn
from desktop.qt.theme import look, ui_metrics
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import label, pane
from desktop.qt.widgets.delegates import CellDelegate

if TYPE_CHECKING:
    from desktop.services.ledger_view_values import GrantView, LineView

BLOCK_WIDTH, BLOCK_HEIGHT, GAP = 22.0, 14.0, 2.0
LEAST_BLOCK = 5.0
BLOCKS = 1
ROW = 30


class FigureTile(QWidget):
    """A caption, a figure, and a line of detail where there is one."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._caption = caption
        frame = pane("card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(0)
        column.addWidget(label(caption, "caption"))
        self.figure = label("", "figure")
        column.addWidget(self.figure)
        self.detail = label("", "caption")
        column.addWidget(self.detail)
        column.addStretch()

    def show_figure(self, figure: str, detail: str = "") -> None:
        """Show another figure."""
        self.figure.setText(figure)
        self.detail.setText(detail)
        words = f"{self._caption} {figure}"
        self.setAccessibleName(f"{words}，{detail}" if detail else words)


def grant_columns() -> list[TableColumn[GrantView]]:
    """Each grant's title, hours, what is left, and when it may be used."""
    quiet: Roles = {Role.QUIET: lambda grant: grant.is_reversed or grant.balance == 0}
    return [
        TableColumn("核給", lambda grant: grant.title, quiet),
        TableColumn("每時一格", _blocks_words, quiet),
        TableColumn("剩", _left_words, {Role.STRONG: lambda grant: grant.balance > 0, **quiet}),
        TableColumn("使用期間", lambda grant: grant.validity, {Role.QUIET: lambda grant: True}),
    ]


def _blocks_words(grant: GrantView) -> str:
    parts = [f"已用 {grant.used}", f"剩 {grant.balance}"]
    if grant.expired:
        parts.append(f"到期 {grant.expired}")
    return "、".join(parts)


def _left_words(grant: GrantView) -> str:
    if grant.is_reversed:
        return "已沖銷"
    return f"剩 {grant.balance}／{grant.granted} 時"


class HourBlocks(CellDelegate):
    """One block an hour: hatched used, outlined and crossed lapsed, solid left."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """A little more room than a table's row."""
        return QSize(60, max(ROW, paint.row_height("row_table")))

    def _text(self, painter: QPainter, rect: QRectF, get, text: str) -> None:
        grant = get(Role.VALUE)
        if self._column != BLOCKS or grant is None:
            super()._text(painter, rect, get, text)
            return
        hours = max(grant.granted, 1)
        width = min(BLOCK_WIDTH, (rect.width() + GAP) / hours - GAP)
        if width < LEAST_BLOCK:
            super()._text(painter, rect, get, text)
            return
        top = rect.center().y() - BLOCK_HEIGHT / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(grant.granted):
            box = QRectF(rect.left() + number * (width + GAP), top, width, BLOCK_HEIGHT)
            if grant.is_reversed:
                self._outline(painter, box, crossed=True)
            elif number < grant.used:
                self._hatched(painter, box)
            elif number < grant.used + grant.expired:
                self._outline(painter, box, crossed=True)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look().colour("accent.base"))
                painter.drawRoundedRect(box, 2, 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint one cell."""
        self._column = index.column()
        super().paint(painter, option, index)

    def _outline(self, painter: QPainter, box: QRectF, *, crossed: bool) -> None:
        painter.setPen(QPen(look().colour("line.control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if crossed:
            painter.drawLine(QLineF(box.topLeft(), box.bottomRight()))

    def _hatched(self, painter: QPainter, box: QRectF) -> None:
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look().colour("line.control"), 1))
        painter.setBrush(QBrush(look().colour("line.control"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(inner)


class NewestLast(QTableView):
    """A table that keeps its last row in sight: lines are read from the latest up."""

    def resizeEvent(self, event) -> None:
        """Stay at the end."""
        super().resizeEvent(event)
        if not self.selectionModel().hasSelection():
            self.scrollToBottom()


class LineDelegate(CellDelegate):
    """Lines of a card: what was reversed is struck through."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint one cell."""
        super().paint(painter, option, index)
        line: LineView | None = index.data(Role.VALUE)
        if index.column() != CONTENT or line is None or not line.is_reversed:
            return
        rect = QRectF(option.rect).adjusted(6, 0, -6, 0)
        width = min(ui_metrics("body").horizontalAdvance(line.words), rect.width())
        painter.save()
        painter.setPen(QPen(look().colour("text.secondary"), 1))
        middle = rect.center().y() + 1
        painter.drawLine(QLineF(rect.left(), middle, rect.left() + width, middle))
        painter.restore()
