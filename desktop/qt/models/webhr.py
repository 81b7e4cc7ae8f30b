"""The rows of the WebHR file: numbers, codes and reasons are completed in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from desktop.qt.models.roles import Role

if TYPE_CHECKING:
    from desktop.services.webhr import WebHrEntry

HEADINGS = ("檢查", "姓名", "單位", "身分證號", "獎懲結果", "教示條款", "獎懲事由")
CHECK, NAME, UNIT, NUMBER, RESULT, NOTICE, REASON = range(len(HEADINGS))
_FIELDS = {NAME: "name", NUMBER: "identity_number", NOTICE: "notice_code", REASON: "reason"}


class WebHrModel(QAbstractTableModel):
    """One award a row.

    Attributes:
        edited: The clerk completed a row.
    """

    edited = Signal()

    def __init__(
        self,
        entries: Sequence[WebHrEntry],
        *,
        results: Mapping[str, str],
        notices: Mapping[str, str],
        parent=None,
    ) -> None:
        """Show entries.

        Args:
            entries: In the order of the file.
            results: Codes of 獎懲結果 in words.
            notices: Codes of 教示條款 in words.
            parent: The owner.
        """
        super().__init__(parent)
        self._entries = list(entries)
        self._results, self._notices = results, notices
        self._problems: dict[int, tuple[str, ...]] = {}

    @property
    def entries(self) -> tuple[WebHrEntry, ...]:
        """As they are now."""
        return tuple(self._entries)

    def take(self, entries: Sequence[WebHrEntry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def show_problems(self, problems: Mapping[int, tuple[str, ...]]) -> None:
        """Say what is wrong with each row, by its number from 1."""
        self._problems = dict(problems)
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, REASON))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many awards."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _words(self, row: int, column: int) -> str:
        entry = self._entries[row]
        if column == CHECK:
            return "有問題" if row + 1 in self._problems else "可以"
        if column == RESULT:
            known = self._results.get(entry.result_code, "")
            return f"{entry.result_code} {known}" if known else f"{entry.award}（無代碼）"
        if column == NOTICE:
            known = self._notices.get(entry.notice_code, "")
            return f"{entry.notice_code} {known}" if known else "請選擇"
        return {
            NAME: entry.name,
            UNIT: entry.unit,
            NUMBER: entry.identity_number,
            REASON: entry.reason,
        }[column]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        problems = self._problems.get(row + 1, ())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, column)
        if role == Qt.ItemDataRole.EditRole and column in _FIELDS:
            return getattr(self._entries[row], _FIELDS[column])
        if role == Role.STATE and column == CHECK:
            return "fail" if problems else "pass"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(problems) or self._words(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = f"{HEADINGS[column]}：{self._words(row, column) or '空白'}"
            return "，".join((words, *problems))
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Complete a row."""
        if role != Qt.ItemDataRole.EditRole or index.column() not in _FIELDS:
            return False
        text = str(value).strip()
        if index.column() == NUMBER:
            text = "".join(text.split()).upper()
        entry = self._entries[index.row()]
        self._entries[index.row()] = replace(entry, **{_FIELDS[index.column()]: text})
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Names that Big5 lacks, numbers, 教示條款 and reasons can be written."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in _FIELDS:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags
