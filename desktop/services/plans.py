"""Plans in words, and a plan file examined before anybody relies on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.rules.plan_loading import examine_plan
from desktop.rules.plan_remarks import plan_remarks
from desktop.rules.toml_table import TomlProblem, dotted
from desktop.services.office import Office, plan_choices
from desktop.services.plan_words import describe_plan


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
    return describe_plan(plan)


@dataclass(frozen=True, slots=True)
class PlanFileReport:
    """What a plan file's examination found.

    Attributes:
        problems: Mistakes; without any it can be used.
        remarks: What to think of though it can be used, a sentence each.
    """

    problems: tuple[TomlProblem, ...]
    remarks: tuple[str, ...]


def validate_plan_file(path: Path) -> PlanFileReport:
    """Every problem of a plan file, and what to think of beside.

    Raises:
        OSError: When the file cannot be read.
    """
    plan, problems = examine_plan(path.read_text(encoding="utf-8-sig"))
    remarks = plan_remarks(plan) if plan is not None else ()
    return PlanFileReport(
        problems, tuple(f"{dotted(place)}：{message}" for place, message in remarks)
    )
