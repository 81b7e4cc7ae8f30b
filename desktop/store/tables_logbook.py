"""The table of what clerks wrote down of programmes, activities and the promotion plan."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from desktop.store.columns import METADATA, identifier, not_empty, number, words

logbook_entry = Table(
    "logbook_entry",
    METADATA,
    identifier(),
    number("seq"),
    words("matter"),
    words("scope"),
    words("subject"),
    # JSON.
    words("body"),
    words("reason"),
    words("actor"),
    words("at"),
    Column("reverses", ForeignKey("logbook_entry.id"), unique=True),
    UniqueConstraint("seq"),
    Index(None, "matter", "scope"),
    not_empty("matter"),
    not_empty("actor"),
    CheckConstraint("reverses <> id", name="reverses_another"),
)
