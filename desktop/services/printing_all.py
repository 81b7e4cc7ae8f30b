"""Everything a ``check`` run prints: applications, the commendation list, correction requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    number = writer.next_number(plan.id, plan.code, plan.year)
    content = replace(draft, issue=Issue(issued_at=now, number=number))
    pdf = CommendationListForm(office.fonts).render([content], replace_unprintable=True)
    writer.add_document(
        number=number,
        plan_id=plan.id,
        kind=Kind.COMMENDATION_LIST.value,
        employee_id=None,
        set_id=None,
        content_digest=content_digest(content),
        frozen=frozen_content(content),
    )
    writer.log_print(number, PrintAct.SAVE)
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
        number = writer.next_number(plan.id, plan.code, plan.year)
        content = replace(draft, issue=Issue(issued_at=now, number=number))
        writer.add_document(
            number=number,
            plan_id=plan.id,
            kind=Kind.CORRECTION_NOTICE.value,
            employee_id=verdict.person.employee_id,
            set_id=None,
            content_digest=content_digest(content),
            frozen=frozen_content(content),
        )
        writer.log_print(number, PrintAct.SAVE)
        contents.append(content)
    return form.render(contents, replace_unprintable=True) if contents else None
