"""Between lines of the ledger and columns: exact both ways."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from desktop.domain.ledger import (
    AdvanceUse,
    Entry,
    EntryKind,
    LeaveGrant,
    Reversal,
    Settlement,
    TransferIn,
    TransferOut,
    Use,
)
from desktop.store.codes import date_text, known_date, known_moment, moment_text, to_date, to_moment


def line_cells(entry: Entry) -> dict[str, Any]:
    """The columns of a line that its kind fills; the others stay empty."""
    cells: dict[str, Any] = {
        "kind": entry.kind.value,
        "employee_id": entry.employee_id,
        "day": date_text(entry.day),
        "hours": entry.hours,
        "document_number": entry.document_number,
        "reason": entry.reason,
    }
    match entry:
        case LeaveGrant():
            cells |= {
                "title": entry.title,
                "plan_id": entry.plan_id,
                "set_id": entry.set_id,
                "completed_on": date_text(entry.completed_on),
                "first_day": date_text(entry.first_day),
                "expires": date_text(entry.expires),
                "clause": entry.clause,
            }
            if isinstance(entry, TransferIn):
                cells |= {
                    "other_agency": entry.other_agency,
                    "used_elsewhere": entry.used_elsewhere,
                }
        case Use():
            cells |= {
                "grant_id": entry.grant,
                "start_at": moment_text(entry.start),
                "end_at": moment_text(entry.end),
                "source": entry.source,
            }
        case Settlement():
            cells |= {"grant_id": entry.grant, "advance_id": entry.advance}
        case TransferOut():
            cells |= {"grant_id": entry.grant, "other_agency": entry.other_agency}
        case AdvanceUse():
            cells |= {
                "plan_id": entry.plan_id,
                "clause": entry.clause,
                "consented_by": entry.consented_by,
                "consented_on": date_text(entry.consented_on),
                "evidence_due": date_text(entry.evidence_due),
                "start_at": moment_text(entry.start),
                "end_at": moment_text(entry.end),
            }
        case Reversal():
            cells["reverses"] = entry.reverses
    return cells


def to_line(row: Row[Any]) -> Entry:
    """The line that ``line_cells`` wrote."""
    shared: dict[str, Any] = {
        "employee_id": row.employee_id,
        "day": known_date(row.day),
        "hours": row.hours,
        "document_number": row.document_number,
        "reason": row.reason,
        "bundle": row.bundle,
        "id": row.id,
        "seq": row.seq,
        "recorded_at": known_moment(row.recorded_at),
        "recorded_by": row.actor,
    }
    match EntryKind(row.kind):
        case EntryKind.GRANT:
            return LeaveGrant(**shared, **_of_grant(row))
        case EntryKind.TRANSFER_IN:
            return TransferIn(
                **shared,
                **_of_grant(row),
                other_agency=row.other_agency,
                used_elsewhere=row.used_elsewhere,
            )
        case EntryKind.USE:
            return Use(
                **shared,
                grant=row.grant_id,
                start=to_moment(row.start_at),
                end=to_moment(row.end_at),
                source=row.source,
            )
        case EntryKind.SETTLEMENT:
            return Settlement(**shared, grant=row.grant_id, advance=row.advance_id)
        case EntryKind.TRANSFER_OUT:
            return TransferOut(**shared, grant=row.grant_id, other_agency=row.other_agency)
        case EntryKind.ADVANCE_USE:
            return AdvanceUse(
                **shared,
                plan_id=row.plan_id,
                clause=row.clause,
                consented_by=row.consented_by,
                consented_on=known_date(row.consented_on),
                evidence_due=known_date(row.evidence_due),
                start=to_moment(row.start_at),
                end=to_moment(row.end_at),
            )
        case EntryKind.REVERSAL:
            return Reversal(**shared, reverses=row.reverses)


def _of_grant(row: Row[Any]) -> dict[str, Any]:
    return {
        "title": row.title,
        "plan_id": row.plan_id,
        "set_id": row.set_id,
        "completed_on": to_date(row.completed_on),
        "first_day": known_date(row.first_day),
        "expires": to_date(row.expires),
        "clause": row.clause,
    }
