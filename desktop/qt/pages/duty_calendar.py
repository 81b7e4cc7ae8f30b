"""行事曆: the office's month; a closure is painted over days and written into the settings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.moments import ROC_YEAR_OFFSET
from desktop.qt.pages.base import Context
from desktop.qt.widgets.basics import Note, button, label, on_click, pane, tool
from desktop.qt.widgets.month_calendar import MonthCalendar, day_state
from desktop.qt.words import roc_today_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.services.duty_views import MonthDay, OfficeMonth

WHOLE, AFTERNOON, MORNING, OTHER = range(4)
SPANS = (
    ("整天", "", ""),
    ("下午（13:30 起）", "13:30", ""),
    ("上午（到 12:00）", "", "12:00"),
    ("自訂時間", "", ""),
)


def months_on(year: int, month: int, step: int) -> tuple[int, int]:
    """The month so many months later."""
    number = year * 12 + month - 1 + step
    return number // 12, number % 12 + 1


class CalendarTab(QWidget):
    """Month at the left, what to do with the chosen days at the right."""

    def __init__(
        self,
        context: Context,
        *,
        done: Callable[[str], None],
        failed: Callable[[str], None],
    ) -> None:
        """Make the tab.

        Args:
            context: Services, operations, settings.
            done: Hears of an act in words.
            failed: Hears a sentence on what could not be done.
        """
        super().__init__()
        self._services, self._operations = context.services, context.operations
        self._done, self._failed = done, failed
        self.year, self.month = 0, 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._build_month(), 1)
        row.addWidget(self._build_side())

    # ------------------------------------------------------------------- building
    def _build_month(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        before = tool("chevron_left_16_regular", "上個月")
        after = tool("chevron_right_16_regular", "下個月")
        on_click(before, lambda: self.go(-1))
        on_click(after, lambda: self.go(1))
        self.title = label("", "subtitle")
        head.addWidget(before)
        head.addWidget(self.title)
        head.addWidget(after)
        head.addStretch(1)
        head.addWidget(label("拖曳或按住 Shift 選幾天", "secondary"))
        column.addLayout(head)
        self.problem = Note("review", "", can_close=False)
        self.problem.hide()
        self._problem_row = QVBoxLayout()
        column.addLayout(self._problem_row)
        self.sheet = MonthCalendar()
        self.sheet.chosen_changed.connect(self._show_chosen)
        self.sheet.month_wanted.connect(self.go)
        column.addWidget(self.sheet, 1)
        return left

    def _build_side(self) -> QWidget:
        side = pane()
        side.setFixedWidth(300)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label("選取的日子", "subtitle"))
        self.chosen = label("", wraps=True)
        column.addWidget(self.chosen)
        column.addSpacing(8)
        column.addWidget(label("停止上班", "subtitle"))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self.span = QComboBox()
        self.span.setAccessibleName("停止上班的時間")
        for words, _, _ in SPANS:
            self.span.addItem(words)
        self.start, self.end, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.start.setPlaceholderText("00:00")
        self.end.setPlaceholderText("24:00")
        self.reason.setPlaceholderText("例如 颱風停止上班")
        for field, words in (
            (self.start, "停止上班從幾點"),
            (self.end, "停止上班到幾點"),
            (self.reason, "停止上班的事由"),
        ):
            field.setAccessibleName(words)
        form.addRow("時間(&T)", self.span)
        form.addRow("從(&F)", self.start)
        form.addRow("到(&U)", self.end)
        form.addRow("事由(&W)", self.reason)
        column.addLayout(form)
        self.paint_button = button("登記停止上班(&P)", is_accent=True)
        self.erase_button = button("取消停止上班(&R)")
        on_click(self.paint_button, self.paint_days)
        on_click(self.erase_button, self.erase_days)
        column.addWidget(self.paint_button)
        column.addWidget(self.erase_button)
        column.addWidget(
            label(
                "照縣市政府公告登記。起迄落在停止上班時間的課程會重新判定，"
                "結果不同的人列在「審核」上方。",
                "secondary",
                wraps=True,
            )
        )
        column.addStretch(1)
        self.span.currentIndexChanged.connect(self._show_times)
        self._show_times()
        return side

    # ------------------------------------------------------------------- showing
    def show_month_of(self, day: date) -> None:
        """Show the month of a date."""
        self.year, self.month = day.year, day.month
        self.read()

    def go(self, step: int) -> None:
        """Show another month."""
        if self.year:
            self.year, self.month = months_on(self.year, self.month, step)
            self.read()

    def read(self) -> None:
        """Read the month off the UI thread."""
        services, year, month = self._services, self.year, self.month
        if not year:
            return
        self._operations.run_read(
            lambda report: services.office_month(year, month),
            self._show,
            words="讀行事曆",
            owner=self,
            latest="office-month",
        )

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if change.areas & {Area.AGENCY, Area.CALENDAR}:
            self.read()

    def _show(self, month: OfficeMonth) -> None:
        self.title.setText(f"{month.year - ROC_YEAR_OFFSET} 年 {month.month} 月")
        self.problem.deleteLater()
        self.problem = Note("review", month.problem or "", can_close=False)
        self.problem.setVisible(bool(month.problem))
        self._problem_row.addWidget(self.problem)
        self.sheet.show_month(month)

    def _show_chosen(self) -> None:
        days = self.sheet.chosen_days
        self.chosen.setText(_chosen_words(days))
        self.paint_button.setEnabled(bool(days))
        self.erase_button.setEnabled(any(day.closures for day in days))

    def _show_times(self, *_index: object) -> None:
        index = self.span.currentIndex()
        _words, start, end = SPANS[index]
        is_own = index == OTHER
        for field, text in ((self.start, start), (self.end, end)):
            field.setEnabled(is_own)
            if not is_own:
                field.setText(text)

    # ------------------------------------------------------------------- acts
    def paint_days(self) -> None:
        """Close the office on the chosen days."""
        days, services = self.sheet.chosen, self._services
        start, end, note = self.start.text(), self.end.text(), self.reason.text()
        self._write(
            lambda: services.paint_closures(
                days, start=start.strip(), end=end.strip(), note=note.strip()
            ),
            words="登記停止上班",
        )

    def erase_days(self) -> None:
        """Open the office on the chosen days again."""
        days, services = self.sheet.chosen, self._services
        self._write(lambda: services.erase_closures(days), words="取消停止上班")

    def _write(self, act, *, words: str) -> None:
        self._operations.run_write(
            lambda report: act(),
            lambda change: self._done(f"已登記：{change.act}。"),
            words=words,
            owner=self,
            on_failure=self._failed,
        )


def _chosen_words(days: tuple[MonthDay, ...]) -> str:
    if not days:
        return "在月曆上選一天或幾天。"
    if len(days) > 1:
        closed = sum(1 for day in days if day.closures)
        words = (
            f"{roc_today_words(days[0].day)}到 {roc_today_words(days[-1].day)}，共 {len(days)} 天"
        )
        return f"{words}，其中 {closed} 天停止上班" if closed else words
    day = days[0]
    facts = [day_state(day) or "上班", day.name, *day.closures, *day.notes]
    return "\n".join(
        (roc_today_words(day.day), "，".join(dict.fromkeys(one for one in facts if one)))
    )
