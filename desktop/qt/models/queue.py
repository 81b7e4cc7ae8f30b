"""The queue of 審核: people in roster order, filtered, ticked for a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal

from desktop.domain.findings import ReasonCode
from desktop.qt.models.roles import Role

if TYPE_CHECKING:
    from desktop.services.verifying import QueueEntry


class QueueTab(StrEnum):
    """The tabs over the queue."""

    OPEN = "需處理"
    FAIL = "不符"
    REVIEW = "待確認"
    PASS = "通過"


def of_tab(entries: Iterable[QueueEntry], tab: QueueTab) -> list[QueueEntry]:
    """Those who stand under a tab."""
    # Asked of everybody on the roster, for every tab: a call for each person takes most of it.
    if tab is QueueTab.OPEN:
        return [entry for entry in entries if entry.undecided > 0]
    if tab is QueueTab.FAIL:
        return [entry for entry in entries if entry.fails > 0]
    if tab is QueueTab.REVIEW:
        return [entry for entry in entries if entry.reviews > 0]
    return [entry for entry in entries if entry.state == "pass"]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue shows: a tab, units, reasons and words; empty sets mean all."""

    tab: QueueTab = QueueTab.OPEN
    units: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    words: str = ""

    def admitted(self, entries: Sequence[QueueEntry]) -> Sequence[QueueEntry]:
        """Whom the filters, the tab left aside, let through."""
        units, reasons, words = self.units, self.reasons, self.words
        if units:
            entries = [entry for entry in entries if entry.unit in units]
        if reasons:
            entries = [
                entry for entry in entries if any(code.value in reasons for code in entry.reasons)
            ]
        if words:
            entries = [e for e in entries if words in f"{e.name} {e.employee_id}"]
        return entries


class QueueModel(QAbstractListModel):
    """The people shown.

    Attributes:
        ticked_changed: Another number of people is ticked.
    """

    ticked_changed = Signal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._all: tuple[QueueEntry, ...] = ()
        self._admitted: Sequence[QueueEntry] = ()
        self._shown: list[QueueEntry] = []
        self._filter = QueueFilter()
        self._ticked: set[str] = set()
        self._kept = ""

    # ------------------------------------------------------------------ content
    def show_entries(self, entries: Iterable[QueueEntry]) -> None:
        """Take the office's queue."""
        self._all = tuple(entries)
        if self._ticked:
            self._ticked &= {entry.employee_id for entry in self._all}
        self._refill()

    def apply(self, wanted: QueueFilter) -> None:
        """Filter by something else."""
        self._filter = wanted
        self._refill()

    def keep(self, employee_id: str) -> None:
        """Keep a person shown although the last decision took them out of the tab."""
        self._kept = employee_id

    def _refill(self) -> None:
        self.beginResetModel()
        self._admitted = self._filter.admitted(self._all)
        self._shown = of_tab(self._admitted, self._filter.tab)
        self._show_kept()
        self.endResetModel()

    def _show_kept(self) -> None:
        """Show who is kept in their place, where the tab left them out."""
        if not self._kept or any(entry.employee_id == self._kept for entry in self._shown):
            return
        under = {entry.employee_id for entry in self._shown} | {self._kept}
        self._shown = [entry for entry in self._admitted if entry.employee_id in under]

    @property
    def entries(self) -> tuple[QueueEntry, ...]:
        """Everybody, whatever the filter."""
        return self._all

    @property
    def shown(self) -> tuple[QueueEntry, ...]:
        """Who is shown."""
        return tuple(self._shown)

    @property
    def wanted(self) -> QueueFilter:
        """The filter in force."""
        return self._filter

    def count(self, tab: QueueTab) -> int:
        """How many people a tab would show under the filters."""
        return len(of_tab(self._admitted, tab))

    def units(self) -> tuple[str, ...]:
        """Units in roster order."""
        return tuple(filter(None, dict.fromkeys(map(attrgetter("unit"), self._all))))

    def reasons(self) -> tuple[ReasonCode, ...]:
        """Reason codes that occur, most frequent first."""
        counts: dict[ReasonCode, int] = {}
        for found in filter(None, map(attrgetter("reasons"), self._all)):
            for code in found:
                counts[code] = counts.get(code, 0) + 1
        return tuple(sorted(counts, key=lambda code: (-counts[code], code)))

    def row_of(self, employee_id: str) -> int:
        """The row a person is shown in, -1 when not shown."""
        return next((n for n, e in enumerate(self._shown) if e.employee_id == employee_id), -1)

    def entry(self, row: int) -> QueueEntry | None:
        """The person of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @property
    def ticked(self) -> frozenset[str]:
        """People ticked for a batch."""
        return frozenset(self._ticked)

    def tick_shown(self) -> None:
        """Tick everybody shown, or nobody when all are."""
        shown = {entry.employee_id for entry in self._shown}
        self._ticked = self._ticked - shown if shown <= self._ticked else self._ticked | shown
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
        self.ticked_changed.emit()

    # -------------------------------------------------------------------- model
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own way
        """How many people are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One person."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        entry = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Role.VALUE:
            return entry.name, entry.employee_id, entry.unit
        if role == Role.COUNTS:
            pairs = (("fail", entry.fails), ("review", entry.reviews))
            found = tuple(pair for pair in pairs if pair[1])
            return found or ((("pass", entry.passes),) if entry.passes else ())
        if role == Qt.ItemDataRole.CheckStateRole:
            is_on = entry.employee_id in self._ticked
            return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            counts = f"不符{entry.fails}，待確認{entry.reviews}"
            place = f"第{index.row() + 1}人共{len(self._shown)}人"
            return f"{entry.name}，{entry.employee_id}，{entry.unit}，{counts}，{place}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.name} {entry.employee_id}\n{entry.unit} {entry.title}".strip()
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a person."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        employee_id = self._shown[index.row()].employee_id
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(employee_id)
        else:
            self._ticked.discard(employee_id)
        self.dataChanged.emit(index, index, [role])
        self.ticked_changed.emit()
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Rows can be chosen and ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemNeverHasChildren
        )
