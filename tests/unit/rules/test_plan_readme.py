"""The vocabulary of plan files as resources/plans/README.md tells it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from desktop.rules.plan_loading import parse_plan
from desktop.rules.toml_table import TableReader
from tests.unit.rules.offices import CASES, SHIPPED_PLANS

_CODE = re.compile(r"`([^`]+)`")
_WORD = re.compile(r"[a-z_]{2,}")
# Their keys are reason codes.
_FREE_KEYS = {("clauses",), ("severity",)}


@cache
def _readme() -> str:
    return (SHIPPED_PLANS / "README.md").read_text(encoding="utf-8")


def _words(cells: list[str]) -> set[str]:
    return {word for cell in cells for code in _CODE.findall(cell) for word in _WORD.findall(code)}


def _first_cells() -> list[str]:
    rows = [line.split("|")[1] for line in _readme().splitlines() if line.startswith("|")]
    return [cell for cell in rows if not cell.strip().startswith(("key", "---"))]


@pytest.fixture
def keys_read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every key that the loader asks for while all plans at hand are read."""
    asked: set[str] = set()
    take = TableReader._take

    def noting(table: TableReader, key: str, *, needed: bool) -> Any:
        if table.path not in _FREE_KEYS:
            asked.add(key)
        return take(table, key, needed=needed)

    monkeypatch.setattr(TableReader, "_take", noting)
    for folder in (SHIPPED_PLANS, CASES / "plans"):
        for path in folder.glob("*.toml"):
            parse_plan(path.read_text(encoding="utf-8"), name=path.name)
    return asked


def test_every_key_that_the_loader_reads_is_told(keys_read: set[str]) -> None:
    assert keys_read - _words([_readme()]) == set()


def test_every_key_that_is_told_is_read(keys_read: set[str]) -> None:
    told = _words(_first_cells())
    assert {"at_least_percent", "recipient", "registered_as"} <= told
    assert told - keys_read == set()
