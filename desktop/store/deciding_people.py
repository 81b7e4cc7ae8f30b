"""Decisions about a person rather than a record, and the templates of reasons that clerks keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from desktop.domain.left_out import LeftOut
from desktop.store.codes import known_moment
from desktop.store.errors import NotStoredError, StoreError
from desktop.store.reading import Reading
from desktop.store.tables import person_decision, reason_template
from desktop.store.writing import Writing

_LEAVE_OUT = "leave_out"
_REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class ReasonTemplate:
    """A reason that clerks keep ready.

    Attributes:
        id: The store's identifier.
        matter: The reason code or act that it is offered for; empty for any.
        words: The reason.
    """

    id: str
    matter: str
    words: str


class PeopleDecisionsReading(Reading):
    """Who was left off which list, and the templates."""

    def left_out(self, plan_id: str, matter: str) -> tuple[LeftOut, ...]:
        """Who is left off a list now, in the order of the decisions.

        Args:
            plan_id: The plan.
            matter: Which list.
        """
        mine = (person_decision.c.plan_id == plan_id) & (person_decision.c.matter == matter)
        reversed_ids = select(person_decision.c.reverses).where(
            person_decision.c.reverses.is_not(None)
        )
        query = (
            select(person_decision)
            .where(mine, person_decision.c.kind == _LEAVE_OUT)
            .where(person_decision.c.id.not_in(reversed_ids))
            .order_by(person_decision.c.seq)
        )
        return tuple(_left_out(row) for row in self._connection.execute(query))

    def reason_templates(self) -> tuple[ReasonTemplate, ...]:
        """The templates that are kept, the latest first."""
        query = (
            select(reason_template)
            .where(reason_template.c.removed_at.is_(None))
            .order_by(reason_template.c.seq.desc())
        )
        return tuple(
            ReasonTemplate(row.id, row.matter, row.words) for row in self._connection.execute(query)
        )


class PeopleDecisionsWriting(Writing, PeopleDecisionsReading):
    """Leaves people off lists and takes it back; keeps templates."""

    def leave_out(
        self, plan_id: str, employee_id: str, *, matter: str, reason: str, fingerprint: str
    ) -> LeftOut:
        """Leave somebody off a list.

        Args:
            plan_id: The plan.
            employee_id: Who.
            matter: Which list.
            reason: Why; never blank (the schema refuses it).
            fingerprint: Of the facts it is decided on.
        """
        made = self._insert_person_decision(
            plan_id, employee_id, matter, _LEAVE_OUT, reason, fingerprint, None
        )
        row = self._connection.execute(
            select(person_decision).where(person_decision.c.id == made)
        ).one()
        return _left_out(row)

    def take_in_again(self, decision_id: str, *, reason: str) -> None:
        """Take the leaving out back by an entry against it.

        Raises:
            NotStoredError: When there is no such decision.
            StoreError: When it was taken back before.
        """
        row = self._connection.execute(
            select(person_decision).where(
                person_decision.c.id == decision_id, person_decision.c.kind == _LEAVE_OUT
            )
        ).first()
        if row is None:
            raise NotStoredError("找不到要收回的「不列名」，可能資料已經還原過；請重新整理清單。")
        done = self._connection.execute(
            select(person_decision.c.id).where(person_decision.c.reverses == decision_id)
        ).first()
        if done is not None:
            raise StoreError("這個「不列名」已經收回過；請重新整理清單。")
        self._insert_person_decision(
            row.plan_id,
            row.employee_id,
            row.matter,
            _REVERSAL,
            reason,
            row.fingerprint,
            decision_id,
        )

    def _insert_person_decision(
        self,
        plan_id: str,
        employee_id: str,
        matter: str,
        kind: str,
        reason: str,
        fingerprint: str,
        reverses: str | None,
    ) -> str:
        decision_id = self._identifier()
        self._connection.execute(
            insert(person_decision).values(
                id=decision_id,
                seq=self._next_seq(person_decision),
                plan_id=plan_id,
                employee_id=employee_id,
                matter=matter,
                kind=kind,
                reason=reason,
                actor=self._actor,
                at=self._now_text,
                fingerprint=fingerprint,
                reverses=reverses,
            )
        )
        self._touch(person_decision)
        return decision_id

    def add_reason_template(self, words: str, *, matter: str = "") -> ReasonTemplate:
        """Keep a reason ready; the same words for the same matter stand once.

        Args:
            words: The reason; never blank (the schema refuses it).
            matter: The reason code or act that it is for; empty for any.
        """
        for known in self.reason_templates():
            if (known.matter, known.words) == (matter, words):
                return known
        template_id = self._identifier()
        self._connection.execute(
            insert(reason_template).values(
                id=template_id,
                seq=self._next_seq(reason_template),
                matter=matter,
                words=words,
                actor=self._actor,
                added_at=self._now_text,
            )
        )
        self._touch(reason_template)
        return ReasonTemplate(template_id, matter, words)

    def remove_reason_template(self, template_id: str) -> None:
        """Offer a template no longer."""
        self._connection.execute(
            update(reason_template)
            .where(reason_template.c.id == template_id, reason_template.c.removed_at.is_(None))
            .values(removed_at=self._now_text, row_version=reason_template.c.row_version + 1)
        )
        self._touch(reason_template)


def _left_out(row: Row[Any]) -> LeftOut:
    return LeftOut(
        id=row.id,
        employee_id=row.employee_id,
        matter=row.matter,
        reason=row.reason,
        actor=row.actor,
        at=known_moment(row.at),
        fingerprint=row.fingerprint,
    )
