"""What can go wrong with the store, each with a Chinese sentence for the clerk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

_PRIMARY_CODE = 0xFF


class StoreError(Exception):
    """A fault of the environment or a refused act; its text is for the clerk."""


class StoreNewerError(StoreError):
    """The store was written by a newer program; it is left untouched."""


class StoreUnreadableError(StoreError):
    """The file is damaged, or is not a store at all; it is left untouched."""


class StoreBusyError(StoreError):
    """Another program holds the store; nothing was changed."""


class StoreFaultError(StoreError):
    """The disk is full, read-only, gone or failing; nothing was changed."""


class BackupFailedError(StoreError):
    """A backup could not be made, or is not sound; older ones are kept."""


class TakeBackRefusedError(StoreError):
    """A batch cannot be taken back; the sentence names the later act in the way."""


class ReadOnlyError(StoreError):
    """Who is at work may only look."""

    def __init__(self, act: str) -> None:
        """Name the act that was not done."""
        super().__init__(f"「查閱」的帳號不能更改資料，沒有{act}；需要更改請承辦人登入。")


class ReadingStoppedError(StoreError):
    """A long reading was stopped because nobody waits for it any more."""


class NotStoredError(StoreError, LookupError):
    """What was asked for is not in the store."""


def sentence_for(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The error a clerk should read for a fault of SQLite, None when the fault is the program's.

    Args:
        error: What the driver raised.
        path: The store's file, named in the sentence.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    match code & _PRIMARY_CODE:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreUnreadableError(
                f"資料檔「{path}」已損壞或不是公餘的資料檔，無法讀取，檔案未被更動；請以最近的備份還原。"
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusyError(
                f"資料檔「{path}」正由另一個程式寫入，這次的動作沒有存入任何資料；請稍候再試一次。"
            )
        case sqlite3.SQLITE_FULL:
            return StoreFaultError(
                f"磁碟空間不足，資料檔「{path}」無法寫入，"
                "這次的動作沒有存入任何資料；請清出空間後再試一次。"
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StoreFaultError(
                f"資料檔「{path}」或其資料夾是唯讀，這次的動作沒有存入任何資料；"
                "請確認資料夾的寫入權限。"
            )
        case sqlite3.SQLITE_CANTOPEN:
            return StoreFaultError(
                f"資料檔「{path}」無法開啟；請確認資料夾存在、磁碟機已連線且有寫入權限。"
            )
        case sqlite3.SQLITE_IOERR:
            return StoreFaultError(
                f"讀寫資料檔「{path}」時磁碟發生錯誤，這次的動作沒有存入任何資料；"
                "請確認磁碟機已連線，再以「檢查資料」確認資料完好。"
            )
    return None


@contextmanager
def faults_explained(path: Path) -> Iterator[None]:
    """Turn the environment's database faults inside the block into sentences.

    Faults of the program itself (a broken constraint) pass through, for the crash report; the
    engine hides the parameters of their statements.

    Raises:
        StoreError: In place of the driver's error, see ``sentence_for``.
    """
    try:
        yield
    except DBAPIError as error:
        known = sentence_for(error.orig, path) if isinstance(error.orig, sqlite3.Error) else None
        if known is None:
            raise
        raise known from error
    except sqlite3.Error as error:
        known = sentence_for(error, path)
        if known is None:
            raise
        raise known from error
