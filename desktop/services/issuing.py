"""Issuing: papers previewed as they print, numbered at the first print, frozen and logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.plan import Plan
from desktop.services.office import Office
from desktop.services.paper_batches import (
    Batch,
    NothingToPrintError,
    NumberedDraft,
    ReadyDraft,
    Slot,
    gather_batch,
    issue_draft,
    latest_documents,
    log_seals,
    numbered_draft,
    render_batch,
    slot_of,
)
from desktop.services.paper_characters import character_notes
from desktop.services.paper_drafts import Draft, PaperKind
from desktop.services.paper_kinds import APPLICATIONS, paper_kind, papers_of
from desktop.services.progress import Progress, silent, step
from desktop.services.stamp_pictures import OpenedStamp
from desktop.services.verifying import evaluate_everybody
from desktop.store.values import IssuedDocument, PrintAct
from forms.document import Issue, Kind

__all__ = [
    "FormCandidate",
    "IssuedForms",
    "NothingToPrintError",
    "PaperChoice",
    "PreviewedForms",
    "PrintAct",
    "form_candidates",
    "has_form",
    "issue_forms",
    "issue_forms_each",
    "paper_choices",
    "preview_forms",
    "safe_file_name",
]

_AREAS = frozenset({Area.DOCUMENTS})


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A kind of paper the window offers for a plan."""

    id: str
    title: str
    may_be_stamped: bool


@dataclass(frozen=True, slots=True)
class FormCandidate:
    """One paper that could be printed, or why it cannot yet.

    Attributes:
        key: Identifies it among those of its kind; an application's is person and set.
        employee_id, unit: Empty for a list of the office.
        name: The person's, or the list's title.
        set_id: Empty where the paper is not about one set.
        set_title: What it is about, in words.
        state: 可列印, or in a few characters why not (待確認, 未完成, 不適用 …).
        is_printable: Whether it can be printed now.
        number: Its number, empty before the first print.
        times_printed: How often it went out.
        warnings: Characters that no face can print, with their field, in words.
        remarks: Characters that print but that Big5 lacks.
    """

    key: str
    employee_id: str
    name: str
    unit: str
    set_id: str
    set_title: str
    state: str
    is_printable: bool
    number: str
    times_printed: int
    warnings: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewedForms:
    """The pages that would print, and whose they are: one key a page.

    Attributes:
        pdf: All of them.
        keys: One a page.
        documents: How many pages each document has, in order.
    """

    pdf: bytes
    keys: tuple[str, ...]
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedForms:
    """Papers that went out: the very bytes, their numbers, what changed.

    Attributes:
        pdf: All of them.
        numbers: In the order printed.
        change: What other pages may want to read again.
        pdfs: The same by kind of document, each on its own.
        documents: How many pages each document has, in the order printed.
    """

    pdf: bytes
    numbers: tuple[str, ...]
    change: ChangeSet
    pdfs: dict[Kind, bytes]
    documents: tuple[int, ...] = ()


def has_form(plan: Plan) -> bool:
    """Whether the plan has an application form."""
    return paper_kind(plan, APPLICATIONS) is not None


def paper_choices(office: Office, plan_id: str) -> tuple[PaperChoice, ...]:
    """The kinds of paper that the plan has, in the order of the window."""
    with office.store.reading() as reader:
        plan = office.plan(reader, plan_id)
    return tuple(
        PaperChoice(kind.id, kind.title, kind.id == APPLICATIONS) for kind in papers_of(plan)
    )


def form_candidates(
    office: Office, plan_id: str, *, paper: str = APPLICATIONS
) -> tuple[FormCandidate, ...]:
    """Every paper of a kind that people have begun, with its state, in roster order."""
    basis, verdicts = evaluate_everybody(office, plan_id)
    kind = paper_kind(basis.plan, paper)
    if kind is None:
        return ()
    with office.store.reading() as reader:
        documents = latest_documents(reader, plan_id)
    return tuple(
        _candidate(office, kind, draft, documents) for draft in kind.drafts(office, basis, verdicts)
    )


def _candidate(
    office: Office,
    kind: PaperKind,
    draft: Draft,
    documents: dict[Slot, IssuedDocument],
) -> FormCandidate:
    notes = character_notes(office.fonts, draft.parts)
    printed = [documents.get(slot_of(draft, part)) for part in draft.parts]
    former = next((document for document in printed if document is not None), None)
    return FormCandidate(
        key=draft.key,
        employee_id=draft.employee_id or "",
        name=draft.name,
        unit=draft.unit,
        set_id=draft.set_id or "",
        set_title=draft.subject,
        state=draft.state,
        is_printable=draft.is_ready and (kind.may_replace or not notes.missing),
        number=former.number if former is not None else "",
        times_printed=former.prints if former is not None else 0,
        warnings=notes.missing,
        remarks=notes.outside_big5,
    )


