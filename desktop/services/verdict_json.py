"""``verdicts.json``: everything decided, in the shape scripts rely on (cli.md).

What plans with further benefits have beside that: ``benefit_json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from desktop.domain.evidence import LearningRow, Refusal
from desktop.domain.plan import Plan
from desktop.domain.readings import FieldValue, ReadingCorrection, value_of
from desktop.domain.verdicts import (
    CreditVerdict,
    PersonVerdict,
    RecordVerdict,
    SetVerdict,
    UnitStanding,
)
from desktop.services import benefit_json
from desktop.services.benefit_json import plain_number

SCHEMA = 1


def document(
    plan: Plan,
    people: Iterable[PersonVerdict],
    refused: Sequence[Refusal],
    units: Sequence[UnitStanding] = (),
) -> dict[str, Any]:
    """The whole of ``verdicts.json``, keys and lists in the order cli.md gives.

    Args:
        plan: The plan evaluated under.
        people: Everybody on the roster.
        refused: Files and rows that were not used.
        units: Every unit under the plan's unit awards.
    """
    ordered = sorted(people, key=lambda verdict: verdict.person.employee_id)
    return {
        "schema": SCHEMA,
        "plan": plan.id,
        "people": [person_entry(plan, verdict) for verdict in ordered],
        **benefit_json.units(plan, units),
        "refused": [refusal_entry(refusal) for refusal in refused],
    }


def person_entry(plan: Plan, verdict: PersonVerdict) -> dict[str, Any]:
    """One person."""
    person = verdict.person
    entry: dict[str, Any] = {
        "employee_id": person.employee_id,
        "name": person.name,
        "unit": person.unit,
        "eligible": verdict.is_eligible,
        "records": [_record_entry(record) for record in verdict.records],
        "sets": [_set_entry(verdict) for verdict in verdict.sets],
    }
    if verdict.credit is not None:
        entry["credit"] = _credit_entry(verdict.credit)
    else:
        entry.update(_benefit_entries(plan, verdict))
    entry.update(benefit_json.person_benefits(plan, verdict))
    return entry


def _credit_entry(credit: CreditVerdict) -> dict[str, Any]:
    """What a nominated programme uploads, in place of the two benefits."""
    return {
        "verdict": credit.state.value,
        "hours": plain_number(credit.hours),
        "recognised_hours": plain_number(credit.recognised_hours),
    }


def _benefit_entries(plan: Plan, verdict: PersonVerdict) -> dict[str, Any]:
    leave, commendation = verdict.leave, verdict.commendation
    return {
        "compensatory_leave": {
            "verdict": leave.state.value,
            "hours": leave.hours,
            "possible_hours": leave.possible_hours,
            "grants": [
                {
                    "set": grant.set_id,
                    "hours": grant.hours,
                    "expires": grant.expires.isoformat() if grant.expires else None,
                }
                for grant in sorted(leave.grants, key=lambda grant: grant.set_id)
            ],
            **benefit_json.leave_additions(plan, verdict),
        },
        "commendation": {
            "verdict": commendation.state.value,
            "count": commendation.count,
            "possible_count": commendation.possible_count,
            **benefit_json.commendation_additions(plan, verdict),
        },
    }


def record_moments(record: RecordVerdict) -> tuple[str | None, str | None]:
    """Start and end of a record as an entry of a stored verdict writes them."""
    row = record.row
    return _moment(row.start, row.started_on), _moment(row.end, row.completed_on)


def _record_entry(record: RecordVerdict) -> dict[str, Any]:
    row = record.row
    start, end = record_moments(record)
    entry: dict[str, Any] = {
        "course": record.course,
        "set": record.set_id,
        "start": start,
        "end": end,
        "hours": _number(row),
        "verdict": record.verdict.value if record.verdict else None,
        "reasons": [code.value for code in record.reasons],
        "source": row.place.reference,
    }
    if row.corrections:
        entry["corrections"] = [_correction_entry(one) for one in row.corrections]
    return entry


def _correction_entry(one: ReadingCorrection) -> dict[str, Any]:
    """What a person put right of the reading; ``corrected`` is null where it was read right."""
    value = value_of(one.field, one.corrected) if one.corrected is not None else None
    return {
        "field": one.field,
        "as_read": one.as_read,
        "corrected": None if value is None else _plain(value),
        "by": one.actor,
        "at": one.at.isoformat(timespec="seconds"),
    }


def _plain(value: FieldValue) -> str | bool | int | float:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return value.isoformat()


def _set_entry(verdict: SetVerdict) -> dict[str, Any]:
    return {
        "set": verdict.set_id,
        "verdict": verdict.state.value,
        "missing": sorted(verdict.missing),
        "failed": sorted(verdict.failed),
        **benefit_json.set_additions(verdict),
    }


def refusal_entry(refusal: Refusal) -> dict[str, Any]:
    """One file or row that was not used."""
    return {
        "file": refusal.place.file_name,
        "place": refusal.place.words,
        "reason": refusal.reason.value,
        "message": refusal.message,
    }


def _moment(moment: datetime | None, day: date | None) -> str | None:
    if moment is not None:
        return moment.isoformat()
    return day.isoformat() if day is not None else None


def _number(row: LearningRow) -> int | float | None:
    hours: Decimal | None = row.certified_hours
    return None if hours is None else plain_number(hours)
