"""期程 and 單一窗口: the promotion plan over time, its measures, its contacts, its paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.moments import roc_date
from desktop.qt.dialogs.printing import PrintDialog
from desktop.qt.dialogs.resources import (
    ContactDialog,
    EffectiveDialog,
    MeasureDialog,
    ScheduleDialog,
    StageDialog,
)
from desktop.qt.models.resources import MeasureRow, contact_columns, measure_columns
from desktop.qt.models.tables import TableModel
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.forms_acts import ChoosePrinter, send
from desktop.qt.pages.programme_tab import ProgrammeTab
from desktop.qt.printing import PrintJob
from desktop.qt.widgets.basics import ElidedLabel, Note, button, label, on_click
from desktop.qt.widgets.stage_timeline import StageTimeline
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.domain.promotion import Contact
    from desktop.services.promotion import PromotionView

MEASURE = 1


class PromotionTab(ProgrammeTab):
    """A tab that shows the promotion plan, whatever plan is in force."""

    _view: PromotionView | None = None

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if change.areas & {Area.PROGRAMMES}:
            self.read_when_seen()

    def read(self) -> None:
        """Read the plan off the UI thread."""
        self._is_stale = False
        services = self.services
        self._read(lambda: services.promotion(), self._show, "讀取推動期程")

    def _show(self, view: PromotionView) -> None:
        raise NotImplementedError


class ScheduleTab(PromotionTab):
    """Stages as a timeline over their measures."""

    series = "schedule"

    def __init__(self, context: Context, *, choose_printer: ChoosePrinter | None = None) -> None:
        """Make the tab.

        Args:
            context: Services, operations, settings.
            choose_printer: Asks how to print; a test passes its own.
        """
        super().__init__(context)
        self._settings = context.settings
        self._choose_printer = choose_printer or self._ask_how_to_print
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = ElidedLabel("", "subtitle")
        head.addWidget(self.title, 1)
        self.effective_button = button("生效日…(&D)")
        self.move_button = button("調整期程…(&M)")
        self.follow_button = button("照計畫(&B)", tip="取消這個階段的人工調整")
        self.state_button = button("辦理情形…(&S)")
        self.print_button = button("期程表…(&L)", icon_name="print_16_regular")
        for one, act in (
            (self.effective_button, self.set_effective),
            (self.move_button, self.move_stage),
            (self.follow_button, self.follow_plan),
            (self.state_button, self.set_measure),
            (self.print_button, self.show_paper),
        ):
            on_click(one, act)
            head.addWidget(one)
        column.addLayout(head)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        column.addLayout(self.notes)
        self.timeline = StageTimeline()
        self.timeline.stage_chosen.connect(self._stage_chosen)
        frame = QScrollArea()
        frame.setWidget(self.timeline)
        frame.setWidgetResizable(True)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame.setAccessibleName("推動期程")
        frame.setFixedHeight(self.timeline.sizeHint().height() + 4)
        self._frame = frame
        column.addWidget(frame)
        self.stage_words = label("", "secondary", wraps=True)
        column.addWidget(self.stage_words)
        self.model: TableModel[MeasureRow] = TableModel(measure_columns(), parent=self)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAccessibleName("具體措施")
        header = self.view.horizontalHeader()
        for section, width in enumerate((92, 340, 210, 150, 130, 92, 150)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(MEASURE, QHeaderView.ResizeMode.Stretch)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._row_chosen())
        self.view.activated.connect(lambda _: self.set_measure())
        column.addWidget(self.view, 1)

    # ------------------------------------------------------------------ showing
    def _show(self, view: PromotionView) -> None:
        self._view = view
        begun = f"{roc_date(view.effective)} 生效" if view.effective else "尚未登記生效日"
        note = f"（{view.effective_note}）" if view.effective_note else ""
        self.title.setText(f"{view.plan.title}　{begun}{note}")
        while self.notes.count():
            self.notes.takeAt(0).widget().deleteLater()
        if view.effective is None:
            words = "按「生效日」登記計畫生效日，各階段的起訖日會依實施期程推算。"
            self.notes.addWidget(Note("info", words, can_close=False))
        elif view.late:
            words = f"有 {view.late} 項措施過了期限還沒有完成，請登記辦理情形或調整期程。"
            self.notes.addWidget(Note("review", words, can_close=False))
        self.timeline.show_view(view)
        self._frame.setFixedHeight(self.timeline.sizeHint().height() + 4)
        current = self.row.view.measure.id if self.row is not None else ""
        rows = [MeasureRow(stage, m) for stage in view.stages for m in stage.measures]
        self.model.show_rows(rows)
        ids = [one.view.measure.id for one in self.model.rows]
        self.view.selectRow(ids.index(current) if current in ids else 0)
        self._row_chosen()

    @property
    def row(self) -> MeasureRow | None:
        """The measure chosen."""
        return self.model.row(self.view.currentIndex().row())

    def _stage_chosen(self, stage_id: str) -> None:
        for number, row in enumerate(self.model.rows):
            if row.stage.stage.id == stage_id:
                if self.row is None or self.row.stage.stage.id != stage_id:
                    self.view.selectRow(number)
                return

    def _row_chosen(self) -> None:
        row = self.row
        if row is None:
            return
        self.timeline.choose(row.stage.stage.id)
        stage = row.stage
        moved = f"　調整：{stage.note}" if stage.note else ""
        self.stage_words.setText(
            f"{stage.stage.name} {stage.days_words}　{stage.stage.condition.strip('()')}{moved}"
        )
        self.follow_button.setEnabled(stage.days.is_moved)

    # ------------------------------------------------------------------ acts
    def set_effective(self) -> None:
        """Enter the day the plan came into force."""
        if self._view is None:
            return
        dialog, services = EffectiveDialog(self._view.effective, parent=self), self.services
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.set_effective(v["day"], reason=v["reason"]), "登記計畫生效日"
            )
        )
        self._open(dialog)

    def move_stage(self) -> None:
        """Set the days of the stage chosen."""
        if self.row is None:
            return
        stage, services = self.row.stage, self.services
        dialog = StageDialog(stage, parent=self)
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.move_stage(
                    stage.stage.id, v["first_day"], v["last_day"], reason=v["reason"]
                ),
                "調整期程",
            )
        )
        self._open(dialog)

    def follow_plan(self) -> None:
        """Let the stage chosen follow the plan again."""
        if self.row is None or not self.row.stage.days.is_moved:
            return
        stage, services = self.row.stage, self.services
        self._write(
            lambda: services.follow_plan(stage.stage.id, reason="照計畫的實施期程"),
            "恢復計畫期程",
        )

    def set_measure(self) -> None:
        """Say how far the measure chosen is."""
        if self.row is None:
            return
        view, services = self.row.view, self.services
        dialog = MeasureDialog(view, parent=self)
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.set_measure(
                    view.measure.id, v["state"], due=v["due"], note=v["note"]
                ),
                "登記辦理情形",
            )
        )
        self._open(dialog)

    # ------------------------------------------------------------------ paper
    def show_paper(self) -> None:
        """Show the schedule as it prints."""
        services = self.services

        def read(has_states: bool, show: Callable[[Any], None]) -> None:
            self._read(lambda: services.preview_schedule(has_states=has_states), show, "製作期程表")

        dialog = ScheduleDialog(read=read, parent=self)

        def print_it(has_states: bool) -> None:
            job = self._choose_printer(dialog, "列印辦理期程及分工表")
            if job is None:
                return

            def work():
                paper = services.issue_schedule(has_states=has_states)
                send(paper.pdf, paper.documents, job, services)
                return paper

            self._write(work, "列印期程表", lambda p: self._tell(f"已列印 {p.number}。"))
            dialog.accept()

        def save_it(has_states: bool, path: Path) -> None:
            self.save_paper_to(path, has_states=has_states)
            dialog.accept()

        dialog.print_wanted.connect(print_it)
        dialog.save_wanted.connect(save_it)
        self._open(dialog)

    def save_paper_to(self, path: Path, *, has_states: bool = True) -> None:
        """Number, log and save the schedule."""
        services = self.services

        def work():
            paper = services.save_schedule(has_states=has_states)
            path.write_bytes(paper.pdf)
            return paper

        words = f"已把期程表存成「{path.name}」"
        self._write(work, "儲存期程表", lambda p: self._tell(f"{words}，編號 {p.number}。"))

    def _ask_how_to_print(self, parent: QWidget, title: str) -> PrintJob | None:
        dialog = PrintDialog(
            title,
            settings=self._settings,
            pages=0,
            calibrate=lambda printer, over: self.told.emit("info", "請到申請表頁校正印表機。"),
            parent=parent,
        )
        dialog.pages.setEnabled(False)
        dialog.exec()
        return dialog.job

    def commands(self) -> tuple[Command, ...]:
        """The tab's acts."""
        return (
            Command("登記計畫生效日…", self.set_effective),
            Command("調整期程…", self.move_stage),
            Command("登記辦理情形…", self.set_measure),
            Command("辦理期程及分工表…", self.show_paper, "Ctrl+P"),
        )


