"""Which files a batch holds, and the bytes behind each thing that was read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.importers.document import ReadingError, Source
from desktop.importers.readers.archive import members


def find_files(paths: Sequence[Path]) -> tuple[tuple[str, Path], ...]:
    """Every file under ``paths`` with its name within the batch, in order of name.

    Folders are searched whole; links inside them are not followed. A file named twice stands
    once. A folder that cannot be searched stands itself, so that its files do not vanish.

    Args:
        paths: Files and folders.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if not path.is_dir():
            found.setdefault(path, path.name)
            continue
        closed: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=closed.append, followlinks=False):
            folders.sort()
            for name in sorted(names):
                whole = Path(folder) / name
                if not whole.is_symlink():
                    found.setdefault(whole, whole.relative_to(path).as_posix())
        for error in closed:
            unread = Path(error.filename)
            found.setdefault(unread, unread.relative_to(path.parent).as_posix())
    return tuple((name, path) for path, name in found.items())


def contents_by_digest(name: str, data: bytes) -> Mapping[str, bytes]:
    """The bytes of a file and, if it is an archive, of each member, by SHA-256.

    Args:
        name: The file's name.
        data: Its bytes.
    """
    digest = hashlib.sha256(data).hexdigest()
    contents = {digest: data}
    if not data.startswith(b"PK"):
        return contents
    try:
        for _, content in members(Source(digest, name), data):
            contents[hashlib.sha256(content).hexdigest()] = content
    except ReadingError:
        # An archive that is refused has no members to keep; its refusal says why.
        return {digest: data}
    return contents
