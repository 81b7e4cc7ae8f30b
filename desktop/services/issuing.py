"""Issuing: papers previewed as they print, numbered at the first print, frozen and logged."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict
from desktop.rules.fingerprints import fingerprint, plain
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.paper_drafts import Draft, PaperKind, Part
from desktop.services.paper_kinds import APPLICATIONS, paper_kind, papers_of
from desktop.services.progress import CancelledError, Progress, silent, step
from desktop.services.verifying import evaluate_everybody
from desktop.store import Reader, Writer
from desktop.store.values import IssuedDocument, PrintAct
from forms.document import Cancelled, Issue, Kind
from forms.form import PrintedForm, Rendered, render_together
from forms.stamp import CheckStamp

_AREAS = frozenset({Area.DOCUMENTS})
_NOT_SAID = frozenset({"issue", "stamp", "not_commended_number", "commendation_number"})
"""Fields that may differ between two prints of one content: numbers, times, the stamp."""

_Slot = tuple[str, str | None, str | None]
"""Kind, person and set: what a document is the latest one of."""


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
        warnings: Characters that no face can print, in words.
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


@dataclass(frozen=True, slots=True)
class PreviewedForms:
    """The pages that would print, and whose they are: one key a page."""

    pdf: bytes
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssuedForms:
    """Papers that went out: the very bytes, their numbers, what changed.

    Attributes:
        pdf: All of them.
        numbers: In the order printed.
        change: What other pages may want to read again.
        pdfs: The same by kind of document, each on its own.
    """

    pdf: bytes
    numbers: tuple[str, ...]
    change: ChangeSet
    pdfs: dict[Kind, bytes]


class NothingToPrintError(ValueError):
    """None of the papers asked for can be printed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("沒有可以列印的文件，請先到審核完成相關資料。")


@dataclass(frozen=True, slots=True)
class _Ready:
    """A draft that may go out, with the digest and the former print of each of its documents."""

    draft: Draft
    digests: tuple[str, ...]
    formers: tuple[IssuedDocument | None, ...]


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is about to be previewed or issued."""

    office: Office
    basis: Basis
    kind: PaperKind
    ready: tuple[_Ready, ...]
    with_stamp: bool
    at: datetime


_Numbered = tuple[_Ready, tuple[Part, ...]]


def content_digest(content: Any) -> str:
    """Digest of a document's content, number and time of the print aside."""
    fields = {
        field.name: getattr(content, field.name)
        for field in dataclasses.fields(content)
        if field.name not in _NOT_SAID
    }
    return fingerprint(type(content).__name__, fields)


def _digests(parts: Sequence[Part]) -> tuple[str, ...]:
    """A digest a document; of those that go out together each stands for all."""
    digests = tuple(content_digest(part.content) for part in parts)
    if len(digests) < 2:
        return digests
    return tuple(fingerprint(part.kind.value, digests) for part in parts)


