"""Delegates: one for the cells of every table, one for the rows of two lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTreeView,
)

from desktop.qt.icons import paint_icon
from desktop.qt.models.roles import Role
from desktop.qt.theme import look, text_factor
from desktop.qt.tokens import size
from desktop.qt.widgets import paint

CHECK = Qt.ItemDataRole.CheckStateRole
Get = Callable[[int], Any]


def _asking(index: QModelIndex) -> Get:
    """How a cell's roles are asked: all at once where its model can tell them so.

    A cell has a dozen roles and a screen three hundred cells.
    """
    model = index.model()
    painted = getattr(model, "painted", None)
    return painted(index).get if painted is not None else partial(model.data, index)


class CellDelegate(QStyledItemDelegate):
    """Paints any cell by the roles its model gives: verdict, chips, check box, icon, text."""

    def __init__(
        self, view: QAbstractItemView, *, row: str = "row_table", keeps_blue: bool = False
    ) -> None:
        """Serve one view.

        Args:
            view: Whose cells are painted.
            row: The token of the row height.
            keeps_blue: Whether the selected row drives other panes and stays blue.
        """
        super().__init__(view)
        self._view = view
        self._row = row
        self._keeps_blue = keeps_blue

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """The same height for every row."""
        token = "row_set" if index.data(Role.IS_GROUP) else self._row
        return QSize(60, paint.row_height(token))

    def _header(self) -> QHeaderView | None:
        if isinstance(self._view, QTableView):
            return self._view.horizontalHeader()
        return self._view.header() if isinstance(self._view, QTreeView) else None

    def _ends(self, column: int) -> tuple[bool, bool]:
        header = self._header()
        if header is None:
            return True, True
        place = header.visualIndex(column)
        return place == 0, place == header.count() - 1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint one cell."""
        painter.save()
        current = self._view.currentIndex()
        is_current = current.row() == index.row() and current.parent() == index.parent()
        is_first = is_last = False
        if is_current or paint.is_selected(option):
            is_first, is_last = self._ends(index.column())
        paint.row_ground(
            painter,
            option,
            has_view_focus=self._view.hasFocus(),
            is_first=is_first,
            is_last=is_last,
            is_current=is_current,
            keeps_blue=self._keeps_blue,
        )
        rect = QRectF(option.rect).adjusted(6, 0, -6, 0)
        get = _asking(index)
        check = get(CHECK)
        if check is not None:
            box = QRectF(rect.left() + 2, rect.center().y() - 8, 16, 16)
            paint.check_box(painter, box, Qt.CheckState(check))
            rect.setLeft(box.right() + 8)
        state, chips = get(Role.STATE), get(Role.CHIPS)
        text = get(Qt.ItemDataRole.DisplayRole) or ""
        cut = get(Role.CUT)
        if state:
            paint.verdict(painter, rect, state, text)
        elif cut is not None:
            paint.cut(painter, rect, cut)
        elif chips:
            paint.chips(painter, rect, chips, has_icons=bool(get(Role.CHIP_ICONS)))
        else:
            self._text(painter, rect, get, text)
        painter.restore()

    def _text(self, painter: QPainter, rect: QRectF, get: Get, text: str) -> None:
        icon = get(Role.ICON)
        if icon:
            box = QRectF(rect.left(), rect.center().y() - 8, 16, 16)
            paint_icon(painter, box, icon, look().colour("text.secondary"))
            rect.setLeft(box.right() + 4)
        align = get(Qt.ItemDataRole.TextAlignmentRole)
        warn = get(Role.WARN)
        if get(Role.WRAPS):
            paint.wrapped(painter, rect, text, colour=f"verdict.{warn}" if warn else "text.primary")
            return
        quiet = "text.secondary" if get(Role.QUIET) else "text.primary"
        paint.words(
            painter,
            rect,
            text,
            step="strong" if get(Role.STRONG) else "body",
            colour=f"verdict.{warn}" if warn else quiet,
            align=Qt.AlignmentFlag(align) if align else Qt.AlignmentFlag.AlignLeft,
        )

    def editorEvent(self, event, model, option, index) -> bool:
        """Turn a check box over when it is clicked."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and index.data(CHECK) is not None
            and event.position().x() < option.rect.left() + 32
        ):
            return toggle(model, index)
        return False


def toggle(model, index: QModelIndex) -> bool:
    """Turn a check box over; False where there is none."""
    check = index.data(CHECK)
    if check is None:
        return False
    is_on = Qt.CheckState(check) == Qt.CheckState.Checked
    return model.setData(index, Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked, CHECK)


ROOM_FOR_WORDS = 520
"""Logical pixels of a set row from which its counts say their verdicts in words."""


class GroupedDelegate(CellDelegate):
    """The same, with set rows of their own: arrow, title, chip, counts, hours."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint a set row over the whole width, any other cell as usual."""
        if not index.model().data(index, Role.IS_GROUP):
            super().paint(painter, option, index)
            return
        painter.save()
        view = self._view
        rect = QRectF(option.rect)
        rect.setLeft(0)
        rect.setRight(view.viewport().width())
        painter.fillRect(rect, look().colour("surface.head"))
        current = view.currentIndex()
        option.rect = rect.toRect()
        paint.row_ground(
            painter,
            option,
            has_view_focus=view.hasFocus(),
            is_current=current.siblingAtColumn(0) == index.siblingAtColumn(0),
            keeps_blue=True,
        )
        is_open = isinstance(view, QTreeView) and view.isExpanded(index.siblingAtColumn(0))
        arrow = "chevron_down_12_regular" if is_open else "chevron_right_12_regular"
        middle = rect.center().y()
        paint_icon(painter, QRectF(12, middle - 6, 12, 12), arrow, look().colour("text.primary"))
        room = rect.adjusted(32, 0, -12, 0)
        trailing = index.data(Role.TRAILING) or ""
        right = room
        width = paint.words(
            painter,
            right,
            trailing,
            colour="text.secondary",
            step="caption",
            align=Qt.AlignmentFlag.AlignRight,
        )
        numbers = QRectF(room.left(), room.top(), room.width() - width - 12, room.height())
        has_words = numbers.width() >= ROOM_FOR_WORDS * text_factor()
        left = paint.counts(painter, numbers, index.data(Role.COUNTS) or (), has_words=has_words)
        title = QRectF(room.left(), room.top(), max(left - room.left(), 40), room.height())
        used = paint.words(painter, title, index.data(Qt.ItemDataRole.DisplayRole), step="strong")
        for item in index.data(Role.CHIPS) or ():
            most = left - room.left() - used
            at = room.left() + used + 8
            paint.chip(painter, at, middle, item, most=most, has_icon=item[0] == "pass")
        painter.restore()


