"""審核, the workbench: queue at the left, facts in the middle, the original at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.readings import RowIdentity
from desktop.domain.verdicts import DecisionKind
from desktop.qt.dialogs.correcting import CorrectingDialog
from desktop.qt.help_places import VERDICTS
from desktop.qt.models.queue import QueueTab
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.reasons_desk import ReasonsDesk
from desktop.qt.pages.review_corrections import CorrectionsDesk
from desktop.qt.pages.review_facts import deciding_fields
from desktop.qt.pages.review_layout import Width
from desktop.qt.pages.review_panes import ReviewPanes
from desktop.qt.pages.review_reasons import (
    CORRECTED,
    OTHER_READING,
    OWN_RULE,
    Reason,
    corrected_words,
    other_words,
)
from desktop.qt.pages.review_same import SameReasonDesk
from desktop.qt.tokens import size
from desktop.qt.widgets.evidence import EvidencePane
from desktop.qt.widgets.timeline_geometry import Item, ItemKind

if TYPE_CHECKING:
    from desktop.services.verifying import Case

FACTS = {
    Area.EVIDENCE,
    Area.ROSTER,
    Area.ATTENDANCE,
    Area.CALENDAR,
    Area.AGENCY,
    Area.PLANS,
}


class ReviewPage(ReviewPanes):
    """Decide on what the program could not, or was wrong about."""

    name = "review"
    caption = "審核"
    icon = "clipboard_task"
    help_words = (
        "左邊選人，中間看各套課程的判定，選一列就在下面看見它和上班時間的關係、原因與條文，"
        "右邊是原件上的那一列。"
        "F8 到下一列要決定的；Alt+A 採計、Alt+R 不採計、Alt+C 請補正、"
        "Alt+B 同因一次決定，Alt+W 寫理由；"
        "Ctrl+PgDn、Ctrl+PgUp 換人；F6 換區；Ctrl+Z 復原。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case: Case | None = None
        self._person = ""
        self._wanted_record = ""
        self._waits_for_next = ""
        self._evidence_window: QDialog | None = None
        self.same = SameReasonDesk(
            self,
            record=self.table.current_record,
            ticked=lambda: self.queue.model.ticked,
            counted=self.decisions.show_same,
        )
        self.corrections = CorrectionsDesk(
            self, record=self.table.current_record, case=lambda: self._case
        )
        self.templates = ReasonsDesk(
            self, changed=self._read_recent, words=lambda: self.decisions.reason.currentText()
        )
        self.queue.person_chosen.connect(self._show_person)
        self.evidence.opened_apart.connect(self.open_original)
        self.table.row_chosen.connect(self._show_row)
        self.facts.clause_wanted.connect(self._show_clause)
        self.reasons.why_wanted.connect(self.helped)
        self.strip.item_opened.connect(self._open_day)
        self.decisions.decided.connect(self._decide)
        self.decisions.same_wanted.connect(self.open_same_reason)

    def _open_day(self, item: Item) -> None:
        """Show the day of a bar on the timeline where its entries can be looked at."""
        if item.kind in (ItemKind.ATTENDANCE, ItemKind.DUTY) and self._person:
            self.asked.emit("duty", (self._person, item.moment.date()))

    # ------------------------------------------------------------------ reading
    def show_plan(self, plan_id: str) -> None:
        """Read the queue under another plan."""
        super().show_plan(plan_id)
        self._person = ""
        self.same.forget()
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
        self.decisions.show_given(one for entry in entries for one in entry.given)
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
            asked=[other_words(one, record) for one in self.corrections.questions(record)],
            elsewhere=self._case.elsewhere.get(record.key, ()),
        )
        self.decisions.show_record(record, own)
        self.evidence.show_record(record, deciding_fields(record))
        self.same.look()

    def correcting_dialog(self) -> CorrectingDialog | None:
        """The question about the current row; None when nothing is asked about it."""
        return self.corrections.dialog()

    def open_same_reason(self) -> None:
        """Decide on every row with this row's reason."""
        self.same.open()

    def answer_other_reading(self) -> None:
        """Ask whether this row corrects another of its course, or the other way round."""
        dialog = self.correcting_dialog()
        if dialog is not None:
            dialog.open()

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
        self.same.forget()
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
            Command("採計", self.decisions.accept_button.click, keys="Alt+A"),
            Command("不採計", self.decisions.refuse_button.click, keys="Alt+R"),
            Command("請補正", self.decisions.correct_button.click, keys="Alt+C"),
            Command("同因一次決定…", self.open_same_reason, keys="Alt+B"),
            Command("寫理由", self._write_reason, keys="Alt+W"),
            Command("為什麼是這個判定", self.explain_reason, "Shift+F1"),
            Command("理由範本…", self.templates.open, ""),
            Command("另開視窗看原件", self.open_original, "Alt+O"),
            Command("更正這一列的辨識…", self.correct_readings),
            Command("另有一份：是更正還是都算數…", self.answer_other_reading),
            Command("重新審核", self.reload, "F5"),
            Command("決定後到下一列，或停在原列", self.toggle_advance),
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

    def focus_filter(self) -> bool:
        """The queue's filter of units."""
        self.queue.units.setFocus()
        return self.queue.units.isVisible()

    def primary_focus(self) -> QWidget | None:
        """The course table."""
        return self.table
