"""What a sound plan may still not have meant: remarks, no refusals."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.entitlements import EntitlementRule, Per, UnitAward
from desktop.domain.plan import CommendationRule, CourseSet, LeaveRule, Plan, SharedCourses
from desktop.domain.text import matching_key
from desktop.rules.set_validation import may_meet
from desktop.rules.toml_lines import Path


def plan_remarks(plan: Plan) -> tuple[tuple[Path, str], ...]:
    """Where a plan says what it hardly means, and what to think of, in one Chinese sentence each.

    Args:
        plan: A plan without mistakes.
    """
    return tuple(_impossible_sets(plan))


def _impossible_sets(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Sets that must be complete, of which one course counts only in an earlier set."""
    if plan.shared_courses is not SharedCourses.ONCE:
        return
    whole = set(_asked_whole(plan))
    for index, later in enumerate(plan.sets):
        if later.is_open or later.minimums or not whole & {later.id, later.group}:
            continue
        for earlier in plan.sets[:index]:
            shared = _shared(earlier, later)
            if shared and may_meet(earlier, later):
                yield (
                    ("set", index, "course"),
                    (
                        f"「{'、'.join(shared)}」也在「{earlier.title}」裡，計畫規定共同的課程只算在最前面"
                        f"那一組，「{later.title}」因此永遠缺課而無法完成，請核對 shared_courses"
                        "（共同的課程）或這一套的課程。"
                    ),
                )
                break


def _asked_whole(plan: Plan) -> Iterator[str]:
    """Sets and groups that some rule asks to be complete."""
    leave, commendation = plan.compensatory_leave, plan.commendation
    rules: list[LeaveRule | CommendationRule | EntitlementRule | UnitAward] = [*plan.unit_awards]
    if leave is not None:
        rules += leave.rules
    if commendation is not None:
        rules += commendation.rules
    for one in plan.entitlements:
        rules += [rule for rule in one.rules if rule.per is Per.RULE]
    for rule in rules:
        if rule.threshold is None:
            yield from rule.set_ids


def _shared(earlier: CourseSet, later: CourseSet) -> list[str]:
    listed = {matching_key(course.name) for course in earlier.courses}
    return [course.name for course in later.courses if matching_key(course.name) in listed]
