"""敘獎列名: who stands on the commendation list; leave somebody out, with a reason in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import button, label, pane
from desktop.qt.widgets.evidence import prepare_table


class CommendedDialog(QDialog):
    """Tick people, write one reason, leave them out or put them back.

    Attributes:
        left_out, taken_in: Employee ids and the reason.
    """

    left_out = Signal(object, str)
    taken_in = Signal(object, str)

    def __init__(self, people: Sequence, *, reasons: Sequence[str], parent) -> None:
        """Make the dialog.

        Args:
            people: Everybody whose commendation is sure.
            reasons: To choose from.
            parent: The page.
        """
        super().__init__(parent)
        self.setModal(True)
        self.resize(860, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = label(
            "程式判定可獲敘獎的人都在下面。不列名要寫理由；程式的判定不會改，人和理由會列在未獲敘獎名單。",
            wraps=True,
        )
        words.setContentsMargins(16, 12, 16, 8)
        column.addWidget(words)
        self.model: TableModel = TableModel(
            [
                TableColumn("姓名", lambda r: f"{r.name} {r.employee_id}"),
                TableColumn("單位", lambda r: r.unit),
                TableColumn("程式判定", lambda r: r.award),
                TableColumn("列名", _listed, {Role.STATE: _look}),
                TableColumn("理由", lambda r: r.reason),
                TableColumn("決定", lambda r: r.decided),
            ],
            key=lambda r: r.employee_id,
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("可獲敘獎的人")
        header = self.view.horizontalHeader()
        for section, width in enumerate((140, 110, 90, 130, 180, 130)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.view, 1)
        column.addWidget(self._make_foot(reasons))
        self.model.ticked_changed.connect(self._say)
        self.show_people(people)

    def _make_foot(self, reasons: Sequence[str]):
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        words = label("理由(&W)")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(list(reasons))
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText("")
        self.reason.setAccessibleName("理由")
        self.reason.lineEdit().setPlaceholderText("一個理由寫在所有勾選的人上（必填）")
        self.reason.editTextChanged.connect(lambda _: self._say())
        words.setBuddy(self.reason)
        row.addWidget(words)
        row.addWidget(self.reason, 1)
        self.out_button = button("不列名(&N)")
        self.in_button = button("恢復列名(&I)")
        close = button("關閉")
        self.out_button.clicked.connect(lambda: self.left_out.emit(*self._asked(is_listed=True)))
        self.in_button.clicked.connect(lambda: self.taken_in.emit(*self._asked(is_listed=False)))
        close.clicked.connect(self.reject)
        for one in (self.out_button, self.in_button, close):
            row.addWidget(one)
        return foot

    def show_people(self, people: Sequence) -> None:
        """Show other people, or the same after an act."""
        out = sum(not one.is_listed for one in people)
        self.setWindowTitle(f"敘獎列名：{len(people) - out} 人列名，{out} 人不列名")
        self.model.tick(())
        self.model.show_rows(people)
        self._say()

    def _asked(self, *, is_listed: bool) -> tuple[list[str], str]:
        ticked = set(self.model.ticked)
        people = [
            one.employee_id
            for one in self.model.rows
            if one.employee_id in ticked and (one.is_listed if is_listed else bool(one.reason))
        ]
        return people, self.reason.currentText().strip()

    def _say(self) -> None:
        listed, words = self._asked(is_listed=True)
        out, _ = self._asked(is_listed=False)
        self.out_button.setText(f"不列名 {len(listed)} 人(&N)")
        self.in_button.setText(f"恢復列名 {len(out)} 人(&I)")
        for one, count in ((self.out_button, len(listed)), (self.in_button, len(out))):
            one.setEnabled(count > 0 and bool(words))
            one.setToolTip("" if one.isEnabled() else "先勾選人並寫理由")


def _listed(row) -> str:
    if row.is_outdated:
        return "列名（要再決定）"
    return "列名" if row.is_listed else "不列名"


def _look(row) -> str:
    if row.is_outdated:
        return "review"
    return "pass" if row.is_listed else "decided"
