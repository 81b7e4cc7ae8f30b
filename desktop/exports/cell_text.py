"""Make any text safe to stand in a cell: as written, but never a formula and never broken XML.

The only changes: characters that XML cannot hold become U+FFFD (visible, not dropped), line ends
become a line feed, what looks like a national identity number loses its last four digits, and a
text over a cell's limit is cut with a sentence that says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

CELL_LIMIT = 32_767
"""Most UTF-16 units a cell can hold in Excel."""

_CUT_SENTENCE = "…（本格文字過長，以下未列，請看來源檔案。）"
_UNFIT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IDENTITY_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z][1289A-Da-d][0-9]{4})[0-9]{4}(?![A-Za-z0-9])"
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell_text(text: str) -> str:
    """Return the text as a cell can hold it."""
    clean = _UNFIT_FOR_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    clean = _IDENTITY_NUMBER.sub(r"\1****", clean)
    if utf16_length(clean) <= CELL_LIMIT:
        return clean
    room = CELL_LIMIT - utf16_length(_CUT_SENTENCE)
    kept = clean.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept + _CUT_SENTENCE


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units, which is what Excel counts."""
    return len(text.encode("utf-16-le")) // 2


def could_be_formula(text: str) -> bool:
    """Say whether a program might take the text for a formula when it is edited or saved as CSV."""
    return text.startswith(_FORMULA_STARTS)


def unique_headings(titles: Iterable[str]) -> tuple[str, ...]:
    """Return headings a real table accepts: one line, not empty, no two alike regardless of case.

    A heading that stood before gets a number: 「套別（2）」; an empty one is named after its place.
    """
    seen: set[str] = set()
    headings: list[str] = []
    for position, title in enumerate(titles, start=1):
        # Excel keeps a column's name on one line of at most 255 UTF-16 units, without case.
        base = " ".join(cell_text(title).split())[:120] or f"欄{position}"
        heading = base
        number = 2
        while heading.casefold() in seen:
            heading = f"{base}（{number}）"
            number += 1
        seen.add(heading.casefold())
        headings.append(heading)
    return tuple(headings)


def display_width(text: str) -> float:
    """Return the width in half-width signs; a Chinese character counts two.

    Digits and Latin letters of Chinese faces are a little wider than half an em.
    """
    return sum(2.0 if unicodedata.east_asian_width(sign) in "WFA" else 1.15 for sign in text)


def lines_within(text: str, width: float) -> tuple[str, ...]:
    """Break a text into lines of at most `width` half-width signs, keeping its own line ends."""
    lines: list[str] = []
    for paragraph in cell_text(text).split("\n"):
        line, used = "", 0.0
        for sign in paragraph:
            sign_width = display_width(sign)
            if line and used + sign_width > width and sign not in "，。、；：？！）」』】":
                lines.append(line)
                line, used = "", 0.0
            line += sign
            used += sign_width
        lines.append(line)
    return tuple(lines)
