"""The facts of one record: title, timeline, lens, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.findings import (
    DutyFact,
    End,
    LimitFact,
    PersonalLeaveFact,
    ReasonCode,
    UncertainFact,
)
from desktop.domain.plan import OffDutyCheck, Plan
from desktop.domain.verdicts import RecordVerdict
from desktop.qt.help_places import REASONS
from desktop.qt.models.courses import CourseRow
from desktop.qt.operations import Operations
from desktop.qt.pages.review_reasons import (
    CORRECTED,
    ELSEWHERE,
    OTHER_READING,
    Reason,
    ReasonList,
    reasons_of,
)
from desktop.qt.services import Services
from desktop.qt.widgets.basics import ElidedLabel, label, pane
from desktop.qt.widgets.lens import Lens, lens_view
from desktop.qt.widgets.timeline import TimelineStrip

if TYPE_CHECKING:
    from desktop.services.timeline import Timeline

_OPENED = (OTHER_READING, CORRECTED)
TITLE_HEIGHT = 34
LEAST_REASONS = 72
LEAST_STRIP = 60
NOTHING_AGAINST = "沒有不符的地方，合於規定。"
ALL_WELL = {
    OffDutyCheck.START_AND_END: "起迄都在公餘，合於規定。",
    OffDutyCheck.COMPLETION: "完成時間在公餘，合於規定。",
}


class FactsPane(QFrame):
    """What a verdict stands on, all in sight without a click.

    Attributes:
        resized: The facts need another height.
        clause_wanted: A reason whose clause the clerk wants to read.
    """

    resized = Signal()
    clause_wanted = Signal(object)

    def __init__(self, services: Services, operations: Operations) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._services, self._operations = services, operations
        self._shown_key = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = pane("head")
        line.setFixedHeight(1)
        column.addWidget(line)
        title = QHBoxLayout()
        title.setContentsMargins(12, 4, 12, 2)
        self.title = ElidedLabel("", "strong")
        title.addWidget(self.title, 1)
        column.addLayout(title)
        column.addWidget(self._make_strip())
        self.note = label("", "secondary", wraps=True)
        self.note.setContentsMargins(12, 2, 12, 4)
        self.note.hide()
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 12, 4)
        row.setSpacing(8)
        self.reasons = ReasonList()
        self.reasons.activated.connect(self._open_clause)
        row.addWidget(self.reasons, 1)
        self.lens = Lens()
        row.addWidget(self.lens, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)

    def _make_strip(self) -> QWidget:
        self.strip = TimelineStrip()
        holder = QWidget()
        holder.setObjectName("scrolled")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(12, 0, 12, 2)
        inside.addWidget(self.strip)
        inside.addStretch()
        self.strip_area = QScrollArea()
        self.strip_area.setWidgetResizable(True)
        self.strip_area.setFrameShape(QFrame.Shape.NoFrame)
        self.strip_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strip_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.strip_area.setWidget(holder)
        return self.strip_area

    # ------------------------------------------------------------------ content
    def show_record(
        self,
        record: RecordVerdict,
        *,
        plan: Plan,
        employee_id: str,
        asked: Sequence[str] = (),
        elsewhere: Sequence[str] = (),
    ) -> str:
        """Show a record; the timeline follows when it is read.

        Args:
            record: The record.
            plan: What it was judged under.
            employee_id: Whose it is.
            asked: Questions about it that the clerk answers in a dialog.
            elsewhere: Sentences on other plans under which it passed.

        Returns:
            The worst finding's sentence, empty without findings.
        """
        explanations = tuple(self._services.explain(record))
        questions = tuple(
            Reason("review", OTHER_READING, words, "", "", f"{REASONS}#other-reading")
            for words in asked
        )
        others = tuple(
            Reason("info", ELSEWHERE, words, "", "", f"{REASONS}#elsewhere") for words in elsewhere
        )
        self.reasons.show_reasons(
            (*questions, *reasons_of(record, explanations, fine_words(record, plan)), *others)
        )
        self.title.setText(record.course)
        self.lens.show_view(lens_view(record.findings, width=max(self.strip.width(), 320)))
        self._shown_key = record.key
        services, plan_id = self._services, plan.id
        self._operations.run_read(
            lambda report: services.timeline(plan_id, employee_id, record.key),
            lambda line: self._show_timeline(record.key, line),
            words="讀取時間軸",
            owner=self,
            latest="timeline",
            on_failure=self._no_timeline,
        )
        self.resized.emit()
        return explanations[0].sentence if explanations else ""

    def show_no_record(self, row: CourseRow | None) -> None:
        """Say that a course has no record yet, or show nothing."""
        self._shown_key = ""
        self.title.setText(row.course if row is not None else "")
        self.strip.show_timeline(None)
        self._say("還沒有這門課的學習紀錄。" if row is not None else "")
        self.reasons.show_reasons(())
        self.lens.show_view(None)
        self.resized.emit()

    def _show_timeline(self, record_key: str, line: Timeline) -> None:
        if record_key != self._shown_key:
            return
        self.strip.show_timeline(line)
        self.title.setText(line.title)
        self._say(line.note)
        self.resized.emit()

    def _no_timeline(self, sentence: str) -> None:
        self.strip.show_timeline(None)
        self._say(sentence)
        self.resized.emit()

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _open_clause(self, index: QModelIndex) -> None:
        reason: Reason | None = self.reasons.chosen(index)
        if reason is not None and (reason.clause or reason.chip in _OPENED):
            self.clause_wanted.emit(reason)

    # ------------------------------------------------------------------- height
    def take_height(self, most: int) -> int:
        """Share a height between strip and reasons; returns how much is used.

        The reasons give way to their 72 px first, then the strip scrolls.

        Args:
            most: What the table can spare.
        """
        reasons = self.reasons.wanted_height()
        strip = self.strip.sizeHint().height() + 4
        note = self.note.sizeHint().height() if not self.note.isHidden() else 0
        room = most - TITLE_HEIGHT - note - reasons
        if room < strip:
            given = min(strip - room, reasons - LEAST_REASONS)
            reasons, room = reasons - given, room + given
        shown = max(min(strip, room), min(strip, LEAST_STRIP))
        self.reasons.setFixedHeight(reasons)
        self.strip_area.setFixedHeight(shown)
        return TITLE_HEIGHT + note + reasons + shown


def fine_words(record: RecordVerdict, plan: Plan) -> str:
    """What to say of a record without findings: of off-duty time only where it was checked.

    Bare dates pass only where no off-duty time is checked: nothing is claimed of it.
    """
    if not record.row.shows_times:
        return NOTHING_AGAINST
    return ALL_WELL.get(plan.off_duty_check, NOTHING_AGAINST)


def deciding_fields(record: RecordVerdict) -> frozenset[str]:
    """The fields that decide a record's findings, to be marked beside the original."""
    found: set[str] = set()
    for finding in record.findings:
        for fact in finding.facts:
            if isinstance(fact, DutyFact | UncertainFact | PersonalLeaveFact | LimitFact):
                found.add("起" if fact.end is End.START else "迄")
        field = {
            ReasonCode.NOT_PASSED: "通過狀態",
            ReasonCode.HOURS_MISMATCH: "認證時數",
            ReasonCode.READING_EXCEEDS_SPAN: "閱讀時數",
            ReasonCode.NAME_UNCERTAIN: "課程名稱",
            ReasonCode.SCORE_TOO_LOW: "測驗",
            ReasonCode.QUESTIONNAIRE_NOT_DONE: "問卷",
            ReasonCode.HOURS_NOT_UPLOADED: "終身學習時數上傳狀態",
        }.get(finding.code)
        if field:
            found.add(field)
    return frozenset(found)
