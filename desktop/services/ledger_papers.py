"""The papers of the ledger: 補休核給清冊 for the attendance system, 補休紀錄卡 of a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.ledger import (
    Entry,
    LeaveGrant,
    Reversal,
    Settlement,
    TransferIn,
    TransferOut,
    Use,
)
from desktop.domain.moments import roc_date
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.exports import (
    GrantRegisterContent,
    GrantRegisterEntry,
    write_grant_register_csv,
    write_grant_register_ods,
    write_grant_register_xlsx,
    write_key_in_xlsx,
)
from desktop.rules.ledger import PersonLedger
from desktop.rules.ledger_lines import CardLine, card_lines
from desktop.services.attendance_screen import load_attendance_screen
from desktop.services.ledger_basics import (
    USUAL_KIND,
    USUAL_REASON,
    LedgerRefusedError,
    leave_of,
    person_in,
)
from desktop.services.ledger_used import ledgers_of
from desktop.services.ledger_views import (
    grant_numbers,
    line_words,
    next_expiry,
    registered_kind,
)
from desktop.services.office import Office
from desktop.services.paper_batches import (
    Slot,
    content_digest,
    frozen_content,
    latest_documents,
)
from desktop.store import Reader, Writer
from desktop.store.values import PrintAct
from forms.document import Issue
from forms.form import PrintedForm, Rendered, render_together
from forms.leave_card import LeaveCardForm
from forms.leave_contents import (
    LeaveCard,
    LeaveCardEntry,
    LeaveCardGrant,
    LeaveRegister,
    LeaveRegisterRow,
)
from forms.leave_register import LeaveRegisterForm

_AREAS = frozenset({Area.DOCUMENTS})
_OWN_NUMBER = re.compile(r"[A-Z]{2,4}-\d{2,3}-(\d{6})")
_REGISTER_NOTE = "說明：起算日、到期日依計畫核給；到期日當日（含）前須補休完畢，以小時計。"
_CARD_NOTE = "餘額＝核給－使用＋沖銷－逾期；帳目只增不改，登錯以沖銷更正。"
LAPSED_BASIS = "系統"


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
class RegisterFiles:
    """The register as it went out, the same rows in every file.

    Attributes:
        number: Its number.
        pdf, xlsx, ods, csv: The register.
        documents: The PDF's pages, as a document of so many.
        key_in: The rows in the order of the attendance system's screen, as xlsx.
        change: What pages must read again.
    """

    number: str
    pdf: bytes
    documents: tuple[int, ...]
    xlsx: bytes
    ods: bytes
    csv: bytes
    key_in: bytes
    change: ChangeSet


# ------------------------------------------------------------------------------------ register


def register_content(
    office: Office, reader: Reader, plan: Plan, first_day: date, last_day: date, *, unit: str = ""
) -> LeaveRegister:
    """What was granted under a plan between two days, reversed grants left out.

    Order: units as in the roster, then 人員代號, then 起算日.

    Raises:
        LedgerRefusedError: When nothing was granted then.
    """
    leave = leave_of(plan)
    ledgers = ledgers_of(reader.ledger())
    people = {owner: person_in(reader, owner) for owner in ledgers}
    units = list(dict.fromkeys(person.unit for person in reader.people()))
    found = [
        (people[owner], grant)
        for owner, ledger in ledgers.items()
        for grant in ledger.grants
        if grant.plan_id == plan.id
        and not isinstance(grant, TransferIn)
        and not ledger.is_reversed(grant)
        and first_day <= grant.day <= last_day
        and unit in ("", people[owner].unit)
    ]
    if not found:
        raise LedgerRefusedError(
            f"{roc_date(first_day)} 至 {roc_date(last_day)} 沒有核給，沒有製作清冊；請改選期間。"
        )
    order = {name: place for place, name in enumerate(units)}
    found.sort(key=lambda pair: _place(pair[0], pair[1], order))
    agency, _ = office.agency(reader)
    return LeaveRegister(
        issue=Issue(issued_at=office.clock()),
        agency=agency.name or plan.agency,
        plan=plan.title,
        year=plan.year,
        first_day=first_day,
        last_day=last_day,
        rows=tuple(
            LeaveRegisterRow(
                person_code=person.employee_id,
                name=person.name,
                unit=person.unit,
                hours=grant.hours,
                starts=grant.first_day,
                expires=grant.expires,
                document_number=grant.document_number,
                leave_type=leave.registered_as or USUAL_KIND,
                reason=leave.registered_reason or USUAL_REASON,
            )
            for person, grant in found
        ),
        notes=(_REGISTER_NOTE,),
    )


def _place(person: Person, grant: LeaveGrant, order: dict[str, int]) -> tuple[Any, ...]:
    place = order.get(person.unit, len(order))
    return (place, person.unit, person.employee_id, grant.first_day, grant.seq)


def register_period(office: Office, plan_id: str) -> tuple[date, date]:
    """The days a register is usually made of: the month of the plan's latest grant, to today."""
    today = office.clock().date()
    with office.store.reading() as reader:
        days = [
            entry.day
            for entry in reader.ledger()
            if isinstance(entry, LeaveGrant) and entry.plan_id == plan_id
        ]
    return max(days, default=today).replace(day=1), today


