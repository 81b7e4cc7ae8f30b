"""The grants that follow from verdicts, and whether each can be entered now, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.plan import Combination, Plan
from desktop.rules.ledger import PersonLedger
from desktop.services.ledger_basics import leave_of
from desktop.services.ledger_ground import GroundView, ground_views
from desktop.services.ledger_rights import NO_LINES, Right, gather_rights, grant_line, open_hours
from desktop.services.ledger_used import ledgers_of
from desktop.services.office import Office
from desktop.services.progress import Progress, silent

READY = "可登錄"
NOT_PRINTED = "申請表未列印"
OUTDATED_FORM = "申請表要重印"
REGISTERED = "已登錄"
MORE_REGISTERED = "帳上較多"
DAYS_DIFFER = "帳上日期不同"
CORRECT_FIRST = "先更正帳上"
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


def grant_candidates(
    office: Office, plan_id: str, *, progress: Progress = silent
) -> tuple[GrantCandidate, ...]:
    """Every grant that is sure under a plan, in roster order, with what the ledger holds of it.

    What the ledger holds and no verdict gives any longer is among them, never ready.

    Raises:
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    found = gather_rights(office, plan_id, progress)
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
    plan = found.basis.plan
    lost = {view.key: view for view in ground_views(plan, found.verdicts, ledgers)}
    mine: dict[str, list[GrantCandidate]] = {}
    totals = found.totals
    wishes = [
        (right, open_hours(plan, right, ledgers.get(right.owner, NO_LINES), totals[right.owner]))
        for right in found.rights
    ]
    outdated = found.outdated(right for right, wished in wishes if wished)
    for right, wished in wishes:
        candidate = _candidate(
            plan,
            right,
            ledgers.get(right.owner, NO_LINES),
            wished,
            lost=lost.pop(right.key, None),
            is_outdated=right.key in outdated,
        )
        mine.setdefault(right.owner, []).append(candidate)
    for view in lost.values():
        mine.setdefault(view.employee_id, []).append(_groundless(view))
    return tuple(
        candidate
        for verdict in found.verdicts
        for candidate in mine.get(verdict.person.employee_id, ())
    )


def _candidate(
    plan: Plan,
    right: Right,
    ledger: PersonLedger,
    wished: int,
    *,
    lost: GroundView | None,
    is_outdated: bool,
) -> GrantCandidate:
    held = ledger.granted_for(plan.id, right.grant.set_id)
    number = right.document.number if right.document is not None else ""
    hours = 0
    if wished:
        line = grant_line(plan, right, wished, right.grant.completed_on, number)
        hours = ledger.most_grantable(line, leave_of(plan).cap_hours)
    is_best = leave_of(plan).combination is Combination.BEST
    state = READY
    if lost is not None:
        state = MORE_REGISTERED if lost.lost.hours_over else DAYS_DIFFER
    elif not wished:
        # Another set's grant that lost its ground takes this one's room until it is reversed.
        is_held_back = held < right.grant.hours and not is_best
        state = CORRECT_FIRST if is_held_back else REGISTERED
    elif not hours:
        state = CAP_REACHED
    elif right.document is None and plan.form is not None:
        state = NOT_PRINTED
    elif is_outdated:
        state = OUTDATED_FORM
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


def _groundless(view: GroundView) -> GrantCandidate:
    """A grant that no verdict gives any longer."""
    line = view.lost.lines[-1]
    return GrantCandidate(
        key=view.key,
        employee_id=view.employee_id,
        name=view.name,
        unit=view.unit,
        set_id=view.lost.set_id,
        set_title=view.title,
        verdict_hours=view.lost.verdict_hours,
        registered_hours=view.lost.held,
        hours=0,
        completed_on=line.completed_on or line.first_day,
        first_day=line.first_day,
        expires=line.expires,
        number=line.document_number,
        state=MORE_REGISTERED,
    )
