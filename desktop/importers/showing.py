"""Originals made visible: pages of a PDF and pictures, sheets and web pages as tables."""

from __future__ import annotations

import hashlib
import io

import pypdfium2
from PIL import Image

from desktop.importers.document import ReadingError, Source, cell_text
from desktop.importers.readers.images import picture_format, picture_page, picture_pages
from desktop.importers.readers.pdf_pictures import PDFIUM
from desktop.importers.reading import document_of

MOST_PIXELS_WIDE = 4_000
MOST_ROWS_SHOWN = 2_000


def is_pdf(content: bytes) -> bool:
    """Whether bytes are a PDF."""
    return b"%PDF-" in content[:1_024]


def page_count(content: bytes) -> int:
    """How many pages a file has; 0 for what has none or cannot be opened."""
    if picture_format(content) is not None:
        return picture_pages(content)
    if not is_pdf(content):
        return 0
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def show_page(content: bytes, page: int, *, width_px: int) -> tuple[bytes, int, int] | None:
    """A page as PNG bytes with its width and height; None when there is no such page.

    Args:
        content: The file's bytes.
        page: From 1.
        width_px: Width wanted, at most 4,000; a picture is not enlarged.
    """
    if picture_format(content) is not None:
        picture = picture_page(content, page)
        if picture is None:
            return None
        width = max(1, min(width_px, MOST_PIXELS_WIDE, picture.width))
        height = max(1, round(picture.height * width / picture.width))
        return _as_png(picture.resize((width, height)))
    if not is_pdf(content):
        return None
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return None
        try:
            if not 1 <= page <= len(document):
                return None
            sheet = document[page - 1]
            scale = min(width_px, MOST_PIXELS_WIDE) / sheet.get_width()
            picture = sheet.render(scale=scale).to_pil()
        finally:
            document.close()
    return _as_png(picture)


def _as_png(picture: Image.Image) -> tuple[bytes, int, int]:
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", compress_level=1)
    return buffer.getvalue(), picture.width, picture.height


def show_tables(
    name: str, content: bytes
) -> tuple[tuple[str, tuple[tuple[str, ...], ...], int], ...]:
    """Every table of a sheet or web page: its name, its cells as text, its first row's number.

    Empty for files with pages and for what cannot be read.

    Args:
        name: The file's name.
        content: Its bytes.
    """
    if is_pdf(content) or picture_format(content) is not None:
        return ()
    try:
        document = document_of(Source(hashlib.sha256(content).hexdigest(), name), content)
    except ReadingError:
        return ()
    shown = []
    for position, table in enumerate(document.tables, start=1):
        rows = tuple(
            tuple(cell_text(cell) for cell in row.cells) for row in table.rows[:MOST_ROWS_SHOWN]
        )
        first = table.rows[0].number if table.rows and table.rows[0].number else 1
        shown.append((table.sheet or f"表格 {position}", rows, first))
    return tuple(shown)
