"""Checks on the record's times as such: possible, shown, inside the plan's dates."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.findings import (
    End,
    Fact,
    Finding,
    LimitFact,
    ReasonCode,
    SpellFact,
    TimeMissingFact,
    TimesFact,
    WithoutPayFact,
)
from desktop.rules.checks.context import CheckContext


def times_are_invalid(context: CheckContext) -> bool:
    """Whether the end comes before the start, or a date cannot exist."""
    row = context.row
    if row.times_are_impossible:
        return True
    if row.start is not None and row.end is not None:
        return row.end < row.start
    if row.start_date is not None and row.end_date is not None:
        return row.end_date < row.start_date
    return False


def check_validity(context: CheckContext) -> Iterator[Finding]:
    """``invalid_times``; the caller then reports no other check of time."""
    if times_are_invalid(context):
        row = context.row
        as_read = row.raw.get("上課期間", "")
        fact = TimesFact(row.start, row.end, as_read.replace("\n", " ").strip())
        yield context.found(ReasonCode.INVALID_TIMES, [fact])


def check_times_shown(context: CheckContext) -> Iterator[Finding]:
    """``time_missing``: the plan checks times and the evidence shows only dates, or none."""
    row = context.row
    missing = []
    if context.checks_start and row.start is None:
        missing.append(End.START)
    if context.checks_end and row.end is None:
        missing.append(End.END)
    if missing:
        fact = TimeMissingFact(tuple(missing), row.completed_on)
        yield context.found(ReasonCode.TIME_MISSING, [fact])


def check_period(context: CheckContext) -> Iterator[Finding]:
    """``before_period``: the start lies before the plan's first day.

    Evidence without a start: an end before the first day proves an earlier start.
    """
    row, first_day = context.row, context.plan.first_day
    day, end = row.start_date, End.START
    if day is None:
        day, end = row.end_date, End.END
    if day is not None and day < first_day:
        moment = row.start if end is End.START else row.end
        fact = LimitFact(end, day, moment, first_day, (first_day - day).days)
        yield context.found(
            ReasonCode.BEFORE_PERIOD,
            [fact],
            clause=context.plan.clauses.get(ReasonCode.BEFORE_PERIOD, context.plan.period_clause),
        )


def check_deadline(context: CheckContext) -> Iterator[Finding]:
    """``after_deadline``: the end lies after the benefit's last day (23:59:59 is in time).

    Evidence without an end: a start after the deadline proves a later end.
    """
    row, deadline = context.row, context.yardstick.deadline
    day, end = row.end_date, End.END
    if day is None:
        day, end = row.start_date, End.START
    if day is not None and day > deadline:
        moment = row.end if end is End.END else row.start
        fact = LimitFact(end, day, moment, deadline, (day - deadline).days)
        yield context.found(
            ReasonCode.AFTER_DEADLINE, [fact], clause=context.yardstick.deadline_clause
        )


def check_leave_without_pay(context: CheckContext) -> Iterator[Finding]:
    """``during_leave_without_pay``: the start or end date lies in 留職停薪."""
    if context.yardstick.counts_leave_without_pay:
        return
    facts: list[Fact] = []
    gives_leave = context.plan.compensatory_leave is not None
    commendation = context.plan.commendation
    counts = commendation is not None and commendation.counts_leave_without_pay
    ends = [(End.END, context.row.end_date)]
    if context.checks_start or not context.checks_end:
        ends.insert(0, (End.START, context.row.start_date))
    for end, day in ends:
        spell = context.duty.person.leave_without_pay_on(day) if day is not None else None
        if day is not None and spell is not None:
            facts.append(
                WithoutPayFact(end, day, spell, counts)
                if gives_leave
                else SpellFact(end, day, spell)
            )
    if facts:
        yield context.found(ReasonCode.DURING_LEAVE_WITHOUT_PAY, facts)
