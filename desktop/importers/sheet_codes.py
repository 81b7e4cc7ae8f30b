"""The codes on scanned sheets: pictures and PDFs in, the document numbers on their pages out.

zxing finds the code however the sheet lies. What it misses at first is asked again larger and
softer: a module of the code is half a millimetre, three dots at 150 dpi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from desktop.importers.readers.images import MAX_PIXELS, picture_format, picture_page, picture_pages

MAX_PAGES = 600
"""Pages of one file: a morning's stack through the office's scanner."""
SCAN_DPI = 200
MAX_BYTES = 200_000_000
_CODE = re.compile(r"GY1 ([A-Z]{2,4}-\d{2,3}-\d{6}) ([A-Z])")


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What a page shows.

    Attributes:
        page: From 1.
        number: The document's number; empty when the page shows no code of this program.
        kind: The document's kind, one letter.
    """

    page: int
    number: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SheetCodes:
    """A file's pages, or why it could not be read.

    Attributes:
        pages: Every page, with or without a code; two codes on one page give two entries.
        problem: One sentence; empty when the file could be read.
    """

    pages: tuple[SheetCode, ...] = ()
    problem: str = ""


def read_sheet_codes(name: str, data: bytes) -> SheetCodes:
    """The codes on every page of a scan.

    Args:
        name: The file's name, for messages.
        data: Its bytes: PNG, JPEG, TIFF with pages, BMP, or a PDF.
    """
    if len(data) > MAX_BYTES:
        return SheetCodes(
            problem=f"「{name}」超過 {MAX_BYTES // 1_000_000} MB，沒有讀取，請分批掃描。"
        )
    if b"%PDF-" in data[:1_024]:
        return _of_pdf(name, data)
    if picture_format(data) is None:
        return SheetCodes(
            problem=f"「{name}」不是圖片也不是 PDF，沒有讀取，請選掃描器存出的圖片或 PDF。"
        )
    total = picture_pages(data)
    if total == 0:
        return SheetCodes(problem=f"「{name}」是損壞或過大的圖片，無法開啟，請重新掃描。")
    found: list[SheetCode] = []
    for number in range(1, min(total, MAX_PAGES) + 1):
        image = picture_page(data, number)
        found += _codes(image, number) if image is not None else [SheetCode(number)]
    return SheetCodes(tuple(found))


def _of_pdf(name: str, data: bytes) -> SheetCodes:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return SheetCodes(problem=f"「{name}」損壞或設有密碼，無法開啟，請重新掃描成不加密的 PDF。")
    try:
        if len(document) > MAX_PAGES:
            return SheetCodes(
                problem=f"「{name}」有 {len(document)} 頁，超過 {MAX_PAGES} 頁，沒有讀取，請分批。"
            )
        found: list[SheetCode] = []
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            width, height = page.get_size()
            scale = SCAN_DPI / 72
            if width * height * scale * scale > MAX_PIXELS:
                scale = (MAX_PIXELS / (width * height)) ** 0.5
            found += _codes(page.render(scale=scale).to_pil(), number)
            page.close()
        return SheetCodes(tuple(found))
    except pypdfium2.PdfiumError:
        return SheetCodes(problem=f"「{name}」有損壞的頁面，無法讀取，請重新掃描。")
    finally:
        document.close()


def _codes(image: Image.Image, page: int) -> list[SheetCode]:
    # Not a constant of the module: its library complains of what lives as long as the program.
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for picture in _ways(image.convert("L")):
        numbers: dict[tuple[str, str], None] = {}
        for result in zxingcpp.read_barcodes(picture, formats=formats):
            found = _CODE.fullmatch(result.text)
            if found is not None:
                numbers[found[1], found[2]] = None
        if numbers:
            return [SheetCode(page, number, kind) for number, kind in numbers]
    return [SheetCode(page)]


def _ways(image: Image.Image) -> Iterator[Image.Image]:
    """The picture as it is, then larger and softer, while that keeps it of a sensible size."""
    yield image
    for factor in (2.0, 1.5, 3.0):
        size = (round(image.width * factor), round(image.height * factor))
        if size[0] * size[1] <= MAX_PIXELS:
            yield image.resize(size, Image.Resampling.BICUBIC)
    yield image.filter(ImageFilter.GaussianBlur(1.2))
    if image.width > 3000:
        yield image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
