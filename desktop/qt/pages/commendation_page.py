"""敘獎: who is proposed and why, leaving out with a reason, the order, the papers and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.commendation_acts import COMMITTEE, LISTS, TITLES, CommendationActs
from desktop.qt.pages.commendation_parts import (
    QUIET,
    ListTable,
    ReasonBar,
    WhyPane,
    listed_look,
    listed_words,
    other_columns,
    show_figures,
    who,
    words_on_paper,
)
from desktop.qt.pages.forms_acts import ChoosePrinter
from desktop.qt.theme import text_factor
from desktop.qt.widgets.basics import (
    ElidedLabel,
    EmptyState,
    FilterBox,
    Splitter,
    button,
    label,
    on_click,
    pane,
    tool,
)
from desktop.qt.widgets.ledger_card import FigureTile
from desktop.qt.widgets.paper import PaperView
from desktop.qt.widgets.plan_editors import WheelFreeBox
from desktop.qt.widgets.short_list import show_every_row
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop.services.commendation_view import CommendationView, Examined
    from desktop.services.issuing import FormCandidate

SURE, OTHERS = 0, 1
WHY = 0
PAPERS = (LISTS, COMMITTEE)
BY_UNIT, BY_RANK, BY_HAND = "unit", "rank", "hand"
ORDERS = ((BY_UNIT, "單位、官等"), (BY_RANK, "官等、單位"), (BY_HAND, "人工排序"))
ORDER_DELAY_MS = 600
ROOM_FOR_FOUR = 1180
"""Logical pixels of the page from which four acts stand beside one another."""


class CommendationPage(CommendationActs):
    """From verdicts to the commendation list."""

    name = "commendations"
    caption = "敘獎"
    icon = "ribbon"
    help_words = (
        "左邊是確定可以敘獎的人；取消勾選就是不列名，寫下理由按 Enter 登記，可以復原。"
        "右邊看為什麼，或看會印出來的名冊和審議表。排序可以依單位、依官等，"
        "也可以用 Alt+↑、Alt+↓ 移動。名冊可以列印、存成 PDF、試算表或 WebHR 匯入檔。"
    )

    def __init__(self, context: Context, *, choose_printer: ChoosePrinter | None = None) -> None:
        """Make the page.

        Args:
            context: Services, operations, settings.
            choose_printer: Asks how to print; a test passes its own.
        """
        super().__init__(context)
        self._choose_printer = choose_printer or self.ask_how_to_print
        self._view: CommendationView | None = None
        self._papers: Mapping[str, FormCandidate] = {}
        self._order: list[Examined] = []
        self._changed: set[str] = set()
        self._previewed = ""
        self._is_stale = True
        self._order_timer = QTimer(self)
        self._order_timer.setSingleShot(True)
        self._order_timer.setInterval(ORDER_DELAY_MS)
        self._order_timer.timeout.connect(self._keep_order)
        self._build()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        self.bar, self.other_view = ReasonBar(), QTableView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.splitter = Splitter(Qt.Orientation.Horizontal, self._make_list(), self._make_right())
        for number in (0, 1):
            self.splitter.setStretchFactor(number, 1)
        self.splitter.setSizes([730, 560])
        self.remember("splitter", self.splitter)
        self.remember("sure", self.sure_view.horizontalHeader())
        self.remember("others", self.other_view.horizontalHeader())
        self._go = go = button("到審核(&O)", is_accent=True)
        on_click(go, lambda: self.asked.emit("review", None))
        self.empty = EmptyState("ribbon_20_regular", "還沒有人可以敘獎", "", [go])
        self._say_empty(is_given=True)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)

    def _make_list(self) -> QWidget:
        left = pane()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tiles = QHBoxLayout()
        tiles.setContentsMargins(12, 10, 12, 6)
        tiles.setSpacing(8)
        self.tiles = {name: FigureTile(name) for name in ("列名", "不列名", "未獲敘獎", "獎勵合計")}
        for name, tile in self.tiles.items():
            tiles.addWidget(tile, 5 if name == "獎勵合計" else 2)
        column.addLayout(tiles)
        column.addLayout(self._make_head())
        self.sure_model: TableModel[Examined] = TableModel(
            [
                TableColumn("姓名", who),
                TableColumn("單位", lambda one: one.unit),
                TableColumn("職稱", lambda one: one.title, QUIET),
                TableColumn("官職等", lambda one: one.rank, QUIET),
                TableColumn("擬獎懲", lambda one: one.award, {Role.STRONG: lambda one: True}),
                TableColumn("名冊", self._listed_words, {Role.STATE: self._listed_look}),
                TableColumn("理由或備註", lambda one: one.note),
            ],
            key=lambda one: one.employee_id,
            parent=self,
        )
        self.sure_model.ticked_changed.connect(self._ticks_changed)
        self.sure_model.narrowed.connect(self._show_why)
        self.sure_view = ListTable(self.sure_model)
        self.sure_view.moved.connect(self.move)
        self.sure_view.reason_wanted.connect(self.bar.ask)
        self.other_model: TableModel[Examined] = TableModel(other_columns(), parent=self)
        self.other_view.setModel(self.other_model)
        for view, name, widths in (
            (self.sure_view, "可以敘獎的人", (128, 92, 80, 124, 72, 82)),
            (self.other_view, "未獲敘獎的人", (112, 92, 80, 124, 132)),
        ):
            # The list stands in the order it is printed in, which is the clerk's.
            can_sort = view is self.other_view
            prepare_table(view, keeps_blue=True, can_sort=can_sort, can_filter=True)
            view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
            view.setAccessibleName(name)
            view.selectionModel().currentRowChanged.connect(lambda *_: self._show_why())
            for section, width in enumerate(widths):
                view.horizontalHeader().resizeSection(section, width)
            view.horizontalHeader().setSectionResizeMode(
                len(widths), QHeaderView.ResizeMode.Stretch
            )
        self.tables = QStackedWidget()
        self.tables.addWidget(self.sure_view)
        self.tables.addWidget(self.other_view)
        column.addWidget(self.tables, 1)
        self.bar.left_out.connect(lambda why: self.leave_out(self._changes(is_out=True), why))
        self.bar.taken_in.connect(lambda why: self.take_in(self._changes(is_out=False), why))
        self.bar.dropped.connect(self._drop_changes)
        column.addWidget(self.bar)
        return left

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 6)
        head.setSpacing(8)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName("名單")
        for words in ("可敘獎", "未獲敘獎"):
            self.tabs.addTab(words)
        self.tabs.currentChanged.connect(self._tab_chosen)
        head.addWidget(self.tabs)
        head.addStretch()
        self.units = FilterBox("單位")
        self.units.filter_changed.connect(self._fill)
        head.addWidget(self.units)
        caption = label("排序(&Q)", "secondary")
        self.orders = WheelFreeBox()
        self.orders.setAccessibleName("排序")
        for key, title in ORDERS:
            self.orders.addItem(title, key)
        self.orders.activated.connect(lambda _: self._order_chosen())
        caption.setBuddy(self.orders)
        head.addWidget(caption)
        head.addWidget(self.orders)
        self.up = tool("arrow_up_16_regular", "往上移（Alt+↑）")
        self.down = tool("arrow_down_16_regular", "往下移（Alt+↓）")
        on_click(self.up, lambda: self.move(-1))
        on_click(self.down, lambda: self.move(1))
        head.addWidget(self.up)
        head.addWidget(self.down)
        return head

    def _make_right(self) -> QWidget:
        right = pane()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 6)
        self.views = QTabBar()
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        self.views.setUsesScrollButtons(False)
        self.views.setAccessibleName("右邊看什麼")
        for title in ("為什麼", "名冊預覽", "審議表預覽"):
            self.views.addTab(title)
        self.views.currentChanged.connect(lambda _: self._view_chosen())
        head.addWidget(self.views)
        head.addStretch()
        self.review_button = button("看紀錄(&M)", tip="到審核看這個人的課程與原件")
        on_click(self.review_button, self._open_review)
        head.addWidget(self.review_button)
        column.addLayout(head)
        self.why = WhyPane()
        self.preview = PaperView()
        self.message = label("", "secondary", wraps=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.panes = QStackedWidget()
        for one in (self.why, self.preview, self.message):
            self.panes.addWidget(one)
        column.addWidget(self.panes, 1)
        foot = pane("foot")
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(12, 8, 12, 10)
        rows.setSpacing(8)
        self.paper_words = ElidedLabel("", "caption")
        rows.addWidget(self.paper_words)
        self._acts = QGridLayout()
        self._acts.setSpacing(8)
        self.webhr_button = button("WebHR…(&H)", tip="把確定的敘獎做成 WebHR 獎懲匯入檔")
        self.sheet_button = button("試算表…(&X)", icon_name="table_16_regular")
        self.save_button = button("存成 PDF…(&F)", icon_name="document_pdf_16_regular")
        self.print_button = button("列印(&P)", icon_name="print_16_regular", is_accent=True)
        for act_button, act in (
            (self.webhr_button, self.webhr.open),
            (self.sheet_button, self.export_sheet),
            (self.save_button, self.save_lists),
            (self.print_button, self.print_lists),
        ):
            on_click(act_button, act)
        self._arrange_acts()
        rows.addLayout(self._acts)
        column.addWidget(foot)
        return right

    def follow_text(self) -> None:
        """Arrange the acts for text of another size."""
        self._arrange_acts()

    def _arrange_acts(self) -> None:
        """Beside one another, and two by two where that would cut their words off."""
        acts = (self.webhr_button, self.sheet_button, self.save_button, self.print_button)
        across = 4 if self.width() >= ROOM_FOR_FOUR * text_factor() else 2
        for number, one in enumerate(acts):
            self._acts.addWidget(one, number // across, number % across)
        for number in range(4):
            self._acts.setColumnStretch(number, 1 if number < across else 0)

    def resizeEvent(self, event) -> None:
        """Arrange the acts for the width."""
        super().resizeEvent(event)
        self._arrange_acts()

    # ------------------------------------------------------------------ reading
    def show_plan(self, plan_id: str) -> None:
        """Read the list of another plan."""
        super().show_plan(plan_id)
        self._order_timer.stop()
        self._changed.clear()
        self._reload_when_seen()

    def follow(self, change: ChangeSet) -> None:
        """Read again after decisions, imports and prints."""
        if change.areas - {Area.BACKUPS, Area.VERDICTS, Area.LEDGER}:
            self._reload_when_seen()

    def _reload_when_seen(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.reload()

    def showEvent(self, event) -> None:
        """Read what changed while the page was away."""
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def reload(self) -> None:
        """Read the list and its papers again."""
        services, plan_id = self.services, self.plan_id
        if not plan_id:
            return
        self._is_stale = False

        def read(report):
            view = services.commendation_view(plan_id, progress=report)
            papers = {}
            for paper in PAPERS if view.is_given else ():
                found = services.form_candidates(plan_id, paper=paper)
                if found:
                    papers[paper] = found[0]
            return view, papers, services.offered_reasons(plan_id)

        self.operations.run_read(
            read,
            lambda found: self._show_read(*found),
            words="整理敘獎",
            owner=self,
            latest="commendation",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _show_read(self, view: CommendationView, papers, reasons: Sequence[str]) -> None:
        self._view, self._papers = view, papers
        self._order = list(view.sure)
        self._previewed = ""
        self.bar.offer(reasons)
        if not view.sure and not view.others:
            self._say_empty(is_given=view.is_given)
            self.stack.setCurrentWidget(self.empty)
            return
        is_first = self.stack.currentWidget() is self.empty
        self.stack.setCurrentWidget(self.splitter)
        if is_first and self.isVisible():
            self._table.setFocus()
        everybody = (*view.sure, *view.others)
        units = dict.fromkeys(one.unit for one in everybody)
        self.units.blockSignals(True)
        self.units.offer([(unit, unit or "（沒有單位）") for unit in units])
        self.units.blockSignals(False)
        by = BY_HAND if view.order.by_hand else view.order.by.value
        self.orders.setCurrentIndex(max(self.orders.findData(by), 0))
        self._say_figures(view)
        self._changed.clear()
        self._tick_listed()
        self._fill()
        self._view_chosen()

    def _say_empty(self, *, is_given: bool) -> None:
        if is_given:
            self.empty.say("還沒有人可以敘獎", "先匯入名冊和學習紀錄，審核後這裡就有名單。")
        else:
            self.empty.say("這個計畫沒有敘獎", "上方可以換成有敘獎的計畫。")

    def _say_figures(self, view: CommendationView) -> None:
        show_figures(self.tiles, view)
        for number, (words, count) in enumerate(
            (("可敘獎", len(view.sure)), ("未獲敘獎", len(view.others)))
        ):
            self.tabs.setTabText(number, f"{words} {count}")

    # ------------------------------------------------------------------ showing
    def _fill(self) -> None:
        chosen = self.current
        units = self.units.chosen

        def fits(one: Examined) -> bool:
            return not units or one.unit in units

        self.sure_model.show_rows(one for one in self._order if fits(one))
        others = self._view.others if self._view is not None else ()
        self.other_model.show_rows(one for one in others if fits(one))
        ids = [one.employee_id for one in self._model.rows]
        wanted = chosen.employee_id if chosen is not None else ""
        if ids:
            self._table.selectRow(ids.index(wanted) if wanted in ids else 0)
        self._ticks_changed()
        self._show_why()

    @property
    def _table(self) -> QTableView:
        return self.sure_view if self.tabs.currentIndex() == SURE else self.other_view

    @property
    def _model(self) -> TableModel[Examined]:
        return self.sure_model if self.tabs.currentIndex() == SURE else self.other_model

    @property
    def current(self) -> Examined | None:
        """The person chosen."""
        return self._model.row(self._table.currentIndex().row())

    def _tab_chosen(self, number: int) -> None:
        self.tables.setCurrentIndex(number)
        self.bar.setVisible(number == SURE)
        if self._model.rows and not self._table.currentIndex().isValid():
            self._table.selectRow(0)
        self._show_why()

    def _show_why(self) -> None:
        one = self.current
        self.why.show_person(one)
        self.review_button.setEnabled(one is not None)
        can_move = self.tabs.currentIndex() == SURE and one is not None
        row = self.sure_view.currentIndex().row()
        self.up.setEnabled(can_move and row > 0)
        self.down.setEnabled(can_move and row < len(self.sure_model.rows) - 1)

    def _open_review(self) -> None:
        if self.current is not None:
            self.asked.emit("review", self.current.employee_id)

    # ----------------------------------------------------------- who is listed
    def _tick_listed(self) -> None:
        self.sure_model.blockSignals(True)
        self.sure_model.tick(one.employee_id for one in self._order if one.is_listed)
        self.sure_model.blockSignals(False)

    def _ticks_changed(self) -> None:
        ticked = set(self.sure_model.ticked)
        for one in self.sure_model.given:
            if (one.employee_id in ticked) == one.is_listed:
                self._changed.discard(one.employee_id)
            else:
                self._changed.add(one.employee_id)
        self.bar.show_changes(len(self._changes(is_out=True)), len(self._changes(is_out=False)))
        self.sure_view.viewport().update()

    def _changes(self, *, is_out: bool) -> list[str]:
        """Whose tick was taken away, or put back."""
        return [
            one.employee_id
            for one in self._order
            if one.employee_id in self._changed and one.is_listed == is_out
        ]

    def _begin_change(self) -> None:
        self.bar.show_changes(0, 0)
        self._table.setFocus()

    def _drop_changes(self) -> None:
        self._changed.clear()
        self._tick_listed()
        self._ticks_changed()
        self.sure_view.setFocus()

    def _listed_words(self, one: Examined) -> str:
        return listed_words(one, is_changed=one.employee_id in self._changed)

    def _listed_look(self, one: Examined) -> str:
        return listed_look(one, is_changed=one.employee_id in self._changed)

    # ------------------------------------------------------------------- order
    def _order_chosen(self) -> None:
        wanted = self.orders.currentData()
        if wanted == BY_HAND:
            self._keep_order()
        elif self._view is not None:
            self._order_timer.stop()
            self.put_in_order(type(self._view.order.by)(wanted))

    def move(self, places: int) -> None:
        """Move the person chosen up or down among those shown; kept after a moment."""
        one, rows = self.current, self.sure_model.rows
        if one is None or self.tabs.currentIndex() != SURE:
            return
        at = self.sure_view.currentIndex().row() + places
        if not 0 <= at < len(rows):
            return
        other = rows[at]
        self._order.remove(one)
        self._order.insert(self._order.index(other) + (places > 0), one)
        self.orders.setCurrentIndex(self.orders.findData(BY_HAND))
        self._fill()
        self._order_timer.start()

    def _keep_order(self) -> None:
        self._order_timer.stop()
        if self._view is not None:
            ids = [one.employee_id for one in self._order]
            self.put_in_order(self._view.order.by, ids)

    def save_state(self) -> None:
        """Remember columns, and an order that was not kept yet."""
        if self._order_timer.isActive():
            self._keep_order()
        super().save_state()

    # ------------------------------------------------------------------- papers
    @property
    def paper(self) -> str:
        """The paper in sight, the lists while the reasons are."""
        return PAPERS[max(self.views.currentIndex() - 1, 0)]

    def _say_papers(self) -> None:
        candidate = self._papers.get(self.paper)
        can_print = candidate is not None and candidate.is_printable
        for one in (self.print_button, self.save_button):
            one.setEnabled(can_print)
            one.setToolTip("" if can_print else "名冊沒有人，還不能列印")
        has_list = LISTS in self._papers
        for one in (self.sheet_button, self.webhr_button):
            one.setEnabled(has_list)
        words = "" if candidate is None else words_on_paper(TITLES[self.paper], candidate)
        self.paper_words.setText(words)

    def _view_chosen(self) -> None:
        self._say_papers()
        if self.views.currentIndex() == WHY:
            self.panes.setCurrentWidget(self.why)
            return
        candidate, paper = self._papers.get(self.paper), self.paper
        if candidate is None or not candidate.is_printable:
            self._say(f"{TITLES[paper]}目前沒有內容可以印。")
            return
        if self._previewed == paper:
            self.panes.setCurrentWidget(self.preview)
            return
        self._say("製作預覽…")
        services, plan_id, key = self.services, self.plan_id, candidate.key
        self.operations.run_read(
            lambda report: services.preview_forms(
                plan_id, (key,), with_stamp=False, paper=paper, progress=report
            ),
            lambda found: self._show_preview(paper, found),
            words="製作預覽",
            owner=self,
            latest="commendation preview",
            on_failure=self._say,
        )

    def _show_preview(self, paper: str, previewed) -> None:
        if paper != self.paper or self.views.currentIndex() == WHY:
            return
        self._previewed = paper
        self.panes.setCurrentWidget(self.preview)
        self.preview.show_pdf(previewed.pdf, unit="頁")
        self.preview.say_title(TITLES[paper])

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.panes.setCurrentWidget(self.message)

    # ------------------------------------------------------------------- window
    def receive(self, thing: object) -> None:
        """Show a person found by the search."""
        for tab, model in ((SURE, self.sure_model), (OTHERS, self.other_model)):
            if any(one.employee_id == thing for one in model.given):
                self.tabs.setCurrentIndex(tab)
                if all(one.employee_id != thing for one in model.rows):
                    show_every_row(self._table)
                ids = [one.employee_id for one in model.rows]
                self._table.selectRow(ids.index(str(thing)))

    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("列印敘獎名冊或審議表…", self.print_lists, "Ctrl+P", "檔案"),
            Command("敘獎名冊存成 PDF…", self.save_lists, "", "檔案"),
            Command("敘獎名冊存成試算表…", self.export_sheet, "", "檔案"),
            Command("敘獎 WebHR 匯入檔…", self.webhr.open, "", "檔案"),
            Command("敘獎不列名的理由", self.bar.ask),
            Command("看為什麼敘獎", lambda: self.views.setCurrentIndex(WHY)),
            Command("預覽敘獎名冊", lambda: self.views.setCurrentIndex(1)),
            Command("預覽審議表", lambda: self.views.setCurrentIndex(2)),
            Command("重新整理敘獎", self.reload, "F5"),
        )

    def primary_focus(self) -> QWidget | None:
        """The list."""
        return self._table if self.stack.currentWidget() is self.splitter else self._go
