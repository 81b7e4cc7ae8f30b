"""Whether an application may go out, or in a few characters why not yet."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.attendance import Receipt, ReceiptKind
from desktop.domain.plan import Plan
from desktop.domain.verdicts import HindranceCode, PersonVerdict, SetState
from desktop.services.own_sets import Claim, unknown_rank_words
from desktop.services.paper_drafts import INCOMPLETE, NOT_APPLICABLE, READY, WAITING

_HINDRANCES = {
    HindranceCode.REPORT_MISSING: "缺報告",
    HindranceCode.NOT_IN_POST: "已離職",
    HindranceCode.HAD_THIS_YEAR: "本年已核給",
    HindranceCode.HAD_BEFORE: "曾經核給",
    HindranceCode.HAD_HIGHER: "曾核給較高",
}


def claim_state(
    plan: Plan, verdict: PersonVerdict, claim: Claim, receipts: Sequence[Receipt]
) -> str:
    """READY, or in a few characters why an application cannot go out."""
    leave = plan.compensatory_leave
    if verdict.is_eligible is False:
        return NOT_APPLICABLE
    if claim.grant is not None:
        return READY
    if claim.state is SetState.INCOMPLETE and claim.rule.threshold is None:
        return INCOMPLETE
    if claim.state is SetState.REVIEW or verdict.is_eligible is None:
        return WAITING
    if claim.state is SetState.PASS and leave is not None and leave.conditions.received_by:
        applied = [r for r in receipts if r.kind is not ReceiptKind.REPORT]
        if not any(r.received_on <= leave.conditions.received_by for r in applied):
            return "逾期收件" if applied else "未收件"
    if verdict.leave.possible_hours > verdict.leave.hours:
        return WAITING
    hindered = (_HINDRANCES.get(hindrance.code) for hindrance in verdict.leave.hindrances)
    known = next((words for words in hindered if words), None)
    if known is not None:
        return known
    return "不另核給" if claim.state is SetState.PASS else INCOMPLETE


def person_state(plan: Plan, verdict: PersonVerdict) -> str:
    """The same for a form that covers all claims of a person: what is sure may go out."""
    if verdict.is_eligible is False:
        return NOT_APPLICABLE
    if verdict.leave.grants:
        return READY
    if unknown_rank_words(plan, verdict.person):
        return "官等不明"
    return WAITING if verdict.leave.possible_hours > verdict.leave.hours else INCOMPLETE
