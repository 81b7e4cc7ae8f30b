"""Every kind of paper that a plan may have, in the order in which they are numbered and shown."""

from __future__ import annotations

from desktop.domain.plan import Plan
from desktop.services.applications import application_drafts
from desktop.services.check_sheets import check_sheet_drafts
from desktop.services.commendation_papers import commendation_drafts
from desktop.services.committee_papers import committee_drafts
from desktop.services.correction_papers import correction_drafts
from desktop.services.paper_drafts import PaperKind
from desktop.services.programme_papers import (
    below_minimum_drafts,
    credit_drafts,
    nomination_drafts,
)
from desktop.services.reminder_papers import reminder_drafts
from forms.document import Kind

APPLICATIONS = "applications"

PAPER_KINDS = (
    PaperKind(
        id=APPLICATIONS,
        title="申請表",
        is_for=lambda plan: plan.form is not None and plan.compensatory_leave is not None,
        drafts=application_drafts,
        file_names={Kind.APPLICATION: "application-forms.pdf"},
        may_replace=False,
    ),
    PaperKind(
        id="nominations",
        title="薦送名冊",
        is_for=lambda plan: plan.nomination is not None,
        drafts=nomination_drafts,
        file_names={Kind.NOMINATION_LIST: "nomination-list.pdf"},
    ),
    PaperKind(
        id="credits",
        title="時數採認清冊",
        is_for=lambda plan: plan.credit is not None,
        drafts=credit_drafts,
        file_names={Kind.CREDIT_LIST: "credit-list.pdf"},
    ),
    PaperKind(
        id="below-minimum",
        title="未達最低時數名冊",
        is_for=lambda plan: plan.credit is not None,
        drafts=below_minimum_drafts,
        file_names={Kind.BELOW_MINIMUM_LIST: "below-minimum-list.pdf"},
    ),
    PaperKind(
        id="reminders",
        title="研習報告催繳單",
        is_for=lambda plan: plan.credit is not None and plan.credit.report_by is not None,
        drafts=reminder_drafts,
        file_names={Kind.REPORT_REMINDER: "report-reminders.pdf"},
    ),
    PaperKind(
        id="commendations",
        title="敘獎名冊",
        is_for=lambda plan: plan.commendation is not None,
        drafts=commendation_drafts,
        file_names={
            Kind.COMMENDATION_LIST: "commendation-list.pdf",
            Kind.NOT_COMMENDED_LIST: "not-commended-list.pdf",
        },
    ),
    PaperKind(
        id="corrections",
        title="補正通知單",
        is_for=lambda plan: bool(plan.sets),
        drafts=correction_drafts,
        file_names={Kind.CORRECTION_NOTICE: "correction-requests.pdf"},
    ),
    PaperKind(
        id="check-sheets",
        title="查核表",
        is_for=lambda plan: bool(plan.sets),
        drafts=check_sheet_drafts,
        file_names={Kind.CHECK_SHEET: "check-sheets.pdf"},
        goes_with_check=False,
    ),
    PaperKind(
        id="committee",
        title="獎懲案件審議表",
        is_for=lambda plan: plan.commendation is not None,
        drafts=committee_drafts,
        file_names={Kind.COMMITTEE_TABLE: "committee-table.pdf"},
        goes_with_check=False,
    ),
)


def papers_of(plan: Plan) -> tuple[PaperKind, ...]:
    """The kinds of paper of a plan."""
    return tuple(kind for kind in PAPER_KINDS if kind.is_for(plan))


def paper_kind(plan: Plan, kind_id: str) -> PaperKind | None:
    """One of them by id, None when the plan has no such paper."""
    return next((kind for kind in papers_of(plan) if kind.id == kind_id), None)
