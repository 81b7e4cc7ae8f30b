"""The process dies in the middle of an import: the store is as it was, or whole."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.people import Person
from desktop.store import Store
from tests.faults.importing_store import POINTS, ROWS

ROOT = Path(__file__).parents[2]
JOURNALS = ("wal", "delete")


def opened(path: Path, journal: str) -> Store:
    return Store.open(
        path,
        actor="甲",
        clock=lambda: datetime(2025, 5, 2, 9),
        on_network=lambda _: journal == "delete",
        busy_seconds=2,
    )


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            for (name,) in names.fetchall()
        }


def kill_at(point: str, path: Path, journal: str) -> None:
    """Start an import in a process of its own and kill it when it has come to ``point``."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.importing_store", str(path), point, journal],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        assert process.stdout is not None
        arrived = process.stdout.readline().decode().strip()
        process.kill()
    assert arrived == point


@pytest.fixture
def path(tmp_path: Path, journal: str) -> Path:
    path = tmp_path / "人事室 資料" / "公餘 資料.sqlite"
    store = opened(path, journal)
    with store.writing("名冊") as writer:
        writer.replace_roster([Person("A0012", "王小明", "人事室")], None)
    store.close()
    return path


@pytest.mark.parametrize("journal", JOURNALS)
@pytest.mark.parametrize("point", POINTS[:-1])
def test_import_killed_halfway_leaves_the_store_as_it_was(
    path: Path, point: str, journal: str
) -> None:
    before = contents(path)
    kill_at(point, path, journal)
    # Something did reach the disk, or the test would prove nothing about recovery.
    left = [file.name for file in path.parent.iterdir() if file.stat().st_size > 1_000_000]
    assert point == "begun" or left
    store = opened(path, journal)
    assert store.verify() == ()
    assert contents(path) == before
    # No lock was left behind, and the next number is the first.
    with store.writing("列印") as writer:
        assert writer.people() == (Person("A0012", "王小明", "人事室"),)
        number = writer.next_number("kaohsiung-114", "KH", 114)
        writer.add_document(
            number=number,
            plan_id="kaohsiung-114",
            kind="A",
            employee_id="A0012",
            set_id="set-1",
            content_digest="a" * 64,
            frozen=b"%PDF",
        )
    assert number == "KH-114-000001"
    assert store.verify() == ()
    store.close()


@pytest.mark.parametrize("journal", JOURNALS)
def test_import_killed_right_after_its_commit_is_whole(path: Path, journal: str) -> None:
    kill_at("committed", path, journal)
    store = opened(path, journal)
    assert store.verify() == ()
    with store.reading() as reader:
        assert len(reader.learning_rows()) == ROWS
        assert [person.unit for person in reader.people()] == ["主計室"]
        (document,) = reader.documents("kaohsiung-114")
        assert (document.number, document.prints) == ("KH-114-000001", 1)
        assert reader.audit_entries(1)[0].actor == "乙"
    store.close()


@pytest.mark.parametrize("journal", ["wal"])
def test_backup_and_restore_after_a_kill_hold_what_was_there(path: Path, journal: str) -> None:
    before = contents(path)
    kill_at("last line", path, journal)
    store = opened(path, journal)
    made = store.backup("當機後")
    store.close()
    assert contents(made) == before
