"""Taking a whole import back, unless a later act stands on it."""

from __future__ import annotations

from sqlalchemy import exists, select, update

from desktop.store.errors import NotStoredError, TakeBackRefusedError
from desktop.store.tables import REFERENCE_TABLES, batch, batch_file, roster_revision
from desktop.store.take_back_hindrances import HindranceReading, files_of
from desktop.store.writing_facts import FactsWriting, people_of_revision


class TakingBack(FactsWriting, HindranceReading):
    """Takes imports back; nothing is deleted, the rows only no longer count."""

    def take_back_batch(self, batch_id: str) -> None:
        """Take an import back: its rows no longer count, its roster gives way to the one before.

        Raises:
            NotStoredError: When there is no such import.
            TakeBackRefusedError: When it was taken back before, when a document was issued on
                its facts, when leave was granted or used on them, or when a later import relies
                on its rows.
        """
        hindrances = self.take_back_hindrances(batch_id)
        if hindrances:
            raise TakeBackRefusedError(hindrances[0])
        self._connection.execute(
            update(batch)
            .where(batch.c.id == batch_id)
            .values(
                taken_back_at=self._now_text,
                taken_back_by=self._actor,
                row_version=batch.c.row_version + 1,
            )
        )
        self._touch(batch)
        for table in REFERENCE_TABLES:
            done = self._connection.execute(
                update(table)
                .where(table.c.batch_file.in_(files_of(batch_id)), table.c.is_live)
                .values(is_live=False)
            )
            self._touch(table, done.rowcount)
        self._restore_roster(batch_id)

    def restore_batch(self, batch_id: str) -> None:
        """Let an import count again that was taken back, as it did before.

        Raises:
            NotStoredError: When there is no such import.
            TakeBackRefusedError: When it counts, or another import came since.
        """
        row = self._connection.execute(select(batch).where(batch.c.id == batch_id)).first()
        if row is None:
            raise NotStoredError("找不到這一批匯入，可能資料已經還原過；請重新整理清單。")
        later = self._connection.execute(
            select(batch.c.title).where(
                batch.c.seq > row.seq,
                batch.c.taken_back_at.is_(None) | (batch.c.taken_back_at > row.taken_back_at),
            )
        ).first()
        if row.taken_back_at is None or later is not None:
            raise TakeBackRefusedError(
                f"「{row.title}」不能重做：之後又有別的匯入，資料沒有更動；請重新匯入檔案。"
            )
        self._connection.execute(
            update(batch)
            .where(batch.c.id == batch_id)
            .values(taken_back_at=None, taken_back_by=None, row_version=batch.c.row_version + 1)
        )
        self._touch(batch)
        for table in REFERENCE_TABLES:
            done = self._connection.execute(
                update(table)
                .where(table.c.batch_file.in_(files_of(batch_id)), ~table.c.is_live)
                .values(is_live=True)
            )
            self._touch(table, done.rowcount)
        self._restore_roster(batch_id)

    def _restore_roster(self, batch_id: str) -> None:
        had_roster = self._connection.execute(
            select(exists().where(roster_revision.c.batch_file.in_(files_of(batch_id))))
        ).scalar()
        if not had_roster:
            return
        counting = (
            select(roster_revision)
            .join(batch_file, batch_file.c.id == roster_revision.c.batch_file, isouter=True)
            .join(batch, batch.c.id == batch_file.c.batch, isouter=True)
            .where(batch.c.taken_back_at.is_(None))
            .order_by(roster_revision.c.seq.desc())
            .limit(1)
        )
        row = self._connection.execute(counting).first()
        self._apply_roster(people_of_revision(row) if row is not None else ())
