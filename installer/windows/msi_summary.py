"""Settles what differs in an MSI from build to build: the package code and two dates.

Both stand in the summary property set ([MS-OLEPS]), whose values are changed in their place.
"""

from __future__ import annotations

import struct
from pathlib import Path

_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")  # FMTID_SummaryInformation
_TEMPLATE, _REVISION, _CREATED, _SAVED = 7, 9, 12, 13
_TEXT, _FILETIME = 0x1E, 0x40
_SECONDS_BEFORE_1970 = 11_644_473_600  # from 1601, where Windows begins to count


class SummaryError(ValueError):
    """The file's summary is not as the packer writes it."""


def settle(path: Path, *, package_code: str, epoch: int, language: int) -> None:
    """Gives a packed MSI a settled package code, settled dates and its language.

    Args:
        path: The MSI; changed in its place.
        package_code: The identifier, without braces.
        epoch: Seconds since 1970.
        language: Such as 1028 for Traditional Chinese.

    Raises:
        SummaryError: When the summary holds something else than expected; nothing is written.
    """
    data = bytearray(path.read_bytes())
    settle_bytes(data, package_code=package_code, epoch=epoch, language=language)
    path.write_bytes(data)


def settle_bytes(data: bytearray, *, package_code: str, epoch: int, language: int) -> None:
    """The same on the file's bytes."""
    places = property_places(data)
    ticks = (epoch + _SECONDS_BEFORE_1970) * 10_000_000
    for number in (_CREATED, _SAVED):
        kind, place = places[number]
        if kind != _FILETIME:
            raise SummaryError(f"property {number} is no date")
        struct.pack_into("<Q", data, place, ticks)
    _replace_text(data, places[_REVISION], f"{{{package_code}}}")
    _replace_text(data, places[_TEMPLATE], f"x64;{language}")


def property_places(data: bytes | bytearray) -> dict[int, tuple[int, int]]:
    """Type and place of the value of each property of the summary.

    Raises:
        SummaryError: When there is not exactly one summary, or one of its needed values is absent.
    """
    identifier = data.find(_SUMMARY)
    if identifier < 0 or data.find(_SUMMARY, identifier + 1) >= 0:
        raise SummaryError("not exactly one summary")
    # Header: byte order, version, system, class, one section; then its identifier and offset.
    start = identifier - 28
    if start < 0 or struct.unpack_from("<HH", data, start) != (0xFFFE, 0):
        raise SummaryError("no header before the summary")
    (offset,) = struct.unpack_from("<I", data, identifier + 16)
    section = start + offset
    _, count = struct.unpack_from("<II", data, section)
    places = {}
    for index in range(count):
        number, value = struct.unpack_from("<II", data, section + 8 + 8 * index)
        (kind,) = struct.unpack_from("<I", data, section + value)
        places[number] = (kind, section + value + 4)
    if not {_TEMPLATE, _REVISION, _CREATED, _SAVED} <= set(places):
        raise SummaryError("the summary lacks a value")
    return places


def _replace_text(data: bytearray, place: tuple[int, int], text: str) -> None:
    kind, start = place
    (length,) = struct.unpack_from("<I", data, start)
    new = text.encode("ascii") + b"\0"
    if kind != _TEXT or length != len(new):
        raise SummaryError(f"no room for {text!r}")
    data[start + 4 : start + 4 + length] = new
