"""A batch that was read but not stored is there again when the program is opened again.

Kept are the files' bytes and the clerk's word, on whose they are and on what stands in doubtful
cells, beside the store, apart by who is at work; the files are read anew, since a newer program may
read them better. Once the batch is stored or given up, nothing of it is left.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.evidence import Extraction
from desktop.domain.readings import ReadingCorrection, RowIdentity
from desktop.services.batch_reading import read_again
from desktop.services.draft import DraftFile, ImportDraft
from desktop.services.importing import profiles_in_force
from desktop.services.office import Office
from desktop.services.progress import Progress, silent, step

FOLDER = "未完成匯入"
_INDEX = "index.json"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A batch as it was left.

    Attributes:
        draft: Its files, read anew, with what was said of doubtful cells.
        said: The clerk's word, digest to employee id.
        lost: Names of files whose kept bytes are damaged or gone.
    """

    draft: ImportDraft
    said: Mapping[str, str]
    lost: tuple[str, ...] = ()


def keep_unfinished(office: Office, draft: ImportDraft, said: Mapping[str, str]) -> None:
    """Keep a batch that is not stored yet, in the place of what was kept before.

    Args:
        office: The open office.
        draft: The batch as read.
        said: The clerk's word, digest to employee id.

    Raises:
        OSError: When it cannot be written; the batch on screen is as it was.
    """
    folder = _folder(office)
    folder.mkdir(parents=True, exist_ok=True)
    files = [file for file in draft.files if file.content]
    for file in files:
        path = folder / file.digest
        if not path.exists() or path.stat().st_size != len(file.content):
            path.write_bytes(file.content)
    index = {
        "files": [{"name": file.name, "digest": file.digest} for file in files],
        "said": dict(said),
        "readings": [_as_entry(one) for one in draft.readings],
    }
    partial = folder / f"{_INDEX}.new"
    partial.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    partial.replace(folder / _INDEX)
    wanted = {file.digest for file in files} | {_INDEX}
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink(missing_ok=True)


def forget_unfinished(office: Office) -> None:
    """Leave nothing of the batch that was kept: it is stored or given up."""
    shutil.rmtree(_folder(office), ignore_errors=True)


def reopen_unfinished(office: Office, *, progress: Progress = silent) -> Unfinished | None:
    """Read the batch that was kept; None when there is none.

    Args:
        office: The open office.
        progress: Hears of each file.

    Raises:
        CancelledError: When the watcher stops it; what was kept stays.
    """
    folder = _folder(office)
    try:
        index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        entries = [(str(one["name"]), str(one["digest"])) for one in index["files"]]
        said = {str(key): str(value) for key, value in index["said"].items()}
        readings = [_as_reading(one) for one in index.get("readings", ())]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    profiles = profiles_in_force(office)
    files: list[DraftFile] = []
    lost: list[str] = []
    for number, (name, digest) in enumerate(entries):
        step(progress, number, len(entries), name)
        content = _bytes_of(folder / Path(digest).name)
        if hashlib.sha256(content).hexdigest() != digest:
            lost.append(name)
            continue
        kept = DraftFile(f"{number}:{digest}", name, digest, content, _unread(digest, name))
        files.append(read_again(kept, profiles, office.isolation))
    if not files and not lost:
        return None
    there = {file.digest for file in files}
    kept_readings = tuple(one for one in readings if one.identity.digest in there)
    return Unfinished(ImportDraft(tuple(files), kept_readings), said, tuple(lost))


def _as_entry(one: ReadingCorrection) -> dict[str, Any]:
    return {
        "digest": one.identity.digest,
        "page": one.identity.page,
        "row": one.identity.row,
        "sheet": one.identity.sheet,
        "field": one.field,
        "as_read": one.as_read,
        "corrected": one.corrected,
        "actor": one.actor,
        "at": one.at.isoformat(),
    }


def _as_reading(entry: Mapping[str, Any]) -> ReadingCorrection:
    corrected = entry["corrected"]
    return ReadingCorrection(
        RowIdentity(str(entry["digest"]), entry["page"], entry["row"], entry["sheet"]),
        str(entry["field"]),
        str(entry["as_read"]),
        None if corrected is None else str(corrected),
        actor=str(entry["actor"]),
        at=datetime.fromisoformat(entry["at"]),
    )


def _unread(digest: str, name: str) -> Extraction:
    return Extraction(digest, name, None)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _folder(office: Office) -> Path:
    who = hashlib.sha256(office.actor.encode()).hexdigest()[:16]
    return office.store.path.parent / FOLDER / who
