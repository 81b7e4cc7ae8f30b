"""Bringing a file to the program's format, by Alembic, from code.

There is no alembic.ini: the frozen program has no working directory to find one in. The
migrations are Python files beside this module.
"""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep, StampStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from desktop.store.engine import APPLICATION_ID
from desktop.store.format import FORMAT_NUMBER


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
        # As alembic's own "upgrade" command does; its annotation forgets the tuple it takes.
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
