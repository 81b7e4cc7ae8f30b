"""Writing what clerks say of doubtful readings; entries are only ever added."""

from __future__ import annotations

from sqlalchemy import insert, select

from desktop.domain.readings import ReadingCorrection, RowIdentity
from desktop.store.errors import NotStoredError, StoreError
from desktop.store.reading_corrections import CorrectionsReading
from desktop.store.tables import reading_correction
from desktop.store.writing import Writing


class CorrectionsWriting(Writing, CorrectionsReading):
    """Takes in words on readings."""

    def add_reading_correction(
        self, identity: RowIdentity, field: str, *, as_read: str, corrected: str | None
    ) -> ReadingCorrection:
        """Record what a clerk says of one reading; it is in force from now on.

        Args:
            identity: The row.
            field: Of the row.
            as_read: What the program had read, in words.
            corrected: What stands there; None when the reading is right.
        """
        made = ReadingCorrection(
            identity=identity,
            field=field,
            as_read=as_read,
            corrected=corrected,
            actor=self._actor,
            at=self._now,
            id=self._identifier(),
        )
        self._insert_correction(made, None)
        return made

    def reverse_reading_correction(self, correction_id: str) -> None:
        """Take a word back by an entry against it; the one before comes into force again.

        Raises:
            NotStoredError: When there is no such word.
            StoreError: When it was taken back before.
        """
        row = self._connection.execute(
            select(reading_correction).where(
                reading_correction.c.id == correction_id, reading_correction.c.reverses.is_(None)
            )
        ).first()
        if row is None:
            raise NotStoredError("找不到要復原的辨識更正，可能資料已經還原過；請重新整理清單。")
        taken_back = self._connection.execute(
            select(reading_correction.c.id).where(reading_correction.c.reverses == correction_id)
        ).first()
        if taken_back is not None:
            raise StoreError("這個辨識更正已經復原過，不能再復原一次；請重新整理清單。")
        against = ReadingCorrection(
            identity=RowIdentity(row.digest, row.page, row.row, row.sheet),
            field=row.field,
            as_read=row.as_read,
            corrected=row.corrected,
            actor=self._actor,
            at=self._now,
            id=self._identifier(),
        )
        self._insert_correction(against, correction_id)

    def _insert_correction(self, made: ReadingCorrection, reverses: str | None) -> None:
        self._connection.execute(
            insert(reading_correction).values(
                id=made.id,
                seq=self._next_seq(reading_correction),
                digest=made.identity.digest,
                page=made.identity.page,
                row=made.identity.row,
                sheet=made.identity.sheet,
                field=made.field,
                as_read=made.as_read,
                corrected=made.corrected,
                actor=made.actor,
                at=self._now_text,
                reverses=reverses,
            )
        )
        self._touch(reading_correction)
