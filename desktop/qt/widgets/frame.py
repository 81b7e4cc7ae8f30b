"""The bars above and below the pages: plan bar and status bar."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import (
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QToolButton,
)

from desktop.qt.operations import Operations
from desktop.qt.tokens import size
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import (
    IconLabel,
    announce,
    label,
    link,
    tint,
    tool,
)
from desktop.qt.widgets.search_box import SearchBox
from desktop.qt.words import moment_ago_words, roc_today_words


# ------------------------------------------------------------------------------------ the plan bar
class PlanBar(QFrame):
    """Plan and year in force, search, undo and redo, who is at work, menu.

    Attributes:
        plan_chosen: Another plan, by id.
        copy_wanted: 複製去年的計畫… was chosen.
    """

    plan_chosen = Signal(str)
    copy_wanted = Signal()

    def __init__(self, *, actor: str, menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("planBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(size("plan_bar"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        self.chooser = QToolButton()
        self.chooser.setObjectName("planChooser")
        self.chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chooser.setFixedHeight(32)
        inside = QHBoxLayout(self.chooser)
        inside.setContentsMargins(12, 0, 10, 0)
        inside.setSpacing(8)
        inside.addWidget(label("計畫", "secondary"))
        self._title = label("還沒選", "secondary")
        inside.addWidget(self._title)
        self._year = label("")
        self._year.setObjectName("yearChip")
        self._year.hide()
        inside.addWidget(self._year, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(IconLabel("chevron_down_12_regular", "text.primary", 12))
        self.chooser.setAccessibleName("計畫：還沒選")
        self._menu = QMenu(self.chooser)
        self.chooser.setMenu(self._menu)
        row.addWidget(self.chooser)
        row.addStretch(1)
        self.search = SearchBox()
        row.addWidget(self.search, 4)
        row.addStretch(1)
        self.undo = self._act("arrow_undo_16_regular", "復原")
        self.redo = self._act("arrow_redo_16_regular", "重做")
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addSpacing(8)
        row.addWidget(IconLabel("person_16_regular"))
        name = actor or "未填姓名"
        self.actor = label(name if len(name) <= 8 else name[:7] + "…")
        self.actor.setToolTip(name)
        row.addWidget(self.actor)
        self.menu_button = tool("more_horizontal_16_regular", "選單", shortcut="F10")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(menu)
        row.addWidget(self.menu_button)
        self.help = tool("question_circle_16_regular", "這一頁的說明")
        row.addWidget(self.help)

    def _act(self, icon_name: str, words: str) -> QToolButton:
        result = QToolButton()
        tint(result, icon_name)
        result.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        result.setText(words)
        result.setAccessibleName(words)
        result.setEnabled(False)
        return result

    def offer_plans(self, choices) -> None:
        """List the plans by year."""
        self._menu.clear()
        for choice in choices:
            action = self._menu.addAction(f"{choice.year} 年　{choice.short_title}")
            action.setToolTip(choice.title)
            action.triggered.connect(lambda _=False, one=choice.id: self.plan_chosen.emit(one))
        self._menu.addSeparator()
        copy = self._menu.addAction("複製去年的計畫…")
        copy.triggered.connect(lambda _=False: self.copy_wanted.emit())

    def show_plan(self, choice) -> None:
        """Show the plan in force."""
        self._title.setProperty("type", "strong")
        self._title.style().polish(self._title)
        words = choice.short_title.replace(f"{choice.year}年度", "").replace(
            f"{choice.year} 年度", ""
        )
        words = words.removeprefix(f"{choice.year} 年").removeprefix(f"{choice.year}年").strip()
        self._title.setText(words or choice.short_title)
        self._year.setText(f"{choice.year} 年")
        self._year.show()
        self.chooser.setToolTip(choice.title)
        self.chooser.setAccessibleName(f"計畫：{choice.year} 年 {choice.short_title}")
        self.follow_text()

    def follow_text(self) -> None:
        """Room for the whole name of the plan, in text of whatever size."""
        inside = self.chooser.layout()
        inside.invalidate()
        self.chooser.setMinimumWidth(inside.sizeHint().width())
        height = paint.text_height()
        self.chooser.setFixedHeight(max(32, round(height) + 8))
        self.setFixedHeight(max(size("plan_bar"), round(height) + 16))

    def show_undo(self, undo_words: str, redo_words: str) -> None:
        """Name what would be undone and done again."""
        for one, words, act in ((self.undo, undo_words, "復原"), (self.redo, redo_words, "重做")):
            one.setEnabled(bool(words))
            shown = f"{act}：{words}" if words else act
            one.setText(shown if len(shown) <= 14 else shown[:13] + "…")
            one.setToolTip(shown)
            one.setAccessibleName(shown)


# ---------------------------------------------------------------------------------- the status bar
class StatusBar(QFrame):
    """Store, last backup, running work with count and cancel, people, rows, today.

    Attributes:
        records_wanted: The clerk wants to see the rows that are counted.
        works_wanted: The clerk wants the list of running and finished work.
    """

    works_wanted = Signal()
    records_wanted = Signal()

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.follow_text()
        self._operations = operations
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel("database_16_regular", "text.secondary"))
        self.store = label("")
        self.backup = label("")
        row.addWidget(self.store)
        row.addSpacing(10)
        row.addWidget(self.backup)
        row.addSpacing(10)
        self.saved = label("")
        self.saved.setToolTip("每一步做完就存好了，沒有要按的「儲存」。")
        row.addWidget(self.saved)
        row.addStretch()
        self._work = link("")
        self._work.clicked.connect(self.works_wanted)
        self._work.setToolTip("看進行中與做完的工作（Ctrl+J）")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._left = label("")
        self._more = link("")
        self._more.clicked.connect(self.works_wanted)
        self._cancel = link("取消")
        self._cancel.clicked.connect(self._stop)
        for widget in (self._work, self._bar, self._left, self._cancel, self._more):
            row.addWidget(widget)
            widget.hide()
        row.addSpacing(10)
        self.selection = label("", "strong")
        self.selection.hide()
        row.addWidget(self.selection)
        row.addSpacing(10)
        self.counts = link("")
        self.counts.setToolTip("看全部學習紀錄")
        self.counts.clicked.connect(self.records_wanted)
        self.today = label("")
        row.addWidget(self.counts)
        row.addSpacing(10)
        row.addWidget(self.today)
        operations.jobs_changed.connect(self._show_work)

    def follow_text(self) -> None:
        """Be as high as the text asks."""
        self.setFixedHeight(max(size("status_bar"), round(paint.text_height("caption")) + 6))

    def show_status(self, status) -> None:
        """Show the office's state."""
        self.store.setText(status.store_words)
        ago = moment_ago_words(status.last_backup, today=status.today)
        self.backup.setText(f"上次備份：{ago}" if ago else "還沒有備份")
        self.counts.setText(
            f"{status.people:,} 人　{status.rows:,} 列"
            if status.people or status.rows
            else "還沒有資料"
        )
        self.today.setText(roc_today_words(status.today))

    def show_saved(self, moment: datetime) -> None:
        """Say when the last act was written to the store."""
        self.saved.setText(f"已儲存 {moment:%H:%M:%S}")

    def show_selection(self, words: str) -> None:
        """Show what a selection comes to; nothing for empty words."""
        self.selection.setText(words)
        self.selection.setVisible(bool(words))

    def say(self, words: str) -> None:
        """Have a screen reader say what was done."""
        self.setAccessibleName(words)
        announce(self, words)

    def _show_work(self) -> None:
        jobs = self._operations.visible_jobs
        if not jobs and self._work.isHidden():
            return  # most work is over before it would be shown
        for widget in (self._work, self._bar, self._left, self._cancel, self._more):
            widget.setVisible(bool(jobs))
        if not jobs:
            return
        job = next((one for one in jobs if one.is_write), jobs[0])
        state = job.state
        numbers = f" {state.done}／{state.total}" if state.total else "…"
        self._work.setText(f"{state.words}{numbers}")
        self._bar.setRange(0, state.total)
        self._bar.setValue(state.done)
        self._bar.setAccessibleName(f"{state.words}{numbers}")
        self._left.setText(state.remaining_words)
        self._left.setVisible(bool(state.remaining_words))
        self._cancel.setVisible(job.can_cancel)
        self._cancel.setEnabled(not job.is_cancelled)
        self._cancel.setText("停止中…" if job.is_cancelled else "取消")
        others = len(jobs) - 1
        self._more.setVisible(others > 0)
        self._more.setText(f"還有 {others} 件")
        self._more.setToolTip("\n".join(one.state.words for one in jobs if one is not job))

    def _stop(self) -> None:
        for job in self._operations.visible_jobs:
            if job.can_cancel:
                job.cancel()
        self._show_work()
