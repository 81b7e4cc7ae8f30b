"""The summary block above the portal's table (您的學習時數資料如下): what the page itself says.

It is evidence beside the rows, never a row: it changes no count of rows and no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktop.domain.text import matching_key, normalise_digits
from desktop.domain.yearly_hours import StatedFigure, StatedHours
from desktop.importers.document import Boxes, Document, Table, TextBlock, cell_text
from desktop.importers.persons import NOBODY, NamedPerson, person_in_text
from desktop.importers.values import hours, one_line

_ANCHOR = matching_key("每年必須完成之課程總學習時數")
_YEAR = re.compile(r"年度\s*[::]\s*(\d{2,3})(?!\d)")
_LINE = re.compile(r"(\S.*?)[\s::]*(\d{1,4}(?:\.\d{1,2})?\s*小時)\s*")


@dataclass
class _Block:
    """A block that is being read."""

    figures: list[StatedFigure] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    boxes: Boxes = ()
    page: int | None = None
    sheet: str | None = None
    year: int | None = None
    person: NamedPerson = NOBODY

    @property
    def is_summary(self) -> bool:
        labels = (*(figure.label for figure in self.figures), *self.unread)
        return any(matching_key(label).startswith(_ANCHOR) for label in labels)


def stated_hours(
    document: Document, *, person_of: Callable[[NamedPerson], NamedPerson]
) -> tuple[tuple[StatedHours, ...], tuple[str, ...]]:
    """Every summary block of a portal printout, and what of them could not be read.

    Args:
        document: One file as read.
        person_of: From the person that the text above a block names to the person it belongs to.
    """
    found: list[StatedHours] = []
    remarks: list[str] = []
    for block in _blocks(document):
        person = person_of(block.person)
        place = document.source.place(page=block.page, sheet=block.sheet, boxes=block.boxes)
        for label in block.unread:
            remarks.append(
                f"「{place.file_name}」{place.words}摘要的「{label[:40]}」讀不出時數，這一項未採用，"
                "請對照原件。"
            )
        if block.year is None:
            remarks.append(
                f"「{place.file_name}」{place.words}的時數摘要沒有顯示年度，已保存但不拿來對照，"
                "請列印有年度的頁面。"
            )
        if block.figures:
            found.append(
                StatedHours(
                    place, block.year, tuple(block.figures), person.employee_id, person.name
                )
            )
    return tuple(found), tuple(dict.fromkeys(remarks))


def _blocks(document: Document) -> Iterator[_Block]:
    """Runs of label and hours that hold the portal's yearly total, in reading order."""
    person, year = NOBODY, None
    open_block: _Block | None = None
    for block in document.blocks:
        for label, value, boxes in _pairs(block):
            if value is None:
                if open_block is not None and open_block.is_summary:
                    yield open_block
                open_block = None
                named = person_in_text(label)
                person = named if named.is_known else person
                shown = _YEAR.search(normalise_digits(label))
                year = int(shown[1]) if shown is not None else year
                continue
            if open_block is None:
                open_block = _Block(page=block.page, year=year, person=person)
                open_block.sheet = block.sheet if isinstance(block, Table) else None
            _add(open_block, label, value, boxes)
    if open_block is not None and open_block.is_summary:
        yield open_block


def _add(block: _Block, label: str, value: str, boxes: Boxes) -> None:
    amount = hours(value)
    if amount is None:
        block.unread.append(label)
    else:
        block.figures.append(StatedFigure(label, amount))
    block.boxes += boxes


def _pairs(block: Table | TextBlock) -> Iterator[tuple[str, str | None, Boxes]]:
    """Lines of a block as label and value; a line that is no such pair has the value None."""
    if isinstance(block, TextBlock):
        for line in block.text.splitlines():
            written = line.strip()
            found = _LINE.fullmatch(normalise_digits(written))  # as long as what was written
            if found is not None:
                yield written[: found.end(1)], found[2], ()
            else:
                yield line, None, ()
        return
    for row in block.rows:
        filled = [one_line(cell) for cell in row.cells if cell_text(cell).strip()]
        if len(filled) == 2 and _is_value(filled[0], filled[1]):
            yield filled[0], filled[1], row.boxes
        elif filled:
            yield "  ".join(filled), None, ()


def _is_value(label: str, text: str) -> bool:
    """Whether a cell beside a label is its hours, or should be."""
    if hours(text) is not None:
        return hours(label) is None
    return matching_key(label).startswith(_ANCHOR) or "小時" in label
