"""The table of the leave ledger: rows only ever added, each holding the hash of the former."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from desktop.store.columns import (
    METADATA,
    identifier,
    is_sha256,
    not_empty,
    number,
    words,
)

ledger_entry = Table(
    "ledger_entry",
    METADATA,
    identifier(),
    number("seq"),
    words("bundle"),
    words("kind"),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False, index=True),
    words("day"),
    number("hours"),
    words("document_number"),
    words("reason"),
    # of a grant or transfer in
    Column("title", Text),
    Column("plan_id", Text),
    Column("set_id", Text),
    Column("completed_on", Text),
    Column("first_day", Text),
    Column("expires", Text),
    Column("clause", Text),
    Column("used_elsewhere", Integer),
    # of what draws on a grant
    Column("grant_id", ForeignKey("ledger_entry.id"), index=True),
    Column("advance_id", ForeignKey("ledger_entry.id"), index=True),
    Column("start_at", Text),
    Column("end_at", Text),
    Column("source", Text),
    Column("other_agency", Text),
    # of an advance use
    Column("consented_by", Text),
    Column("consented_on", Text),
    Column("evidence_due", Text),
    Column("reverses", ForeignKey("ledger_entry.id"), unique=True),
    words("recorded_at"),
    words("actor"),
    words("previous_hash"),
    words("hash"),
    UniqueConstraint("seq"),
    UniqueConstraint("hash"),
    UniqueConstraint("previous_hash"),
    not_empty("bundle"),
    not_empty("actor"),
    is_sha256("hash"),
    is_sha256("previous_hash"),
    CheckConstraint("seq > 0", name="seq_from_one"),
    CheckConstraint(
        "kind IN ('grant', 'transfer_in', 'use', 'settlement', 'transfer_out', 'advance_use', "
        "'reversal')",
        name="kind_known",
    ),
    CheckConstraint("hours = CAST(hours AS INTEGER) AND hours > 0", name="whole_hours"),
    CheckConstraint(
        "(kind IN ('grant', 'transfer_in')) = (first_day IS NOT NULL AND title IS NOT NULL)",
        name="grant_says_what",
    ),
    CheckConstraint("expires IS NULL OR expires >= first_day", name="expires_after_first_day"),
    CheckConstraint(
        "(kind IN ('use', 'settlement', 'transfer_out')) = (grant_id IS NOT NULL)",
        name="draw_names_its_grant",
    ),
    CheckConstraint("(kind = 'settlement') = (advance_id IS NOT NULL)", name="settles_an_advance"),
    CheckConstraint(
        "(kind = 'advance_use') = "
        "(consented_by IS NOT NULL AND consented_on IS NOT NULL AND evidence_due IS NOT NULL)",
        name="advance_has_consent",
    ),
    CheckConstraint(
        "consented_by IS NULL OR length(trim(consented_by)) > 0", name="consent_has_a_name"
    ),
    CheckConstraint(
        "(kind IN ('transfer_in', 'transfer_out')) = (other_agency IS NOT NULL)",
        name="transfer_says_where",
    ),
    CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reversal_names_it"),
    CheckConstraint("kind <> 'reversal' OR length(trim(reason)) > 0", name="reversal_has_a_reason"),
    CheckConstraint("reverses <> id", name="reverses_another"),
)

LEDGER_COLUMNS = tuple(column.name for column in ledger_entry.columns)
"""The columns as the hash covers them, the last one being the hash itself."""
