"""研習報告催繳單: who still owes the study report of a nominated programme."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.moments import roc_date
from desktop.domain.plan import Credit, Plan
from desktop.domain.verdicts import CreditVerdict, PersonVerdict
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.paper_drafts import READY, Draft, Part
from desktop.services.programme_papers import is_nominated, nominees_of
from desktop.services.wording import hours_words
from forms.document import Issue
from forms.programme_contents import ReportReminder
from forms.report_reminder import ReportReminderForm


def reminder_drafts(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> tuple[Draft, ...]:
    """研習報告催繳單 of everybody who still owes the report, in roster order."""
    has_list = bool(nominees_of(office, basis.plan))
    issue = Issue(issued_at=office.clock())
    drafts = []
    for verdict in verdicts:
        content = report_reminder(
            basis.plan,
            verdict,
            is_on_a_list=has_list,
            issue=issue,
            agency=basis.agency.name,
            clerk=office.clerk_on_paper,
        )
        if content is None:
            continue
        person = verdict.person
        drafts.append(
            Draft(
                key=person.employee_id,
                employee_id=person.employee_id,
                set_id=None,
                name=person.name,
                unit=person.unit,
                subject=f"採認 {content.recognised}",
                state=READY,
                parts=(Part(ReportReminderForm, content),),
            )
        )
    return tuple(drafts)


def report_reminder(
    plan: Plan,
    verdict: PersonVerdict,
    *,
    is_on_a_list: bool,
    issue: Issue,
    agency: str,
    clerk: str,
) -> ReportReminder | None:
    """The reminder of one person; None for whom owes nothing.

    Args:
        plan: The programme.
        verdict: The person's verdict.
        is_on_a_list: Whether a list names the nominees. Without one the roster is the list, and
            who has no record at all never began: nobody is reminded on a guess.
        issue: Number and time of the print.
        agency: Who writes.
        clerk: The clerk's name.
    """
    rules, credit = plan.credit, verdict.credit
    if rules is None or rules.report_by is None or credit is None or not is_nominated(verdict):
        return None
    has_begun = any(record.is_in_plan for record in verdict.records)
    if credit.report_received_on is not None or not (is_on_a_list or has_begun):
        return None
    today, due = issue.issued_at.date(), rules.report_by
    recognised = f"{hours_words(credit.recognised_hours)} 時"
    late = "期限已過，" if today > due else ""
    return ReportReminder(
        issue=issue,
        office=agency or plan.agency,
        unit=verdict.person.unit,
        job_title=verdict.person.title,
        name=verdict.person.name,
        day=today,
        due=due,
        programme=plan.title,
        recognised=recognised,
        lead=(
            f"台端參加上開研習，截至本通知日尚未收到研習報告，{late}"
            + ("請儘速補繳。" if late else "請依限繳交。")
            + _below_words(rules, credit)
        ),
        paragraphs=(
            f"依據：{plan.title}{rules.report_clause.point if rules.report_clause else ''}"
            + _quoted(rules),
            f"未於 {roc_date(due)} 前繳交研習報告者，不登錄終身學習時數（{rules.clause.point}）。",
            "已繳交者，請於回條註明日期並附佐證資料，送承辦人更正收件登記。",
        ),
        clerk=clerk,
        clerk_title="承辦人",
        telephone="",
    )


def _below_words(rules: Credit, credit: CreditVerdict) -> str:
    if credit.recognised_hours >= rules.minimum_hours:
        return ""
    least = hours_words(rules.minimum_hours)
    return (
        f"另台端採認時數 {hours_words(credit.recognised_hours)} 時，"
        f"未達 {least} 時（{rules.minimum_clause.point}）。"
    )


def _quoted(rules: Credit) -> str:
    quotation = rules.report_clause.quotation if rules.report_clause is not None else ""
    return f"「{quotation}」。" if quotation else "。"
