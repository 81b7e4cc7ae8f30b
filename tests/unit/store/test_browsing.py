"""Lists of any length: which rows fit, in which order, and the rows of a window."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import event

from desktop.domain.evidence import EvidenceKind, LearningRow, RefusalReason
from desktop.domain.listing import Between, Blank, Condition, Holds, ListQuery, OneOf, Sort
from desktop.store import Store
from desktop.store.browse_tables import AUDIT, RECORDS
from desktop.store.errors import ReadingStoppedError
from tests.unit.store.making import STAFF, add_file, learning_row

LATER = datetime(2025, 4, 2, 19, 0, 0)
ROWS: tuple[tuple[LearningRow, str | None], ...] = (
    (learning_row(1, course_name="臺灣史", certified_hours=Decimal("2.0")), "A0012"),
    (learning_row(2, course_name="公務⼈員\n行政中立", certified_hours=Decimal("10")), "A0007"),
    (learning_row(3, course_name="數位%能力", start=LATER, certified_hours=None), "A0012"),
    (learning_row(4, course_name="資安", start=None, end=None), None),
)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing("匯入名冊") as writer:
        roster = add_file(
            writer,
            writer.add_batch("匯入名冊"),
            stored=3,
            content="名冊".encode(),
            kind=EvidenceKind.ROSTER,
        )
        writer.replace_roster(STAFF, roster)
    with store.writing("匯入") as writer:
        file_id = add_file(writer, writer.add_batch("匯入 1 個檔案"), stored=len(ROWS))
        writer.add_learning_rows(
            file_id,
            [
                (row, owner, None if owner else RefusalReason.PERSON_UNKNOWN, f"key {number}")
                for number, (row, owner) in enumerate(ROWS)
            ],
        )
    return store


def courses(store: Store, *conditions: Condition, sorts: tuple[Sort, ...] = ()) -> list[str]:
    with store.reading() as reader:
        numbers = reader.browse(RECORDS, ListQuery(conditions, sorts))
        rows = reader.browse_rows(RECORDS, numbers)
    return [rows[number]["course"] for number in numbers]


def test_every_row_is_listed_in_the_order_it_came_in_also_those_that_wait(filled: Store) -> None:
    assert courses(filled) == ["臺灣史", "公務⼈員行政中立", "數位%能力", "資安"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Condition("course", Holds("台灣")), ["臺灣史"]),
        (Condition("course", Holds("人員行政")), ["公務⼈員行政中立"]),
        (Condition("course", Holds("%")), ["數位%能力"]),
        (Condition("course", Holds("資安", is_whole=True)), ["資安"]),
        (Condition("course", Holds("資", is_whole=True)), []),
        (
            Condition("course", Holds("資"), is_negated=True),
            ["臺灣史", "公務⼈員行政中立", "數位%能力"],
        ),
        (Condition("hours", Between(2.0, 2.0, has_end=True)), ["臺灣史"]),
        (Condition("hours", Between(first=2.0)), ["臺灣史", "公務⼈員行政中立"]),
        (Condition("hours", Blank()), ["數位%能力"]),
        (
            Condition("hours", Blank(), is_negated=True),
            ["臺灣史", "公務⼈員行政中立", "資安"],
        ),
        (Condition("start", Between("2025-04-01", "2025-05-01")), ["數位%能力"]),
        (
            Condition("start", Between("2025-04-01", "2025-05-01"), is_negated=True),
            ["臺灣史", "公務⼈員行政中立", "資安"],
        ),
        (Condition("state", OneOf((RefusalReason.PERSON_UNKNOWN.value,))), ["資安"]),
        (Condition("state", OneOf(())), []),
        (Condition("name", Holds("李")), ["公務⼈員行政中立"]),
    ],
)
def test_condition_finds_these_courses(
    filled: Store, condition: Condition, found: list[str]
) -> None:
    assert courses(filled, condition) == found


def test_numbers_are_sorted_by_size_and_nothing_stands_last(filled: Store) -> None:
    by_hours = Sort("hours")
    assert courses(filled, sorts=(by_hours,)) == ["資安", "臺灣史", "公務⼈員行政中立", "數位%能力"]
    downwards = Sort("hours", is_descending=True)
    assert courses(filled, sorts=(downwards,)) == [
        "公務⼈員行政中立",
        "臺灣史",
        "資安",
        "數位%能力",
    ]


def test_second_key_decides_among_rows_alike(filled: Store) -> None:
    found = courses(filled, sorts=(Sort("employee_id"), Sort("start", is_descending=True)))
    assert found == ["公務⼈員行政中立", "數位%能力", "臺灣史", "資安"]


def test_rows_of_an_import_taken_back_are_not_listed(filled: Store) -> None:
    with filled.reading() as reader:
        latest = reader.batches()[0]
    with filled.writing("收回") as writer:
        writer.take_back_batch(latest.id)
    assert courses(filled) == []


def test_row_that_is_gone_is_left_out_of_a_window(filled: Store) -> None:
    with filled.reading() as reader:
        numbers = reader.browse(RECORDS, ListQuery())
        found = reader.browse_rows(RECORDS, [numbers[0], 9_999_999])
    assert list(found) == [numbers[0]]


def test_counts_hold_each_value_over_a_query_or_over_rows(filled: Store) -> None:
    with filled.reading() as reader:
        numbers = reader.browse(RECORDS, ListQuery())
        everything = reader.browse_counts(RECORDS, "hours", ListQuery())
        two = reader.browse_counts(RECORDS, "hours", numbers[:2])
        narrowed = reader.browse_counts(
            RECORDS, "hours", ListQuery((Condition("name", Holds("李")),))
        )
    assert everything == {"2.0": 1, "10": 1, None: 1, "1.0": 1}
    assert two == {"2.0": 1, "10": 1}
    assert narrowed == {"10": 1}


def test_reading_that_nobody_waits_for_stops(filled: Store, monkeypatch) -> None:
    monkeypatch.setattr("desktop.store.engine._STEPS_A_LOOK", 1)
    with filled.reading() as reader, pytest.raises(ReadingStoppedError):
        reader.browse(RECORDS, ListQuery(sorts=(Sort("course"),)), report=lambda count: False)
    assert len(courses(filled)) == 4


def test_trail_is_listed_newest_first_and_searched_in_its_details(filled: Store) -> None:
    with filled.writing("說明") as writer:
        writer.audit("說明理由", "A0012", {"why": "補證明", "before": {"小時": 1}})
    with filled.reading() as reader:
        numbers = reader.browse(AUDIT, ListQuery())
        why = reader.browse(AUDIT, ListQuery((Condition("why", Holds("證明")),)))
        row = reader.browse_rows(AUDIT, why)[why[0]]
    assert list(numbers) == sorted(numbers, reverse=True)
    assert len(why) == 1
    assert (row["act"], row["why"]) == ("說明理由", "補證明")


_OF_PEOPLE = ("employee_id", "name", "unit")


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize(
    ("column", "index"),
    [
        ("start", "ix_learning_row_began"),
        ("course", "ix_learning_row_course"),
        *((name, "COVERING INDEX ix_learning_row_person") for name in _OF_PEOPLE),
    ],
)
def test_usual_orders_are_those_of_an_index(
    filled: Store, column: str, index: str, is_descending: bool
) -> None:
    asked: list[tuple[str, object]] = []

    def note(connection: object, cursor: object, statement: str, values: object, *_: object):
        asked.append((statement, values))

    with filled.reading() as reader:
        event.listen(filled._engine, "before_cursor_execute", note)
        reader.browse(RECORDS, ListQuery(sorts=(Sort(column, is_descending),)))
        event.remove(filled._engine, "before_cursor_execute", note)
    statement, values = asked[-1]
    with closing(sqlite3.connect(filled.path)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    assert any(index in line[-1] for line in plan)
