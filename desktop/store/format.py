"""What a file on disk is: a store of this program, a newer one's, damaged, or something else.

Apart from ``migrating``, so that opening a store that is up to date does not load Alembic.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection

from desktop.store.engine import APPLICATION_ID, pragma
from desktop.store.errors import (
    StoreFaultError,
    StoreNewerError,
    StoreUnreadableError,
    faults_explained,
)

FORMAT_NUMBER = 15
"""The format this program writes; every migration that changes the shape adds one."""

_SQLITE_HEAD = b"SQLite format 3\x00"


def check_readable(path: Path) -> bool:
    """Whether the file holds a store already; False for a missing or empty one.

    Raises:
        StoreUnreadableError: When it is damaged or something else.
        StoreNewerError: When a newer program wrote it.
        StoreError: When the environment fails.
    """
    head = _head_of(path)
    if not head:
        return False
    if head != _SQLITE_HEAD:
        raise _not_ours(path)
    with faults_explained(path):
        connection = sqlite3.connect(path)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        finally:
            connection.close()
    if found is None or found[0] != "ok":
        raise StoreUnreadableError(
            f"資料檔「{path}」已損壞，無法讀取，檔案未被更動；請以最近的備份還原。"
        )
    if tables == 0 and application == 0:
        return False
    if application != APPLICATION_ID:
        raise _not_ours(path)
    if version > FORMAT_NUMBER:
        raise StoreNewerError(
            f"資料檔「{path}」是較新版的公餘建立的（格式 {version}，本程式只認得到 "
            f"{FORMAT_NUMBER}），檔案未被更動；請更新程式後再開啟。"
        )
    return True


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE_HEAD))
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise StoreFaultError(
            f"資料檔「{path}」無法開啟；請確認它是檔案、磁碟機已連線且有讀取權限。"
        ) from error


def _not_ours(path: Path) -> StoreUnreadableError:
    return StoreUnreadableError(
        f"「{path}」不是公餘的資料檔，或開頭已損壞，檔案未被更動；請選別的檔案，或以備份還原。"
    )


def needs_migration(connection: Connection) -> bool:
    """Whether migrations wait to be run on this store; ``check_readable`` refused newer ones."""
    return int(pragma(connection, "user_version")) < FORMAT_NUMBER
