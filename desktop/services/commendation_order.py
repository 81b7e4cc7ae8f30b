"""The order of the commendation list: by unit and rank, by rank, or as a clerk put it by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desktop.domain.people import Person, RankTier
from desktop.domain.verdicts import PersonVerdict

_TIER_ORDER = {RankTier.SENIOR: 0, RankTier.JUNIOR: 1, RankTier.ELEMENTARY: 2, None: 3}


class OrderBy(StrEnum):
    """What the list is sorted by before anybody is moved by hand."""

    UNIT = "unit"  # units as in the roster, in them rank from high to low
    RANK = "rank"  # rank from high to low over all units


@dataclass(frozen=True, slots=True)
class ListOrder:
    """How a clerk wants a plan's list.

    Attributes:
        by: What it is sorted by.
        by_hand: Employee ids in the order a clerk put them in; empty where nobody was moved.
    """

    by: OrderBy = OrderBy.UNIT
    by_hand: tuple[str, ...] = ()


AS_EVER = ListOrder()


def setting_key(plan_id: str) -> str:
    """Under which key of the office's settings a plan's order is kept."""
    return f"commendation_order/{plan_id}"


def order_of(value: Mapping[str, Any] | None) -> ListOrder:
    """An order as the store keeps it."""
    if not value:
        return AS_EVER
    return ListOrder(OrderBy(value["by"]), tuple(value["by_hand"]))


def value_of(order: ListOrder) -> dict[str, Any]:
    """The same, ready for the store."""
    return {"by": order.by.value, "by_hand": list(order.by_hand)}


def arranged(verdicts: Sequence[PersonVerdict], order: ListOrder) -> list[PersonVerdict]:
    """Everybody in an order; who was never moved comes after whom the sorting puts before.

    Args:
        verdicts: In roster order.
        order: What the clerk wants.
    """
    sorted_ones = _sorted(verdicts, order.by)
    if not order.by_hand:
        return sorted_ones
    by_id = {verdict.person.employee_id: verdict for verdict in verdicts}
    moved = [employee_id for employee_id in order.by_hand if employee_id in by_id]
    following: dict[str, list[PersonVerdict]] = {"": [], **{one: [] for one in moved}}
    before = ""
    for verdict in sorted_ones:
        if verdict.person.employee_id in following:
            before = verdict.person.employee_id
        else:
            following[before].append(verdict)
    result = following[""]
    for employee_id in moved:
        result += [by_id[employee_id], *following[employee_id]]
    return result


def placed(verdicts: Sequence[PersonVerdict], order: ListOrder) -> list[PersonVerdict]:
    """Everybody in the order given, each told the place on the list that the clerk wants."""
    places = {
        verdict.person.employee_id: place for place, verdict in enumerate(arranged(verdicts, order))
    }
    return [replace(v, list_place=places[v.person.employee_id]) for v in verdicts]


def in_list_order(verdicts: Sequence[PersonVerdict]) -> list[PersonVerdict]:
    """As the list shows them: where the clerk wants them, else by unit and rank."""
    if all(verdict.list_place is not None for verdict in verdicts):
        return sorted(verdicts, key=lambda verdict: verdict.list_place or 0)
    return _sorted(verdicts, OrderBy.UNIT)


def _sorted(verdicts: Sequence[PersonVerdict], by: OrderBy) -> list[PersonVerdict]:
    units: dict[str, int] = {}
    for verdict in sorted(verdicts, key=lambda v: v.person.roster_position):
        units.setdefault(verdict.person.unit, len(units))
    if by is OrderBy.RANK:
        return sorted(verdicts, key=lambda v: (*_rank(v.person), units[v.person.unit], _code(v)))
    return sorted(verdicts, key=lambda v: (units[v.person.unit], *_rank(v.person), _code(v)))


def _rank(person: Person) -> tuple[bool, int]:
    return ("相當" in person.rank, _TIER_ORDER[person.tier])


def _code(verdict: PersonVerdict) -> str:
    return verdict.person.employee_id