class ContactsTab(PromotionTab):
    """The single-window contacts."""

    series = "contacts"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("各措施辦理機關的單一窗口", "subtitle"), 1)
        self.add_button = button("新增窗口…(&A)", icon_name="add_16_regular")
        self.edit_button = button("修改窗口…(&W)")
        self.drop_button = button("移除窗口(&R)")
        for one, act in (
            (self.add_button, self.add),
            (self.edit_button, self.edit),
            (self.drop_button, self.drop),
        ):
            on_click(one, act)
            head.addWidget(one)
        column.addLayout(head)
        self.model: TableModel[Contact] = TableModel(contact_columns(), parent=self)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAccessibleName("聯絡窗口")
        header = self.view.horizontalHeader()
        for section, width in enumerate((260, 120, 150, 220)):
            header.resizeSection(section, width)
        header.setStretchLastSection(True)
        self.view.activated.connect(lambda _: self.edit())
        column.addWidget(self.view, 1)
        self.hint = label("", "secondary", wraps=True)
        column.addWidget(self.hint)

    def _show(self, view: PromotionView) -> None:
        self._view = view
        self.model.show_rows(view.contacts)
        if view.contacts:
            self.view.selectRow(0)
        for one in (self.edit_button, self.drop_button):
            one.setEnabled(bool(view.contacts))
        self.hint.setText(
            "" if view.contacts else "還沒有聯絡窗口；按「新增窗口」登記機關、聯絡人、電話和信箱。"
        )

    @property
    def contact(self) -> Contact | None:
        """The contact chosen."""
        return self.model.row(self.view.currentIndex().row())

    def add(self) -> None:
        """Enter a contact."""
        self._ask(None)

    def edit(self) -> None:
        """Change the contact chosen."""
        if self.contact is not None:
            self._ask(self.contact)

    def _ask(self, contact: Contact | None) -> None:
        dialog, services = ContactDialog(contact, parent=self), self.services
        dialog.wanted.connect(
            lambda v: self._write(lambda: services.put_contact(v["contact"]), "登記聯絡窗口")
        )
        self._open(dialog)

    def drop(self) -> None:
        """Take the contact chosen off the list."""
        contact, services = self.contact, self.services
        if contact is not None:
            self._write(lambda: services.drop_contact(contact), "移除聯絡窗口")

    def commands(self) -> tuple[Command, ...]:
        """The tab's acts."""
        return (Command("新增聯絡窗口…", self.add),)
