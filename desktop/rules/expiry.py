"""When granted leave expires: periods counted by 民法 §121 (rules.md section 5)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from desktop.domain.plan import Validity


def first_day_of_use(completed_on: date, validity: Validity | None = None) -> date:
    """「課程完成次日起」: the day after the last course of the set ended.

    A plan may count from the day of completion itself (自完成之日起).

    Args:
        completed_on: The day the last course ended.
        validity: The plan's limit, None for the usual rule.
    """
    if validity is not None and validity.begins_on_the_day:
        return completed_on
    return completed_on + timedelta(days=1)


def last_day_of_period(first_day: date, *, months: int) -> date:
    """The last day of a period of whole months that begins on ``first_day``.

    民法 §121 II: the period ends the day before the day that corresponds to its first day; where
    the last month has no such day, it ends with that month's last day.

    Args:
        first_day: The first day of the period.
        months: Length in months; two years are 24.
    """
    index = first_day.year * 12 + first_day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    days_in_month = calendar.monthrange(year, month)[1]
    if first_day.day > days_in_month:
        return date(year, month, days_in_month)
    return date(year, month, first_day.day) - timedelta(days=1)


def expiry_of(completed_on: date, *, months: int) -> date:
    """The last day on which leave for a set completed on ``completed_on`` may be used."""
    return last_day_of_period(first_day_of_use(completed_on), months=months)


def last_day_of_use(completed_on: date, validity: Validity) -> date:
    """The last day on which leave for a set completed on ``completed_on`` may be used.

    Args:
        completed_on: The day the last course ended.
        validity: The plan's limit, of one of its three kinds.
    """
    if validity.until is not None:
        return validity.until
    if validity.is_to_year_end:
        return date(completed_on.year, 12, 31)
    first_day = first_day_of_use(completed_on, validity)
    return last_day_of_period(first_day, months=validity.months or 0)
