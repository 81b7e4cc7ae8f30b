"""What may be granted: the rights that follow from verdicts, each with its form and its case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desktop.domain.case_states import CaseKey
from desktop.domain.ledger import LeaveGrant
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.verdicts import Grant, PersonVerdict
from desktop.rules.ledger import PersonLedger
from desktop.services.cases import FoundCase, found_cases
from desktop.services.facts import Basis
from desktop.services.ledger_basics import grant_title
from desktop.services.office import Office
from desktop.services.own_sets import Claim, claims
from desktop.services.paper_batches import Slot, latest_documents, unchanged_among
from desktop.services.paper_kinds import APPLICATIONS
from desktop.services.progress import Progress, silent
from desktop.services.verifying import evaluate_everybody
from desktop.store.values import IssuedDocument
from forms.document import Kind

NO_LINES = PersonLedger(())


@dataclass(frozen=True, slots=True)
class Right:
    """One grant of a verdict, with whose and which it is.

    Attributes:
        person: Whose.
        claim: What the plan asks for it.
        grant: Hours and days.
        document: The application in force, None before the first print.
    """

    person: Person
    claim: Claim
    grant: Grant
    document: IssuedDocument | None

    @property
    def owner(self) -> str:
        """The employee id."""
        return self.person.employee_id

    @property
    def key(self) -> str:
        """Person and set."""
        return f"{self.owner}/{self.grant.set_id}"

    @property
    def case_set(self) -> str:
        """The set of the case it belongs to; empty where the form is the whole person's."""
        if self.document is not None:
            return self.document.set_id or ""
        return self.claim.rule.grant_set


@dataclass(frozen=True)
class FoundRights:
    """Everybody's rights under a plan, and what they follow from.

    Attributes:
        office: The open office.
        basis: What the verdicts stand on.
        verdicts: Everybody's, in roster order.
        rights: In roster order and the plan's order.
    """

    office: Office
    basis: Basis
    verdicts: Sequence[PersonVerdict]
    rights: tuple[Right, ...]

    @property
    def totals(self) -> dict[str, int]:
        """What the verdicts come to, by employee id."""
        totals: dict[str, int] = {}
        for right in self.rights:
            totals[right.owner] = totals.get(right.owner, 0) + right.grant.hours
        return totals

    @cached_property
    def cases(self) -> dict[CaseKey, FoundCase]:
        """Every case."""
        found = found_cases(self.office, self.basis, self.verdicts)
        return {one.matter.key: one for one in found}

    def outdated(self, rights: Iterable[Right]) -> Set[str]:
        """Keys of rights whose form would print otherwise today, and carries no stamp that holds.

        What was stamped stays good while what it confirmed is the same (``standing``).
        """
        waiting = {
            right.key: right.document.number
            for right in rights
            if right.document is not None and not self._is_confirmed(right)
        }
        if not waiting:
            return frozenset()
        current = unchanged_among(
            self.office, self.basis, self.verdicts, tuple(waiting.values()), paper=APPLICATIONS
        )
        return {key for key, number in waiting.items() if number not in current}

    def _is_confirmed(self, right: Right) -> bool:
        one = self.cases.get((right.owner, right.case_set))
        confirmed = one.standing.confirmed if one is not None else None
        return (
            one is not None
            and confirmed is not None
            and confirmed.basis in ("", one.matter.facts.basis)
        )


def gather_rights(office: Office, plan_id: str, progress: Progress = silent) -> FoundRights:
    """What may be granted under a plan.

    Raises:
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    with office.store.reading() as reader:
        documents = latest_documents(reader, plan_id)
    rights = tuple(
        right for verdict in verdicts for right in _of_person(basis.plan, verdict, documents)
    )
    return FoundRights(office, basis, verdicts, rights)


def _of_person(
    plan: Plan, verdict: PersonVerdict, documents: Mapping[Slot, IssuedDocument]
) -> list[Right]:
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
        found.append(Right(verdict.person, claim, claim.grant, document))
    return found


def open_hours(plan: Plan, right: Right, ledger: PersonLedger, total: int) -> int:
    """Hours of a right that are not entered yet.

    Where the best of several rules counts, a former grant under another set is part of it: all
    grants together never come to more than the verdict.
    """
    held = ledger.granted_for(plan.id, right.grant.set_id)
    room = total - ledger.granted_for(plan.id)
    return max(0, min(right.grant.hours - held, room))


def grant_line(plan: Plan, right: Right, hours: int, day: date, number: str) -> LeaveGrant:
    """The ledger's line for so many hours of a right, granted on a day under a number."""
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
