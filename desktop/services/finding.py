"""What Ctrl+K finds in the office: people, courses of the plan, documents of its cases.

Spellings of one character find each other (台, 臺); width, blanks and dashes do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.plan import Plan
from desktop.domain.text import matching_key
from desktop.rules.people_lookup import PeopleIndex
from desktop.rules.toml_table import TomlProblemsError
from desktop.services.cancelling import KIND_WORDS
from desktop.services.importing import Candidate, candidate
from desktop.services.library import PlanUnknownError
from desktop.services.office import Office
from desktop.store import Reader

MOST_PEOPLE = 8
MOST_COURSES = 6
MOST_CASES = 5


@dataclass(frozen=True, slots=True)
class FoundCourse:
    """A course of the plan in force, with the set that lists it."""

    name: str
    set_title: str


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that went out for a case.

    Attributes:
        number: As printed.
        kind: In words.
        employee_id, name: Whose it is; empty for lists.
        is_in_force: Whether nothing took its place or cancelled it.
    """

    number: str
    kind: str
    employee_id: str
    name: str
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the words are in, the most likely first."""

    people: tuple[Candidate, ...] = ()
    courses: tuple[FoundCourse, ...] = ()
    documents: tuple[FoundDocument, ...] = ()


def holds(text: str, words: str) -> bool:
    """Whether a text has every word in it, whatever their spelling.

    Args:
        text: As written.
        words: Separated by blanks.
    """
    key = matching_key(text)
    return all(matching_key(word) in key for word in words.split())


def find(office: Office, plan_id: str, words: str) -> Found:
    """People, courses and documents that hold the words.

    Args:
        office: The open office.
        plan_id: The plan in force; only people are found when it is empty or unknown.
        words: As typed.
    """
    if not matching_key(words):
        return Found()
    with office.store.reading() as reader:
        people = reader.people()
        found = PeopleIndex(people).search(words, limit=MOST_PEOPLE)
        try:
            plan = office.plan(reader, plan_id)
        except (PlanUnknownError, TomlProblemsError):
            return Found(tuple(candidate(person) for person in found))
        names = {person.employee_id: person.name for person in people}
        documents = _documents(reader, plan, names, words)
    return Found(tuple(candidate(person) for person in found), _courses(plan, words), documents)


def _courses(plan: Plan, words: str) -> tuple[FoundCourse, ...]:
    found: dict[str, FoundCourse] = {}
    for course_set in plan.sets:
        for course in course_set.courses:
            if holds(course.name, words):
                found.setdefault(course.name, FoundCourse(course.name, course_set.title))
    return tuple(found.values())[:MOST_COURSES]


def _documents(
    reader: Reader, plan: Plan, names: dict[str, str], words: str
) -> tuple[FoundDocument, ...]:
    key = matching_key(words)
    found = [
        FoundDocument(
            number=one.number,
            kind=KIND_WORDS.get(one.kind, one.kind),
            employee_id=one.employee_id or "",
            name=names.get(one.employee_id or "", ""),
            is_in_force=one.cancelled_by is None,
        )
        for one in reversed(reader.documents(plan.id))
        if key in matching_key(one.number) or holds(names.get(one.employee_id or "", ""), words)
    ]
    found.sort(key=lambda one: not one.is_in_force)
    return tuple(found[:MOST_CASES])
