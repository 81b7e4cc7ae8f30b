"""記住的欄位對應: list, forget, take to another office and bring from one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.moments import roc_date
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import Note, button, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.domain.column_profile import ColumnProfile


class ProfilesDialog(Dialog):
    """The column profiles in force."""

    def __init__(
        self, services: Services, operations: Operations, *, parent: QWidget | None
    ) -> None:
        """Make the dialog and read what is remembered.

        Args:
            services: To list, forget, export and import.
            operations: To do so off the UI thread.
            parent: The page.
        """
        super().__init__(parent)
        self._services, self._operations = services, operations
        self.setWindowTitle("記住的欄位對應")
        self.setModal(True)
        self.resize(820, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._note_place = QVBoxLayout()
        self._note_place.setContentsMargins(12, 10, 12, 8)
        column.addLayout(self._note_place)
        self.model: TableModel[ColumnProfile] = TableModel(
            [
                TableColumn("種類", lambda p: p.kind.words),
                TableColumn("標題列", lambda p: "、".join(p.headings)),
                TableColumn(
                    "對應",
                    lambda p: "、".join(f"{column}＝{title}" for column, title in p.columns),
                    {Role.QUIET: lambda p: True},
                ),
                TableColumn(
                    "日期",
                    lambda p: roc_date(p.confirmed_on) if p.confirmed_on is not None else "",
                    {Role.QUIET: lambda p: True},
                ),
                TableColumn("誰", lambda p: p.confirmed_by, {Role.QUIET: lambda p: True}),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("記住的欄位對應")
        header = self.view.horizontalHeader()
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, 130), (3, 90), (4, 90)):
            header.resizeSection(section, width)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._say_buttons())
        column.addWidget(self.view, 1)
        column.addWidget(self._make_foot())
        self._say("info", "同樣標題的檔案會照這裡讀，並在匯入時註明。")
        self.read()

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        self.forget_button = button("忘記(&D)", icon_name="dismiss_16_regular")
        self.export_button = button("匯出…(&E)", icon_name="arrow_download_16_regular")
        self.import_button = button("匯入…(&I)", icon_name="folder_open_16_regular")
        close = button("關閉(&C)", is_accent=True)
        on_click(self.forget_button, self.forget)
        on_click(self.export_button, self.choose_export)
        on_click(self.import_button, self.choose_import)
        on_click(close, self.accept)
        for one in (self.forget_button, self.export_button, self.import_button):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(close)
        return foot

    def read(self) -> None:
        """Read what is remembered."""
        services = self._services
        self._operations.run_read(
            lambda report: services.profiles(), self._show, owner=self, latest="profiles"
        )

    def _show(self, profiles: Sequence[ColumnProfile]) -> None:
        self.model.show_rows(profiles)
        if profiles:
            self.view.selectRow(0)
        self._say_buttons()

    def _say_buttons(self) -> None:
        self.forget_button.setEnabled(bool(self._chosen()))
        self.export_button.setEnabled(bool(self.model.rows))

    def _chosen(self) -> list[ColumnProfile]:
        rows = [self.model.row(index.row()) for index in self.view.selectionModel().selectedRows()]
        return [row for row in rows if row is not None]

    def _say(self, kind: str, words: str) -> None:
        while self._note_place.count():
            self._note_place.takeAt(0).widget().deleteLater()
        self.note = Note(kind, words, can_close=False)
        self._note_place.addWidget(self.note)

    def _write(self, work, words: str) -> None:
        def done(_change) -> None:
            self._say("pass", f"{words}，可用復原（Ctrl+Z）收回。")
            self.read()

        self._operations.run_write(
            lambda report: work(),
            done,
            words=words,
            owner=self,
            on_failure=lambda sentence: self._say("fail", sentence),
        )

    # ------------------------------------------------------------------- acting
    def forget(self) -> None:
        """Forget the chosen profile; what was stored by it stays."""
        chosen, services = self._chosen(), self._services
        if chosen:
            self._write(lambda: services.forget_profile(chosen[0].key), "已忘記這個欄位對應")

    def choose_export(self) -> None:
        """Ask where to, and write every profile."""
        name, _ = QFileDialog.getSaveFileName(
            self, "匯出欄位對應", "欄位對應.toml", "欄位對應（*.toml）"
        )
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write every profile to a file, without anybody's name."""
        services = self._services

        def work(report):
            path.write_text(services.export_profiles(), encoding="utf-8", newline="\n")

        self._operations.run_read(
            work,
            lambda _: self._say("pass", f"已匯出到「{path.name}」，裡面沒有任何人的資料。"),
            words="匯出欄位對應",
            owner=self,
            on_failure=lambda sentence: self._say("fail", sentence),
        )

    def choose_import(self) -> None:
        """Ask which file, and take its profiles."""
        name, _ = QFileDialog.getOpenFileName(self, "匯入欄位對應", "", "欄位對應（*.toml）")
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Take the profiles of a file."""
        services = self._services
        self._write(
            lambda: services.import_profiles(path.read_bytes(), name=path.name),
            f"已匯入「{path.name}」的欄位對應",
        )

    def keyPressEvent(self, event) -> None:
        """Delete forgets the chosen one."""
        if event.key() == Qt.Key.Key_Delete and self.forget_button.isEnabled():
            self.forget()
            return
        super().keyPressEvent(event)
