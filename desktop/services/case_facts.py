"""What the facts say of each case: from verdicts, documents and imports to ``CaseFacts``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.attendance import Receipt
from desktop.domain.case_states import CaseFacts, CaseKey
from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    BenefitState,
    CreditState,
    DecisionKind,
    PersonVerdict,
    RecordVerdict,
    SetState,
    Verdict,
)
from desktop.rules.fingerprints import fingerprint
from desktop.services.application_states import claim_state, person_state
from desktop.services.facts import Basis
from desktop.services.own_sets import Claim, claims
from desktop.services.paper_drafts import NOT_APPLICABLE, READY, WAITING
from desktop.services.wording import explain_all
from desktop.store import Reader
from desktop.store.reading_cases import ReceivedFile
from desktop.store.values import IssuedDocument
from forms.document import Kind

PERSON_LAYOUT = "kaohsiung-103"
"""The layout whose form is a person's, not a set's."""

_HOPELESS = frozenset(
    {NOT_APPLICABLE, "本年已核給", "曾經核給", "曾核給較高", "已離職", "不另核給"}
)
_MOST_CHIPS = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """The last 補正通知單 of a person: its number, when it went out, when it is due."""

    number: str
    at: datetime
    due: date | None


@dataclass(frozen=True, slots=True)
class CaseMatter:
    """One case with everything that its state stands on.

    Attributes:
        verdict: The person's.
        set_id: Empty for a case that is a person's.
        title: What it is about.
        facts: What the facts say now.
        document: The application in force, None before the first print.
        notice: The last correction request that went out, None without one.
        received_at, received_by: When its first evidence came in, and by whom.
        answered_at: When evidence came in after the last request, None without.
    """

    verdict: PersonVerdict
    set_id: str
    title: str
    facts: CaseFacts
    document: IssuedDocument | None
    notice: Notice | None
    received_at: datetime | None
    received_by: str
    answered_at: datetime | None

    @property
    def key(self) -> CaseKey:
        """Person and set."""
        return (self.verdict.person.employee_id, self.set_id)


@dataclass(frozen=True, slots=True)
class CaseSources:
    """What the store tells beside the verdicts.

    Attributes:
        files: When each file of evidence came in, by digest.
        applications: The application in force of each case.
        notices: The last correction request of each person.
    """

    files: Mapping[str, ReceivedFile]
    applications: Mapping[CaseKey, IssuedDocument]
    notices: Mapping[str, Notice]


def is_per_person(plan: Plan) -> bool:
    """Whether a case is a person's: the form is, or there is none."""
    form = plan.form
    return form is None or plan.compensatory_leave is None or form.layout == PERSON_LAYOUT


def case_sources(reader: Reader, plan_id: str) -> CaseSources:
    """Read what cases stand on beside verdicts."""
    applications: dict[CaseKey, IssuedDocument] = {}
    notices: dict[str, Notice] = {}
    for document in reader.documents(plan_id):
        owner = document.employee_id
        if owner is None or document.is_cancelled:
            continue
        if document.kind == Kind.APPLICATION.value:
            applications[(owner, document.set_id or "")] = document
        elif document.kind == Kind.CORRECTION_NOTICE.value:
            notices[owner] = Notice(document.number, document.issued_at, _due(reader, document))
    return CaseSources(reader.received_files(), applications, notices)


def _due(reader: Reader, document: IssuedDocument) -> date | None:
    """The last day that the printed request names."""
    content = json.loads(reader.document_content(document.number))
    written = content.get("deadline") if isinstance(content, dict) else None
    return date.fromisoformat(written) if isinstance(written, str) else None


def case_matters(
    basis: Basis, verdicts: Sequence[PersonVerdict], sources: CaseSources
) -> Iterator[CaseMatter]:
    """Every case that evidence or paper has begun, in roster order and the plan's order."""
    plan = basis.plan
    receipts = {facts.person.employee_id: facts.receipts for facts in basis.people}
    for verdict in verdicts:
        if is_per_person(plan):
            yield from _of_person(plan, verdict, sources)
            continue
        mine = receipts.get(verdict.person.employee_id, ())
        for claim in claims(plan, verdict):
            yield from _of_claim(plan, verdict, claim, mine, sources)


def _of_claim(
    plan: Plan,
    verdict: PersonVerdict,
    claim: Claim,
    receipts: Sequence[Receipt],
    sources: CaseSources,
) -> Iterator[CaseMatter]:
    names = {course_set.id for course_set in claim.sets}
    records = [record for record in verdict.records if record.set_id in names]
    open_records = [
        record
        for set_verdict in claim.verdicts
        if set_verdict.state is not SetState.PASS
        for record in set_verdict.counted
    ]
    state = claim_state(plan, verdict, claim, receipts)
    missing = sum(len(set_verdict.missing) for set_verdict in claim.verdicts)
    grants = () if claim.grant is None else (claim.grant,)
    counted = [record for _, record in claim.records]
    yield from _matter(
        verdict,
        claim.rule.grant_set,
        claim.title,
        records=records,
        open_records=open_records,
        basis=fingerprint(grants, _spans(counted)),
        state=state,
        ready_words=f"可核給 {claim.grant.hours} 時" if claim.grant is not None else "",
        missing=missing,
        sources=sources,
    )


