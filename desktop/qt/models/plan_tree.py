"""The plan's sections as a tree, each with what the checks found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from desktop.qt.models.roles import Role
from desktop.services.plan_fields import Section

Marks = Mapping[str, tuple[int, int]]
"""Section id to its errors and reminders."""


@dataclass(slots=True)
class _Node:
    """An entry: its section, and the numbers of the entries above and below it."""

    section: Section
    row: int
    above: int
    below: list[int]


class PlanTreeModel(QAbstractItemModel):
    """Sections and their marks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[_Node] = []
        self._marks: Marks = {}

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show other sections; only what changed is told when the shape stays the same."""
        nodes: list[_Node] = []
        _list(nodes, sections, -1)
        if _shape(nodes) != _shape(self._nodes):
            self.beginResetModel()
            self._nodes = nodes
            self.endResetModel()
            return
        former, self._nodes = self._nodes, nodes
        for number, (old, new) in enumerate(zip(former, nodes, strict=True)):
            if old.section.title != new.section.title:
                index = self.createIndex(new.row, 0, number)
                self.dataChanged.emit(index, index)

    def show_marks(self, marks: Marks) -> None:
        """Show what the checks found."""
        if marks == self._marks:
            return
        changed = {key for key in {*marks, *self._marks} if marks.get(key) != self._marks.get(key)}
        self._marks = dict(marks)
        for section_id in changed:
            index = self.index_of(section_id)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def section(self, index: QModelIndex) -> Section | None:
        """The section of an index."""
        number = index.internalId() if index.isValid() else -1
        return self._nodes[number].section if 0 <= number < len(self._nodes) else None

    def index_of(self, section_id: str) -> QModelIndex:
        """The index of a section; invalid when it is not there."""
        for number, node in enumerate(self._nodes):
            if node.section.id == section_id:
                return self.createIndex(node.row, 0, number)
        return QModelIndex()

    # -------------------------------------------------------------------- model
    def _below(self, parent: QModelIndex) -> list[int]:
        if parent.isValid():
            return self._nodes[parent.internalId()].below
        return [number for number, node in enumerate(self._nodes) if node.above < 0]

    def index(
        self,
        row: int,
        column: int,
        parent: QModelIndex = QModelIndex(),  # noqa: B008
    ) -> QModelIndex:
        """One entry."""
        numbers = self._below(parent)
        if column != 0 or not 0 <= row < len(numbers):
            return QModelIndex()
        return self.createIndex(row, 0, numbers[row])

    def parent(self, index: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The entry above."""
        above = self._nodes[index.internalId()].above if index.isValid() else -1
        if above < 0:
            return QModelIndex()
        return self.createIndex(self._nodes[above].row, 0, above)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many entries below."""
        return len(self._below(parent))

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """One."""
        return 1

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Every entry can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One entry."""
        section = self.section(index)
        if section is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return section.title
        errors, reminders = self._marks.get(section.id, (0, 0))
        if role == Role.COUNTS:
            found = (("fail", errors), ("review", reminders))
            return tuple((state, count) for state, count in found if count)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = [section.title]
            if errors:
                words.append(f"錯誤 {errors}")
            if reminders:
                words.append(f"提醒 {reminders}")
            return "，".join(words)
        if role == Role.VALUE:
            return section
        return None


def _list(nodes: list[_Node], sections: Sequence[Section], above: int) -> None:
    for row, section in enumerate(sections):
        number = len(nodes)
        nodes.append(_Node(section, row, above, []))
        if above >= 0:
            nodes[above].below.append(number)
        _list(nodes, section.children, number)


def _shape(nodes: Sequence[_Node]) -> list[tuple[str, int]]:
    return [(node.section.id, node.above) for node in nodes]
