"""The columns and constraints that tables share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    MetaData,
    Text,
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


def maybe(name: str) -> Column[bool]:
    """Yes, no or not said. The check stands in the column, so that a migration can add it."""
    check = CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_is_flag")
    return Column(name, Boolean(), check, nullable=True)


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
