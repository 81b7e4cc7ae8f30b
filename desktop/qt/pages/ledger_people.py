"""The office's list at the left of 補休帳: who has how many hours, narrowed and put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.listing import Sort
from desktop.qt.pages.base import Context
from desktop.qt.widgets.basics import FilterBox, button, label, on_click
from desktop.qt.widgets.list_pane import ListPane
from desktop.qt.widgets.plan_editors import WheelFreeBox
from desktop.services.ledger_filters import ALL, LOST, STATES, ledger_conditions
from desktop.services.listing import Tally

if TYPE_CHECKING:
    from desktop.services.ledger_list import LedgerList

NOBODY = "沒有符合的人"


class PeoplePane(QWidget):
    """The list and its filters.

    Attributes:
        chosen: The clerk chose a person: the id.
        soon_wanted: The clerk wants what lapses soon.
        source: What is listed; read off the UI thread with ``source.read``.
        list: The table with everything around it.
    """

    chosen = Signal(str)
    soon_wanted = Signal()

    def __init__(self, context: Context) -> None:
        """Make an empty list.

        Args:
            context: Services, operations, settings.
        """
        super().__init__()
        self.setObjectName("pane")
        self._operations = context.operations
        self._person = ""
        self._is_read = False
        self.source: LedgerList = context.services.ledger_list()
        self.list = ListPane(
            self.source,
            services=context.services,
            operations=context.operations,
            settings=context.settings,
            sorts=(Sort("next_expiry"),),
            is_narrow=True,
        )
        self.list.view.setAccessibleName("補休帳的人")
        self.list.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.list.shown.connect(self._tell_count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addLayout(self._make_filters())
        column.addWidget(self.list, 1)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 4)
        head.addWidget(label("補休帳", "title"))
        head.addStretch()
        soon = button("到期清單…(&T)")
        on_click(soon, self.soon_wanted.emit)
        head.addWidget(soon)
        return head

    def _make_filters(self) -> QHBoxLayout:
        filters = QHBoxLayout()
        filters.setContentsMargins(12, 4, 12, 2)
        filters.setSpacing(8)
        self.units = FilterBox("單位")
        self.units.filter_changed.connect(self.narrow)
        self.states = WheelFreeBox()
        self.states.setAccessibleName("篩選：狀態")
        for state, words in STATES:
            self.states.addItem(words, state)
        self.states.currentIndexChanged.connect(lambda _: self.narrow())
        filters.addWidget(self.units, 1)
        filters.addWidget(self.states, 1)
        return filters

    # ------------------------------------------------------------------ showing
    @property
    def state(self) -> str:
        """The filter on what became of people's hours."""
        return str(self.states.currentData())

    def show_state(self, state: str) -> None:
        """Narrow by another of ``STATES``."""
        self.states.setCurrentIndex([one for one, _ in STATES].index(state))

    def show_read(self, units: Sequence[str], *, person: str) -> None:
        """Show what ``source.read`` computed.

        Args:
            units: Of everybody, in order.
            person: Whose card is shown; empty for nobody's.
        """
        self._is_read = True
        self.units.offer([(unit, unit or "（沒有單位）") for unit in units])
        self._follow(person)
        self.narrow()

    def narrow(self) -> None:
        """Find again who fits the filters."""
        if self._is_read:
            # Once: the filter asks each of its units, and the roster may be long.
            self.list.narrow(ledger_conditions(self.state, self.units.chosen))

    def show_person(self, employee_id: str) -> None:
        """Make a person the current one, whatever the filter on the state says."""
        self._follow(employee_id)
        person = self.source.item(self.source.number_of(employee_id))
        if person is not None and not self.source.fits(person, ledger_conditions(self.state)):
            self.show_state(ALL)
        else:
            self.narrow()

    def mark_lost(self, people: Mapping[str, str]) -> None:
        """Mark who has a grant that today's verdicts do not carry."""
        self.source.lost = frozenset(people)
        columns = {*self.list.header.typed(), *(sort.column for sort in self.list.model.sorts)}
        if self.state == LOST or "lost" in columns:
            self.narrow()
        else:
            self.list.model.forget()

    def _follow(self, employee_id: str) -> None:
        self._person = employee_id
        self.list.follow(self.source.number_of(employee_id) if employee_id else None)

    def _row_chosen(self, current: QModelIndex) -> None:
        if not current.isValid():
            return
        person = self.source.item(self.list.model.numbers[current.row()])
        if person is not None and person.employee_id != self._person:
            self._follow(person.employee_id)
            self.chosen.emit(person.employee_id)

    def _tell_count(self, count: int) -> None:
        self.list.count.setText(f"{count:,} 人" if count else NOBODY)
        source, numbers = self.source, self.list.model.numbers

        def told(tallies: Sequence[Tally]) -> None:
            self.list.count.setText(f"{count:,} 人，剩餘共 {tallies[0].total:,} 時")

        if count:
            self._operations.run_read(
                lambda report: source.tallies(["remaining"], numbers),
                told,
                words="加總補休帳",
                owner=self,
                latest="ledger sum",
            )
