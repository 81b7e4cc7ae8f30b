"""Pictures of the window: made, kept small, and compared with what was kept.

``RENEW_PICTURES=1`` before a run writes them anew instead of comparing.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

CELL = 12
"""Pixels of a cell whose mean grey is compared: glyphs of another face have nearly the same."""
DEEPEST = 24
"""How far two cells' greys (0 to 255) may lie apart."""
MOST_CELLS = 0.006
"""Share of cells that may differ: a caret, a time, a face of another version."""
COLOURS = 255
PATIENCE, WAIT_MS = 40, 250
"""How often a picture that differs is taken again, and after how long."""


def is_renewing() -> bool:
    """Whether this run writes the pictures anew."""
    return os.environ.get("RENEW_PICTURES", "") not in ("", "0")


def grab(widget: QWidget, *, ratio: float = 1.0, shrunk: int = 1) -> Image.Image:
    """A widget as it would be drawn on a screen of that scale.

    Args:
        widget: What is drawn.
        ratio: The screen's scale.
        shrunk: How many times smaller the picture is kept.
    """
    pixmap = QPixmap(widget.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    widget.render(pixmap, QPoint())
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(
        image.height(), image.bytesPerLine()
    )[:, : image.width() * 3]
    drawn = Image.frombytes("RGB", (image.width(), image.height()), rows.tobytes())
    return drawn.reduce(shrunk) if shrunk > 1 else drawn


def small_png(image: Image.Image, colours: int = COLOURS) -> bytes:
    """A PNG with a palette."""
    palette = image.quantize(
        colours, method=Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE
    )
    out = io.BytesIO()
    palette.save(out, "PNG", optimize=True)
    return out.getvalue()


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of cells whose mean grey differs; 1.0 for pictures of unequal size."""
    if one.size != other.size:
        return 1.0
    cells = [
        numpy.asarray(
            image.convert("L").resize(
                (max(image.width // CELL, 1), max(image.height // CELL, 1)), Image.Resampling.BOX
            ),
            dtype=numpy.int16,
        )
        for image in (one, other)
    ]
    return float((numpy.abs(cells[0] - cells[1]) > DEEPEST).mean())


def fault_in_time(
    take: Callable[[], Image.Image],
    kept: Path,
    wait: Callable[[int], object],
    *,
    colours: int = COLOURS,
) -> str:
    """What is still wrong with a kept picture when the page has had every chance to come to rest.

    A loaded machine draws late what comes by a timer; a page that is wrong stays wrong.

    Args:
        take: Takes the picture.
        kept: The picture it is compared with.
        wait: Lets the window work for so many milliseconds.
        colours: The most colours of a kept picture.
    """
    words = fault(take(), kept, colours=colours)
    for _ in range(PATIENCE):
        if not words or not kept.exists():
            break
        wait(WAIT_MS)
        words = fault(take(), kept, colours=colours)
    return words


def fault(image: Image.Image, kept: Path, *, colours: int = COLOURS) -> str:
    """What is wrong with a kept picture, empty when it is like the new one; renews it if asked."""
    if is_renewing():
        kept.parent.mkdir(parents=True, exist_ok=True)
        if not kept.exists() or difference(image, Image.open(kept).convert("RGB")) > 0:
            kept.write_bytes(small_png(image, colours))
        return ""
    if not kept.exists():
        return f"{kept.name}: none is kept"
    share = difference(image, Image.open(kept).convert("RGB"))
    return f"{kept.name}: {share:.1%} of it differs" if share > MOST_CELLS else ""
