"""已發出的文件: what went out under which number, and cancelling it by a slip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import EmptyState, button, label, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.cancelling import IssuedEntry

LOOKS = {"有效": "pass", "已註銷": "fail", "已由新件取代": "missing", "註銷單": "info"}


class IssuedDialog(Dialog):
    """Lists documents; one in force can be cancelled with a reason."""

    def __init__(
        self,
        entries: Sequence[IssuedEntry],
        *,
        cancel: Callable[[str, str], None],
        parent: QWidget | None,
    ) -> None:
        """Make the dialog.

        Args:
            entries: The latest first.
            cancel: Cancels a number with a reason.
            parent: The page.
        """
        super().__init__(parent)
        self._all = tuple(entries)
        self._cancel = cancel
        self.setWindowTitle("已發出的文件")
        self.setModal(True)
        self.resize(960, 540)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.setSpacing(8)
        words = label("尋找(&F)", "secondary")
        self.filter = QLineEdit()
        self.filter.setAccessibleName("尋找編號、姓名或文件")
        self.filter.setPlaceholderText("編號、姓名、代號或文件")
        self.filter.textChanged.connect(self._fill)
        words.setBuddy(self.filter)
        self.count = label("", "secondary")
        top.addWidget(words)
        top.addWidget(self.filter, 1)
        top.addWidget(self.count)
        column.addLayout(top)
        self.table: TableModel[IssuedEntry] = TableModel(
            [
                TableColumn("編號", lambda e: e.number, {Role.STRONG: lambda e: True}),
                TableColumn("文件", lambda e: e.kind),
                TableColumn("姓名", lambda e: e.name),
                TableColumn("代號", lambda e: e.employee_id, {Role.QUIET: lambda e: True}),
                TableColumn(
                    "核發",
                    lambda e: f"{e.issued_at.year - 1911}/{e.issued_at:%m/%d %H:%M}",
                ),
                TableColumn("核發人", lambda e: e.actor, {Role.QUIET: lambda e: True}),
                TableColumn("次數", lambda e: str(e.prints), is_number=True),
                TableColumn("回件", lambda e: f"{e.scans} 頁" if e.scans else "", is_number=True),
                TableColumn(
                    "狀態",
                    lambda e: f"{e.state} {e.cancelled_by}".strip(),
                    {Role.STATE: lambda e: LOOKS[e.state]},
                ),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.table)
        prepare_table(self.view, can_sort=True)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAccessibleName("已發出的文件清單")
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(8, QHeaderView.ResizeMode.Stretch)
        for section, width in (
            (0, 120),
            (1, 104),
            (2, 80),
            (3, 68),
            (4, 120),
            (5, 80),
            (6, 52),
            (7, 60),
        ):
            header.resizeSection(section, width)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.back_button = button("回申請表(&B)")
        on_click(self.back_button, self.accept)
        self.none_yet = EmptyState(
            "document_print_20_regular",
            "還沒有發出任何文件",
            "在申請表頁勾選要印的，按「列印」；印出或儲存的文件會編號，列在這裡。",
            [self.back_button],
        )
        self.clear_button = button("清除尋找(&C)")
        on_click(self.clear_button, self._forget_filter)
        self.none_fits = EmptyState(
            "document_print_20_regular",
            "沒有符合的文件",
            "改寫上面要找的編號、姓名、代號或文件，或清除尋找，看全部。",
            [self.clear_button],
        )
        self.stack.addWidget(self.none_yet)
        self.stack.addWidget(self.none_fits)
        column.addWidget(self.stack, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        why = label("註銷原因(&R)", "secondary")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("註銷原因")
        self.reason.setPlaceholderText("會印在註銷單上；文件不刪除，編號不再使用")
        self.reason.textChanged.connect(self._say)
        why.setBuddy(self.reason)
        self.cancel_button = button("註銷並印註銷單…(&X)", is_accent=True)
        close = button("關閉")
        on_click(self.cancel_button, self._cancel_current)
        on_click(close, self.accept)
        row.addWidget(why)
        row.addWidget(self.reason, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(close)
        column.addWidget(foot)
        self._fill()

    def take(self, entries: Sequence[IssuedEntry]) -> None:
        """Show other entries."""
        self._all = tuple(entries)
        self.reason.clear()
        self._fill()

    def _fill(self) -> None:
        wanted = self.filter.text().strip().casefold()
        shown = [
            e
            for e in self._all
            if wanted in f"{e.number} {e.kind} {e.name} {e.employee_id} {e.state}".casefold()
        ]
        self.table.show_rows(shown)
        if shown:
            self.view.selectRow(0)
            self.stack.setCurrentWidget(self.view)
        else:
            self.stack.setCurrentWidget(self.none_fits if self._all else self.none_yet)
        self.filter.setEnabled(bool(self._all))
        self.reason.setEnabled(bool(shown))
        self.count.setText(f"{len(shown)}／{len(self._all)} 件")
        self._say()

    def _forget_filter(self) -> None:
        self.filter.clear()
        self.view.setFocus()

    @property
    def current(self) -> IssuedEntry | None:
        """The document chosen."""
        return self.table.row(self.view.currentIndex().row())

    def _say(self) -> None:
        entry = self.current
        if entry is None:
            why = "沒有符合的文件" if self._all else "還沒有發出任何文件"
        elif not entry.may_be_cancelled:
            why = f"這一件的狀態是「{entry.state}」，不能再註銷"
        elif not self.reason.text().strip():
            why = "先寫註銷原因"
        else:
            why = ""
        self.cancel_button.setEnabled(not why)
        self.cancel_button.setToolTip(why)

    def _cancel_current(self) -> None:
        entry = self.current
        if entry is not None:
            self._cancel(entry.number, self.reason.text().strip())
