"""A table of any length of which only the rows in sight are held.

What is shown is a list of row numbers in order; the rows themselves are asked for a page at a time
when somebody looks at them, and forgotten again. While the scroll bar is dragged nothing is read:
a reader computes as well as the window does, and what it brings is out of sight by then.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QElapsedTimer, QModelIndex, Qt, QTimer, Signal

from desktop.domain.listing import Sort
from desktop.qt.concealing import shown
from desktop.qt.models.roles import Role
from desktop.services.listing import CellType, ListColumn, ListRow
from desktop.services.listing_words import screen_words

PAGE = 128
MOST_PAGES = 64
MOST_WANTED = 4
"""Pages that are read after a drag: those looked at last."""
REST_MS = 40
"""For how long no other page is looked at once a drag is over."""
_AHEAD = PAGE // 4
"""So many rows before a page's end the one after it is wanted too."""
WAITING = "…"
QUIET = "quiet"
MARK_WORDS = MappingProxyType({"fail": "有問題", "review": "請留意"})
"""What a marked cell is called for who does not see its icon."""
_RIGHT = frozenset({CellType.NUMBER, CellType.LENGTH})


class HeldRow:
    """A row that was read, with what its cells show; words are made when they are looked at."""

    __slots__ = ("_texts", "row")

    def __init__(self, row: ListRow | None, width: int) -> None:
        """Hold a row.

        Args:
            row: None for one that is gone.
            width: How many columns there are.
        """
        self.row = row
        self._texts: list[str | None] = [None] * width
        if row is None:
            self._texts = ["（已不在）", *([""] * (width - 1))]

    def text(self, column: int) -> str:
        """What a cell shows."""
        found = self._texts[column]
        if found is None:
            value = None if self.row is None else self.row.values[column]
            found = self._texts[column] = shown(screen_words(value))
        return found


