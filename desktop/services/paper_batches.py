"""Papers on their way out: which are ready, under which number, frozen, and drawn."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop.domain.verdicts import PersonVerdict
from desktop.rules.fingerprints import fingerprint, plain
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.paper_drafts import Draft, PaperKind, Part
from desktop.services.paper_kinds import paper_kind
from desktop.services.practice_papers import as_drawn
from desktop.services.progress import CancelledError, Progress
from desktop.services.stamp_pictures import OpenedStamp, log_uses
from desktop.services.verifying import evaluate_everybody
from desktop.store import Reader, Writer
from desktop.store.values import IssuedDocument, PrintAct
from forms.document import Cancelled, Issue
from forms.form import Rendered, render_together
from forms.seal_pictures import picture_for
from forms.stamp import CheckStamp, StampShape

_NOT_SAID = frozenset({"issue", "stamp", "not_commended_number", "commendation_number"})
"""Fields that may differ between two prints of one content: numbers, times, the stamp."""

Slot = tuple[str, str | None, str | None]
"""Kind, person and set: what a document is the latest one of."""


class NothingToPrintError(ValueError):
    """None of the papers asked for can be printed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("沒有可以列印的文件，請先到審核完成相關資料。")


@dataclass(frozen=True, slots=True)
class ReadyDraft:
    """A draft that may go out, with the digest and the former print of each of its documents."""

    draft: Draft
    digests: tuple[str, ...]
    formers: tuple[IssuedDocument | None, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is about to be previewed or issued."""

    office: Office
    basis: Basis
    kind: PaperKind
    ready: tuple[ReadyDraft, ...]
    with_stamp: bool
    at: datetime
    seals: tuple[OpenedStamp, ...] = ()
    has_round_stamp: bool = False


NumberedDraft = tuple[ReadyDraft, tuple[Part, ...]]
"""A draft with its documents as they go out."""


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
    """A document's whole content as JSON, kept under its number; stamp pictures are never kept."""
    content = replace(content, issue=replace(content.issue, seal_pictures=()))
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True).encode()


def gather_batch(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    paper: str,
    with_stamp: bool,
    seals: Sequence[OpenedStamp] = (),
    has_round_stamp: bool = False,
) -> Batch:
    """The papers of a kind that were asked for and may go out, in roster order.

    Raises:
        NothingToPrintError: When none of them may.
    """
    basis, verdicts = evaluate_everybody(office, plan_id)
    kind = paper_kind(basis.plan, paper)
    if kind is None:
        raise NothingToPrintError
    with office.store.reading() as reader:
        documents = latest_documents(reader, plan_id)
    wanted = set(keys)
    ready = tuple(
        ReadyDraft(
            draft,
            _digests(draft.parts),
            tuple(documents.get(slot_of(draft, part)) for part in draft.parts),
        )
        for draft in kind.drafts(office, basis, verdicts)
        if draft.key in wanted and draft.is_ready
    )
    if not ready:
        raise NothingToPrintError
    return Batch(
        office, basis, kind, ready, with_stamp, office.clock(), tuple(seals), has_round_stamp
    )


def unchanged_numbers(
    office: Office, plan_id: str, numbers: Sequence[str], *, paper: str
) -> frozenset[str]:
    """Which documents in force would be printed with the same content today.

    Args:
        office: The open office.
        plan_id: The plan.
        numbers: The documents asked about.
        paper: Their kind of paper.
    """
    basis, verdicts = evaluate_everybody(office, plan_id)
    return unchanged_among(office, basis, verdicts, numbers, paper=paper)


