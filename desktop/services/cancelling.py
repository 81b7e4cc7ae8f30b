"""Documents that went out: listed, and cancelled by a slip with a reason, never deleted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.people import Person
from desktop.rules.fingerprints import fingerprint
from desktop.services.office import Office
from desktop.services.paper_batches import frozen_content
from desktop.services.practice_papers import as_drawn
from desktop.services.promotion import load_promotion_plan
from desktop.store import Reader
from desktop.store.values import IssuedDocument, PrintAct
from forms.cancellation_slip import CancellationSlip, CancellationSlipForm
from forms.document import Issue, Kind

KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Kind.COMMITTEE_TABLE.value: "獎懲案件審議表",
        Kind.APPLICATION.value: "申請表",
        Kind.COMMENDATION_LIST.value: "敘獎建議名冊",
        Kind.NOT_COMMENDED_LIST.value: "未獲敘獎名單",
        Kind.CORRECTION_NOTICE.value: "補正通知單",
        Kind.GRANT_REGISTER.value: "補休核給清冊",
        Kind.LEAVE_CARD.value: "補休紀錄卡",
        Kind.CHECK_SHEET.value: "查核表",
        Kind.SCHEDULE.value: "辦理期程及分工表",
        Kind.NOMINATION_LIST.value: "薦送名冊",
        Kind.CREDIT_LIST.value: "時數採認清冊",
        Kind.BELOW_MINIMUM_LIST.value: "未達最低時數名冊",
        Kind.REPORT_REMINDER.value: "研習報告催繳單",
        Kind.CANCELLATION_SLIP.value: "文件註銷單",
    }
)


class CancellationRefusedError(ValueError):
    """A document cannot be cancelled; the text is a sentence for the clerk."""


@dataclass(frozen=True, slots=True)
class IssuedEntry:
    """One document that went out.

    Attributes:
        number: Its number.
        kind: In words.
        employee_id, name: Whose it is; empty for lists.
        issued_at, actor: When and by whom it was first printed.
        prints: How often it went out.
        cancels: Number of the document it took the place of; empty without.
        cancelled_by: Number of the document that took its place or cancelled it; empty in force.
        is_slip: Whether it is a cancellation slip itself.
        is_cancelled_by_slip: Whether a slip cancelled it, rather than a newer print.
        scans: How many scanned pages of it came back.
    """

    number: str
    kind: str
    employee_id: str
    name: str
    issued_at: datetime
    actor: str
    prints: int
    cancels: str
    cancelled_by: str
    is_slip: bool
    is_cancelled_by_slip: bool
    scans: int = 0

    @property
    def state(self) -> str:
        """Whether it is in force, in words."""
        if not self.cancelled_by:
            return "註銷單" if self.is_slip else "有效"
        return "已註銷" if self.is_cancelled_by_slip else "已由新件取代"

    @property
    def may_be_cancelled(self) -> bool:
        """Whether a slip could cancel it."""
        return not self.cancelled_by and not self.is_slip


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A slip as it goes out.

    Attributes:
        pdf: Its page.
        number: The slip's number.
        change: What other pages may want to read again.
        documents: Pages of each document: one document.
    """

    pdf: bytes
    number: str
    change: ChangeSet
    documents: tuple[int, ...] = (1,)


def issued_documents(office: Office, plan_id: str) -> tuple[IssuedEntry, ...]:
    """Every document that was issued under a plan, the latest first, cancelled ones among them.

    The schedule of the promotion plan has no list of its own: it stands in that of every plan.
    """
    of_all = load_promotion_plan(office.library.folder).id
    with office.store.reading() as reader:
        plans = dict.fromkeys((plan_id, of_all))
        documents = [document for plan in plans for document in reader.documents(plan)]
        people = _people(reader)
        scans = Counter(sheet.number for plan in plans for sheet in reader.scanned_sheets(plan))
    slips = {d.number for d in documents if d.kind == Kind.CANCELLATION_SLIP.value}
    # Of one moment the one that was issued later stands first, as everywhere.
    documents.reverse()
    documents.sort(key=lambda one: one.issued_at, reverse=True)
    return tuple(
        replace(_entry(document, people, slips), scans=scans[document.number])
        for document in documents
    )


