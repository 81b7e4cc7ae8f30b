"""The commendation list as the window shows it: who stands on it and why, who does not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.left_out import LeftOut
from desktop.domain.moments import roc_date, roc_moment
from desktop.domain.plan import CommendationRule, Plan
from desktop.domain.verdicts import Award, PersonVerdict, SetState
from desktop.services.benefit_words import awards_words
from desktop.services.commendation_order import (
    AS_EVER,
    ListOrder,
    OrderBy,
    in_list_order,
    order_of,
    setting_key,
    value_of,
)
from desktop.services.commendation_papers import commendation_remark
from desktop.services.commendation_reasons import CAUSES, Refusal, sets_judged, why_not
from desktop.services.office import Office
from desktop.services.office_settings import change_setting
from desktop.services.progress import Progress, silent
from desktop.services.verifying import evaluate_everybody

ORDER_AREAS = frozenset({Area.DECISIONS})


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason why somebody is, or is not, proposed.

    Attributes:
        look: The verdict whose icon it carries.
        head: A word or two: the award, the kind of reason.
        words: The reason.
        clause, quotation: Where it stands and what it says there; empty where nothing does.
    """

    look: str
    head: str
    words: str
    clause: str = ""
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """One person as the page lists them.

    Attributes:
        employee_id, name, unit, title, rank: Who.
        award: What the program's verdict gives; empty for who gets nothing.
        is_listed: Whether the person stands on the list of those proposed.
        is_outdated: Whether a leaving out lapsed since its facts changed: the clerk is asked anew.
        note: The reason of a leaving out, the kind of reason of a refusal, else a remark.
        grounds: Why, in full, the clerk's own decision first.
    """

    employee_id: str
    name: str
    unit: str
    title: str
    rank: str
    award: str
    is_listed: bool
    is_outdated: bool
    note: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class CommendationView:
    """Everything the page 敘獎 shows of a plan.

    Attributes:
        is_given: Whether the plan gives a commendation at all.
        sure: Whose commendation is sure, who was left out among them, in the order of the list.
        others: Everybody else, in that order.
        awards: How many of the listed get each award (``嘉獎1次``), the most frequent first.
        causes: How many of the others there are by kind of reason.
        total: How many 次 all listed people get together, by kind (``嘉獎``).
        order: In which order the clerk wants the list.
    """

    is_given: bool
    sure: tuple[Examined, ...]
    others: tuple[Examined, ...]
    awards: tuple[tuple[str, int], ...]
    causes: tuple[tuple[str, int], ...]
    total: tuple[tuple[str, int], ...]
    order: ListOrder


