"""Which record of a course counts: the one with the best verdict, then the one that ended first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from desktop.domain.text import matching_key
from desktop.domain.verdicts import RecordVerdict, Verdict

Standing = Callable[[RecordVerdict], Verdict | None]
"""Which verdict on a record counts for the benefit in question."""

_ORDER = {Verdict.PASS: 0, Verdict.REVIEW: 1, Verdict.FAIL: 2, None: 3}


def course_key(course: str) -> str:
    """What tells two courses apart when each is to count once."""
    return matching_key(course) or course


def by_course(records: Iterable[RecordVerdict]) -> dict[str, list[RecordVerdict]]:
    """The records of each course, by its folded name, in the order they are listed."""
    found: dict[str, list[RecordVerdict]] = {}
    for record in records:
        found.setdefault(course_key(record.course), []).append(record)
    return found


def counting_record(records: Sequence[RecordVerdict], standing: Standing) -> RecordVerdict:
    """The record of one course that counts; of rows that differ only in hours the fewer.

    Args:
        records: Of one course, at least one.
        standing: Which verdict of a record counts.
    """
    return min(records, key=lambda r: (_ORDER[standing(r)], end_of(r), certified_hours(r)))


def certified_hours(record: RecordVerdict) -> Decimal:
    """認證時數 of a record, 0 when it shows none."""
    return record.row.certified_hours or Decimal(0)


def end_of(record: RecordVerdict) -> datetime:
    """The moment a record ended; a bare date ends with its day, no date at all comes last."""
    if record.row.end is not None:
        return record.row.end
    if record.row.completed_on is not None:
        return datetime.combine(record.row.completed_on, time.max)
    return datetime.max


def day_reached(amounts: Iterable[tuple[date | None, Decimal]], needed: Decimal) -> date | None:
    """The first day on which amounts, taken in order of their day, come to what is needed.

    Args:
        amounts: Day of each amount (None: not known, taken last) and how much it adds.
        needed: The least amount.

    Returns:
        The day; None when the sum stays below, or is reached only by what has no day.
    """
    total = Decimal(0)
    for day, amount in sorted(amounts, key=lambda pair: pair[0] or date.max):
        total += amount
        if total >= needed:
            return day
    return None
