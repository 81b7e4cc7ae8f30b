"""Taking a whole import back, unless a later act stands on it."""

from __future__ import annotations

from sqlalchemy import CompoundSelect, Select, exists, literal, select, union, update

from desktop.store.errors import NotStoredError, TakeBackRefusedError
from desktop.store.ledger_hindrances import grants_since, uses_from
from desktop.store.tables import (
    REFERENCE_TABLES,
    attendance_entry,
    batch,
    batch_file,
    calendar_year,
    issued_document,
    known_row,
    learning_row,
    ledger_entry,
    roster_revision,
)
from desktop.store.writing_facts import FactsWriting, known_key, people_of_revision


class TakingBack(FactsWriting):
    """Takes imports back; nothing is deleted, the rows only no longer count."""

    def take_back_batch(self, batch_id: str) -> None:
        """Take an import back: its rows no longer count, its roster gives way to the one before.

        Raises:
            NotStoredError: When there is no such import.
            TakeBackRefusedError: When it was taken back before, when a document was issued on
                its facts, when leave was granted or used on them, or when a later import relies
                on its rows.
        """
        row = self._connection.execute(select(batch).where(batch.c.id == batch_id)).first()
        if row is None:
            raise NotStoredError("找不到這一批匯入，可能資料已經還原過；請重新整理清單。")
        if row.taken_back_at is not None:
            raise TakeBackRefusedError(f"「{row.title}」已經復原過，不能再復原一次。")
        self._refuse_after_documents(batch_id, row.title, row.created_at)
        self._refuse_after_grants(batch_id, row.title, row.created_at)
        self._refuse_after_uses(batch_id, row.title)
        self._refuse_under_later_imports(batch_id, row.title)
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
                .where(table.c.batch_file.in_(_files(batch_id)), table.c.is_live)
                .values(is_live=False)
            )
            self._touch(table, done.rowcount)
        self._restore_roster(batch_id)

    def _refuse_after_documents(self, batch_id: str, title: str, created_at: str) -> None:
        concerned = self._connection.execute(
            select(issued_document.c.number)
            .where(
                issued_document.c.issued_at >= created_at,
                issued_document.c.id.not_in(
                    select(issued_document.c.cancels).where(issued_document.c.cancels.is_not(None))
                ),
                issued_document.c.employee_id.is_(None)
                | issued_document.c.employee_id.in_(_people(batch_id))
                | literal(self._concerns_everybody(batch_id)),
            )
            .order_by(issued_document.c.seq)
        ).scalars()
        numbers = list(concerned)
        if numbers:
            more = f"等 {len(numbers)} 份文件" if len(numbers) > 1 else ""
            raise TakeBackRefusedError(
                f"「{title}」不能復原：之後已印出 {numbers[0]}{more}，其依據必須保留，"
                "資料沒有更動；請改以新的匯入更正。"
            )

    def _refuse_after_grants(self, batch_id: str, title: str, created_at: str) -> None:
        concerned = ledger_entry.c.employee_id.in_(_people(batch_id)) | literal(
            self._concerns_everybody(batch_id)
        )
        people = grants_since(self._connection, created_at, concerned)
        if people:
            more = f"等 {len(people)} 人" if len(people) > 1 else ""
            raise TakeBackRefusedError(
                f"「{title}」不能復原：之後已核給 {people[0]}{more}補休，其依據必須保留，"
                "資料沒有更動；請先在補休帳沖銷核給，或改以新的匯入更正。"
            )

    def _refuse_after_uses(self, batch_id: str, title: str) -> None:
        sources = self._connection.execute(
            select(attendance_entry.c.natural_key).where(
                attendance_entry.c.batch_file.in_(_files(batch_id)), attendance_entry.c.is_live
            )
        ).scalars()
        people = uses_from(self._connection, tuple(sources))
        if people:
            more = f"等 {len(people)} 人" if len(people) > 1 else ""
            raise TakeBackRefusedError(
                f"「{title}」不能復原：補休帳已依它登記 {people[0]}{more}的使用，"
                "資料沒有更動；請先在補休帳沖銷這些使用。"
            )

    def _concerns_everybody(self, batch_id: str) -> bool:
        return bool(
            self._connection.execute(
                select(
                    exists().where(roster_revision.c.batch_file.in_(_files(batch_id)))
                    | exists().where(calendar_year.c.batch_file.in_(_files(batch_id)))
                )
            ).scalar()
        )

    def _refuse_under_later_imports(self, batch_id: str, title: str) -> None:
        own_keys = set(
            self._connection.execute(
                select(learning_row.c.row_key).where(
                    learning_row.c.batch_file.in_(_files(batch_id))
                )
            ).scalars()
        )
        for table in REFERENCE_TABLES:
            keys = self._connection.execute(
                select(table.c.natural_key).where(
                    table.c.batch_file.in_(_files(batch_id)), table.c.is_live
                )
            ).scalars()
            own_keys.update(known_key(table, key) for key in keys)
        relying = self._connection.execute(
            select(batch.c.title, known_row.c.row_key)
            .join(batch_file, batch_file.c.id == known_row.c.batch_file)
            .join(batch, batch.c.id == batch_file.c.batch)
            .where(batch.c.taken_back_at.is_(None), batch.c.id != batch_id)
            .order_by(batch.c.seq.desc())
        )
        for later_title, key in relying:
            if key in own_keys:
                raise TakeBackRefusedError(
                    f"「{title}」不能復原：之後的「{later_title}」有相同的資料列，當時未重複存入；"
                    f"請先復原「{later_title}」。"
                )

    def _restore_roster(self, batch_id: str) -> None:
        had_roster = self._connection.execute(
            select(exists().where(roster_revision.c.batch_file.in_(_files(batch_id))))
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


def _files(batch_id: str) -> Select[tuple[str]]:
    return select(batch_file.c.id).where(batch_file.c.batch == batch_id)


def _people(batch_id: str) -> CompoundSelect[tuple[str]]:
    tables = (learning_row, *REFERENCE_TABLES)
    return union(
        *(
            select(table.c.employee_id).where(
                table.c.batch_file.in_(_files(batch_id)), table.c.employee_id.is_not(None)
            )
            for table in tables
        )
    )
