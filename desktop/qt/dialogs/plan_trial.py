"""試算的結果: who gains and who loses under the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import Note, button, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.plan_trial import TrialChange, TrialRun

LOOKS = {"gains": "pass", "loses": "fail", "other": "review"}


class TrialDialog(Dialog):
    """Lists everybody whose result would be another one."""

    def __init__(self, trial: TrialRun, *, parent: QWidget | None) -> None:
        """Make the dialog.

        Args:
            trial: The result.
            parent: The page.
        """
        super().__init__(parent)
        self._trial = trial
        self.setWindowTitle(f"試算：{len(trial.changed)} 人的結果會變")
        self.setModal(True)
        self.resize(860, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 10)
        words = f"{trial.basis.rstrip('。')}，共 {trial.people} 人。試算不會改變任何資料。"
        top.addWidget(Note("info", words, can_close=False))
        column.addLayout(top)
        self.table: TableModel[TrialChange] = TableModel(
            [
                TableColumn(
                    "結果",
                    lambda c: c.effect.word,
                    {Role.STATE: lambda c: LOOKS[c.effect.value]},
                ),
                TableColumn("姓名", lambda c: c.name),
                TableColumn("代號", lambda c: c.employee_id, {Role.QUIET: lambda c: True}),
                TableColumn("單位", lambda c: c.unit),
                TableColumn("原來", lambda c: c.before, {Role.QUIET: lambda c: True}),
                TableColumn("照草稿", lambda c: c.after, {Role.STRONG: lambda c: True}),
            ],
            parent=self,
        )
        self.table.show_rows(trial.changed)
        self.view = QTableView()
        self.view.setModel(self.table)
        prepare_table(self.view, can_sort=True)
        self.view.setAccessibleName("結果會變的人")
        header = self.view.horizontalHeader()
        for section in (4, 5):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, 104), (1, 88), (2, 72), (3, 110)):
            header.resizeSection(section, width)
        if trial.changed:
            self.view.selectRow(0)
        column.addWidget(self.view, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        copy = button("複製清單(&C)", icon_name="copy_16_regular")
        close = button("知道了(&K)", is_accent=True)
        close.setDefault(True)
        on_click(copy, self.copy_list)
        on_click(close, self.accept)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        column.addWidget(foot)

    def text(self) -> str:
        """The list as cells."""
        heads = "結果\t姓名\t代號\t單位\t原來\t照草稿"
        lines = (
            "\t".join((c.effect.word, c.name, c.employee_id, c.unit, c.before, c.after))
            for c in self._trial.changed
        )
        return "\n".join((heads, *lines))

    def copy_list(self) -> None:
        """Put the list on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
