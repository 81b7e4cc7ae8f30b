"""The logbook as units of deletion: an activity with its sessions and draws, a plan's entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Connection, select

from desktop.domain.logbook import Matter
from desktop.domain.retention import DeletionUnit, RecordKind
from desktop.store.deletion_accounts import Found
from desktop.store.tables import logbook_entry, person

_WORD = re.compile(r"[A-Za-z0-9_-]+")
_OF_AN_ACTIVITY = frozenset({Matter.SESSION.value, Matter.DRAW.value})


def logbook_groups(connection: Connection) -> dict[str, list[str]]:
    """Identifiers of entries by what they belong to: ``activity:ID`` or ``plan:ID``.

    Resources of the catalogue are nobody's and stay.
    """
    table = logbook_entry.c
    rows = connection.execute(
        select(table.id, table.matter, table.scope, table.subject).order_by(table.seq)
    ).all()
    activity_of = {row.subject: row.scope for row in rows if row.matter == Matter.SESSION.value}
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row.matter == Matter.RESOURCE.value:
            continue
        if row.matter == Matter.ACTIVITY.value:
            root = f"activity:{row.subject}"
        elif row.matter in _OF_AN_ACTIVITY:
            root = f"activity:{row.scope}"
        elif row.matter == Matter.SIGN_UP.value:
            root = f"activity:{activity_of.get(row.scope, row.scope)}"
        else:
            root = f"plan:{row.scope}"
        groups.setdefault(root, []).append(row.id)
    return groups


def logbook_units(connection: Connection, others: Iterable[DeletionUnit]) -> Iterator[DeletionUnit]:
    """Each activity, and what was written down of each plan.

    A plan's entries are laid over its list of nominees: verdicts and the list go before them.

    Args:
        connection: In a transaction.
        others: Units of files and cases.
    """
    known = set(connection.execute(select(person.c.employee_id)).scalars())
    rows = {row.id: row for row in connection.execute(select(logbook_entry))}
    before = tuple(others)
    for root, ids in logbook_groups(connection).items():
        found = Found()
        for one in (rows[entry_id] for entry_id in ids):
            found.add(one.at)
            found.people |= known & set(_WORD.findall(f"{one.subject} {one.body}"))
        day = date.fromisoformat(found.day)
        sort, name = root.split(":", 1)
        needs = frozenset(
            unit.key
            for unit in before
            if sort == "plan"
            and (
                unit.key.startswith(f"case/{name}/")
                or (unit.kind is RecordKind.LISTS and unit.day <= day)
            )
        )
        yield DeletionUnit(
            key=f"logbook/{root}",
            kind=RecordKind.LOGBOOK,
            words=f"{name}　專班登記" if sort == "plan" else f"活動（{len(ids)} 筆登記）",
            day=day,
            people=frozenset(found.people),
            rows=found.rows,
            needs=needs,
        )
