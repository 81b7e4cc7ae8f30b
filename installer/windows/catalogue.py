"""Reads the file hashes out of the signed part of a Windows catalogue (``.cat``).

A catalogue is PKCS #7 signed data whose content lists hashes. Only that content is read: whatever
else the file holds (certificates, unsigned attributes) could have been put there by anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
_TRUST_LIST = bytes.fromhex("2b0601040182370a01")  # 1.3.6.1.4.1.311.10.1
_OBJECT, _OCTETS, _SEQUENCE = 0x06, 0x04, 0x30
_SHA256_BYTES = 32


class CatalogueError(ValueError):
    """The file is no catalogue."""


def signed_hashes(catalogue: bytes) -> frozenset[str]:
    """SHA-256 of every file that the catalogue vouches for, in lower-case hexadecimal.

    Args:
        catalogue: The whole file, whose signature somebody else has checked.

    Raises:
        CatalogueError: When it is not a signed list of hashes.
    """
    try:
        content = _signed_content(catalogue)
        listed = [value for tag, value in _items(content) if tag == _SEQUENCE]
        # The list of subjects is the last sequence; before it stand its own kind and the kind of
        # the subjects. Each subject begins with the hash that names it.
        hashes = set()
        for tag, subject in _items(listed[-1]):
            first_tag, first = next(_items(subject))
            if tag == _SEQUENCE and first_tag == _OCTETS and len(first) == _SHA256_BYTES:
                hashes.add(first.hex())
    except (IndexError, StopIteration, ValueError) as error:
        raise CatalogueError("not a signed list of hashes") from error
    return frozenset(hashes)


def _signed_content(catalogue: bytes) -> bytes:
    (_, outer), *_ = _items(catalogue)
    (_, kind), (_, wrapped), *_ = _items(outer)
    if kind != _SIGNED_DATA:
        raise ValueError("not signed data")
    (_, signed), *_ = _items(wrapped)
    _version, _digests, (_, content_info), *_ = _items(signed)
    (_, content_kind), (_, content), *_ = _items(content_info)
    if content_kind != _TRUST_LIST:
        raise ValueError("not a list of hashes")
    (_, trust_list), *_ = _items(content)
    return trust_list


def _items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The tagged values that stand one after the other (X.690, definite lengths only)."""
    place = 0
    while place < len(data):
        tag, length = data[place], data[place + 1]
        place += 2
        if length == 0x80:
            raise ValueError("indefinite length")
        if length > 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[place : place + size], "big")
            place += size
        if place + length > len(data):
            raise ValueError("cut short")
        yield tag, data[place : place + length]
        place += length
