"""A draft tried out: people already in the store judged under it, and who gains or loses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.moments import roc_year
from desktop.domain.plan import Plan
from desktop.domain.verdicts import CreditState, PersonVerdict
from desktop.rules.award_weights import weight_of
from desktop.rules.evaluation import Evaluator, judge_together
from desktop.rules.plan_loading import parse_plan
from desktop.services.facts import Basis, gather_under
from desktop.services.office import Office
from desktop.services.plan_document import to_toml
from desktop.services.plan_drafts import PlanDraft
from desktop.services.plan_examining import examine
from desktop.services.plan_versions import PlanNotSoundError
from desktop.services.plan_years import with_dates_shifted
from desktop.services.progress import Progress, silent, step
from desktop.services.wording import hours_words

_NOTHING = "沒有"


class Effect(StrEnum):
    """What a draft does to somebody."""

    GAINS = "gains"
    LOSES = "loses"
    OTHER = "other"  # some of each, or only what is still to be confirmed

    @property
    def word(self) -> str:
        """On screen."""
        return {"gains": "增加", "loses": "減少", "other": "有變"}[self.value]


@dataclass(frozen=True, slots=True)
class TrialChange:
    """Somebody whose result would be another one.

    Attributes:
        employee_id, name, unit: Who.
        before, after: What they get under the plan in force and under the draft, in words.
        effect: Whether that is more or less.
    """

    employee_id: str
    name: str
    unit: str
    before: str
    after: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class TrialRun:
    """What a trial found.

    Attributes:
        basis: Whose evidence it was tried on, and how, in one sentence.
        people: How many were judged.
        changed: Those with another result, in roster order.
    """

    basis: str
    people: int
    changed: tuple[TrialChange, ...]

    def count(self, effect: Effect) -> int:
        """How many the draft does that to."""
        return sum(change.effect is effect for change in self.changed)


def trial_run(office: Office, draft: PlanDraft, *, progress: Progress = silent) -> TrialRun:
    """Judge everybody under a draft beside the plan it changes; nothing is stored.

    A draft for another year is tried with its dates moved to the year of the plan it was copied
    from, so that its rules meet that year's evidence.

    Args:
        office: The open office.
        draft: The draft, without mistakes.
        progress: Hears of each person.

    Raises:
        PlanNotSoundError: When the draft has mistakes.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    examination = examine(office, draft)
    if examination.plan is None:
        raise PlanNotSoundError(examination.errors)
    with office.store.reading() as reader:
        former = _former(draft, office.all_plans(reader))
        tried = _in_year(draft, examination.plan, former)
        basis = gather_under(office, reader, former or tried)
    after = _judge(office, basis, tried, progress)
    before = _judge(office, basis, former, silent) if former is not None else None
    changed = []
    for index, verdict in enumerate(after):
        one = before[index] if before is not None else None
        change = _change(former, one, tried, verdict)
        if change is not None:
            changed.append(change)
    return TrialRun(_basis_words(examination.plan, former), len(after), tuple(changed))


def _former(draft: PlanDraft, plans: tuple[Plan, ...]) -> Plan | None:
    """The plan a draft is tried against: the one in force of its name, else the one copied."""
    for plan_id in (draft.plan_id, draft.based_on):
        for plan in plans:
            if plan.id == plan_id:
                return plan
    return None


def _in_year(draft: PlanDraft, plan: Plan, former: Plan | None) -> Plan:
    """The draft with its dates in the year of the plan that the evidence belongs to."""
    if former is None or former.year == plan.year:
        return plan
    values = with_dates_shifted(draft.values, former.year - plan.year)
    values["year"] = former.year
    return parse_plan(to_toml(values), name=draft.plan_id)


def _judge(
    office: Office, basis: Basis, plan: Plan, progress: Progress
) -> tuple[PersonVerdict, ...]:
    evaluator = Evaluator(plan, basis.working_times)
    verdicts = []
    for done, facts in enumerate(basis.people):
        step(progress, done, len(basis.people), f"試算 {facts.person.name}")
        verdicts.append(evaluator.evaluate(facts))
    step(progress, len(basis.people), len(basis.people), "試算完成")
    return judge_together(plan, verdicts, as_of=office.clock().date()).verdicts


def _change(
    former: Plan | None, before: PersonVerdict | None, tried: Plan, after: PersonVerdict
) -> TrialChange | None:
    words_after = benefit_line(tried, after)
    words_before = benefit_line(former, before) if former and before else _NOTHING
    if words_after == words_before:
        return None
    old, new = _amounts(before), _amounts(after)
    kinds = old.keys() | new.keys()
    more = any(new.get(kind, 0) > old.get(kind, 0) for kind in kinds)
    less = any(new.get(kind, 0) < old.get(kind, 0) for kind in kinds)
    effect = Effect.OTHER if more == less else Effect.GAINS if more else Effect.LOSES
    person = after.person
    return TrialChange(
        person.employee_id, person.name, person.unit, words_before, words_after, effect
    )


def _amounts(verdict: PersonVerdict | None) -> dict[str, Decimal]:
    """What is sure of each benefit, comparable across two plans."""
    if verdict is None:
        return {}
    amounts = {
        "leave": Decimal(verdict.leave.hours),
        "commendation": Decimal(weight_of(verdict.commendation.awards)),
    }
    if verdict.credit is not None:
        amounts["credit"] = verdict.credit.hours
    for each in verdict.entitlements:
        amounts[each.entitlement_id] = Decimal(each.amount)
    return amounts


def benefit_line(plan: Plan, verdict: PersonVerdict) -> str:
    """Everything one person gets under a plan, in one line.

    Args:
        plan: The plan.
        verdict: The person's verdict under it.
    """
    parts = []
    leave, commendation = verdict.leave, verdict.commendation
    if leave.hours or leave.possible_hours:
        parts.append(_sure_and_possible("補休", leave.hours, leave.possible_hours, "時"))
    if commendation.count or commendation.possible_count:
        sure = "、".join(f"{award.name} {award.count} 次" for award in commendation.awards)
        more = commendation.possible_count > commendation.count
        parts.append((sure or "敘獎") + ("（可能更高）" if more else ""))
    titles = {each.id: each for each in plan.entitlements}
    for each in verdict.entitlements:
        if each.amount or each.possible_amount:
            given = titles[each.entitlement_id]
            parts.append(
                _sure_and_possible(given.title, each.amount, each.possible_amount, given.kind.unit)
            )
    if verdict.credit is not None and verdict.credit.state is CreditState.CREDITED:
        parts.append(f"登錄 {hours_words(verdict.credit.hours)} 時")
    return "、".join(parts) or _NOTHING


def _sure_and_possible(title: str, sure: int, possible: int, unit: str) -> str:
    words = f"{title} {sure} {unit}"
    return f"{words}（最多 {possible} {unit}）" if possible > sure else words


def _basis_words(plan: Plan, former: Plan | None) -> str:
    if former is None:
        return "以資料庫裡的人套用這份草稿；沒有可比的計畫。"
    if former.year != plan.year:
        return (
            f"以 {former.year} 年的學習紀錄套用這份草稿，日期移到 {former.year} 年；"
            f"和 {former.year} 年{former.short_title}比。"
        )
    return f"以 {roc_year(former.first_day)} 年的學習紀錄套用這份草稿；和使用中的計畫比。"
