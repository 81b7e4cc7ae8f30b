"""What people confirm of cases: stamped, registered, closed, and taken back with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop.domain.case_states import (
    CaseKey,
    CaseState,
    CaseStep,
    StepKind,
    StepRefusedError,
    allowed_step,
    in_force,
)
from desktop.domain.changes import Area, ChangeSet
from desktop.services.cases import FoundCase, gather_cases, one_case
from desktop.services.office import Office
from desktop.store import Writer

_AREAS = frozenset({Area.CASES})


def mark_registered(
    office: Office, plan_id: str, keys: Sequence[CaseKey], *, reason: str = ""
) -> ChangeSet:
    """Record that stamped cases were granted; for an office whose ledger is elsewhere.

    Args:
        office: The open office.
        plan_id: The plan.
        keys: Person and set of each.
        reason: Where it was registered, in words.

    Raises:
        LookupError: When a case is no longer there.
        StepRefusedError: When one of them is not stamped; none is marked then.
    """
    return _move(office, plan_id, keys, CaseState.REGISTERED, reason, "登錄")


def record_registered(
    writer: Writer, plan_id: str, employee_id: str, set_id: str, *, basis: str, reason: str
) -> CaseStep | None:
    """The same inside the ledger's own transaction; None when it is registered already.

    A set that has no case of its own (a form of the whole person) is looked up as the person's.

    Args:
        writer: The ledger's transaction.
        plan_id: The plan.
        employee_id: Who was granted.
        set_id: Under which set; empty for a form of the whole person.
        basis: Digest of what was granted (``registered_basis``), empty to hold until reversed.
        reason: The grant's entry, in words.
    """
    steps = [step for step in writer.case_steps(plan_id, employee_id) if step.set_id == set_id]
    last = in_force(steps)
    if last is not None and last.state is CaseState.REGISTERED and last.basis == basis:
        return None
    former = last or (steps[-1] if steps else None)
    return writer.add_case_step(
        plan_id,
        employee_id=employee_id,
        set_id=set_id,
        former=former.state if former is not None else None,
        state=CaseState.REGISTERED,
        is_confirmed=True,
        reason=reason,
        document=former.document if former is not None else "",
        basis=basis,
    )


def record_unregistered(
    writer: Writer, plan_id: str, employee_id: str, set_id: str, *, reason: str
) -> CaseStep | None:
    """Take the registration back when the ledger reverses the grant; None without one.

    Args:
        writer: The ledger's transaction.
        plan_id: The plan.
        employee_id: Whose grant was reversed.
        set_id: As it was registered.
        reason: Why it was reversed.
    """
    steps = [step for step in writer.case_steps(plan_id, employee_id) if step.set_id == set_id]
    last = in_force(steps)
    if last is None or last.state is not CaseState.REGISTERED:
        return None
    return writer.reverse_case_step(last.id, reason=reason)


def registered_basis(office: Office, plan_id: str) -> Mapping[CaseKey, str]:
    """What each case would be registered on now: its digest, for ``record_registered``."""
    return {one.matter.key: one.matter.facts.basis for one in gather_cases(office, plan_id)}


def close_cases(office: Office, plan_id: str, keys: Sequence[CaseKey], *, reason: str) -> ChangeSet:
    """Close cases; those that are not registered need a reason.

    Raises:
        LookupError: When a case is no longer there.
        StepRefusedError: When one of them may not be closed, or lacks its reason.
    """
    return _move(office, plan_id, keys, CaseState.CLOSED, reason, "結案")


def take_back_step(office: Office, plan_id: str, key: CaseKey, *, reason: str) -> ChangeSet:
    """Take a case's last confirmed step back (stamped by mistake, closed too early).

    What the ledger holds is taken back there, by a reversal.

    Raises:
        LookupError: When there is no such case.
        StepRefusedError: When nothing was confirmed, the ledger holds it, or the reason is blank.
    """
    one = one_case(office, plan_id, key)
    last = in_force(one.steps)
    if last is None:
        raise StepRefusedError("這個案件沒有可以收回的核章或結案，資料沒有更動。")
    if last.state is CaseState.REGISTERED:
        words = "已登錄的補休要在補休帳以沖銷更正，案件會跟著退回，資料沒有更動。"
        raise StepRefusedError(words)
    if not reason.strip():
        raise StepRefusedError(f"收回「{last.state.word}」要寫理由，資料沒有更動；請先寫理由。")
    act = f"收回{last.state.word}"
    with office.store.writing(act) as writer:
        writer.reverse_case_step(last.id, reason=reason.strip())
        writer.describe(
            "/".join(key), {"plan": plan_id, "before": last.state.word, "why": reason.strip()}
        )
    office.redo_steps.clear()
    return ChangeSet(act, _AREAS, frozenset({key[0]}))


def _move(
    office: Office,
    plan_id: str,
    keys: Sequence[CaseKey],
    state: CaseState,
    reason: str,
    verb: str,
) -> ChangeSet:
    cases = {one.matter.key: one for one in gather_cases(office, plan_id)}
    wanted = tuple(dict.fromkeys(keys))
    if any(key not in cases for key in wanted):
        raise LookupError("有案件已不在資料中，沒有做任何更動，請重新整理後再試。")
    found = [cases[key] for key in wanted]
    for one in found:
        allowed_step(one.standing.state, state, StepKind.CONFIRMED, reason=reason)
    act = f"{verb} {len(found)} 件"
    with office.store.writing(act) as writer:
        steps = [
            confirm_step(writer, plan_id, one, state, reason.strip(), "", None) for one in found
        ]
        writer.add_undo_step(act, case_inverse(plan_id, steps))
        writer.describe(
            "、".join("/".join(key) for key in wanted), {"plan": plan_id, "why": reason.strip()}
        )
    office.redo_steps.clear()
    return ChangeSet(act, _AREAS, frozenset(key[0] for key in wanted))


def confirm_step(
    writer: Writer,
    plan_id: str,
    one: FoundCase,
    state: CaseState,
    reason: str,
    document: str,
    on_day: date | None,
) -> CaseStep:
    """Add a confirmed step of a case from where it stands."""
    employee_id, set_id = one.matter.key
    last = in_force(one.steps)
    return writer.add_case_step(
        plan_id,
        employee_id=employee_id,
        set_id=set_id,
        former=one.standing.state,
        state=state,
        is_confirmed=True,
        reason=reason,
        on_day=on_day,
        document=document or (last.document if last is not None else ""),
        basis=one.matter.facts.basis,
    )


def case_inverse(plan_id: str, steps: Sequence[CaseStep]) -> dict[str, object]:
    """What undoes confirmed steps, and does them again."""
    return {
        "act": "case_steps",
        "plan_id": plan_id,
        "steps": [step.id for step in steps],
        "entries": [
            {
                "employee_id": step.employee_id,
                "set_id": step.set_id,
                "former": step.former.value if step.former is not None else "",
                "state": step.state.value,
                "reason": step.reason,
                "on_day": step.on_day.isoformat(),
                "document": step.document,
                "basis": step.basis,
            }
            for step in steps
        ],
    }


def reverse_steps(writer: Writer, inverse: Mapping[str, Any], *, reason: str) -> None:
    """Take confirmed steps back, the last first.

    Raises:
        StepRefusedError: When a later step stands on one of them.
    """
    for step_id, entry in reversed(list(zip(inverse["steps"], inverse["entries"], strict=True))):
        steps = [
            step
            for step in writer.case_steps(inverse["plan_id"], entry["employee_id"])
            if step.set_id == entry["set_id"]
        ]
        last = in_force(steps)
        if last is not None and last.id != step_id:
            raise StepRefusedError(
                f"不能復原：{entry['employee_id']} 的案件之後已到「{last.state.word}」，"
                "資料沒有更動；請先收回後面那一步。"
            )
        if last is not None:
            writer.reverse_case_step(step_id, reason=reason)


def repeat_steps(writer: Writer, inverse: Mapping[str, Any], act: str) -> None:
    """Make confirmed steps again that were taken back, and the step that undoes them."""
    plan_id = inverse["plan_id"]
    steps = [
        writer.add_case_step(
            plan_id,
            employee_id=entry["employee_id"],
            set_id=entry["set_id"],
            former=CaseState(entry["former"]) if entry["former"] else None,
            state=CaseState(entry["state"]),
            is_confirmed=True,
            reason=entry["reason"],
            on_day=date.fromisoformat(entry["on_day"]),
            document=entry["document"],
            basis=entry["basis"],
        )
        for entry in inverse["entries"]
    ]
    writer.add_undo_step(act, case_inverse(plan_id, steps))
