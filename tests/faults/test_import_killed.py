"""Killing the program during an import leaves the store as it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from desktop.services.importing import read_batch, store_batch
from desktop.services.office import open_office

CHILD = Path(__file__).with_name("importing_office.py")
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "samples" / "kaohsiung-114" / "input"


def clock() -> datetime:
    return datetime(2025, 9, 1, 8)


@pytest.mark.parametrize("step", ["備份", "存入"])
def test_killed_import_leaves_the_store_as_it_was(step: str, tmp_path: Path) -> None:
    path = tmp_path / "公所 資料" / "gongyu.db"
    office = open_office(path, actor="甲", clock=clock)
    store_batch(office, read_batch(office, [SAMPLE / "punches.csv"]))
    with office.store.reading() as reader:
        before = reader.counts()
    office.store.close()

    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(path), step],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PATH": ""},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert child.stdout is not None
    reached = child.stdout.readline()
    child.kill()
    child.wait()
    child.stdout.close()
    assert reached.startswith(step)

    again = open_office(path, actor="甲", clock=clock)
    assert again.store.verify() == ()
    with again.store.reading() as reader:
        assert reader.counts() == before
    outcome = store_batch(again, read_batch(again, [SAMPLE / "roster.xlsx"]))
    assert outcome.rows_stored == 12
    again.store.close()
