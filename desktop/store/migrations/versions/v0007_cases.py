"""Format 7: the way of cases, decisions about people, templates, clerks, settings.

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
)

revision = "0007"
down_revision = "0006"
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


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean(create_constraint=True, name=f"{name}_is_flag"), nullable=False)


def _row_version() -> Column[int]:
    return Column("row_version", Integer, nullable=False, server_default="1")


def _not_empty(column: str) -> CheckConstraint:
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_not_empty")


# The key of a table that is there already; only what follows is created.
person = Table("person", METADATA, Column("employee_id", Text, primary_key=True))

_STATES = "'received', 'review', 'correction', 'printable', 'stamped', 'registered', 'closed'"

case_step = Table(
    "case_step",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    _words("plan_id"),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False),
    # Empty where a form is a person's.
    _words("set_id"),
    _words("former"),
    _words("state"),
    _flag("is_confirmed"),
    _words("on_day"),
    _words("document"),
    _words("basis"),
    _words("reason"),
    _words("actor"),
    _words("at"),
    Column("reverses", ForeignKey("case_step.id"), unique=True),
    UniqueConstraint("seq"),
    Index(None, "plan_id", "employee_id", "set_id"),
    _not_empty("plan_id"),
    _not_empty("actor"),
    CheckConstraint(f"state IN ({_STATES})", name="state_known"),
    CheckConstraint(f"former IN ('', {_STATES})", name="former_known"),
    CheckConstraint("reverses IS NULL OR is_confirmed", name="reversal_is_confirmed"),
    CheckConstraint("reverses <> id", name="reverses_another"),
)

person_decision = Table(
    "person_decision",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    _words("plan_id"),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False),
    _words("matter"),
    _words("kind"),
    _words("reason"),
    _words("actor"),
    _words("at"),
    _words("fingerprint"),
    Column("reverses", ForeignKey("person_decision.id"), unique=True),
    UniqueConstraint("seq"),
    Index(None, "plan_id", "employee_id"),
    _not_empty("plan_id"),
    _not_empty("matter"),
    _not_empty("reason"),
    _not_empty("actor"),
    CheckConstraint("kind IN ('leave_out', 'reversal')", name="kind_known"),
    CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reversal_names_it"),
)

reason_template = Table(
    "reason_template",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    # Which reason code or act it is offered for; empty for any.
    _words("matter"),
    _words("words"),
    _words("actor"),
    _words("added_at"),
    Column("removed_at", Text),
    _row_version(),
    UniqueConstraint("seq"),
    _not_empty("words"),
)

account = Table(
    "account",
    METADATA,
    Column("id", Text, primary_key=True),
    _words("name"),
    _words("role"),
    # Empty until the first sign-in after a head made or reset the account.
    _words("password_hash"),
    _flag("must_change"),
    _flag("is_active"),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Text),
    _words("made_at"),
    _words("changed_at"),
    _row_version(),
    UniqueConstraint("name"),
    _not_empty("name"),
    CheckConstraint("failures >= 0", name="not_negative"),
    CheckConstraint("role IN ('clerk', 'head', 'reader')", name="role_known"),
)

office_setting = Table(
    "office_setting",
    METADATA,
    Column("key", Text, primary_key=True),
    # JSON.
    _words("value"),
    _words("actor"),
    _words("changed_at"),
    _row_version(),
    _not_empty("key"),
)

NEW = (case_step, person_decision, reason_template, account, office_setting)
APPEND_ONLY = ("case_step", "person_decision")


def upgrade() -> None:
    connection = op.get_bind()
    for table in NEW:
        table.create(connection)
    if connection.dialect.name == "sqlite":
        for name in APPEND_ONLY:
            for statement in _guards(name):
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
