"""Tables of what was decided, printed and done, and of the store itself."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from desktop.store.columns import (
    METADATA,
    identifier,
    is_sha256,
    not_empty,
    number,
    row_version,
    words,
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
