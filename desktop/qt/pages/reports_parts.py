"""Parts of 報表: which sheets and columns are wanted, and a sheet as it will be exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTabBar,
    QTableView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import ElidedLabel, label
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.table_reach import TableReach

if TYPE_CHECKING:
    from desktop.services.reporting import ReportSheet, ReportTable

Line = tuple[int, tuple[str, ...]]
ColumnName = tuple[str, str]
_NAME = Qt.ItemDataRole.UserRole
MOST_MEASURED = 60
WIDEST = 260


class WantedTree(QTreeWidget):
    """Sheets with their columns, each with a tick.

    Attributes:
        wanted_changed: Other sheets or columns are ticked.
        sheet_chosen: The number of the sheet that is to be shown.
    """

    wanted_changed = Signal()
    sheet_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setAccessibleName("工作表與欄位")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setIndentation(16)
        self._sheets: tuple[ReportSheet, ...] = ()
        self.itemChanged.connect(lambda *_: self.wanted_changed.emit())
        self.currentItemChanged.connect(lambda item, _: self._chosen(item))

    def show_sheets(self, sheets: Sequence[ReportSheet]) -> None:
        """Offer other sheets; what was left out by name stays so."""
        if [self._shape(one) for one in sheets] == [self._shape(one) for one in self._sheets]:
            self._sheets = tuple(sheets)
            for top, sheet in zip(self._tops, sheets, strict=True):
                top.setText(0, _title(sheet))
            return
        left_out = self.left_out
        self._sheets = tuple(sheets)
        self.blockSignals(True)
        self.clear()
        for sheet in sheets:
            top = self._item(self, _title(sheet), sheet.title, has_children=True)
            for table in sheet.tables:
                parent = top
                if len(sheet.tables) > 1:
                    words = table.caption or sheet.title
                    parent = self._item(top, words, None, has_children=True)
                for column in table.columns:
                    self._item(parent, column.title, column.name)
        self.blockSignals(False)
        self.leave_out(*left_out)
        self.choose(0)

    @property
    def _tops(self) -> list[QTreeWidgetItem]:
        items = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        return [item for item in items if item is not None]

    @staticmethod
    def _shape(sheet: ReportSheet) -> tuple[str, tuple[ColumnName, ...]]:
        return sheet.title, tuple(c.name for table in sheet.tables for c in table.columns)

    @staticmethod
    def _item(
        parent: QTreeWidget | QTreeWidgetItem,
        words: str,
        name: object,
        *,
        has_children: bool = False,
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [words])
        flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags | Qt.ItemFlag.ItemIsAutoTristate if has_children else flags)
        item.setData(0, _NAME, name)
        item.setSizeHint(0, QSize(0, paint.row_height("row_table")))
        if not has_children:
            item.setCheckState(0, Qt.CheckState.Checked)
        return item

    @property
    def left_out(self) -> tuple[tuple[str, ...], tuple[ColumnName, ...]]:
        """Sheets that are not wanted at all, and of the others the columns that are not."""
        sheets, columns = [], []
        for top in self._tops:
            if top.checkState(0) == Qt.CheckState.Unchecked:
                sheets.append(top.data(0, _NAME))
            elif top.checkState(0) == Qt.CheckState.PartiallyChecked:
                columns += [
                    tuple(leaf.data(0, _NAME))
                    for leaf in _leaves(top)
                    if leaf.checkState(0) == Qt.CheckState.Unchecked
                ]
        return tuple(sheets), tuple(columns)

    def leave_out(self, sheets: Sequence[str], columns: Sequence[ColumnName]) -> None:
        """Tick everything but these."""
        unwanted = set(map(tuple, columns))
        self.blockSignals(True)
        for top in self._tops:
            for leaf in _leaves(top):
                is_off = top.data(0, _NAME) in sheets or tuple(leaf.data(0, _NAME)) in unwanted
                leaf.setCheckState(0, Qt.CheckState.Unchecked if is_off else Qt.CheckState.Checked)
        self.blockSignals(False)
        self.viewport().update()
        self.wanted_changed.emit()

    def choose(self, number: int) -> None:
        """Go to a sheet."""
        tops = self._tops
        if number < len(tops) and self._sheet_of(self.currentItem()) != number:
            self.setCurrentItem(tops[number])

    def _sheet_of(self, item: QTreeWidgetItem | None) -> int:
        while item is not None and item.parent() is not None:
            item = item.parent()
        return self.indexOfTopLevelItem(item) if item is not None else -1

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        number = self._sheet_of(item)
        if number >= 0:
            self.sheet_chosen.emit(number)


def _title(sheet: ReportSheet) -> str:
    return f"{sheet.title}　{sheet.rows:,} 列"


def _leaves(top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """Every item under one that has none under itself."""
    found: list[QTreeWidgetItem] = []
    for number in range(top.childCount()):
        child = top.child(number)
        if child is not None:
            found += _leaves(child) if child.childCount() else [child]
    return found


class SheetPreview(QWidget):
    """One sheet: heading, its tables one under a tab each, its charts by name."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 6)
        head.setSpacing(12)
        self.heading = ElidedLabel("", "subtitle")
        self.charts = label("", "secondary")
        head.addWidget(self.heading, 1)
        head.addWidget(self.charts)
        column.addLayout(head)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("工作表裡的表格")
        self.tabs.currentChanged.connect(self._show_table)
        column.addWidget(self.tabs)
        self.view = QTableView()
        prepare_table(self.view)
        self.view.setAccessibleName("匯出內容預覽")
        self.message = label("這張工作表不匯出。", "secondary", wraps=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.message)
        column.addWidget(self.stack, 1)
        self._sheet: ReportSheet | None = None
        self._is_wanted: Callable[[ColumnName], bool] = lambda name: True
        self._model: TableModel[Line] = TableModel([], parent=self)

    @property
    def model(self) -> TableModel[Line]:
        """What is shown."""
        return self._model

    def show_sheet(
        self, sheet: ReportSheet | None, *, is_wanted: Callable[[ColumnName], bool]
    ) -> None:
        """Show another sheet, or the same with other columns.

        Args:
            sheet: None where there is nothing to show.
            is_wanted: Whether a column is exported.
        """
        is_other = sheet is not self._sheet
        self._sheet, self._is_wanted = sheet, is_wanted
        if sheet is None:
            self.heading.setText("")
            self.charts.setText("")
            self._show_table(-1)
            return
        if not is_other:
            self._hide_unwanted()
            return
        self.heading.setText(sheet.heading)
        self.charts.setText(f"圖表：{'、'.join(sheet.charts)}" if sheet.charts else "")
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for table in sheet.tables:
            self.tabs.addTab(table.caption or sheet.title)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(sheet.tables) > 1)
        self._show_table(0)

    @property
    def table(self) -> ReportTable | None:
        """The table in sight."""
        number = self.tabs.currentIndex()
        if self._sheet is None or not 0 <= number < len(self._sheet.tables):
            return None
        return self._sheet.tables[number]

    def _show_table(self, _number: int) -> None:
        table = self.table
        if table is None:
            self.stack.setCurrentWidget(self.message)
            return
        first_total = len(table.rows) - table.totals
        strong: Mapping[int, Callable[[Line], Any]] = {
            Role.STRONG: lambda line: line[0] >= first_total
        }

        def text_of(number: int) -> Callable[[Line], str]:
            return lambda line: line[1][number].replace("\n", "　")

        old = self._model
        self._model = TableModel(
            [
                TableColumn(one.title, text_of(number), strong, is_number=one.is_number)
                for number, one in enumerate(table.columns)
            ],
            parent=self,
        )
        self._model.show_rows(tuple(enumerate(table.rows)))
        self.view.setModel(self._model)
        reach = self.view.findChild(TableReach)
        assert reach is not None
        reach.follow_selection()
        old.deleteLater()
        metrics = ui_metrics("body")
        for number, one in enumerate(table.columns):
            texts = [one.title, *(row[number] for row in table.rows[:MOST_MEASURED])]
            widest = max(metrics.horizontalAdvance(text) for text in texts)
            self.view.setColumnWidth(number, round(min(max(widest + 20, 48), WIDEST)))
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._hide_unwanted()

    def _hide_unwanted(self) -> None:
        table = self.table
        if table is None:
            return
        wanted = [self._is_wanted(one.name) for one in table.columns]
        for number, is_on in enumerate(wanted):
            self.view.setColumnHidden(number, not is_on)
        self.stack.setCurrentWidget(self.view if any(wanted) else self.message)
