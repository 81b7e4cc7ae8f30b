from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.services.office import Office, open_office
from desktop.services.sample_office import fill_with_sample


class Clock:
    """A clock that goes on a second each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2025, 9, 1, 9)

    def __call__(self) -> datetime:
        second = self.now.second + 1
        self.now = self.now.replace(
            minute=(self.now.minute + second // 60) % 60, second=second % 60
        )
        return self.now


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty office."""
    made = open_office(tmp_path / "gongyu.db", actor="周雅雯", clock=Clock())
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office's store, filled once for all tests."""
    path = tmp_path_factory.mktemp("sample") / "gongyu.db"
    made = open_office(path, actor="周雅雯", clock=Clock())
    fill_with_sample(made)
    copy = path.with_name("copy.db")
    shutil.copyfile(made.store.backup("範本"), copy)
    made.store.close()
    return copy


@pytest.fixture
def sample(sample_store: Path, tmp_path: Path) -> Iterator[Office]:
    """The sample office."""
    path = tmp_path / "sample.db"
    shutil.copyfile(sample_store, path)
    clock = Clock()
    clock.now = datetime(2025, 9, 2, 9)
    made = open_office(path, actor="周雅雯", clock=clock)
    yield made
    made.store.close()
