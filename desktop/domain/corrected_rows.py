"""A row as the clerk says it reads: the corrected values in, settled doubts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from desktop.domain.evidence import LearningRow
from desktop.domain.readings import FIELD_KINDS, ReadingCorrection, RowIdentity, value_of

Corrections = Mapping[RowIdentity, tuple[ReadingCorrection, ...]]
"""The words in force, by row."""

_TIMES = ("start", "end", "started_on", "completed_on")


def by_row(corrections: Iterable[ReadingCorrection]) -> Corrections:
    """Words on readings by row; of two on one field the later counts.

    Args:
        corrections: In the order they were said.
    """
    latest: dict[RowIdentity, dict[str, ReadingCorrection]] = {}
    for one in corrections:
        latest.setdefault(one.identity, {})[one.field] = one
    return {identity: tuple(fields.values()) for identity, fields in latest.items()}


def as_corrected(row: LearningRow, corrections: Corrections) -> LearningRow:
    """The row that the rules use: what a clerk corrected or confirmed is no longer doubtful.

    Args:
        row: As read.
        corrections: The words in force on any row.
    """
    said = corrections.get(RowIdentity.of(row.place), ()) if corrections else ()
    if not said:
        return row
    changes: dict[str, Any] = {
        one.field: value_of(one.field, one.corrected) for one in said if one.corrected is not None
    }
    settled = {one.field for one in said}
    left = [name for name in row.doubtful_fields if name not in settled]
    if not open_doubts(row, settled):
        left = [name for name in left if name not in _TIMES]
    changed = replace(row, **changes, doubtful_fields=tuple(left), corrections=said)
    if row.times_are_impossible and set(changes) & set(_TIMES):
        shown = _times_of(row)
        is_still = any(getattr(changed, name) is None for name in shown)
        changed = replace(changed, times_are_impossible=is_still)
    return changed


def open_doubts(row: LearningRow, settled: Iterable[str] = ()) -> tuple[str, ...]:
    """The doubtful fields of a row that a clerk can look at, in the order of the eye.

    A kind of time that the row does not show has no cell: where start and end are settled, the
    date of completion is.

    Args:
        row: As read.
        settled: Fields the clerk has spoken on.
    """
    shown = _times_of(row)
    return tuple(
        name
        for name in FIELD_KINDS
        if name in row.doubtful_fields
        and name not in settled
        and (name not in _TIMES or name in shown)
    )


def _times_of(row: LearningRow) -> tuple[str, ...]:
    """The kinds of time that the row shows."""
    located = {part.field for part in row.place.fields}
    shown = tuple(name for name in _TIMES if name in located)
    return shown or tuple(name for name in _TIMES if name in row.doubtful_fields)
