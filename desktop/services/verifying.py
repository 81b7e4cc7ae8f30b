"""Verifying: the queue, one person's case, explanations, and verdicts kept with their basis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.findings import ReasonCode
from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    BenefitState,
    CommendationVerdict,
    CreditState,
    EntitlementVerdict,
    LeaveVerdict,
    PersonVerdict,
    RecordVerdict,
    Verdict,
)
from desktop.rules.evaluation import PersonFacts, Together, judge_together
from desktop.rules.fingerprints import fingerprint
from desktop.rules.ledger import PersonLedger
from desktop.services.benefit_words import (
    BenefitLine,
    benefit_lines,
    commendation_words,
    sure_and_possible,
)
from desktop.services.commendation_order import AS_EVER, placed
from desktop.services.facts import Basis, gather, has_quota
from desktop.services.ledger_used import ledgers_of
from desktop.services.office import Office
from desktop.services.other_plans import passed_elsewhere
from desktop.services.progress import Progress, silent, step
from desktop.services.resubmitting import Resubmission, open_questions
from desktop.services.stale_grounds import standing_words
from desktop.services.verdict_json import person_entry
from desktop.services.wording import CREDIT_WORDS, Explanation, credit_words, explain_all
from desktop.services.yearly_hours import YearlyView, yearly_standing, yearly_view
from desktop.store.values import IssuedDocument, NewVerdict, StoredVerdict


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


@dataclass(frozen=True, slots=True)
class StaleVerdict:
    """A stored verdict that would be another one today: 結果將不同.

    Attributes:
        employee_id, name: Whose.
        before, after: The outcome as stored and as it would be, in words.
        cause: What moved since, in words.
        asked_again: Decisions of the clerk whose facts have changed, each in words.
        standing: What left the house on the stored verdict, each in words: granted, printed.
    """

    employee_id: str
    name: str
    before: str
    after: str
    cause: str = ""
    asked_again: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()


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
    )


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


def stale(office: Office, plan_id: str) -> tuple[StaleVerdict, ...]:
    """Stored verdicts that would differ today, because facts, calendar or plan changed."""
    basis, verdicts = evaluate_everybody(office, plan_id)
    return stale_of(office, basis, verdicts)


def stale_of(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[StaleVerdict, ...]:
    """The same from verdicts that are there already."""
    plan = basis.plan
    with office.store.reading() as reader:
        stored = reader.verdicts(plan.id)
        moved = []
        for facts, verdict in zip(basis.people, verdicts, strict=True):
            before = stored.get(verdict.person.employee_id)
            after = person_entry(plan, verdict)
            if before is not None and _is_stale(before, after, basis, facts):
                moved.append((facts, verdict, before, after))
        if not moved:
            return ()
        documents: dict[str | None, list[IssuedDocument]] = {}
        for document in reader.documents(plan.id):
            if not document.is_cancelled:
                documents.setdefault(document.employee_id, []).append(document)
        ledgers = ledgers_of(reader.ledger())
    return tuple(
        StaleVerdict(
            verdict.person.employee_id,
            verdict.person.name,
            _words(before.content, plan),
            _words(after, plan),
            "、".join(_moves(before, basis, facts)),
            _asked_again(verdict),
            standing_words(
                plan,
                verdict,
                ledgers.get(verdict.person.employee_id, PersonLedger(())),
                documents.get(verdict.person.employee_id, ()),
                before=before.content,
                after=after,
            ),
        )
        for facts, verdict, before, after in moved
    )


def _asked_again(verdict: PersonVerdict) -> tuple[str, ...]:
    lapsed = [
        f"「{record.course}」{decision.kind.word}（{decision.reason}）"
        for record in verdict.records
        if (decision := record.outdated_decision) is not None
    ]
    if verdict.outdated_left_out is not None:
        lapsed.append(f"敘獎不列名（{verdict.outdated_left_out.reason}）")
    return tuple(lapsed)


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


def _stands_on(basis: Basis, facts: PersonFacts) -> tuple[str, str, str, str]:
    """What a verdict is made on; the clerk's own decisions are not part of it."""
    return (
        basis.digest(facts),
        basis.plan.version,
        basis.calendar_version,
        basis.agency_version,
    )


def _stood_on(stored: StoredVerdict) -> tuple[str, str, str, str]:
    return (
        stored.facts_digest,
        stored.plan_version,
        stored.calendar_version,
        stored.agency_version,
    )


def _is_stale(
    stored: StoredVerdict, content: Mapping[str, Any], basis: Basis, facts: PersonFacts
) -> bool:
    """Whether a stored verdict would differ for another reason than the clerk's decision."""
    return _outcome(stored.content) != _outcome(content) and _stood_on(stored) != _stands_on(
        basis, facts
    )


