"""Tables of a case's way, of what was decided about a person, of templates, clerks and settings."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
)

from desktop.store.columns import (
    METADATA,
    flag,
    identifier,
    not_empty,
    not_negative,
    number,
    row_version,
    words,
)

_STATES = "'received', 'review', 'correction', 'printable', 'stamped', 'registered', 'closed'"

case_step = Table(
    "case_step",
    METADATA,
    identifier(),
    number("seq"),
    words("plan_id"),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False),
    # Empty where a form is a person's.
    words("set_id"),
    words("former"),
    words("state"),
    flag("is_confirmed"),
    words("on_day"),
    words("document"),
    words("basis"),
    words("reason"),
    words("actor"),
    words("at"),
    Column("reverses", ForeignKey("case_step.id"), unique=True),
    UniqueConstraint("seq"),
    Index(None, "plan_id", "employee_id", "set_id"),
    not_empty("plan_id"),
    not_empty("actor"),
    CheckConstraint(f"state IN ({_STATES})", name="state_known"),
    CheckConstraint(f"former IN ('', {_STATES})", name="former_known"),
    CheckConstraint("reverses IS NULL OR is_confirmed", name="reversal_is_confirmed"),
    CheckConstraint("reverses <> id", name="reverses_another"),
)

person_decision = Table(
    "person_decision",
    METADATA,
    identifier(),
    number("seq"),
    words("plan_id"),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False),
    words("matter"),
    words("kind"),
    words("reason"),
    words("actor"),
    words("at"),
    words("fingerprint"),
    Column("reverses", ForeignKey("person_decision.id"), unique=True),
    UniqueConstraint("seq"),
    Index(None, "plan_id", "employee_id"),
    not_empty("plan_id"),
    not_empty("matter"),
    not_empty("reason"),
    not_empty("actor"),
    CheckConstraint("kind IN ('leave_out', 'reversal')", name="kind_known"),
    CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reversal_names_it"),
)

reason_template = Table(
    "reason_template",
    METADATA,
    identifier(),
    number("seq"),
    # Which reason code or act it is offered for; empty for any.
    words("matter"),
    words("words"),
    words("actor"),
    words("added_at"),
    Column("removed_at", Text),
    row_version(),
    UniqueConstraint("seq"),
    not_empty("words"),
)

account = Table(
    "account",
    METADATA,
    identifier(),
    words("name"),
    words("role"),
    # Empty until the first sign-in after a head made or reset the account.
    words("password_hash"),
    flag("must_change"),
    flag("is_active"),
    number("failures"),
    Column("locked_until", Text),
    words("made_at"),
    words("changed_at"),
    row_version(),
    UniqueConstraint("name"),
    not_empty("name"),
    not_negative("failures"),
    CheckConstraint("role IN ('clerk', 'head', 'reader')", name="role_known"),
)

office_setting = Table(
    "office_setting",
    METADATA,
    Column("key", Text, primary_key=True),
    # JSON.
    words("value"),
    words("actor"),
    words("changed_at"),
    row_version(),
    not_empty("key"),
)
