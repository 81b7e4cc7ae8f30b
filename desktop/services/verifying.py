"""Verifying: everybody's verdicts, the queue, one person's case, explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from desktop.domain.findings import ReasonCode
from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    BenefitState,
    CommendationVerdict,
    DecisionKind,
    EntitlementVerdict,
    LeaveVerdict,
    PersonVerdict,
    RecordVerdict,
    Verdict,
)
from desktop.rules.evaluation import Together, judge_together
from desktop.rules.fingerprints import fingerprint
from desktop.services.benefit_words import (
    BenefitLine,
    benefit_lines,
    commendation_words,
    sure_and_possible,
)
from desktop.services.commendation_order import AS_EVER, placed
from desktop.services.facts import Basis, gather, has_quota
from desktop.services.office import Office
from desktop.services.other_plans import passed_elsewhere
from desktop.services.progress import Progress, silent, step
from desktop.services.resubmitting import Resubmission, open_questions
from desktop.services.wording import Explanation, credit_words, explain_all
from desktop.services.yearly_hours import YearlyView, yearly_standing, yearly_view


@dataclass(frozen=True, slots=True)
class GivenReason:
    """A reason in words that was given for a reason code, and for which act."""

    code: ReasonCode
    kind: DecisionKind
    words: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One person in the queue of 審核.

    Attributes:
        fails, reviews, passes: Records by the program's own verdict, those decided left out of
            fails and reviews.
        undecided: Records that still need a person; 0 for people who may not apply.
        state: ``fail``, ``review``, ``pass`` or ``empty`` (no record in the plan).
        reasons: Codes found on undecided records.
        position: Place in the roster.
        is_eligible: None when the roster does not say.
        given: What the clerk gave as reasons on this person's records.
    """

    employee_id: str
    name: str
    unit: str
    title: str
    fails: int
    reviews: int
    passes: int
    undecided: int
    state: str
    reasons: frozenset[ReasonCode]
    position: int
    is_eligible: bool | None
    given: tuple[GivenReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One person's case under one plan.

    Attributes:
        verdict: Everything decided.
        plan: The plan.
        pattern_words: 班別 in words.
        leave_words, commendation_words: What is sure and what is possible, in words.
        credit_words: Of a nominated programme, in place of these; empty elsewhere.
        benefits: Every benefit that the plan gives, in words, with what stands in its way.
        yearly: The yearly requirement in words, None where the plan has none.
        questions: Two readings of one course of which one may correct the other.
        elsewhere: By a record's key, sentences on other plans under which it passed as well.
    """

    verdict: PersonVerdict
    plan: Plan
    pattern_words: str
    leave_words: str
    commendation_words: str
    credit_words: str = ""
    benefits: tuple[BenefitLine, ...] = ()
    yearly: YearlyView | None = None
    questions: tuple[Resubmission, ...] = ()
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def evaluate_together(
    office: Office, plan_id: str, *, progress: Progress = silent, as_of: date | None = None
) -> tuple[Basis, Together]:
    """Everybody's verdict with quotas applied, the units, and what they stand on.

    Only a person's own verdict is remembered: a quota's outcome may move with anybody's facts.

    Args:
        office: The open office.
        plan_id: The plan evaluated under.
        progress: Hears of each person.
        as_of: The day a headcount is taken when the plan names none; today when None.

    Raises:
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    with office.store.reading() as reader:
        basis = gather(office, reader, plan_id)
    verdicts = []
    for done, facts in enumerate(basis.people):
        step(progress, done, len(basis.people), f"審核 {facts.person.name}")
        verdicts.append(office.memory.verdict(basis.evaluator, facts))
    step(progress, len(basis.people), len(basis.people), "審核完成")
    together = judge_together(basis.plan, verdicts, as_of=as_of or office.clock().date())
    return basis, _as_the_clerk_says(basis, together)


def commendation_facts(verdict: PersonVerdict) -> str:
    """Digest of what leaving somebody off the commendation list is decided on."""
    return fingerprint(verdict.commendation.awards)


def _as_the_clerk_says(basis: Basis, together: Together) -> Together:
    """The clerk's own say on the commendation list beside the verdicts: who, and in which order."""
    verdicts: Sequence[PersonVerdict] = together.verdicts
    if basis.left_out:
        verdicts = [_marked(basis, verdict) for verdict in verdicts]
    if basis.list_order != AS_EVER:
        verdicts = placed(verdicts, basis.list_order)
    return replace(together, verdicts=tuple(verdicts))


def _marked(basis: Basis, verdict: PersonVerdict) -> PersonVerdict:
    """The verdict with the clerk's decision on the commendation list beside it."""
    decided = basis.left_out.get(verdict.person.employee_id)
    if decided is None:
        return verdict
    if decided.fingerprint == commendation_facts(verdict):
        return replace(verdict, left_out=decided)
    return replace(verdict, outdated_left_out=decided)


def evaluate_everybody(
    office: Office, plan_id: str, *, progress: Progress = silent
) -> tuple[Basis, tuple[PersonVerdict, ...]]:
    """The verdicts on the whole roster, in roster order, and what they stand on.

    Raises:
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    basis, together = evaluate_together(office, plan_id, progress=progress)
    return basis, together.verdicts


def queue(office: Office, plan_id: str, *, progress: Progress = silent) -> tuple[QueueEntry, ...]:
    """Everybody on the roster with what waits for a person."""
    _, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    return tuple(_entry(verdict) for verdict in verdicts)


def _entry(verdict: PersonVerdict) -> QueueEntry:
    person = verdict.person
    open_records = [r for r in verdict.records if r.decision is None]
    fails = [r for r in open_records if r.verdict is Verdict.FAIL]
    reviews = [r for r in open_records if r.verdict is Verdict.REVIEW]
    passes = [r for r in verdict.records if r.settled is Verdict.PASS]
    waiting = [] if verdict.is_eligible is False else [*fails, *reviews]
    inside = [r for r in verdict.records if r.is_in_plan]
    state = "empty"
    if inside:
        waits = bool(reviews) or _waits_for_a_person(verdict)
        state = "fail" if fails else "review" if waits else "pass"
    return QueueEntry(
        employee_id=person.employee_id,
        name=person.name,
        unit=person.unit,
        title=person.title,
        fails=len(fails),
        reviews=len(reviews),
        passes=len(passes),
        undecided=len(waiting),
        state=state,
        reasons=frozenset(code for record in waiting for code in record.reasons),
        position=person.roster_position,
        is_eligible=verdict.is_eligible,
        given=tuple(_given(verdict.records)),
    )


def _given(records: Sequence[RecordVerdict]) -> Iterator[GivenReason]:
    """The reasons in words, each with the code that it was given for."""
    for record in records:
        code, said = record.worst_reason, record.decision
        if code is not None and said is not None:
            yield GivenReason(code, said.kind, said.reason, said.decided_at)


def _waits_for_a_person(verdict: PersonVerdict) -> bool:
    """Whether a benefit is left to a person though every record is settled."""
    benefits: tuple[LeaveVerdict | CommendationVerdict | EntitlementVerdict, ...] = (
        verdict.leave,
        verdict.commendation,
        *verdict.entitlements,
    )
    return verdict.is_eligible is not False and any(
        benefit.state is BenefitState.REVIEW
        and any(not hindrance.is_certain for hindrance in benefit.hindrances)
        for benefit in benefits
    )


def case(office: Office, plan_id: str, employee_id: str) -> Case:
    """One person's case.

    Raises:
        LookupError: When nobody on the roster has that id.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
    """
    with office.store.reading() as reader:
        basis = gather(office, reader, plan_id, employee_id=employee_id)
        answers = reader.successions(employee_id)
    verdict = office.memory.verdict(basis.evaluator, basis.people[0])
    if has_quota(basis.plan):
        # How far an award reaches is decided among everybody.
        _, everybody = evaluate_everybody(office, plan_id)
        verdict = next(v for v in everybody if v.person.employee_id == employee_id)
    else:
        verdict = _marked(basis, verdict)
    with office.store.reading() as reader:
        elsewhere = passed_elsewhere(office, reader, basis.plan, verdict)
    leave, commendation = verdict.leave, verdict.commendation
    standing = yearly_standing(basis, verdict)
    return Case(
        verdict=verdict,
        plan=basis.plan,
        pattern_words=pattern_words(basis, verdict),
        leave_words=sure_and_possible(leave.hours, leave.possible_hours, "時"),
        commendation_words=commendation_words(basis.plan, commendation),
        credit_words=credit_words(basis.plan, verdict),
        benefits=benefit_lines(basis.plan, verdict),
        yearly=yearly_view(standing) if standing is not None else None,
        questions=open_questions(basis.people[0], verdict.records, answers),
        elsewhere=elsewhere,
    )


def pattern_words(basis: Basis, verdict: PersonVerdict) -> str:
    """班別 in words: ``彈性班 F``; says so when the settings do not know it."""
    code = verdict.person.pattern_code
    name = next((p.name for p in basis.agency.patterns if p.code == code), "")
    if name:
        return f"{name} {code}"
    if basis.working_times.shifts.get(verdict.person.employee_id):
        return "輪值"
    return f"班別 {code} 未設定" if code else "班別未設定"


def explain(record: RecordVerdict) -> tuple[Explanation, ...]:
    """Every finding of a record in words, worst first."""
    return explain_all(record.findings)


def record_of(verdict: PersonVerdict, record_key: str) -> RecordVerdict:
    """One record of a person by its key.

    Raises:
        LookupError: When the person has no such record now.
    """
    for record in verdict.records:
        if record.key == record_key:
            return record
    raise LookupError("這一列已不在資料中，請重新整理。")


def open_reasons(verdicts: Sequence[PersonVerdict], employee_ids: Set[str]) -> Counter[str]:
    """How many undecided records of these people carry each reason code."""
    return Counter(
        code.value
        for verdict in verdicts
        if verdict.person.employee_id in employee_ids
        for record in verdict.records
        if record.decision is None and record.verdict in (Verdict.FAIL, Verdict.REVIEW)
        for code in record.reasons
    )
