"""A person's own sets under the rules of a plan: what each rule asks, and how far it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.people import Person, RankTier
from desktop.domain.plan import CourseSet, LeaveRule, Plan
from desktop.domain.verdicts import Grant, PersonVerdict, RecordVerdict, SetState, SetVerdict

_JOINED = "＋"
_TIER_WORDS = {RankTier.SENIOR: "簡任", RankTier.JUNIOR: "薦任", RankTier.ELEMENTARY: "委任"}
_SHORT = 2
"""Characters of a set's title that name it in a narrow column."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one rule of the leave asks of one person.

    Attributes:
        rule: The rule.
        sets: The person's own sets that it asks for, in the rule's order.
        verdicts: What became of them.
        grant: What was granted for them, None when nothing was.
    """

    rule: LeaveRule
    sets: tuple[CourseSet, ...]
    verdicts: tuple[SetVerdict, ...]
    grant: Grant | None

    @property
    def title(self) -> str:
        """The sets' titles."""
        return _JOINED.join(course_set.title for course_set in self.sets)

    @property
    def state(self) -> SetState:
        """How far all of them together are done."""
        states = {verdict.state for verdict in self.verdicts}
        for state in (SetState.INCOMPLETE, SetState.REVIEW):
            if state in states:
                return state
        return SetState.PASS

    @property
    def records(self) -> tuple[tuple[CourseSet, RecordVerdict], ...]:
        """The records that count, in the plan's order, a course of several sets once."""
        found: dict[str, tuple[CourseSet, RecordVerdict]] = {}
        for course_set, verdict in zip(self.sets, self.verdicts, strict=True):
            for record in verdict.counted:
                found.setdefault(record.course, (course_set, record))
        return tuple(found.values())


def claims(plan: Plan, verdict: PersonVerdict) -> tuple[Claim, ...]:
    """What the plan's rules ask of a person, in the plan's order.

    A rule that asks for a set chosen by rank is left out where the person's rank is not known.
    """
    leave = plan.compensatory_leave
    if leave is None:
        return ()
    by_id = {set_verdict.set_id: set_verdict for set_verdict in verdict.sets}
    grants = {grant.set_id: grant for grant in verdict.leave.grants}
    found = []
    for rule in leave.rules:
        named = [own_sets(plan, verdict, name) for name in rule.set_ids]
        if all(named):
            sets = tuple(course_set for group in named for course_set in group)
            found.append(
                Claim(rule, sets, tuple(by_id[s.id] for s in sets), grants.get(rule.grant_set))
            )
    return tuple(found)


def own_sets(plan: Plan, verdict: PersonVerdict, name: str) -> tuple[CourseSet, ...]:
    """The sets that the person is measured by and a rule calls so: by id, or by their group."""
    mine = {set_verdict.set_id for set_verdict in verdict.sets}
    return tuple(s for s in plan.sets if s.id in mine and name in (s.id, s.group))


def short_title(plan: Plan, name: str) -> str:
    """A set's or group's title for a narrow column: ``政策``, ``副餐2``, ``主餐``."""
    sets = [s for s in plan.sets if name in (s.id, s.group)]
    if len(sets) > 1:
        return _group_title(sets)
    title = sets[0].title if sets else name
    for sign in "-－—":
        head, found, _ = title.partition(sign)
        if found and head:
            return head
    return title[:_SHORT]


def unknown_rank_words(plan: Plan, person: Person) -> str:
    """Why a person has no set of a group chosen by rank; empty when the roster tells the rank."""
    if person.tier is not None:
        return ""
    groups: dict[str, list[CourseSet]] = {}
    for course_set in plan.sets:
        if course_set.for_tier is not None:
            groups.setdefault(course_set.group or course_set.title, []).append(course_set)
    if not groups:
        return ""
    what = "、".join(_group_title(sets) for sets in groups.values())
    if person.rank.strip():
        return f"名冊的官職等「{person.rank}」看不出官等，無法決定{what}"
    return f"名冊沒有官等，無法決定{what}"


def _group_title(sets: Sequence[CourseSet]) -> str:
    """What the titles of a group share at their end, ranks aside: 主餐 of 簡任主餐 and 薦任主餐."""
    titles = [s.title.replace(_TIER_WORDS[s.for_tier], "") if s.for_tier else s.title for s in sets]
    shared = 0
    for letters in zip(*(reversed(title) for title in titles), strict=False):
        if len(set(letters)) > 1:
            break
        shared += 1
    return titles[0][len(titles[0]) - shared :] or sets[0].title
