"""What the workbooks say of benefits beside leave and 嘉獎, and of awards for units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True)
class BenefitColumn:
    """One further benefit of the plan as columns of 明細.

    Attributes:
        title: Its name.
        unit: What its amount counts: 時, 次, 元.
    """

    title: str
    unit: str


@dataclass(frozen=True)
class PersonBenefit:
    """What one further benefit gives one person: a word, what is sure, what is possible."""

    verdict: str
    sure: int
    possible: int


@dataclass(frozen=True)
class ListLine:
    """One line of 核給名單: official leave, draw, voucher or cash for a person or a unit.

    Attributes:
        benefit: The benefit's name.
        unit: 服務單位.
        employee_id, name, title: Whose it is; empty for a unit's.
        amount: How much.
        counted_in: 時, 次 or 元.
        clause: Where the rule stands.
        remark: Anything the reader must know.
    """

    benefit: str
    unit: str
    employee_id: str
    name: str
    title: str
    amount: int
    counted_in: str
    clause: str
    remark: str = ""


@dataclass(frozen=True)
class UnitAwardLine:
    """One unit under one unit award.

    Attributes:
        award: The award's title.
        unit: 服務單位, or words for the whole organisation.
        headcount, completed, possible: People; possible counts reviews as passed.
        rate: Share that surely completed, 0 to 1.
        verdict: What becomes of it, in a word.
        given: What is given, in words; empty for nothing.
        possible_given: What would be given at best, in words; empty unless it is more.
        clause: Where the band stands.
        lacking: Who surely has not completed.
    """

    award: str
    unit: str
    headcount: int
    completed: int
    possible: int
    rate: Decimal
    verdict: str
    given: str
    possible_given: str
    clause: str
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class RecipientLine:
    """One place on the list of who of a unit is commended; the name is written in by hand."""

    unit: str
    award: str
    role: str
    given: str
    clause: str


@dataclass(frozen=True)
class BenefitContent:
    """Everything the workbook says of such benefits.

    Attributes:
        award_word: What a commendation is counted as: 嘉獎, or 敘獎 where there are other kinds.
        awards: What is sure of the commendation by 人員代號 (記功1次), where there are other kinds
            than 嘉獎; None where counting is enough.
        columns: The plan's further benefits.
        people: By 人員代號, one entry a benefit in the order of ``columns``.
        lines: Who gets what, for 核給名單.
        has_lists: Whether the plan has anything for 核給名單, somebody gets it or not.
        units: Every unit under every award, for 單位獎勵.
        recipients: The places to be filled in.
    """

    award_word: str = "嘉獎"
    awards: Mapping[str, str] | None = None
    columns: tuple[BenefitColumn, ...] = ()
    people: Mapping[str, tuple[PersonBenefit, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    lines: tuple[ListLine, ...] = ()
    has_lists: bool = False
    units: tuple[UnitAwardLine, ...] = ()
    recipients: tuple[RecipientLine, ...] = ()


NO_BENEFITS = BenefitContent()
