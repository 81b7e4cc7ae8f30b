"""The view of a long list: cells painted from laid-out words, filters under the headings.

Four things keep 800,000 rows at the pace of the screen. The viewport is opaque, so that a scroll
moves what is painted and only the new rows are painted. Words are laid out once and kept, and all
cells in sight are painted in one go (``list_painter``). And the heading has a selection of its own,
always empty: Qt would ask every row whether a whole column is selected.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QTableView,
)

from desktop.qt.models.windowed import WindowedModel
from desktop.qt.widgets.filter_header import FilterHeader
from desktop.qt.widgets.list_painter import ListPainter, RowHeights
from desktop.qt.widgets.table_basics import prepare_table


class BigTable(QTableView):
    """A long list under its headings.

    Attributes:
        copy_wanted: The clerk wants the selected cells on the clipboard.
        opened: A row was opened with Enter or a double click: its place.
    """

    copy_wanted = Signal()
    opened = Signal(int)

    def __init__(self, model: WindowedModel, *, keeps_blue: bool = False) -> None:
        """Make the view of a model.

        Args:
            model: What is shown.
            keeps_blue: Whether the current row drives other panes and is blue as a whole.
        """
        super().__init__()
        prepare_table(self, has_reach=False)
        self.setItemDelegate(RowHeights(self))
        self._painter = ListPainter(self, model, keeps_blue=keeps_blue)
        self.header = FilterHeader(model.columns, self)
        self.header.setStretchLastSection(True)
        self.header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        # An empty selection of its own: see above.
        self.header.setSelectionModel(QItemSelectionModel(model, self.header))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.header.place_fields())
        for place, column in enumerate(model.columns):
            self.header.resizeSection(place, column.width)
            self.header.setSectionHidden(place, not column.is_shown)
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the cells: nobody else does under an opaque viewport."""
        painter = QPainter(self.viewport())
        # The stubs do not know that a region is a row of rectangles.
        self._painter.paint(painter, cast(Iterable[QRect], event.region()))
        painter.end()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Repaint both rows whole."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                top, height = self.rowViewportPosition(index.row()), self.rowHeight(index.row())
                self.viewport().update(0, top, self.viewport().width(), height)

    def keyPressEvent(self, event) -> None:
        """Copy with the clipboard's key; everything else as usual."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are the filters' matter: looking for a beginning would read every row."""


def is_adding() -> bool:
    """Whether the clerk holds the key that adds to a selection or an order."""
    return bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
