"""Everything that the store holds about one person, table by table, as it is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Table, or_, select

from desktop.store.columns import METADATA
from desktop.store.reading import Reading
from desktop.store.tables import (
    REFERENCE_TABLES,
    audit,
    batch_file,
    issued_document,
    learning_row,
    logbook_entry,
    person,
    print_log,
    reading_correction,
    roster_revision,
    scanned_sheet,
    stamp_act,
    stated_hours,
)

_Row = Mapping[str, Any]
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_WHO_AND_WHEN = ("seq", "at", "actor", "act", "matter")


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A kept file that tells of a person.

    Attributes:
        digest: SHA-256 of its bytes.
        name: As it was handed in.
        tells_of_others: Whether it tells of anybody else, or of nobody knows whom.
    """

    digest: str
    name: str
    tells_of_others: bool


class PersonDataReading(Reading):
    """One person's data."""

    def person_tables(self, employee_id: str) -> dict[str, tuple[_Row, ...]]:
        """Rows about a person by table, every column but bytes; empty tables are left out."""
        found: dict[str, tuple[_Row, ...]] = {}
        for table in METADATA.sorted_tables:
            if "employee_id" in table.c:
                found[table.name] = self._rows(table, table.c.employee_id == employee_id)
        documents = [row["id"] for row in found[issued_document.name]]
        for table in (print_log, scanned_sheet, stamp_act):
            found[table.name] = self._rows(table, table.c.document.in_(documents))
        digests = {row["digest"] for row in found[learning_row.name] if row["digest"]}
        places = {(r["digest"], r["page"], r["row"], r["sheet"]) for r in found[learning_row.name]}
        corrections = self._rows(reading_correction, reading_correction.c.digest.in_(digests))
        found[reading_correction.name] = tuple(
            one
            for one in corrections
            if (one["digest"], one["page"], one["row"], one["sheet"]) in places
        )
        found[roster_revision.name] = tuple(self._in_rosters(employee_id))
        found[audit.name] = tuple(self._entries(audit, ("subject", "detail"), employee_id))
        found[logbook_entry.name] = tuple(
            self._entries(logbook_entry, ("subject", "body", "reason"), employee_id)
        )
        return {name: rows for name, rows in sorted(found.items()) if rows}

    def person_files(self, employee_id: str) -> tuple[PersonFile, ...]:
        """Kept files that rows about a person were read from, and scans of their documents."""
        files: dict[str, PersonFile] = {}
        for table in (learning_row, stated_hours, *REFERENCE_TABLES):
            query = (
                select(batch_file.c.id, batch_file.c.digest, batch_file.c.name)
                .where(batch_file.c.id == table.c.batch_file, table.c.employee_id == employee_id)
                .distinct()
            )
            for row in self._connection.execute(query).all():
                is_shared = self._tells_of_others(row.digest, employee_id)
                files[row.digest] = PersonFile(row.digest, row.name, is_shared)
        scans = (
            select(scanned_sheet.c.digest, scanned_sheet.c.file_name)
            .join(issued_document, issued_document.c.id == scanned_sheet.c.document)
            .where(issued_document.c.employee_id == employee_id)
            .order_by(scanned_sheet.c.seq)
        )
        for scan in self._connection.execute(scans).all():
            others = (
                select(scanned_sheet.c.id)
                .join(issued_document, issued_document.c.id == scanned_sheet.c.document)
                .where(
                    scanned_sheet.c.digest == scan.digest,
                    issued_document.c.employee_id.is_distinct_from(employee_id),
                )
            )
            is_shared = self._connection.execute(others).first() is not None
            files[scan.digest] = PersonFile(scan.digest, scan.file_name, is_shared)
        return tuple(files.values())

    def person_papers(self, employee_id: str) -> tuple[tuple[str, bytes], ...]:
        """Documents issued to a person: number and frozen content."""
        query = (
            select(issued_document.c.number, issued_document.c.frozen)
            .where(issued_document.c.employee_id == employee_id)
            .order_by(issued_document.c.seq)
        )
        return tuple((row.number, bytes(row.frozen)) for row in self._connection.execute(query))

    def _tells_of_others(self, digest: str, employee_id: str) -> bool:
        ids = select(batch_file.c.id).where(batch_file.c.digest == digest)
        for table in (learning_row, stated_hours, *REFERENCE_TABLES):
            others = select(table.c.id).where(
                table.c.batch_file.in_(ids), table.c.employee_id.is_distinct_from(employee_id)
            )
            if self._connection.execute(others.limit(1)).first() is not None:
                return True
        # Of a row that was refused or known already, nobody knows whose it was.
        doubtful = select(batch_file.c.id).where(
            batch_file.c.digest == digest,
            (batch_file.c.rows_refused > 0) | (batch_file.c.rows_known > 0),
        )
        return self._connection.execute(doubtful.limit(1)).first() is not None

    def _entries(self, table: Table, told: tuple[str, ...], employee_id: str) -> Iterable[_Row]:
        """Entries that name the person; of those naming others too, nothing that was told."""
        others = set(self._connection.execute(select(person.c.employee_id)).scalars())
        others.discard(employee_id)
        condition = or_(*(table.c[name].contains(employee_id, autoescape=True) for name in told))
        for row in self._rows(table, condition):
            named = set(_WORD.findall(" ".join(row[name] for name in told)))
            if employee_id not in named:
                continue
            if named & others:
                yield {key: row[key] for key in _WHO_AND_WHEN if key in row}
            else:
                yield row

    def _in_rosters(self, employee_id: str) -> Iterable[_Row]:
        """The person's own entry in every roster that was read, nobody else's."""
        for row in self._connection.execute(
            select(roster_revision).order_by(roster_revision.c.seq)
        ):
            for one in json.loads(row.people):
                if one["employee_id"] == employee_id:
                    yield {"stored_at": row.stored_at, **one}

    def _rows(self, table: Table, condition: ColumnElement[bool]) -> tuple[_Row, ...]:
        columns = [column for column in table.c if not isinstance(column.type, LargeBinary)]
        order = table.c.seq if "seq" in table.c else next(iter(table.primary_key))
        query = select(*columns).where(condition).order_by(order)
        return tuple(dict(row._mapping) for row in self._connection.execute(query))
