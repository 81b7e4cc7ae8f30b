"""Characters beyond the first plane, readable from the PDF again.

reportlab writes the code point's plain hexadecimal into a font's ToUnicode table; beyond U+FFFF
that is no UTF-16, so a name such as 李𠮷 looks right and reads back wrong. It also writes more
entries into one block than the format allows. Both are put right here for the whole program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.pdfbase import ttfonts

BLOCK = 100
"""Most entries the CMap format allows in one ``bfchar`` block."""


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """Write the ToUnicode table of one subset of a font.

    Args:
        font_name: Name the table is registered under.
        subset: Code points in the order of the codes that stand for them; 0 where none does.
    """
    entries = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for index, code in enumerate(subset)
        if code
    ]

    def blocks() -> Iterator[str]:
        for first in range(0, len(entries), BLOCK):
            block = entries[first : first + BLOCK]
            yield f"{len(block)} beginbfchar"
            yield from block
            yield "endbfchar"

    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            f"<< /Registry ({font_name})",
            f"/Ordering ({font_name})",
            "/Supplement 0",
            ">> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks(),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def install() -> None:
    """Make reportlab write its ToUnicode tables with :func:`to_unicode_map`."""
    ttfonts.makeToUnicodeCMap = to_unicode_map
