"""What is doubtful in a row that was read from a picture, whatever the recogniser thought of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.provenance import PageBox, SourcePlace
from desktop.importers.document import CellReading
from desktop.importers.doubts import relied_on, with_doubts
from desktop.importers.headings import Column
from desktop.importers.learning_kinds import EplusRecords, PortalHours
from desktop.importers.tabulation import DataRow

SURE = CellReading(1, PageBox(0.1, 0.1, 0.2, 0.2), 0.99, is_sure=True)
UNSURE = CellReading(1, PageBox(0.1, 0.1, 0.2, 0.2), 0.4, is_sure=False)
GOOD = {
    Column.COURSE: "雙軸轉型淨零港都\n(PCENTER114100556)",
    Column.PERIOD: "2025-01-04 08:00:00~\n2025-01-04 09:10:05",
    Column.READING: "00:51:32",
    Column.PASSED: "已通過",
    Column.CERTIFIED: "1.0",
    Column.UPLOAD_TIME: "2025-01-05 12:00:00",
}


def eplus(unsure: tuple[Column, ...] = (), **changes: str) -> tuple[str, ...]:
    cells = {**GOOD, **{Column[name]: text for name, text in changes.items()}}
    row = DataRow(
        {column: text for column, text in cells.items() if text},
        {column.value: text for column, text in cells.items()},
        SourcePlace("0" * 64, "a.png", 1, 1),
        readings={column: (UNSURE if column in unsure else SURE,) for column in cells},
    )
    told = relied_on(row)
    read = EplusRecords().read_row(told.row, columns=frozenset(cells))
    return with_doubts(read, told).doubtful_fields


CASES: dict[str, tuple[dict[str, str], set[str]]] = {
    "nothing odd": ({}, set()),
    "blank lost between date and time": (
        {"PERIOD": "2025-01-0408:00:00~\n2025-01-0409:10:05"}, set(),
    ),
    "tilde read as a dash": ({"PERIOD": "2025-01-04 08:00:00-\n2025-01-04 09:10:05"}, set()),
    "column too narrow for a date": (
        {"PERIOD": "2025-01-04 08:00:00~ 2025-\n01-04 09:10:05"}, set(),
    ),
    "dash lost where the line breaks": (
        {"PERIOD": "2025-01-04 08:00:00~ 2025-01\n04 09:10:05"}, set(),
    ),
    "dash lost inside a line": (
        {"PERIOD": "2025-01-04 08:00:00~\n2025-01 04 09:10:05"}, {"start", "end"},
    ),
    "digit lost where the line breaks": (
        {"PERIOD": "2025-01-04 08:00:00~ 2025-01\n4 09:10:05"}, {"start", "end"},
    ),
    "no end though passed": ({"PERIOD": "2025-01-04 08:00:00~"}, {"end"}),
    "no end, not passed": (
        {"PERIOD": "2025-01-04 08:00:00~", "PASSED": "未通過", "UPLOAD_TIME": ""}, set(),
    ),
    "no period at all": ({"PERIOD": ""}, {"start", "end"}),
    "a letter among the digits": (
        {"PERIOD": "2025-01-04 O8:00:00~\n2025-01-04 09:10:05"}, {"start", "end"},
    ),
    "a digit lost": ({"PERIOD": "2025-01-04 8:00:00~\n2025-01-04 09:10:05"}, {"start", "end"}),
    "a moment too many": (
        {"PERIOD": "2025-01-04 08:00:00~2025-01-04 09:10:05~2025-01-04 09:10:05"},
        {"start", "end"},
    ),
    "a month that is none": (
        {"PERIOD": "2025-13-04 08:00:00~\n2025-01-04 09:10:05"},
        {"start", "end", "completed_on"},
    ),
    "end before start": (
        {"PERIOD": "2025-01-04 08:00:00~\n2025-01-04 07:10:05"}, {"start", "end"},
    ),
    "six months between": (
        {"PERIOD": "2025-01-04 08:00:00~\n2025-07-04 09:10:05", "UPLOAD_TIME": "2025-07-05 12:00:00"},
        {"start", "end"},
    ),
    "three days between, hardly a doubt": (
        {"PERIOD": "2025-01-02 20:00:00~\n2025-01-04 21:10:05"}, set(),
    ),
    "read longer than it lasted": (
        {"READING": "01:51:32"}, {"start", "end", "reading_time"},
    ),
    "uploaded before the end": ({"UPLOAD_TIME": "2025-01-03 12:00:00"}, {"start", "end"}),
    "reading without its seconds": ({"READING": "00:51"}, {"reading_time"}),
    "no reading": ({"READING": ""}, {"reading_time"}),
    "ten hours for fifty minutes": ({"CERTIFIED": "10"}, {"certified_hours", "reading_time"}),
    "hours that are none": ({"CERTIFIED": "l.0"}, {"certified_hours"}),
    "no hours": ({"CERTIFIED": ""}, {"certified_hours"}),
    "a state that is none": ({"PASSED": "已通通"}, {"pass_status"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_row_of_a_picture_what_contradicts_itself_is_doubtful(name: str) -> None:
    changes, doubtful = CASES[name]
    assert set(eplus(**changes)) == doubtful


def test_several_days_between_are_doubtful_unless_hardly_a_digit_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    period = "2025-01-02 20:00:00~\n2025-01-04 21:10:05"
    monkeypatch.setitem(globals(), "SURE", replace(SURE, certainty=0.9))
    assert set(eplus(PERIOD=period)) == {"start", "end"}
    assert set(eplus()) == set()


@pytest.mark.parametrize(
    ("column", "fields"),
    [
        (Column.COURSE, {"course_name"}),
        (Column.PERIOD, {"start", "end"}),
        (Column.READING, {"reading_time"}),
        (Column.PASSED, {"pass_status"}),
        (Column.CERTIFIED, {"certified_hours"}),
        (Column.UPLOAD_TIME, set()),
    ],
)
def test_cell_that_was_not_read_surely_its_fields_are_doubtful(
    column: Column, fields: set[str]
) -> None:
    assert set(eplus(unsure=(column,))) == fields


@pytest.mark.parametrize(
    ("period", "day", "doubtful"),
    [
        ("起:1140101\n迄:1141231\n登:1140423", "2025-04-23", set()),
        ("起:1140101迄:1141231登1140423", "2025-04-23", set()),
        ("起:1140101\n迄:1141231\n登:114042", None, {"completed_on"}),
        ("起:1140101\n迄:1141231\n登:11404231", None, {"completed_on"}),
        ("起:1140101\n迄:1141231", None, {"completed_on"}),
        ("起:1140101\n迄:1141231\n登:1141323", None, {"completed_on", "start", "end"}),
    ],
)
def test_portal_row_only_a_whole_day_of_registration_counts(
    period: str, day: str | None, doubtful: set[str]
) -> None:
    cells = {
        Column.COURSE: "自我成長及情緒照顧",
        Column.PROVIDER: "公務人力發展學院",
        Column.PERIOD: period,
        Column.HOURS: "3小時",
    }
    place = SourcePlace("0" * 64, "a.png", 1, 1)
    row = DataRow(cells, {}, place, readings=dict.fromkeys(cells, (SURE,)))
    told = relied_on(row)
    read = with_doubts(PortalHours().read_row(told.row, columns=frozenset(cells)), told)
    assert (read.completed_on and read.completed_on.isoformat()) == day
    assert set(read.doubtful_fields) == doubtful


@pytest.mark.parametrize(("reading", "score"), [(SURE, 100), (UNSURE, None)])
def test_fact_that_was_not_read_surely_is_unknown(reading: CellReading, score: int | None) -> None:
    cells = {**GOOD, Column.TEST: "100"}
    readings = {**dict.fromkeys(cells, (SURE,)), Column.TEST: (reading,)}
    row = DataRow(cells, {}, SourcePlace("0" * 64, "a.png", 1, 1), readings=readings)
    told = relied_on(row)
    read = with_doubts(EplusRecords().read_row(told.row, columns=frozenset(cells)), told)
    assert read.score == score
    assert read.doubtful_fields == ()


def test_certainty_and_place_of_each_field_are_kept() -> None:
    place = SourcePlace("0" * 64, "a.png", 1, 1)
    row = DataRow(dict(GOOD), {}, place, readings={Column.PERIOD: (UNSURE, SURE)})
    told = relied_on(row)
    read = with_doubts(EplusRecords().read_row(told.row, columns=frozenset(GOOD)), told)
    found = [(part.field, part.certainty) for part in read.place.fields]
    assert found == [("start", 0.4), ("start", 0.99), ("end", 0.4), ("end", 0.99)]
