"""Stamp pictures in seal boxes: what is placed, and where in the box."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image

from forms.sheet import Sheet

MOST_HEIGHT = 14.0
MOST_WIDTH = 36.0
"""Millimetres: 職名章 are at most so large; a picture is never enlarged beyond its box."""


@dataclass(frozen=True, kw_only=True)
class SealPicture:
    """A picture for one kind of seal box.

    Attributes:
        box: The word that the box's label begins with, such as 人事單位.
        png: The picture, its ground transparent.
    """

    box: str
    png: bytes = field(repr=False)


def picture_for(label: str, pictures: Sequence[SealPicture]) -> SealPicture | None:
    """The picture that goes into the box of a label, None for a wet stamp."""
    words = "".join(label.split())
    return next((one for one in pictures if words.startswith(one.box)), None)


def draw_seal_picture(
    sheet: Sheet, picture: SealPicture, *, x: float, y: float, width: float, height: float
) -> None:
    """Draw a picture as large as it may be, in the middle of the clear part of its box.

    Args:
        sheet: Page to draw on.
        picture: What.
        x: Left side of the clear part, in millimetres.
        y: Its top.
        width: Of the clear part.
        height: Of the clear part.
    """
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
