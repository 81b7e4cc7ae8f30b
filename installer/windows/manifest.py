"""Lists of files with their SHA-256, in the form that ``sha256sum -c`` reads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


def digest_of(path: Path) -> str:
    """A file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests_below(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path with forward slashes, in order."""
    files = sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
    return {name: digest_of(path) for name, path in files}


def to_text(digests: Mapping[str, str]) -> str:
    """The list as text, a file a line."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items())


def from_text(text: str) -> dict[str, str]:
    """The list out of its text; lines that begin with ``#`` are remarks.

    Raises:
        ValueError: When a line is neither.
    """
    digests = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        digest, separator, name = line.partition("  ")
        if len(digest) != 64 or not separator or not name:
            raise ValueError(f"not a line of a list of hashes: {line!r}")
        digests[name] = digest
    return digests


@dataclass(frozen=True)
class Difference:
    """How two lists differ; empty when they don't.

    Attributes:
        missing: In the first only.
        added: In the second only.
        changed: In both with different hashes.
    """

    missing: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.added or self.changed)

    def __str__(self) -> str:
        words = (("缺少", self.missing), ("多出", self.added), ("內容不同", self.changed))
        return "；".join(
            f"{word} {len(names)} 個（{'、'.join(names[:5])}）" for word, names in words if names
        )


def compare(first: Mapping[str, str], second: Mapping[str, str]) -> Difference:
    """How the second list differs from the first."""
    return Difference(
        missing=tuple(name for name in first if name not in second),
        added=tuple(name for name in second if name not in first),
        changed=tuple(name for name in first if second.get(name, first[name]) != first[name]),
    )
