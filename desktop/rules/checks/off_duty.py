"""Checks of both ends against duty time, and of the time that was left for learning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.findings import (
    DutyFact,
    DutySegment,
    End,
    Finding,
    PersonalLeaveFact,
    ReadingFact,
    ReasonCode,
    UncertainFact,
)
from desktop.domain.provenance import SourcePlace
from desktop.rules.checks.context import CheckContext

_ON_DUTY = {End.START: ReasonCode.START_ON_DUTY, End.END: ReasonCode.END_ON_DUTY}


def check_off_duty(context: CheckContext) -> Iterator[Finding]:
    """``start_on_duty``, ``end_on_duty``, ``on_personal_leave`` and ``flex_uncertain``.

    Half-open as in rules.md section 2: a start counts from the segment's first second, an end
    from the second after it.
    """
    on_leave: list[PersonalLeaveFact] = []
    uncertain: list[UncertainFact] = []
    for end, moment in _moments(context):
        segment = _segment(context, end, moment)
        if segment is not None:
            entry = _personal_leave(context, end, moment)
            if entry is not None:
                on_leave.append(PersonalLeaveFact(end, moment, segment, entry))
                continue
            evidence = _places(segment.place)
            fact = DutyFact(end, moment, segment)
            yield context.found(_ON_DUTY[end], [fact], evidence=evidence)
            continue
        start = end is End.START
        duty = context.duty
        band = duty.start_uncertain(moment) if start else duty.end_uncertain(moment)
        if band is not None:
            uncertain.append(UncertainFact(end, moment, band))
    if on_leave:
        evidence = _places(*(fact.entry.place for fact in on_leave))
        yield context.found(ReasonCode.ON_PERSONAL_LEAVE, on_leave, evidence=evidence)
    if uncertain:
        yield context.found(ReasonCode.FLEX_UNCERTAIN, uncertain)


def check_reading(context: CheckContext) -> Iterator[Finding]:
    """``reading_exceeds_span``, else ``insufficient_off_duty_time`` between two off-duty ends."""
    span, reading = context.row.span, context.row.reading_time
    if not context.checks_start or span is None or reading is None:
        return
    if reading > span.length:
        yield context.found(ReasonCode.READING_EXCEEDS_SPAN, [ReadingFact(reading, span.length)])
        return
    if any(_segment(context, end, moment) is not None for end, moment in _moments(context)):
        return
    available = context.duty.off_duty_within(span)
    if available < reading:
        fact = ReadingFact(reading, available)
        yield context.found(ReasonCode.INSUFFICIENT_OFF_DUTY_TIME, [fact])


def _moments(context: CheckContext) -> Iterator[tuple[End, datetime]]:
    row = context.row
    if context.checks_start and row.start is not None:
        yield End.START, row.start
    if context.checks_end and row.end is not None:
        yield End.END, row.end


def _segment(context: CheckContext, end: End, moment: datetime) -> DutySegment | None:
    if end is End.START:
        return context.duty.start_in_duty(moment)
    return context.duty.end_in_duty(moment)


def _personal_leave(context: CheckContext, end: End, moment: datetime) -> AttendanceEntry | None:
    for entry in context.attendance:
        if entry.kind is not AttendanceKind.PERSONAL_LEAVE:
            continue
        span = entry.span
        if span.holds_start(moment) if end is End.START else span.holds_end(moment):
            return entry
    return None


def _places(*places: SourcePlace | None) -> list[SourcePlace]:
    return [place for place in places if place is not None]