def frozen_content(content: Any) -> bytes:
    """A document's whole content as JSON, kept under its number."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True).encode()


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
        documents = _latest(reader, plan_id)
    forms: dict[Kind, PrintedForm[Any]] = {}
    return tuple(
        _candidate(office, kind, draft, documents, forms)
        for draft in kind.drafts(office, basis, verdicts)
    )


def _candidate(
    office: Office,
    kind: PaperKind,
    draft: Draft,
    documents: dict[_Slot, IssuedDocument],
    forms: dict[Kind, PrintedForm[Any]],
) -> FormCandidate:
    found: dict[str, None] = {}
    for part in draft.parts:
        form = forms.setdefault(part.kind, part.form(office.fonts))
        for text, missing in form.unprintable(part.content):
            words = f"「{text}」的「{missing.character}」（{missing.code}）沒有字型可印"
            found[words] = None
    printed = [documents.get(_slot(draft, part)) for part in draft.parts]
    former = next((document for document in printed if document is not None), None)
    return FormCandidate(
        key=draft.key,
        employee_id=draft.employee_id or "",
        name=draft.name,
        unit=draft.unit,
        set_id=draft.set_id or "",
        set_title=draft.subject,
        state=draft.state,
        is_printable=draft.is_ready and (kind.may_replace or not found),
        number=former.number if former is not None else "",
        times_printed=former.prints if former is not None else 0,
        warnings=tuple(found),
    )


def preview_forms(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
    paper: str = APPLICATIONS,
    progress: Progress = silent,
) -> PreviewedForms:
    """The very pages that would print, with the numbers they would be given; none is used up.

    Raises:
        NothingToPrintError: When none of the papers can be printed.
        UnprintableTextError: When a character of an application has no face.
        CancelledError: When the watcher stops it.
    """
    batch = _batch(office, plan_id, keys, paper=paper, with_stamp=with_stamp)
    plan = batch.basis.plan
    with office.store.reading() as reader:
        serial = max((document.serial for document in reader.documents(plan_id)), default=0)

    def number_of(ready: _Ready, index: int) -> Issue:
        nonlocal serial
        former = ready.formers[index]
        if former is not None and former.content_digest == ready.digests[index]:
            return Issue(issued_at=batch.at, number=former.number, reprint=former.prints)
        serial += 1
        return Issue(issued_at=batch.at, number=f"{plan.code}-{plan.year}-{serial:06d}")

    numbered = [_numbered(batch, ready, number_of) for ready in batch.ready]
    rendered = _render(batch, [part for _, parts in numbered for part in parts], progress)
    owners = [ready.draft.key for ready, parts in numbered for _ in parts]
    keys_of_pages = [
        key for key, count in zip(owners, rendered.pages, strict=True) for _ in range(count)
    ]
    return PreviewedForms(rendered.pdf, tuple(keys_of_pages))


def issue_forms(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
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
    batch = _batch(office, plan_id, keys, paper=paper, with_stamp=with_stamp)
    act = _act(batch, "列印" if purpose is PrintAct.PRINT else "儲存")
    with office.store.writing(act) as writer:
        numbered = [_issue(writer, batch, ready, purpose) for ready in batch.ready]
        parts = [part for _, parts in numbered for part in parts]
        pdf = _render(batch, parts, progress).pdf
        pdfs = dict.fromkeys(dict.fromkeys(part.kind for part in parts), pdf)
        if len(pdfs) > 1:
            pdfs = {
                kind: _render(batch, [p for p in parts if p.kind is kind], silent).pdf
                for kind in pdfs
            }
    numbers = tuple(part.content.issue.number or "" for part in parts)
    return IssuedForms(pdf, numbers, _change(batch, act), pdfs)


def issue_forms_each(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
    paper: str = APPLICATIONS,
    progress: Progress = silent,
) -> tuple[tuple[tuple[str, bytes], ...], ChangeSet]:
    """The same as one PDF a person (or list), each with its file name."""
    batch = _batch(office, plan_id, keys, paper=paper, with_stamp=with_stamp)
    act = _act(batch, "儲存")
    files: list[tuple[str, bytes]] = []
    with office.store.writing(act) as writer:
        by_owner: dict[str, list[_Numbered]] = {}
        for ready in batch.ready:
            owner = ready.draft.employee_id or ready.draft.key
            by_owner.setdefault(owner, []).append(_issue(writer, batch, ready, PrintAct.SAVE))
        for done, numbered in enumerate(by_owner.values()):
            draft = numbered[0][0].draft
            step(progress, done, len(by_owner), f"製表 {draft.name}")
            parts = [part for _, mine in numbered for part in mine]
            serial = (parts[0].content.issue.number or "").rsplit("-", 1)[-1]
            owner = f"{draft.employee_id}_" if draft.employee_id else ""
            name = f"{owner}{draft.name}_{plan_id}_{serial}.pdf"
            files.append((safe_file_name(name), _render(batch, parts, silent).pdf))
    return tuple(files), _change(batch, act)


def safe_file_name(name: str) -> str:
    """A file name without the characters Windows forbids."""
    return "".join(
        "＿" if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in name
    )


def _act(batch: _Batch, verb: str) -> str:
    return f"{verb} {len(batch.ready)} 份{batch.kind.title}"


def _change(batch: _Batch, act: str) -> ChangeSet:
    people = frozenset(r.draft.employee_id for r in batch.ready if r.draft.employee_id)
    return ChangeSet(act, _AREAS, people)


def _batch(
    office: Office, plan_id: str, keys: Sequence[str], *, paper: str, with_stamp: bool
) -> _Batch:
    basis, verdicts = evaluate_everybody(office, plan_id)
    kind = paper_kind(basis.plan, paper)
    if kind is None:
        raise NothingToPrintError
    ready = _ready(office, basis, kind, verdicts, wanted=set(keys))
    if not ready:
        raise NothingToPrintError
    return _Batch(office, basis, kind, ready, with_stamp, office.clock())


def _ready(
    office: Office,
    basis: Basis,
    kind: PaperKind,
    verdicts: Iterable[PersonVerdict],
    *,
    wanted: set[str],
) -> tuple[_Ready, ...]:
    with office.store.reading() as reader:
        documents = _latest(reader, basis.plan.id)
    return tuple(
        _Ready(
            draft,
            _digests(draft.parts),
            tuple(documents.get(_slot(draft, part)) for part in draft.parts),
        )
        for draft in kind.drafts(office, basis, tuple(verdicts))
        if draft.key in wanted and draft.is_ready
    )


def _slot(draft: Draft, part: Part) -> _Slot:
    return (part.kind.value, draft.employee_id, draft.set_id)


def _latest(reader: Reader, plan_id: str) -> dict[_Slot, IssuedDocument]:
    """The last document in force of each kind, person and set."""
    return {
        (document.kind, document.employee_id, document.set_id): document
        for document in reader.documents(plan_id)
        if not document.is_cancelled
    }


def _numbered(batch: _Batch, ready: _Ready, issue_of: Callable[[_Ready, int], Issue]) -> _Numbered:
    """The documents of a draft under their numbers, stamped where that is wanted."""
    contents = []
    for index, part in enumerate(ready.draft.parts):
        issue = issue_of(ready, index)
        content = replace(part.content, issue=issue)
        stamp = ready.draft.stamp
        if batch.with_stamp and stamp is not None:
            content = replace(
                content,
                stamp=CheckStamp(
                    agency=batch.basis.agency.name,
                    is_passed=stamp.is_passed,
                    clerk=batch.office.clerk,
                    day=batch.at.date(),
                    number=issue.number or "",
                    heading=stamp.heading,
                ),
            )
        contents.append(content)
    linked = ready.draft.link(tuple(contents))
    parts = tuple(
        Part(part.form, content) for part, content in zip(ready.draft.parts, linked, strict=True)
    )
    return ready, parts


def _issue(writer: Writer, batch: _Batch, ready: _Ready, what: PrintAct) -> _Numbered:
    """Number and keep what is new, log what is printed again."""
    plan = batch.basis.plan

    def number_of(ready: _Ready, index: int) -> Issue:
        former = ready.formers[index]
        if former is not None and former.content_digest == ready.digests[index]:
            return Issue(issued_at=batch.at, number=former.number, reprint=former.prints)
        number = writer.next_number(plan.id, plan.code, plan.year)
        return Issue(issued_at=batch.at, number=number)

    _, parts = _numbered(batch, ready, number_of)
    for index, part in enumerate(parts):
        issue, former = part.content.issue, ready.formers[index]
        if former is not None and former.number == issue.number:
            writer.log_print(issue.number, PrintAct.REPRINT)
            continue
        writer.add_document(
            number=issue.number,
            plan_id=plan.id,
            kind=part.kind.value,
            employee_id=ready.draft.employee_id,
            set_id=ready.draft.set_id,
            content_digest=ready.digests[index],
            frozen=frozen_content(part.content),
            cancels=former.number if former is not None else None,
        )
        writer.log_print(issue.number, what)
    return ready, parts


def _render(batch: _Batch, parts: Sequence[Part], progress: Progress) -> Rendered:
    def watch(done: int, total: int) -> bool:
        return progress(done, total, "製表")

    fonts = batch.office.fonts
    forms = {part.form: part.form(fonts) for part in parts}
    try:
        return render_together(
            fonts,
            [(forms[part.form], part.content) for part in parts],
            progress=watch,
            replace_unprintable=batch.kind.may_replace,
        )
    except Cancelled as error:
        raise CancelledError from error
