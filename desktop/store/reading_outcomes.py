"""Reading verdicts, decisions, documents, the audit trail and undo steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, distinct, exists, func, or_, select

from desktop.domain.verdicts import Decision, DecisionKind
from desktop.store.audit import to_entry
from desktop.store.codes import known_moment, to_mapping, to_moment
from desktop.store.errors import NotStoredError
from desktop.store.reading import Reading, live
from desktop.store.tables import (
    attendance_entry,
    audit,
    batch,
    decision,
    issued_document,
    learning_row,
    person,
    print_log,
    punch,
    receipt,
    shift,
    stated_hours,
    store_info,
    undo_step,
    verdict,
)
from desktop.store.values import (
    AuditEntry,
    DecisionEntry,
    IssuedDocument,
    PrintAct,
    PrintEntry,
    StoreCounts,
    StoredVerdict,
    StoreHead,
    UndoStep,
)

REVERSAL = "reversal"


class OutcomesReading(Reading):
    """What was decided, printed and done."""

    def verdicts(self, plan_id: str, employee_id: str | None = None) -> dict[str, StoredVerdict]:
        """The latest stored verdict of each person under a plan, by employee id.

        Args:
            plan_id: The plan.
            employee_id: One person only, None for everybody.
        """
        latest = (
            select(func.max(verdict.c.seq))
            .where(verdict.c.plan_id == plan_id)
            .group_by(verdict.c.employee_id)
        )
        if employee_id is not None:
            latest = latest.where(verdict.c.employee_id == employee_id)
        query = select(verdict).where(verdict.c.seq.in_(latest)).order_by(verdict.c.employee_id)
        return {row.employee_id: _verdict(row) for row in self._connection.execute(query)}

    def decisions(self, plan_id: str) -> tuple[Decision, ...]:
        """The decision in force on each record: the latest that was not reversed.

        A reversal brings the decision before it back, as if the reversed one was never made.
        """
        history = self._history(plan_id)
        reversed_ids = {entry.reverses for entry in history if entry.is_reversal}
        in_force = {
            entry.record_key: entry
            for entry in history
            if not entry.is_reversal and entry.id not in reversed_ids
        }
        return tuple(entry.as_decision() for entry in in_force.values())

    def decision_history(self, plan_id: str, record_key: str) -> tuple[DecisionEntry, ...]:
        """Every decision on a record and every reversal, the oldest first."""
        return self._history(plan_id, record_key)

    def _history(self, plan_id: str, record_key: str | None = None) -> tuple[DecisionEntry, ...]:
        query = select(decision).where(decision.c.plan_id == plan_id).order_by(decision.c.seq)
        if record_key is not None:
            query = query.where(decision.c.record_key == record_key)
        return tuple(_decision_entry(row) for row in self._connection.execute(query))

    def last_reasons(self, plan_id: str, limit: int = 20) -> tuple[str, ...]:
        """The reasons written last under a plan, each once, the latest first."""
        query = (
            select(decision.c.reason)
            .where(decision.c.plan_id == plan_id, decision.c.kind != REVERSAL)
            .group_by(decision.c.reason)
            .order_by(func.max(decision.c.seq).desc())
            .limit(limit)
        )
        return tuple(self._connection.execute(query).scalars())

    def documents(self, plan_id: str) -> tuple[IssuedDocument, ...]:
        """The documents issued under a plan in the order of issue, cancelled ones among them."""
        query = _document_query().where(issued_document.c.plan_id == plan_id)
        return tuple(_document(row) for row in self._connection.execute(query))

    def document(self, number: str) -> IssuedDocument:
        """One document by its number.

        Raises:
            NotStoredError: When no document has that number.
        """
        row = self._connection.execute(
            _document_query().where(issued_document.c.number == number)
        ).first()
        if row is None:
            raise _no_document(number)
        return _document(row)

    def document_content(self, number: str) -> bytes:
        """The whole content that was issued under a number.

        Raises:
            NotStoredError: When no document has that number.
        """
        frozen = self._connection.execute(
            select(issued_document.c.frozen).where(issued_document.c.number == number)
        ).scalar()
        if frozen is None:
            raise _no_document(number)
        return bytes(frozen)

    def prints(self, number: str) -> tuple[PrintEntry, ...]:
        """When a document was printed or saved and by whom, the first time first."""
        query = (
            select(print_log)
            .join(issued_document, issued_document.c.id == print_log.c.document)
            .where(issued_document.c.number == number)
            .order_by(print_log.c.seq)
        )
        return tuple(
            PrintEntry(number, known_moment(row.at), row.actor, PrintAct(row.what))
            for row in self._connection.execute(query)
        )

    def head(self) -> StoreHead:
        """Which store this is and how far its audit trail goes."""
        info = self._connection.execute(
            select(store_info.c.store_id, store_info.c.audit_seq, store_info.c.audit_hash)
        ).one()
        return StoreHead(info.store_id, info.audit_seq, info.audit_hash)

    def audit_entries(self, limit: int, before: int | None = None) -> tuple[AuditEntry, ...]:
        """The latest audit entries, the newest first.

        Args:
            limit: At most so many.
            before: Only entries older than this one, for the next page.
        """
        query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.seq < before)
        return tuple(to_entry(row) for row in self._connection.execute(query))

    def search_audit(
        self,
        *,
        words: Sequence[str] = (),
        actor: str = "",
        first: date | None = None,
        last: date | None = None,
        limit: int,
    ) -> tuple[AuditEntry, ...]:
        """Audit entries that hold every word, the newest first.

        Args:
            words: Looked for in actor, act, subject and detail.
            actor: Only this person's; everybody's when empty.
            first: From this day on.
            last: Until this day, itself included.
            limit: At most so many.
        """
        query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
        for word in words:
            columns = (audit.c.actor, audit.c.act, audit.c.subject, audit.c.detail)
            query = query.where(or_(*(c.contains(word, autoescape=True) for c in columns)))
        if actor:
            query = query.where(audit.c.actor == actor)
        if first is not None:
            query = query.where(audit.c.at >= first.isoformat())
        if last is not None:
            query = query.where(audit.c.at < (last + timedelta(days=1)).isoformat())
        return tuple(to_entry(row) for row in self._connection.execute(query))

    def audit_actors(self) -> tuple[str, ...]:
        """Everybody who stands in the audit trail, by name."""
        query = select(audit.c.actor).distinct().order_by(audit.c.actor)
        return tuple(self._connection.execute(query).scalars())

    def undo_steps(self, limit: int = 50) -> tuple[UndoStep, ...]:
        """The steps that can still be undone, the latest first."""
        query = (
            select(undo_step)
            .where(undo_step.c.undone_at.is_(None))
            .order_by(undo_step.c.seq.desc())
            .limit(limit)
        )
        return tuple(to_undo_step(row) for row in self._connection.execute(query))

    def counts(self) -> StoreCounts:
        """How much of everything counts now."""
        pending = live(
            select(
                func.count(distinct(learning_row.c.batch_file)).label("files"),
                func.count().label("rows"),
            ),
            learning_row.c.batch_file,
        ).where(learning_row.c.employee_id.is_(None))
        waiting = self._connection.execute(pending).one()
        lonely_pages = live(
            select(func.count(distinct(stated_hours.c.batch_file))), stated_hours.c.batch_file
        ).where(
            stated_hours.c.employee_id.is_(None),
            ~exists().where(
                learning_row.c.batch_file == stated_hours.c.batch_file,
                learning_row.c.employee_id.is_(None),
            ),
        )
        return StoreCounts(
            people=self._count(select(func.count()).where(person.c.is_on_roster)),
            learning_rows=self._count(
                live(select(func.count()), learning_row.c.batch_file).where(
                    learning_row.c.employee_id.is_not(None)
                )
            ),
            pending_files=waiting.files + self._count(lonely_pages),
            pending_rows=waiting.rows,
            attendance_entries=self._count(select(func.count()).where(attendance_entry.c.is_live)),
            shifts=self._count(select(func.count()).where(shift.c.is_live)),
            punches=self._count(select(func.count()).where(punch.c.is_live)),
            receipts=self._count(select(func.count()).where(receipt.c.is_live)),
            batches=self._count(
                select(func.count()).select_from(batch).where(batch.c.taken_back_at.is_(None))
            ),
            documents=self._count(select(func.count()).select_from(issued_document)),
        )

    def _count(self, query: Select[Any]) -> int:
        return int(self._connection.execute(query).scalar_one())


def to_undo_step(row: Row[Any]) -> UndoStep:
    """The step as a value."""
    return UndoStep(
        token=row.id,
        act=row.act,
        inverse=to_mapping(row.inverse),
        actor=row.actor,
        done_at=known_moment(row.done_at),
        undone_at=to_moment(row.undone_at),
    )


def _no_document(number: str) -> NotStoredError:
    return NotStoredError(f"資料庫裡沒有編號 {number} 的文件；請確認編號。")


def _verdict(row: Row[Any]) -> StoredVerdict:
    return StoredVerdict(
        id=row.id,
        plan_id=row.plan_id,
        employee_id=row.employee_id,
        plan_version=row.plan_version,
        calendar_version=row.calendar_version,
        agency_version=row.agency_version,
        facts_digest=row.facts_digest,
        evaluated_at=known_moment(row.evaluated_at),
        content=to_mapping(row.content),
    )


def _decision_entry(row: Row[Any]) -> DecisionEntry:
    return DecisionEntry(
        id=row.id,
        record_key=row.record_key,
        kind=DecisionKind(row.kind) if row.kind != REVERSAL else None,
        reason=row.reason,
        decided_by=row.actor,
        decided_at=known_moment(row.at),
        fingerprint=row.fingerprint,
        reverses=row.reverses,
    )


def _document_query() -> Select[Any]:
    cancelled = issued_document.alias("cancelled")
    canceller = issued_document.alias("canceller")
    columns = [column for column in issued_document.c if column.name not in {"frozen", "cancels"}]
    prints = (
        select(func.count())
        .select_from(print_log)
        .where(print_log.c.document == issued_document.c.id)
        .scalar_subquery()
    )
    return (
        select(
            *columns,
            cancelled.c.number.label("cancels"),
            canceller.c.number.label("cancelled_by"),
            prints.label("prints"),
        )
        .join(cancelled, cancelled.c.id == issued_document.c.cancels, isouter=True)
        .join(canceller, canceller.c.cancels == issued_document.c.id, isouter=True)
        .order_by(issued_document.c.seq)
    )


def _document(row: Row[Any]) -> IssuedDocument:
    return IssuedDocument(
        id=row.id,
        number=row.number,
        plan_id=row.plan_id,
        roc_year=row.roc_year,
        serial=row.serial,
        kind=row.kind,
        employee_id=row.employee_id,
        set_id=row.set_id,
        content_digest=row.content_digest,
        issued_at=known_moment(row.issued_at),
        actor=row.actor,
        cancels=row.cancels,
        cancelled_by=row.cancelled_by,
        prints=row.prints,
    )
