"""Small paintings that every list shares: rows, verdicts, chips, check boxes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.qt.icons import paint_icon
from desktop.qt.theme import fitted, line_height, look, ui_font
from desktop.qt.tokens import size, tokens

Chip = tuple[str, str]
MOST_CHIPS = 2
MUCH_ROOM = 1e6
"""Logical px: for asking how wide words are uncut."""
_ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
ICON_ROOM = 14


def text_height(step: str = "body") -> float:
    """Height of a line in one step of the type scale."""
    return line_height(step)


def row_height(token: str) -> int:
    """A row's height: the token's, grown when the system's text is larger."""
    return max(size(token), round(text_height() + 5))


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Whether the row is selected."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


def row_ground(
    painter: QPainter,
    option: QStyleOptionViewItem,
    *,
    has_view_focus: bool,
    is_first: bool = True,
    is_last: bool = True,
    is_current: bool = False,
    keeps_blue: bool = False,
) -> None:
    """Paint what is under a cell: selection, hover, dividing line, bar and ring.

    Args:
        painter: On the view.
        option: Of the cell.
        has_view_focus: Whether the list has the keyboard.
        is_first: Whether the cell is the row's first.
        is_last: Whether the cell is the row's last.
        is_current: Whether the row is the current one.
        keeps_blue: Whether the row drives other panes and stays blue without focus.
    """
    rect = QRectF(option.rect)
    colours = look()
    if is_selected(option):
        idle = not has_view_focus and not keeps_blue
        name = "surface.row_selected_idle" if idle else "surface.row_selected"
        painter.fillRect(rect, colours.colour(name))
        if is_first:
            painter.fillRect(
                QRectF(rect.left(), rect.top(), 3, rect.height()), colours.colour("accent.base")
            )
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, colours.colour("surface.row_hover"))
    painter.setPen(QPen(colours.colour("line.subtle"), 1))
    bottom = rect.bottom() - 0.5
    painter.drawLine(QLineF(rect.left(), bottom, rect.right(), bottom))
    if is_current and has_view_focus:
        painter.setPen(QPen(colours.colour("accent.focus"), size("focus_width")))
        top, low = rect.top() + 1, rect.bottom() - 1
        painter.drawLine(QLineF(rect.left(), top, rect.right(), top))
        painter.drawLine(QLineF(rect.left(), low, rect.right(), low))
        if is_first:
            painter.drawLine(QLineF(rect.left() + 1, top, rect.left() + 1, low))
        if is_last:
            painter.drawLine(QLineF(rect.right() - 1, top, rect.right() - 1, low))


