from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LOSE_REFERENCES = """
import ctypes, sys
from desktop.qt.immortals import keep_singletons

keep_singletons()
lose = ctypes.pythonapi.Py_DecRef
lose.argtypes, lose.restype = [ctypes.py_object], None
thing = {"None": None, "True": True, "False": False}[sys.argv[1]]
for _ in range(300_000):
    lose(thing)
print("alive")
"""


@pytest.mark.parametrize("thing", ["None", "True", "False"])
def test_singleton_outlives_any_number_of_lost_references(thing: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOSE_REFERENCES, thing],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "alive\n"), ended.stderr
