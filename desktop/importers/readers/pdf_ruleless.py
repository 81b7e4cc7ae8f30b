"""Tables printed without rules: columns and rows from the white space between the characters."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.importers.readers.pdf_page import Glyph


@dataclass(frozen=True, slots=True)
class RulelessTable:
    """What was found: rows of texts with their boxes, the upper edge, and the characters left."""

    rows: tuple[tuple[tuple[str, ...], tuple[float, float, float, float]], ...]
    top: float
    rest: list[Glyph]


def ruleless_rows(glyphs: list[Glyph]) -> RulelessTable | None:
    """The table among characters that no rules surround, None when there is none.

    Args:
        glyphs: Every character outside drawn tables.
    """
    return None
