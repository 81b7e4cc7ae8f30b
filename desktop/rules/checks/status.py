"""Checks on what the evidence says of the course itself: passed, hours, name, reading."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.findings import (
    FieldsFact,
    Finding,
    HoursFact,
    NameFact,
    ReasonCode,
    StatusFact,
)
from desktop.domain.text import matching_key
from desktop.rules.checks.context import CheckContext
from desktop.rules.matching import MatchKind

_PASSED = matching_key("已通過")
_FIELDS_USED = frozenset(
    {
        "course_name",
        "certified_hours",
        "pass_status",
        "start",
        "end",
        "started_on",
        "completed_on",
    }
)

# An optical reading at least this certain of each sign is taken to say what stands there.
SURELY_READ = 0.9


def check_status(context: CheckContext) -> Iterator[Finding]:
    """``not_passed``: 通過狀態 is not 已通過, or a Coursera row without certificate."""
    row = context.row
    if row.pass_status is not None and matching_key(row.pass_status) != _PASSED:
        yield context.found(ReasonCode.NOT_PASSED, [StatusFact(row.pass_status)])
    elif row.has_certificate is False:
        yield context.found(ReasonCode.NOT_PASSED, [StatusFact("無證書")])


def check_hours(context: CheckContext) -> Iterator[Finding]:
    """``hours_mismatch``: certified hours differ from the plan's, or are not shown at all.

    A freely chosen course has no hours of the plan's; it must only show its own.
    """
    if context.match.kind is MatchKind.FREE:
        if context.row.certified_hours is None:
            yield context.found(ReasonCode.HOURS_MISMATCH, [HoursFact(None, None)])
        return
    if context.row.certified_hours != context.course.hours:
        fact = HoursFact(context.row.certified_hours, context.course.hours)
        yield context.found(ReasonCode.HOURS_MISMATCH, [fact])


def check_name(context: CheckContext) -> Iterator[Finding]:
    """``name_approximate`` after folding, ``name_uncertain`` by likeness only.

    A name read from a picture is approximate too when the reading itself was unsure of a sign and
    it is clear which course it misspells. One read surely is another name.
    """
    match = context.match
    fact = NameFact(context.row.course_name, match.name, match.score, match.runner_up)
    is_misread = match.is_clear_in_a_picture and any(
        read.field == "course_name" and read.certainty < SURELY_READ
        for read in context.row.place.fields
    )
    if match.kind is MatchKind.FOLDED or is_misread:
        yield context.found(ReasonCode.NAME_APPROXIMATE, [fact])
    elif match.kind is MatchKind.SIMILAR:
        yield context.found(ReasonCode.NAME_UNCERTAIN, [fact])


def check_confidence(context: CheckContext) -> Iterator[Finding]:
    """``low_confidence``: a doubtful optical reading in a field that a check uses."""
    used = _FIELDS_USED | set(context.asked_fields)
    if context.checks_start:
        used |= {"reading_time"}
    doubtful = tuple(sorted(used & set(context.row.doubtful_fields)))
    if doubtful:
        yield context.found(ReasonCode.LOW_CONFIDENCE, [FieldsFact(doubtful)])
