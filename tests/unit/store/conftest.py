from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import Store
from tests.unit.store.making import Clock, office_path, open_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return office_path(tmp_path)


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store fresh from its migrations, to be copied: making one takes a tenth of a second."""
    path = tmp_path_factory.mktemp("new") / "new.sqlite"
    open_store(path).close()
    return path


@pytest.fixture
def store(path: Path, clock: Clock, new_store: Path) -> Iterator[Store]:
    path.parent.mkdir(parents=True)
    shutil.copyfile(new_store, path)
    opened = open_store(path, clock=clock)
    yield opened
    opened.close()
