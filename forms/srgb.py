"""The colour profile that archived files name: sRGB, written from its published figures."""

from __future__ import annotations

import struct
from functools import lru_cache

STEPS = 1024
PRIMARIES = (
    (b"rXYZ", (0.43607, 0.22249, 0.01392)),
    (b"gXYZ", (0.38515, 0.71687, 0.09708)),
    (b"bXYZ", (0.14307, 0.06061, 0.71410)),
)
"""Red, green and blue of IEC 61966-2-1, adapted to the D50 of profiles."""
WHITE = (0.96420, 1.0, 0.82491)
NAME = b"sRGB IEC61966-2.1"
NOTICE = b"No copyright, use freely"


def _fixed(value: float) -> int:
    return round(value * 65536)


def _linear(value: float) -> float:
    """Give the light of a value from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _place(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *map(_fixed, values))


@lru_cache(maxsize=1)
def profile() -> bytes:
    """Give the profile (ICC version 2.1, three colours)."""
    points = [round(_linear(i / (STEPS - 1)) * 65535) for i in range(STEPS)]
    curve = struct.pack(f">4s4xL{STEPS}H", b"curv", STEPS, *points)
    description = struct.pack(">4s4xL", b"desc", len(NAME) + 1) + NAME + bytes(1 + 78)
    blocks = [
        (b"desc", description),
        (b"cprt", struct.pack(">4s4x", b"text") + NOTICE + b"\0"),
        (b"wtpt", _place(WHITE)),
        *((tag, _place(values)) for tag, values in PRIMARIES),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    directory = struct.pack(">L", len(blocks))
    body = b""
    start = 128 + 4 + 12 * len(blocks)
    places: dict[bytes, tuple[int, int]] = {}
    for tag, data in blocks:
        if data not in places:
            places[data] = (start + len(body), len(data))
            body += data + bytes(-len(data) % 4)
        directory += struct.pack(">4sLL", tag, *places[data])
    header = struct.pack(
        ">L4xL4s4s4s6H4s4x4x4x8xL3i",
        start + len(body),
        0x02100000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2000, 1, 1, 0, 0, 0),
        b"acsp",
        0,
        *map(_fixed, WHITE),
    )
    return header.ljust(128, b"\0") + directory + body
