"""Where a Chinese line may end: pure functions over text and character widths."""

from __future__ import annotations

import re
from collections.abc import Sequence

NOT_AT_START = frozenset("，。、；：？！）」』】％" + "》〉〕］｝…‥·・．～,.;:?!)]}%~-–—－⁺")
"""Never first in a line: the eleven of the design, and what hangs on the word before it."""
NOT_AT_END = frozenset("（「『【" + "《〈〔［｛([{")
"""Never last in a line."""

DOCUMENT_NUMBER = re.compile(r"[A-Z]{2,4}-\d{2,3}-\d{6}")
WORD = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f@#$&+＋]"
    r"(?:[0-9A-Za-z\u00c0-\u024f@#$&+⁺_'’./:%\-–]*[0-9A-Za-z\u00c0-\u024f+⁺%])?"
)
"""Latin letters and digits with the signs inside and behind them, not split."""


def pieces(text: str) -> list[str]:
    """Cut a text into pieces that stay together in a line; joined they are the text."""
    raw: list[str] = []
    position = 0
    while position < len(text):
        number = DOCUMENT_NUMBER.match(text, position)
        if number:
            parts = number.group().split("-")
            raw += [f"{part}-" for part in parts[:-1]] + parts[-1:]
            position = number.end()
            continue
        word = WORD.match(text, position)
        end = word.end() if word else position + 1
        raw.append(text[position:end])
        position = end
    joined: list[str] = []
    for piece in raw:
        starts_badly = piece[0] in NOT_AT_START
        ended_badly = bool(joined) and joined[-1][-1] in NOT_AT_END
        if joined and (
            (starts_badly and joined[-1] not in (" ", "\n")) or (ended_badly and piece != "\n")
        ):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def break_lines(
    text: str, widths: Sequence[float], limit: float, *, first_limit: float | None = None
) -> list[tuple[int, int]]:
    """Break a text into lines no wider than the limit.

    A piece wider than a whole line is broken between characters: leaving the box is worse. The
    space at a break belongs to no line. A line feed ends a line.

    Args:
        text: What to break.
        widths: Width of each of its characters, in the unit of the limits.
        limit: Width of a line.
        first_limit: Width of the first line where it differs.

    Returns:
        Start and end of each line in the text; one empty line for an empty text.
    """
    lines: list[tuple[int, int]] = []
    room = limit if first_limit is None else first_limit
    start = end = position = 0
    used = 0.0

    def close(next_start: int) -> None:
        nonlocal start, end, used, room
        lines.append((start, end))
        start = end = next_start
        used = 0.0
        room = limit

    for piece in pieces(text):
        after = position + len(piece)
        if piece == "\n":
            close(after)
        elif piece == " " and end == start and lines and text[position - 1] != "\n":
            start = end = after
        else:
            width = sum(widths[position:after])
            if used + width > room and piece != " " and end > start:
                close(position)
            if used + width <= room or piece == " ":
                used += width
                end = after
            else:
                for index in range(position, after):
                    if used + widths[index] > room and end > start:
                        close(index)
                    used += widths[index]
                    end = index + 1
        position = after
    lines.append((start, end))
    return [(a, a + len(text[a:b].rstrip(" "))) for a, b in lines]
