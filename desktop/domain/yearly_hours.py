"""A person's hours of the year: what the portal's page says, what the records come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.provenance import SourcePlace
from desktop.domain.text import matching_key, normalise_digits
from desktop.domain.yearly_requirement import RequirementLine, YearlyRequirement

_ASKED = re.compile(r"\s*[(\[]\s*(\d{1,3}(?:\.\d{1,2})?)\s*小時\s*[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One line of the portal's summary block: its label as read and the hours beside it."""

    label: str
    hours: Decimal

    @property
    def title(self) -> str:
        """The label without the hours asked for: ``環境教育(4小時)`` is ``環境教育``."""
        return _ASKED.sub("", normalise_digits(self.label))

    @property
    def asked(self) -> Decimal | None:
        """The hours asked for in the label's brackets, None where it has none."""
        found = _ASKED.search(normalise_digits(self.label))
        return Decimal(found[1]) if found is not None else None


@dataclass(frozen=True, slots=True)
class StatedHours:
    """The summary block of one portal page (學習時數) as it was read; nothing judged.

    Attributes:
        place: File and page; the rectangles cover the block.
        year: ROC year that the page shows (年度), None when it shows none.
        figures: Every line that reads, in the page's order.
        employee_id: 人員代號 that page or file name shows, if any.
        person_name: 姓名 that page or file name shows, if any.
    """

    place: SourcePlace
    year: int | None
    figures: tuple[StatedFigure, ...]
    employee_id: str | None = None
    person_name: str | None = None

    def figure(self, title: str) -> StatedFigure | None:
        """The line of that title, however it is spelled; None when the page has no such line."""
        wanted = matching_key(title)
        return next((f for f in self.figures if matching_key(f.title) == wanted), None)


class YearlyState(StrEnum):
    """How a person stands with a line of the requirement, or with all of it."""

    MET = "met"
    SHORT = "short"
    DISPUTED = "disputed"  # the page and the records give different answers
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CountedHours:
    """Hours counted from a person's records; an interval where something is open.

    Attributes:
        least: Hours that count for sure.
        most: The same with everything open added; None when a course shows no hours at all.
    """

    least: Decimal
    most: Decimal | None

    @property
    def is_exact(self) -> bool:
        """Whether nothing is open."""
        return self.least == self.most

    def may_be(self, hours: Decimal) -> bool:
        """Whether the records could come to these hours."""
        return self.least <= hours and (self.most is None or hours <= self.most)

    def reaches(self, hours: Decimal) -> bool | None:
        """Whether they reach these hours; None while that is open."""
        if self.least >= hours:
            return True
        return False if self.most is not None and self.most < hours else None


@dataclass(frozen=True, slots=True)
class LineStanding:
    """One line, or the total, of one person.

    Attributes:
        title: The line's name.
        needs: Hours asked for.
        stated: What the portal's page says; None when no page says it.
        counted: What the records come to; None without any record of the year.
        differs: Whether page and records contradict each other.
        state: What follows.
    """

    title: str
    needs: Decimal
    stated: Decimal | None
    counted: CountedHours | None
    differs: bool
    state: YearlyState

    @property
    def has(self) -> Decimal | None:
        """The hours to go by: the page's own before the counted ones, None when neither is known.

        Counted hours are known only when nothing is open, or when they suffice as they are.
        """
        if self.stated is not None:
            return self.stated
        if self.counted is None:
            return None
        is_known = self.counted.is_exact or self.counted.least >= self.needs
        return self.counted.least if is_known else None

    @property
    def short_by(self) -> Decimal | None:
        """Hours still missing by ``has``; None when that is unknown."""
        return None if self.has is None else max(self.needs - self.has, Decimal(0))


@dataclass(frozen=True, slots=True)
class YearlyStanding:
    """One person against the plan's yearly requirement.

    Attributes:
        requirement: What is asked for.
        year: ROC year.
        lines: In the requirement's order.
        total: All lines together, of each no more than it asks for.
        state: Met when every line is; short as soon as one surely is.
        page: The page whose hours are shown, None without one for the year.
        earlier_pages: Pages of the same year that it replaces, in the order of their import.
        undated_pages: Pages that do not show their year; they are kept and not used.
        unplaced_hours: Counted hours of courses whose category nobody says.
        waiting_hours: Hours of courses that wait for a decision, or that the clerk refused.
        courses_without_hours: How many courses show no hours.
    """

    requirement: YearlyRequirement
    year: int
    lines: tuple[LineStanding, ...]
    total: LineStanding
    state: YearlyState
    page: StatedHours | None
    earlier_pages: tuple[StatedHours, ...]
    undated_pages: tuple[StatedHours, ...]
    unplaced_hours: Decimal
    waiting_hours: Decimal
    courses_without_hours: int

    @property
    def differs(self) -> bool:
        """Whether page and records contradict each other anywhere."""
        return self.total.differs or any(line.differs for line in self.lines)

    @property
    def short_by(self) -> Decimal | None:
        """Hours missing over all lines; None while one line's are unknown."""
        found = [line.short_by for line in self.lines]
        return None if None in found else sum((f for f in found if f is not None), Decimal(0))


def line_of_category(requirement: YearlyRequirement, category: str) -> RequirementLine | None:
    """The line that a category counts for; None when it counts for none."""
    wanted = matching_key(category)
    for line in requirement.lines:
        if wanted and wanted in {matching_key(name) for name in (line.title, *line.categories)}:
            return line
    return None
