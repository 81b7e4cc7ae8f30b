"""補休核給清冊: what was granted in some days, for the attendance system."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.changes import ChangeSet
from desktop.domain.ledger import (
    LeaveGrant,
    TransferIn,
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
from desktop.services.attendance_screen import load_attendance_screen
from desktop.services.ledger_basics import (
    USUAL_KIND,
    USUAL_REASON,
    LedgerRefusedError,
    leave_of,
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
from desktop.services.ledger_used import ledgers_of
from desktop.services.office import Office
from desktop.store import Reader
from desktop.store.values import PrintAct
from forms.document import Issue
from forms.leave_contents import (
    LeaveRegister,
    LeaveRegisterRow,
)
from forms.leave_register import LeaveRegisterForm

_REGISTER_NOTE = "說明：起算日、到期日依計畫核給；到期日當日（含）前須補休完畢，以小時計。"


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
        content = replace(content, issue=preview_issue(reader, plan, slot, content))
    drawn = drawn_paper(office, LeaveRegisterForm, content)
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
        issue = issue_paper(writer, plan, slot, content, purpose)
        content = replace(content, issue=issue)
        drawn = drawn_paper(office, LeaveRegisterForm, content)
        sheet = _sheet(office, content)
        files = RegisterFiles(
            number=issue.number or "",
            pdf=drawn.pdf,
            documents=drawn.pages,
            xlsx=write_grant_register_xlsx(sheet),
            ods=write_grant_register_ods(sheet),
            csv=write_grant_register_csv(sheet),
            key_in=write_key_in_xlsx(sheet, load_attendance_screen(office.library.folder)),
            change=ChangeSet(act, PAPER_AREAS),
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


def _register_slot(first_day: date, last_day: date, unit: str) -> str:
    """Registers of one plan are told apart by their days and unit."""
    days = f"{first_day.isoformat()}/{last_day.isoformat()}"
    return f"{days}/{unit}" if unit else days
