"""Which course of the plan a name means: exactly, after folding, or only by likeness."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from desktop.domain.plan import Course, Plan
from desktop.domain.text import matching_key, same_but_for_page_breaks

# Below this likeness (0 to 100) a name is another course. Measured on the plan's own names: two
# different courses of one plan reach 93 (the pair 兩公約健康權/環境權), strangers stay under 70,
# one character wrong in a name of eight leaves 87.
LIKENESS_NEEDED = 80.0
# In a picture one sign of a name is often misread (趨 as 超). One of eight leaves 87; the nearest
# other course must be at least a sign further away, or a person decides: 兩公約健康權/環境權.
CLEAR_LIKENESS = 88.0
CLEAR_DISTANCE = 8.0


class MatchKind(Enum):
    """How a name was matched."""

    EXACT = "exact"
    FOLDED = "folded"
    SIMILAR = "similar"
    FREE = "free"  # a programme of free choice: every course is one of its own
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CourseMatch:
    """The plan's course for a name as read.

    Attributes:
        kind: How it was found.
        name: The plan's spelling; the name as read when nothing matches.
        score: Likeness from 0 to 100.
        runner_up: The next likely name of a match by likeness.
        runner_up_score: Its likeness.
        has_same_letters: Whether Latin letters and figures are the same: (A) and (B) are two
            courses, 5G is not 6G.
    """

    kind: MatchKind
    name: str
    score: float = 100.0
    runner_up: str = ""
    runner_up_score: float = 0.0
    has_same_letters: bool = True

    @property
    def is_clear_in_a_picture(self) -> bool:
        """Whether a likeness is near enough, and far enough from the next, for a misread sign."""
        return (
            self.kind is MatchKind.SIMILAR
            and self.has_same_letters
            and self.score >= CLEAR_LIKENESS
            and self.score - self.runner_up_score >= CLEAR_DISTANCE
        )

    @property
    def identity(self) -> str:
        """What tells two courses apart: outside every set the folded name."""
        if self.kind in (MatchKind.FREE, MatchKind.NONE):
            return matching_key(self.name) or self.name
        return self.name


class CourseMatcher:
    """Matches names against one plan's courses; answers are remembered."""

    def __init__(self, plan: Plan) -> None:
        """Prepare the folded names of every course of every set."""
        self._is_free_choice = plan.credit is not None
        courses: dict[str, Course] = {}
        for course_set in plan.sets:
            for course in course_set.courses:
                courses.setdefault(course.name, course)
        self._names = tuple(courses)
        self._folded: dict[str, str] = {}
        for course in courses.values():
            self._folded.setdefault(matching_key(course.name), course.name)
        for course in courses.values():
            self._folded.setdefault(matching_key(course.name_on_form), course.name)
        self._answers: dict[str, CourseMatch] = {}

    def match(self, as_read: str) -> CourseMatch:
        """The course that a name as read means.

        Args:
            as_read: The name without its platform code; a line break stands where the page
                broke it.
        """
        if as_read not in self._answers:
            self._answers[as_read] = self._find(as_read)
        return self._answers[as_read]

    def _find(self, as_read: str) -> CourseMatch:
        if self._is_free_choice:
            return CourseMatch(MatchKind.FREE, as_read.replace("\n", " ").strip())
        for name in self._names:
            if as_read == name or same_but_for_page_breaks(as_read, name):
                return CourseMatch(MatchKind.EXACT, name)
        key = matching_key(as_read)
        folded = self._folded.get(key)
        if folded is not None:
            return CourseMatch(MatchKind.FOLDED, folded)
        scored = sorted(
            ((fuzz.ratio(key, other), name) for other, name in self._folded.items()), reverse=True
        )
        if scored and key and scored[0][0] >= LIKENESS_NEEDED:
            best = scored[0]
            next_score, runner_up = next(
                ((score, name) for score, name in scored[1:] if name != best[1]), (0.0, "")
            )
            return CourseMatch(
                MatchKind.SIMILAR,
                best[1],
                best[0],
                runner_up,
                next_score,
                has_same_letters=_letters(key) == _letters(matching_key(best[1])),
            )
        shown = as_read.replace("\n", "").strip()
        return CourseMatch(MatchKind.NONE, shown, scored[0][0] if scored else 0.0)


def _letters(key: str) -> str:
    return "".join(letter for letter in key if letter.isascii() and letter.isalnum())
