"""Plans in words, and a plan file examined before anybody relies on it."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.findings import Clause
from desktop.domain.moments import roc_date
from desktop.domain.plan import Plan, Validity
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


def _categories(plan: Plan) -> list[str]:
    named = (plan.eligibility.categories, plan.eligibility.excluded)
    return ["、".join(words) for words in named if words]


def _validity_words(validity: Validity) -> str:
    if validity.until is not None:
        return f"{roc_date(validity.until)} 前"
    if validity.is_to_year_end:
        return "完成當年 12 月 31 日前"
    return f"完成次日起 {validity.months} 個月內"


def _describe(plan: Plan) -> list[str]:
    lines = [
        f"{plan.id}　{plan.title}",
        (
            f"依據　{plan.source.document_number or plan.source.title}，"
            f"{roc_date(plan.source.checked_on)} 核對"
        ),
        f"期間　{roc_date(plan.first_day)} 至 {roc_date(plan.last_day)}{_by(plan.period_clause)}",
        f"適用　{'；不適用　'.join(_categories(plan))}{_by(plan.eligibility.clause)}",
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
            lines.append(f"    {_validity_words(leave.validity)}使用{_by(leave.validity.clause)}")
    commendation = plan.commendation
    if commendation is not None:
        lines.append(
            f"敘獎　期限 {roc_date(commendation.deadline)}{_by(commendation.deadline_clause)}"
        )
        lines.extend(
            f"    {'＋'.join(rule.set_ids)}　{rule.award} {rule.count} 次{_by(rule.clause)}"
            for rule in commendation.rules
        )
    lines.extend(_describe_programme(plan))
    lines.extend(f"註　{note}" for note in plan.notes)
    return lines


def _describe_programme(plan: Plan) -> list[str]:
    """Credit, nomination and official leave of a nominated programme, each where it is named."""
    lines = []
    credit, nomination, official_leave = plan.credit, plan.nomination, plan.official_leave
    if credit is not None:
        least = hours_words(credit.minimum_hours)
        lines.append(f"時數登錄　自由選課，採認滿 {least} 時{_by(credit.minimum_clause)}")
        lines.append(f"    期限 {roc_date(credit.deadline)}{_by(credit.deadline_clause)}")
        if credit.report_by is not None:
            lines.append(
                f"    研習報告 {roc_date(credit.report_by)} 前繳交{_by(credit.report_clause)}"
            )
        for what, refused in (("語言", credit.languages), ("國家或地區", credit.regions)):
            if refused is not None:
                lines.append(f"    不採認的{what}　{'、'.join(refused.words)}{_by(refused.clause)}")
        lines.append(f"    條件都符合才登錄{_by(credit.clause)}")
    if nomination is not None:
        lines.append(f"薦送　{roc_date(nomination.register_by)} 前報名{_by(nomination.clause)}")
        if nomination.quota:
            lines.append(f"    名額　{nomination.quota}")
        lines.extend(f"    優先　{words}" for words in nomination.priority)
        lines.extend(f"    不得薦送　{words}" for words in nomination.excluded)
    if official_leave is not None:
        lines.append(f"公假　每人至多 {official_leave.most_hours} 時{_by(official_leave.clause)}")
    return lines
