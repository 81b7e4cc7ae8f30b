"""A draft looked through: every mistake with its place, and what to think of beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.domain.plan import Plan
from desktop.rules.plan_loading import examine_plan
from desktop.rules.plan_remarks import plan_remarks
from desktop.rules.toml_table import TomlProblem
from desktop.services.office import Office
from desktop.services.plan_document import Path, Values, from_toml, path_of_key, to_toml
from desktop.services.plan_drafts import PlanDraft, plan_text
from desktop.services.plan_reminders import reminders
from desktop.store import Reader


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """A mistake in a draft, or a reminder.

    Attributes:
        path: Where, for the page; empty for the whole plan.
        key: The key as the plan file's line names it.
        line: In the draft's text, from 1.
        message: What is wrong and what to do.
        is_error: Whether the draft cannot be put in force; else 提醒.
    """

    path: Path
    key: str
    line: int
    message: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Examination:
    """What a draft's examination found.

    Attributes:
        problems: Mistakes first, then reminders, each in the text's order.
        plan: The plan, None while there are mistakes.
        checked: How many of the plan's entries were looked at.
    """

    problems: tuple[PlanProblem, ...]
    plan: Plan | None
    checked: int

    @property
    def errors(self) -> tuple[PlanProblem, ...]:
        """The mistakes alone."""
        return tuple(problem for problem in self.problems if problem.is_error)


def examine(office: Office, draft: PlanDraft) -> Examination:
    """Every mistake of a draft with its place, and what to think of beside."""
    text = to_toml(draft.values)
    plan, found = examine_plan(text)
    problems = [_problem(problem) for problem in found]
    with office.store.reading() as reader:
        others = {plan.id for plan in office.all_plans(reader)} - {draft.plan_id}
        base = _base_values(office, reader, draft)
    own_id = draft.values.get("id")
    if own_id in others:
        message = f"「{own_id}」已是另一個計畫的代號，啟用會蓋過它，請改用別的代號。"
        problems.append(PlanProblem(("id",), "id", 1, message, True))
    hints = (
        PlanProblem(hint.path, "", 0, hint.message, False) for hint in reminders(draft.values, base)
    )
    errors = any(problem.is_error for problem in problems)
    meant = (
        PlanProblem(path, "", 0, message, False)
        for path, message in (plan_remarks(plan) if plan is not None else ())
    )
    return Examination(
        (*problems, *meant, *hints), None if errors else plan, _count_entries(draft.values)
    )


def _problem(problem: TomlProblem) -> PlanProblem:
    return PlanProblem(
        path_of_key(problem.key), problem.key, problem.line, problem.message, is_error=True
    )


def _base_values(office: Office, reader: Reader, draft: PlanDraft) -> Values | None:
    """Values of what a draft is compared with: last year's plan, else the plan in force."""
    known = {plan.id for plan in office.all_plans(reader)}
    for plan_id in (draft.based_on, draft.plan_id):
        if plan_id in known:
            return from_toml(plan_text(office, reader, plan_id), name=plan_id)
    return None


def base_values(office: Office, draft: PlanDraft) -> Values | None:
    """Values of the plan that a draft is compared with, None when there is none.

    That is the plan it was copied from, else the plan in force under its own id.
    """
    with office.store.reading() as reader:
        return _base_values(office, reader, draft)


def _count_entries(values: Any) -> int:
    if isinstance(values, dict):
        return sum(_count_entries(value) for value in values.values())
    if isinstance(values, list) and values and isinstance(values[0], dict):
        return sum(_count_entries(value) for value in values)
    return 1
