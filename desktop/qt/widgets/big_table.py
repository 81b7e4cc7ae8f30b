"""The view of a long list: cells painted from laid-out words, filters under the headings.

Three things keep 800,000 rows at the pace of the screen. The viewport is opaque, so that a scroll
moves what is painted and only the new rows are painted. Words are laid out once and kept. And the
heading has a selection of its own, always empty: Qt would ask every row whether a whole column is
selected.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen, QStaticText
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.qt.models.windowed import QUIET, WAITING, WindowedModel
from desktop.qt.theme import look, ui_font, ui_metrics
from desktop.qt.widgets import paint
from desktop.qt.widgets.table_basics import prepare_table
from desktop.services.listing_filters import TIPS

MOST_LAID_OUT = 20_000
MARGIN = 6
FIELD = 24
_WAIT_MS = 350


class _LaidOut:
    """Words as they are painted, by text and room; all are forgotten when there are too many."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[QStaticText, float]] = {}
        self._begin(ui_metrics("body"))

    def _begin(self, metrics: QFontMetricsF) -> None:
        self._kept.clear()
        self._metrics = metrics
        self._font = ui_font("body")
        self._widest = metrics.horizontalAdvance("龘") + 1

    def of(self, text: str, room: int) -> tuple[QStaticText, float]:
        """The words cut to a width in pixels, and how wide they are then."""
        metrics = ui_metrics("body")
        if metrics is not self._metrics:  # the text is of another size
            self._begin(metrics)
        found = self._kept.get((text, room))
        if found is None:
            if len(self._kept) > MOST_LAID_OUT:
                self._kept.clear()
            line = text.replace("\n", " ")
            # Shaping words takes longest: what surely fits is not measured before it is laid out.
            if len(line) * self._widest > room:
                line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            words = QStaticText(line)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.prepare(font=self._font)
            found = self._kept[text, room] = (words, words.size().width())
        return found


class ListDelegate(QStyledItemDelegate):
    """Paints cells of a long list; nothing but words, grounds and the ring of the current cell."""

    def __init__(self, view: QTableView, model: WindowedModel, *, keeps_blue: bool = False) -> None:
        """Serve one view.

        Args:
            view: Whose cells are painted.
            model: What they show.
            keeps_blue: Whether the current row drives other panes and is blue as a whole.
        """
        super().__init__(view)
        self._view = view
        self._model = model
        self._keeps_blue = keeps_blue
        self._laid_out = _LaidOut()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """The same height for every row."""
        return QSize(60, paint.row_height("row_table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint one cell."""
        rect = option.rect
        colours = look()
        current = self._view.currentIndex()
        is_row = current.row() == index.row()
        if is_row and self._keeps_blue:
            painter.fillRect(rect, colours.colour("surface.row_selected"))
            if rect.left() <= 0:
                bar = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(bar, colours.colour("accent.base"))
        elif paint.is_selected(option):
            name = "row_selected" if self._view.hasFocus() else "row_selected_idle"
            painter.fillRect(rect, colours.colour(f"surface.{name}"))
        elif is_row:
            painter.fillRect(rect, colours.colour("surface.row_hover"))
        painter.setPen(QPen(colours.colour("line.subtle"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = self._model.text(index.row(), index.column())
        mark = self._model.mark(index.row(), index.column())
        if mark and mark != QUIET:
            room = QRectF(rect).adjusted(MARGIN, 0, -MARGIN, 0)
            painter.save()  # it writes strongly; the words after it do not
            paint.verdict(painter, room, mark, text)
            painter.restore()
        elif text:
            is_right = self._model.is_right(index.column())
            self._words(painter, rect, text, is_right=is_right, is_quiet=mark == QUIET)
        if is_row and current.column() == index.column() and self._view.hasFocus():
            painter.setPen(QPen(colours.colour("accent.focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _words(
        self, painter: QPainter, rect: QRect, text: str, *, is_right: bool, is_quiet: bool
    ) -> None:
        room = rect.width() - 2 * MARGIN
        if room <= 0:
            return
        words, width = self._laid_out.of(text, room)
        is_quiet = is_quiet or text == WAITING
        painter.setPen(look().colour("text.secondary" if is_quiet else "text.primary"))
        left = rect.left() + MARGIN
        if is_right:
            left = round(rect.right() - MARGIN - width)
        top = rect.top() + (rect.height() - ui_metrics("body").height()) / 2
        painter.drawStaticText(QPoint(left, round(top)), words)


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
        self.setItemDelegate(ListDelegate(self, model, keeps_blue=keeps_blue))
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
        """Paint the ground, then the cells: nobody else does under an opaque viewport."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look().colour("surface.card"))
        painter.end()
        super().paintEvent(event)

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
