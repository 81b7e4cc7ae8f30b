"""Which fields of a row a plan asks for beyond the usual ones.

Evidence shows more than most plans ask for (測驗, 問卷, 學習類別 …). What is not asked for makes no
two records of one, and does not make a clerk decide again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop.domain.evidence import LearningRow
from desktop.domain.plan import CourseSet, Plan
from desktop.rules.fingerprints import plain

_FURTHER_FIELDS = frozenset(
    {
        "category",
        "learning_type",
        "is_business_related",
        "score",
        "is_questionnaire_done",
        "are_hours_uploaded",
    }
)


def asked_fields(plan: Plan) -> tuple[str, ...]:
    """Names of the further fields of a row that some set of the plan asks for, in order."""
    return tuple(sorted({name for s in plan.sets for name in _asked_of_a_set(s)}))


def _asked_of_a_set(course_set: CourseSet) -> Iterator[str]:
    conditions = course_set.conditions
    if conditions is not None:
        if conditions.minimum_score is not None:
            yield "score"
        if conditions.needs_questionnaire:
            yield "is_questionnaire_done"
        if conditions.needs_uploaded_hours:
            yield "are_hours_uploaded"
        if conditions.languages is not None:
            yield "language"
        if conditions.regions is not None:
            yield "region"
    for minimum in course_set.minimums:
        if minimum.categories and course_set.is_open:
            yield "category"
        if minimum.learning_types:
            yield "learning_type"
        if minimum.is_business_related is not None:
            yield "is_business_related"


def row_facts(row: LearningRow, asked: tuple[str, ...]) -> dict[str, Any]:
    """A row as plain facts, without the further fields that nobody asks for."""
    facts: dict[str, Any] = plain(row)
    unasked = _FURTHER_FIELDS.difference(asked)
    return {name: value for name, value in facts.items() if name not in unasked}
