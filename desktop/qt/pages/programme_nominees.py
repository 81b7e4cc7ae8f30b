"""專班: places, nominees, who replaces whom, reports, and what hours come of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.moments import roc_date
from desktop.qt.dialogs.programmes import DayReasonDialog, NomineeDialog, PlacesDialog
from desktop.qt.models.programmes import nominee_columns
from desktop.qt.models.tables import TableModel
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.programme_tab import ProgrammeTab
from desktop.qt.widgets.basics import ElidedLabel, EmptyState, Note, button, label, on_click
from desktop.qt.widgets.ledger_card import FigureTile
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.domain.people import Person
    from desktop.services.nominating import NomineeLine, ProgrammeView

TILES = ("名額", "已薦送", "研習報告", "可登錄時數", "報名期限")


class NomineesTab(ProgrammeTab):
    """The programme of the plan in force."""

    series = "nominees"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: ProgrammeView | None = None
        self._people: tuple[Person, ...] = ()
        self._today = date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.stack.addWidget(self._make_programme())
        other = button("看活動(&Z)")
        on_click(other, lambda: self.page_wanted.emit("activities"))
        self.empty = EmptyState(
            "hat_graduation_20_regular",
            "這個計畫不是薦送的專班",
            "在上方改選專班的計畫（例如 Coursera 雙語研習專班），或看這個計畫的活動。",
            [other],
        )
        self.stack.addWidget(self.empty)

    # ----------------------------------------------------------------- building
    def _make_programme(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = ElidedLabel("", "subtitle")
        head.addWidget(self.title, 1)
        self.places_button = button("名額…(&Q)")
        self.add_button = button("薦送…(&N)", icon_name="add_16_regular")
        self.replace_button = button("換人…(&W)", icon_name="arrow_counterclockwise_16_regular")
        self.withdraw_button = button("退出…(&X)")
        self.report_button = button("研習報告…(&P)")
        self.lists_button = button("名冊與清冊(&L)", icon_name="print_16_regular")
        for one, act in (
            (self.places_button, self.set_places),
            (self.add_button, self.nominate),
            (self.replace_button, self.replace),
            (self.withdraw_button, self.withdraw),
            (self.report_button, self.record_reports),
            (self.lists_button, lambda: self.page_wanted.emit("forms")),
        ):
            on_click(one, act)
            head.addWidget(one)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.tiles = {caption: FigureTile(caption) for caption in TILES}
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
        column.addLayout(row)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        column.addLayout(self.notes)
        self.model: TableModel[NomineeLine] = TableModel(
            nominee_columns(), key=lambda n: n.employee_id, can_tick=lambda n: n.is_in, parent=self
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setAccessibleName("薦送名單")
        header = self.view.horizontalHeader()
        for section, width in enumerate((104, 72, 96, 88, 104, 130, 110, 64, 96, 96)):
            header.resizeSection(section, width)
        header.setStretchLastSection(True)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._row_chosen())
        column.addWidget(self.view, 1)
        self.detail = label("", "secondary", wraps=True)
        column.addWidget(self.detail)
        return whole

    # ------------------------------------------------------------------ reading
    def read(self) -> None:
        """Read the programme and the roster."""
        services, plan_id = self.services, self.plan_id
        if not plan_id:
            return
        self._is_stale = False
        self._read(
            lambda: (services.programme(plan_id), services.roster(), services.status().today),
            lambda found: self._show(*found),
            "讀取專班",
        )

    def _show(self, view: ProgrammeView | None, people, today: date) -> None:
        self._view, self._people, self._today = view, tuple(people), today
        self.stack.setCurrentIndex(0 if view is not None else 1)
        if view is None:
            return
        self.title.setText(f"{view.title}（{view.clause}）")
        self._show_tiles(view)
        self._show_notes(view)
        current = self.line.employee_id if self.line is not None else ""
        self.model.show_rows(view.lines)
        ids = [line.employee_id for line in self.model.rows]
        if ids:
            self.view.selectRow(ids.index(current) if current in ids else 0)
        self.report_button.setEnabled(view.report_by is not None)
        self._row_chosen()

    def _show_tiles(self, view: ProgrammeView) -> None:
        tiles = self.tiles
        places = "未登記" if view.places is None else f"{view.places} 人"
        tiles["名額"].show_figure(places, view.places_note or "按「名額」登記配當表的人數")
        detail = f"遞補 {view.substitutes} 人，退出 {view.withdrawn} 人"
        tiles["已薦送"].show_figure(f"{view.nominated} 人", detail)
        due = f"期限 {roc_date(view.report_by)}" if view.report_by else "不需要報告"
        tiles["研習報告"].show_figure(f"{view.reports} 份", due)
        least = f"滿 {view.minimum_hours:f} 時並交報告" if view.minimum_hours is not None else ""
        tiles["可登錄時數"].show_figure(f"{view.credited} 人", least)
        left = f"還有 {view.days_left} 天" if view.days_left >= 0 else "已截止"
        tiles["報名期限"].show_figure(roc_date(view.register_by), left)

    def _show_notes(self, view: ProgrammeView) -> None:
        while self.notes.count():
            self.notes.takeAt(0).widget().deleteLater()
        said = []
        if not view.has_list:
            said.append(
                "還沒有薦送名單，目前以職員名冊為準；匯入薦送名冊或登記第一位以後，"
                "只有名單上的人算薦送。"
            )
        if view.shortage > 0:
            said.append(f"還缺 {view.shortage} 人：請足額派訓，退出的人另遴員遞補。")
        elif view.shortage < 0:
            said.append(f"超過名額 {-view.shortage} 人，請更正名額或登記退出。")
        unfit = [line.name for line in view.lines if line.is_in and line.is_unfit]
        if unfit:
            said.append(f"人員類別不適用或不明：{'、'.join(unfit)}，請換人或更新名冊。")
        for words in said:
            self.notes.addWidget(Note("review", words, can_close=False))

    # ------------------------------------------------------------------ choosing
    @property
    def line(self) -> NomineeLine | None:
        """The line chosen."""
        return self.model.row(self.view.currentIndex().row())

    def _row_chosen(self) -> None:
        line = self.line
        has_list = self._view is not None and self._view.has_list
        waits = line is not None and not line.is_in and "尚未遞補" in line.note
        self.replace_button.setEnabled(has_list and line is not None and (line.is_in or waits))
        self.withdraw_button.setEnabled(has_list and line is not None and line.is_in)
        if line is None:
            self.detail.setText("還沒有人；按「薦送」登記，或到「匯入」放入薦送名冊。")
            return
        parts = [part for part in (line.credit_reason, line.email, line.note) if part]
        self.detail.setText(f"{line.name}：{'　'.join(parts)}" if parts else line.name)

    def _candidates(self) -> list[Person]:
        there = {line.employee_id for line in self._view.lines if line.is_in} if self._view else ()
        return [one for one in self._people if one.employee_id not in there]

    # ------------------------------------------------------------------ acts
    def set_places(self) -> None:
        """Enter the quota."""
        if self._view is None:
            return
        dialog, services, plan_id = (
            PlacesDialog(self._view, parent=self),
            self.services,
            self.plan_id,
        )
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.set_places(plan_id, v["places"], reason=v["reason"]), "登記名額"
            )
        )
        self._open(dialog)

    def lacks(self, words: str) -> str:
        """Say that the plan has no list, or that nobody on it is chosen."""
        if self._view is None:
            return "這個計畫沒有薦送名單；在上方改選專班的計畫。"
        if words in ("換人遞補…", "退出薦送…") and self.line is None:
            return "先選名單上的一個人。"
        if words == "登記研習報告…":
            if self._view.report_by is None:
                return "這個計畫不用繳研習報告。"
            if not self.model.ticked and self.line is None:
                return "先勾選名單上的人，或選一個人。"
        return ""

    def nominate(self) -> None:
        """Put somebody on the list."""
        if self._view is None:
            return
        services, plan_id = self.services, self.plan_id
        dialog = NomineeDialog(self._view, self._candidates(), today=self._today, parent=self)
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.nominate(plan_id, v.pop("employee_id"), **v), "登記薦送"
            )
        )
        self._open(dialog)

    def replace(self) -> None:
        """Put somebody in the place of the person chosen."""
        line = self.line
        if self._view is None or line is None or not self.replace_button.isEnabled():
            return
        services, plan_id = self.services, self.plan_id
        dialog = NomineeDialog(
            self._view, self._candidates(), today=self._today, replaces=line.name, parent=self
        )
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.replace_nominee(
                    plan_id, line.employee_id, v.pop("employee_id"), **v
                ),
                "換人遞補",
            )
        )
        self._open(dialog)

    def withdraw(self) -> None:
        """Take the person chosen off the list."""
        line = self.line
        if line is None or not self.withdraw_button.isEnabled():
            return
        services, plan_id = self.services, self.plan_id
        dialog = DayReasonDialog(
            f"退出薦送：{line.name}",
            "名額會空出來；已經有人接替請改用「換人」，兩人的紀錄會互相註明。",
            "退出(&S)",
            today=self._today,
            parent=self,
        )
        dialog.wanted.connect(
            lambda v: self._write(
                lambda: services.withdraw_nominee(plan_id, line.employee_id, **v), "登記退出"
            )
        )
        self._open(dialog)

    def record_reports(self) -> None:
        """Record the reports of the people ticked, else of the person chosen."""
        line = self.line
        who = self.model.ticked or ((line.employee_id,) if line is not None else ())
        if not who or self._view is None or self._view.report_by is None:
            return
        services, plan_id = self.services, self.plan_id
        names = [one.name for one in self.model.given if one.employee_id in who]
        dialog = DayReasonDialog(
            f"研習報告 {len(who)} 份",
            f"收到{'、'.join(names[:6])}{'等' if len(names) > 6 else ''}的研習報告；"
            f"期限 {roc_date(self._view.report_by)}，當日收到仍算。",
            f"登記 {len(who)} 份(&S)",
            today=self._today,
            asks_reason=False,
            parent=self,
        )

        def go(values) -> None:
            self.model.tick(())
            self._write(lambda: services.record_reports(plan_id, who, **values), "登記研習報告")

        dialog.wanted.connect(go)
        self._open(dialog)

    def commands(self) -> tuple[Command, ...]:
        """The tab's acts."""
        return (
            Command("登記名額…", self.set_places),
            Command("薦送…", self.nominate),
            Command("換人遞補…", self.replace),
            Command("退出薦送…", self.withdraw),
            Command("登記研習報告…", self.record_reports),
        )
