"""Checks against attendance entries and against the person's other courses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desktop.domain.attendance import AttendanceKind
from desktop.domain.findings import Finding, OtherCourseFact, OverlapFact, ReasonCode
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
    row, span = context.row, context.row.span
    start = row.start if context.checks_start else None
    end = row.end if context.checks_end else None
    whole = span if context.checks_start else None
    is_on_one_date = whole is not None and whole.is_on_one_date
    met: dict[ReasonCode, list[OverlapFact]] = {}
    for entry in context.attendance:
        code = _CODES.get(entry.kind)
        if code is None:
            continue
        shared = span.overlap(entry.span) if span is not None else _NOTHING
        if is_on_one_date:
            is_met = shared > _NOTHING
        else:
            starts_inside = start is not None and entry.span.holds_start(start)
            is_met = starts_inside or (end is not None and entry.span.holds_end(end))
            if not is_met and whole is not None and shared > _NOTHING:
                code, is_met = ReasonCode.ATTENDANCE_INSIDE_SPAN, True
        if is_met:
            met.setdefault(code, []).append(OverlapFact(span, entry, shared))
    for code, facts in met.items():
        evidence = [fact.entry.place for fact in facts if fact.entry.place is not None]
        yield context.found(code, facts, evidence=evidence)


def check_other_courses(context: CheckContext) -> Iterator[Finding]:
    """``overlaps_other_course``: two of the person's courses at the same time of one date."""
    span = context.row.span
    if not context.checks_start or span is None or not span.is_on_one_date:
        return
    facts = []
    for neighbour in context.neighbours:
        shared = span.overlap(neighbour.span)
        if shared > _NOTHING and neighbour.span.is_on_one_date:
            facts.append(OtherCourseFact(neighbour.course, shared, neighbour.place))
    if facts:
        evidence = [fact.place for fact in facts]
        yield context.found(ReasonCode.OVERLAPS_OTHER_COURSE, facts, evidence=evidence)
