"""The tables as they are now; ``migrations/`` says how a store gets here.

SQL that SQLite and PostgreSQL both speak. Dates and moments are ISO text, decimals and lengths
decimal text, so that what was read comes back to the last digit in either. A row that may change
carries ``row_version``; a row that only may be added is guarded by the migrations' triggers.
"""

from __future__ import annotations

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

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _identifier() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean(create_constraint=True, name=f"{name}_is_flag"), nullable=False)


def _row_version() -> Column[int]:
    return Column("row_version", Integer, nullable=False, server_default="1")


def _place() -> tuple[Column[str], Column[str], Column[int], Column[int], Column[str], Column[str]]:
    return (
        Column("digest", Text),
        Column("file_name", Text),
        Column("page", Integer),
        Column("row", Integer),
        Column("sheet", Text),
        Column("boxes", Text),
    )


def _not_empty(column: str) -> CheckConstraint:
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_not_empty")


def _digest(column: str) -> CheckConstraint:
    return CheckConstraint(
        f"length({column}) = 64 AND {column} = lower({column})", name=f"{column}_is_sha256"
    )


def _not_negative(*columns: str) -> CheckConstraint:
    return CheckConstraint(" AND ".join(f"{name} >= 0" for name in columns), name="not_negative")


# ------------------------------------------------------------------------------------ the store
store_info = Table(
    "store_info",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _words("store_id"),
    _number("format_number"),
    _words("created_at"),
    # The head of the audit chain, apart from the chain, so that a cut tail shows.
    _number("audit_seq"),
    _words("audit_hash"),
    _row_version(),
    CheckConstraint("id = 1", name="one_row"),
)

audit = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _words("at"),
    _words("actor"),
    _words("act"),
    _words("subject"),
    _words("detail"),
    _words("previous_hash"),
    _words("hash"),
    _not_empty("actor"),
    _not_empty("act"),
    _digest("hash"),
    _digest("previous_hash"),
    UniqueConstraint("hash"),
    UniqueConstraint("previous_hash"),
    CheckConstraint("seq > 0", name="seq_from_one"),
)

undo_step = Table(
    "undo_step",
    METADATA,
    _identifier(),
    _number("seq"),
    _words("act"),
    _words("inverse"),
    _words("actor"),
    _words("done_at"),
    Column("undone_at", Text),
    _row_version(),
    UniqueConstraint("seq"),
    _not_empty("act"),
)

# ------------------------------------------------------------------------------------- evidence
source_file = Table(
    "source_file",
    METADATA,
    Column("digest", Text, primary_key=True),
    _number("size"),
    Column("content", LargeBinary, nullable=False),
    _words("first_name"),
    _words("stored_at"),
    _digest("digest"),
    CheckConstraint("size = length(content)", name="size_fits"),
)

batch = Table(
    "batch",
    METADATA,
    _identifier(),
    _number("seq"),
    _words("created_at"),
    _words("actor"),
    _words("title"),
    Column("taken_back_at", Text),
    Column("taken_back_by", Text),
    _row_version(),
    UniqueConstraint("seq"),
    CheckConstraint(
        "(taken_back_at IS NULL) = (taken_back_by IS NULL)", name="taken_back_by_somebody"
    ),
)

batch_file = Table(
    "batch_file",
    METADATA,
    _identifier(),
    Column("batch", ForeignKey("batch.id"), nullable=False, index=True),
    _number("position"),
    _words("digest"),
    # The kept bytes; a file of which rows were stored must have them. Checked at the commit, so
    # that the order of the acts inside one import is free.
    Column("kept", ForeignKey("source_file.digest", deferrable=True, initially="DEFERRED")),
    _words("name"),
    Column("kind", Text),
    _number("rows_in"),
    _number("rows_stored"),
    _number("rows_known"),
    _number("rows_refused"),
    _words("remarks"),
    UniqueConstraint("batch", "position"),
    Index(None, "digest"),
    _digest("digest"),
    _not_negative("rows_in", "rows_stored", "rows_known", "rows_refused"),
    CheckConstraint("rows_in = rows_stored + rows_known + rows_refused", name="no_row_vanishes"),
    CheckConstraint("kept IS NULL OR kept = digest", name="kept_is_the_file"),
    CheckConstraint("rows_stored = 0 OR kept IS NOT NULL", name="stored_rows_have_a_file"),
    CheckConstraint("rows_stored = 0 OR kind IS NOT NULL", name="stored_rows_have_a_kind"),
)

