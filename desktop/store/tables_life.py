"""The table of what was deleted at the end of its period: what is left of a row is its place."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Table, Text

from desktop.store.columns import METADATA, not_empty, words

deleted_row = Table(
    "deleted_row",
    METADATA,
    Column("table_name", Text, primary_key=True),
    # What names the row: the place in a chain, a document's number, an identifier; no person.
    Column("row_key", Text, primary_key=True),
    # Of a row in a chain, so that the chain can still be followed.
    Column("previous_hash", Text),
    Column("hash", Text),
    # The deletion; its audit entry holds a digest over all its rows.
    words("deletion"),
    not_empty("table_name"),
    not_empty("row_key"),
    not_empty("deletion"),
    CheckConstraint(
        "(table_name IN ('audit', 'ledger_entry')) = (hash IS NOT NULL)", name="chain_has_a_hash"
    ),
    CheckConstraint("(hash IS NULL) = (previous_hash IS NULL)", name="both_hashes"),
)

DELETED_BY = {"audit": "seq", "ledger_entry": "seq", "issued_document": "number"}
"""What names a deleted row of a table; ``id`` in every other."""
CHAINED = ("audit", "ledger_entry")
