"""What a check is given, and how it says what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.attendance import AttendanceEntry
from desktop.domain.conditions import RecordConditions
from desktop.domain.evidence import LearningRow
from desktop.domain.findings import USUAL_SEVERITY, Clause, Fact, Finding, ReasonCode
from desktop.domain.moments import Span
from desktop.domain.plan import Course, OffDutyCheck, Plan
from desktop.domain.provenance import SourcePlace
from desktop.rules.duty import DutyTime
from desktop.rules.matching import CourseMatch

_OFF_DUTY_CODES = frozenset(
    {
        ReasonCode.START_ON_DUTY,
        ReasonCode.END_ON_DUTY,
        ReasonCode.FLEX_UNCERTAIN,
        ReasonCode.ON_PERSONAL_LEAVE,
        ReasonCode.OVERLAPS_OVERTIME,
        ReasonCode.OVERLAPS_OFFICIAL_LEAVE,
        ReasonCode.OVERLAPS_BUSINESS_TRIP,
        ReasonCode.OVERLAPS_ON_CALL,
        ReasonCode.ATTENDANCE_INSIDE_SPAN,
        ReasonCode.TIME_MISSING,
    }
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another record of the same person in the same plan, with times."""

    course: str
    span: Span
    place: SourcePlace


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What one benefit asks of a record.

    Attributes:
        off_duty_check: Which moments must be off duty.
        deadline: Last day in time.
        deadline_clause: Where the deadline stands.
        counts_leave_without_pay: Whether records without pay count.
        off_duty_clause: Where the off-duty check stands, when it is not the record's own verdict
            that it is for; there the plan names a clause for each code.
    """

    off_duty_check: OffDutyCheck
    deadline: date
    deadline_clause: Clause
    counts_leave_without_pay: bool
    off_duty_clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class CheckContext:
    """One record against one course of the plan under one benefit.

    Attributes:
        row: The evidence.
        course: The plan's course.
        match: How the name was matched.
        plan: The plan.
        yardstick: What the benefit asks.
        duty: The person's duty time.
        attendance: The person's attendance entries.
        neighbours: The person's other records in this plan.
        conditions: What the set asks beside times, None for nothing.
        asked_fields: Further fields of the row that the plan reads (``rules.asked_fields``).
    """

    row: LearningRow
    course: Course
    match: CourseMatch
    plan: Plan
    yardstick: Yardstick
    duty: DutyTime
    attendance: tuple[AttendanceEntry, ...]
    neighbours: tuple[Neighbour, ...]
    conditions: RecordConditions | None = None
    asked_fields: tuple[str, ...] = ()

    @property
    def checks_start(self) -> bool:
        """Whether the start must be off duty."""
        return self.yardstick.off_duty_check is OffDutyCheck.START_AND_END

    @property
    def checks_end(self) -> bool:
        """Whether the end must be off duty."""
        return self.yardstick.off_duty_check is not OffDutyCheck.NONE

    def found(
        self,
        code: ReasonCode,
        facts: Sequence[Fact],
        *,
        evidence: Sequence[SourcePlace] = (),
        clause: Clause | None = None,
    ) -> Finding:
        """A finding of this record.

        Args:
            code: The reason.
            facts: What was met, at least one.
            evidence: Places beside the record's own.
            clause: Where the rule stands, when it is not the plan's usual clause for the code.
        """
        if clause is None and code in _OFF_DUTY_CODES:
            clause = self.yardstick.off_duty_clause
        return Finding(
            code=code,
            severity=self.plan.severities.get(code, USUAL_SEVERITY[code]),
            facts=tuple(facts),
            clause=clause or self.plan.clauses.get(code),
            evidence=(self.row.place, *evidence),
        )
