"""Paints a measured timeline on screen or paper, in the order the design gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop.domain.attendance import AttendanceKind
from desktop.domain.moments import SECONDS_A_DAY
from desktop.domain.verdicts import Verdict
from desktop.qt.icons import paint_icon
from desktop.qt.theme import ui_font
from desktop.qt.tokens import Look, tokens
from desktop.qt.widgets.timeline_geometry import (
    CourseBar,
    Entry,
    Flag,
    Piece,
    TimelineLayout,
    lay_out,
)
from desktop.services.day_bands import Band

if TYPE_CHECKING:
    from desktop.services.timeline import Timeline


def font_factor(font: QFont) -> float:
    """How much larger a face is than the design's 9 pt at 96 dpi (16 px high)."""
    return max(QFontMetricsF(font).height() / FONT_HEIGHT_AT_DESIGN, 1.0)


# The design says 16; the faces with Chinese leading measure more for the same glyphs.
FONT_HEIGHT_AT_DESIGN = 17.4


def paint_timeline(
    painter: QPainter, rect: QRectF, timeline: Timeline, *, look: Look, is_unfolded: bool = False
) -> TimelineLayout:
    """Measure and paint a timeline into ``rect``; the way paper draws it too."""
    font = ui_font("caption")
    layout = lay_out(
        timeline,
        width=rect.width(),
        measure=QFontMetricsF(_strong(font)).horizontalAdvance,
        factor=font_factor(font),
        is_unfolded=is_unfolded,
    )
    painter.save()
    painter.translate(rect.topLeft())
    paint_layout(painter, layout, look=look, font=font)
    painter.restore()
    return layout


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def paint_layout(painter: QPainter, layout: TimelineLayout, *, look: Look, font: QFont) -> None:
    """Paint what was measured."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    brush = _Brush(painter, layout, look, font)
    brush.grid()
    for shade in layout.shades:
        painter.fillRect(shade, look.colour("timeline.off_duty_in_span"))
    for piece in layout.pieces:
        brush.piece(piece)
    for entry in layout.entries:
        brush.entry(entry)
    for pole in layout.poles:
        width = 1.5 if pole.state in (Verdict.PASS, None) else 2.0
        painter.setPen(QPen(brush.state(pole.state), width, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(pole.x, pole.top, pole.x, pole.bottom))
    for course in layout.courses:
        brush.course(course)
    for flag in layout.flags:
        brush.flag(flag)
    for point, state in layout.marks:
        brush.mark(point, state)
    brush.axis()
    brush.words()


class _Brush:
    def __init__(self, painter: QPainter, layout: TimelineLayout, look: Look, font: QFont) -> None:
        self.painter = painter
        self.layout = layout
        self.look = look
        self.font = font
        self.strong = _strong(font)

    def state(self, verdict: Verdict | None) -> QColor:
        return self.look.colour(f"verdict.{verdict.value if verdict else 'missing'}")

    def hairline(self, x: float) -> float:
        """A 1-px line on whole pixels of the device."""
        return round(x) + 0.5

    def grid(self) -> None:
        top, bottom = self.layout.grid
        self.painter.setPen(QPen(self.look.colour("timeline.grid"), 1))
        for hour in range(0, 25, 3):
            x = self.hairline(self.layout.x_of_second(hour * 3600))
            self.painter.drawLine(QLineF(x, top, x, bottom))

    def piece(self, piece: Piece) -> None:
        painter, look = self.painter, self.look
        rect = piece.rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if piece.band is Band.DUTY:
            painter.setPen(QPen(look.colour("timeline.duty_line"), 1))
            painter.setBrush(look.colour("timeline.duty"))
            painter.drawRect(rect)
        elif piece.band is Band.FLEXIBLE:
            self.hatch(piece.rect, look.colour("timeline.duty_line"), pitch=6.0, width=1.4)
            painter.setPen(self.dashed(look.colour("timeline.duty_line"), (3, 2)))
            painter.drawRect(rect)
        elif piece.band is Band.WITHOUT_PAY:
            colour = look.colour("attendance.leave_without_pay")
            self.hatch(piece.rect, colour, pitch=8.0, width=1.0, is_crossed=True)
            painter.setPen(QPen(colour, 1))
            painter.drawRect(rect)
        else:
            painter.setPen(self.dashed(look.colour("timeline.holiday_line"), (4, 3)))
            painter.drawRect(rect)
        if piece.word_x is not None:
            self.word(piece)

    def word(self, piece: Piece) -> None:
        width = QFontMetricsF(self.font).horizontalAdvance(piece.word) + 4
        assert piece.word_x is not None
        box = QRectF(piece.word_x - width / 2, piece.rect.top(), width, piece.rect.height())
        if piece.band in (Band.FLEXIBLE, Band.WITHOUT_PAY):
            clear = box.adjusted(0, 2, 0, -2)
            self.painter.fillRect(clear, self.look.colour("timeline.clear"))
        is_duty = piece.band in (Band.DUTY, Band.FLEXIBLE)
        name = "text.primary" if is_duty else "text.secondary"
        self.painter.setPen(self.look.colour(name))
        self.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, piece.word)

    def hatch(
        self, rect: QRectF, colour: QColor, *, pitch: float, width: float, is_crossed: bool = False
    ) -> None:
        painter = self.painter
        painter.save()
        painter.fillRect(rect, self.look.colour("timeline.clear"))
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(colour, width))
        step = pitch * 1.4142 * self.layout.factor
        x = rect.left() - rect.height()
        while x < rect.right():
            painter.drawLine(QLineF(x, rect.bottom(), x + rect.height(), rect.top()))
            if is_crossed:
                painter.drawLine(QLineF(x, rect.top(), x + rect.height(), rect.bottom()))
            x += step
        painter.restore()

    def dashed(self, colour: QColor, pattern: tuple[int, int]) -> QPen:
        pen = QPen(colour, 1)
        pen.setDashPattern(list(pattern))
        return pen

    def entry(self, entry: Entry) -> None:
        painter = self.painter
        colour = self.look.colour(f"attendance.{entry.kind.value}")
        is_outline = entry.kind is AttendanceKind.PERSONAL_LEAVE
        card = self.look.colour("surface.card")
        if is_outline:
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(card)
            painter.drawRoundedRect(entry.rect.adjusted(0.75, 0.75, -0.75, -0.75), 2, 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(entry.rect, 2, 2)
        painter.setFont(self.strong)
        painter.setPen(colour if is_outline or entry.is_word_outside else card)
        width = QFontMetricsF(self.strong).horizontalAdvance(entry.word) + 2
        left = entry.word_x if entry.is_word_outside else entry.word_x - width / 2
        box = QRectF(left, entry.rect.top() - 2, width, entry.rect.height() + 4)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, entry.word)
        painter.setFont(self.font)

    def course(self, course: CourseBar) -> None:
        painter, rect = self.painter, course.rect
        notch = min(rect.height() / 2, 5.0)
        path = QPainterPath()
        if not course.is_open_left and not course.is_open_right:
            path.addRoundedRect(rect, 2, 2)
        else:
            middle = rect.center().y()
            path.moveTo(rect.topLeft())
            path.lineTo(rect.topRight())
            if course.is_open_right:
                path.lineTo(rect.right() - notch, middle)
            path.lineTo(rect.bottomRight())
            path.lineTo(rect.bottomLeft())
            if course.is_open_left:
                path.lineTo(rect.left() + notch, middle)
            path.closeSubpath()
        painter.fillPath(path, self.look.colour("timeline.span"))

    def flag(self, flag: Flag) -> None:
        painter = self.painter
        name = f"verdict.{flag.state.value if flag.state else 'missing'}"
        colour = self.look.colour(name)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(self.look.colour(f"{name}.ground"))
        rect = flag.rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, 3, 3)
        side = 12 * self.layout.factor
        icon = QRectF(rect.left() + 4, rect.center().y() - side / 2, side, side)
        paint_icon(painter, icon, tokens().icons[name.split(".")[1]], colour)
        painter.setFont(self.strong)
        painter.setPen(colour)
        text = QRectF(
            icon.right() + 3, rect.top() - 2, rect.right() - icon.right(), rect.height() + 4
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, flag.text)
        painter.setFont(self.font)

    def mark(self, point: QPointF, state: Verdict) -> None:
        side = 14 * self.layout.factor
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QBrush(self.look.colour("surface.card")))
        self.painter.drawEllipse(point, side / 2, side / 2)
        inner = side - 1.5
        rect = QRectF(point.x() - inner / 2, point.y() - inner / 2, inner, inner)
        paint_icon(self.painter, rect, tokens().icons[state.value], self.state(state))

    def axis(self) -> None:
        painter, layout, f = self.painter, self.layout, self.layout.factor
        painter.setPen(QPen(self.look.colour("timeline.axis"), 1))
        y = self.hairline(layout.axis_y)
        painter.drawLine(QLineF(layout.x_of_second(0), y, layout.x_of_second(SECONDS_A_DAY), y))
        for hour in range(25):
            x = self.hairline(layout.x_of_second(hour * 3600))
            is_figure = hour % layout.step_hours == 0
            painter.drawLine(QLineF(x, y, x, y + (5 if is_figure else 3) * f))
            if is_figure:
                box = QRectF(x - 20 * f, y + 3 * f, 40 * f, 17 * f)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{hour:02d}")

    def words(self) -> None:
        painter, layout = self.painter, self.layout
        for word in layout.words:
            painter.setFont(self.strong if word.is_strong else self.font)
            name = "text.primary" if word.is_strong else "text.secondary"
            painter.setPen(self.look.colour(name))
            rect = word.rect.adjusted(0, -3, 0, 3)
            flags = Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignHCenter if word.is_centred else Qt.AlignmentFlag.AlignLeft
            )
            text = QFontMetricsF(painter.font()).elidedText(
                word.text, Qt.TextElideMode.ElideRight, max(rect.width(), 1)
            )
            painter.drawText(rect, flags, text)
        painter.setFont(self.font)
        if layout.fold is not None:
            rect = layout.fold.rect.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(self.look.colour("line.normal"), 1))
            painter.setBrush(self.look.colour("surface.head"))
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(self.look.colour("text.link"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, layout.fold.text)
