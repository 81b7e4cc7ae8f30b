"""The whole schema of format 1. Frozen: later changes are later files, never edits here."""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

revision = "0001"
down_revision = None
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


def identifier() -> Column[str]:
    """The primary key of a table whose rows the program names."""
    return Column("id", Text, primary_key=True)


def words(name: str) -> Column[str]:
    """A text that is never missing."""
    return Column(name, Text, nullable=False)


def number(name: str) -> Column[int]:
    """A whole number that is never missing."""
    return Column(name, Integer, nullable=False)


def flag(name: str) -> Column[bool]:
    """Yes or no, never missing."""
    return Column(name, Boolean(create_constraint=True, name=f"{name}_is_flag"), nullable=False)


def row_version() -> Column[int]:
    """Counts the changes of a row, for optimistic locking."""
    return Column("row_version", Integer, nullable=False, server_default="1")


def place_columns() -> list[Column[Any]]:
    """Where a row was read, see ``SourcePlace``; all empty for what was put in by hand."""
    return [
        Column("digest", Text),
        Column("file_name", Text),
        Column("page", Integer),
        Column("row", Integer),
        Column("sheet", Text),
        Column("boxes", Text),
    ]


def place_is_known() -> CheckConstraint:
    """Refuses a row of which nobody knows where it was read."""
    return CheckConstraint("digest IS NOT NULL AND file_name IS NOT NULL", name="place_is_known")


def not_empty(column: str) -> CheckConstraint:
    """Refuses blank text."""
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_not_empty")


def is_sha256(column: str) -> CheckConstraint:
    """Refuses what is not a SHA-256 in lower-case hexadecimal."""
    return CheckConstraint(
        f"length({column}) = 64 AND {column} = lower({column})", name=f"{column}_is_sha256"
    )


def not_negative(*columns: str) -> CheckConstraint:
    """Refuses numbers below zero."""
    return CheckConstraint(" AND ".join(f"{name} >= 0" for name in columns), name="not_negative")


# ------------------------------------------------------------------------------------- evidence
source_file = Table(
    "source_file",
    METADATA,
    Column("digest", Text, primary_key=True),
    number("size"),
    Column("content", LargeBinary, nullable=False),
    words("first_name"),
    words("stored_at"),
    is_sha256("digest"),
    CheckConstraint("size = length(content)", name="size_fits"),
)

batch = Table(
    "batch",
    METADATA,
    identifier(),
    number("seq"),
    words("created_at"),
    words("actor"),
    words("title"),
    Column("taken_back_at", Text),
    Column("taken_back_by", Text),
    row_version(),
    UniqueConstraint("seq"),
    CheckConstraint(
        "(taken_back_at IS NULL) = (taken_back_by IS NULL)", name="taken_back_by_somebody"
    ),
)

batch_file = Table(
    "batch_file",
    METADATA,
    identifier(),
    Column("batch", ForeignKey("batch.id"), nullable=False, index=True),
    number("position"),
    words("digest"),
    # The kept bytes; a file of which rows were stored must have them. Checked at the commit, so
    # that the order of the acts inside one import is free.
    Column("kept", ForeignKey("source_file.digest", deferrable=True, initially="DEFERRED")),
    words("name"),
    Column("kind", Text),
    number("rows_in"),
    number("rows_stored"),
    number("rows_known"),
    number("rows_refused"),
    words("remarks"),
    UniqueConstraint("batch", "position"),
    Index(None, "digest"),
    is_sha256("digest"),
    not_negative("rows_in", "rows_stored", "rows_known", "rows_refused"),
    CheckConstraint("rows_in = rows_stored + rows_known + rows_refused", name="no_row_vanishes"),
    CheckConstraint("kept IS NULL OR kept = digest", name="kept_is_the_file"),
    CheckConstraint("rows_stored = 0 OR kept IS NOT NULL", name="stored_rows_have_a_file"),
    CheckConstraint("rows_stored = 0 OR kind IS NOT NULL", name="stored_rows_have_a_kind"),
)

refused_row = Table(
    "refused_row",
    METADATA,
    identifier(),
    Column("batch_file", ForeignKey("batch_file.id"), nullable=False),
    number("position"),
    *place_columns(),
    words("reason"),
    words("message"),
    number("rows"),
    words("raw"),
    UniqueConstraint("batch_file", "position"),
    not_empty("reason"),
    not_empty("message"),
    place_is_known(),
    not_negative("rows"),
)

person = Table(
    "person",
    METADATA,
    Column("employee_id", Text, primary_key=True),
    words("name"),
    words("unit"),
    words("title"),
    words("rank"),
    words("category"),
    words("pattern_code"),
    Column("hired_on", Text),
    Column("left_on", Text),
    number("roster_position"),
    flag("is_on_roster"),
    row_version(),
    not_empty("employee_id"),
)

