"""Units under the plan's awards for units."""

from __future__ import annotations

from desktop.domain.verdicts import UnitStanding
from desktop.services.office import Office
from desktop.services.progress import Progress, silent
from desktop.services.verifying import evaluate_together


def unit_standings(
    office: Office, plan_id: str, *, progress: Progress = silent
) -> tuple[UnitStanding, ...]:
    """Each unit under each of the plan's unit awards, in the plan's and the roster's order.

    Args:
        office: The open office.
        plan_id: The plan.
        progress: Hears of each person.

    Raises:
        PlanUnknownError: When nobody knows the plan.
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
        CancelledError: When the watcher stops it.
    """
    _, together = evaluate_together(office, plan_id, progress=progress)
    return together.units
