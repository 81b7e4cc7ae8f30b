"""What was said of two readings of one course; answers are only ever added."""

from __future__ import annotations

from sqlalchemy import insert, select

from desktop.domain.successions import Succession, SuccessionAnswer
from desktop.store.codes import known_moment
from desktop.store.reading import Reading
from desktop.store.tables import row_succession
from desktop.store.writing import Writing


class SuccessionReading(Reading):
    """The answers that were given."""

    def successions(self, employee_id: str | None = None) -> tuple[Succession, ...]:
        """Every answer, in the order they were given.

        Args:
            employee_id: Only about this person's readings; about everybody's when None.
        """
        query = select(row_succession).order_by(row_succession.c.seq)
        if employee_id is not None:
            query = query.where(row_succession.c.employee_id == employee_id)
        return tuple(
            Succession(
                employee_id=row.employee_id,
                older_key=row.older_key,
                newer_key=row.newer_key,
                answer=SuccessionAnswer(row.answer),
                reason=row.reason,
                decided_by=row.actor,
                decided_at=known_moment(row.at),
            )
            for row in self._connection.execute(query)
        )


class SuccessionWriting(Writing):
    """Takes in answers."""

    def add_succession(
        self,
        employee_id: str,
        *,
        older_key: str,
        newer_key: str,
        answer: SuccessionAnswer,
        reason: str,
    ) -> None:
        """Add an answer; the last about a pair is in force.

        Args:
            employee_id: Whose readings they are.
            older_key: Natural key of the earlier reading.
            newer_key: Natural key of the later reading.
            answer: What was said.
            reason: Why, in words.
        """
        self._connection.execute(
            insert(row_succession).values(
                id=self._identifier(),
                seq=self._next_seq(row_succession),
                employee_id=employee_id,
                older_key=older_key,
                newer_key=newer_key,
                answer=answer.value,
                reason=reason,
                actor=self._actor,
                at=self._now_text,
            )
        )
        self._touch(row_succession)
