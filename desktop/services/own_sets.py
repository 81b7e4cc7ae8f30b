"""A person's own sets under the rules of a plan: what each rule asks, and how far it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.people import Person, RankTier
from desktop.domain.plan import CourseSet, LeaveRule, Plan
from desktop.domain.verdicts import Grant, PersonVerdict, RecordVerdict, SetState, SetVerdict
from desktop.rules.audience import own_sets

_JOINED = "＋"
_TIER_WORDS = {RankTier.SENIOR: "簡任", RankTier.JUNIOR: "薦任", RankTier.ELEMENTARY: "委任"}
_RANK = "官職等"
"""How the rules name the rank where the roster does not tell it."""
_SHORT = 2
"""Characters of a set's title that name it in a narrow column."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the leave asks of one person for what it books under one set.

    Attributes:
        rule: The rule; of several that book under the set the one that was met, else the first.
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

    A rule that asks for a set which the roster does not let decide is left out.
    """
    leave = plan.compensatory_leave
    if leave is None:
        return ()
    by_id = {set_verdict.set_id: set_verdict for set_verdict in verdict.sets}
    found: dict[str, Claim] = {}
    for rule in leave.rules:
        named = [sets_called(plan, verdict, name) for name in rule.set_ids]
        if not (any(named) if rule.threshold is not None else all(named)):
            continue
        grant = _grant_of(rule, verdict)
        known = found.get(rule.grant_set)
        if known is None or (known.grant is None and grant is not None):
            sets = tuple(dict.fromkeys(course_set for group in named for course_set in group))
            verdicts = tuple(by_id[s.id] for s in sets)
            found[rule.grant_set] = Claim(rule, sets, verdicts, grant)
    return tuple(found.values())


def _grant_of(rule: LeaveRule, verdict: PersonVerdict) -> Grant | None:
    """What was granted under a rule: of tiers over one set only the tier that was reached.

    Rules over one set that add up are one grant here, with the dates of the last.
    """
    mine = [grant for grant in verdict.leave.grants if grant.set_id == rule.grant_set]
    if not any(grant.hours <= rule.hours for grant in mine):
        return None
    last = max(mine, key=lambda grant: grant.completed_on)
    return replace(last, hours=sum(grant.hours for grant in mine))


def sets_called(plan: Plan, verdict: PersonVerdict, name: str) -> tuple[CourseSet, ...]:
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
    """Why sets that may be the person's own are not: what the roster does not say; else empty."""
    own = own_sets(plan, person)
    groups: dict[tuple[str, str], list[CourseSet]] = {}
    for course_set, words in own.unsaid.items():
        if not own.called(course_set.group or course_set.id):
            groups.setdefault((words, course_set.group or course_set.id), []).append(course_set)
    return "；".join(
        f"{_not_said(words, person)}，無法決定{_group_title(sets)}"
        for (words, _), sets in groups.items()
    )


def _not_said(words: str, person: Person) -> str:
    if words != _RANK:
        return f"名冊看不出{words}"
    if person.rank.strip():
        return f"名冊的官職等「{person.rank}」看不出官等"
    return "名冊沒有官等"


def _group_title(sets: Sequence[CourseSet]) -> str:
    """What the titles of a group share at their end, ranks aside: 主餐 of 簡任主餐 and 薦任主餐."""
    titles = [s.title.replace(_TIER_WORDS[s.for_tier], "") if s.for_tier else s.title for s in sets]
    shared = 0
    for letters in zip(*(reversed(title) for title in titles), strict=False):
        if len(set(letters)) > 1:
            break
        shared += 1
    return titles[0][len(titles[0]) - shared :] or sets[0].title
