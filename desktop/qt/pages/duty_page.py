"""人員差勤: roster, attendance, calendar and patterns, a tab each."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.duty_calendar import CalendarTab
from desktop.qt.pages.duty_patterns import PatternsTab
from desktop.qt.pages.duty_people import PersonMonthTab, RosterTab

ROSTER, ATTENDANCE, CALENDAR, PATTERNS = range(4)
TABS = ("人員", "差勤", "行事曆", "班別")
TAB_NAMES = ("roster", "attendance", "calendar", "patterns")
"""What another part of the window asks for."""


class DutyPage(Page):
    """What duty time is computed from, and where the clerk mends it."""

    name = "duty"
    caption = "人員差勤"
    icon = "people_team"
    help_words = (
        "「人員」是名冊，按 Enter 看一個人的差勤；「差勤」逐日列出上班時段、刷卡和差假；"
        "「行事曆」拖曳選日子登記停止上班；「班別」寫上班時段和生效日。"
        "改了以後相關的人會重新判定，結果不同的列在「審核」上方。"
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
        self.tabs.setAccessibleName("人員差勤的各頁")
        for words in TABS:
            self.tabs.addTab(words)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.roster = RosterTab(context)
        self.attendance = PersonMonthTab(context)
        self.calendar = CalendarTab(
            context, done=self.done.emit, failed=lambda s: self.noted.emit("fail", s)
        )
        self.patterns = PatternsTab(
            context, done=self.done.emit, failed=lambda s: self.noted.emit("fail", s)
        )
        for one in (self.roster, self.attendance, self.calendar, self.patterns):
            self.stack.addWidget(one)
        self.tabs.currentChanged.connect(self._show_tab)
        self.roster.import_wanted.connect(lambda: self.asked.emit("import", None))
        self.roster.person_chosen.connect(self.show_person)
        self.attendance.other_wanted.connect(self.show_other)
        self.remember("roster", self.roster.view.horizontalHeader())
        self.remember("attendance", self.attendance.view.horizontalHeader())
        self._is_read = False

    # ------------------------------------------------------------------- showing
    def showEvent(self, event) -> None:
        """Read when the page first comes up."""
        super().showEvent(event)
        if not self._is_read:
            self._is_read = True
            services = self.services
            self.operations.run_read(
                lambda report: services.status().today,
                self._begin,
                words="讀名冊",
                owner=self,
            )

    def _begin(self, today) -> None:
        self._today = today
        self.calendar.show_month_of(today)
        self.roster.read()
        self.patterns.read()

    def show_person(self, employee_id: str) -> None:
        """Show a person's month."""
        self.tabs.setCurrentIndex(ATTENDANCE)
        self.attendance.show_person(employee_id, day=self._today)

    def receive(self, thing: object) -> None:
        """Show a tab by its name (``patterns``), or a person's day: ``(person, date)``."""
        if isinstance(thing, tuple):
            who, day = thing
            self.attendance.show_day(who, day)
            self.tabs.setCurrentIndex(ATTENDANCE)
        elif thing in TAB_NAMES:
            self.tabs.setCurrentIndex(TAB_NAMES.index(str(thing)))

    def show_other(self, step: int) -> None:
        """Show the next person of the roster, or the one before."""
        ids = [person.employee_id for person in self.roster.people]
        if self.attendance.employee_id in ids:
            at = (ids.index(self.attendance.employee_id) + step) % len(ids)
            self.show_person(ids[at])

    def _show_tab(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        if number == ATTENDANCE and not self.attendance.employee_id and self.roster.people:
            self.attendance.show_person(self.roster.people[0].employee_id, day=self._today)

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if not self._is_read:
            return
        if change.areas & {Area.ROSTER}:
            self.roster.read()
        for tab in (self.attendance, self.calendar, self.patterns):
            tab.follow(change)

    # ------------------------------------------------------------------- keyboard
    def commands(self) -> tuple[Command, ...]:
        """The tabs and the calendar's acts."""
        return (
            *(
                Command(f"看{words}", partial(self.tabs.setCurrentIndex, number))
                for number, words in enumerate(TABS)
            ),
            Command("下一人", partial(self.show_other, 1), "Ctrl+PgDown"),
            Command("上一人", partial(self.show_other, -1), "Ctrl+PgUp"),
            Command("登記停止上班", self._paint),
            Command("新增班別…", self._add_pattern),
        )

    def focus_filter(self) -> bool:
        """The roster's search, where the roster is in sight."""
        if self.tabs.currentIndex() == ROSTER:
            self.roster.search.setFocus()
        return self.tabs.currentIndex() == ROSTER

    def primary_focus(self) -> QWidget | None:
        """The tabs."""
        return self.tabs

    def _paint(self) -> None:
        self.tabs.setCurrentIndex(CALENDAR)
        self.calendar.sheet.setFocus()

    def _add_pattern(self) -> None:
        self.tabs.setCurrentIndex(PATTERNS)
        self.patterns.edit(None)
