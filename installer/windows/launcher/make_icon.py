"""Draws ``gongyu.ico``: the white clipboard of the icon set on a field of the window's accent.

Run by hand when the icon changes, in the project's environment; the result is committed.
"""

from __future__ import annotations

import io
import os
import sys
import tomllib
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parents[2] / "resources"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def picture(size: int, accent: str) -> Image.Image:
    """The icon at one size, in pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(accent))
    painter.setPen(QColor(0, 0, 0, 0))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    shape = (RESOURCES / "icons" / "clipboard_task_20_filled.svg").read_text(encoding="utf-8")
    shape = shape.replace("<path ", '<path fill="#FFFFFF" ')
    edge = size * 0.12
    QSvgRenderer(shape.encode()).render(
        painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge)
    )
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt's stub wants bytes, Qt a str
    return Image.open(io.BytesIO(buffer.data().data()))


def main() -> int:
    """Writes the icon in all its sizes."""
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    tokens = tomllib.loads((RESOURCES / "design" / "tokens.toml").read_text(encoding="utf-8"))
    accent = tokens["accent"]["base"]["light"]
    pictures = [picture(size, accent) for size in SIZES]
    pictures[-1].save(
        HERE / "gongyu.ico",
        sizes=[(size, size) for size in SIZES],
        append_images=pictures[:-1],
    )
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
