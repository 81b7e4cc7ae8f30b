"""Format 3: drafts of plans. Frozen: later changes are later files."""

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

revision = "0003"
down_revision = "0002"
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

plan_draft = Table(
    "plan_draft",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("plan_id", Text, nullable=False),
    # Empty once the draft was discarded or put in force.
    Column("toml", Text, nullable=False),
    Column("based_on", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    UniqueConstraint("seq"),
    Index(None, "plan_id"),
    CheckConstraint("length(trim(plan_id)) > 0", name="plan_id_not_empty"),
)


def upgrade() -> None:
    plan_draft.create(op.get_bind())


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
