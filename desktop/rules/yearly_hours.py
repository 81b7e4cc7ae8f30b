"""A person against the yearly requirement: the portal's page beside what the records come to.

Neither gives way in silence: the page's hours are shown first, counted hours stand beside them,
and where the two contradict each other that is said. What nobody says stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.findings import ReasonCode
from desktop.domain.moments import roc_year
from desktop.domain.plan import Plan
from desktop.domain.text import matching_key
from desktop.domain.verdicts import DecisionKind, RecordVerdict, Verdict
from desktop.domain.yearly_hours import (
    CountedHours,
    LineStanding,
    StatedHours,
    YearlyStanding,
    YearlyState,
    line_of_category,
)
from desktop.domain.yearly_requirement import RequirementLine, YearlyRequirement

_CATEGORY_HEADINGS = frozenset(matching_key(name) for name in ("課程類別", "課程項目", "學習類別"))
_PASSED = matching_key("已通過")
_NOTHING = Decimal(0)
_NOT_COUNTED = frozenset(
    {ReasonCode.NOT_PASSED, ReasonCode.INVALID_TIMES, ReasonCode.HOURS_NOT_UPLOADED}
)


def judge_yearly_hours(
    plan: Plan, records: Sequence[RecordVerdict], stated: Sequence[StatedHours]
) -> YearlyStanding | None:
    """How a person stands with the plan's yearly requirement; None when the plan has none.

    Args:
        plan: The plan.
        records: The person's records, those outside the plan's sets among them.
        stated: The person's portal pages in the order of their import; of one year the last
            one counts.
    """
    requirement = plan.yearly_requirement
    if requirement is None:
        return None
    of_year = [page for page in stated if page.year == plan.year]
    page = of_year[-1] if of_year else None
    counted = _count(plan, requirement, records)
    lines = tuple(_line(line, page, counted) for line in requirement.lines)
    total = _total(requirement, page, counted, lines)
    return YearlyStanding(
        requirement=requirement,
        year=plan.year,
        lines=lines,
        total=total,
        state=total.state,
        page=page,
        earlier_pages=tuple(of_year[:-1]),
        undated_pages=tuple(found for found in stated if found.year is None),
        unplaced_hours=counted.unplaced,
        waiting_hours=counted.waiting,
        courses_without_hours=counted.without_hours,
    )


@dataclass
class _Counted:
    """Hours of the year by line, and what cannot be put under one."""

    by_line: dict[str, Decimal] = field(default_factory=dict)
    unplaced: Decimal = _NOTHING
    waiting: Decimal = _NOTHING
    without_hours: int = 0
    has_records: bool = False

    @property
    def open_hours(self) -> Decimal | None:
        """Hours that may belong to any line; None when a course shows no hours."""
        return None if self.without_hours else self.unplaced + self.waiting

    def of(self, line: RequirementLine) -> CountedHours | None:
        if not self.has_records:
            return None
        least = self.by_line.get(line.title, _NOTHING)
        return CountedHours(least, None if self.open_hours is None else least + self.open_hours)


def _count(
    plan: Plan, requirement: YearlyRequirement, records: Sequence[RecordVerdict]
) -> _Counted:
    categories = {
        course.name: course.category
        for course_set in plan.sets
        for course in course_set.courses
        if course.category
    }
    counted = _Counted()
    courses: dict[str, list[RecordVerdict]] = {}
    for record in records:
        ended = record.row.end_date
        if ended is not None and roc_year(ended) != plan.year:
            continue
        counted.has_records = True
        if _is_learnt(record):
            courses.setdefault(matching_key(record.course) or record.course, []).append(record)
    for mine in courses.values():
        sure = [record for record in mine if _is_sure(record)]
        _add_course(counted, requirement, categories, sure=sure, shown=sure or mine)
    return counted


def _add_course(
    counted: _Counted,
    requirement: YearlyRequirement,
    categories: Mapping[str, str],
    *,
    sure: Sequence[RecordVerdict],
    shown: Sequence[RecordVerdict],
) -> None:
    """Add one course once, however often it was taken."""
    found = [r.row.certified_hours for r in shown if r.row.certified_hours is not None]
    if not found:
        counted.without_hours += 1
        return
    hours = max(found)
    if not sure:
        counted.waiting += hours
        return
    line, is_known = _line_of(shown[0], requirement, categories)
    if line is not None:
        counted.by_line[line.title] = counted.by_line.get(line.title, _NOTHING) + hours
    elif not is_known:
        counted.unplaced += hours


def _is_learnt(record: RecordVerdict) -> bool:
    """Whether the course was passed; being too late for a benefit takes nothing from that."""
    if record.decision is not None and record.decision.kind is DecisionKind.ACCEPT:
        return True
    if record.is_in_plan:
        return not _NOT_COUNTED & set(record.reasons)
    row = record.row  # nothing is checked of a course outside the plan
    says_passed = row.pass_status is None or matching_key(row.pass_status) == _PASSED
    return says_passed and row.has_certificate is not False and not row.times_are_impossible


def _is_sure(record: RecordVerdict) -> bool:
    """Whether it counts as it is: dated, not waiting for a person, not refused by one."""
    if record.decision is not None and record.decision.kind is DecisionKind.REFUSE:
        return False
    return record.row.end_date is not None and record.settled is not Verdict.REVIEW


def _line_of(
    record: RecordVerdict, requirement: YearlyRequirement, categories: Mapping[str, str]
) -> tuple[RequirementLine | None, bool]:
    """The line a course counts for, and whether its category is known at all."""
    planned = categories.get(record.course, "") if record.set_id is not None else ""
    shown = [
        text
        for heading, text in record.row.raw.items()
        if matching_key(heading) in _CATEGORY_HEADINGS
    ]
    for category in (planned, *shown):
        line = line_of_category(requirement, category)
        if line is not None:
            return line, True
    return None, bool(planned)


def _line(line: RequirementLine, page: StatedHours | None, counted: _Counted) -> LineStanding:
    figure = page.figure(line.title) if page is not None else None
    stated = figure.hours if figure is not None else None
    mine = counted.of(line)
    return LineStanding(
        title=line.title,
        needs=line.hours,
        stated=stated,
        counted=mine,
        differs=stated is not None and mine is not None and not mine.may_be(stated),
        state=_state(stated, mine, line.hours),
    )


def _state(stated: Decimal | None, counted: CountedHours | None, needs: Decimal) -> YearlyState:
    by_page = None if stated is None else stated >= needs
    by_records = None if counted is None else counted.reaches(needs)
    if by_page is not None and by_records is not None and by_page is not by_records:
        return YearlyState.DISPUTED
    answer = by_records if by_page is None else by_page
    if answer is None:
        return YearlyState.UNKNOWN
    return YearlyState.MET if answer else YearlyState.SHORT


def _total(
    requirement: YearlyRequirement,
    page: StatedHours | None,
    counted: _Counted,
    lines: Sequence[LineStanding],
) -> LineStanding:
    """All lines together: more than a line asks for helps no other line."""
    figure = page.figure(requirement.title) if page is not None else None
    stated = figure.hours if figure is not None else None
    mine: CountedHours | None = None
    differs = False
    if counted.has_records:
        least = sum(
            (min(counted.by_line.get(ln.title, _NOTHING), ln.hours) for ln in requirement.lines),
            _NOTHING,
        )
        most = None
        if counted.open_hours is not None:
            most = min(least + counted.open_hours, requirement.hours)
        mine = CountedHours(least, most)
        # A page that adds up whole lines says more without saying anything else.
        whole = sum(counted.by_line.values(), _NOTHING)
        limit = None if counted.open_hours is None else whole + counted.open_hours
        differs = stated is not None and not CountedHours(least, limit).may_be(stated)
    return LineStanding(
        title=requirement.title,
        needs=requirement.hours,
        stated=stated,
        counted=mine,
        differs=differs,
        state=_state_of_all(lines),
    )


def _state_of_all(lines: Sequence[LineStanding]) -> YearlyState:
    states = {line.state for line in lines}
    for state in (YearlyState.SHORT, YearlyState.DISPUTED, YearlyState.UNKNOWN):
        if state in states:
            return state
    return YearlyState.MET
