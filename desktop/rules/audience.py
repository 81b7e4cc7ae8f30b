"""Which sets of a plan are a person's own; three-valued where the roster does not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.conditions import Audience
from desktop.domain.people import Person
from desktop.domain.plan import CourseSet, Plan
from desktop.domain.text import matching_key
from desktop.rules.eligibility import category_key


@dataclass(frozen=True, slots=True)
class OwnSets:
    """The sets one person is measured by.

    Attributes:
        sets: In the plan's order.
        unsaid: What the roster does not say of a set that may be the person's own, in words, by
            the set.
    """

    sets: tuple[CourseSet, ...]
    unsaid: Mapping[CourseSet, str]

    def called(self, name: str) -> tuple[CourseSet, ...]:
        """The own sets that a rule means by a set's id or a group."""
        return tuple(s for s in self.sets if name in (s.id, s.group))

    def ids(self, names: Sequence[str]) -> tuple[str, ...]:
        """Ids of all own sets that the names of a rule mean, each once, in the plan's order."""
        return tuple(s.id for s in self.sets if s.id in names or (s.group and s.group in names))

    def unsaid_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """What the roster would have to say before a rule of these names can be judged.

        Nothing for a name of which the person has a set for certain.
        """
        words: list[str] = []
        for name in names:
            if not self.called(name):
                words.extend(w for s, w in self.unsaid.items() if name in (s.id, s.group))
        return tuple(dict.fromkeys(words))


def own_sets(plan: Plan, person: Person) -> OwnSets:
    """The person's own sets: those for everybody, and those whose audience fits for certain.

    Args:
        plan: The plan.
        person: Of the roster.
    """
    certain, unsaid = [], {}
    for course_set in plan.sets:
        answers = list(_answers(course_set, person))
        if any(fits is False for _, fits in answers):
            continue
        unknown = [words for words, fits in answers if fits is None]
        if unknown:
            unsaid[course_set] = "、".join(dict.fromkeys(unknown))
        else:
            certain.append(course_set)
    return OwnSets(tuple(certain), unsaid)


def _answers(course_set: CourseSet, person: Person) -> Iterator[tuple[str, bool | None]]:
    """What is asked of the person, with the answer; None when the roster does not say."""
    tier, audience = person.tier, course_set.audience
    if course_set.for_tier is not None:
        yield "官職等", None if tier is None else tier is course_set.for_tier
    if audience is not None:
        yield from _audience_answers(audience, person)


def _audience_answers(audience: Audience, person: Person) -> Iterator[tuple[str, bool | None]]:
    if audience.tiers:
        yield "官職等", None if person.tier is None else person.tier in audience.tiers
    if audience.categories:
        yield "人員類別", _is_among(person.category, audience.categories)
    if audience.titles:
        title = matching_key(person.title)
        yield "職稱", (title in {matching_key(t) for t in audience.titles}) if title else None
    if audience.is_supervisor is not None:
        said = person.is_supervisor
        yield "是否主管", None if said is None else said is audience.is_supervisor


def _is_among(category: str, categories: Sequence[str]) -> bool | None:
    key = category_key(category)
    return key in {category_key(word) for word in categories} if key else None
