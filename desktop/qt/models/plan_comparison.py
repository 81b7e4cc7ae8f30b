"""A draft beside last year's plan, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel

if TYPE_CHECKING:
    from desktop.services.plan_comparing import PlanDifference


class ComparisonModel(TableModel["PlanDifference"]):
    """What was and what is, the headings naming both plans."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            [
                TableColumn("項目", lambda d: d.item),
                TableColumn("去年", lambda d: d.before, {Role.QUIET: lambda d: True}),
                TableColumn("草稿", lambda d: d.after, {Role.STRONG: lambda d: d.is_changed}),
                TableColumn(
                    "",
                    mark_of,
                    {
                        Role.CHIPS: lambda d: (
                            ("decided" if d.is_changed else "missing", mark_of(d)),
                        )
                    },
                ),
            ],
            parent=parent,
        )
        self._headings = ("項目", "去年", "草稿", "")
        self._all: tuple[PlanDifference, ...] = ()
        self._is_only_changed = False

    def show_differences(
        self, differences: Sequence[PlanDifference], *, before: str, after: str
    ) -> None:
        """Show another comparison.

        Args:
            differences: Every entry of both.
            before: What the one before is called (``114 年``).
            after: What the draft is called (``115 年（草稿）``).
        """
        headings = ("項目", before, after, "")
        if tuple(differences) == self._all and headings == self._headings:
            return
        self._all = tuple(differences)
        self._headings = headings
        self._fill()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)

    def show_only_changed(self, is_only: bool) -> None:
        """Show what differs alone, or everything."""
        self._is_only_changed = is_only
        self._fill()

    def _fill(self) -> None:
        self.show_rows(d for d in self._all if d.is_changed or not self._is_only_changed)

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings of the two plans."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return super().headerData(section, orientation, role)


def mark_of(difference: PlanDifference) -> str:
    """改, 新, 刪 or 同."""
    if not difference.is_changed:
        return "同"
    if difference.path is None:
        return "刪"
    return "新" if difference.before == "—" else "改"
