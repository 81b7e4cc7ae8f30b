"""Granting: hours that follow from verdicts are entered once their application was stamped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.case_states import CaseKey
from desktop.domain.changes import Area, ChangeSet
from desktop.domain.ledger import LeaveGrant, Settlement
from desktop.domain.moments import roc_date
from desktop.domain.plan import Plan
from desktop.services.case_acts import record_registered
from desktop.services.ledger_basics import (
    LEDGER_AREAS,
    LedgerRefusedError,
    leave_of,
    ledger_of,
)
from desktop.services.ledger_rights import (
    NO_LINES,
    FoundRights,
    Right,
    gather_rights,
    grant_line,
    open_hours,
)
from desktop.services.ledger_used import ledgers_of
from desktop.services.office import Office
from desktop.services.progress import Progress, silent, step
from desktop.store import Writer

GRANT_AREAS = LEDGER_AREAS | {Area.CASES}


@dataclass(frozen=True, slots=True)
class GrantOutcome:
    """What was entered.

    Attributes:
        change: What pages must read again.
        grants: The lines.
        settlements: Hours of them that pay for what was used in advance.
        remarks: Sentences worth showing.
    """

    change: ChangeSet
    grants: tuple[LeaveGrant, ...]
    settlements: tuple[Settlement, ...]
    remarks: tuple[str, ...]


def register_grants(
    office: Office,
    plan_id: str,
    keys: Sequence[str],
    *,
    day: date | None = None,
    document_number: str = "",
    reason: str = "",
    progress: Progress = silent,
) -> GrantOutcome:
    """Enter grants whose application was stamped; all of them, or none.

    What a verdict comes to is entered once: what the ledger holds already is taken off, and the
    plan's yearly cap is looked at again in the transaction. Hours used in advance under the plan
    are paid for first.

    Args:
        office: The open office.
        plan_id: The plan.
        keys: Of ``GrantCandidate``, or employee ids for everything of these people.
        day: The day of the grant; today unless given.
        document_number: 核給文號; the application's number unless given.
        reason: For the audit trail; may be empty.
        progress: Hears of each person.

    Raises:
        LedgerRefusedError: When nothing of it can be entered, an application was never printed or
            would print otherwise today, or the day does not fit.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    today = office.clock().date()
    on = day or today
    if on > today:
        raise LedgerRefusedError(f"核給日 {roc_date(on)} 還沒到，沒有登錄；請填今天或之前的日期。")
    found = gather_rights(office, plan_id, progress)
    plan = found.basis.plan
    wanted = set(keys)
    asked = [r for r in found.rights if r.key in wanted or r.owner in wanted]
    _refuse_unfit(plan, asked, on)
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
    totals = found.totals
    _refuse_outdated(
        [r for r in asked if open_hours(plan, r, ledgers.get(r.owner, NO_LINES), totals[r.owner])],
        found,
    )
    bases = {key: one.matter.facts.basis for key, one in found.cases.items()}
    entering = _Entering(plan, on, document_number.strip(), bases)
    with office.store.writing("登錄補休核給") as writer:
        for done, right in enumerate(asked):
            step(progress, done, len(asked), f"登錄 {right.person.name}")
            entering.enter(writer, right, totals[right.owner])
        if not entering.grants:
            words = entering.remarks[0] if entering.remarks else "選取的核給都已登錄過。"
            raise LedgerRefusedError(f"{words}沒有登錄；請重新整理清單。")
        writer.describe(
            plan_id,
            {
                "day": on.isoformat(),
                "grants": [
                    {
                        "seq": line.seq,
                        "person": line.employee_id,
                        "set": line.set_id,
                        "hours": line.hours,
                        "first_day": line.first_day.isoformat(),
                        "expires": line.expires.isoformat() if line.expires is not None else None,
                        "document": line.document_number,
                    }
                    for line in entering.grants
                ],
                "why": reason.strip(),
            },
        )
    hours = sum(line.hours for line in entering.grants)
    people = frozenset(line.employee_id for line in entering.grants)
    change = ChangeSet(f"登錄核給 {len(entering.grants)} 筆 {hours} 時", GRANT_AREAS, people)
    return GrantOutcome(
        change, tuple(entering.grants), tuple(entering.settlements), tuple(entering.remarks)
    )


