"""One picture as the text and tables of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.provenance import PageBox
from desktop.importers.document import GridRow, Table, TextBlock
from desktop.importers.optical.cells import CellText, TableReader, head_of
from desktop.importers.optical.engine import recogniser
from desktop.importers.optical.grid import Layout, lay_out, lines_of
from desktop.importers.optical.heading_gaps import with_columns_parted
from desktop.importers.optical.lines import (
    TIGHTER,
    Piece,
    Rect,
    essence,
    part_at_gaps,
    part_at_rules,
    part_stacks,
    read_again,
    read_pieces,
    without_scraps,
)
from desktop.importers.optical.ruling import find_rules
from desktop.importers.optical.upright import Upright, edges, make_upright
from desktop.importers.readers.pdf_columns import Columns

if TYPE_CHECKING:
    from desktop.importers.optical.engine import Picture, Recogniser

_TEXT_SHARE = 0.7
"""What of a found line's height its characters fill."""
_WIDE_GAP = 1.5
_NAME = re.compile(r"姓\s*名|學員")
# A label that small print makes look like another; what it labels is read for itself.
_OF_A_ROW = re.compile(r"\d{2}:\d{2}:\d{2}\s*[~～〜]|登\s*[:：]?\s*\d{7}")
"""What stands in rows alone: the first of two moments, or the portal's day of registration."""
_LABEL = re.compile(r"^[生性姓]\s*名\s*[:：]")
_NAME_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Carried:
    """What a page hands on to the next.

    Attributes:
        columns: Of a table without rules.
        headings: Of the last table.
    """

    columns: Columns | None = None
    headings: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PicturePage:
    """One picture as read.

    Attributes:
        blocks: Text and tables from the top.
        carried: For the page that follows.
        remarks: What the clerk should know.
    """

    blocks: tuple[Table | TextBlock, ...]
    carried: Carried
    remarks: tuple[str, ...] = ()


def read_picture_page(picture: Picture, page: int, carried: Carried) -> PicturePage:
    """The text and tables that a picture shows, each cell with how well it was read.

    Args:
        picture: As decoded: rows, columns, blue, green and red.
        page: Its number, from 1.
        carried: From the page before.
    """
    reader = recogniser()
    upright = make_upright(picture, reader)
    if not upright.lines:
        return PicturePage((), carried)
    heights = sorted(min(line.height, line.length) for line in upright.lines)
    text_height = _TEXT_SHARE * heights[len(heights) // 2]
    places = [edges(line) for line in upright.lines]
    ruling = find_rules(upright.picture, text_height, places, upright.bands)
    rects = part_at_rules(part_stacks(ruling.bare, places, text_height), ruling.verticals)
    pieces = read_pieces(ruling.bare, rects, reader)
    layout = lay_out(pieces, ruling, text_height, carried.columns)
    head = head_of(layout.tables[0]) if layout.partings else None
    if head is not None:
        cells = layout.tables[0].rows[head[0]]
        row = (cells[0].rect[0], cells[0].rect[1], cells[-1].rect[2], cells[-1].rect[3])
        parted = with_columns_parted(pieces, row, ruling.bare, text_height, reader)
        if len(parted) > len(pieces):
            pieces = parted
            layout = lay_out(pieces, ruling, text_height, carried.columns)
    if layout.partings:
        pieces = _with_gaps(pieces, layout, ruling.bare, reader)
        layout = lay_out(pieces, ruling, text_height, carried.columns)
    tables = TableReader(
        upright, ruling.bare, pieces, page=page, text_height=text_height, recogniser=reader
    )
    headings = carried.headings
    blocks: list[tuple[float, Table | TextBlock]] = []
    for table in layout.tables:
        found = tables.read(table, headings)
        headings = found.headings
        rows = tuple(_row(cells, page) for cells in found.rows)
        blocks.append(
            (
                table.top,
                Table(
                    rows,
                    page=page,
                    opens_mid_row=table.opens_mid_row,
                    ends_mid_row=table.ends_mid_row,
                ),
            )
        )
    texts, remarks = _texts(layout, pieces, upright, ruling.bare, reader, page)
    blocks += texts
    blocks.sort(key=lambda item: item[0])
    return PicturePage(
        tuple(block for _, block in blocks), Carried(layout.columns, headings), remarks
    )


def _with_gaps(
    pieces: list[Piece], layout: Layout, bare: Picture, reader: Recogniser
) -> list[Piece]:
    """The pieces, those that run on from one column into the next parted and read anew."""
    head = layout.tables[0].rows[0]
    if not head:
        return pieces
    top = head[0].rect[3]  # what stands under the headings
    found: list[Piece] = []
    anew: list[Rect] = []
    for piece in pieces:
        is_inside = piece.rect[1] + piece.rect[3] > 2 * top
        parts = part_at_gaps(bare, piece.rect, layout.partings) if is_inside else [piece.rect]
        if len(parts) > 1:
            anew += parts
        else:
            found.append(piece)
    kept = without_scraps(anew, [piece.rect for piece in found])
    return found + read_pieces(bare, kept, reader)


def _row(cells: tuple[CellText, ...], page: int) -> GridRow:
    boxes = [cell.reading.box for cell in cells]
    whole = PageBox(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    return GridRow(
        tuple(cell.text for cell in cells),
        boxes=((page, whole),),
        readings=tuple(cell.reading for cell in cells),
    )


def _texts(
    layout: Layout,
    pieces: list[Piece],
    upright: Upright,
    bare: Picture,
    reader: Recogniser,
    page: int,
) -> tuple[list[tuple[float, Table | TextBlock]], tuple[str, ...]]:
    """The lines outside the tables; a name that is not sure is left out."""
    blocks: list[tuple[float, Table | TextBlock]] = []
    remarks: list[str] = []
    lost = _lost_lines(layout, pieces)
    if lost:
        remarks.append(
            f"第 {page} 頁的表格外還有 {lost} 處學習日期和時間，沒有讀成列，也沒有存入；"
            "請對照原件，並重新截圖或掃描這一頁。"
        )
    for line in lines_of(layout.loose):
        own = list(dict.fromkeys(glyph.string for glyph in line))
        parts = []
        for index in own:
            piece = pieces[index]
            text = _LABEL.sub("姓名：", piece.line.text)
            if _NAME.search(text) and not _is_sure(piece, bare, reader):
                remarks.append(
                    f"第 {page} 頁的「{text[:20]}」看不清楚，沒有採用，請確認是誰的紀錄。"
                )
                continue
            parts.append(text)
        if parts:
            top = min(pieces[index].rect[1] for index in own)
            blocks.append((top, TextBlock("  ".join(parts), page)))
    return blocks, tuple(remarks)


def _lost_lines(layout: Layout, pieces: Sequence[Piece]) -> int:
    """How many pieces of text outside every table hold what only a row of one holds.

    A rule that was not found may cut a table short; its rows must not vanish unnoticed.
    """
    if not layout.tables:
        return 0  # then the whole file is refused
    outside = {glyph.string for glyph in layout.loose}
    return sum(bool(_OF_A_ROW.search(pieces[index].line.text)) for index in outside)


def _is_sure(piece: Piece, bare: Picture, reader: Recogniser) -> bool:
    (again,) = read_again(bare, [piece], reader, margin=-TIGHTER)
    return piece.line.certainty >= _NAME_SURE and essence(again.text) == essence(piece.line.text)
