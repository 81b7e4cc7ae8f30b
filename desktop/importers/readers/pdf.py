"""Browser-printed PDFs: tables from their drawn rules, the text around them line by line.

The grid idea: thin drawn shapes are rules; rules that touch form a table; every character falls
into the cell that holds its middle. A page break may cut a row: then the rule at the cut is
missing, which is how the cut is known. Pages without rules go to ``ruleless``.
"""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2

from desktop.domain.evidence import Refusal, RefusalReason
from desktop.domain.provenance import PageBox
from desktop.importers.document import (
    Document,
    GridRow,
    ReadingError,
    Source,
    Table,
    TextBlock,
)
from desktop.importers.readers.images import MAX_PAGES as MOST_PICTURES
from desktop.importers.readers.images import MAX_PIXELS, no_table
from desktop.importers.readers.pdf_columns import Columns
from desktop.importers.readers.pdf_grid import Grid, Rules, grids_of
from desktop.importers.readers.pdf_page import Glyph, PageContent, page_content
from desktop.importers.readers.pdf_pictures import PDFIUM, read_pictures
from desktop.importers.readers.pdf_ruleless import ruleless_table

MAX_PAGES = 2_000
SPACE_GAP = 0.15
"""Gap after a character, in heights of the next, from which a space stands between them: some
fonts' spaces are missing from the text that PDFium finds."""
WIDE_GAP = 1.5
PASTED = 0.15
"""Share of a page of text from which a picture on it may be a pasted table."""
LEAST_ROW = 5.0
"""Points below which nothing can be written in a row."""
_TAIL = 8_192


