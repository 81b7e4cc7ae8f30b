"""The facts a verdict is made on, gathered from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from desktop import __version__
from desktop.domain.agency import Agency
from desktop.domain.attendance import FormerAward
from desktop.domain.left_out import COMMENDATION, LeftOut
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.text import matching_key
from desktop.domain.yearly_hours import StatedHours
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from desktop.rules.fingerprints import fingerprint
from desktop.rules.successions import KeyedRow, without_forerunners
from desktop.services.commendation_order import AS_EVER, ListOrder, order_of, setting_key
from desktop.services.draft import keyed_rows
from desktop.services.nominees import nominations, report_receipts
from desktop.services.office import Office
from desktop.store import Reader


@dataclass(frozen=True)
class Basis:
    """Everything an evaluation under one plan stands on.

    Attributes:
        plan: The plan in force.
        agency: Patterns and closures.
        working_times: What duty time is computed from.
        people: Facts of each person, in roster order.
        evaluator: Ready to evaluate them.
        calendar_version, agency_version: Digests of what was used.
        stated_hours: What portal pages say of each person's years, in the order of their import;
            read only where the plan has a yearly requirement. No verdict stands on it.
        left_out: Whom a clerk left off the commendation list, by employee id.
        list_order: In which order a clerk wants the commendation list.
    """

    plan: Plan
    agency: Agency
    working_times: WorkingTimes
    people: tuple[PersonFacts, ...]
    evaluator: Evaluator
    calendar_version: str
    agency_version: str
    stated_hours: Mapping[str, tuple[StatedHours, ...]] = field(default_factory=dict)
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    list_order: ListOrder = AS_EVER

    def digest(self, facts: PersonFacts) -> str:
        """A digest of one person's facts, shifts and punches included, and of who judged them.

        The program's version is part of it, so that a new version's other verdict is shown. What
        the person had before is part of it only where the plan asks; where an award is short,
        everybody's facts are.
        """
        employee_id = facts.person.employee_id
        kept = self._digests.get(employee_id)
        if kept is None or kept[0] is not facts:
            kept = self._digests[employee_id] = (facts, self._digest(facts))
        return kept[1]

    def _digest(self, facts: PersonFacts) -> str:
        employee_id = facts.person.employee_id
        return fingerprint(
            __version__,
            facts.person,
            facts.rows,
            facts.attendance,
            facts.receipts,
            *((facts.history,) if asks_for_history(self.plan) else ()),
            *((self._everybody,) if has_quota(self.plan) else ()),
            *((facts.is_nominated,) if self.plan.credit is not None else ()),
            self.working_times.shifts.get(employee_id, ()),
            self.working_times.punches.get(employee_id, ()),
        )

    @cached_property
    def _digests(self) -> dict[str, tuple[PersonFacts, str]]:
        """Digests that were asked for already: everybody's is asked for more than once."""
        return {}

    @cached_property
    def _everybody(self) -> str:
        return fingerprint(
            [
                (facts.person, facts.rows, facts.attendance, facts.receipts, facts.history)
                for facts in self.people
            ]
        )


def asks_for_history(plan: Plan) -> bool:
    """Whether some benefit of the plan asks what a person had before."""
    benefits = (plan.compensatory_leave, plan.commendation, *plan.entitlements)
    return any(b is not None and b.conditions.asks_for_history for b in benefits)


def has_quota(plan: Plan) -> bool:
    """Whether an award of the plan is short, so that it is decided among everybody."""
    return plan.commendation is not None and plan.commendation.quota is not None


def gather(
    office: Office, reader: Reader, plan_id: str, *, employee_id: str | None = None
) -> Basis:
    """The facts of the whole roster, or of one person.

    Args:
        office: The open office.
        reader: A snapshot of the store.
        plan_id: The plan to evaluate under.
        employee_id: One person's id; None for everybody on the roster.

    Raises:
        PlanUnknownError: When nobody knows the plan.
        LookupError: When nobody on the roster has that id.
    """
    return gather_under(office, reader, office.plan(reader, plan_id), employee_id=employee_id)


