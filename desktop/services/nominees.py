"""Who takes part in a programme and whose report came in: lists as imported, and clerks' words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.attendance import Nominee, Receipt, ReceiptKind
from desktop.domain.logbook import LogEntry, Matter, standing
from desktop.domain.plan import Plan
from desktop.store import Reader


@dataclass(frozen=True)
class Nominations:
    """The nominees of one programme now.

    Attributes:
        has_list: Whether anybody was ever nominated; without, the roster is the list.
        nominees: Who takes part, by 人員代號, the list's order first.
        entries: The clerks' words that stand, by 人員代號: who was added, replaced or withdrew.
        imported: Everybody whom an imported list names.
    """

    has_list: bool
    nominees: Mapping[str, Nominee]
    entries: Mapping[str, LogEntry]
    imported: Mapping[str, Nominee]


def nominations(reader: Reader, plan: Plan) -> Nominations:
    """The nominees of a programme: who the imported list names, and what clerks said since.

    A clerk's word goes over the list, whenever the list comes in: who withdrew stays out until
    somebody is nominated anew.

    Args:
        reader: A snapshot of the store.
        plan: The programme.
    """
    imported = {n.employee_id: n for n in reader.nominees() if n.plan in ("", plan.id)}
    entries = {
        entry.subject: entry
        for entry in standing(reader.logbook(Matter.NOMINEE, scope=plan.id)).values()
    }
    found = {who: one for who, one in imported.items() if who not in entries}
    for who, entry in entries.items():
        if entry.body["is_in"]:
            found[who] = Nominee(
                who,
                plan=plan.id,
                telephone=entry.body["telephone"],
                email=entry.body["email"],
                priority=entry.body["priority"],
                is_substitute=bool(entry.body["replaces"]),
            )
    return Nominations(bool(imported or entries), found, entries, imported)


def recorded_reports(reader: Reader, plan: Plan) -> dict[str, LogEntry]:
    """The clerks' words on study reports of a programme, by 人員代號."""
    return {
        entry.subject: entry
        for entry in standing(reader.logbook(Matter.REPORT, scope=plan.id)).values()
    }


def report_receipts(reader: Reader, plan: Plan) -> tuple[Receipt, ...]:
    """Study reports that clerks recorded by hand, as 收件登記 would hold them."""
    return tuple(
        Receipt(
            who, plan.id, date.fromisoformat(entry.body["received_on"]), kind=ReceiptKind.REPORT
        )
        for who, entry in recorded_reports(reader, plan).items()
    )
