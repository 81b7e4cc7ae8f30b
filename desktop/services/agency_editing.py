"""The agency's settings changed in the window: closures painted, patterns written, its name.

What is written is the same ``agency.toml`` that can be imported, so a settings file that another
office wrote and one made here are the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.domain.agency import WorkPattern
from desktop.domain.changes import Area, ChangeSet
from desktop.domain.moments import TimeBand, roc_date
from desktop.rules.agency_loading import parse_agency
from desktop.rules.toml_table import TomlProblemsError
from desktop.services.importing import NO_SETTINGS
from desktop.services.office import Office
from desktop.services.plan_document import from_toml, to_toml
from desktop.store import Writer

AREAS = frozenset({Area.AGENCY, Area.CALENDAR, Area.VERDICTS})
_FILE = "agency.toml"


class AgencySettingsError(ValueError):
    """A change of the settings that would make no sense; nothing was stored."""

    def __init__(self, error: TomlProblemsError) -> None:
        """Say the first problem and that nothing changed."""
        problem = error.problems[0]
        super().__init__(f"設定沒有改變：{problem.message.rstrip('。')}。")
        self.problems = error.problems


@dataclass(frozen=True, slots=True)
class PatternText:
    """A row of a work pattern as a form writes it.

    Attributes:
        code, name: 班別 and its name.
        weekdays: ISO weekdays, Monday 1.
        segments: Pairs of ``HH:MM``, in order.
        arrival, departure: Pairs of ``HH:MM``; both or neither.
        valid_from, valid_until: Dates in force, both included; None without limit.
        makeup_as: The weekday a makeup day takes; None as the agency sets it.
    """

    code: str
    name: str
    weekdays: tuple[int, ...]
    segments: tuple[tuple[str, str], ...]
    arrival: tuple[str, str] | None = None
    departure: tuple[str, str] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    makeup_as: int | None = None


def clock_words(second: int) -> str:
    """Seconds after midnight as ``HH:MM``, with the seconds where there are any."""
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def band_words(band: TimeBand) -> tuple[str, str]:
    """Both ends of a band as ``HH:MM``."""
    return clock_words(band.start_second), clock_words(band.end_second)


def pattern_text(row: WorkPattern) -> PatternText:
    """A stored row as the form shows it."""
    return PatternText(
        row.code,
        row.name,
        tuple(sorted(row.weekdays)),
        tuple(band_words(band) for band in row.segments),
        None if row.arrival is None else band_words(row.arrival),
        None if row.departure is None else band_words(row.departure),
        row.valid_from,
        row.valid_until,
        row.makeup_as,
    )


def paint_closures(
    office: Office,
    days: Iterable[date],
    *,
    start: str = "",
    end: str = "",
    note: str = "",
) -> ChangeSet:
    """Close the office on these dates, in the place of whatever closure they had.

    Args:
        office: The open office.
        days: The dates (停止上班 as the city announced it).
        start: From when, ``HH:MM``; empty from midnight.
        end: Until when, ``HH:MM``; empty until midnight, so with ``start`` empty the whole day.
        note: Why (``樺加沙颱風``).

    Raises:
        AgencySettingsError: When the times make no sense; nothing is stored.
    """
    wanted = sorted(set(days))
    closures: list[dict[str, Any]] = []
    for day in wanted:
        closure: dict[str, Any] = {"date": day}
        if start or end:
            closure["from"] = start or "00:00"
            closure["to"] = end or "24:00"
        if note:
            closure["note"] = note
        closures.append(closure)
    return _change(
        office,
        f"{_days_words(wanted)}停止上班",
        lambda values: _with_closures(values, wanted, closures),
    )


def erase_closures(office: Office, days: Iterable[date]) -> ChangeSet:
    """Take every closure of these dates out of the settings.

    Args:
        office: The open office.
        days: The dates.
    """
    wanted = sorted(set(days))
    return _change(
        office,
        f"取消{_days_words(wanted)}停止上班",
        lambda values: _with_closures(values, wanted, []),
    )


def put_pattern(office: Office, row: PatternText, *, position: int | None = None) -> ChangeSet:
    """Write a row of a work pattern, a new one at the end.

    Args:
        office: The open office.
        row: As the form has it.
        position: Which row it takes the place of, as ``Agency.patterns`` counts; None adds one.

    Raises:
        AgencySettingsError: When the row makes no sense or contradicts another; nothing is stored.
        IndexError: When there is no row of that number.
    """

    def written(values: Mapping[str, Any]) -> dict[str, Any]:
        rows = list(values.get("work_pattern", []))
        if position is None:
            rows.append(_pattern_values(row))
        else:
            rows[position] = _pattern_values(row)
        return {**values, "work_pattern": rows}

    return _change(office, f"{'新增' if position is None else '修改'}班別 {row.code}", written)


def drop_pattern(office: Office, position: int) -> ChangeSet:
    """Take a row of a work pattern out of the settings.

    Raises:
        IndexError: When there is no row of that number.
    """

    def without(values: Mapping[str, Any]) -> dict[str, Any]:
        rows = list(values.get("work_pattern", []))
        del rows[position]
        return {**values, "work_pattern": rows}

    return _change(office, "刪除班別的一列", without)


def name_agency(office: Office, *, name: str, city: str) -> ChangeSet:
    """Write the agency's name and the city whose closures apply.

    Raises:
        AgencySettingsError: When the name is blank; nothing is stored.
    """

    def named(values: Mapping[str, Any]) -> dict[str, Any]:
        head = {**values.get("agency", {}), "name": name.strip()}
        head.pop("city", None)
        if city.strip():
            head["city"] = city.strip()
        return {**values, "agency": head}

    return _change(office, "修改機關名稱", named)


def put_settings_again(writer: Writer, text: str) -> None:
    """Put a former text of the settings in force, for undo and redo."""
    writer.set_agency(text)


def _change(office: Office, act: str, change: Any) -> ChangeSet:
    with office.store.reading() as reader:
        stored = reader.agency_text()
    before = NO_SETTINGS if stored is None else stored[0]
    after = to_toml(change(from_toml(before, name=_FILE)))
    try:
        parse_agency(after, name=_FILE)
    except TomlProblemsError as error:
        raise AgencySettingsError(error) from error
    if after == before:
        return ChangeSet(act, frozenset())
    office.redo_steps.clear()
    with office.store.writing(act) as writer:
        writer.set_agency(after)
        token = writer.add_undo_step(
            act, {"act": "agency_settings", "before": before, "after": after}
        )
    return ChangeSet(act, AREAS, undo_token=token)


def _with_closures(
    values: Mapping[str, Any], days: Sequence[date], closures: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    kept = [one for one in values.get("closure", []) if _day_of(one) not in set(days)]
    listed = sorted([*kept, *closures], key=_day_of)
    changed = {key: value for key, value in values.items() if key != "closure"}
    return {**changed, "closure": listed} if listed else changed


def _day_of(closure: Mapping[str, Any]) -> date:
    """The date of a closure, which a settings file may also write as text."""
    day = closure["date"]
    return day if isinstance(day, date) else date.fromisoformat(str(day))


def _pattern_values(row: PatternText) -> dict[str, Any]:
    values: dict[str, Any] = {
        "code": row.code.strip(),
        "name": row.name.strip(),
        "weekdays": list(row.weekdays),
        "segments": [list(pair) for pair in row.segments],
        "arrival": None if row.arrival is None else list(row.arrival),
        "departure": None if row.departure is None else list(row.departure),
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "makeup_as": row.makeup_as,
    }
    return {key: value for key, value in values.items() if value not in (None, "")}


def _days_words(days: Sequence[date]) -> str:
    if not days:
        return ""
    first = roc_date(days[0])
    return first if len(days) == 1 else f"{first} 等 {len(days)} 日"