def _people(reader: Reader) -> dict[str, Person]:
    return {person.employee_id: person for person in reader.people()}


def _entry(document: IssuedDocument, people: Mapping[str, Person], slips: set[str]) -> IssuedEntry:
    person = people.get(document.employee_id or "")
    return IssuedEntry(
        number=document.number,
        kind=KIND_WORDS.get(document.kind, document.kind),
        employee_id=document.employee_id or "",
        name=person.name if person is not None else "",
        issued_at=document.issued_at,
        actor=document.actor,
        prints=document.prints,
        cancels=document.cancels or "",
        cancelled_by=document.cancelled_by or "",
        is_slip=document.number in slips,
        is_cancelled_by_slip=(document.cancelled_by or "") in slips,
    )


def cancel_document(office: Office, number: str, *, reason: str) -> Cancellation:
    """Cancel a document by a slip that has a number of its own; the document itself stays.

    Args:
        office: The open office.
        number: Of the document.
        reason: Why, in words.

    Raises:
        CancellationRefusedError: Without a reason, for a slip, or when it is cancelled already.
        NotStoredError: When no document has that number.
        UnprintableTextError: When a character of the reason has no face; nothing is cancelled.
    """
    why = " ".join(reason.split())
    if not why:
        raise CancellationRefusedError(f"請寫明註銷「{number}」的原因，還沒有註銷。")
    form = CancellationSlipForm(office.fonts)
    now = office.clock()
    act = f"註銷 {number}"
    with office.store.writing(act) as writer:
        document = writer.document(number)
        if document.kind == Kind.CANCELLATION_SLIP.value:
            raise CancellationRefusedError(
                f"「{number}」是註銷單，不能再註銷；需要時請重新列印原件。"
            )
        if document.cancelled_by:
            raise CancellationRefusedError(
                f"「{number}」已由「{document.cancelled_by}」註銷或取代，不必再註銷。"
            )
        plan_title, plan_agency = _plan_words(office, writer, document.plan_id)
        agency, _ = office.agency(writer)
        person = _people(writer).get(document.employee_id or "")
        code, roc_year, _ = number.rsplit("-", 2)
        slip_number = writer.next_number(document.plan_id, code, int(roc_year))
        content = CancellationSlip(
            issue=Issue(issued_at=now, number=slip_number),
            office=agency.name or plan_agency,
            plan=plan_title,
            number=number,
            document=_title(writer.document_content(number), document.kind),
            person="　".join(filter(None, (person.unit, person.title, person.name)))
            if person is not None
            else "",
            issued_at=document.issued_at,
            issued_by=document.actor,
            prints=document.prints,
            reason=why,
            day=now.date(),
            clerk=office.clerk_on_paper or office.actor,
        )
        pdf = form.render([as_drawn(office, content)])
        writer.add_document(
            number=slip_number,
            plan_id=document.plan_id,
            kind=Kind.CANCELLATION_SLIP.value,
            employee_id=document.employee_id,
            set_id=document.set_id,
            content_digest=fingerprint("CancellationSlip", number, why),
            frozen=frozen_content(content),
            cancels=number,
        )
        writer.log_print(slip_number, PrintAct.PRINT)
        writer.describe(number, {"reason": why, "slip": slip_number})
    people = frozenset({document.employee_id} if document.employee_id else set())
    return Cancellation(pdf, slip_number, ChangeSet(act, frozenset({Area.DOCUMENTS}), people))


def _plan_words(office: Office, reader: Reader, plan_id: str) -> tuple[str, str]:
    """A plan's title, and whose it is."""
    promotion = load_promotion_plan(office.library.folder)
    if plan_id == promotion.id:
        return promotion.title, ""
    plan = office.plan(reader, plan_id)
    return plan.title, plan.agency


def _title(frozen: bytes, kind: str) -> str:
    """A document's title as it was printed, where its content holds one."""
    content: Any = json.loads(frozen)
    title = content.get("title") if isinstance(content, dict) else None
    return title if isinstance(title, str) and title else KIND_WORDS.get(kind, kind)
