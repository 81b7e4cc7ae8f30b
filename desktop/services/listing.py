"""Long lists for the window: columns, the rows that fit in order, rows of a window, sums."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from desktop.domain.accounts import AccountRole
from desktop.domain.listing import ListQuery
from desktop.domain.masking import masked_identity_numbers
from desktop.services.office import Office
from desktop.services.progress import CancelledError, Progress, silent
from desktop.store.browsing import BrowseTable
from desktop.store.errors import ReadingStoppedError

ListValue = str | int | Decimal | bool | date | datetime | timedelta | None


class CellType(StrEnum):
    """What stands in a column: how it is written, filtered and summed up."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    LENGTH = "length"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list.

    Attributes:
        name: Identifies it, also in what the window remembers.
        heading: Above it.
        type: What stands in it.
        width: In logical pixels, until the clerk makes it another.
        is_shown: Whether it is in sight until the clerk chooses otherwise.
        has_sum: Whether a selection's sum says anything.
        can_sort: Whether rows can be put in its order.
        can_filter: Whether rows can be narrowed by it.
        choices: For CHOICE: the words for each stored value, in the order offered.
    """

    name: str
    heading: str
    type: CellType = CellType.TEXT
    width: int = 120
    is_shown: bool = True
    has_sum: bool = False
    can_sort: bool = True
    can_filter: bool = True
    choices: Mapping[Any, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list.

    Attributes:
        number: By which it is read.
        values: In the order of the columns.
        subject: What the row is about, for acts on it: a person's id, an audit line.
        marks: By column, what its cell is marked as: a verdict's name, or ``quiet``.
    """

    number: int
    values: tuple[ListValue, ...]
    subject: Any = None
    marks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Tally:
    """What a column comes to over chosen rows.

    Attributes:
        column: Its name.
        count: How many hold a number.
        total: Their sum: hours, points, or a length.
    """

    column: str
    count: int
    total: Decimal | timedelta


class ListSource(Protocol):
    """A list that a window can be looked at of; its methods are called off the UI thread."""

    name: str
    title: str
    columns: tuple[ListColumn, ...]

    def find(self, query: ListQuery, report: Progress = silent) -> array[int]:
        """The numbers of the rows that fit, in order."""
        ...

    def rows(self, numbers: Sequence[int]) -> tuple[ListRow | None, ...]:
        """The rows of these numbers; None for one that is gone."""
        ...

    def tallies(
        self, columns: Sequence[str], wanted: ListQuery | Sequence[int]
    ) -> tuple[Tally, ...]:
        """The sums of columns over rows, given by a query or by numbers."""
        ...


class StoreList:
    """A list that the store reads."""

    def __init__(
        self,
        office: Office,
        *,
        name: str,
        title: str,
        table: BrowseTable,
        columns: Sequence[ListColumn],
        subject: Callable[[Mapping[str, Any]], Any] = lambda row: None,
    ) -> None:
        """Make a list.

        Args:
            office: The open office.
            name: By which the window remembers it.
            title: In the names of exported files.
            table: Where it is read from; columns are found there by their names.
            columns: As shown.
            subject: What a row is about.
        """
        self.name = name
        self.title = title
        self.columns = tuple(columns)
        self._office = office
        self._table = table
        self._subject = subject

    def find(self, query: ListQuery, report: Progress = silent) -> array[int]:
        """The numbers of the rows that fit, in order.

        Raises:
            CancelledError: When nobody waits for them any more.
        """
        words = "排序與篩選"
        try:
            with self._office.store.reading() as reader:
                return reader.browse(
                    self._table, query, report=lambda count: report(count, 0, words)
                )
        except ReadingStoppedError:
            raise CancelledError from None

    def rows(self, numbers: Sequence[int]) -> tuple[ListRow | None, ...]:
        """The rows of these numbers; None for one that is gone."""
        with self._office.store.reading() as reader:
            found = reader.browse_rows(self._table, numbers)
        is_masked = self._office.role is AccountRole.READER
        return tuple(self._row(n, found[n], is_masked) if n in found else None for n in numbers)

    def _row(self, number: int, row: Mapping[str, Any], is_masked: bool) -> ListRow:
        values = tuple(value_of(one, row[one.name]) for one in self.columns)
        if is_masked:
            values = tuple(
                masked_identity_numbers(value) if isinstance(value, str) else value
                for value in values
            )
        return ListRow(number, values, self._subject(row))

    def tallies(
        self, columns: Sequence[str], wanted: ListQuery | Sequence[int]
    ) -> tuple[Tally, ...]:
        """The sums of columns over rows, exact, given by a query or by numbers."""
        known = {one.name: one for one in self.columns}
        found = []
        with self._office.store.reading() as reader:
            for name in columns:
                counts = reader.browse_counts(self._table, name, wanted)
                found.append(tally_of(known[name], counts))
        return tuple(found)


def tally_of(column: ListColumn, counts: Mapping[Any, int]) -> Tally:
    """What a column comes to, exactly, from how often each stored value stands in it."""
    is_length = column.type is CellType.LENGTH
    number, total = 0, Decimal(0)
    length = timedelta(0)
    for stored, count in counts.items():
        value = value_of(column, stored)
        if isinstance(value, timedelta):
            number, length = number + count, length + value * count
        elif isinstance(value, (Decimal, int)):
            number, total = number + count, total + value * count
    return Tally(column.name, number, length if is_length else total)


def value_of(column: ListColumn, stored: Any) -> ListValue:
    """What is shown for what is stored."""
    if stored is None:
        return None
    match column.type:
        case CellType.TEXT:
            return stored if isinstance(stored, str) else str(stored)
        case CellType.NUMBER:
            return _number(stored)
        case CellType.MOMENT:
            text = str(stored)
            return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        case CellType.LENGTH:
            return timedelta(microseconds=int(stored))
        case CellType.CHOICE:
            return column.choices.get(stored, str(stored))


def _number(stored: Any) -> Decimal | int | str:
    if isinstance(stored, int):
        return stored
    try:
        return Decimal(str(stored))
    except InvalidOperation:
        return str(stored)
