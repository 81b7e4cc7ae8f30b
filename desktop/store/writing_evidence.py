"""Writing imports: the batch, its files, what was stored and what was refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, func, insert, select, update

from desktop.domain.evidence import EvidenceKind, LearningRow, Refusal, RefusalReason
from desktop.domain.yearly_hours import StatedHours
from desktop.store.codes import (
    LEARNING_COLUMNS,
    PLACE_COLUMNS,
    STATED_COLUMNS,
    learning_cells,
    place_cells,
    stated_cells,
    to_json,
)
from desktop.store.engine import bulk_insert
from desktop.store.errors import NotStoredError
from desktop.store.tables import (
    batch,
    batch_file,
    known_row,
    learning_row,
    refused_row,
    source_file,
    stated_hours,
)
from desktop.store.values import ShownPerson
from desktop.store.writing import Writing

NewLearningRow = tuple[LearningRow, str | None, RefusalReason | None, str]
"""A row, its person or the problem with it, and its natural key."""

NewStatedHours = tuple[StatedHours, str | None, RefusalReason | None]
"""A portal page's summary block and its person, or the problem with it."""


class EvidenceWriting(Writing):
    """Takes in what importers read."""

    def add_batch(self, title: str) -> str:
        """Begin an import and return its identifier.

        Args:
            title: The act as a clerk knows it (``匯入 57 個檔案``).
        """
        batch_id = self._identifier()
        self._connection.execute(
            insert(batch).values(
                id=batch_id,
                seq=self._next_seq(batch),
                created_at=self._now_text,
                actor=self._actor,
                title=title,
            )
        )
        self._touch(batch)
        return batch_id

    def keep_file(self, digest: str, content: bytes, name: str) -> None:
        """Keep an original file under its digest; bytes kept already are left alone.

        Raises:
            ValueError: When the digest is not that of the content.
        """
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError(f"not the SHA-256 of the content: {digest}")
        kept = self._connection.execute(
            select(source_file.c.digest).where(source_file.c.digest == digest)
        ).first()
        if kept is not None:
            return
        self._connection.execute(
            insert(source_file).values(
                digest=digest,
                size=len(content),
                content=content,
                first_name=name,
                stored_at=self._now_text,
            )
        )
        self._touch(source_file)

    def add_batch_file(
        self,
        batch_id: str,
        *,
        digest: str,
        name: str,
        kind: EvidenceKind | None,
        rows_in: int,
        rows_stored: int,
        rows_known: int,
        rows_refused: int,
        remarks: Sequence[str] = (),
    ) -> str:
        """Enter one file of an import with its counts and return its identifier.

        Rows in must be rows stored + known + refused, and a file with stored rows must be kept
        (``keep_file``, before or after) by the end of the transaction: the schema holds to it.

        Args:
            batch_id: The import.
            digest: SHA-256 of the bytes.
            name: The name within the batch.
            kind: None when the file was refused before it was recognised.
            rows_in: How many rows the file holds.
            rows_stored: Of these the stored ones; those that wait for their person among them.
            rows_known: Those that were there already.
            rows_refused: Those refused.
            remarks: Sentences for the clerk.
        """
        file_id = self._identifier()
        is_kept = (
            self._connection.execute(
                select(source_file.c.digest).where(source_file.c.digest == digest)
            ).first()
            is not None
        )
        self._connection.execute(
            insert(batch_file).values(
                id=file_id,
                batch=batch_id,
                position=self._count_in(batch_file, batch_file.c.batch, batch_id),
                digest=digest,
                kept=digest if is_kept or rows_stored else None,
                name=name,
                kind=kind.value if kind is not None else None,
                rows_in=rows_in,
                rows_stored=rows_stored,
                rows_known=rows_known,
                rows_refused=rows_refused,
                remarks=to_json(list(remarks)),
            )
        )
        self._touch(batch_file)
        return file_id

    def add_refusals(self, file_id: str, refusals: Iterable[Refusal]) -> None:
        """Keep what was refused of a file, each with its place, reason and sentence."""
        first = self._count_in(refused_row, refused_row.c.batch_file, file_id)
        count = bulk_insert(
            self._connection,
            refused_row,
            ("id", "batch_file", "position", *PLACE_COLUMNS, "reason", "message", "rows", "raw"),
            (
                (
                    self._identifier(),
                    file_id,
                    position,
                    *place_cells(refusal.place),
                    refusal.reason.value,
                    refusal.message,
                    refusal.rows,
                    to_json(dict(refusal.raw)),
                )
                for position, refusal in enumerate(refusals, first)
            ),
        )
        self._touch(refused_row, count)

    def add_learning_rows(self, file_id: str, rows: Iterable[NewLearningRow]) -> int:
        """Store learning rows of a file and return how many there were.

        Args:
            file_id: The file they stand in.
            rows: Each with its person, or with None and the problem that the clerk must settle,
                and with the natural key by which later imports know it.
        """
        first = self._count_in(learning_row, learning_row.c.batch_file, file_id)
        count = bulk_insert(
            self._connection,
            learning_row,
            (
                "id",
                "batch_file",
                "position",
                "employee_id",
                "person_problem",
                "row_key",
                *PLACE_COLUMNS,
                *LEARNING_COLUMNS,
            ),
            (
                (
                    self._identifier(),
                    file_id,
                    position,
                    employee_id,
                    problem.value if problem is not None else None,
                    row_key,
                    *learning_cells(row),
                )
                for position, (row, employee_id, problem, row_key) in enumerate(rows, first)
            ),
        )
        self._touch(learning_row, count)
        return count

    def add_stated_hours(self, file_id: str, pages: Iterable[NewStatedHours]) -> None:
        """Store the summary blocks of a file; one of a year already there is kept beside it.

        Args:
            file_id: The file they stand in.
            pages: Each with its person, or with None and the problem that the clerk must settle.
        """
        first = self._count_in(stated_hours, stated_hours.c.batch_file, file_id)
        count = bulk_insert(
            self._connection,
            stated_hours,
            (
                "id",
                "batch_file",
                "position",
                "employee_id",
                "person_problem",
                *PLACE_COLUMNS,
                *STATED_COLUMNS,
            ),
            (
                (
                    self._identifier(),
                    file_id,
                    position,
                    employee_id,
                    problem.value if problem is not None else None,
                    *stated_cells(stated),
                )
                for position, (stated, employee_id, problem) in enumerate(pages, first)
            ),
        )
        self._touch(stated_hours, count)

    def note_known_rows(self, file_id: str, row_keys: Iterable[str]) -> None:
        """Remember which rows of a file were there already, in older imports.

        The older import then cannot be taken back before this one: its rows would vanish though
        a file that counts shows them.
        """
        noted = self._connection.execute(
            select(known_row.c.row_key).where(known_row.c.batch_file == file_id)
        ).scalars()
        count = bulk_insert(
            self._connection,
            known_row,
            ("batch_file", "row_key"),
            ((file_id, key) for key in sorted(set(row_keys) - set(noted))),
        )
        self._touch(known_row, count)

    def assign_person(
        self,
        file_id: str,
        employee_id: str,
        *,
        shown: ShownPerson | None = None,
        row_keys: Mapping[str, str] | None = None,
    ) -> int:
        """Say whose the waiting rows of a file are, and return how many they were.

        The file's summary blocks that wait go with them.

        Args:
            file_id: The file.
            employee_id: Whose they are; a person of the roster.
            shown: Only rows that show this 人員代號 and 姓名; None for all that wait.
            row_keys: New natural keys by row identifier (see ``Reader.pending_rows``), where
                the key holds the person.

        Raises:
            NotStoredError: When nothing of the file waits (any more).
        """
        waiting = _waiting(learning_row, file_id, shown)
        ids = self._connection.execute(select(learning_row.c.id).where(*waiting)).scalars().all()
        pages = self._assign_stated_hours(file_id, employee_id, shown)
        if not ids and not pages:
            raise NotStoredError(
                "這個檔案沒有等待指定人員的紀錄，可能已經指定過；請重新整理待處理清單。"
            )
        for row_id, row_key in (row_keys or {}).items():
            self._connection.execute(
                update(learning_row)
                .where(learning_row.c.id == row_id, *waiting)
                .values(row_key=row_key)
            )
        self._connection.execute(
            update(learning_row)
            .where(*waiting)
            .values(
                employee_id=employee_id,
                person_problem=None,
                row_version=learning_row.c.row_version + 1,
            )
        )
        self._touch(learning_row, len(ids))
        return len(ids)

    def _assign_stated_hours(
        self, file_id: str, employee_id: str, shown: ShownPerson | None
    ) -> int:
        """A page's summary block goes with the page's rows, or by itself where it has none."""
        done = self._connection.execute(
            update(stated_hours)
            .where(*_waiting(stated_hours, file_id, shown))
            .values(
                employee_id=employee_id,
                person_problem=None,
                row_version=stated_hours.c.row_version + 1,
            )
        )
        self._touch(stated_hours, done.rowcount)
        return done.rowcount

    def _count_in(self, table: Any, column: Any, value: str) -> int:
        query = select(func.count()).select_from(table).where(column == value)
        return int(self._connection.execute(query).scalar_one())


def _waiting(table: Table, file_id: str, shown: ShownPerson | None) -> list[ColumnElement[bool]]:
    """What of a file waits for its person, or only what shows that id and name."""
    found: list[ColumnElement[bool]] = [
        table.c.batch_file == file_id,
        table.c.employee_id.is_(None),
    ]
    if shown is not None:
        found.append(table.c.shown_employee_id.is_not_distinct_from(shown[0]))
        found.append(table.c.person_name.is_not_distinct_from(shown[1]))
    return found
