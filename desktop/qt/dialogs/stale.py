"""Verdicts that would now be others: the list, and the clerk's agreement."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import button, label, pane
from desktop.qt.widgets.table_basics import prepare_table


class StaleDialog(Dialog):
    """Accepted when the clerk agrees to every verdict listed."""

    def __init__(self, rows: Sequence, parent) -> None:
        """Make the dialog.

        Args:
            rows: The stored verdicts that would differ.
            parent: The page.
        """
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(f"結果將不同：{len(rows)} 人的判定會變")
        self.resize(1180, 460)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = label(
            "資料、行事曆或計畫有變動，下面各人存下的判定和現在算出來的不同。按「照新的」以前，"
            "存下的判定不會改；依據沒有變動的決定都保留，依據變了的要請您再決定。"
            "已核給的補休和已印出的申請表都不會自己更動，照新的以後請到補休帳或申請表更正。",
            wraps=True,
        )
        words.setContentsMargins(16, 12, 16, 8)
        column.addWidget(words)
        self.model: TableModel = TableModel(
            [
                TableColumn("姓名", lambda r: f"{r.name} {r.employee_id}"),
                TableColumn("存下的", lambda r: r.before),
                TableColumn("現在的", lambda r: r.after),
                TableColumn("原因", lambda r: r.cause),
                TableColumn("要再決定的", lambda r: "；".join(r.asked_again)),
                TableColumn("已核給、已印出", lambda r: "；".join(r.standing)),
            ],
            parent=self,
        )
        self.model.show_rows(rows)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setAccessibleName("判定會變的人")
        header = self.view.horizontalHeader()
        header.resizeSection(0, 140)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(3, 140)
        header.resizeSection(4, 150)
        header.resizeSection(5, 240)
        column.addWidget(self.view, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addStretch()
        self.later_button = button("先不改(&L)")
        self.accept_button = button(f"照新的，{len(rows)} 人(&A)", is_accent=True)
        self.later_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        row.addWidget(self.later_button)
        row.addWidget(self.accept_button)
        column.addWidget(foot)
