"""WebHR 獎懲匯入檔: what only the clerk knows is filled in, every rule is checked, then saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.webhr import CHECK, NAME, NOTICE, NUMBER, REASON, RESULT, UNIT, WebHrModel
from desktop.qt.widgets.basics import Note, button, label, on_click, pane
from desktop.qt.widgets.delegates import CellDelegate
from desktop.qt.widgets.plan_editors import WheelFreeBox
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.services.webhr import WebHrChoices, WebHrDraft, WebHrEntry, WebHrProblem

MOST_PROBLEMS = 4


@dataclass(frozen=True)
class WebHrActs:
    """What the dialog asks of the page.

    Attributes:
        check: What is wrong with entries and choices.
        read_numbers: Reads a sheet and hands the completed draft to the callback.
        save: Writes the file to a path.
        choices_of: Makes choices of the fields' texts.
    """

    check: Callable[[Sequence[WebHrEntry], WebHrChoices], Sequence[WebHrProblem]]
    read_numbers: Callable[[Path, Callable[[WebHrDraft], None]], None]
    save: Callable[[Path, Sequence[WebHrEntry], WebHrChoices], None]
    choices_of: Callable[..., WebHrChoices]


class _Choice(CellDelegate):
    """Offers the codes of 教示條款."""

    def __init__(self, choices: dict[str, str], view: QTableView) -> None:
        super().__init__(view)
        self._choices = choices

    def createEditor(self, parent, option, index) -> QWidget:
        """A box of the codes in words."""
        box = WheelFreeBox()
        box.setParent(parent)
        box.setAccessibleName("教示條款")
        for code, words in self._choices.items():
            box.addItem(f"{code} {words}", code)
        return box

    def setEditorData(self, editor, index) -> None:
        """Show the code there is."""
        editor.setCurrentIndex(max(editor.findData(index.data(Qt.ItemDataRole.EditRole)), 0))

    def setModelData(self, editor, model, index) -> None:
        """Keep the code chosen."""
        model.setData(index, editor.currentData())


class WebHrDialog(Dialog):
    """Completes and checks the rows; the button opens when WebHR would take the file."""

    def __init__(
        self, draft: WebHrDraft, *, agency_code: str, acts: WebHrActs, parent: QWidget | None
    ) -> None:
        """Make the dialog.

        Args:
            draft: The file before it is written.
            agency_code: 機關代碼 as given the last time.
            acts: What it asks of the page.
            parent: The page.
        """
        super().__init__(parent)
        self._draft = draft
        self._acts = acts
        self.setWindowTitle(f"WebHR 獎懲匯入檔（{draft.template.name}）")
        self.setModal(True)
        self.resize(1000, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(16, 12, 16, 8)
        body.setSpacing(8)
        body.addLayout(self._make_fields(agency_code))
        body.addWidget(self._make_table(), 1)
        self.remark = label("", "secondary", wraps=True)
        body.addWidget(self.remark)
        self.findings = label("", wraps=True)
        self.findings.setAccessibleName("檢查結果")
        body.addWidget(self.findings)
        body.addWidget(
            Note(
                "info",
                "這個檔案含完整的身分證號：只寫在您存的檔案裡，資料庫和紀錄都不留；用完請自行刪除。",
                can_close=False,
            )
        )
        column.addLayout(body, 1)
        column.addWidget(self._make_foot())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self.check)
        self._say_remarks()
        self.check()

    # ----------------------------------------------------------------- building
    def _line(self, text: str, name: str, *, width: int = 0) -> QLineEdit:
        line = QLineEdit(text)
        line.setAccessibleName(name)
        if width:
            line.setFixedWidth(width)
        line.textChanged.connect(lambda _: self._timer.start())
        return line

    def _make_fields(self, agency_code: str) -> QGridLayout:
        choices = self._draft.choices
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        self.agency_code = self._line(agency_code, "機關代碼")
        self.day = self._line(
            f"{choices.day.year - 1911}/{choices.day.month:02d}/{choices.day.day:02d}", "發布日期"
        )
        self.day.setPlaceholderText("114/09/10")
        self.category = WheelFreeBox()
        self.category.setAccessibleName("獎懲類別")
        for one in self._draft.template.categories:
            self.category.addItem(f"{one.code} {one.words}", one.code)
        self.category.setCurrentIndex(max(self.category.findData(choices.category_code), 0))
        self.category.currentIndexChanged.connect(lambda _: self._timer.start())
        left = QFormLayout()
        left.setHorizontalSpacing(12)
        for words, widget in (
            ("機關代碼(&A)", self.agency_code),
            ("發布日期(&D)", self.day),
            ("獎懲類別(&C)", self.category),
        ):
            left.addRow(words, widget)
        self.law_name = self._line(choices.law_name, "適用法規名稱")
        self.law_code = self._line(choices.law_code, "適用法規（代碼，可空白）")
        parts = QHBoxLayout()
        parts.setSpacing(4)
        self.parts: dict[str, QLineEdit] = {}
        for field, words in (
            ("article", "條"),
            ("point", "點"),
            ("paragraph", "項"),
            ("subparagraph", "款"),
            ("item", "目"),
        ):
            self.parts[field] = self._line(getattr(choices, field), words)
            caption = label(words, "secondary")
            caption.setBuddy(self.parts[field])
            parts.addWidget(self.parts[field])
            parts.addWidget(caption)
        right = QFormLayout()
        right.setHorizontalSpacing(12)
        right.addRow("適用法規名稱(&L)", self.law_name)
        right.addRow("適用法規(&F)", self.law_code)
        right.addRow("條款", parts)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _make_table(self) -> QTableView:
        template = self._draft.template
        notices = {one.code: one.words for one in template.notices}
        self.model = WebHrModel(
            self._draft.entries,
            results={one.code: one.words for one in template.results},
            notices=notices,
            parent=self,
        )
        self.model.edited.connect(lambda: self._timer.start())
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.view.setItemDelegateForColumn(NOTICE, _Choice(notices, self.view))
        self.view.setAccessibleName("要匯入 WebHR 的敘獎")
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        for section, width in (
            (CHECK, 92),
            (NAME, 88),
            (UNIT, 110),
            (NUMBER, 120),
            (RESULT, 120),
            (NOTICE, 110),
        ):
            header.resizeSection(section, width)
        if self._draft.entries:
            self.view.setCurrentIndex(self.model.index(0, NUMBER))
        return self.view

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        numbers = button("從檔案帶入身分證號…(&I)")
        on_click(numbers, self._ask_numbers)
        row.addWidget(numbers)
        row.addStretch(1)
        cancel = button("取消")
        on_click(cancel, self.reject)
        row.addWidget(cancel)
        self.save_button = button("儲存匯入檔…(&S)", is_accent=True)
        on_click(self.save_button, self._ask_path)
        row.addWidget(self.save_button)
        QShortcut(QKeySequence.StandardKey.Save, self, self._ask_path)
        return foot

    # ------------------------------------------------------------------- acting
    @property
    def _day(self) -> QDate:
        parts = self.day.text().strip().replace("-", "/").replace(".", "/").split("/")
        if len(parts) != 3 or not all(part.isdecimal() for part in parts):
            return QDate()
        year, month, day = (int(part) for part in parts)
        return QDate(year + 1911 if year < 1000 else year, month, day)

    @property
    def choices(self) -> WebHrChoices | None:
        """What the fields say; None while the day is none."""
        if not self._day.isValid():
            return None
        return self._acts.choices_of(
            agency_code=self.agency_code.text().strip(),
            day=self._day.toPython(),
            category_code=self.category.currentData(),
            law_name=self.law_name.text().strip(),
            law_code=self.law_code.text().strip(),
            **{field: line.text().strip() for field, line in self.parts.items()},
        )

    def check(self) -> None:
        """Check every rule and say what is wrong."""
        choices = self.choices
        if choices is None:
            self.findings.setText("發布日期看不懂，請填成 114/09/10 這樣的民國日期。")
            self.save_button.setEnabled(False)
            return
        found = tuple(self._acts.check(self.model.entries, choices))
        faults = [one for one in found if not one.is_warning]
        by_row: dict[int, tuple[str, ...]] = {}
        for one in faults:
            by_row[one.row] = (*by_row.get(one.row, ()), one.message)
        self.model.show_problems(by_row)
        lines = [one.message for one in (faults or found)[:MOST_PROBLEMS]]
        rest = len(faults) - MOST_PROBLEMS
        if rest > 0:
            lines.append(f"還有 {rest} 項，游標移到有問題的列可以看到。")
        if not faults:
            lines.insert(0, f"{len(self.model.entries)} 列都通過檢查，可以儲存。")
        self.findings.setText("\n".join(lines))
        self.save_button.setEnabled(not faults)

    def _say_remarks(self) -> None:
        self.remark.setText(" ".join(self._draft.remarks))

    def take_numbers(self, draft: WebHrDraft) -> None:
        """Fill in the numbers that a sheet gave; what the clerk typed elsewhere stays."""
        self._draft = draft
        self.model.take(draft.entries)
        self._say_remarks()
        self.check()

    def _ask_numbers(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "有身分證號的名冊", "", "試算表 (*.xlsx *.xls *.ods *.csv)"
        )
        if name:
            self._acts.read_numbers(Path(name), self.take_numbers)

    def _ask_path(self) -> None:
        if not self.save_button.isEnabled():
            return
        name, _ = QFileDialog.getSaveFileName(
            self, "儲存 WebHR 匯入檔", f"{self._draft.template.name}.csv", "CSV (*.csv)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the file."""
        choices = self.choices
        if choices is not None:
            self._acts.save(path, self.model.entries, choices)
            self.accept()
