"""The whole verdict on one person under one plan, and what only everybody together decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType

from desktop.domain.attendance import AttendanceEntry, FormerAward, Receipt
from desktop.domain.evidence import LearningRow
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.successions import Forerunner
from desktop.domain.verdicts import (
    Decision,
    PersonVerdict,
    RecordVerdict,
    SetVerdict,
    UnitStanding,
)
from desktop.rules.audience import OwnSets, own_sets
from desktop.rules.commendation import judge_commendation
from desktop.rules.counting import Standing
from desktop.rules.credit import judge_credit
from desktop.rules.duty import WorkingTimes
from desktop.rules.eligibility import is_eligible
from desktop.rules.entitlements import judge_entitlement
from desktop.rules.hindrances import Claimant
from desktop.rules.leave import judge_leave
from desktop.rules.quotas import apply_quota
from desktop.rules.records import PlanBasis, RecordJudge
from desktop.rules.sets import judge_set
from desktop.rules.thresholds import Bench
from desktop.rules.unit_awards import completion, measure_units
from desktop.rules.yardsticks import commendation_standing, own_standing, standing_of


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Everything known about one person that a verdict is made on.

    Attributes:
        person: Of the roster.
        rows: The person's learning rows, in the order they were stored.
        attendance: The person's attendance entries.
        receipts: What was received from the person under this plan.
        decisions: The clerk's decisions in force, by record key.
        is_nominated: Whether the person is a nominee, where the plan is a nominated programme.
        history: What the person had before; None when nobody imported a list.
        forerunners: Readings that a row of ``rows`` replaced by a person's word.
    """

    person: Person
    rows: tuple[LearningRow, ...] = ()
    attendance: tuple[AttendanceEntry, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    is_nominated: bool = True
    history: tuple[FormerAward, ...] | None = None
    forerunners: tuple[Forerunner, ...] = ()


class Evaluator:
    """Evaluates people under one plan; what is the same for everybody is prepared once."""

    def __init__(self, plan: Plan, working_times: WorkingTimes) -> None:
        """Keep the plan and what duty time is computed from."""
        self.plan = plan
        self.working_times = working_times
        self._basis = PlanBasis.of(plan)
        # Most of a long roster has not begun; which verdict of a record counts plays no part then.
        self._not_begun = {
            course_set.id: judge_set(
                course_set, (), standing=own_standing, off_duty_check=plan.off_duty_check
            )
            for course_set in plan.sets
        }

    def evaluate(self, facts: PersonFacts) -> PersonVerdict:
        """The verdict on one person, by the person's own facts; quotas are not in it.

        Raises:
            CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        """
        plan, person = self.plan, facts.person
        own = own_sets(plan, person)
        judge = RecordJudge(
            basis=self._basis,
            own=own,
            person=person,
            duty=self.working_times.of(person),
            attendance=facts.attendance,
            decisions=facts.decisions,
            forerunners=facts.forerunners,
        )
        records = judge.judge(facts.rows)
        bench_of = partial(self._bench, own, records)
        leave, commendation = bench_of(own_standing), bench_of(commendation_standing)
        eligible = is_eligible(person, plan.eligibility)
        claimant = Claimant(person, eligible, facts.receipts, facts.history)
        return PersonVerdict(
            person=person,
            is_eligible=eligible,
            records=records,
            sets=tuple(leave.sets.values()),
            commendation_sets=tuple(commendation.sets.values()),
            leave=judge_leave(leave, claimant),
            commendation=judge_commendation(commendation, claimant),
            credit=judge_credit(
                plan.credit,
                records,
                is_nominated=facts.is_nominated,
                is_eligible=eligible,
                receipts=facts.receipts,
            )
            if plan.credit is not None
            else None,
            entitlements=tuple(
                judge_entitlement(each, bench_of(standing_of(plan, each)), claimant)
                for each in plan.entitlements
            ),
            unit_completions=MappingProxyType(
                {
                    each.id: completion(
                        each, bench_of(standing_of(plan, each)), is_eligible=eligible
                    )
                    for each in plan.unit_awards
                }
            ),
        )

    def _bench(self, own: OwnSets, records: Sequence[RecordVerdict], standing: Standing) -> Bench:
        """The person's own sets as one benefit sees them, in the order of their ids."""
        sets: dict[str, SetVerdict] = {
            course_set.id: judge_set(
                course_set, records, standing=standing, off_duty_check=self.plan.off_duty_check
            )
            if records
            else self._not_begun[course_set.id]
            for course_set in sorted(own.sets, key=lambda s: s.id)
        }
        return Bench(self.plan, own, sets, standing)


@dataclass(frozen=True, slots=True)
class Together:
    """What is decided about everybody on the roster under one plan.

    Attributes:
        verdicts: In roster order, quotas applied.
        units: Each unit under each of the plan's unit awards, in their order.
    """

    verdicts: tuple[PersonVerdict, ...]
    units: tuple[UnitStanding, ...]


def judge_together(plan: Plan, verdicts: Sequence[PersonVerdict], *, as_of: date) -> Together:
    """What nobody's own facts alone decide: quotas on awards, and awards for units.

    Args:
        plan: The plan.
        verdicts: Everybody on the roster, each by the own facts, in roster order.
        as_of: The day a headcount is taken when the plan names none.
    """
    return Together(
        verdicts=apply_quota(plan, verdicts, as_of=as_of),
        units=tuple(
            standing
            for award in plan.unit_awards
            for standing in measure_units(award, verdicts, as_of=as_of)
        ),
    )