def preview_register(
    office: Office, plan_id: str, first_day: date, last_day: date, *, unit: str = ""
) -> LedgerPaper:
    """The register as it would print; no number is used up.

    Raises:
        LedgerRefusedError: When nothing was granted then.
    """
    with office.store.reading() as reader:
        plan = office.plan(reader, plan_id)
        content = register_content(office, reader, plan, first_day, last_day, unit=unit)
        slot = Slotted(LeaveRegisterForm, None, _register_slot(first_day, last_day, unit))
        content = replace(content, issue=_preview_issue(reader, plan, slot, content))
    drawn = _drawn(office, LeaveRegisterForm, content)
    return LedgerPaper(drawn.pdf, drawn.pages, content.issue.number or "", "補休核給清冊")


def issue_register(
    office: Office,
    plan_id: str,
    first_day: date,
    last_day: date,
    *,
    unit: str = "",
    purpose: PrintAct = PrintAct.SAVE,
) -> RegisterFiles:
    """Number, freeze and log the register, and give it as PDF, workbook and CSV.

    Unchanged since its last print it keeps its number and is marked 補印; changed (a grant was
    added or reversed) it gets a new number that cancels the former for the same days.

    Raises:
        LedgerRefusedError: When nothing was granted then.
    """
    act = "匯出補休核給清冊" if purpose is PrintAct.SAVE else "列印補休核給清冊"
    with office.store.writing(act) as writer:
        plan = office.plan(writer, plan_id)
        content = register_content(office, writer, plan, first_day, last_day, unit=unit)
        slot = Slotted(LeaveRegisterForm, None, _register_slot(first_day, last_day, unit))
        issue = _issued(writer, plan, slot, content, purpose)
        content = replace(content, issue=issue)
        drawn = _drawn(office, LeaveRegisterForm, content)
        sheet = _sheet(office, content)
        files = RegisterFiles(
            number=issue.number or "",
            pdf=drawn.pdf,
            documents=drawn.pages,
            xlsx=write_grant_register_xlsx(sheet),
            ods=write_grant_register_ods(sheet),
            csv=write_grant_register_csv(sheet),
            key_in=write_key_in_xlsx(sheet, load_attendance_screen(office.library.folder)),
            change=ChangeSet(act, _AREAS),
        )
        writer.describe(
            files.number,
            {
                "from": first_day.isoformat(),
                "to": last_day.isoformat(),
                "unit": unit,
                "grants": len(content.rows),
                "hours": sum(row.hours for row in content.rows),
            },
        )
    return files


