"""核章回件: scanned sheets, the documents their codes name, and putting them to their cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import Note, button, label, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.stamped_sheets import FoundSheet


class ReturnedDialog(Dialog):
    """Shows every page read; those with a document can be put to their cases."""

    def __init__(
        self,
        sheets: Sequence[FoundSheet],
        *,
        attach: Callable[[Sequence[FoundSheet]], None],
        parent: QWidget | None,
    ) -> None:
        """Make the dialog.

        Args:
            sheets: Every page of the scans.
            attach: Puts the sheets to their cases.
            parent: The page.
        """
        super().__init__(parent)
        self._sheets = tuple(sheets)
        self._attach = attach
        found = sum(sheet.is_found for sheet in self._sheets)
        lost = len(self._sheets) - found
        self.setWindowTitle(f"核章回件：{found} 頁找到案件" + (f"，{lost} 頁沒有" if lost else ""))
        self.setModal(True)
        self.resize(920, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 10)
        top.addWidget(
            Note(
                "review" if lost else "info",
                "掃描檔會原樣存成證據；申請表的案件會移到「核章」，可以復原。"
                "請看過每一頁的章都蓋齊了再歸檔，程式只認編號，不認章。",
                can_close=False,
            )
        )
        column.addLayout(top)
        self.table: TableModel[FoundSheet] = TableModel(
            [
                TableColumn(
                    "結果",
                    lambda s: "找到" if s.is_found else "沒有歸入",
                    {Role.STATE: lambda s: "pass" if s.is_found else "fail"},
                ),
                TableColumn("編號", lambda s: s.number, {Role.STRONG: lambda s: True}),
                TableColumn("文件", lambda s: s.kind),
                TableColumn("姓名", lambda s: s.name),
                TableColumn(
                    "檔案", lambda s: f"{s.file_name} 第 {s.page} 頁" if s.page else s.file_name
                ),
                TableColumn("說明", lambda s: s.problem),
            ],
            parent=self,
        )
        self.table.show_rows(self._sheets)
        self.view = QTableView()
        self.view.setModel(self.table)
        prepare_table(self.view)
        self.view.setAccessibleName("掃描的每一頁")
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, 104), (1, 126), (2, 92), (3, 84), (4, 170)):
            header.resizeSection(section, width)
        column.addWidget(self.view, 1)
        self.words = label("", "secondary", wraps=True)
        self.words.setContentsMargins(16, 6, 16, 6)
        self.words.setAccessibleName("這一頁的說明")
        column.addWidget(self.words)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addStretch(1)
        cancel = button("取消")
        self.attach_button = button(f"歸檔 {found} 頁(&K)", is_accent=True)
        self.attach_button.setEnabled(found > 0)
        self.attach_button.setDefault(True)
        on_click(cancel, self.reject)
        on_click(self.attach_button, self._accept)
        row.addWidget(cancel)
        row.addWidget(self.attach_button)
        column.addWidget(foot)
        if self._sheets:
            worst = next((n for n, s in enumerate(self._sheets) if not s.is_found), 0)
            self.view.selectRow(worst)
        self._say()

    def _say(self) -> None:
        sheet = self.table.row(self.view.currentIndex().row())
        self.words.setText(sheet.problem if sheet is not None else "")

    def _accept(self) -> None:
        self._attach(self._sheets)
        self.accept()
