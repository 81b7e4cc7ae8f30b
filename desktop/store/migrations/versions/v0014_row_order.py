"""Format 14: learning rows by beginning and by course. Frozen: later changes are later files.

Hundreds of thousands of rows were sorted anew each time somebody asked for one of these orders.
"""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# Each holds the file as well: whether its import was taken back is asked of every row.
INDEXES = {
    "ix_learning_row_began": "coalesce(start_at, started_on)",
    "ix_learning_row_course": "replace(course_name, char(10), '')",
}


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for name, value in INDEXES.items():
            connection.exec_driver_sql(f"CREATE INDEX {name} ON learning_row ({value}, batch_file)")


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