def commendation_view(
    office: Office, plan_id: str, *, progress: Progress = silent
) -> CommendationView:
    """Who is proposed for a commendation under a plan, who is not, and why.

    Raises:
        PlanUnknownError: When nobody knows the plan.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    basis, verdicts = evaluate_everybody(office, plan_id, progress=progress)
    plan = basis.plan
    if plan.commendation is None:
        return CommendationView(False, (), (), (), (), (), AS_EVER)
    in_order = in_list_order(verdicts)
    sure = [v for v in in_order if v.commendation.count > 0]
    rest = [(v, why_not(plan, plan.commendation, v)) for v in in_order if not v.commendation.count]
    listed = [v for v in sure if v.left_out is None]
    causes = Counter(refusal.cause for _, refusal in rest)
    return CommendationView(
        is_given=True,
        sure=tuple(_sure(plan, verdict) for verdict in sure),
        others=tuple(_other(verdict, refusal) for verdict, refusal in rest),
        awards=tuple(Counter(awards_words(v.commendation.awards) for v in listed).most_common()),
        causes=tuple((cause, causes[cause]) for cause in CAUSES if causes[cause]),
        total=_totals(listed),
        order=basis.list_order,
    )


def _totals(listed: Sequence[PersonVerdict]) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for verdict in listed:
        for award in verdict.commendation.awards:
            found[award.name] += award.count
    return tuple(found.items())


def _sure(plan: Plan, verdict: PersonVerdict) -> Examined:
    decided = verdict.left_out or verdict.outdated_left_out
    grounds = [
        *([_decided(verdict, decided)] if decided is not None else []),
        *(_given(plan, verdict, rule) for rule in verdict.commendation.given_by),
    ]
    remark = commendation_remark(plan, verdict)
    if remark:
        grounds.append(Ground("info", "備註", f"{remark}，會印在名冊的備註欄。"))
    note = decided.reason if decided is not None else remark
    return _examined(verdict, note, grounds, is_listed=verdict.left_out is None)


def _decided(verdict: PersonVerdict, decided: LeftOut) -> Ground:
    who = f"{decided.actor} {roc_moment(decided.at)[:-3]}"
    if verdict.left_out is not None:
        return Ground("decided", "不列名", f"理由：{decided.reason}", who)
    words = f"先前不列名（{decided.reason}），之後獎勵有變動，請再決定一次；目前列名。"
    return Ground("review", "要再決定", words, who)


def _given(plan: Plan, verdict: PersonVerdict, rule: CommendationRule) -> Ground:
    """What a rule gave, for which sets, and when they were complete."""
    done = [s for s in sets_judged(plan, verdict, rule.set_ids) if s.state is SetState.PASS]
    parts = [
        f"「{plan.course_set(s.set_id).title}」"
        + (f"（{roc_date(s.completed_on)}）" if s.completed_on is not None else "")
        for s in done
    ]
    day = verdict.commendation.completed_on
    if parts:
        words = f"完成{'、'.join(parts)}。"
    else:
        words = "達到規定的門數或時數" + (f"（{roc_date(day)}）。" if day is not None else "。")
    award = awards_words((Award(rule.award, rule.count),))
    return Ground("pass", award, words, rule.clause.point, rule.clause.quotation)


def _other(verdict: PersonVerdict, refusal: Refusal) -> Examined:
    look = "review" if verdict.commendation.possible_count > 0 else "missing"
    grounds = [Ground(look, refusal.cause, f"{refusal.reason}。", refusal.basis)]
    if refusal.remark:
        grounds.append(Ground("info", "備註", refusal.remark))
    return _examined(verdict, refusal.cause, grounds, is_listed=False)


def _examined(
    verdict: PersonVerdict, note: str, grounds: Sequence[Ground], *, is_listed: bool
) -> Examined:
    person = verdict.person
    return Examined(
        employee_id=person.employee_id,
        name=person.name,
        unit=person.unit,
        title=person.title,
        rank=person.rank,
        award=awards_words(verdict.commendation.awards),
        is_listed=is_listed,
        is_outdated=verdict.outdated_left_out is not None,
        note=note,
        grounds=tuple(grounds),
    )


def order_list(
    office: Office, plan_id: str, *, by: OrderBy, by_hand: Sequence[str] = ()
) -> ChangeSet:
    """Put a plan's commendation list in another order; it can be undone.

    Args:
        office: The open office.
        plan_id: The plan.
        by: What it is sorted by.
        by_hand: Employee ids as a clerk put them; empty to sort everybody.
    """
    key = setting_key(plan_id)
    wanted = ListOrder(by, tuple(dict.fromkeys(by_hand)))
    with office.store.reading() as reader:
        before = order_of(reader.office_setting(key))
    if wanted == before:
        return ChangeSet("敘獎排序", frozenset())
    act = "敘獎人工排序" if by_hand else "敘獎排序"
    words = {OrderBy.UNIT: "單位、官等", OrderBy.RANK: "官等、單位"}
    change_setting(
        office,
        key,
        value_of(wanted),
        act=act,
        areas=ORDER_AREAS,
        detail={"plan": plan_id, "before": words[before.by], "after": words[by]},
    )
    return ChangeSet(act, ORDER_AREAS, frozenset(by_hand))
