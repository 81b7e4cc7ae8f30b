"""Records, and what is missing, pending or commended, as lines of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from desktop.domain.evidence import LearningRow
from desktop.domain.findings import Severity
from desktop.domain.moments import roc_moment
from desktop.domain.plan import Credit, Plan
from desktop.domain.provenance import SourcePlace
from desktop.domain.readings import FIELD_WORDS
from desktop.domain.verdicts import (
    CreditState,
    PersonVerdict,
    RecordVerdict,
    SetState,
    Verdict,
)
from desktop.exports.content import (
    CommendationEntry,
    EvidencePlace,
    IncompleteSet,
    PendingItem,
    RecordLine,
)
from desktop.services.benefit_words import further_gains, open_minimums
from desktop.services.commendation_papers import award_words, commendation_remark, commended
from desktop.services.reading_words import correction_words
from desktop.services.wording import explain_all, hours_words

_FREE_CHOICE = "自選課程"
VERDICT_WORDS = {Verdict.PASS: "通過", Verdict.REVIEW: "待確認", Verdict.FAIL: "不符", None: ""}


def _start(row: LearningRow) -> datetime | date | None:
    return row.start or row.started_on


def _end(row: LearningRow) -> datetime | date | None:
    return row.end or row.completed_on


def _place(place: SourcePlace) -> EvidencePlace:
    return EvidencePlace(place.file_name, place.sheet or place.page, place.row)


def _set_title(plan: Plan, record: RecordVerdict) -> str:
    if record.set_id is None:
        return _FREE_CHOICE if record.is_in_plan else ""
    return plan.course_set(record.set_id).title


def record_line(plan: Plan, verdict: PersonVerdict, record: RecordVerdict) -> RecordLine:
    """One record's line on 課程明細."""
    person = verdict.person
    explanations = explain_all(record.findings)
    return RecordLine(
        employee_id=person.employee_id,
        name=person.name,
        unit=person.unit,
        set_title=_set_title(plan, record),
        course=record.course,
        start=_start(record.row),
        end=_end(record.row),
        hours=record.row.certified_hours,
        verdict=VERDICT_WORDS[record.verdict],
        reasons=tuple(e.sentence for e in explanations),
        clauses=tuple(dict.fromkeys(e.clause for e in explanations)),
        place=_place(record.row.place),
        decision="；".join(
            words for words in (_decision_words(record), _correction_words(record)) if words
        ),
    )


def _decision_words(record: RecordVerdict) -> str:
    decision = record.decision
    if decision is None:
        return ""
    by = f"{decision.decided_by} {roc_moment(decision.decided_at)}"
    return f"{decision.kind.word}（{by}）：{decision.reason}"


def _correction_words(record: RecordVerdict) -> str:
    """What was put right of the reading: what was read, what stands there, who and when."""
    return "；".join(
        f"{FIELD_WORDS[one.field]}：{correction_words(one)}" for one in record.row.corrections
    )


def incomplete_sets(plan: Plan, verdicts: Sequence[PersonVerdict]) -> list[IncompleteSet]:
    """What each eligible person has not completed, for 未完成."""
    if plan.credit is not None:
        return [
            found
            for verdict in verdicts
            if (found := _short_of_credit(plan.credit, verdict)) is not None
        ]
    return [
        IncompleteSet(
            employee_id=verdict.person.employee_id,
            name=verdict.person.name,
            unit=verdict.person.unit,
            set_title=plan.course_set(s.set_id).title,
            missing=s.missing,
            failed=s.failed,
            reasons=open_minimums(verdict, s.set_id),
        )
        for verdict in verdicts
        if verdict.is_eligible is not False
        for s in verdict.sets
        if s.state is SetState.INCOMPLETE
    ]


def _short_of_credit(rules: Credit, verdict: PersonVerdict) -> IncompleteSet | None:
    """A nominee whose hours are not uploaded, with what is short."""
    credit, person = verdict.credit, verdict.person
    if credit is None:
        return None
    if credit.state is CreditState.BELOW_MINIMUM:
        recognised = hours_words(credit.recognised_hours)
        what = f"最低時數 {hours_words(rules.minimum_hours)} 時，採認 {recognised} 時"
    elif credit.state is CreditState.REPORT_MISSING:
        what = "研習報告"
    else:
        return None
    failed = tuple(r.course for r in verdict.records if r.settled is Verdict.FAIL)
    return IncompleteSet(person.employee_id, person.name, person.unit, what, (), failed)


def pending_items(plan: Plan, verdicts: Sequence[PersonVerdict]) -> list[PendingItem]:
    """What waits for a person, for 待確認."""
    items = []
    for verdict in verdicts:
        if verdict.is_eligible is False:
            continue
        leave = verdict.leave
        more = leave.possible_hours - leave.hours
        gains = [f"補休可再增加 {more} 小時"] if more > 0 else []
        gains += further_gains(plan, verdict)
        consequence = f"若全數確認通過，{'；'.join(gains)}" if gains else ""
        if verdict.credit is not None:
            more_hours = verdict.credit.possible_hours - verdict.credit.recognised_hours
            if more_hours > 0:
                consequence = f"若全數確認通過，採認時數可再增加 {hours_words(more_hours)} 時"
        for record in verdict.records:
            if record.settled is not Verdict.REVIEW:
                continue
            open_ones = [e for e in explain_all(record.findings) if e.severity is Severity.REVIEW]
            items.append(
                PendingItem(
                    employee_id=verdict.person.employee_id,
                    name=verdict.person.name,
                    unit=verdict.person.unit,
                    set_title=_set_title(plan, record),
                    course=record.course,
                    start=_start(record.row),
                    end=_end(record.row),
                    questions=tuple(e.sentence for e in open_ones),
                    clauses=tuple(dict.fromkeys(e.clause for e in open_ones)),
                    consequence=consequence,
                    place=_place(record.row.place),
                )
            )
    return items


def commendation_entries(
    plan: Plan, verdicts: Sequence[PersonVerdict]
) -> tuple[CommendationEntry, ...]:
    """Everybody whose commendation is sure, in the order of the list."""
    if plan.commendation is None:
        return ()
    return tuple(
        CommendationEntry(
            unit=verdict.person.unit,
            title=verdict.person.title,
            name=verdict.person.name,
            rank=verdict.person.rank,
            reason=plan.commendation.reason,
            award=award_words(verdict),
            clause=plan.commendation.legal_basis,
            remark=commendation_remark(plan, verdict),
        )
        for verdict in commended(verdicts)
    )
