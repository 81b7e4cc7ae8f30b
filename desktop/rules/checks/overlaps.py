"""Checks against attendance entries and against the person's other courses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.findings import Finding, OtherCourseFact, OverlapFact, ReasonCode
from desktop.domain.moments import Span
from desktop.rules.checks.context import CheckContext

_CODES = {
    AttendanceKind.OVERTIME: ReasonCode.OVERLAPS_OVERTIME,
    AttendanceKind.OFFICIAL_LEAVE: ReasonCode.OVERLAPS_OFFICIAL_LEAVE,
    AttendanceKind.BUSINESS_TRIP: ReasonCode.OVERLAPS_BUSINESS_TRIP,
    AttendanceKind.ON_CALL: ReasonCode.OVERLAPS_ON_CALL,
}
_NOTHING = timedelta(0)


def check_attendance(context: CheckContext) -> Iterator[Finding]:
    """``overlaps_…`` for overtime, official leave, trips and on-call, ``attendance_inside_span``.

    On one date any shared second counts; over several dates only an end that lies inside the
    entry does, and an entry wholly between the ends is for a person to judge.
    """
    met: dict[ReasonCode, list[OverlapFact]] = {}
    for entry in context.attendance:
        code = _CODES.get(entry.kind)
        if code is None:
            continue
        fact = _overlap(context, entry)
        if fact is not None:
            met.setdefault(code, []).append(fact)
            continue
        inside = _inside(context, entry)
        if inside is not None:
            met.setdefault(ReasonCode.ATTENDANCE_INSIDE_SPAN, []).append(inside)
    for code, facts in met.items():
        evidence = [fact.entry.place for fact in facts if fact.entry.place is not None]
        yield context.found(code, facts, evidence=evidence)


def _overlap(context: CheckContext, entry: AttendanceEntry) -> OverlapFact | None:
    row, span = context.row, context.row.span
    if context.checks_start and span is not None and span.is_on_one_date:
        shared = span.overlap(entry.span)
        return OverlapFact(span, entry, shared) if shared > _NOTHING else None
    starts_inside = (
        context.checks_start and row.start is not None and entry.span.holds_start(row.start)
    )
    ends_inside = context.checks_end and row.end is not None and entry.span.holds_end(row.end)
    if starts_inside or ends_inside:
        shared = span.overlap(entry.span) if span is not None else _NOTHING
        return OverlapFact(span, entry, shared)
    return None


def _inside(context: CheckContext, entry: AttendanceEntry) -> OverlapFact | None:
    span = context.row.span
    if not context.checks_start or span is None or span.is_on_one_date:
        return None
    shared = span.overlap(entry.span)
    return OverlapFact(span, entry, shared) if shared > _NOTHING else None


def check_other_courses(context: CheckContext) -> Iterator[Finding]:
    """``overlaps_other_course``: two of the person's courses at the same time of one date."""
    span = context.row.span
    if not context.checks_start or span is None or not span.is_on_one_date:
        return
    facts = [
        OtherCourseFact(neighbour.course, shared, neighbour.place)
        for neighbour in context.neighbours
        if neighbour.span.is_on_one_date and (shared := _shared(span, neighbour.span)) > _NOTHING
    ]
    if facts:
        evidence = [fact.place for fact in facts]
        yield context.found(ReasonCode.OVERLAPS_OTHER_COURSE, facts, evidence=evidence)


def _shared(span: Span, other: Span) -> timedelta:
    return span.overlap(other)
