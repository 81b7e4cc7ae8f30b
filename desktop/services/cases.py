"""Cases: where each stands and why, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.case_states import (
    CaseKey,
    CaseState,
    CaseStep,
    Standing,
    live_steps,
    standing,
)
from desktop.domain.changes import Area
from desktop.domain.verdicts import PersonVerdict
from desktop.services.case_facts import CaseMatter, case_matters, case_sources
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.progress import Progress, silent
from desktop.services.verifying import evaluate_everybody

_AREAS = frozenset({Area.CASES})
OUTDATED = "核章後資料有變動，內容與核章的申請表不同"


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as a list shows it.

    Attributes:
        key: Person and set; the set is empty where a form is a person's.
        name, unit, title: Whose it is and what it is about.
        state: Where it stands.
        reason: Why it stands there, in words.
        since: When it came there, as far as it is known.
        by: Who brought it there, empty for the facts.
        document: Number of the application in force, empty before the first print.
        is_out: Whether it was printed and has not come back stamped.
        due: Until when a correction is expected, None without a printed request.
        is_overdue: Whether that day has passed.
        answered_at: When evidence came in after the last request, None without.
        received_at: When its first evidence came in.
        open_items: How many courses wait for the clerk or the applicant.
        furthest: STAMPED or REGISTERED when that was confirmed and not taken back, else None.
    """

    key: CaseKey
    name: str
    unit: str
    title: str
    state: CaseState
    reason: str
    since: datetime | None
    by: str
    document: str
    is_out: bool
    due: date | None
    is_overdue: bool
    answered_at: datetime | None
    received_at: datetime | None
    open_items: int
    furthest: CaseState | None = None

    @property
    def employee_id(self) -> str:
        """Whose case it is."""
        return self.key[0]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a case's history.

    Attributes:
        at: When.
        words: What happened.
        actor: Who, empty for the program.
        reason: Why, may be empty.
        is_back: Whether it led back on the way.
    """

    at: datetime
    words: str
    actor: str
    reason: str
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case with its kept steps and where it stands."""

    matter: CaseMatter
    steps: tuple[CaseStep, ...]
    standing: Standing


