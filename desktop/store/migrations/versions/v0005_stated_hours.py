"""Format 5: what portal pages say of a year's hours. Frozen: later changes are later files."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

revision = "0005"
down_revision = "0004"
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

# The keys of tables that are there already; only what follows is created.
batch_file = Table("batch_file", METADATA, Column("id", Text, primary_key=True))
person = Table("person", METADATA, Column("employee_id", Text, primary_key=True))

stated_hours = Table(
    "stated_hours",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("batch_file", ForeignKey("batch_file.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("digest", Text),
    Column("file_name", Text),
    Column("page", Integer),
    Column("row", Integer),
    Column("sheet", Text),
    Column("boxes", Text),
    Column("employee_id", ForeignKey("person.employee_id"), index=True),
    Column("person_problem", Text),
    Column("shown_employee_id", Text),
    Column("person_name", Text),
    Column("year", Integer),
    Column("figures", Text, nullable=False),
    Column("row_version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("batch_file", "position"),
    CheckConstraint("length(digest) = 64 AND digest = lower(digest)", name="digest_is_sha256"),
    CheckConstraint("digest IS NOT NULL AND file_name IS NOT NULL", name="place_is_known"),
    CheckConstraint(
        "(employee_id IS NULL) = (person_problem IS NOT NULL)", name="person_or_problem"
    ),
    CheckConstraint(
        "person_problem IN ('person_unknown', 'person_ambiguous')", name="person_problem_known"
    ),
)


def upgrade() -> None:
    stated_hours.create(op.get_bind())


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
