"""What a clerk wants on the supervisors' workbook, kept under a name for the next month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.services.office import Office
from desktop.services.office_settings import change_setting

KEY = "report_choices"
_AREAS = frozenset({Area.PROFILES})
MOST_KEPT = 50


class NameMissingError(ValueError):
    """A choice was to be kept without a name."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("請先替這個選擇取個名字。")


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """Which part of the workbook is wanted.

    Attributes:
        units: Which units; all of them when empty.
        left_out_sheets: Titles of sheets that are not wanted.
        left_out_columns: Columns that are not wanted: a table's name and a column's key.
        kinds: In which kinds of file.
    """

    units: tuple[str, ...] = ()
    left_out_sheets: tuple[str, ...] = ()
    left_out_columns: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ("xlsx",)


EVERYTHING = ReportChoice()


def choice_value(choice: ReportChoice) -> dict[str, Any]:
    """A choice, ready for JSON."""
    return {
        "units": list(choice.units),
        "left_out_sheets": list(choice.left_out_sheets),
        "left_out_columns": [list(name) for name in choice.left_out_columns],
        "kinds": list(choice.kinds),
    }


def choice_of(value: Mapping[str, Any]) -> ReportChoice:
    """The same read again."""
    return ReportChoice(
        units=tuple(value["units"]),
        left_out_sheets=tuple(value["left_out_sheets"]),
        left_out_columns=tuple((table, key) for table, key in value["left_out_columns"]),
        kinds=tuple(value["kinds"]),
    )


def report_choices(office: Office) -> dict[str, ReportChoice]:
    """Every choice that was kept, by its name, in the order they were first kept."""
    with office.store.reading() as reader:
        kept = reader.office_setting(KEY) or []
    return {one["name"]: choice_of(one) for one in kept}


def keep_report_choice(office: Office, name: str, choice: ReportChoice) -> ChangeSet:
    """Keep a choice under a name; the same name again takes its place.

    Raises:
        NameMissingError: When the name is blank.
    """
    words = name.strip()
    if not words:
        raise NameMissingError
    kept = report_choices(office)
    act = f"儲存報表選擇「{words}」"
    return _put(office, {**kept, words: choice}, act=act)


def drop_report_choice(office: Office, name: str) -> ChangeSet:
    """Keep a choice no longer.

    Raises:
        LookupError: When there is none of that name.
    """
    kept = report_choices(office)
    if name not in kept:
        raise LookupError(f"沒有叫「{name}」的報表選擇，請重新整理後再試。")
    del kept[name]
    return _put(office, kept, act=f"刪除報表選擇「{name}」")


def _put(office: Office, kept: Mapping[str, ReportChoice], *, act: str) -> ChangeSet:
    latest = list(kept.items())[-MOST_KEPT:]
    change_setting(
        office,
        KEY,
        [{"name": name, **choice_value(choice)} for name, choice in latest],
        act=act,
        areas=_AREAS,
        detail={"after": "、".join(name for name, _ in latest)},
    )
    return ChangeSet(act, _AREAS)
