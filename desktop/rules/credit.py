"""Credit of a nominated programme: which courses are recognised, and what becomes of the hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from desktop.domain.attendance import Receipt, ReceiptKind
from desktop.domain.findings import (
    End,
    FieldsFact,
    Finding,
    ReasonCode,
    Severity,
    StatusFact,
    TimeMissingFact,
)
from desktop.domain.plan import Credit
from desktop.domain.verdicts import CreditState, CreditVerdict, RecordVerdict, Verdict
from desktop.rules.checks.context import CheckContext
from desktop.rules.checks.dates import (
    check_deadline,
    check_period,
    check_validity,
    times_are_invalid,
)
from desktop.rules.checks.recognition import check_recognition
from desktop.rules.checks.status import check_hours, check_status
from desktop.rules.counting import by_course, certified_hours, counting_record

_NOTHING = Decimal(0)
_FIELDS_USED = frozenset(
    {
        "course_name",
        "certified_hours",
        "has_certificate",
        "language",
        "region",
        "started_on",
        "completed_on",
    }
)


def check_free_choice(context: CheckContext, credit: Credit) -> tuple[Finding, ...]:
    """Every finding on one freely chosen course, in alphabetical order of code.

    Args:
        context: The record; its yardstick carries the programme's last day.
        credit: What the programme recognises.
    """
    findings = [
        *check_status(context),
        *_check_certificate_shown(context),
        *check_recognition(context, languages=credit.languages, regions=credit.regions),
        *check_hours(context),
        *_check_confidence(context),
    ]
    if times_are_invalid(context):
        findings.extend(check_validity(context))
    else:
        findings.extend(
            [*_check_dates_shown(context), *check_period(context), *check_deadline(context)]
        )
    return tuple(sorted(findings, key=lambda finding: finding.code.value))


def _check_certificate_shown(context: CheckContext) -> Iterator[Finding]:
    """``not_passed``, for a person to settle: neither a certificate nor a state is shown."""
    row = context.row
    if row.has_certificate is None and row.pass_status is None:
        code = ReasonCode.NOT_PASSED
        yield Finding(
            code,
            Severity.REVIEW,
            (StatusFact(""),),
            context.plan.clauses.get(code),
            (row.place,),
        )


def _check_confidence(context: CheckContext) -> Iterator[Finding]:
    """``low_confidence``: a doubtful optical reading in a field that counts."""
    doubtful = tuple(sorted(_FIELDS_USED & set(context.row.doubtful_fields)))
    if doubtful:
        yield context.found(ReasonCode.LOW_CONFIDENCE, [FieldsFact(doubtful)])


def _check_dates_shown(context: CheckContext) -> Iterator[Finding]:
    """``time_missing``: without both dates nobody sees that the course lies in the period."""
    row = context.row
    shown = {End.START: row.start_date, End.END: row.end_date}
    missing = tuple(end for end, day in shown.items() if day is None)
    if missing:
        yield context.found(ReasonCode.TIME_MISSING, [TimeMissingFact(missing, None)])


def judge_credit(
    credit: Credit,
    records: Sequence[RecordVerdict],
    *,
    is_nominated: bool,
    is_eligible: bool | None,
    receipts: Sequence[Receipt],
) -> CreditVerdict:
    """What becomes of one person's hours; below the minimum comes before a missing report.

    Args:
        credit: The programme's rules.
        records: The person's judged records.
        is_nominated: Whether the list of nominees names the person.
        is_eligible: From the roster; somebody of another category, or of none, is no nominee.
        receipts: When this person's study report was received.
    """
    sure, possible = _hours(records)
    days = sorted(r.received_on for r in receipts if r.kind is not ReceiptKind.APPLICATION)
    received_on = days[0] if days else None
    if not is_nominated or is_eligible is not True:
        state = CreditState.NOT_NOMINATED
    elif sure < credit.minimum_hours:
        state = CreditState.BELOW_MINIMUM
    elif not _report_in_time(credit, received_on):
        state = CreditState.REPORT_MISSING
    else:
        state = CreditState.CREDITED
    hours = sure if state is CreditState.CREDITED else _NOTHING
    return CreditVerdict(state, hours, sure, possible, received_on)


def _report_in_time(credit: Credit, received_on: date | None) -> bool:
    if credit.report_by is None:
        return True
    return received_on is not None and received_on <= credit.report_by


def _hours(records: Sequence[RecordVerdict]) -> tuple[Decimal, Decimal]:
    """Hours that are sure and hours that are possible, each course once."""
    sure = possible = _NOTHING
    for mine in by_course(records).values():
        counted = counting_record(mine, _settled)
        if counted.settled is Verdict.PASS:
            sure += certified_hours(counted)
        if counted.settled in (Verdict.PASS, Verdict.REVIEW):
            possible += certified_hours(counted)
    return sure, possible


def counted_records(records: Sequence[RecordVerdict]) -> tuple[RecordVerdict, ...]:
    """The records whose hours are sure, of each course the one that counts."""
    best = (counting_record(mine, _settled) for mine in by_course(records).values())
    return tuple(record for record in best if record.settled is Verdict.PASS)


def _settled(record: RecordVerdict) -> Verdict | None:
    return record.settled
