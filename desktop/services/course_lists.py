"""Course lists from what a clerk copies: cells of a sheet, or text of the plan's PDF or Word file.

Nothing that was pasted vanishes: a line is a course, belongs to one, or stands among the refused
with a reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.text import matching_key
from desktop.importers.document import Source
from desktop.importers.readers.html import read_html_text

_HOURS = re.compile(r"^(\d{1,3}(?:\.\d{1,2})?)\s*(?:小時|時|hr|hrs|hours?)?$", re.IGNORECASE)
_TRAILING = re.compile(
    r"^(?P<words>.*\D)\s+(?P<hours>\d{1,3}(?:\.\d{1,2})?)\s*(?:小時|時)?$|"
    r"^(?P<words2>.*\D)(?P<hours2>\d{1,3}(?:\.\d{1,2})?)\s*(?:小時)$"
)
_LEADING_NUMBER = re.compile(r"^\(?\d{1,3}\)?(?:[.、．]\s*|\s+)")
_TOTALS = ("合計", "總計", "小計", "共計", "總時數")
_NAME_HEADS = ("課程名稱", "課程", "名稱")
_HOURS_HEADS = ("認證時數", "學習時數", "時數", "小時")
_CATEGORY_HEADS = ("課程類別", "課程項目", "類別", "項目", "課程分類")
_MOST_HOURS = Decimal(200)


@dataclass(frozen=True, slots=True)
class PastedCourse:
    """One course as understood.

    Attributes:
        category: 課程項目, empty when there was none.
        name: As pasted, spaces at its ends taken off.
        hours: As pasted.
        line: The line it stands in, from 1.
        is_joined: Whether its name was put together from several lines, for a person to look at.
    """

    category: str
    name: str
    hours: Decimal
    line: int
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that is no course, with the reason."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class CourseList:
    """What was understood of a pasted text, and what was not."""

    courses: tuple[PastedCourse, ...]
    refused: tuple[RefusedLine, ...]


def read_courses(text: str) -> CourseList:
    """The courses of a pasted text.

    Cells of a sheet come with tabs between them; a table copied from Word often has each cell in
    a line of its own; a PDF gives lines that end with the hours.

    Args:
        text: As it stood on the clipboard.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if any("\t" in line for line in lines):
        return _from_rows([line.split("\t") for line in lines])
    filled = [line for line in lines if line.strip()]
    alone = [line for line in filled if _hours(line) is not None]
    if filled and len(alone) * 5 >= len(filled):
        return _from_cells(lines)
    return _from_lines(lines)


def read_courses_html(html: str) -> CourseList:
    """The courses of a pasted web or Word table, the first table that holds any.

    Args:
        html: As it stood on the clipboard.
    """
    document = read_html_text(Source("", "貼上的內容"), html)
    found = CourseList((), ())
    for table in document.tables:
        found = _from_rows([[str(cell) for cell in row.cells] for row in table.rows])
        if found.courses:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    hours: int
    category: int | None


def _from_rows(rows: Sequence[Sequence[str]]) -> CourseList:
    """Courses of rows of cells; the columns by their headings, else by what stands in them."""
    cells = [[cell.strip() for cell in row] for row in rows]
    head = next((i for i, row in enumerate(cells) if _columns_by_heading(row)), None)
    columns = _columns_by_heading(cells[head]) if head is not None else _columns_by_content(cells)
    courses: list[PastedCourse] = []
    refused: list[RefusedLine] = []
    category = ""
    for index, row in enumerate(cells):
        words = "　".join(cell for cell in row if cell)
        if not words:
            continue
        if index == head:
            refused.append(RefusedLine(index + 1, words, "這一行是欄名"))
            continue
        if columns is None:
            refused.append(RefusedLine(index + 1, words, "看不出哪一欄是課程名稱、哪一欄是時數"))
            continue
        own = _cell(row, columns.category)
        if own:
            category = own
        name, hours = _cell(row, columns.name), _hours(_cell(row, columns.hours))
        reason = _refusal(words, name, hours)
        if reason or hours is None:
            refused.append(RefusedLine(index + 1, words, reason))
        else:
            courses.append(PastedCourse(category, name, hours, index + 1))
    return CourseList(tuple(courses), tuple(refused))


