"""By what the office's list of 補休帳 is narrowed beside its columns."""

from __future__ import annotations

from collections.abc import Collection

from desktop.domain.listing import Between, Condition, OneOf

WITH_LINES, IN_30, IN_60, IN_90, LOST, OWED, WITHOUT, ALL = (
    "lines",
    "30",
    "60",
    "90",
    "lost",
    "owed",
    "without",
    "all",
)
STATES = (
    (WITH_LINES, "有帳的人"),
    (IN_30, "30 日內到期"),
    (IN_60, "60 日內到期"),
    (IN_90, "90 日內到期"),
    (LOST, "和判定不同"),
    (OWED, "欠繳證明"),
    (WITHOUT, "還沒有帳的人"),
    (ALL, "全部的人"),
)


def ledger_conditions(state: str, units: Collection[str] = ()) -> tuple[Condition, ...]:
    """What the filters beside the list ask.

    Args:
        state: One of ``STATES``.
        units: The units chosen, empty for all.
    """
    found = [Condition("unit", OneOf(tuple(units)))] if units else []
    if state in (IN_30, IN_60, IN_90):
        found.append(Condition("days_left", Between(end=int(state), has_end=True)))
    elif state == LOST:
        found.append(Condition("lost", OneOf((True,))))
    elif state == OWED:
        found.append(Condition("owed_hours", Between(first=1)))
    elif state != ALL:
        found.append(Condition("has_lines", OneOf((state != WITHOUT,))))
    return tuple(found)
