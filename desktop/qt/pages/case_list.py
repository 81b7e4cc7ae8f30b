"""The cases behind the counts of 總覽: by state, with history, and what can be confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.case_states import CaseState
from desktop.domain.changes import ChangeSet
from desktop.domain.moments import roc_date
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import FilterBox, Splitter, button, label, pane
from desktop.qt.widgets.delegates import toggle
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.case_stamping import StampOutcome
    from desktop.services.cases import CaseView, HistoryLine

_STEP_STATES = {"waiting": CaseState.REVIEW, "correction": CaseState.CORRECTION}
_STEP_WORDS = {
    "received": "全部",
    "checked": "全部",
    "printable": "可列印以後",
    "stamped": "核章以後",
    "registered": "登錄以後",
}
_LOOKS = {
    CaseState.REVIEW: "review",
    CaseState.CORRECTION: "fail",
    CaseState.PRINTABLE: "pass",
    CaseState.STAMPED: "pass",
    CaseState.REGISTERED: "pass",
    CaseState.RECEIVED: "missing",
    CaseState.CLOSED: "missing",
}


class CaseTable(QTableView):
    """The cases; Space ticks, Ctrl+A ticks all, Enter opens the person in 審核."""

    def __init__(self, ticks: TableModel) -> None:
        super().__init__()
        self.ticks = ticks
        self.setModel(ticks)

    def keyPressEvent(self, event) -> None:
        """Tick and open by keyboard."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            toggle(self.model(), self.currentIndex().siblingAtColumn(0))
        elif event.key() == Qt.Key.Key_A and control:
            self.ticks.tick_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class CaseList(QWidget):
    """Cases by state; stamped, closed and taken back here with a reason.

    Attributes:
        left: Back to the glance.
        person_wanted: A person is wanted in 審核.
        done: An act that can be undone was done, in words.
        noted: A note for the window: kind and sentence.
    """

    left = Signal()
    person_wanted = Signal(str)
    done = Signal(str)
    noted = Signal(str, str)

    def __init__(self, services: Services, operations: Operations) -> None:
        super().__init__()
        self._services, self._operations = services, operations
        self.plan_id = ""
        self._all: tuple[CaseView, ...] = ()
        self._step = "received"
        self._behind: frozenset | None = None
        self._build()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self.model: TableModel = TableModel(
            [
                TableColumn("姓名", lambda v: f"{v.name} {v.employee_id}"),
                TableColumn("單位", lambda v: v.unit),
                TableColumn("案件", lambda v: v.title),
                TableColumn(
                    "狀態",
                    _state_words,
                    {Role.STATE: lambda v: _LOOKS[v.state]},
                    key=lambda v: v.state.place,
                ),
                TableColumn("原因", lambda v: v.reason),
                TableColumn(
                    "自",
                    lambda v: roc_date(v.since.date()) if v.since else "",
                    key=lambda v: v.since,
                ),
                TableColumn("補正期限", _due_words, {Role.WARN: _due_look}, key=lambda v: v.due),
                TableColumn("編號", lambda v: v.document),
            ],
            key=lambda v: "/".join(v.key),
            parent=self,
        )
        self.model.ticked_changed.connect(self._tell)
        self.view = CaseTable(self.model)
        prepare_table(self.view, can_sort=True)
        self.view.setAccessibleName("案件")
        header = self.view.horizontalHeader()
        for section, width in enumerate((132, 96, 150, 140, 200, 84, 110, 118)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.view.activated.connect(self._open)
        self.view.doubleClicked.connect(self._open)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._current_changed())
        self.model.modelReset.connect(self._current_changed)
        self.splitter = Splitter(Qt.Orientation.Horizontal, self.view, self._make_history())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([1020, 260])
        column.addWidget(self.splitter, 1)
        column.addWidget(self._make_foot())

    def _make_head(self) -> QWidget:
        head = pane("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 4, 12, 0)
        row.setSpacing(10)
        self.back_button = button("回總覽(&B)", icon_name="chevron_left_16_regular")
        self.back_button.clicked.connect(self.left)
        row.addWidget(self.back_button)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("案件狀態")
        self.tabs.addTab("全部")
        for state in CaseState:
            self.tabs.addTab(state.word)
        self.tabs.currentChanged.connect(lambda _: self._fill())
        row.addWidget(self.tabs)
        row.addStretch()
        self.units = FilterBox("單位")
        self.units.setMinimumWidth(120)
        self.units.filter_changed.connect(self._fill)
        row.addWidget(self.units)
        return head

    def _make_history(self) -> QWidget:
        side = pane()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = pane("paneHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 6, 12, 6)
        self._whose = label("歷程", "strong")
        row.addWidget(self._whose)
        column.addWidget(head)
        self.history = QListWidget()
        self.history.setWordWrap(True)
        self.history.setAccessibleName("案件歷程")
        self.history.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.history, 1)
        return side

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self._count = label("", "secondary")
        row.addWidget(self._count)
        row.addStretch()
        words = label("理由(&W)", "secondary")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason.setMinimumWidth(260)
        self.reason.setAccessibleName("理由")
        field = self.reason.lineEdit()
        assert isinstance(field, QLineEdit)
        field.setPlaceholderText("退回或結案要寫理由")
        field.setAccessibleName("理由")
        words.setBuddy(self.reason)
        row.addWidget(words)
        row.addWidget(self.reason)
        self.stamp_button = button("登記核章(&S)", is_accent=True)
        self.close_button = button("結案(&X)")
        self.back_step_button = button("收回(&U)", tip="收回最後一次核章或結案")
        self.stamp_button.clicked.connect(self.stamp)
        self.close_button.clicked.connect(self.close_ticked)
        self.back_step_button.clicked.connect(self.take_back)
        for one in (self.stamp_button, self.close_button, self.back_step_button):
            row.addWidget(one)
        return foot

    # ----------------------------------------------------------------- showing
    def show_cases(self, views: Sequence[CaseView]) -> None:
        """Show other cases, the filters kept."""
        self._all = tuple(views)
        self.units.offer((unit, unit) for unit in dict.fromkeys(v.unit for v in views))
        self._fill()

    def show_step(self, key: str, cases: frozenset) -> None:
        """Show the list behind a step of the funnel.

        Args:
            key: The step.
            cases: Keys of the cases that it counts.
        """
        state = _STEP_STATES.get(key)
        self._step = "received" if state is not None else key
        self._behind = cases if state is None else None
        self.tabs.setCurrentIndex(0 if state is None else state.place + 1)
        self._fill()

    def _fill(self) -> None:
        units = self.units.chosen
        mine = [v for v in self._all if not units or v.unit in units]
        behind = [v for v in mine if self._behind is None or v.key in self._behind]
        self.tabs.setTabText(0, f"{_STEP_WORDS[self._step]} {len(behind)}")
        for state in CaseState:
            count = sum(v.state is state for v in mine)
            self.tabs.setTabText(state.place + 1, f"{state.word} {count}")
        place = self.tabs.currentIndex() - 1
        shown = behind if place < 0 else [v for v in mine if v.state.place == place]
        current = self._current()
        self.model.show_rows(shown)
        if shown:
            keys = [v.key for v in self.model.rows]
            number = keys.index(current.key) if current and current.key in keys else 0
            self.view.selectRow(number)
        self._tell()

    def _tell(self) -> None:
        ticked = self._chosen()
        shown = self.model.given
        people = len({v.employee_id for v in shown})
        self._count.setText(f"{people} 人 {len(shown)} 件，選了 {len(ticked)} 件")
        out = [v for v in ticked if v.is_out]
        self.stamp_button.setText(f"登記核章 {len(out)} 份(&S)" if out else "登記核章(&S)")
        self.stamp_button.setEnabled(bool(out))
        self.stamp_button.setToolTip("" if out else "先選印出後送核的案件")
        self.close_button.setEnabled(any(v.state is not CaseState.CLOSED for v in ticked))
        can_go_back = len(ticked) == 1 and (
            ticked[0].furthest is not None or (ticked[0].state is CaseState.CLOSED and ticked[0].by)
        )
        self.back_step_button.setEnabled(bool(can_go_back))

    def _chosen(self) -> list[CaseView]:
        """The ticked cases, else the current one."""
        ticked = set(self.model.ticked)
        found = [v for v in self.model.given if "/".join(v.key) in ticked]
        current = self._current()
        return found or ([current] if current is not None else [])

    def _current(self) -> CaseView | None:
        return self.model.row(self.view.currentIndex().row())

    def _current_changed(self) -> None:
        self._tell()
        view = self._current()
        if view is None:
            self.history.clear()
            self._whose.setText("歷程")
            return
        self._whose.setText(f"{view.name}　{view.title}")
        services, plan_id = self._services, self.plan_id
        self._operations.run_read(
            lambda report: services.case_history(plan_id, *view.key),
            self.show_history,
            words="讀取歷程",
            on_failure=lambda _sentence: self.history.clear(),
            owner=self,
            latest="case_history",
        )

    def show_history(self, lines: Sequence[HistoryLine]) -> None:
        """Show what became of the case in hand, the latest first."""
        self.history.clear()
        for line in reversed(lines):
            words = f"{roc_date(line.at.date())} {line.at:%H:%M}　{line.words}"
            if line.is_back:
                words = f"{words}（退回）"
            more = "，".join(part for part in (line.actor, line.reason) if part)
            self.history.addItem(f"{words}\n{more}" if more else words)

    def _open(self, index) -> None:
        view = self.model.row(index.row())
        if view is not None:
            self.person_wanted.emit(view.employee_id)

    # -------------------------------------------------------------------- acts
    def stamp(self) -> None:
        """Record that the chosen applications came back with every seal."""
        numbers = [v.document for v in self._chosen() if v.is_out]
        if not numbers:
            return
        services, plan_id, reason = self._services, self.plan_id, self._reason()
        self._operations.run_write(
            lambda report: services.mark_stamped(plan_id, numbers, reason=reason),
            self._stamped,
            words="登記核章",
            owner=self,
        )

    def _stamped(self, outcome: StampOutcome) -> None:
        if outcome.stamped:
            self.done.emit(f"已登記核章 {len(outcome.stamped)} 份。")
        if outcome.refused:
            first = outcome.refused[0][1]
            more = f"（另有 {len(outcome.refused) - 1} 份）" if len(outcome.refused) > 1 else ""
            self.noted.emit("fail", f"{first}{more}")
        self._act_done()

    def close_ticked(self) -> None:
        """Close the chosen cases with the written reason."""
        keys = [v.key for v in self._chosen() if v.state is not CaseState.CLOSED]
        services, plan_id, reason = self._services, self.plan_id, self._reason()
        if keys:
            self._run(lambda: services.close_cases(plan_id, keys, reason=reason), "結案")

    def take_back(self) -> None:
        """Take the current case's last confirmed step back with the written reason."""
        chosen = self._chosen()
        services, plan_id, reason = self._services, self.plan_id, self._reason()
        if len(chosen) == 1:
            key = chosen[0].key
            self._run(lambda: services.take_back_case_step(plan_id, key, reason=reason), "收回")

    def _run(self, act: Callable[[], ChangeSet], words: str) -> None:
        self._operations.run_write(
            lambda report: act(),
            self._acted,
            words=words,
            on_failure=self._refused,
            owner=self,
        )

    def _acted(self, change: ChangeSet) -> None:
        self.done.emit(f"已{change.act}。")
        self._act_done()

    def _refused(self, sentence: str) -> None:
        self.noted.emit("fail", sentence)
        if "理由" in sentence:
            self.reason.setFocus()

    def _act_done(self) -> None:
        self.model.tick(())
        self.reason.clearEditText()

    def _reason(self) -> str:
        return self.reason.currentText().strip()


def _state_words(view: CaseView) -> str:
    if view.is_out:
        return f"{view.state.word}（送核中）"
    if view.answered_at is not None and view.state is CaseState.REVIEW:
        return f"{view.state.word}（已補件）"
    return view.state.word


def _due_words(view: CaseView) -> str:
    if view.due is None:
        return ""
    return f"{roc_date(view.due)} 逾期" if view.is_overdue else roc_date(view.due)


def _due_look(view: CaseView) -> str | None:
    return "fail" if view.is_overdue else None