class TwoLineDelegate(QStyledItemDelegate):
    """A queue row: check box, name and number, a second line, counts per verdict."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """44 px, more with larger text."""
        height = round(paint.text_height("strong") + paint.text_height("caption") + 6)
        return QSize(120, max(size("row_queue"), height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint one person."""
        painter.save()
        paint.row_ground(
            painter,
            option,
            has_view_focus=self._view.hasFocus(),
            is_current=self._view.currentIndex() == index,
            keeps_blue=True,
        )
        rect = QRectF(option.rect).adjusted(8, 2, -10, -3)
        box = QRectF(rect.left(), rect.center().y() - 8, 16, 16)
        check = index.data(CHECK)
        paint.check_box(painter, box, Qt.CheckState(check or 0))
        rect.setLeft(box.right() + 8)
        left = paint.counts(painter, rect, index.data(Role.COUNTS) or ())
        upper = QRectF(rect.left(), rect.top(), left - rect.left(), rect.height() / 2)
        lower = upper.translated(0, rect.height() / 2)
        name, code, second = index.data(Role.VALUE)
        used = paint.words(painter, upper, name, step="strong")
        rest = upper.adjusted(used + 8, 0, 0, 0)
        if rest.width() > 24:
            paint.words(painter, rest, code, colour="text.secondary", step="caption")
        paint.words(painter, lower, second, colour="text.secondary", step="caption")
        painter.restore()

    def editorEvent(self, event, model, option, index) -> bool:
        """Turn the check box over when it is clicked."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and event.position().x() < option.rect.left() + 30
        ):
            return toggle(model, index)
        return False
