"""Deletion at the end of a period: real, all at once, sealed by the audit chain.

The only way a row leaves a table that is only ever added to. Each such row's place is noted in
``deleted_row`` first (the database lets no other row go), and the act's audit entry holds a digest
over all the notes: rows that somebody else takes out beneath the program show as not accounted for.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from desktop.domain.retention import DeletionUnit, RecordKind, free_to_go, is_past, kept_until
from desktop.store.codes import canonical_json, to_mapping
from desktop.store.deletion_logbook import logbook_groups
from desktop.store.deletion_units import DELETION_ACT, all_units, audit_seqs
from desktop.store.errors import StoreError
from desktop.store.reading import Reading
from desktop.store.tables import (
    APPEND_ONLY,
    REFERENCE_TABLES,
    audit,
    batch,
    batch_file,
    case_step,
    decision,
    deleted_row,
    issued_document,
    known_row,
    learning_row,
    leave_without_pay,
    ledger_entry,
    logbook_entry,
    person,
    person_decision,
    print_log,
    reading_correction,
    refused_row,
    roster_revision,
    row_succession,
    scanned_sheet,
    source_file,
    stamp_act,
    stated_hours,
    undo_step,
    verdict,
)
from desktop.store.tables_life import CHAINED, DELETED_BY
from desktop.store.writing import Writing

_AT_ONCE = 500
_BY_FILE = (learning_row, stated_hours, refused_row, known_row, *REFERENCE_TABLES)


class DeletionReading(Reading):
    """What could be deleted, and what was."""

    def deletion_units(self, on_day: date) -> tuple[DeletionUnit, ...]:
        """Everything that has a period, whether it is over or not, the oldest first."""
        return all_units(self._connection, on_day)


class DeletionWriting(Writing, DeletionReading):
    """Deletes what is past its period."""

    def delete_units(
        self,
        keys: Iterable[str],
        *,
        periods: Mapping[RecordKind, int | None],
        on_day: date,
        reason: str,
    ) -> tuple[DeletionUnit, ...]:
        """Delete units for good, and describe the act for its audit entry.

        Everything is asked anew inside this transaction; the act must be ``DELETION_ACT``.

        Args:
            keys: Of the units chosen.
            periods: Years by kind, None for good.
            on_day: The day on which periods must be over.
            reason: Why, and who approved; never blank.

        Returns:
            What was deleted.

        Raises:
            StoreError: When a chosen unit is not past its period, or something stands on it;
                nothing is deleted then.
        """
        if not reason.strip():
            raise StoreError("刪除要有理由（例如核准銷毀的文號），沒有刪除任何資料。")
        wanted = set(keys)
        chosen = {one.key: one for one in self.deletion_units(on_day) if one.key in wanted}
        if set(chosen) != wanted:
            raise StoreError("所選的資料已經變動，沒有刪除任何資料；請重新整理清單再選。")
        for one in chosen.values():
            if not is_past(one, periods.get(one.kind), on_day):
                raise StoreError(f"「{one.words}」還沒有到期，沒有刪除任何資料；請重新整理清單。")
        stuck = wanted - free_to_go(chosen)
        if stuck:
            words = chosen[min(stuck)].words
            raise StoreError(f"「{words}」還有別的資料靠它，沒有刪除任何資料；請重新整理清單。")
        deletion = self._identifier()
        # Parts of one unit point at one another: references are asked at the commit.
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        # Where power fails before the file is written anew, the bytes are overwritten all the same.
        self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        before = Counter(self._touched)
        self._delete(chosen, deletion)
        self._forget_old_steps(periods, on_day)
        kinds = Counter(one.kind for one in chosen.values())
        self.describe(
            "、".join(kind.word for kind in RecordKind if kinds[kind]),
            {
                "deletion": deletion,
                "seal": seal_of(self._connection, deletion),
                "deleted": dict(self._touched - before),
                "units": {kind.word: count for kind, count in kinds.items()},
                "periods": {kind.word: periods.get(kind) for kind in kinds},
                "on_day": on_day.isoformat(),
                "why": reason.strip(),
            },
        )
        return tuple(chosen.values())

    def _delete(self, keys: Iterable[str], deletion: str) -> None:
        named: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            sort, name = key.split("/", 1)
            named[sort].append(name)
        self._delete_cases(named["case"], deletion)
        self._erase(decision, decision.c.plan_id, named["decisions"], deletion)
        self._delete_papers(named["paper"], deletion)
        lines = _component(self._connection, named["account"])
        self._erase(ledger_entry, ledger_entry.c.id, lines, deletion)
        self._delete_files(named["file"], deletion)
        self._erase(roster_revision, roster_revision.c.id, named["roster"], deletion)
        groups = logbook_groups(self._connection)
        entries = [entry for root in named["logbook"] for entry in groups[root]]
        self._erase(logbook_entry, logbook_entry.c.id, entries, deletion)
        for table in (row_succession, leave_without_pay, person):
            self._erase(table, table.c.employee_id, named["person"], deletion)
        # What clerks wrote of a person's nominations, reports and sign-ups; a draw's list stays.
        self._erase(logbook_entry, logbook_entry.c.subject, named["person"], deletion)
        seqs = [seq for year in named["audit"] for seq in audit_seqs(self._connection, year)]
        self._erase(audit, audit.c.seq, seqs, deletion)

    def _delete_files(self, files: Sequence[str], deletion: str) -> None:
        row_keys = self._values(learning_row.c.row_key, learning_row.c.batch_file, files)
        digests = self._values(batch_file.c.digest, batch_file.c.id, files)
        batches = self._values(batch_file.c.batch, batch_file.c.id, files)
        for table in (*_BY_FILE, roster_revision):
            self._erase(table, table.c.batch_file, files, deletion)
        self._erase(batch_file, batch_file.c.id, files, deletion)
        left = self._values(learning_row.c.row_key, learning_row.c.row_key, row_keys)
        for column in (row_succession.c.older_key, row_succession.c.newer_key):
            self._erase(row_succession, column, row_keys - left, deletion)
        shown = self._values(batch_file.c.digest, batch_file.c.digest, digests)
        self._erase(reading_correction, reading_correction.c.digest, digests - shown, deletion)
        self._drop_originals(digests, deletion)
        emptied = batches - self._values(batch_file.c.batch, batch_file.c.batch, batches)
        self._erase(batch, batch.c.id, emptied, deletion)
        for batch_id in emptied:
            self._erase_where(undo_step, undo_step.c.inverse.contains(batch_id, autoescape=True))

    def _drop_originals(self, digests: set[str], deletion: str) -> None:
        """Originals that nothing points at any more."""
        for column in (batch_file.c.digest, scanned_sheet.c.digest):
            digests = digests - self._values(column, column, digests)
        self._erase(source_file, source_file.c.digest, digests, deletion)

    def _delete_cases(self, names: Sequence[str], deletion: str) -> None:
        for name in names:
            plan_id, who = name.split("/", 1)
            for table in (verdict, case_step, person_decision):
                query = select(table.c.id).where(
                    table.c.plan_id == plan_id, table.c.employee_id == who
                )
                found = set(self._connection.execute(query).scalars())
                self._erase(table, table.c.id, found, deletion)

    def _forget_old_steps(self, periods: Mapping[RecordKind, int | None], on_day: date) -> None:
        """Steps to undo as old as what may be deleted: they hold copies of it."""
        shortest = min(years for years in periods.values() if years is not None)
        steps = self._connection.execute(select(undo_step.c.id, undo_step.c.done_at)).all()
        old = [
            row.id
            for row in steps
            if kept_until(date.fromisoformat(row.done_at[:10]), shortest) < on_day
        ]
        for some in _chunks(old):
            self._erase_where(undo_step, undo_step.c.id.in_(some))

    def _delete_papers(self, names: Sequence[str], deletion: str) -> None:
        documents = _component_of_papers(self._connection, names)
        scans = self._values(scanned_sheet.c.digest, scanned_sheet.c.document, documents)
        for table in (print_log, scanned_sheet, stamp_act):
            self._erase(table, table.c.document, documents, deletion)
        self._erase(issued_document, issued_document.c.id, documents, deletion)
        self._drop_originals(scans, deletion)

    # ---------------------------------------------------------------------------------- parts
    def _values(
        self, wanted: ColumnElement[Any], column: ColumnElement[Any], values: Iterable[Any]
    ) -> set[Any]:
        found: set[Any] = set()
        for some in _chunks(values):
            found.update(self._connection.execute(select(wanted).where(column.in_(some))).scalars())
        return found

    def _erase(
        self, table: Table, column: ColumnElement[Any], values: Iterable[Any], deletion: str
    ) -> None:
        """Take rows out; of tables that are only ever added to, their places are noted first."""
        for some in _chunks(values):
            if table in APPEND_ONLY:
                self._note(table, column.in_(some), deletion)
            self._erase_where(table, column.in_(some))

    def _erase_where(self, table: Table, condition: ColumnElement[bool]) -> None:
        done = self._connection.execute(delete(table).where(condition))
        self._touch(table, done.rowcount)

    def _note(self, table: Table, condition: ColumnElement[bool], deletion: str) -> None:
        columns = [table.c[DELETED_BY.get(table.name, "id")]]
        if table.name in CHAINED:
            columns += [table.c.previous_hash, table.c.hash]
        rows = self._connection.execute(select(*columns).where(condition)).all()
        if rows:
            self._connection.execute(
                insert(deleted_row),
                [
                    {
                        "table_name": table.name,
                        "row_key": str(row[0]),
                        "previous_hash": row[1] if len(row) > 1 else None,
                        "hash": row[2] if len(row) > 1 else None,
                        "deletion": deletion,
                    }
                    for row in rows
                ],
            )


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    # SQLite takes only so many values in one statement.
    source = iter(sorted(values))
    while some := list(islice(source, _AT_ONCE)):
        yield some


def _component(connection: Connection, roots: Iterable[str]) -> set[str]:
    """Every ledger line that stands on one of the lines, or on which one of them stands."""
    links = connection.execute(
        select(
            ledger_entry.c.id,
            ledger_entry.c.grant_id,
            ledger_entry.c.advance_id,
            ledger_entry.c.reverses,
        )
    )
    return _reached(roots, ((row[0], other) for row in links for other in row[1:]))


def _component_of_papers(connection: Connection, roots: Iterable[str]) -> set[str]:
    links = connection.execute(select(issued_document.c.id, issued_document.c.cancels))
    return _reached(roots, ((row[0], row[1]) for row in links))


def _reached(roots: Iterable[str], links: Iterable[tuple[str, str | None]]) -> set[str]:
    beside: dict[str, set[str]] = {}
    for one, other in links:
        if other is not None:
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    reached: set[str] = set()
    open_ends = list(roots)
    while open_ends:
        one = open_ends.pop()
        if one not in reached:
            reached.add(one)
            open_ends += beside.get(one, ())
    return reached


# ---------------------------------------------------------------------------------------- checking
def seal_of(connection: Connection, deletion: str) -> str:
    """SHA-256 over the places that a deletion noted, in hexadecimal."""
    rows = connection.execute(
        select(
            deleted_row.c.table_name,
            deleted_row.c.row_key,
            deleted_row.c.previous_hash,
            deleted_row.c.hash,
        )
        .where(deleted_row.c.deletion == deletion)
        .order_by(deleted_row.c.table_name, deleted_row.c.row_key)
    )
    return hashlib.sha256(canonical_json([list(row) for row in rows]).encode()).hexdigest()


def deletion_faults(connection: Connection) -> Iterator[str]:
    """Chinese findings: rows that are gone and that no entry of the trail accounts for."""
    sealed: dict[str, tuple[int, str]] = {}
    query = select(audit.c.seq, audit.c.detail).where(audit.c.act == DELETION_ACT)
    for row in connection.execute(query.order_by(audit.c.seq)):
        detail = to_mapping(row.detail)
        sealed[str(detail.get("deletion", ""))] = (row.seq, str(detail.get("seal", "")))
    noted = connection.execute(
        select(deleted_row.c.deletion, func.count()).group_by(deleted_row.c.deletion)
    ).all()
    for deletion, count in noted:
        if deletion not in sealed:
            yield f"有 {count} 列被刪除，稽核紀錄卻沒有這次刪除（{deletion}），不是由本程式刪除的。"
    known = {deletion for deletion, _ in noted}
    for deletion, (seq, seal) in sealed.items():
        if deletion in known and seal_of(connection, deletion) != seal:
            yield f"稽核紀錄第 {seq} 筆的刪除，刪除清單被改過，與封記不符。"
