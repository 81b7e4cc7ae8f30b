"""Format 6: column profiles and the unit a row shows. Frozen: later changes are later files."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

revision = "0006"
down_revision = "0005"
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

column_profile = Table(
    "column_profile",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("heading_key", Text, nullable=False),
    # Empty once the profile was forgotten.
    Column("profile", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    UniqueConstraint("seq"),
    Index(None, "heading_key"),
    CheckConstraint("length(trim(heading_key)) > 0", name="heading_key_not_empty"),
)


def upgrade() -> None:
    column_profile.create(op.get_bind())
    op.add_column("learning_row", Column("shown_unit", Text))


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
