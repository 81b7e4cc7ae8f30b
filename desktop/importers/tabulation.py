"""From tables to rows by column: headings found, page breaks mended, totals skipped."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop.domain.evidence import Refusal, RefusalReason
from desktop.domain.provenance import SourcePlace
from desktop.domain.text import matching_key
from desktop.importers.document import (
    Cell,
    CellReading,
    Document,
    GridRow,
    Table,
    TextBlock,
    cell_text,
)
from desktop.importers.headings import Column, found_columns, is_known_heading, may_be_headings
from desktop.importers.persons import NOBODY, NamedPerson, person_in_text

HEADER_ROWS = 20
_TOTAL = re.compile(
    r"(?:本表|本頁)?(?:合計|總計|小計|共計|總和|累計|總時數|共(?=\d))[\d人筆小時項門]*|.{1,12}(?:合計|總計|小計)"
)
_NOTE = re.compile(
    r"[\s※*＊]*(?:註|附註|備註|備考|說明|填表說明|注意事項|製表|承辦|列印|資料來源|單位主管|機關首長|核章|"
    r"人事主管|審核|覆核|總共|共\s*\d+\s*筆|※)"
)


_PAGE_MARK = re.compile(
    r"第\s*\d+\s*頁.*|共\s*\d+\s*頁.*|頁次.*|頁數.*|\d+\s*/\s*\d+\s*頁|(?:列印|製表|印表|產製|產生|匯出)"
    r"(?:日期|時間|人員|單位|者|人).*|報表(?:代號|編號|名稱).*|機關(?:代碼|代號|名稱).*"
)
_NOTHING = re.compile(
    r"[（(]?(?:目前|本年度?|現在)?(?:查無|尚無|暫無|並無|無|沒有)(?:任何|相關|符合條件(?:的|之)?)*"
    r"(?:學習|上課|差勤|加班|刷卡)?(?:資料|紀錄|記錄|課程|時數)[)）。.！!]*"
)
"""A page's own word that it lists nothing, in the place of rows."""
_LABELLED = re.compile(r"[^\s:：]{2,12}\s*[:：].*")
_STAMP = re.compile(r"[\d/.\-:年月日時分秒 \u3000]{4,25}")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which headings make a table one of a kind.

    Attributes:
        wanted: Every column that is read, in the order in which they claim headings.
        required: Groups of columns; of each group at least one must be there.
        forbidden: Columns of other kinds; a table that shows one is not of this kind.
    """

    wanted: tuple[Column, ...]
    required: tuple[tuple[Column, ...], ...]
    forbidden: tuple[Column, ...] = ()

    def columns(self, row: GridRow) -> dict[Column, int] | None:
        """The places of the columns when ``row`` is this kind's row of headings, else None."""
        places = self.some_columns(row)
        return places if places and not self.missing(places) else None

    def some_columns(self, row: GridRow) -> dict[Column, int]:
        """The places of the columns that ``row`` has headings for, empty for another kind's."""
        keys = heading_keys(row)
        if not may_be_headings(keys):
            return {}
        if self.forbidden and found_columns(keys, self.forbidden):
            return {}
        return found_columns(keys, self.wanted)

    def missing(self, places: Mapping[Column, int]) -> tuple[Column, ...]:
        """The first column of each required group that has none."""
        return tuple(
            group[0] for group in self.required if not any(column in places for column in group)
        )


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row of data.

    Attributes:
        cells: By column.
        raw: Every cell as read, by the heading as read.
        place: Where it stands.
        page_person: The person that the text above names.
        readings: How well each cell was read, where the row is part of a picture; of a cell that
            a page break cut, one for each part. Empty elsewhere.
    """

    cells: Mapping[Column, Cell]
    raw: Mapping[str, str]
    place: SourcePlace
    page_person: NamedPerson = NOBODY
    readings: Mapping[Column, tuple[CellReading, ...]] = field(default_factory=dict)

    def text(self, column: Column) -> str:
        """A cell in words, empty when there is none."""
        cell = self.cells.get(column, "")
        return cell_text(cell).strip() if cell != "" else ""


@dataclass
class Tabulated:
    """What the tables of one kind gave."""

    rows: list[DataRow] = field(default_factory=list)
    columns: set[Column] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def heading_keys(row: GridRow) -> tuple[str, ...]:
    """A row's cells folded for comparison with headings."""
    return tuple(
        matching_key(cell) if isinstance(cell, str) and 0 < len(cell) <= 60 else ""
        for cell in row.cells
    )


