"""The frame around the pages: rail, plan bar, search, status bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QToolButton,
    QVBoxLayout,
)

from desktop.qt.icons import icon, paint_icon
from desktop.qt.operations import Operations
from desktop.qt.theme import look, ui_metrics
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
from desktop.qt.words import moment_ago_words, roc_today_words


# --------------------------------------------------------------------------------------- the rail
@dataclass(frozen=True, slots=True)
class RailItem:
    """One page in the rail."""

    name: str
    caption: str
    icon: str
    count: int = 0


GROUP_GAP = 7
DATA_BEGINS, LAST_BEGINS = "duty", "audit"
"""The pages before which a group ends: the work, the data; what is seldom needed stands below."""


class RailModel(QAbstractListModel):
    """The pages there are; a page that is not built is not shown."""

    def __init__(self, items: Sequence[RailItem], parent=None) -> None:
        super().__init__(parent)
        self._items = list(items)

    def item(self, row: int) -> RailItem:
        """One page."""
        return self._items[row]

    def row_of(self, name: str) -> int:
        """The row of a page."""
        return next(n for n, item in enumerate(self._items) if item.name == name)

    def show_count(self, name: str, count: int) -> None:
        """Show what waits behind a caption; nothing for zero."""
        row = self.row_of(name)
        if self._items[row].count != count:
            self._items[row] = replace(self._items[row], count=count)
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many pages."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        """One page."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.caption
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.caption}，{item.count} 件等您處理" if item.count else item.caption
        if role == Qt.ItemDataRole.ToolTipRole:
            number = index.row() + 1
            return f"{item.caption}（Ctrl+{number}）" if number < 10 else item.caption
        return None


class _RailDelegate(QStyledItemDelegate):
    def __init__(self, rail: Rail) -> None:
        super().__init__(rail)
        self._rail = rail

    def sizeHint(self, option, index) -> QSize:
        """40 px, more with larger text."""
        height = round(size("icon_rail") + paint.text_height("caption") + 3)
        whole = max(size("rail_item"), height) + 2
        whole += self._rail.gap_above(index.row())
        return QSize(size("rail_width") - 1, whole)

    def paint(self, painter: QPainter, option, index) -> None:
        """Icon over caption, an accent bar at the left of the current page."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = self._rail.rail_model.item(index.row())
        gap = self._rail.gap_above(index.row())
        rect = QRectF(option.rect).adjusted(4, 1 + gap, -4, -1)
        if gap:
            y = option.rect.top() + gap // 2 if gap == GROUP_GAP else option.rect.top() + gap - 4
            painter.fillRect(
                QRectF(12, y, option.rect.width() - 24, 1), look().colour("line.normal")
            )
        is_current = item.name == self._rail.current_name
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent.soft"))
            painter.drawRoundedRect(rect, 4, 4)
            bar = QRectF(option.rect.left() + 4, rect.center().y() - 10, 3, 20)
            painter.setBrush(look().colour("accent.base"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("surface.button_hover"))
            painter.drawRoundedRect(rect, 4, 4)
        colour = "accent.base" if is_current else "text.primary"
        side = size("icon_rail")
        place = QRectF(rect.center().x() - side / 2, rect.top() + 1, side, side)
        style = "filled" if is_current else "regular"
        paint_icon(painter, place, f"{item.icon}_20_{style}", look().colour(colour))
        self._caption(painter, QRectF(rect.left(), place.bottom(), rect.width(), 17), item, colour)
        if self._rail.hasFocus() and self._rail.currentIndex() == index:
            painter.setPen(QPen(look().colour("accent.focus"), size("focus_width")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _caption(self, painter: QPainter, rect: QRectF, item: RailItem, colour: str) -> None:
        metrics = ui_metrics("caption")
        number = f" {item.count}" if item.count else ""
        width = metrics.horizontalAdvance(item.caption + number) + 2
        left = QRectF(rect.center().x() - width / 2, rect.top(), width, rect.height())
        used = paint.words(painter, left, item.caption, step="caption", colour=colour)
        if number:
            rest = left.adjusted(used, 0, 2, 0)
            paint.words(painter, rest, number, step="caption", colour="accent.base")


class Rail(QListView):
    """Navigation at the left: arrow keys move, Enter opens.

    Attributes:
        chosen: A page was chosen, by name.
    """

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("頁面")
        self.rail_model = RailModel(items, self)
        self.current_name = items[0].name
        self.setModel(self.rail_model)
        self.setItemDelegate(_RailDelegate(self))
        self.setFixedWidth(size("rail_width"))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setViewportMargins(0, 4, 0, 0)
        self._spare = 0
        self.clicked.connect(self._choose)

    def gap_above(self, row: int) -> int:
        """Pixels left free above a page: between the groups, and what pushes the last one down."""
        name = self.rail_model.item(row).name
        if name == DATA_BEGINS:
            return GROUP_GAP
        return GROUP_GAP + self._spare if name == LAST_BEGINS else 0

    def resizeEvent(self, event) -> None:
        """Stand the last group at the bottom."""
        super().resizeEvent(event)
        self._spare = 0
        rows = range(self.rail_model.rowCount())
        used = sum(self.sizeHintForRow(row) for row in rows)
        self._spare = max(0, self.viewport().height() - used - 4)
        self.scheduleDelayedItemsLayout()

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rail_model.item(index.row()).name)

    def mark(self, name: str) -> None:
        """Mark the page that is shown."""
        self.current_name = name
        self.setCurrentIndex(self.rail_model.index(self.rail_model.row_of(name)))
        self.viewport().update()

    def keyPressEvent(self, event) -> None:
        """Open with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)


