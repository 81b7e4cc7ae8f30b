"""同因: one written reason for every row that carries the same one; the list comes first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout

from desktop.domain.verdicts import DecisionKind
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import button, label, pane
from desktop.qt.widgets.table_basics import prepare_table


class SameReasonDialog(Dialog):
    """Choose rows, write one reason, decide.

    Attributes:
        decided: Kind, record keys and reason.
    """

    decided = Signal(object, object, str)

    def __init__(self, chip: str, rows: Sequence, *, recent: Sequence[str], parent) -> None:
        """Make the dialog.

        Args:
            chip: The reason in a few characters.
            rows: Records that carry it.
            recent: The last reasons, to choose from.
            parent: The page.
        """
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(f"「{chip}」的 {len(rows)} 列，一次決定")
        self.resize(760, 460)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        head.addWidget(label(f"「{chip}」的列", "strong"))
        self._count = label("", "secondary")
        head.addWidget(self._count)
        head.addStretch()
        every = button("全選或全不選(&T)")
        head.addWidget(every)
        column.addLayout(head)
        self.model: TableModel = TableModel(
            [
                TableColumn("姓名", lambda r: f"{r.name} {r.employee_id}"),
                TableColumn("課程名稱", lambda r: r.course),
                TableColumn("原因", lambda r: r.sentence),
            ],
            key=lambda r: r.record_key,
            parent=self,
        )
        self.model.show_rows(rows)
        self.model.tick(row.record_key for row in rows)
        self.model.ticked_changed.connect(self._say)
        every.clicked.connect(self.model.tick_all)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("同一個原因的列")
        header = self.view.horizontalHeader()
        header.resizeSection(0, 150)
        header.resizeSection(1, 220)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.view, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        words = label("理由(&W)")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(list(recent[:30]))
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText("")
        self.reason.setAccessibleName("理由")
        self.reason.lineEdit().setPlaceholderText("一個理由寫在所有勾選的列上（必填）")
        self.reason.editTextChanged.connect(lambda _: self._say())
        words.setBuddy(self.reason)
        row.addWidget(words)
        row.addWidget(self.reason, 1)
        self.accept_button = button("")
        self.refuse_button = button("")
        self.accept_button.clicked.connect(lambda: self._decide(DecisionKind.ACCEPT))
        self.refuse_button.clicked.connect(lambda: self._decide(DecisionKind.REFUSE))
        close = button("取消")
        close.clicked.connect(self.reject)
        for one in (self.accept_button, self.refuse_button, close):
            row.addWidget(one)
        column.addWidget(foot)
        self.reason.setFocus()
        self._say()

    def _say(self) -> None:
        ticked, count = len(self.model.ticked), self.model.rowCount()
        self._count.setText(f"已選 {ticked}／{count} 列")
        self.accept_button.setText(f"採計 {ticked} 列(&A)")
        self.refuse_button.setText(f"不採計 {ticked} 列(&R)")
        can = ticked > 0 and bool(self.reason.currentText().strip())
        for one in (self.accept_button, self.refuse_button):
            one.setEnabled(can)
            one.setToolTip("" if can else "先勾選列並寫理由")

    def _decide(self, kind: DecisionKind) -> None:
        self.decided.emit(kind, self.model.ticked, self.reason.currentText().strip())
        self.accept()
