"""Flat tables made of columns: a heading, a text and a few roles for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from desktop.qt.concealing import shown
from desktop.qt.models.roles import Role
from desktop.qt.term_words import word_tip

Row = TypeVar("Row")
# Put together once: a view asks for them at every cell it paints.
_NUMBER = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_NOT_PAINTED = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_TICKED_FLAGS = _FLAGS | Qt.ItemFlag.ItemIsUserCheckable


@dataclass(frozen=True)
class TableColumn(Generic[Row]):
    """One column.

    Attributes:
        heading: Above it.
        text: A row's text, also what is copied and read out.
        roles: Further roles, each a function of the row.
        is_number: Whether it is right aligned.
        key: What a row stands in order by, None for nothing; the text unless given.
        has_sum: Whether a sum of its numbers says anything: of hours it does, of balances not.
    """

    heading: str
    text: Callable[[Row], str]
    roles: Mapping[int, Callable[[Row], Any]] = field(default_factory=dict)
    is_number: bool = False
    key: Callable[[Row], Any] | None = None
    has_sum: bool = True


Choice = Callable[[Sequence[Row]], Sequence[bool]]
"""Which of all rows are shown."""

_FIGURES = re.compile(r"\d[\d,]*")
_LONGEST = 20
MOST_RUNS = 200
"""Places in which rows come and go one by one: a view counts all its rows again at each."""
_SHAPE = str.maketrans("123456789", "000000000")


def _figures_padded(found: re.Match[str]) -> str:
    return "\0" + str(int(found.group().replace(",", ""))).zfill(_LONGEST)


def _natural(texts: Iterable[str]) -> dict[str, int]:
    """Each text's place in the order, figures by their value and before words: 9 before 10."""
    different = set(texts)
    shapes = {text.translate(_SHAPE) for text in different}
    # Names hold no figures and codes stand in one shape: tens of thousands are in order as written.
    if len(shapes) == 1 or not any(map(_FIGURES.search, shapes)):
        ordered = sorted(different)
    else:
        ordered = sorted(different, key=lambda text: (_FIGURES.sub(_figures_padded, text), text))
    return {text: place for place, text in enumerate(ordered)}


def _is_blank(key: Any) -> bool:
    return key is None or key == ""


