"""時數採認清冊 as a workbook: verdicts as lines for ``desktop.exports``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop.domain.verdicts import PersonVerdict
from desktop.exports import CreditListContent, write_credit_list_xlsx
from desktop.exports.credit_sheet import CreditCourseLine, CreditPersonLine
from desktop.rules.credit import counted_records
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.programme_papers import RECOGNISED, is_nominated, recognition_words
from desktop.services.wording import credit_words


def write_credit_workbook(office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]) -> bytes:
    """The same people and courses as on the printed list, to be filtered and added up."""
    plan, now = basis.plan, office.clock()
    members = [verdict for verdict in verdicts if is_nominated(verdict)]
    return write_credit_list_xlsx(
        CreditListContent(
            agency=basis.agency.name or plan.agency,
            plan_title=plan.title,
            as_of=plan.credit.deadline if plan.credit is not None else now.date(),
            created=now,
            created_by=office.actor,
            people=tuple(
                CreditPersonLine(
                    employee_id=verdict.person.employee_id,
                    name=verdict.person.name,
                    unit=verdict.person.unit,
                    title=verdict.person.title,
                    recognised=verdict.credit.recognised_hours,
                    uploaded=verdict.credit.hours,
                    outcome=credit_words(plan, verdict),
                )
                for verdict in members
                if verdict.credit is not None
            ),
            courses=tuple(line for verdict in members for line in _courses(verdict)),
        )
    )


def _courses(verdict: PersonVerdict) -> list[CreditCourseLine]:
    counted = {record.key for record in counted_records(verdict.records)}
    person = verdict.person
    lines = []
    for record in verdict.records:
        if not record.is_in_plan:
            continue
        result, reason = recognition_words(record, is_counted=record.key in counted)
        hours = record.row.certified_hours
        lines.append(
            CreditCourseLine(
                employee_id=person.employee_id,
                name=person.name,
                unit=person.unit,
                title=person.title,
                course=record.course,
                language=record.row.language or "",
                region=record.row.region or "",
                started=record.row.start_date,
                ended=record.row.end_date,
                hours=hours,
                recognised=(hours or Decimal(0)) if result == RECOGNISED else None,
                result=result,
                reason=reason,
            )
        )
    return lines
