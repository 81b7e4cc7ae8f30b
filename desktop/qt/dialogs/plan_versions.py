"""計畫的版本: what was put in force here and when; an earlier one as a draft or a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.domain.moments import roc_date
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import Note, button, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.plan_versions import PlanVersion

DIGEST_SHOWN = 12


class PlanVersionsDialog(Dialog):
    """Lists the versions, the latest first.

    Attributes:
        draft_wanted: A version is to become the draft.
        export_wanted: A version is to be written as a file.
    """

    draft_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(
        self, versions: Sequence[PlanVersion], *, title: str, parent: QWidget | None
    ) -> None:
        """Make the dialog.

        Args:
            versions: The latest first.
            title: The plan's short title.
            parent: The page.
        """
        super().__init__(parent)
        self.setWindowTitle(f"計畫的版本：{title}")
        self.setModal(True)
        self.resize(620, 360)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 10)
        words = (
            "每次啟用成為新的一版，以前的判定仍照當時的版本。取回的一版成為草稿，啟用前不影響任何判定。"
            if versions
            else "這個計畫還沒有在這裡啟用過，使用的是程式內建的內容，或只有草稿。"
        )
        top.addWidget(Note("info", words, can_close=False))
        column.addLayout(top)
        self.table: TableModel[PlanVersion] = TableModel(
            [
                TableColumn("版本", lambda v: f"第 {v.number} 版", {Role.STRONG: lambda v: True}),
                TableColumn(
                    "啟用時間", lambda v: f"{roc_date(v.stored_at.date())} {v.stored_at:%H:%M:%S}"
                ),
                TableColumn("狀態", lambda v: "使用中" if v.is_in_force else "以前的版本"),
                TableColumn(
                    "識別碼", lambda v: v.version[:DIGEST_SHOWN], {Role.QUIET: lambda v: True}
                ),
            ],
            parent=self,
        )
        self.table.show_rows(versions)
        self._versions = tuple(versions)
        self.view = QTableView()
        self.view.setModel(self.table)
        prepare_table(self.view)
        self.view.setAccessibleName("計畫的版本")
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for section, width in ((0, 96), (2, 104), (3, 132)):
            header.resizeSection(section, width)
        column.addWidget(self.view, 1)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        self.draft_button = button("以這一版作草稿(&D)")
        self.export_button = button("匯出這一版…(&E)", icon_name="arrow_download_16_regular")
        close = button("關閉(&K)", is_accent=True)
        close.setDefault(True)
        on_click(self.draft_button, self._take)
        on_click(self.export_button, self._export)
        on_click(close, self.accept)
        row.addWidget(self.draft_button)
        row.addWidget(self.export_button)
        row.addStretch(1)
        row.addWidget(close)
        column.addWidget(foot)
        for one in (self.draft_button, self.export_button):
            one.setEnabled(bool(versions))
        if versions:
            self.view.selectRow(0)

    @property
    def current(self) -> PlanVersion | None:
        """The version chosen."""
        row = self.view.currentIndex().row()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _take(self) -> None:
        if (version := self.current) is not None:
            self.draft_wanted.emit(version)
            self.accept()

    def _export(self) -> None:
        if (version := self.current) is not None:
            self.export_wanted.emit(version)
