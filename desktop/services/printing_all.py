"""Everything a ``check`` run prints: every paper of its own that has something to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.verdicts import PersonVerdict
from desktop.services.credit_workbook import write_credit_workbook
from desktop.services.facts import Basis
from desktop.services.issuing import FormCandidate, form_candidates, issue_forms
from desktop.services.office import Office
from desktop.services.paper_drafts import READY, PaperKind
from desktop.services.paper_kinds import papers_of
from desktop.services.progress import Progress
from desktop.services.summarising import write_commendation_workbook
from desktop.store.values import PrintAct
from forms.document import Kind


@dataclass(frozen=True, slots=True)
class PrintedOutputs:
    """What a run printed.

    Attributes:
        files: The PDFs and the lists' workbooks by file name.
        remarks: A sentence on each paper that could not be printed, or not as it is written.
        notes: A sentence on each text that prints but does not go into a Big5 file.
    """

    files: dict[str, bytes]
    remarks: tuple[str, ...]
    notes: tuple[str, ...] = ()


def print_everything(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict], *, progress: Progress
) -> PrintedOutputs:
    """Every paper that is ready; what has no content is not made.

    Args:
        office: The open office.
        basis: What the verdicts stand on.
        verdicts: Everybody, in roster order.
        progress: Hears of each paper.

    Raises:
        CancelledError: When the watcher stops it.
    """
    outputs: dict[str, bytes] = {}
    remarks: list[str] = []
    outside_big5: dict[str, None] = {}
    plan = basis.plan
    for paper in papers_of(plan):
        if not paper.goes_with_check:
            continue
        candidates = form_candidates(office, plan.id, paper=paper.id)
        remarks += [
            sentence for candidate in candidates for sentence in _left_out(paper, candidate)
        ]
        for candidate in candidates:
            outside_big5 |= dict.fromkeys(candidate.remarks)
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
    notes = tuple(f"{words}，存成大五碼（Big5）的檔案前請改用通用的字。" for words in outside_big5)
    return PrintedOutputs(outputs, tuple(remarks), notes)


def _left_out(paper: PaperKind, candidate: FormCandidate) -> Iterator[str]:
    """A sentence when characters that no face can print hold a paper up, or are replaced."""
    if candidate.state != READY or not candidate.warnings:
        return
    who = f"{candidate.employee_id} {candidate.name}".strip()
    what = f"{paper.title}（{candidate.set_title}）" if candidate.set_title else paper.title
    found = "；".join(candidate.warnings)
    if candidate.is_printable:
        yield f"{who}的{what}有印不出來的字：{found}，紙上以〓代替，請補寫或改正名冊後重新產生。"
    else:
        yield f"{who}的{what}沒有列印：{found}，其他文件照常產生，請改正名冊裡的字後再列印。"
