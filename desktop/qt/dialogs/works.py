"""進行中與做完的工作: what runs, how far it is, what can be stopped; what ran and how it ended."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Job, Operations
from desktop.qt.widgets.basics import announce, button, label, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table
from desktop.qt.work_record import Ending, FinishedWork

_LOOKS = {Ending.DONE: "pass", Ending.STOPPED: "info", Ending.FAILED: "fail"}


class WorksDialog(Dialog):
    """Follows the window's work while it is open; the window stays usable beside it.

    Attributes:
        model: Running work first, the oldest on top; then what is over, the newest on top.
        view: The list.
        stop_button: Stops the current row's work.
        detail: Why the current row's work failed.
    """

    def __init__(self, operations: Operations, parent: QWidget | None) -> None:
        """Make the dialog.

        Args:
            operations: Whose work is listed.
            parent: The window.
        """
        super().__init__(parent)
        self._operations = operations
        self.setWindowTitle("進行中與做完的工作")
        self.resize(720, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.model: TableModel[Job | FinishedWork] = TableModel(
            [
                TableColumn("工作", _words, {Role.STRONG: lambda one: isinstance(one, Job)}),
                TableColumn("情形", _state, {Role.STATE: _look}),
                TableColumn("開始", self._began),
                TableColumn("用時", lambda one: _length(one.seconds), is_number=True),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAccessibleName("進行中與做完的工作")
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in ((1, 220), (2, 90), (3, 90)):
            header.resizeSection(section, width)
        column.addWidget(self.view, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        self.detail = label("", "secondary", wraps=True)
        self.stop_button = button("停止這件(&S)")
        self.close_button = button("關閉(&C)", is_accent=True)
        on_click(self.stop_button, self.stop)
        on_click(self.close_button, self.reject)
        row.addWidget(self.detail, 1)
        row.addWidget(self.stop_button)
        row.addWidget(self.close_button)
        column.addWidget(foot)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        # Work that reports twenty times a second would otherwise be read out without end.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(200)
        self._timer.timeout.connect(self.show_works)
        operations.jobs_changed.connect(self._soon)
        self.show_works()
        self.view.setFocus()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def show_works(self) -> None:
        """Show what runs now and what is over; the current row stays the current one."""
        current = self.current
        rows: list[Job | FinishedWork] = [
            job for job in self._operations.jobs if job.is_write or job in self._visible
        ]
        rows += self._operations.record.works
        self.model.show_rows(rows)
        place = next((n for n, one in enumerate(rows) if one is current), 0)
        if rows:
            self.view.setCurrentIndex(self.model.index(place, 0))
        self._say()

    def _began(self, one: Job | FinishedWork) -> str:
        began = one.began if isinstance(one, FinishedWork) else self._operations.began(one)
        return "" if began is None else f"{began:%H:%M:%S}"

    @property
    def _visible(self) -> tuple[Job, ...]:
        return self._operations.visible_jobs

    @property
    def current(self) -> Job | FinishedWork | None:
        """The row with the keyboard."""
        return self.model.row(self.view.currentIndex().row())

    def _say(self) -> None:
        one = self.current
        can_stop = isinstance(one, Job) and one.can_cancel and not one.is_cancelled
        self.stop_button.setEnabled(can_stop)
        if one is None:
            words = "開啟程式以後還沒有做過要等的工作。"
        elif isinstance(one, FinishedWork):
            words = one.sentence
        else:
            words = "" if one.can_cancel else "這件很快就好，不能停。"
        self.detail.setText(words)

    def stop(self) -> None:
        """Stop the current row's work; nothing of it is left half done."""
        one = self.current
        if isinstance(one, Job) and one.can_cancel:
            one.cancel()
            announce(self, f"停止「{one.title}」")
            self.show_works()


def _words(one: Job | FinishedWork) -> str:
    if isinstance(one, FinishedWork) or one.state.words == one.title:
        return one.words
    return f"{one.title}：{one.state.words}"


def _state(one: Job | FinishedWork) -> str:
    if isinstance(one, FinishedWork):
        return one.ending.value
    if one.is_cancelled:
        return "停止中…"
    if not one.has_begun:
        return "等前面的做完"
    state = one.state
    numbers = f"{state.done:,}／{state.total:,}" if state.total else ""
    return "，".join(part for part in ("進行中", numbers, state.remaining_words) if part)


def _look(one: Job | FinishedWork) -> str:
    return _LOOKS[one.ending] if isinstance(one, FinishedWork) else ""


def _length(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} 秒"
    return f"{int(seconds // 60)} 分 {int(seconds % 60)} 秒"
