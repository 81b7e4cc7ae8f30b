"""Numbers of the ledger's papers: given at the first print, kept while nothing changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.plan import Plan
from desktop.services.office import Office
from desktop.services.paper_batches import (
    Slot,
    content_digest,
    frozen_content,
    latest_documents,
)
from desktop.services.practice_papers import as_drawn
from desktop.store import Reader, Writer
from desktop.store.values import PrintAct
from forms.document import Issue
from forms.form import PrintedForm, Rendered, render_together
from forms.leave_contents import (
    LeaveCard,
    LeaveRegister,
)

PAPER_AREAS = frozenset({Area.DOCUMENTS})


@dataclass(frozen=True, slots=True)
class LedgerPaper:
    """A paper that went out or would go out.

    Attributes:
        pdf: Its bytes.
        documents: Its pages, as a document of so many.
        number: Its number; that it would be given in a preview.
        title: Its name with what it is about.
        change: What pages must read again; None for a preview.
    """

    pdf: bytes
    documents: tuple[int, ...]
    number: str
    title: str
    change: ChangeSet | None = None


@dataclass(frozen=True, slots=True)
class Slotted:
    """What a document is the latest one of: its form, whose it is, which days."""

    form: type[PrintedForm[Any]]
    owner: str | None
    part: str | None

    @property
    def slot(self) -> Slot:
        """Its place among the documents issued."""
        return (self.form.kind.value, self.owner, self.part)


def preview_issue(
    reader: Reader, plan: Plan, slotted: Slotted, content: LeaveRegister | LeaveCard
) -> Issue:
    """The number a paper would be given: its former one while nothing of it changed."""
    at = content.issue.issued_at
    former = latest_documents(reader, plan.id).get(slotted.slot)
    if former is not None and former.content_digest == content_digest(content):
        return Issue(issued_at=at, number=former.number, reprint=former.prints)
    last = max((document.serial for document in reader.documents(plan.id)), default=0)
    return Issue(issued_at=at, number=f"{plan.code}-{plan.year}-{last + 1:06d}")


def issue_paper(
    writer: Writer,
    plan: Plan,
    slotted: Slotted,
    content: LeaveRegister | LeaveCard,
    purpose: PrintAct,
) -> Issue:
    """Number, freeze and log a paper, or log that it goes out again unchanged."""
    at = content.issue.issued_at
    digest = content_digest(content)
    former = latest_documents(writer, plan.id).get(slotted.slot)
    if former is not None and former.content_digest == digest:
        writer.log_print(former.number, PrintAct.REPRINT)
        return Issue(issued_at=at, number=former.number, reprint=former.prints)
    issue = Issue(issued_at=at, number=writer.next_number(plan.id, plan.code, plan.year))
    writer.add_document(
        number=issue.number or "",
        plan_id=plan.id,
        kind=slotted.form.kind.value,
        employee_id=slotted.owner,
        set_id=slotted.part,
        content_digest=digest,
        frozen=frozen_content(replace(content, issue=issue)),
        cancels=former.number if former is not None else None,
    )
    writer.log_print(issue.number or "", purpose)
    return issue


def drawn_paper(office: Office, form: type[PrintedForm[Any]], content: Any) -> Rendered:
    """One name must not hold up a list or a card: 〓 stands for a character without a face."""
    made = form(office.fonts)
    shown = as_drawn(office, content)
    return render_together(office.fonts, [(made, shown)], replace_unprintable=True)
