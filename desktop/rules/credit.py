"""Credit of a nominated programme: which courses are recognised, and what becomes of the hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from desktop.domain.attendance import Receipt
from desktop.domain.evidence import LearningRow
from desktop.domain.findings import (
    End,
    FieldsFact,
    Finding,
    HoursFact,
    ReasonCode,
    RecognitionFact,
    Severity,
    StatusFact,
    TimeMissingFact,
)
from desktop.domain.plan import Credit, NotRecognised, Plan
from desktop.domain.text import matching_key
from desktop.domain.verdicts import CreditState, CreditVerdict, RecordVerdict, Verdict
from desktop.rules.checks.context import CheckContext
from desktop.rules.checks.dates import (
    check_deadline,
    check_period,
    check_validity,
    times_are_invalid,
)
from desktop.rules.checks.status import check_status

_NOTHING = Decimal(0)
# A word this short is met by chance inside another one ("CN" in "technical"), a Chinese word of
# one character begins many others.
_LATIN_LETTERS_NEEDED = 4
_CHARACTERS_NEEDED = 2
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


def is_accepted(row: LearningRow, plan: Plan) -> bool:
    """Whether the row comes from evidence that the programme accepts.

    A free choice has no course list to tell other learning by, so the kind of evidence does.
    """
    return row.kind.value in plan.evidence


def check_free_choice(context: CheckContext, credit: Credit) -> tuple[Finding, ...]:
    """Every finding on one freely chosen course, in alphabetical order of code.

    Args:
        context: The record; its yardstick carries the programme's last day.
        credit: What the programme recognises.
    """
    row = context.row
    findings = [
        *check_status(context),
        *_check_certificate_shown(context),
        *_check_recognition(
            context, ReasonCode.LANGUAGE_NOT_RECOGNISED, row.language, credit.languages
        ),
        *_check_recognition(context, ReasonCode.REGION_NOT_RECOGNISED, row.region, credit.regions),
        *_check_hours_shown(context),
        *_check_confidence(context),
    ]
    if times_are_invalid(context):
        findings.extend(check_validity(context))
    else:
        findings.extend(
            [*_check_dates_shown(context), *check_period(context), *check_deadline(context)]
        )
    return tuple(sorted(findings, key=lambda finding: finding.code.value))


def _check_recognition(
    context: CheckContext, code: ReasonCode, shown: str | None, refused: NotRecognised | None
) -> Iterator[Finding]:
    """A refused word fails; none at all, or one beside others (英文/中文), is for a person."""
    if refused is None:
        return
    key = matching_key(shown or "")
    if not key:
        fact, severity = RecognitionFact(""), Severity.REVIEW
    else:
        word, is_certain = _refused_word(key, refused.words)
        if not word:
            return
        fact = RecognitionFact(shown or "", word)
        severity = Severity.FAIL if is_certain else Severity.REVIEW
    yield Finding(code, severity, (fact,), refused.clause, (context.row.place,))


def _refused_word(key: str, words: Sequence[str]) -> tuple[str, bool]:
    """The refused word that a folded cell means, and whether it certainly does."""
    held = ""
    for word in words:
        refused = matching_key(word)
        if key == refused:
            return word, True
        if _is_telling(refused) and key.startswith(refused):
            return word, True
        is_latin = refused.isascii()
        if refused in key and (not is_latin or _is_telling(refused)):
            held = held or word
    return held, False


def _is_telling(folded: str) -> bool:
    needed = _LATIN_LETTERS_NEEDED if folded.isascii() else _CHARACTERS_NEEDED
    return len(folded) >= needed


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


def _check_hours_shown(context: CheckContext) -> Iterator[Finding]:
    """``hours_mismatch``: a row without 完課時數 cannot be added up."""
    if context.row.certified_hours is None:
        yield context.found(ReasonCode.HOURS_MISMATCH, [HoursFact(None, None)])


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
    sure = _hours(records, {Verdict.PASS})
    possible = max(sure, _hours(records, {Verdict.PASS, Verdict.REVIEW}))
    days = sorted(receipt.received_on for receipt in receipts)
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


def _hours(records: Sequence[RecordVerdict], standings: set[Verdict]) -> Decimal:
    """Hours of the records so judged, each course once: the one that passes, that ended first.

    Of rows that differ in nothing but the hours the fewer count.
    """
    counted: dict[str, RecordVerdict] = {}
    for record in records:
        if record.settled not in standings:
            continue
        key = matching_key(record.course) or record.course
        known = counted.get(key)
        if known is None or _preference(record) < _preference(known):
            counted[key] = record
    return sum((_hours_of(record) for record in counted.values()), _NOTHING)


def _hours_of(record: RecordVerdict) -> Decimal:
    return record.row.certified_hours or _NOTHING


def _preference(record: RecordVerdict) -> tuple[bool, date, Decimal]:
    return (
        record.settled is not Verdict.PASS,
        record.row.end_date or date.max,
        _hours_of(record),
    )
