"""理由範本: reasons kept ready; add one, take one away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import button, label, pane
from desktop.qt.widgets.table_basics import prepare_table


class ReasonTemplatesDialog(Dialog):
    """The reasons that are kept.

    Attributes:
        kept: Words to keep.
        dropped: A template's id to offer no longer.
    """

    kept = Signal(str)
    dropped = Signal(str)

    def __init__(self, templates: Sequence, *, words: str = "", parent=None) -> None:
        """Make the dialog.

        Args:
            templates: Those that are kept.
            words: What the field holds at first, the reason in hand.
            parent: The page.
        """
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle("理由範本")
        self.resize(560, 380)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        name = label("理由(&W)")
        self.words = QLineEdit(words)
        self.words.setAccessibleName("要加入的理由")
        self.words.setPlaceholderText("例如：已補出勤證明")
        name.setBuddy(self.words)
        self.add_button = button("加入(&A)", is_accent=True)
        head.addWidget(name)
        head.addWidget(self.words, 1)
        head.addWidget(self.add_button)
        column.addLayout(head)
        self.model: TableModel = TableModel(
            [TableColumn("範本", lambda one: one.words)], parent=self
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("理由範本")
        self.view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.view, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        self.drop_button = button("移除(&D)")
        close = button("關閉")
        close.clicked.connect(self.reject)
        row.addWidget(self.drop_button)
        row.addStretch()
        row.addWidget(close)
        column.addWidget(foot)
        self.add_button.clicked.connect(self._add)
        self.words.returnPressed.connect(self._add)
        self.words.textChanged.connect(lambda _: self._say())
        self.drop_button.clicked.connect(self._drop)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.show_templates(templates)

    def show_templates(self, templates: Sequence) -> None:
        """Show other templates."""
        self.model.show_rows(templates)
        if templates:
            self.view.selectRow(0)
        self._say()

    def _say(self) -> None:
        self.add_button.setEnabled(bool(self.words.text().strip()))
        self.drop_button.setEnabled(self.model.row(self.view.currentIndex().row()) is not None)

    def _add(self) -> None:
        words = self.words.text().strip()
        if words:
            self.words.clear()
            self.kept.emit(words)

    def _drop(self) -> None:
        one = self.model.row(self.view.currentIndex().row())
        if one is not None:
            self.dropped.emit(one.id)
