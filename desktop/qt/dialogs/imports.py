"""匯入紀錄: every import, what was in it, and taking a whole one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.moments import roc_moment
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import Note, Splitter, button, label, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.imports import ImportDetail, ImportedFile, ImportEntry

MAY_GO = "整批收回後，這批的列不再計入，原檔仍然保存；要再用時重新匯入即可。"
_TOOL_TIP = Qt.ItemDataRole.ToolTipRole
GONE = "這批已經收回，不再計入。"


def state_words(entry: ImportEntry) -> str:
    """Whether an import counts."""
    if entry.taken_back_at is None:
        return "計入"
    return f"已收回 {roc_moment(entry.taken_back_at)[:-3]}"


class ImportsDialog(Dialog):
    """Every import with its files.

    Attributes:
        taken_back: An import was taken back.
    """

    taken_back = Signal()

    def __init__(
        self, services: Services, operations: Operations, *, parent: QWidget | None
    ) -> None:
        """Make the dialog and read the imports.

        Args:
            services: To list them and to take one back.
            operations: To do so off the UI thread.
            parent: The page.
        """
        super().__init__(parent)
        self._services, self._operations = services, operations
        self._detail: ImportDetail | None = None
        self.setWindowTitle("匯入紀錄")
        self.setModal(True)
        self.resize(900, 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._notes = QVBoxLayout()
        self._notes.setContentsMargins(12, 10, 12, 8)
        self._notes.setSpacing(4)
        column.addLayout(self._notes)
        splitter = Splitter(Qt.Orientation.Vertical, self._make_list(), self._make_files())
        splitter.setSizes([280, 160])
        column.addWidget(splitter, 1)
        column.addWidget(self._make_foot())
        self.note_words: list[str] = []
        self._say("info", [MAY_GO])
        self.read()

    def _make_list(self) -> QWidget:
        self.model: TableModel[ImportEntry] = TableModel(
            [
                TableColumn("時間", lambda e: roc_moment(e.at)[:-3]),
                TableColumn(
                    "匯入", lambda e: e.title, {Qt.ItemDataRole.ToolTipRole: lambda e: e.title}
                ),
                TableColumn("誰", lambda e: e.actor, {Role.QUIET: lambda e: True}),
                TableColumn("存入", lambda e: f"{e.rows_stored:,}", is_number=True),
                TableColumn("拒收", lambda e: f"{e.rows_refused:,}", is_number=True),
                TableColumn(
                    "狀態",
                    state_words,
                    {
                        Role.CHIPS: lambda e: (
                            ("pass" if e.counts else "missing", state_words(e)),
                        ),
                        Role.CHIP_ICONS: lambda e: True,
                    },
                ),
            ],
            parent=self,
        )
        self.view = self._table(self.model, "每一次匯入", (130, 0, 90, 70, 70, 200), stretch=1)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._read_detail())
        return self.view

    def _make_files(self) -> QWidget:
        self.file_model: TableModel[ImportedFile] = TableModel(
            [
                TableColumn(
                    "檔名", lambda f: f.name, {Qt.ItemDataRole.ToolTipRole: lambda f: f.name}
                ),
                TableColumn("種類", lambda f: f.kind_words),
                TableColumn("列數", lambda f: f"{f.rows_in:,}", is_number=True),
                TableColumn("存入", lambda f: f"{f.rows_stored:,}", is_number=True),
                TableColumn("已有", lambda f: f"{f.rows_known:,}", is_number=True),
                TableColumn("拒收", lambda f: f"{f.rows_refused:,}", is_number=True),
            ],
            parent=self,
        )
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        title = label("這批的檔案", "strong")
        title.setContentsMargins(12, 0, 12, 0)
        column.addWidget(title)
        self.file_view = self._table(
            self.file_model, "這批的檔案", (0, 170, 70, 70, 70, 70), stretch=0
        )
        column.addWidget(self.file_view, 1)
        return holder

    def _table(self, model, name: str, widths: Sequence[int], *, stretch: int) -> QTableView:
        view = QTableView()
        view.setModel(model)
        prepare_table(view, can_sort=True)
        view.setAccessibleName(name)
        header = view.horizontalHeader()
        for section, width in enumerate(widths):
            if width:
                header.resizeSection(section, width)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        return view

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        self.back_button = button("整批收回(&T)", icon_name="arrow_undo_16_regular")
        self.back_button.setEnabled(False)
        on_click(self.back_button, self.take_back)
        row.addWidget(self.back_button)
        row.addStretch(1)
        close = button("關閉(&C)", is_accent=True)
        on_click(close, self.accept)
        row.addWidget(close)
        return foot

    # ------------------------------------------------------------------ reading
    def read(self) -> None:
        """Read every import."""
        services = self._services
        self._operations.run_read(
            lambda report: services.imports(), self._show, owner=self, latest="imports"
        )

    def _show(self, entries: Sequence[ImportEntry]) -> None:
        current = self.current()
        self.model.show_rows(entries)
        rows = self.model.rows
        row = next((n for n, e in enumerate(rows) if current and e.id == current.id), 0)
        if entries:
            self.view.selectRow(row)
        else:
            self._say("info", ["還沒有匯入過任何資料。"])
        self._read_detail()

    def current(self) -> ImportEntry | None:
        """The import that is chosen."""
        return self.model.row(self.view.currentIndex().row())

    def _read_detail(self) -> None:
        entry, services = self.current(), self._services
        self._detail = None
        self.back_button.setEnabled(False)
        if entry is None:
            self.file_model.show_rows(())
            return
        self._operations.run_read(
            lambda report: services.import_detail(entry.id),
            lambda detail: self._show_detail(entry, detail),
            owner=self,
            latest="import-detail",
            on_failure=lambda sentence: self._say("fail", [sentence]),
        )

    def _show_detail(self, entry: ImportEntry, detail: ImportDetail) -> None:
        now = self.current()
        if now is None or now.id != entry.id:
            return
        self._detail = detail
        self.file_model.show_rows(detail.files)
        self.back_button.setEnabled(not detail.hindrances)
        if not entry.counts:
            self._say("info", [GONE])
        elif detail.hindrances:
            self._say("review", detail.hindrances)
        else:
            self._say("info", [MAY_GO])

    def _say(self, kind: str, sentences: Sequence[str]) -> None:
        while self._notes.count():
            self._notes.takeAt(0).widget().deleteLater()
        self.note_words = list(sentences)
        for words in sentences:
            self._notes.addWidget(Note(kind, words, can_close=False))

    # ------------------------------------------------------------------- acting
    def take_back(self) -> None:
        """Take the chosen import back, all of it."""
        entry, services = self.current(), self._services
        if entry is None or not self.back_button.isEnabled():
            return
        self.back_button.setEnabled(False)

        def done(_change) -> None:
            self.taken_back.emit()
            self.read()

        self._operations.run_write(
            lambda report: services.take_back_import(entry.id),
            done,
            words=f"收回「{entry.title}」",
            owner=self,
            on_failure=lambda sentence: self._say("fail", [sentence]),
        )
