"""Format 4: what rows show beside course and times, kinds of receipts, supervisors, former awards.

Frozen: later changes are later files.
"""

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

revision = "0004"
down_revision = "0003"
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

former_award = Table(
    "former_award",
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
    Column("year", Integer, nullable=False),
    Column("plan", Text, nullable=False),
    Column("benefit", Text, nullable=False),
    Column("amount", Integer),
    Column("given_on", Text),
    UniqueConstraint("seq"),
    CheckConstraint("length(trim(employee_id)) > 0", name="employee_id_not_empty"),
)
Index(
    "uq_former_award_live_natural_key",
    former_award.c.natural_key,
    unique=True,
    sqlite_where=text("is_live = 1"),
    postgresql_where=text("is_live"),
)


def _flag(table: str, name: str) -> Column[bool]:
    # The whole name: a column added alone belongs to no table that could give it one.
    check = CheckConstraint(f"{name} IN (0, 1)", name=f"ck_{table}_{name}_is_flag")
    return Column(name, Boolean(), check, nullable=True)


def upgrade() -> None:
    former_award.create(op.get_bind())
    op.add_column("person", _flag("person", "is_supervisor"))
    op.add_column("receipt", Column("kind", Text))
    for column in (
        Column("category", Text),
        Column("learning_type", Text),
        _flag("learning_row", "is_business_related"),
        Column("score", Text),
        _flag("learning_row", "is_questionnaire_done"),
        _flag("learning_row", "are_hours_uploaded"),
    ):
        op.add_column("learning_row", column)


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
