"""Issuing: forms previewed as they print, numbered at the first print, frozen and logged."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict, SetState, SetVerdict
from desktop.rules.audience import own_sets
from desktop.rules.fingerprints import fingerprint, plain
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.paper import application, printable_sets, stamp_for
from desktop.services.progress import CancelledError, Progress, silent, step
from desktop.services.verifying import evaluate_everybody
from desktop.store import Reader, Writer
from desktop.store.values import IssuedDocument, PrintAct
from forms.application114 import Application114Form
from forms.contents import Application114
from forms.document import Cancelled, Issue, Kind

_AREAS = frozenset({Area.DOCUMENTS})
_LAYOUTS = frozenset({"kaohsiung-114"})
"""The layouts of application forms that can be printed; each is a class in ``forms``."""


@dataclass(frozen=True, slots=True)
class FormCandidate:
    """One form that could be printed, or why it cannot yet.

    Attributes:
        key: Identifies it: person and set.
        state: 可列印, 待確認, 未完成 or 不適用.
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
class IssuedForms:
    """Forms that went out: the very bytes, their numbers, what changed."""

    pdf: bytes
    numbers: tuple[str, ...]
    change: ChangeSet


class NothingToPrintError(ValueError):
    """None of the forms asked for can be printed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("沒有可以列印的申請表，請先到審核完成該套課程。")


@dataclass(frozen=True, slots=True)
class _Ready:
    """A form ready to print: its content without number, and its former print."""

    key: str
    verdict: PersonVerdict
    set_verdict: SetVerdict
    content: Application114
    former: IssuedDocument | None

    @property
    def digest(self) -> str:
        """Digest of what the form says, number and time aside."""
        return content_digest(self.content)


def content_digest(content: Any) -> str:
    """Digest of a document's content, number and time of the print aside."""
    fields = {
        field.name: getattr(content, field.name)
        for field in dataclasses.fields(content)
        if field.name not in ("issue", "stamp")
    }
    return fingerprint(type(content).__name__, fields)


