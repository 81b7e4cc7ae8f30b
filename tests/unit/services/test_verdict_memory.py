from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.domain.agency import Agency
from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.moments import Span
from desktop.domain.verdicts import DecisionKind, Verdict
from desktop.rules.evaluation import Evaluator, PersonFacts
from desktop.services.deciding import decide
from desktop.services.facts import gather
from desktop.services.office import Office
from desktop.services.undoing import undo
from desktop.services.verdict_memory import VerdictMemory
from desktop.services.verifying import evaluate_everybody

PLAN = "kaohsiung-114"


def person_with_records(office: Office) -> tuple[Evaluator, PersonFacts]:
    with office.store.reading() as reader:
        basis = gather(office, reader, PLAN)
    return basis.evaluator, next(facts for facts in basis.people if facts.rows)


def test_facts_read_again_unchanged_give_the_remembered_verdict(sample: Office) -> None:
    memory = VerdictMemory()
    first = memory.verdict(*person_with_records(sample))
    assert memory.verdict(*person_with_records(sample)) is first


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: replace(facts, rows=facts.rows[1:]),
        lambda facts: replace(facts, person=replace(facts.person, pattern_code="?")),
        lambda facts: replace(
            facts,
            rows=(replace(facts.rows[0], end=datetime(2025, 3, 1, 12, 0, 1)), *facts.rows[1:]),
        ),
        lambda facts: replace(
            facts,
            attendance=(
                AttendanceEntry(
                    facts.person.employee_id,
                    AttendanceKind.OVERTIME,
                    "加班",
                    Span(datetime(2025, 1, 1), datetime(2025, 1, 1) + timedelta(days=365)),
                ),
            ),
        ),
    ],
    ids=["a row gone", "another pattern", "another end", "overtime all year"],
)
def test_changed_facts_are_evaluated_again(sample: Office, change) -> None:
    evaluator, facts = person_with_records(sample)
    memory = VerdictMemory()
    before = memory.verdict(evaluator, facts)
    after = memory.verdict(evaluator, change(facts))
    assert after != before
    assert after == evaluator.evaluate(change(facts))


def test_changed_settings_are_evaluated_again(sample: Office) -> None:
    evaluator, facts = person_with_records(sample)
    memory = VerdictMemory()
    before = memory.verdict(evaluator, facts)
    times = replace(evaluator.working_times, agency=Agency(name="", city=""))
    assert memory.verdict(Evaluator(evaluator.plan, times), facts) != before


def test_decision_made_and_undone_is_heard_each_time(sample: Office) -> None:
    _, verdicts = evaluate_everybody(sample, PLAN)
    record = next(
        record
        for verdict in verdicts
        for record in verdict.records
        if record.verdict is Verdict.REVIEW
    )

    def settled() -> Verdict | None:
        _, verdicts = evaluate_everybody(sample, PLAN)
        return next(r.settled for v in verdicts for r in v.records if r.key == record.key)

    decide(sample, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="不符規定")
    assert settled() is Verdict.FAIL
    undo(sample)
    assert settled() is Verdict.REVIEW
