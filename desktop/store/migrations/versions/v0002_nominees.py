"""Format 2: nominees of a programme (薦送名冊). Frozen: later changes are later files."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

revision = "0002"
down_revision = "0001"
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
batch_file = Table("batch_file", METADATA, Column("id", Text, primary_key=True))

nominee = Table(
    "nominee",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("batch_file", ForeignKey("batch_file.id"), index=True),
    Column("digest", Text),
    Column("file_name", Text),
    Column("page", Integer),
    Column("row", Integer),
    Column("sheet", Text),
    Column("boxes", Text),
    Column("natural_key", Text, nullable=False),
    # False once its import was taken back.
    Column("is_live", Boolean(create_constraint=True, name="is_live_is_flag"), nullable=False),
    Column("employee_id", Text, nullable=False, index=True),
    Column("plan", Text, nullable=False),
    Column("telephone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("is_substitute", Integer, nullable=False),
    UniqueConstraint("seq"),
    CheckConstraint("length(trim(employee_id)) > 0", name="employee_id_not_empty"),
)
Index(
    "uq_nominee_live_natural_key",
    nominee.c.natural_key,
    unique=True,
    sqlite_where=text("is_live = 1"),
    postgresql_where=text("is_live"),
)


def upgrade() -> None:
    nominee.create(op.get_bind())


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
