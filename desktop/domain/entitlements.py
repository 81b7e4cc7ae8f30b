"""Benefits beside leave and commendation, awards for a unit, and readings of unclear clauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.conditions import NO_CONDITIONS, BenefitConditions, Threshold
from desktop.domain.findings import Clause


class OffDutyCheck(StrEnum):
    """Which moments of a record must be off duty (rules.md section 3)."""

    START_AND_END = "start_and_end"
    COMPLETION = "completion"
    NONE = "none"


class Combination(StrEnum):
    """How the rules of one benefit work together."""

    SUM = "sum"  # they add up, to the cap
    BEST = "best"  # the best one alone


class EntitlementKind(StrEnum):
    """What is given."""

    OFFICIAL_LEAVE = "official_leave"  # 公假, in hours
    DRAW = "draw"  # 抽獎機會, in entries
    VOUCHER = "voucher"  # 禮券, a line on a list
    CASH = "cash"  # 獎金, a line on a list

    @property
    def word(self) -> str:
        """Its name on screen."""
        return {
            "official_leave": "公假",
            "draw": "抽獎機會",
            "voucher": "禮券",
            "cash": "獎金",
        }[self.value]

    @property
    def unit(self) -> str:
        """What its amount counts."""
        return {"official_leave": "時", "draw": "次", "voucher": "元", "cash": "元"}[self.value]


class Per(StrEnum):
    """What a rule's amount is given for."""

    RULE = "rule"  # once, when the rule is met
    COURSE = "course"  # for each course with a passing record


@dataclass(frozen=True, slots=True)
class EntitlementRule:
    """An amount for sets (or groups).

    Attributes:
        set_ids: Sets or groups.
        amount: Whole hours, entries or dollars.
        clause: Where it stands.
        threshold: How much of the sets; None: each complete. Not with ``per`` COURSE.
        per: What the amount is given for.
    """

    set_ids: tuple[str, ...]
    amount: int
    clause: Clause
    threshold: Threshold | None = None
    per: Per = Per.RULE


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A benefit that becomes a line on a list: official leave, draw entries, voucher, cash.

    Attributes:
        id: Short identifier, unique among the plan's.
        kind: What is given.
        title: Its name on screen and on the list.
        deadline: Last day a course may end; ``deadline_clause`` says where.
        rules: In the plan's order.
        combination: Whether amounts add up or the best counts.
        cap: Most in the year, None without one; ``cap_clause`` says where.
        off_duty_check: NONE unless the plan asks.
        counts_leave_without_pay: Whether records made without pay count.
        conditions: Of the person and the papers.
    """

    id: str
    kind: EntitlementKind
    title: str
    deadline: date
    deadline_clause: Clause
    rules: tuple[EntitlementRule, ...]
    combination: Combination = Combination.SUM
    cap: int | None = None
    cap_clause: Clause | None = None
    off_duty_check: OffDutyCheck = OffDutyCheck.NONE
    off_duty_clause: Clause | None = None
    counts_leave_without_pay: bool = True
    conditions: BenefitConditions = NO_CONDITIONS


class QuotaOrder(StrEnum):
    """By what people are ranked when an award is short."""

    HOURS = "hours"  # more recognised hours first
    COMPLETED_ON = "completed_on"  # the earlier day first


@dataclass(frozen=True, slots=True)
class Quota:
    """Most people who may have an award: a number, or a share of the eligible headcount.

    Exactly one of ``percent`` and ``people`` is given; a share is rounded down.

    Attributes:
        clause: Where it stands.
        percent: Share of the eligible people, in percent.
        people: Number of people.
        is_per_unit: Whether it holds for each unit; else for the whole organisation.
        order: Who comes first; people equal in all of it at the limit are for a person to choose.
    """

    clause: Clause
    percent: Decimal | None = None
    people: int | None = None
    is_per_unit: bool = True
    order: tuple[QuotaOrder, ...] = (QuotaOrder.COMPLETED_ON,)


class UnitMeasure(StrEnum):
    """What a unit is measured by."""

    COMPLETION_RATE = "completion_rate"  # share of its headcount that completed
    PEOPLE = "people"  # number of people that completed
    EVERYBODY = "everybody"  # all of them completed


class UnitAwardKind(StrEnum):
    """What a unit is given."""

    COMMENDATION = "commendation"
    DRAW = "draw"
    VOUCHER = "voucher"
    CASH = "cash"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who of a unit gets an award, by role: at most ``people`` of them, ``count`` 次 each."""

    role: str
    people: int
    award: str
    count: int


@dataclass(frozen=True, slots=True)
class UnitBand:
    """One band of a unit award; the first band of the plan's order that fits is given.

    Attributes:
        clause: Where it stands.
        at_least_percent: Least completion rate, in percent; None asks for none.
        at_least_people: Least number of people that completed.
        headcount_from, headcount_to: Sizes of units the band is for, both included.
        recipients: Who gets what.
        amount: Entries or dollars for the unit, when it is no commendation.
    """

    clause: Clause
    at_least_percent: Decimal | None = None
    at_least_people: int | None = None
    headcount_from: int | None = None
    headcount_to: int | None = None
    recipients: tuple[Recipient, ...] = ()
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class UnitAward:
    """An award for a unit by what its people completed.

    Attributes:
        id: Short identifier, unique among the plan's.
        kind: What is given.
        title: Its name on screen and on the list.
        measure: What is measured.
        set_ids: What a person must have completed to count.
        threshold: How much of the sets; None: each complete.
        completed_by: Last day of completion; ``completed_clause`` says where.
        headcount_on: Day on which the headcount is taken; the day asked for when None.
        is_per_unit: Whether units are measured; else the organisation as one.
        bands: In the plan's order, best first.
        off_duty_check, counts_leave_without_pay: As for an entitlement.
    """

    id: str
    kind: UnitAwardKind
    title: str
    measure: UnitMeasure
    set_ids: tuple[str, ...]
    completed_by: date
    completed_clause: Clause
    bands: tuple[UnitBand, ...]
    threshold: Threshold | None = None
    headcount_on: date | None = None
    headcount_clause: Clause | None = None
    is_per_unit: bool = True
    off_duty_check: OffDutyCheck = OffDutyCheck.NONE
    counts_leave_without_pay: bool = True


@dataclass(frozen=True, slots=True)
class ReadingOption:
    """One way to read an unclear clause: the setting's value and what it means in words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """How an unclear clause is read: a switch with its question, kept as data.

    Attributes:
        setting: The switched key with its table (``compensatory_leave.combination``).
        question: What the clause leaves open.
        clause: The clause.
        options: The ways to read it.
        chosen: The value in force, the setting's own.
        note: Why this reading was chosen.
    """

    setting: str
    question: str
    clause: Clause
    options: tuple[ReadingOption, ...]
    chosen: str
    note: str = ""
