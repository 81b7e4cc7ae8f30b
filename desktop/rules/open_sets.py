"""Open sets: free choice of courses, of every kind of evidence that the plan accepts."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from desktop.domain.evidence import LearningRow
from desktop.domain.plan import Course, Plan
from desktop.rules.matching import CourseMatch, CourseMatcher, MatchKind


def is_accepted(row: LearningRow, plan: Plan) -> bool:
    """Whether the row comes from evidence that the plan accepts.

    A free choice has no course list to tell other learning by, so the kind of evidence does.
    """
    return row.kind.value in plan.evidence


def free_match(as_read: str) -> CourseMatch:
    """A freely chosen course: one of its own, under the name as read."""
    return CourseMatch(MatchKind.FREE, as_read.replace("\n", " ").strip())


def free_course(row: LearningRow) -> Course:
    """A freely chosen course as its evidence shows it."""
    return Course(free_match(row.course_name).name, row.certified_hours or Decimal(0))


def match_with_open_sets(
    row: LearningRow, *, matcher: CourseMatcher, plan: Plan, listed: Collection[str]
) -> CourseMatch:
    """The course a row means to a person who has an open set.

    What the person's own lists do not name is free choice, though another's list may name it.

    Args:
        row: The evidence.
        matcher: Of the plan.
        plan: The plan.
        listed: The courses of the person's own closed sets.
    """
    match = matcher.match(row.course_name)
    is_listed = match.kind is not MatchKind.NONE and match.name in listed
    return match if is_listed or not is_accepted(row, plan) else free_match(row.course_name)
