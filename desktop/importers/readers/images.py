"""Picture files: recognised and measured from their first bytes, decoded page by page, read."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from desktop.domain.evidence import RefusalReason
from desktop.importers.document import (
    Document,
    ReadingError,
    Source,
    Table,
    TextBlock,
)
from desktop.importers.optical.page import Carried, read_picture_page

if TYPE_CHECKING:
    from desktop.importers.optical.engine import Picture

MAX_PIXELS = 60_000_000
MAX_PAGES = 60
"""Pages of pictures in one file: read in about five minutes on an office PC."""
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    TypeError,
    struct.error,
    Image.DecompressionBombError,
    MemoryError,
    OverflowError,
)
"""What Pillow raises for files that are cut off, broken or made to do harm."""
_READ = frozenset({"PNG", "JPEG", "TIFF", "BMP", "GIF", "WebP"})
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


def read_picture_file(source: Source, data: bytes) -> Document:
    """The text and tables of a picture file; a TIFF may hold several pages.

    Args:
        source: The file.
        data: Its bytes.

    Raises:
        ReadingError: When it is too large, broken, of a form that is not read, or shows no text.
    """
    form = picture_format(data) or "圖片"
    _guard(source, form, data)
    blocks: list[Table | TextBlock] = []
    remarks: list[str] = []
    carried = Carried()
    for number, frame in _frames(source, form, data):
        page = read_picture_page(frame, number, carried)
        carried = page.carried
        blocks += page.blocks
        remarks += page.remarks
    if not any(isinstance(block, Table) for block in blocks):
        raise no_table(source)
    return Document(source, tuple(blocks), remarks=tuple(remarks))


def no_table(source: Source) -> ReadingError:
    """What to say of pictures in which no table was found."""
    return ReadingError(
        RefusalReason.NOT_RECOGNISED,
        f"「{source.name}」的圖片裡找不到看得清楚的表格，未匯入，"
        "請拍攝或掃描完整的學習紀錄（含標題列），或改用瀏覽器列印成 PDF 再匯入。",
    )


def _guard(source: Source, form: str, data: bytes) -> None:
    try:
        size = _size(form, data)
    except (struct.error, IndexError, ValueError):
        size = None
    if size is not None and size[0] * size[1] > MAX_PIXELS:
        raise _too_large(source, size)
    if (size is None and form in ("PNG", "JPEG", "BMP", "GIF")) or (
        size is not None and (0 in size or not _is_whole(form, data))
    ):
        raise _broken(source, form)
    if form not in _READ:
        raise ReadingError(
            RefusalReason.NOT_RECOGNISED,
            f"「{source.name}」是 {form} 圖片，這一版讀不了這種格式，請另存成 PNG 或 JPEG 再匯入。",
        )


def _too_large(source: Source, size: tuple[int, int]) -> ReadingError:
    return ReadingError(
        RefusalReason.TOO_LARGE,
        f"「{source.name}」的圖片有 {size[0]}×{size[1]} 像素，過大而沒有開啟，"
        "請改用一般解析度的截圖或掃描。",
    )


def _broken(source: Source, form: str) -> ReadingError:
    return ReadingError(
        RefusalReason.UNREADABLE,
        f"「{source.name}」是損壞的{form}圖片，無法開啟，請重新截圖或掃描後再匯入。",
    )


def _frames(source: Source, form: str, data: bytes) -> Iterator[tuple[int, Picture]]:
    """Each page: its number and its pixels."""
    try:
        with _opened(form, data) as image:
            total = _page_total(form, image)
            if total > MAX_PAGES:
                raise ReadingError(
                    RefusalReason.TOO_LARGE,
                    f"「{source.name}」有 {total} 頁，超過 {MAX_PAGES} 頁的上限，"
                    "請分成幾個檔案再匯入。",
                )
            for index in range(total):
                image.seek(index)
                if image.width * image.height > MAX_PIXELS:
                    raise _too_large(source, image.size)
                yield index + 1, pixels_of(image)
    except _DAMAGE as error:
        raise _broken(source, form) from error


@contextmanager
def _opened(form: str, data: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        # Pillow warns of odd tags and of sizes that are measured here anyway.
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=[form.upper()]) as image:
            yield image


def _page_total(form: str, image: Image.Image) -> int:
    """Only a TIFF holds pages; of what moves the first picture counts."""
    return int(getattr(image, "n_frames", 1)) if form == "TIFF" else 1


def picture_pages(data: bytes) -> int:
    """How many pages a picture file has; 0 when it cannot be opened."""
    form = picture_format(data)
    if form not in _READ:
        return 0
    try:
        with _opened(form, data) as image:
            return _page_total(form, image)
    except _DAMAGE:
        return 0


def picture_page(data: bytes, number: int) -> Image.Image | None:
    """A page of a picture file as it is read; None when there is no such page.

    Args:
        data: The file's bytes.
        number: From 1.
    """
    form = picture_format(data)
    if form not in _READ:
        return None
    try:
        with _opened(form, data) as image:
            if not 1 <= number <= _page_total(form, image):
                return None
            image.seek(number - 1)
            if image.width * image.height > MAX_PIXELS:
                return None
            return Image.fromarray(pixels_of(image)[:, :, ::-1])
    except _DAMAGE:
        return None


def pixels_of(image: Image.Image) -> Picture:
    """A picture's pixels: upright as its camera says, on white where it is transparent.

    Args:
        image: As opened.
    """
    import numpy as np

    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        values = np.asarray(turned, dtype=np.float32)
        most = max(1.0, float(values.max()))
        turned = Image.fromarray((values * (255 / most)).astype(np.uint8))
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        layer = turned.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        turned = Image.alpha_composite(ground, layer)
    rgb = np.asarray(turned.convert("RGB"), dtype=np.uint8)
    pixels: Picture = np.ascontiguousarray(rgb[:, :, ::-1])
    return pixels


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