def store_verdicts(
    office: Office, plan_id: str, *, with_stale: bool = False, progress: Progress = silent
) -> ChangeSet:
    """Keep everybody's verdict with the plan, calendar and facts it was made on.

    A person's first verdict is kept, and so is one whose outcome is unchanged while its basis
    moved, or that differs by the clerk's own decision alone. One that would differ because facts,
    calendar, settings or plan changed waits until the clerk has seen it.

    Args:
        office: The open office.
        plan_id: The plan evaluated under.
        with_stale: Whether the clerk agreed to what would now differ.
        progress: Hears of each person.
    """
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    return store_evaluated(office, basis, verdicts, with_stale=with_stale)


def store_evaluated(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict], *, with_stale: bool
) -> ChangeSet:
    """The same of verdicts that are there already.

    Args:
        office: The open office.
        basis: What they stand on.
        verdicts: Everybody's, in roster order.
        with_stale: Whether the clerk agreed to what would now differ.
    """
    plan_id = basis.plan.id
    with office.store.reading() as reader:
        stored = reader.verdicts(plan_id)
    fresh: list[NewVerdict] = []
    for facts, verdict in zip(basis.people, verdicts, strict=True):
        content = person_entry(basis.plan, verdict)
        before = stored.get(verdict.person.employee_id)
        if before is not None:
            is_same = _outcome(before.content) == _outcome(content)
            if is_same and _stood_on(before) == _stands_on(basis, facts):
                continue
            if not with_stale and _is_stale(before, content, basis, facts):
                continue
        fresh.append(
            NewVerdict(
                employee_id=verdict.person.employee_id,
                plan_version=basis.plan.version,
                calendar_version=basis.calendar_version,
                agency_version=basis.agency_version,
                facts_digest=basis.digest(facts),
                content=content,
            )
        )
    if not fresh:
        return ChangeSet("審核", frozenset())
    with office.store.writing("審核") as writer:
        writer.add_verdicts(plan_id, fresh)
    return ChangeSet(
        "審核",
        frozenset({Area.VERDICTS}),
        frozenset(verdict.employee_id for verdict in fresh),
    )


def moved_words(office: Office, basis: Basis) -> dict[str, str]:
    """What moved since each person's verdict was kept, in words; people of whom nothing did aside.

    Args:
        office: The open office.
        basis: What verdicts stand on now.
    """
    with office.store.reading() as reader:
        stored = reader.verdicts(basis.plan.id)
    found = {}
    for facts in basis.people:
        before = stored.get(facts.person.employee_id)
        if before is None:
            continue
        moves = _moves(before, basis, facts)
        if moves:
            found[facts.person.employee_id] = "、".join(moves)
    return found


def _moves(before: StoredVerdict, basis: Basis, facts: PersonFacts) -> list[str]:
    pairs = zip(_MOVES, _stood_on(before), _stands_on(basis, facts), strict=True)
    return [words for words, former, now in pairs if former != now]


_MOVES = ("學習紀錄或差勤資料有變動", "計畫版本變更", "行事曆更新", "機關設定變更")
"""What each part of ``_stands_on`` is called when it moved."""


def accept_stale(office: Office, plan_id: str) -> ChangeSet:
    """Agree to every verdict that would now differ."""
    return store_verdicts(office, plan_id, with_stale=True)


def _outcome(content: Mapping[str, Any]) -> dict[str, Any]:
    """What counts as the outcome: everything but where it was read."""
    outcome = {key: value for key, value in content.items() if key != "records"}
    outcome["records"] = [
        {key: value for key, value in record.items() if key != "source"}
        for record in content["records"]
    ]
    return outcome


_STATE_WORDS = {
    "pass": "通過",
    "review": "待確認",
    "incomplete": "未完成",
    "granted": "核給",
    "none": "無",
}


def _words(content: Mapping[str, Any], plan: Plan) -> str:
    """An outcome in one line, for before and after."""
    if "credit" in content:
        credit = content["credit"]
        state = CREDIT_WORDS[CreditState(credit["verdict"])]
        return f"{state}；採認 {credit['recognised_hours']} 時；登錄 {credit['hours']} 時"
    titles = {course_set.id: course_set.title for course_set in plan.sets}
    sets = "、".join(
        f"{titles.get(entry['set'], entry['set'])}{_STATE_WORDS[entry['verdict']]}"
        for entry in content["sets"]
    )
    leave, commendation = content["compensatory_leave"], content["commendation"]
    words = f"{sets}；補休 {leave['hours']} 時；敘獎 {commendation['count']} 次"
    entitlements = {each.id: each for each in plan.entitlements}
    for entry in content.get("benefits", ()):
        known = entitlements.get(entry["id"])
        if known is not None:
            words += f"；{known.title} {entry['amount']} {known.kind.unit}"
    return words
