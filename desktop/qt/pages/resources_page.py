"""國際資源: the catalogue, the promotion plan's stages, its contacts, a tab each."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.domain.changes import ChangeSet
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.forms_acts import ChoosePrinter
from desktop.qt.pages.resources_catalogue import CatalogueTab
from desktop.qt.pages.resources_schedule import ContactsTab, ScheduleTab

CATALOGUE, SCHEDULE, CONTACTS = range(3)
TABS = ("目錄", "期程", "單一窗口")


class ResourcesPage(Page):
    """What there is to learn from abroad, and how far its promotion is."""

    name = "resources"
    caption = "國際資源"
    icon = "globe"
    help_words = (
        "「目錄」列出文件寫到的、承辦人登記的和同仁選讀過的國際課程與資源，可以找、可以篩選。"
        "「期程」把推動計畫的四個階段畫成時間軸：登記生效日就會推算，調整要寫理由；"
        "每項措施登記辦理情形，可以印辦理期程及分工表。「單一窗口」是各機關的聯絡人。"
    )

    def __init__(self, context: Context, *, choose_printer: ChoosePrinter | None = None) -> None:
        """Make the page.

        Args:
            context: Services, operations, settings.
            choose_printer: Asks how to print; a test passes its own.
        """
        super().__init__(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("國際資源的各頁")
        for words in TABS:
            self.tabs.addTab(words)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.catalogue = CatalogueTab(context)
        self.schedule = ScheduleTab(context, choose_printer=choose_printer)
        self.contacts = ContactsTab(context)
        self._tabs = (self.catalogue, self.schedule, self.contacts)
        for tab in self._tabs:
            self.stack.addWidget(tab)
            tab.told.connect(self.noted)
            tab.done.connect(self.done)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.remember("catalogue", self.catalogue.view.horizontalHeader())
        self.remember("measures", self.schedule.view.horizontalHeader())
        self.remember("contacts", self.contacts.view.horizontalHeader())

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        for tab in self._tabs:
            tab.follow(change)

    def commands(self) -> tuple[Command, ...]:
        """The tabs and their acts."""
        found = [
            Command(f"看{words}", partial(self.tabs.setCurrentIndex, number))
            for number, words in enumerate(TABS)
        ]
        for number, tab in enumerate(self._tabs):
            for command in tab.commands():
                act = partial(self._go, number, command)
                found.append(Command(command.words, act, command.shortcut, keys=command.keys))
        return tuple(found)

    def _go(self, number: int, command: Command) -> None:
        self.tabs.setCurrentIndex(number)
        command.act()

    def focus_filter(self) -> bool:
        """The catalogue's search, where the catalogue is in sight."""
        if self.tabs.currentIndex() == CATALOGUE:
            self.catalogue.search.setFocus()
        return self.tabs.currentIndex() == CATALOGUE

    def primary_focus(self) -> QWidget | None:
        """The tabs."""
        return self.tabs
