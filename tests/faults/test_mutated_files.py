"""Spoiled files: rows or a reason, no crash, no hang; ten thousand by the program itself."""

from __future__ import annotations

from tests.faults.mutations import HANDS, SECONDS, mutant, read_many, samples


def test_spoiled_files_give_rows_or_a_reason_and_never_end_the_process() -> None:
    # Each sample once, every hand among them. The thousands that look for new faults are read by
    # the program itself; here it is enough that no kind of file has lost its guard.
    outcomes = read_many(range(len(samples())))
    assert [outcome.name for outcome in outcomes] == [path.name for path in samples()]
    assert len(outcomes) > 100
    assert {outcome.hand for outcome in outcomes} == set(HANDS)
    assert [outcome for outcome in outcomes if outcome.fault] == []
    assert [outcome for outcome in outcomes if outcome.seconds > SECONDS] == []
    assert any(outcome.rows for outcome in outcomes)
    assert any(outcome.refusals for outcome in outcomes)


def test_a_number_always_names_the_same_spoiled_file() -> None:
    assert mutant(17) == mutant(17)
    assert mutant(17).content != mutant(18).content
