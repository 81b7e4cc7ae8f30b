"""The way in: files, folders, archives and the clipboard, each giving rows or a reason.

Nothing here raises for what a file holds: a bad file becomes a refusal with one sentence, and the
files beside it are read all the same. The content decides what a file is, never its ending.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import EvidenceKind, Extraction, Refusal, RefusalReason
from desktop.importers.document import Document, ReadingError, Source
from desktop.importers.readers.archive import is_package, members
from desktop.importers.readers.csv_file import read_csv, read_csv_text
from desktop.importers.readers.html import read_html, read_html_text
from desktop.importers.readers.images import picture_format, read_picture_file
from desktop.importers.readers.mhtml import looks_like_mhtml, read_mhtml
from desktop.importers.readers.pdf import read_pdf
from desktop.importers.readers.sheets import read_sheets
from desktop.importers.recognising import extract
from desktop.importers.settings_file import read_settings

MAX_BYTES = 100_000_000
"""Bytes above which a single file is not read."""
CLIPBOARD_NAME = "剪貼簿"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SYSTEM_FILES = frozenset({"desktop.ini", ".ds_store", "thumbs.db", ".directory"})
_ENDINGS = {
    ".pdf": (" PDF", b"%PDF-"),
    ".xlsx": (" Excel 活頁簿", b"PK\x03\x04"),
    ".ods": ("試算表", b"PK\x03\x04"),
    ".png": ("圖片", b"\x89PNG"),
    ".jpg": ("圖片", b"\xff\xd8\xff"),
    ".zip": ("壓縮檔", b"PK\x03\x04"),
}
_TEXT_PROBE = 65_536

_log = logging.getLogger(__name__)


def read_file(
    name: str,
    data: bytes,
    *,
    expected: EvidenceKind | None = None,
    profiles: Sequence[ColumnProfile] = (),
) -> tuple[Extraction, ...]:
    """Everything that one file gives; several extractions for an archive, one for anything else.

    Args:
        name: The name within the batch, with folders after slashes.
        data: The file's bytes.
        expected: The kind that the clerk or the command line says it is.
        profiles: How sheets of unknown shape are read, by the clerk's word.
    """
    source = Source(hashlib.sha256(data).hexdigest(), name)
    if is_system_file(name):
        return (
            Extraction(source.digest, name, None, remarks=(f"「{name}」是系統或暫存檔，已略過。",)),
        )
    try:
        _guard_size(source, data)
        if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and _is_archive(source, data):
            return _read_archive(source, data, expected, profiles)
        settings = read_settings(source, data)
        if settings is not None and expected is None:
            return (settings,)
        found = extract(document_of(source, data), expected=expected, profiles=profiles)
        return (_with_false_ending(found, data),)
    except ReadingError as error:
        return (_refused(source, error),)
    except Exception as error:  # noqa: BLE001  a file must never stop its neighbours
        _log.warning(
            "reader failed on %s: %r", name, error, exc_info=_log.isEnabledFor(logging.DEBUG)
        )
        return (_refused(source, _unreadable(source)),)


def from_clipboard(
    html: str | None,
    text: str | None,
    *,
    expected: EvidenceKind | None = None,
    profiles: Sequence[ColumnProfile] = (),
) -> Extraction:
    """What was copied from a page or a sheet: its HTML when that holds a table, else its text.

    Args:
        html: The clipboard's HTML, if any.
        text: The clipboard's plain text, if any.
        expected: The kind that the clerk says it is.
        profiles: How tables of unknown shape are read, by the clerk's word.
    """
    content = (html or text or "").encode("utf-8", "replace")
    source = Source(hashlib.sha256(content).hexdigest(), CLIPBOARD_NAME)
    try:
        _guard_size(source, content)
        if html:
            # Windows puts a few lines of bookkeeping before the page.
            html = html[max(html.find("<"), 0) :]
            found = extract(read_html_text(source, html), expected=expected, profiles=profiles)
            if found.kind is not None or not text:
                return found
        return extract(read_csv_text(source, text or ""), expected=expected, profiles=profiles)
    except ReadingError as error:
        return _refused(source, error)
    except Exception as error:  # noqa: BLE001  as in read_file
        _log.warning("reader failed on the clipboard: %r", error)
        return _refused(source, _unreadable(source))


def is_system_file(name: str) -> bool:
    """Whether a name is that of an Office lock file or of the system's own litter."""
    base = PurePosixPath(name.replace("\\", "/")).name
    return base.startswith(("~$", "._", ".~lock.")) or base.lower() in _SYSTEM_FILES