def runs_of(is_in: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last of every stretch that is true."""
    runs: list[tuple[int, int]] = []
    for place, is_one in enumerate(is_in):
        if is_one and runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        elif is_one:
            runs.append((place, place))
    return runs


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows under columns, with an optional check box in the first.

    Attributes:
        ticked_changed: Other rows are ticked.
        narrowed: Others of the rows are shown than before.
    """

    ticked_changed = Signal()
    narrowed = Signal()

    def __init__(
        self,
        columns: Sequence[TableColumn[Row]],
        *,
        key: Callable[[Row], str] | None = None,
        can_tick: Callable[[Row], bool] | None = None,
        parent=None,
    ) -> None:
        """Make an empty table.

        Args:
            columns: From left to right.
            key: What a ticked row is remembered by; without it nothing can be ticked.
            can_tick: Whether a row may be ticked.
            parent: The owner.
        """
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._given: tuple[Row, ...] = ()
        self._sorts: tuple[tuple[int, bool], ...] = ()
        self._choice: Choice[Row] | None = None
        self._ordered: list[int] = []
        self._places: list[int] = []
        self._key = key
        self._can_tick = can_tick or (lambda row: True)
        self._ticked: set[str] = set()

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows; ticks of rows that are still there stay."""
        self.beginResetModel()
        self._given = tuple(rows)
        self._ordered = self._order()
        self._places = self._chosen()
        self._rows = tuple(map(self._given.__getitem__, self._places))
        self.endResetModel()

    def words(self, row: Row) -> str:
        """What all cells of a row show, a line each, to look for something in it."""
        return "\n".join(shown(column.text(row)) for column in self._columns)

    # ------------------------------------------------------------------- filter
    def narrow(
        self, choice: Choice[Row] | None, *, leaving: Callable[[Sequence[int]], None] | None = None
    ) -> None:
        """Show only some of the rows, now and whenever others are given; what stays stays chosen.

        Where they come and go in very many places the model is reset, and who asked chooses again.

        Args:
            choice: Which ones; None for all.
            leaving: Told, before rows leave, the numbers of those that stay.
        """
        self._choice = choice
        kept, shown = set(self._chosen()), set(self._places)
        nowhere = QModelIndex()
        both = [place for place in self._ordered if place in kept or place in shown]
        coming = runs_of([place not in shown for place in both])
        going = runs_of([place not in kept for place in both])
        if len(coming) + len(going) > MOST_RUNS:
            self.beginResetModel()
            self._places = [place for place in self._ordered if place in kept]
            self._rows = tuple(map(self._given.__getitem__, self._places))
            self.endResetModel()
            self.narrowed.emit()
            return
        for first, last in coming:
            self.beginInsertRows(nowhere, first, last)
            self._put(first, first, both[first : last + 1])
            self.endInsertRows()
        if leaving is not None:
            leaving([n for n, place in enumerate(both) if place in kept])
        for first, last in reversed(going):
            self.beginRemoveRows(nowhere, first, last)
            self._put(first, last + 1, [])
            self.endRemoveRows()
        self.narrowed.emit()

    def _put(self, first: int, end: int, places: list[int]) -> None:
        """Put other rows where some stood."""
        self._places[first:end] = places
        rows = tuple(self._given[place] for place in places)
        self._rows = self._rows[:first] + rows + self._rows[end:]

    def _chosen(self) -> list[int]:
        if self._choice is None:
            return list(self._ordered)
        is_wanted = self._choice(self._given)
        return [place for place in self._ordered if is_wanted[place]]

    @property
    def given(self) -> tuple[Row, ...]:
        """All rows, in the order in which they were given, whether they are shown or not."""
        return self._given

    @property
    def columns(self) -> tuple[TableColumn[Row], ...]:
        """The columns."""
        return self._columns

    def cell(self, row: Row, column: int) -> str:
        """What a row shows in a column."""
        return str(shown(self._columns[column].text(row)))

    # -------------------------------------------------------------------- order
    @property
    def sorts(self) -> tuple[tuple[int, bool], ...]:
        """The columns that rows stand in order by and whether downwards, the first one first."""
        return self._sorts

    def sort_by(self, column: int, *, adds: bool = False) -> None:
        """Put the rows in a column's order; once more turns it round, a third time ends it.

        Args:
            column: The column.
            adds: Whether it only decides among rows alike so far.
        """
        before = dict(self._sorts)
        others = [one for one in self._sorts if one[0] != column] if adds else []
        place = next((n for n, one in enumerate(self._sorts) if one[0] == column), len(others))
        if column not in before:
            others.append((column, False))
        elif not before[column]:
            others.insert(min(place, len(others)), (column, True))
        self.put_in_order(tuple(others))

    def put_in_order(self, sorts: tuple[tuple[int, bool], ...]) -> None:
        """Put the rows in the order of columns; what is chosen stays chosen.

        Args:
            sorts: The columns and whether downwards, the most important first; none for the order
                in which the rows were given.
        """
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        before = [self._places[one.row()] for one in kept]
        self._sorts = sorts
        self._ordered, shown = self._order(), set(self._places)
        self._places = [place for place in self._ordered if place in shown]
        self._rows = tuple(map(self._given.__getitem__, self._places))
        wanted = set(before)
        moved = {place: row for row, place in enumerate(self._places) if place in wanted}
        self.changePersistentIndexList(
            kept,
            [
                self.index(moved[place], one.column())
                for one, place in zip(kept, before, strict=True)
            ],
        )
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def _order(self) -> list[int]:
        """Places among the given rows, in order; those that show nothing stand last."""
        places = list(range(len(self._given)))
        for number, descends in reversed(self._sorts):
            column = self._columns[number]
            keys: list[Any]
            if column.key is not None:
                keys = [column.key(row) for row in self._given]
            else:
                texts = [column.text(row) for row in self._given]
                ranks = _natural(texts)
                keys = [ranks[text] if text else None for text in texts]
            held = [place for place in places if not _is_blank(keys[place])]
            blank = [place for place in places if _is_blank(keys[place])]
            held.sort(key=keys.__getitem__, reverse=descends)
            places = held + blank
        return places

    def _mark(self, section: int) -> str:
        for place, (column, descends) in enumerate(self._sorts, 1):
            if column == section:
                number = str(place) if len(self._sorts) > 1 else ""
                return f" {'▼' if descends else '▲'}{number}"
        return ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def row(self, number: int) -> Row | None:
        """The row of a number."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    # -------------------------------------------------------------------- ticks
    @property
    def ticked(self) -> tuple[str, ...]:
        """Keys of the shown rows that are ticked, in the order in which they were given."""
        if self._key is None:
            return ()
        return tuple(k for row in self._given if (k := self._key(row)) in self._ticked)

    @property
    def hidden_ticks(self) -> int:
        """How many ticked rows the filter keeps from being seen."""
        if self._key is None or len(self._rows) == len(self._given):
            return 0
        seen = {self._key(row) for row in self._rows}
        return sum(key not in seen for key in self.ticked)

    def tick(self, keys: Iterable[str]) -> None:
        """Tick these and no other."""
        self._ticked = set(keys)
        self._tell_ticks()

    def tick_all(self) -> None:
        """Tick every row that may be ticked; none when all are."""
        if self._key is None:
            return
        all_keys = {self._key(row) for row in self._rows if self._can_tick(row)}
        self._ticked = (
            self._ticked - all_keys if all_keys <= self._ticked else self._ticked | all_keys
        )
        self._tell_ticks()

    def _tell_ticks(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
        self.ticked_changed.emit()

    # -------------------------------------------------------------------- model
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings, with the place of each in the order; ``Role.VALUE`` gives them bare."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading + self._mark(section)
        if role == Role.VALUE:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return word_tip(column.heading) or None
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(column.text(row))
        if role in column.roles:
            return column.roles[role](row)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return _NUMBER
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown(column.text(row)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown("，".join(text for one in self._columns if (text := one.text(row))))
        if role == Role.VALUE:
            return row
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and self._key is not None:
            if not self._can_tick(row):
                return Qt.CheckState.Unchecked
            is_on = self._key(row) in self._ticked
            return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        return None

    def painted(self, index: QModelIndex) -> Mapping[int, Any]:
        """What a delegate needs of one cell, in one answer: ``data`` by its roles."""
        row = self._rows[index.row()]
        column = self._columns[index.column()]
        found: dict[int, Any] = {
            role: tell(row) for role, tell in column.roles.items() if role not in _NOT_PAINTED
        }
        found[Qt.ItemDataRole.DisplayRole] = shown(column.text(row))
        if column.is_number:
            found.setdefault(Qt.ItemDataRole.TextAlignmentRole, _NUMBER)
        if index.column() == 0 and self._key is not None:
            found[Qt.ItemDataRole.CheckStateRole] = self.data(index, Qt.ItemDataRole.CheckStateRole)
        return found

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        row = self.row(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.CheckStateRole or row is None or self._key is None:
            return False
        if not self._can_tick(row):
            return False
        key = self._key(row)
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(key)
        else:
            self._ticked.discard(key)
        self.dataChanged.emit(index, index, [role])
        self.ticked_changed.emit()
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Rows can be chosen, the first cell ticked."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if self._key is not None and index.column() == 0 and self._can_tick(row):
            return _TICKED_FLAGS
        return _FLAGS
