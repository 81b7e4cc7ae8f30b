from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from desktop.store import (
    BackupFailedError,
    Store,
    StoreBusyError,
    StoreNewerError,
    StoreUnreadableError,
    backup,
    restore_backup,
)
from desktop.store.format import FORMAT_NUMBER
from tests.unit.store.making import STAFF, Clock, fill, open_store, tables


def test_backup_holds_what_the_log_still_holds(store: Store, path: Path) -> None:
    fill(store)
    made = store.backup("匯入前")
    assert made.parent == path.parent / "備份"
    assert tables(made) == tables(path)
    (info,) = store.backups()
    assert (info.path, info.reason, info.made_at) == (
        made,
        "匯入前",
        datetime(2025, 5, 2, 14, 5, 9),
    )
    assert info.size == made.stat().st_size
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    # One file, nothing beside it that could be forgotten.
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_backup_is_made_while_somebody_writes(store: Store, path: Path) -> None:
    fill(store)
    other = open_store(path)
    before = tables(path)
    with other.writing("匯入") as writer:
        writer.set_agency("x = 1")
        made = store.backup("匯入前")
    other.close()
    assert tables(made) == before


def test_backups_of_one_second_stand_beside_each_other_the_latest_first(store: Store) -> None:
    made = [store.backup("匯入前") for _ in range(3)]
    assert len(set(made)) == 3
    assert [info.path for info in store.backups()] == made[::-1]


def test_reason_with_signs_no_name_can_hold_still_gives_a_name(store: Store) -> None:
    made = store.backup('升級: a/b\\c_d "x"?.')
    assert made.exists()
    assert [info.reason for info in store.backups()] == ["升級 abcd x"]


def test_backup_goes_where_it_is_told(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "另一個 磁碟"
    store = Store.open(path, actor="陳", clock=Clock(), backups=folder)
    assert store.backup("手動").parent == folder
    store.close()


def test_rotation_keeps_the_latest_twenty_and_the_last_of_each_month(
    store: Store, clock: Clock
) -> None:
    for month in (1, 2, 3):
        for day in range(1, 13):
            clock.moment = datetime(2025, month, day, 9)
            store.backup("匯入前")
    kept = [(info.made_at.month, info.made_at.day) for info in store.backups()]
    assert kept == [
        *((3, day) for day in range(12, 0, -1)),
        *((2, day) for day in range(12, 4, -1)),
        (1, 12),
    ]


def test_files_of_others_in_the_folder_are_left_alone(store: Store, path: Path) -> None:
    folder = path.parent / "備份"
    folder.mkdir()
    (folder / "筆記.txt").write_text("別刪我", encoding="utf-8")
    (folder / "公餘備份_手動複製.sqlite").write_bytes(b"x")
    for _ in range(25):
        store.backup("匯入前")
    assert len(store.backups()) == 20
    assert (folder / "筆記.txt").exists()
    assert (folder / "公餘備份_手動複製.sqlite").exists()


def test_backup_that_cannot_be_written_leaves_everything_as_it_was(
    store: Store, path: Path
) -> None:
    fill(store)
    before = tables(path)
    (path.parent / "備份").write_text("這是檔案，不是資料夾", encoding="utf-8")
    with pytest.raises(BackupFailedError, match=r"備份到.*失敗.*沒有更動"):
        store.backup("匯入前")
    assert tables(path) == before


def test_unsound_store_gives_no_backup_and_older_ones_stay(store: Store, path: Path) -> None:
    fill(store)
    sound = store.backup("匯入前")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    with pytest.raises(BackupFailedError):
        store.backup("匯入前")
    assert [file.name for file in sound.parent.iterdir()] == [sound.name]


# ------------------------------------------------------------------------------------------ restore
def test_restored_store_is_the_backup_and_the_old_one_is_kept_aside(
    store: Store, path: Path, clock: Clock
) -> None:
    fill(store)
    made = store.backup("匯入前")
    then = tables(path)
    with store.writing("名冊") as writer:
        writer.replace_roster(STAFF[:1], None)
    now = tables(path)
    store.close()
    aside = restore_backup(made, path, clock=clock)
    assert aside is not None
    assert aside.name == "公餘 資料_還原前_20250502-140509.sqlite"
    assert tables(aside) == now
    assert tables(path) == then
    again = open_store(path)
    assert again.verify() == ()
    again.close()
    second = restore_backup(made, path, clock=clock)
    assert second is not None
    assert second.name == "公餘 資料_還原前_20250502-140509-2.sqlite"
    assert tables(made) == then


def test_backup_is_restored_where_nothing_is(store: Store, tmp_path: Path, clock: Clock) -> None:
    fill(store)
    made = store.backup("匯入前")
    target = tmp_path / "新電腦" / "公餘.sqlite"
    assert restore_backup(made, target, clock=clock) is None
    assert tables(target) == tables(made)


def test_backup_is_restored_over_a_damaged_store_and_its_log(
    store: Store, path: Path, clock: Clock
) -> None:
    fill(store)
    made = store.backup("匯入前")
    store.close()
    path.write_bytes(b"garbage" * 1000)
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"old log")
    aside = restore_backup(made, path, clock=clock)
    assert aside is not None
    assert aside.read_bytes() == b"garbage" * 1000
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"old log"
    assert not log.exists()
    assert tables(path) == tables(made)


