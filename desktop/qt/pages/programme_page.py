"""專班活動: the nominated programme and the activities of the plan in force, a tab each."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.domain.changes import ChangeSet
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.programme_activities import ActivitiesTab
from desktop.qt.pages.programme_nominees import NomineesTab

NOMINEES, ACTIVITIES = range(2)
TABS = ("專班", "活動")


class ProgrammePage(Page):
    """Who is sent where, who came, who won."""

    name = "programmes"
    caption = "專班活動"
    icon = "hat_graduation"
    help_words = (
        "「專班」管薦送：名額、薦送的人、換人遞補（誰換成誰、何時、為什麼）、研習報告與時數採認。"
        "「活動」管班期、英語營、師徒制、競標和抽獎：場次、名額、報名、候補、出席。"
        "抽獎以種子重算得出同一結果，名單與種子都留存；抽過不能復原，只能寫明理由作廢。"
    )

    def __init__(self, context: Context) -> None:
        """Make the page.

        Args:
            context: Services, operations, settings.
        """
        super().__init__(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("專班活動的各頁")
        for words in TABS:
            self.tabs.addTab(words)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.nominees = NomineesTab(context)
        self.activities = ActivitiesTab(context)
        for tab in (self.nominees, self.activities):
            self.stack.addWidget(tab)
            tab.told.connect(self.noted)
            tab.done.connect(self.done)
            tab.page_wanted.connect(self._show_other)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.remember("nominees", self.nominees.view.horizontalHeader())
        self.remember("activities", self.activities.splitter)
        self.remember("sessions", self.activities.halves)
        for key, view in (
            ("activity list", self.activities.list),
            ("session list", self.activities.sessions),
            ("people", self.activities.people),
            ("draws", self.activities.draws),
        ):
            self.remember(key, view.horizontalHeader())

    def show_plan(self, plan_id: str) -> None:
        """Follow the plan in force."""
        super().show_plan(plan_id)
        self.nominees.show_plan(plan_id)
        self.activities.show_plan(plan_id)

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        self.nominees.follow(change)
        self.activities.follow(change)

    def _show_other(self, name: str) -> None:
        if name == "activities":
            self.tabs.setCurrentIndex(ACTIVITIES)
        else:
            self.asked.emit(name, None)

    def commands(self) -> tuple[Command, ...]:
        """The tabs and their acts."""
        found = [
            Command(f"看{words}", partial(self.tabs.setCurrentIndex, number))
            for number, words in enumerate(TABS)
        ]
        for number, tab in enumerate((self.nominees, self.activities)):
            for command in tab.commands():
                found.append(Command(command.words, partial(self._go, number, command)))
        return tuple(found)

    def _go(self, number: int, command: Command) -> None:
        self.tabs.setCurrentIndex(number)
        lacking = (self.nominees, self.activities)[number].lacks(command.words)
        if lacking:
            self.noted.emit("info", lacking)
        else:
            command.act()

    def primary_focus(self) -> QWidget | None:
        """The tabs."""
        return self.tabs
