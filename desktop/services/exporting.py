"""Files that leave the house at a clerk's wish: whole or not at all, and in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.domain.changes import ChangeSet
from desktop.services.office import Office
from desktop.services.output_folder import write_files


def save_export(
    office: Office,
    files: Mapping[Path, bytes],
    *,
    act: str,
    subject: str,
    detail: Mapping[str, Any],
) -> ChangeSet:
    """Write files that were made in memory, and into the audit trail that they were written.

    Args:
        office: The open office.
        files: What to write, all into one folder.
        act: The act in a few Chinese words.
        subject: What they are about (a plan's id).
        detail: For the audit trail.

    Raises:
        OutputFolderError: When one cannot be written; nothing is said in the audit trail then.
    """
    folders = {path.parent for path in files}
    if len(folders) != 1:
        raise ValueError("files of one export lie in one folder")
    with office.store.writing(act) as writer:
        names = [path.name for path in files]
        # Nothing in the store moves, so that the trail would not tell of it by itself.
        writer.audit(act, subject, {"files": "、".join(names), **detail})
        write_files(folders.pop(), {path.name: content for path, content in files.items()})
    return ChangeSet(act, frozenset())
