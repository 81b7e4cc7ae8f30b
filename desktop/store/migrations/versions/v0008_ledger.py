"""Format 8: the leave ledger. Frozen: later changes are later files, never edits here."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

revision = "0008"
down_revision = "0007"
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
person = Table("person", METADATA, Column("employee_id", Text, primary_key=True))

ledger_entry = Table(
    "ledger_entry",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("bundle", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False, index=True),
    Column("day", Text, nullable=False),
    Column("hours", Integer, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("reason", Text, nullable=False),
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
    Column("recorded_at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("seq"),
    UniqueConstraint("hash"),
    UniqueConstraint("previous_hash"),
    CheckConstraint("length(trim(bundle)) > 0", name="bundle_not_empty"),
    CheckConstraint("length(trim(actor)) > 0", name="actor_not_empty"),
    CheckConstraint("length(hash) = 64 AND hash = lower(hash)", name="hash_is_sha256"),
    CheckConstraint(
        "length(previous_hash) = 64 AND previous_hash = lower(previous_hash)",
        name="previous_hash_is_sha256",
    ),
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


_REFUSED = "只能新增，不能修改或刪除"
_TAKEN = (
    "SELECT coalesce(sum(d.hours), 0) FROM ledger_entry d WHERE d.grant_id = NEW.grant_id "
    "AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses = d.id)"
)
_GRANT = (
    "SELECT 1 FROM ledger_entry g WHERE g.id = NEW.grant_id AND g.employee_id = NEW.employee_id "
    "AND g.kind IN ('grant', 'transfer_in') "
    "AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses = g.id)"
)
_IS_THERE = (
    "SELECT 1 FROM ledger_entry WHERE id = NEW.id OR seq = NEW.seq OR hash = NEW.hash "
    "OR previous_hash = NEW.previous_hash OR reverses = NEW.reverses"
)
_HOURS = "SELECT g.hours FROM ledger_entry g WHERE g.id = NEW.grant_id"
_OUTSIDE = (
    "SELECT 1 FROM ledger_entry g WHERE g.id = NEW.grant_id "
    "AND (NEW.day < g.day OR NEW.day < g.first_day OR NEW.day > g.expires)"
)
_REVERSED = (
    "SELECT 1 FROM ledger_entry e WHERE e.id = NEW.reverses AND e.employee_id = NEW.employee_id "
    "AND e.hours = NEW.hours AND e.kind <> 'reversal' AND e.day <= NEW.day"
)
_DRAWN = (
    "SELECT 1 FROM ledger_entry d WHERE d.grant_id = NEW.reverses "
    "AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses = d.id)"
)
# INSERT OR REPLACE deletes without asking a delete trigger: whatever is unique is guarded.
REFUSED_ROWS = {
    "no_replace": (f"EXISTS ({_IS_THERE})", _REFUSED),
    "from_a_grant": (
        f"NEW.grant_id IS NOT NULL AND NOT EXISTS ({_GRANT})",
        "只能扣本人未沖銷的核給",
    ),
    "within_the_grant": (
        f"NEW.grant_id IS NOT NULL AND NEW.hours + ({_TAKEN}) > ({_HOURS})",
        "超過核給的時數",
    ),
    "within_its_days": (f"NEW.kind = 'use' AND EXISTS ({_OUTSIDE})", "不在核給的使用期間"),
    "reversed_whole": (
        f"NEW.reverses IS NOT NULL AND NOT EXISTS ({_REVERSED})",
        "沖銷必須與原列同一人、同時數",
    ),
    "reversed_unused": (f"EXISTS ({_DRAWN})", "已使用的核給不能沖銷"),
}
GUARDS = {
    "no_update": ("UPDATE ON ledger_entry", _REFUSED),
    "no_delete": ("DELETE ON ledger_entry", _REFUSED),
    **{
        name: (f"INSERT ON ledger_entry WHEN {condition}", words)
        for name, (condition, words) in REFUSED_ROWS.items()
    },
}


def upgrade() -> None:
    connection = op.get_bind()
    ledger_entry.create(connection)
    if connection.dialect.name == "sqlite":
        for name, (moment, words) in GUARDS.items():
            connection.exec_driver_sql(
                f"CREATE TRIGGER ledger_entry_{name} BEFORE {moment} "
                f"BEGIN SELECT RAISE(ABORT, 'ledger_entry: {words}'); END"
            )


def downgrade() -> None:
    raise NotImplementedError("A store is never taken to an older format: restore a backup.")
