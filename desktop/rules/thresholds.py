"""How much of its sets a rule asks for: each complete, any N of them, or so many hours, courses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.conditions import Threshold
from desktop.domain.plan import CourseSet, Plan
from desktop.domain.verdicts import RecordVerdict, SetState, SetVerdict, Verdict
from desktop.rules.audience import OwnSets
from desktop.rules.counting import (
    Standing,
    certified_hours,
    counting_record,
    course_key,
    day_reached,
)


@dataclass(frozen=True, slots=True)
class Bench:
    """What one benefit of one person is computed from.

    Attributes:
        plan: The plan.
        own: The person's own sets.
        sets: The verdicts on them by id, under the benefit's checks.
        standing: Which verdict of a record counts for the benefit.
    """

    plan: Plan
    own: OwnSets
    sets: Mapping[str, SetVerdict]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Met:
    """A rule that is met, with the day what it stands on was complete, if it is known."""

    completed_on: date | None


@dataclass(frozen=True, slots=True)
class CountedCourse:
    """A course that counts once over several sets: its hours and the day it ended."""

    hours: Decimal
    day: date | None


def measure(
    bench: Bench, names: Sequence[str], threshold: Threshold | None, *, is_sure: bool
) -> Met | None:
    """Whether a rule is met, None when not.

    Args:
        bench: The person's sets.
        names: Sets or groups that the rule names.
        threshold: How much of them; None: each complete.
        is_sure: Whether only what passes counts; else also what a person has to settle.
    """
    if threshold is None:
        return _each_complete(bench, names, is_sure=is_sure)
    if threshold.sets is not None:
        return _some_complete(bench, names, threshold.sets, is_sure=is_sure)
    courses = counted_courses(bench, names, is_sure=is_sure)
    if threshold.courses is not None:
        needed = Decimal(threshold.courses)
        amounts = [(course.day, Decimal(1)) for course in courses]
    else:
        needed = threshold.hours or Decimal(0)
        amounts = [(course.day, course.hours) for course in courses]
    if not courses or sum((amount for _, amount in amounts), Decimal(0)) < needed:
        return None
    return Met(day_reached(amounts, needed))


def counted_courses(
    bench: Bench, names: Sequence[str], *, is_sure: bool
) -> tuple[CountedCourse, ...]:
    """The courses with a record that counts, over all own sets of the names, each course once."""
    enough = {Verdict.PASS} if is_sure else {Verdict.PASS, Verdict.REVIEW}
    found: dict[str, list[tuple[RecordVerdict, CourseSet]]] = {}
    for set_id in bench.own.ids(names):
        course_set = bench.plan.course_set(set_id)
        for record in bench.sets[set_id].counted:
            if bench.standing(record) in enough:
                found.setdefault(course_key(record.course), []).append((record, course_set))
    courses = []
    for pairs in found.values():
        best = counting_record([record for record, _ in pairs], bench.standing)
        course_set = next(s for record, s in pairs if record is best)
        courses.append(CountedCourse(_hours(best, course_set), best.row.end_date))
    return tuple(courses)


def _hours(record: RecordVerdict, course_set: CourseSet) -> Decimal:
    if course_set.is_open:
        return certified_hours(record)
    return next(c.hours for c in course_set.courses if c.name == record.course)


def _each_complete(bench: Bench, names: Sequence[str], *, is_sure: bool) -> Met | None:
    found: list[SetVerdict] = []
    for name in names:
        meant = bench.own.called(name)
        if not meant:
            return None
        found.extend(bench.sets[course_set.id] for course_set in meant)
    if not all(_is_enough(verdict, is_sure=is_sure) for verdict in found):
        return None
    days = [verdict.completed_on for verdict in found if verdict.completed_on is not None]
    return Met(max(days) if days else None)


def _some_complete(bench: Bench, names: Sequence[str], needed: int, *, is_sure: bool) -> Met | None:
    verdicts = [bench.sets[set_id] for set_id in bench.own.ids(names)]
    complete = [verdict for verdict in verdicts if _is_enough(verdict, is_sure=is_sure)]
    if len(complete) < needed:
        return None
    return Met(day_reached([(v.completed_on, Decimal(1)) for v in complete], Decimal(needed)))


def _is_enough(verdict: SetVerdict, *, is_sure: bool) -> bool:
    return verdict.state is SetState.PASS or (not is_sure and verdict.state is SetState.REVIEW)
