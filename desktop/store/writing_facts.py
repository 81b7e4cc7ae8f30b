"""Writing the roster, attendance, calendars, agency settings and plans."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, insert, select, update

from desktop.domain.attendance import (
    AttendanceEntry,
    FormerAward,
    Nominee,
    Punch,
    Receipt,
    Shift,
)
from desktop.domain.calendar import CalendarYear
from desktop.domain.people import LeaveWithoutPay, Person
from desktop.domain.provenance import SourcePlace
from desktop.store.codes import (
    PLACE_COLUMNS,
    Cell,
    date_text,
    known_date,
    moment_text,
    place_cells,
    to_date,
    to_json,
)
from desktop.store.engine import bulk_insert
from desktop.store.reading_facts import FactsReading
from desktop.store.tables import (
    agency_settings,
    attendance_entry,
    calendar_day,
    calendar_year,
    former_award,
    known_row,
    leave_without_pay,
    nominee,
    person,
    plan_draft,
    plan_version,
    punch,
    receipt,
    roster_revision,
    shift,
)
from desktop.store.writing import Writing

WITHDRAWN = "withdrawn"
"""The version of a plan that is out of force."""
_SEPARATOR = "\x1f"
_Keyed = tuple[SourcePlace | None, tuple[Cell, ...]]


class FactsWriting(Writing, FactsReading):
    """Takes in what learning rows are checked against."""

    def replace_roster(self, people: Sequence[Person], file_id: str | None) -> None:
        """Make these people the roster; who is no longer on it is kept, off the roster.

        Args:
            people: Everybody on it; their ``roster_position`` gives the order.
            file_id: The file it was read from, None when it was put in by hand.
        """
        if file_id is None and tuple(people) == self.people():
            return
        self._connection.execute(
            insert(roster_revision).values(
                id=self._identifier(),
                seq=self._next_seq(roster_revision),
                batch_file=file_id,
                people=to_json([_person_json(one) for one in people]),
                stored_at=self._now_text,
            )
        )
        self._touch(roster_revision)
        self._apply_roster(people)

    def _apply_roster(self, people: Sequence[Person]) -> None:
        known = set(self._connection.execute(select(person.c.employee_id)).scalars())
        self._connection.execute(
            update(person)
            .where(person.c.is_on_roster)
            .values(is_on_roster=False, row_version=person.c.row_version + 1)
        )
        self._connection.execute(delete(leave_without_pay))
        new = [_person_cells(one) for one in people if one.employee_id not in known]
        if new:
            self._connection.execute(insert(person), new)
        old = [
            {"whose": one.employee_id, **_person_cells(one)}
            for one in people
            if one.employee_id in known
        ]
        if old:
            self._connection.execute(
                update(person).where(person.c.employee_id == bindparam("whose")), old
            )
        bulk_insert(
            self._connection,
            leave_without_pay,
            ("employee_id", "position", "first_day", "last_day"),
            (
                (one.employee_id, position, date_text(spell.first_day), date_text(spell.last_day))
                for one in people
                for position, spell in enumerate(one.leave_without_pay)
            ),
        )
        self._touch(person, len(people))

    def add_attendance(self, entries: Iterable[AttendanceEntry], file_id: str | None) -> int:
        """Add the attendance entries that are new and return how many were.

        Two entries are the same when person, kind, span and 事由 are. People need not be on the
        roster yet: the attendance system's export may come first, or hold more people.
        """
        return self._add_new(
            attendance_entry,
            ("kind", "kind_words", "start_at", "end_at", "reason"),
            (
                (
                    entry.place,
                    (
                        entry.employee_id,
                        entry.kind.value,
                        entry.kind_words,
                        moment_text(entry.span.start),
                        moment_text(entry.span.end),
                        entry.reason,
                    ),
                )
                for entry in entries
            ),
            file_id,
        )

    def add_shifts(self, entries: Iterable[Shift], file_id: str | None) -> int:
        """Add the rostered shifts that are new and return how many were."""
        return self._add_new(
            shift,
            ("day", "start_at", "end_at"),
            (
                (
                    entry.place,
                    (
                        entry.employee_id,
                        date_text(entry.day),
                        moment_text(entry.span.start),
                        moment_text(entry.span.end),
                    ),
                )
                for entry in entries
            ),
            file_id,
        )

    def add_punches(self, entries: Iterable[Punch], file_id: str | None) -> int:
        """Add the clock punches that are new and return how many were."""
        return self._add_new(
            punch,
            ("day", "punch_in", "punch_out"),
            (
                (
                    entry.place,
                    (
                        entry.employee_id,
                        date_text(entry.day),
                        moment_text(entry.punch_in),
                        moment_text(entry.punch_out),
                    ),
                )
                for entry in entries
            ),
            file_id,
        )

    def add_receipts(self, entries: Iterable[Receipt], file_id: str | None) -> int:
        """Add the received applications that are new and return how many were."""
        return self._add_new(
            receipt,
            ("plan", "received_on", "kind"),
            (
                (
                    entry.place,
                    (
                        entry.employee_id,
                        entry.plan,
                        date_text(entry.received_on),
                        entry.kind.value if entry.kind is not None else None,
                    ),
                )
                for entry in entries
            ),
            file_id,
            # What a sheet without the column gives is what stores of format 3 hold.
            optional=1,
        )

    def add_former_awards(self, entries: Iterable[FormerAward], file_id: str | None) -> int:
        """Add the former awards that are new and return how many were."""
        return self._add_new(
            former_award,
            ("year", "plan", "benefit", "amount", "given_on"),
            (
                (
                    entry.place,
                    (
                        entry.employee_id,
                        entry.year,
                        entry.plan,
                        entry.benefit,
                        entry.amount,
                        date_text(entry.given_on),
                    ),
                )
                for entry in entries
            ),
            file_id,
        )

    def add_nominees(self, entries: Iterable[Nominee], file_id: str | None) -> int:
        """Add the nominees that are new and return how many were."""
        return self._add_new(
            nominee,
            ("plan", "telephone", "email", "priority", "is_substitute"),
            (
                (
                    entry.place,
                    (
                        entry.employee_id,
                        entry.plan,
                        entry.telephone,
                        entry.email,
                        entry.priority,
                        int(entry.is_substitute),
                    ),
                )
                for entry in entries
            ),
            file_id,
        )

    def _add_new(
        self,
        table: Table,
        columns: tuple[str, ...],
        entries: Iterable[_Keyed],
        file_id: str | None,
        *,
        optional: int = 0,
    ) -> int:
        """Add what no live row says yet; ``optional`` last cells stay out of a key when empty."""
        seen = set(
            self._connection.execute(select(table.c.natural_key).where(table.c.is_live)).scalars()
        )
        before = len(seen)
        known: set[str] = set()
        first_seq = self._next_seq(table)

        def new_rows() -> Iterator[tuple[Cell, ...]]:
            seq = first_seq
            own: set[str] = set()
            for place, cells in entries:
                keyed = cells
                for _ in range(optional):
                    keyed = keyed[:-1] if keyed[-1] is None else keyed
                key = _SEPARATOR.join("" if cell is None else str(cell) for cell in keyed)
                if key in seen:
                    if key not in own:
                        known.add(key)
                    continue
                seen.add(key)
                own.add(key)
                yield (self._identifier(), seq, file_id, *place_cells(place), key, 1, *cells)
                seq += 1

        names = ("id", "seq", "batch_file", *PLACE_COLUMNS, "natural_key", "is_live")
        bulk_insert(self._connection, table, (*names, "employee_id", *columns), new_rows())
        count = len(seen) - before
        if file_id is not None and known:
            # The import these stand on must not be taken back under this one.
            bulk_insert(
                self._connection,
                known_row,
                ("batch_file", "row_key"),
                ((file_id, known_key(table, key)) for key in sorted(known)),
            )
        self._touch(table, count)
        return count

    def add_calendar_year(self, year: CalendarYear, file_id: str | None) -> None:
        """Add a revision of one year's calendar; the latest revision of a year counts.

        Args:
            year: Its facts.
            file_id: The file it was read from, None when it was put in by hand; then the facts
                in force again change nothing.
        """
        if file_id is None and year in self.calendar_years():
            return
        calendar_id = self._identifier()
        self._connection.execute(
            insert(calendar_year).values(
                id=calendar_id,
                seq=self._next_seq(calendar_year),
                batch_file=file_id,
                year=year.year,
                version=year.version,
                source=year.source,
                imported_at=self._now_text,
            )
        )
        bulk_insert(
            self._connection,
            calendar_day,
            ("calendar_year", "day", "is_day_off", "name"),
            (
                (calendar_id, date_text(day), int(day in year.days_off), year.names.get(day))
                for day in sorted(year.days_off | set(year.names))
            ),
        )
        self._touch(calendar_year)

    def set_agency(self, toml_text: str) -> str:
        """Put the agency's settings in force and return their version (their digest)."""
        version = hashlib.sha256(toml_text.encode("utf-8")).hexdigest()
        current = self.agency_text()
        if current is None or current[1] != version:
            self._connection.execute(
                insert(agency_settings).values(
                    id=self._identifier(),
                    seq=self._next_seq(agency_settings),
                    version=version,
                    toml=toml_text,
                    imported_at=self._now_text,
                )
            )
            self._touch(agency_settings)
        return version

    def add_plan(self, plan_id: str, version: str, toml_text: str) -> None:
        """Add a version of a plan; the one in force again changes nothing."""
        current = next((plan for plan in self.plan_texts() if plan.plan_id == plan_id), None)
        if current is not None and current.version == version:
            return
        self._connection.execute(
            insert(plan_version).values(
                id=self._identifier(),
                seq=self._next_seq(plan_version),
                plan_id=plan_id,
                version=version,
                toml=toml_text,
                stored_at=self._now_text,
            )
        )
        self._touch(plan_version)

    def withdraw_plan(self, plan_id: str) -> None:
        """Put a plan out of force; its versions stay for the verdicts that were made under them."""
        self.add_plan(plan_id, WITHDRAWN, "")

    def put_plan_draft(self, plan_id: str, toml_text: str, *, based_on: str) -> None:
        """Keep a draft in place of the plan's former one; an empty text ends it."""
        self._connection.execute(
            insert(plan_draft).values(
                id=self._identifier(),
                seq=self._next_seq(plan_draft),
                plan_id=plan_id,
                toml=toml_text,
                based_on=based_on,
                saved_at=self._now_text,
                actor=self._actor,
            )
        )
        self._touch(plan_draft)