def words(
    painter: QPainter,
    rect: QRectF | QRect,
    text: str,
    *,
    step: str = "body",
    colour: str = "text.primary",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Write one line, cut with an ellipsis; returns its width."""
    if isinstance(rect, QRect):
        rect = QRectF(rect)
    painter.setFont(ui_font(step))
    painter.setPen(look().colour(colour))
    shown, width = fitted(step, text, rect.width())
    painter.drawText(rect, int(align) | _ONE_LINE, shown)
    return width


def wrapped(painter: QPainter, rect: QRectF, text: str, *, colour: str = "text.primary") -> None:
    """Write a text over as many lines as the room has."""
    painter.setFont(ui_font("body"))
    painter.setPen(look().colour(colour))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWrapAnywhere
    painter.drawText(rect, flags, text)


def cut(painter: QPainter, rect: QRectF, picture: QPixmap) -> None:
    """A cell cut from a picture of the original, as large as the room allows, under an edge."""
    room = rect.adjusted(0, 2, 0, -2)
    scale = min(
        room.width() / max(picture.width(), 1), room.height() / max(picture.height(), 1), 1.4
    )
    shown = QRectF(room.left(), 0, picture.width() * scale, picture.height() * scale)
    shown.moveTop(room.center().y() - shown.height() / 2)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(shown, picture, QRectF(picture.rect()))
    painter.setPen(QPen(look().colour("line.normal"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(shown)


def verdict(painter: QPainter, rect: QRectF, state: str, text: str) -> float:
    """Icon, then word, then colour; returns the width taken."""
    colour = look().colour(f"verdict.{state}")
    icon = QRectF(rect.left(), rect.center().y() - 8, 16, 16)
    paint_icon(painter, icon, tokens().icons[state], colour)
    room = rect.adjusted(20, 0, 0, 0)
    return 20 + words(painter, room, text, step="strong", colour=f"verdict.{state}")


def counts(
    painter: QPainter,
    rect: QRectF,
    numbers: Sequence[tuple[str, int]],
    *,
    has_words: bool = False,
) -> float:
    """Icon and number for each verdict, right aligned; returns the left edge used.

    Args:
        painter: Of the row.
        rect: Where they stand at the right.
        numbers: Verdicts with their counts, in order.
        has_words: Whether the verdict's word stands before its number.
    """
    right = rect.right()
    step = "caption" if has_words else "strong"
    for state, number in reversed(numbers):
        text = f"{tokens().words[state]} {number}" if has_words else str(number)
        width = fitted(step, text, MUCH_ROOM)[1]
        box = QRectF(right - width, rect.top(), width + 1, rect.height())
        words(painter, box, text, step=step, colour=f"verdict.{state}")
        icon = QRectF(right - width - 17, rect.center().y() - 7, 14, 14)
        paint_icon(painter, icon, tokens().icons[state], look().colour(f"verdict.{state}"))
        right = icon.left() - 8
    return right


def chip_width(text: str) -> float:
    """How wide a chip with this word is."""
    return fitted("caption", text, MUCH_ROOM)[1] + 12


def chip(
    painter: QPainter,
    left: float,
    middle: float,
    item: Chip,
    *,
    most: float,
    has_icon: bool = False,
) -> float:
    """One chip, 18 px high; returns its width."""
    state, text = item
    width = min(chip_width(text) + (ICON_ROOM if has_icon else 0), most)
    if width < 20:
        return 0
    height = max(18.0, text_height("caption") + 1)
    box = QRectF(left, middle - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(f"verdict.{state}.ground"))
    painter.drawRoundedRect(box, size("radius_chip"), size("radius_chip"))
    if has_icon:
        icon = QRectF(box.left() + 5, middle - 6, 12, 12)
        paint_icon(painter, icon, tokens().icons[state], look().colour(f"verdict.{state}"))
        box.setLeft(box.left() + ICON_ROOM - 1)
    words(painter, box.adjusted(6, 0, -5, 0), text, step="caption", colour=f"verdict.{state}")
    return width


def chips(
    painter: QPainter, rect: QRectF, items: Sequence[Chip], *, has_icons: bool = False
) -> None:
    """At most two chips, then 「＋2」."""
    x = rect.left()
    shown = items[:MOST_CHIPS]
    extra = 2 * ICON_ROOM if has_icons else 0
    if (
        len(items) > 1
        and chip_width(items[0][1]) + chip_width(items[1][1]) + 8 + extra > rect.width()
    ):
        shown = items[:1]
    rest = len(items) - len(shown)
    more = f"＋{rest}" if rest else ""
    reserve = fitted("caption", more, MUCH_ROOM)[1] + 4 if more else 0
    for item in shown:
        most = rect.right() - x - reserve
        x += chip(painter, x, rect.center().y(), item, most=most, has_icon=has_icons) + 4
    if more:
        room = QRectF(x, rect.top(), rect.right() - x, rect.height())
        words(painter, room, more, step="caption", colour="text.secondary")


def check_box(painter: QPainter, rect: QRectF, state: Qt.CheckState) -> None:
    """A check box, 16 px."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if state == Qt.CheckState.Unchecked:
        painter.setPen(QPen(look().colour("line.control"), 1))
        painter.setBrush(look().colour("surface.field"))
        painter.drawRoundedRect(box, 3, 3)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour("accent.base"))
    painter.drawRoundedRect(rect, 3, 3)
    name = "checkmark_12_filled" if state == Qt.CheckState.Checked else "subtract_12_filled"
    middle = rect.center()
    inner = QRectF(middle - QPointF(6, 6), middle + QPointF(6, 6))
    paint_icon(painter, inner, name, look().colour("accent.on"))