def _sheet(office: Office, content: LeaveRegister) -> GrantRegisterContent:
    first, last = (roc_date(day, separator="/") for day in (content.first_day, content.last_day))
    return GrantRegisterContent(
        agency=content.agency,
        plan_title=content.plan,
        period=f"{first}–{last}",
        roc_year=content.year,
        created=content.issue.issued_at,
        created_by=office.actor,
        entries=tuple(
            GrantRegisterEntry(
                employee_id=row.person_code,
                name=row.name,
                unit=row.unit,
                hours=Decimal(row.hours),
                usable_from=row.starts,
                usable_until=row.expires,
                document=row.document_number,
                leave_kind=row.leave_type,
                reason=row.reason,
            )
            for row in content.rows
        ),
    )


# ---------------------------------------------------------------------------------------- card


def card_content(
    office: Office, reader: Reader, plan: Plan, employee_id: str, day: date
) -> LeaveCard:
    """One person's card: everything that counts by a day, in the order entered.

    Raises:
        LedgerRefusedError: When nobody has that id.
    """
    person = person_in(reader, employee_id)
    ledger = PersonLedger(reader.ledger(employee_id))
    numbers = grant_numbers(ledger)
    kinds = registered_kind(office, reader)
    lines = card_lines(ledger, lapsed_by=day, up_to=day)
    places = {line.entry.id: place for place, line in enumerate(lines, 1) if line.entry is not None}
    agency, _ = office.agency(reader)
    expiry, hours = next_expiry(ledger, day)
    notes = [_CARD_NOTE]
    if expiry is not None:
        notes.append(f"最近到期：{roc_date(expiry, separator='/')}，{hours} 小時。")
    for advance, left in ledger.owed(day):
        notes.append(
            f"先行補休 {roc_date(advance.day, separator='/')} {left} 小時尚未核給，"
            f"{roc_date(advance.evidence_due, separator='/')} 前補證明。"
        )
    return LeaveCard(
        issue=Issue(issued_at=office.clock()),
        agency=agency.name or plan.agency,
        person_code=person.employee_id,
        name=person.name,
        unit=person.unit,
        job_title=person.title,
        rank=person.rank,
        day=day,
        grants=tuple(
            _card_grant(ledger, grant, numbers[grant.id], day)
            for grant in ledger.grants
            if grant.day <= day
        ),
        entries=tuple(
            _card_entry(ledger, line, place, places, numbers, kinds)
            for place, line in enumerate(lines, 1)
        ),
        notes=tuple(notes),
    )


def _card_grant(ledger: PersonLedger, grant: LeaveGrant, number: int, day: date) -> LeaveCardGrant:
    standing = ledger.standing(grant, day)
    return LeaveCardGrant(
        number=str(number),
        title=grant.title,
        completed=grant.completed_on,
        starts=grant.first_day,
        expires=grant.expires,
        granted=standing.granted,
        used=standing.used + standing.settled + standing.moved_out,
        expired=standing.expired,
        balance=standing.balance,
    )


def _card_entry(
    ledger: PersonLedger,
    line: CardLine,
    place: int,
    places: dict[str, int],
    numbers: dict[str, int],
    kinds: dict[str, str],
) -> LeaveCardEntry:
    entry = line.entry
    if entry is None:
        expires = line.grant.expires if line.grant is not None else None
        until = f"（期限 {roc_date(expires, separator='/')}）" if expires is not None else ""
        text, basis = f"逾期失效{until}", LAPSED_BASIS
        if line.change > 0:
            text = "核給沖銷，不計逾期"
    else:
        text, basis = _entry_text(ledger, entry, places, kinds), _basis(entry.document_number)
    return LeaveCardEntry(
        number=str(place),
        day=line.day,
        text=text,
        balance=line.balance,
        grant=str(numbers[line.grant.id]) if line.grant is not None else "",
        basis=basis,
        granted=line.change if isinstance(entry, LeaveGrant) else 0,
        used=-line.change if isinstance(entry, Use | Settlement | TransferOut) else 0,
        reversed=line.change if isinstance(entry, Reversal) else 0,
        expired=-line.change if entry is None else 0,
    )


