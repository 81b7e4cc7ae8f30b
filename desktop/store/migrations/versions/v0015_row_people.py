"""Format 15: learning rows by person with what their people are called. Later changes are later.

An order by name, unit or 人員代號 read every row of the table, most of which is what the file
showed. Everything these orders ask of a row stands in one index now, which does the work of the
one by person as well.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FORMER = "ix_learning_row_employee_id"
INDEX = "ix_learning_row_person"
COLUMNS = "employee_id, batch_file, shown_employee_id, person_name, shown_unit"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"CREATE INDEX {INDEX} ON learning_row ({COLUMNS})")
        connection.exec_driver_sql(f"DROP INDEX {FORMER}")


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
