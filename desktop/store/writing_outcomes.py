"""Writing verdicts, decisions, numbered documents and undo steps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, select, update

from desktop.domain.verdicts import Decision, DecisionKind
from desktop.store import audit as chain
from desktop.store.codes import canonical_json
from desktop.store.engine import bulk_insert
from desktop.store.errors import NotStoredError, StoreError
from desktop.store.reading_outcomes import REVERSAL, OutcomesReading, to_undo_step
from desktop.store.tables import (
    decision,
    issued_document,
    number_series,
    print_log,
    undo_step,
    verdict,
)
from desktop.store.values import IssuedDocument, NewVerdict, PrintAct, UndoStep
from desktop.store.writing import Writing

MOST_SERIAL = 999_999


class OutcomesWriting(Writing, OutcomesReading):
    """Takes in what was decided, printed and done."""

    def add_verdicts(self, plan_id: str, verdicts: Iterable[NewVerdict]) -> int:
        """Store verdicts that differ from the person's latest, and return how many did.

        Verdicts are only ever added: what was decided on which facts stays to be read.
        """
        latest = self.verdicts(plan_id)

        def differs(new: NewVerdict) -> bool:
            old = latest.get(new.employee_id)
            return old is None or (
                old.plan_version,
                old.calendar_version,
                old.agency_version,
                old.facts_digest,
                canonical_json(dict(old.content)),
            ) != (
                new.plan_version,
                new.calendar_version,
                new.agency_version,
                new.facts_digest,
                canonical_json(dict(new.content)),
            )

        count = bulk_insert(
            self._connection,
            verdict,
            (
                "id",
                "seq",
                "plan_id",
                "plan_version",
                "calendar_version",
                "agency_version",
                "facts_digest",
                "employee_id",
                "evaluated_at",
                "content",
            ),
            (
                (
                    self._identifier(),
                    seq,
                    plan_id,
                    new.plan_version,
                    new.calendar_version,
                    new.agency_version,
                    new.facts_digest,
                    new.employee_id,
                    self._now_text,
                    canonical_json(dict(new.content)),
                )
                for seq, new in enumerate(filter(differs, verdicts), self._next_seq(verdict))
            ),
        )
        self._touch(verdict, count)
        return count

    def add_decision(
        self, plan_id: str, *, record_key: str, kind: DecisionKind, reason: str, fingerprint: str
    ) -> Decision:
        """Record a clerk's decision on one record; it is in force from now on.

        Args:
            plan_id: The plan the record is judged under.
            record_key: See ``RecordVerdict.key``.
            kind: What was decided.
            reason: Why; never blank (the schema refuses it).
            fingerprint: Of the facts it was made on.
        """
        made = Decision(
            id=self._identifier(),
            record_key=record_key,
            kind=kind,
            reason=reason,
            decided_by=self._actor,
            decided_at=self._now,
            fingerprint=fingerprint,
        )
        self._insert_decision(plan_id, made.id, record_key, kind.value, reason, fingerprint, None)
        return made

    def reverse_decision(self, decision_id: str, *, reason: str) -> None:
        """Take a decision back by an entry against it; the one before comes into force again.

        Raises:
            NotStoredError: When there is no such decision.
            StoreError: When it was taken back before.
        """
        row = self._connection.execute(
            select(decision).where(decision.c.id == decision_id, decision.c.kind != REVERSAL)
        ).first()
        if row is None:
            raise NotStoredError("找不到要撤回的決定，可能資料已經還原過；請重新整理清單。")
        reversal = self._connection.execute(
            select(decision.c.id).where(decision.c.reverses == decision_id)
        ).first()
        if reversal is not None:
            raise StoreError("這個決定已經撤回過，不能再撤回一次；請重新整理清單。")
        self._insert_decision(
            row.plan_id,
            self._identifier(),
            row.record_key,
            REVERSAL,
            reason,
            row.fingerprint,
            decision_id,
        )

    def _insert_decision(
        self,
        plan_id: str,
        decision_id: str,
        record_key: str,
        kind: str,
        reason: str,
        fingerprint: str,
        reverses: str | None,
    ) -> None:
        self._connection.execute(
            insert(decision).values(
                id=decision_id,
                seq=self._next_seq(decision),
                plan_id=plan_id,
                record_key=record_key,
                kind=kind,
                reason=reason,
                actor=self._actor,
                at=self._now_text,
                fingerprint=fingerprint,
                reverses=reverses,
            )
        )
        self._touch(decision)

    def next_number(self, plan_id: str, code: str, roc_year: int) -> str:
        """The next document number of a plan and year: ``KH-114-000001``, without gaps.

        The number is kept only if the transaction is, and the transaction is only kept if a
        document carries the number (``add_document``).

        Args:
            plan_id: The plan, for the message when the series is used up.
            code: The plan's letters.
            roc_year: The plan's ROC year.
        """
        of_series = (number_series.c.code == code) & (number_series.c.roc_year == roc_year)
        last = self._connection.execute(
            select(number_series.c.last_serial).where(of_series)
        ).scalar()
        serial = (last or 0) + 1
        if serial > MOST_SERIAL:
            raise StoreError(f"計畫 {plan_id} 的文件編號已用到 {MOST_SERIAL}，無法再編號。")
        if last is None:
            self._connection.execute(
                insert(number_series).values(code=code, roc_year=roc_year, last_serial=serial)
            )
        else:
            self._connection.execute(
                update(number_series)
                .where(of_series)
                .values(last_serial=serial, row_version=number_series.c.row_version + 1)
            )
        number = f"{code}-{roc_year}-{serial:06d}"
        self._open_numbers.add(number)
        return number

    def add_document(
        self,
        *,
        number: str,
        plan_id: str,
        kind: str,
        employee_id: str | None,
        set_id: str | None,
        content_digest: str,
        frozen: bytes,
        cancels: str | None = None,
    ) -> IssuedDocument:
        """Freeze a document under a number from ``next_number`` of this transaction.

        Args:
            number: Its number.
            plan_id: The plan it was made under.
            kind: One letter (A application, R commendation list …).
            employee_id: Whom it is for; None for lists.
            set_id: The set it is for; None for lists.
            content_digest: SHA-256 of the content it was made from.
            frozen: The whole content as it was printed, ready to be printed again.
            cancels: Number of the document that it cancels.

        Raises:
            ValueError: When the number was not handed out in this transaction.
            NotStoredError: When there is no document to cancel.
        """
        if number not in self._open_numbers:
            raise ValueError(f"not a number of this transaction: {number}")
        code, roc_year, serial = number.rsplit("-", 2)
        self._connection.execute(
            insert(issued_document).values(
                id=self._identifier(),
                seq=self._next_seq(issued_document),
                number=number,
                plan_id=plan_id,
                code=code,
                roc_year=int(roc_year),
                serial=int(serial),
                kind=kind,
                employee_id=employee_id,
                set_id=set_id,
                content_digest=content_digest,
                frozen_digest=hashlib.sha256(frozen).hexdigest(),
                frozen=frozen,
                issued_at=self._now_text,
                actor=self._actor,
                cancels=self.document(cancels).id if cancels is not None else None,
            )
        )
        self._open_numbers.discard(number)
        self._touch(issued_document)
        return self.document(number)

    def log_print(self, number: str, what: PrintAct | str) -> None:
        """Record that a document was printed, saved or printed again.

        Raises:
            NotStoredError: When no document has that number.
        """
        self._connection.execute(
            insert(print_log).values(
                id=self._identifier(),
                seq=self._next_seq(print_log),
                document=self.document(number).id,
                at=self._now_text,
                actor=self._actor,
                what=PrintAct(what).value,
            )
        )
        self._touch(print_log)

    def audit(self, act: str, subject: str, detail: Mapping[str, Any]) -> None:
        """Add an audit entry of one's own; what changes rows has another made for it.

        Args:
            act: What was done, in a few Chinese words.
            subject: On what (a number, an employee id, a batch).
            detail: Before, after, why; ready for JSON.
        """
        chain.append(
            self._connection,
            at=self._now,
            actor=self._actor,
            act=act,
            subject=subject,
            detail=detail,
        )

    def add_undo_step(self, act: str, inverse: Mapping[str, Any]) -> str:
        """Remember a step that can be undone, and return its token.

        Args:
            act: Its name, as 復原 will show it.
            inverse: What the service needs to undo it; ready for JSON.
        """
        token = self._identifier()
        self._connection.execute(
            insert(undo_step).values(
                id=token,
                seq=self._next_seq(undo_step),
                act=act,
                inverse=canonical_json(dict(inverse)),
                actor=self._actor,
                done_at=self._now_text,
            )
        )
        self._touch(undo_step)
        return token

    def take_undo_step(self, token: str | None = None) -> UndoStep:
        """Mark a step as undone and return what undoes it, for the service to carry out.

        Args:
            token: Which step; the latest that was not undone when None.

        Raises:
            NotStoredError: When there is nothing (more) to undo.
        """
        query = (
            select(undo_step)
            .where(undo_step.c.undone_at.is_(None))
            .order_by(undo_step.c.seq.desc())
            .limit(1)
        )
        if token is not None:
            query = query.where(undo_step.c.id == token)
        row = self._connection.execute(query).first()
        if row is None:
            raise NotStoredError("沒有可以復原的步驟，或這個步驟已經復原過。")
        self._connection.execute(
            update(undo_step)
            .where(undo_step.c.id == row.id)
            .values(undone_at=self._now_text, row_version=undo_step.c.row_version + 1)
        )
        self._touch(undo_step)
        return to_undo_step(row)
