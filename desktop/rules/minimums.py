"""Sets completed by least amounts: so many hours or courses of a kind, several at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from desktop.domain.conditions import Minimum
from desktop.domain.text import matching_key
from desktop.domain.verdicts import MinimumStanding, RecordVerdict, SetState, Verdict
from desktop.rules.counting import Standing, certified_hours, counting_record, day_reached


class CourseLike(Protocol):
    """A course with the person's records of it (see ``rules.sets``)."""

    @property
    def hours(self) -> Decimal | None:
        """The plan's hours, None where each record shows its own."""

    @property
    def category(self) -> str | None:
        """The plan's category, None where each record shows its own."""

    @property
    def records(self) -> tuple[RecordVerdict, ...]:
        """The records that may count."""


@dataclass(frozen=True, slots=True)
class MinimumsReached:
    """All least amounts of a set together."""

    state: SetState
    completed_on: date | None
    standings: tuple[MinimumStanding, ...]


def judge_minimums(
    minimums: Sequence[Minimum], courses: Sequence[CourseLike], standing: Standing
) -> MinimumsReached:
    """How far the least amounts of one set are reached.

    Args:
        minimums: In the plan's order, at least one.
        courses: The set's courses with the person's records.
        standing: Which verdict of a record counts.
    """
    standings, days = [], []
    for minimum in minimums:
        sure, possible = [], Decimal(0)
        for course in courses:
            passing = [
                r
                for r in course.records
                if standing(r) is Verdict.PASS and _fits(minimum, course, r) is True
            ]
            hopeful = passing or [
                r
                for r in course.records
                if standing(r) in (Verdict.PASS, Verdict.REVIEW)
                and _fits(minimum, course, r) is not False
            ]
            if not hopeful:
                continue
            record = counting_record(hopeful, standing)
            amount = _amount(minimum, course, record)
            possible += amount
            if passing:
                sure.append((record.row.end_date, amount))
        found = MinimumStanding(minimum, sum((a for _, a in sure), Decimal(0)), possible)
        standings.append(found)
        days.append(day_reached(sure, found.needed))
    if all(s.sure >= s.needed for s in standings):
        return MinimumsReached(SetState.PASS, _last(days), tuple(standings))
    can_be = all(s.possible >= s.needed for s in standings)
    state = SetState.REVIEW if can_be else SetState.INCOMPLETE
    return MinimumsReached(state, None, tuple(standings))


def _last(days: Iterable[date | None]) -> date | None:
    found = list(days)
    known = [day for day in found if day is not None]
    return max(known) if known and len(known) == len(found) else None


def _amount(minimum: Minimum, course: CourseLike, record: RecordVerdict) -> Decimal:
    if minimum.hours is None:
        return Decimal(1)
    return course.hours if course.hours is not None else certified_hours(record)


def _fits(minimum: Minimum, course: CourseLike, record: RecordVerdict) -> bool | None:
    """Whether a record is of the kind that is asked for; None when it does not show that."""
    row, answers = record.row, []
    if minimum.categories:
        if course.category is not None:
            answers.append(_means(course.category, minimum.categories, is_plan=True))
        else:
            answers.append(_means(row.category, minimum.categories))
    if minimum.learning_types:
        answers.append(_means(row.learning_type, minimum.learning_types))
    if minimum.is_business_related is not None:
        said = row.is_business_related
        answers.append(None if said is None else said is minimum.is_business_related)
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def _means(shown: str | None, wanted: Sequence[str], *, is_plan: bool = False) -> bool | None:
    """Whether a word is one of those wanted.

    Evidence that says nothing, or says one of the words with something more or less (數位 and
    數位學習), leaves it to a person; the plan's own word is what it is.
    """
    key = matching_key(shown or "")
    words = [matching_key(word) for word in wanted]
    if key in words and key:
        return True
    if is_plan:
        return False
    if not key or any(key.startswith(word) or word.startswith(key) for word in words):
        return None
    return False
