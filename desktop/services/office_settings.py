"""Settings of the office that a clerk changes by the way, each change one step for 復原."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from desktop.domain.changes import Area
from desktop.services.office import Office

ACT = "office_setting"
"""What the undo steps are called that ``change_setting`` leaves."""


def change_setting(
    office: Office,
    key: str,
    value: Any,
    *,
    act: str,
    areas: Set[Area],
    detail: Mapping[str, Any],
) -> None:
    """Keep another value under a key of the office's settings.

    Args:
        office: The open office.
        key: Which setting.
        value: Ready for JSON; None for nothing.
        act: The act in a few Chinese words, as 復原 names it.
        areas: What pages must read again after the step is undone.
        detail: For the audit trail: before, after, why.
    """
    with office.store.writing(act) as writer:
        before = writer.office_setting(key)
        writer.set_office_setting(key, value)
        writer.describe("", detail)
        writer.add_undo_step(
            act,
            {
                "act": ACT,
                "key": key,
                "before": before,
                "after": value,
                "areas": sorted(area.value for area in areas),
            },
        )
    office.redo_steps.clear()
