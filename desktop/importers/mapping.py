"""Sheets of unknown shape, read by the clerk's word: profiles give headings their canonical names.

What is mapped goes the same way as what is recognised: the headings are renamed before anything
else looks at them, and the row keeps the headings as written beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from desktop.domain.column_profile import ColumnProfile, heading_key, heading_titles
from desktop.domain.evidence import EvidenceKind, Extraction
from desktop.domain.moments import roc_date
from desktop.domain.text import matching_key
from desktop.importers.base import TableImporter
from desktop.importers.document import Document, GridRow, Table, TextBlock, cell_text
from desktop.importers.headings import Column
from desktop.importers.registry import IMPORTERS
from desktop.importers.split_headings import with_joined_headings
from desktop.importers.tabulation import HEADER_ROWS

SEARCHED_ROWS = 60
"""Rows of a table among which a remembered row of headings is looked for."""
_NO_COLUMN = "未採用："
"""Stands before a heading that the clerk gave no column, so that nobody takes it for one."""


@dataclass(frozen=True, slots=True)
class MappingField:
    """A column that a kind reads.

    Attributes:
        column: Its canonical heading.
        is_needed: Whether the sheet is not of the kind without it.
        instead: Columns of which one is enough; empty when nothing stands in for it.
    """

    column: Column
    is_needed: bool
    instead: tuple[Column, ...] = ()


FIXED_VALUES: Mapping[Column, tuple[str, ...]] = MappingProxyType(
    {Column.KIND: ("加班", "公假", "公差", "值班", "休假")}
)
"""Columns that may hold one value in every row, which the sheet's own title tells a person: a list
of nothing but overtime has no column that says so."""
MAPPABLE_KINDS: tuple[EvidenceKind, ...] = tuple(importer.kind for importer in IMPORTERS)


def mapping_fields(kind: EvidenceKind) -> tuple[MappingField, ...]:
    """The columns that a kind reads, in its own order.

    Args:
        kind: One of ``MAPPABLE_KINDS``.
    """
    layout = _importer(kind).layout
    fields = []
    for column in layout.wanted:
        groups = [group for group in layout.required if column in group]
        alone = any(len(group) == 1 for group in groups)
        instead = () if alone else tuple(dict.fromkeys(c for g in groups for c in g if c != column))
        fields.append(MappingField(column, bool(groups), instead))
    return tuple(fields)


def missing_columns(kind: EvidenceKind, columns: Sequence[str]) -> tuple[tuple[Column, ...], ...]:
    """The groups of columns of which a mapping has none.

    Args:
        kind: What the sheet is.
        columns: Canonical headings that are mapped.
    """
    chosen = set(columns)
    missing = [
        group
        for group in _importer(kind).layout.required
        if not any(column.value in chosen for column in group)
    ]
    # Whoever gives the narrower group gives the wider one as well.
    return tuple(group for group in missing if not any(set(o) < set(group) for o in missing))


def _importer(kind: EvidenceKind) -> TableImporter:
    return next(importer for importer in IMPORTERS if importer.kind is kind)


def extract_by_profile(
    document: Document,
    profiles: Sequence[ColumnProfile],
    *,
    expected: EvidenceKind | None = None,
) -> Extraction | None:
    """What the document holds by the profile of its headings; None when no profile is for it.

    Args:
        document: One file as read.
        profiles: Those in force, at most one a heading set.
        expected: The kind the file must be, when somebody said so.
    """
    by_key = {
        profile.key: profile for profile in profiles if expected is None or profile.kind is expected
    }
    if not by_key:
        return None
    for candidate in (document, with_joined_headings(document)):
        profile = _profile_for(candidate, by_key) if candidate is not None else None
        if candidate is not None and profile is not None:
            renamed = apply_profile(candidate, profile)
            found = _importer(profile.kind).extract(renamed)
            return replace(
                found,
                profile_key=profile.key,
                remarks=(profile_words(profile), *found.remarks, *_other_tables(renamed)),
            )
    return None


def profile_words(profile: ColumnProfile) -> str:
    """The remark on a file that was read by a profile."""
    day = f"{roc_date(profile.confirmed_on)} " if profile.confirmed_on is not None else ""
    return f"依 {day}記住的欄位對應讀取（{profile.kind.words}）。"


def _profile_for(document: Document, by_key: dict[str, ColumnProfile]) -> ColumnProfile | None:
    """The profile of the first row of headings that has one."""
    for table in document.tables:
        for row in table.rows[:SEARCHED_ROWS]:
            profile = by_key.get(row_key(row))
            if profile is not None:
                return profile
    return None


def row_titles(row: GridRow) -> tuple[str, ...]:
    """The titles of a row as a row of headings; blank cells at its end do not count."""
    cells = [cell_text(cell) for cell in row.cells]
    while cells and not cells[-1].strip():
        cells.pop()
    return heading_titles(cells)


def row_key(row: GridRow) -> str:
    """What a row of headings is remembered by; empty for a row that cannot be one."""
    if sum(isinstance(cell, str) and bool(cell.strip()) for cell in row.cells) < 2:
        return ""
    return heading_key(row_titles(row))


def apply_profile(document: Document, profile: ColumnProfile) -> Document:
    """The document with the profile's headings renamed to the canonical ones.

    Args:
        document: One file as read.
        profile: Whose headings it has.
    """
    blocks: list[Table | TextBlock] = []
    for block in document.blocks:
        blocks.extend(_renamed(block, profile) if isinstance(block, Table) else (block,))
    return replace(document, blocks=tuple(blocks))


def _renamed(table: Table, profile: ColumnProfile) -> tuple[Table | TextBlock, ...]:
    searched = enumerate(table.rows[:SEARCHED_ROWS])
    first = next((place for place, row in searched if row_key(row) == profile.key), None)
    if first is None:
        return (table,)
    # Further down the very same cells may stand again, at the top of each page.
    headings = table.rows[first].cells
    rows = [
        _renamed_row(row, profile)
        if row.cells == headings or (place < SEARCHED_ROWS and row_key(row) == profile.key)
        else row
        for place, row in enumerate(table.rows)
    ]
    if first < HEADER_ROWS:
        return (replace(table, rows=tuple(rows)),)
    # Importers look for headings among the first rows: what stands above becomes plain text.
    above = "\n".join(
        "  ".join(text for cell in row.cells if (text := cell_text(cell).strip()))
        for row in rows[:first]
    )
    return (TextBlock(above, table.page), replace(table, rows=tuple(rows[first:])))


def _renamed_row(row: GridRow, profile: ColumnProfile) -> GridRow:
    titles = row_titles(row)
    columns = profile.column_of
    cells = tuple(columns.get(matching_key(title)) or f"{_NO_COLUMN}{title}" for title in titles)
    blank = ("",) * (len(row.cells) - len(cells))
    return replace(
        row,
        cells=cells + blank + tuple(column for column, _ in profile.fixed),
        titles=titles,
        fixed=tuple(value for _, value in profile.fixed),
    )


def _other_tables(document: Document) -> tuple[str, ...]:
    """A remark on sheets whose headings are others: they were not read."""
    names = [
        table.sheet
        for table in document.tables
        if table.sheet is not None and not any(row.titles for row in table.rows)
    ]
    if not names:
        return ()
    return (f"工作表「{'」「'.join(names)}」的標題與記住的不同，沒有讀取。",)