def gather_under(
    office: Office, reader: Reader, plan: Plan, *, employee_id: str | None = None
) -> Basis:
    """The facts under a plan that need not be in force; otherwise as ``gather``."""
    agency, agency_version = office.agency(reader)
    calendar, calendar_version = office.calendar(reader)
    people = reader.people(employee_id)
    if employee_id is not None and not people:
        raise LookupError(f"名冊沒有人員代號「{employee_id}」。")
    working_times = WorkingTimes(
        calendar=calendar,
        agency=agency,
        shifts=_by_person(reader.shifts(employee_id)),
        punches=_by_person(reader.punches(employee_id)),
    )
    attendance = _by_person(reader.attendance(employee_id))
    receipts = _by_person(
        [
            *(one for one in reader.receipts(employee_id) if is_for_plan(one.plan, plan)),
            *(report_receipts(reader, plan) if plan.credit is not None else ()),
        ]
    )
    rows = _by_person(reader.learning_rows(employee_id))
    answers = _by_person(reader.successions(employee_id))
    nominated = nominations(reader, plan)
    history = _history(reader, plan, employee_id)
    decisions = {decision.record_key: decision for decision in reader.decisions(plan.id)}
    counting = {
        person.employee_id: without_forerunners(
            keyed_rows(rows.get(person.employee_id, ()), person.employee_id)
            if person.employee_id in answers
            else [KeyedRow("", stored.row) for stored in rows.get(person.employee_id, ())],
            answers.get(person.employee_id, ()),
        )
        for person in people
    }
    facts = tuple(
        PersonFacts(
            person=person,
            rows=counting[person.employee_id][0],
            forerunners=counting[person.employee_id][1],
            attendance=attendance.get(person.employee_id, ()),
            receipts=receipts.get(person.employee_id, ()),
            decisions=decisions,
            # Without a list of nominees the roster is the list.
            is_nominated=not nominated.has_list or person.employee_id in nominated.nominees,
            history=None if history is None else history.get(person.employee_id, ()),
        )
        for person in people
    )
    return Basis(
        plan=plan,
        agency=agency,
        working_times=working_times,
        people=facts,
        evaluator=Evaluator(plan, working_times),
        calendar_version=calendar_version,
        agency_version=agency_version,
        stated_hours=_stated_hours(reader, employee_id) if plan.yearly_requirement else {},
        left_out={one.employee_id: one for one in reader.left_out(plan.id, COMMENDATION)},
        list_order=order_of(reader.office_setting(setting_key(plan.id))),
    )


def _history(
    reader: Reader, plan: Plan, employee_id: str | None
) -> Mapping[str, tuple[FormerAward, ...]] | None:
    """What people had before; None when the plan does not ask, or nobody imported a list."""
    if not asks_for_history(plan) or not reader.has_award_history():
        return None
    return _by_person(reader.former_awards(employee_id))


def _stated_hours(reader: Reader, employee_id: str | None) -> Mapping[str, tuple[StatedHours, ...]]:
    found = _by_person(reader.stated_hours(employee_id))
    return {owner: tuple(page.stated for page in pages) for owner, pages in found.items()}


def is_for_plan(written: str, plan: Plan) -> bool:
    """Whether 計畫 of a 收件登記 row means this plan: its id, title or nothing at all."""
    key = matching_key(written)
    return not key or key in {
        matching_key(name) for name in (plan.id, plan.title, plan.short_title)
    }


class _Owned(Protocol):
    @property
    def employee_id(self) -> str: ...


_T = TypeVar("_T", bound=_Owned)


def _by_person(items: Iterable[_T]) -> Mapping[str, tuple[_T, ...]]:
    found: dict[str, list[_T]] = {}
    for item in items:
        found.setdefault(item.employee_id, []).append(item)
    return {key: tuple(mine) for key, mine in found.items()}


def person_of(basis: Basis, employee_id: str) -> Person:
    """A person of the basis by id.

    Raises:
        LookupError: When the basis does not hold the person.
    """
    for facts in basis.people:
        if facts.person.employee_id == employee_id:
            return facts.person
    raise LookupError(employee_id)
