"""Verdicts of this session, so that an act evaluates only the people whose facts have moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.domain.verdicts import Decision, PersonVerdict
from desktop.rules.evaluation import Evaluator, PersonFacts


class VerdictMemory:
    """The last verdict of each person and plan, with everything it was made on.

    It is never asked whether something changed: a verdict is given again only when the plan, the
    calendar, the settings and the person's facts are equal to those it was made on, and every
    decision that was looked up then is still the same one, or still missing.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._kept: dict[tuple[str, str], _Kept] = {}

    def verdict(self, evaluator: Evaluator, facts: PersonFacts) -> PersonVerdict:
        """The verdict on a person: the remembered one where it still stands, else a new one.

        Args:
            evaluator: Of the plan.
            facts: The person's facts as they are now.

        Raises:
            CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        """
        key = (evaluator.plan.id, facts.person.employee_id)
        basis = _basis(evaluator, facts)
        kept = self._kept.get(key)
        if kept is None or kept.basis != basis or not kept.has_same_decisions(facts.decisions):
            decisions = _Consulted(facts.decisions)
            verdict = evaluator.evaluate(replace(facts, decisions=decisions))
            kept = self._kept[key] = _Kept(basis, decisions.asked, verdict)
        return kept.verdict


@dataclass(frozen=True, slots=True)
class _Kept:
    """A verdict with its basis and the decisions that were looked up, missing ones included."""

    basis: tuple[object, ...]
    asked: Mapping[str, Decision | None]
    verdict: PersonVerdict

    def has_same_decisions(self, decisions: Mapping[str, Decision]) -> bool:
        return all(decisions.get(key) == decision for key, decision in self.asked.items())


def _basis(evaluator: Evaluator, facts: PersonFacts) -> tuple[object, ...]:
    """Everything a verdict is made on but the decisions."""
    times = evaluator.working_times
    employee_id = facts.person.employee_id
    return (
        evaluator.plan,
        times.calendar,
        times.agency,
        times.shifts.get(employee_id, ()),
        times.punches.get(employee_id, ()),
        facts.person,
        facts.rows,
        facts.attendance,
        facts.receipts,
        facts.is_nominated,
        facts.history,
        facts.forerunners,
    )


class _Consulted(Mapping[str, Decision]):
    """The decisions in force; notes each key that is looked up."""

    def __init__(self, decisions: Mapping[str, Decision]) -> None:
        self._decisions = decisions
        self.asked: dict[str, Decision | None] = {}

    def __getitem__(self, key: str) -> Decision:
        self.asked[key] = self._decisions.get(key)
        return self._decisions[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decisions)

    def __len__(self) -> int:
        return len(self._decisions)
