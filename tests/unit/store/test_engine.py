from __future__ import annotations

import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop.store import Store, StoreFaultError
from desktop.store.engine import bulk_insert, set_journal
from desktop.store.identifiers import time_ordered_id
from desktop.store.tables import person


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("synchronous", 2), ("foreign_keys", 1), ("recursive_triggers", 1), ("trusted_schema", 0)],
)
def test_every_connection_is_as_careful_as_the_store_promises(
    store: Store, pragma: str, value: int
) -> None:
    # Three at once are three connections of the pool.
    with store.reading() as one, store.reading() as two, store.reading() as three:
        found = [
            reader._connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for reader in (one, two, three)
        ]
    assert found == [value, value, value]


def test_journal_that_cannot_be_set_refuses_the_file() -> None:
    # A database in memory knows no log: it stands for a drive that allows none.
    with pytest.raises(StoreFaultError, match="不支援安全的寫入方式（wal）"):
        set_journal(Path(":memory:"), is_network=False)


def test_column_that_is_not_there_is_a_fault_of_the_program(store: Store) -> None:
    with (
        pytest.raises(ValueError, match=r"person has no \['nmae'\]"),
        store.writing("名冊") as writer,
    ):
        bulk_insert(writer._connection, person, ("employee_id", "nmae"), [("A1", "x")])


def test_identifiers_sort_by_time_and_are_never_the_same() -> None:
    start = datetime(2025, 5, 2, 14, 5, 9)
    ids = [time_ordered_id(start + timedelta(milliseconds=step)) for step in range(500)]
    assert ids == sorted(ids)
    same_moment = {time_ordered_id(start) for _ in range(500)}
    assert len(same_moment) == 500


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2025, 5, 2, 14, 5, 9, 123456),
        datetime(2025, 5, 2, 14, 5, 9, tzinfo=timezone(timedelta(hours=8))),
        datetime(1912, 1, 1),
    ],
)
def test_identifier_is_a_uuid_of_version_seven(moment: datetime) -> None:
    made = uuid.UUID(time_ordered_id(moment))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_identifier_begins_with_the_milliseconds_since_1970() -> None:
    made = time_ordered_id(datetime(1970, 1, 1, 0, 0, 1, 500_000))
    assert made.replace("-", "")[:12] == f"{1500:012x}"
