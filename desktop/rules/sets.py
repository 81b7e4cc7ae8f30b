"""How far each set is done: the record that counts for every course (rules.md sections 3, 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from desktop.domain.plan import CourseSet, OffDutyCheck
from desktop.domain.verdicts import RecordVerdict, SetState, SetVerdict, Verdict

Standing = Callable[[RecordVerdict], Verdict | None]
_ORDER = {Verdict.PASS: 0, Verdict.REVIEW: 1, Verdict.FAIL: 2, None: 3}


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
    for course in course_set.courses:
        mine = [r for r in records if r.set_id == course_set.id and r.course == course.name]
        if off_duty_check is not OffDutyCheck.NONE and any(r.row.shows_times for r in mine):
            mine = [r for r in mine if r.row.shows_times or r.row.times_are_impossible]
        if not mine:
            missing.append(course.name)
            continue
        best = min(mine, key=lambda record: (_ORDER[standing(record)], _end(record)))
        counted.append(best)
        if standing(best) is Verdict.FAIL:
            failed.append(course.name)
        elif standing(best) is Verdict.REVIEW:
            under_review.append(course.name)
    state = SetState.PASS
    if missing or failed:
        state = SetState.INCOMPLETE
    elif under_review:
        state = SetState.REVIEW
    return SetVerdict(
        set_id=course_set.id,
        state=state,
        missing=tuple(missing),
        failed=tuple(failed),
        under_review=tuple(under_review),
        counted=tuple(counted),
        completed_on=_completed_on(counted) if state is SetState.PASS else None,
    )


def _end(record: RecordVerdict) -> datetime:
    """The moment a record ended; a bare date ends with its day, no date at all comes last."""
    if record.row.end is not None:
        return record.row.end
    if record.row.completed_on is not None:
        return datetime.combine(record.row.completed_on, time.max)
    return datetime.max


def _completed_on(counted: Sequence[RecordVerdict]) -> date | None:
    days = [record.row.end_date for record in counted]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
