"""People of the roster: category, rank, work pattern and spells without pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RankTier(StrEnum):
    """官等 in the Civil Service law's own English (rules.md section 1)."""

    SENIOR = "senior"  # 簡任
    JUNIOR = "junior"  # 薦任
    ELEMENTARY = "elementary"  # 委任


_TIER_WORDS = (
    ("簡任", RankTier.SENIOR),
    ("薦任", RankTier.JUNIOR),
    ("委任", RankTier.ELEMENTARY),
)


def rank_tier(rank: str) -> RankTier | None:
    """The tier that 官職等 names (``薦任第8職等``, ``相當薦任第7職等``), None unless it is one."""
    written = "".join(rank.split())  # a roster spreads two characters over a cell: 薦　任
    found = {tier for words, tier in _TIER_WORDS if words in written}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True, order=True)
class LeaveWithoutPay:
    """A spell of 留職停薪, both days included; an open end has no last day."""

    first_day: date
    last_day: date | None

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies in the spell."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the roster, words as the roster writes them.

    Attributes:
        employee_id: 人員代號, unique in the roster.
        name: 姓名 as written.
        unit: 服務單位.
        title: 職稱.
        rank: 官職等.
        category: 人員類別; empty when the roster does not say.
        pattern_code: 班別; empty when the roster does not say.
        hired_on, left_on: 到職日, 離職日.
        leave_without_pay: Spells in order.
        roster_position: The person's place in the roster, from 0, for printing in its order.
        is_supervisor: Whether the roster names the person a supervisor (主管); None when it does
            not say.
    """

    employee_id: str
    name: str
    unit: str
    title: str = ""
    rank: str = ""
    category: str = ""
    pattern_code: str = ""
    hired_on: date | None = None
    left_on: date | None = None
    leave_without_pay: tuple[LeaveWithoutPay, ...] = ()
    roster_position: int = 0
    is_supervisor: bool | None = None

    @property
    def tier(self) -> RankTier | None:
        """The person's rank tier, None when the roster does not tell."""
        return rank_tier(self.rank)

    def leave_without_pay_on(self, day: date) -> LeaveWithoutPay | None:
        """The spell without pay that holds ``day``, if any."""
        return next((spell for spell in self.leave_without_pay if spell.holds(day)), None)
