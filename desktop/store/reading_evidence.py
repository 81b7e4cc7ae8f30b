"""Reading imports, their files and the learning rows in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, exists, func, select

from desktop.domain.corrected_rows import as_corrected
from desktop.domain.evidence import EvidenceKind, LearningRow, Refusal, RefusalReason
from desktop.store.codes import (
    known_moment,
    to_learning_row,
    to_mapping,
    to_moment,
    to_place,
    to_stated_hours,
)
from desktop.store.errors import NotStoredError
from desktop.store.reading import live
from desktop.store.reading_corrections import CorrectionsReading
from desktop.store.tables import (
    batch,
    batch_file,
    learning_row,
    refused_row,
    source_file,
    stated_hours,
)
from desktop.store.values import (
    BatchFile,
    BatchSummary,
    DoubtfulRow,
    PendingFile,
    StoredRow,
    StoredStatedHours,
)

_KEYS_A_QUERY = 500
_FILE_ORDER = (batch.c.seq, batch_file.c.position)


class EvidenceReading(CorrectionsReading):
    """What was imported, where it was read, and what was refused."""

    def learning_rows(self, employee_id: str | None = None) -> tuple[StoredRow, ...]:
        """Learning rows that count: of imports not taken back, their person known.

        In the order of import, file and page; with what clerks said of doubtful readings.

        Args:
            employee_id: Only this person's rows; everybody's when None.
        """
        query = live(select(learning_row, batch_file.c.batch), learning_row.c.batch_file).order_by(
            *_FILE_ORDER, learning_row.c.position
        )
        if employee_id is None:
            query = query.where(learning_row.c.employee_id.is_not(None))
        else:
            query = query.where(learning_row.c.employee_id == employee_id)
        corrections = self.reading_corrections()
        return tuple(
            _stored_row(row, as_corrected(to_learning_row(row), corrections))
            for row in self._connection.execute(query)
        )

    def doubtful_rows(self) -> tuple[DoubtfulRow, ...]:
        """Rows of live imports that were read with doubt, their person known or not.

        Settled ones are among them, each as it was read; in the order of import, file and page.
        """
        query = (
            live(select(learning_row), learning_row.c.batch_file)
            .where(learning_row.c.doubtful_fields != "[]")
            .order_by(*_FILE_ORDER, learning_row.c.position)
        )
        return tuple(
            DoubtfulRow(row.employee_id, to_learning_row(row))
            for row in self._connection.execute(query)
        )

    def stated_hours(self, employee_id: str | None = None) -> tuple[StoredStatedHours, ...]:
        """Summary blocks of portal pages that count, their person known, in the order of import.

        Args:
            employee_id: Only this person's; everybody's when None.
        """
        query = live(select(stated_hours), stated_hours.c.batch_file).order_by(
            *_FILE_ORDER, stated_hours.c.position
        )
        if employee_id is None:
            query = query.where(stated_hours.c.employee_id.is_not(None))
        else:
            query = query.where(stated_hours.c.employee_id == employee_id)
        return tuple(
            StoredStatedHours(row.employee_id, to_stated_hours(row))
            for row in self._connection.execute(query)
        )

    def pending_files(self) -> tuple[PendingFile, ...]:
        """Files with rows that wait for their person, once for each name they show."""
        found: dict[tuple[str, str | None, str | None], tuple[tuple[int, ...], PendingFile]] = {}
        for table in (learning_row, stated_hours):
            columns = (
                batch_file.c.id,
                batch_file.c.batch,
                batch_file.c.name,
                batch_file.c.digest,
                table.c.person_problem,
                table.c.shown_employee_id,
                table.c.person_name,
            )
            query = (
                live(
                    select(
                        *columns,
                        batch.c.seq,
                        batch_file.c.position,
                        func.min(table.c.position).label("first"),
                        func.count().label("rows"),
                    ),
                    table.c.batch_file,
                )
                .where(table.c.employee_id.is_(None))
                .group_by(*columns, *_FILE_ORDER)
            )
            for row in self._connection.execute(query):
                pending = PendingFile(
                    file_id=row.id,
                    batch_id=row.batch,
                    name=row.name,
                    digest=row.digest,
                    problem=RefusalReason(row.person_problem),
                    shown_employee_id=row.shown_employee_id,
                    person_name=row.person_name,
                    rows=row.rows if table is learning_row else 0,
                )
                # A page's summary block waits with its rows where it has any.
                order = (row.seq, row.position, row.first)
                found.setdefault((pending.file_id, *pending.shown), (order, pending))
        return tuple(pending for _, pending in sorted(found.values(), key=lambda one: one[0]))

    def pending_rows(self, file_id: str) -> tuple[tuple[str, LearningRow], ...]:
        """The rows of a file that wait for their person: identifier and row, in page order."""
        query = (
            live(select(learning_row), learning_row.c.batch_file)
            .where(learning_row.c.batch_file == file_id, learning_row.c.employee_id.is_(None))
            .order_by(learning_row.c.position)
        )
        return tuple((row.id, to_learning_row(row)) for row in self._connection.execute(query))

    def known_row_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Which of these keys live rows of known persons carry already."""
        wanted = sorted(set(keys))
        found: set[str] = set()
        for first in range(0, len(wanted), _KEYS_A_QUERY):
            query = live(
                select(learning_row.c.row_key).distinct(), learning_row.c.batch_file
            ).where(
                learning_row.c.employee_id.is_not(None),
                learning_row.c.row_key.in_(wanted[first : first + _KEYS_A_QUERY]),
            )
            found.update(self._connection.execute(query).scalars())
        return frozenset(found)

    def has_file(self, digest: str) -> bool:
        """Whether rows of these bytes came in with an import that was not taken back.

        A file that was refused whole is not there: once its cause is gone (a person was put on
        the roster) the same bytes are read again.
        """
        query = (
            select(batch_file.c.id)
            .join(batch, batch.c.id == batch_file.c.batch)
            .where(
                batch_file.c.digest == digest,
                (batch_file.c.rows_stored + batch_file.c.rows_known > 0)
                | exists().where(stated_hours.c.batch_file == batch_file.c.id),
                batch.c.taken_back_at.is_(None),
            )
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def file_bytes(self, digest: str) -> bytes:
        """The original file.

        Raises:
            NotStoredError: When no file of that digest was kept.
        """
        content = self._connection.execute(
            select(source_file.c.content).where(source_file.c.digest == digest)
        ).scalar()
        if content is None:
            raise _no_file(digest)
        return bytes(content)

    def file_name(self, digest: str) -> str:
        """The name under which the file was first seen.

        Raises:
            NotStoredError: When no file of that digest was kept.
        """
        name = self._connection.execute(
            select(source_file.c.first_name).where(source_file.c.digest == digest)
        ).scalar()
        if name is None:
            raise _no_file(digest)
        return str(name)

    def batches(self) -> tuple[BatchSummary, ...]:
        """Every import, the latest first, those taken back among them."""
        return tuple(_summary(row) for row in self._connection.execute(_batch_query()))

    def batch_files(self, batch_id: str) -> tuple[BatchFile, ...]:
        """The files of an import in the order they were taken."""
        query = (
            select(batch_file).where(batch_file.c.batch == batch_id).order_by(batch_file.c.position)
        )
        return tuple(_batch_file(row) for row in self._connection.execute(query))

    def refusals(self, batch_id: str | None = None) -> tuple[Refusal, ...]:
        """What was refused in one import, or in every one that was not taken back."""
        query = (
            select(refused_row)
            .join(batch_file, batch_file.c.id == refused_row.c.batch_file)
            .join(batch, batch.c.id == batch_file.c.batch)
            .order_by(*_FILE_ORDER, refused_row.c.position)
        )
        if batch_id is None:
            query = query.where(batch.c.taken_back_at.is_(None))
        else:
            query = query.where(batch.c.id == batch_id)
        return tuple(_refusal(row) for row in self._connection.execute(query))


def _no_file(digest: str) -> NotStoredError:
    return NotStoredError(f"資料庫裡沒有這個原始檔（{digest[:12]}…），無法顯示；請重新匯入。")


def _stored_row(row: Row[Any], read: LearningRow) -> StoredRow:
    return StoredRow(
        id=row.id,
        batch_id=row.batch,
        file_id=row.batch_file,
        employee_id=row.employee_id,
        row=read,
    )


def _batch_query() -> Select[Any]:
    def total(column: str) -> Any:
        return func.coalesce(func.sum(batch_file.c[column]), 0).label(column)

    return (
        select(
            batch,
            func.count(batch_file.c.id).label("files"),
            *(total(name) for name in ("rows_in", "rows_stored", "rows_known", "rows_refused")),
        )
        .join(batch_file, batch_file.c.batch == batch.c.id, isouter=True)
        .group_by(*batch.c)
        .order_by(batch.c.seq.desc())
    )


def _summary(row: Row[Any]) -> BatchSummary:
    return BatchSummary(
        id=row.id,
        created_at=known_moment(row.created_at),
        actor=row.actor,
        title=row.title,
        taken_back_at=to_moment(row.taken_back_at),
        files=row.files,
        rows_in=row.rows_in,
        rows_stored=row.rows_stored,
        rows_known=row.rows_known,
        rows_refused=row.rows_refused,
    )


def _batch_file(row: Row[Any]) -> BatchFile:
    return BatchFile(
        id=row.id,
        batch_id=row.batch,
        digest=row.digest,
        name=row.name,
        kind=EvidenceKind(row.kind) if row.kind is not None else None,
        rows_in=row.rows_in,
        rows_stored=row.rows_stored,
        rows_known=row.rows_known,
        rows_refused=row.rows_refused,
        remarks=tuple(json.loads(row.remarks)),
    )


def _refusal(row: Row[Any]) -> Refusal:
    place = to_place(row)
    if place is None:  # the writer always gives it
        raise ValueError("a refusal without its place")
    return Refusal(
        place=place,
        reason=RefusalReason(row.reason),
        message=row.message,
        rows=row.rows,
        raw=to_mapping(row.raw),
    )
