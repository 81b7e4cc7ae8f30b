"""A page to draw on, in millimetres from its upper left corner."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from typing import Any

from reportlab.graphics.barcode import qrencoder
from reportlab.lib.utils import ImageReader

from forms.document import SealPicture
from forms.fonts import REPLACEMENT, FontChain
from forms.rocdate import Slot
from forms.textfit import POINT, SPACE, Fitted, Style, TextFitter, TextLine

BASELINE = 0.3
"""How far the baseline lies below the middle of a line, in sizes: Kai hangs 0.8 over 0.2."""

OUTLINE = 1.0
"""Points: outline of a table."""
INNER = 0.5
"""Points: lines within a table, seal boxes."""
GREY = 0xF1 / 255
"""Ground of subtotal rows: 5 % grey."""
BLACK = (0.0, 0.0, 0.0)
Colour = tuple[float, float, float]


class Align(Enum):
    """Where a text stands in its box."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Sheet:
    """Draws text, lines and boxes on the current page of a PDF."""

    def __init__(self, canvas: Any, chain: FontChain, fitter: TextFitter, height: float) -> None:
        """Take a page.

        Args:
            canvas: reportlab's canvas, at the start of a page.
            chain: The faces.
            fitter: Measures with the same faces.
            height: Millimetres of the sheet.
        """
        self._canvas = canvas
        self._chain = chain
        self.fitter = fitter
        self._height = height
        self._text_state = (0.0, 0.0, 0)
        self.seal_pictures: tuple[SealPicture, ...] = ()
        """Pictures for seal boxes of this document; a box without one is for a wet stamp."""
        self.tags: list[str] = []
        """What each marked piece of the page is, in the order of the pieces' numbers."""

    # ------------------------------------------------------------------------------------- tags

    def begin_words(self) -> None:
        """Begin what a reader reads aloud."""
        self._open("P")

    def end_words(self) -> None:
        """End it; what follows stands on the page for its own sake: number, footer, marks."""
        self._close()
        self._canvas.addLiteral("/Artifact BMC")

    def end_marks(self) -> None:
        """End the page."""
        self._close()

    @contextmanager
    def title(self) -> Iterator[None]:
        """Mark what is drawn meanwhile as a title."""
        is_marked = bool(self.tags)
        if is_marked:
            self._close()
            self._open("H1")
        yield
        if is_marked:
            self._close()
            self._open("P")

    def _open(self, tag: str) -> None:
        self._canvas.addLiteral(f"/{tag} << /MCID {len(self.tags)} >> BDC")
        self.tags.append(tag)

    def _close(self) -> None:
        self._canvas.addLiteral("EMC")

    # ------------------------------------------------------------------------------------ lines

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        width: float = INNER,
        dash: tuple[float, float] | None = None,
        colour: Colour = BLACK,
    ) -> None:
        """Draw a line; width in points, dash lengths in millimetres."""
        self._pen(width, colour)
        if dash:
            self._canvas.setDash([part / POINT for part in dash])
        self._canvas.line(x1 / POINT, self._up(y1), x2 / POINT, self._up(y2))
        if dash:
            self._canvas.setDash()

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        pen: float = OUTLINE,
        radius: float = 0.0,
        colour: Colour = BLACK,
        fill: Colour | None = None,
    ) -> None:
        """Draw a box; pen in points, 0 for none; radius of its corners in millimetres."""
        if pen:
            self._pen(pen, colour)
        if fill:
            self._canvas.setFillColorRGB(*fill)
        place = (x / POINT, self._up(y + height), width / POINT, height / POINT)
        if radius:
            self._canvas.roundRect(*place, radius / POINT, stroke=bool(pen), fill=bool(fill))
        else:
            self._canvas.rect(*place, stroke=bool(pen), fill=bool(fill))
        if fill:
            self._canvas.setFillColorRGB(*BLACK)

    def circle(self, x: float, y: float, radius: float, *, pen: float, colour: Colour) -> None:
        """Draw a ring around a point; pen in points."""
        self._pen(pen, colour)
        self._canvas.circle(x / POINT, self._up(y), radius / POINT, stroke=1, fill=0)

    @contextmanager
    def turned(self, x: float, y: float, degrees: float) -> Iterator[None]:
        """Turn what is drawn meanwhile clockwise around a point."""
        state = self._text_state
        self._canvas.saveState()
        self._canvas.translate(x / POINT, self._up(y))
        self._canvas.rotate(-degrees)
        self._canvas.translate(-x / POINT, -self._up(y))
        yield
        self._canvas.restoreState()
        self._text_state = state

    # ------------------------------------------------------------------------------------- text

    def fitted(
        self,
        text: Fitted,
        *,
        x: float,
        y: float,
        width: float,
        height: float,
        align: Align = Align.LEFT,
    ) -> None:
        """Draw fitted lines, centred from top to bottom in a box."""
        top = y + (height - text.height) / 2
        self.lines(text.lines, text.style, x=x, y=top, width=width, align=align)

    def lines(
        self,
        lines: Sequence[TextLine],
        style: Style,
        *,
        x: float,
        y: float,
        width: float,
        align: Align = Align.LEFT,
        is_justified: bool = False,
        is_underlined: bool = False,
        first_indent: float = 0.0,
    ) -> None:
        """Draw lines under one another from y down.

        Args:
            lines: As broken for this width.
            style: Size, weight and leading.
            x: Left side of the box.
            y: Top of the first line.
            width: Of the box; its use is for alignment, nothing is broken here.
            align: Where the lines stand in it.
            is_justified: Whether all lines but the last are stretched to the width.
            is_underlined: Whether a line is drawn under the text.
            first_indent: Millimetres the first line begins further in.
        """
        em = style.size * POINT
        for index, line in enumerate(lines):
            indent = first_indent if index == 0 else 0.0
            room = width - indent
            taken = line.em * em
            stretch = 0.0
            if is_justified and not line.is_last and line.gaps:
                stretch = (room - taken) / len(line.gaps)
                taken = room
            left = x + indent + (room - taken) * align.value
            baseline = y + (index + 0.5) * style.line_height + BASELINE * em
            self.text_line(line, style, x=left, baseline=baseline, stretch=stretch)
            if is_underlined and line.text:
                self.line(left, baseline + 0.12 * em, left + taken, baseline + 0.12 * em, width=0.5)

    def text_line(
        self,
        line: TextLine,
        style: Style,
        *,
        x: float,
        baseline: float,
        stretch: float = 0.0,
        colour: Colour = BLACK,
        space: float | None = SPACE,
    ) -> None:
        """Draw one line, its characters in one text object.

        Args:
            line: What to draw.
            style: Size and weight; the bold part of the line takes the stroke.
            x: Left end.
            baseline: Its baseline.
            stretch: Millimetres added after each of the line's gaps.
            colour: Of fill and stroke.
            space: Width of a space in em; None for the face's own.
        """
        if not line.text:
            return
        wide = self._chain.width_of(" ")
        word = 0.0 if space is None else (space - wide) * style.size
        gaps = line.gaps if stretch else ()
        parts: list[tuple[str, float, bool, list[str]]] = []
        for i, character in enumerate(line.text):
            face = self._chain.face_of(character)
            if face is None:  # the caller insisted on printing: visible, never an empty box
                character = REPLACEMENT
                face = self._chain.face_of(character) or self._chain.first
            extra = stretch / POINT if i in gaps else 0.0
            bold = line.is_bold[i]
            if parts and parts[-1][:3] == (face, extra, bold):
                parts[-1][3].append(character)
            else:
                parts.append((face, extra, bold, [character]))
        self._begin(style.stroke if any(line.is_bold) else 0.0, colour)
        writer = self._canvas.beginText(x / POINT, self._up(baseline))
        for face, extra, bold, characters in parts:
            self._set(writer, extra, word, 2 if bold and style.stroke else 0)
            writer.setFont(face, style.size)
            writer.textOut("".join(characters))
        self._end(writer, colour)

    def text(
        self,
        text: str,
        style: Style,
        *,
        x: float,
        baseline: float,
        align: Align = Align.LEFT,
        colour: Colour = BLACK,
        space: float | None = SPACE,
    ) -> None:
        """Draw a short text that is known to fit, from, around or up to x."""
        widths = self.fitter.widths(text)
        if space is None:
            widths = [self._chain.width_of(c) for c in text]
        line = TextLine(text, tuple(widths), (bool(style.stroke),) * len(text), is_last=True)
        left = x - line.em * style.size * POINT * align.value
        self.text_line(line, style, x=left, baseline=baseline, colour=colour, space=space)

    def slots(
        self, slots: Sequence[Slot], style: Style, *, x: float, y: float, height: float
    ) -> None:
        """Draw a date in fixed slots from x on, numbers centred, spaces kept, in one text object.

        Args:
            slots: Numbers and their words.
            style: Size and weight.
            x: Left end of the first slot.
            y: Top of the cell, for centring.
            height: Of the cell.
        """
        size = style.size
        wide = self._chain.width_of(" ")
        number_em = [sum(self._chain.width_of(c) for c in slot.number) for slot in slots]
        pads = [(slot.em - em) / 2 for slot, em in zip(slots, number_em, strict=True)]
        writer = self._canvas.beginText(
            x / POINT + pads[0] * size, self._up(y + height / 2 + BASELINE * size * POINT)
        )
        for i, slot in enumerate(slots):
            before = f" {slot.number}" if i else slot.number
            for text, pad in ((before, pads[i]), (f" {slot.word}", pads[i])):
                self._set(writer, 0.0, (pad - wide) * size, 0)
                for face, part in self._chain.runs(text):
                    writer.setFont(face, size)
                    writer.textOut(part)
        self._end(writer, BLACK)

    # ---------------------------------------------------------------------------------- QR code

    def qr_code(self, content: str, *, x: float, y: float, side: float, quiet: int = 2) -> None:
        """Draw a QR code, level M, its quiet zone of so many modules within the side."""
        modules = qr_modules(content)
        size = side / (len(modules) + 2 * quiet)
        self._canvas.setFillColorRGB(*BLACK)
        path = self._canvas.beginPath()
        for row, cells in enumerate(modules):
            column = 0
            while column < len(cells):
                end = column
                while end < len(cells) and cells[end]:
                    end += 1
                if end > column:
                    path.rect(
                        (x + (quiet + column) * size) / POINT,
                        self._up(y + (quiet + row + 1) * size),
                        (end - column) * size / POINT,
                        size / POINT,
                    )
                column = end + 1
        self._canvas.drawPath(path, stroke=0, fill=1)

    # --------------------------------------------------------------------------------- pictures

    def picture(self, png: bytes, *, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture, its transparent ground kept, in a box of so many millimetres."""
        self._canvas.drawImage(
            ImageReader(io.BytesIO(png)),
            x / POINT,
            self._up(y + height),
            width / POINT,
            height / POINT,
            mask="auto",
        )

    # ----------------------------------------------------------------------------------- inside

    def _up(self, y: float) -> float:
        return (self._height - y) / POINT

    def _pen(self, width: float, colour: Colour) -> None:
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeColorRGB(*colour)

    def _begin(self, stroke: float, colour: Colour) -> None:
        if stroke:
            self._pen(stroke, colour)
        if colour != BLACK:
            self._canvas.setFillColorRGB(*colour)

    def _set(self, writer: Any, character: float, word: float, mode: int) -> None:
        """Change only what differs: text state outlives the text object."""
        now = self._text_state
        if now[0] != character:
            writer.setCharSpace(character)
        if now[1] != word:
            writer.setWordSpace(word)
        if now[2] != mode:
            writer.setTextRenderMode(mode)
        self._text_state = (character, word, mode)

    def _end(self, writer: Any, colour: Colour) -> None:
        # reportlab takes every text object to begin as plain fill.
        writer.setTextRenderMode(0)
        self._text_state = (*self._text_state[:2], 0)
        self._canvas.drawText(writer)
        if colour != BLACK:
            self._canvas.setFillColorRGB(*BLACK)


@lru_cache(maxsize=512)
def qr_modules(content: str) -> tuple[tuple[bool, ...], ...]:
    """Give the dark modules of a QR code, level M, version 2 where the content fits it."""
    level = qrencoder.QRErrorCorrectLevel.M
    code = qrencoder.QRCode(2 if len(content) <= 26 else None, level)
    code.addData(content)
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(r, c)) for c in range(count)) for r in range(count))
