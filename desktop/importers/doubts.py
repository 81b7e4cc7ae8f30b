"""What is doubtful about a row that was read from a picture: its readings and its own sense.

Nobody's time may be wrong in silence. A field is doubtful when its cell was not read surely (see
``CellReading.is_sure``), when what was read is not written as such a field is, or when it
contradicts the rest of its row: an end before its start, a reading time longer than the time
between both, an upload before the end, hours out of proportion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from desktop.domain.evidence import LearningRow
from desktop.domain.provenance import FieldPlace
from desktop.domain.text import matching_key
from desktop.domain.written_dates import WrittenDateError, parse_moment
from desktop.importers.document import Cell
from desktop.importers.headings import Column
from desktop.importers.shown_facts import FACT_COLUMNS
from desktop.importers.tabulation import DataRow

LONGEST_SPAN = timedelta(hours=24)
"""Between start and end; more is possible, and as likely a digit read wrongly."""
LONGEST_SURE_SPAN = timedelta(days=62)
"""The same where every digit was read with hardly a doubt."""
HARDLY_A_DOUBT = 0.97
SLACK = timedelta(minutes=1)
MOST_HOURS = Decimal(40)
MOST_HOURS_PER_READING = 4
_FIELDS: Mapping[Column, tuple[str, ...]] = {
    Column.COURSE: ("course_name",),
    Column.PERIOD: ("start", "end"),
    Column.BEGAN_AT: ("start",),
    Column.ENDED_AT: ("end",),
    Column.READING: ("reading_time",),
    Column.PASSED: ("pass_status",),
    Column.CERTIFIED: ("certified_hours",),
    Column.HOURS: ("certified_hours",),
}
# What few plans ask for: unless read surely it is unknown, which only such a plan makes a question.
_FACTS = frozenset({*FACT_COLUMNS, Column.LEARNING_KIND, Column.RELEVANT})
_TIMES = ("start", "end", "reading_time")
_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2}) ?(\d{2}):(\d{2}):(\d{2})")
_BROKEN_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2})\n(\d{2})(?=\s*\d{2}:\d{2}:\d{2}(?!\d))")
_DASH = re.compile(r"[‐-―−－ー一—]")
_HOURS = re.compile(r"\d{1,2}(?:\.\d{1,2})?(?:小時|時)?")
_LENGTH = re.compile(r"\d{1,3}:[0-5]\d:[0-5]\d")
_PASSED = frozenset(matching_key(word) for word in ("已通過", "未通過", "通過", "不通過"))
_REGISTERED = re.compile(r"登:?(\d{7})(?!\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """A row whose cells say only what can be relied on, and what was doubtful already."""

    row: DataRow
    doubtful: frozenset[str]


def is_optical(row: DataRow) -> bool:
    """Whether a row was read from a picture."""
    return bool(row.readings)


def relied_on(row: DataRow) -> Told:
    """The row with its times in one spelling; what is none is left out and doubtful.

    A row from a picture is never refused for a time that cannot be read: it stands, and the
    clerk reads the cell.

    Args:
        row: As read.
    """
    doubtful: set[str] = set()
    for column, readings in row.readings.items():
        if not all(reading.is_sure for reading in readings):
            doubtful.update(_fields_of(row, column))
    cells = {
        column: cell
        for column, cell in row.cells.items()
        if column not in _FACTS or all(part.is_sure for part in row.readings.get(column, ()))
    }
    if Column.TERM in row.readings or Column.PROVIDER in row.readings:
        _tell_registration(row, cells, doubtful)
    elif Column.PERIOD in row.readings:
        moments = _moments(row.text(Column.PERIOD))
        if moments is None:
            cells[Column.PERIOD] = ""
            doubtful |= {"start", "end"}
        else:
            cells[Column.PERIOD] = "~".join(moments)
    for column, field in ((Column.BEGAN_AT, "start"), (Column.ENDED_AT, "end")):
        if column in row.readings and row.text(column):
            moments = _moments(row.text(column))
            cells[column] = moments[0] if moments is not None and len(moments) == 1 else ""
            if not cells[column]:
                doubtful.add(field)
    _tell_plain(row, cells, doubtful)
    filled = {column: cell for column, cell in cells.items() if cell != ""}
    return Told(replace(row, cells=filled), frozenset(doubtful))


def with_doubts(read: LearningRow, told: Told) -> LearningRow:
    """The row with its doubtful fields and the places of all.

    Args:
        read: What the row says.
        told: What it was read from.
    """
    row = told.row
    doubtful = set(told.doubtful) | set(read.doubtful_fields) | set(_contradictions(read, row))
    places = [
        FieldPlace(field, reading.page, reading.box, reading.certainty)
        for column, readings in row.readings.items()
        for field in _fields_of(row, column)
        for reading in readings
    ]
    return replace(
        read,
        place=replace(read.place, fields=tuple(places)),
        doubtful_fields=tuple(sorted(doubtful)),
    )


def _fields_of(row: DataRow, column: Column) -> tuple[str, ...]:
    is_portal = Column.TERM in row.readings or Column.PROVIDER in row.readings
    if column is Column.PERIOD and is_portal:
        return ("completed_on",)
    return _FIELDS.get(column, ())


def _plain(text: str) -> str:
    """One line in half width, dashes alike."""
    folded = unicodedata.normalize("NFKC", text).replace("\n", " ")
    return _DASH.sub("-", folded).replace("〜", "~").replace("～", "~").strip()


def _moments(text: str) -> list[str] | None:
    """One or two moments, each with its six numbers in full; None when anything else stands there.

    A narrow column breaks a moment after its date, or behind a dash, which is easily lost there.
    """
    whole = _BROKEN_DAY.sub(r"\1-\2", text)
    plain = re.sub(r"\s*([:~])\s*", r"\1", _plain(whole))
    plain = re.sub(r"(?<=\d)-\s+(?=\d)", "-", plain)
    found = list(_MOMENT.finditer(plain))
    rest = _MOMENT.sub("", plain)
    if rest.strip(" ~-至") or not 1 <= len(found) <= 2:
        return None
    return ["{}-{}-{} {}:{}:{}".format(*match.groups()) for match in found]


def _tell_registration(row: DataRow, cells: dict[Column, Cell], doubtful: set[str]) -> None:
    """入口網's 起 迄 登: three days of seven digits, the last one the completion."""
    plain = re.sub(r"\s+", "", _plain(row.text(Column.PERIOD))).replace(";", ":")
    found = _REGISTERED.search(plain)
    if found is None:
        cells[Column.PERIOD] = ""
        doubtful.add("completed_on")
    else:
        cells[Column.PERIOD] = f"登:{found[1]}"


