"""Two readings of one course: what a person's word puts out of force, and what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.people import Person
from desktop.domain.provenance import SourcePlace
from desktop.domain.successions import Forerunner, Succession, SuccessionAnswer
from desktop.domain.verdicts import Decision, DecisionKind, RecordVerdict, Verdict
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from desktop.rules.successions import (
    KeyedRow,
    ReadingPair,
    in_force,
    open_pairs,
    without_forerunners,
    would_circle,
)
from tests.unit.rules import offices
from tests.unit.rules.test_records import PERSON, ROW

AT = datetime(2025, 11, 21, 9)
REPLACES, BOTH, WITHDRAWN = SuccessionAnswer


def said(older: str, newer: str, answer: SuccessionAnswer = REPLACES) -> Succession:
    return Succession("A0001", older, newer, answer, "補正後的列印", "周雅雯", AT)


def row(file: str, number: int = 1, **changes: object) -> LearningRow:
    place = SourcePlace(file * 64, f"{file}.pdf", page=1, row=number)
    return replace(ROW, place=place, **changes)


OLD, NEW, LAST = row("a"), row("b", end=datetime(2025, 3, 12, 19)), row("c")
ROWS = (KeyedRow("old", OLD), KeyedRow("new", NEW), KeyedRow("last", LAST))


def kept(*answers: Succession, rows: tuple[KeyedRow, ...] = ROWS) -> list[LearningRow]:
    return list(without_forerunners(rows, answers)[0])


def test_without_any_word_every_reading_counts() -> None:
    assert without_forerunners(ROWS, ()) == ((OLD, NEW, LAST), ())


def test_reading_that_was_replaced_counts_no_more_and_is_kept_with_its_successor() -> None:
    rows, forerunners = without_forerunners(ROWS, (said("old", "new"),))
    assert rows == (NEW, LAST)
    assert forerunners == (Forerunner(OLD, NEW, "補正後的列印", "周雅雯", AT),)


def test_same_old_reading_from_yet_another_file_is_replaced_as_well() -> None:
    again = KeyedRow("old", row("d"))
    assert kept(said("old", "new"), rows=(*ROWS, again)) == [NEW, LAST]


def test_earlier_reading_counts_again_once_the_later_one_is_gone() -> None:
    assert kept(said("old", "new"), rows=ROWS[:1]) == [OLD]


def test_chain_of_corrections_leads_to_the_last_one() -> None:
    rows, forerunners = without_forerunners(ROWS, (said("old", "new"), said("new", "last")))
    assert rows == (LAST,)
    assert [(one.row, one.successor) for one in forerunners] == [(OLD, LAST), (NEW, LAST)]


@pytest.mark.parametrize("later", [BOTH, WITHDRAWN])
def test_last_word_about_a_pair_is_in_force(later: SuccessionAnswer) -> None:
    answers = (said("old", "new"), said("old", "new", later))
    assert kept(*answers) == [OLD, NEW, LAST]
    assert len(in_force(answers)) == (later is BOTH)


def test_word_that_contradicts_an_earlier_one_is_known() -> None:
    answers = (said("old", "new"), said("new", "last"))
    assert would_circle(answers, older="last", newer="old")
    assert not would_circle(answers, older="old", newer="last")
    # The pair's own answer is replaced by the new one, it contradicts nothing.
    assert not would_circle(answers[:1], older="new", newer="old")


def test_words_that_run_in_a_circle_put_nothing_out_of_force() -> None:
    assert kept(said("old", "new"), said("new", "last"), said("last", "old")) == [OLD, NEW, LAST]


# ---------------------------------------------------------------------------------------- verdicts
TIMES = WorkingTimes(offices.every_year(), offices.agency())
PLAN = offices.plan("kaohsiung-114")


def judged(
    *rows: LearningRow,
    forerunners: tuple[Forerunner, ...] = (),
    decisions: dict[str, Decision] | None = None,
    person: Person = PERSON,
) -> tuple[RecordVerdict, ...]:
    facts = PersonFacts(person, rows, decisions=decisions or {}, forerunners=forerunners)
    return Evaluator(PLAN, TIMES).evaluate(facts).records


def test_record_carries_the_readings_that_it_replaced_and_they_are_not_judged() -> None:
    forerunner = Forerunner(OLD, NEW, "補正", "周雅雯", AT)
    found = judged(NEW, forerunners=(forerunner,))
    assert [one.row for one in found] == [NEW]
    assert found[0].forerunners == (forerunner,)


def test_decision_made_while_both_were_listed_stands_when_the_other_was_replaced() -> None:
    other = replace(OLD, place=NEW.place, certified_hours=OLD.certified_hours + 1)
    before = next(one for one in judged(OLD, other) if one.row == other)
    assert before.verdict is not Verdict.PASS
    made = Decision(
        "D1", before.key, DecisionKind.ACCEPT, "已核對", "周雅雯", AT, before.fingerprint
    )
    forerunner = Forerunner(OLD, other, "補正", "周雅雯", AT)
    (after,) = judged(other, forerunners=(forerunner,), decisions={made.record_key: made})
    assert after.decision == made


def pairs(*rows: LearningRow) -> tuple[ReadingPair, ...]:
    return open_pairs(judged(*rows), rows)


def test_two_times_of_one_course_in_two_files_are_asked_in_the_order_of_import() -> None:
    (pair,) = pairs(NEW, OLD)
    assert (pair.earlier.row, pair.later.row, pair.is_order_sure) == (NEW, OLD, False)


def test_same_attempt_that_ended_since_is_surely_the_later() -> None:
    begun = row("b", end=None, pass_status="未通過")
    (pair,) = pairs(OLD, begun)
    assert (pair.earlier.row, pair.later.row, pair.is_order_sure) == (begun, OLD, True)


def test_same_attempt_that_was_passed_since_is_surely_the_later() -> None:
    failed = row("b", pass_status="未通過")
    (pair,) = pairs(OLD, failed)
    assert (pair.earlier.row, pair.later.row, pair.is_order_sure) == (failed, OLD, True)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((OLD, row("a", 2, end=NEW.end)), id="one file shows both"),
        pytest.param((OLD, NEW, row("b", 2)), id="the later file shows the earlier row as well"),
        pytest.param((OLD, row("b")), id="the same again"),
        pytest.param(
            (OLD, row("b", start=None, kind=EvidenceKind.COMPLETION_SHEET)), id="it tells less"
        ),
        pytest.param(
            (OLD, row("b", start=None, end=None, completed_on=OLD.end_date)), id="dates alone"
        ),
        pytest.param((OLD, row("b", course_name="別的課", end=NEW.end)), id="another course"),
    ],
)
def test_readings_that_contradict_nothing_are_not_asked(rows: tuple[LearningRow, ...]) -> None:
    assert pairs(*rows) == ()
