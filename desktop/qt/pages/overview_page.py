"""總覽: how far the cases are, completion by unit, what comes next; counts open the lists."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.moments import roc_date
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.case_list import CaseList
from desktop.qt.theme import text_factor
from desktop.qt.widgets.basics import EmptyState, button, label, link, set_words, verdict_icon
from desktop.qt.widgets.overview_parts import (
    Card,
    Chevron,
    FunnelTile,
    figure_line,
    linked_line,
    thing_line,
)
from desktop.qt.widgets.unit_chart import TextureMark, UnitChart

if TYPE_CHECKING:
    from desktop.services.overview import Deadline, Overview

SOON_DAYS = 30
ROOM_FOR_THREE = 1100
"""Logical pixels from which the cards stand in three columns; below, in two."""
_WEEKDAYS = "一二三四五六日"
_STEPS = (
    ("received", "收件", ""),
    ("checked", "審核", ""),
    ("waiting", "待確認", "review"),
    ("correction", "補正", "fail"),
    ("printable", "可列印", "pass"),
    ("stamped", "核章", ""),
    ("registered", "登錄", ""),
)


class OverviewPage(Page):
    """The first page: everything at a glance, every count a way to its list."""

    name = "overview"
    caption = "總覽"
    icon = "home"
    help_words = (
        "上面一排是案件走到哪裡：收件、審核、可列印、核章、登錄是累計人數，待確認和補正是現在停在那裡的人；"
        "點一格就開清單。清單裡可以登記核章、結案、收回，並看一件的歷程。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Overview | None = None
        self._is_stale = True
        self._build()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.cases = CaseList(self.services, self.operations)
        self.remember("cases and history", self.cases.splitter)
        self.cases.left.connect(self.show_glance)
        self.cases.person_wanted.connect(lambda who: self.asked.emit("review", who))
        self.cases.done.connect(self.done)
        self.cases.noted.connect(self.noted)
        self.remember("cases", self.cases.view.horizontalHeader())
        go = button("到匯入(&M)", is_accent=True)
        go.clicked.connect(lambda: self.asked.emit("import", None))
        self.empty = EmptyState(
            "home_20_regular", "還沒有名冊", "先匯入名冊和學習紀錄，這裡就會看到進度。", [go]
        )
        self.room = QScrollArea()
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setWidget(self._make_glance())
        for one in (self.room, self.cases, self.empty):
            self.stack.addWidget(one)

    def _make_glance(self) -> QWidget:
        glance = QWidget()
        glance.setObjectName("scrolled")
        column = QVBoxLayout(glance)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label("總覽", "title"))
        self._as_of = label("", "secondary")
        head.addWidget(self._as_of)
        head.addStretch()
        self.import_button = button("匯入…(&I)", icon_name="arrow_import_16_regular")
        self.import_button.clicked.connect(lambda: self.asked.emit("import", None))
        self.print_button = button("列印(&P)", icon_name="print_16_regular", is_accent=True)
        self.print_button.clicked.connect(lambda: self.asked.emit("forms", None))
        head.addWidget(self.import_button)
        head.addWidget(self.print_button)
        column.addLayout(head)
        funnel = QHBoxLayout()
        funnel.setSpacing(2)
        self.tiles: dict[str, FunnelTile] = {}
        for key, word, look_name in _STEPS:
            if self.tiles:
                funnel.addWidget(Chevron())
            tile = self.tiles[key] = FunnelTile(key, word, look_name)
            tile.clicked.connect(lambda _checked=False, key=key: self.open_step(key))
            funnel.addWidget(tile, 1)
        column.addLayout(funnel)
        self._body = QHBoxLayout()
        self._body.setSpacing(16)
        self._body.addWidget(self._make_chart(), 60)
        self._middle, self._side = self._make_middle(), self._make_side()
        self._body.addLayout(self._middle, 40)
        self._body.addWidget(self._side, 23)
        column.addLayout(self._body, 1)
        return glance

    def resizeEvent(self, event) -> None:
        """Share the cards out for the width."""
        super().resizeEvent(event)
        self.follow_text()

    def follow_text(self) -> None:
        """Where there is little width, the last column goes below the one before."""
        if self.width() < ROOM_FOR_THREE * text_factor():
            if self._middle.indexOf(self._side) < 0:
                self._body.removeWidget(self._side)
                self._middle.addWidget(self._side, 1)
        elif self._body.indexOf(self._side) < 0:
            self._middle.removeWidget(self._side)
            self._body.addWidget(self._side, 23)

    def _make_chart(self) -> QWidget:
        card = Card("各單位完成情形")
        self._legend = []
        card.head.insertSpacing(card.head.count() - 1, 8)
        for texture in ("solid", "hatched", "outlined"):
            card.head.insertWidget(card.head.count() - 1, TextureMark(texture))
            words = label("", "caption")
            self._legend.append(words)
            card.head.insertWidget(card.head.count() - 1, words)
        card.head.addWidget(label("完成率", "caption"))
        card.head.addSpacing(18)
        card.head.addWidget(label("完成／應完成", "caption"))
        self.chart = UnitChart()
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(self.chart)
        room.setMinimumHeight(120)
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.chart.setObjectName("scrolled")
        card.column.addWidget(room, 1)
        self._whole = QHBoxLayout()
        self._whole_name, self._whole_words = label("", "strong"), label("", "secondary")
        self._whole_share, self._whole_count = label("", "strong"), label("", "secondary")
        for one in (self._whole_name, self._whole_words):
            self._whole.addWidget(one)
        self._whole.addStretch()
        for one in (self._whole_share, self._whole_count):
            self._whole.addWidget(one)
        self._whole.setSpacing(16)
        card.column.addLayout(self._whole)
        return card

    def _make_middle(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(16)
        self.next_card, self.deadline_card = Card("接下來"), Card("期限")
        column.addWidget(self.next_card)
        column.addWidget(self.deadline_card, 1)
        self.deadline_card.column.addStretch()
        return column

    def _make_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.expiry_card = Card("補休將到期")
        self.backup_card, self.week_card = Card("備份"), Card("最近七天")
        self.backup_button = button("立即備份(&K)", icon_name="save_16_regular")
        self.backup_button.clicked.connect(self.back_up)
        self.backup_card.column.addWidget(self.backup_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.expiry_card)
        column.addWidget(self.backup_card)
        column.addWidget(self.week_card, 1)
        self.week_card.column.addStretch()
        return side

    # -------------------------------------------------------------------- acts
    def show_plan(self, plan_id: str) -> None:
        """Follow the plan in force."""
        super().show_plan(plan_id)
        self.cases.plan_id = plan_id
        self._is_stale = True
        self._read_if_seen()

    def follow(self, change: ChangeSet) -> None:
        """Read again whatever changed."""
        if change.areas & set(Area):
            self._is_stale = True
            self._read_if_seen()

    def showEvent(self, event) -> None:
        """Read when the page comes into sight."""
        super().showEvent(event)
        self._read_if_seen()

    def _read_if_seen(self) -> None:
        if self._is_stale and self.plan_id and self.isVisible():
            self.read()

    def read(self) -> None:
        """Read everything again."""
        self._is_stale = False
        services, plan_id = self.services, self.plan_id
        self.operations.run_read(
            lambda report: services.overview(plan_id, progress=report),
            self.show_overview,
            words="彙整進度",
            owner=self,
            latest="overview",
        )

    def back_up(self) -> None:
        """Make a backup now."""
        services = self.services
        self.operations.run_write(
            lambda report: services.back_up_now(),
            lambda change: self.noted.emit("pass", "備份完成，已驗證可以還原。"),
            words="備份",
            owner=self,
        )

    def open_step(self, key: str) -> None:
        """Open the list behind a step of the funnel."""
        steps = self._shown.steps if self._shown is not None else ()
        keys = next((step.cases for step in steps if step.key == key), frozenset())
        self.cases.show_step(key, keys)
        self.stack.setCurrentWidget(self.cases)
        self.cases.view.setFocus()

    def show_glance(self) -> None:
        """Come back from a list."""
        self._show_stack()

    def receive(self, thing: object) -> None:
        """Open a step of the funnel by its key."""
        if isinstance(thing, str) and thing in self.tiles:
            self.open_step(thing)

    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("到申請表列印", lambda: self.asked.emit("forms", None), "Ctrl+P", "檔案"),
            Command("立即備份", self.back_up),
            Command("案件清單", lambda: self.open_step("received")),
            Command("重新彙整", self.read, "F5"),
        )

    def primary_focus(self) -> QWidget | None:
        """The first tile."""
        return self.tiles["received"]

    # ----------------------------------------------------------------- showing
    def show_overview(self, shown: Overview) -> None:
        """Show other figures."""
        self._shown = shown
        self._as_of.setText(
            f"截至 {shown.at.year - 1911} 年 {shown.at.month} 月 {shown.at.day} 日 {shown.at:%H:%M}"
        )
        for step in shown.steps:
            self.tiles[step.key].show_step(step.people, step.note)
        self.count_changed.emit(0)
        words = f"列印 {shown.unprinted} 份(&P)" if shown.unprinted else "列印(&P)"
        set_words(self.print_button, words)
        self.print_button.setEnabled(shown.unprinted > 0)
        self._show_units(shown)
        self._show_next(shown)
        self._show_deadlines(shown)
        self._show_backup(shown)
        self.cases.show_cases(shown.cases)
        self._show_stack(keep_list=True)

    def _show_stack(self, *, keep_list: bool = False) -> None:
        if self._shown is not None and not self._shown.has_people:
            self.stack.setCurrentWidget(self.empty)
        elif not keep_list or self.stack.currentWidget() is not self.cases:
            self.stack.setCurrentWidget(self.room)

    def _show_units(self, shown: Overview) -> None:
        for mark, words in zip(self._legend, shown.legend, strict=True):
            mark.setText(words)
        self.chart.show_units(shown.units, shown.legend)
        whole = shown.whole
        self._whole_name.setText(whole.unit)
        parts = zip(shown.legend, (whole.complete, whole.begun, whole.rest), strict=True)
        self._whole_words.setText("，".join(f"{words} {count} 人" for words, count in parts))
        self._whole_share.setText(f"{whole.percent}%")
        self._whole_count.setText(f"{whole.complete}／{whole.eligible} 人")

    def _show_next(self, shown: Overview) -> None:
        self.next_card.clear()
        if not shown.next_things:
            self.next_card.say("目前沒有等您處理的事。")
        before: QWidget = self.chart
        for thing in shown.next_things:
            line, go = thing_line(
                self.next_card,
                thing.look,
                thing.title,
                thing.detail,
                thing.act,
                partial(self._go, thing.page, thing.thing),
            )
            self.next_card.add_line(line)
            # What joins a window later would come last of all to the tab key.
            QWidget.setTabOrder(before, go)
            before = go

    def _go(self, page: str, thing: str) -> None:
        if page in self.tiles:
            self.open_step(page)
        else:
            self.asked.emit(page, thing or None)

    def _show_deadlines(self, shown: Overview) -> None:
        self.deadline_card.clear()
        for one in shown.deadlines:
            colour = "review" if 0 <= one.days <= SOON_DAYS else ""
            day = f"{roc_date(one.day)}（{_WEEKDAYS[one.day.weekday()]}）"
            self.deadline_card.add_line(
                figure_line(one.words, day, _days_words(one), colour=colour)
            )

    def _show_backup(self, shown: Overview) -> None:
        self.backup_card.clear()
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(verdict_icon("pass" if shown.backup.is_recent else "review"))
        row.addWidget(label(shown.backup.title, wraps=True), 1)
        self.backup_card.lines.addWidget(top)
        self.backup_card.lines.addWidget(label(shown.backup.detail, "caption", wraps=True))
        self.expiry_card.clear()
        before: QWidget = self.chart
        for soon in shown.expiring:
            hours = link(f"{soon.hours} 時")
            hours.setAccessibleName(f"{soon.within_days} 天內 {soon.people} 人 {soon.hours} 時到期")
            hours.clicked.connect(lambda _checked=False: self.asked.emit("ledger", None))
            self.expiry_card.add_line(
                linked_line(f"{soon.within_days} 天內", f"{soon.people} 人", hours)
            )
            QWidget.setTabOrder(before, hours)
            before = hours
        self.week_card.clear()
        for words, figure in shown.week:
            self.week_card.add_line(figure_line(words, "", figure))


def _days_words(one: Deadline) -> str:
    if one.days < 0:
        return "已過"
    return "今天" if one.days == 0 else f"{one.days} 天"