def read_pdf(source: Source, data: bytes) -> Document:
    """The text and tables of a PDF, page by page.

    Args:
        source: The file.
        data: Its bytes.

    Raises:
        ReadingError: When it is encrypted, cut off, broken, too long, empty or holds only pictures
            without a table.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」的 PDF 不完整（檔案結尾遺失），沒有匯入任何資料，請重新列印或下載。",
        )
    with PDFIUM:
        document = _open(source, data)
        try:
            reading = _read(source, document)
        finally:
            document.close()
    remarks = read_pictures(source, data, reading.pictures, reading.blocks)
    blocks = tuple(block for _, page in sorted(reading.blocks.items()) for block in page)
    if not reading.has_text and not reading.refusals:
        if not reading.pictures:
            raise ReadingError(
                RefusalReason.EMPTY,
                f"「{source.name}」裡沒有任何文字，請確認列印的內容後重新匯入。",
            )
        if not any(isinstance(block, Table) for block in blocks):
            raise no_table(source)
    return Document(source, blocks, refusals=tuple(reading.refusals), remarks=remarks)


def _open(source: Source, data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium's reason may be that of the file before; a file without /Encrypt has no password.
        says_locked = any(word in str(error).lower() for word in ("password", "security"))
        if says_locked and b"/Encrypt" in data:
            raise ReadingError(
                RefusalReason.ENCRYPTED,
                f"「{source.name}」設有密碼，無法開啟，請先解除密碼再匯入。",
            ) from error
        raise ReadingError(
            RefusalReason.UNREADABLE,
            f"「{source.name}」是損壞的 PDF，無法開啟，沒有匯入任何資料，請重新列印或下載。",
        ) from error


@dataclass
class _Reading:
    blocks: dict[int, list[Table | TextBlock]]
    refusals: list[Refusal]
    pictures: list[int]
    has_text: bool = False
    columns: Columns | None = None


def _read(source: Source, document: pypdfium2.PdfDocument) -> _Reading:
    """What the pages say in characters, and which of them are pictures."""
    pages = len(document)
    if pages > MAX_PAGES:
        raise ReadingError(
            RefusalReason.TOO_LARGE,
            f"「{source.name}」有 {pages} 頁，超過 {MAX_PAGES} 頁的上限，請分成幾個檔案再匯入。",
        )
    reading = _Reading({}, [], [])
    for index in range(pages):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as error:
            raise ReadingError(
                RefusalReason.UNREADABLE,
                f"「{source.name}」第 {index + 1} 頁已損壞，整個檔案未匯入，請重新列印。",
            ) from error
        try:
            content = page_content(page)
        finally:
            page.close()
        _read_page(source, content, index + 1, reading)
    return reading


def _read_page(source: Source, content: PageContent, number: int, reading: _Reading) -> None:
    if content.glyphs:
        reading.has_text = True
        placed = _placed(content, number, reading)
        reading.blocks[number] = [block for _, block in placed]
        if any(isinstance(block, Table) and _is_wide(block) for _, block in placed):
            return
    # A page without text, or a picture pasted among text that holds no table of its own.
    if not content.has_pictures or (content.glyphs and content.picture_share < PASTED):
        return
    if content.most_pixels > MAX_PIXELS:
        reading.refusals.append(
            Refusal(
                source.place(page=number),
                RefusalReason.TOO_LARGE,
                f"「{source.name}」第 {number} 頁的圖片過大而沒有開啟，該頁未採用，"
                "請改用一般解析度的掃描。",
            )
        )
        return
    if len(reading.pictures) == MOST_PICTURES:
        raise ReadingError(
            RefusalReason.TOO_LARGE,
            f"「{source.name}」有超過 {MOST_PICTURES} 頁掃描的圖片，辨識會太久，未匯入，"
            "請分成幾個檔案再匯入。",
        )
    reading.pictures.append(number)


def _is_wide(table: Table) -> bool:
    return any(len(row.cells) > 3 for row in table.rows)


def _placed(
    content: PageContent, number: int, reading: _Reading
) -> list[tuple[float, Table | TextBlock]]:
    """The tables and lines of a page of characters, from the top."""
    grids = grids_of(Rules(content.horizontals, content.verticals))
    outside = [glyph for glyph in content.glyphs if not any(grid.holds(glyph) for grid in grids)]
    placed: list[tuple[float, Table | TextBlock]] = [
        (grid.top, _table(grid, content, number)) for grid in grids
    ]
    lines = lines_of(outside)
    if not any(len(grid.columns) > 3 for grid in grids):
        found = ruleless_table(lines, reading.columns)
        if found is not None:
            reading.columns = found.columns
            rows = tuple(
                GridRow(_texts(cells), boxes=((number, _box(content, box)),))
                for cells, box in found.rows
            )
            placed.append((found.top, Table(rows, page=number, shows_cuts=False)))
            lines = lines_of(found.rest)
    for line in lines:
        placed.append((line[0].baseline, TextBlock(line_text(line, spread=True), number)))
    placed.sort(key=lambda item: -item[0])
    return placed


def _table(grid: Grid, content: PageContent, number: int) -> Table:
    inside = [glyph for glyph in content.glyphs if grid.holds(glyph)]
    cells = grid.fill(inside)
    rows = []
    for index, row in enumerate(cells):
        box = grid.row_box(index)
        if box[3] - box[1] < LEAST_ROW and not any(row):
            continue  # the space between the two lines of a thick or double rule
        rows.append(GridRow(_texts(row), boxes=((number, _box(content, box)),)))
    return Table(
        tuple(rows),
        page=number,
        opens_mid_row=grid.opens_mid_row,
        ends_mid_row=grid.ends_mid_row,
    )


def _texts(cells: list[list[Glyph]]) -> tuple[str, ...]:
    return tuple("\n".join(line_text(line) for line in lines_of(cell)) for cell in cells)


def _box(content: PageContent, box: tuple[float, float, float, float]) -> PageBox:
    left, bottom, right, top = box
    width, height = content.width, content.height
    return PageBox(
        round(max(0.0, left / width), 4),
        round(max(0.0, 1 - top / height), 4),
        round(min(1.0, right / width), 4),
        round(min(1.0, 1 - bottom / height), 4),
    )


def lines_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters grouped into lines by their baseline, from the top, each from left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: -item.baseline):
        if lines and lines[-1][0].baseline - glyph.baseline <= max(2.0, 0.35 * glyph.height):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        line.sort(key=lambda item: item.left)
    return lines


def line_text(line: list[Glyph], *, spread: bool = False) -> str:
    """The text of one line.

    Args:
        line: Its characters from left to right.
        spread: Whether wide gaps become two spaces, as between the labels above a table.
    """
    letters: list[str] = []
    previous: Glyph | None = None
    for glyph in line:
        if previous is not None:
            gap = glyph.left - previous.right
            if spread and gap > WIDE_GAP * glyph.height:
                letters.append("  ")
            elif (
                gap > SPACE_GAP * glyph.height
                and " " not in (glyph.text, previous.text)
                and (glyph.text.isascii() or previous.text.isascii())
            ):
                letters.append(" ")
        letters.append(glyph.text)
        previous = glyph
    # PDFium hands characters beyond the basic plane out as two halves.
    text = "".join(letters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.strip(" \u00a0\u3000")