class WindowedModel(QAbstractTableModel):
    """Rows under columns, read when they are looked at.

    Attributes:
        wanted: Row numbers of a page nobody has read yet: page, series and numbers. Answer with
            ``take`` or ``give_up``; the next page is asked for after that.
        columns: From left to right, before the clerk moved any.
    """

    wanted = Signal(int, int, object)

    def __init__(self, columns: Sequence[ListColumn], parent=None) -> None:
        """Make an empty table."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._numbers: array[int] = array("q")
        self._pages: OrderedDict[int, tuple[HeldRow, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._has_marks = False
        self._series = 0
        self._sorts: tuple[Sort, ...] = ()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._ask)
        self._needed: OrderedDict[int, None] = OrderedDict()
        self._since_need = QElapsedTimer()

    # ------------------------------------------------------------------- content
    @property
    def numbers(self) -> array[int]:
        """The numbers of all rows, in order; not to be changed."""
        return self._numbers

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """The order they stand in."""
        return self._sorts

    def show_numbers(self, numbers: array[int], sorts: Sequence[Sort] = ()) -> None:
        """Show other rows.

        Args:
            numbers: Of the rows, in order.
            sorts: The order they stand in, told by the headings.
        """
        self.beginResetModel()
        self._numbers = numbers
        self._sorts = tuple(sorts)
        self._series += 1
        self._pages.clear()
        self._asked.clear()
        self._needed.clear()
        self._since_need.invalidate()
        self.endResetModel()

    def forget(self) -> None:
        """Read again what is in sight: something was changed."""
        self._series += 1
        self._pages.clear()
        self._asked.clear()
        self._needed.clear()
        self._since_need.invalidate()
        if self._numbers:
            last = self.index(len(self._numbers) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def take(self, series: int, page: int, rows: Sequence[ListRow | None]) -> None:
        """Take the rows of a page; those of an older list are dropped."""
        if series != self._series:
            return
        self._asked.discard(page)
        width = len(self.columns)
        self._pages[page] = tuple(HeldRow(row, width) for row in rows)
        self._has_marks = self._has_marks or any(row is not None and row.marks for row in rows)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        first = page * PAGE
        last = min(first + PAGE, len(self._numbers)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self._go_on()

    def row(self, number: int) -> ListRow | None:
        """The row at a place; None while it is not read, or when it is gone."""
        found = self.held(number)
        return None if found is None else found.row

    def text(self, row: int, column: int) -> str:
        """What a cell shows; an ellipsis while it is being read."""
        found = self.held(row)
        return WAITING if found is None else found.text(column)

    def mark(self, row: int, column: int) -> str:
        """What a cell is marked as: a verdict's name, ``quiet``, or nothing."""
        if not self._has_marks:
            return ""
        found = self.held(row)
        return "" if found is None else self.mark_of(found, column)

    def mark_of(self, held: HeldRow, column: int) -> str:
        """The same of a row that was read."""
        if not self._has_marks or held.row is None:
            return ""
        return held.row.marks.get(self.columns[column].name, "")

    def is_read(self, number: int) -> bool:
        """Whether the row at a place is held."""
        return number // PAGE in self._pages

    def held(self, row: int) -> HeldRow | None:
        """The row at a place with its words; None while it is not read, it is asked for then."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._need(number)
            return None
        if number != next(reversed(self._pages)):
            self._pages.move_to_end(number)
        if place >= PAGE - _AHEAD:
            self._want_ahead(number + 1)
        elif place < _AHEAD:
            self._want_ahead(number - 1)
        return page[place] if place < len(page) else None

    def _want_ahead(self, page: int) -> None:
        """Have a page read after all that is in sight: whoever scrolls on finds it there."""
        is_known = page in self._pages or page in self._asked or page in self._needed
        if is_known or not 0 <= page * PAGE < len(self._numbers):
            return
        self._needed[page] = None
        self._needed.move_to_end(page, last=False)
        self._go_on()

    def _need(self, page: int) -> None:
        if page in self._asked:
            return
        is_new = page not in self._needed
        self._needed[page] = None
        self._needed.move_to_end(page)
        if not is_new:
            return
        wait = self._wait()
        self._since_need.start()
        if self._look.isActive():
            # What spans two pages needs both at once; that is no drag.
            if self._look.interval() > 0:
                self._look.start(REST_MS)
        elif not self._asked:
            self._look.start(wait)

    def _wait(self) -> int:
        """Milliseconds until pages are asked for: none, but while the scroll bar is dragged."""
        since = self._since_need
        return REST_MS if since.isValid() and since.elapsed() < REST_MS else 0

    def _go_on(self) -> None:
        """Ask for what was looked at while a page was read."""
        if self._needed and not self._asked and not self._look.isActive():
            self._look.start(self._wait())

    def _ask(self) -> None:
        # Who drags the scroll bar passes many pages; those looked at last are enough.
        while len(self._needed) > MOST_WANTED:
            self._needed.popitem(last=False)
        while self._needed and not self._asked:
            page, _ = self._needed.popitem()
            self._asked.add(page)
            first = page * PAGE
            self.wanted.emit(page, self._series, self._numbers[first : first + PAGE])

    def give_up(self, series: int, page: int) -> None:
        """Say that a page will not come, so that it may be asked for again."""
        if series == self._series:
            self._asked.discard(page)
            self._go_on()

    # ------------------------------------------------------------------- model
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def is_right(self, column: int) -> bool:
        """Whether a column's cells stand at the right."""
        return self.columns[column].type in _RIGHT

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings, with the place of each in the order."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading + self._mark(column.name)
        if role == Qt.ItemDataRole.ToolTipRole and column.can_sort:
            return f"按一下依「{column.heading}」排序，再按一下反過來；按住 Ctrl 再按，加在後面"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.is_right(section)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _mark(self, name: str) -> str:
        for place, sort in enumerate(self._sorts, 1):
            if sort.column == name:
                number = str(place) if len(self._sorts) > 1 else ""
                return f" {'▼' if sort.is_descending else '▲'}{number}"
        return ""

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = f"{self.columns[column].heading} {self.text(row, column) or '空白'}"
            mark = MARK_WORDS.get(self.mark(row, column))
            return f"{words}，{mark}" if mark else words
        if role == Qt.ItemDataRole.TextAlignmentRole and self.is_right(column):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.VALUE:
            return self.row(row)
        if role == Role.STATE:
            mark = self.mark(row, column)
            return mark if mark and mark != QUIET else None
        return None
