"""The timeline on screen: painted strip with tooltips, keyboard walk and spoken items."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QToolTip, QWidget

from desktop.domain.moments import SECONDS_A_DAY
from desktop.qt.theme import look, ui_font
from desktop.qt.tokens import size
from desktop.qt.widgets.timeline_geometry import Item, ItemKind, TimelineLayout, lay_out
from desktop.qt.widgets.timeline_painter import font_factor, paint_layout
from desktop.qt.words import spoken_day

if TYPE_CHECKING:
    from desktop.services.timeline import Timeline


class TimelineStrip(QWidget):
    """One course against the duty of its days.

    Attributes:
        item_opened: An item was double clicked (an attendance bar opens its entry).
    """

    item_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._is_unfolded = False
        self._current = -1
        self._pointer_x: float | None = None
        self._layout: TimelineLayout | None = None
        self._spoken: list[_Spoken] = []
        self.setFont(ui_font("caption"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName("時間軸")

    # ------------------------------------------------------------------ content
    def show_timeline(self, timeline: Timeline | None) -> None:
        """Draw another course, or nothing."""
        self._timeline = timeline
        self._is_unfolded = False
        self._current = -1
        self._forget_layout()
        name = "時間軸"
        if timeline is not None and timeline.days:
            days = spoken_day(timeline.days[0].day)
            if len(timeline.days) > 1:
                days += f"至{spoken_day(timeline.days[-1].day)}"
            # The title says the days a second time.
            course = timeline.title.rpartition("　")[0] or timeline.title
            name = f"時間軸，{days}，{course}"
        self.setAccessibleName(name)
        self.setAccessibleDescription(timeline.sentence if timeline is not None else "")

    def unfold(self) -> None:
        """Show every day of a long span."""
        self._is_unfolded = True
        self._current = -1
        self._forget_layout()

    def follow_text(self) -> None:
        """Measure again in text of another size."""
        self.setFont(ui_font("caption"))
        self._forget_layout()

    def _forget_layout(self) -> None:
        self._layout = None
        self._name_items(self.items())
        self.updateGeometry()
        self.update()

    def measured(self) -> TimelineLayout | None:
        """The strip as it is laid out now, None without days."""
        if self._layout is None and self._timeline is not None:
            strong = ui_font("caption")
            strong.setWeight(strong.Weight.DemiBold)
            self._layout = lay_out(
                self._timeline,
                width=max(self.width(), 320),
                measure=QFontMetricsF(strong).horizontalAdvance,
                factor=font_factor(self.font()),
                is_unfolded=self._is_unfolded,
            )
        return self._layout

    def _name_items(self, items: tuple[Item, ...]) -> None:
        # The places there are take other names: making widgets at every step of a splitter that
        # is dragged took longer than painting.
        while len(self._spoken) > len(items):
            gone = self._spoken.pop()
            gone.setParent(None)
            gone.deleteLater()
        while len(self._spoken) < len(items):
            self._spoken.append(_Spoken(self))
        for spoken, item in zip(self._spoken, items, strict=True):
            spoken.tell(item)

    def items(self) -> tuple[Item, ...]:
        """Everything on the strip, in the order of time."""
        layout = self.measured()
        return layout.walk() if layout is not None else ()

    @property
    def current_item(self) -> Item | None:
        """The item with the focus ring, if any."""
        items = self.items()
        return items[self._current] if 0 <= self._current < len(items) else None

    # -------------------------------------------------------------------- sizes
    def sizeHint(self) -> QSize:
        """As tall as the days ask."""
        layout = self.measured()
        return QSize(600, round(layout.height) if layout is not None else 0)

    def minimumSizeHint(self) -> QSize:
        """The whole day always; its rows scroll in the pane around."""
        return QSize(320, self.sizeHint().height())

    def resizeEvent(self, event) -> None:
        """Measure again when the width changed."""
        if event.oldSize().width() != event.size().width():
            self._layout = None
            self._name_items(self.items())
        super().resizeEvent(event)

    # ------------------------------------------------------------------ painting
    def paintEvent(self, event) -> None:
        """Paint the strip, the pointer's time and the focus ring."""
        layout = self.measured()
        if layout is None:
            return
        painter = QPainter(self)
        paint_layout(painter, layout, look=look(), font=self.font())
        top, bottom = layout.grid
        first, last = layout.x_of_second(0), layout.x_of_second(SECONDS_A_DAY)
        if self._pointer_x is not None and first <= self._pointer_x <= last:
            painter.setPen(QPen(look().colour("text.secondary"), 1))
            painter.drawLine(QLineF(self._pointer_x, top, self._pointer_x, bottom))
            seconds = (self._pointer_x - first) / (last - first) * SECONDS_A_DAY
            words = f"{int(seconds // 3600):02d}:{int(seconds // 60 % 60):02d}"
            width = painter.fontMetrics().horizontalAdvance(words) + 6
            box = QRectF(self._pointer_x - width / 2, bottom + 3, width, 16)
            painter.fillRect(box, look().colour("surface.card"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        item = self.current_item
        if self.hasFocus():
            width = size("focus_width")
            painter.setPen(QPen(look().colour("accent.focus"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = item.rect.adjusted(-2, -2, 2, 2) if item is not None else QRectF(self.rect())
            painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), 3, 3)

    # ------------------------------------------------------------------ keyboard
    def keyPressEvent(self, event) -> None:
        """Walk through the items; Ctrl+C copies the sentence."""
        if event.matches(QKeySequence.StandardKey.Copy):
            if self._timeline is not None:
                QGuiApplication.clipboard().setText(self._timeline.sentence)
            return
        count = len(self.items())
        key = event.key()
        steps = {
            Qt.Key.Key_Right: min(self._current + 1, count - 1),
            Qt.Key.Key_Left: max(self._current - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        if key in steps and count:
            self.go_to(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_item is not None:
            self._open(self.current_item)
        else:
            super().keyPressEvent(event)

    def go_to(self, index: int) -> None:
        """Put the focus ring on one item and let it be read out."""
        self._current = index
        item = self.current_item
        if item is None:
            return
        self.update()
        at = self.mapToGlobal(item.rect.bottomLeft().toPoint())
        QToolTip.showText(at, item.tooltip, self)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self._spoken[index], QAccessible.Event.Focus)
        )

    def focusOutEvent(self, event) -> None:
        """Take the ring away."""
        self.update()
        super().focusOutEvent(event)

    # ------------------------------------------------------------------- pointer
    def mouseMoveEvent(self, event) -> None:
        """Let a thin line with the time follow the pointer."""
        self._pointer_x = event.position().x()
        layout = self.measured()
        item = layout.item_at(event.position()) if layout is not None else None
        is_link = item is not None and item.kind is ItemKind.FOLD
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event) -> None:
        """Take the line away."""
        self._pointer_x = None
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event) -> None:
        """Put the ring on what was clicked; unfold the middle."""
        layout = self.measured()
        item = layout.item_at(event.position()) if layout is not None else None
        if item is None:
            self._current = -1
        elif item.kind is ItemKind.FOLD:
            self.unfold()
        else:
            self._current = self.items().index(item)
        self.update()

    def mouseDoubleClickEvent(self, event) -> None:
        """Open what was double clicked."""
        item = self.current_item
        if item is not None:
            self._open(item)

    def _open(self, item: Item) -> None:
        if item.kind is ItemKind.FOLD:
            self.unfold()
        else:
            self.item_opened.emit(item)

    def event(self, event) -> bool:
        """Show the tooltip of the item under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            layout = self.measured()
            item = layout.item_at(QPointF(event.pos())) if layout is not None else None
            if item is not None:
                QToolTip.showText(event.globalPos(), item.tooltip, self, item.rect.toRect())
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


class _Spoken(QWidget):
    """One item for screen readers: a place with a name, seen by nobody else."""

    def __init__(self, strip: TimelineStrip) -> None:
        super().__init__(strip)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show()

    def tell(self, item: Item) -> None:
        """Stand for another item."""
        self.setGeometry(item.rect.toAlignedRect())
        self.setAccessibleName(item.name)
        self.setAccessibleDescription(item.tooltip)


_interfaces: dict[int, QAccessibleWidget] = {}


def _forget(kept: int, _gone: object = None) -> None:
    _interfaces.pop(kept, None)


def _interface_for(key: str, thing):
    if isinstance(thing, TimelineStrip):
        interface = QAccessibleWidget(thing, QAccessible.Role.Chart)
        # Qt owns the interface but Python must keep its half alive as long as the widget.
        _interfaces[id(thing)] = interface
        thing.destroyed.connect(partial(_forget, id(thing)))
        return interface
    return None


def install_accessibility() -> None:
    """Let screen readers walk through timelines; called once by the program."""
    QAccessible.installFactory(_interface_for)
