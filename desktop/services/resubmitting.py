"""更正: a later printout of a course that corrects an earlier one, by the clerk's word alone.

rules.md lists every reading of a course and counts the best, so that a printout with a corrected,
worse time would lose against the one it corrects. Which is the newer is never guessed: the clerk is
shown both and says so. The earlier reading stays, shown with the one in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.evidence import LearningRow
from desktop.domain.moments import roc_date, roc_moment
from desktop.domain.successions import Forerunner, Succession, SuccessionAnswer
from desktop.domain.verdicts import RecordVerdict
from desktop.rules.evaluation import PersonFacts
from desktop.rules.people_lookup import Identification
from desktop.rules.successions import in_force, open_pairs, would_circle
from desktop.services.draft import row_key
from desktop.services.facts import gather
from desktop.services.office import Office
from desktop.store import Writer

AREAS = frozenset({Area.EVIDENCE, Area.VERDICTS})


class SuccessionRefusedError(Exception):
    """An answer that contradicts earlier ones; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Resubmission:
    """Two readings of one course of which the later may correct the earlier.

    Attributes:
        employee_id, name: Whose they are.
        course: The plan's spelling.
        earlier, later: The records; by their own progress, else by the order of import.
        is_order_sure: Whether the rows themselves say which is the later one.
        sentence: The question in words.
    """

    employee_id: str
    name: str
    course: str
    earlier: RecordVerdict
    later: RecordVerdict
    is_order_sure: bool
    sentence: str

    def turned(self) -> Resubmission:
        """The same with the two the other way round, when the clerk knows better."""
        return Resubmission(
            self.employee_id,
            self.name,
            self.course,
            self.later,
            self.earlier,
            self.is_order_sure,
            self.sentence,
        )


def resubmissions(
    office: Office,
    plan_id: str,
    *,
    employee_id: str | None = None,
    batch_id: str | None = None,
) -> tuple[Resubmission, ...]:
    """Pairs of readings that nobody has answered yet, in roster order.

    Args:
        office: The open office.
        plan_id: The plan whose courses are meant.
        employee_id: Only this person's.
        batch_id: Only pairs of which a reading came in with this import.

    Raises:
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
    """
    with office.store.reading() as reader:
        basis = gather(office, reader, plan_id, employee_id=employee_id)
        answers = _answers(reader.successions(employee_id))
        brought = {
            stored.row.place
            for stored in reader.learning_rows(employee_id)
            if batch_id is None or stored.batch_id == batch_id
        }
    found: list[Resubmission] = []
    for facts in basis.people:
        records = office.memory.verdict(basis.evaluator, facts).records
        for one in open_questions(facts, records, answers.get(facts.person.employee_id, ())):
            places = {row.place for record in (one.earlier, one.later) for row in _rows(record)}
            if places & brought:
                found.append(one)
    return tuple(found)


def open_questions(
    facts: PersonFacts, records: Sequence[RecordVerdict], given: Sequence[Succession]
) -> tuple[Resubmission, ...]:
    """Pairs of one person's readings that nobody has answered yet.

    Args:
        facts: What the records were judged on.
        records: The person's.
        given: The answers about the person's readings.
    """
    answered = in_force(given)
    asked = (
        _resubmission(facts, pair.earlier, pair.later, is_order_sure=pair.is_order_sure)
        for pair in open_pairs(records, facts.rows)
    )
    return tuple(
        one
        for one in asked
        if not any(frozenset((older, newer)) in answered for older, newer in _keys(one))
    )


def _answers(given: Sequence[Succession]) -> Mapping[str, list[Succession]]:
    found: dict[str, list[Succession]] = {}
    for one in given:
        found.setdefault(one.employee_id, []).append(one)
    return found


def _rows(record: RecordVerdict) -> tuple[LearningRow, ...]:
    return (record.row, *record.copies)


def _keys(one: Resubmission) -> list[tuple[str, str]]:
    """Every spelling of the earlier reading with the later one."""
    whose = Identification(one.employee_id)
    newer = row_key(one.later.row, whose)
    olders = dict.fromkeys(row_key(row, whose) for row in _rows(one.earlier))
    return [(older, newer) for older in olders if older != newer]


def _resubmission(
    facts: PersonFacts, earlier: RecordVerdict, later: RecordVerdict, *, is_order_sure: bool
) -> Resubmission:
    known = (
        "後者是同一次上課後來的情形"
        if is_order_sure
        else "兩份都沒有寫明哪一份較新（依匯入先後排列）"
    )
    sentence = (
        f"{facts.person.name}的「{later.course}」有兩份不同的紀錄：{reading_words(earlier.row)}；"
        f"{reading_words(later.row)}。{known}，請說後者是不是更正前者。"
    )
    person = facts.person
    return Resubmission(
        person.employee_id, person.name, later.course, earlier, later, is_order_sure, sentence
    )


def reading_words(row: LearningRow) -> str:
    """A reading in one line: where it stands and what it says."""
    start = _moment_words(row.start or row.started_on)
    end = _moment_words(row.end or row.completed_on)
    state = f"，{row.pass_status}" if row.pass_status else ""
    return f"「{row.place.file_name}」{row.place.words} {start} 至 {end}{state}"


