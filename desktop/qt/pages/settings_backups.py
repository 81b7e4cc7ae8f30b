"""設定: backups listed, made, copied elsewhere, and one put in the place of the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop.domain.moments import roc_date
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.settings_machine import table
from desktop.qt.pages.settings_parts import Section
from desktop.qt.widgets.basics import button, label

if TYPE_CHECKING:
    from desktop.services.safekeeping import BackupInfo


class BackupSection(Section):
    """The backups there are.

    Attributes:
        made_wanted: A backup is to be made now.
        copy_wanted: This backup is to be copied elsewhere.
        restore_wanted: This backup is to be restored.
        file_wanted: A backup from elsewhere is to be chosen and restored.
    """

    made_wanted = Signal()
    copy_wanted = Signal(object)
    restore_wanted = Signal(object)
    file_wanted = Signal()

    def __init__(self, *, hindrance: str = "") -> None:
        """Make the section.

        Args:
            hindrance: Why nothing can be restored here; empty where it can.
        """
        super().__init__(
            "備份與還原",
            "每次匯入前和程式升級前會自動備份，保留最近 20 份和每個月最後一份。"
            "請偶爾把備份另存到隨身碟或其他電腦。",
        )
        self._hindrance = hindrance
        self.model: TableModel = TableModel(
            [
                TableColumn("時間", lambda r: f"{roc_date(r.made_at.date())} {r.made_at:%H:%M:%S}"),
                TableColumn("原因", lambda r: r.reason),
                TableColumn("大小", lambda r: f"{r.size / 1_000_000:,.1f} MB", is_number=True),
                TableColumn("檔案", lambda r: r.path.name),
            ],
            parent=self,
        )
        self.view = table(self.model, "備份", stretched=3, least=240)
        for column, width in ((0, 160), (1, 110), (2, 90)):
            self.view.horizontalHeader().resizeSection(column, width)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self.column.addWidget(self.view, 1)
        self.count = label("", "secondary", wraps=True)
        self.column.addWidget(self.count)
        self.make = button("立即備份(&B)", is_accent=True, icon_name="save_16_regular")
        self.copy = button("另存選取的備份…(&S)")
        self.restore = button("還原選取的備份…(&R)")
        self.other = button("從檔案還原…(&O)")
        self.add_acts(self.make, self.copy, self.restore, self.other)
        self.make.clicked.connect(self.made_wanted)
        self.copy.clicked.connect(lambda _=False: self.copy_wanted.emit(self.current))
        self.restore.clicked.connect(lambda _=False: self.restore_wanted.emit(self.current))
        self.other.clicked.connect(self.file_wanted)
        for one in (self.restore, self.other):
            one.setToolTip(hindrance)
        self.show_backups(())

    @property
    def current(self) -> Path | None:
        """The backup that is selected."""
        row = self.model.row(self.view.currentIndex().row())
        return row.path if row is not None else None

    def show_backups(self, backups: tuple[BackupInfo, ...]) -> None:
        """List other backups."""
        self.model.show_rows(backups)
        if backups:
            self.view.selectRow(0)
        self.count.setText(f"{len(backups)} 份備份" if backups else "還沒有備份。")
        self._tell()

    def _tell(self) -> None:
        has_one = self.current is not None
        self.copy.setEnabled(has_one)
        self.restore.setEnabled(has_one and not self._hindrance)
        self.other.setEnabled(not self._hindrance)
