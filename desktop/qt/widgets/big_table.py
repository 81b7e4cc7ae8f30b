"""The view of a long list: cells painted from laid-out words, filters under the headings.

Four things keep 800,000 rows at the pace of the screen. The viewport is opaque, so that a scroll
moves what is painted and only the new rows are painted. Words are laid out once and kept, and all
cells in sight are painted in one go (``list_painter``). And the heading has a selection of its own,
always empty: Qt would ask every row whether a whole column is selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import cast

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from desktop.qt.models.windowed import WindowedModel
from desktop.qt.theme import look
from desktop.qt.widgets import paint
from desktop.qt.widgets.list_painter import ListPainter, RowHeights
from desktop.qt.widgets.table_basics import prepare_table
from desktop.services.listing_filters import TIPS

FIELD = 24
_WAIT_MS = 350


class FilterHeader(QHeaderView):
    """Headings, and under each a field to narrow the list by.

    Attributes:
        filters_changed: Other words stand in the fields.
    """

    filters_changed = Signal()

    def __init__(self, model: WindowedModel, parent: QWidget) -> None:
        """Make the headings of a model's columns."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._fields: dict[str, QLineEdit] = {}
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.filters_changed)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in model.columns:
            if not column.can_filter:
                continue
            field = QLineEdit(self)
            field.setObjectName("columnFilter")
            field.setClearButtonEnabled(False)
            field.setPlaceholderText("篩選")
            field.setAccessibleName(f"篩選：{column.heading}")
            field.setToolTip(TIPS[column.type])
            field.textChanged.connect(lambda _: self._wait.start())
            field.returnPressed.connect(self._at_once)
            self._fields[column.name] = field
        self.sectionResized.connect(lambda *_: self.place_fields())
        self.sectionMoved.connect(lambda *_: self._moved())

    def _at_once(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self.filters_changed.emit()

    @property
    def fields(self) -> Mapping[str, QLineEdit]:
        """The fields by column name."""
        return self._fields

    def typed(self) -> dict[str, str]:
        """What stands in the fields, by column; blank ones left out."""
        return {name: text for name, f in self._fields.items() if (text := f.text().strip())}

    def type_in(self, typed: Mapping[str, str]) -> None:
        """Put other words into the fields, without telling."""
        for name, field in self._fields.items():
            field.blockSignals(True)
            field.setText(typed.get(name, ""))
            field.blockSignals(False)
        self._wait.stop()

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Ring the fields whose words mean nothing, and say why."""
        for name, field in self._fields.items():
            column = next(one for one in self._model.columns if one.name == name)
            fault = faults.get(name, "")
            field.setToolTip(fault or TIPS[column.type])
            field.setAccessibleDescription(fault)
            if field.property("error") != bool(fault):
                field.setProperty("error", bool(fault))
                field.style().unpolish(field)
                field.style().polish(field)

    # -------------------------------------------------------------------- layout
    def heading_height(self) -> int:
        """Height of the headings without the fields, in pixels."""
        return super().sizeHint().height()

    def sizeHint(self) -> QSize:
        """The headings' height and the fields' under it."""
        size = super().sizeHint()
        return QSize(size.width(), size.height() + self._field_height() + 3)

    def _field_height(self) -> int:
        return max(FIELD, round(paint.text_height() + 6))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint the heading in the upper part."""
        painter.fillRect(rect, look().colour("surface.head"))
        upper = QRect(rect.left(), rect.top(), rect.width(), self.heading_height())
        super().paintSection(painter, upper, logical)

    def updateGeometries(self) -> None:
        """Keep the fields under their headings."""
        super().updateGeometries()
        self.place_fields()

    def place_fields(self) -> None:
        """Put each field under its heading; those of hidden columns away."""
        top, height = self.heading_height(), self._field_height()
        for logical, column in enumerate(self._model.columns):
            field = self._fields.get(column.name)
            if field is None:
                continue
            is_shown = not self.isSectionHidden(logical)
            if is_shown:
                left = self.sectionViewportPosition(logical)
                field.setGeometry(left + 1, top + 1, self.sectionSize(logical) - 2, height)
            field.setVisible(is_shown)

    def _moved(self) -> None:
        self.place_fields()
        self.order_fields()

    def order_fields(self) -> None:
        """Have Tab walk through the fields as they stand."""
        shown = [
            field
            for visual in range(self.count())
            if (logical := self.logicalIndex(visual)) >= 0
            and (field := self._fields.get(self._model.columns[logical].name)) is not None
        ]
        for one, next_one in pairwise(shown):
            QWidget.setTabOrder(one, next_one)


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
        self.header = FilterHeader(model, self)
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
