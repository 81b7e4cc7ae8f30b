"""審核, the workbench: queue at the left, facts in the middle, the original at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.findings import ReasonCode
from desktop.domain.readings import RowIdentity
from desktop.domain.successions import SuccessionAnswer
from desktop.domain.verdicts import DecisionKind, RecordVerdict
from desktop.qt.dialogs.correcting import CorrectingDialog
from desktop.qt.dialogs.same_reason import SameReasonDialog
from desktop.qt.help_places import VERDICTS
from desktop.qt.models.queue import QueueTab
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.reasons_desk import ReasonsDesk
from desktop.qt.pages.review_benefits import BenefitStrip
from desktop.qt.pages.review_facts import FactsPane, deciding_fields
from desktop.qt.pages.review_layout import Width, arrangement, pane_widths
from desktop.qt.pages.review_parts import (
    CORRECTED,
    OTHER_READING,
    OWN_RULE,
    CourseTable,
    DecisionBar,
    PersonLine,
    Reason,
    corrected_words,
    other_words,
)
from desktop.qt.pages.review_queue import QueuePane
from desktop.qt.pages.review_stale import StaleWatch
from desktop.qt.pages.review_yearly import YearlyStrip
from desktop.qt.tokens import size
from desktop.qt.widgets.basics import EmptyState, Splitter, button, pane
from desktop.qt.widgets.evidence import EvidencePane
from desktop.services.wording import CHIPS

if TYPE_CHECKING:
    from desktop.services.resubmitting import Resubmission
    from desktop.services.verifying import Case

LEAST_ROWS = 5
FACTS = {
    Area.EVIDENCE,
    Area.ROSTER,
    Area.ATTENDANCE,
    Area.CALENDAR,
    Area.AGENCY,
    Area.PLANS,
}


class ReviewPage(Page):
    """Decide on what the program could not, or was wrong about."""

    name = "review"
    caption = "審核"
    icon = "clipboard_task"
    help_words = (
        "左邊選人，中間看各套課程的判定，選一列就在下面看見它和上班時間的關係、原因與條文，"
        "右邊是原件上的那一列。"
        "F8 到下一列要決定的；Alt+A 採計、Alt+R 不採計、Alt+C 請補正、"
        "Alt+B 同因一次決定，Alt+W 寫理由；"
        "Ctrl+PgDn、Ctrl+PgUp 換人；F6 換窗格；Ctrl+Z 復原。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case: Case | None = None
        self._person = ""
        self._wanted_record = ""
        self._waits_for_next = ""
        self._evidence_window: QDialog | None = None
        self._same: dict[ReasonCode, tuple] = {}
        self._arrangement: Width | None = None
        self._width_class = 0
        self._same_timer = QTimer(self)
        self._same_timer.setSingleShot(True)
        self._same_timer.setInterval(400)
        self._same_timer.timeout.connect(self._count_same)
        self._build()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stale = StaleWatch(self.services, self.operations, page=self)
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
        self.queue.person_chosen.connect(self._show_person)
        self.middle = self._make_middle()
        self.evidence = EvidencePane(self.services, self.operations, series="review-original")
        self.evidence.opened_apart.connect(self.open_original)
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
        self.table.row_chosen.connect(self._show_row)
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
        self.facts.clause_wanted.connect(self._show_clause)
        self.strip, self.reasons = self.facts.strip, self.facts.reasons
        self.reasons.why_wanted.connect(self.helped)
        self.below.addWidget(self.facts)
        column.addWidget(self.below)
        self.decisions = DecisionBar()
        self.decisions.decided.connect(self._decide)
        self.decisions.same_wanted.connect(self.open_same_reason)
        self.templates = ReasonsDesk(
            self, changed=self._read_recent, words=lambda: self.decisions.reason.currentText()
        )
        self.decisions.left.connect(self.table.setFocus)
        column.addWidget(self.decisions)
        return middle

    # ------------------------------------------------------------ arrangements
    def resizeEvent(self, event) -> None:
        """Rearrange the panes for the width."""
        super().resizeEvent(event)
        self._arrange()
        self._share_height()

    def _arrange(self) -> None:
        width = self.width() + size("rail_width")
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

    # ------------------------------------------------------------------ reading
    def show_plan(self, plan_id: str) -> None:
        """Read the queue under another plan."""
        super().show_plan(plan_id)
        self._person = ""
        self._same.clear()
        self.stale.plan_id = plan_id
        self.evidence.plan_id = plan_id
        self.stale.is_due = True
        self.reload()
        self._read_recent()

    def reload(self) -> None:
        """Evaluate again what changed and show the queue."""
        if not self.plan_id:
            return
        services, plan_id = self.services, self.plan_id
        self.operations.run_read(
            lambda report: services.queue(plan_id, progress=report),
            self._show_queue,
            words="審核中",
            owner=self,
            latest="queue",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _show_queue(self, entries) -> None:
        has_anybody = any(e.fails + e.reviews + e.passes for e in entries)
        self.stack.setCurrentWidget(self.splitter if has_anybody else self.empty)
        if entries and not has_anybody:
            self.empty.say(
                "還沒有學習紀錄", "名冊已經有了；再匯入學習紀錄，程式就會逐列核對起迄時間。"
            )
        waiting = sum(entry.undecided > 0 for entry in entries)
        self.count_changed.emit(waiting)
        is_first = not self.queue.model.entries
        if is_first and has_anybody and not waiting:
            self.queue.tabs.blockSignals(True)
            self.queue.show_tab(QueueTab.PASS)
            self.queue.tabs.blockSignals(False)
            self.queue.apply_filters()
        before = self._person
        self.queue.show_entries(entries, keep=self._waits_for_next or before)
        self._waits_for_next = ""
        self._show_person(self.queue.current_id)
        self._read_completion()
        if has_anybody:
            self.stale.look()

    def _read_completion(self) -> None:
        """How far the whole organisation is stands under the queue."""
        services, plan_id = self.services, self.plan_id
        self.operations.run_read(
            lambda report: services.completion(plan_id),
            self.queue.show_completion,
            owner=self,
            latest="completion",
        )

    def _show_person(self, employee_id: str) -> None:
        if not employee_id:
            self._person = ""
            self._show_case(None)
            return
        if employee_id != self._person:
            self._person = employee_id
            self._popup.hide()
        self._read_case()

    def _read_case(self) -> None:
        services, plan_id, employee_id = self.services, self.plan_id, self._person
        if not employee_id:
            return
        self.operations.run_read(
            lambda report: services.case(plan_id, employee_id),
            self._show_case,
            words="讀取這位同仁",
            owner=self,
            latest="case",
        )

    def _show_case(self, case: Case | None) -> None:
        is_same = (
            case is not None
            and self._case is not None
            and case.verdict.person.employee_id == self._case.verdict.person.employee_id
        )
        record = self.table.current_record()
        wanted = self._wanted_record or (record.key if record is not None and is_same else "")
        self._wanted_record = ""
        self._case = case
        self.person.show_case(case)
        self.benefits.show_case(case)
        self.yearly.show_view(case.yearly if case is not None else None)
        self.table.selectionModel().blockSignals(True)
        self.table.show_case(case, opens_all=self.width() + size("rail_width") >= 1800)
        self.table.selectionModel().blockSignals(False)
        target = self.table.courses.index_of(wanted) if wanted else QModelIndex()
        if not target.isValid() and record is not None and wanted == record.key:
            # A reading put right makes the record another one; its row on the page is the same.
            target = self._index_at(RowIdentity.of(record.row.place))
        if not target.isValid():
            needing = self.table.rows_needing_decision()
            indexes = self.table.courses.record_indexes()
            with_record = [i for i in indexes if self.table.courses.row(i).record is not None]
            target = next(iter([*needing, *with_record, *indexes]), QModelIndex())
        self.table.go_to(target)
        self._show_row()

    def _index_at(self, identity: RowIdentity) -> QModelIndex:
        """Where the record of a row of a file stands; invalid when nowhere."""
        courses = self.table.courses
        for index in courses.record_indexes():
            record = courses.row(index).record
            if record is not None and RowIdentity.of(record.row.place) == identity:
                return index
        return QModelIndex()

    # ------------------------------------------------------------------ one row
    def _show_row(self) -> None:
        record = self.table.current_record()
        if record is None or self._case is None:
            self.facts.show_no_record(self.table.courses.row(self.table.currentIndex()))
            self.decisions.show_record(None, "")
            self.evidence.clear()
            return
        own = self.facts.show_record(
            record,
            plan=self._case.plan,
            employee_id=self._person,
            asked=[other_words(one, record) for one in self._questions(record)],
            elsewhere=self._case.elsewhere.get(record.key, ()),
        )
        self.decisions.show_record(record, own)
        self.evidence.show_record(record, deciding_fields(record))
        self._same_timer.start()

    # ------------------------------------------------- two readings of one course
    def _questions(self, record: RecordVerdict) -> list[Resubmission]:
        """What is asked about a record and another of its course."""
        if self._case is None:
            return []
        place = record.row.place
        return [
            one
            for one in self._case.questions
            if place in (one.earlier.row.place, one.later.row.place)
        ]

    def answer_other_reading(self) -> None:
        """Ask whether this row corrects another of its course, or the other way round."""
        dialog = self.correcting_dialog()
        if dialog is not None:
            dialog.open()

    def correcting_dialog(self) -> CorrectingDialog | None:
        """The dialog for the current row; None when nothing is asked about it."""
        record = self.table.current_record()
        pairs = self._questions(record) if record is not None else []
        if not pairs:
            self.noted.emit("info", "這一列沒有時間不同的另一份紀錄要問。")
            return None
        dialog = CorrectingDialog(pairs, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(self._answer_reading)
        return dialog

    def _answer_reading(self, pairs, answer: SuccessionAnswer, reason: str) -> None:
        services = self.services
        act = (
            services.replace_forerunners
            if answer is SuccessionAnswer.REPLACES
            else services.keep_both
        )
        self.operations.run_write(
            lambda report: act(pairs, reason=reason),
            lambda change: self.done.emit(f"已{answer.words}。"),
            words=answer.words,
            owner=self,
        )

    # ---------------------------------------------------------------- decisions
    def _decide(self, kind: DecisionKind, reason: str) -> None:
        record = self.table.current_record()
        if record is None:
            return
        self._aim_at_next(record.key)
        services, plan_id, key = self.services, self.plan_id, record.key
        self.operations.run_write(
            lambda report: services.decide(plan_id, [key], kind=kind, reason=reason),
            lambda change: self._decided(),
            words=kind.word,
            owner=self,
        )

    def _aim_at_next(self, record_key: str) -> None:
        """Say where to go once the decision is stored: the next row that needs one."""
        if not self.advances:
            self._wanted_record = record_key
            return
        keys = [self.table.courses.row(i).record.key for i in self.table.rows_needing_decision()]
        rest = [key for key in keys if key != record_key]
        after = keys[keys.index(record_key) + 1 :] if record_key in keys else rest
        if rest:
            self._wanted_record = (after or rest)[0]
            return
        row = self.queue.view.currentIndex().row()
        following = self.queue.model.shown[row + 1 :]
        someone = next((e.employee_id for e in following if e.undecided), "")
        self._waits_for_next = someone
        if not someone:
            self._wanted_record = record_key

    @property
    def advances(self) -> bool:
        """Whether an act goes on to the next row that needs one."""
        return str(self.context.settings.value("review/advances", "true")) != "false"

    def _decided(self) -> None:
        self.table.setFocus()

    def follow(self, change: ChangeSet) -> None:
        """Evaluate again after anything a verdict stands on has changed."""
        if not change.areas & (FACTS | {Area.DECISIONS}):
            return
        self._same.clear()
        if change.areas & FACTS:
            self.stale.is_due = True
        else:
            self.stale.keep_own()
        self.reload()
        self._read_recent()

    def _read_recent(self) -> None:
        services, plan_id = self.services, self.plan_id
        if plan_id:
            self.operations.run_read(
                lambda report: services.recent_reasons(plan_id),
                self.decisions.show_recent,
                owner=self,
                latest="recent",
            )

    # ---------------------------------------------------------------- same reason
    def _worst_code(self) -> ReasonCode | None:
        record = self.table.current_record()
        if record is None or not record.findings:
            return None
        return max(record.findings, key=lambda finding: finding.severity).code

    def _count_same(self) -> None:
        code = self._worst_code()
        if code is None:
            return
        if code in self._same:
            self.decisions.show_same(len(self._same[code]))
            return
        services, plan_id = self.services, self.plan_id

        def show(rows) -> None:
            self._same[code] = tuple(rows)
            if self._worst_code() is code:
                self.decisions.show_same(len(rows))

        self.operations.run_read(
            lambda report: services.same_reason_rows(plan_id, code),
            show,
            owner=self,
            latest="same-reason",
        )

    def open_same_reason(self) -> None:
        """List every row with this reason, then decide on them with one written reason."""
        code = self._worst_code()
        if code is None:
            return
        services, plan_id = self.services, self.plan_id
        self.operations.run_read(
            lambda report: (
                services.same_reason_rows(plan_id, code),
                services.recent_reasons(plan_id),
            ),
            lambda found: self._open_same(code, *found),
            words="找同一個原因的列",
            owner=self,
        )

    def _open_same(self, code: ReasonCode, rows, recent) -> None:
        ticked = self.queue.model.ticked
        if ticked:
            rows = [row for row in rows if row.employee_id in ticked]
        if not rows:
            self.noted.emit("info", f"沒有其他「{CHIPS[code]}」的列要決定。")
            return
        dialog = SameReasonDialog(CHIPS[code], rows, recent=recent, parent=self)
        dialog.decided.connect(self._decide_many)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _decide_many(self, kind: DecisionKind, keys: Any, reason: str) -> None:
        services, plan_id = self.services, self.plan_id
        self.operations.run_write(
            lambda report: services.decide(plan_id, list(keys), kind=kind, reason=reason),
            lambda change: self.done.emit(f"已{kind.word} {len(keys)} 列。"),
            words=f"{kind.word} {len(keys)} 列",
            owner=self,
        )

    def _show_clause(self, reason: Reason) -> None:
        if reason.chip == OTHER_READING:
            self.answer_other_reading()
            return
        if reason.chip == CORRECTED:
            self._show_forerunner(reason)
            return
        if self._case is None or reason.state == "decided":
            return
        if reason.clause == OWN_RULE:
            words = f"{OWN_RULE}：這項檢查沒有條文，是本程式自己的規則。{reason.sentence}"
        else:
            words = f"《{self._case.plan.title}》{reason.clause}「{reason.quotation}」"
        self.noted.emit("info", words)

    def _show_forerunner(self, reason: Reason) -> None:
        """Show the original of the reading that the current row replaced."""
        record = self.table.current_record()
        if record is None:
            return
        for one in record.forerunners:
            if corrected_words(one) == reason.sentence:
                self.evidence.show_record(replace(record, row=one.row), deciding_fields(record))

    # ------------------------------------------------------------------- moving
    def go_to_needing(self, step: int) -> None:
        """Go to the next (or previous) row that needs a decision, across people."""
        order = list(self.table.courses.record_indexes())
        current = self.table.currentIndex().siblingAtColumn(0)
        position = order.index(current) if current in order else -1
        needing = self.table.rows_needing_decision()
        places = [order.index(index) for index in needing]
        ahead = [p for p in places if (p > position if step > 0 else p < position)]
        if ahead:
            self.table.go_to(order[ahead[0] if step > 0 else ahead[-1]])
            return
        row = self.queue.view.currentIndex().row()
        people = self.queue.model.shown
        others = people[row + 1 :] if step > 0 else people[: max(row, 0)][::-1]
        someone = next((e.employee_id for e in others if e.undecided), "")
        if someone:
            self.queue.go_to(someone)
        else:
            self.noted.emit("info", "這個方向沒有要決定的列了。")

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

    def open_original(self) -> None:
        """Show the original in a window of its own."""
        record = self.table.current_record()
        if record is None:
            return
        if self._evidence_window is None:
            self._evidence_window = QDialog(self, Qt.WindowType.Window)
            self._evidence_window.resize(900, 700)
            column = QVBoxLayout(self._evidence_window)
            column.setContentsMargins(0, 0, 0, 0)
            self._apart = EvidencePane(self.services, self.operations, series="original-apart")
            self._apart.plan_id = self.plan_id
            column.addWidget(self._apart)
        self._evidence_window.setWindowTitle(f"原件 {record.row.place.file_name}")
        self._apart.show_record(record, deciding_fields(record))
        self._evidence_window.show()
        self._evidence_window.raise_()

    def correct_readings(self) -> None:
        """Open the desk beside the original on the chosen row's doubtful readings."""
        if self._arrangement is not Width.WIDE:
            self.tabs.setCurrentIndex(1)
        if not self.evidence.correct_readings():
            self.noted.emit("info", "這一列沒有存疑的辨識。")

    def explain_reason(self) -> None:
        """Open the handbook at the chosen reason of the current row."""
        self.helped.emit(self.reasons.place or VERDICTS)

    def help_place(self, focus: QWidget | None) -> str:
        """The chosen reason's place while the reasons have the keyboard."""
        return self.reasons.place if focus is self.reasons else ""

    # ------------------------------------------------------------------- window
    def receive(self, thing: object) -> None:
        """Show a person found by the search."""
        if isinstance(thing, str):
            self._person = ""
            self.queue.go_to(thing)
            self._show_person(thing)

    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("下一列要決定的", lambda: self.go_to_needing(1), "F8"),
            Command("上一列要決定的", lambda: self.go_to_needing(-1), "Shift+F8"),
            Command("下一人", self._next_person, "Ctrl+PgDown"),
            Command("上一人", self._previous_person, "Ctrl+PgUp"),
            Command("採計", self.decisions.accept_button.click, ""),
            Command("不採計", self.decisions.refuse_button.click, ""),
            Command("請補正", self.decisions.correct_button.click, ""),
            Command("同因一次決定…", self.open_same_reason, ""),
            Command("寫理由", self._write_reason, ""),
            Command("為什麼是這個判定", self.explain_reason, "Shift+F1"),
            Command("理由範本…", self.templates.open, ""),
            Command("另開視窗看原件", self.open_original, "Alt+O"),
            Command("更正這一列的辨識…", self.correct_readings),
            Command("另有一份：是更正還是都算數…", self.answer_other_reading),
            Command("下一個窗格", lambda: self.next_pane(1), "F6"),
            Command("上一個窗格", lambda: self.next_pane(-1), "Shift+F6"),
            Command("重新審核", self.reload, "F5"),
            Command("決定後到下一列，或停在原列", self.toggle_advance),
            Command("到篩選", self.queue.units.setFocus, "Ctrl+F"),
        )

    def _next_person(self) -> None:
        self.queue.step(1)

    def _previous_person(self) -> None:
        self.queue.step(-1)

    def toggle_advance(self) -> None:
        """Go on after an act, or stay on its row."""
        self.context.settings.setValue("review/advances", "false" if self.advances else "true")
        words = (
            "以後決定完會到下一列要決定的。" if self.advances else "以後決定完會停在原來那一列。"
        )
        self.noted.emit("info", words)

    def _write_reason(self) -> None:
        self.decisions.reason.setFocus()

    def keyPressEvent(self, event) -> None:
        """Enter on the table goes to the reason."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._write_reason()
        else:
            super().keyPressEvent(event)

    def primary_focus(self) -> QWidget | None:
        """The course table."""
        return self.table

    def save_state(self) -> None:
        """Remember the panes for this class of width."""
        super().save_state()
        key = f"review/splitter/{self._width_class}"
        self.context.settings.setValue(key, self.splitter.saveState())
