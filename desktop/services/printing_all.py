"""Everything a ``check`` run prints: applications, the commendation list, correction requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from desktop.domain.verdicts import PersonVerdict
from desktop.services.facts import Basis
from desktop.services.issuing import (
    content_digest,
    form_candidates,
    frozen_content,
    issue_forms,
)
from desktop.services.office import Office
from desktop.services.paper import commendation_list, correction_notice
from desktop.services.progress import Progress
from desktop.services.summarising import write_commendation_workbook
from desktop.store import Writer
from desktop.store.values import PrintAct
from forms.commendation_list import CommendationListForm
from forms.contents import CommendationList, CorrectionNotice
from forms.correction_notice import CorrectionNoticeForm
from forms.document import Issue, Kind


def print_everything(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict], *, progress: Progress
) -> dict[str, bytes]:
    """The PDFs and the list's workbook by file name; what has no content is not made.

    Args:
        office: The open office.
        basis: What the verdicts stand on.
        verdicts: Everybody, in roster order.
        progress: Hears of each form.

    Raises:
        CancelledError: When the watcher stops it.
    """
    outputs: dict[str, bytes] = {}
    plan = basis.plan
    keys = [c.key for c in form_candidates(office, plan.id) if c.is_printable]
    if keys:
        issued = issue_forms(
            office, plan.id, keys, with_stamp=False, purpose=PrintAct.SAVE, progress=progress
        )
        outputs["application-forms.pdf"] = issued.pdf
    with office.store.writing("儲存敘獎建議名冊與補正通知單") as writer:
        listed = _commendation_list(writer, office, basis, verdicts)
        if listed is not None:
            outputs["commendation-list.pdf"] = listed
            outputs["commendation-list.xlsx"] = write_commendation_workbook(office, basis, verdicts)
        notices = _correction_notices(writer, office, basis, verdicts)
        if notices is not None:
            outputs["correction-requests.pdf"] = notices
    return outputs


def _commendation_list(
    writer: Writer, office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> bytes | None:
    plan = basis.plan
    now = office.clock()
    draft = commendation_list(plan, verdicts, issue=Issue(issued_at=now), agency=basis.agency.name)
    if draft is None:
        return None
    content = _issued(writer, basis, draft, kind=Kind.COMMENDATION_LIST, employee_id=None)
    pdf = CommendationListForm(office.fonts).render([content], replace_unprintable=True)
    return pdf


def _correction_notices(
    writer: Writer, office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> bytes | None:
    plan = basis.plan
    now = office.clock()
    form = CorrectionNoticeForm(office.fonts)
    contents = []
    for verdict in verdicts:
        draft = correction_notice(
            plan,
            verdict,
            issue=Issue(issued_at=now),
            agency=basis.agency.name,
            clerk=office.clerk,
            calendar=basis.working_times.calendar,
        )
        if draft is None:
            continue
        employee_id = verdict.person.employee_id
        contents.append(
            _issued(writer, basis, draft, kind=Kind.CORRECTION_NOTICE, employee_id=employee_id)
        )
    return form.render(contents, replace_unprintable=True) if contents else None


_Content = TypeVar("_Content", CommendationList, CorrectionNotice)


def _issued(
    writer: Writer, basis: Basis, draft: _Content, *, kind: Kind, employee_id: str | None
) -> _Content:
    """The content under its number; unchanged since its last print it keeps it, marked 補印."""
    plan, digest = basis.plan, content_digest(draft)
    at = draft.issue.issued_at
    former = next(
        (
            document
            for document in reversed(writer.documents(plan.id))
            if document.kind == kind.value
            and document.employee_id == employee_id
            and not document.is_cancelled
        ),
        None,
    )
    if former is not None and former.content_digest == digest:
        writer.log_print(former.number, PrintAct.REPRINT)
        return replace(
            draft, issue=Issue(issued_at=at, number=former.number, reprint=former.prints)
        )
    number = writer.next_number(plan.id, plan.code, plan.year)
    content = replace(draft, issue=Issue(issued_at=at, number=number))
    writer.add_document(
        number=number,
        plan_id=plan.id,
        kind=kind.value,
        employee_id=employee_id,
        set_id=None,
        content_digest=digest,
        frozen=frozen_content(content),
        cancels=former.number if former is not None else None,
    )
    writer.log_print(number, PrintAct.SAVE)
    return content
