"""The pictures on a PDF page, and the texts that nobody sees because of them."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

LEAST_PICTURE = 0.02
"""Share of a page under which a picture is a mark or a logo."""
_COVERING = 0.5


def address(item: Any) -> int:
    """What tells one of PDFium's objects from another."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


class Covers:
    """Pictures and texts in the order in which the page draws them.

    Attributes:
        share: How much of the page pictures cover; more than 1 where they overlap.
        finest: Pixels a point of the finest picture.
        most_pixels: Of the largest picture.
        drawn: The place of each text in the order of drawing.
    """

    def __init__(self, width: float, height: float) -> None:
        """Begin with an empty page of a size in points."""
        self.share = 0.0
        self.finest = 0.0
        self.most_pixels = 0
        self.drawn: dict[int, int] = {}
        self._size = (width, height)
        self._unseen: set[int] = set()
        self._covered = 0  # how many of the texts drawn so far lie under a picture

    def add_text(self, item: Any) -> None:
        """Note a text's place in the order of drawing, and whether it is drawn at all."""
        self.drawn[address(item)] = len(self.drawn)
        if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            self._unseen.add(address(item))

    def add_picture(self, item: Any, box: tuple[float, float, float, float]) -> None:
        """Note how much of the page a picture covers, and how fine it is.

        Args:
            item: The picture.
            box: Its left, bottom, right and top on the page.
        """
        width, height = self._size
        x0, y0, x1, y1 = box
        wide = min(max(x0, x1), width) - max(min(x0, x1), 0.0)
        high = min(max(y0, y1), height) - max(min(y0, y1), 0.0)
        if wide <= 0 or high <= 0:
            return
        share = wide * high / (width * height)
        self.share += share
        if share >= _COVERING:
            self._covered = len(self.drawn)
        across, down = ctypes.c_uint(), ctypes.c_uint()
        if pdfium.FPDFImageObj_GetImagePixelSize(item, across, down):
            self.most_pixels = max(self.most_pixels, across.value * down.value)
            if share >= LEAST_PICTURE:
                fine = max(across.value, down.value) / max(abs(x1 - x0), abs(y1 - y0))
                self.finest = max(self.finest, fine)

    def hidden(self) -> frozenset[int]:
        """Texts that nobody sees: a scanner's own reading, behind its picture or not drawn.

        Where a picture covers the page such text is a guess by another program, never evidence.
        """
        if self.share < _COVERING:
            return frozenset()
        under = {text for text, place in self.drawn.items() if place < self._covered}
        return frozenset(self._unseen | under)
