"""敘獎建議名冊 and 未獲敘獎名單: both lists together are everybody examined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.findings import ReasonCode
from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    PersonVerdict,
    SetState,
    Verdict,
)
from desktop.services.benefit_words import awards_words
from desktop.services.commendation_order import in_list_order
from desktop.services.commendation_reasons import CAUSES, sets_judged, why_not
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.own_sets import short_title
from desktop.services.paper_drafts import READY, Contents, Draft, Part
from forms.commendation_list import CommendationListForm
from forms.contents import CommendationList, CommendationRow, NotCommendedList, NotCommendedRow
from forms.document import Issue
from forms.not_commended_list import NotCommendedListForm

KEY = "lists"


def commendation_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """Both lists as one draft: they are made together and name each other's number."""
    issue = Issue(issued_at=office.clock())
    listed = commendation_list(basis.plan, verdicts, issue=issue, agency=basis.agency.name)
    others = not_commended_list(basis.plan, verdicts, issue=issue, agency=basis.agency.name)
    parts = [
        *([Part(CommendationListForm, listed)] if listed is not None else []),
        *([Part(NotCommendedListForm, others)] if others is not None else []),
    ]
    sure = len(listed.rows) if listed is not None else 0
    rest = len(others.rows) if others is not None else 0
    return (
        Draft(
            key=KEY,
            employee_id=None,
            set_id=None,
            name="敘獎名冊",
            unit="",
            subject=f"敘獎 {sure} 人，未獲敘獎 {rest} 人",
            state=READY if parts else "名冊沒有人",
            parts=tuple(parts),
            link=_numbers_of_each_other,
        ),
    )


def _numbers_of_each_other(contents: Contents) -> Contents:
    numbers = {type(content): content.issue.number for content in contents}
    linked = []
    for content in contents:
        if isinstance(content, CommendationList):
            content = replace(content, not_commended_number=numbers.get(NotCommendedList))
        elif isinstance(content, NotCommendedList):
            content = replace(content, commendation_number=numbers.get(CommendationList))
        linked.append(content)
    return tuple(linked)


# --------------------------------------------------------------------------------- who is proposed


def commendation_list(
    plan: Plan,
    verdicts: Sequence[PersonVerdict],
    *,
    issue: Issue,
    agency: str,
) -> CommendationList | None:
    """敘獎建議名冊 of everybody whose commendation is sure; None when there is nobody.

    Order: units as in the roster, in them rank from high to low, then 人員代號; another one where
    the clerk wants it.
    """
    commendation = plan.commendation
    if commendation is None:
        return None
    rows = tuple(
        CommendationRow(
            unit=verdict.person.unit,
            job_title=verdict.person.title,
            name=verdict.person.name,
            rank=verdict.person.rank,
            reason=commendation.reason,
            award=award_words(verdict),
            basis=commendation.legal_basis,
            remark=commendation_remark(plan, verdict),
        )
        for verdict in commended(verdicts)
    )
    if not rows:
        return None
    return CommendationList(
        issue=issue,
        agency=agency or plan.agency,
        plan=plan.title,
        day=commendation.deadline,
        rows=rows,
        awards=tuple(dict.fromkeys(f"{r.award}{r.count}次" for r in commendation.rules)),
    )


def award_words(verdict: PersonVerdict) -> str:
    """``嘉獎1次``; ``記功1次、嘉獎1次`` where several kinds add up."""
    return awards_words(verdict.commendation.awards)


def commendation_remark(plan: Plan, verdict: PersonVerdict) -> str:
    """What the committee will ask about: 留職停薪, 承辦人改判."""
    remarks = []
    counted = [record for s in verdict.commendation_sets for record in s.counted]
    if any(
        finding.code is ReasonCode.DURING_LEAVE_WITHOUT_PAY
        for record in counted
        for finding in record.findings
    ):
        remarks.append("留職停薪期間完成")
    if any(
        record.decision is not None and record.commendation_verdict is not Verdict.PASS
        for record in counted
    ):
        remarks.append("承辦人改判")
    return "、".join(remarks)


def commended(verdicts: Sequence[PersonVerdict]) -> tuple[PersonVerdict, ...]:
    """Everybody whose commendation is sure, whom nobody left out, in the order of the list."""
    return tuple(v for v in in_list_order(verdicts) if is_commended(v))


def is_commended(verdict: PersonVerdict) -> bool:
    """Whether somebody stands on the list: something is sure, and no clerk left them out."""
    return verdict.commendation.count > 0 and verdict.left_out is None


# ----------------------------------------------------------------------------- who is not, and why


def not_commended_list(
    plan: Plan,
    verdicts: Sequence[PersonVerdict],
    *,
    issue: Issue,
    agency: str,
) -> NotCommendedList | None:
    """未獲敘獎名單 of everybody else, with the reason; None when there is nobody."""
    commendation = plan.commendation
    if commendation is None:
        return None
    names = tuple(dict.fromkeys(name for rule in commendation.rules for name in rule.set_ids))
    rows = []
    for verdict in in_list_order(verdicts):
        if is_commended(verdict):
            continue
        refusal = why_not(plan, commendation, verdict)
        rows.append(
            NotCommendedRow(
                unit=verdict.person.unit,
                job_title=verdict.person.title,
                name=verdict.person.name,
                rank=verdict.person.rank,
                completed=tuple(_is_complete(plan, verdict, name) for name in names),
                cause=refusal.cause,
                reason=refusal.reason,
                basis=refusal.basis,
                remark=refusal.remark,
            )
        )
    if not rows:
        return None
    return NotCommendedList(
        issue=issue,
        agency=agency or plan.agency,
        plan=plan.title,
        day=commendation.deadline,
        sets=tuple(short_title(plan, name) for name in names),
        rows=tuple(rows),
        examined=len(verdicts),
        causes=CAUSES,
    )


def _is_complete(plan: Plan, verdict: PersonVerdict, name: str) -> bool:
    judged = sets_judged(plan, verdict, [name])
    return bool(judged) and all(s.state is SetState.PASS for s in judged)