def is_laid_out(document: Document, layout: Layout) -> bool:
    """Whether any table has the layout's headings among its first rows."""
    return any(
        layout.columns(row) is not None
        for table in document.tables
        for row in table.rows[:HEADER_ROWS]
    )


def tabulate(document: Document, layout: Layout) -> Tabulated:
    """The rows of every table that has the layout's headings, in reading order.

    Args:
        document: One file as read.
        layout: The kind's headings.
    """
    return _Tabulator(document, layout).run()


@dataclass(frozen=True, slots=True)
class _Header:
    places: Mapping[Column, int]
    titles: tuple[str, ...]
    width: int
    page: int | None
    fixed: Mapping[Column, Cell]


class _Tabulator:
    def __init__(self, document: Document, layout: Layout) -> None:
        self.document = document
        self.layout = layout
        self.result = Tabulated(remarks=list(document.remarks), refusals=list(document.refusals))
        self.person = NOBODY
        self.header: _Header | None = None
        self.counts: Counter[int | None] = Counter()
        self.above: set[tuple[str, ...]] = set()  # rows of title, which each page may repeat
        self.page_rows = 0
        self.is_cut = False  # whether the last row read goes on across the page break

    def run(self) -> Tabulated:
        for block in self.document.blocks:
            if isinstance(block, TextBlock):
                self._note_person(block.text)
            else:
                self._read_table(block)
        if self.page_rows:
            self.result.remarks.append(
                f"另有 {self.page_rows} 列是每頁的頁首或頁尾（標題、列印日期、頁次），"
                "不是資料列，未採用。"
            )
        return self.result

    def _note_person(self, text: str) -> None:
        named = person_in_text(text)
        if named.unit is not None:
            self.person = replace(self.person, unit=named.unit)
        if named.name is not None:
            # A unit above the name is the person's; one of the person before is not.
            kept = named.unit or (self.person.unit if self.person.name is None else None)
            self.person = replace(named, unit=kept)
        elif named.employee_id is not None:
            self.person = replace(self.person, employee_id=named.employee_id)

    def _read_table(self, table: Table) -> None:
        has_own = any(self.layout.columns(row) is not None for row in table.rows)
        if not has_own and not self._continues(table):
            self._read_loose(table)
            return
        if has_own and (self.header is None or table.page is None or self.header.page is None):
            self.header = None
        may_join = self.header is not None and table.page is not None
        was_cut, self.is_cut = self.is_cut or table.opens_mid_row, False
        is_first = True
        last_is_blank = False
        for row in table.rows:
            places = self.layout.columns(row)
            if places is not None:
                self._take_header(table, row, places)
                continue
            last_is_blank = _is_blank(row)
            if last_is_blank:
                is_first = False
                continue
            if self._is_apart(row) or self.header is None:
                continue
            if is_first and may_join and self._belongs_to_last(table, row, was_cut=was_cut):
                self._join_last(row)
            else:
                self._add(table, row)
            is_first = False
        self.is_cut = table.ends_mid_row and not last_is_blank
        if self.header is not None and self.header.width != max(
            (len(row.cells) for row in table.rows), default=0
        ):
            self.is_cut = False

    def _continues(self, table: Table) -> bool:
        """Whether a table without headings goes on with the one of the page before."""
        return (
            self.header is not None
            and table.page is not None
            and self.header.page is not None
            and table.sheet is None
            and bool(table.rows)
            and len(table.rows[0].cells) == self.header.width
        )

    def _read_loose(self, table: Table) -> None:
        """A table of no known kind: perhaps the person's particulars, perhaps lost rows."""
        for row in table.rows[:HEADER_ROWS]:
            self._is_apart(row, is_before=True)
        width = max((len(row.cells) for row in table.rows), default=0)
        if self.header is None or table.sheet is not None or table.page is None:
            return
        if self.header.page is not None and width * 2 > self.header.width and width > 3:
            rows = [row for row in table.rows if not _is_blank(row)]
            place = self.document.source.place(page=table.page)
            self.result.refusals.append(
                Refusal(
                    place,
                    RefusalReason.NO_COLUMNS,
                    f"「{place.file_name}」{place.words}的表格有 {width} 欄，與標題的 "
                    f"{self.header.width} 欄不符，{len(rows)} 列未採用，請以較大的紙張重新列印。",
                    rows=len(rows),
                )
            )

    def _take_header(self, table: Table, row: GridRow, places: dict[Column, int]) -> None:
        titles = row.titles or tuple(
            " ".join(cell_text(cell).split()) or f"第 {index} 欄"
            for index, cell in enumerate(row.cells, 1)
        )
        # Behind its own cells stand the columns that a profile says hold one value in every row.
        width = len(row.cells) - len(row.fixed)
        fixed: dict[Column, Cell] = {
            column: row.fixed[place - width] for column, place in places.items() if place >= width
        }
        self.header = _Header(places, titles, width, table.page, fixed)
        self.result.columns |= places.keys()

    def _is_apart(self, row: GridRow, *, is_before: bool = False) -> bool:
        """Whether a row is no data: a line of text, a total, a note; persons in it are noted."""
        texts = [cell_text(cell).strip() for cell in row.cells]
        filled = [text for text in texts if text]
        before = is_before or self.header is None
        if before:
            self.above.add(tuple(filled))
        elif self._is_of_page(row, filled):
            self.page_rows += 1
            self._note_person("  ".join(filled))
            return True
        if before or (len(filled) <= 4 and person_in_text(filled[0]).is_known):
            line = "  ".join(filled)
            if person_in_text(line).is_known:
                self._note_person(line)
                return True
        if before:
            self._note_person("  ".join(filled))
            self._note_labelled(filled)
            return True
        if self._is_total(filled) or (len(filled) == 1 and _NOTHING.fullmatch(filled[0])):
            return True
        if (len(filled) <= 3 and _NOTE.match(filled[0])) or self._is_single_note(row, filled):
            number = f"第 {row.number} 列" if row.number else "表格中"
            self.result.remarks.append(f"{number}「{filled[0][:30]}」不是資料列，未採用。")
            return True
        return False

    def _is_total(self, filled: list[str]) -> bool:
        """Whether a row sums up: its first words say so and most of its cells are blank."""
        assert self.header is not None
        return len(filled) * 2 <= max(4, len(self.header.titles)) and (
            _TOTAL.fullmatch(matching_key(filled[0])) is not None
        )

    def _is_of_page(self, row: GridRow, filled: list[str]) -> bool:
        """Whether a row of a sheet is a title or a footer that each page repeats."""
        if not row.number or self.header is None or len(filled) * 2 > max(6, self.header.width):
            return False
        if tuple(filled) in self.above:
            return True
        return any(_PAGE_MARK.fullmatch(text) for text in filled) and all(
            _PAGE_MARK.fullmatch(text) or _LABELLED.fullmatch(text) or _STAMP.fullmatch(text)
            for text in filled
        )

    def _is_single_note(self, row: GridRow, filled: list[str]) -> bool:
        """Whether a lone cell in a sheet is a sentence rather than a row's only value."""
        if len(filled) != 1 or not row.number or self.header is None:
            return False
        used = {index for index, cell in enumerate(row.cells) if cell != ""}
        return used == {0} and (len(filled[0]) > 12 or not any(c.isdigit() for c in filled[0]))

    def _note_labelled(self, filled: list[str]) -> None:
        """``姓名`` in one cell, the name in the next."""
        for label, value in itertools.pairwise(filled):
            key = matching_key(label)
            if is_known_heading(value):
                continue
            if key in ("姓名", "學員姓名"):
                self._note_person(f"姓名：{value}")
            elif key in ("人員代號", "員工編號", "員工代號", "服務單位", "單位"):
                self._note_person(f"{key}：{value}")

    def _belongs_to_last(self, table: Table, row: GridRow, *, was_cut: bool) -> bool:
        """Whether a page's first row is the rest of the last page's last row."""
        if not self.result.rows or self.header is None:
            return False
        last = self.result.rows[-1]
        if last.place.boxes and row.boxes and last.place.boxes[-1][0] == row.boxes[0][0]:
            return False  # both stand on one page
        number = self.header.places.get(Column.NUMBER)
        mine = cell_text(row.cells[number]).strip() if number is not None else ""
        theirs = last.text(Column.NUMBER)
        if number is not None and mine and theirs:
            return False
        if was_cut:
            return True
        if number is not None:
            return bool(mine) != bool(theirs)
        if not table.shows_cuts and Column.HOURS in self.header.places:
            # Every row has its hours once: of the two parts of a cut row one shows them.
            return _has_number(self._text(row, Column.HOURS)) != _has_number(
                last.text(Column.HOURS)
            )
        return not self._text(row, Column.COURSE) and bool(last.text(Column.COURSE))

    def _text(self, row: GridRow, column: Column) -> str:
        place = self.header.places.get(column) if self.header is not None else None
        if place is None or place >= len(row.cells):
            return ""
        return cell_text(row.cells[place]).strip()

    def _join_last(self, row: GridRow) -> None:
        assert self.header is not None
        last = self.result.rows[-1]
        more = self._cells(row)
        cells = dict(last.cells)
        for column, cell in more.items():
            cells[column] = _joined(cells.get(column, ""), cell)
        raw = dict(last.raw)
        for title, text in self._raw(row).items():
            raw[title] = _joined(raw.get(title, ""), text)
        place = replace(last.place, boxes=last.place.boxes + row.boxes)
        readings = dict(last.readings)
        for column, parts in self._readings(row).items():
            readings[column] = readings.get(column, ()) + parts
        self.result.rows[-1] = replace(last, cells=cells, raw=raw, place=place, readings=readings)

    def _add(self, table: Table, row: GridRow) -> None:
        self.counts[table.page] += 1
        place = self.document.source.place(
            page=table.page,
            row=row.number or self.counts[table.page],
            sheet=table.sheet,
            boxes=row.boxes,
        )
        self.result.rows.append(
            DataRow(self._cells(row), self._raw(row), place, self.person, self._readings(row))
        )

    def _cells(self, row: GridRow) -> dict[Column, Cell]:
        assert self.header is not None
        cells: dict[Column, Cell] = {
            column: row.cells[place]
            for column, place in self.header.places.items()
            if place < len(row.cells) and row.cells[place] != ""
        }
        cells.update(self.header.fixed)
        return cells

    def _readings(self, row: GridRow) -> dict[Column, tuple[CellReading, ...]]:
        assert self.header is not None
        return {
            column: (row.readings[place],)
            for column, place in self.header.places.items()
            if place < len(row.readings)
        }

    def _raw(self, row: GridRow) -> dict[str, str]:
        assert self.header is not None
        raw: dict[str, str] = {}
        for title, cell in _titled(self.header.titles, row.cells):
            raw[title] = cell_text(cell)
        return raw


def _titled(titles: tuple[str, ...], cells: tuple[Cell, ...]) -> Iterator[tuple[str, Cell]]:
    for index, cell in enumerate(cells):
        title = titles[index] if index < len(titles) else f"第 {index + 1} 欄"
        if index >= len(titles) and cell == "":
            continue
        if titles[:index].count(title):
            title = f"{title} ({index + 1})"
        yield title, cell


def _has_number(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _joined(one: Cell, two: Cell) -> str:
    return "\n".join(text for text in (cell_text(one), cell_text(two)) if text)


def _is_blank(row: GridRow) -> bool:
    return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in row.cells)
