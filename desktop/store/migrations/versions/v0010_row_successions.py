"""Format 10: what was said of two readings of one course. Frozen: later changes are later files."""

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

revision = "0010"
down_revision = "0009"
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

# The key of a table that is there already; only what follows is created.
person = Table("person", METADATA, Column("employee_id", Text, primary_key=True))

row_succession = Table(
    "row_succession",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False),
    Column("older_key", Text, nullable=False),
    Column("newer_key", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("seq"),
    Index(None, "employee_id"),
    CheckConstraint("length(trim(reason)) > 0", name="reason_not_empty"),
    CheckConstraint("length(trim(actor)) > 0", name="actor_not_empty"),
    CheckConstraint("answer IN ('replaces', 'both', 'withdrawn')", name="answer_known"),
    CheckConstraint("older_key <> newer_key", name="two_readings"),
)


def upgrade() -> None:
    connection = op.get_bind()
    row_succession.create(connection)
    if connection.dialect.name == "sqlite":
        for statement in _guards("row_succession"):
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