leave_without_pay = Table(
    "leave_without_pay",
    METADATA,
    Column("employee_id", ForeignKey("person.employee_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    words("first_day"),
    Column("last_day", Text),
)

# Every roster that was read, whole, so that taking one back brings the one before it back.
roster_revision = Table(
    "roster_revision",
    METADATA,
    identifier(),
    number("seq"),
    Column("batch_file", ForeignKey("batch_file.id"), index=True),
    words("people"),
    words("stored_at"),
    UniqueConstraint("seq"),
)

learning_row = Table(
    "learning_row",
    METADATA,
    identifier(),
    Column("batch_file", ForeignKey("batch_file.id"), nullable=False),
    number("position"),
    *place_columns(),
    Column("employee_id", ForeignKey("person.employee_id"), index=True),
    Column("person_problem", Text),
    words("row_key"),
    words("kind"),
    words("course_name"),
    Column("course_code", Text),
    Column("shown_employee_id", Text),
    Column("person_name", Text),
    Column("start_at", Text),
    Column("end_at", Text),
    Column("started_on", Text),
    Column("completed_on", Text),
    flag("times_are_impossible"),
    Column("certified_hours", Text),
    Column("reading_time", Text),
    Column("pass_status", Text),
    Column(
        "has_certificate",
        Boolean(create_constraint=True, name="has_certificate_is_flag"),
        nullable=True,
    ),
    Column("language", Text),
    Column("region", Text),
    words("doubtful_fields"),
    words("raw"),
    row_version(),
    UniqueConstraint("batch_file", "position"),
    Index(None, "row_key"),
    is_sha256("digest"),
    place_is_known(),
    CheckConstraint(
        "(employee_id IS NULL) = (person_problem IS NOT NULL)", name="person_or_problem"
    ),
    CheckConstraint(
        "person_problem IN ('person_unknown', 'person_ambiguous')", name="person_problem_known"
    ),
)

# Rows of a file that were there already: while they count on the older file it stays.
known_row = Table(
    "known_row",
    METADATA,
    Column("batch_file", ForeignKey("batch_file.id"), primary_key=True),
    Column("row_key", Text, primary_key=True),
    Index(None, "row_key"),
)


def _reference(name: str, *columns: Column[str]) -> Table:
    """A table of dated reference data: of live rows one for each natural key."""
    table = Table(
        name,
        METADATA,
        identifier(),
        number("seq"),
        Column("batch_file", ForeignKey("batch_file.id"), index=True),
        *place_columns(),
        words("natural_key"),
        # False once its import was taken back.
        flag("is_live"),
        Column("employee_id", Text, nullable=False, index=True),
        *columns,
        UniqueConstraint("seq"),
        not_empty("employee_id"),
    )
    Index(
        f"uq_{name}_live_natural_key",
        table.c.natural_key,
        unique=True,
        sqlite_where=text("is_live = 1"),
        postgresql_where=text("is_live"),
    )
    return table


attendance_entry = _reference(
    "attendance_entry",
    words("kind"),
    words("kind_words"),
    words("start_at"),
    words("end_at"),
    words("reason"),
)
shift = _reference("shift", words("day"), words("start_at"), words("end_at"))
punch = _reference("punch", words("day"), Column("punch_in", Text), Column("punch_out", Text))
receipt = _reference("receipt", words("plan"), words("received_on"))


# ------------------------------------------------------------------------- calendar, agency, plans
calendar_year = Table(
    "calendar_year",
    METADATA,
    identifier(),
    number("seq"),
    Column("batch_file", ForeignKey("batch_file.id"), index=True),
    number("year"),
    words("version"),
    words("source"),
    words("imported_at"),
    UniqueConstraint("seq"),
    CheckConstraint("year BETWEEN 1912 AND 9999", name="year_is_gregorian"),
)

calendar_day = Table(
    "calendar_day",
    METADATA,
    Column("calendar_year", ForeignKey("calendar_year.id"), primary_key=True),
    Column("day", Text, primary_key=True),
    flag("is_day_off"),
    Column("name", Text),
)

agency_settings = Table(
    "agency_settings",
    METADATA,
    identifier(),
    number("seq"),
    words("version"),
    words("toml"),
    words("imported_at"),
    UniqueConstraint("seq"),
    is_sha256("version"),
)

plan_version = Table(
    "plan_version",
    METADATA,
    identifier(),
    number("seq"),
    words("plan_id"),
    words("version"),
    words("toml"),
    words("stored_at"),
    UniqueConstraint("seq"),
    Index(None, "plan_id"),
    not_empty("plan_id"),
    not_empty("version"),
)

# ------------------------------------------------------------------------------------ the store
store_info = Table(
    "store_info",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    words("store_id"),
    number("format_number"),
    words("created_at"),
    # The head of the audit chain, apart from the chain, so that a cut tail shows.
    number("audit_seq"),
    words("audit_hash"),
    row_version(),
    CheckConstraint("id = 1", name="one_row"),
)

audit = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    words("at"),
    words("actor"),
    words("act"),
    words("subject"),
    words("detail"),
    words("previous_hash"),
    words("hash"),
    not_empty("actor"),
    not_empty("act"),
    is_sha256("hash"),
    is_sha256("previous_hash"),
    UniqueConstraint("hash"),
    UniqueConstraint("previous_hash"),
    CheckConstraint("seq > 0", name="seq_from_one"),
)

undo_step = Table(
    "undo_step",
    METADATA,
    identifier(),
    number("seq"),
    words("act"),
    words("inverse"),
    words("actor"),
    words("done_at"),
    Column("undone_at", Text),
    row_version(),
    UniqueConstraint("seq"),
    not_empty("act"),
)

# -------------------------------------------------------------------------- verdicts and decisions
verdict = Table(
    "verdict",
    METADATA,
    identifier(),
    number("seq"),
    words("plan_id"),
    words("plan_version"),
    words("calendar_version"),
    words("agency_version"),
    words("facts_digest"),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False),
    words("evaluated_at"),
    words("content"),
    UniqueConstraint("seq"),
    Index(None, "plan_id", "employee_id", "seq"),
    not_empty("plan_id"),
    not_empty("plan_version"),
    not_empty("facts_digest"),
)

