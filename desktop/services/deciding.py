"""Deciding: the clerk settles records with a reason in words; nothing is changed silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.findings import ReasonCode
from desktop.domain.verdicts import DecisionKind, PersonVerdict, RecordVerdict
from desktop.services.office import Office
from desktop.services.verifying import evaluate_everybody
from desktop.services.wording import explain_all
from desktop.store import Writer

_AREAS = frozenset({Area.DECISIONS, Area.VERDICTS})


class ReasonMissingError(ValueError):
    """A decision was asked for without a reason."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("請先寫理由。")


@dataclass(frozen=True, slots=True)
class SameReasonRow:
    """A record of somebody that carries the same reason."""

    employee_id: str
    name: str
    record_key: str
    course: str
    sentence: str


def decide(
    office: Office,
    plan_id: str,
    record_keys: Sequence[str],
    *,
    kind: DecisionKind,
    reason: str,
) -> ChangeSet:
    """Settle one record or many with one written reason.

    Args:
        office: The open office.
        plan_id: The plan they are judged under.
        record_keys: The records' keys.
        kind: 採計, 不採計 or 請補正.
        reason: Why, in words.

    Raises:
        ReasonMissingError: When the reason is blank.
        LookupError: When a record is no longer there.
    """
    words = reason.strip()
    if not words:
        raise ReasonMissingError
    _, verdicts = evaluate_everybody(office, plan_id)
    found = _find(verdicts, record_keys)
    act = kind.word if len(found) == 1 else f"{kind.word} {len(found)} 筆"
    with office.store.writing(act) as writer:
        entries = [
            {
                "record_key": record.key,
                "kind": kind.value,
                "reason": words,
                "fingerprint": record.fingerprint,
            }
            for _, record in found
        ]
        former = {d.record_key: f"{d.kind.word}：{d.reason}" for d in writer.decisions(plan_id)}
        writer.describe(
            "、".join(sorted({verdict.person.employee_id for verdict, _ in found})),
            {
                "plan": plan_id,
                "before": "；".join(
                    f"{record.course}：{former.get(record.key, '程式判定')}" for _, record in found
                ),
                "after": kind.word,
                "why": words,
            },
        )
        record_decisions(writer, plan_id, act, entries)
    office.redo_steps.clear()
    return ChangeSet(act, _AREAS, frozenset(v.person.employee_id for v, _ in found))


def record_decisions(
    writer: Writer, plan_id: str, act: str, entries: Sequence[dict[str, str]]
) -> None:
    """Add the decisions and the step that undoes them."""
    ids = [
        writer.add_decision(
            plan_id,
            record_key=entry["record_key"],
            kind=DecisionKind(entry["kind"]),
            reason=entry["reason"],
            fingerprint=entry["fingerprint"],
        ).id
        for entry in entries
    ]
    writer.add_undo_step(
        act, {"act": "decide", "plan_id": plan_id, "decisions": ids, "entries": list(entries)}
    )


def _find(
    verdicts: Sequence[PersonVerdict], record_keys: Sequence[str]
) -> list[tuple[PersonVerdict, RecordVerdict]]:
    wanted = set(record_keys)
    found = [
        (verdict, record)
        for verdict in verdicts
        for record in verdict.records
        if record.key in wanted and record.verdict is not None
    ]
    if len({record.key for _, record in found}) != len(wanted):
        raise LookupError("有幾列已不在資料中，沒有做任何決定，請重新整理後再試。")
    return found


def same_reason_rows(office: Office, plan_id: str, code: ReasonCode) -> tuple[SameReasonRow, ...]:
    """Every undecided record of anybody that carries a reason, in roster order."""
    _, verdicts = evaluate_everybody(office, plan_id)
    rows = []
    for verdict in verdicts:
        for record in verdict.records:
            if not record.is_in_plan or record.decision is not None:
                continue
            matching = tuple(finding for finding in record.findings if finding.code is code)
            if matching:
                rows.append(
                    SameReasonRow(
                        verdict.person.employee_id,
                        verdict.person.name,
                        record.key,
                        record.course,
                        explain_all(matching)[0].sentence,
                    )
                )
    return tuple(rows)


def recent_reasons(office: Office, plan_id: str) -> tuple[str, ...]:
    """The last twenty distinct reasons, the latest first."""
    with office.store.reading() as reader:
        return reader.last_reasons(plan_id)