def _moment_words(moment: datetime | date | None) -> str:
    if moment is None:
        return "—"
    return roc_moment(moment) if isinstance(moment, datetime) else roc_date(moment)


def forerunner_words(one: Forerunner) -> str:
    """What a record says of a reading that it replaced."""
    return (
        f"這一列更正了先前的{reading_words(one.row)}；"
        f"{one.decided_by} {roc_moment(one.decided_at)[:-3]} 認定：{one.reason}"
    )


# ------------------------------------------------------------------------------------------ answers
def replace_forerunners(office: Office, pairs: Sequence[Resubmission], *, reason: str) -> ChangeSet:
    """Say that in each pair the later reading is in force in place of the earlier.

    Args:
        office: The open office.
        pairs: As ``resubmissions`` gave them, or ``turned``.
        reason: Why, in words.

    Raises:
        SuccessionRefusedError: When the later one was itself said to be replaced by the earlier.
        ValueError: When the reason is blank.
    """
    return _answer(office, pairs, SuccessionAnswer.REPLACES, reason)


def keep_both(office: Office, pairs: Sequence[Resubmission], *, reason: str) -> ChangeSet:
    """Say that both readings of each pair are true: the course was taken twice.

    Args:
        office: The open office.
        pairs: As ``resubmissions`` gave them.
        reason: Why, in words.

    Raises:
        ValueError: When the reason is blank.
    """
    return _answer(office, pairs, SuccessionAnswer.BOTH_STAND, reason)


def restore_forerunners(
    office: Office, employee_id: str, forerunners: Sequence[Forerunner], *, reason: str
) -> ChangeSet:
    """Put replaced readings in force again; the question is open again.

    Args:
        office: The open office.
        employee_id: Whose they are.
        forerunners: As a record's ``forerunners``.
        reason: Why, in words.

    Raises:
        ValueError: When the reason is blank.
    """
    whose = Identification(employee_id)
    older_keys = {row_key(one.row, whose) for one in forerunners}
    with office.store.reading() as reader:
        given = in_force(reader.successions(employee_id)).values()
    entries = [
        _entry(employee_id, one.older_key, one.newer_key, SuccessionAnswer.WITHDRAWN, reason)
        for one in given
        if one.older_key in older_keys and one.answer is SuccessionAnswer.REPLACES
    ]
    return _write(office, SuccessionAnswer.WITHDRAWN.words, entries)


def _answer(
    office: Office, pairs: Sequence[Resubmission], answer: SuccessionAnswer, reason: str
) -> ChangeSet:
    entries = [
        _entry(one.employee_id, older, newer, answer, reason)
        for one in pairs
        for older, newer in _keys(one)
    ]
    return _write(office, answer.words, entries)


def _entry(
    employee_id: str, older: str, newer: str, answer: SuccessionAnswer, reason: str
) -> dict[str, str]:
    if not reason.strip():
        raise ValueError("an answer needs a reason")
    return {
        "employee_id": employee_id,
        "older": older,
        "newer": newer,
        "answer": answer.value,
        "reason": reason.strip(),
    }


def _write(office: Office, words: str, entries: Sequence[dict[str, str]]) -> ChangeSet:
    if not entries:
        return ChangeSet(words, frozenset())
    with office.store.writing(words) as writer:
        token = record_answers(writer, words, entries)
    people = frozenset(entry["employee_id"] for entry in entries)
    return ChangeSet(words, AREAS, people, undo_token=token)


def record_answers(writer: Writer, words: str, entries: Sequence[Mapping[str, str]]) -> str:
    """Add answers and the step that takes them back.

    Args:
        writer: The open transaction.
        words: The act's name.
        entries: Person, keys, answer and reason of each.

    Returns:
        The step's token.

    Raises:
        SuccessionRefusedError: When an answer contradicts earlier ones.
    """
    before: list[dict[str, str]] = []
    for entry in entries:
        given = writer.successions(entry["employee_id"])
        if entry["answer"] == SuccessionAnswer.REPLACES and would_circle(
            given, older=entry["older"], newer=entry["newer"]
        ):
            raise SuccessionRefusedError(
                "這一列先前已認定被另一列更正，不能反過來再認定，沒有更動；請先收回先前的認定再試。"
            )
        former = in_force(given).get(frozenset((entry["older"], entry["newer"])))
        before.append(
            _entry(
                entry["employee_id"],
                former.older_key if former else entry["older"],
                former.newer_key if former else entry["newer"],
                former.answer if former else SuccessionAnswer.WITHDRAWN,
                former.reason if former else "復原",
            )
        )
        _add(writer, entry)
    inverse: dict[str, Any] = {
        "act": "successions",
        "entries": [dict(entry) for entry in entries],
        "before": before,
    }
    return writer.add_undo_step(words, inverse)


def put_answers_again(writer: Writer, entries: Sequence[Mapping[str, str]]) -> None:
    """Add the answers that an undo step says were in force before.

    Args:
        writer: The open transaction.
        entries: The step's ``before``.
    """
    for entry in entries:
        _add(writer, entry)


def _add(writer: Writer, entry: Mapping[str, str]) -> None:
    writer.add_succession(
        entry["employee_id"],
        older_key=entry["older"],
        newer_key=entry["newer"],
        answer=SuccessionAnswer(entry["answer"]),
        reason=entry["reason"],
    )
