"""A lock file beside a store on a network drive, held while somebody writes.

SQLite's own locks are only as good as the file server's; the operating system's lock on a file of
its own is asked as well. It ends with the process, so no stale lock is left after a crash.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from desktop.store.errors import StoreBusyError, StoreFaultError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_STEP_SECONDS = 0.05


@contextmanager
def locked(path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the lock file ``path`` inside the block.

    Args:
        path: The lock file; made when missing and left lying.
        wait_seconds: How long to wait for another holder.

    Raises:
        StoreBusyError: When another program holds it all that time.
        StoreFaultError: When the lock file cannot be made.
    """
    with _opened(path) as file:
        waited = 0.0
        while not _take(file):
            if waited >= wait_seconds:
                raise StoreBusyError(
                    f"資料檔正由另一台電腦或另一個程式寫入（鎖定檔「{path}」），"
                    "這次的動作沒有存入任何資料；請稍候再試一次。"
                )
            time.sleep(_STEP_SECONDS)
            waited += _STEP_SECONDS
        try:
            yield
        finally:
            _release(file)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("a+b")
    except OSError as error:
        raise StoreFaultError(
            f"無法建立鎖定檔「{path}」，這次的動作沒有存入任何資料；"
            "請確認磁碟機已連線且資料夾有寫入權限。"
        ) from error


def _take(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            # flock, not lockf: two stores in one process must not share the lock.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _release(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_UN)
