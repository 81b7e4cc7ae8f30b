"""Verdicts kept with what they stand on, and those that would be others today: 結果將不同."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.plan import Plan
from desktop.domain.verdicts import CreditState, PersonVerdict
from desktop.rules.evaluation import PersonFacts
from desktop.rules.ledger import PersonLedger
from desktop.services.facts import Basis
from desktop.services.ledger_used import ledgers_of
from desktop.services.office import Office
from desktop.services.progress import Progress, silent
from desktop.services.stale_grounds import standing_words
from desktop.services.verdict_json import person_entry
from desktop.services.verifying import evaluate_everybody
from desktop.services.wording import CREDIT_WORDS
from desktop.store.values import IssuedDocument, NewVerdict, StoredVerdict


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
    stored = stored_verdicts(office, plan_id)
    return store_evaluated(office, basis, verdicts, stored, with_stale=with_stale)[0]


def stored_verdicts(office: Office, plan_id: str) -> Mapping[str, StoredVerdict]:
    """The latest verdict kept of each person, by employee id."""
    with office.store.reading() as reader:
        return reader.verdicts(plan_id)


def store_evaluated(
    office: Office,
    basis: Basis,
    verdicts: Sequence[PersonVerdict],
    stored: Mapping[str, StoredVerdict],
    *,
    with_stale: bool,
) -> tuple[ChangeSet, int]:
    """The same of verdicts that are there already, and how many wait until the clerk has seen them.

    Args:
        office: The open office.
        basis: What they stand on.
        verdicts: Everybody's, in roster order.
        stored: What is kept of them.
        with_stale: Whether the clerk agreed to what would now differ.
    """
    plan_id = basis.plan.id
    waiting = 0
    fresh: list[NewVerdict] = []
    for facts, verdict in zip(basis.people, verdicts, strict=True):
        content = person_entry(basis.plan, verdict)
        before = stored.get(verdict.person.employee_id)
        if before is not None:
            is_same = _outcome(before.content) == _outcome(content)
            if is_same and _stood_on(before) == _stands_on(basis, facts):
                continue
            if not with_stale and _is_stale(before, content, basis, facts):
                waiting += 1
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
        return ChangeSet("審核", frozenset()), waiting
    with office.store.writing("審核") as writer:
        writer.add_verdicts(plan_id, fresh)
    change = ChangeSet(
        "審核",
        frozenset({Area.VERDICTS}),
        frozenset(verdict.employee_id for verdict in fresh),
    )
    return change, waiting


def moved_words(
    basis: Basis, stored: Mapping[str, StoredVerdict], employee_ids: Set[str]
) -> dict[str, str]:
    """What moved since people's verdicts were kept, in words; those of whom nothing did aside.

    Args:
        basis: What verdicts stand on now.
        stored: What was kept.
        employee_ids: Of whom it is wanted.
    """
    found = {}
    for facts in basis.people:
        employee_id = facts.person.employee_id
        before = stored.get(employee_id)
        if before is None or employee_id not in employee_ids:
            continue
        moves = _moves(before, basis, facts)
        if moves:
            found[employee_id] = "、".join(moves)
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