def _entry_text(
    ledger: PersonLedger, entry: Entry, places: dict[str, int], kinds: dict[str, str]
) -> str:
    if isinstance(entry, Reversal):
        return f"沖銷第 {places[entry.reverses]} 筆：{entry.reason}"
    words = line_words(ledger, entry, kinds)
    if isinstance(entry, Use | TransferOut):
        return words
    if isinstance(entry, LeaveGrant):
        # The grants' table above says the year and the days.
        what = entry.title.rpartition("／")[2]
        came = f"，自{entry.other_agency}" if isinstance(entry, TransferIn) else ""
        return f"{entry.kind.word}\u3000{what}{came}"
    return f"{entry.kind.word} {entry.hours} 小時：{words}"


def _basis(document_number: str) -> str:
    """An own number by its serial, which a narrow column holds; others as written."""
    own = _OWN_NUMBER.fullmatch(document_number)
    return own.group(1) if own is not None else document_number


def preview_card(
    office: Office, plan_id: str, employee_id: str, *, day: date | None = None
) -> LedgerPaper:
    """One person's card as it would print; no number is used up.

    Args:
        office: The open office.
        plan_id: The plan in force, under which the card is numbered.
        employee_id: Whose.
        day: 截止日; today unless given.
    """
    with office.store.reading() as reader:
        plan = office.plan(reader, plan_id)
        content = card_content(office, reader, plan, employee_id, day or office.clock().date())
        slot = Slotted(LeaveCardForm, employee_id, None)
        content = replace(content, issue=_preview_issue(reader, plan, slot, content))
    drawn = _drawn(office, LeaveCardForm, content)
    return LedgerPaper(
        drawn.pdf, drawn.pages, content.issue.number or "", f"補休紀錄卡 {content.name}"
    )


def issue_card(
    office: Office,
    plan_id: str,
    employee_id: str,
    *,
    day: date | None = None,
    purpose: PrintAct = PrintAct.PRINT,
) -> LedgerPaper:
    """Number, freeze and log one person's card, and give the bytes to print or save.

    Args:
        office: The open office.
        plan_id: The plan in force, under which the card is numbered.
        employee_id: Whose.
        day: 截止日; today unless given.
        purpose: Whether it is printed or saved.
    """
    verb = "儲存" if purpose is PrintAct.SAVE else "列印"
    act = f"{verb}補休紀錄卡"
    with office.store.writing(act) as writer:
        plan = office.plan(writer, plan_id)
        content = card_content(office, writer, plan, employee_id, day or office.clock().date())
        issue = _issued(writer, plan, Slotted(LeaveCardForm, employee_id, None), content, purpose)
        content = replace(content, issue=issue)
        drawn = _drawn(office, LeaveCardForm, content)
        writer.describe(issue.number or "", {"person": employee_id})
    change = ChangeSet(act, _AREAS, frozenset({employee_id}))
    return LedgerPaper(
        drawn.pdf, drawn.pages, issue.number or "", f"補休紀錄卡 {content.name}", change
    )


# ------------------------------------------------------------------------------------- numbers


def _register_slot(first_day: date, last_day: date, unit: str) -> str:
    """Registers of one plan are told apart by their days and unit."""
    days = f"{first_day.isoformat()}/{last_day.isoformat()}"
    return f"{days}/{unit}" if unit else days


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


def _preview_issue(
    reader: Reader, plan: Plan, slotted: Slotted, content: LeaveRegister | LeaveCard
) -> Issue:
    at = content.issue.issued_at
    former = latest_documents(reader, plan.id).get(slotted.slot)
    if former is not None and former.content_digest == content_digest(content):
        return Issue(issued_at=at, number=former.number, reprint=former.prints)
    last = max((document.serial for document in reader.documents(plan.id)), default=0)
    return Issue(issued_at=at, number=f"{plan.code}-{plan.year}-{last + 1:06d}")


def _issued(
    writer: Writer,
    plan: Plan,
    slotted: Slotted,
    content: LeaveRegister | LeaveCard,
    purpose: PrintAct,
) -> Issue:
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


def _drawn(office: Office, form: type[PrintedForm[Any]], content: Any) -> Rendered:
    """One name must not hold up a list or a card: 〓 stands for a character without a face."""
    made = form(office.fonts)
    return render_together(office.fonts, [(made, content)], replace_unprintable=True)
