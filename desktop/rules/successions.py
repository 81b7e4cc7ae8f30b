"""Which readings a person's word put out of force, and which pairs ask for such a word.

rules.md lists each reading of a course and counts the best; a corrected printout that shows a worse
time would lose against the one that it corrects. Only a person's word puts a reading out of force.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.evidence import LearningRow
from desktop.domain.successions import Forerunner, Succession, SuccessionAnswer
from desktop.domain.text import matching_key
from desktop.domain.verdicts import RecordVerdict


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A row in force with its natural key."""

    key: str
    row: LearningRow


def in_force(answers: Sequence[Succession]) -> Mapping[frozenset[str], Succession]:
    """The last answer about each pair, those withdrawn left out.

    Args:
        answers: One person's, in the order they were given.
    """
    last = {answer.pair: answer for answer in answers}
    return {
        pair: answer
        for pair, answer in last.items()
        if answer.answer is not SuccessionAnswer.WITHDRAWN
    }


def without_forerunners(
    rows: Sequence[KeyedRow], answers: Sequence[Succession]
) -> tuple[tuple[LearningRow, ...], tuple[Forerunner, ...]]:
    """The rows that count, and those that a later one replaced.

    A row is replaced while a row in force with the later content stands there: once its import is
    taken back, the earlier one counts again.

    Args:
        rows: One person's rows, in the order they were stored.
        answers: The person's, in the order they were given.
    """
    present: dict[str, LearningRow] = {}
    for one in rows:
        present.setdefault(one.key, one.row)
    replaced_by = {
        answer.older_key: answer
        for answer in in_force(answers).values()
        if answer.answer is SuccessionAnswer.REPLACES and answer.newer_key in present
    }
    kept: list[LearningRow] = []
    forerunners: list[Forerunner] = []
    for one in rows:
        answer = replaced_by.get(one.key)
        final = _last(one.key, replaced_by)
        if answer is None or final is None:
            kept.append(one.row)
            continue
        forerunners.append(
            Forerunner(one.row, present[final], answer.reason, answer.decided_by, answer.decided_at)
        )
    return tuple(kept), tuple(forerunners)


def _last(key: str, replaced_by: Mapping[str, Succession]) -> str | None:
    """The reading at the end of the chain; None where answers run in a circle."""
    seen = {key}
    while key in replaced_by:
        key = replaced_by[key].newer_key
        if key in seen:
            return None
        seen.add(key)
    return key


def would_circle(answers: Sequence[Succession], *, older: str, newer: str) -> bool:
    """Whether saying that ``newer`` replaces ``older`` contradicts what was said before.

    Args:
        answers: One person's, in the order they were given.
        older: Natural key of the reading that would be replaced.
        newer: Natural key of the reading in its place.
    """
    replaced_by = {
        answer.older_key: answer
        for pair, answer in in_force(answers).items()
        if answer.answer is SuccessionAnswer.REPLACES and pair != frozenset((older, newer))
    }
    seen = {older}
    key = newer
    while key not in seen:
        seen.add(key)
        if key not in replaced_by:
            return False
        key = replaced_by[key].newer_key
    return True


@dataclass(frozen=True, slots=True)
class ReadingPair:
    """Two records of one course that no file shows together.

    Attributes:
        earlier, later: By their own progress where that says it, else by the order of import.
        is_order_sure: Whether the rows themselves say which is the later one.
    """

    earlier: RecordVerdict
    later: RecordVerdict
    is_order_sure: bool


def open_pairs(
    records: Sequence[RecordVerdict], rows: Sequence[LearningRow]
) -> tuple[ReadingPair, ...]:
    """Pairs of a person's records of which one may correct the other.

    Not asked: readings that one file shows together (the platform itself lists both), a row of
    dates beside one of times (rules.md says which counts), rows of the same end of which one merely
    tells less.

    Args:
        records: One person's, those outside the plan among them; of several sets the first counts.
        rows: The person's rows in force, in the order they were stored.
    """
    position = {row.place: number for number, row in enumerate(rows)}
    by_course: dict[str, list[RecordVerdict]] = {}
    seen: set[tuple[str, object]] = set()
    for record in records:
        if not record.is_in_plan or (record.course, record.row.place) in seen:
            continue
        seen.add((record.course, record.row.place))
        by_course.setdefault(record.course, []).append(record)
    return tuple(
        _pair(one, other)
        for group in by_course.values()
        for one, other in itertools.combinations(
            sorted(group, key=lambda r: min(position[row.place] for row in (r.row, *r.copies))), 2
        )
        if _may_correct(one, other)
    )


def _files(record: RecordVerdict) -> set[str]:
    return {row.place.digest for row in (record.row, *record.copies)}


def _may_correct(one: RecordVerdict, other: RecordVerdict) -> bool:
    first, second = one.row, other.row
    if _files(one) & _files(other):
        return False
    if first.shows_times is not second.shows_times:
        return False
    is_same_end = (first.end or first.completed_on) == (second.end or second.completed_on)
    tells_less = (first.start is None) is not (second.start is None)
    return not (is_same_end and tells_less and first.end_date is not None)


def _pair(one: RecordVerdict, other: RecordVerdict) -> ReadingPair:
    if _went_on(one.row, other.row):
        return ReadingPair(one, other, is_order_sure=True)
    if _went_on(other.row, one.row):
        return ReadingPair(other, one, is_order_sure=True)
    return ReadingPair(one, other, is_order_sure=False)


def _went_on(before: LearningRow, after: LearningRow) -> bool:
    """Whether ``after`` is the same attempt further on: it ended since, or was passed since."""
    if before.start is None or before.start != after.start:
        return False
    has_ended = before.end is None and after.end is not None
    was_passed = _is_unpassed(before) and _is_passed(after)
    went_back = (before.end is not None and after.end is None) or (
        _is_passed(before) and _is_unpassed(after)
    )
    return (has_ended or was_passed) and not went_back


def _is_passed(row: LearningRow) -> bool:
    return matching_key(row.pass_status or "") in ("已通過", "通過")


def _is_unpassed(row: LearningRow) -> bool:
    return bool(row.pass_status) and not _is_passed(row)