def preview_forms(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
    seals: Sequence[OpenedStamp] = (),
    has_round_stamp: bool = False,
    paper: str = APPLICATIONS,
    progress: Progress = silent,
) -> PreviewedForms:
    """The very pages that would print, with the numbers they would be given; none is used up.

    Raises:
        NothingToPrintError: When none of the papers can be printed.
        UnprintableTextError: When a character of an application has no face.
        CancelledError: When the watcher stops it.
    """
    batch = gather_batch(
        office,
        plan_id,
        keys,
        paper=paper,
        with_stamp=with_stamp,
        seals=seals,
        has_round_stamp=has_round_stamp,
    )
    plan = batch.basis.plan
    with office.store.reading() as reader:
        serial = max((document.serial for document in reader.documents(plan_id)), default=0)

    def number_of(ready: ReadyDraft, index: int) -> Issue:
        nonlocal serial
        former = ready.formers[index]
        if former is not None and former.content_digest == ready.digests[index]:
            return Issue(issued_at=batch.at, number=former.number, reprint=former.prints)
        serial += 1
        return Issue(issued_at=batch.at, number=f"{plan.code}-{plan.year}-{serial:06d}")

    numbered = [numbered_draft(batch, ready, number_of) for ready in batch.ready]
    rendered = render_batch(batch, [part for _, parts in numbered for part in parts], progress)
    owners = [ready.draft.key for ready, parts in numbered for _ in parts]
    keys_of_pages = [
        key for key, count in zip(owners, rendered.pages, strict=True) for _ in range(count)
    ]
    return PreviewedForms(rendered.pdf, tuple(keys_of_pages), rendered.pages)


def issue_forms(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
    seals: Sequence[OpenedStamp] = (),
    has_round_stamp: bool = False,
    paper: str = APPLICATIONS,
    purpose: PrintAct = PrintAct.PRINT,
    progress: Progress = silent,
) -> IssuedForms:
    """Number, freeze and log papers, and give the bytes to print or save.

    A paper whose content is unchanged since its last print keeps its number and is marked 補印; a
    changed one gets a new number that cancels the former.

    Raises:
        NothingToPrintError: When none of the papers can be printed.
        UnprintableTextError: When a character of an application has no face.
        CancelledError: When the watcher stops it; no number is used then.
    """
    batch = gather_batch(
        office,
        plan_id,
        keys,
        paper=paper,
        with_stamp=with_stamp,
        seals=seals,
        has_round_stamp=has_round_stamp,
    )
    act = _act(batch, "列印" if purpose is PrintAct.PRINT else "儲存")
    with office.store.writing(act) as writer:
        numbered = [issue_draft(writer, batch, ready, purpose) for ready in batch.ready]
        parts = [part for _, parts in numbered for part in parts]
        log_seals(writer, batch, parts)
        writer.describe("、".join(part.content.issue.number or "" for part in parts))
        rendered = render_batch(batch, parts, progress)
        pdfs = dict.fromkeys(dict.fromkeys(part.kind for part in parts), rendered.pdf)
        if len(pdfs) > 1:
            pdfs = {
                kind: render_batch(batch, [p for p in parts if p.kind is kind], silent).pdf
                for kind in pdfs
            }
    numbers = tuple(part.content.issue.number or "" for part in parts)
    return IssuedForms(rendered.pdf, numbers, _change(batch, act), pdfs, rendered.pages)


def issue_forms_each(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
    seals: Sequence[OpenedStamp] = (),
    has_round_stamp: bool = False,
    paper: str = APPLICATIONS,
    progress: Progress = silent,
) -> tuple[tuple[tuple[str, bytes], ...], ChangeSet]:
    """The same as one PDF a person (or list), each with its file name."""
    batch = gather_batch(
        office,
        plan_id,
        keys,
        paper=paper,
        with_stamp=with_stamp,
        seals=seals,
        has_round_stamp=has_round_stamp,
    )
    act = _act(batch, "儲存")
    files: list[tuple[str, bytes]] = []
    with office.store.writing(act) as writer:
        by_owner: dict[str, list[NumberedDraft]] = {}
        for ready in batch.ready:
            owner = ready.draft.employee_id or ready.draft.key
            by_owner.setdefault(owner, []).append(issue_draft(writer, batch, ready, PrintAct.SAVE))
        for done, numbered in enumerate(by_owner.values()):
            draft = numbered[0][0].draft
            step(progress, done, len(by_owner), f"製表 {draft.name}")
            parts = [part for _, mine in numbered for part in mine]
            log_seals(writer, batch, parts)
            serial = (parts[0].content.issue.number or "").rsplit("-", 1)[-1]
            owner = f"{draft.employee_id}_" if draft.employee_id else ""
            name = f"{owner}{draft.name}_{plan_id}_{serial}.pdf"
            files.append((safe_file_name(name), render_batch(batch, parts, silent).pdf))
    return tuple(files), _change(batch, act)


def safe_file_name(name: str) -> str:
    """A file name without the characters Windows forbids."""
    return "".join(
        "＿" if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in name
    )


def _act(batch: Batch, verb: str) -> str:
    return f"{verb} {len(batch.ready)} 份{batch.kind.title}"


def _change(batch: Batch, act: str) -> ChangeSet:
    people = frozenset(r.draft.employee_id for r in batch.ready if r.draft.employee_id)
    return ChangeSet(act, _AREAS, people)