def _refuse_unfit(plan: Plan, asked: Sequence[Right], day: date) -> None:
    if not asked:
        raise LedgerRefusedError("選取的人目前沒有可以核給的補休，沒有登錄；請先到審核確認。")
    unprinted = [r for r in asked if r.document is None and plan.form is not None]
    if unprinted:
        more = f"等 {len(unprinted)} 份" if len(unprinted) > 1 else ""
        first = unprinted[0]
        raise LedgerRefusedError(
            f"{first.person.name}「{first.claim.title}」{more}的申請表還沒有列印，沒有登錄任何核給；"
            "請先到申請表列印並核章。"
        )
    early = next((r for r in asked if day < r.grant.completed_on), None)
    if early is not None:
        raise LedgerRefusedError(
            f"核給日 {roc_date(day)} 早於{early.person.name}完成課程的 "
            f"{roc_date(early.grant.completed_on)}，沒有登錄任何核給；請核對日期。"
        )


def _refuse_outdated(asked: Sequence[Right], found: FoundRights) -> None:
    outdated = found.outdated(asked)
    first = next((right for right in asked if right.key in outdated), None)
    if first is None or first.document is None:
        return
    more = f"等 {len(outdated)} 份" if len(outdated) > 1 else ""
    raise LedgerRefusedError(
        f"{first.person.name}「{first.claim.title}」的申請表 {first.document.number} {more}印出後"
        "資料有變動，沒有登錄任何核給；請到申請表重印並核章。"
    )


class _Entering:
    """Grants going into the ledger, one after the other."""

    def __init__(
        self, plan: Plan, day: date, document_number: str, bases: Mapping[CaseKey, str]
    ) -> None:
        self.bases = bases
        self.plan = plan
        self.day = day
        self.document_number = document_number
        self.grants: list[LeaveGrant] = []
        self.settlements: list[Settlement] = []
        self.remarks: list[str] = []

    def enter(self, writer: Writer, right: Right, total: int) -> None:
        ledger = ledger_of(writer, right.person.employee_id)
        wished = open_hours(self.plan, right, ledger, total)
        if not wished:
            return
        number = self.document_number
        if not number and right.document is not None:
            number = right.document.number
        line = grant_line(self.plan, right, wished, self.day, number)
        cap = leave_of(self.plan).cap_hours
        stored, settlements = enter_grant(writer, line, cap)
        hours = stored.hours if stored is not None else 0
        if hours < wished:
            self.remarks.append(
                f"{right.person.name}「{right.claim.title}」應核給 {wished} 時，"
                f"受全年上限 {cap} 時限制，實際核給 {hours} 時。"
            )
        if stored is None:
            return
        self.grants.append(stored)
        owner, case_set = right.person.employee_id, right.case_set
        record_registered(
            writer,
            self.plan.id,
            owner,
            case_set,
            basis=self.bases.get((owner, case_set), ""),
            reason=f"補休帳第 {stored.seq} 筆核給 {stored.hours} 時",
        )
        self.settlements += settlements
        for paid in settlements:
            self.remarks.append(
                f"{right.person.name}先行補休的 {paid.hours} 時已由「{right.claim.title}」抵充。"
            )


def enter_grant(
    writer: Writer, line: LeaveGrant, cap: int | None
) -> tuple[LeaveGrant | None, tuple[Settlement, ...]]:
    """Enter a grant, cut to what the cap leaves, and let it pay for what was used in advance.

    Args:
        writer: The transaction; the ledger is looked at again in it.
        line: The grant with the hours wished for.
        cap: The plan's most hours in the year, None without one.

    Returns:
        The grant as entered, None where the cap leaves nothing, and what it pays for.
    """
    ledger = ledger_of(writer, line.employee_id)
    hours = ledger.most_grantable(line, cap)
    if not hours:
        return None, ()
    cut = replace(line, hours=hours)
    payable = ledger.payable(cut)
    stored = writer.add_to_ledger(cut)
    return stored, tuple(
        writer.add_to_ledger(
            Settlement(
                employee_id=stored.employee_id,
                day=stored.day,
                hours=paid,
                grant=stored.id,
                advance=advance.id,
                reason=f"抵充 {roc_date(advance.day)} 先行補休",
            ),
            bundle=stored.bundle,
        )
        for advance, paid in payable
    )
