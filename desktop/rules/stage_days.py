"""When the stages of a promotion plan are: from the day it came into force, one after another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from desktop.domain.promotion import PromotionPlan, StageDays
from desktop.rules.expiry import last_day_of_period


def stage_days(
    plan: PromotionPlan, effective: date | None, moved: Mapping[str, StageDays]
) -> dict[str, StageDays]:
    """The days of every stage by id.

    The plan lets a stage begin beside the one before or after it; without a person's word it
    follows on the day after. Whole months are counted as 民法 §121 does.

    Args:
        plan: The plan.
        effective: 計畫生效日; None while nobody entered it.
        moved: Days that a person set.
    """
    found: dict[str, StageDays] = {}
    begins = effective
    for stage in plan.stages:
        if stage.id in moved:
            days = moved[stage.id]
        elif begins is None:
            days = StageDays()
        else:
            months = stage.months
            last = None if months is None else last_day_of_period(begins, months=months)
            days = StageDays(begins, last)
        found[stage.id] = days
        begins = days.last_day + timedelta(days=1) if days.last_day is not None else None
    return found
