"""Format 12: the logbook of programmes, activities and the promotion plan.

Frozen: later changes are later files.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _not_empty(column: str) -> CheckConstraint:
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_not_empty")


logbook_entry = Table(
    "logbook_entry",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    _words("matter"),
    _words("scope"),
    _words("subject"),
    _words("body"),
    _words("reason"),
    _words("actor"),
    _words("at"),
    Column("reverses", ForeignKey("logbook_entry.id"), unique=True),
    UniqueConstraint("seq"),
    Index(None, "matter", "scope"),
    _not_empty("matter"),
    _not_empty("actor"),
    CheckConstraint("reverses <> id", name="reverses_another"),
)


def upgrade() -> None:
    connection = op.get_bind()
    logbook_entry.create(connection)
    if connection.dialect.name == "sqlite":
        for statement in _guards("logbook_entry"):
            connection.exec_driver_sql(statement)


def _guards(table: str) -> list[str]:
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    refusal = f"SELECT RAISE(ABORT, '{table}: 只能新增，不能修改或刪除');"
    # INSERT OR REPLACE deletes without asking a delete trigger, hence the third guard.
    return [
        f"CREATE TRIGGER {table}_{name} BEFORE {moment} BEGIN {refusal} END"
        for name, moment in (
            ("no_update", f"UPDATE ON {table}"),
            ("no_delete", f"DELETE ON {table}"),
            ("no_replace", f"INSERT ON {table} WHEN {exists}"),
        )
    ]


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
