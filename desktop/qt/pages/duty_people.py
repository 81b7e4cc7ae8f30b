"""人員 and 差勤: the roster with its spells without pay, and one person's month day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.moments import ROC_YEAR_OFFSET, roc_date, roc_date_with_weekday
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.base import Context
from desktop.qt.pages.duty_calendar import months_on
from desktop.qt.widgets.basics import EmptyState, Note, button, label, on_click, tool
from desktop.qt.widgets.short_list import show_every_row
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.domain.people import LeaveWithoutPay, Person
    from desktop.services.duty_views import PersonDay, PersonMonth


def spell_words(spell: LeaveWithoutPay) -> str:
    """A spell without pay: ``114-02-01 至 114-08-31``, open at the end ``起``."""
    first = roc_date(spell.first_day)
    return f"{first} 起" if spell.last_day is None else f"{first} 至 {roc_date(spell.last_day)}"


def _service_words(person: Person) -> str:
    parts = []
    if person.hired_on is not None:
        parts.append(f"到職 {roc_date(person.hired_on)}")
    if person.left_on is not None:
        parts.append(f"離職 {roc_date(person.left_on)}")
    return "　".join(parts)


class RosterTab(QWidget):
    """Everybody of the roster; what is written in the field above filters.

    Attributes:
        person_chosen: A person's month is wanted, by 人員代號.
        import_wanted: There is no roster yet, and the clerk wants to import one.
    """

    person_chosen = Signal(str)
    import_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._services, self._operations = context.services, context.operations
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText("找姓名、代號、單位、職稱、班別")
        self.search.setAccessibleName("找名冊裡的人")
        self.search.setMaximumWidth(360)
        self.count = label("", "secondary")
        head.addWidget(self.search, 1)
        head.addWidget(self.count)
        head.addStretch(1)
        column.addLayout(head)
        self.model: TableModel[Person] = TableModel(
            [
                TableColumn("代號", lambda p: p.employee_id),
                TableColumn("姓名", lambda p: p.name, {Role.STRONG: lambda p: True}),
                TableColumn("單位", lambda p: p.unit),
                TableColumn("職稱", lambda p: p.title),
                TableColumn("官職等", lambda p: p.rank),
                TableColumn("人員類別", lambda p: p.category),
                TableColumn("班別", lambda p: p.pattern_code),
                TableColumn("到離職", _service_words, {Role.QUIET: lambda p: True}),
                TableColumn("留職停薪", lambda p: "；".join(map(spell_words, p.leave_without_pay))),
            ],
            parent=self,
        )
        self._all: tuple[Person, ...] = ()
        self._words: tuple[str, ...] = ()
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setAccessibleName("職員名冊")
        header = self.view.horizontalHeader()
        for section, width in enumerate((80, 96, 120, 110, 130, 110, 64, 190, 200)):
            header.resizeSection(section, width)
        header.setStretchLastSection(True)
        self.import_button = button("到匯入(&M)", is_accent=True)
        on_click(self.import_button, self.import_wanted.emit)
        self.empty = EmptyState(
            "people_team_20_regular",
            "還沒有名冊",
            "先匯入名冊（要有人員代號與姓名），再匯入差勤、輪值和刷卡；班別寫在「班別」。",
            [self.import_button],
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack, 1)
        column.addWidget(
            label("按 Enter 或按兩下，看這個人的差勤。名冊由「匯入」更新。", "secondary")
        )
        self.search.textChanged.connect(self._filter)
        self.view.activated.connect(
            lambda index: self.person_chosen.emit(index.data(Role.VALUE).employee_id)
        )

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody read."""
        return self._all

    def read(self) -> None:
        """Read the roster off the UI thread."""
        services, model = self._services, self.model

        def read(report) -> tuple[Sequence[Person], tuple[str, ...]]:
            people = services.roster()
            return people, tuple(model.words(person).casefold() for person in people)

        self._operations.run_read(
            read,
            lambda found: self._show(*found),
            words="讀名冊",
            owner=self,
            latest="roster",
        )

    def _show(self, people: Sequence[Person], words: tuple[str, ...]) -> None:
        self._all, self._words = tuple(people), words
        self.stack.setCurrentWidget(self.view if people else self.empty)
        self._filter()

    def _filter(self, *_: object) -> None:
        wanted = self.search.text().strip().casefold()
        shown: Sequence[Person] = self._all
        if wanted:
            both = zip(self._all, self._words, strict=True)
            shown = [person for person, words in both if wanted in words]
        current = self.view.currentIndex()
        before = self.model.row(current.row())
        self.model.show_rows(shown)
        if before is not None:
            rows = enumerate(self.model.rows)
            row = next((n for n, one in rows if one.employee_id == before.employee_id), -1)
            self.view.setCurrentIndex(self.model.index(row, current.column()))
        there = len(self._all)
        some = f"{len(shown)} 人，共 {there} 人"
        self.count.setText(f"{there} 人" if len(shown) == there else some)


