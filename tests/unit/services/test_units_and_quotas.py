"""What only everybody together decides: quotas, units, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.attendance import FormerAward
from desktop.domain.verdicts import BenefitState, HindranceCode, PersonVerdict
from desktop.services.facts import gather
from desktop.services.office import Office
from desktop.services.units import unit_standings
from desktop.services.verdict_memory import VerdictMemory
from desktop.services.verifying import case, evaluate_everybody

PLAN = "kaohsiung-114"
TEXT = Path(__file__).parents[3].joinpath("resources/plans", f"{PLAN}.toml").read_text("utf-8")
QUOTA = """
[commendation.quota]
people = 1
per = "organisation"
order = ["completed_on"]
clause = "陸、七"

"""
UNITS = """
[[unit_award]]
id = "rate"
kind = "voucher"
title = "績優單位"
measure = "completion_rate"
sets = ["policy"]
completed_by = 2025-08-31
completed_clause = "陸、八"

[[unit_award.band]]
at_least_percent = 1
amount = 1000
clause = "陸、八"

"""
RULE = '[[commendation.rule]]\nsets = ["policy", "city", "common"]'


def put_in_force(office: Office, version: str, change: Callable[[str], str]) -> None:
    with office.store.writing("計畫") as writer:
        writer.add_plan(PLAN, version, change(TEXT))


def one_set_is_enough(text: str) -> str:
    """The 114 plan with a commendation that more people reach."""
    assert RULE in text
    return text.replace(RULE, '[[commendation.rule]]\nsets = ["policy"]')


def short(text: str) -> str:
    text = one_set_is_enough(text)
    return text.replace("[clauses]", f"{QUOTA}[clauses]", 1)


def granted(verdicts: tuple[PersonVerdict, ...]) -> list[PersonVerdict]:
    return [v for v in verdicts if v.commendation.state is BenefitState.GRANTED]


def out_of_luck(verdicts: tuple[PersonVerdict, ...]) -> PersonVerdict:
    code = HindranceCode.QUOTA_EXHAUSTED
    return next(v for v in verdicts if code in {h.code for h in v.commendation.hindrances})


def test_award_that_is_short_goes_to_who_was_first(sample: Office) -> None:
    put_in_force(sample, "enough", one_set_is_enough)
    everybody = granted(evaluate_everybody(sample, PLAN)[1])
    assert len(everybody) > 1
    first = min(v.commendation.completed_on for v in everybody if v.commendation.completed_on)
    put_in_force(sample, "short", short)
    (only,) = granted(evaluate_everybody(sample, PLAN)[1])
    assert only.commendation.completed_on == first


def test_case_of_one_person_tells_what_the_quota_left(sample: Office) -> None:
    put_in_force(sample, "short", short)
    _, verdicts = evaluate_everybody(sample, PLAN)
    out = out_of_luck(verdicts)
    shown = case(sample, PLAN, out.person.employee_id)
    assert shown.verdict.commendation == out.commendation
    assert shown.verdict.commendation.hindrances[-1].words == "全機關 1 人"


def test_memory_keeps_a_person_s_own_verdict_without_the_quota(sample: Office) -> None:
    put_in_force(sample, "short", short)
    basis, verdicts = evaluate_everybody(sample, PLAN)
    out = out_of_luck(verdicts)
    facts = next(f for f in basis.people if f.person == out.person)
    assert sample.memory.verdict(basis.evaluator, facts).commendation.count == 1


@pytest.mark.parametrize("is_short", [True, False])
def test_another_person_s_facts_move_a_digest_only_where_an_award_is_short(
    sample: Office, is_short: bool
) -> None:
    put_in_force(sample, "plan", short if is_short else one_set_is_enough)
    with sample.store.reading() as reader:
        basis = gather(sample, reader, PLAN)
    me, *others = basis.people
    changed = [replace(facts, rows=()) for facts in others]
    after = replace(basis, people=(me, *changed))
    assert (after.digest(me) != basis.digest(me)) is is_short


def test_unit_award_counts_each_unit(sample: Office) -> None:
    put_in_force(sample, "units", lambda text: text.replace("[clauses]", f"{UNITS}[clauses]", 1))
    standings = unit_standings(sample, PLAN)
    _, verdicts = evaluate_everybody(sample, PLAN)
    may = [v for v in verdicts if v.is_eligible is not False and v.person.left_on is None]
    assert sum(unit.headcount for unit in standings) == len(may)
    assert [unit.unit for unit in standings] == list(dict.fromkeys(v.person.unit for v in may))
    done = [v for v in may if v.unit_completions["rate"].value == "pass"]
    assert sum(unit.completed for unit in standings) == len(done) > 0


def test_plan_without_unit_awards_has_no_units(sample: Office) -> None:
    assert unit_standings(sample, PLAN) == ()


@pytest.mark.parametrize("asks", [True, False])
def test_history_moves_a_digest_only_where_the_plan_asks(sample: Office, asks: bool) -> None:
    asking = '[commendation]\nfrequency = "once_a_year"\nfrequency_clause = "陸、七"'
    if asks:
        put_in_force(sample, "asks", lambda text: text.replace("[commendation]", asking, 1))
    with sample.store.reading() as reader:
        basis = gather(sample, reader, PLAN)
    facts = basis.people[0]
    had = FormerAward(facts.person.employee_id, 114, "別的計畫", "嘉獎", 1)
    moved = basis.digest(replace(facts, history=(had,))) != basis.digest(facts)
    assert moved is asks


def test_memory_hears_of_history(sample: Office) -> None:
    asking = '[commendation]\nfrequency = "once_a_year"\nfrequency_clause = "陸、七"'
    put_in_force(
        sample, "asks", lambda text: one_set_is_enough(text).replace("[commendation]", asking, 1)
    )
    basis, verdicts = evaluate_everybody(sample, PLAN)
    waiting = next(v for v in verdicts if v.commendation.possible_count and v.is_eligible)
    facts = next(f for f in basis.people if f.person == waiting.person)
    memory = VerdictMemory()
    assert memory.verdict(basis.evaluator, facts).commendation.count == 0
    told = memory.verdict(basis.evaluator, replace(facts, history=()))
    assert told.commendation.hindrances == ()
