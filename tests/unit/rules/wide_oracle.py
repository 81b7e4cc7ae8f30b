"""A second, slow and simple reading of the wider vocabulary, to hold the engine against.

Written from the vocabulary's meaning, not from the engine: for each course every record is a small
tuple, and what counts is found by trying. Nothing here may import from desktop.rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.conditions import Minimum, Threshold
from desktop.domain.evidence import LearningRow
from desktop.domain.plan import CourseSet, Plan

RANK = {"pass": 0, "review": 1, "fail": 2}
WEIGHT = {"嘉獎": 1, "記功": 3}


@dataclass(frozen=True)
class Try:
    """One record of a course in a set under one last day."""

    course: str
    verdict: str
    day: date
    hours: Decimal
    shown: Decimal
    category: str | None
    is_planned: bool
    row: LearningRow


def places_of(plan: Plan, name: str) -> list[CourseSet]:
    """The sets a course counts in."""
    closed = [s for s in plan.sets if name in [c.name for c in s.courses]]
    found = closed or [s for s in plan.sets if s.is_open]
    return found[:1] if plan.shared_courses.value == "once" else found


def tries(
    plan: Plan, rows: Iterable[LearningRow], course_set: CourseSet, last_day: date
) -> list[Try]:
    """Every record of a set."""
    found = []
    for row in rows:
        if course_set not in places_of(plan, row.course_name):
            continue
        planned = [c for c in course_set.courses if c.name == row.course_name]
        verdict = "pass"
        shown = row.certified_hours
        if shown is None or (planned and shown != planned[0].hours):
            verdict = "review"
        asked = course_set.conditions
        if asked is not None and asked.minimum_score is not None:
            if row.score is None:
                verdict = "review"
            elif row.score < asked.minimum_score:
                verdict = "fail"
        if row.pass_status != "已通過" or row.completed_on > last_day:
            verdict = "fail"
        hours = planned[0].hours if planned else shown or Decimal(0)
        category = planned[0].category if planned else row.category
        found.append(
            Try(
                row.course_name,
                verdict,
                row.completed_on,
                hours,
                shown or Decimal(0),
                category,
                bool(planned),
                row,
            )
        )
    return found


def best(found: Iterable[Try]) -> Try:
    return min(found, key=lambda t: (RANK[t.verdict], t.day, t.shown))


def word(shown: str | None, wanted: Sequence[str], *, is_planned: bool) -> str:
    if shown in wanted:
        return "yes"
    if is_planned:
        return "no"
    if shown is None:
        return "perhaps"
    if any(shown.startswith(w) or w.startswith(shown) for w in wanted):
        return "perhaps"
    return "no"


def fits(minimum: Minimum, one: Try) -> str:
    answers = ["yes"]
    if minimum.categories:
        answers.append(word(one.category, minimum.categories, is_planned=one.is_planned))
    if minimum.learning_types:
        answers.append(word(one.row.learning_type, minimum.learning_types, is_planned=False))
    if minimum.is_business_related is not None:
        said = one.row.is_business_related
        answers.append(
            "perhaps" if said is None else "yes" if said == minimum.is_business_related else "no"
        )
    return "no" if "no" in answers else "perhaps" if "perhaps" in answers else "yes"


def minimum_of(minimum: Minimum, found: Sequence[Try]) -> tuple[Decimal, Decimal, date | None]:
    """Sure, possible, and the day the sure amount came to what is needed."""
    needed = minimum.hours if minimum.hours is not None else Decimal(minimum.courses)
    sure: list[tuple[date, Decimal]] = []
    possible = Decimal(0)
    for course in {t.course for t in found}:
        mine = [t for t in found if t.course == course]
        certain = [t for t in mine if t.verdict == "pass" and fits(minimum, t) == "yes"]
        hopeful = [t for t in mine if t.verdict != "fail" and fits(minimum, t) != "no"]
        chosen = best(certain or hopeful) if certain or hopeful else None
        if chosen is None:
            continue
        amount = chosen.hours if minimum.hours is not None else Decimal(1)
        possible += amount
        if certain:
            sure.append((chosen.day, amount))
    days = [d for d in sorted(d for d, _ in sure) if sum(a for e, a in sure if e <= d) >= needed]
    return sum((a for _, a in sure), Decimal(0)), possible, days[0] if days else None


def set_state(course_set: CourseSet, found: Sequence[Try]) -> tuple[str, date | None]:
    """State, and the day of completion."""
    if course_set.minimums:
        results = [(m, minimum_of(m, found)) for m in course_set.minimums]
        needs = [m.hours if m.hours is not None else Decimal(m.courses) for m, _ in results]
        if all(r[0] >= n for (_, r), n in zip(results, needs, strict=True)):
            return "pass", max(r[2] for _, r in results)
        can = all(r[1] >= n for (_, r), n in zip(results, needs, strict=True))
        return ("review" if can else "incomplete"), None
    worst, days = "pass", []
    for course in course_set.courses:
        mine = [t for t in found if t.course == course.name]
        if not mine or best(mine).verdict == "fail":
            worst = "incomplete"
            continue
        if best(mine).verdict == "review" and worst == "pass":
            worst = "review"
        days.append(best(mine).day)
    return worst, max(days) if worst == "pass" else None


class Bench:
    """All sets of a person under one last day."""

    def __init__(self, plan: Plan, rows: Sequence[LearningRow], last_day: date) -> None:
        self.found = {s.id: tries(plan, rows, s, last_day) for s in plan.sets}
        self.states = {s.id: set_state(s, self.found[s.id]) for s in plan.sets}

    def counted(self, names: Sequence[str], enough: Sequence[str]) -> dict[str, Try]:
        """The record that counts for each course, over the sets together."""
        found: dict[str, Try] = {}
        for course in {t.course for name in names for t in self.found[name]}:
            chosen = []
            for name in names:
                mine = [t for t in self.found[name] if t.course == course]
                if mine and best(mine).verdict in enough:
                    chosen.append(best(mine))
            if chosen:
                found[course] = best(chosen)
        return found

    def is_met(self, names: Sequence[str], asked: Threshold | None, enough: Sequence[str]) -> bool:
        complete = [name for name in names if self.states[name][0] in enough]
        if asked is None:
            return len(complete) == len(names)
        if asked.sets is not None:
            return len(complete) >= asked.sets
        counted = self.counted(names, enough)
        if asked.courses is not None:
            return len(counted) >= asked.courses
        return sum(t.hours for t in counted.values()) >= asked.hours


SURE, POSSIBLE = ("pass",), ("pass", "review")


def leave_of(plan: Plan, bench: Bench, enough: Sequence[str]) -> int:
    leave = plan.compensatory_leave
    met = [r.hours for r in leave.rules if bench.is_met(r.set_ids, r.threshold, enough)]
    total = (max(met) if met else 0) if leave.combination.value == "best" else sum(met)
    return total if leave.cap_hours is None else min(total, leave.cap_hours)


def awards_of(plan: Plan, bench: Bench, enough: Sequence[str]) -> dict[str, int]:
    """次 of each kind."""
    commendation = plan.commendation
    met = [r for r in commendation.rules if bench.is_met(r.set_ids, r.threshold, enough)]
    if commendation.combination.value == "best" and met:
        heaviest = max(WEIGHT[r.award] * r.count for r in met)
        met = [r for r in met if WEIGHT[r.award] * r.count == heaviest][:1]
    each = sorted((r.award for r in met for _ in range(r.count)), key=lambda name: -WEIGHT[name])
    kept = each if commendation.cap_count is None else each[: commendation.cap_count]
    return {name: kept.count(name) for name in set(kept)}


def weight(awards: dict[str, int]) -> int:
    return sum(WEIGHT[name] * count for name, count in awards.items())


def draws_of(plan: Plan, bench: Bench, enough: Sequence[str]) -> int:
    (entitlement,) = plan.entitlements
    amounts = []
    for rule in entitlement.rules:
        if rule.per.value == "course":
            amounts.append(rule.amount * len(bench.counted(rule.set_ids, enough)))
        elif bench.is_met(rule.set_ids, rule.threshold, enough):
            amounts.append(rule.amount)
    total = (max(amounts, default=0)) if entitlement.combination.value == "best" else sum(amounts)
    return total if entitlement.cap is None else min(total, entitlement.cap)


def adds(plan: Plan, bench: Bench, is_eligible: bool | None) -> str:
    """What the person adds to the unit award."""
    (award,) = plan.unit_awards
    if is_eligible is False:
        return "incomplete"
    if bench.is_met(award.set_ids, award.threshold, SURE):
        return "pass" if is_eligible else "review"
    return "review" if bench.is_met(award.set_ids, award.threshold, POSSIBLE) else "incomplete"
