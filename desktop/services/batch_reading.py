"""Files from disk or clipboard through the importers, with their bytes kept."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import EvidenceKind, Extraction, Refusal, RefusalReason
from desktop.domain.provenance import SourcePlace
from desktop.importers.files import contents_by_digest, find_files
from desktop.importers.reading import MAX_BYTES, from_clipboard, read_file
from desktop.services.draft import DraftFile
from desktop.services.faults import fault_words
from desktop.services.isolation import Isolation, WorkLostError
from desktop.services.progress import Progress, step

_LOOK_SECONDS = 0.1
"""How often the watcher is heard while one file is read."""


def read_files(
    paths: Sequence[Path],
    *,
    expected: EvidenceKind | None,
    profiles: tuple[ColumnProfile, ...] = (),
    progress: Progress,
    isolation: Isolation,
) -> tuple[DraftFile, ...]:
    """Every file under ``paths`` as read; what cannot be opened is a refusal, not an error.

    Args:
        paths: Files and folders.
        expected: The kind every file must be, or None.
        profiles: How sheets of unknown shape are read.
        progress: Hears of each file.
        isolation: Where the files are parsed.

    Raises:
        CancelledError: When the watcher stops it.
    """
    found = find_files(paths)
    files: list[DraftFile] = []
    begun: deque[tuple[str, Future[list[DraftFile]]]] = deque()
    waiting = iter(found)
    words = _Words(expected, profiles, stop=threading.Event())
    with _stopping(ThreadPoolExecutor(isolation.width, "reading"), words.stop) as threads:
        for done in range(len(found)):
            # One more than can be read at a time is kept ready; more would only fill the memory.
            while len(begun) <= isolation.width and (entry := next(waiting, None)) is not None:
                name, path = entry
                task = threads.submit(_read_path, printable(name), path, words, isolation)
                begun.append((printable(path.name), task))
            title, task = begun.popleft()
            while True:
                step(progress, done, len(found), f"讀取 {title}")
                if wait((task,), timeout=_LOOK_SECONDS).done:
                    break
            files.extend(
                replace(file, key=f"{len(files) + offset}:{file.digest}")
                for offset, file in enumerate(task.result())
            )
    step(progress, len(found), len(found), "讀取完成")
    return tuple(files)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the importers are told about a file beside its bytes, and whether it is still wanted."""

    expected: EvidenceKind | None = None
    profiles: tuple[ColumnProfile, ...] = ()
    stop: threading.Event = field(default_factory=threading.Event)


@contextmanager
def _stopping(threads: ThreadPoolExecutor, stop: threading.Event) -> Iterator[ThreadPoolExecutor]:
    """Threads of which nothing more is begun once the work is over or was stopped.

    What was begun is ended: a scan of many pages is not read on for nobody.
    """
    try:
        yield threads
    finally:
        stop.set()
        threads.shutdown(wait=False, cancel_futures=True)


def _read_path(name: str, path: Path, words: _Words, isolation: Isolation) -> list[DraftFile]:
    """One path as read: a file, or an archive's files."""
    if path.is_dir():
        return [_closed(name)]
    if path.exists() and not path.is_file():
        # A pipe or a device would be waited for without end.
        return [_special(name)]
    try:
        # One byte over the limit is enough for the importer to refuse the file by its size.
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        return [_unopened(name, error)]
    return _read(name, content, words, isolation)


def read_again(
    file: DraftFile, profiles: tuple[ColumnProfile, ...], isolation: Isolation
) -> DraftFile:
    """A file of a draft by other profiles; its key, name and bytes stay.

    Args:
        file: As read before.
        profiles: How sheets of unknown shape are read now.
        isolation: Where it is parsed.
    """
    (again,) = _read(file.name, file.content, _Words(profiles=profiles), isolation)
    return replace(again, key=file.key)


def read_pasted(
    name: str,
    *,
    html: str | None,
    text: str | None,
    profiles: tuple[ColumnProfile, ...],
    isolation: Isolation,
) -> tuple[DraftFile, ...]:
    """What was pasted, as one file.

    Args:
        name: What the clerk will see it called.
        html: The clipboard's HTML, if any.
        text: The clipboard's plain text, if any.
        profiles: How tables of unknown shape are read.
        isolation: Where it is parsed.
    """
    if html and text and "<table" not in html.lower():
        html = None  # the words alone, which are read again as they were read first
    try:
        extraction = isolation.call(_parse_pasted, html, text, profiles)
    except WorkLostError as lost:
        return (replace(_lost(name, (html or text or "").encode("utf-8", "replace"), lost)),)
    content = (html or text or "").encode("utf-8", "replace")
    return (DraftFile(f"0:{extraction.digest}", name, extraction.digest, content, extraction),)


def _parse_pasted(
    html: str | None, text: str | None, profiles: tuple[ColumnProfile, ...]
) -> Extraction:
    return from_clipboard(html, text, profiles=profiles)


def _read(name: str, content: bytes, words: _Words, isolation: Isolation) -> list[DraftFile]:
    try:
        extractions, contents = isolation.call(
            _parse, name, content, words.expected, words.profiles, stop=words.stop
        )
    except WorkLostError as lost:
        return [_lost(name, content, lost)]
    return [
        DraftFile(
            key="",
            name=extraction.file_name,
            digest=extraction.digest,
            content=contents.get(extraction.digest, content),
            extraction=extraction,
        )
        for extraction in extractions
    ]


def _parse(
    name: str,
    content: bytes,
    expected: EvidenceKind | None,
    profiles: tuple[ColumnProfile, ...] = (),
) -> tuple[tuple[Extraction, ...], dict[str, bytes]]:
    """What a file gives, and the bytes of each file inside it when it is an archive."""
    extractions = read_file(name, content, expected=expected, profiles=profiles)
    if any(extraction.file_name != name for extraction in extractions):
        inside = contents_by_digest(name, content)
        return extractions, {e.digest: inside.get(e.digest, b"") for e in extractions}
    return extractions, {}


def printable(name: str) -> str:
    """A file's name with the bytes that are no text shown as replacement characters.

    Args:
        name: As the file system gives it; it may hold halves of characters that no file in UTF-8
            and no database can keep.
    """
    return _HALVES.sub("\ufffd", name)


def _special(name: str) -> DraftFile:
    return _refused(name, f"「{name}」不是一般檔案（例如管線或裝置），沒有讀取。")


def _closed(name: str) -> DraftFile:
    message = f"資料夾「{name}」打不開，裡面的檔案都沒有讀取，請確認權限後再匯入。"
    return _refused(name, message)


def _unopened(name: str, error: OSError) -> DraftFile:
    message = f"「{name}」打不開（{fault_words(error)}），沒有讀取，請確認後再匯入。"
    return _refused(name, message)


def _lost(name: str, content: bytes, lost: WorkLostError) -> DraftFile:
    """A file whose reading ended the process, or was ended after its time."""
    why = "讀了太久" if lost.timed_out else "讓讀取程序異常結束"
    message = f"「{name}」{why}，已停止並且沒有讀取；其他檔案照常，請重新列印或另存後再匯入。"
    return _refused(name, message, content)


_HALVES = re.compile("[\ud800-\udfff]")


def _refused(name: str, message: str, content: bytes = b"") -> DraftFile:
    digest = hashlib.sha256(content).hexdigest()
    place = SourcePlace(digest, name)
    refusal = Refusal(place, RefusalReason.UNREADABLE, message)
    extraction = Extraction(digest, name, None, refusals=(refusal,))
    return DraftFile(f"0:{digest}", name, digest, content, extraction)