def _refusal(words: str, name: str, hours: Decimal | None) -> str:
    if any(total in words for total in _TOTALS) and (not name or any(t in name for t in _TOTALS)):
        return "這一行是合計"
    if not name:
        return "這一行沒有課程名稱"
    return "這一行沒有時數" if hours is None else ""


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _columns_by_heading(row: Sequence[str]) -> _Columns | None:
    keys = [matching_key(cell) for cell in row]

    def find(heads: Sequence[str]) -> int | None:
        wanted = (matching_key(head) for head in heads)
        return next((keys.index(head) for head in wanted if head in keys), None)

    name, hours = find(_NAME_HEADS), find(_HOURS_HEADS)
    if name is None or hours is None:
        return None
    return _Columns(name, hours, find(_CATEGORY_HEADS))


def _columns_by_content(rows: Sequence[Sequence[str]]) -> _Columns | None:
    """The hours' column is the last that mostly holds hours; the name's has the longest words."""
    width = max((len(row) for row in rows), default=0)
    filled = [[row[c] for row in rows if c < len(row) and row[c]] for c in range(width)]
    numeric = [
        c
        for c in range(width)
        if filled[c] and 2 * sum(_hours(cell) is not None for cell in filled[c]) > len(filled[c])
    ]
    words = [c for c in range(width) if filled[c] and c not in numeric]
    if not numeric or not words:
        return None
    name = max(words, key=lambda c: sum(map(len, filled[c])) / len(filled[c]))
    before = [c for c in words if c < name]
    return _Columns(name, numeric[-1], before[-1] if before else None)


def _from_cells(lines: Sequence[str]) -> CourseList:
    """Courses of a table whose cells came in lines of their own: … name, hours, name, hours."""
    courses: list[PastedCourse] = []
    refused: list[RefusedLine] = []
    pending: list[tuple[int, str]] = []
    category = ""
    for number, line in enumerate(lines, start=1):
        words = line.strip()
        if not words:
            continue
        hours = _hours(words)
        if hours is None:
            pending.append((number, words))
            continue
        if not pending:
            refused.append(RefusedLine(number, words, "這個數字前面沒有課程名稱"))
            continue
        if any(total in text for _, text in pending for total in _TOTALS):
            refused.extend(RefusedLine(n, text, "這一行是合計") for n, text in pending)
            refused.append(RefusedLine(number, words, "這一行是合計"))
            pending = []
            continue
        *before, (at, name) = pending
        if before:
            *others, (_, category) = before
            refused.extend(RefusedLine(n, text, "看不出屬於哪一門課程") for n, text in others)
        courses.append(PastedCourse(category, name, hours, at))
        pending = []
    refused.extend(RefusedLine(n, text, "這一行沒有時數") for n, text in pending)
    return CourseList(tuple(courses), tuple(sorted(refused, key=lambda r: r.line)))


def _from_lines(lines: Sequence[str]) -> CourseList:
    """Courses of lines that end with the hours; a name may begin in the lines before."""
    courses: list[PastedCourse] = []
    refused: list[RefusedLine] = []
    pending: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        words = unicodedata.normalize("NFC", line).strip()
        if not words:
            refused.extend(RefusedLine(n, text, "這一行沒有時數") for n, text in pending)
            pending = []
            continue
        found = _TRAILING.match(words)
        hours = _hours(found["hours"] or found["hours2"]) if found is not None else None
        if found is None or hours is None:
            pending.append((number, words))
            continue
        whole = (found["words"] or found["words2"]).strip()
        text = _LEADING_NUMBER.sub("", whole)
        if text != whole:  # a number of its own: what stands above does not belong to it
            refused.extend(RefusedLine(n, words, "這一行沒有時數") for n, words in pending)
            pending = []
        if any(total in text for total in _TOTALS):
            refused.append(RefusedLine(number, words, "這一行是合計"))
            continue
        parts = [part for part in re.split(r"\s{2,}|　+", text) if part]
        own = parts[0] if len(parts) > 1 else ""
        name = " ".join(parts[1:]) if own else text
        if pending:
            name = _LEADING_NUMBER.sub("", "".join(text for _, text in pending) + name)
        at = pending[0][0] if pending else number
        courses.append(PastedCourse(own, name, hours, at, is_joined=bool(pending)))
        pending = []
    refused.extend(RefusedLine(n, text, "這一行沒有時數") for n, text in pending)
    return CourseList(tuple(courses), tuple(sorted(refused, key=lambda r: r.line)))


def _hours(words: str) -> Decimal | None:
    """The hours that a cell holds and nothing else; None for anything else."""
    found = _HOURS.match(unicodedata.normalize("NFKC", words).strip())
    if found is None:
        return None
    hours = Decimal(found.group(1))
    return hours if 0 < hours <= _MOST_HOURS else None
