"""The queue at the left of 審核: filters, tabs with counts, people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
)

from desktop.qt.icons import paint_icon
from desktop.qt.models.queue import QueueFilter, QueueModel, QueueTab
from desktop.qt.term_words import word_tip
from desktop.qt.theme import look
from desktop.qt.tokens import size, tokens
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import (
    ElidedLabel,
    EmptyState,
    FilterBox,
    button,
    label,
    pane,
    tool,
)
from desktop.qt.widgets.delegates import TwoLineDelegate, toggle
from desktop.services.wording import CHIPS

if TYPE_CHECKING:
    from desktop.services.summary_yearly import Completion

TABS = tuple(QueueTab)
TAB_STATES = {QueueTab.FAIL: "fail", QueueTab.REVIEW: "review", QueueTab.PASS: "pass"}


class CountTabs(QTabBar):
    """Tabs of two lines: the count over the word."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(True)
        self.setUsesScrollButtons(False)
        self.setAccessibleName("判定")
        self._counts = dict.fromkeys(TABS, 0)
        for tab in TABS:
            self.addTab(tab.value)

    def show_counts(self, counts: dict[QueueTab, int]) -> None:
        """Show other counts."""
        self._counts = counts
        for number, tab in enumerate(TABS):
            tip = word_tip(tab.value)
            self.setTabToolTip(
                number, f"{tab.value} {counts[tab]} 人" + (f"\n{tip}" if tip else "")
            )
            self.setAccessibleTabName(number, f"{tab.value} {counts[tab]} 人")
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """A quarter of the room."""
        height = paint.text_height("strong") + paint.text_height("caption") + 12
        return QSize(max(self.width() // len(TABS), 44), round(height))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """The same."""
        return QSize(40, self.tabSizeHint(index).height())

    def paintEvent(self, event) -> None:
        """Count, word with icon, bar under the current tab, ring when it has the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = Qt.AlignmentFlag.AlignHCenter
        for number, tab in enumerate(TABS):
            rect = QRectF(self.tabRect(number)).adjusted(0, 2, 0, -4)
            state = TAB_STATES.get(tab)
            colour = f"verdict.{state}" if state else "text.primary"
            upper = QRectF(rect.left(), rect.top(), rect.width(), rect.height() / 2)
            lower = upper.translated(0, upper.height())
            count = f"{self._counts[tab]:,}"
            paint.words(painter, upper, count, step="strong", colour=colour, align=centre)
            painter.setFont(self.font())
            is_current = number == self.currentIndex()
            word_colour = "text.primary" if is_current else "text.secondary"
            if state:
                icon_side = 12.0
                width = painter.fontMetrics().horizontalAdvance(tab.value) * 0.9 + icon_side + 2
                left = lower.center().x() - width / 2
                box = QRectF(left, lower.center().y() - icon_side / 2, icon_side, icon_side)
                paint_icon(painter, box, tokens().icons[state], look().colour(colour))
                words = QRectF(box.right() + 2, lower.top(), width, lower.height())
                paint.words(painter, words, tab.value, step="caption", colour=word_colour)
            else:
                paint.words(
                    painter, lower, tab.value, step="caption", colour=word_colour, align=centre
                )
            if is_current:
                bar = QRectF(rect.left() + 4, self.height() - 2, rect.width() - 8, 2)
                painter.fillRect(bar, look().colour("accent.base"))
                if self.hasFocus():
                    painter.setPen(look().colour("accent.focus"))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(
                        QRectF(self.tabRect(number)).adjusted(1, 1, -1, -3), 3, 3
                    )


class QueueView(QListView):
    """The people; Space ticks, Ctrl+A ticks all shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(TwoLineDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName("審核名單")

    def keyPressEvent(self, event) -> None:
        """Tick with Space and Ctrl+A."""
        model = self.model()
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            toggle(model, self.currentIndex())
        elif (
            event.key() == Qt.Key.Key_A
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and isinstance(model, QueueModel)
        ):
            model.tick_shown()
        else:
            super().keyPressEvent(event)


class QueuePane(QFrame):
    """Filters, tabs, people, previous and next.

    Attributes:
        person_chosen: Somebody is current, by id; empty for nobody.
    """

    person_chosen = Signal(str)

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings = settings
        self.model = QueueModel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        filters = QHBoxLayout()
        filters.setContentsMargins(8, 0, 8, 6)
        filters.setSpacing(8)
        self.units, self.reasons = FilterBox("單位"), FilterBox("原因")
        for box in (self.units, self.reasons):
            box.filter_changed.connect(self.apply_filters)
            filters.addWidget(box, 1)
        column.addLayout(filters)
        self.tabs = CountTabs()
        self.tabs.currentChanged.connect(lambda _: self.apply_filters())
        column.addWidget(self.tabs)
        line = pane("head")
        line.setFixedHeight(1)
        column.addWidget(line)
        self.view = QueueView()
        self.view.setModel(self.model)
        self.view.selectionModel().currentChanged.connect(self._chosen)
        clear = button("清除篩選")
        clear.clicked.connect(self.clear_filters)
        self.nobody = EmptyState(
            "filter_16_regular", "沒有符合的人", "換一個篩選條件看看。", [clear]
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.nobody)
        column.addWidget(self.stack, 1)
        foot = pane("foot")
        foot.setFixedHeight(32)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(0)
        self._place = label("", "caption")
        row.addWidget(self._place)
        row.addSpacing(10)
        self.completion = ElidedLabel("", "caption")
        row.addWidget(self.completion, 1)
        self.before = tool("chevron_left_16_regular", "上一人")
        self.after = tool("chevron_right_16_regular", "下一人")
        self.before.setToolTip("上一人（Ctrl+PgUp）")
        self.after.setToolTip("下一人（Ctrl+PgDn）")
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        row.addWidget(self.before)
        row.addWidget(self.after)
        column.addWidget(foot)
        self.setMinimumWidth(size("rail_width") * 2 + 40)
        self.model.modelReset.connect(self._say)

    # ------------------------------------------------------------------ content
    def show_entries(self, entries, *, keep: str) -> None:
        """Show the office's queue, staying with the same person."""
        self.view.selectionModel().blockSignals(True)
        self.model.keep(keep)
        self.model.show_entries(entries)
        self.units.blockSignals(True)
        self.units.offer((unit, unit) for unit in self.model.units())
        self.units.blockSignals(False)
        self.reasons.blockSignals(True)
        self.reasons.offer((code.value, CHIPS[code]) for code in self.model.reasons())
        self.reasons.blockSignals(False)
        row = self.model.row_of(keep)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        self.view.selectionModel().blockSignals(False)
        self._count()
        self._say()
        if row < 0:
            self._go_to_first()

    def show_completion(self, completion: Completion) -> None:
        """Show how far the whole organisation is, whoever the filters show."""
        self.completion.setText(completion.headline)
        words = "\n".join(("全機關", *completion.sentences))
        self.completion.setToolTip(words)
        self.completion.setAccessibleDescription(words)

    def apply_filters(self) -> None:
        """Show who the tab and the filters admit."""
        current = self.current_id
        tab = TABS[max(self.tabs.currentIndex(), 0)]
        self.model.keep("")
        self.model.apply(
            QueueFilter(tab, self.units.chosen, self.reasons.chosen, self.model.wanted.words)
        )
        self._count()
        row = self.model.row_of(current)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        else:
            self._go_to_first()

    def clear_filters(self) -> None:
        """Show everybody of the tab again; of all tabs the one with people."""
        self.units.choose(())
        self.reasons.choose(())
        self.model.apply(replace(self.model.wanted, words=""))
        counts = [self.model.count(tab) for tab in TABS]
        if not counts[self.tabs.currentIndex()] and any(counts):
            self.tabs.setCurrentIndex(next(n for n, count in enumerate(counts) if count))
        self.apply_filters()

    def show_tab(self, tab: QueueTab) -> None:
        """Go to another tab."""
        self.tabs.setCurrentIndex(TABS.index(tab))

    def _count(self) -> None:
        self.tabs.show_counts({tab: self.model.count(tab) for tab in TABS})

    # -------------------------------------------------------------------- moving
    @property
    def current_id(self) -> str:
        """Who is current; empty for nobody."""
        entry = self.model.entry(self.view.currentIndex().row())
        return entry.employee_id if entry is not None else ""

    def _go_to_first(self) -> None:
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))
        else:
            self.person_chosen.emit("")

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._say()
        entry = self.model.entry(index.row())
        if entry is not None:
            self.person_chosen.emit(entry.employee_id)

    def step(self, by: int) -> bool:
        """Go to the next or previous person; False at the end."""
        row = self.view.currentIndex().row() + by
        if not 0 <= row < self.model.rowCount():
            return False
        self.view.setCurrentIndex(self.model.index(row))
        return True

    def go_to(self, employee_id: str) -> None:
        """Go to one person, wherever the filters hide them."""
        if self.model.row_of(employee_id) < 0:
            self.units.choose(())
            self.reasons.choose(())
            self.model.keep(employee_id)
            self.model.apply(QueueFilter(TABS[max(self.tabs.currentIndex(), 0)]))
            self._count()
        row = self.model.row_of(employee_id)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))

    def _say(self) -> None:
        row, count = self.view.currentIndex().row(), self.model.rowCount()
        self.stack.setCurrentIndex(0 if count else 1)
        self._place.setText(f"{row + 1}／{count} 人" if count else "0 人")
        self.before.setEnabled(row > 0)
        self.after.setEnabled(0 <= row < count - 1)
