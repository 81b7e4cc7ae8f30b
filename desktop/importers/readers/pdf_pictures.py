"""Scanned pages of a PDF: drawn as pictures, and read as such."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pypdfium2

from desktop.importers.document import Source, Table, TextBlock
from desktop.importers.optical.page import Carried, read_picture_page
from desktop.importers.readers.pdf_page import page_content

if TYPE_CHECKING:
    from desktop.importers.optical.engine import Picture

LEAST_SCALE, MOST_SCALE = 150 / 72, 300 / 72
"""Pixels a point at which a page is drawn: as fine as its picture, within 150 to 300 dpi."""
LONGEST_SIDE = 5_000
# PDFium may be used by one thread at a time.
PDFIUM = threading.Lock()


def read_pictures(
    source: Source,
    data: bytes,
    pages: Sequence[int],
    blocks: dict[int, list[Table | TextBlock]],
) -> tuple[str, ...]:
    """Read the pages that are pictures into ``blocks``; what to remark on them.

    PDFium is held only while a page is drawn, so that a page can be looked at meanwhile.

    Args:
        source: The file.
        data: Its bytes.
        pages: Numbers of the pages, from 1.
        blocks: What was read so far, by page.
    """
    remarks: list[str] = []
    carried, last = Carried(), 0
    for number in pages:
        if number != last + 1:
            carried = Carried()
        found = read_picture_page(drawn(data, number), number, carried)
        carried, last = found.carried, number
        texts = [block for block in blocks.get(number, ()) if isinstance(block, TextBlock)]
        blocks[number] = [*texts, *found.blocks]
        remarks += found.remarks
        if not any(isinstance(block, Table) for block in found.blocks) and not texts:
            remarks.append(
                f"「{source.name}」第 {number} 頁的圖片裡找不到看得清楚的表格，"
                "沒有採用，請核對原件。"
            )
    return tuple(remarks)


def drawn(data: bytes, number: int) -> Picture:
    """A page as pixels: blue, green and red.

    Args:
        data: The file's bytes.
        number: The page, from 1.
    """
    import numpy as np

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number - 1]
            content = page_content(page)
            scale = min(max(content.picture_scale, LEAST_SCALE), MOST_SCALE)
            scale = min(scale, LONGEST_SIDE / max(content.width, content.height))
            bitmap = page.render(scale=scale, rev_byteorder=False)
            pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
            page.close()
        finally:
            document.close()
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if pixels.shape[2] == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    picture: Picture = np.ascontiguousarray(pixels[:, :, :3])
    return picture