refused_row = Table(
    "refused_row",
    METADATA,
    _identifier(),
    Column("batch_file", ForeignKey("batch_file.id"), nullable=False),
    _number("position"),
    *_place(),
    _words("reason"),
    _words("message"),
    _number("rows"),
    _words("raw"),
    UniqueConstraint("batch_file", "position"),
    _not_empty("reason"),
    _not_empty("message"),
    _not_negative("rows"),
)

person = Table(
    "person",
    METADATA,
    Column("employee_id", Text, primary_key=True),
    _words("name"),
    _words("unit"),
    _words("title"),
    _words("rank"),
    _words("category"),
    _words("pattern_code"),
    Column("hired_on", Text),
    Column("left_on", Text),
    _number("roster_position"),
    _flag("is_on_roster"),
    _row_version(),
    _not_empty("employee_id"),
)

leave_without_pay = Table(
    "leave_without_pay",
    METADATA,
    Column("employee_id", ForeignKey("person.employee_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _words("first_day"),
    Column("last_day", Text),
)

# Every roster that was read, whole, so that taking one back brings the one before it back.
roster_revision = Table(
    "roster_revision",
    METADATA,
    _identifier(),
    _number("seq"),
    Column("batch_file", ForeignKey("batch_file.id"), index=True),
    _words("people"),
    _words("stored_at"),
    UniqueConstraint("seq"),
)

learning_row = Table(
    "learning_row",
    METADATA,
    _identifier(),
    Column("batch_file", ForeignKey("batch_file.id"), nullable=False),
    _number("position"),
    *_place(),
    Column("employee_id", ForeignKey("person.employee_id"), index=True),
    Column("person_problem", Text),
    _words("row_key"),
    _words("kind"),
    _words("course_name"),
    Column("course_code", Text),
    Column("shown_employee_id", Text),
    Column("person_name", Text),
    Column("start_at", Text),
    Column("end_at", Text),
    Column("started_on", Text),
    Column("completed_on", Text),
    _flag("times_are_impossible"),
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
    _words("doubtful_fields"),
    _words("raw"),
    _row_version(),
    UniqueConstraint("batch_file", "position"),
    Index(None, "row_key"),
    _digest("digest"),
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
        _identifier(),
        _number("seq"),
        Column("batch_file", ForeignKey("batch_file.id"), index=True),
        *_place(),
        _words("natural_key"),
        # False once its import was taken back.
        _flag("is_live"),
        Column("employee_id", Text, nullable=False, index=True),
        *columns,
        UniqueConstraint("seq"),
        _not_empty("employee_id"),
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
    _words("kind"),
    _words("kind_words"),
    _words("start_at"),
    _words("end_at"),
    _words("reason"),
)
shift = _reference("shift", _words("day"), _words("start_at"), _words("end_at"))
punch = _reference("punch", _words("day"), Column("punch_in", Text), Column("punch_out", Text))
receipt = _reference("receipt", _words("plan"), _words("received_on"))

REFERENCE_TABLES = (attendance_entry, shift, punch, receipt)

# ------------------------------------------------------------------------- calendar, agency, plans
calendar_year = Table(
    "calendar_year",
    METADATA,
    _identifier(),
    _number("seq"),
    Column("batch_file", ForeignKey("batch_file.id"), index=True),
    _number("year"),
    _words("version"),
    _words("source"),
    _words("imported_at"),
    UniqueConstraint("seq"),
    CheckConstraint("year BETWEEN 1912 AND 9999", name="year_is_gregorian"),
)

calendar_day = Table(
    "calendar_day",
    METADATA,
    Column("calendar_year", ForeignKey("calendar_year.id"), primary_key=True),
    Column("day", Text, primary_key=True),
    _flag("is_day_off"),
    Column("name", Text),
)

agency_settings = Table(
    "agency_settings",
    METADATA,
    _identifier(),
    _number("seq"),
    _words("version"),
    _words("toml"),
    _words("imported_at"),
    UniqueConstraint("seq"),
    _digest("version"),
)

plan_version = Table(
    "plan_version",
    METADATA,
    _identifier(),
    _number("seq"),
    _words("plan_id"),
    _words("version"),
    _words("toml"),
    _words("stored_at"),
    UniqueConstraint("seq"),
    Index(None, "plan_id"),
    _not_empty("plan_id"),
    _not_empty("version"),
)

# -------------------------------------------------------------------------- verdicts and decisions
verdict = Table(
    "verdict",
    METADATA,
    _identifier(),
    _number("seq"),
    _words("plan_id"),
    _words("plan_version"),
    _words("calendar_version"),
    _words("agency_version"),
    _words("facts_digest"),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False),
    _words("evaluated_at"),
    _words("content"),
    UniqueConstraint("seq"),
    Index(None, "plan_id", "employee_id", "seq"),
    _not_empty("plan_id"),
    _not_empty("plan_version"),
    _not_empty("facts_digest"),
)

decision = Table(
    "decision",
    METADATA,
    _identifier(),
    _number("seq"),
    _words("plan_id"),
    _words("record_key"),
    _words("kind"),
    _words("reason"),
    _words("actor"),
    _words("at"),
    _words("fingerprint"),
    Column("reverses", ForeignKey("decision.id"), unique=True),
    UniqueConstraint("seq"),
    Index(None, "plan_id", "record_key"),
    _not_empty("plan_id"),
    _not_empty("record_key"),
    _not_empty("reason"),
    _not_empty("actor"),
    CheckConstraint("kind IN ('accept', 'refuse', 'correction', 'reversal')", name="kind_known"),
    CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reversal_names_it"),
)

# -------------------------------------------------------------------------------- paper that left
number_series = Table(
    "number_series",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("roc_year", Integer, primary_key=True, autoincrement=False),
    _number("last_serial"),
    _row_version(),
    CheckConstraint("last_serial > 0", name="serial_from_one"),
)

issued_document = Table(
    "issued_document",
    METADATA,
    _identifier(),
    _number("seq"),
    _words("number"),
    _words("plan_id"),
    _words("code"),
    _number("roc_year"),
    _number("serial"),
    _words("kind"),
    Column("employee_id", ForeignKey("person.employee_id"), index=True),
    Column("set_id", Text),
    _words("content_digest"),
    _words("pdf_digest"),
    Column("pdf", LargeBinary, nullable=False),
    _words("issued_at"),
    _words("actor"),
    Column("cancels", ForeignKey("issued_document.id"), unique=True),
    UniqueConstraint("seq"),
    UniqueConstraint("number"),
    UniqueConstraint("code", "roc_year", "serial"),
    Index(None, "plan_id"),
    _digest("content_digest"),
    _digest("pdf_digest"),
    CheckConstraint("length(pdf) > 0", name="pdf_not_empty"),
    CheckConstraint("length(kind) = 1", name="kind_is_a_letter"),
    CheckConstraint("serial BETWEEN 1 AND 999999", name="serial_of_six_digits"),
    CheckConstraint("cancels <> id", name="cancels_another"),
)

print_log = Table(
    "print_log",
    METADATA,
    _identifier(),
    _number("seq"),
    Column("document", ForeignKey("issued_document.id"), nullable=False, index=True),
    _words("at"),
    _words("actor"),
    _words("what"),
    UniqueConstraint("seq"),
    CheckConstraint("what IN ('print', 'save', 'reprint')", name="what_known"),
)

APPEND_ONLY = (audit, verdict, decision, issued_document, print_log)
