"""Icons: Fluent drawings of one colour, tinted when they are loaded."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.qt.tokens import RESOURCES

ICON_FOLDER = RESOURCES / "icons"


@lru_cache(maxsize=256)
def tinted_svg(name: str, colour: str) -> bytes:
    """The drawing of that name filled with one colour.

    Args:
        name: File name without ``.svg`` (``checkmark_circle_16_filled``).
        colour: ``#RRGGBB``.

    Raises:
        FileNotFoundError: When the program has no such icon.
    """
    text = (ICON_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("<svg ", f'<svg fill="{colour}" ', 1).encode()


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a square of ``side`` logical px, sharp at the screen's ``ratio``."""
    image = QImage(
        QSize(round(side * ratio), round(side * ratio)), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(tinted_svg(name, colour))).render(painter)
    painter.end()
    result = QPixmap.fromImage(image)
    result.setDevicePixelRatio(ratio)
    return result


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor | str) -> None:
    """Draw the icon into ``rect``, whatever the painter's device."""
    words = colour if isinstance(colour, str) else colour.name()
    _renderer(name, words).render(painter, rect)


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(tinted_svg(name, colour)))


def icon(name: str, colour: str, *, disabled: str | None = None, side: int = 16) -> QIcon:
    """The icon for a button, sharp up to 300 %.

    Args:
        name: File name without ``.svg``.
        colour: ``#RRGGBB`` of the enabled control.
        disabled: The same of a disabled one; a paler shade is made by Qt without it.
        side: Logical px.
    """
    result = QIcon()
    for ratio in (1.0, 1.25, 1.5, 2.0, 3.0):
        result.addPixmap(pixmap(name, colour, side, ratio))
        if disabled is not None:
            result.addPixmap(pixmap(name, disabled, side, ratio), QIcon.Mode.Disabled)
    return result
