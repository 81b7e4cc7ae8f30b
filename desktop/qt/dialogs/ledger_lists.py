"""Lists of the ledger: what lapses soon, evidence owed, grants to enter, rows of attendance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.ledger import (
    attendance_columns,
    candidate_columns,
    expiring_columns,
    owed_columns,
)
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.theme import text_factor
from desktop.qt.widgets.basics import button, label, on_click, pane
from desktop.qt.widgets.ledger_fields import DayField
from desktop.qt.widgets.plan_editors import WheelFreeBox
from desktop.qt.widgets.table_basics import prepare_table

DAYS = (30, 60, 90, 180, 365)


class _ListDialog(Dialog):
    """A table with a head and a foot."""

    def __init__(
        self,
        title: str,
        columns: Sequence[TableColumn[Any]],
        *,
        stretch: int,
        widths: Sequence[int],
        key: Callable[[Any], str] | None = None,
        can_tick: Callable[[Any], bool] | None = None,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(820, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 12, 16, 8)
        self.head.setSpacing(8)
        column.addLayout(self.head)
        self.model: TableModel = TableModel(columns, key=key, can_tick=can_tick, parent=self)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setAccessibleName(title)
        header = self.view.horizontalHeader()
        for section, width in enumerate(widths):
            header.resizeSection(section, width)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.view, 1)
        foot = pane("foot")
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(16, 10, 16, 10)
        self.foot.setSpacing(8)
        column.addWidget(foot)


class _PeopleDialog(_ListDialog):
    """Lines of people whose card is a step away.

    Attributes:
        person_chosen: The card of this person is wanted.
    """

    person_chosen = Signal(str)

    def _add_acts(self) -> None:
        close = button("關閉")
        on_click(close, self.reject)
        go = button("看紀錄卡(&O)", is_accent=True, tip="看選取的人（Enter）")
        on_click(go, self._choose)
        self.foot.addStretch()
        self.foot.addWidget(close)
        self.foot.addWidget(go)
        self.view.doubleClicked.connect(lambda _: self._choose())

    def _choose(self) -> None:
        line = self.model.row(self.view.currentIndex().row())
        if line is not None:
            self.person_chosen.emit(line.employee_id)
            self.accept()


class ExpiringDialog(_PeopleDialog):
    """What lapses within 30, 60, 90 … days."""

    def __init__(self, read: Callable[[int, Callable], None], *, parent: QWidget | None) -> None:
        """Make the dialog.

        Args:
            read: Reads what lapses within so many days and hands it to the callback.
            parent: The page.
        """
        super().__init__(
            "即將到期的補休",
            expiring_columns(),
            stretch=6,
            widths=(104, 72, 110, 84, 72, 64, 200),
            parent=parent,
        )
        self._read = read
        words = label("幾天內到期(&D)")
        self.days = WheelFreeBox()
        self.days.setAccessibleName("幾天內到期")
        for number in DAYS:
            self.days.addItem(f"{number} 天內", number)
        self.days.setCurrentIndex(DAYS.index(90))
        words.setBuddy(self.days)
        self.count = label("", "secondary")
        self.head.addWidget(words)
        self.head.addWidget(self.days)
        self.head.addWidget(self.count, 1)
        self._add_acts()
        self.days.currentIndexChanged.connect(lambda _: self.read())
        self.read()

    def read(self) -> None:
        """Read what lapses within the days chosen."""
        self._read(int(self.days.currentData()), self.show_lines)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show what was read."""
        self.model.show_rows(lines)
        people = len({line.employee_id for line in lines})
        hours = sum(line.hours for line in lines)
        self.count.setText(f"{people} 人、{hours} 時" if lines else "沒有即將到期的補休")


class OwedDialog(_PeopleDialog):
    """Advance uses whose evidence is owed."""

    def __init__(self, lines: Sequence[Any], *, parent: QWidget | None) -> None:
        """Show what is owed."""
        super().__init__(
            "先行補休、欠繳證明",
            owed_columns(),
            stretch=6,
            widths=(116, 84, 110, 84, 72, 64, 200),
            parent=parent,
        )
        self.model.show_rows(lines)
        late = sum(line.days_left < 0 for line in lines)
        words = f"{len(lines)} 筆尚未補證明" if lines else "沒有欠繳的證明"
        self.head.addWidget(
            label(
                f"{words}，其中 {late} 筆已逾期" if late else words if lines else "沒有欠繳的證明"
            )
        )
        self.head.addStretch()
        self._add_acts()


