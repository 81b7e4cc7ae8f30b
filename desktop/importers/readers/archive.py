"""A zip of evidence taken like a folder: its members, within limits, names that stay inside."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import ReadingError, Source

MAX_MEMBERS = 2_000
MAX_UNPACKED = 500_000_000
MAX_RATIO = 100
RATIO_FROM = 20_000_000
_DRIVE = re.compile(r"^[A-Za-z]:")


def is_package(data: bytes) -> bool:
    """Whether a zip is one document (xlsx, ods, docx …) rather than an archive of files.

    Raises:
        zipfile.BadZipFile: When it is no zip at all.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
    return "[Content_Types].xml" in names or (
        "mimetype" in names and ("content.xml" in names or "META-INF/manifest.xml" in names)
    )


def members(source: Source, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of an archive in order of name, unpacked one at a time.

    Args:
        source: The archive.
        data: Its bytes.

    Raises:
        ReadingError: When it is hostile, encrypted, broken, empty or too large; before any member
            is given out, as far as its table of contents tells.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _guard(source, entries, packed=len(data))
            named = sorted((member_name(entry), entry) for entry in _wanted(entries))
            if not named:
                raise ReadingError(
                    RefusalReason.EMPTY,
                    f"壓縮檔「{source.name}」裡沒有任何檔案，請確認後重新匯入。",
                )
            contents = [(name, archive.read(entry)) for name, entry in named]
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        TypeError,
        OSError,
    ) as error:
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"壓縮檔「{source.name}」已損壞，無法解開，沒有匯入任何資料，請重新壓縮後再匯入。",
        ) from error
    yield from contents


def _wanted(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    return [entry for entry in entries if not entry.filename.startswith("__MACOSX/")]


def _guard(source: Source, entries: list[zipfile.ZipInfo], *, packed: int) -> None:
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        original = entry.orig_filename.replace("\\", "/")
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        for path in (name, original):
            if (
                path.startswith("/")
                or _DRIVE.match(path)
                or ".." in path.split("/")
                or "\x00" in path
                or is_link
            ):
                raise ReadingError(
                    RefusalReason.HOSTILE,
                    f"壓縮檔「{source.name}」裡有指向資料夾以外的路徑，基於安全整個未匯入，"
                    "請由提供者重新壓縮。",
                )
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadingError(
            RefusalReason.ENCRYPTED,
            f"壓縮檔「{source.name}」設有密碼，無法解開，請先解壓縮再匯入資料夾。",
        )
    total = sum(entry.file_size for entry in entries)
    if total > RATIO_FROM and total > MAX_RATIO * packed:
        raise ReadingError(
            RefusalReason.HOSTILE,
            f"壓縮檔「{source.name}」解開後會膨脹到 {total // 1_000_000} MB，疑似壓縮炸彈，"
            "沒有解開，請向提供者索取正常的檔案。",
        )
    if len(entries) > MAX_MEMBERS or total > MAX_UNPACKED:
        raise ReadingError(
            RefusalReason.TOO_LARGE,
            f"壓縮檔「{source.name}」有 {len(entries)} 個檔案、共 {total // 1_000_000} MB，"
            "超過上限，未匯入，請分批匯入。",
        )


def member_name(entry: zipfile.ZipInfo) -> str:
    """A member's path, its name decoded as Windows in Taiwan writes it when it is not UTF-8."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        for encoding in ("utf-8", "cp950", "big5hkscs"):
            try:
                return raw.decode(encoding).replace("\\", "/")
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
