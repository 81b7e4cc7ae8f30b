"""Reading what clerks said of doubtful readings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select

from desktop.domain.corrected_rows import Corrections, by_row
from desktop.domain.readings import ReadingCorrection, RowIdentity
from desktop.store.codes import known_moment
from desktop.store.reading import Reading
from desktop.store.tables import reading_correction


class CorrectionsReading(Reading):
    """Words on readings; they belong to a file's bytes, not to an import of it."""

    def reading_corrections(self, digests: Iterable[str] | None = None) -> Corrections:
        """The words in force by row: on each field the latest that was not taken back.

        Args:
            digests: Of these files only; of all when None.
        """
        query = select(reading_correction).order_by(reading_correction.c.seq)
        if digests is not None:
            query = query.where(reading_correction.c.digest.in_(sorted(set(digests))))
        rows = self._connection.execute(query).all()
        taken_back = {row.reverses for row in rows if row.reverses is not None}
        return by_row(
            _correction(row) for row in rows if row.reverses is None and row.id not in taken_back
        )

    def reading_history(self, digest: str) -> tuple[ReadingCorrection, ...]:
        """Every word ever said on a file's readings, taken back or not, the oldest first."""
        query = (
            select(reading_correction)
            .where(reading_correction.c.digest == digest, reading_correction.c.reverses.is_(None))
            .order_by(reading_correction.c.seq)
        )
        return tuple(_correction(row) for row in self._connection.execute(query))


def _correction(row: Row[Any]) -> ReadingCorrection:
    return ReadingCorrection(
        identity=RowIdentity(row.digest, row.page, row.row, row.sheet),
        field=row.field,
        as_read=row.as_read,
        corrected=row.corrected,
        actor=row.actor,
        at=known_moment(row.at),
        id=row.id,
    )
