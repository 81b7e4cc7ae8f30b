"""Bringing a file to the program's format, by Alembic, from code.

There is no alembic.ini: the frozen program has no working directory to find one in. The
migrations are Python files beside this module.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep, StampStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from desktop.store.engine import APPLICATION_ID
from desktop.store.errors import (
    StoreFaultError,
    StoreNewerError,
    StoreUnreadableError,
    faults_explained,
)

FORMAT_NUMBER = 1
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
    """Whether migrations wait to be run on this store."""
    current = MigrationContext.configure(connection).get_current_revision()
    return current != _scripts().get_current_head()


def migrate(connection: Connection) -> None:
    """Run every migration that is missing, in the connection's transaction.

    Args:
        connection: In a writing transaction; the caller commits, so that a broken migration
            leaves the file as it was.
    """
    scripts = _scripts()

    def steps(
        revision: str | tuple[str, ...], _context: MigrationContext
    ) -> list[RevisionStep | StampStep]:
        return list(scripts._upgrade_revs("head", revision))  # type: ignore[arg-type]

    with EnvironmentContext(_config(), scripts, fn=steps, destination_rev="head") as environment:
        # Each migration runs inside our transaction: SQLite takes schema changes back too.
        environment.configure(connection=connection, render_as_batch=True)
        environment.run_migrations()
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT_NUMBER}")


def _config() -> Config:
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
