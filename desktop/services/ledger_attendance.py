"""Uses recorded from the attendance system's export: its rows of the plan's kind of leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.attendance import AttendanceEntry
from desktop.domain.changes import ChangeSet
from desktop.domain.ledger import Use
from desktop.domain.text import matching_key
from desktop.rules.ledger import PersonLedger
from desktop.services.amount_words import span_words
from desktop.services.leave_times import duty_of, hours_of_leave
from desktop.services.ledger_basics import (
    LEDGER_AREAS,
    USUAL_KIND,
    LedgerRefusedError,
    person_in,
)
from desktop.services.ledger_used import ledgers_of
from desktop.services.ledger_using import Booking, add_undo, book_use
from desktop.services.office import Office
from desktop.store import Reader

READY = "可登記"
RECORDED = "已登記"
NOT_WHOLE = "不是整數時"
TOO_LITTLE = "餘額不足"
UNKNOWN_PERSON = "不在名冊"


@dataclass(frozen=True, slots=True)
class AttendanceUse:
    """One row of the export, and what can be done with it.

    Attributes:
        key: Tells the row from every other one.
        entry: The row.
        name, unit: Of the person; empty when nobody knows the id.
        hours: Whole hours it takes; None when they are not whole.
        state: READY, or in a few characters why not.
        free: Hours the person may use on that day.
    """

    key: str
    entry: AttendanceEntry
    name: str
    unit: str
    hours: int | None
    state: str
    free: int

    @property
    def is_ready(self) -> bool:
        """Whether it can be recorded now."""
        return self.state == READY

    @property
    def times(self) -> str:
        """From when until when, in words."""
        return span_words(self.entry.span)


def _kinds_of(office: Office, reader: Reader, ledger: PersonLedger) -> frozenset[str]:
    """What the attendance system calls the leave a person was granted, ready to be compared.

    A plain 補休 may be earned by overtime: it is the ledger's only for who was granted leave under
    a plan that calls its leave so.
    """
    granted = {grant.plan_id for grant in ledger.grants}
    names = {USUAL_KIND}
    for plan in office.all_plans(reader):
        leave = plan.compensatory_leave
        if plan.id in granted and leave is not None and leave.registered_as:
            names.add(leave.registered_as)
    return frozenset(matching_key(name) for name in names)


def attendance_uses(office: Office) -> tuple[AttendanceUse, ...]:
    """Every row of the attendance system that is leave of the ledger's kind, by person and time.

    What rows before it would use up is not taken off: recording goes by day and looks again.
    """
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
        nobody = PersonLedger(())
        owners = {entry.employee_id for _, entry in reader.keyed_attendance()}
        kinds = {owner: _kinds_of(office, reader, ledgers.get(owner, nobody)) for owner in owners}
        return tuple(
            _row(office, reader, key, entry, ledgers.get(entry.employee_id, nobody))
            for key, entry in reader.keyed_attendance()
            if matching_key(entry.kind_words) in kinds[entry.employee_id]
        )


def _row(
    office: Office, reader: Reader, key: str, entry: AttendanceEntry, ledger: PersonLedger
) -> AttendanceUse:
    person = reader.person(entry.employee_id)
    if person is None:
        return AttendanceUse(key, entry, "", "", None, UNKNOWN_PERSON, 0)
    hours = hours_of_leave(duty_of(office, reader, person), entry.span)
    free = ledger.free_on(entry.span.start.date())
    if is_recorded(ledger, key):
        state = RECORDED
    elif hours is None:
        state = NOT_WHOLE
    else:
        state = READY if hours <= free else TOO_LITTLE
    return AttendanceUse(key, entry, person.name, person.unit, hours, state, free)


def is_recorded(ledger: PersonLedger, key: str) -> bool:
    """Whether a row stands in the ledger already, not reversed."""
    return any(
        isinstance(entry, Use) and entry.source == key and not ledger.is_reversed(entry)
        for entry in ledger.entries
    )


def record_attendance_uses(office: Office, keys: Sequence[str]) -> ChangeSet:
    """Record the uses that rows of the export tell of, in order of time; all of them, or none.

    Raises:
        LedgerRefusedError: When a row is recorded already, not of whole hours, or finds too
            little to use; the sentence names it.
    """
    wanted = set(keys)
    chosen = sorted(
        (row for row in attendance_uses(office) if row.key in wanted),
        key=lambda row: (row.entry.span.start, row.entry.employee_id),
    )
    if not chosen:
        raise LedgerRefusedError("選取的差勤列已不在資料中，沒有登記；請重新整理清單。")
    act = f"由差勤登記使用 {len(chosen)} 筆"
    with office.store.writing(act) as writer:
        entered: list[Use] = []
        for row in chosen:
            hours = row.hours
            if hours is None:
                raise LedgerRefusedError(
                    f"{row.name or row.entry.employee_id} {row.times} 的{row.entry.kind_words}"
                    f"{row.state}，沒有登記任何一筆；請在差勤系統更正或改用手動登記。"
                )
            person = person_in(writer, row.entry.employee_id)
            if is_recorded(PersonLedger(writer.ledger(person.employee_id)), row.key):
                raise LedgerRefusedError(
                    f"{person.name} {row.times} 的{row.entry.kind_words}已登記過，"
                    "沒有登記任何一筆；請重新整理清單。"
                )
            span = row.entry.span
            entered += book_use(
                writer,
                person,
                Booking(
                    day=span.start.date(),
                    hours=hours,
                    start=span.start,
                    end=span.end,
                    reason=row.entry.reason,
                    source=row.key,
                ),
            )
        told = [{"seq": one.seq, "person": one.employee_id, "hours": one.hours} for one in entered]
        writer.describe("", {"uses": told})
        add_undo(writer, act, entered)
    office.redo_steps.clear()
    people = frozenset(row.entry.employee_id for row in chosen)
    return ChangeSet(act, LEDGER_AREAS, people)
