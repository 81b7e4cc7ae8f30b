"""What a reader hands to the importers: text and tables in reading order, not understood yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from desktop.domain.evidence import Refusal, RefusalReason
from desktop.domain.provenance import PageBox, SourcePlace

Cell = str | Decimal | datetime | date | time | timedelta
"""A cell as stored: text, or the number, date, time or length of a typed sheet cell."""

Boxes = tuple[tuple[int, PageBox], ...]


class ReadingError(Exception):
    """A file that cannot be taken, with its reason and one sentence for the clerk."""

    def __init__(self, reason: RefusalReason, message: str) -> None:
        """Carry the reason's code and the sentence."""
        super().__init__(message)
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True)
class Source:
    """The file that is read: its digest and its name within the batch."""

    digest: str
    name: str

    def place(
        self,
        *,
        page: int | None = None,
        row: int | None = None,
        sheet: str | None = None,
        boxes: Boxes = (),
    ) -> SourcePlace:
        """A place inside this file."""
        return SourcePlace(self.digest, self.name, page, row, sheet, boxes)


@dataclass(frozen=True, slots=True)
class CellReading:
    """How well one cell of a picture could be read.

    Attributes:
        page: The page of the cell.
        box: The cell on that page.
        certainty: Of its least certain character, from 0 to 1; 1 for a cell that is empty.
        is_sure: Whether readings at two scales agree, every character is certain enough and no
            ink was left unread.
    """

    page: int
    box: PageBox
    certainty: float
    is_sure: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table.

    Attributes:
        cells: Cells by column; a cell merged over columns stands in its first one.
        number: The row's own number in a sheet, 0 where rows are counted by what they hold.
        boxes: Where it stands on its page or pages.
        readings: Of each cell, where the table is a picture; empty elsewhere.
        titles: The headings as written, where a column profile gave the cells canonical ones.
        fixed: What the last cells, put there by a profile, mean for every row of the table.
    """

    cells: tuple[Cell, ...]
    number: int = 0
    boxes: Boxes = ()
    readings: tuple[CellReading, ...] = ()
    titles: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells.

    Attributes:
        rows: In reading order.
        page: Page of a PDF or number of the sheet, from 1; None for what has no pages.
        sheet: The sheet's name.
        opens_mid_row: Whether a page break cut its first row off the previous page.
        ends_mid_row: Whether a page break cut its last row.
        shows_cuts: Whether the two above are known; a table without rules does not show them.
    """

    rows: tuple[GridRow, ...]
    page: int | None = None
    sheet: str | None = None
    opens_mid_row: bool = False
    ends_mid_row: bool = False
    shows_cuts: bool = True


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text between tables."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read.

    Attributes:
        source: Which file.
        blocks: Text and tables in reading order.
        title: The page's title, if it has one.
        refusals: Parts that could not be read.
        remarks: What the clerk should know about the reading.
    """

    source: Source
    blocks: tuple[Table | TextBlock, ...]
    title: str = ""
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def has_optical_tables(self) -> bool:
        """Whether any table was read from a picture."""
        return any(row.readings for table in self.tables for row in table.rows)

    @property
    def text(self) -> str:
        """The text between the tables, a line break between blocks."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, TextBlock))


def cell_text(cell: Cell) -> str:
    """A cell in words, as a clerk would see it: dates in ISO, numbers without a false ``.0``."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal):
        return f"{cell.quantize(Decimal(1))}" if cell == cell.to_integral_value() else f"{cell}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return cell.isoformat()