def case_list(
    office: Office, plan_id: str, state: CaseState | None = None, *, progress: Progress = silent
) -> tuple[CaseView, ...]:
    """The cases of a plan in roster order; those in one state, or all.

    Raises:
        PlanUnknownError: When nobody knows the plan.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    views = case_views(office, basis, verdicts, today=office.clock().date())
    return tuple(view for view in views if state is None or view.state is state)


def case_views(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict], *, today: date
) -> tuple[CaseView, ...]:
    """Every case as lists show it, from verdicts that are there already."""
    return tuple(_view(one, today) for one in found_cases(office, basis, verdicts))


def case_counts(office: Office, plan_id: str) -> Mapping[CaseState, int]:
    """How many cases stand in each state, every state named."""
    counts = dict.fromkeys(CaseState, 0)
    for one in gather_cases(office, plan_id):
        counts[one.standing.state] += 1
    return counts


def case_history(
    office: Office, plan_id: str, employee_id: str, set_id: str = ""
) -> tuple[HistoryLine, ...]:
    """What became of one case, the oldest first: received, requests, answers, prints, steps.

    Raises:
        LookupError: When there is no such case.
    """
    one = one_case(office, plan_id, (employee_id, set_id))
    matter = one.matter
    lines = [_step_line(step) for step in one.steps]
    if matter.received_at is not None:
        lines.append(HistoryLine(matter.received_at, "收到學習紀錄", matter.received_by, ""))
    if matter.notice is not None:
        due = matter.notice.due
        until = f"，限 {due.year - 1911}-{due:%m-%d} 前" if due is not None else ""
        words = f"印出補正通知單 {matter.notice.number}{until}"
        lines.append(HistoryLine(matter.notice.at, words, "", ""))
    if matter.answered_at is not None:
        lines.append(HistoryLine(matter.answered_at, "補正資料收到，併入本案", "", ""))
    with office.store.reading() as reader:
        documents = reader.documents(plan_id)
    for document in documents:
        if document.employee_id == employee_id and (document.set_id or "") == set_id:
            if document.kind != "A":
                continue
            words = f"印出申請表 {document.number}"
            reason = f"取代 {document.cancels}" if document.cancels else ""
            lines.append(HistoryLine(document.issued_at, words, document.actor, reason))
    return tuple(sorted(lines, key=lambda line: line.at))


def _step_line(step: CaseStep) -> HistoryLine:
    is_back = step.former is not None and step.state.place < step.former.place
    if step.reverses is not None and step.former is not None:
        words = f"收回「{step.former.word}」"
    else:
        words = f"{step.former.word} → {step.state.word}" if step.former else step.state.word
    if step.document:
        words += f"（{step.document}）"
    return HistoryLine(
        step.at, words, step.actor if step.is_confirmed else "", step.reason, is_back
    )


def gather_cases(office: Office, plan_id: str, *, progress: Progress = silent) -> list[FoundCase]:
    """Every case of a plan, in roster order."""
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    return found_cases(office, basis, verdicts)


def found_cases(office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]) -> list[FoundCase]:
    """The same from verdicts that are there already."""
    plan_id = basis.plan.id
    with office.store.reading() as reader:
        sources = case_sources(reader, plan_id)
        steps: dict[CaseKey, list[CaseStep]] = {}
        for step in reader.case_steps(plan_id):
            steps.setdefault(step.key, []).append(step)
    found = []
    for matter in case_matters(basis, verdicts, sources):
        mine = tuple(steps.get(matter.key, ()))
        found.append(FoundCase(matter, mine, standing(matter.facts, mine, OUTDATED)))
    return found


def one_case(office: Office, plan_id: str, key: CaseKey) -> FoundCase:
    """One case.

    Raises:
        LookupError: When there is none.
    """
    for one in gather_cases(office, plan_id):
        if one.matter.key == key:
            return one
    raise LookupError("這個案件已不在資料中，請重新整理。")


def _view(one: FoundCase, today: date) -> CaseView:
    matter, state = one.matter, one.standing.state
    notice = matter.notice
    is_asked = state is CaseState.CORRECTION
    due = notice.due if is_asked and notice is not None else None
    since, by = _since(one)
    return CaseView(
        key=matter.key,
        name=matter.verdict.person.name,
        unit=matter.verdict.person.unit,
        title=matter.title,
        state=state,
        reason=one.standing.reason,
        since=since,
        by=by,
        document=matter.document.number if matter.document is not None else "",
        is_out=state is CaseState.PRINTABLE and matter.document is not None,
        due=due,
        is_overdue=due is not None and due < today,
        answered_at=matter.answered_at,
        received_at=matter.received_at,
        open_items=matter.facts.open_items,
        furthest=_furthest(one),
    )


def _furthest(one: FoundCase) -> CaseState | None:
    if one.standing.confirmed is None:
        return None
    live = {step.state for step in live_steps(one.steps)}
    reached = (CaseState.REGISTERED, CaseState.STAMPED)
    return next((state for state in reached if state in live), None)


def _since(one: FoundCase) -> tuple[datetime | None, str]:
    """When a case came where it stands, and who brought it there."""
    matter, state = one.matter, one.standing.state
    if one.standing.confirmed is not None:
        return one.standing.confirmed.at, one.standing.confirmed.actor
    if state is CaseState.CORRECTION:
        return matter.facts.asked_at, ""
    if state is CaseState.PRINTABLE and matter.document is not None:
        return matter.document.issued_at, matter.document.actor
    last = one.steps[-1] if one.steps else None
    if last is not None and last.state is state:
        return last.at, ""
    return matter.facts.evidence_at, ""
