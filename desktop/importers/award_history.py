"""歷年核給紀錄: what people had before; taken whole or not at all, an empty list too."""

from __future__ import annotations

import re

from desktop.domain.evidence import AwardHistoryRow, EvidenceKind, RefusalReason
from desktop.domain.moments import ROC_YEAR_OFFSET
from desktop.domain.text import matching_key, normalise_digits
from desktop.importers.base import WholeTableImporter
from desktop.importers.document import Cell
from desktop.importers.headings import Column
from desktop.importers.row_cells import PERSON, day_in, person_of, unit_of
from desktop.importers.tabulation import DataRow, Layout
from desktop.importers.values import RowFaultError, is_empty, one_line

_FIRST_WESTERN_YEAR = 1912
_LAST_WESTERN_YEAR = 2200
_YEAR = re.compile(r"(?:中華)?(?:民國)?\s*(\d{2,4})\s*(?:年度?)?")
_DIGITS = {word: value for value, word in enumerate("一二三四五六七八九", start=1)} | {"兩": 2}
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,9}|[一二兩三四五六七八九]?十?[一二三四五六七八九]?)"
_UNIT = r"(?:次|小時|時|元|份|張|個|點)"
_AMOUNT = re.compile(rf"(?:新臺幣|新台幣|NT\$|\$)?\s*{_NUMBER}\s*{_UNIT}?(?:整)?")
_WITH_AMOUNT = re.compile(rf"(?P<benefit>.*?\D)\s*{_NUMBER}\s*{_UNIT}(?:整)?")
_IN_HOURS = ("補休", "公假")
_IN_MONEY = ("禮券", "獎金", "現金", "商品卡")
_AMOUNT_COLUMNS = (Column.AMOUNT, Column.HOURS, Column.SUM)


class AwardHistory(WholeTableImporter):
    """歷年核給紀錄: person, year, plan, what was given, how much of it, when."""

    kind = EvidenceKind.AWARD_HISTORY
    may_be_empty = True
    layout = Layout(
        wanted=(
            *PERSON,
            Column.UNIT,
            Column.YEAR,
            Column.PLAN,
            Column.BENEFIT,
            *_AMOUNT_COLUMNS,
            Column.GIVEN,
        ),
        required=(
            PERSON,
            (Column.YEAR,),
            (Column.BENEFIT,),
            (Column.AMOUNT, Column.HOURS, Column.SUM, Column.GIVEN, Column.PLAN),
        ),
        forbidden=(
            Column.COURSE,
            Column.RECEIVED,
            Column.PRIORITY,
            Column.PUNCH_IN,
            Column.IS_OFF,
        ),
    )

    def read_row(self, row: DataRow) -> AwardHistoryRow:
        """One benefit of one person.

        Raises:
            RowFaultError: When nobody is named, the year or what was given is missing, or a cell
                cannot be read.
        """
        employee_id, name = person_of(row)
        benefit, with_it = _benefit(row)
        amount = _amount(row, benefit)
        if amount is not None and with_it is not None and amount != with_it:
            raise RowFaultError(
                RefusalReason.UNREADABLE,
                f"「{row.text(Column.BENEFIT)[:20]}」與數量欄的 {amount} 不一樣，請更正後再匯入",
            )
        return AwardHistoryRow(
            place=row.place,
            employee_id=employee_id,
            person_name=name,
            year=_year(row),
            plan=one_line(row.cells.get(Column.PLAN, "")),
            benefit=benefit,
            amount=with_it if amount is None else amount,
            given_on=day_in(row, Column.GIVEN),
            unit=unit_of(row),
        )


def _year(row: DataRow) -> int:
    text = normalise_digits(one_line(row.cells.get(Column.YEAR, "")))
    found = _YEAR.fullmatch(text)
    if found is None:
        what = f"年度「{text[:20]}」讀不出來" if text else "年度是空白的"
        raise RowFaultError(RefusalReason.BAD_DATE, f"{what}，請改填 113 這樣的民國年再匯入")
    number = int(found[1])
    if _FIRST_WESTERN_YEAR <= number <= _LAST_WESTERN_YEAR:
        return number - ROC_YEAR_OFFSET
    if not 0 < number <= _LAST_WESTERN_YEAR - ROC_YEAR_OFFSET:
        raise RowFaultError(
            RefusalReason.BAD_DATE, f"年度「{text[:20]}」不是存在的年度，請更正後再匯入"
        )
    return number


def _benefit(row: DataRow) -> tuple[str, int | None]:
    """What was given, and how much of it where the same cell says so (嘉獎二次)."""
    text = one_line(row.cells.get(Column.BENEFIT, ""))
    if is_empty(text) or matching_key(text).isdigit():
        what = f"是「{text[:20]}」" if text else "是空白的"
        raise RowFaultError(
            RefusalReason.UNREADABLE, f"核給的項目{what}，請填嘉獎、補休等名稱再匯入"
        )
    found = _WITH_AMOUNT.fullmatch(normalise_digits(text))
    if found is None or (number := _whole(found["number"])) is None:
        return text, None
    return found["benefit"].strip(" :：*×x"), number


def _amount(row: DataRow, benefit: str) -> int | None:
    """How much, from the column that counts this benefit or the one that is filled."""
    first = Column.AMOUNT
    if any(word in benefit for word in _IN_HOURS):
        first = Column.HOURS
    elif any(word in benefit for word in _IN_MONEY):
        first = Column.SUM
    for column in (first, *_AMOUNT_COLUMNS):
        cell = row.cells.get(column, "")
        if not is_empty(cell):
            return _read_amount(cell, column)
    return None


def _read_amount(cell: Cell, column: Column) -> int:
    text = normalise_digits(one_line(cell))
    found = _AMOUNT.fullmatch(text)
    number = _whole(found["number"]) if found is not None else None
    if number is None:
        raise RowFaultError(
            RefusalReason.UNREADABLE,
            f"{column.value}「{text[:20]}」不是整數，請改填數字再匯入",
        )
    return number


def _whole(written: str) -> int | None:
    """A whole number in digits or, below a hundred, in Chinese; None for nothing."""
    plain = written.replace(",", "")
    if not plain:
        return None
    if plain.isdecimal():
        return int(plain)
    tens, ten, ones = plain.rpartition("十")
    if not ten:
        return _DIGITS.get(plain)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
