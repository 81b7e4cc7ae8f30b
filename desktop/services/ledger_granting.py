"""Granting: hours that follow from verdicts are entered once their application was stamped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.case_states import CaseKey
from desktop.domain.changes import Area, ChangeSet
from desktop.domain.ledger import LeaveGrant, Settlement
from desktop.domain.moments import roc_date
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.verdicts import Grant, PersonVerdict
from desktop.rules.ledger import PersonLedger
from desktop.services.case_acts import record_registered, registered_basis
from desktop.services.ledger_basics import (
    LEDGER_AREAS,
    LedgerRefusedError,
    grant_title,
    leave_of,
    ledger_of,
)
from desktop.services.ledger_used import ledgers_of
from desktop.services.office import Office
from desktop.services.own_sets import Claim, claims
from desktop.services.paper_batches import Slot, latest_documents
from desktop.services.progress import Progress, silent, step
from desktop.services.verifying import evaluate_everybody
from desktop.store import Writer
from desktop.store.values import IssuedDocument
from forms.document import Kind

GRANT_AREAS = LEDGER_AREAS | {Area.CASES}
READY = "可登錄"
NOT_PRINTED = "申請表未列印"
REGISTERED = "已登錄"
MORE_REGISTERED = "帳上較多"
CAP_REACHED = "已達上限"


@dataclass(frozen=True, slots=True)
class GrantCandidate:
    """Hours of one person and set that follow from the verdict, and whether they are entered.

    Attributes:
        key: Identifies it: person and set.
        set_title: What they are granted for.
        verdict_hours: What the verdict comes to.
        registered_hours: What the ledger holds under the plan and set.
        hours: What would be entered now.
        number: The application's number, empty before it is printed.
        state: READY, or in a few characters why not.
    """

    key: str
    employee_id: str
    name: str
    unit: str
    set_id: str
    set_title: str
    verdict_hours: int
    registered_hours: int
    hours: int
    completed_on: date
    first_day: date
    expires: date | None
    number: str
    state: str

    @property
    def is_ready(self) -> bool:
        """Whether it can be entered now."""
        return self.state == READY


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


@dataclass(frozen=True, slots=True)
class _Right:
    """One grant of a verdict, with whose and which it is."""

    person: Person
    claim: Claim
    grant: Grant
    document: IssuedDocument | None

    @property
    def key(self) -> str:
        return f"{self.person.employee_id}/{self.grant.set_id}"

    @property
    def case_set(self) -> str:
        """The set of the case it belongs to; empty where the form is the whole person's."""
        if self.document is not None:
            return self.document.set_id or ""
        return self.claim.rule.grant_set


