"""The process dies in the middle of an act on the ledger: every line of it is there, or none."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.people import Person
from desktop.rules.ledger import PersonLedger
from desktop.store import Store
from tests.faults.using_ledger import POINTS
from tests.unit.store.ledgers import OWNER, a_grant, a_use

ROOT = Path(__file__).parents[2]


def opened(path: Path, journal: str) -> Store:
    return Store.open(
        path,
        actor="甲",
        clock=lambda: datetime(2025, 5, 2, 9),
        on_network=lambda _: journal == "delete",
        busy_seconds=2,
    )


@pytest.fixture
def path(tmp_path: Path, journal: str) -> Path:
    """A store with one grant of four hours, two of them used."""
    path = tmp_path / "公餘 資料.sqlite"
    store = opened(path, journal)
    with store.writing("名冊") as writer:
        writer.replace_roster([Person(OWNER, "王小明", "人事室")], None)
    with store.writing("登錄") as writer:
        granted = writer.add_to_ledger(a_grant())
        writer.add_to_ledger(a_use(granted.id))
    store.close()
    return path


@pytest.mark.parametrize("journal", ["wal", "delete"])
@pytest.mark.parametrize("point", POINTS)
def test_act_killed_halfway_is_whole_or_not_there(path: Path, point: str, journal: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.using_ledger", str(path), point, journal],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        assert process.stdout is not None
        arrived = process.stdout.readline().decode().strip()
        process.kill()
    assert arrived == point
    is_whole = point == "committed"
    store = opened(path, journal)
    assert store.verify() == ()
    with store.reading() as reader:
        ledger = PersonLedger(reader.ledger(OWNER))
    day = datetime(2025, 6, 1).date()
    assert (len(ledger.entries), ledger.balance_on(day)) == ((4, 4) if is_whole else (2, 2))
    # The next act goes on where the chain ends.
    with store.writing("登錄") as writer:
        line = writer.add_to_ledger(a_use(ledger.grants[0].id, hours=1))
    assert line.seq == len(ledger.entries) + 1
    assert store.verify() == ()
    store.close()
