"""The whole verdict on one person under one plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.attendance import AttendanceEntry, Receipt
from desktop.domain.evidence import LearningRow
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.verdicts import Decision, PersonVerdict, RecordVerdict, Verdict
from desktop.rules.benefits import judge_commendation, judge_leave
from desktop.rules.credit import judge_credit
from desktop.rules.duty import WorkingTimes
from desktop.rules.eligibility import is_eligible
from desktop.rules.matching import CourseMatcher
from desktop.rules.records import RecordJudge
from desktop.rules.sets import judge_set


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Everything known about one person that a verdict is made on.

    Attributes:
        person: Of the roster.
        rows: The person's learning rows, in the order they were stored.
        attendance: The person's attendance entries.
        receipts: When the person's applications under this plan were received.
        decisions: The clerk's decisions in force, by record key.
        is_nominated: Whether the person is a nominee, where the plan is a nominated programme.
    """

    person: Person
    rows: tuple[LearningRow, ...] = ()
    attendance: tuple[AttendanceEntry, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    is_nominated: bool = True


class Evaluator:
    """Evaluates people under one plan; the plan's names are prepared once."""

    def __init__(self, plan: Plan, working_times: WorkingTimes) -> None:
        """Keep the plan and what duty time is computed from."""
        self.plan = plan
        self.working_times = working_times
        self._matcher = CourseMatcher(plan)

    def evaluate(self, facts: PersonFacts) -> PersonVerdict:
        """The verdict on one person.

        Raises:
            CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        """
        plan, person = self.plan, facts.person
        judge = RecordJudge(
            plan=plan,
            matcher=self._matcher,
            person=person,
            duty=self.working_times.of(person),
            attendance=facts.attendance,
            decisions=facts.decisions,
        )
        records = judge.judge(facts.rows)
        own_sets = sorted(plan.sets_for(person.tier), key=lambda s: s.id)
        leave_sets = tuple(
            judge_set(
                course_set,
                records,
                standing=_leave_standing,
                off_duty_check=plan.off_duty_check,
            )
            for course_set in own_sets
        )
        commendation_sets = tuple(
            judge_set(
                course_set,
                records,
                standing=_commendation_standing,
                off_duty_check=plan.off_duty_check,
            )
            for course_set in own_sets
        )
        eligible = is_eligible(person, plan.eligibility)
        return PersonVerdict(
            person=person,
            is_eligible=eligible,
            records=records,
            sets=leave_sets,
            commendation_sets=commendation_sets,
            leave=judge_leave(
                plan,
                {verdict.set_id: verdict for verdict in leave_sets},
                tier=person.tier,
                is_eligible=eligible,
                receipts=facts.receipts,
            ),
            commendation=judge_commendation(
                plan,
                {verdict.set_id: verdict for verdict in commendation_sets},
                tier=person.tier,
                is_eligible=eligible,
            ),
            credit=judge_credit(
                plan.credit,
                records,
                is_nominated=facts.is_nominated,
                is_eligible=eligible,
                receipts=facts.receipts,
            )
            if plan.credit is not None
            else None,
        )


def _leave_standing(record: RecordVerdict) -> Verdict | None:
    return record.settled


def _commendation_standing(record: RecordVerdict) -> Verdict | None:
    return record.settled_for_commendation
