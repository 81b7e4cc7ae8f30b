"""Whether the course sets of a plan make sense: sums, names, groups, audiences, minimums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

from desktop.domain.conditions import Audience, Minimum
from desktop.domain.people import RankTier
from desktop.domain.plan import Course, CourseSet, Plan
from desktop.domain.text import matching_key
from desktop.rules.eligibility import is_same_category
from desktop.rules.toml_lines import PLAIN_ID, Found

_Word = TypeVar("_Word")


def set_problems(plan: Plan) -> Found:
    """Every contradiction within the sets of a plan."""
    seen: set[str] = set()
    ids = {course_set.id for course_set in plan.sets}
    for index, course_set in enumerate(plan.sets):
        where = ("set", index)
        if course_set.id in seen:
            yield (*where, "id"), f"「{course_set.id}」用了兩次，請改名。"
        seen.add(course_set.id)
        if not PLAIN_ID.fullmatch(course_set.id):
            yield (*where, "id"), "套的代號只能用小寫英數字和連字號，例如 side-1。"
        if course_set.group in ids:
            yield (
                (*where, "group"),
                f"「{course_set.group}」已經是一套的代號，請把共同名稱改成別的。",
            )
        if course_set.for_tier is not None and not course_set.group:
            yield (*where, "for_tier"), "依官等選讀的套要用 group 取一個共同名稱。"
        for path, message in (
            *_course_problems(course_set),
            *_audience_problems(plan, course_set),
            *_minimum_problems(course_set),
        ):
            yield (*where, *path), message
    yield from _group_problems(plan)


def _course_problems(course_set: CourseSet) -> Found:
    total = sum((course.hours for course in course_set.courses), Decimal(0))
    if total != course_set.hours:
        yield (
            ("hours",),
            (
                f"「{course_set.title}」各課程合計 {total} 時，與本套 {course_set.hours} 時"
                "不符，請核對課程時數。"
            ),
        )
    names: set[str] = set()
    for position, course in enumerate(course_set.courses):
        key = matching_key(course.name)
        if key in names:
            yield (
                ("course", position, "name"),
                f"「{course.name}」在同一套列了兩次，請刪去一個。",
            )
        names.add(key)


def _audience_problems(plan: Plan, course_set: CourseSet) -> Found:
    audience = course_set.audience
    if audience is None:
        return
    if audience.tiers and course_set.for_tier is not None:
        yield ("for_tier",), "官等寫了兩處（for_tier 和 audience 的 tiers），請刪去一處。"
    for word in audience.categories:
        if not any(is_same_category(word, known) for known in plan.eligibility.categories):
            yield (
                ("audience", "categories"),
                f"「{word}」不在計畫的適用人員類別裡，沒有人能選這一套，請改正一邊。",
            )


def _minimum_problems(course_set: CourseSet) -> Found:
    asked: set[tuple[object, ...]] = set()
    for index, minimum in enumerate(course_set.minimums):
        filters = (
            minimum.hours is None,
            frozenset(map(matching_key, minimum.categories)),
            frozenset(map(matching_key, minimum.learning_types)),
            minimum.is_business_related,
        )
        if filters in asked:
            yield ("minimum", index), "同樣範圍的最低要求寫了兩次，請刪去一個。"
        asked.add(filters)
        for path, message in _part(course_set, minimum):
            yield ("minimum", index, *path), message
        if not course_set.is_open:
            for path, message in _unreachable(course_set, minimum):
                yield ("minimum", index, *path), message


def _part(course_set: CourseSet, minimum: Minimum) -> Found:
    """A part of which more is asked than of the whole."""
    for whole in course_set.minimums:
        if whole.categories or whole.learning_types or whole.is_business_related is not None:
            continue
        for key, asked, most, unit in (
            ("hours", minimum.hours, whole.hours, "時"),
            ("courses", minimum.courses, whole.courses, "門"),
        ):
            if asked is not None and most is not None and asked > most:
                yield (
                    (key,),
                    f"其中一部分要求 {asked} {unit}，比全部要求的 {most} {unit}還多，請改正一邊。",
                )


def _unreachable(course_set: CourseSet, minimum: Minimum) -> Found:
    """A minimum that a closed set's own list cannot give."""
    listed = {matching_key(course.category) for course in course_set.courses}
    unknown = [word for word in minimum.categories if matching_key(word) not in listed]
    if unknown:
        yield (
            ("categories",),
            f"本套沒有課程屬於「{'、'.join(unknown)}」，請核對課程的 category 或改正這裡。",
        )
        return
    courses = list(_fitting(course_set, minimum))
    hours = sum((course.hours for course in courses), Decimal(0))
    if minimum.hours is not None and minimum.hours > hours:
        yield (
            ("hours",),
            f"要求 {minimum.hours} 時，但課程清單只有 {hours} 時，沒有人做得到，請改正時數。",
        )
    if minimum.courses is not None and minimum.courses > len(courses):
        yield (
            ("courses",),
            (
                f"要求 {minimum.courses} 門，但課程清單只有 {len(courses)} 門，沒有人做得到，"
                "請改正門數。"
            ),
        )


def _fitting(course_set: CourseSet, minimum: Minimum) -> Iterator[Course]:
    wanted = {matching_key(word) for word in minimum.categories}
    for course in course_set.courses:
        if not wanted or matching_key(course.category) in wanted:
            yield course


def _group_problems(plan: Plan) -> Found:
    """Two sets of one group that a single person would both have."""
    told: set[int] = set()
    for (_, first), (later, second) in combinations(enumerate(plan.sets), 2):
        is_one_group = first.group and first.group == second.group
        if is_one_group and later not in told and may_meet(first, second):
            told.add(later)
            yield (
                ("set", later, "group"),
                (
                    f"「{first.title}」和「{second.title}」都在共同名稱「{first.group}」裡，卻可能適用"
                    "同一個人，請用 for_tier 或 [set.audience] 分開對象。"
                ),
            )


def may_meet(first: CourseSet, second: CourseSet) -> bool:
    """Whether somebody may be in both audiences: nothing asked keeps them apart."""
    one, other = (each.audience or Audience(each.clause) for each in (first, second))
    supervisors = {one.is_supervisor, other.is_supervisor} - {None}
    return (
        _overlap(_tiers(first), _tiers(second), lambda a, b: a is b)
        and _overlap(one.categories, other.categories, is_same_category)
        and _overlap(one.titles, other.titles, lambda a, b: matching_key(a) == matching_key(b))
        and len(supervisors) < 2
    )


def _tiers(course_set: CourseSet) -> tuple[RankTier, ...]:
    listed = course_set.audience.tiers if course_set.audience is not None else ()
    return listed if course_set.for_tier is None else (*listed, course_set.for_tier)


def _overlap(
    ones: Sequence[_Word], others: Sequence[_Word], is_same: Callable[[_Word, _Word], bool]
) -> bool:
    """Whether two lists may mean one person; an empty list asks for nothing."""
    if not ones or not others:
        return True
    return any(is_same(one, other) for one in ones for other in others)
