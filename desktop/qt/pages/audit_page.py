"""稽核: who did what, when and why; searched, exported, the chain checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import ChangeSet
from desktop.domain.listing import Between, Condition, Holds, OneOf
from desktop.domain.moments import roc_date
from desktop.qt.dialogs.data_life import DataLifeDialog
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.list_commands import list_commands
from desktop.qt.widgets.basics import Note, Splitter, button, on_click, pane
from desktop.qt.widgets.ledger_fields import DayField
from desktop.qt.widgets.list_pane import ListPane
from desktop.services.listing import ListRow

if TYPE_CHECKING:
    from desktop.services.auditing import AuditLine

EVERYBODY = "所有人"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


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
        self.list = ListPane(
            self.services.audit_list(),
            services=self.services,
            operations=self.operations,
            settings=self.context.settings,
        )
        self.view = self.list.view
        self.list.bar.insertWidget(2, self.check_button)
        self.list.noted.connect(self.noted)
        self.list.told.connect(self.told)
        self.list.row_changed.connect(self._show_row)
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName("這一筆的全部內容")
        self.detail.setTabChangesFocus(True)
        self.splitter = Splitter(Qt.Orientation.Vertical, self.list, self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([460, 130])
        self.remember("splitter", self.splitter)
        column.addWidget(self.splitter, 1)

    def _make_head(self) -> QWidget:
        head = pane("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
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
        self.check_button = button("檢查(&H)", icon_name="lock_closed_16_regular")
        on_click(self.check_button, self.check)
        self.life_button = button("資料保存…(&R)")
        on_click(self.life_button, self.show_data_life)
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
        """Read the entries that fit the search, and who stands in the trail."""
        self._is_stale = False
        if self.by_day.isChecked() and not (self.first.is_sound and self.last.is_sound):
            self.list.count.setText("日期看不懂，清單未更動")
            return
        self.list.narrow(self._conditions())
        services = self.services
        self.operations.run_read(
            lambda report: services.audit_actors(),
            self._show_actors,
            words="讀取稽核紀錄",
            owner=self,
            latest="audit actors",
        )

    def _conditions(self) -> list[Condition]:
        found = [Condition("everything", Holds(word)) for word in self.words.text().split()]
        if self.actors.currentIndex() > 0:
            found.append(Condition("actor", OneOf((self.actors.currentText(),))))
        if self.by_day.isChecked():
            first, last = self.first.day, self.last.day
            end = None if last is None else last + timedelta(days=1)
            found.append(Condition("at", Between(_iso(first), _iso(end))))
        return found

    def _show_actors(self, actors: Sequence[str]) -> None:
        chosen = self.actors.currentText()
        self.actors.blockSignals(True)
        self.actors.clear()
        self.actors.addItems([EVERYBODY, *actors])
        self.actors.setCurrentIndex(max(self.actors.findText(chosen), 0))
        self.actors.blockSignals(False)

    def _show_row(self, row: ListRow | None) -> None:
        if row is None:
            self.detail.setPlainText("" if self.list.model.numbers else "沒有符合的紀錄。")
            return
        line: AuditLine = row.subject
        if not self.by_day.isChecked():
            self._offer_day(line.at.date())
        moment = f"{roc_date(line.at.date())} {line.at:%H:%M:%S}"
        parts = [f"第 {line.seq} 筆　{moment}　{line.actor}　{line.act}"]
        for name, words in (
            ("對象", line.subject),
            ("對象的識別碼", line.subject_id),
            ("之前", line.before),
            ("之後", line.after),
            ("理由", line.why),
            ("其他", line.more),
            ("完整的代碼", line.codes),
            ("雜湊", line.hash),
        ):
            if words:
                parts.append(f"{name}：{words}")
        self.detail.setPlainText("\n".join(parts))

    def _offer_day(self, day: date) -> None:
        """Have the period begin and end with the day of the entry in sight."""
        for field in (self.first, self.last):
            field.blockSignals(True)
            field.show_day(day)
            field.blockSignals(False)

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

    def save_state(self) -> None:
        """Remember columns, order and filters."""
        super().save_state()
        self.list.save_state()

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
            Command("資料保存年限與刪除…", self.show_data_life),
            Command("匯出一個人的全部資料…", self.show_data_life),
            Command("找稽核紀錄", self.words.setFocus),
            *list_commands(self.list),
            Command("重新讀取稽核紀錄", self.read, "F5"),
        )

    def focus_filter(self) -> bool:
        """The field over the list's current column."""
        self.list.focus_filter()
        return True

    def primary_focus(self) -> QWidget | None:
        """The table."""
        return self.list.view
