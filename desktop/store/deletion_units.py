"""What may be deleted together: files, cases, papers, accounts of leave, people, years of audit.

Nothing here is a matter of periods: a unit says of which day it is, what must go before or with
it, and what holds it whatever its age. ``domain.retention`` does the rest.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, literal, select

from desktop.domain.evidence import LEARNING_KINDS, EvidenceKind
from desktop.domain.retention import DeletionUnit, RecordKind
from desktop.store.deletion_accounts import Found, Groups, leave_accounts
from desktop.store.deletion_logbook import logbook_units
from desktop.store.ledger_chain import ANCHOR
from desktop.store.tables import (
    REFERENCE_TABLES,
    audit,
    batch,
    batch_file,
    case_step,
    decision,
    issued_document,
    known_row,
    learning_row,
    person,
    person_decision,
    print_log,
    refused_row,
    roster_revision,
    scanned_sheet,
    stamp_act,
    stated_hours,
    verdict,
)
from desktop.store.writing_facts import known_key

DELETION_ACT = "刪除到期資料"
"""The act as the audit trail names it; such entries stay for good."""
OPEN_LEAVE = "本人還有未到期的補休，要留到補休到期"
IN_FORCE = "這是現行名冊"
_LISTS = {EvidenceKind.APPLICATIONS, EvidenceKind.NOMINATIONS, EvidenceKind.AWARD_HISTORY}
_DUTY = {EvidenceKind.ATTENDANCE, EvidenceKind.SHIFTS, EvidenceKind.PUNCHES}
_LAST_DAYS = {
    "attendance_entry": "end_at",
    "shift": "end_at",
    "punch": "day",
    "receipt": "received_on",
    "former_award": "given_on",
}
# A grant of a plan that began in the year before may stand on rows of that year.
_YEARS_BEFORE_A_GRANT = 1


def all_units(connection: Connection, on_day: date) -> tuple[DeletionUnit, ...]:
    """Everything that has a period, the oldest first.

    Args:
        connection: In a transaction.
        on_day: The day on which leave counts as lapsed or not.
    """
    accounts = tuple(leave_accounts(connection))
    still_open: dict[str, int] = {}
    for one in accounts:
        if one.held or one.day >= on_day:
            for who in one.people:
                first = one.first_year - _YEARS_BEFORE_A_GRANT
                still_open[who] = min(still_open.get(who, first), first)
    files = tuple(_files(connection, still_open))
    cases = tuple(_cases(connection, files, still_open))
    papers = tuple(_papers(connection, cases, still_open))
    found: list[DeletionUnit] = [*files, *cases, *papers]
    found += [one.unit() for one in accounts]
    found += logbook_units(connection, found)
    found += _audit_years(connection)
    found += _people(connection, found)
    return tuple(sorted(found, key=lambda unit: (unit.day, unit.key)))


# ------------------------------------------------------------------------------------------ files
def _files(connection: Connection, still_open: Mapping[str, int]) -> Iterator[DeletionUnit]:
    """Each file of each import with what was read from it; rows and original go together."""
    found: dict[str, Found] = defaultdict(Found)
    years: dict[str, dict[str, str]] = defaultdict(dict)
    for table in (learning_row, stated_hours, *REFERENCE_TABLES):
        last = _last_day(table)
        query = select(table.c.batch_file, table.c.employee_id, func.max(last), func.count())
        for file_id, who, day, rows in connection.execute(
            query.group_by(table.c.batch_file, table.c.employee_id)
        ):
            if file_id is None:
                continue
            found[file_id].add(day, rows)
            if who is not None:
                found[file_id].people.add(who)
                if table is learning_row:
                    years[file_id][who] = max(years[file_id].get(who, ""), day or "")
    for table in (refused_row, known_row):
        for file_id, rows in connection.execute(
            select(table.c.batch_file, func.count()).group_by(table.c.batch_file)
        ):
            found[file_id].add(None, rows)
    relying = _relying_files(connection)
    in_force = _roster_in_force(connection)
    rosters: dict[str, str] = {}
    for row in connection.execute(
        select(roster_revision.c.id, roster_revision.c.batch_file, roster_revision.c.people)
    ):
        if row.batch_file is not None:
            rosters[row.batch_file] = row.id
            found[row.batch_file].people |= _people_of(row.people)
            found[row.batch_file].add(None)
    query = (
        select(batch_file.c.id, batch_file.c.name, batch_file.c.kind, batch.c.created_at)
        .join(batch, batch.c.id == batch_file.c.batch)
        .order_by(batch.c.seq, batch_file.c.position)
    )
    for row in connection.execute(query):
        kind = _kind_of(row.kind)
        if kind is None:
            continue
        one = found[row.id]
        one.add(row.created_at)
        held = ""
        if rosters.get(row.id) is not None and rosters[row.id] == in_force:
            held = IN_FORCE
        elif any(
            who in still_open and int((day or row.created_at)[:4]) >= still_open[who]
            for who, day in years[row.id].items()
        ):
            held = OPEN_LEAVE
        yield DeletionUnit(
            key=f"file/{row.id}",
            kind=kind,
            words=row.name,
            day=date.fromisoformat(one.day),
            people=frozenset(one.people),
            rows=one.rows + 1,
            held=held,
            needs=frozenset(f"file/{later}" for later in relying.get(row.id, ())),
        )
    yield from _rosters_by_hand(connection, in_force)


def _rosters_by_hand(connection: Connection, in_force: str | None) -> Iterator[DeletionUnit]:
    for row in connection.execute(
        select(roster_revision).where(roster_revision.c.batch_file.is_(None))
    ):
        yield DeletionUnit(
            key=f"roster/{row.id}",
            kind=RecordKind.ROSTERS,
            words="自行輸入的名冊",
            day=date.fromisoformat(row.stored_at[:10]),
            people=frozenset(_people_of(row.people)),
            rows=1,
            held=IN_FORCE if row.id == in_force else "",
        )


def _last_day(table: Table) -> ColumnElement[Any]:
    if table is learning_row:
        end = func.substr(table.c.end_at, 1, 10)
        return func.coalesce(table.c.completed_on, end, table.c.started_on, "")
    name = _LAST_DAYS.get(table.name)
    return func.coalesce(table.c[name], "") if name else literal("")


def _kind_of(kind: str | None) -> RecordKind | None:
    """The kind of record that a file holds; None where it holds nobody's."""
    if kind is None:
        return RecordKind.EVIDENCE
    known = EvidenceKind(kind)
    if known in LEARNING_KINDS:
        return RecordKind.EVIDENCE
    if known in _DUTY:
        return RecordKind.DUTY
    if known in _LISTS:
        return RecordKind.LISTS
    return RecordKind.ROSTERS if known is EvidenceKind.ROSTER else None


