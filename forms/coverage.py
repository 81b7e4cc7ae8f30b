"""Which characters a font file has, without loading the font.

Fallback faces are many and large; reading only the character table lets a batch load none but
those it needs.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (0, 3), (3, 1), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of Unicode character tables, the fullest first."""


class FontFileError(ValueError):
    """A file is no TrueType font this program can read."""


def read_coverage(path: Path, *, index: int = 0) -> frozenset[int]:
    """Read the code points that a TrueType font has a glyph for.

    Args:
        path: A ``.ttf`` or ``.ttc`` file.
        index: Which font of a collection.

    Raises:
        OSError: The file can't be read.
        FontFileError: It is no font, or has no Unicode table of a known format.
    """
    with path.open("rb") as file:
        try:
            return _coverage(file, index)
        except struct.error as error:
            raise FontFileError(f"{path.name}: the character table is cut off") from error


def _coverage(file: BinaryIO, index: int) -> frozenset[int]:
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">L", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    directory = file.read(16 * count)
    for position in range(0, 16 * count, 16):
        tag, _, offset, length = struct.unpack_from(">4sLLL", directory, position)
        if tag == b"cmap":
            file.seek(offset)
            return _from_table(file.read(length))
    raise FontFileError("no character table")


def _from_table(table: bytes) -> frozenset[int]:
    (count,) = struct.unpack_from(">H", table, 2)
    offsets = {}
    for position in range(4, 4 + 8 * count, 8):
        platform, encoding, offset = struct.unpack_from(">HHL", table, position)
        offsets[platform, encoding] = offset
    for key in UNICODE_TABLES:
        if key in offsets:
            offset = offsets[key]
            (kind,) = struct.unpack_from(">H", table, offset)
            if kind == 4:
                return _segmented(table, offset)
            if kind == 12:
                return _grouped(table, offset)
    raise FontFileError("no Unicode character table of a known format")


def _segmented(table: bytes, offset: int) -> frozenset[int]:
    """Read format 4: ranges of the first plane, some through an array of glyphs."""
    (double,) = struct.unpack_from(">H", table, offset + 6)
    half = double // 2
    ends = struct.unpack_from(f">{half}H", table, offset + 14)
    starts = struct.unpack_from(f">{half}H", table, offset + 16 + double)
    deltas = struct.unpack_from(f">{half}H", table, offset + 16 + 2 * double)
    ranges_at = offset + 16 + 3 * double
    ranges = struct.unpack_from(f">{half}H", table, ranges_at)
    result: set[int] = set()
    for i, (first, last, delta, range_offset) in enumerate(
        zip(starts, ends, deltas, ranges, strict=True)
    ):
        for code in range(first, last + 1):
            if range_offset:
                at = ranges_at + 2 * i + range_offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", table, at) if at < len(table) - 1 else (0,)
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph:
                result.add(code)
    result.discard(0xFFFF)
    return frozenset(result)


def _grouped(table: bytes, offset: int) -> frozenset[int]:
    """Read format 12: ranges of all planes."""
    (count,) = struct.unpack_from(">L", table, offset + 12)
    result: set[int] = set()
    for position in range(offset + 16, offset + 16 + 12 * count, 12):
        first, last, glyph = struct.unpack_from(">LLL", table, position)
        result.update(range(first if glyph else first + 1, last + 1))
    return frozenset(result)
