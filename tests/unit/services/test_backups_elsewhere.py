"""Backups looked into and copied: the right one is told from the wrong one, a copy is whole."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.services.agency_editing import name_agency
from desktop.services.office import open_office
from desktop.services.overview import back_up_now
from desktop.services.safekeeping import backups, copy_backup, look_into_backup
from desktop.store import StoreUnreadableError

NOW = datetime(2025, 9, 1, 9)


@pytest.fixture
def office(tmp_path):
    office = open_office(tmp_path / "gongyu.db", actor="周雅雯", clock=lambda: NOW)
    name_agency(office, name="測試市政府", city="測試市")
    back_up_now(office)
    yield office
    office.close()


def test_backup_tells_its_last_act_and_counts(office):
    name_agency(office, name="後來的名稱", city="")
    found = look_into_backup(office, backups(office)[0].path)
    assert (found.people, found.imports, found.papers) == (0, 0, 0)
    assert (found.last_act, found.last_at) == ("修改機關名稱", NOW)


def test_looking_into_a_backup_changes_nothing_in_it(office):
    path = backups(office)[0].path
    before = path.read_bytes()
    look_into_backup(office, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no store at all" * 100])
def test_file_that_is_no_backup_is_refused(office, tmp_path, content):
    (tmp_path / "other.sqlite").write_bytes(content)
    with pytest.raises(StoreUnreadableError, match=r"other\.sqlite"):
        look_into_backup(office, tmp_path / "other.sqlite")


def test_copy_that_fails_leaves_the_older_file_and_no_remains(office, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "a.sqlite").write_bytes(b"older")
    with pytest.raises(FileNotFoundError):
        copy_backup(office, tmp_path / "missing.sqlite", folder / "a.sqlite")
    assert [path.name for path in folder.iterdir()] == ["a.sqlite"]
    assert (folder / "a.sqlite").read_bytes() == b"older"
    path = backups(office)[0].path
    copy_backup(office, path, folder / "a.sqlite")
    assert (folder / "a.sqlite").read_bytes() == path.read_bytes()
