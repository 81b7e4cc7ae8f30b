"""Everything a ``check`` run prints: every paper of its own that has something to say."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.verdicts import PersonVerdict
from desktop.services.credit_workbook import write_credit_workbook
from desktop.services.facts import Basis
from desktop.services.issuing import form_candidates, issue_forms
from desktop.services.office import Office
from desktop.services.paper_kinds import papers_of
from desktop.services.progress import Progress
from desktop.services.summarising import write_commendation_workbook
from desktop.store.values import PrintAct
from forms.document import Kind


def print_everything(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict], *, progress: Progress
) -> dict[str, bytes]:
    """The PDFs and the lists' workbooks by file name; what has no content is not made.

    Args:
        office: The open office.
        basis: What the verdicts stand on.
        verdicts: Everybody, in roster order.
        progress: Hears of each paper.

    Raises:
        CancelledError: When the watcher stops it.
    """
    outputs: dict[str, bytes] = {}
    plan = basis.plan
    for paper in papers_of(plan):
        if not paper.goes_with_check:
            continue
        candidates = form_candidates(office, plan.id, paper=paper.id)
        keys = [candidate.key for candidate in candidates if candidate.is_printable]
        if not keys:
            continue
        issued = issue_forms(
            office,
            plan.id,
            keys,
            with_stamp=False,
            paper=paper.id,
            purpose=PrintAct.SAVE,
            progress=progress,
        )
        for kind, pdf in issued.pdfs.items():
            outputs[paper.file_names[kind]] = pdf
            if kind is Kind.COMMENDATION_LIST:
                outputs["commendation-list.xlsx"] = write_commendation_workbook(
                    office, basis, verdicts
                )
            elif kind is Kind.CREDIT_LIST:
                outputs["credit-list.xlsx"] = write_credit_workbook(office, basis, verdicts)
    return outputs
