"""Where a fact was read: the evidence that stays with every verdict."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page as fractions of its width and height, from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where one field of a row stands on a picture, and how surely it was read.

    Attributes:
        field: The attribute of the row that was read there (``start``).
        page: From 1.
        box: The cell.
        certainty: Of the least certain character, from 0 to 1.
    """

    field: str
    page: int
    box: PageBox
    certainty: float


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """One place in one file: file, page or sheet, row, and the rectangle to highlight.

    Attributes:
        digest: SHA-256 of the file's bytes in hexadecimal; the file is kept under it.
        file_name: The name as the clerk knows it, with the folder inside the batch if any
            (``sub/folder/王小明.pdf``; a member of an archive: ``all.zip/王小明.pdf``).
        page: Page of a PDF or number of the sheet, from 1; None for what has no pages.
        row: Row of data on that page, from 1; for sheets the sheet's own row number.
        sheet: Name of the sheet, if the file is a workbook.
        boxes: The row's rectangles; more than one when a page break cut the row. The second
            element's page is the next page.
        fields: Where single fields stand, if the row was read from a picture.
    """

    digest: str
    file_name: str
    page: int | None = None
    row: int | None = None
    sheet: str | None = None
    boxes: tuple[tuple[int, PageBox], ...] = ()
    fields: tuple[FieldPlace, ...] = ()

    @property
    def reference(self) -> str:
        """The place in short, as ``verdicts.json`` writes it: ``A0012_王小明.pdf#p1r1``."""
        mark = f"p{self.page}" if self.page is not None else ""
        mark += f"r{self.row}" if self.row is not None else ""
        return f"{self.file_name}#{mark}" if mark else self.file_name

    @property
    def words(self) -> str:
        """The place in Chinese: ``第 2 頁第 5 列``, empty for a whole file."""
        page = ""
        if self.sheet is not None:
            page = f"工作表「{self.sheet}」"
        elif self.page is not None:
            page = f"第 {self.page} 頁"
        return page + (f"第 {self.row} 列" if self.row is not None else "")
