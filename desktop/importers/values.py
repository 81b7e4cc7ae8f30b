"""From cells to values: hours, numbers of people, moments; a fault names what is wrong."""

from __future__ import annotations

import itertools
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from desktop.domain.evidence import RefusalReason
from desktop.domain.moments import SECONDS_A_DAY, at_second
from desktop.domain.text import normalise_digits
from desktop.domain.written_dates import (
    AmbiguousDateError,
    ImpossibleDateError,
    NotADateError,
    parse_date,
    parse_length,
    parse_moment,
    parse_second_of_day,
)
from desktop.importers.document import Cell, cell_text

_HOURS = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s*(?:小時|時|hr|hrs|h)?", re.I)
_COURSE_CODE = re.compile(r"\s*[(（]\s*([A-Za-z\s]{2,}[A-Za-z0-9\s]*?[\d\s]{6,})\s*[)）]\s*$")
_CODE = re.compile(r"[A-Za-z]{2,}[A-Za-z0-9]*\d{6,}")
_MAX_BREAKS = 6
# A date as its serial number: days since 1899-12-30, a time of day as their fraction. Five digits
# before 1940 are none: 11431 is rather a hasty 114/3/1.
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DAY_FRACTION = re.compile(r"0?\.\d+")
_SERIAL_ORIGIN = date(1899, 12, 30)
_FIRST_SERIAL, _END_OF_SERIALS = 14_611, 73_051  # 1940-01-01, 2100-01-01
_EMPTY_MARKS = frozenset({"", "-", "--", "---", "—", "－", "─", "無", "/", "n/a", "N/A"})


class RowFaultError(Exception):
    """What is wrong with one row: the reason and the rest of a sentence for the clerk."""

    def __init__(self, reason: RefusalReason, words: str) -> None:
        """Carry the reason's code and the words after the row's place."""
        super().__init__(words)
        self.reason = reason
        self.words = words


def is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing: blank or a dash."""
    return isinstance(cell, str) and cell.strip() in _EMPTY_MARKS


def one_line(cell: Cell) -> str:
    """A cell's words without the breaks of a narrow column."""
    return re.sub(r"\s*\n\s*", "", cell_text(cell)).strip()


def identifier(cell: Cell) -> str | None:
    """人員代號 as text: ``12345.0`` of a number cell is ``12345``; None when blank."""
    text = normalise_digits(one_line(cell)).strip()
    return text if text and text not in _EMPTY_MARKS else None


def hours(cell: Cell) -> Decimal | None:
    """Hours as a number (``1.0``, ``2小時``); None when blank or no number."""
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, timedelta):
        return Decimal(str(cell.total_seconds() / 3600))
    found = _HOURS.fullmatch(normalise_digits(one_line(cell)))
    if found is None:
        return None
    try:
        return Decimal(found[1])
    except InvalidOperation:
        return None


def length(cell: Cell) -> timedelta | None:
    """A length of time (``00:51:32``); None when blank or unreadable."""
    if isinstance(cell, timedelta):
        return cell
    if isinstance(cell, datetime):
        return None
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    try:
        return parse_length(one_line(cell))
    except (NotADateError, ImpossibleDateError):
        return None


def name_and_code(cell: Cell) -> tuple[str, str | None]:
    """A course's name and the platform's code in brackets at its end."""
    text = cell_text(cell).strip()
    found = _COURSE_CODE.search(text)
    if found is None:
        return text, None
    code = re.sub(r"\s+", "", found[1])
    if not _CODE.fullmatch(code):
        return text, None
    return text[: found.start()].rstrip(), code


def unbroken(text: str) -> list[str]:
    """The texts that a broken one may stand for: each break a space, or nothing.

    The reading with spaces comes first; the strict parser accepts one of them at most.
    """
    if "\n" not in text:
        return [text]
    pieces = [piece.strip() for piece in text.split("\n")]
    if len(pieces) - 1 > _MAX_BREAKS:
        return [" ".join(pieces), "".join(pieces)]
    return [
        "".join(itertools.chain.from_iterable(zip(pieces, (*breaks, ""), strict=True)))
        for breaks in itertools.product((" ", ""), repeat=len(pieces) - 1)
    ]


def _serial(cell: Cell) -> datetime | date | None:
    """The date or moment of a serial number, None when a cell holds none.

    Workbooks keep dates so; it shows where a cell lost its format, or in a text sheet made of it.
    """
    if not isinstance(cell, Decimal | str):
        return None
    text = normalise_digits(one_line(cell))
    if _SERIAL.fullmatch(text) is None or not _FIRST_SERIAL <= Decimal(text) < _END_OF_SERIALS:
        return None
    days, fraction = divmod(Decimal(text), 1)
    day = _SERIAL_ORIGIN + timedelta(days=int(days))
    return moment_at(day, _seconds(fraction)) if fraction else day


def _seconds(fraction: Decimal) -> int:
    """The seconds, to the nearest, of a fraction of a day."""
    return int((fraction * SECONDS_A_DAY).to_integral_value())


def day_of(cell: Cell) -> date:
    """The date in a cell, typed, written or as its serial number.

    Raises:
        AmbiguousDateError, ImpossibleDateError, NotADateError: As ``parse_date``.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    serial = _serial(cell)
    if serial is not None:
        return day_of(serial)
    text = one_line(cell)
    try:
        return parse_date(text)
    except NotADateError:
        # A date cell exported with its midnight.
        moment = parse_moment(text)
        if moment.time() != time():
            raise
        return moment.date()


def second_of(cell: Cell) -> int:
    """The seconds after midnight in a cell, typed, written or as a day's fraction; 24:00 is 86,400.

    Raises:
        ImpossibleDateError, NotADateError: As ``parse_second_of_day``.
    """
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta) and timedelta(0) <= cell <= timedelta(seconds=SECONDS_A_DAY):
        return int(cell.total_seconds())
    text = normalise_digits(one_line(cell))
    if cell == 0 or _DAY_FRACTION.fullmatch(text):
        return _seconds(Decimal(text))
    return parse_second_of_day(text)


def moment_of(cell: Cell) -> datetime | date:
    """The date and time in a cell, or the bare date when no time is written.

    Raises:
        AmbiguousDateError, ImpossibleDateError, NotADateError: As ``parse_moment``.
    """
    if isinstance(cell, datetime | date):
        return cell
    serial = _serial(cell)
    if serial is not None:
        return serial
    text = cell_text(cell).strip()
    fault: ImpossibleDateError | NotADateError | None = None
    for reading in unbroken(text):
        try:
            return parse_moment(reading)
        except NotADateError as error:
            fault = fault or error
        except ImpossibleDateError as error:
            fault = error
    for reading in unbroken(text):
        try:
            return parse_date(reading)
        except NotADateError:
            continue
        except ImpossibleDateError as error:
            fault = error
    raise fault or NotADateError(text)


def moment_at(day: date, second: int) -> datetime:
    """A date and the seconds after its midnight as a moment."""
    return at_second(day, second)


def date_fault(error: ValueError, column: str, text: str) -> RowFaultError:
    """The fault of a date that cannot be used, in words."""
    if isinstance(error, AmbiguousDateError):
        words = f"{column}「{text}」有兩種讀法，無法確定是哪一天，請改成 114/01/31 這樣的寫法再匯入"
    elif isinstance(error, ImpossibleDateError):
        words = f"{column}「{text}」不是存在的日期或時間，請更正後再匯入"
    else:
        words = f"{column}「{text}」讀不出日期或時間，請改成 114/01/31 08:00 這樣的寫法再匯入"
    return RowFaultError(RefusalReason.BAD_DATE, words)
