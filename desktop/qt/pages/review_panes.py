"""The panes of 審核: how they are built, stand side by side or in tabs, and share the height."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.qt.pages.base import Context, Page
from desktop.qt.pages.review_benefits import BenefitStrip
from desktop.qt.pages.review_decisions import DecisionBar
from desktop.qt.pages.review_facts import FactsPane
from desktop.qt.pages.review_layout import Width, arrangement, pane_widths
from desktop.qt.pages.review_person import PersonLine
from desktop.qt.pages.review_queue import QueuePane
from desktop.qt.pages.review_stale import StaleWatch
from desktop.qt.pages.review_table import CourseTable
from desktop.qt.pages.review_yearly import YearlyStrip
from desktop.qt.theme import text_factor
from desktop.qt.tokens import size
from desktop.qt.widgets.basics import EmptyState, Splitter, button, pane
from desktop.qt.widgets.evidence import EvidencePane

LEAST_ROWS = 5


class ReviewPanes(Page):
    """Queue, facts and original of 審核; the page itself fills them and acts."""

    def __init__(self, context: Context) -> None:
        """Build the panes.

        Args:
            context: Services, operations, settings.
        """
        super().__init__(context)
        self._arrangement: Width | None = None
        self._width_class = 0
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stale = StaleWatch(self.services, self.operations, self.context.settings, page=self)
        column.addLayout(self.stale.notes)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        go = button("到匯入(&M)", is_accent=True)
        go.clicked.connect(lambda: self.asked.emit("import", None))
        self.empty = EmptyState(
            "clipboard_task_20_regular",
            "還沒有可以審核的人",
            "先匯入名冊和學習紀錄，程式就會逐列核對起迄時間。",
            [go],
        )
        self.queue = QueuePane(self.context.settings)
        self.middle = self._make_middle()
        self.evidence = EvidencePane(self.services, self.operations, series="review-original")
        self.splitter = Splitter(Qt.Orientation.Horizontal, self.queue, self.middle, self.evidence)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.splitterMoved.connect(lambda *_: self.save_state())
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self._popup.setObjectName("popup")
        popup = QVBoxLayout(self._popup)
        popup.setContentsMargins(1, 1, 1, 1)
        self.person.queue_button.clicked.connect(self._open_queue)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.splitter)

    def _make_middle(self) -> QWidget:
        middle = pane()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.person = PersonLine()
        column.addWidget(self.person)
        self.benefits = BenefitStrip()
        column.addWidget(self.benefits)
        self.yearly = YearlyStrip()
        column.addWidget(self.yearly)
        self.table = CourseTable()
        column.addWidget(self.table, 1)
        self.tabs = QTabBar()
        self.tabs.addTab("時間軸")
        self.tabs.addTab("原件")
        self.tabs.setAccessibleName("時間軸或原件")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.tabs.hide()
        column.addWidget(self.tabs)
        self.below = QStackedWidget()
        self.facts = FactsPane(self.services, self.operations)
        self.facts.resized.connect(self._share_height)
        self.strip, self.reasons = self.facts.strip, self.facts.reasons
        self.below.addWidget(self.facts)
        column.addWidget(self.below)
        self.decisions = DecisionBar()
        self.decisions.left.connect(self.table.setFocus)
        column.addWidget(self.decisions)
        return middle

    # ------------------------------------------------------------ arrangements
    def resizeEvent(self, event) -> None:
        """Rearrange the panes for the width."""
        super().resizeEvent(event)
        self._arrange()
        self._share_height()

    def follow_text(self) -> None:
        """Rearrange the panes for text of another size."""
        self._arrange()
        self._share_height()

    def _arrange(self) -> None:
        # Larger text has as much room as usual text in a smaller window.
        width = round((self.width() + size("rail_width")) / text_factor())
        wanted = arrangement(width)
        if wanted is not self._arrangement:
            self._arrangement = wanted
            self._place_panes(wanted)
        width_class = pane_widths(width)[0]
        if width_class != self._width_class:
            self._width_class = width_class
            kept = self.context.settings.value(f"review/splitter/{width_class}")
            if kept is None or not self.splitter.restoreState(kept):
                self.splitter.setSizes([one for one in pane_widths(width) if one])

    def _place_panes(self, wanted: Width) -> None:
        is_wide = wanted is Width.WIDE
        self.tabs.setVisible(not is_wide)
        if is_wide:
            self.tabs.setCurrentIndex(0)
            self.below.setCurrentIndex(0)
            self.splitter.addWidget(self.evidence)
        else:
            self.below.addWidget(self.evidence)
            self.below.setCurrentIndex(max(self.tabs.currentIndex(), 0))
        self.evidence.show()
        is_narrow = wanted is Width.NARROW
        self.person.queue_button.setVisible(is_narrow)
        if is_narrow:
            self._popup.layout().addWidget(self.queue)
        else:
            self._popup.hide()
            self.splitter.insertWidget(0, self.queue)
        self.queue.show()
        self.splitter.setStretchFactor(self.splitter.indexOf(self.middle), 1)

    def _open_queue(self) -> None:
        self._popup.resize(280, min(520, self.height() - 60))
        self._popup.move(self.person.mapToGlobal(self.person.rect().bottomLeft()))
        self._popup.show()
        self.queue.view.setFocus()

    def _tab_chosen(self, index: int) -> None:
        if self.below.count() > index:
            self.below.setCurrentIndex(index)
        self._share_height()

    def _share_height(self) -> None:
        """The facts take height from the table, never under five rows."""
        table = size("row_head") + size("row_set") + LEAST_ROWS * size("row_table")
        tabs = self.tabs.sizeHint().height() if not self.tabs.isHidden() else 0
        yearly = self.yearly.sizeHint().height() if not self.yearly.isHidden() else 0
        fixed = self.person.height() + yearly + self.decisions.sizeHint().height() + tabs
        most = self.middle.height() - fixed - table
        used = self.facts.take_height(most)
        is_original = self.below.currentWidget() is self.evidence
        self.below.setFixedHeight(max(most, 180) if is_original else used)
        if self.table.currentIndex().isValid():
            QTimer.singleShot(0, self.table, self._keep_row_in_sight)

    def _keep_row_in_sight(self) -> None:
        self.table.scrollTo(self.table.currentIndex())

    def next_pane(self, step: int) -> None:
        """Move the keyboard to the next pane: queue, table, timeline, reasons, original."""
        panes: list[QWidget] = [
            self.queue.view,
            self.table,
            self.strip,
            self.reasons,
            self.evidence.page if self.evidence.stack.currentIndex() == 0 else self.evidence.sheet,
        ]
        holders = [self.queue, self.table, self.strip, self.reasons, self.evidence]
        focus = self.window().focusWidget()
        now = next(
            (
                n
                for n, holder in enumerate(holders)
                if focus is not None and (focus is holder or holder.isAncestorOf(focus))
            ),
            1,
        )
        for by in range(1, len(panes) + 1):
            target = (now + by * step) % len(panes)
            if target == 0 and self._arrangement is Width.NARROW:
                self._open_queue()
                return
            if self._arrangement is not Width.WIDE and target in (2, 3, 4):
                self.tabs.setCurrentIndex(1 if target == 4 else 0)
            if panes[target].isVisible():
                panes[target].setFocus(Qt.FocusReason.TabFocusReason)
                return

    def save_state(self) -> None:
        """Remember the panes for this class of width."""
        super().save_state()
        key = f"review/splitter/{self._width_class}"
        self.context.settings.setValue(key, self.splitter.saveState())
