"""Transfers: leave moves with the person, its days unchanged."""

from __future__ import annotations

from datetime import date

from desktop.domain.changes import ChangeSet
from desktop.domain.ledger import TransferIn, TransferOut
from desktop.domain.moments import roc_date
from desktop.rules.ledger import PersonLedger
from desktop.services.ledger_basics import (
    LEDGER_AREAS,
    LedgerRefusedError,
    ledger_of,
    person_in,
    whole_hours,
)
from desktop.services.office import Office


def movable_hours(ledger: PersonLedger, day: date) -> int:
    """Hours that a person could take along on a day."""
    return sum(
        ledger.unspoken_of(grant, day)
        for grant in ledger.grants
        if grant.day <= day and not grant.has_expired_on(day)
    )


def transfer_out(
    office: Office,
    employee_id: str,
    day: date,
    *,
    other_agency: str,
    document_number: str = "",
) -> ChangeSet:
    """Hand everything a person has left over to another office, grant by grant.

    What was entered for a later day stays here.

    Args:
        office: The open office.
        employee_id: Who moves.
        day: The day of leaving this office.
        other_agency: Where the person goes.
        document_number: Of the letter; may be empty.

    Raises:
        LedgerRefusedError: When there is nothing to take along, or nobody says where.
    """
    if not other_agency.strip():
        raise LedgerRefusedError("請填轉往的機關，沒有登錄轉出。")
    with office.store.writing("轉出補休") as writer:
        person = person_in(writer, employee_id)
        ledger = ledger_of(writer, employee_id)
        moved = [
            (grant, ledger.unspoken_of(grant, day))
            for grant in ledger.by_expiry
            if grant.day <= day and not grant.has_expired_on(day)
        ]
        lines = writer.add_bundle(
            [
                TransferOut(
                    employee_id=employee_id,
                    day=day,
                    hours=hours,
                    grant=grant.id,
                    other_agency=other_agency.strip(),
                    document_number=document_number.strip(),
                )
                for grant, hours in moved
                if hours > 0
            ]
        )
        if not lines:
            raise LedgerRefusedError(
                f"{person.name}在 {roc_date(day)} 沒有可以帶走的補休，沒有登錄轉出；請核對日期。"
            )
        writer.describe(
            employee_id,
            {
                "to": other_agency.strip(),
                "day": day.isoformat(),
                "moved": [{"grant": one.grant, "hours": one.hours} for one in lines],
            },
        )
        hours = sum(line.hours for line in lines)
    return ChangeSet(f"轉出補休 {hours} 時", LEDGER_AREAS, frozenset({employee_id}))


def transfer_in(
    office: Office,
    employee_id: str,
    day: date,
    hours: int,
    *,
    title: str,
    first_day: date,
    expires: date | None,
    other_agency: str,
    plan_id: str = "",
    used_elsewhere: int = 0,
    completed_on: date | None = None,
    document_number: str = "",
) -> ChangeSet:
    """Take over what a person brings along; the days of use stay what they were.

    Args:
        office: The open office.
        employee_id: Who came.
        day: The day of joining this office.
        hours: Hours brought along.
        title: What they were granted for, in words.
        first_day: 起算日.
        expires: The last day of use; None without a limit.
        other_agency: Where the person came from.
        plan_id: The plan they were granted under, where this office knows it: its cap counts.
        used_elsewhere: Hours of the same right that were used there; they count for the cap.
        completed_on: The day of completion; None where unknown.
        document_number: Of the letter; may be empty.

    Raises:
        LedgerRefusedError: When the days do not fit or the plan's cap would be passed.
    """
    whole_hours(hours)
    if used_elsewhere < 0:
        raise LedgerRefusedError("原機關已使用時數不能小於 0，沒有登錄轉入；請核對移轉的資料。")
    if not other_agency.strip() or not title.strip():
        raise LedgerRefusedError("請填轉自的機關和核給的名目，沒有登錄轉入。")
    if expires is not None and expires < first_day:
        raise LedgerRefusedError(
            f"到期日 {roc_date(expires)} 早於起算日 {roc_date(first_day)}，沒有登錄轉入；"
            "請核對移轉的資料。"
        )
    if expires is not None and expires < day:
        raise LedgerRefusedError(
            f"這筆補休已於 {roc_date(expires)} 到期，沒有登錄轉入；請核對移轉的資料。"
        )
    act = f"轉入補休 {hours} 時"
    with office.store.writing(act) as writer:
        person = person_in(writer, employee_id)
        line = TransferIn(
            employee_id=employee_id,
            day=day,
            hours=hours,
            title=title.strip(),
            first_day=first_day,
            expires=expires,
            plan_id=plan_id,
            completed_on=completed_on,
            other_agency=other_agency.strip(),
            used_elsewhere=used_elsewhere,
            document_number=document_number.strip(),
        )
        if plan_id:
            leave = office.plan(writer, plan_id).compensatory_leave
            cap = leave.cap_hours if leave is not None else None
            counted = ledger_of(writer, employee_id).counted_for_cap(plan_id)
            if cap is not None and counted + hours + used_elsewhere > cap:
                raise LedgerRefusedError(
                    f"{person.name}在這個計畫已計 {counted} 時，"
                    f"加上轉入的 {hours + used_elsewhere} 時"
                    f"超過全年上限 {cap} 時，沒有登錄轉入；請核對移轉的資料。"
                )
        stored = writer.add_to_ledger(line)
        writer.describe(
            employee_id,
            {
                "from": stored.other_agency,
                "day": day.isoformat(),
                "hours": hours,
                "first_day": first_day.isoformat(),
                "expires": expires.isoformat() if expires is not None else None,
                "used_elsewhere": used_elsewhere,
            },
        )
    return ChangeSet(act, LEDGER_AREAS, frozenset({employee_id}))
