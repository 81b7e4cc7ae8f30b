"""Format 11: sheets that came back on paper; stamp pictures, sealed, and their uses.

Frozen: later changes are later files.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

revision = "0011"
down_revision = "0010"
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


# The keys of tables that are there already; only what follows is created.
issued_document = Table("issued_document", METADATA, Column("id", Text, primary_key=True))
source_file = Table("source_file", METADATA, Column("digest", Text, primary_key=True))

scanned_sheet = Table(
    "scanned_sheet",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("document", ForeignKey("issued_document.id"), nullable=False, index=True),
    Column("digest", ForeignKey("source_file.digest"), nullable=False),
    Column("page", Integer, nullable=False),
    _words("file_name"),
    _words("actor"),
    _words("at"),
    UniqueConstraint("seq"),
    UniqueConstraint("document", "digest", "page"),
    CheckConstraint("page > 0", name="page_from_one"),
)

stamp_picture = Table(
    "stamp_picture",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    _words("owner"),
    _words("title"),
    Column("sealed", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    _words("derivation"),
    _words("actor"),
    _words("at"),
    UniqueConstraint("seq"),
    _not_empty("owner"),
    _not_empty("title"),
    CheckConstraint("length(salt) >= 16", name="salt_long_enough"),
    CheckConstraint("length(nonce) = 12", name="nonce_of_twelve"),
)

stamp_act = Table(
    "stamp_act",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("stamp", ForeignKey("stamp_picture.id"), nullable=False, index=True),
    Column("document", ForeignKey("issued_document.id"), index=True),
    _words("what"),
    _words("box"),
    _words("reason"),
    _words("actor"),
    _words("at"),
    UniqueConstraint("seq"),
    CheckConstraint("what IN ('use', 'withdraw')", name="what_known"),
    CheckConstraint("(what = 'use') = (document IS NOT NULL)", name="use_names_its_document"),
    CheckConstraint("what = 'use' OR length(trim(reason)) > 0", name="withdrawal_has_a_reason"),
)

NEW = (scanned_sheet, stamp_picture, stamp_act)


def upgrade() -> None:
    connection = op.get_bind()
    for table in NEW:
        table.create(connection)
        if connection.dialect.name == "sqlite":
            for statement in _guards(table.name):
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
