"""The list of doubtful cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel

if TYPE_CHECKING:
    from desktop.services.reading_review import DoubtfulCell


def state_words(cell: DoubtfulCell) -> str:
    """存疑, 已更正 or 已確認."""
    if cell.correction is None:
        return "存疑"
    return "已確認" if cell.correction.is_confirmation else "已更正"


def place_words(cell: DoubtfulCell) -> str:
    """Page and row in short: ``1 頁 4 列``."""
    page = f"{cell.identity.page} 頁" if cell.identity.page is not None else ""
    row = f"{cell.identity.row} 列" if cell.identity.row is not None else ""
    return f"{page} {row}".strip()


class ReadingModel(TableModel):
    """One line a cell, in the order of files and pages."""

    def __init__(self, parent=None) -> None:
        super().__init__(
            [
                TableColumn(
                    "狀態",
                    state_words,
                    {Role.STATE: lambda c: "decided" if c.is_settled else "review"},
                ),
                TableColumn(
                    "檔名",
                    lambda c: c.file_name.rsplit("/", 1)[-1],
                    {Qt.ItemDataRole.ToolTipRole: lambda c: f"{c.file_name} {c.owner}".strip()},
                ),
                TableColumn("位置", place_words, {Role.QUIET: lambda c: True}),
                TableColumn("欄位", lambda c: c.field_words),
                TableColumn(
                    "現在的值",
                    lambda c: c.typed or c.as_read,
                    {
                        Role.WARN: lambda c: None if c.is_settled else "review",
                        Qt.ItemDataRole.ToolTipRole: lambda c: c.correction_words or c.why,
                    },
                ),
            ],
            parent=parent,
        )

    def number_of(self, key) -> int:
        """Which line shows a cell; −1 when none does."""
        return next((n for n, cell in enumerate(self.rows) if cell.key == key), -1)

    def open_from(self, start: int, step: int) -> int:
        """The next open cell from a line, all around; −1 when none is open.

        Args:
            start: The line to start after.
            step: 1 forward, −1 back.
        """
        return next_open(self.rows, start, step)


def next_open(cells: Sequence[DoubtfulCell], start: int, step: int) -> int:
    """The next cell nobody has spoken on, all around; −1 when there is none."""
    count = len(cells)
    for distance in range(1, count + 1):
        number = (start + step * distance) % count
        if not cells[number].is_settled:
            return number
    return -1
