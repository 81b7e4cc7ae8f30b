"""Recording what was used: by hand, in advance, and taking such a step back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.domain.changes import ChangeSet
from desktop.domain.ledger import AdvanceUse, Reversal, Use
from desktop.domain.moments import roc_date
from desktop.domain.people import Person
from desktop.rules.ledger import Allocation, PersonLedger
from desktop.services.leave_times import duty_of, end_of_leave
from desktop.services.ledger_basics import (
    LEDGER_AREAS,
    LedgerRefusedError,
    expiry_words,
    leave_of,
    ledger_of,
    moment_on,
    person_in,
    whole_hours,
)
from desktop.services.office import Office
from desktop.store import Writer

UNDONE = "復原"


@dataclass(frozen=True, slots=True)
class UseDraw:
    """Hours that a use would take from one grant."""

    title: str
    hours: int
    expires: date | None

    @property
    def expiry(self) -> str:
        """The grant's last day in words."""
        return expiry_words(self.expires)


@dataclass(frozen=True, slots=True)
class UsePreview:
    """What recording a use would do.

    Attributes:
        draws: What it takes, the grant that expires first before the others.
        short: Hours for which there is nothing.
        free: Hours that may be used on that day.
        after: Hours left afterwards, whatever was entered for later days.
        sentence: Why it cannot be recorded; empty when it can.
    """

    draws: tuple[UseDraw, ...]
    short: int
    free: int
    after: int
    sentence: str


def preview_use(office: Office, employee_id: str, day: date, hours: int) -> UsePreview:
    """What recording a use would take from which grants; nothing is stored."""
    with office.store.reading() as reader:
        ledger = ledger_of(reader, employee_id)
        person = person_in(reader, employee_id)
    allocation = ledger.allocate_use(day, hours)
    return UsePreview(
        draws=tuple(UseDraw(g.title, taken, g.expires) for g, taken in allocation.draws),
        short=allocation.short,
        free=ledger.free_on(day),
        after=max(booked_balance(ledger, office.clock().date()) - hours, 0),
        sentence=short_words(person, ledger, day, hours) if allocation.short else "",
    )


def booked_balance(ledger: PersonLedger, day: date) -> int:
    """Hours left on ``day`` when everything entered for later days is taken off as well."""
    return sum(
        ledger.unspoken_of(grant, max(day, grant.day))
        for grant in ledger.grants
        if not grant.has_expired_on(day)
    )


def short_words(person: Person, ledger: PersonLedger, day: date, hours: int) -> str:
    """Why so many hours cannot be used on a day."""
    free = ledger.free_on(day)
    later = [g for g in ledger.grants if g.usable_from > day and ledger.unspoken_of(g, g.day) > 0]
    gone = [g for g in ledger.grants if g.has_expired_on(day) and ledger.left_of(g, day) > 0]
    why = ""
    if later:
        first = min(later, key=lambda g: g.usable_from)
        why = f"（{first.title}自 {roc_date(first.usable_from)} 起才能用）"
    elif gone:
        last = max(gone, key=lambda g: g.expires or date.min)
        why = f"（{last.title}已於 {roc_date(last.expires or day)} 到期）"
    return (
        f"{person.name}在 {roc_date(day)} 可用的補休是 {free} 時，不足 {hours} 時{why}，"
        "沒有登記；請核對日期與時數。"
    )


def record_use(
    office: Office,
    employee_id: str,
    day: date,
    hours: int,
    *,
    start: time | None = None,
    reason: str = "",
    document_number: str = "",
) -> ChangeSet:
    """Record hours used on a day; each hour is taken from the grant that expires first.

    The step can be undone by a reversing entry.

    Args:
        office: The open office.
        employee_id: Whose.
        day: The day of use; it may lie ahead.
        hours: Whole hours.
        start: When the leave begins; None where nobody said.
        reason: In words; may be empty.
        document_number: Of the leave slip; may be empty.

    Raises:
        LedgerRefusedError: When there is not enough to use on that day.
    """
    whole_hours(hours)
    act = f"登記使用 {hours} 時"
    with office.store.writing(act) as writer:
        person = person_in(writer, employee_id)
        begin = moment_on(day, start)
        end = None
        if begin is not None:
            end = end_of_leave(duty_of(office, writer, person), begin, hours)
        use = Booking(day, hours, begin, end, reason.strip(), document_number.strip())
        lines = book_use(writer, person, use)
        writer.describe(employee_id, {"use": [_told(writer, line) for line in lines]})
        add_undo(writer, act, lines)
    office.redo_steps.clear()
    return ChangeSet(act, LEDGER_AREAS, frozenset({employee_id}))


@dataclass(frozen=True, slots=True)
class Booking:
    """A use to be entered."""

    day: date
    hours: int
    start: datetime | None = None
    end: datetime | None = None
    reason: str = ""
    document_number: str = ""
    source: str = ""


