"""補休紀錄卡: everything of one person that counts by a day, in the order entered."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from desktop.domain.changes import ChangeSet
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
from desktop.domain.plan import Plan
from desktop.rules.ledger import PersonLedger
from desktop.rules.ledger_lines import CardLine, card_lines
from desktop.services.ledger_basics import (
    person_in,
)
from desktop.services.ledger_numbering import (
    PAPER_AREAS,
    LedgerPaper,
    Slotted,
    drawn_paper,
    issue_paper,
    preview_issue,
)
from desktop.services.ledger_views import (
    grant_numbers,
    line_words,
    next_expiry,
    registered_kind,
)
from desktop.services.office import Office
from desktop.store import Reader
from desktop.store.values import PrintAct
from forms.document import Issue
from forms.leave_card import LeaveCardForm
from forms.leave_contents import (
    LeaveCard,
    LeaveCardEntry,
    LeaveCardGrant,
)

_OWN_NUMBER = re.compile(r"[A-Z]{2,4}-\d{2,3}-(\d{6})")
_CARD_NOTE = "餘額＝核給－使用＋沖銷－逾期；帳目只增不改，登錯以沖銷更正。"
LAPSED_BASIS = "系統"


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
        content = replace(content, issue=preview_issue(reader, plan, slot, content))
    drawn = drawn_paper(office, LeaveCardForm, content)
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
        issue = issue_paper(
            writer, plan, Slotted(LeaveCardForm, employee_id, None), content, purpose
        )
        content = replace(content, issue=issue)
        drawn = drawn_paper(office, LeaveCardForm, content)
        writer.describe(issue.number or "", {"person": employee_id})
    change = ChangeSet(act, PAPER_AREAS, frozenset({employee_id}))
    return LedgerPaper(
        drawn.pdf, drawn.pages, issue.number or "", f"補休紀錄卡 {content.name}", change
    )
