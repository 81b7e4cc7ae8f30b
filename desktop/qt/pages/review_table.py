"""The table of courses in 審核."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeView,
)

from desktop.domain.verdicts import RecordVerdict
from desktop.qt.models.courses import Column, CourseModel
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets import paint
from desktop.qt.widgets.delegates import GroupedDelegate
from desktop.qt.widgets.text_fit import mark_fitted

if TYPE_CHECKING:
    from desktop.services.verifying import Case


class CourseTable(QTreeView):
    """Sets and courses; ← → fold, the selected row drives the panes.

    Attributes:
        row_chosen: Another course is current.
    """

    row_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.courses = CourseModel(self)
        self.setModel(self.courses)
        self.setItemDelegate(GroupedDelegate(self, keeps_blue=True))
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setExpandsOnDoubleClick(True)
        self.setAccessibleName("各套課程")
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(28)
        self._fit_columns()
        header.setSectionResizeMode(Column.COURSE, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(lambda *_: self.row_chosen.emit())
        self.clicked.connect(self._clicked)

    def _fit_columns(self) -> None:
        """Widths by the text they hold: times are never cut, names give way."""
        body, strong = ui_metrics("body"), ui_metrics("strong")
        time = body.horizontalAdvance("03-17 07:05:33") + 14
        widths = {
            Column.VERDICT: strong.horizontalAdvance("待確認") + 36,
            Column.NUMBER: body.horizontalAdvance("10") + 16,
            Column.HOURS: body.horizontalAdvance("時數") + 14,
            Column.START: time,
            Column.END: time,
            Column.REASONS: paint.chip_width("與加班重疊") + 22,
        }
        for column, width in widths.items():
            self.header().resizeSection(column, round(width))
        mark_fitted(self.header())

    def follow_text(self) -> None:
        """Widths and row heights for text of another size."""
        self._fit_columns()
        self.doItemsLayout()

    def show_case(self, case: Case | None, *, opens_all: bool) -> None:
        """Show another person; what needs work is open, finished sets are folded."""
        self.courses.show_case(case)
        groups = self.courses.groups
        needing = [n for n, group in enumerate(groups) if not group.is_finished]
        for number in range(len(groups)):
            place = self.courses.index(number, 0)
            self.setFirstColumnSpanned(number, QModelIndex(), True)
            self.setExpanded(place, opens_all or number in needing or (not needing and number == 0))

    def go_to(self, index: QModelIndex) -> None:
        """Make a course current and bring it into sight."""
        if index.isValid():
            self.setExpanded(index.parent(), True)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def current_record(self) -> RecordVerdict | None:
        """The record of the current row, if it has one."""
        row = self.courses.row(self.currentIndex())
        return row.record if row is not None else None

    def rows_needing_decision(self) -> list[QModelIndex]:
        """The rows a person must still look at, in order."""
        return [
            index
            for index in self.courses.record_indexes()
            if (row := self.courses.row(index)) is not None and row.needs_decision
        ]

    def _clicked(self, index: QModelIndex) -> None:
        if index.isValid() and not index.parent().isValid():
            place = index.siblingAtColumn(0)
            self.setExpanded(place, not self.isExpanded(place))

    def keyPressEvent(self, event) -> None:
        """Copy as cells; fold with ← and →."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(index)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and index.isValid():
            group = index.parent() if index.parent().isValid() else index.siblingAtColumn(0)
            self.setExpanded(group, event.key() == Qt.Key.Key_Right)
            if event.key() == Qt.Key.Key_Left:
                self.setCurrentIndex(group)
        else:
            super().keyPressEvent(event)

    def _copy(self, index: QModelIndex) -> None:
        row = self.courses.row(index)
        if row is not None:
            cells = [self.courses.cell_words(row, column) for column in Column]
            QGuiApplication.clipboard().setText("\t".join(cells))
