"""獎懲案件審議表: what 敘獎建議名冊 proposes, as the committee that decides on it sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict
from desktop.services.commendation_papers import award_words, commendation_remark, commended
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.paper_drafts import READY, Draft, Part
from forms.committee_table import CommitteeTableForm
from forms.contents import CommitteeRow, CommitteeTable
from forms.document import Issue

KEY = "committee"
GAP = "\u3000"


def committee_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """The table of everybody whose commendation is sure; not ready while there is nobody."""
    issue = Issue(issued_at=office.clock())
    table = committee_table(basis.plan, verdicts, issue=issue, agency=basis.agency.name)
    return (
        Draft(
            key=KEY,
            employee_id=None,
            set_id=None,
            name="獎懲案件審議表",
            unit="",
            subject=f"{len(table.rows)} 案" if table is not None else "沒有敘獎案件",
            state=READY if table is not None else "沒有案件",
            parts=(Part(CommitteeTableForm, table),) if table is not None else (),
        ),
    )


def committee_table(
    plan: Plan, verdicts: Sequence[PersonVerdict], *, issue: Issue, agency: str
) -> CommitteeTable | None:
    """The cases in the order of 敘獎建議名冊; None when there is nobody.

    Args:
        plan: A plan with a commendation.
        verdicts: Everybody.
        issue: Number and time of the print.
        agency: Whose committee it is, and the 機關 of every case.
    """
    commendation = plan.commendation
    if commendation is None:
        return None
    office = agency or plan.agency
    rows = tuple(
        CommitteeRow(
            office=office,
            unit=verdict.person.unit,
            job_title=verdict.person.title,
            name=verdict.person.name,
            award=award_words(verdict),
            reason=commendation.reason,
            remark=commendation_remark(plan, verdict),
        )
        for verdict in commended(verdicts)
    )
    if not rows:
        return None
    awards = Counter(row.award for row in rows)
    return CommitteeTable(
        issue=issue,
        agency=office,
        plan=plan.title,
        day=commendation.deadline,
        rows=rows,
        total=GAP.join([f"{len(rows)} 人", *(f"{a} {n} 人次" for a, n in awards.items())]),
        notes=(f"法令依據：{commendation.legal_basis}", "審議結果由委員會審議後填寫。"),
    )
