"""Reading the steps of cases, and when their evidence came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from desktop.domain.case_states import CaseState, CaseStep
from desktop.store.codes import known_date, known_moment
from desktop.store.reading import Reading, live
from desktop.store.tables import batch, case_step, learning_row


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """When the learning rows of one file came in, and by whom.

    Attributes:
        at, actor: When it was stored, and by whom.
        batch_id, title: The import.
    """

    at: datetime
    actor: str
    batch_id: str
    title: str


class CasesReading(Reading):
    """The way of each case as it was kept."""

    def case_steps(self, plan_id: str, employee_id: str | None = None) -> tuple[CaseStep, ...]:
        """Every step under a plan, the oldest first.

        Args:
            plan_id: The plan.
            employee_id: Only this person's; everybody's when None.
        """
        query = select(case_step).where(case_step.c.plan_id == plan_id).order_by(case_step.c.seq)
        if employee_id is not None:
            query = query.where(case_step.c.employee_id == employee_id)
        return tuple(to_case_step(row) for row in self._connection.execute(query))

    def received_files(self) -> Mapping[str, ReceivedFile]:
        """By digest, the files of imports that count which brought rows of known people."""
        columns = (
            learning_row.c.digest,
            batch.c.id,
            batch.c.created_at,
            batch.c.actor,
            batch.c.title,
        )
        query = live(select(*columns, batch.c.seq).distinct(), learning_row.c.batch_file).where(
            learning_row.c.employee_id.is_not(None)
        )
        return {
            row.digest: ReceivedFile(known_moment(row.created_at), row.actor, row.id, row.title)
            for row in self._connection.execute(query.order_by(batch.c.seq.desc()))
        }


def to_case_step(row: Row[Any]) -> CaseStep:
    """The step as a value."""
    return CaseStep(
        id=row.id,
        employee_id=row.employee_id,
        set_id=row.set_id,
        former=CaseState(row.former) if row.former else None,
        state=CaseState(row.state),
        is_confirmed=row.is_confirmed,
        on_day=known_date(row.on_day),
        document=row.document,
        basis=row.basis,
        reason=row.reason,
        actor=row.actor,
        at=known_moment(row.at),
        reverses=row.reverses,
    )
