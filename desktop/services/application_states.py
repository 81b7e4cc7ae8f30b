"""Whether an application may go out, or in a few characters why not yet."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.attendance import Receipt
from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict, SetState
from desktop.services.own_sets import Claim, unknown_rank_words
from desktop.services.paper_drafts import INCOMPLETE, NOT_APPLICABLE, READY, WAITING


def claim_state(
    plan: Plan, verdict: PersonVerdict, claim: Claim, receipts: Sequence[Receipt]
) -> str:
    """READY, or in a few characters why an application cannot go out."""
    leave = plan.compensatory_leave
    if verdict.is_eligible is False:
        return NOT_APPLICABLE
    if claim.state is SetState.INCOMPLETE:
        return INCOMPLETE
    if claim.state is SetState.REVIEW or verdict.is_eligible is None:
        return WAITING
    if claim.grant is not None:
        return READY
    last_day = leave.conditions.received_by if leave is not None else None
    if last_day is not None and not any(r.received_on <= last_day for r in receipts):
        return "逾期收件" if receipts else "未收件"
    return WAITING if verdict.leave.possible_hours > verdict.leave.hours else "不另核給"


def person_state(plan: Plan, verdict: PersonVerdict) -> str:
    """The same for a form that covers all claims of a person: what is sure may go out."""
    if verdict.is_eligible is False:
        return NOT_APPLICABLE
    if verdict.leave.grants:
        return READY
    if unknown_rank_words(plan, verdict.person):
        return "官等不明"
    return WAITING if verdict.leave.possible_hours > verdict.leave.hours else INCOMPLETE
