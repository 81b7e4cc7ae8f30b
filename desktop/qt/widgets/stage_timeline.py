"""Stages of a promotion plan over months: bars, today, days by which measures are due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.moments import roc_date, roc_year
from desktop.qt.theme import look, ui_font, ui_metrics
from desktop.qt.widgets.basics import announce
from desktop.qt.widgets.paint import text_height

if TYPE_CHECKING:
    from desktop.services.promotion import MeasureView, PromotionView, StageView

GUTTER = 96
RIGHT = 16
ROW = 34
BAR = 16
OPEN_END_DAYS = 183
"""How far a stage without an end is drawn."""
MARK = 4.0
_MARKS = {"done": "pass", "stopped": "missing", "moved": "decided"}


class StageTimeline(QWidget):
    """One row a stage; arrows walk through them.

    Attributes:
        stage_chosen: Another stage is chosen, by its id.
    """

    stage_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: PromotionView | None = None
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("推動期程時間軸")

    # ------------------------------------------------------------------- showing
    def show_view(self, view: PromotionView) -> None:
        """Show the plan as it stands."""
        self._view = view
        self._current = min(self._current, max(len(view.stages) - 1, 0))
        self.setAccessibleDescription("；".join(self.spoken(stage) for stage in view.stages))
        self.updateGeometry()
        self.update()

    def spoken(self, stage: StageView) -> str:
        """A stage in words: its days, how many measures are done and late."""
        done = sum(one.state.value == "done" for one in stage.measures)
        late = sum(one.is_late for one in stage.measures)
        words = f"{stage.stage.name}，{stage.days_words}，{len(stage.measures)} 項完成 {done} 項"
        return f"{words}，逾期 {late} 項" if late else words

    @property
    def current(self) -> StageView | None:
        """The stage chosen."""
        if self._view is None or not self._view.stages:
            return None
        return self._view.stages[self._current]

    def choose(self, stage_id: str) -> None:
        """Choose a stage without telling so."""
        if self._view is not None:
            ids = [one.stage.id for one in self._view.stages]
            if stage_id in ids:
                self._current = ids.index(stage_id)
                self.update()

    # ------------------------------------------------------------------- geometry
    def sizeHint(self) -> QSize:
        """Room for every stage and the axis."""
        rows = len(self._view.stages) if self._view is not None else 4
        return QSize(640, round(rows * self._row() + self._head() + 6))

    def minimumSizeHint(self) -> QSize:
        """The same height, less width."""
        return QSize(320, self.sizeHint().height())

    def _row(self) -> float:
        return max(ROW, text_height("body") + 14)

    def _head(self) -> float:
        return text_height("caption") + 10

    def days(self) -> tuple[date, date] | None:
        """The first and the last day drawn; None while no stage has days."""
        if self._view is None:
            return None
        known = [s.days for s in self._view.stages if s.days.first_day is not None]
        if not known:
            return None
        ends = [
            one.last_day or (one.first_day or date.min) + timedelta(days=OPEN_END_DAYS)
            for one in known
        ]
        first = min(one.first_day for one in known if one.first_day is not None)
        return first.replace(day=1), max(ends)

    def x_of(self, day: date) -> float:
        """Where a day stands."""
        drawn = self.days()
        assert drawn is not None
        first, last = drawn
        width = self.width() - GUTTER - RIGHT
        share = (day - first).days / max((last - first).days + 1, 1)
        return GUTTER + width * min(max(share, 0.0), 1.0)

    def bar_of(self, number: int) -> QRectF:
        """Where a stage's bar stands; empty without days."""
        assert self._view is not None
        days = self._view.stages[number].days
        if days.first_day is None:
            return QRectF()
        end = days.last_day or days.first_day + timedelta(days=OPEN_END_DAYS)
        left, right = self.x_of(days.first_day), self.x_of(end + timedelta(days=1))
        top = self._head() + number * self._row() + (self._row() - BAR) / 2
        return QRectF(left, top, max(right - left, 3.0), BAR)

    # ------------------------------------------------------------------- painting
    def paintEvent(self, event) -> None:
        """Draw axis, bars, due days and today."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look().colour("surface.card"))
        view = self._view
        if view is None:
            return
        drawn = self.days()
        if drawn is not None:
            self._draw_months(painter, *drawn)
        for number, stage in enumerate(view.stages):
            self._draw_name(painter, number, stage)
            if drawn is not None:
                self._draw_bar(painter, number, stage)
        if drawn is not None and drawn[0] <= view.today <= drawn[1]:
            self._draw_today(painter, view.today)

    def _draw_months(self, painter: QPainter, first: date, last: date) -> None:
        painter.setFont(ui_font("caption"))
        bottom = float(self.height())
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        step = next(n for n in (1, 3, 6, 12, 24, 60, 600) if months / n <= 14)
        for number in range(0, months + 1, step):
            index = first.year * 12 + first.month - 1 + number
            day = date(index // 12, index % 12 + 1, 1)
            if day > last:
                break
            x = round(self.x_of(day)) + 0.5
            painter.setPen(QPen(look().colour("timeline.grid"), 1))
            painter.drawLine(QPointF(x, self._head() - 4), QPointF(x, bottom))
            painter.setPen(look().colour("text.secondary"))
            painter.drawText(QPointF(x + 3, self._head() - 8), f"{roc_year(day)}-{day.month:02d}")

    def _draw_name(self, painter: QPainter, number: int, stage: StageView) -> None:
        top = self._head() + number * self._row()
        if number == self._current:
            ground = "surface.row_selected" if self.hasFocus() else "surface.row_selected_idle"
            painter.fillRect(QRectF(0, top + 1, GUTTER - 6, self._row() - 2), look().colour(ground))
            painter.fillRect(QRectF(0, top + 1, 3, self._row() - 2), look().colour("accent.base"))
        painter.setFont(ui_font("strong"))
        painter.setPen(look().colour("text.primary"))
        name = ui_metrics("strong").elidedText(
            stage.stage.name, Qt.TextElideMode.ElideRight, GUTTER - 18
        )
        box = QRectF(8, top, GUTTER - 14, self._row())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)

    def _draw_bar(self, painter: QPainter, number: int, stage: StageView) -> None:
        box = self.bar_of(number)
        if box.isEmpty():
            painter.setFont(ui_font("body"))
            painter.setPen(look().colour("text.secondary"))
            top = self._head() + number * self._row()
            room = QRectF(GUTTER, top, self.width() - GUTTER - RIGHT, self._row())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "日期未定")
            return
        edge = look().colour("timeline.duty_line")
        if stage.days.last_day is None:
            # Without an end: hatched and open at the right.
            painter.fillRect(box, QBrush(edge, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(edge, 1))
            painter.drawLine(box.topLeft(), box.topRight())
            painter.drawLine(box.bottomLeft(), box.bottomRight())
            painter.drawLine(box.topLeft(), box.bottomLeft())
        else:
            painter.setPen(QPen(edge, 1))
            painter.setBrush(look().colour("timeline.duty"))
            painter.drawRoundedRect(box, 2, 2)
        self._draw_words(painter, stage, box)
        for measure in stage.measures:
            self._draw_mark(painter, measure, box)
        if number == self._current and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look().colour("accent.focus"), 2))
            painter.drawRect(box.adjusted(-2, -2, 2, 2))

    def _draw_words(self, painter: QPainter, stage: StageView, box: QRectF) -> None:
        done = sum(one.state.value == "done" for one in stage.measures)
        moved = "（調）" if stage.days.is_moved else ""
        words = f"{done}/{len(stage.measures)}{moved}"
        if stage.days.last_day is None:
            words += " 起"
        painter.setFont(ui_font("caption"))
        painter.setPen(look().colour("text.primary"))
        if ui_metrics("caption").horizontalAdvance(words) + 12 <= box.width():
            ground = QRectF(box.left() + 4, box.top() + 2, 0, box.height() - 4)
            ground.setWidth(ui_metrics("caption").horizontalAdvance(words) + 6)
            if stage.days.last_day is None:
                painter.fillRect(ground, look().colour("surface.card"))
            painter.drawText(
                box.adjusted(7, 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                words,
            )

    def _draw_mark(self, painter: QPainter, measure: MeasureView, box: QRectF) -> None:
        """A diamond on the day a measure is due, filled when it is done."""
        if measure.due is None:
            return
        state = "fail" if measure.is_late else _MARKS.get(measure.state.value, "info")
        x = min(self.x_of(measure.due + timedelta(days=1)), self.width() - RIGHT / 2)
        middle = QPointF(x, box.center().y())
        colour = look().colour(f"verdict.{state}")
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if measure.state.value == "done" else look().colour("surface.card"))
        painter.drawPolygon(
            QPolygonF(
                [
                    middle + QPointF(0, -MARK - 2),
                    middle + QPointF(MARK, 0),
                    middle + QPointF(0, MARK + 2),
                    middle + QPointF(-MARK, 0),
                ]
            )
        )

    def _draw_today(self, painter: QPainter, today: date) -> None:
        x = round(self.x_of(today)) + 0.5
        painter.setPen(QPen(look().colour("accent.base"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, self._head() - 4), QPointF(x, float(self.height())))
        painter.setFont(ui_font("caption"))
        words = f"今天 {roc_date(today)}"
        width = ui_metrics("caption").horizontalAdvance(words)
        left = x + 4 if x + 4 + width < self.width() else x - 4 - width
        ground = QRectF(left - 2, self.height() - text_height("caption") - 1, width + 4, 0)
        ground.setBottom(float(self.height()))
        painter.fillRect(ground, look().colour("surface.card"))
        painter.setPen(look().colour("accent.base"))
        painter.drawText(QPointF(left, self.height() - 5.0), words)

    # ------------------------------------------------------------------- hands
    def _go(self, number: int) -> None:
        if self._view is None or not 0 <= number < len(self._view.stages):
            return
        self._current = number
        stage = self._view.stages[number]
        announce(self, self.spoken(stage))
        self.stage_chosen.emit(stage.stage.id)
        self.update()

    def keyPressEvent(self, event) -> None:
        """Walk through the stages."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Left: -1,
        }
        last = len(self._view.stages) - 1 if self._view is not None else 0
        key = Qt.Key(event.key())
        if key in steps:
            self._go(self._current + steps[key])
        elif key == Qt.Key.Key_Home:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(last)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event) -> None:
        """Choose the stage under the pointer."""
        self._go(int((event.position().y() - self._head()) // self._row()))

    def event(self, event) -> bool:
        """Say under the pointer what a stage is."""
        if event.type() == event.Type.ToolTip and self._view is not None:
            number = int((event.pos().y() - self._head()) // self._row())
            inside = 0 <= number < len(self._view.stages)
            self.setToolTip(self.spoken(self._view.stages[number]) if inside else "")
        return super().event(event)

    def focusInEvent(self, event) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()
