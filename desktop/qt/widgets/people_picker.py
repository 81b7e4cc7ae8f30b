"""People of the roster to choose from: what is typed filters, one is chosen or several ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QTableView, QVBoxLayout, QWidget

from desktop.qt.models.programmes import person_columns
from desktop.qt.models.tables import TableModel
from desktop.qt.widgets.basics import label
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.domain.people import Person


class PeoplePicker(QWidget):
    """A field over a table.

    Attributes:
        chosen_changed: Others are chosen.
    """

    chosen_changed = Signal()

    def __init__(self, people: Sequence[Person], *, many: bool, name: str) -> None:
        """Offer people.

        Args:
            people: Who may be chosen.
            many: Whether several are ticked; else the current row is the choice.
            name: What the list is, for screen readers.
        """
        super().__init__()
        self._people = tuple(people)
        self._many = many
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.search = QLineEdit()
        self.search.setPlaceholderText("找姓名、代號、單位")
        self.search.setAccessibleName(f"找{name}")
        column.addWidget(self.search)
        self.model: TableModel[Person] = TableModel(
            person_columns(), key=(lambda p: p.employee_id) if many else None, parent=self
        )
        self.model.show_rows(self._people)
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAccessibleName(name)
        self.view.setMinimumHeight(200)
        header = self.view.horizontalHeader()
        for section, width in enumerate((110, 80, 110, 100)):
            header.resizeSection(section, width)
        header.setStretchLastSection(True)
        column.addWidget(self.view, 1)
        self.count = label("", "caption")
        column.addWidget(self.count)
        self.search.textChanged.connect(lambda _: self._filter())
        self.model.ticked_changed.connect(self._tell)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self._ticked: dict[str, None] = {}
        self._tell()

    @property
    def chosen(self) -> tuple[str, ...]:
        """人員代號 of who is chosen, in the order they were ticked."""
        if self._many:
            return tuple(self._ticked)
        person = self.model.row(self.view.currentIndex().row())
        return () if person is None else (person.employee_id,)

    def choose(self, employee_id: str) -> None:
        """Choose one more person, or the only one."""
        at = next((n for n, p in enumerate(self.model.rows) if p.employee_id == employee_id), -1)
        if at < 0:
            return
        if self._many:
            index = self.model.index(at, 0)
            self.model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
        else:
            self.view.selectRow(at)

    def _filter(self) -> None:
        words = self.search.text().strip()
        self.model.show_rows(
            p for p in self._people if not words or words in f"{p.name} {p.employee_id} {p.unit}"
        )
        self._tell()

    def _tell(self) -> None:
        if self._many:
            shown = {p.employee_id for p in self.model.rows}
            ticked = self.model.ticked
            for who in [w for w in self._ticked if w in shown and w not in ticked]:
                del self._ticked[who]
            self._ticked |= dict.fromkeys(ticked)
            self.count.setText(f"已勾選 {len(self._ticked)} 人，列出 {len(self.model.rows)} 人")
        else:
            self.count.setText(f"列出 {len(self.model.rows)} 人")
        self.chosen_changed.emit()