def frozen_content(content: Any) -> bytes:
    """A document's whole content as JSON, kept under its number."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True).encode()


def has_form(plan: Plan) -> bool:
    """Whether the plan has an application form that this program can print."""
    return plan.form is not None and plan.form.layout in _LAYOUTS


def form_candidates(office: Office, plan_id: str) -> tuple[FormCandidate, ...]:
    """Every person and set of the roster with the state of its form, in roster order."""
    basis, verdicts = evaluate_everybody(office, plan_id)
    if not has_form(basis.plan):
        return ()
    with office.store.reading() as reader:
        documents = _latest(reader, plan_id)
    form = Application114Form(office.fonts)
    candidates: list[FormCandidate] = []
    for verdict in verdicts:
        ready = {s.set_id: s for s in printable_sets(basis.plan, verdict)}
        for course_set in own_sets(basis.plan, verdict.person).sets:
            set_verdict = next(s for s in verdict.sets if s.set_id == course_set.id)
            if not set_verdict.counted:
                continue
            key = f"{verdict.person.employee_id}/{course_set.id}"
            document = documents.get(key)
            content = application(
                basis.plan,
                verdict,
                set_verdict,
                issue=Issue(issued_at=office.clock()),
                agency=basis.agency.name,
            )
            warnings = tuple(
                dict.fromkeys(
                    f"「{text}」的「{found.character}」（{found.code}）沒有字型可印"
                    for text, found in form.unprintable(content)
                )
            )
            candidates.append(
                FormCandidate(
                    key=key,
                    employee_id=verdict.person.employee_id,
                    name=verdict.person.name,
                    unit=verdict.person.unit,
                    set_id=course_set.id,
                    set_title=course_set.title,
                    state=_state_words(verdict, set_verdict, is_ready=course_set.id in ready),
                    is_printable=course_set.id in ready and not warnings,
                    number=document.number if document else "",
                    times_printed=document.prints if document else 0,
                    warnings=warnings,
                )
            )
    return tuple(candidates)


def _state_words(verdict: PersonVerdict, set_verdict: SetVerdict, *, is_ready: bool) -> str:
    if verdict.is_eligible is False:
        return "不適用"
    if is_ready:
        return "可列印"
    return "待確認" if set_verdict.state is not SetState.INCOMPLETE else "未完成"


def preview_forms(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
    progress: Progress = silent,
) -> bytes:
    """The very pages that would print, with the numbers they would be given; none is used up.

    Raises:
        NothingToPrintError: When none of the forms can be printed.
        UnprintableTextError: When a character has no face.
        CancelledError: When the watcher stops it.
    """
    basis, ready = _ready(office, plan_id, keys)
    now = office.clock()
    with office.store.reading() as reader:
        serial = max((document.serial for document in reader.documents(plan_id)), default=0)
    contents = []
    for item in ready:
        former = item.former
        is_reprint = former is not None and former.content_digest == item.digest
        if former is not None and is_reprint:
            number, reprint = former.number, former.prints
        else:
            serial += 1
            number, reprint = f"{basis.plan.code}-{basis.plan.year}-{serial:06d}", 0
        contents.append(
            _numbered(
                basis,
                item,
                number=number,
                at=now,
                office=office,
                with_stamp=with_stamp,
                reprint=reprint,
            )
        )
    return _render(office, contents, progress)


def issue_forms(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
    purpose: PrintAct = PrintAct.PRINT,
    progress: Progress = silent,
) -> IssuedForms:
    """Number, freeze and log forms, and give the bytes to print or save.

    A form whose content is unchanged since its last print keeps its number and is marked 補印; a
    changed one gets a new number that cancels the former.

    Raises:
        NothingToPrintError: When none of the forms can be printed.
        UnprintableTextError: When a character has no face.
        CancelledError: When the watcher stops it; no number is used then.
    """
    basis, ready = _ready(office, plan_id, keys)
    now = office.clock()
    act = (
        f"列印 {len(ready)} 份申請表"
        if purpose is PrintAct.PRINT
        else f"儲存 {len(ready)} 份申請表"
    )
    with office.store.writing(act) as writer:
        contents = []
        for item in ready:
            contents.append(
                _issue(writer, office, basis, item, at=now, with_stamp=with_stamp, what=purpose)
            )
        pdf = _render(office, contents, progress)
    numbers = tuple(content.issue.number or "" for content in contents)
    change = ChangeSet(act, _AREAS, frozenset(item.verdict.person.employee_id for item in ready))
    return IssuedForms(pdf, numbers, change)


def issue_forms_each(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    with_stamp: bool,
    progress: Progress = silent,
) -> tuple[tuple[tuple[str, bytes], ...], ChangeSet]:
    """The same as one PDF a person, each with its file name."""
    basis, ready = _ready(office, plan_id, keys)
    now = office.clock()
    files: list[tuple[str, bytes]] = []
    with office.store.writing(f"儲存 {len(ready)} 份申請表") as writer:
        by_person: dict[str, list[Application114]] = {}
        for item in ready:
            content = _issue(
                writer, office, basis, item, at=now, with_stamp=with_stamp, what=PrintAct.SAVE
            )
            by_person.setdefault(item.verdict.person.employee_id, []).append(content)
        for done, (employee_id, contents) in enumerate(by_person.items()):
            step(progress, done, len(by_person), f"製表 {contents[0].name}")
            serial = (contents[0].issue.number or "").rsplit("-", 1)[-1]
            name = f"{employee_id}_{contents[0].name}_{plan_id}_{serial}.pdf"
            files.append((safe_file_name(name), _render(office, contents, silent)))
    people = frozenset(item.verdict.person.employee_id for item in ready)
    return tuple(files), ChangeSet(f"儲存 {len(ready)} 份申請表", _AREAS, people)


def safe_file_name(name: str) -> str:
    """A file name without the characters Windows forbids."""
    return "".join(
        "＿" if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in name
    )


def _ready(office: Office, plan_id: str, keys: Sequence[str]) -> tuple[Basis, list[_Ready]]:
    basis, verdicts = evaluate_everybody(office, plan_id)
    if not has_form(basis.plan):
        raise NothingToPrintError
    with office.store.reading() as reader:
        documents = _latest(reader, plan_id)
    wanted = set(keys)
    found = []
    for verdict in verdicts:
        for set_verdict in printable_sets(basis.plan, verdict):
            key = f"{verdict.person.employee_id}/{set_verdict.set_id}"
            if key not in wanted:
                continue
            content = application(
                basis.plan,
                verdict,
                set_verdict,
                issue=Issue(issued_at=office.clock()),
                agency=basis.agency.name,
            )
            former = documents.get(key)
            found.append(_Ready(key, verdict, set_verdict, content, former))
    if not found:
        raise NothingToPrintError
    return basis, found


def _latest(reader: Reader, plan_id: str) -> dict[str, IssuedDocument]:
    """The last document in force of each person and set."""
    return {
        f"{document.employee_id}/{document.set_id}": document
        for document in reader.documents(plan_id)
        if document.kind == Kind.APPLICATION.value and not document.is_cancelled
    }


def _numbered(
    basis: Basis,
    item: _Ready,
    *,
    number: str | None,
    at: datetime,
    office: Office,
    with_stamp: bool,
    reprint: int = 0,
) -> Application114:
    stamp = None
    if with_stamp and number:
        stamp = stamp_for(
            item.verdict,
            item.set_verdict,
            agency=basis.agency.name,
            clerk=office.clerk,
            at=at,
            number=number,
        )
    return replace(
        item.content, issue=Issue(issued_at=at, number=number, reprint=reprint), stamp=stamp
    )


def _issue(
    writer: Writer,
    office: Office,
    basis: Basis,
    item: _Ready,
    *,
    at: datetime,
    with_stamp: bool,
    what: PrintAct,
) -> Application114:
    plan: Plan = basis.plan
    former = item.former
    if former is not None and former.content_digest == item.digest:
        writer.log_print(former.number, PrintAct.REPRINT)
        return _numbered(
            basis,
            item,
            number=former.number,
            at=at,
            office=office,
            with_stamp=with_stamp,
            reprint=former.prints,
        )
    number = writer.next_number(plan.id, plan.code, plan.year)
    content = _numbered(basis, item, number=number, at=at, office=office, with_stamp=with_stamp)
    writer.add_document(
        number=number,
        plan_id=plan.id,
        kind=Kind.APPLICATION.value,
        employee_id=item.verdict.person.employee_id,
        set_id=item.set_verdict.set_id,
        content_digest=item.digest,
        frozen=frozen_content(content),
        cancels=former.number if former is not None else None,
    )
    writer.log_print(number, what)
    return content


def _render(office: Office, contents: Sequence[Application114], progress: Progress) -> bytes:
    def watch(done: int, total: int) -> bool:
        return progress(done, total, "製表")

    try:
        return Application114Form(office.fonts).render(contents, progress=watch)
    except Cancelled as error:
        raise CancelledError from error
