"""Full disks, read-only folders, failing drives: a sentence, and nothing half-stored."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from desktop.store import (
    BackupFailedError,
    Store,
    StoreBusyError,
    StoreFaultError,
    StoreUnreadableError,
    backup,
)
from desktop.store.errors import faults_explained
from desktop.store.locks import locked


def opened(path: Path) -> Store:
    return Store.open(path, actor="甲", clock=lambda: datetime(2025, 5, 2, 9), busy_seconds=0.2)


def test_full_disk_has_a_sentence_and_nothing_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "公餘 資料.sqlite"
    store = opened(path)
    with store.writing("機關設定") as writer:
        writer.set_agency("first = 1")

    def large_import() -> None:
        with store.writing("匯入") as writer:
            # SQLite's own limit stands for the disk's end: the same error, at the same place.
            writer._connection.exec_driver_sql("PRAGMA max_page_count = 1")
            writer.set_agency("second = 1 # " + "x" * 4_000_000)

    with pytest.raises(StoreFaultError, match=r"空間不足.*沒有存入任何資料.*清出空間"):
        large_import()
    store.close()
    again = opened(path)
    with again.reading() as reader:
        assert reader.agency_text()[0] == "first = 1"
    assert again.verify() == ()
    again.close()


def test_folder_that_cannot_be_made_has_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "檔案").write_text("x", encoding="utf-8")
    with pytest.raises(StoreFaultError, match="無法建立資料夾"):
        opened(tmp_path / "檔案" / "公餘.sqlite")


def test_folder_in_place_of_the_file_has_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "公餘.sqlite"
    path.mkdir()
    with pytest.raises(StoreFaultError, match="無法開啟"):
        opened(path)


# What SQLite says and what a clerk reads; the codes are those of sqlite3.h.
CODES = [
    (sqlite3.SQLITE_CORRUPT, StoreUnreadableError, "損壞"),
    (sqlite3.SQLITE_NOTADB, StoreUnreadableError, "損壞"),
    (sqlite3.SQLITE_BUSY, StoreBusyError, "另一個程式"),
    (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusyError, "另一個程式"),
    (sqlite3.SQLITE_LOCKED, StoreBusyError, "另一個程式"),
    (sqlite3.SQLITE_FULL, StoreFaultError, "空間不足"),
    (sqlite3.SQLITE_READONLY, StoreFaultError, "唯讀"),
    (sqlite3.SQLITE_READONLY_DBMOVED, StoreFaultError, "唯讀"),
    (sqlite3.SQLITE_PERM, StoreFaultError, "唯讀"),
    (sqlite3.SQLITE_CANTOPEN, StoreFaultError, "無法開啟"),
    (sqlite3.SQLITE_IOERR_WRITE, StoreFaultError, "磁碟發生錯誤"),
    (sqlite3.SQLITE_IOERR_FSYNC, StoreFaultError, "磁碟發生錯誤"),
]


@pytest.mark.parametrize(("code", "kind", "words"), CODES)
def test_fault_of_the_environment_has_a_sentence_that_names_the_file(
    code: int, kind: type[Exception], words: str
) -> None:
    fault = sqlite3.OperationalError("disk trouble")
    fault.sqlite_errorcode = code
    with pytest.raises(kind, match=words) as caught, faults_explained(Path("人事/公餘.sqlite")):
        raise fault
    assert "公餘.sqlite" in str(caught.value)
    assert caught.value.__cause__ is fault


def test_fault_of_the_program_passes_unchanged() -> None:
    fault = sqlite3.IntegrityError("CHECK constraint failed")
    fault.sqlite_errorcode = sqlite3.SQLITE_CONSTRAINT_CHECK
    with pytest.raises(sqlite3.IntegrityError) as caught, faults_explained(Path("x")):
        raise fault
    assert caught.value is fault


def test_page_spoiled_while_the_store_is_open_has_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "公餘.sqlite"
    store = opened(path)
    with store.writing("機關設定") as writer:
        writer.set_agency("first = 1")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    store.close()

    def look() -> None:
        with store.reading() as reader:
            reader.agency_text()
            reader.people()
            reader.batches()

    with pytest.raises(StoreUnreadableError, match=r"損壞.*備份還原"):
        look()
    store.close()


def test_restore_onto_a_full_disk_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "公餘.sqlite"
    store = opened(path)
    made = store.backup("手動")
    with store.writing("機關設定") as writer:
        writer.set_agency("later = 1")
    store.close()

    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup.shutil, "copy2", full)
    with pytest.raises(BackupFailedError, match=r"還原到.*失敗，現有資料沒有更動"):
        backup.restore_backup(made, path, clock=lambda: datetime(2025, 5, 2, 10))
    monkeypatch.undo()
    again = opened(path)
    with again.reading() as reader:
        assert reader.agency_text()[0] == "later = 1"
    again.close()
    assert not list(tmp_path.glob("*還原中*"))


def test_lock_file_is_held_by_one_at_a_time_and_let_go(tmp_path: Path) -> None:
    lock = tmp_path / "公餘.sqlite.lock"
    with (
        locked(lock, wait_seconds=0),
        pytest.raises(StoreBusyError, match=r"另一台電腦.*再試一次"),
        locked(lock, wait_seconds=0.1),
    ):
        pass
    with locked(lock, wait_seconds=0):
        assert lock.exists()


def test_lock_file_that_cannot_be_made_has_a_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreFaultError, match="無法建立鎖定檔"),
        locked(tmp_path / "none" / "公餘.sqlite.lock", wait_seconds=0),
    ):
        pass
