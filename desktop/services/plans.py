"""Plans in words, and a plan file examined before anybody relies on it."""

from __future__ import annotations

from pathlib import Path

from desktop.rules.plan_loading import examine_plan
from desktop.rules.toml_table import TomlProblem
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


def validate_plan_file(path: Path) -> tuple[TomlProblem, ...]:
    """Every problem of a plan file; empty when it can be used.

    Raises:
        OSError: When the file cannot be read.
    """
    _, problems = examine_plan(path.read_text(encoding="utf-8-sig"))
    return problems