def grant_candidates(
    office: Office, plan_id: str, *, progress: Progress = silent
) -> tuple[GrantCandidate, ...]:
    """Every grant that is sure under a plan, in roster order, with what the ledger holds of it.

    Raises:
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    plan, rights = _rights(office, plan_id, progress)
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
    totals: dict[str, int] = {}
    for right in rights:
        owner = right.person.employee_id
        totals[owner] = totals.get(owner, 0) + right.grant.hours
    return tuple(
        _candidate(
            plan,
            right,
            ledgers.get(right.person.employee_id, PersonLedger(())),
            totals[right.person.employee_id],
        )
        for right in rights
    )


def _rights(
    office: Office, plan_id: str, progress: Progress = silent
) -> tuple[Plan, tuple[_Right, ...]]:
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    with office.store.reading() as reader:
        documents = latest_documents(reader, plan_id)
    return basis.plan, tuple(
        right for verdict in verdicts for right in _of_person(basis.plan, verdict, documents)
    )


def _of_person(
    plan: Plan, verdict: PersonVerdict, documents: Mapping[Slot, IssuedDocument]
) -> list[_Right]:
    owner = verdict.person.employee_id
    found = []
    for claim in claims(plan, verdict):
        if claim.grant is None:
            continue
        # One form a person and set, or one a person (103).
        slots: tuple[Slot, ...] = (
            (Kind.APPLICATION.value, owner, claim.rule.grant_set),
            (Kind.APPLICATION.value, owner, None),
        )
        document = next((documents[slot] for slot in slots if slot in documents), None)
        found.append(_Right(verdict.person, claim, claim.grant, document))
    return found


def _open_hours(plan: Plan, right: _Right, ledger: PersonLedger, total: int) -> int:
    """Hours of a right that are not entered yet.

    Where the best of several rules counts, a former grant under another set is part of it: all
    grants together never come to more than the verdict.
    """
    held = ledger.granted_for(plan.id, right.grant.set_id)
    room = total - ledger.granted_for(plan.id)
    return max(0, min(right.grant.hours - held, room))


def _line(plan: Plan, right: _Right, hours: int, day: date, number: str) -> LeaveGrant:
    return LeaveGrant(
        employee_id=right.person.employee_id,
        day=day,
        hours=hours,
        title=grant_title(plan.year, right.claim.title),
        plan_id=plan.id,
        set_id=right.grant.set_id,
        completed_on=right.grant.completed_on,
        first_day=right.grant.first_day,
        expires=right.grant.expires,
        clause=right.claim.rule.clause.point,
        document_number=number,
    )


def _candidate(plan: Plan, right: _Right, ledger: PersonLedger, total: int) -> GrantCandidate:
    held = ledger.granted_for(plan.id, right.grant.set_id)
    wished = _open_hours(plan, right, ledger, total)
    number = right.document.number if right.document is not None else ""
    hours = 0
    if wished:
        line = _line(plan, right, wished, right.grant.completed_on, number)
        hours = ledger.most_grantable(line, leave_of(plan).cap_hours)
    state = READY
    if held > right.grant.hours:
        state = MORE_REGISTERED
    elif not wished:
        state = REGISTERED
    elif not hours:
        state = CAP_REACHED
    elif right.document is None and plan.form is not None:
        state = NOT_PRINTED
    return GrantCandidate(
        key=right.key,
        employee_id=right.person.employee_id,
        name=right.person.name,
        unit=right.person.unit,
        set_id=right.grant.set_id,
        set_title=right.claim.title,
        verdict_hours=right.grant.hours,
        registered_hours=held,
        hours=hours,
        completed_on=right.grant.completed_on,
        first_day=right.grant.first_day,
        expires=right.grant.expires,
        number=number,
        state=state,
    )


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
        LedgerRefusedError: When nothing of it can be entered, an application was never printed,
            or the day does not fit.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    today = office.clock().date()
    on = day or today
    if on > today:
        raise LedgerRefusedError(f"核給日 {roc_date(on)} 還沒到，沒有登錄；請填今天或之前的日期。")
    plan, rights = _rights(office, plan_id, progress)
    wanted = set(keys)
    asked = [r for r in rights if r.key in wanted or r.person.employee_id in wanted]
    _refuse_unfit(plan, asked, on)
    totals: dict[str, int] = {}
    for right in rights:
        owner = right.person.employee_id
        totals[owner] = totals.get(owner, 0) + right.grant.hours
    bases = registered_basis(office, plan_id)
    entering = _Entering(plan, on, document_number.strip(), bases)
    with office.store.writing("登錄補休核給") as writer:
        for done, right in enumerate(asked):
            step(progress, done, len(asked), f"登錄 {right.person.name}")
            entering.enter(writer, right, totals[right.person.employee_id])
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


def _refuse_unfit(plan: Plan, asked: Sequence[_Right], day: date) -> None:
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

    def enter(self, writer: Writer, right: _Right, total: int) -> None:
        ledger = ledger_of(writer, right.person.employee_id)
        wished = _open_hours(self.plan, right, ledger, total)
        if not wished:
            return
        number = self.document_number
        if not number and right.document is not None:
            number = right.document.number
        line = _line(self.plan, right, wished, self.day, number)
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