def known_key(table: Table, natural_key: str) -> str:
    """A natural key of a reference table as ``known_row`` holds it, apart from other tables'."""
    return f"{table.name}{_SEPARATOR}{natural_key}"


def _person_fields(one: Person) -> dict[str, Any]:
    return {
        "employee_id": one.employee_id,
        "name": one.name,
        "unit": one.unit,
        "title": one.title,
        "rank": one.rank,
        "category": one.category,
        "pattern_code": one.pattern_code,
        "hired_on": date_text(one.hired_on),
        "left_on": date_text(one.left_on),
        "roster_position": one.roster_position,
        "is_supervisor": one.is_supervisor,
    }


def _person_cells(one: Person) -> dict[str, Any]:
    return {**_person_fields(one), "is_on_roster": True}


def _person_json(one: Person) -> dict[str, Any]:
    return {
        **_person_fields(one),
        "leave_without_pay": [
            [date_text(spell.first_day), date_text(spell.last_day)]
            for spell in one.leave_without_pay
        ],
    }


def people_of_revision(row: Row[Any]) -> tuple[Person, ...]:
    """The people of a roster revision."""
    return tuple(
        Person(
            **{
                **fields,
                "hired_on": to_date(fields["hired_on"]),
                "left_on": to_date(fields["left_on"]),
                "leave_without_pay": tuple(
                    LeaveWithoutPay(known_date(first), to_date(last))
                    for first, last in fields["leave_without_pay"]
                ),
            }
        )
        for fields in json.loads(row.people)
    )