class PersonMonthTab(QWidget):
    """One person's duty, punches and attendance entries, a line a day.

    Attributes:
        other_wanted: Another person of the roster: 1 for the next, -1 for the one before.
    """

    other_wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._services, self._operations = context.services, context.operations
        self.employee_id = ""
        self.year, self.month = 0, 0
        self._wanted: date | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.who = label("還沒有選人", "subtitle")
        before = tool("chevron_left_16_regular", "上個月")
        after = tool("chevron_right_16_regular", "下個月")
        on_click(before, lambda: self.go(-1))
        on_click(after, lambda: self.go(1))
        self.title = label("", "subtitle")
        earlier = tool("chevron_left_16_regular", "上一人")
        later = tool("chevron_right_16_regular", "下一人")
        on_click(earlier, lambda: self.other_wanted.emit(-1))
        on_click(later, lambda: self.other_wanted.emit(1))
        head.addWidget(earlier)
        head.addWidget(self.who)
        head.addWidget(later)
        head.addSpacing(24)
        head.addWidget(before)
        head.addWidget(self.title)
        head.addWidget(after)
        head.addStretch(1)
        column.addLayout(head)
        self._notes = QVBoxLayout()
        column.addLayout(self._notes)
        self.model: TableModel[PersonDay] = TableModel(
            [
                TableColumn("日期", lambda d: roc_date_with_weekday(d.day)),
                TableColumn(
                    "上班時段",
                    lambda d: d.duty or d.day_off,
                    {Role.QUIET: lambda d: not d.duty},
                ),
                TableColumn("刷卡", lambda d: d.punches),
                TableColumn(
                    "加班、公假、公差、值班、休假",
                    lambda d: "；".join(d.entries),
                    {Role.STRONG: lambda d: True},
                ),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setAccessibleName("這個月的差勤")
        header = self.view.horizontalHeader()
        for section, width in enumerate((130, 440, 150)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.view, 1)

    def show_person(self, employee_id: str, *, day: date) -> None:
        """Show a person's month; the month in sight stays when there is one."""
        self.employee_id = employee_id
        if not self.year:
            self.year, self.month = day.year, day.month
        self.read()

    def show_day(self, employee_id: str, day: date) -> None:
        """Show a person's month and put the keyboard on a day of it."""
        self.employee_id, self._wanted = employee_id, day
        self.year, self.month = day.year, day.month
        self.read()

    def go(self, step: int) -> None:
        """Show another month."""
        if self.year:
            self.year, self.month = months_on(self.year, self.month, step)
            self.read()

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if change.areas & {Area.AGENCY, Area.CALENDAR, Area.ATTENDANCE, Area.ROSTER}:
            self.read()

    def read(self) -> None:
        """Read the month off the UI thread."""
        services, who, year, month = self._services, self.employee_id, self.year, self.month
        if not who:
            return
        self._operations.run_read(
            lambda report: services.person_month(who, year, month),
            self._show,
            words="讀差勤",
            owner=self,
            latest="person-month",
        )

    def _show(self, shown: PersonMonth) -> None:
        person = shown.person
        self.who.setText(f"{person.name}　{person.employee_id}　{person.unit}")
        self.title.setText(f"{self.year - ROC_YEAR_OFFSET} 年 {self.month} 月")
        while self._notes.count():
            self._notes.takeAt(0).widget().deleteLater()
        spells = "；".join(map(spell_words, person.leave_without_pay))
        if spells:
            self._notes.addWidget(Note("info", f"留職停薪：{spells}。", can_close=False))
        if shown.problem:
            self._notes.addWidget(Note("review", shown.problem, can_close=False))
        self.model.show_rows(shown.days)
        if any(one.day == self._wanted for one in self.model.given) and not any(
            one.day == self._wanted for one in self.model.rows
        ):
            show_every_row(self.view)
        days = [one.day for one in self.model.rows]
        if self._wanted in days:
            self.view.selectRow(days.index(self._wanted))
            self.view.setFocus()
            self._wanted = None
