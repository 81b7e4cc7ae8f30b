"""Hours used so far by person and set, for papers that print them (103: 附件2)."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.ledger import Entry, LeaveGrant, Settlement, Use
from desktop.rules.ledger import PersonLedger
from desktop.services.office import Office


def ledgers_of(entries: tuple[Entry, ...]) -> dict[str, PersonLedger]:
    """Everybody's lines apart, by employee id."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.employee_id, []).append(entry)
    return {owner: PersonLedger(tuple(mine)) for owner, mine in found.items()}


def used_by_person(office: Office, plan_id: str) -> Mapping[str, Mapping[str, int]]:
    """Hours used of what a plan granted, by employee id and set; what a grant paid for included."""
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
    return {owner: _used(ledger, plan_id) for owner, ledger in ledgers.items()}


def _used(ledger: PersonLedger, plan_id: str) -> Mapping[str, int]:
    used: dict[str, int] = {}
    for grant in ledger.grants:
        if grant.plan_id == plan_id and type(grant) is LeaveGrant:
            used[grant.set_id] = used.get(grant.set_id, 0) + sum(
                draw.hours
                for draw in ledger.draws_of(grant.id)
                if isinstance(draw, Use | Settlement) and not ledger.is_reversed(draw)
            )
    return used