decision = Table(
    "decision",
    METADATA,
    identifier(),
    number("seq"),
    words("plan_id"),
    words("record_key"),
    words("kind"),
    words("reason"),
    words("actor"),
    words("at"),
    words("fingerprint"),
    Column("reverses", ForeignKey("decision.id"), unique=True),
    UniqueConstraint("seq"),
    Index(None, "plan_id", "record_key"),
    not_empty("plan_id"),
    not_empty("record_key"),
    not_empty("reason"),
    not_empty("actor"),
    CheckConstraint("kind IN ('accept', 'refuse', 'correction', 'reversal')", name="kind_known"),
    CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reversal_names_it"),
)

# -------------------------------------------------------------------------------- paper that left
number_series = Table(
    "number_series",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("roc_year", Integer, primary_key=True, autoincrement=False),
    number("last_serial"),
    row_version(),
    CheckConstraint("last_serial > 0", name="serial_from_one"),
)

issued_document = Table(
    "issued_document",
    METADATA,
    identifier(),
    number("seq"),
    words("number"),
    words("plan_id"),
    words("code"),
    number("roc_year"),
    number("serial"),
    words("kind"),
    Column("employee_id", ForeignKey("person.employee_id"), index=True),
    Column("set_id", Text),
    words("content_digest"),
    words("frozen_digest"),
    Column("frozen", LargeBinary, nullable=False),
    words("issued_at"),
    words("actor"),
    Column("cancels", ForeignKey("issued_document.id"), unique=True),
    UniqueConstraint("seq"),
    UniqueConstraint("number"),
    UniqueConstraint("code", "roc_year", "serial"),
    Index(None, "plan_id"),
    is_sha256("content_digest"),
    is_sha256("frozen_digest"),
    CheckConstraint("length(frozen) > 0", name="frozen_not_empty"),
    CheckConstraint("length(kind) = 1", name="kind_is_a_letter"),
    CheckConstraint("serial BETWEEN 1 AND 999999", name="serial_of_six_digits"),
    CheckConstraint("cancels <> id", name="cancels_another"),
)

print_log = Table(
    "print_log",
    METADATA,
    identifier(),
    number("seq"),
    Column("document", ForeignKey("issued_document.id"), nullable=False, index=True),
    words("at"),
    words("actor"),
    words("what"),
    UniqueConstraint("seq"),
    CheckConstraint("what IN ('print', 'save', 'reprint')", name="what_known"),
)


# Tables whose rows are only ever added, with their keys.
APPEND_ONLY = {
    "audit": "seq",
    "verdict": "id",
    "decision": "id",
    "issued_document": "id",
    "print_log": "id",
}


def upgrade() -> None:
    connection = op.get_bind()
    METADATA.create_all(connection, checkfirst=False)
    if connection.dialect.name == "sqlite":
        for statement in _sqlite_guards():
            connection.exec_driver_sql(statement)


def _sqlite_guards() -> list[str]:
    kept = "SELECT RAISE(ABORT, 'source_file: 原始檔內容不能修改');"
    statements = [
        f"CREATE TRIGGER source_file_no_change BEFORE UPDATE ON source_file BEGIN {kept} END"
    ]
    for table, key in APPEND_ONLY.items():
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
        refusal = f"SELECT RAISE(ABORT, '{table}: 只能新增，不能修改或刪除');"
        # INSERT OR REPLACE deletes without asking a delete trigger, hence the third guard.
        statements += [
            f"CREATE TRIGGER {table}_{name} BEFORE {moment} BEGIN {refusal} END"
            for name, moment in (
                ("no_update", f"UPDATE ON {table}"),
                ("no_delete", f"DELETE ON {table}"),
                ("no_replace", f"INSERT ON {table} WHEN {exists}"),
            )
        ]
    return statements


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
