"""What already stands on a stored verdict that would now differ: grants and printed forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict
from desktop.rules.ledger import PersonLedger
from desktop.rules.ledger_ground import lost_grounds
from desktop.store.values import IssuedDocument
from forms.document import Kind


def standing_words(
    plan: Plan,
    verdict: PersonVerdict,
    ledger: PersonLedger,
    documents: Iterable[IssuedDocument],
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> tuple[str, ...]:
    """What left the house on the stored verdict and today's does not carry, each in words.

    Args:
        plan: The plan.
        verdict: The person's, of today.
        ledger: The person's lines.
        documents: The person's documents of the plan in force.
        before: The verdict as stored (``verdict_json.person_entry``).
        after: The same of today.
    """
    lost = lost_grounds(plan, verdict, ledger)
    words = [
        f"補休帳「{one.lines[-1].title}」已登錄 {one.held} 時，"
        + (f"現在判定 {one.verdict_hours} 時" if one.hours_over else "使用期間現在不同")
        for one in lost
    ]
    told = {one.set_id for one in lost}
    was, now = _grants(before), _grants(after)
    moved = {set_id for set_id in was.keys() | now.keys() if was.get(set_id) != now.get(set_id)}
    for document in documents:
        if document.kind != Kind.APPLICATION.value or document.set_id in told:
            continue
        if document.set_id in moved or (document.set_id is None and moved):
            words.append(f"申請表 {document.number} 已印出")
    return tuple(words)


def _grants(content: Mapping[str, Any]) -> dict[str, list[tuple[int, str | None]]]:
    """Hours and last day of what a stored verdict grants, by set."""
    found: dict[str, list[tuple[int, str | None]]] = {}
    for grant in content.get("compensatory_leave", {}).get("grants", ()):
        found.setdefault(grant["set"], []).append((grant["hours"], grant["expires"]))
    return found