def unchanged_among(
    office: Office,
    basis: Basis,
    verdicts: Sequence[PersonVerdict],
    numbers: Sequence[str],
    *,
    paper: str,
) -> frozenset[str]:
    """The same from verdicts that are there already."""
    kind = paper_kind(basis.plan, paper)
    if kind is None or not numbers:
        return frozenset()
    with office.store.reading() as reader:
        documents = latest_documents(reader, basis.plan.id)
    wanted = {d.employee_id for d in documents.values() if d.number in set(numbers)}
    concerned = [v for v in verdicts if v.person.employee_id in wanted]
    found = set()
    for draft in kind.drafts(office, basis, concerned):
        for part, digest in zip(draft.parts, _digests(draft.parts), strict=True):
            document = documents.get(slot_of(draft, part))
            if document is not None and document.content_digest == digest and draft.is_ready:
                found.add(document.number)
    return frozenset(found & set(numbers))


def slot_of(draft: Draft, part: Part) -> Slot:
    """Where a document has its place among those issued."""
    return (part.kind.value, draft.employee_id, draft.set_id)


def latest_documents(reader: Reader, plan_id: str) -> dict[Slot, IssuedDocument]:
    """The last document in force of each kind, person and set."""
    return {
        (document.kind, document.employee_id, document.set_id): document
        for document in reader.documents(plan_id)
        if not document.is_cancelled
    }


def numbered_draft(
    batch: Batch, ready: ReadyDraft, issue_of: Callable[[ReadyDraft, int], Issue]
) -> NumberedDraft:
    """The documents of a draft under their numbers, stamped where that is wanted."""
    contents = []
    for index, part in enumerate(ready.draft.parts):
        pictures = tuple(stamp.as_seal for stamp in batch.seals)
        issue = replace(issue_of(ready, index), seal_pictures=pictures)
        content = replace(part.content, issue=issue)
        stamp = ready.draft.stamp
        if batch.with_stamp and stamp is not None:
            content = replace(
                content,
                stamp=CheckStamp(
                    agency=batch.basis.agency.name,
                    is_passed=stamp.is_passed,
                    clerk=batch.office.clerk_on_paper,
                    day=batch.at.date(),
                    number=issue.number or "",
                    heading=stamp.heading,
                    shape=StampShape.ROUND if batch.has_round_stamp else StampShape.RECTANGLE,
                ),
            )
        contents.append(content)
    linked = ready.draft.link(tuple(contents))
    parts = tuple(
        Part(part.form, content) for part, content in zip(ready.draft.parts, linked, strict=True)
    )
    return ready, parts


def issue_draft(writer: Writer, batch: Batch, ready: ReadyDraft, what: PrintAct) -> NumberedDraft:
    """Number and keep what is new, log what is printed again."""
    plan = batch.basis.plan

    def number_of(ready: ReadyDraft, index: int) -> Issue:
        former = ready.formers[index]
        if former is not None and former.content_digest == ready.digests[index]:
            return Issue(issued_at=batch.at, number=former.number, reprint=former.prints)
        number = writer.next_number(plan.id, plan.code, plan.year)
        return Issue(issued_at=batch.at, number=number)

    _, parts = numbered_draft(batch, ready, number_of)
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


def log_seals(writer: Writer, batch: Batch, parts: Sequence[Part]) -> None:
    """Record which stamp picture went onto which document that has a box for it.

    Raises:
        StampRefusedError: When one was withdrawn since it was opened.
    """
    for stamp in batch.seals:
        numbers = [
            part.content.issue.number or ""
            for part in parts
            if any(
                picture_for(label, (stamp.as_seal,)) is not None
                for label in getattr(part.content, "seals", ())
            )
        ]
        if numbers:
            log_uses(writer, stamp, numbers)


def render_batch(batch: Batch, parts: Sequence[Part], progress: Progress) -> Rendered:
    """Draw documents into one PDF.

    Raises:
        UnprintableTextError: When a character has no face and none may stand for it.
        CancelledError: When the watcher stops it.
    """

    def watch(done: int, total: int) -> bool:
        return progress(done, total, "製表")

    fonts = batch.office.fonts
    forms = {part.form: part.form(fonts) for part in parts}
    try:
        return render_together(
            fonts,
            [(forms[part.form], as_drawn(batch.office, part.content)) for part in parts],
            progress=watch,
            replace_unprintable=batch.kind.may_replace,
        )
    except Cancelled as error:
        raise CancelledError from error
