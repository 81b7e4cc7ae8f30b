"""The lens: forty minutes around the moment that decides, when it is close to a duty edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.findings import DutyFact, End, Finding, UncertainFact
from desktop.domain.moments import Span
from desktop.domain.verdicts import Verdict
from desktop.qt.theme import look, ui_font
from desktop.qt.widgets.timeline_geometry import lens_moment
from desktop.qt.widgets.timeline_painter import font_factor
from desktop.services.wording import length_words

WIDTH, HEIGHT = 176, 58
WINDOW = timedelta(minutes=40)


@dataclass(frozen=True, slots=True)
class LensView:
    """What the lens shows.

    Attributes:
        moment: The moment that decides.
        edge: The duty edge beside it.
        duty: The piece of duty the edge belongs to.
        end: Whether the moment is the course's start or end.
        state: Fail or review.
    """

    moment: datetime
    edge: datetime
    duty: Span
    end: End
    state: Verdict

    @property
    def shown(self) -> Span:
        """Forty minutes around the middle of both; more when they lie further apart."""
        middle = self.moment + (self.edge - self.moment) / 2
        half = max(WINDOW / 2, abs(self.edge - self.moment) * 0.75)
        return Span(middle - half, middle + half)


def lens_view(
    findings: tuple[Finding, ...], *, width: float, factor: float = 1.0
) -> LensView | None:
    """The deciding moment of a record's findings, when it is too close to an edge to be seen.

    Args:
        findings: Of one record.
        width: Of the timeline in px.
        factor: The timeline's font factor.
    """
    for finding in sorted(findings, key=lambda one: -one.severity):
        for fact in finding.facts:
            if isinstance(fact, DutyFact):
                duty, state = fact.segment.span, Verdict.FAIL
            elif isinstance(fact, UncertainFact):
                duty, state = fact.band.span, Verdict.REVIEW
            else:
                continue
            edge = lens_moment(fact.moment, (duty.start, duty.end), width=width, factor=factor)
            if edge is not None:
                return LensView(fact.moment, edge, duty, fact.end, state)
    return None


class Lens(QWidget):
    """Duty left or right, the edge, the moment, and a red arrow between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: LensView | None = None
        self.follow_text()
        self.hide()

    def follow_text(self) -> None:
        """Be as large as the text asks."""
        self._factor = font_factor(ui_font("caption"))
        self._font = ui_font("caption")
        self._font.setPointSizeF(self._font.pointSizeF() / self._factor)
        self.setFixedSize(QSize(round(WIDTH * self._factor), round(HEIGHT * self._factor)))

    def show_view(self, view: LensView | None) -> None:
        """Show another moment, or nothing."""
        self._view = view
        self.setVisible(view is not None)
        if view is not None:
            self.setAccessibleName(
                f"放大：{view.end.word} {view.moment:%H:%M:%S}，上班界線 {view.edge:%H:%M:%S}，"
                f"相差 {length_words(abs(view.edge - view.moment))}"
            )
            self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, event) -> None:
        """Paint the lens."""
        view = self._view
        if view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._factor, self._factor)
        painter.setFont(self._font)
        frame = QRectF(0.5, 0.5, WIDTH - 1, HEIGHT - 1)
        clip = QPainterPath()
        clip.addRoundedRect(frame, 4, 4)
        painter.fillPath(clip, look().colour("timeline.clear"))
        painter.save()
        painter.setClipPath(clip)
        self._paint_inside(painter, view)
        painter.restore()
        painter.setPen(QPen(look().colour("line.control"), 1))
        painter.drawPath(clip)

    def _paint_inside(self, painter: QPainter, view: LensView) -> None:
        shown = view.shown

        def x_of(moment: datetime) -> float:
            return WIDTH * ((moment - shown.start) / shown.length)

        colour = look().colour(f"verdict.{view.state.value}")
        moment, edge = x_of(view.moment), x_of(view.edge)
        course = QRectF(moment, 6, WIDTH, 10) if view.end is End.START else QRectF(0, 6, moment, 10)
        painter.fillRect(course, look().colour("timeline.span"))
        left, right = max(x_of(view.duty.start), -2.0), min(x_of(view.duty.end), WIDTH + 2.0)
        duty = QRectF(left, 20, right - left, 18)
        painter.fillRect(duty, look().colour("timeline.duty"))
        painter.setPen(look().colour("text.primary"))
        word = "彈性" if view.state is Verdict.REVIEW else "上班"
        sides = QRectF(0, 20, min(moment, edge), 18), QRectF(max(moment, edge), 20, WIDTH, 18)
        duty_is_left = view.edge == view.duty.end
        room = (
            sides[0] if duty_is_left else QRectF(sides[1].left(), 20, WIDTH - sides[1].left(), 18)
        )
        if painter.fontMetrics().horizontalAdvance(word) < room.width():
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)
        painter.setPen(QPen(look().colour("timeline.duty_line"), 2))
        painter.drawLine(QLineF(edge, 18, edge, 42))
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QLineF(moment, 4, moment, 42))
        self._arrow(painter, moment, edge)
        self._times(painter, view, moment, edge)

    def _arrow(self, painter: QPainter, moment: float, edge: float) -> None:
        left, right = sorted((moment, edge))
        y = 29.0
        if right - left < 8:
            return
        painter.drawLine(QLineF(left + 2, y, right - 2, y))
        for x, way in ((left + 2, 1), (right - 2, -1)):
            painter.drawLine(QLineF(x, y, x + 3 * way, y - 3))
            painter.drawLine(QLineF(x, y, x + 3 * way, y + 3))

    def _times(self, painter: QPainter, view: LensView, moment: float, edge: float) -> None:
        strong = QFont(self._font)
        strong.setWeight(strong.Weight.DemiBold)
        is_moment_left = moment < edge
        middle = (moment + edge) / 2
        left = QRectF(2, 41, middle - 6, 16)
        right = QRectF(middle + 4, 41, WIDTH - middle - 6, 16)
        painter.setFont(strong)
        painter.setPen(look().colour(f"verdict.{view.state.value}"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        near = flags | (
            Qt.AlignmentFlag.AlignRight if is_moment_left else Qt.AlignmentFlag.AlignLeft
        )
        far = flags | (
            Qt.AlignmentFlag.AlignLeft if is_moment_left else Qt.AlignmentFlag.AlignRight
        )
        painter.drawText(left if is_moment_left else right, near, f"{view.moment:%H:%M:%S}")
        painter.setFont(self._font)
        painter.setPen(look().colour("text.secondary"))
        painter.drawText(right if is_moment_left else left, far, f"{view.edge:%H:%M:%S}")

    def sizeHint(self) -> QSize:
        """The design's 176 by 58, grown with the text."""
        return self.minimumSize()
