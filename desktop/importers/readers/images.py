"""Pictures: recognised and measured from their first bytes; reading them is another part's work."""

from __future__ import annotations

import struct

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import ReadingError, Source

MAX_PIXELS = 60_000_000
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_format(data: bytes) -> str | None:
    """The picture format that the first bytes show, None for anything else."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith(b"BM") and len(data) >= 26 and data[6:10] == b"\x00\x00\x00\x00":
        return "BMP"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return "HEIC"
    return None


def refuse_picture(source: Source, data: bytes) -> ReadingError:
    """The reason why a picture is not taken: too large, broken, or not read by this version.

    Args:
        source: The file.
        data: Its bytes; only the header is looked at.
    """
    form = picture_format(data) or "圖片"
    try:
        size = _size(form, data)
    except (struct.error, IndexError, ValueError):
        size = None
    if size is not None and size[0] * size[1] > MAX_PIXELS:
        return ReadingError(
            RefusalReason.TOO_LARGE,
            f"「{source.name}」的圖片有 {size[0]}×{size[1]} 像素，過大而沒有開啟，"
            "請改用一般解析度的截圖或掃描。",
        )
    if (size is None and form in ("PNG", "JPEG", "BMP", "GIF")) or (
        size is not None and (0 in size or not _is_whole(form, data))
    ):
        return ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」是損壞的{form}圖片，無法開啟，請重新截圖或掃描後再匯入。",
        )
    return ReadingError(
        RefusalReason.NOT_RECOGNISED,
        f"「{source.name}」是圖片，這一版還不能辨識圖片中的文字，"
        "請改用瀏覽器列印成 PDF 或另存網頁再匯入。",
    )


def _size(form: str, data: bytes) -> tuple[int, int] | None:
    if form == "PNG":
        if data[12:16] != b"IHDR":
            raise ValueError("no header")
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if form == "GIF":
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if form == "BMP":
        width, height = struct.unpack("<ii", data[18:26])
        return abs(width), abs(height)
    if form == "JPEG":
        return _jpeg_size(data)
    if form == "TIFF":
        return _tiff_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 < len(data):
        if data[place] != 0xFF:
            raise ValueError("lost among the segments")
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    raise ValueError("no frame")


def _tiff_size(data: bytes) -> tuple[int, int] | None:
    order = "<" if data[:2] == b"II" else ">"
    start = struct.unpack(f"{order}I", data[4:8])[0]
    entries = struct.unpack(f"{order}H", data[start : start + 2])[0]
    found: dict[int, int] = {}
    for index in range(min(entries, 200)):
        place = start + 2 + 12 * index
        tag, kind = struct.unpack(f"{order}HH", data[place : place + 4])
        if tag in (256, 257):
            form = f"{order}H" if kind == 3 else f"{order}I"
            size = struct.calcsize(form)
            found[tag] = struct.unpack(form, data[place + 8 : place + 8 + size])[0]
    return (found[256], found[257]) if len(found) == 2 else None


def _is_whole(form: str, data: bytes) -> bool:
    if form == "PNG":
        return b"IEND" in data[-64:]
    if form == "JPEG":
        return b"\xff\xd9" in data[-4_096:]
    return True