def _relying_files(connection: Connection) -> dict[str, set[str]]:
    """Files by the file that holds rows which were not stored a second time for them."""
    owners: dict[str, set[str]] = defaultdict(set)
    for file_id, key in connection.execute(
        select(learning_row.c.batch_file, learning_row.c.row_key)
    ):
        owners[key].add(file_id)
    for table in REFERENCE_TABLES:
        for file_id, key in connection.execute(select(table.c.batch_file, table.c.natural_key)):
            if file_id is not None:
                owners[known_key(table, key)].add(file_id)
    relying: dict[str, set[str]] = defaultdict(set)
    for later, key in connection.execute(select(known_row.c.batch_file, known_row.c.row_key)):
        for owner in owners.get(key, ()):
            if owner != later:
                relying[owner].add(later)
    return relying


def _roster_in_force(connection: Connection) -> str | None:
    query = (
        select(roster_revision.c.id)
        .join(batch_file, batch_file.c.id == roster_revision.c.batch_file, isouter=True)
        .join(batch, batch.c.id == batch_file.c.batch, isouter=True)
        .where(batch.c.taken_back_at.is_(None))
        .order_by(roster_revision.c.seq.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def _people_of(people: str) -> set[str]:
    return {one["employee_id"] for one in json.loads(people)}


# ------------------------------------------------------------------------------------------ cases
def _cases(
    connection: Connection, files: Iterable[DeletionUnit], still_open: Mapping[str, int]
) -> Iterator[DeletionUnit]:
    """Everything that was found and decided about one person under one plan."""
    found: dict[tuple[str, str], Found] = defaultdict(Found)
    for table, moment in (
        (verdict, verdict.c.evaluated_at),
        (case_step, case_step.c.at),
        (person_decision, person_decision.c.at),
    ):
        for plan_id, who, at in connection.execute(
            select(table.c.plan_id, table.c.employee_id, moment)
        ):
            found[plan_id, who].add(at)
    evidence = [one for one in files if one.kind is RecordKind.EVIDENCE]
    for (plan_id, who), one in found.items():
        day = date.fromisoformat(one.day)
        is_open = who in still_open and day.year >= still_open[who]
        yield DeletionUnit(
            key=f"case/{plan_id}/{who}",
            kind=RecordKind.CASES,
            words=f"{plan_id}　{who}",
            day=day,
            people=frozenset({who}),
            rows=one.rows,
            held=OPEN_LEAVE if is_open else "",
            needs=frozenset(f.key for f in evidence if who in f.people and f.day <= day),
        )
    yield from _decisions(connection, evidence)


def _decisions(connection: Connection, evidence: Iterable[DeletionUnit]) -> Iterator[DeletionUnit]:
    """A plan's decisions on records, all together: a record's key tells nobody whose it is.

    Without them, evidence that is still there would be judged otherwise.
    """
    files = tuple(evidence)
    query = select(decision.c.plan_id, func.max(decision.c.at), func.count())
    for plan_id, at, rows in connection.execute(query.group_by(decision.c.plan_id)):
        day = date.fromisoformat(at[:10])
        yield DeletionUnit(
            key=f"decisions/{plan_id}",
            kind=RecordKind.CASES,
            words=f"{plan_id}　逐筆決定",
            day=day,
            rows=rows,
            needs=frozenset(one.key for one in files if one.day <= day),
        )


# ----------------------------------------------------------------------------------------- papers
def _papers(
    connection: Connection, cases: Iterable[DeletionUnit], still_open: Mapping[str, int]
) -> Iterator[DeletionUnit]:
    """Documents with those they cancel, their prints, scans and stamps."""
    known = {one.key for one in cases}
    groups = Groups()
    rows = connection.execute(
        select(
            issued_document.c.id,
            issued_document.c.number,
            issued_document.c.plan_id,
            issued_document.c.employee_id,
            issued_document.c.issued_at,
            issued_document.c.cancels,
        ).order_by(issued_document.c.seq)
    ).all()
    for row in rows:
        groups.join(row.id, row.cancels)
    found: dict[str, Found] = defaultdict(Found)
    numbers: dict[str, list[str]] = defaultdict(list)
    needs: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        root = groups.root(row.id)
        found[root].add(row.issued_at)
        numbers[root].append(row.number)
        if row.employee_id is not None:
            found[root].people.add(row.employee_id)
            needs[root].add(f"case/{row.plan_id}/{row.employee_id}")
    for table in (print_log, scanned_sheet, stamp_act):
        for document, day in connection.execute(select(table.c.document, table.c.at)):
            if document is not None:
                found[groups.root(document)].add(day)
    for root, one in found.items():
        day = date.fromisoformat(one.day)
        is_open = any(who in still_open and day.year >= still_open[who] for who in one.people)
        yield DeletionUnit(
            key=f"paper/{root}",
            kind=RecordKind.PAPERS,
            words="、".join(numbers[root]),
            day=day,
            people=frozenset(one.people),
            rows=one.rows,
            held=OPEN_LEAVE if is_open else "",
            needs=frozenset(needs[root] & known),
        )


# -------------------------------------------------------------------------------- people and audit
def _people(connection: Connection, found: Iterable[DeletionUnit]) -> Iterator[DeletionUnit]:
    """Who left the roster, once nothing else tells of them."""
    needs: dict[str, set[str]] = defaultdict(set)
    for unit in found:
        for who in unit.people:
            needs[who].add(unit.key)
    last_roster = connection.execute(select(func.max(roster_revision.c.stored_at))).scalar()
    for row in connection.execute(select(person).where(~person.c.is_on_roster)):
        day = row.left_on or last_roster
        if day is None:
            continue
        yield DeletionUnit(
            key=f"person/{row.employee_id}",
            kind=RecordKind.PEOPLE,
            words=f"{row.employee_id}　{row.name}",
            day=date.fromisoformat(day[:10]),
            people=frozenset({row.employee_id}),
            rows=1,
            needs=frozenset(needs[row.employee_id]),
        )


def audit_seqs(connection: Connection, year: str) -> tuple[int, ...]:
    """Entries of a year that may go: deletions stay for good, and the ledger's last anchor."""
    anchor = connection.execute(
        select(func.max(audit.c.seq)).where(audit.c.detail.contains(f'"{ANCHOR}"'))
    ).scalar()
    query = select(audit.c.seq).where(
        audit.c.at.startswith(f"{year}-"), audit.c.act != DELETION_ACT, audit.c.seq != (anchor or 0)
    )
    return tuple(connection.execute(query.order_by(audit.c.seq)).scalars())


def _audit_years(connection: Connection) -> Iterator[DeletionUnit]:
    year = func.substr(audit.c.at, 1, 4)
    query = select(year, func.max(audit.c.at)).group_by(year).order_by(year)
    for found, last in connection.execute(query).all():
        rows = len(audit_seqs(connection, found))
        if rows:
            yield DeletionUnit(
                key=f"audit/{found}",
                kind=RecordKind.AUDIT,
                words=f"民國 {int(found) - 1911} 年的稽核紀錄",
                day=date.fromisoformat(last[:10]),
                rows=rows,
            )
