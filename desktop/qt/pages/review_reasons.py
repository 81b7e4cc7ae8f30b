"""Reasons of a row in 審核: why it is judged so, each with its clause."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
)

from desktop.domain.moments import roc_moment
from desktop.domain.verdicts import RecordVerdict
from desktop.qt.help_places import REASONS, reason_place
from desktop.qt.icons import paint_icon
from desktop.qt.models.courses import SEVERITY_STATES
from desktop.qt.theme import line_height, look, ui_metrics
from desktop.qt.tokens import tokens
from desktop.qt.widgets import paint
from desktop.services.resubmitting import forerunner_words, reading_words

if TYPE_CHECKING:
    from desktop.domain.successions import Forerunner
    from desktop.services.resubmitting import Resubmission
    from desktop.services.wording import Explanation


OWN_RULE = "程式規則"


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
    return _laid_out_in(reason, width, line_height("body"))


@lru_cache(maxsize=512)
def _laid_out_in(reason: Reason, width: float, _height: float) -> _Laid:
    """The same, kept for one height of text: a list asks at each size, hover and painting."""
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
    fits = bisect_right(
        range(1, len(text)), width, key=lambda count: metrics.horizontalAdvance(text[:count])
    )
    cut = max(fits, 1)
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