# ------------------------------------------------------------------------------------- the search
@dataclass(frozen=True, slots=True)
class Hit:
    """Something the search found.

    Attributes:
        section: 人員, 課程, 案件 or 指令.
        words: What is shown; ``second`` beside it.
        act: What choosing it does.
    """

    section: str
    words: str
    second: str
    act: Callable[[], None]


class _HitModel(QAbstractListModel):
    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.hits: list[Hit | str] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = []
        section = ""
        for hit in hits:
            if hit.section != section:
                section = hit.section
                self.hits.append(section)
            self.hits.append(hit)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        hit = self.hits[index.row()] if index.isValid() else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return hit if isinstance(hit, str) else f"{hit.words} {hit.second}".strip()
        return None

    def flags(self, index: QModelIndex):
        if not index.isValid() or isinstance(self.hits[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option, index) -> QSize:
        return QSize(100, paint.row_height("row_table") + 4)

    def paint(self, painter: QPainter, option, index) -> None:
        painter.save()
        hit = index.model().hits[index.row()]
        rect = QRectF(option.rect).adjusted(12, 0, -12, 0)
        if isinstance(hit, str):
            paint.words(painter, rect, hit, step="caption", colour="text.secondary")
        else:
            if paint.is_selected(option):
                painter.fillRect(option.rect, look().colour("surface.row_selected"))
            used = paint.words(painter, rect.adjusted(8, 0, 0, 0), hit.words)
            rest = rect.adjusted(used + 20, 0, 0, 0)
            paint.words(painter, rest, hit.second, step="caption", colour="text.secondary")
        painter.restore()


class SearchBox(QLineEdit):
    """Ctrl+K: people, courses, pages and commands.

    Attributes:
        wanted: The words to look for changed; answer with ``show_hits``.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("找人員、課程、案件、指令")
        self.setAccessibleName("找人員、課程、案件、指令（Ctrl+K）")
        self.setMinimumWidth(180)
        self.setMaximumWidth(300)
        self.setFixedHeight(32)
        action = QAction(self)
        self._action = action
        self.addAction(action, QLineEdit.ActionPosition.LeadingPosition)
        self._hint = label("Ctrl+K", "caption")
        self._hint.setObjectName("keyHint")
        self.setTextMargins(0, 0, self._hint.sizeHint().width() + 8, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch()
        row.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self._popup = QFrame(self, Qt.WindowType.ToolTip)
        self._popup.setObjectName("popup")
        self._popup.setFocusProxy(self)
        inside = QVBoxLayout(self._popup)
        inside.setContentsMargins(1, 4, 1, 4)
        self._list = QListView()
        self._hits = _HitModel(self)
        self._list.setModel(self._hits)
        self._list.setItemDelegate(_HitDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName("找到的人員、課程、指令")
        self._list.clicked.connect(lambda index: self._open(index.row()))
        inside.addWidget(self._list)
        self._nothing = label("沒有符合的人員、課程或指令", "secondary")
        self._nothing.setContentsMargins(12, 4, 12, 4)
        inside.addWidget(self._nothing)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self._look)
        self.textChanged.connect(self._typed)
        self.retint()

    def retint(self) -> None:
        """Tint the magnifier for the look in force."""
        self._action.setIcon(icon("search_16_regular", look().hex("text.secondary")))

    def is_enough(self) -> bool:
        """Whether the words are long enough: two characters, or one Chinese one."""
        words = self.text().strip()
        return len(words) >= 2 or any("\u4e00" <= letter <= "\u9fff" for letter in words)

    def _typed(self) -> None:
        self._hint.setVisible(not self.text())
        if self.is_enough():
            self._wait.start()
        else:
            self._wait.stop()
            self._popup.hide()

    def _look(self) -> None:
        self.wanted.emit(self.text().strip())

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is offered."""
        return tuple(hit for hit in self._hits.hits if isinstance(hit, Hit))

    def show_hits(self, words: str, hits: Sequence[Hit]) -> None:
        """Offer what was found for these words, if they are still the ones."""
        if words != self.text().strip() or not self.hasFocus():
            return
        self._hits.show_hits(hits)
        self._list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        rows = len(self._hits.hits)
        height = min(rows, 14) * (paint.row_height("row_table") + 4) if hits else 24
        self._popup.resize(max(self.width(), 340), height + 12)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        self._move(1, start=-1)

    def _move(self, step: int, *, start: int | None = None) -> None:
        row = self._list.currentIndex().row() if start is None else start
        rows = range(len(self._hits.hits))
        row += step
        while row in rows and isinstance(self._hits.hits[row], str):
            row += step
        if row in rows:
            self._list.setCurrentIndex(self._hits.index(row))

    def _open(self, row: int) -> None:
        hit = self._hits.hits[row] if 0 <= row < len(self._hits.hits) else ""
        if isinstance(hit, Hit):
            self._popup.hide()
            self.clear()
            hit.act()

    def keyPressEvent(self, event) -> None:
        """Walk through the hits while typing."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._popup.isVisible():
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._popup.isVisible():
            self._open(self._list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self._popup.hide()
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event) -> None:
        """Close the list."""
        self._popup.hide()
        super().focusOutEvent(event)


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
        self.chooser.setMinimumWidth(self.chooser.layout().sizeHint().width())

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
    """

    records_wanted = Signal()

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(size("status_bar"))
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
        self._work = label("")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._left = label("")
        self._more = link("")
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