def _tell_plain(row: DataRow, cells: dict[Column, Cell], doubtful: set[str]) -> None:
    """Fields with few spellings: anything else is doubtful."""
    for column, spelling in (
        (Column.READING, _LENGTH),
        (Column.CERTIFIED, _HOURS),
        (Column.HOURS, _HOURS),
    ):
        if column in row.readings:
            plain = re.sub(r"\s+", "", _plain(row.text(column)))
            if not spelling.fullmatch(plain):
                doubtful.update(_fields_of(row, column))
            cells[column] = plain
    if Column.PASSED in row.readings and matching_key(row.text(Column.PASSED)) not in _PASSED:
        doubtful.add("pass_status")


def _contradictions(read: LearningRow, row: DataRow) -> Iterable[str]:
    """Fields that the rest of the row speaks against."""
    is_passed = "未" not in row.text(Column.PASSED)
    if Column.PASSED in row.readings or Column.CERTIFIED in row.readings:
        if read.start is None:
            yield "start"
        if read.end is None and is_passed:
            yield "end"
        if read.reading_time is None:
            yield "reading_time"
    elif read.completed_on is None:
        yield "completed_on"
    if read.times_are_impossible:
        yield from ("start", "end", "completed_on")
    if read.certified_hours is None or not 0 < read.certified_hours <= MOST_HOURS:
        yield "certified_hours"
    span = read.span
    reading = read.reading_time
    if span is not None:
        longest = LONGEST_SURE_SPAN if _is_beyond_doubt(row) else LONGEST_SPAN
        if span.length < timedelta(0) or span.length > longest:
            yield from ("start", "end")
        elif reading is not None and reading > span.length + SLACK:
            yield from _TIMES
    if reading is not None and read.certified_hours is not None and is_passed:
        most = MOST_HOURS_PER_READING * Decimal(reading.total_seconds()) / 3600
        if read.certified_hours > most:
            yield from ("certified_hours", "reading_time")
    uploaded = _moment(row.text(Column.UPLOAD_TIME))
    if uploaded is not None and read.end is not None and uploaded < read.end:
        yield from ("start", "end")


def _is_beyond_doubt(row: DataRow) -> bool:
    """Whether every digit of start and end was read almost surely, twice alike."""
    readings = [
        reading
        for column in (Column.PERIOD, Column.BEGAN_AT, Column.ENDED_AT)
        for reading in row.readings.get(column, ())
    ]
    return bool(readings) and all(
        reading.is_sure and reading.certainty >= HARDLY_A_DOUBT for reading in readings
    )


def _moment(text: str) -> datetime | None:
    moments = _moments(text)
    if moments is None or len(moments) != 1:
        return None
    try:
        return parse_moment(moments[0])
    except WrittenDateError:
        return None
