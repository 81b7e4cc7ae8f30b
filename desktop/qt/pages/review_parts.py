"""Parts of 審核: the person's line, the course table, reasons, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QToolButton,
    QTreeView,
    QVBoxLayout,
)

from desktop.domain.moments import roc_moment
from desktop.domain.verdicts import DecisionKind, RecordVerdict, Verdict
from desktop.qt.help_places import REASONS, reason_place
from desktop.qt.icons import paint_icon
from desktop.qt.models.courses import SEVERITY_STATES, Column, CourseModel
from desktop.qt.pages.review_benefits import head_benefits
from desktop.qt.term_words import word_tip
from desktop.qt.theme import look, ui_metrics
from desktop.qt.tokens import size, tokens
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import ElidedLabel, button, label, set_accent, tint
from desktop.qt.widgets.delegates import GroupedDelegate
from desktop.services.resubmitting import forerunner_words, reading_words
from desktop.services.wording import CREDIT_WORDS, hours_words

if TYPE_CHECKING:
    from desktop.domain.successions import Forerunner
    from desktop.services.resubmitting import Resubmission
    from desktop.services.verifying import Case
    from desktop.services.wording import Explanation


OWN_RULE = "程式規則"
TIER_WORDS = ("簡任", "薦任", "委任")


class PersonLine(QFrame):
    """Whose case it is, and what it comes to."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paneHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.queue_button = QToolButton()
        tint(self.queue_button, "chevron_down_12_regular")
        self.queue_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.queue_button.setText("名單")
        self.queue_button.setAccessibleName("打開審核名單")
        self.queue_button.hide()
        row.addWidget(self.queue_button)
        self.name = label("", "subtitle")
        row.addWidget(self.name)
        self.facts = ElidedLabel("", "secondary")
        row.addWidget(self.facts, 1)
        self._labels = []
        for caption in ("補休", "嘉獎"):
            head, value = label(caption, "secondary"), label("", "strong")
            row.addWidget(head)
            row.addWidget(value)
            self._labels.append((head, value))
            if caption == "補休":
                row.addSpacing(10)
        self.show_case(None)

    def show_case(self, case: Case | None) -> None:
        """Show another person, or nobody."""
        for head, value in self._labels:
            head.setVisible(case is not None)
            value.setVisible(case is not None)
        if case is None:
            self.name.setText("")
            self.facts.setText("")
            return
        person = case.verdict.person
        tier = next((word for word in TIER_WORDS if word in person.rank), "")
        parts = [person.employee_id, person.unit, person.title, tier, case.pattern_words]
        if case.verdict.is_eligible is False:
            parts.append("不在適用對象")
        self.name.setText(person.name)
        self.facts.setText("　".join(part for part in parts if part))
        credit = case.verdict.credit
        shown = head_benefits(case)
        if credit is not None:  # the reason is too long for the line
            recognised = f"採認 {hours_words(credit.recognised_hours)} 時"
            shown = (("時數", recognised), ("", CREDIT_WORDS[credit.state]))
        for number, (head, value) in enumerate(self._labels):
            caption, words = shown[number] if number < len(shown) else ("", "")
            head.setText(caption)
            head.setToolTip(word_tip(caption))
            value.setText(words)
            value.setToolTip(case.credit_words)