def _of_person(plan: Plan, verdict: PersonVerdict, sources: CaseSources) -> Iterator[CaseMatter]:
    records = [record for record in verdict.records if record.is_in_plan]
    open_sets = [s for s in verdict.sets if s.state is not SetState.PASS]
    open_records = [record for s in open_sets for record in s.counted]
    if plan.credit is not None:
        open_records = records
    state, words = _state_of_person(plan, verdict)
    counted = [record for s in verdict.sets for record in s.counted] or records
    yield from _matter(
        verdict,
        "",
        plan.short_title,
        records=records,
        open_records=open_records,
        basis=fingerprint(
            verdict.leave.grants, verdict.commendation.awards, verdict.credit, _spans(counted)
        ),
        state=state,
        ready_words=words,
        missing=sum(len(s.missing) for s in open_sets),
        sources=sources,
    )


def _state_of_person(plan: Plan, verdict: PersonVerdict) -> tuple[str, str]:
    """How far a person's case is by the plan's main benefit, and what is sure, in words."""
    if plan.compensatory_leave is not None and plan.form is not None:
        return person_state(plan, verdict), f"可核給 {verdict.leave.hours} 時"
    if verdict.is_eligible is False:
        return NOT_APPLICABLE, ""
    if verdict.credit is not None:
        is_credited = verdict.credit.state is CreditState.CREDITED
        return (READY if is_credited else ""), f"登錄 {verdict.credit.hours} 時"
    states = {verdict.leave.state, verdict.commendation.state}
    states.update(benefit.state for benefit in verdict.entitlements)
    if BenefitState.GRANTED in states:
        return READY, "有可核給的項目"
    return (WAITING if BenefitState.REVIEW in states else ""), ""


def _matter(
    verdict: PersonVerdict,
    set_id: str,
    title: str,
    *,
    records: Sequence[RecordVerdict],
    open_records: Iterable[RecordVerdict],
    basis: str,
    state: str,
    ready_words: str,
    missing: int,
    sources: CaseSources,
) -> Iterator[CaseMatter]:
    employee_id = verdict.person.employee_id
    document = sources.applications.get((employee_id, set_id))
    if not records and document is None:
        return
    waiting = [] if verdict.is_eligible is False else [r for r in open_records if _is_open(r)]
    received = _received(records, sources.files)
    notice = sources.notices.get(employee_id)
    asked_at = _asked_at(waiting, notice)
    evidence_at = max((one.at for one in received), default=None)
    first = min(received, key=lambda one: one.at, default=None)
    is_ready = state == READY
    is_waiting = state == WAITING and not waiting
    facts = CaseFacts(
        is_ready=is_ready,
        is_hopeless=state in _HOPELESS,
        open_items=len(waiting) or int(is_waiting),
        asked_at=asked_at if waiting else None,
        evidence_at=evidence_at,
        basis=basis,
        words=ready_words if is_ready else _words(state, waiting, missing),
    )
    is_answered = asked_at is not None and evidence_at is not None and evidence_at >= asked_at
    yield CaseMatter(
        verdict=verdict,
        set_id=set_id,
        title=title,
        facts=facts,
        document=document,
        notice=notice,
        received_at=first.at if first is not None else None,
        received_by=first.actor if first is not None else "",
        answered_at=evidence_at if is_answered else None,
    )


def _is_open(record: RecordVerdict) -> bool:
    """Whether a record waits for the clerk, or for the applicant's correction."""
    if record.decision is not None and record.decision.kind is DecisionKind.REFUSE:
        return False
    return record.settled in (Verdict.FAIL, Verdict.REVIEW)


def _asked_at(waiting: Sequence[RecordVerdict], notice: Notice | None) -> datetime | None:
    """When the applicant was last asked: by a notice, or by 請補正 on a record."""
    asked = [
        record.decision.decided_at
        for record in waiting
        if record.decision is not None and record.decision.kind is DecisionKind.CORRECTION
    ]
    if notice is not None:
        asked.append(notice.at)
    return max(asked, default=None)


def _received(
    records: Iterable[RecordVerdict], files: Mapping[str, ReceivedFile]
) -> list[ReceivedFile]:
    digests = {
        row.place.digest for record in records for row in (record.row, *record.copies) if row.place
    }
    return [files[digest] for digest in sorted(digests) if digest in files]


def _spans(records: Iterable[RecordVerdict]) -> list[tuple[str, datetime | None, datetime | None]]:
    """The courses that pass and when they were taken."""
    return [
        (record.course, record.row.start, record.row.end)
        for record in records
        if record.settled is Verdict.PASS
    ]


def _words(state: str, waiting: Sequence[RecordVerdict], missing: int) -> str:
    """Why a case is not ready, in a few words."""
    parts = []
    if waiting:
        chips = dict.fromkeys(
            each.chip
            for record in waiting
            for each in explain_all(record.findings)
            if each.severity > 0
        )
        named = "、".join(list(chips)[:_MOST_CHIPS])
        more = f"等 {len(chips)} 種原因" if len(chips) > _MOST_CHIPS else ""
        parts.append(f"{len(waiting)} 門待處理" + (f"：{named}{more}" if named else ""))
    if missing:
        parts.append(f"缺 {missing} 門")
    return "，".join(parts) or state or "未完成"
