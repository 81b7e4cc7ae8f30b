"""How far each set is done: the record that counts for every course (rules.md sections 3, 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.plan import CourseSet, OffDutyCheck
from desktop.domain.verdicts import (
    MinimumStanding,
    RecordVerdict,
    SetState,
    SetVerdict,
    Verdict,
)
from desktop.rules.counting import Standing, by_course, counting_record
from desktop.rules.minimums import judge_minimums


@dataclass(frozen=True, slots=True)
class CourseRecords:
    """One course of a set with the person's records that may count for it.

    Attributes:
        name: The plan's spelling; in an open set as read.
        hours: The plan's hours, None in an open set: there each record shows its own.
        category: The plan's 課程項目, None in an open set.
        records: May be empty.
    """

    name: str
    hours: Decimal | None
    category: str | None
    records: tuple[RecordVerdict, ...]


def judge_set(
    course_set: CourseSet,
    records: Sequence[RecordVerdict],
    *,
    standing: Standing,
    off_duty_check: OffDutyCheck,
) -> SetVerdict:
    """The verdict on one set of one person.

    Args:
        course_set: The plan's set.
        records: The person's judged records.
        standing: Which verdict of a record counts (the leave's or the commendation's).
        off_duty_check: The plan's check; where it asks for times, a row of bare dates counts
            only for a course without any row with times.
    """
    counted: list[RecordVerdict] = []
    missing, failed, under_review = [], [], []
    courses = _courses(course_set, records, off_duty_check)
    for course in courses:
        if not course.records:
            missing.append(course.name)
            continue
        best = counting_record(course.records, standing)
        counted.append(best)
        if standing(best) is Verdict.FAIL:
            failed.append(course.name)
        elif standing(best) is Verdict.REVIEW:
            under_review.append(course.name)
    state, completed_on = _whole(counted, is_short=bool(missing or failed), waits=under_review)
    standings: tuple[MinimumStanding, ...] = ()
    if course_set.minimums:
        reached = judge_minimums(course_set.minimums, courses, standing)
        state, completed_on, standings = reached.state, reached.completed_on, reached.standings
        if state is SetState.PASS:
            missing, failed, under_review = [], [], []
    return SetVerdict(
        set_id=course_set.id,
        state=state,
        missing=tuple(missing),
        failed=tuple(failed),
        under_review=tuple(under_review),
        counted=tuple(counted),
        completed_on=completed_on,
        minimums=standings,
    )


def _whole(
    counted: Sequence[RecordVerdict], *, is_short: bool, waits: Sequence[str]
) -> tuple[SetState, date | None]:
    """State and last day of a set of which every course is asked for."""
    if is_short:
        return SetState.INCOMPLETE, None
    if waits:
        return SetState.REVIEW, None
    days = [record.row.end_date for record in counted]
    known = [day for day in days if day is not None]
    return SetState.PASS, max(known) if known and len(known) == len(days) else None


def _courses(
    course_set: CourseSet, records: Sequence[RecordVerdict], check: OffDutyCheck
) -> list[CourseRecords]:
    mine = [record for record in records if record.set_id == course_set.id]
    if course_set.is_open:
        return [
            CourseRecords(group[0].course, None, None, _of_times(group, check))
            for group in by_course(mine).values()
        ]
    return [
        CourseRecords(
            course.name,
            course.hours,
            course.category,
            _of_times([r for r in mine if r.course == course.name], check),
        )
        for course in course_set.courses
    ]


def _of_times(records: Sequence[RecordVerdict], check: OffDutyCheck) -> tuple[RecordVerdict, ...]:
    """The records of a course that may count: rows of bare dates only where none shows times."""
    if check is not OffDutyCheck.NONE and any(r.row.shows_times for r in records):
        return tuple(r for r in records if r.row.shows_times or r.row.times_are_impossible)
    return tuple(records)
