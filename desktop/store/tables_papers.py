"""Tables of what came back on paper, and of stamp pictures, sealed, with every use of them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from desktop.store.columns import METADATA, identifier, not_empty, number, words

scanned_sheet = Table(
    "scanned_sheet",
    METADATA,
    identifier(),
    number("seq"),
    Column("document", ForeignKey("issued_document.id"), nullable=False, index=True),
    Column("digest", ForeignKey("source_file.digest"), nullable=False),
    number("page"),
    words("file_name"),
    words("actor"),
    words("at"),
    UniqueConstraint("seq"),
    UniqueConstraint("document", "digest", "page"),
    CheckConstraint("page > 0", name="page_from_one"),
)

stamp_picture = Table(
    "stamp_picture",
    METADATA,
    identifier(),
    number("seq"),
    words("owner"),
    words("title"),
    # Encrypted under a key that is derived from the owner's password; the password is nowhere.
    Column("sealed", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    words("derivation"),
    words("actor"),
    words("at"),
    UniqueConstraint("seq"),
    not_empty("owner"),
    not_empty("title"),
    CheckConstraint("length(salt) >= 16", name="salt_long_enough"),
    CheckConstraint("length(nonce) = 12", name="nonce_of_twelve"),
)

stamp_act = Table(
    "stamp_act",
    METADATA,
    identifier(),
    number("seq"),
    Column("stamp", ForeignKey("stamp_picture.id"), nullable=False, index=True),
    Column("document", ForeignKey("issued_document.id"), index=True),
    words("what"),
    words("box"),
    words("reason"),
    words("actor"),
    words("at"),
    UniqueConstraint("seq"),
    CheckConstraint("what IN ('use', 'withdraw')", name="what_known"),
    CheckConstraint("(what = 'use') = (document IS NOT NULL)", name="use_names_its_document"),
    CheckConstraint("what = 'use' OR length(trim(reason)) > 0", name="withdrawal_has_a_reason"),
)
