"""The mapping of a sheet as the clerk edits it, and the sheet's first rows as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from desktop.qt.models.roles import Role

if TYPE_CHECKING:
    from desktop.services.mapping import MappingProposal, ProposedField, SheetView

SHOWN_ROWS = 30
FIXED = "\x1f"
"""Stands before a choice that is no heading but one value for every row."""
NO_HEADING = "（這個檔案沒有）"


class SheetModel(QAbstractTableModel):
    """The first rows of a sheet; one of them is the row of headings."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._numbers: tuple[int, ...] = ()
        self.header = 0

    def show_sheet(self, sheet: SheetView | None, header: int) -> None:
        """Show another sheet.

        Args:
            sheet: The sheet, or none.
            header: Its row of headings, counted from 0.
        """
        self.beginResetModel()
        self._rows = sheet.rows[:SHOWN_ROWS] if sheet is not None else ()
        self._numbers = sheet.numbers[:SHOWN_ROWS] if sheet is not None else ()
        self.header = header
        self.endResetModel()

    def choose_header(self, header: int) -> None:
        """Take another row for the row of headings."""
        self.header = header
        if self._rows:
            last = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """The sheet's columns behind the number of the row."""
        return 0 if parent.isValid() or not self._rows else len(self._rows[0]) + 1

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The number of the row, then A, B, C and so on."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return "列" if section == 0 else _letters(section - 1)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        number, row = self._numbers[index.row()], self._rows[index.row()]
        words = str(number) if index.column() == 0 else " ".join(row[index.column() - 1].split())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Role.STRONG:
            return index.row() == self.header
        if role == Role.QUIET:
            return index.row() < self.header or index.column() == 0
        if role == Qt.ItemDataRole.AccessibleTextRole:
            is_header = "標題列，" if index.row() == self.header else ""
            return f"{is_header}第 {number} 列，" + "，".join(cell for cell in row if cell)
        return None


def _letters(number: int) -> str:
    words = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        words = chr(ord("A") + rest) + words
    return words


class MappingForm:
    """Which heading is chosen for which column; each heading once.

    Attributes:
        fields: Every column of the kind.
        titles: Every heading of the sheet, with samples of its cells.
        chosen: Heading by column, or ``FIXED`` and a value; absent for none.
    """

    def __init__(self, proposal: MappingProposal) -> None:
        """Begin with what is proposed."""
        self.fields: tuple[ProposedField, ...] = proposal.fields
        self.titles = tuple((look.title, "、".join(look.samples)) for look in proposal.looks)
        self.chosen = {field.column: field.title for field in proposal.fields if field.title}

    def take(self, columns: Sequence[tuple[str, str]], fixed: Sequence[tuple[str, str]]) -> None:
        """Begin with a mapping that was remembered instead.

        Args:
            columns: Pairs of column and heading.
            fixed: Pairs of column and the one value of every row.
        """
        known = {field.column for field in self.fields}
        said = [*columns, *((column, FIXED + value) for column, value in fixed)]
        self.chosen = {column: title for column, title in said if column in known}

    def choose(self, column: str, title: str) -> str:
        """Choose a heading for a column, ``FIXED`` and a value, or none with an empty one.

        Returns:
            The column that had the heading before and now has none; empty without one.
        """
        is_heading = bool(title) and not title.startswith(FIXED)
        others = (c for c, t in self.chosen.items() if is_heading and t == title and c != column)
        freed = next(others, "")
        self.chosen.pop(freed, None)
        if title:
            self.chosen[column] = title
        else:
            self.chosen.pop(column, None)
        return freed

    def is_missing(self, field: ProposedField) -> bool:
        """Whether a needed column has no heading and nothing stands in for it."""
        has_any = any(column in self.chosen for column in (field.column, *field.instead))
        return field.is_needed and not has_any

    def reason(self, field: ProposedField) -> str:
        """Why a heading is chosen, or what is still asked."""
        title = self.chosen.get(field.column, "")
        if title:
            if title.startswith(FIXED):
                return f"您說每一列都是{title.removeprefix(FIXED)}"
            return field.reason if title == field.title else "您選的"
        if self.is_missing(field):
            others = "或".join(field.instead)
            return f"必要，或選{others}" if others else "必要，請選一個標題"
        return ""

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Pairs of column and heading, in the kind's order."""
        return tuple(pair for pair in self._pairs() if not pair[1].startswith(FIXED))

    @property
    def fixed(self) -> tuple[tuple[str, str], ...]:
        """Pairs of column and the one value of every row."""
        return tuple(
            (column, choice.removeprefix(FIXED))
            for column, choice in self._pairs()
            if choice.startswith(FIXED)
        )

    def _pairs(self) -> list[tuple[str, str]]:
        return [
            (field.column, self.chosen[field.column])
            for field in self.fields
            if field.column in self.chosen
        ]
