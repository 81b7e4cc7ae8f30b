"""補休帳: the office's list, one person's card, recording what was used."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.forms_acts import ChoosePrinter
from desktop.qt.pages.ledger_acts import REGISTER, LedgerActs
from desktop.qt.pages.ledger_card_pane import CardPane
from desktop.qt.pages.ledger_people import PeoplePane
from desktop.qt.pages.ledger_use import UsePane
from desktop.qt.pages.list_commands import list_commands
from desktop.qt.widgets.basics import (
    ElidedLabel,
    EmptyState,
    Splitter,
    button,
    label,
    on_click,
)
from desktop.qt.widgets.table_reach import copy_rows
from desktop.services.ledger_filters import ALL, LOST, WITH_LINES

if TYPE_CHECKING:
    from desktop.services.ledger_view_values import LedgerCard, LineView

_FOLLOWED = frozenset({Area.LEDGER, Area.ROSTER, Area.PLANS})
_GROUND = frozenset(
    {Area.EVIDENCE, Area.ATTENDANCE, Area.CALENDAR, Area.AGENCY, Area.VERDICTS, Area.DECISIONS}
)
"""What verdicts stand on: a grant may lose its ground by it."""


class LedgerPage(LedgerActs):
    """Who has how many hours, until when, and what became of them."""

    name = "ledger"
    caption = "補休帳"
    icon = "calendar_clock"
    help_words = (
        "左邊選人，中間是這個人的核給與明細，右邊登記使用：時數先扣最早到期的核給。"
        "帳目只增不改，登錯時選那一列按「沖銷選取列」，原列照留。"
        "申請表核章後按「登錄核給」；「登錄清冊」可印、可匯出給差勤系統。"
    )

    def __init__(self, context: Context, *, choose_printer: ChoosePrinter | None = None) -> None:
        """Make the page.

        Args:
            context: Services, operations, settings.
            choose_printer: Asks how to print; a test passes its own.
        """
        super().__init__(context)
        self._choose_printer = choose_printer or self.ask_how_to_print
        self._lost: dict[str, str] = {}
        self._card: LedgerCard | None = None
        self._person = ""
        self._is_stale = True
        self.today = date.min
        self.plan_title = ""
        self._build()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.use = UsePane()
        self.use.preview_wanted.connect(self.preview_use)
        self.use.record_wanted.connect(self.record_use)
        self.use.reverse_wanted.connect(self.reverse_line)
        self.people_pane = PeoplePane(self.context)
        self.people_pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.people_pane.chosen.connect(self._person_chosen)
        self.people_pane.soon_wanted.connect(self.show_expiring)
        self.list, self.people = self.people_pane.list, self.people_pane.list.view
        self.list.noted.connect(self.noted)
        self.list.told.connect(self.told)
        self.splitter = Splitter(
            Qt.Orientation.Horizontal, self.people_pane, self._make_card(), self.use
        )
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([316, 706, 272])
        self.remember("splitter", self.splitter)
        self.remember("lines", self.lines.horizontalHeader())
        self._begin = button("登錄核給…(&M)", is_accent=True)
        on_click(self._begin, self.register_grants)
        rest = button("看全部的人(&A)")
        on_click(rest, self._show_all)
        self.empty = EmptyState(
            "calendar_clock_20_regular",
            "還沒有人有補休",
            "申請表印出並核章後，按「登錄核給」把時數記進補休帳；也可以選人登記轉入的補休。",
            [self._begin, rest],
        )
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)

    def _make_card(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(10)
        column.addLayout(self._make_head())
        self.card = CardPane()
        self.card.review_wanted.connect(lambda: self.asked.emit("review", self._person))
        self.tiles, self.grants_model = self.card.tiles, self.card.grants_model
        self.grants, self.lines = self.card.grants, self.card.lines
        self.lines_model = self.card.lines_model
        self.lines.selectionModel().selectionChanged.connect(lambda *_: self._line_chosen())
        column.addWidget(self.card, 1)
        return middle

    def _make_head(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        self.who = label("", "title")
        self.about = ElidedLabel("", "secondary")
        head.addWidget(self.who)
        head.addStretch(1)
        self.card_button = button("紀錄卡…(&R)", icon_name="print_16_regular")
        self.register_button = button("登錄清冊…(&G)", icon_name="table_16_regular")
        self.grant_button = button("核給…(&K)", tip="登錄核章後的核給")
        on_click(self.card_button, self.show_card_paper)
        on_click(self.register_button, self.show_register)
        on_click(self.grant_button, self.register_grants)
        self.more = button("更多(&O)")
        menu = QMenu(self.more)
        for command in self._more():
            menu.addAction(command.words, command.act)
        self.more.setMenu(menu)
        for one in (self.card_button, self.register_button, self.grant_button, self.more):
            head.addWidget(one)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.about)  # beside the acts it would be cut off
        return column

    def _more(self) -> tuple[Command, ...]:
        return (
            Command("由差勤登記使用…", self.record_from_attendance),
            Command("先行補休…", self.use_in_advance),
            Command("轉入補休…", self.transfer_in),
            Command("轉出補休…", self.transfer_out),
            Command("欠繳證明…", self.show_owed),
        )

    # ------------------------------------------------------------------ reading
    def show_plan(self, plan_id: str) -> None:
        """Follow the plan in force; the ledger itself is of every plan."""
        super().show_plan(plan_id)
        self._reload_when_seen()

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if change.areas & (_FOLLOWED | _GROUND):
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
        """Read the list and the card again."""
        services, plan_id, owner = self.services, self.plan_id, self._person
        if not plan_id:
            return
        self._is_stale = False

        source = self.people_pane.source

        def read(report):
            people = source.read()
            title = next((c.short_title for c in services.plan_choices() if c.id == plan_id), "")
            is_there = any(person.employee_id == owner for person in people)
            card = services.ledger_card(owner) if is_there else None
            units = sorted({person.unit for person in people})
            has_lines = any(person.has_lines for person in people)
            return services.status().today, title, units, has_lines, card

        self.operations.run_read(
            read,
            lambda found: self._show_read(owner, *found),
            words="讀取補休帳",
            owner=self,
            latest="ledger",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

        self.operations.run_read(
            lambda report: services.lost_ground(plan_id, progress=report),
            self._show_lost,
            words="比對判定和補休帳",
            owner=self,
            latest="ledger-ground",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _show_lost(self, views) -> None:
        """Mark who has a grant that today's verdicts do not carry."""
        sentences: dict[str, list[str]] = {}
        for view in views:
            sentences.setdefault(view.employee_id, []).append(view.sentence)
        self._lost = {owner: "\n".join(mine) for owner, mine in sentences.items()}
        self.card.warn(self._lost.get(self._person, ""))
        self.people_pane.mark_lost(self._lost)

    def _show_read(
        self, owner: str, today: date, title: str, units: list[str], has_lines: bool, card
    ) -> None:
        self.today, self.plan_title = today, title
        self.use.begin(today)
        is_wanted = has_lines or self.people_pane.state != WITH_LINES
        had_focus = self._begin.hasFocus()
        self.stack.setCurrentWidget(self.splitter if is_wanted else self.empty)
        if had_focus and is_wanted:
            self.people.setFocus()
        if owner == self._person:  # else another person's card is on its way
            self._person = "" if card is None else owner
            self._show_card(card)
        self.people_pane.show_read(units, person=self._person)

    def _show_all(self) -> None:
        self.people_pane.show_state(ALL)
        self.stack.setCurrentWidget(self.splitter)

    def _person_chosen(self, employee_id: str) -> None:
        self.use.clear()
        self._read_card(employee_id)

    def show_person(self, employee_id: str) -> None:
        """Show one person's card, whatever the filters say."""
        self.stack.setCurrentWidget(self.splitter)
        self._read_card(employee_id)
        self.people_pane.show_person(employee_id)

    def _read_card(self, employee_id: str) -> None:
        self._person = employee_id
        services = self.services
        self.operations.run_read(
            lambda report: services.ledger_card(employee_id),
            self._show_card,
            words="讀取紀錄卡",
            owner=self,
            latest="ledger-card",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    # ------------------------------------------------------------------ showing
    def _show_card(self, card: LedgerCard | None) -> None:
        self._card = card
        for one in (self.card_button, self.use):
            one.setEnabled(card is not None)
        if card is None:
            self.who.setText("")
            self.about.setText("左邊選一個人")
            return
        person = card.person
        self.who.setText(person.name)
        self.about.setText(f"{person.employee_id}　{person.unit}　{person.title}")
        self.card.show_card(card)
        self.card.warn(self._lost.get(person.employee_id, ""))
        self._line_chosen()
        if self.use.hours.hours and self.use.day.day:
            self.preview_use(self.use.day.day, self.use.hours.hours)

    @property
    def line(self) -> LineView | None:
        """The line chosen."""
        return self.lines_model.row(self.lines.currentIndex().row())

    def _line_chosen(self) -> None:
        line = self.line
        if line is None or not self.lines.selectionModel().hasSelection():
            self.use.offer_reversal(None)
            self.card.say()
            return
        number = f"{line.document_number}，" if line.document_number else ""
        why_not = ""
        if line.is_reversed:
            why_not = "這一列已經沖銷"
        elif not line.can_be_reversed:
            why_not = "沖銷、抵充與到期不能再沖銷"
        self.use.offer_reversal(why_not)
        self.card.say(f"{number}{line.recorded}")

    # ------------------------------------------------------------------ window
    def receive(self, thing: object) -> None:
        """Show a person, who has a grant that no verdict carries, or register what was stamped."""
        if thing == REGISTER:
            self.register_grants()
        elif thing == LOST:
            self.people_pane.show_state(LOST)
            self.stack.setCurrentWidget(self.splitter)
        elif isinstance(thing, str):
            self.show_person(thing)

    def copy(self) -> None:
        """Copy what is selected in the table with the keyboard; the list's where none has it."""
        focus = self.focusWidget()
        if focus in (self.lines, self.grants):
            copy_rows(focus)
        else:
            self.list.copy()

    def save_state(self) -> None:
        """Remember columns, order and filters."""
        super().save_state()
        self.list.save_state()

    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("登錄核給…", self.register_grants),
            *self._more(),
            Command("沖銷選取列…", self.reverse_line),
            Command("補休紀錄卡…", self.show_card_paper, "Ctrl+P"),
            Command("登錄清冊…", self.show_register),
            Command("到期清單…", self.show_expiring),
            Command("複製選取的儲存格", self.copy, "Ctrl+C"),
            *list_commands(self.list)[1:],
            Command("到單位篩選", self.people_pane.units.setFocus),
            Command("重新讀取補休帳", self.reload, "F5"),
        )

    def focus_filter(self) -> bool:
        """The field over the list's current column, where there is a list."""
        if self.list.isVisible():
            self.list.focus_filter()
        return self.list.isVisible()

    def primary_focus(self) -> QWidget | None:
        """The list of people, or what to do first."""
        return self.people if self.stack.currentWidget() is self.splitter else self._begin