def book_use(writer: Writer, person: Person, booking: Booking) -> tuple[Use, ...]:
    """Enter a use on what the ledger holds in this transaction.

    Raises:
        LedgerRefusedError: When there is not enough.
    """
    ledger = ledger_of(writer, person.employee_id)
    allocation: Allocation = ledger.allocate_use(booking.day, booking.hours)
    if allocation.short:
        raise LedgerRefusedError(short_words(person, ledger, booking.day, booking.hours))
    return writer.add_bundle(
        [
            Use(
                employee_id=person.employee_id,
                day=booking.day,
                hours=taken,
                grant=grant.id,
                start=booking.start,
                end=booking.end,
                reason=booking.reason,
                document_number=booking.document_number,
                source=booking.source,
            )
            for grant, taken in allocation.draws
        ]
    )


def _told(writer: Writer, line: Use) -> dict[str, Any]:
    """A use as the audit trail tells it."""
    balance = PersonLedger(writer.ledger(line.employee_id)).balance_on(line.day)
    return {
        "seq": line.seq,
        "day": line.day.isoformat(),
        "hours": line.hours,
        "grant": line.grant,
        "balance_after": balance,
        "why": line.reason,
    }


def add_undo(writer: Writer, act: str, lines: Sequence[Use | AdvanceUse]) -> None:
    """The step that takes a use back by reversing entries."""
    writer.add_undo_step(act, {"act": "ledger_use", "lines": [line.id for line in lines]})


def carry_out_undo(writer: Writer, inverse: Mapping[str, Any]) -> list[str]:
    """Reverse the lines of a step; those reversed by hand meanwhile stay as they are.

    Returns:
        Identifiers of the lines reversed, what paid for an advance use among them.
    """
    undone: list[Reversal] = []
    for line_id in inverse["lines"]:
        line = writer.ledger_entry(str(line_id))
        ledger = ledger_of(writer, line.employee_id)
        if ledger.is_reversed(line):
            continue
        together = (
            (*ledger.settlements_of(line.id), line) if isinstance(line, AdvanceUse) else (line,)
        )
        undone += [
            Reversal(
                employee_id=one.employee_id,
                day=max(line.day, one.day),
                hours=one.hours,
                reverses=one.id,
                reason=UNDONE,
            )
            for one in together
        ]
    writer.add_bundle(undone)
    return [one.reverses for one in undone]


def record_advance_use(
    office: Office,
    plan_id: str,
    employee_id: str,
    day: date,
    hours: int,
    *,
    consented_by: str,
    consented_on: date,
    start: time | None = None,
    document_number: str = "",
) -> ChangeSet:
    """Record hours used before they are granted, where the plan allows it.

    They count towards the yearly cap at once; the grant that comes later pays for them.

    Args:
        office: The open office.
        plan_id: The plan that is to grant them.
        employee_id: Whose.
        day: The day of use.
        hours: Whole hours.
        consented_by: The head of the unit who agreed.
        consented_on: The day of the consent, not after the use.
        start: When the leave begins; None where nobody said.
        document_number: Of the leave slip; may be empty.

    Raises:
        LedgerRefusedError: When the plan does not allow it, nobody agreed, granted hours are
            there to be used, or the cap would be passed.
    """
    whole_hours(hours)
    act = f"登記先行補休 {hours} 時"
    with office.store.writing(act) as writer:
        plan = office.plan(writer, plan_id)
        leave = leave_of(plan)
        person = person_in(writer, employee_id)
        if leave.advance is None:
            raise LedgerRefusedError(
                f"計畫「{plan.short_title}」（{plan.year} 年）沒有先行補休的規定，沒有登記；"
                "請等核給後再登記使用。"
            )
        if not consented_by.strip():
            raise LedgerRefusedError("先行補休須經單位主管同意，請填同意的主管姓名；沒有登記。")
        if consented_on > day:
            raise LedgerRefusedError(
                f"主管同意日 {roc_date(consented_on)} 晚於補休日 {roc_date(day)}，沒有登記；"
                "請核對日期。"
            )
        ledger = ledger_of(writer, employee_id)
        free = ledger.free_on(day)
        if free:
            raise LedgerRefusedError(
                f"{person.name}在 {roc_date(day)} 還有 {free} 時可用，沒有登記先行補休；"
                "請先登記使用已核給的時數。"
            )
        cap, counted = leave.cap_hours, ledger.counted_for_cap(plan_id)
        if cap is not None and counted + hours > cap:
            raise LedgerRefusedError(
                f"{person.name}在這個計畫已計 {counted} 時，加上 {hours} 時超過全年上限 {cap} 時，"
                "沒有登記；請核對時數。"
            )
        begin = moment_on(day, start)
        duty = duty_of(office, writer, person)
        line = writer.add_to_ledger(
            AdvanceUse(
                employee_id=employee_id,
                day=day,
                hours=hours,
                plan_id=plan_id,
                consented_by=consented_by.strip(),
                consented_on=consented_on,
                evidence_due=day + timedelta(days=leave.advance.evidence_days),
                clause=leave.advance.clause.point,
                start=begin,
                end=None if begin is None else end_of_leave(duty, begin, hours),
                document_number=document_number.strip(),
            )
        )
        writer.describe(
            employee_id,
            {
                "advance": {
                    "seq": line.seq,
                    "day": day.isoformat(),
                    "hours": hours,
                    "consented_by": line.consented_by,
                    "evidence_due": line.evidence_due.isoformat(),
                    "clause": line.clause,
                }
            },
        )
        add_undo(writer, act, (line,))
    office.redo_steps.clear()
    return ChangeSet(act, LEDGER_AREAS, frozenset({employee_id}))
