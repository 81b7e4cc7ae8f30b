"""Long lists read in windows: first which rows fit and in what order, then the rows of a window.

The order is a list of the rows' numbers, 8 bytes each. Reading a window is then a look-up by number
wherever it lies, while ``OFFSET`` would walk over everything before it, and the list stays as it
is while something is written.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, false, func, not_, select

from desktop.domain.listing import Between, Blank, Condition, Holds, ListQuery, OneOf, Test
from desktop.domain.text import matching_key
from desktop.domain.variants import VARIANTS
from desktop.store.engine import interruptible, row_number
from desktop.store.reading import Reading

ROWS_A_QUERY = 400
_ROWS_A_REPORT = 20_000
Report = Callable[[int], bool]
"""Told how many rows were found so far; False asks to stop."""

_RADICALS = range(0x2E80, 0x2FD6)  # which a browser's PDF may carry for common characters


def _spellings() -> dict[str, tuple[str, ...]]:
    """Each usual character with its other spellings, radicals among them."""
    found: dict[str, list[str]] = {}
    for code in (*VARIANTS, *_RADICALS):
        usual = matching_key(chr(code))
        if usual and usual != chr(code):
            found.setdefault(usual, []).append(chr(code))
    return {usual: tuple(others) for usual, others in found.items()}


_SPELLINGS = _spellings()


@dataclass(frozen=True)
class BrowseColumn:
    """A column of a list.

    Attributes:
        name: Identifies it.
        value: What stands in it.
        needs: Joins it stands on, by name.
        compare: What it is sorted by and tested on; the value unless given.
    """

    name: str
    value: ColumnElement[Any]
    needs: tuple[str, ...] = ()
    compare: ColumnElement[Any] | None = None

    @property
    def compared(self) -> ColumnElement[Any]:
        """What it is sorted by and tested on."""
        return self.value if self.compare is None else self.compare


@dataclass(frozen=True)
class BrowseTable:
    """A list: rows of one table, with columns of it and of tables joined to it.

    Attributes:
        table: Whose rows are listed.
        columns: By name.
        joins: Name to joined table and what joins it, each standing on those before it.
        only: What every row must fulfil, None for nothing.
        only_alone: The same said otherwise, quicker where nothing else is asked: an index tells.
        newest_first: Whether rows alike stand in the opposite of the order they came in.
    """

    table: Table
    columns: Mapping[str, BrowseColumn]
    joins: Mapping[str, tuple[Table, ColumnElement[bool]]]
    only: ColumnElement[bool] | None = None
    only_alone: ColumnElement[bool] | None = None
    newest_first: bool = False


def browse_columns(*columns: BrowseColumn) -> Mapping[str, BrowseColumn]:
    """Columns by their names."""
    return {column.name: column for column in columns}


class BrowsingReading(Reading):
    """Lists of any length."""

    def browse(
        self, source: BrowseTable, query: ListQuery, *, report: Report | None = None
    ) -> array[int]:
        """The numbers of the rows that fit, in order.

        Args:
            source: The list.
            query: Conditions and order.
            report: Told now and then how many there are so far; may ask to stop.

        Raises:
            ReadingStoppedError: When ``report`` asked to stop.
            KeyError: When the list has no such column.
        """
        number = row_number(source.table)
        wanted = _where(source, select(number), query)
        for sort in query.sorts:
            compared = source.columns[sort.column].compared
            order = compared.desc() if sort.is_descending else compared.asc()
            wanted = wanted.order_by(order.nulls_last())
        wanted = wanted.order_by(number.desc() if source.newest_first else number)
        found: array[int] = array("q")

        def goes_on() -> bool:
            return report is None or report(len(found))

        with interruptible(self._connection, goes_on):
            result = self._connection.execute(wanted)
            # The driver's own rows: objects for 800,000 numbers take longer than finding them.
            while part := result.cursor.fetchmany(_ROWS_A_REPORT):
                found.extend(number for (number,) in part)
            result.close()
        return found

    def browse_rows(
        self, source: BrowseTable, numbers: Sequence[int]
    ) -> dict[int, Mapping[str, Any]]:
        """The values of rows by their numbers; rows that are gone are left out.

        Args:
            source: The list.
            numbers: As ``browse`` gives them.
        """
        number = row_number(source.table).label("row_number_")
        columns = [column.value.label(name) for name, column in source.columns.items()]
        everything = select(number, *columns).select_from(_joined(source, tuple(source.joins)))
        found: dict[int, Mapping[str, Any]] = {}
        for first in range(0, len(numbers), ROWS_A_QUERY):
            part = list(numbers[first : first + ROWS_A_QUERY])
            for row in self._connection.execute(
                everything.where(row_number(source.table).in_(part))
            ).mappings():
                found[row["row_number_"]] = dict(row)
        return found

    def browse_counts(
        self, source: BrowseTable, column: str, wanted: ListQuery | Sequence[int]
    ) -> dict[Any, int]:
        """How often each value stands in a column, for exact sums.

        Args:
            source: The list.
            column: Its name.
            wanted: The rows, by a query or by their numbers.
        """
        one = source.columns[column]
        counts: dict[Any, int] = {}

        def add(query: Select[Any]) -> None:
            for value, count in self._connection.execute(query):
                counts[value] = counts.get(value, 0) + count

        base = select(one.value, func.count()).group_by(one.value)
        if isinstance(wanted, ListQuery):
            add(_where(source, base, wanted, needs=one.needs))
        else:
            base = base.select_from(_joined(source, one.needs))
            for first in range(0, len(wanted), ROWS_A_QUERY):
                part = list(wanted[first : first + ROWS_A_QUERY])
                add(base.where(row_number(source.table).in_(part)))
        return counts


def _where(
    source: BrowseTable, base: Select[Any], query: ListQuery, *, needs: Sequence[str] = ()
) -> Select[Any]:
    """The query over only those tables that its conditions and order stand on."""
    names = [one.column for one in query.conditions] + [one.column for one in query.sorts]
    wanted = {*needs, *(need for name in names for need in source.columns[name].needs)}
    result = base.select_from(_joined(source, tuple(wanted)))
    is_alone = not needs and not names and source.only_alone is not None
    only = source.only_alone if is_alone else source.only
    if only is not None:
        result = result.where(only)
    for condition in query.conditions:
        result = result.where(_clause(source.columns[condition.column], condition))
    return result


def _joined(source: BrowseTable, needs: Sequence[str]) -> FromClause:
    joined: FromClause = source.table
    for name, (table, joins) in source.joins.items():
        if name in needs:
            joined = joined.join(table, joins, isouter=True)
    return joined


def _clause(column: BrowseColumn, condition: Condition) -> ColumnElement[bool]:
    clause = _test(column, condition.test)
    if condition.is_negated:
        # What holds nothing does not hold the text either.
        return not_(func.coalesce(clause, false()))
    return clause


def _test(column: BrowseColumn, test: Test) -> ColumnElement[bool]:
    compared = column.compared
    match test:
        case Holds():
            folded, text = _folded(column.value, test.text)
            if test.is_whole:
                return folded == text
            return folded.icontains(text, autoescape=True)
        case OneOf():
            return column.value.in_(test.values)
        case Blank():
            return (column.value.is_(None)) | (column.value == "")
        case Between():
            parts: list[ColumnElement[bool]] = [compared.is_not(None)]
            if test.first is not None:
                parts.append(compared >= test.first)
            if test.end is not None:
                parts.append(compared <= test.end if test.has_end else compared < test.end)
            return and_(*parts)


def _folded(value: ColumnElement[Any], text: str) -> tuple[ColumnElement[Any], str]:
    """Column and text with the spellings of the text's own characters made one."""
    folded = "".join(matching_key(letter) or letter for letter in text)
    for letter in dict.fromkeys(folded):
        for other in _SPELLINGS.get(letter, ()):
            value = func.replace(value, other, letter)
    return value, folded
