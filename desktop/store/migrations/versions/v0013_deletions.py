"""Format 13: deletion at the end of a period. Frozen: later changes are later files.

Until now nothing that is only ever added could be deleted. From now on exactly those rows can of
which ``deleted_row`` holds the place (and in a chain the hashes): the guards stay in force all the
time, for every other row and every other program.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import CheckConstraint, Column, MetaData, Table, Text

revision = "0013"
down_revision = "0012"
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

deleted_row = Table(
    "deleted_row",
    METADATA,
    Column("table_name", Text, primary_key=True),
    Column("row_key", Text, primary_key=True),
    Column("previous_hash", Text),
    Column("hash", Text),
    Column("deletion", Text, nullable=False),
    CheckConstraint("length(trim(table_name)) > 0", name="table_name_not_empty"),
    CheckConstraint("length(trim(row_key)) > 0", name="row_key_not_empty"),
    CheckConstraint("length(trim(deletion)) > 0", name="deletion_not_empty"),
    CheckConstraint(
        "(table_name IN ('audit', 'ledger_entry')) = (hash IS NOT NULL)", name="chain_has_a_hash"
    ),
    CheckConstraint("(hash IS NULL) = (previous_hash IS NULL)", name="both_hashes"),
)

# What names a row in ``deleted_row``.
KEYS = {
    "audit": "seq",
    "verdict": "id",
    "decision": "id",
    "issued_document": "number",
    "print_log": "id",
    "case_step": "id",
    "person_decision": "id",
    "ledger_entry": "seq",
    "logbook_entry": "id",
    "reading_correction": "id",
    "row_succession": "id",
    "scanned_sheet": "id",
    "stamp_act": "id",
}
CHAINED = ("audit", "ledger_entry")
# A place in a chain and a document's number are never given out again.
NEVER_AGAIN = (*CHAINED, "issued_document")
_REFUSED = "只能新增，不能修改或刪除"


def upgrade() -> None:
    connection = op.get_bind()
    deleted_row.create(connection)
    if connection.dialect.name == "sqlite":
        for statement in _statements():
            connection.exec_driver_sql(statement)


def _statements() -> list[str]:
    same = (
        "EXISTS (SELECT 1 FROM deleted_row d "
        "WHERE d.table_name = NEW.table_name AND d.row_key = NEW.row_key)"
    )
    statements = [
        f"CREATE TRIGGER deleted_row_{name} BEFORE {moment} "
        f"BEGIN SELECT RAISE(ABORT, 'deleted_row: {_REFUSED}'); END"
        for name, moment in (
            ("no_update", "UPDATE ON deleted_row"),
            ("no_delete", "DELETE ON deleted_row"),
            ("no_replace", f"INSERT ON deleted_row WHEN {same}"),
        )
    ]
    for table, key in KEYS.items():
        noted = (
            f"SELECT 1 FROM deleted_row d WHERE d.table_name = '{table}' "
            f"AND d.row_key = CAST(OLD.{key} AS TEXT)"
        )
        if table in CHAINED:
            noted += " AND d.hash = OLD.hash AND d.previous_hash = OLD.previous_hash"
        statements.append(f"DROP TRIGGER {table}_no_delete")
        statements.append(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT EXISTS ({noted}) "
            f"BEGIN SELECT RAISE(ABORT, '{table}: {_REFUSED}'); END"
        )
    for table in NEVER_AGAIN:
        gone = (
            f"SELECT 1 FROM deleted_row d WHERE d.table_name = '{table}' "
            f"AND d.row_key = CAST(NEW.{KEYS[table]} AS TEXT)"
        )
        statements.append(
            f"CREATE TRIGGER {table}_not_again BEFORE INSERT ON {table} WHEN EXISTS ({gone}) "
            f"BEGIN SELECT RAISE(ABORT, '{table}: 已刪除的編號不能再用'); END"
        )
    return statements


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
