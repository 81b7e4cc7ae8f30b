"""Text measured, broken and, where it is too long, made smaller: never outside its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from forms.document import ContentTooLongError
from forms.fonts import FontChain
from forms.linebreak import break_lines, pieces

POINT = 25.4 / 72
"""Millimetres of one point."""
SPACE = 0.28
"""Width of the space between Han and digits, in em; the character itself is wider."""
SMALLEST = 8.0
"""Points: below this nothing is shrunk."""
STEP = 0.5
"""Points by which a text that is too long is shrunk at a time."""

REMEMBERED = 20_000
"""Broken texts kept: the course names and notes of a batch, not every name of a city."""


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a text looks."""

    size: float
    """Points."""
    stroke: float = 0.0
    """Points of outline that make the face bold; 0 for regular."""
    leading: float = 1.25
    """Distance of lines, in sizes."""

    @property
    def line_height(self) -> float:
        """Give the distance of two baselines in millimetres."""
        return self.size * self.leading * POINT

    def sized(self, size: float) -> Style:
        """Give the same style in another size."""
        return Style(size=size, stroke=self.stroke, leading=self.leading)


@dataclass(frozen=True)
class TextLine:
    """One line as broken: the characters, each with its width in em."""

    text: str
    widths: tuple[float, ...]
    is_bold: tuple[bool, ...]
    is_last: bool
    """Whether the paragraph or its part before a line feed ends here."""

    @cached_property
    def em(self) -> float:
        """Width of the whole line in em."""
        return sum(self.widths)

    @cached_property
    def gaps(self) -> frozenset[int]:
        """Positions after which a justified line may be stretched."""
        result: set[int] = set()
        position = 0
        for piece in pieces(self.text):
            if len(piece) > 1 and not piece.isascii():
                result.update(
                    position + i
                    for i in range(len(piece) - 1)
                    if not (piece[i].isascii() and piece[i + 1].isascii())
                )
            position += len(piece)
            result.add(position - 1)
        result.discard(len(self.text) - 1)
        return frozenset(result)


@dataclass(frozen=True)
class Fitted:
    """Lines that fit their width, in the size they need."""

    lines: tuple[TextLine, ...]
    style: Style

    @property
    def height(self) -> float:
        """Height of all lines in millimetres."""
        return len(self.lines) * self.style.line_height


@dataclass
class TextFitter:
    """Measures and breaks text with the faces of one chain; remembers what it broke."""

    chain: FontChain
    _cache: dict[tuple[object, ...], tuple[TextLine, ...]] = field(default_factory=dict)

    def widths(self, text: str) -> list[float]:
        """Give the width of each character in em, the space narrow."""
        of = self.chain.width_of
        return [SPACE if c == " " else 0.0 if c == "\n" else of(c) for c in text]

    def width(self, text: str, size: float) -> float:
        """Give the width of a text in millimetres."""
        return sum(self.widths(text)) * size * POINT

    def broken(
        self,
        text: str,
        *,
        size: float,
        width: float,
        first_indent: float = 0.0,
        bold: tuple[int, int] | None = None,
    ) -> tuple[TextLine, ...]:
        """Break a text into lines.

        Args:
            text: What to break.
            size: Points.
            width: Millimetres of a line.
            first_indent: Millimetres the first line is shorter.
            bold: Start and end of the part in bold.
        """
        key = (text, size, width, first_indent, bold)
        if key not in self._cache:
            if len(self._cache) >= REMEMBERED:
                self._cache.clear()
            ems = self.widths(text)
            em = size * POINT
            # A hair of tolerance, so that what was measured to fill a line exactly fills it.
            limit = width / em + 1e-6
            spans = break_lines(text, ems, limit, first_limit=limit - first_indent / em)
            first, last = bold or (0, 0)
            self._cache[key] = tuple(
                TextLine(
                    text[a:b],
                    tuple(ems[a:b]),
                    tuple(first <= i < last for i in range(a, b)),
                    index == len(spans) - 1 or text[b : b + 1] == "\n",
                )
                for index, (a, b) in enumerate(spans)
            )
        return self._cache[key]

    def fitted(
        self,
        text: str,
        style: Style,
        *,
        width: float,
        lines: int = 1,
        height: float | None = None,
        bold: tuple[int, int] | None = None,
        smallest: float = SMALLEST,
    ) -> Fitted:
        """Break a text; while it needs too many lines, shrink it; at 8 points let it grow.

        Args:
            text: What to print.
            style: How, at its full size.
            width: Millimetres of a line.
            lines: Lines it may take at any size.
            height: Millimetres there are; smaller text may then take more lines, if they fit.
            bold: Start and end of the part in bold.
            smallest: Points; what is still too long grows the row.
        """
        size = style.size
        while True:
            current = style.sized(size)
            broken = self.broken(text, size=size, width=width, bold=bold)
            allowed = lines
            if height is not None:
                allowed = max(lines, int(height / current.line_height + 1e-6))
            if len(broken) <= allowed or size - STEP < smallest:
                return Fitted(broken, current)
            size -= STEP

    def one_line(self, text: str, style: Style, *, width: float, where: str) -> Fitted:
        """Shrink a text that has one line and no way to grow, down to half of 8 points.

        Raises:
            ContentTooLongError: It still doesn't fit.
        """
        size = style.size
        while size >= SMALLEST / 2:
            broken = self.broken(text, size=size, width=width)
            if len(broken) == 1:
                return Fitted(broken, style.sized(size))
            size -= STEP
        raise ContentTooLongError(
            f"{where}「{text[:20]}…」共 {len(text)} 字，超過一行可容納的長度，"
            "尚未產生文件，請縮短後再列印。"
        )


def total_height(parts: Sequence[Fitted]) -> float:
    """Give the height of texts under one another, in millimetres."""
    return sum(part.height for part in parts)
