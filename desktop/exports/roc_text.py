"""Dates as the lists write them: ROC year, padded, slashes (114/03/15)."""

from __future__ import annotations

from datetime import date, datetime

FIRST_ROC_YEAR = 1912
"""Before this year there is no ROC year; such a date is written as text in ISO form."""


def roc_date(value: date) -> str:
    """Return a date as `114/03/15`; before 1912 in ISO form."""
    if value.year < FIRST_ROC_YEAR:
        return value.isoformat()[:10]
    return f"{value.year - 1911}/{value.month:02d}/{value.day:02d}"


def roc_moment(value: date | datetime) -> str:
    """Return a date, with its time to the second where it has one: `114/03/15 09:02:07`."""
    if isinstance(value, datetime):
        return f"{roc_date(value)} {value.hour:02d}:{value.minute:02d}:{value.second:02d}"
    return roc_date(value)
