"""One description of sheets, tables and columns that every workbook writer draws from.

The xlsx and the ODS writer both take a `WorkbookContent`; what a sheet says and how wide a column
is stands in one place only. Formulas are templates without addresses: `{key}` is the cell of that
column in the formula's own row, or the column's span when the formula names `rows`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum


class CellKind(Enum):
    """How a column's values are aligned and formatted."""

    TEXT = "text"
    """Running text: left, wrapped."""
    CODE = "code"
    """Identifier: text format, so that leading zeros survive an edit."""
    LABEL = "label"
    """Short text: centred, wrapped."""
    WORD = "word"
    """Verdict in a word: centred, coloured by the word."""
    NUMBER = "number"
    """Counts and hours: right."""
    RATE = "rate"
    """Share of one: shown as a percentage."""
    MOMENT = "moment"
    """Date or date with time: shown with the ROC year, stored as a real date."""


class RowRole(Enum):
    """What a row is within its table."""

    DATA = "data"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True)
class Formula:
    """A formula with the value it must come to.

    Attributes:
        template: OpenFormula text without "=", arguments divided by ";", references as `{key}`.
        value: What the formula comes to; stored beside it for readers that don't calculate.
        rows: First and last row of the table (from 0) that `{key}` spans; None for its own row.
        literals: Texts for further `{name}` places; they are quoted, never read as a formula.
        unit: Word shown after the number, e.g. 人; "" for none.
    """

    template: str
    value: int | Decimal | str
    rows: tuple[int, int] | None = None
    literals: tuple[tuple[str, str], ...] = ()
    unit: str = ""


CellValue = str | int | Decimal | date | datetime | Formula | None


@dataclass(frozen=True)
class Column:
    """A column: `key` for formulas and charts (ASCII), heading, kind, width in half-width signs."""

    key: str
    title: str
    kind: CellKind
    width: float


@dataclass(frozen=True)
class Row:
    """A row with a value for each column."""

    cells: tuple[CellValue, ...]
    role: RowRole = RowRole.DATA


@dataclass(frozen=True)
class TableContent:
    """A table: headings, data rows, and the total rows that stand under them.

    Attributes:
        name: ASCII name, unique in the workbook.
        columns: At least one; keys unique.
        rows: Data first; rows of another role may stand between them only when not filterable.
        is_filterable: Whether it becomes a real table with filters.
        caption: Line above the headings; "" for none.
        caption_when_empty: Text of the only row of a table without data.

    Raises:
        ValueError: A row's length differs from the number of columns, a key or the name is unfit,
            or a filterable table has data under a total.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_filterable: bool = True
    caption: str = ""
    caption_when_empty: str = "（無）"

    def __post_init__(self) -> None:
        """Check what would make a workbook that needs repair."""
        if not (self.name.isascii() and self.name.isidentifier()):
            raise ValueError(f"table name {self.name!r} is not an ASCII identifier")
        keys = Counter(column.key for column in self.columns)
        if not keys or keys.most_common(1)[0][1] > 1:
            raise ValueError(f"table {self.name}: column keys must be there and unique")
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"table {self.name}: a row has {len(row.cells)} cells for"
                    f" {len(self.columns)} columns"
                )
        roles = [row.role for row in self.rows]
        if self.is_filterable and roles[self.data_count :].count(RowRole.DATA):
            raise ValueError(f"table {self.name}: data rows must stand before the totals")

    @property
    def data_count(self) -> int:
        """Number of data rows before the first row of another role."""
        for index, row in enumerate(self.rows):
            if row.role is not RowRole.DATA:
                return index
        return len(self.rows)

    @property
    def shown_rows(self) -> tuple[Row, ...]:
        """The rows to draw: where there are no data, one row that says so comes first."""
        if self.data_count or any(row.role is RowRole.DATA for row in self.rows):
            return self.rows
        blank: tuple[CellValue, ...] = (None,) * (len(self.columns) - 1)
        return (Row((self.caption_when_empty, *blank)), *self.rows)

    def column_index(self, key: str) -> int:
        """Position of a column, from 0.

        Raises:
            KeyError: No column has that key.
        """
        for index, column in enumerate(self.columns):
            if column.key == key:
                return index
        raise KeyError(key)


class ChartShape(Enum):
    """How a chart draws its numbers."""

    COLUMNS = "columns"
    """A column for each data row of one table column."""
    FUNNEL = "funnel"
    """Horizontal bars over the total row, one for each named column, largest on top."""


@dataclass(frozen=True)
class ChartContent:
    """A chart over one table of its sheet.

    Attributes:
        shape: Kind of chart.
        title: Title over the chart.
        table: Name of the table the numbers stand in.
        category_key: Column of the words under the columns (COLUMNS only).
        value_keys: The one column drawn (COLUMNS), or neighbouring columns from left to right.
        width_share: Share of the sheet's width, 0 to 1.
    """

    shape: ChartShape
    title: str
    table: str
    value_keys: tuple[str, ...]
    category_key: str = ""
    width_share: float = 0.5


@dataclass(frozen=True)
class SheetContent:
    """A sheet: heading, lines under it, tables from top to bottom, notes, charts.

    Attributes:
        title: Name on the tab; at most 31 signs, no brackets and none of `:*?/`.
        heading: First line of the sheet.
        lines: Lines under the heading.
        tables: At least one; the first one's headings are frozen and repeated in print.
        frozen_columns: Columns that stay when scrolling to the right.
        notes: Lines under the last table.
        charts: Charts under everything else.
        repeats_headings: Whether the first table's headings stay on screen and come again on each
            printed page; not where tables of different columns follow one another.
    """

    title: str
    heading: str
    lines: tuple[str, ...]
    tables: tuple[TableContent, ...]
    frozen_columns: int = 0
    notes: tuple[str, ...] = ()
    charts: tuple[ChartContent, ...] = ()
    repeats_headings: bool = True


@dataclass(frozen=True)
class WorkbookContent:
    """A workbook: its sheets and what its properties and footers say.

    Attributes:
        title: Document title.
        author: Who made it.
        created: Creation time, the only clock the writers know.
        footer: Left part of each page's footer.
        sheets: At least one.
    """

    title: str
    author: str
    created: datetime
    footer: str
    sheets: tuple[SheetContent, ...] = field(default=())
