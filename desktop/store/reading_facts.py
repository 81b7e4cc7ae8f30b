"""Reading people, attendance, calendars, agency settings and plans."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, Select, Table, func, or_, select

from desktop.domain.attendance import (
    AttendanceEntry,
    AttendanceKind,
    FormerAward,
    Nominee,
    Punch,
    Receipt,
    ReceiptKind,
    Shift,
)
from desktop.domain.calendar import CalendarYear
from desktop.domain.evidence import EvidenceKind
from desktop.domain.moments import Span
from desktop.domain.people import LeaveWithoutPay, Person
from desktop.store.codes import known_date, known_moment, to_date, to_moment, to_place
from desktop.store.reading import Reading
from desktop.store.tables import (
    agency_settings,
    attendance_entry,
    batch,
    batch_file,
    calendar_day,
    calendar_year,
    former_award,
    leave_without_pay,
    nominee,
    person,
    plan_draft,
    plan_version,
    punch,
    receipt,
    refused_row,
    shift,
)
from desktop.store.values import StoredDraft, StoredPlan


class FactsReading(Reading):
    """The facts that learning rows are checked against."""

    def people(self, employee_id: str | None = None) -> tuple[Person, ...]:
        """Everybody on the roster now, in its order.

        Args:
            employee_id: Only this person, nobody when not on the roster; everybody when None.
        """
        query = select(person).where(person.c.is_on_roster).order_by(person.c.roster_position)
        if employee_id is not None:
            query = query.where(person.c.employee_id == employee_id)
        return self._people(query)

    def person(self, employee_id: str) -> Person | None:
        """One person, though no longer on the roster; None when never seen."""
        found = self._people(select(person).where(person.c.employee_id == employee_id))
        return found[0] if found else None

    def _people(self, query: Select[Any]) -> tuple[Person, ...]:
        spells: dict[str, list[LeaveWithoutPay]] = {}
        for row in self._connection.execute(
            select(leave_without_pay).order_by(leave_without_pay.c.position)
        ):
            spells.setdefault(row.employee_id, []).append(
                LeaveWithoutPay(known_date(row.first_day), to_date(row.last_day))
            )
        return tuple(
            Person(
                employee_id=row.employee_id,
                name=row.name,
                unit=row.unit,
                title=row.title,
                rank=row.rank,
                category=row.category,
                pattern_code=row.pattern_code,
                hired_on=to_date(row.hired_on),
                left_on=to_date(row.left_on),
                leave_without_pay=tuple(spells.get(row.employee_id, ())),
                roster_position=row.roster_position,
                is_supervisor=row.is_supervisor,
            )
            for row in self._connection.execute(query)
        )

    def attendance(self, employee_id: str | None = None) -> tuple[AttendanceEntry, ...]:
        """Attendance entries by person and time; one person's, or everybody's."""
        return tuple(entry for _, entry in self.keyed_attendance(employee_id))

    def keyed_attendance(
        self, employee_id: str | None = None
    ) -> tuple[tuple[str, AttendanceEntry], ...]:
        """The same, each with what tells it from every other row: no row counts twice."""
        rows = self._live_rows(attendance_entry, "start_at", employee_id)
        return tuple(
            (
                row.natural_key,
                AttendanceEntry(
                    employee_id=row.employee_id,
                    kind=AttendanceKind(row.kind),
                    kind_words=row.kind_words,
                    span=Span(known_moment(row.start_at), known_moment(row.end_at)),
                    reason=row.reason,
                    place=to_place(row),
                ),
            )
            for row in rows
        )

    def shifts(self, employee_id: str | None = None) -> tuple[Shift, ...]:
        """Rostered shifts by person and day; one person's, or everybody's."""
        rows = self._live_rows(shift, "day", employee_id)
        return tuple(
            Shift(
                employee_id=row.employee_id,
                day=known_date(row.day),
                span=Span(known_moment(row.start_at), known_moment(row.end_at)),
                place=to_place(row),
            )
            for row in rows
        )

    def punches(self, employee_id: str | None = None) -> tuple[Punch, ...]:
        """Clock punches by person and day, a later import's after an earlier one's."""
        rows = self._live_rows(punch, "day", employee_id)
        return tuple(
            Punch(
                employee_id=row.employee_id,
                day=known_date(row.day),
                punch_in=to_moment(row.punch_in),
                punch_out=to_moment(row.punch_out),
                place=to_place(row),
            )
            for row in rows
        )

    def receipts(self, employee_id: str | None = None) -> tuple[Receipt, ...]:
        """Received applications by person and day; one person's, or everybody's."""
        rows = self._live_rows(receipt, "received_on", employee_id)
        return tuple(
            Receipt(
                employee_id=row.employee_id,
                plan=row.plan,
                received_on=known_date(row.received_on),
                place=to_place(row),
                kind=ReceiptKind(row.kind) if row.kind is not None else None,
            )
            for row in rows
        )

    def former_awards(self, employee_id: str | None = None) -> tuple[FormerAward, ...]:
        """What people had before, by person and year; one person's entries, or everybody's."""
        rows = self._live_rows(former_award, "year", employee_id)
        return tuple(
            FormerAward(
                employee_id=row.employee_id,
                year=row.year,
                plan=row.plan,
                benefit=row.benefit,
                amount=row.amount,
                given_on=to_date(row.given_on),
                place=to_place(row),
            )
            for row in rows
        )

    def has_award_history(self) -> bool:
        """Whether a list of former awards is in force, be it an empty one.

        Without one nobody knows what people had; with an empty one it is known that nobody had
        anything.
        """
        query = (
            select(batch_file.c.id)
            .join(batch, batch.c.id == batch_file.c.batch)
            .where(
                batch_file.c.kind == EvidenceKind.AWARD_HISTORY.value,
                batch.c.taken_back_at.is_(None),
                batch_file.c.rows_refused == 0,
                batch_file.c.id.not_in(select(refused_row.c.batch_file)),
            )
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def nominees(self, employee_id: str | None = None) -> tuple[Nominee, ...]:
        """Nominees by person; one person's entries, or everybody's."""
        rows = self._live_rows(nominee, "plan", employee_id)
        return tuple(
            Nominee(
                employee_id=row.employee_id,
                plan=row.plan,
                telephone=row.telephone,
                email=row.email,
                priority=row.priority,
                is_substitute=bool(row.is_substitute),
                place=to_place(row),
            )
            for row in rows
        )

    def _live_rows(self, table: Table, moment: str, employee_id: str | None) -> list[Row[Any]]:
        query = (
            select(table)
            .where(table.c.is_live)
            .order_by(table.c.employee_id, table.c[moment], table.c.seq)
        )
        if employee_id is not None:
            query = query.where(table.c.employee_id == employee_id)
        return list(self._connection.execute(query))

    def calendar_years(self) -> tuple[CalendarYear, ...]:
        """The imported calendars, of each year the latest revision, in order of year."""
        counting = (
            select(func.max(calendar_year.c.seq))
            .join(batch_file, batch_file.c.id == calendar_year.c.batch_file, isouter=True)
            .join(batch, batch.c.id == batch_file.c.batch, isouter=True)
            # A calendar without a file was put in by hand and cannot be taken back.
            .where(or_(calendar_year.c.batch_file.is_(None), batch.c.taken_back_at.is_(None)))
            .group_by(calendar_year.c.year)
        )
        query = (
            select(calendar_year)
            .where(calendar_year.c.seq.in_(counting))
            .order_by(calendar_year.c.year)
        )
        return tuple(self._calendar_year(row) for row in self._connection.execute(query).all())

    def _calendar_year(self, year: Row[Any]) -> CalendarYear:
        days = self._connection.execute(
            select(calendar_day)
            .where(calendar_day.c.calendar_year == year.id)
            .order_by(calendar_day.c.day)
        ).all()
        return CalendarYear(
            year=year.year,
            days_off=frozenset(known_date(row.day) for row in days if row.is_day_off),
            names=MappingProxyType(
                {known_date(row.day): row.name for row in days if row.name is not None}
            ),
            version=year.version,
            source=year.source,
        )

    def agency_text(self) -> tuple[str, str] | None:
        """The agency's settings in force: the TOML text and its version, None without any."""
        row = self._connection.execute(
            select(agency_settings).order_by(agency_settings.c.seq.desc()).limit(1)
        ).first()
        return (row.toml, row.version) if row is not None else None

    def plan_texts(self) -> tuple[StoredPlan, ...]:
        """Every version of every imported plan, by plan, the latest version of each first.

        A version without text says that the plan was withdrawn.
        """
        query = select(plan_version).order_by(plan_version.c.plan_id, plan_version.c.seq.desc())
        return tuple(
            StoredPlan(
                plan_id=row.plan_id,
                version=row.version,
                toml_text=row.toml,
                stored_at=known_moment(row.stored_at),
            )
            for row in self._connection.execute(query)
        )

    def plan_drafts(self) -> tuple[StoredDraft, ...]:
        """The draft of each plan that has one, by plan."""
        latest: dict[str, StoredDraft] = {}
        for row in self._connection.execute(select(plan_draft).order_by(plan_draft.c.seq)):
            latest[row.plan_id] = StoredDraft(
                plan_id=row.plan_id,
                toml_text=row.toml,
                based_on=row.based_on,
                saved_at=known_moment(row.saved_at),
                actor=row.actor,
            )
        return tuple(draft for _, draft in sorted(latest.items()) if draft.toml_text)
