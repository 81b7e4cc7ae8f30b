"""All checks on one record, in order, under one benefit."""

from __future__ import annotations

from desktop.domain.calendar import CalendarYearMissingError
from desktop.domain.findings import Finding, ReasonCode, Severity
from desktop.domain.verdicts import Verdict
from desktop.rules.checks.conditions import check_conditions, check_enrolment
from desktop.rules.checks.context import CheckContext
from desktop.rules.checks.dates import (
    check_deadline,
    check_leave_without_pay,
    check_period,
    check_times_shown,
    check_validity,
    times_are_invalid,
)
from desktop.rules.checks.off_duty import check_off_duty, check_reading
from desktop.rules.checks.overlaps import check_attendance, check_other_courses
from desktop.rules.checks.status import (
    check_confidence,
    check_hours,
    check_name,
    check_status,
)

_OUTSIDE_DATES = frozenset({ReasonCode.BEFORE_PERIOD, ReasonCode.AFTER_DEADLINE})


def check_record(context: CheckContext) -> tuple[Finding, ...]:
    """Every finding on one record, in alphabetical order of code.

    Raises:
        CalendarYearMissingError: When duty time of a date inside the plan's dates cannot be known.
    """
    findings = [
        *check_status(context),
        *check_hours(context),
        *check_name(context),
        *check_confidence(context),
        *check_conditions(context),
    ]
    if times_are_invalid(context):
        findings.extend(check_validity(context))
    else:
        findings.extend(_time_findings(context))
    return tuple(sorted(findings, key=lambda finding: finding.code.value))


def _time_findings(context: CheckContext) -> list[Finding]:
    findings = [
        *check_times_shown(context),
        *check_period(context),
        *check_enrolment(context),
        *check_deadline(context),
        *check_leave_without_pay(context),
        *check_attendance(context),
        *check_other_courses(context),
    ]
    try:
        findings.extend([*check_off_duty(context), *check_reading(context)])
    except CalendarYearMissingError:
        # A date that is out anyway (a misprint of the year) needs no calendar to fail; inside
        # the plan's dates the missing year is an error that must be heard.
        if not any(finding.code in _OUTSIDE_DATES for finding in findings):
            raise
    return findings


def worst(findings: tuple[Finding, ...]) -> Verdict:
    """A record's verdict: its worst severity, ``info`` alone being a pass."""
    severities = {finding.severity for finding in findings}
    if Severity.FAIL in severities:
        return Verdict.FAIL
    return Verdict.REVIEW if Severity.REVIEW in severities else Verdict.PASS
