"""Keeping the steps that the facts make cases take, beside the verdicts they follow from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.case_states import StepKind, allowed_step
from desktop.domain.changes import Area, ChangeSet
from desktop.services.cases import FoundCase, found_cases
from desktop.services.office import Office
from desktop.services.progress import Progress, silent
from desktop.services.stale_verdicts import moved_words, store_evaluated
from desktop.services.verifying import evaluate_everybody

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
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    causes = moved_words(office, basis)
    change = store_evaluated(office, basis, verdicts, with_stale=with_stale)
    followed = _follow(office, found_cases(office, basis, verdicts), plan_id, causes)
    return ChangeSet(
        change.act, change.areas | followed.areas, change.employee_ids | followed.employee_ids
    )


def keep_stale(office: Office, plan_id: str) -> ChangeSet:
    """Agree to every verdict that would now differ (``accept_stale``), and follow the cases."""
    return keep_verdicts(office, plan_id, with_stale=True)


def follow_cases(office: Office, plan_id: str) -> ChangeSet:
    """Keep a step for every case that the facts moved since its last one."""
    basis, verdicts = evaluate_everybody(office, plan_id)
    causes = moved_words(office, basis)
    return _follow(office, found_cases(office, basis, verdicts), plan_id, causes)


def _follow(
    office: Office, found: Sequence[FoundCase], plan_id: str, causes: Mapping[str, str]
) -> ChangeSet:
    moved = []
    for one in found:
        former = one.steps[-1].state if one.steps else None
        state = one.standing.state
        if former is state:
            continue
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
