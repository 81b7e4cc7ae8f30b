"""資料保存: periods, what is past its period and its deletion, and one person's export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMessageBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.moments import roc_date
from desktop.domain.retention import PERIODS, RecordKind
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import Note, button, label, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.data_life import Deletion, DueUnit
    from desktop.services.person_export import PersonExport

NOT_SET = "都是永久保存；訂了年限，到期的資料才會列在這裡，按了「刪除」才會刪。"
NOTHING_DUE = "沒有到期的資料。"
LASTING = "刪除後無法復原，也不會先備份；請先確認已依檔案法核准銷毀。"
_TOOL_TIP = Qt.ItemDataRole.ToolTipRole


class DataLifeDialog(Dialog):
    """Periods at the top, what is due under them, one person's export at the foot.

    Enter in a field must not close what is only half filled in.
    """

    enter_acts = False

    def __init__(
        self,
        services: Services,
        operations: Operations,
        *,
        parent: QWidget | None,
        confirm: Callable[[str], bool] | None = None,
    ) -> None:
        """Make the dialog and read.

        Args:
            services: To read, to set and to delete.
            operations: To do so off the UI thread.
            parent: The page.
            confirm: Asks whether to go on; a message box unless given.
        """
        super().__init__(parent)
        self._services, self._operations = services, operations
        self._confirm = confirm or self._ask
        self.setWindowTitle("資料保存")
        self.setModal(True)
        self.resize(940, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._notes = QVBoxLayout()
        self._notes.setContentsMargins(12, 10, 12, 4)
        column.addLayout(self._notes)
        column.addLayout(self._make_periods())
        column.addWidget(self._make_list(), 1)
        column.addWidget(self._make_foot())
        self.note_words: list[str] = []
        self._after = ""
        self.read()

    # ----------------------------------------------------------------- building
    def _make_periods(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setHorizontalSpacing(12)
        self.periods: dict[RecordKind, QComboBox] = {}
        for place, kind in enumerate(RecordKind):
            box = QComboBox()
            box.setAccessibleName(f"{kind.word}的保存年限")
            box.setToolTip(f"自{kind.counts_from}起算")
            box.addItem("永久", None)
            for years in PERIODS:
                box.addItem(f"{years} 年", years)
            name = label(kind.word)
            name.setBuddy(box)
            grid.addWidget(name, place // 3, 2 * (place % 3))
            grid.addWidget(box, place // 3, 2 * (place % 3) + 1)
            self.periods[kind] = box
        self.keep_button = button("存年限(&S)", icon_name="save_16_regular")
        on_click(self.keep_button, self.keep)
        grid.addWidget(self.keep_button, 3, 5)
        return grid

    def _make_list(self) -> QTableView:
        self.model: TableModel[DueUnit] = TableModel(
            [
                TableColumn("種類", lambda one: one.unit.kind.word),
                TableColumn(
                    "內容", lambda one: one.unit.words, {_TOOL_TIP: lambda o: o.unit.words}
                ),
                TableColumn(
                    "起算日", lambda one: roc_date(one.unit.day), {Role.QUIET: lambda o: True}
                ),
                TableColumn("保存至", lambda one: roc_date(one.kept_until)),
                TableColumn("列數", lambda one: f"{one.unit.rows:,}", is_number=True),
                TableColumn(
                    "能否刪除",
                    lambda one: "可刪除" if one.can_go else one.hindrance,
                    {_TOOL_TIP: lambda one: one.hindrance},
                ),
            ],
            key=lambda one: one.unit.key,
            can_tick=lambda one: one.can_go,
            parent=self,
        )
        self.model.ticked_changed.connect(self._show_ticks)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("到期的資料")
        header = self.view.horizontalHeader()
        for section, width in enumerate((190, 230, 96, 96, 64)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        return self.view

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 10, 16, 10)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.all_button = button("全選(&L)")
        on_click(self.all_button, self.model.tick_all)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("刪除的理由")
        self.reason.setPlaceholderText("理由，例如：核准銷毀的文號")
        self.reason.textChanged.connect(lambda _: self._show_ticks())
        self.delete_button = button("刪除…(&D)")
        on_click(self.delete_button, self.delete)
        self.wipe_button = button("清除殘留(&W)")
        on_click(self.wipe_button, self.wipe)
        for part in (self.all_button, self.delete_button, self.wipe_button):
            row.addWidget(part)
        row.insertWidget(1, self.reason, 1)
        column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(8)
        name = label("匯出一個人的全部資料(&P)")
        self.person = QLineEdit()
        self.person.setAccessibleName("要匯出的人員代號")
        self.person.setPlaceholderText("人員代號")
        name.setBuddy(self.person)
        self.export_button = button("匯出…(&E)", icon_name="save_16_regular")
        self.export_button.setEnabled(False)
        self.person.textChanged.connect(
            lambda words: self.export_button.setEnabled(bool(words.strip()))
        )
        on_click(self.export_button, self.export)
        close = button("關閉(&C)", is_accent=True)
        on_click(close, self.accept)
        row.addWidget(name)
        row.addWidget(self.person)
        row.addWidget(self.export_button)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        return foot

    # ------------------------------------------------------------------ reading
    def read(self) -> None:
        """Read the periods and what is due."""
        services = self._services
        self._operations.run_read(
            lambda report: (services.retention_settings(), services.due_for_deletion()),
            lambda found: self._show(*found),
            words="整理到期的資料",
            owner=self,
            latest="data-life",
            on_failure=lambda sentence: self._say("fail", sentence),
        )

    def _show(self, periods: dict[RecordKind, int | None], due: Sequence[DueUnit]) -> None:
        for kind, box in self.periods.items():
            box.setCurrentIndex(box.findData(periods[kind]))
        self.model.show_rows(due)
        if self._after:
            self._say("pass", self._after)
            self._after = ""
        elif all(years is None for years in periods.values()):
            self._say("info", NOT_SET)
        else:
            free = sum(one.can_go for one in due)
            words = f"到期 {len(due):,} 項，可刪除 {free:,} 項。{LASTING}" if due else NOTHING_DUE
            self._say("info", words)
        self._show_ticks()

    def _show_ticks(self) -> None:
        count = len(self.model.ticked)
        self.delete_button.setEnabled(bool(count and self.reason.text().strip()))
        self.delete_button.setToolTip("" if count else "先勾選可刪除的資料，並填理由")

    def _say(self, kind: str, words: str) -> None:
        while self._notes.count():
            self._notes.takeAt(0).widget().deleteLater()
        self.note_words = [words]
        self._notes.addWidget(Note(kind, words, can_close=False))

    # ------------------------------------------------------------------- acting
    def keep(self) -> None:
        """Set the periods as they are shown."""
        services = self._services
        periods = {kind: box.currentData() for kind, box in self.periods.items()}
        self._write(
            lambda report: services.set_retention(periods),
            lambda _: "已存保存年限；存年限不會刪除任何資料。",
            words="設定保存年限",
        )

    def delete(self) -> None:
        """Delete what is ticked, after asking: it is for good."""
        services, keys, reason = self._services, self.model.ticked, self.reason.text().strip()
        if (
            not keys
            or not reason
            or not self._confirm(f"要刪除 {len(keys):,} 項到期資料。{LASTING}")
        ):
            return

        def said(done: Deletion) -> str:
            self.reason.clear()
            return done.words

        self._write(lambda report: services.delete_due(keys, reason), said, words="刪除到期資料")

    def wipe(self) -> None:
        """Write the file anew without what was deleted."""
        services = self._services
        self._write(
            lambda report: services.wipe_again(),
            lambda is_wiped: (
                "資料檔裡已沒有刪除的殘留。"
                if is_wiped
                else "還沒有清除：另一個程式正開著資料檔；請關閉它再試一次。"
            ),
            words="清除殘留",
        )

    def export(self) -> None:
        """Ask where to, and save everything about one person."""
        name = f"{self.person.text().strip()}_個人資料.zip"
        path, _ = QFileDialog.getSaveFileName(self, "匯出個人資料", name, "ZIP (*.zip)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save everything about the person named into a file."""
        services, employee_id = self._services, self.person.text().strip()

        def write(report) -> PersonExport:
            made = services.export_person(employee_id)
            path.write_bytes(made.content)
            return made

        def said(made: PersonExport) -> str:
            left_out = (
                f"；{len(made.withheld)} 個檔案也有別人的資料，沒有附上" if made.withheld else ""
            )
            return f"已匯出 {employee_id} 的資料到「{path.name}」{left_out}。"

        self._write(write, said, words="匯出個人資料")

    def _write(self, work: Callable, said: Callable, *, words: str) -> None:
        def done(result) -> None:
            self._after = said(result)
            self.read()

        self._operations.run_write(
            work,
            done,
            words=words,
            owner=self,
            on_failure=lambda sentence: self._say("fail", sentence),
        )

    def _ask(self, question: str) -> bool:
        answer = QMessageBox.warning(
            self,
            "刪除到期資料",
            question,
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Yes
