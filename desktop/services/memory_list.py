"""Long lists of what no query tells: computed by the rules, kept here, narrowed and ordered.

The window looks at them as it looks at those of the store; what typed filters mean is one language.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from desktop.domain.listing import Between, Blank, Condition, Holds, ListQuery, OneOf, Test
from desktop.domain.text import matching_key
from desktop.services.listing import ListColumn, ListRow, ListValue, Tally, tally_of, value_of
from desktop.services.progress import Progress, silent, step

Item = TypeVar("Item")
_ROWS_A_STEP = 5_000
_NO_MARKS: Mapping[str, str] = MappingProxyType({})


class MemoryList(Generic[Item]):
    """A list of things that are in memory; a thing keeps its number as long as the list lives."""

    def __init__(
        self,
        *,
        name: str,
        title: str,
        columns: Sequence[ListColumn],
        stored: Mapping[str, Callable[[Item], Any]],
        key: Callable[[Item], str],
    ) -> None:
        """Make an empty list.

        Args:
            name: By which the window remembers it.
            title: In the names of exported files.
            columns: As shown.
            stored: For every column, and for whatever else the list is narrowed by, what stands
                there: None for nothing, text, a number, a choice's own value, a date or moment.
            key: What a thing is known by however often the list is read again.
        """
        self.name = name
        self.title = title
        self.columns = tuple(columns)
        self._stored = dict(stored)
        self._key = key
        self._items: dict[int, Item] = {}
        self._numbers: dict[str, int] = {}
        self._counting = Lock()

    # ------------------------------------------------------------------- content
    def show(self, items: Iterable[Item]) -> None:
        """Hold other things, in the order in which rows alike stand."""
        self._items = {self.number_of(self._key(item)): item for item in items}

    @property
    def items(self) -> tuple[Item, ...]:
        """What is held."""
        return tuple(self._items.values())

    def number_of(self, key: str) -> int:
        """The number of a thing, whether it is held already or not."""
        with self._counting:
            return self._numbers.setdefault(key, len(self._numbers) + 1)

    def item(self, number: int) -> Item | None:
        """The thing of a number; None when it is not held."""
        return self._items.get(number)

    def fits(self, item: Item, conditions: Iterable[Condition]) -> bool:
        """Whether a thing fulfils all conditions."""
        return all(self._holds(item, one) for one in conditions)

    def marks(self, item: Item) -> Mapping[str, str]:
        """What cells of a thing are marked as, by column."""
        return _NO_MARKS

    def shown(self, value: ListValue) -> ListValue:
        """A value as this reader may see it."""
        return value

    # ------------------------------------------------------------------- looking
    def find(self, query: ListQuery, report: Progress = silent) -> array[int]:
        """The numbers of the things that fit, in order.

        Raises:
            CancelledError: When nobody waits for them any more.
        """
        items = self._items
        found: list[tuple[int, Item]] = []
        for done, (number, item) in enumerate(items.items()):
            if done % _ROWS_A_STEP == 0:
                step(report, done, len(items), "排序與篩選")
            if self.fits(item, query.conditions):
                found.append((number, item))
        for sort in reversed(query.sorts):
            stored = self._stored[sort.column]
            held = [(v, one) for one in found if (v := _plain(stored(one[1]))) is not None]
            blank = [one for one in found if stored(one[1]) is None]
            held.sort(key=lambda pair: pair[0], reverse=sort.is_descending)
            found = [one for _, one in held] + blank
        return array("q", (number for number, _ in found))

    def rows(self, numbers: Sequence[int]) -> tuple[ListRow | None, ...]:
        """The rows of these numbers; None for one that is gone."""
        items = self._items
        return tuple(self._row(n, items[n]) if n in items else None for n in numbers)

    def _row(self, number: int, item: Item) -> ListRow:
        values = tuple(
            self.shown(value_of(one, _plain(self._stored[one.name](item)))) for one in self.columns
        )
        return ListRow(number, values, item, self.marks(item))

    def tallies(
        self, columns: Sequence[str], wanted: ListQuery | Sequence[int]
    ) -> tuple[Tally, ...]:
        """The sums of columns over rows, exact, given by a query or by numbers."""
        known = {one.name: one for one in self.columns}
        items = self._items
        numbers = self.find(wanted) if isinstance(wanted, ListQuery) else wanted
        chosen = [items[number] for number in numbers if number in items]
        return tuple(
            tally_of(known[name], Counter(map(self._stored[name], chosen))) for name in columns
        )

    # ---------------------------------------------------------------- conditions
    def _holds(self, item: Item, condition: Condition) -> bool:
        value = _plain(self._stored[condition.column](item))
        return passes(value, condition.test) is not condition.is_negated


def _plain(value: Any) -> Any:
    """A date or moment as the store would keep it; anything else as it is."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def passes(value: Any, test: Test) -> bool:
    """Whether a value passes a test.

    Args:
        value: As stored: None for nothing, text, a number, an ISO date or moment.
        test: The test.
    """
    match test:
        case Holds():
            if value is None:
                return False
            folded, text = _folded(str(value)), _folded(test.text)
            return folded == text if test.is_whole else text in folded
        case OneOf():
            return value in test.values
        case Blank():
            return value is None or value == ""
        case Between():
            return value is not None and _lies_between(value, test)


def _lies_between(value: Any, test: Between) -> bool:
    if test.first is not None and value < test.first:
        return False
    if test.end is None:
        return True
    return bool(value <= test.end if test.has_end else value < test.end)


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    """A text with the spellings of each character made one, as the store's lists compare."""
    return "".join(matching_key(letter) or letter for letter in text)