def _guard_size(source: Source, data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise _too_large(source, len(data))
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ReadingError(
            RefusalReason.EMPTY, f"「{source.name}」是空的檔案，請重新下載或列印後再匯入。"
        )


def _too_large(source: Source, size: int) -> ReadingError:
    return ReadingError(
        RefusalReason.TOO_LARGE,
        f"「{source.name}」有 {size // 1_000_000} MB，超過 {MAX_BYTES // 1_000_000} MB 的上限，"
        "未匯入，請分成幾個檔案再匯入。",
    )


def _unreadable(source: Source) -> ReadingError:
    return ReadingError(
        RefusalReason.UNREADABLE,
        f"「{source.name}」的內容已損壞，無法讀取，沒有匯入任何資料，請重新取得檔案後再匯入。",
    )


def _refused(source: Source, error: ReadingError) -> Extraction:
    return Extraction(
        source.digest,
        source.name,
        None,
        refusals=(Refusal(source.place(), error.reason, error.message),),
    )


def _is_archive(source: Source, data: bytes) -> bool:
    try:
        return not is_package(data)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _unreadable(source) from error


def _read_archive(
    source: Source,
    data: bytes,
    expected: EvidenceKind | None,
    profiles: Sequence[ColumnProfile],
) -> tuple[Extraction, ...]:
    found: list[Extraction] = []
    for name, content in members(source, data):
        inner = f"{source.name}/{name}"
        if content.startswith(b"PK\x03\x04") and not is_system_file(inner):
            member = Source(hashlib.sha256(content).hexdigest(), inner)
            try:
                if _is_archive(member, content):
                    raise ReadingError(
                        RefusalReason.NOT_RECOGNISED,
                        f"「{inner}」是壓縮檔裡的壓縮檔，未匯入，請先解壓縮再匯入。",
                    )
            except ReadingError as error:
                found.append(_refused(member, error))
                continue
        found += read_file(inner, content, expected=expected, profiles=profiles)
    return tuple(found)


def _with_false_ending(found: Extraction, data: bytes) -> Extraction:
    """An unrecognised file whose ending promises another format says so in its sentence."""
    claimed = _ENDINGS.get(PurePosixPath(found.file_name).suffix.lower())
    if found.kind is not None or claimed is None or claimed[1] in data[:1_024]:
        return found
    return replace(
        found,
        refusals=tuple(
            replace(
                refusal,
                message=f"「{found.file_name}」的內容不是{claimed[0]}，{_rest(refusal)}",
            )
            if refusal.reason is RefusalReason.NOT_RECOGNISED
            else refusal
            for refusal in found.refusals
        ),
    )


def _rest(refusal: Refusal) -> str:
    return refusal.message.split("」", 1)[-1]


def document_of(source: Source, data: bytes) -> Document:
    """The file as text and tables, by the reader that its content calls for."""
    if b"%PDF-" in data[:1_024]:
        return read_pdf(source, data)
    if data.startswith((b"PK\x03\x04", _OLE)):
        return read_sheets(source, data)
    if picture_format(data) is not None:
        return read_picture_file(source, data)
    if looks_like_mhtml(data):
        return read_mhtml(source, data)
    if looks_like_html(data):
        return read_html(source, data)
    if looks_binary(data):
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」的內容不是可辨識的檔案或已損壞，沒有匯入任何資料，"
            "請重新下載或列印後再匯入。",
        )
    return read_csv(source, data)


def looks_like_html(data: bytes) -> bool:
    """Whether bytes hold a page or at least a table, in any encoding that keeps ASCII."""
    head = data[:_TEXT_PROBE].replace(b"\x00", b"").lower()
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:400]
    if not start.startswith(b"<"):
        return False
    return any(mark in head for mark in (b"<html", b"<!doctype html", b"<table", b"<body"))


def looks_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding: many control bytes and no mark of UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = data[:_TEXT_PROBE]
    control = sum(head.count(bytes([code])) for code in (*range(9), 0x0B, *range(0x0E, 0x1A)))
    return control * 200 > len(head)
