"""``agency.toml``: the agency's name, work patterns and closures (inputs.md section 4)."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from desktop.domain.agency import DEFAULT_MAKEUP_AS, Agency, Closure, WorkPattern
from desktop.domain.moments import SECONDS_A_DAY, TimeBand
from desktop.rules.toml_lines import key_lines
from desktop.rules.toml_table import TableReader, TomlProblem, TomlProblemsError

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_WHOLE_DAY = TimeBand(0, SECONDS_A_DAY)


def parse_agency(text: str, *, name: str) -> Agency:
    """The settings in a TOML text.

    Args:
        text: The file's text.
        name: The file's name, for messages.

    Raises:
        TomlProblemsError: When anything is wrong; it carries every problem with its line.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else 1
        message = "這一行不符合 TOML 寫法，請檢查引號、等號和括號。"
        raise TomlProblemsError(name, [TomlProblem(line, "（全檔）", message)]) from error
    problems: list[TomlProblem] = []
    root = TableReader(values, (), key_lines(text), problems)
    agency = _agency(root)
    root.close()
    if problems:
        raise TomlProblemsError(name, problems)
    return agency


def _agency(root: TableReader) -> Agency:
    head = root.table("agency")
    name, city, makeup_as = "", "", DEFAULT_MAKEUP_AS
    if head is not None:
        name = head.text("name")
        city = head.text("city", needed=False)
        makeup_as = _weekday(head, "makeup_as") or DEFAULT_MAKEUP_AS
        head.close()
    patterns: list[WorkPattern] = []
    for table in root.tables("work_pattern", needed=False):
        pattern = _pattern(table)
        if pattern is None:
            continue
        if any(_contradict(pattern, other) for other in patterns):
            table.problem("weekdays", "同一班別在同一天已有另一列時段，請刪去重複的星期或改期間。")
        patterns.append(pattern)
    closures = [
        closure
        for table in root.tables("closure", needed=False)
        if (closure := _closure(table)) is not None
    ]
    return Agency(
        name=name,
        city=city,
        patterns=tuple(patterns),
        closures=tuple(sorted(closures, key=lambda c: (c.day, c.band))),
        makeup_as=makeup_as,
    )


def _contradict(one: WorkPattern, other: WorkPattern) -> bool:
    """Whether two rows of one code both rule some date; which one would be a guess."""
    return (
        one.code == other.code
        and bool(one.weekdays & other.weekdays)
        and (one.valid_from or date.min) <= (other.valid_until or date.max)
        and (other.valid_from or date.min) <= (one.valid_until or date.max)
    )


def _weekday(table: TableReader, key: str) -> int | None:
    number = table.integer(key, least=1, needed=False)
    if number is not None and number > 7:
        table.problem(key, "星期要填 1（一）到 7（日）。")
        return None
    return number


def _pattern(table: TableReader) -> WorkPattern | None:
    before = len(table.problems)
    weekdays = table.any("weekdays")
    if (
        not isinstance(weekdays, list)
        or not weekdays
        or not all(type(day) is int and 1 <= day <= 7 for day in weekdays)
    ):
        table.problem("weekdays", "要填星期清單，1 是星期一，例如 [1, 2, 3, 4, 5]。")
        weekdays = []
    segments = _segments(table)
    arrival, departure = _band(table, "arrival"), _band(table, "departure")
    if (arrival is None) != (departure is None):
        table.problem("arrival", "彈性班要同時填 arrival 和 departure。")
    if (
        segments
        and arrival is not None
        and departure is not None
        and not (
            arrival.start_second <= segments[0].start_second < departure.start_second
            and arrival.end_second <= departure.start_second
        )
    ):
        table.problem("arrival", "到班時段要包住上班起點，並且早於退勤時段。")
    pattern = WorkPattern(
        code=table.text("code"),
        name=table.text("name", needed=False),
        weekdays=frozenset(weekdays),
        segments=segments,
        arrival=arrival,
        departure=departure,
        valid_from=_day(table, "valid_from", needed=False),
        valid_until=_day(table, "valid_until", needed=False),
        makeup_as=_weekday(table, "makeup_as"),
    )
    if pattern.valid_from and pattern.valid_until and pattern.valid_until < pattern.valid_from:
        table.problem("valid_until", "失效日早於生效日，請改正日期。")
    table.close()
    return pattern if len(table.problems) == before else None


def _segments(table: TableReader) -> tuple[TimeBand, ...]:
    value = table.any("segments")
    if not isinstance(value, list) or not value:
        table.problem("segments", '要填上班時段，例如 [["08:00", "12:00"], ["13:30", "17:30"]]。')
        return ()
    bands = [_as_band(table, "segments", pair) for pair in value]
    found = [band for band in bands if band is not None]
    for earlier, later in pairwise(found):
        if later.start_second < earlier.end_second:
            table.problem("segments", "上班時段要由早到晚排列，不能重疊。")
            return ()
    return tuple(found)


def _band(table: TableReader, key: str) -> TimeBand | None:
    value = table.any(key)
    return None if value is None else _as_band(table, key, value)


def _as_band(table: TableReader, key: str, pair: Any) -> TimeBand | None:
    if isinstance(pair, list) and len(pair) == 2:
        start, end = _second(pair[0]), _second(pair[1])
        if start is not None and end is not None and start < end:
            return TimeBand(start, end)
    table.problem(key, '時段要寫成 ["08:00", "12:00"]，前面早於後面。')
    return None


def _second(value: Any) -> int | None:
    """Seconds after midnight of ``08:00``, ``24:00`` or a TOML time; None when it is no time."""
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    total = hour * 3600 + minute * 60 + second
    return total if minute < 60 and second < 60 and total <= SECONDS_A_DAY else None


def _day(table: TableReader, key: str, *, needed: bool) -> date | None:
    value = table.any(key)
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            table.problem(key, "要填西元日期，例如 2025-07-07。")
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if value is not None or needed:
        table.problem(key, "要填西元日期，例如 2025-07-07。")
    return None


def _closure(table: TableReader) -> Closure | None:
    day = _day(table, "date", needed=True)
    start, end = table.any("from"), table.any("to")
    band = _WHOLE_DAY
    if start is not None or end is not None:
        found = _as_band(
            table, "from", ["00:00" if start is None else start, "24:00" if end is None else end]
        )
        band = found or _WHOLE_DAY
    note = table.text("note", needed=False)
    table.close()
    return None if day is None else Closure(day, band, note)