class CourseTable(QTreeView):
    """Sets and courses; ← → fold, the selected row drives the panes.

    Attributes:
        row_chosen: Another course is current.
    """

    row_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.courses = CourseModel(self)
        self.setModel(self.courses)
        self.setItemDelegate(GroupedDelegate(self, keeps_blue=True))
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setExpandsOnDoubleClick(True)
        self.setAccessibleName("各套課程")
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(28)
        self._fit_columns()
        header.setSectionResizeMode(Column.COURSE, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(lambda *_: self.row_chosen.emit())
        self.clicked.connect(self._clicked)

    def _fit_columns(self) -> None:
        """Widths by the text they hold: times are never cut, names give way."""
        body, strong = ui_metrics("body"), ui_metrics("strong")
        time = body.horizontalAdvance("03-17 07:05:33") + 14
        widths = {
            Column.VERDICT: strong.horizontalAdvance("待確認") + 36,
            Column.NUMBER: body.horizontalAdvance("10") + 16,
            Column.HOURS: body.horizontalAdvance("時數") + 14,
            Column.START: time,
            Column.END: time,
            Column.REASONS: paint.chip_width("與加班重疊") + 22,
        }
        for column, width in widths.items():
            self.header().resizeSection(column, round(width))

    def show_case(self, case: Case | None, *, opens_all: bool) -> None:
        """Show another person; what needs work is open, finished sets are folded."""
        self.courses.show_case(case)
        groups = self.courses.groups
        needing = [n for n, group in enumerate(groups) if not group.is_finished]
        for number in range(len(groups)):
            place = self.courses.index(number, 0)
            self.setFirstColumnSpanned(number, QModelIndex(), True)
            self.setExpanded(place, opens_all or number in needing or (not needing and number == 0))

    def go_to(self, index: QModelIndex) -> None:
        """Make a course current and bring it into sight."""
        if index.isValid():
            self.setExpanded(index.parent(), True)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def current_record(self) -> RecordVerdict | None:
        """The record of the current row, if it has one."""
        row = self.courses.row(self.currentIndex())
        return row.record if row is not None else None

    def rows_needing_decision(self) -> list[QModelIndex]:
        """The rows a person must still look at, in order."""
        return [
            index
            for index in self.courses.record_indexes()
            if (row := self.courses.row(index)) is not None and row.needs_decision
        ]

    def _clicked(self, index: QModelIndex) -> None:
        if index.isValid() and not index.parent().isValid():
            place = index.siblingAtColumn(0)
            self.setExpanded(place, not self.isExpanded(place))

    def keyPressEvent(self, event) -> None:
        """Copy as cells; fold with ← and →."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(index)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and index.isValid():
            group = index.parent() if index.parent().isValid() else index.siblingAtColumn(0)
            self.setExpanded(group, event.key() == Qt.Key.Key_Right)
            if event.key() == Qt.Key.Key_Left:
                self.setCurrentIndex(group)
        else:
            super().keyPressEvent(event)

    def _copy(self, index: QModelIndex) -> None:
        row = self.courses.row(index)
        if row is not None:
            cells = [self.courses.cell_words(row, column) for column in Column]
            QGuiApplication.clipboard().setText("\t".join(cells))


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as the list shows it; ``place`` is where the handbook explains it."""

    state: str
    chip: str
    sentence: str
    clause: str
    quotation: str
    place: str = ""


OTHER_READING = "另有一份"
"""What a question about two readings of one course is called; to open it answers it."""


CORRECTED = "更正"
"""What a reading that was replaced is called; to open it shows its original."""


WHY = "為什麼？"
"""The link of each reason to the handbook."""


ELSEWHERE = "他計畫"
"""What a record is marked with that passed under another plan too."""


def other_words(pair: Resubmission, record: RecordVerdict) -> str:
    """The question about a record and another reading of its course."""
    is_later = pair.later.row.place == record.row.place
    other = pair.earlier if is_later else pair.later
    return f"{reading_words(other.row)}。是更正，還是兩列都算數？按兩下回答。"


def corrected_words(one: Forerunner) -> str:
    """What a record says of a reading that it replaced."""
    return f"{forerunner_words(one)}（按兩下看前一份原件）"


def reasons_of(
    record: RecordVerdict | None, explanations: Sequence[Explanation], fine: str
) -> tuple[Reason, ...]:
    """The clerk's decision first, then every finding, worst first.

    Args:
        record: The record shown.
        explanations: Its findings in words.
        fine: What to say when nothing was found.
    """
    if record is None:
        return ()
    shown: list[Reason] = []
    for decision, is_outdated in ((record.decision, False), (record.outdated_decision, True)):
        if decision is None:
            continue
        words = f"理由：{decision.reason}"
        if is_outdated:
            words = f"決定之後資料有變動，請再看一次。{words}"
        who = f"{decision.decided_by} {roc_moment(decision.decided_at)[:-3]}"
        chip = f"先前{decision.kind.word}" if is_outdated else decision.kind.word
        shown.append(Reason("decided", chip, words, who, "", f"{REASONS}#decided"))
    shown += [
        Reason("info", CORRECTED, corrected_words(one), "", "", f"{REASONS}#corrected")
        for one in record.forerunners
    ]
    shown += [
        Reason(
            SEVERITY_STATES[e.severity],
            e.chip,
            e.sentence,
            e.clause,
            e.quotation,
            reason_place(e.finding.code),
        )
        for e in explanations
    ]
    if not explanations:
        shown.append(Reason("pass", "通過", fine, "", "", f"{REASONS}#passed"))
    return tuple(shown)


class _ReasonModel(QAbstractListModel):
    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.reasons: tuple[Reason, ...] = ()

    def show_reasons(self, reasons: tuple[Reason, ...]) -> None:
        self.beginResetModel()
        self.reasons = reasons
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.reasons)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        if not index.isValid():
            return None
        reason = self.reasons[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{reason.chip}：{reason.sentence} {reason.clause} {reason.quotation}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{reason.sentence}\n{reason.clause} {reason.quotation}".strip()
        return None


class _ReasonDelegate(QStyledItemDelegate):
    """Sentence with its strong first word, then the clause with its quotation."""

    def sizeHint(self, option, index) -> QSize:
        view = self.parent()
        reason = index.model().reasons[index.row()]
        lines = _laid_out(reason, view.viewport().width() - 48).lines
        height = paint.text_height("body") * lines + 6
        if reason.clause:
            height += paint.text_height("caption")
        return QSize(100, round(height))

    def paint(self, painter: QPainter, option, index) -> None:
        painter.save()
        view = self.parent()
        if paint.is_selected(option) and view.hasFocus():
            painter.fillRect(option.rect, look().colour("surface.row_selected"))
        reason = index.model().reasons[index.row()]
        rect = QRectF(option.rect).adjusted(12, 3, -8, -2)
        colour = look().colour(f"verdict.{reason.state}")
        line = paint.text_height("body")
        icon = QRectF(rect.left(), rect.top() + line / 2 - 8, 16, 16)
        paint_icon(painter, icon, tokens().icons[reason.state], colour)
        left = icon.right() + 8
        upper = QRectF(left, rect.top(), rect.right() - left, line)
        used = paint.words(painter, upper, reason.chip, step="strong")
        rest = upper.adjusted(used + 8, 0, 0, 0)
        laid = _laid_out(reason, upper.width())
        paint.words(painter, rest, laid.first)
        if laid.second:
            lower = QRectF(left, rect.top() + line, rect.right() - left, line)
            paint.words(painter, lower, laid.second)
        y = rect.top() + line * laid.lines
        why = why_rect(option.rect, reason)
        if reason.place:
            paint.words(painter, why, WHY, step="caption", colour="text.link")
        if reason.clause:
            caption = paint.text_height("caption")
            end = why.left() - 8 if laid.why_line == laid.lines else rect.right()
            lower = QRectF(left, y, end - left, caption)
            is_own = reason.clause == OWN_RULE or reason.state == "decided"
            name = "text.secondary" if is_own else "text.link"
            used = paint.words(painter, lower, reason.clause, step="caption", colour=name)
            if reason.quotation:
                quotation = lower.adjusted(used + 8, 0, 0, 0)
                words = f"「{reason.quotation}」"
                paint.words(painter, quotation, words, step="caption", colour="text.secondary")
        painter.restore()


@dataclass(frozen=True, slots=True)
class _Laid:
    """A sentence in lines, and where its link stands: which line (the clause's last), how far."""

    first: str
    second: str
    lines: int
    why_line: int
    why_left: float


def _laid_out(reason: Reason, width: float) -> _Laid:
    """The link stands behind the sentence, or at the end of the clause where there is no room."""
    metrics = ui_metrics("body")
    strong = ui_metrics("strong").horizontalAdvance(reason.chip) + 8
    why = ui_metrics("caption").horizontalAdvance(WHY) + 14 if reason.place else 0
    first, second = _broken(reason.sentence, metrics, width - strong)
    last = (
        metrics.horizontalAdvance(second) if second else metrics.horizontalAdvance(first) + strong
    )
    lines = 2 if second else 1
    if last + why <= width:
        return _Laid(first, second, lines, lines - 1, last + 10)
    if reason.clause:
        return _Laid(first, second, lines, lines, width - why + 12)
    return _Laid(first, second, 2, 1, 0 if not second else width - why + 12)


def why_rect(row: QRectF | QRect, reason: Reason) -> QRectF:
    """Where the link stands in a row of the list.

    Args:
        row: The row's rectangle.
        reason: What the row shows.
    """
    left = row.left() + 12 + 16 + 8
    laid = _laid_out(reason, row.right() - 8 - left)
    line = paint.text_height("body")
    height = paint.text_height("caption") if laid.why_line == laid.lines else line
    width = ui_metrics("caption").horizontalAdvance(WHY) + 2
    return QRectF(left + laid.why_left, row.top() + 3 + laid.why_line * line, width, height)


def _broken(text: str, metrics: QFontMetricsF, width: float) -> tuple[str, str]:
    """The text in at most two lines; never before closing punctuation."""
    if metrics.horizontalAdvance(text) <= width:
        return text, ""
    cut = len(text)
    while cut > 1 and metrics.horizontalAdvance(text[:cut]) > width:
        cut -= 1
    while cut > 1 and text[cut] in "，。、；：）」？":
        cut -= 1
    return text[:cut], text[cut:]


class ReasonList(QListView):
    """Why the verdict is what it is.

    Attributes:
        why_wanted: The handbook is wanted at a reason's place.
    """

    why_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = _ReasonModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_ReasonDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName("原因與條文")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_reasons(self, reasons: tuple[Reason, ...]) -> None:
        """Show another record's reasons."""
        self._model.show_reasons(reasons)
        if reasons:
            self.setCurrentIndex(self._model.index(0))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What is shown."""
        return self._model.reasons

    def chosen(self, index: QModelIndex) -> Reason | None:
        """The reason of an index."""
        return self.reasons[index.row()] if index.isValid() else None

    def wanted_height(self) -> int:
        """Tall enough for its reasons, 72 at least, three reasons at most."""
        rows = range(min(self._model.rowCount(), 3))
        return max(72, sum(self.sizeHintForRow(row) for row in rows) + 8)

    @property
    def place(self) -> str:
        """Where the handbook explains the reason chosen; empty without one."""
        reason = self.chosen(self.currentIndex())
        return reason.place if reason is not None else ""

    def _why_at(self, point: QPoint) -> str:
        index = self.indexAt(point)
        reason = self.chosen(index)
        if reason is None or not why_rect(self.visualRect(index), reason).contains(point):
            return ""
        return reason.place

    def mouseMoveEvent(self, event) -> None:
        """Show a hand over a link."""
        is_link = bool(self._why_at(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event) -> None:
        """Follow a link."""
        place = self._why_at(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if place and event.button() == Qt.MouseButton.LeftButton:
            self.why_wanted.emit(place)

    def keyPressEvent(self, event) -> None:
        """Copy the sentence."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy) and index.isValid():
            QGuiApplication.clipboard().setText(self._model.data(index))
        else:
            super().keyPressEvent(event)


class DecisionBar(QFrame):
    """The reason in words and the four acts.

    Attributes:
        decided: An act was chosen: kind and reason.
        same_wanted: 同因: the same decision for all rows with this reason.
        left: Esc: back to the table.
    """

    decided = Signal(object, str)
    same_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._record: RecordVerdict | None = None
        self._own_reason = ""
        self._recent: tuple[str, ...] = ()
        self._is_offered = False
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 12, 7)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._label = label("理由(&W)")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reason.setMinimumWidth(110)
        self.reason.lineEdit().setPlaceholderText("理由（人工改判時必填）")
        self.reason.setAccessibleName("理由")
        self.reason.lineEdit().textEdited.connect(lambda _: self._set_error(""))
        self.reason.installEventFilter(self)
        self.reason.lineEdit().installEventFilter(self)
        self._label.setBuddy(self.reason)
        row.addWidget(self._label)
        row.addWidget(self.reason, 1)
        self.accept_button = button("採計(&A)")
        self.refuse_button = button("不採計(&R)")
        self.correct_button = button("請補正(&C)")
        self.same_button = button("同因…(&B)")
        for one, kind in (
            (self.accept_button, DecisionKind.ACCEPT),
            (self.refuse_button, DecisionKind.REFUSE),
            (self.correct_button, DecisionKind.CORRECTION),
        ):
            one.clicked.connect(lambda _=False, act=kind: self._act(act))
            row.addWidget(one)
        self.same_button.clicked.connect(self.same_wanted)
        row.addWidget(self.same_button)
        column.addLayout(row)
        self.error = label("", "caption")
        self.error.hide()
        column.addWidget(self.error)
        self.setMinimumHeight(size("decision_bar"))
        self.show_record(None, "")

    def eventFilter(self, watched, event) -> bool:
        """Esc goes back to the table unless the input method is composing."""
        if event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ content
    def show_record(self, record: RecordVerdict | None, own_reason: str) -> None:
        """Serve another record.

        Args:
            record: The record, None without.
            own_reason: The program's sentence, the reason of a refusal that follows it.
        """
        self._record = record
        self._own_reason = own_reason
        self._is_offered = False
        self.reason.setEditText("")
        self._set_error("")
        can_decide = record is not None and record.verdict is not None
        for one in (self.accept_button, self.refuse_button, self.correct_button):
            one.setEnabled(can_decide)
            one.setToolTip("" if can_decide else "選一列有學習紀錄的課程")
        self.reason.setEnabled(can_decide)
        is_fail = record is not None and record.verdict is Verdict.FAIL and record.decision is None
        set_accent(self.refuse_button, is_fail)
        self.show_same(0)

    def show_same(self, count: int) -> None:
        """Show how many rows carry the same reason."""
        words = f"同因 {count} 筆…(&B)" if count > 1 else "同因…(&B)"
        self.same_button.setText(words)
        has_findings = self._record is not None and bool(self._record.findings)
        self.same_button.setEnabled(has_findings)
        self.same_button.setToolTip("同一個原因的列一次決定" if has_findings else "這一列沒有原因")

    def show_recent(self, reasons: Sequence[str]) -> None:
        """Offer the last reasons."""
        self._recent = tuple(reasons)
        words = self.reason.currentText()
        self.reason.clear()
        self.reason.addItems(list(reasons[:30]))
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText(words)

    # ------------------------------------------------------------------- acting
    def _act(self, kind: DecisionKind) -> None:
        record = self._record
        if record is None or record.verdict is None:
            return
        words = self.reason.currentText().strip()
        if not words and kind is DecisionKind.REFUSE and record.verdict is Verdict.FAIL:
            words = self._own_reason
        if not words:
            self._ask(record)
            return
        self._set_error("")
        self.decided.emit(kind, words)

    def _ask(self, record: RecordVerdict) -> None:
        """Move to the reason; offer the last one, so that the same keys again accept it."""
        self.reason.setFocus()
        if record.verdict is not Verdict.FAIL and self._recent:
            self.reason.setEditText(self._recent[0])
            self.reason.lineEdit().selectAll()
            self._set_error("這是上次的理由；再按一次就用它，或改寫。", is_wrong=False)
        else:
            self._set_error("請先寫理由")

    def _set_error(self, words: str, *, is_wrong: bool = True) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))
        is_ringed = bool(words) and is_wrong
        if self.reason.property("error") != is_ringed:
            self.reason.setProperty("error", is_ringed)
            self.reason.style().unpolish(self.reason)
            self.reason.style().polish(self.reason)
