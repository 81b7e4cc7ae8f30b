"""Spoiled files: rows or a reason, no crash, no hang; ten thousand by the program itself."""

from __future__ import annotations

from tests.faults.mutations import SECONDS, mutant, read_many


def test_spoiled_files_give_rows_or_a_reason_and_never_end_the_process() -> None:
    outcomes = read_many(range(300))
    assert len(outcomes) == 300
    assert [outcome for outcome in outcomes if outcome.fault] == []
    assert [outcome for outcome in outcomes if outcome.seconds > SECONDS] == []
    assert any(outcome.rows for outcome in outcomes)
    assert any(outcome.refusals for outcome in outcomes)


def test_a_number_always_names_the_same_spoiled_file() -> None:
    assert mutant(17) == mutant(17)
    assert mutant(17).content != mutant(18).content
