"""稽核: who did what, when and why; searched, exported, the chain checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import ChangeSet
from desktop.domain.moments import roc_date
from desktop.qt.dialogs.data_life import DataLifeDialog
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.widgets.basics import Note, Splitter, button, label, pane
from desktop.qt.widgets.evidence import prepare_table
from desktop.qt.widgets.ledger_fields import DayField

if TYPE_CHECKING:
    from desktop.services.auditing import AuditLine

EVERYBODY = "所有人"


class AuditPage(Page):
    """The audit trail as a table."""

    name = "audit"
    caption = "稽核"
    icon = "shield_task"
    help_words = (
        "每一件更動都在這裡：誰、何時、做了什麼、之前與之後、理由。只能新增，不能修改或刪除；"
        "每一筆都含前一筆的雜湊，按「檢查」會從頭核對，有被改過會指出第一筆。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._is_stale = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.read)
        self._build()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self.notes = QVBoxLayout()
        self.notes.setContentsMargins(12, 0, 12, 0)
        column.addLayout(self.notes)
        self.model: TableModel = TableModel(
            [
                TableColumn("序號", lambda r: f"{r.seq:,}", is_number=True),
                TableColumn("時間", lambda r: f"{roc_date(r.at.date())} {r.at:%H:%M:%S}"),
                TableColumn("誰", lambda r: r.actor),
                TableColumn("做了什麼", lambda r: r.act),
                TableColumn("對象", lambda r: r.subject),
                TableColumn("之前", lambda r: r.before),
                TableColumn("之後", lambda r: r.after),
                TableColumn("理由", lambda r: r.why),
                TableColumn("其他", lambda r: r.more),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("稽核紀錄")
        header = self.view.horizontalHeader()
        for section, width in enumerate((64, 142, 96, 170, 130, 170, 110, 150, 160)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(8, QHeaderView.ResizeMode.Stretch)
        self.remember("columns", header)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName("這一筆的全部內容")
        self.detail.setTabChangesFocus(True)
        self.splitter = Splitter(Qt.Orientation.Vertical, self.view, self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([460, 130])
        self.remember("splitter", self.splitter)
        column.addWidget(self.splitter, 1)

    def _make_head(self) -> QWidget:
        head = pane("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(label("稽核", "title"))
        self.words = QLineEdit()
        self.words.setPlaceholderText("找：人、文號、動作、理由")
        self.words.setAccessibleName("找稽核紀錄")
        self.words.textChanged.connect(lambda _: self._timer.start())
        row.addWidget(self.words, 1)
        self.actors = QComboBox()
        self.actors.addItem(EVERYBODY)
        self.actors.setAccessibleName("誰做的")
        self.actors.setMinimumWidth(110)
        self.actors.currentIndexChanged.connect(lambda _: self._timer.start())
        row.addWidget(self.actors)
        self.by_day = QCheckBox("期間(&D)")
        self.first, self.last = DayField("期間從"), DayField("期間到")
        for field, words in (
            (self.first, "從這一天起；空白是從最早的一筆"),
            (self.last, "到這一天為止；空白是到最近的一筆"),
        ):
            field.setFixedWidth(118)
            field.setToolTip(f"{words}，例如 114-08-08 或 1140808")
            field.setEnabled(False)
            field.told.connect(self._timer.start)
            self.by_day.toggled.connect(field.setEnabled)
        self.by_day.toggled.connect(lambda _: self._timer.start())
        row.addWidget(self.by_day)
        row.addWidget(self.first)
        row.addWidget(self.last)
        self._count = label("", "secondary")
        row.addWidget(self._count)
        self.check_button = button("檢查(&H)", icon_name="lock_closed_16_regular")
        self.export_button = button("匯出…(&E)", icon_name="save_16_regular")
        self.check_button.clicked.connect(self.check)
        self.export_button.clicked.connect(self.export)
        row.addWidget(self.check_button)
        row.addWidget(self.export_button)
        self.life_button = button("資料保存…(&R)")
        self.life_button.clicked.connect(self.show_data_life)
        row.addWidget(self.life_button)
        return head

    # ----------------------------------------------------------------- reading
    def follow(self, change: ChangeSet) -> None:
        """Read again: whatever was done stands here."""
        self._is_stale = True
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event) -> None:
        """Read what was done while the page was away."""
        super().showEvent(event)
        if self._is_stale:
            self.read()

    def read(self) -> None:
        """Read the entries that fit the search."""
        self._is_stale = False
        services = self.services
        wanted: dict[str, object] = {"text": self.words.text()}
        if self.actors.currentIndex() > 0:
            wanted["actor"] = self.actors.currentText()
        if self.by_day.isChecked():
            if not (self.first.is_sound and self.last.is_sound):
                self._count.setText("日期看不懂，清單未更動")
                return
            wanted |= {"first": self.first.day, "last": self.last.day}
        self.operations.run_read(
            lambda report: (services.audit_lines(**wanted), services.audit_actors()),
            lambda found: self.show_lines(*found),
            words="讀取稽核紀錄",
            owner=self,
            latest="audit",
        )

    def show_lines(self, lines: Sequence[AuditLine], actors: Sequence[str]) -> None:
        """Show other entries."""
        chosen = self.actors.currentText()
        self.actors.blockSignals(True)
        self.actors.clear()
        self.actors.addItems([EVERYBODY, *actors])
        self.actors.setCurrentIndex(max(self.actors.findText(chosen), 0))
        self.actors.blockSignals(False)
        if lines and not self.by_day.isChecked():
            for field, line in ((self.first, lines[-1]), (self.last, lines[0])):
                field.blockSignals(True)
                field.show_day(line.at.date())
                field.blockSignals(False)
        self.model.show_rows(lines)
        self._count.setText(f"{len(lines):,} 筆")
        self.export_button.setEnabled(bool(lines))
        if lines:
            self.view.selectRow(0)
        self._show_current()

    def _show_current(self) -> None:
        line = self.model.row(self.view.currentIndex().row())
        if line is None:
            self.detail.setPlainText("沒有符合的紀錄。")
            return
        moment = f"{roc_date(line.at.date())} {line.at:%H:%M:%S}"
        parts = [f"第 {line.seq} 筆　{moment}　{line.actor}　{line.act}"]
        for name, words in (
            ("對象", line.subject),
            ("之前", line.before),
            ("之後", line.after),
            ("理由", line.why),
            ("其他", line.more),
            ("雜湊", line.hash),
        ):
            if words:
                parts.append(f"{name}：{words}")
        self.detail.setPlainText("\n".join(parts))

    # -------------------------------------------------------------------- acts
    def check(self) -> None:
        """Check the chain from its first entry."""
        services = self.services
        self.operations.run_read(
            lambda report: services.check_audit(),
            self.show_check,
            words="檢查稽核紀錄",
            owner=self,
            latest="audit_check",
        )

    def show_check(self, faults: Sequence[str]) -> None:
        """Say what the check found."""
        while self.notes.count():
            self.notes.takeAt(0).widget().deleteLater()
        if faults:
            words = f"{faults[0]}請保留這個檔案並以最近的備份核對。"
            self.notes.addWidget(Note("fail", words))
        else:
            self.notes.addWidget(
                Note(
                    "pass",
                    "稽核紀錄與補休帳都從第一筆核對到最後一筆，沒有被改過，也沒有不在稽核紀錄裡的刪除。",
                )
            )

    def export(self) -> None:
        """Save what is shown as CSV."""
        name, _ = QFileDialog.getSaveFileName(self, "匯出稽核紀錄", "稽核紀錄.csv", "CSV (*.csv)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Save what is shown into a file."""
        services, lines = self.services, self.model.rows

        def write(report):
            content, change = services.export_audit(lines)
            path.write_bytes(content)
            return change

        words = f"已匯出 {len(lines):,} 筆稽核紀錄到「{path.name}」。"
        self.operations.run_write(
            write,
            lambda _: self.noted.emit("pass", words),
            words="匯出稽核紀錄",
            owner=self,
        )

    def open_data_life(self) -> DataLifeDialog:
        """Show how long records are kept, what is due, and a person's export."""
        dialog = DataLifeDialog(self.services, self.operations, parent=self)
        dialog.open()
        return dialog

    def show_data_life(self) -> None:
        """The same for a button, that wants nothing back."""
        self.open_data_life()

    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("檢查稽核紀錄", self.check),
            Command("匯出稽核紀錄…", self.export),
            Command("資料保存年限與刪除…", self.show_data_life),
            Command("匯出一個人的全部資料…", self.show_data_life),
            Command("找稽核紀錄", self.words.setFocus, "Ctrl+F"),
            Command("重新讀取稽核紀錄", self.read, "F5"),
        )

    def primary_focus(self) -> QWidget | None:
        """The table."""
        return self.view
