"""Keeping the steps that the facts make cases take, beside the verdicts they follow from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.case_states import CaseState, StepKind, allowed_step
from desktop.domain.changes import Area, ChangeSet
from desktop.services.cases import FoundCase, found_cases
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.progress import Progress, silent
from desktop.services.settled import head_of, settle
from desktop.services.stale_verdicts import moved_words, store_evaluated, stored_verdicts
from desktop.services.verifying import evaluate_everybody
from desktop.store.values import StoredVerdict

_AREAS = frozenset({Area.CASES})


def keep_verdicts(
    office: Office, plan_id: str, *, with_stale: bool = False, progress: Progress = silent
) -> ChangeSet:
    """Keep verdicts (``store_verdicts``) and the steps that cases took since they were last kept.

    Args:
        office: The open office.
        plan_id: The plan evaluated under.
        with_stale: Whether the clerk agreed to what would now differ.
        progress: Hears of each person.
    """
    if not office.role.may_change:
        return ChangeSet("審核", frozenset())
    before = head_of(office)
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    stored = stored_verdicts(office, plan_id)
    change, waiting = store_evaluated(office, basis, verdicts, stored, with_stale=with_stale)
    followed = _follow(office, found_cases(office, basis, verdicts), basis, stored)
    acts = bool(change.areas) + bool(followed.areas)
    settle(office, plan_id, before=before, acts=acts, waiting=waiting)
    return ChangeSet(
        change.act, change.areas | followed.areas, change.employee_ids | followed.employee_ids
    )


def keep_stale(office: Office, plan_id: str) -> ChangeSet:
    """Agree to every verdict that would now differ (``accept_stale``), and follow the cases."""
    return keep_verdicts(office, plan_id, with_stale=True)


def follow_cases(office: Office, plan_id: str) -> ChangeSet:
    """Keep a step for every case that the facts moved since its last one."""
    basis, verdicts = evaluate_everybody(office, plan_id)
    stored = stored_verdicts(office, plan_id)
    return _follow(office, found_cases(office, basis, verdicts), basis, stored)


def _follow(
    office: Office, found: Sequence[FoundCase], basis: Basis, stored: Mapping[str, StoredVerdict]
) -> ChangeSet:
    plan_id = basis.plan.id
    moving = [one for one in found if _former(one) is not one.standing.state]
    causes = moved_words(basis, stored, {one.matter.key[0] for one in moving})
    moved = []
    for one in moving:
        former, state = _former(one), one.standing.state
        reason = one.standing.reason or state.word
        cause = causes.get(one.matter.key[0], "")
        if cause and former is not None and state.place < former.place:
            reason = f"{cause}：{reason}"
        allowed_step(former, state, StepKind.DERIVED, reason=reason)
        moved.append((one, former, state, reason))
    if not moved:
        return ChangeSet("案件進度", frozenset())
    with office.store.writing("案件進度") as writer:
        for one, former, state, reason in moved:
            employee_id, set_id = one.matter.key
            document = one.matter.document
            writer.add_case_step(
                plan_id,
                employee_id=employee_id,
                set_id=set_id,
                former=former,
                state=state,
                is_confirmed=False,
                reason=reason,
                document=document.number if document is not None else "",
            )
    return ChangeSet("案件進度", _AREAS, frozenset(one.matter.key[0] for one, *_ in moved))


def _former(one: FoundCase) -> CaseState | None:
    return one.steps[-1].state if one.steps else None
