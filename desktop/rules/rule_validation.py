"""Whether the rules of a plan name sets that are there, and thresholds that can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from desktop.domain.conditions import Threshold
from desktop.domain.entitlements import Per
from desktop.domain.plan import CourseSet, Plan
from desktop.domain.text import matching_key
from desktop.rules.set_validation import may_meet
from desktop.rules.toml_lines import Found, Path


@dataclass(frozen=True, slots=True)
class NamedSets:
    """Where a benefit names sets: a rule, or a unit award itself.

    Attributes:
        path: Of the table that holds ``sets`` and perhaps a threshold.
        set_ids: Sets or groups.
        threshold: How much of them, None: each complete.
        what: Tells a rule apart from others on the same sets (the award's word, per course).
    """

    path: Path
    set_ids: tuple[str, ...]
    threshold: Threshold | None
    what: str = ""

    @property
    def benefit(self) -> Path:
        """Where the benefit stands whose rule it is."""
        return self.path[: self.path.index("rule")] if "rule" in self.path else self.path


def named_sets(plan: Plan) -> Iterator[NamedSets]:
    """Every place of a plan that names sets."""
    if plan.compensatory_leave is not None:
        for index, rule in enumerate(plan.compensatory_leave.rules):
            path: Path = ("compensatory_leave", "rule", index)
            yield NamedSets(path, rule.set_ids, rule.threshold)
    if plan.commendation is not None:
        for index, award in enumerate(plan.commendation.rules):
            path = ("commendation", "rule", index)
            yield NamedSets(path, award.set_ids, award.threshold, award.award)
    for number, entitlement in enumerate(plan.entitlements):
        for index, line in enumerate(entitlement.rules):
            path = ("entitlement", number, "rule", index)
            yield NamedSets(path, line.set_ids, line.threshold, line.per.value)
    for number, unit_award in enumerate(plan.unit_awards):
        yield NamedSets(("unit_award", number), unit_award.set_ids, unit_award.threshold)


def rule_problems(plan: Plan) -> Found:
    """Rules that name what is not there, sets that nobody names, thresholds out of reach."""
    places = tuple(named_sets(plan))
    if not places and plan.credit is None:
        yield (), "計畫沒有任何補休、敘獎或其他獎勵規定，請至少寫一條。"
        return
    called = _called(plan)
    is_unknown_named = False
    for place in places:
        unknown = [name for name in place.set_ids if name not in called]
        is_unknown_named = is_unknown_named or bool(unknown)
        for name in dict.fromkeys(unknown):
            yield (*place.path, "sets"), f"沒有「{name}」這一套，請改成計畫裡的套名代號。"
        yield from _repeated(place, called)
        if unknown:
            continue
        if place.threshold is not None:
            yield from _threshold_problems(place, place.threshold, called)
        elif place.what != Per.COURSE.value:
            yield from _nobody_problems(place, called)
    yield from _grant_problems(plan, called)
    yield from _same_rules(places)
    # A misspelt name leaves its set unused: one mistake, told once.
    if not is_unknown_named and plan.credit is None:
        yield from _unused(plan, places)


def _called(plan: Plan) -> Mapping[str, tuple[CourseSet, ...]]:
    """The sets that a name means: one for an id, several for a group."""
    called: dict[str, tuple[CourseSet, ...]] = {}
    for course_set in plan.sets:
        if course_set.group:
            called[course_set.group] = (*called.get(course_set.group, ()), course_set)
    return {**called, **{course_set.id: (course_set,) for course_set in plan.sets}}


def _repeated(place: NamedSets, called: Mapping[str, tuple[CourseSet, ...]]) -> Found:
    names = place.set_ids
    groups = set(names) - {each.id for sets in called.values() for each in sets}
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield (*place.path, "sets"), f"「{name}」在同一條規定寫了兩次，請刪去一個。"
    for name in dict.fromkeys(names):
        for course_set in called.get(name, ()):
            if course_set.group in groups and name == course_set.id:
                yield (
                    (*place.path, "sets"),
                    f"「{name}」已經在共同名稱「{course_set.group}」裡，請刪去一個。",
                )


def _nobody_problems(place: NamedSets, called: Mapping[str, tuple[CourseSet, ...]]) -> Found:
    """Sets for different people, of which a rule asks for each."""
    single = [called[name][0] for name in dict.fromkeys(place.set_ids) if len(called[name]) == 1]
    for first, second in combinations(single, 2):
        if not may_meet(first, second):
            yield (
                (*place.path, "sets"),
                (
                    f"「{first.title}」和「{second.title}」給不同的人選讀，沒有人能兩套都完成，"
                    "請給它們一個共同名稱（group），規定改寫共同名稱。"
                ),
            )
            return


def _threshold_problems(
    place: NamedSets, threshold: Threshold, called: Mapping[str, tuple[CourseSet, ...]]
) -> Found:
    """A threshold that all the sets together cannot give to anybody."""
    named = tuple(dict.fromkeys(place.set_ids))
    if threshold.sets is not None and threshold.sets > len(named):
        yield (
            (*place.path, "at_least_sets"),
            f"要求完成 {threshold.sets} 套，但這裡只列了 {len(named)} 套，請改正套數或補列。",
        )
    hours, courses = _most([called[name] for name in named])
    if threshold.hours is not None and hours is not None and threshold.hours > hours:
        yield (
            (*place.path, "at_least_hours"),
            f"要求 {threshold.hours} 時，但這些套合計只有 {hours} 時，沒有人做得到，請改正時數。",
        )
    if threshold.courses is not None and courses is not None and threshold.courses > courses:
        yield (
            (*place.path, "at_least_courses"),
            (
                f"要求 {threshold.courses} 門，但這些套合計只有 {courses} 門，沒有人做得到，"
                "請改正門數。"
            ),
        )


def _most(
    choices: Sequence[tuple[CourseSet, ...]],
) -> tuple[Decimal | None, int | None]:
    """Most hours and courses one person can have: one set of each group, each course once.

    None where an open set sets no limit.
    """
    if any(course_set.is_open for sets in choices for course_set in sets):
        return None, None
    most_hours, most_courses = Decimal(0), 0
    for mine in product(*choices):
        hours: dict[str, Decimal] = {}
        for course in (course for course_set in mine for course in course_set.courses):
            key = matching_key(course.name)
            hours[key] = max(course.hours, hours.get(key, Decimal(0)))
        most_hours = max(most_hours, sum(hours.values(), Decimal(0)))
        most_courses = max(most_courses, len(hours))
    return most_hours, most_courses


def _grant_problems(plan: Plan, called: Mapping[str, tuple[CourseSet, ...]]) -> Found:
    """Leave booked under a name that is no single set."""
    if plan.compensatory_leave is None:
        return
    ids = {course_set.id for course_set in plan.sets}
    for index, rule in enumerate(plan.compensatory_leave.rules):
        path: Path = ("compensatory_leave", "rule", index, "grant_set")
        if rule.grant_set in ids:
            continue
        if rule.grant_set in called:  # booked under the person's own set of the group
            if rule.grant_set not in rule.set_ids:
                yield (
                    path,
                    (
                        f"「{rule.grant_set}」不是這條規定用到的套，補休沒有地方可記，"
                        "請改成 sets 裡的一個名稱。"
                    ),
                )
        elif rule.grant_set not in rule.set_ids:  # else told once, at the sets
            yield path, f"沒有「{rule.grant_set}」這一套，請改成計畫裡的套名代號。"


def _same_rules(places: Sequence[NamedSets]) -> Found:
    """Two rules of one benefit that ask for the very same."""
    seen: dict[object, int] = {}
    for place in places:
        if "rule" not in place.path:
            continue
        number = int(place.path[-1]) + 1
        key = (place.benefit, frozenset(place.set_ids), place.threshold, place.what)
        if key in seen:
            yield (
                place.path,
                f"這一條要求的和第 {seen[key]} 條完全一樣，請刪去一條，或改正套別或門檻。",
            )
        seen.setdefault(key, number)


def _unused(plan: Plan, places: Sequence[NamedSets]) -> Found:
    used = {name for place in places for name in place.set_ids}
    for index, course_set in enumerate(plan.sets):
        if course_set.id not in used and course_set.group not in used:
            yield (
                ("set", index, "id"),
                f"「{course_set.title}」沒有任何補休、敘獎或其他獎勵用到，請補規定或刪去本套。",
            )