class GrantsDialog(_ListDialog):
    """What verdicts come to and the ledger does not hold yet.

    Attributes:
        wanted: Keys, day of the grant and document number.
    """

    wanted = Signal(object, object, str)

    def __init__(self, candidates: Sequence[Any], *, today, parent: QWidget | None) -> None:
        """Show the candidates, those that can be entered ticked.

        Args:
            candidates: From ``grant_candidates``.
            today: The day of the grant unless another is chosen.
            parent: The page.
        """
        super().__init__(
            "登錄核給",
            candidate_columns(),
            stretch=2,
            widths=(104, 66, 170, 54, 88, 88, 124, 110),
            key=lambda one: one.key,
            can_tick=lambda one: one.is_ready,
            parent=parent,
        )
        self.count = label("")
        self.head.addWidget(self.count, 1)
        every = button("全選或全不選(&T)")
        on_click(every, self.model.tick_all)
        self.head.addWidget(every)
        self.model.show_rows(sorted(candidates, key=lambda one: not one.is_ready))
        self.model.tick(one.key for one in candidates if one.is_ready)
        self.model.ticked_changed.connect(self._say)
        day_words = label("核給日(&D)")
        self.day = DayField("核給日")
        self.day.setMinimumWidth(round(150 * text_factor()))
        self.day.show_day(today)
        self.day.told.connect(self._say)
        day_words.setBuddy(self.day)
        number_words = label("核給文號(&N)")
        self.number = WheelFreeBox()
        self.number.setEditable(True)
        self.number.setAccessibleName("核給文號")
        self.number.lineEdit().setPlaceholderText("不填就用申請表編號")
        number_words.setBuddy(self.number)
        cancel = button("取消")
        on_click(cancel, self.reject)
        self.accept_button = button("", is_accent=True)
        on_click(self.accept_button, self._go)
        for one in (day_words, self.day, number_words):
            self.foot.addWidget(one)
        self.foot.addWidget(self.number, 1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.accept_button)
        self._say()

    def _say(self) -> None:
        ticked = set(self.model.ticked)
        hours = sum(one.hours for one in self.model.given if one.key in ticked)
        ready = sum(one.is_ready for one in self.model.given)
        waits = sum(one.state == "申請表未列印" for one in self.model.given)
        more = f"，{waits} 筆要先列印申請表" if waits else ""
        self.count.setText(f"申請表核章後在這裡登錄。可登錄 {ready} 筆{more}")
        self.accept_button.setText(f"登錄 {len(ticked)} 筆 {hours} 時(&S)")
        can = bool(ticked) and self.day.day is not None
        self.accept_button.setEnabled(can)
        self.accept_button.setToolTip("" if can else "先勾選要登錄的核給，並填核給日")

    def _go(self) -> None:
        self.wanted.emit(self.model.ticked, self.day.day, self.number.currentText().strip())
        self.accept()


class AttendanceDialog(_ListDialog):
    """Uses that the attendance system's export tells of.

    Attributes:
        wanted: Keys of the rows to be recorded.
    """

    wanted = Signal(object)

    def __init__(self, rows: Sequence[Any], *, parent: QWidget | None) -> None:
        """Show the rows, those that can be recorded ticked."""
        super().__init__(
            "由差勤登記使用",
            attendance_columns(),
            stretch=4,
            widths=(110, 96, 72, 90, 170, 64, 110),
            key=lambda one: one.key,
            can_tick=lambda one: one.is_ready,
            parent=parent,
        )
        ready = [one for one in rows if one.is_ready]
        words = f"匯入的差勤紀錄有 {len(rows)} 筆公假補休，可登記 {len(ready)} 筆"
        none = "匯入的差勤紀錄裡沒有公假補休；請先到匯入放入差勤系統匯出的檔案"
        self.head.addWidget(label(words if rows else none), 1)
        every = button("全選或全不選(&T)")
        on_click(every, self.model.tick_all)
        self.head.addWidget(every)
        self.model.show_rows(sorted(rows, key=lambda one: not one.is_ready))
        self.model.tick(one.key for one in ready)
        self.model.ticked_changed.connect(self._say)
        cancel = button("取消")
        on_click(cancel, self.reject)
        self.accept_button = button("", is_accent=True)
        on_click(self.accept_button, self._go)
        self.foot.addStretch()
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.accept_button)
        self._say()

    def _say(self) -> None:
        ticked = set(self.model.ticked)
        hours = sum(one.hours or 0 for one in self.model.given if one.key in ticked)
        self.accept_button.setText(f"登記 {len(ticked)} 筆 {hours} 時(&S)")
        self.accept_button.setEnabled(bool(ticked))

    def _go(self) -> None:
        self.wanted.emit(self.model.ticked)
        self.accept()
