"""A batch of 匯入 in hand: files that join it, and whose the clerk said they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.services.draft import ImportDraft


def merged(before: ImportDraft | None, fresh: ImportDraft) -> ImportDraft:
    """Both batches as one; the same bytes only once."""
    if before is None:
        return fresh
    known = {file.digest for file in before.files}
    added = tuple(
        replace(file, key=f"{len(before.files) + n}:{file.digest}")
        for n, file in enumerate(fresh.files)
        if file.digest not in known
    )
    return replace(before, files=(*before.files, *added))


def assignments_of(draft: ImportDraft, said: Mapping[str, str]) -> dict[str, str]:
    """The clerk's word by file key; it is remembered by digest."""
    return {file.key: said[file.digest] for file in draft.files if file.digest in said}