def damaged(made: Path) -> type[Exception]:
    content = made.read_bytes()
    made.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    return StoreUnreadableError


def emptied(made: Path) -> type[Exception]:
    made.write_bytes(b"")
    return StoreUnreadableError


def newer(made: Path) -> type[Exception]:
    with closing(sqlite3.connect(made)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT_NUMBER + 1}")
    return StoreNewerError


@pytest.mark.parametrize("spoil", [damaged, emptied, newer])
def test_bad_backup_replaces_nothing(store: Store, path: Path, clock: Clock, spoil: object) -> None:
    fill(store)
    made = store.backup("匯入前")
    store.close()
    before = tables(path)
    assert callable(spoil)
    error = spoil(made)
    with pytest.raises(error):
        restore_backup(made, path, clock=clock)
    assert tables(path) == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["備份", path.name]


def test_nothing_is_restored_under_a_program_that_has_the_store_open(
    store: Store, path: Path, clock: Clock
) -> None:
    fill(store)
    made = store.backup("匯入前")
    with (
        store.reading() as reader,
        pytest.raises(StoreBusyError, match="另一個程式"),
    ):
        restore_backup(made, path, clock=clock, busy_seconds=0.1)
    with store.reading() as reader:
        assert reader.people() == STAFF
    assert sorted(file.name for file in path.parent.iterdir() if file.is_dir()) == ["備份"]


# ---------------------------------------------------------------------------------------- migrating
def test_old_store_is_backed_up_before_it_is_migrated(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    store.close()
    before = tables(path)
    monkeypatch.setattr("desktop.store.store.needs_migration", lambda _: True)
    monkeypatch.setattr("desktop.store.migrating.migrate", lambda connection: None)
    again = open_store(path)
    (info,) = again.backups()
    with again.reading() as reader:
        assert reader.audit_entries(1)[0].act == "升級資料檔"
    again.close()
    assert info.reason == "升級前"
    assert tables(info.path) == before


def test_migration_that_fails_leaves_the_store_as_it_was(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    store.close()
    before = tables(path)

    def broken(connection: object) -> None:
        connection.exec_driver_sql("DROP TABLE punch")  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE person SET name = ''")  # type: ignore[attr-defined]
        raise RuntimeError("半途")

    monkeypatch.setattr("desktop.store.store.needs_migration", lambda _: True)
    monkeypatch.setattr("desktop.store.migrating.migrate", broken)
    with pytest.raises(RuntimeError, match="半途"):
        open_store(path)
    assert tables(path) == before


def test_partial_copy_of_a_killed_backup_is_no_backup_and_goes_after_a_day(
    store: Store, path: Path, clock: Clock
) -> None:
    folder = path.parent / "備份"
    folder.mkdir()
    partial = folder / "未完成備份_1-1.sqlite"
    partial.write_bytes(b"half")
    assert store.backups() == ()
    clock.moment = datetime.fromtimestamp(partial.stat().st_mtime)
    store.backup("匯入前")
    assert partial.exists()
    clock.move(days=2)
    store.backup("匯入前")
    assert not partial.exists()
    assert len(store.backups()) == 2


def test_folder_that_is_not_there_holds_no_backups(tmp_path: Path) -> None:
    assert backup.list_backups(tmp_path / "none") == ()
