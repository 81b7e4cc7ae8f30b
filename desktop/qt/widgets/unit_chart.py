"""Completion by unit as bars: solid, hatched, outlined, each with its figure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.qt.theme import look, ui_font, ui_metrics
from desktop.qt.widgets.paint import text_height

BAR = 19
ROW = 36
NAME_ROOM = 88
PERCENT_ROOM = 56
COUNT_ROOM = 92
HATCH = 5
FIGURE_ROOM = 8
MOST_NAME_SHARE = 0.25


class UnitChart(QWidget):
    """One bar a unit, as long as its people are many, in three textures."""

    def __init__(self) -> None:
        super().__init__()
        self._units: tuple = ()
        self._legend: tuple[str, ...] = ("完成", "部分完成", "未完成")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("各單位完成情形")

    def show_units(self, units: Sequence, legend: Sequence[str]) -> None:
        """Show other figures.

        Args:
            units: In order, each with its three counts.
            legend: What the three are called.
        """
        self._units, self._legend = tuple(units), tuple(legend)
        self.setAccessibleDescription("；".join(self.line(unit) for unit in self._units))
        self.setMinimumHeight(round(self._row() * len(self._units)))
        self.updateGeometry()
        self.update()

    def line(self, unit) -> str:
        """A unit in words."""
        parts = (unit.complete, unit.begun, unit.rest)
        figures = "，".join(
            f"{words} {count} 人" for words, count in zip(self._legend, parts, strict=True)
        )
        return f"{unit.unit}：{figures}，完成率 {unit.percent}%"

    def sizeHint(self) -> QSize:
        """Room for every row."""
        return QSize(480, round(self._row() * max(len(self._units), 1)))

    def _row(self) -> float:
        return max(ROW, text_height() + 12)

    def _name_room(self) -> float:
        metrics = ui_metrics("body")
        widest = max((metrics.horizontalAdvance(u.unit) for u in self._units), default=0) + 12
        return min(max(widest, NAME_ROOM), self.width() * MOST_NAME_SHARE)

    def event(self, event) -> bool:
        """Say under the pointer what a bar is made of."""
        if event.type() == event.Type.ToolTip:
            number = int(event.pos().y() // self._row())
            inside = 0 <= number < len(self._units)
            self.setToolTip(self.line(self._units[number]) if inside else "")
        return super().event(event)

    def paintEvent(self, event) -> None:
        """Draw every unit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ui_font("body"))
        most = max((unit.eligible for unit in self._units), default=0)
        names = self._name_room()
        room = max(self.width() - names - PERCENT_ROOM - COUNT_ROOM, 40)
        for number, unit in enumerate(self._units):
            top = number * self._row()
            self._draw_words(painter, unit, top, names)
            if most:
                self._draw_bar(painter, unit, QPointF(names, top), room / most)
        if self.hasFocus():
            painter.setPen(QPen(look().colour("accent.focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _draw_words(self, painter: QPainter, unit, top: float, names: float) -> None:
        height = self._row()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(look().colour("text.primary"))
        name = ui_metrics("body").elidedText(unit.unit, Qt.TextElideMode.ElideRight, names - 8)
        painter.drawText(QRectF(0, top, names, height), middle, name)
        right = self.width() - COUNT_ROOM
        painter.setFont(ui_font("strong"))
        painter.drawText(
            QRectF(right - PERCENT_ROOM, top, PERCENT_ROOM, height),
            middle | Qt.AlignmentFlag.AlignRight,
            f"{unit.percent}%",
        )
        painter.setFont(ui_font("body"))
        painter.setPen(look().colour("text.secondary"))
        painter.drawText(
            QRectF(right, top, COUNT_ROOM, height),
            middle | Qt.AlignmentFlag.AlignRight,
            f"{unit.complete}／{unit.eligible} 人",
        )

    def _draw_bar(self, painter: QPainter, unit, corner: QPointF, scale: float) -> None:
        left, top = corner.x(), corner.y() + (self._row() - BAR) / 2
        parts = ((unit.complete, "solid"), (unit.begun, "hatched"), (unit.rest, "outlined"))
        for count, texture in parts:
            if not count:
                continue
            box = QRectF(left, top, count * scale, BAR)
            draw_texture(painter, box, texture)
            words = str(count)
            if ui_metrics("body").horizontalAdvance(words) + FIGURE_ROOM <= box.width():
                _draw_figure(painter, box, words, texture)
            left += box.width()


def draw_texture(painter: QPainter, box: QRectF, texture: str) -> None:
    """Fill a piece of a bar: ``solid``, ``hatched`` or ``outlined``."""
    accent = look().colour("accent.base")
    painter.save()
    if texture == "solid":
        painter.fillRect(box, accent)
    else:
        painter.fillRect(box, look().colour("surface.card"))
        painter.setClipRect(box)
        if texture == "hatched":
            painter.setPen(QPen(accent, 1.6))
            at = box.left() - box.height()
            while at < box.right():
                painter.drawLine(QPointF(at, box.top()), QPointF(at + box.height(), box.bottom()))
                at += HATCH
        painter.setClipping(False)
        name = "accent.base" if texture == "hatched" else "line.control"
        painter.setPen(QPen(look().colour(name), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def _draw_figure(painter: QPainter, box: QRectF, words: str, texture: str) -> None:
    if texture == "hatched":
        width = ui_metrics("body").horizontalAdvance(words) + 6
        ground = QRectF(box.center().x() - width / 2, box.top() + 1, width, box.height() - 2)
        painter.fillRect(ground, look().colour("surface.card"))
    painter.setPen(look().colour("accent.on" if texture == "solid" else "text.primary"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class TextureMark(QWidget):
    """A small sample of a texture, for the legend."""

    def __init__(self, texture: str) -> None:
        super().__init__()
        self._texture = texture
        self.setFixedSize(16, 10)

    def paintEvent(self, event) -> None:
        """Draw the sample."""
        draw_texture(QPainter(self), QRectF(self.rect()), self._texture)
