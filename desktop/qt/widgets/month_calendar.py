"""A month as a sheet: days off, makeup days and closures; days are chosen by dragging or keys."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.qt.theme import look, ui_font
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import announce
from desktop.qt.words import spoken_day

if TYPE_CHECKING:
    from desktop.services.duty_views import MonthDay, OfficeMonth

HEADS = "日一二三四五六"
ROWS, COLUMNS = 6, 7
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}


def day_state(day: MonthDay) -> str:
    """The word that stands beside a day's number, empty on an ordinary working day."""
    if day.is_closed_whole:
        return "停止上班"
    if day.closures:
        return "部分停班"
    if day.is_makeup_day:
        return "補班"
    return "" if day.is_working_day else "放假"


def day_spoken(day: MonthDay) -> str:
    """A day as a screen reader says it."""
    parts = [spoken_day(day.day), day_state(day) or "上班", day.name, *day.closures, *day.notes]
    return "，".join(dict.fromkeys(part for part in parts if part))


class MonthCalendar(QWidget):
    """Six weeks of seven days; the chosen days are a stretch.

    Attributes:
        chosen_changed: Other days are chosen.
        month_wanted: A day outside the month is wanted: so many months on.
    """

    chosen_changed = Signal()
    month_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._month: OfficeMonth | None = None
        self._anchor: date | None = None
        self._current: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self.setAccessibleName("月曆")

    def sizeHint(self) -> QSize:
        """Room for a number, a word and a name in each day."""
        return QSize(640, 420)

    def minimumSizeHint(self) -> QSize:
        """The number and the word."""
        return QSize(7 * 56, round(7 * 2.4 * paint.text_height("caption")))

    # ------------------------------------------------------------------- showing
    def show_month(self, month: OfficeMonth) -> None:
        """Show a month; what was chosen of it stays chosen."""
        is_other = self._month is None or (self._month.year, self._month.month) != (
            month.year,
            month.month,
        )
        self._month = month
        if is_other:
            first = month.days[0].day if month.days else None
            wanted = self._current if self._current and self._holds(self._current) else first
            self._anchor = self._current = wanted
        self.setAccessibleName(f"{month.year - 1911}年{month.month}月的月曆")
        self._tell()

    @property
    def chosen(self) -> tuple[date, ...]:
        """The chosen days in order."""
        if self._anchor is None or self._current is None:
            return ()
        first, last = sorted((self._anchor, self._current))
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))

    @property
    def chosen_days(self) -> tuple[MonthDay, ...]:
        """What is known of the chosen days."""
        chosen = set(self.chosen)
        return () if self._month is None else tuple(d for d in self._month.days if d.day in chosen)

    def choose(self, first: date, last: date | None = None) -> None:
        """Choose a stretch of days."""
        self._anchor, self._current = first, last or first
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription("；".join(day_spoken(day) for day in self.chosen_days[:7]))
        self.chosen_changed.emit()
        self.update()

    # ------------------------------------------------------------------- geometry
    def _holds(self, day: date) -> bool:
        month = self._month
        return month is not None and (day.year, day.month) == (month.year, month.month)

    def _offset(self) -> int:
        assert self._month is not None
        return (calendar.weekday(self._month.year, self._month.month, 1) + 1) % COLUMNS

    def _cell(self, day: date) -> QRectF:
        """Where a day stands."""
        slot = self._offset() + day.day - 1
        head = paint.text_height("caption") + 10
        width, height = self.width() / COLUMNS, (self.height() - head) / ROWS
        return QRectF(slot % COLUMNS * width, head + slot // COLUMNS * height, width, height)

    def _day_at(self, point: QPointF) -> date | None:
        if self._month is None:
            return None
        return next(
            (day.day for day in self._month.days if self._cell(day.day).contains(point)), None
        )

    # ------------------------------------------------------------------- pointer
    def mousePressEvent(self, event) -> None:
        """Begin a stretch, or stretch the present one with Shift."""
        day = self._day_at(event.position())
        if day is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = day
        self._current = day
        self._tell()

    def mouseMoveEvent(self, event) -> None:
        """Stretch the choice while the button is held; else tell the day under the pointer."""
        day = self._day_at(event.position())
        if day is None:
            self.setToolTip("")
            return
        if event.buttons() & Qt.MouseButton.LeftButton and day != self._current:
            self._current = day
            self._tell()
        elif self._month is not None:
            self.setToolTip(day_spoken(self._month.days[day.day - 1]))

    def keyPressEvent(self, event) -> None:
        """Move by the arrows, stretch with Shift, other months by PgUp and PgDn."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.month_wanted.emit(1 if key == Qt.Key.Key_PageDown else -1)
            return
        if self._current is None or self._month is None:
            super().keyPressEvent(event)
            return
        if key in _STEPS:
            to = self._current + timedelta(days=_STEPS[key])
        elif key == Qt.Key.Key_Home:
            to = self._month.days[0].day
        elif key == Qt.Key.Key_End:
            to = self._month.days[-1].day
        else:
            super().keyPressEvent(event)
            return
        if not self._holds(to):
            self._anchor = self._current = to
            self.month_wanted.emit(1 if to > self._month.days[-1].day else -1)
            return
        self._current = to
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = to
        self._tell()
        announce(self, day_spoken(self._month.days[to.day - 1]))

    def focusInEvent(self, event) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    # ------------------------------------------------------------------- painting
    def paintEvent(self, event) -> None:
        """The weekdays, then each day."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface.card"))
        width = self.width() / COLUMNS
        head = paint.text_height("caption") + 10
        painter.setFont(ui_font("caption"))
        for number, word in enumerate(HEADS):
            box = QRectF(number * width, 0, width, head)
            paint.words(
                painter,
                box,
                word,
                step="caption",
                colour="text.secondary",
                align=Qt.AlignmentFlag.AlignHCenter,
            )
        if self._month is None:
            return
        chosen = set(self.chosen)
        for day in self._month.days:
            self._paint_day(painter, day, is_chosen=day.day in chosen)

    def _paint_day(self, painter: QPainter, day: MonthDay, *, is_chosen: bool) -> None:
        rect = self._cell(day.day)
        inner = rect.adjusted(1, 1, -1, -1)
        ground = "surface.card"
        if is_chosen:
            ground = "surface.row_selected" if self.hasFocus() else "surface.row_selected_idle"
        elif not day.is_working_day or day.is_closed_whole:
            ground = "surface.head"
        painter.fillRect(inner, look().colour(ground))
        if day.closures:
            # Hatched besides its word, so that it also shows without colour.
            painter.save()
            painter.setPen(QPen(look().colour("timeline.holiday_line"), 1))
            painter.setClipRect(inner)
            step, x = 8.0, inner.left() - inner.height()
            while x < inner.right():
                painter.drawLine(
                    QPointF(x, inner.bottom()), QPointF(x + inner.height(), inner.top())
                )
                x += step
            painter.restore()
        painter.setPen(QPen(look().colour("line.subtle"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        line = paint.text_height("caption")
        top = QRectF(inner.left() + 6, inner.top() + 3, inner.width() - 10, line + 2)
        is_off = not day.is_working_day or day.is_closed_whole
        colour = "text.secondary" if is_off else "text.primary"
        paint.words(painter, top, str(day.day.day), step="strong", colour=colour)
        state = day_state(day)
        if state:
            right = top.adjusted(24, 0, 0, 0)
            at_right = Qt.AlignmentFlag.AlignRight
            self._worded(painter, right, state, at_right, is_hatched=bool(day.closures))
        under = top.translated(0, line + 4)
        lines = [words for words in (day.name, *day.notes, *self._partial(day)) if words]
        for words in lines:
            if under.bottom() > inner.bottom():
                break
            self._worded(
                painter,
                under,
                words,
                Qt.AlignmentFlag.AlignLeft,
                is_hatched=bool(day.closures),
            )
            under = under.translated(0, line + 1)
        if day.day == self._current and self.hasFocus():
            painter.setPen(QPen(look().colour("accent.focus"), 2))
            painter.drawRect(inner.adjusted(1, 1, -1, -1))

    def _partial(self, day: MonthDay) -> tuple[str, ...]:
        return () if day.is_closed_whole else day.closures

    def _worded(
        self,
        painter: QPainter,
        rect: QRectF,
        words: str,
        align: Qt.AlignmentFlag,
        *,
        is_hatched: bool,
    ) -> None:
        if is_hatched:
            painter.setFont(ui_font("caption"))
            width = min(painter.fontMetrics().horizontalAdvance(words) + 4, rect.width())
            is_left = align == Qt.AlignmentFlag.AlignLeft
            left = rect.left() - 2 if is_left else rect.right() - width
            box = QRectF(left, rect.top(), width + 2, rect.height())
            painter.fillRect(box, look().colour("surface.card"))
        paint.words(painter, rect, words, step="caption", colour="text.secondary", align=align)
