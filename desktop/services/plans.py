"""Plans in words, and a plan file examined before anybody relies on it."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.findings import Clause
from desktop.domain.moments import roc_date
from desktop.domain.plan import Plan
from desktop.rules.plan_loading import examine_plan
from desktop.rules.toml_table import TomlProblem
from desktop.services.office import Office, plan_choices
from desktop.services.wording import hours_words


def plan_list_lines(office: Office) -> tuple[str, ...]:
    """One line a plan: id, year, title."""
    return tuple(
        f"{choice.id}\t{choice.year} 年\t{choice.title}" for choice in plan_choices(office)
    )


def plan_lines(office: Office, plan_id: str) -> tuple[str, ...]:
    """A plan in words, every number with its clause.

    Raises:
        PlanUnknownError: When nobody knows the id.
    """
    with office.store.reading() as reader:
        plan = office.plan(reader, plan_id)
    return tuple(_describe(plan))


def validate_plan_file(path: Path) -> tuple[TomlProblem, ...]:
    """Every problem of a plan file; empty when it can be used.

    Raises:
        OSError: When the file cannot be read.
    """
    _, problems = examine_plan(path.read_text(encoding="utf-8-sig"))
    return problems


def _by(clause: Clause | None) -> str:
    return f"（{clause.point}）" if clause is not None and clause.point else ""


def _describe(plan: Plan) -> list[str]:
    lines = [
        f"{plan.id}　{plan.title}",
        f"依據　{plan.source.document_number}，{roc_date(plan.source.checked_on)} 核對",
        f"期間　{roc_date(plan.first_day)} 至 {roc_date(plan.last_day)}{_by(plan.period_clause)}",
        (
            f"適用　{'、'.join(plan.eligibility.categories)}；"
            f"不適用　{'、'.join(plan.eligibility.excluded)}{_by(plan.eligibility.clause)}"
        ),
    ]
    for course_set in plan.sets:
        lines.append(
            f"{course_set.id}　{course_set.title}　{len(course_set.courses)} 門 "
            f"{hours_words(course_set.hours)} 時{_by(course_set.clause)}"
        )
        lines.extend(
            f"    {hours_words(course.hours)} 時　{course.name}" for course in course_set.courses
        )
    leave = plan.compensatory_leave
    if leave is not None:
        lines.append(
            f"補休　期限 {roc_date(leave.deadline)}{_by(leave.deadline_clause)}"
            + (f"，上限 {leave.cap_hours} 時{_by(leave.cap_clause)}" if leave.cap_hours else "")
        )
        lines.extend(
            f"    {'＋'.join(rule.set_ids)}　{rule.hours} 時{_by(rule.clause)}"
            for rule in leave.rules
        )
        if leave.validity is not None:
            lines.append(
                f"    完成次日起 {leave.validity.months} 個月內使用{_by(leave.validity.clause)}"
            )
    commendation = plan.commendation
    if commendation is not None:
        lines.append(
            f"敘獎　期限 {roc_date(commendation.deadline)}{_by(commendation.deadline_clause)}"
        )
        lines.extend(
            f"    {'＋'.join(rule.set_ids)}　{rule.award} {rule.count} 次{_by(rule.clause)}"
            for rule in commendation.rules
        )
    lines.extend(f"註　{note}" for note in plan.notes)
    return lines
