"""The office's leave ledger as a long list: one row a person, balances computed by the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from desktop.domain.accounts import AccountRole
from desktop.domain.masking import masked_identity_numbers
from desktop.services.ledger_view_values import LedgerPerson
from desktop.services.ledger_views import ledger_people
from desktop.services.listing import CellType, ListColumn, ListValue
from desktop.services.memory_list import MemoryList
from desktop.services.office import Office

SOON_DAYS = 90
"""Leave that lapses within so many days is marked."""
_YES_NO = MappingProxyType({True: "是", False: "否"})
_GROUND = MappingProxyType({True: "不同", False: "相符"})
_NUMBER, _MOMENT, _CHOICE = CellType.NUMBER, CellType.MOMENT, CellType.CHOICE
COLUMNS = (
    ListColumn("name", "姓名", width=82),
    ListColumn("employee_id", "代號", width=66),
    ListColumn("remaining", "剩餘時", _NUMBER, width=58, has_sum=True),
    ListColumn("next_expiry", "下次到期", _MOMENT, width=108),
    ListColumn("next_hours", "到期時數", _NUMBER, width=70, is_shown=False, has_sum=True),
    ListColumn("days_left", "還有幾天", _NUMBER, width=70, is_shown=False),
    ListColumn("unit", "單位", width=92, is_shown=False),
    ListColumn("title", "職稱", width=84, is_shown=False),
    ListColumn("granted", "核給時", _NUMBER, width=58, is_shown=False, has_sum=True),
    ListColumn("used", "已用時", _NUMBER, width=58, is_shown=False, has_sum=True),
    ListColumn("expired", "已到期時", _NUMBER, width=70, is_shown=False, has_sum=True),
    ListColumn("owed_hours", "先行補休", _NUMBER, width=70, is_shown=False, has_sum=True),
    ListColumn("owed_by", "補證明期限", _MOMENT, width=92, is_shown=False),
    ListColumn("lost", "和判定", _CHOICE, width=66, is_shown=False, choices=_GROUND),
    ListColumn("is_on_roster", "在名冊", _CHOICE, width=58, is_shown=False, choices=_YES_NO),
)


class LedgerList(MemoryList[LedgerPerson]):
    """Everybody on the roster and everybody with a line."""

    def __init__(self, office: Office) -> None:
        """Make an empty list.

        Args:
            office: The open office.
        """
        self._office = office
        self.lost: frozenset[str] = frozenset()
        super().__init__(
            name="ledger",
            title="補休帳",
            columns=COLUMNS,
            stored=self._getters(),
            key=lambda person: person.employee_id,
        )

    def _getters(self) -> dict[str, Callable[[LedgerPerson], Any]]:
        def hours(name: str) -> Callable[[LedgerPerson], int | None]:
            # Who has no line has no hours, not none left.
            return lambda person: getattr(person, name) if person.has_lines else None

        return {
            **{
                name: hours(name)
                for name in ("remaining", "granted", "used", "expired", "next_hours", "owed_hours")
            },
            "name": lambda person: person.name,
            "employee_id": lambda person: person.employee_id,
            "unit": lambda person: person.unit,
            "title": lambda person: person.title,
            "next_expiry": lambda person: person.next_expiry,
            "days_left": lambda person: person.days_left,
            "owed_by": lambda person: person.owed_by,
            "lost": lambda person: person.employee_id in self.lost if person.has_lines else None,
            "is_on_roster": lambda person: person.is_on_roster,
            "has_lines": lambda person: person.has_lines,
        }

    def read(self) -> tuple[LedgerPerson, ...]:
        """Compute everybody's balance anew; called off the UI thread."""
        people = ledger_people(self._office)
        self.show(people)
        return people

    def marks(self, person: LedgerPerson) -> Mapping[str, str]:
        """Who has left, whose grant no verdict carries, whose leave lapses soon."""
        found = {"employee_id": "quiet"}
        if not person.is_on_roster:
            found["name"] = "quiet"
        if person.employee_id in self.lost:
            found["name"] = "fail"
        if person.days_left is not None and person.days_left <= SOON_DAYS:
            found["next_expiry"] = "review"
        return found

    def shown(self, value: ListValue) -> ListValue:
        """Who only reads does not see identity numbers."""
        if isinstance(value, str) and self._office.role is AccountRole.READER:
            return masked_identity_numbers(value)
        return value
