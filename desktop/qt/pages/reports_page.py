"""報表: the supervisors' workbook and its ODS twin, seen first, of chosen units and columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.reports_parts import SheetPreview, WantedTree
from desktop.qt.widgets.basics import (
    ElidedLabel,
    EmptyState,
    FilterBox,
    Splitter,
    announce,
    button,
    label,
    link,
    on_click,
    pane,
)
from desktop.services.report_choices import EVERYTHING, ReportChoice, choice_of, choice_value

if TYPE_CHECKING:
    from desktop.services.issuing import PaperChoice
    from desktop.services.reporting import Report

LAST = "reports/last choice"
_NOT_FOLLOWED = frozenset({Area.BACKUPS, Area.LEDGER, Area.DOCUMENTS, Area.TEMPLATES})


class ReportsPage(Page):
    """What supervisors ask for, as a spreadsheet."""

    name = "reports"
    caption = "報表"
    icon = "data_bar_vertical"
    help_words = (
        "左邊勾選要哪些單位、工作表和欄位，中間就是會匯出的內容，右邊選檔案格式後按「匯出」。"
        "選好的內容可以取名儲存，下個月直接選。活頁簿有圖表；Excel 和開放格式的內容一樣。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.open_url: Callable[[QUrl], Any] = QDesktopServices.openUrl
        self.may_replace: Callable[[str], bool] = self._ask_to_replace
        self._report: Report | None = None
        self._kept: dict[str, ReportChoice] = {}
        self._sheet = 0
        self._made: tuple[Path, ...] = ()
        self._is_stale = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.reload)
        self._build()
        self._use(self._last_choice())

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.preview = SheetPreview()
        self.splitter = Splitter(
            Qt.Orientation.Horizontal, self._make_left(), self.preview, self._make_right()
        )
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([272, 750, 272])
        self.remember("splitter", self.splitter)
        self._go = go = button("匯入名冊(&M)", is_accent=True)
        on_click(go, lambda: self.asked.emit("import", None))
        self.empty = EmptyState(
            "data_bar_vertical_20_regular",
            "還沒有名冊",
            "先匯入名冊和學習紀錄，這裡就能做給主管看的報表。",
            [go],
        )
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)

    def _make_left(self) -> QWidget:
        left = pane()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(12, 10, 12, 8)
        head.setSpacing(6)
        head.addWidget(label("報表", "title"))
        caption = label("儲存的選擇(&A)", "secondary")
        self.names = QComboBox()
        self.names.setEditable(True)
        self.names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.names.setAccessibleName("儲存的選擇")
        self.names.lineEdit().setPlaceholderText("取個名字，例如：月報")
        self.names.activated.connect(lambda _: self._choose_kept())
        self.names.editTextChanged.connect(lambda _: self._say_names())
        caption.setBuddy(self.names)
        head.addWidget(caption)
        head.addWidget(self.names)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.keep_button = button("儲存(&V)", tip="用這個名字記住單位、工作表、欄位和格式")
        self.drop_button = button("刪除(&D)")
        self.all_button = button("全部(&T)", tip="所有單位、工作表和欄位")
        for one, act in (
            (self.keep_button, self.keep),
            (self.drop_button, self.drop),
            (self.all_button, lambda: self._use(EVERYTHING)),
        ):
            on_click(one, act)
            acts.addWidget(one, 1)
        head.addLayout(acts)
        self.units = FilterBox("單位")
        self.units.filter_changed.connect(self._units_chosen)
        head.addWidget(self.units)
        column.addLayout(head)
        self.tree = WantedTree()
        self.tree.wanted_changed.connect(self._show_preview)
        self.tree.sheet_chosen.connect(self._choose_sheet)
        column.addWidget(self.tree, 1)
        return left

    def _make_right(self) -> QWidget:
        right = pane()
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 10, 12, 0)
        column.setSpacing(8)
        column.addWidget(label("匯出", "subtitle"))
        self.plan_words = label("", "secondary", wraps=True)
        column.addWidget(self.plan_words)
        self.kinds = {
            "xlsx": QCheckBox("活頁簿 xlsx(&E)"),
            "ods": QCheckBox("開放格式 ods(&F)"),
        }
        for box in self.kinds.values():
            box.toggled.connect(lambda _: self._say())
            column.addWidget(box)
        self.words = label("", "secondary", wraps=True)
        column.addWidget(self.words)
        line = pane("head")
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addWidget(label("要印的名冊與通知單", "subtitle"))
        column.addWidget(label("在申請表頁預覽、編號、列印。", "caption", wraps=True))
        self.papers = QVBoxLayout()
        self.papers.setSpacing(2)
        column.addLayout(self.papers)
        column.addStretch()
        foot = pane("foot")
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(12, 10, 12, 12)
        rows.setSpacing(8)
        self.made_words = ElidedLabel("", "caption")
        rows.addWidget(self.made_words)
        opens = QHBoxLayout()
        opens.setSpacing(8)
        self.open_button = button("開啟(&O)", icon_name="open_16_regular")
        self.folder_button = button("開啟資料夾(&L)", icon_name="folder_open_16_regular")
        on_click(self.open_button, self.open_made)
        on_click(self.folder_button, self.open_folder)
        opens.addWidget(self.open_button, 1)
        opens.addWidget(self.folder_button, 1)
        rows.addLayout(opens)
        self.export_button = button("匯出…(&X)", icon_name="save_16_regular", is_accent=True)
        on_click(self.export_button, self.export)
        rows.addWidget(self.export_button)
        outer = pane()
        whole = QVBoxLayout(outer)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(right, 1)
        whole.addWidget(foot)
        self._say_made()
        return outer

    # ------------------------------------------------------------------ reading
    def show_plan(self, plan_id: str) -> None:
        """Make the report of another plan."""
        super().show_plan(plan_id)
        self._reload_when_seen()

    def follow(self, change: ChangeSet) -> None:
        """Make the report again after what it tells of has changed."""
        if change.areas - _NOT_FOLLOWED:
            self._reload_when_seen()

    def _reload_when_seen(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event) -> None:
        """Read what changed while the page was away."""
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def reload(self) -> None:
        """Make the report again; nothing is written."""
        services, plan_id, units = self.services, self.plan_id, self._wanted_units
        if not plan_id:
            return
        self._is_stale = False
        self.export_button.setEnabled(False)

        def read(report):
            made = services.report(plan_id, units=units, progress=report)
            title = next((c.title for c in services.plan_choices() if c.id == plan_id), "")
            return made, title, services.report_choices(), services.paper_choices(plan_id)

        self.operations.run_read(
            read,
            lambda found: self._show_read(*found),
            words="整理報表",
            owner=self,
            latest="report",
            can_cancel=True,
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _show_read(self, made: Report, title: str, kept, papers) -> None:
        self._report = made
        self._show_names(kept)
        self._show_papers(papers)
        is_first = self.stack.currentWidget() is self.empty
        self.stack.setCurrentWidget(self.splitter if made.units else self.empty)
        if is_first and made.units and self.isVisible():
            self.tree.setFocus()
        self.plan_words.setText(title)
        self.units.blockSignals(True)
        self.units.offer([(unit, unit or "（沒有單位）") for unit in made.units])
        self.units.choose(unit for unit in self._wanted_units if unit in made.units)
        self.units.blockSignals(False)
        self._sheet = min(self._sheet, max(len(made.sheets) - 1, 0))
        self.tree.show_sheets(made.sheets)
        self.tree.leave_out(self._choice.left_out_sheets, self._choice.left_out_columns)
        self.tree.choose(self._sheet)
        self._show_preview()

    def _show_papers(self, papers: tuple[PaperChoice, ...]) -> None:
        while self.papers.count():
            former = self.papers.takeAt(0).widget()
            former.hide()
            former.setParent(None)
            former.deleteLater()
        before: QWidget = self.kinds["ods"]
        for paper in papers:
            one = link(paper.title)
            one.clicked.connect(partial(self._open_paper, paper.id))
            self.papers.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
            # Made late, they would stand behind everything else for the keyboard.
            QWidget.setTabOrder(before, one)
            before = one

    def _open_paper(self, paper_id: str, _checked: bool = False) -> None:
        self.asked.emit("forms", f"paper:{paper_id}")

    # ------------------------------------------------------------------ choices
    @property
    def choice(self) -> ReportChoice:
        """What is wanted now."""
        sheets, columns = self.tree.left_out
        return ReportChoice(
            units=self._wanted_units,
            left_out_sheets=sheets,
            left_out_columns=columns,
            kinds=tuple(kind for kind, box in self.kinds.items() if box.isChecked()),
        )

    def _use(self, choice: ReportChoice) -> None:
        """Want something else."""
        self._choice = choice
        is_other = getattr(self, "_wanted_units", ()) != choice.units
        self._wanted_units = choice.units
        for kind, box in self.kinds.items():
            box.setChecked(kind in choice.kinds)
        self.tree.leave_out(choice.left_out_sheets, choice.left_out_columns)
        if is_other:
            self._reload_when_seen()

    def _last_choice(self) -> ReportChoice:
        kept = self.context.settings.value(LAST)
        if not isinstance(kept, str):
            return EVERYTHING
        try:
            return choice_of(json.loads(kept))
        except (ValueError, KeyError, TypeError):
            # A file of settings that somebody edited: everything is offered, as at first.
            return EVERYTHING

    def save_state(self) -> None:
        """Remember what was wanted, and the panes."""
        self.context.settings.setValue(LAST, json.dumps(choice_value(self.choice)))
        super().save_state()

    def _units_chosen(self) -> None:
        self._wanted_units = tuple(sorted(self.units.chosen))
        self._choice = self.choice
        self._reload_when_seen()

    def _show_names(self, kept: dict[str, ReportChoice]) -> None:
        self._kept = dict(kept)
        words = self.names.currentText()
        self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems(list(self._kept))
        self.names.setCurrentIndex(self.names.findText(words))
        self.names.setEditText(words)
        self.names.blockSignals(False)
        self._say_names()

    def _say_names(self) -> None:
        name = self.names.currentText().strip()
        self.keep_button.setEnabled(bool(name))
        self.drop_button.setEnabled(name in self._kept)

    def _choose_kept(self) -> None:
        choice = self._kept.get(self.names.currentText().strip())
        if choice is not None:
            self._use(choice)

    def keep(self) -> None:
        """Keep what is wanted under the name written."""
        name, choice, services = self.names.currentText().strip(), self.choice, self.services
        if name:
            self._write(lambda: services.keep_report_choice(name, choice), "儲存報表選擇")

    def drop(self) -> None:
        """Keep the choice of the name written no longer."""
        name, services = self.names.currentText().strip(), self.services
        if name in self._kept:
            self._write(lambda: services.drop_report_choice(name), "刪除報表選擇")

    def _write(self, act: Callable[[], Any], words: str) -> None:
        self.operations.run_write(
            lambda report: act(),
            lambda change: self.done.emit(f"已{change.act}。"),
            words=words,
            owner=self,
        )

    # ------------------------------------------------------------------ showing
    def _choose_sheet(self, number: int) -> None:
        self._sheet = number
        self._show_preview()

    def _show_preview(self) -> None:
        if self._report is None:
            return
        self._choice = self.choice
        unwanted = set(self._choice.left_out_columns)
        sheets = self._report.sheets
        sheet = sheets[self._sheet] if self._sheet < len(sheets) else None
        is_out = sheet is not None and sheet.title in self._choice.left_out_sheets
        self.preview.show_sheet(sheet, is_wanted=lambda name: not is_out and name not in unwanted)
        self._say()

    def _say(self) -> None:
        choice, made = self.choice, self._report
        if made is None:
            self.export_button.setEnabled(False)
            return
        sheets = len(made.sheets) - len(choice.left_out_sheets)
        units = f"{len(made.chosen_units)} 個單位" if made.chosen_units else "全部單位"
        columns = f"，不含 {len(choice.left_out_columns)} 欄" if choice.left_out_columns else ""
        self.words.setText(f"{units} {made.people:,} 人，{sheets} 張工作表{columns}。")
        why = ""
        if not sheets:
            why = "先勾選至少一張工作表"
        elif not choice.kinds:
            why = "先選一種檔案格式"
        self.export_button.setEnabled(not why)
        self.export_button.setToolTip(why)

    def _say_made(self) -> None:
        self.made_words.setText(
            f"已匯出 {'、'.join(p.name for p in self._made)}" * bool(self._made)
        )
        for one in (self.open_button, self.folder_button):
            one.setEnabled(bool(self._made))
            one.setToolTip("" if self._made else "匯出後可以開啟")

    # ------------------------------------------------------------------ going out
    def export(self) -> None:
        """Ask where, then write what is wanted."""
        kinds = self.choice.kinds
        if not self.export_button.isEnabled() or not kinds:
            return
        titles = {"xlsx": "Excel 活頁簿 (*.xlsx)", "ods": "開放文件試算表 (*.ods)"}
        name, _ = QFileDialog.getSaveFileName(
            self, "匯出報表", f"學習成果總表.{kinds[0]}", titles[kinds[0]]
        )
        if not name:
            return
        path = Path(name)
        twins = [path.with_suffix(f".{kind}") for kind in kinds[1:]]
        if all(not twin.exists() or self.may_replace(twin.name) for twin in twins):
            self.export_to(path)

    def _ask_to_replace(self, name: str) -> bool:
        answer = QMessageBox.question(self, "匯出報表", f"「{name}」已經有了，要取代嗎？")
        return answer == QMessageBox.StandardButton.Yes

    def export_to(self, path: Path) -> None:
        """Make the files off the UI thread, then keep them, whole or not at all.

        Args:
            path: Where to; each kind of file has its own suffix.
        """
        made, choice = self._report, self.choice
        if made is None:
            return
        services, plan_id = self.services, self.plan_id
        self.export_button.setEnabled(False)

        def keep(files: dict[str, bytes]) -> None:
            job = self.operations.run_write(
                lambda report: services.save_report(plan_id, path, files, choice),
                lambda result: self._exported(result[0]),
                words="儲存報表",
                owner=self,
                on_failure=lambda sentence: self.noted.emit("fail", sentence),
            )
            job.over.connect(self._say)

        job = self.operations.run_read(
            lambda report: services.write_report(made, choice, choice.kinds, progress=report),
            keep,
            words="製作報表",
            owner=self,
            can_cancel=True,
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )
        job.over.connect(self._say)

    def _exported(self, paths: tuple[Path, ...]) -> None:
        self._made = tuple(paths)
        self._say_made()
        sentence = (
            f"已匯出「{'」「'.join(path.name for path in paths)}」，在「{paths[0].parent}」。"
        )
        self.noted.emit("pass", sentence)
        announce(self, sentence)

    def open_made(self) -> None:
        """Open the file made last."""
        if self._made:
            self.open_url(QUrl.fromLocalFile(str(self._made[0])))

    def open_folder(self) -> None:
        """Open the folder it lies in."""
        if self._made:
            self.open_url(QUrl.fromLocalFile(str(self._made[0].parent)))

    # ------------------------------------------------------------------- window
    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("匯出報表…", self.export, "Ctrl+S", "檔案"),
            Command("開啟匯出的報表", self.open_made, "", "檔案"),
            Command("開啟報表所在的資料夾", self.open_folder, "", "檔案"),
            Command("儲存報表的選擇", self.keep),
            Command("刪除報表的選擇", self.drop),
            Command("報表要全部的單位與欄位", lambda: self._use(EVERYTHING)),
            Command("重新整理報表", self.reload, "F5"),
        )

    def primary_focus(self) -> QWidget | None:
        """The sheets, or what to do first."""
        return self.tree if self.stack.currentWidget() is self.splitter else self._go
