"""Stamp pictures in seal boxes: what is placed, and where in the box."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from forms.document import SealPicture
from forms.sheet import Sheet

MOST_HEIGHT = 14.0
MOST_WIDTH = 36.0
"""Millimetres: 職名章 are at most so large; a picture is never enlarged beyond its box."""


def picture_for(label: str, pictures: Sequence[SealPicture]) -> SealPicture | None:
    """The picture that goes into the box of a label, None for a wet stamp."""
    words = "".join(label.split())
    return next((one for one in pictures if words.startswith(one.box)), None)


def place_seal_picture(
    sheet: Sheet, label: str, *, x: float, y: float, width: float, height: float
) -> None:
    """Draw a box's picture, where it has one, in the middle of its clear part.

    Args:
        sheet: Page to draw on, with the document's pictures.
        label: Of the box.
        x: Left side of the clear part, in millimetres.
        y: Its top.
        width: Of the clear part.
        height: Of the clear part.
    """
    picture = picture_for(label, sheet.seal_pictures)
    if picture is None:
        return
    with Image.open(io.BytesIO(picture.png)) as image:
        ratio = image.width / image.height
    tall = min(height - 1, MOST_HEIGHT)
    wide = tall * ratio
    if wide > min(width - 2, MOST_WIDTH):
        wide = min(width - 2, MOST_WIDTH)
        tall = wide / ratio
    sheet.picture(
        picture.png,
        x=x + (width - wide) / 2,
        y=y + (height - tall) / 2,
        width=wide,
        height=tall,
    )
