"""Format 9: what clerks say of doubtful readings. Frozen: later changes are later files."""

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

revision = "0009"
down_revision = "0008"
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

reading_correction = Table(
    "reading_correction",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    # The row of a file, not of an import: the same bytes imported again keep it.
    Column("digest", Text, nullable=False),
    Column("page", Integer),
    Column("row", Integer),
    Column("sheet", Text),
    Column("field", Text, nullable=False),
    Column("as_read", Text, nullable=False),
    # Empty where the clerk said that the reading is right.
    Column("corrected", Text),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    # An entry against another one; it says nothing of the reading itself.
    Column("reverses", ForeignKey("reading_correction.id")),
    UniqueConstraint("seq"),
    UniqueConstraint("reverses"),
    Index(None, "digest"),
    CheckConstraint("length(digest) = 64 AND digest = lower(digest)", name="digest_is_sha256"),
    CheckConstraint("length(trim(field)) > 0", name="field_not_empty"),
    CheckConstraint("length(trim(actor)) > 0", name="actor_not_empty"),
)


def upgrade() -> None:
    connection = op.get_bind()
    reading_correction.create(connection)
    if connection.dialect.name != "sqlite":
        return
    table = "reading_correction"
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    refusal = f"SELECT RAISE(ABORT, '{table}: 只能新增，不能修改或刪除');"
    for name, moment in (
        ("no_update", f"UPDATE ON {table}"),
        ("no_delete", f"DELETE ON {table}"),
        ("no_replace", f"INSERT ON {table} WHEN {exists}"),
    ):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_{name} BEFORE {moment} BEGIN {refusal} END"
        )


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
