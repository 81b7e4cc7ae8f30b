"""Reads of a Windows program file which machine it is for and which libraries it loads."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

AMD64 = 0x8664
_IMPORTS, _DELAYED = 1, 13  # places in the data directories; winnt.h, IMAGE_DIRECTORY_ENTRY_*


@dataclass(frozen=True)
class PortableExecutable:
    """What the loader looks at.

    Attributes:
        machine: ``AMD64`` for 64-bit Windows.
        imports: Names of the libraries loaded with it, in lower case.
        delayed: Names of those loaded when first used.
    """

    machine: int
    imports: frozenset[str]
    delayed: frozenset[str]


def read_pe(path: Path) -> PortableExecutable | None:
    """The file's loader facts, or None when it is no program file."""
    data = path.read_bytes()
    if data[:2] != b"MZ" or len(data) < 0x40:
        return None
    (start,) = struct.unpack_from("<I", data, 0x3C)
    if data[start : start + 4] != b"PE\0\0":
        return None
    machine, section_count = struct.unpack_from("<HH", data, start + 4)
    (optional_size,) = struct.unpack_from("<H", data, start + 20)
    optional = start + 24
    is_64 = struct.unpack_from("<H", data, optional)[0] == 0x20B
    directories = optional + (112 if is_64 else 96)
    sections: list[tuple[int, int, int]] = []
    for index in range(section_count):
        header = optional + optional_size + 40 * index
        size, address, raw_size, raw = struct.unpack_from("<IIII", data, header + 8)
        sections.append((address, max(size, raw_size), raw))

    def at(address: int) -> int | None:
        for first, size, raw in sections:
            if first <= address < first + size:
                return raw + address - first
        return None

    def names(directory: int, entry_size: int, name_field: int) -> frozenset[str]:
        (address, _) = struct.unpack_from("<II", data, directories + 8 * directory)
        place = at(address) if address else None
        found = set()
        while place is not None and place + entry_size <= len(data):
            (name_address,) = struct.unpack_from("<I", data, place + name_field)
            name_place = at(name_address) if name_address else None
            if name_place is None:
                break
            found.add(data[name_place : data.index(b"\0", name_place)].decode("ascii").lower())
            place += entry_size
        return frozenset(found)

    return PortableExecutable(machine, names(_IMPORTS, 20, 12), names(_DELAYED, 32, 4))
