"""Writing the steps of cases: they are only ever added."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select

from desktop.domain.case_states import CaseState, CaseStep
from desktop.store.errors import NotStoredError, StoreError
from desktop.store.reading_cases import CasesReading, to_case_step
from desktop.store.tables import case_step
from desktop.store.writing import Writing


class CasesWriting(Writing, CasesReading):
    """Takes in the steps of cases."""

    def add_case_step(
        self,
        plan_id: str,
        *,
        employee_id: str,
        set_id: str,
        former: CaseState | None,
        state: CaseState,
        is_confirmed: bool,
        reason: str = "",
        on_day: date | None = None,
        document: str = "",
        basis: str = "",
        reverses: str | None = None,
    ) -> CaseStep:
        """Add a step of a case; whether it is allowed is the service's to know.

        Args:
            plan_id: The plan.
            employee_id: Whose case.
            set_id: The set; empty for a case that is a person's.
            former: Where it stood, None for a new case.
            state: Where it goes.
            is_confirmed: Whether a person made the step.
            reason: Why.
            on_day: The day of what it stands for; the act's when None.
            document: Number of the document concerned.
            basis: Digest of what is confirmed.
            reverses: The confirmed step that it takes back.
        """
        step_id = self._identifier()
        self._connection.execute(
            insert(case_step).values(
                id=step_id,
                seq=self._next_seq(case_step),
                plan_id=plan_id,
                employee_id=employee_id,
                set_id=set_id,
                former=former.value if former is not None else "",
                state=state.value,
                is_confirmed=is_confirmed,
                on_day=(on_day or self._now.date()).isoformat(),
                document=document,
                basis=basis,
                reason=reason,
                actor=self._actor,
                at=self._now_text,
                reverses=reverses,
            )
        )
        self._touch(case_step)
        return self._case_step(step_id)

    def reverse_case_step(self, step_id: str, *, reason: str) -> CaseStep:
        """Take a confirmed step back by another one.

        Raises:
            NotStoredError: When there is no such step.
            StoreError: When it was taken back before.
        """
        row = self._connection.execute(
            select(case_step).where(case_step.c.id == step_id, case_step.c.is_confirmed)
        ).first()
        if row is None:
            raise NotStoredError("找不到要收回的核章或登錄，可能資料已經還原過；請重新整理清單。")
        reversal = self._connection.execute(
            select(case_step.c.id).where(case_step.c.reverses == step_id)
        ).first()
        if reversal is not None:
            raise StoreError("這一步已經收回過，不能再收回一次；請重新整理清單。")
        step = to_case_step(row)
        return self.add_case_step(
            row.plan_id,
            employee_id=step.employee_id,
            set_id=step.set_id,
            former=step.state,
            state=step.former or CaseState.RECEIVED,
            is_confirmed=True,
            reason=reason,
            document=step.document,
            basis=step.basis,
            reverses=step_id,
        )

    def _case_step(self, step_id: str) -> CaseStep:
        query = select(case_step).where(case_step.c.id == step_id)
        return to_case_step(self._connection.execute(query).one())
