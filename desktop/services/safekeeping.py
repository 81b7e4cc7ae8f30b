"""Safekeeping: back up, list, copy elsewhere, look into, restore and verify."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.importers.shown_facts import facts_of_raw
from desktop.services.office import Office
from desktop.store import NotStoredError, Store, describe_backup, restore_backup
from desktop.store.values import BackupContents, BackupInfo

__all__ = [
    "BackupContents",
    "BackupInfo",
    "back_up",
    "backups",
    "copy_backup",
    "look_into_backup",
    "restore",
    "verify_store",
]


def back_up(
    store_path: Path, target: Path | None, *, actor: str, clock: Callable[[], datetime]
) -> Path:
    """Back up a store into its backup folder, and copy the checked backup to ``target`` if given.

    Args:
        store_path: The store's file.
        target: Where a copy shall lie besides, or None.
        actor: Who asks.
        clock: Tells the time.

    Raises:
        StoreError: When the store cannot be read or the backup not made.
    """
    store = _open(store_path, actor=actor, clock=clock)
    try:
        made = store.backup("手動")
    finally:
        store.close()
    if target is None:
        return made
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, target)
    return target


def restore(
    backup: Path, store_path: Path, *, actor: str, clock: Callable[[], datetime]
) -> Path | None:
    """Put a backup in a store's place; the former file is kept aside.

    Returns:
        Where the former store lies now, None when there was none.

    Raises:
        StoreError: When the backup is not sound; the store is left as it was then.
    """
    return restore_backup(backup, store_path, clock=clock)


def backups(office: Office) -> tuple[BackupInfo, ...]:
    """The office's backups, the latest first."""
    return office.store.backups()


def look_into_backup(office: Office, path: Path) -> BackupContents:
    """What a backup holds, so that nobody restores the wrong one; the office is not touched.

    Args:
        office: The open office.
        path: The backup, one of the list or a file from elsewhere.

    Raises:
        StoreError: When it is damaged, no backup, or a newer program's.
    """
    return describe_backup(path)


def copy_backup(office: Office, backup: Path, target: Path) -> Path:
    """Copy a backup elsewhere, such as onto a stick; the copy is compared before it counts.

    Args:
        office: The open office.
        backup: One of the list.
        target: The file to write; an older one of this name is replaced once the copy is whole.

    Raises:
        OSError: When it cannot be written; an older file of this name is left as it was.
    """
    partial = target.with_name(f"{target.name}.未完成")
    try:
        shutil.copyfile(backup, partial)
        if not filecmp.cmp(backup, partial, shallow=False):
            raise OSError(f"複製到「{target}」後內容不一樣，沒有留下；請換一個位置再試一次。")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def verify_store(store_path: Path, *, actor: str, clock: Callable[[], datetime]) -> tuple[str, ...]:
    """What is wrong with a store, in Chinese; empty when it is sound.

    Raises:
        StoreError: When it cannot be opened at all.
    """
    store = _open(store_path, actor=actor, clock=clock)
    try:
        return store.verify()
    finally:
        store.close()


def _open(store_path: Path, *, actor: str, clock: Callable[[], datetime]) -> Store:
    if not store_path.exists():
        raise NotStoredError(f"找不到資料庫「{store_path}」，請確認路徑。")
    return Store.open(store_path, actor=actor, clock=clock, reread=facts_of_raw)
