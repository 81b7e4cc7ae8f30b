"""Backups by SQLite's own call, checked before an older one is given up.

Never by copying the file: what the write-ahead log holds is not in it.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from desktop.store.codes import to_moment
from desktop.store.engine import BUSY_SECONDS
from desktop.store.errors import (
    BackupFailedError,
    StoreBusyError,
    StoreError,
    StoreUnreadableError,
    faults_explained,
)
from desktop.store.format import check_readable
from desktop.store.values import BackupContents, BackupInfo

KEPT_LATEST = 20
_SUFFIX = ".sqlite"
_PARTIAL = "未完成備份_"
_SURELY_ABANDONED = timedelta(days=1)
_STAMP = "%Y%m%d-%H%M%S"
# 公餘備份_20261121-083000_匯入前.sqlite; of two in one second the later one gets a number.
_NAME = re.compile(r"公餘備份_(?P<stamp>\d{8}-\d{6})(?:-(?P<nth>\d+))?_(?P<reason>[^_]*)\.sqlite")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|_\x00-\x1f]')
_COMPANIONS = ("", "-wal", "-shm", "-journal")


def make_backup(store: Path, *, folder: Path, reason: str, now: datetime) -> Path:
    """Copy a store into ``folder``, check the copy, then give up the oldest ones.

    Args:
        store: The live file; others may read and write meanwhile.
        folder: Where backups lie; made when missing.
        reason: Why, in a word or two, for the name (``匯入前``).
        now: The time for the name.

    Raises:
        BackupFailedError: When the copy could not be made or is not sound; older ones are kept.
    """
    partial = folder / f"{_PARTIAL}{os.getpid()}-{threading.get_ident()}{_SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(store, partial)
        target = _free_name(folder, reason=reason, now=now)
        os.replace(partial, target)
    except (OSError, sqlite3.Error, StoreError) as error:
        _discard(partial)
        raise BackupFailedError(
            f"備份到「{folder}」失敗，原資料與先前的備份都沒有更動；"
            f"請確認磁碟空間與寫入權限後再試一次（{error}）。"
        ) from error
    _rotate(folder, now=now)
    return target


def list_backups(folder: Path) -> tuple[BackupInfo, ...]:
    """The backups in a folder, the latest first."""
    if not folder.is_dir():
        return ()
    found = []
    for path in folder.iterdir():
        match = _NAME.fullmatch(path.name)
        if match is not None:
            made_at = datetime.strptime(match["stamp"], _STAMP)
            info = BackupInfo(path, made_at, match["reason"], path.stat().st_size)
            found.append((made_at, int(match["nth"] or 1), info))
    found.sort(key=lambda item: item[:2], reverse=True)
    return tuple(info for _, _, info in found)


def describe_backup(path: Path) -> BackupContents:
    """What a backup holds, read without changing it.

    Args:
        path: The backup; also one of an older format.

    Raises:
        StoreUnreadableError: When it is missing, damaged or no store.
        StoreNewerError: When a newer program made it.
    """
    if not check_readable(path):
        raise StoreUnreadableError(f"備份檔「{path}」不存在或是空的；請選別的備份。")
    with faults_explained(path):
        reading = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            counts = [
                int(reading.execute(query).fetchone()[0])
                for query in (
                    "SELECT count(*) FROM person",
                    "SELECT count(*) FROM batch WHERE taken_back_at IS NULL",
                    "SELECT count(*) FROM issued_document",
                )
            ]
            last = reading.execute("SELECT act, at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        finally:
            reading.close()
    act, moment = (str(last[0]), to_moment(str(last[1]))) if last is not None else ("", None)
    return BackupContents(path, counts[0], counts[1], counts[2], act, moment)


def restore_backup(
    backup: Path,
    target: Path,
    *,
    clock: Callable[[], datetime],
    busy_seconds: float = BUSY_SECONDS,
) -> Path | None:
    """Put a backup in the place of the live store, which must be closed.

    The backup is checked before anything is replaced; the old store is kept aside, with what its
    log still held.

    Args:
        backup: What to restore.
        target: The live file; may be missing or damaged.
        clock: For the name of the old one.
        busy_seconds: How long to wait for a program that has the old one open.

    Returns:
        Where the old store was put, None when there was none.

    Raises:
        StoreUnreadableError: When the backup is damaged or not a store; nothing was replaced.
        StoreNewerError: When a newer program made it; nothing was replaced.
        StoreBusyError: When a program still has the live store open; nothing was replaced.
        BackupFailedError: When the disk does not let us; nothing was replaced.
    """
    if not check_readable(backup):
        raise StoreUnreadableError(f"備份檔「{backup}」不存在或是空的，沒有還原；請選別的備份。")
    partial = target.with_name(f"{target.name}.還原中")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(backup, partial)
        aside = _set_aside(target, now=clock(), busy_seconds=busy_seconds)
        os.replace(partial, target)
    except (OSError, sqlite3.Error) as error:
        _discard(partial)
        raise BackupFailedError(
            f"還原到「{target}」失敗，現有資料沒有更動；請確認磁碟空間與寫入權限後再試一次（{error}）。"
        ) from error
    except StoreError:
        _discard(partial)
        raise
    return aside


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with faults_explained(source):
        reading = sqlite3.connect(source, timeout=BUSY_SECONDS)
        writing = sqlite3.connect(target)
        try:
            reading.backup(writing)
            # One file without companions, whatever the store's own journal is.
            writing.execute("PRAGMA journal_mode = DELETE").fetchone()
            found = writing.execute("PRAGMA integrity_check").fetchone()
        finally:
            writing.close()
            reading.close()
    if found != ("ok",):
        target.unlink(missing_ok=True)
        raise StoreUnreadableError(
            f"「{source}」的內部結構有錯誤，沒有複製；請執行「檢查資料」並改用較早的備份。"
        )
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _set_aside(target: Path, *, now: datetime, busy_seconds: float) -> Path | None:
    """Keep a copy of the old store and leave its place without a log that could be replayed."""
    if not target.exists():
        return None
    try:
        is_sound = check_readable(target)
    except StoreBusyError:
        raise
    except StoreError:
        is_sound = False
    if is_sound:
        _fold_log(target, busy_seconds=busy_seconds)
    stem = f"{target.stem}_還原前_{now:{_STAMP}}"
    aside, nth = target.with_name(stem + target.suffix), 1
    while aside.exists():
        nth += 1
        aside = target.with_name(f"{stem}-{nth}{target.suffix}")
    for companion in _COMPANIONS:
        old = target.with_name(target.name + companion)
        if old.exists():
            shutil.copy2(old, aside.with_name(aside.name + companion))
    # A log left behind would be replayed into the restored store.
    for companion in _COMPANIONS[1:]:
        target.with_name(target.name + companion).unlink(missing_ok=True)
    return aside


def _fold_log(target: Path, *, busy_seconds: float) -> None:
    """Write the log into the file; fails as long as another program has the store open."""
    with faults_explained(target):
        connection = sqlite3.connect(target, timeout=busy_seconds)
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            connection.close()


def _free_name(folder: Path, *, reason: str, now: datetime) -> Path:
    words = _NOT_IN_NAMES.sub("", reason)[:40].strip(" .") or "備份"
    taken = {info.path.name.split("_")[1] for info in list_backups(folder)}
    stamp = now.strftime(_STAMP)
    nth, mark = 1, stamp
    while mark in taken:
        nth += 1
        mark = f"{stamp}-{nth}"
    return folder / f"公餘備份_{mark}_{words}{_SUFFIX}"


def _discard(partial: Path) -> None:
    # The fault that stopped the copy is what the clerk must read, not that of clearing up.
    with suppress(OSError):
        partial.unlink(missing_ok=True)


def _rotate(folder: Path, *, now: datetime) -> None:
    """Keep the latest and of every month its last; the rest goes, and what a crash left."""
    for partial in folder.glob(f"{_PARTIAL}*{_SUFFIX}"):
        if now - datetime.fromtimestamp(partial.stat().st_mtime, now.tzinfo) > _SURELY_ABANDONED:
            partial.unlink(missing_ok=True)
    backups = list_backups(folder)
    kept = {info.path for info in backups[:KEPT_LATEST]}
    months: set[tuple[int, int]] = set()
    for info in backups:
        month = (info.made_at.year, info.made_at.month)
        if month not in months:
            months.add(month)
            kept.add(info.path)
    for info in backups:
        if info.path not in kept:
            info.path.unlink(missing_ok=True)
