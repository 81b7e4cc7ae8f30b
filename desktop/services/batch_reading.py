"""Files from disk or clipboard through the importers, with their bytes kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from desktop.domain.evidence import EvidenceKind, Extraction, Refusal, RefusalReason
from desktop.domain.provenance import SourcePlace
from desktop.importers.files import contents_by_digest, find_files
from desktop.importers.reading import MAX_BYTES, from_clipboard, read_file
from desktop.services.draft import DraftFile
from desktop.services.faults import fault_words
from desktop.services.progress import Progress, step


def read_files(
    paths: Sequence[Path], *, expected: EvidenceKind | None, progress: Progress
) -> tuple[DraftFile, ...]:
    """Every file under ``paths`` as read; what cannot be opened is a refusal, not an error.

    Args:
        paths: Files and folders.
        expected: The kind every file must be, or None.
        progress: Hears of each file.

    Raises:
        CancelledError: When the watcher stops it.
    """
    found = find_files(paths)
    files: list[DraftFile] = []
    for done, (name, path) in enumerate(found):
        name = printable(name)
        step(progress, done, len(found), f"讀取 {printable(path.name)}")
        if path.is_dir():
            files.append(_closed(len(files), name))
            continue
        if path.exists() and not path.is_file():
            # A pipe or a device would be waited for without end.
            files.append(_special(len(files), name))
            continue
        try:
            # One byte over the limit is enough for the importer to refuse the file by its size.
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            files.append(_unopened(len(files), name, error))
            continue
        files.extend(_read(len(files), name, content, expected))
    step(progress, len(found), len(found), "讀取完成")
    return tuple(files)


def read_pasted(name: str, *, html: str | None, text: str | None) -> tuple[DraftFile, ...]:
    """What was pasted, as one file.

    Args:
        name: What the clerk will see it called.
        html: The clipboard's HTML, if any.
        text: The clipboard's plain text, if any.
    """
    extraction = from_clipboard(html, text)
    content = (html or text or "").encode("utf-8", "replace")
    return (DraftFile(f"0:{extraction.digest}", name, extraction.digest, content, extraction),)


def _read(
    position: int, name: str, content: bytes, expected: EvidenceKind | None
) -> list[DraftFile]:
    extractions = read_file(name, content, expected=expected)
    if any(extraction.file_name != name for extraction in extractions):
        contents = contents_by_digest(name, content)
    else:
        contents = {extraction.digest: content for extraction in extractions}
    return [
        DraftFile(
            key=f"{position + offset}:{extraction.digest}",
            name=extraction.file_name,
            digest=extraction.digest,
            content=contents.get(extraction.digest, b""),
            extraction=extraction,
        )
        for offset, extraction in enumerate(extractions)
    ]


def printable(name: str) -> str:
    """A file's name with the bytes that are no text shown as replacement characters.

    Args:
        name: As the file system gives it; it may hold halves of characters that no file in UTF-8
            and no database can keep.
    """
    return _HALVES.sub("\ufffd", name)


def _special(position: int, name: str) -> DraftFile:
    return _refused(position, name, f"「{name}」不是一般檔案（例如管線或裝置），沒有讀取。")


def _closed(position: int, name: str) -> DraftFile:
    message = f"資料夾「{name}」打不開，裡面的檔案都沒有讀取，請確認權限後再匯入。"
    return _refused(position, name, message)


def _unopened(position: int, name: str, error: OSError) -> DraftFile:
    message = f"「{name}」打不開（{fault_words(error)}），沒有讀取，請確認後再匯入。"
    return _refused(position, name, message)


_HALVES = re.compile("[\ud800-\udfff]")


def _refused(position: int, name: str, message: str) -> DraftFile:
    digest = hashlib.sha256(b"").hexdigest()
    place = SourcePlace(digest, name)
    refusal = Refusal(place, RefusalReason.UNREADABLE, message)
    extraction = Extraction(digest, name, None, refusals=(refusal,))
    return DraftFile(f"{position}:{digest}", name, digest, b"", extraction)
