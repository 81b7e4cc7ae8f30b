"""Sheets that each office shaped its own way: every field of every row, in every form."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.evidence import (
    AttendanceRow,
    EvidenceRow,
    LearningRow,
    PunchRow,
    RosterRow,
    ShiftRow,
)
from desktop.importers.reading import from_clipboard, read_file
from tests.unit.importers.odd_sheets import ATTENDANCE, OTHERS, SHEETS, UNKNOWN, OddSheet

SAMPLES = Path(__file__).parents[2] / "samples" / "sheets"


def said(row: EvidenceRow) -> str:
    """A row in one line, every field that its kind carries."""
    return "|".join(_words(value) for value in _fields(row))


def _words(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _fields(row: EvidenceRow) -> list[date | datetime | object]:
    match row:
        case AttendanceRow():
            return [row.employee_id, row.person_name, row.kind_words, row.kind.value,
                    row.span.start, row.span.end, row.hours, row.reason, row.unit]  # fmt: skip
        case ShiftRow():
            return [row.employee_id, row.person_name, row.day, row.span.start, row.span.end,
                    row.unit]  # fmt: skip
        case PunchRow():
            return [row.employee_id, row.person_name, row.day, row.punch_in, row.punch_out,
                    row.unit]  # fmt: skip
        case RosterRow():
            return [row.employee_id, row.name, row.unit, row.title, row.rank, row.category,
                    row.pattern_code, row.hired_on, row.leave_without_pay_from,
                    row.leave_without_pay_until]  # fmt: skip
        case LearningRow():
            return [row.employee_id, row.person_name, row.course_name, row.start,
                    row.end or row.completed_on, row.reading_time, row.certified_hours,
                    row.pass_status]  # fmt: skip
    raise TypeError(row)


def ids(sheet: OddSheet) -> str:
    return sheet.name


@pytest.mark.parametrize("sheet", SHEETS, ids=ids)
def test_odd_sheet_every_field_of_every_row_is_read_and_nothing_else(sheet: OddSheet) -> None:
    profiles = (sheet.profile,) if sheet.mapped is not None else ()
    (found,) = read_file(*sheet.file, profiles=profiles)
    assert found.kind is sheet.kind, found.refusals
    assert [said(row) for row in found.rows] == list(sheet.said)
    assert found.refusals == ()


def test_there_are_enough_of_them() -> None:
    assert len(SHEETS) >= 40
    assert len({sheet.name for sheet in SHEETS}) == len(SHEETS)


@pytest.mark.parametrize("sheet", UNKNOWN, ids=ids)
def test_sheet_of_unknown_headings_is_refused_with_the_offer_to_map_it(sheet: OddSheet) -> None:
    (found,) = read_file(*sheet.file)
    assert (found.kind, found.rows) == (None, ())
    assert found.may_be_mapped
    (refusal,) = found.refusals
    assert "對應欄位" in refusal.message


@pytest.mark.parametrize(
    "sheet", [s for s in (*OTHERS, *UNKNOWN) if isinstance(s.rows, list)], ids=ids
)
def test_odd_sheet_copied_from_a_spreadsheet_says_the_same(sheet: OddSheet) -> None:
    assert isinstance(sheet.rows, list)
    text = "\n".join("\t".join(str(cell) for cell in row) for row in sheet.rows)
    profiles = (sheet.profile,) if sheet.mapped is not None else ()
    found = from_clipboard(None, text, profiles=profiles)
    assert [said(row) for row in found.rows] == list(sheet.said)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("odd_attendance.xls", "title rows and seven digits"),
        ("odd_merged_headings.xls", "merged title and merged headings over two rows"),
        ("odd_moments.xls", "days and clocks as the workbook keeps them"),
        ("odd_sheets.xls", "a cover sheet before the data"),
        ("odd_moments.ods", "moments as the workbook keeps them"),
    ],
)
def test_workbook_saved_by_an_office_program_in_an_old_form_says_the_same(
    file: str, name: str
) -> None:
    """LibreOffice wrote these of the sheets of that name (Excel 97, OpenDocument)."""
    (sheet,) = (one for one in ATTENDANCE if one.name == name)
    (found,) = read_file(file, (SAMPLES / file).read_bytes())
    assert [said(row) for row in found.rows] == list(sheet.said)
    assert found.refusals == ()
