"""What a plan says of the hours everybody must complete each year, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.findings import Clause


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One line of the yearly requirement.

    Attributes:
        title: The line's name as the portal's page writes it, without its hours.
        hours: Hours asked for.
        categories: 課程項目 and 學習類別 that count for it; the title counts always.
        clause: Where it stands.
    """

    title: str
    hours: Decimal
    categories: tuple[str, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class YearlyRequirement:
    """Hours of named kinds that everybody must complete in the plan's year.

    Attributes:
        title: The total's name as the portal's page writes it, without its hours.
        hours: Hours of all lines together.
        lines: In the page's order; their hours add up to the total.
        clause: Where the total stands.
    """

    title: str
    hours: Decimal
    lines: tuple[RequirementLine, ...]
    clause: Clause
