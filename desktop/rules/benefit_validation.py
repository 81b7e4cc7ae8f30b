"""Whether the benefits of a plan make sense: deadlines, papers, caps, names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.conditions import BenefitConditions
from desktop.domain.moments import roc_date
from desktop.domain.plan import CompensatoryLeave, Plan
from desktop.rules.rule_validation import named_sets
from desktop.rules.toml_lines import PLAIN_ID, Found, Path


@dataclass(frozen=True, slots=True)
class _Benefit:
    """What the checks ask of leave, commendation and entitlements alike."""

    path: Path
    deadline: date
    conditions: BenefitConditions
    amounts: tuple[int, ...]
    cap: int | None
    cap_key: str


def _benefits(plan: Plan) -> Iterator[_Benefit]:
    leave, award = plan.compensatory_leave, plan.commendation
    if leave is not None:
        amounts = tuple(rule.hours for rule in leave.rules)
        path: Path = ("compensatory_leave",)
        yield _Benefit(
            path, leave.deadline, leave.conditions, amounts, leave.cap_hours, "cap_hours"
        )
    if award is not None:
        amounts = tuple(rule.count for rule in award.rules)
        path = ("commendation",)
        yield _Benefit(
            path, award.deadline, award.conditions, amounts, award.cap_count, "cap_count"
        )
    for index, each in enumerate(plan.entitlements):
        amounts = tuple(rule.amount for rule in each.rules)
        path = ("entitlement", index)
        yield _Benefit(path, each.deadline, each.conditions, amounts, each.cap, "cap")


def benefit_problems(plan: Plan) -> Found:
    """Every contradiction within the benefits of a plan."""
    for benefit in _benefits(plan):
        yield from _deadline_problems(plan, benefit.path, "deadline", benefit.deadline)
        yield from _paper_problems(plan, benefit)
        if benefit.cap is not None and benefit.cap < min(benefit.amounts, default=0):
            yield (
                (*benefit.path, benefit.cap_key),
                f"上限 {benefit.cap} 比每一條規定給的都少，沒有一條給得滿，請改正上限或規定。",
            )
    for index, award in enumerate(plan.unit_awards):
        path: Path = ("unit_award", index)
        yield from _deadline_problems(plan, path, "completed_by", award.completed_by)
    if plan.compensatory_leave is not None:
        yield from _validity_problems(plan.compensatory_leave)
    yield from _id_problems(plan)
    yield from _enrolment_problems(plan)


def _deadline_problems(plan: Plan, table: Path, key: str, deadline: date) -> Found:
    if plan.last_day < plan.first_day:
        return  # the period itself is wrong, and told as such
    if not plan.first_day <= deadline <= plan.last_day:
        yield (
            (*table, key),
            (
                f"期限 {roc_date(deadline)} 不在辦理期程 {roc_date(plan.first_day)} 至 "
                f"{roc_date(plan.last_day)} 內，請改正日期。"
            ),
        )


def _paper_problems(plan: Plan, benefit: _Benefit) -> Found:
    """Days that cannot be met, for they lie before the plan begins."""
    conditions = benefit.conditions
    if plan.last_day < plan.first_day:
        return
    for key, word, day in (
        ("received_by", "收件期限", conditions.received_by),
        ("report_by", "報告期限", conditions.report_by),
        ("in_post_on", "在職基準日", conditions.in_post_on),
    ):
        if day is not None and day < plan.first_day:
            yield (
                (*benefit.path, key),
                f"{word} {roc_date(day)} 早於開始日 {roc_date(plan.first_day)}，請改正日期。",
            )


def _validity_problems(leave: CompensatoryLeave) -> Found:
    until = leave.validity.until if leave.validity is not None else None
    if until is not None and until <= leave.deadline:
        yield (
            ("compensatory_leave", "validity", "until"),
            (
                f"補休使用期限 {roc_date(until)} 不晚於課程期限 {roc_date(leave.deadline)}，"
                "最後完成的人沒有日子可用，請改正日期。"
            ),
        )


def _id_problems(plan: Plan) -> Found:
    """Entitlements and unit awards are told apart by their ids."""
    seen: set[str] = set()
    ids: Sequence[tuple[Path, str]] = (
        *((("entitlement", n, "id"), each.id) for n, each in enumerate(plan.entitlements)),
        *((("unit_award", n, "id"), each.id) for n, each in enumerate(plan.unit_awards)),
    )
    for path, name in ids:
        if not PLAIN_ID.fullmatch(name):
            yield path, "獎項的代號只能用小寫英數字和連字號，例如 lucky-draw。"
        if name in seen:
            yield path, f"「{name}」用了兩次，請改名。"
        seen.add(name)


def _enrolment_problems(plan: Plan) -> Found:
    """A first day of enrolment after which no course can end in time for any benefit."""
    deadlines: dict[Path, date] = {each.path: each.deadline for each in _benefits(plan)}
    for index, award in enumerate(plan.unit_awards):
        deadlines["unit_award", index] = award.completed_by
    for index, course_set in enumerate(plan.sets):
        asked = course_set.conditions
        users = [
            deadlines[place.benefit]
            for place in named_sets(plan)
            if course_set.id in place.set_ids or course_set.group in place.set_ids
        ]
        if asked is None or asked.enrolled_from is None or not users:
            continue
        last = max(users)
        if asked.enrolled_from > last:
            yield (
                ("set", index, "conditions", "enrolled_from"),
                (
                    f"選讀起日 {roc_date(asked.enrolled_from)} 晚於課程期限 {roc_date(last)}，"
                    "沒有課程來得及完成，請改正日期。"
                ),
            )
