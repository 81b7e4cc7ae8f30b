"""Lists in memory: what typed filters find, orders, sums, rows; and the ledger's own filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from desktop.domain.listing import ListQuery, Sort
from desktop.services.ledger_filters import ALL, LOST, OWED, WITH_LINES, WITHOUT, ledger_conditions
from desktop.services.ledger_list import LedgerList
from desktop.services.ledger_view_values import LedgerPerson
from desktop.services.listing import CellType, ListColumn
from desktop.services.listing_filters import all_conditions
from desktop.services.memory_list import MemoryList
from desktop.services.office import Office
from desktop.services.progress import CancelledError


@dataclass(frozen=True)
class Thing:
    name: str
    hours: int | None
    last: date | None
    is_kept: bool = True


THINGS = (
    Thing("臺北 一號", 4, date(2025, 9, 2)),
    Thing("台北二號", None, None),
    Thing("高雄", 10, date(2026, 3, 28), is_kept=False),
    Thing("", 4, date(2025, 9, 30)),
)
COLUMNS = (
    ListColumn("name", "名稱"),
    ListColumn("hours", "時數", CellType.NUMBER, has_sum=True),
    ListColumn("last", "到期", CellType.MOMENT),
    ListColumn("kept", "留", CellType.CHOICE, choices=MappingProxyType({True: "是", False: "否"})),
)


def things(shown: Sequence[Thing] = THINGS) -> MemoryList[Thing]:
    found: MemoryList[Thing] = MemoryList(
        name="things",
        title="東西",
        columns=COLUMNS,
        stored={
            "name": lambda one: one.name,
            "hours": lambda one: one.hours,
            "last": lambda one: one.last,
            "kept": lambda one: one.is_kept,
        },
        key=lambda one: one.name,
    )
    found.show(shown)
    return found


@pytest.mark.parametrize(
    ("column", "typed", "places"),
    [
        ("name", "台北", [0, 1]),
        ("name", "北 一", [0]),
        ("name", "=高雄", [2]),
        ("name", "<>北", [2, 3]),
        ("name", "=", [3]),
        ("hours", "4", [0, 3]),
        ("hours", ">4", [2]),
        ("hours", "1~9", [0, 3]),
        ("hours", "=", [1]),
        ("hours", "<>=", [0, 2, 3]),
        ("last", "114-09", [0, 3]),
        ("last", "<=114-09-02", [0]),
        ("last", "=", [1]),
        ("kept", "否", [2]),
    ],
)
def test_typed_words_find_what_they_find_in_the_stores_lists(
    column: str, typed: str, places: list[int]
) -> None:
    conditions, faults = all_conditions(COLUMNS, {column: typed})
    assert not faults
    found = things().find(ListQuery(conditions))
    assert [number - 1 for number in found] == places


@pytest.mark.parametrize(
    ("sorts", "places"),
    [
        ((), [0, 1, 2, 3]),
        ((Sort("hours"),), [0, 3, 2, 1]),
        ((Sort("hours", is_descending=True),), [2, 0, 3, 1]),
        ((Sort("hours"), Sort("last", is_descending=True)), [3, 0, 2, 1]),
        ((Sort("kept"), Sort("name")), [2, 3, 1, 0]),
    ],
)
def test_rows_stand_in_order_of_every_key_and_blank_ones_last(
    sorts: tuple[Sort, ...], places: list[int]
) -> None:
    found = things().find(ListQuery(sorts=sorts))
    assert [number - 1 for number in found] == places


def test_number_stays_when_the_list_is_read_again_and_who_is_gone_says_so() -> None:
    source = things()
    source.show(reversed(THINGS[1:]))
    gone, second = source.rows([1, 2])
    assert gone is None
    assert second is not None
    assert second.values == ("台北二號", None, None, "是")
    assert second.subject is THINGS[1]
    assert list(source.find(ListQuery())) == [4, 3, 2]


def test_sums_are_exact_by_numbers_and_by_query() -> None:
    source = things()
    conditions, _ = all_conditions(COLUMNS, {"hours": "4"})
    (by_query,) = source.tallies(["hours"], ListQuery(conditions))
    assert (by_query.count, by_query.total) == (2, Decimal(8))
    (by_numbers,) = source.tallies(["hours"], [1, 2, 3])
    assert (by_numbers.count, by_numbers.total) == (2, Decimal(14))


def test_finding_stops_when_nobody_waits() -> None:
    with pytest.raises(CancelledError):
        things().find(ListQuery(), lambda done, total, words: False)


def person(employee_id: str, *, unit: str = "甲科", **known: object) -> LedgerPerson:
    usual: dict[str, object] = {
        "granted": 8,
        "used": 0,
        "expired": 0,
        "remaining": 8,
        "next_expiry": None,
        "next_hours": 0,
        "days_left": None,
        "owed_hours": 0,
        "owed_by": None,
        "has_lines": True,
        "is_on_roster": True,
    }
    return LedgerPerson(employee_id, "某人", unit, "科員", **(usual | known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "units", "ids"),
    [
        (ALL, (), ["A1", "A2", "A3", "A4"]),
        (WITH_LINES, (), ["A1", "A2", "A3"]),
        (WITHOUT, (), ["A4"]),
        ("30", (), ["A1"]),
        ("60", (), ["A1", "A2"]),
        ("90", (), ["A1", "A2"]),
        (LOST, (), ["A2"]),
        (OWED, (), ["A3"]),
        (ALL, ("乙科", ""), ["A3", "A4"]),
    ],
)
def test_ledgers_filters_find_whom_they_name(
    office: Office, state: str, units: tuple[str, ...], ids: list[str]
) -> None:
    source = LedgerList(office)
    source.show(
        [
            person("A1", next_expiry=date(2025, 9, 5), days_left=30),
            person("A2", next_expiry=date(2025, 9, 6), days_left=31),
            person("A3", unit="乙科", owed_hours=2),
            person("A4", unit="", has_lines=False, granted=0, remaining=0),
        ]
    )
    source.lost = frozenset({"A2"})
    found = source.find(ListQuery(ledger_conditions(state, units)))
    assert [source.item(n).employee_id for n in found] == ids  # type: ignore[union-attr]


def test_who_has_no_line_shows_no_hours_and_marks_say_what_is_wrong(office: Office) -> None:
    source = LedgerList(office)
    source.show(
        [
            person("A1", next_expiry=date(2025, 9, 5), days_left=30),
            person("A2", has_lines=False, remaining=0),
        ]
    )
    source.lost = frozenset({"A1"})
    first, second = source.rows([1, 2])
    assert first is not None
    assert second is not None
    assert first.values[:4] == ("某人", "A1", 8, date(2025, 9, 5))
    assert second.values[:4] == ("某人", "A2", None, None)
    assert dict(first.marks) == {"employee_id": "quiet", "name": "fail", "next_expiry": "review"}
    assert dict(second.marks) == {"employee_id": "quiet"}
