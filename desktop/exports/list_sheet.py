"""A list as the window shows it, as a workbook or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.exports.cell_text import cell_text, could_be_formula
from desktop.exports.ods_writer import write_ods
from desktop.exports.roc_text import roc_moment
from desktop.exports.table_model import (
    CellKind,
    CellValue,
    Column,
    Row,
    SheetContent,
    TableContent,
    WorkbookContent,
)
from desktop.exports.xlsx_writer import write_xlsx


@dataclass(frozen=True)
class ListSheetColumn:
    """A column: its heading, how its values stand, its width in half-width signs."""

    heading: str
    kind: CellKind
    width: float


@dataclass(frozen=True)
class ListSheetContent:
    """A list to be written.

    Attributes:
        title: Heading and the tab's name.
        created, created_by: When and by whom.
        lines: Under the heading: what was asked for.
        columns: As shown.
        rows: A value for each column.
    """

    title: str
    created: datetime
    created_by: str
    lines: tuple[str, ...]
    columns: tuple[ListSheetColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]


def list_workbook(content: ListSheetContent) -> WorkbookContent:
    """Describe the workbook."""
    columns = tuple(
        Column(f"c{number}", one.heading, one.kind, one.width)
        for number, one in enumerate(content.columns)
    )
    table = TableContent("List", columns, tuple(Row(cells) for cells in content.rows))
    sheet = SheetContent(
        title=content.title, heading=content.title, lines=content.lines, tables=(table,)
    )
    return WorkbookContent(
        title=content.title,
        author=content.created_by,
        created=content.created,
        footer=f"製表 {roc_moment(content.created)}　{content.created_by}",
        sheets=(sheet,),
    )


def write_list_xlsx(content: ListSheetContent) -> bytes:
    """Write the list as xlsx, as a table with filters."""
    return write_xlsx(list_workbook(content))


def write_list_ods(content: ListSheetContent) -> bytes:
    """Write the list as ODS."""
    return write_ods(list_workbook(content))


def list_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV with CRLF; no cell is taken for a formula. The mark of UTF-8 is the file's."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(one) for one in row])
    return text.getvalue()


def _cell(text: str) -> str:
    clean = cell_text(text)
    return f"'{clean}" if could_be_formula(clean) and not _is_number(clean) else clean


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()
