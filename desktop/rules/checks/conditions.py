"""Checks on what a set asks of a record beside its times: score, questionnaire, upload, start."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.conditions import RecordConditions
from desktop.domain.findings import (
    Clause,
    ConditionFact,
    ConditionKind,
    End,
    Finding,
    LimitFact,
    ReasonCode,
    ScoreFact,
)
from desktop.rules.checks.context import CheckContext
from desktop.rules.checks.recognition import check_recognition


def check_conditions(context: CheckContext) -> Iterator[Finding]:
    """Every condition of the set but the one about a time.

    ``score_too_low``, ``questionnaire_not_done``, ``hours_not_uploaded``, language and region;
    what is asked for and not shown is ``condition_not_shown``, one finding that names all of it.
    """
    asked, row = context.conditions, context.row
    if asked is None:
        return
    yield from check_recognition(context, languages=asked.languages, regions=asked.regions)
    if (
        asked.minimum_score is not None
        and row.score is not None
        and row.score < asked.minimum_score
    ):
        fact = ScoreFact(row.score, asked.minimum_score)
        yield context.found(ReasonCode.SCORE_TOO_LOW, [fact], clause=asked.score_clause)
    if asked.needs_questionnaire and row.is_questionnaire_done is False:
        fact_of = ConditionFact(ConditionKind.QUESTIONNAIRE)
        yield context.found(
            ReasonCode.QUESTIONNAIRE_NOT_DONE, [fact_of], clause=asked.questionnaire_clause
        )
    if asked.needs_uploaded_hours and row.are_hours_uploaded is False:
        fact_of = ConditionFact(ConditionKind.UPLOAD)
        yield context.found(ReasonCode.HOURS_NOT_UPLOADED, [fact_of], clause=asked.upload_clause)
    missing = list(_not_shown(context, asked))
    if missing:
        yield context.found(
            ReasonCode.CONDITION_NOT_SHOWN,
            [ConditionFact(kind) for kind, _ in missing],
            clause=missing[0][1],
        )


def check_enrolment(context: CheckContext) -> Iterator[Finding]:
    """``enrolled_too_early``: the course was begun before the day that the set names.

    Evidence without a start: an end before that day proves an earlier start.
    """
    asked, row = context.conditions, context.row
    if asked is None or asked.enrolled_from is None:
        return
    day, end = row.start_date, End.START
    if day is None:
        day, end = row.end_date, End.END
    if day is not None and day < asked.enrolled_from:
        moment = row.start if end is End.START else row.end
        days = (asked.enrolled_from - day).days
        fact = LimitFact(end, day, moment, asked.enrolled_from, days)
        yield context.found(ReasonCode.ENROLLED_TOO_EARLY, [fact], clause=asked.enrolled_clause)


def _not_shown(
    context: CheckContext, asked: RecordConditions
) -> Iterator[tuple[ConditionKind, Clause | None]]:
    """What the evidence does not show though it is asked for, with the clause that asks."""
    row = context.row
    if asked.minimum_score is not None and row.score is None:
        yield ConditionKind.SCORE, asked.score_clause
    if asked.needs_questionnaire and row.is_questionnaire_done is None:
        yield ConditionKind.QUESTIONNAIRE, asked.questionnaire_clause
    if asked.needs_uploaded_hours and row.are_hours_uploaded is None:
        yield ConditionKind.UPLOAD, asked.upload_clause
    if asked.enrolled_from is not None and row.start_date is None and not _proves_early(context):
        yield ConditionKind.ENROLMENT, asked.enrolled_clause


def _proves_early(context: CheckContext) -> bool:
    return any(True for _ in check_enrolment(context))
