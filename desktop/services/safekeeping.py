"""Safekeeping: back up, restore and verify a store."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.importers.shown_facts import facts_of_raw
from desktop.store import NotStoredError, Store, restore_backup


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


def restore(backup: Path, store_path: Path, *, actor: str, clock: Callable[[], datetime]) -> None:
    """Put a backup in a store's place; the former file is kept aside.

    Raises:
        StoreError: When the backup is not sound; the store is left as it was then.
    """
    restore_backup(backup, store_path, clock=clock)


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
