"""待處理 on 匯入: doubtful cells of stored rows, and the place where a person looks at them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout

from desktop.qt.models.readings import ReadingModel
from desktop.qt.operations import Operations
from desktop.qt.readings import StoredReadings
from desktop.qt.services import Services
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets.basics import ElidedLabel, Splitter, button, label, pane, verdict_icon
from desktop.qt.widgets.reading_desk import ReadingDesk
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.widgets.text_fit import mark_fitted


class WaitingReadings(QFrame):
    """待處理: how many cells of stored rows wait for a person, and the way to them.

    Attributes:
        opened: The clerk wants to look at them.
    """

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setProperty("kind", "review")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(verdict_icon("review"))
        self._words = label("", "strong")
        row.addWidget(self._words)
        row.addWidget(
            ElidedLabel("看不清楚的格子要對照原件，確認以前不會自動通過。", "secondary"), 1
        )
        self.open_button = button("對照原件確認…(&K)")
        self.open_button.clicked.connect(self.opened)
        row.addWidget(self.open_button)
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many wait; nothing without any."""
        self._words.setText(f"待確認的辨識 {count:,} 格")
        self.setAccessibleName(f"待處理：待確認的辨識 {count} 格")
        self.setVisible(count > 0)


class StoredReadingsPane(QFrame):
    """The list of doubtful cells at the left, the desk with the picture at the right.

    Attributes:
        left: The clerk wants back.
        desk: Where a cell is put right.
        settled_box: Whether the list also holds cells that somebody has spoken on.
        view: The list.
    """

    left = Signal()

    def __init__(self, services: Services, operations: Operations) -> None:
        """Make it empty; nothing is read before ``begin``."""
        super().__init__()
        self.setObjectName("pane")
        self._services = services
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.desk = ReadingDesk(operations, series="stored-readings")
        self.desk.stand_tall(True)
        self.splitter = Splitter(Qt.Orientation.Horizontal, self._make_list(), self.desk)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([560, 734])
        column.addWidget(self.splitter)
        self.desk.arrived.connect(lambda _: self._fill())
        self.desk.shown.connect(lambda _: self._follow())
        self._is_filling = False

    def _make_list(self) -> QFrame:
        side = pane()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 12, 4)
        head.setSpacing(8)
        head.addWidget(label("待確認的辨識", "strong"))
        self._count = ElidedLabel("", "secondary")
        head.addWidget(self._count, 1)
        self.settled_box = QCheckBox("連同已確認的(&H)")
        self.settled_box.toggled.connect(lambda _: self._fill())
        head.addWidget(self.settled_box)
        self.back_button = button("回到匯入(&T)")
        self.back_button.clicked.connect(self.left)
        head.addWidget(self.back_button)
        column.addLayout(head)
        self.model = ReadingModel(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, keeps_blue=True)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAccessibleName("待確認的辨識")
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        measure = ui_metrics("body").horizontalAdvance
        for section, words in (
            (0, "　已更正　"),
            (2, "00 頁 00 列　"),
            (3, "認證時數　"),
            (4, "114-03-12 11:52:18　"),
        ):
            header.resizeSection(section, round(measure(words)) + 6)
        mark_fitted(header)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        column.addWidget(self.view, 1)
        side.setMinimumWidth(320)
        return side

    def begin(self, plan_id: str) -> None:
        """Read the doubtful cells of what is stored.

        Args:
            plan_id: The plan in force, by which rows are judged.
        """
        self.desk.begin(StoredReadings(self._services, plan_id))
        self.view.setFocus()

    def end(self) -> None:
        """Show nothing any more."""
        self.desk.end()

    def reload(self) -> None:
        """Read the cells again, where they are on screen."""
        if not self.isHidden():
            self.desk.reload()

    def _fill(self) -> None:
        with_settled = self.settled_box.isChecked()
        rows = [one for one in self.desk.cells if with_settled or not one.is_settled]
        self._is_filling = True
        self.model.show_rows(rows)
        self._is_filling = False
        count = self.desk.open_count
        self._count.setText(f"還有 {count:,} 格" if count else "都看過了")
        self._follow()

    def _follow(self) -> None:
        """Let the list follow the desk."""
        cell = self.desk.cell
        number = self.model.number_of(cell.key) if cell is not None else -1
        self._is_filling = True
        if number >= 0:
            self.view.selectRow(number)
        else:
            self.view.clearSelection()
        self._is_filling = False

    def _chosen(self) -> None:
        """Let the desk follow the list."""
        cell = self.model.row(self.view.currentIndex().row())
        if cell is not None and not self._is_filling:
            self.desk.show_key(cell.key)
