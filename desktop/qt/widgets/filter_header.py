"""Headings with a row of fields under them, to narrow a list by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QWidget

from desktop.qt.theme import look
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import label
from desktop.services.listing import ListColumn
from desktop.services.listing_filters import TIPS

FIELD = 24
_WAIT_MS = 350


class FilterHeader(QHeaderView):
    """Headings, and under each a field to narrow the list by.

    Attributes:
        filters_changed: Other words stand in the fields.
    """

    filters_changed = Signal()

    def __init__(
        self, columns: Sequence[ListColumn], parent: QAbstractItemView, *, has_fields: bool = True
    ) -> None:
        """Make the headings of a list's columns.

        Args:
            columns: As in the model.
            parent: The table.
            has_fields: Whether the fields are there from the beginning; else ``show_fields``.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[ListColumn, ...] = ()
        self._fields: dict[str, QLineEdit] = {}
        self._has_fields = has_fields
        self._count = label("", "caption")
        self._count.setParent(self)
        self._count.hide()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.filters_changed)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        if has_fields:
            self.show_columns(columns)
        self.sectionResized.connect(lambda *_: self.place_fields())
        self.sectionMoved.connect(lambda *_: self._moved())

    # -------------------------------------------------------------------- fields
    def show_columns(self, columns: Sequence[ListColumn]) -> None:
        """Have a field over every column; where there is one already it keeps its words."""
        self._columns = tuple(columns)
        for column in self._columns:
            if not column.can_filter:
                continue
            field = self._fields.get(column.name) or self._new_field(column)
            if not field.property("error"):
                field.setToolTip(TIPS[column.type])

    def _new_field(self, column: ListColumn) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("columnFilter")
        field.setClearButtonEnabled(False)
        field.setPlaceholderText("篩選")
        field.setAccessibleName(f"篩選：{column.heading}")
        field.textChanged.connect(lambda _: self._wait.start())
        field.installEventFilter(self)
        self._fields[column.name] = field
        return field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a field Enter narrows at once, and opens no row; Esc and ↓ go back to the rows."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_back = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down)
            if is_back or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._at_once()
                view = self.parentWidget()
                if is_back and view is not None:
                    view.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _at_once(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self.filters_changed.emit()

    @property
    def has_fields(self) -> bool:
        """Whether the fields are in sight."""
        return self._has_fields

    def show_fields(self, columns: Sequence[ListColumn]) -> None:
        """Show the fields of these columns."""
        self._has_fields = True
        self.show_columns(columns)
        self._fit()
        self.order_fields()

    def hide_fields(self) -> None:
        """Put the fields away, and what stands in them."""
        self.type_in({})
        self._has_fields = False
        self._fit()

    def _fit(self) -> None:
        self._count.setVisible(self._has_fields and bool(self._count.text()))
        self.geometriesChanged.emit()  # the table makes room
        self.place_fields()

    def say_count(self, words: str, tip: str = "") -> None:
        """Say under the fields how many rows are shown of how many."""
        is_other = bool(words) != bool(self._count.text())
        self._count.setText(words)
        self._count.setToolTip(tip)
        if is_other:
            self._fit()

    @property
    def count_words(self) -> str:
        """What is said under the fields."""
        return self._count.text()

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
        for column in self._columns:
            field = self._fields.get(column.name)
            if field is None:
                continue
            fault = faults.get(column.name, "")
            field.setToolTip(fault or TIPS[column.type])
            field.setAccessibleDescription(fault)
            if field.property("error") != bool(fault):
                field.setProperty("error", bool(fault))
                field.style().unpolish(field)
                field.style().polish(field)

    def focus_field(self, logical: int) -> None:
        """Put the keyboard into the field over a column, else into the first one."""
        name = self._columns[logical].name if 0 <= logical < len(self._columns) else ""
        wanted = self._fields.get(name) or next(iter(self._fields.values()))
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        wanted.selectAll()

    # -------------------------------------------------------------------- layout
    def heading_height(self) -> int:
        """Height of the headings without the fields, in pixels."""
        return super().sizeHint().height()

    def sizeHint(self) -> QSize:
        """The headings' height, and under it the fields' and the count's."""
        size = super().sizeHint()
        if not self._has_fields:
            return size
        return QSize(size.width(), size.height() + self._field_height() + 3 + self._count_height())

    def _field_height(self) -> int:
        return max(FIELD, round(paint.text_height() + 6))

    def _count_height(self) -> int:
        return self._count.sizeHint().height() + 3 if self._count.text() else 0

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint the heading in the upper part."""
        if not self._has_fields:
            super().paintSection(painter, rect, logical)
            return
        painter.fillRect(rect, look().colour("surface.head"))
        upper = QRect(rect.left(), rect.top(), rect.width(), self.heading_height())
        super().paintSection(painter, upper, logical)

    def updateGeometries(self) -> None:
        """Keep the fields under their headings."""
        super().updateGeometries()
        self.place_fields()

    def place_fields(self) -> None:
        """Put each field under its heading; those of hidden columns away."""
        if not self._fields:
            return
        top, height = self.heading_height(), self._field_height()
        for logical, column in enumerate(self._columns):
            field = self._fields.get(column.name)
            if field is None:
                continue
            is_shown = self._has_fields and not self.isSectionHidden(logical)
            if is_shown:
                left = self.sectionViewportPosition(logical)
                field.setGeometry(left + 1, top + 1, self.sectionSize(logical) - 2, height)
            field.setVisible(is_shown)
        if self._has_fields:
            lower = top + height + 3
            self._count.setGeometry(6, lower, max(self.width() - 12, 0), self._count_height())

    def _moved(self) -> None:
        self.place_fields()
        self.order_fields()

    def order_fields(self) -> None:
        """Have Tab walk through the fields as they stand."""
        shown = [
            field
            for visual in range(self.count())
            if 0 <= (logical := self.logicalIndex(visual)) < len(self._columns)
            and (field := self._fields.get(self._columns[logical].name)) is not None
        ]
        for one, next_one in pairwise(shown):
            QWidget.setTabOrder(one, next_one)
