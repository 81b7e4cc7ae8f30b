"""Storing reference data: roster, calendar, attendance, receipts, nominees and the like.

A file of these kinds is taken whole or not at all: a missing overtime row could let a course
pass (inputs.md section 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from desktop.domain.attendance import (
    AttendanceEntry,
    FormerAward,
    Nominee,
    Punch,
    Receipt,
    Shift,
)
from desktop.domain.evidence import (
    AgencySettingsRow,
    ApplicationRow,
    AttendanceRow,
    AwardHistoryRow,
    CalendarDayRow,
    EvidenceKind,
    EvidenceRow,
    NominationRow,
    PunchRow,
    Refusal,
    RefusalReason,
    RosterRow,
    ShiftRow,
)
from desktop.domain.moments import ROC_YEAR_OFFSET
from desktop.domain.provenance import SourcePlace
from desktop.rules.agency_loading import parse_agency
from desktop.rules.calendar_loading import calendar_year_of
from desktop.rules.people_lookup import Identification, PeopleIndex
from desktop.rules.roster import people_from_roster
from desktop.rules.toml_table import TomlProblemsError
from desktop.services.draft import DraftFile, unit_remarks
from desktop.store import Writer

_Row = TypeVar("_Row")
_PersonalRow = (
    AttendanceRow | ShiftRow | PunchRow | ApplicationRow | NominationRow | AwardHistoryRow
)


@dataclass(frozen=True, slots=True)
class ReferenceCheck:
    """Whether a reference file can be taken.

    Attributes:
        refusals: Why not; empty when it can.
        owners: The employee id of each personal row, in the rows' order.
        remarks: Sentences on people whom the evidence's unit told apart.
    """

    refusals: tuple[Refusal, ...]
    owners: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def check_reference(file: DraftFile, people: PeopleIndex) -> ReferenceCheck:
    """Whether every row of a reference file has its person and makes sense.

    An id that the roster does not know is kept (somebody who left); a name alone that fits
    nobody, or two people, refuses the file, and so does an id with somebody else's name.

    Args:
        file: A file of reference data as read.
        people: The roster, the batch's own included.
    """
    rows = file.extraction.rows
    kind = file.extraction.kind
    if kind is EvidenceKind.ROSTER:
        return ReferenceCheck(people_from_roster(of_type(rows, RosterRow)).problems)
    if kind is EvidenceKind.CALENDAR:
        return ReferenceCheck(_calendar_problems(file))
    if kind is EvidenceKind.AGENCY_SETTINGS:
        return ReferenceCheck(_settings_problems(file))
    owners: list[str] = []
    told: list[Identification] = []
    for row in rows:
        if not isinstance(row, _PersonalRow):
            continue
        found = people.identify(row.employee_id, row.person_name, row.unit)
        told.append(found)
        if found.employee_id is not None:
            owners.append(found.employee_id)
        elif row.employee_id and found.problem is RefusalReason.PERSON_UNKNOWN:
            owners.append(row.employee_id)
        else:
            problem = found.problem or RefusalReason.PERSON_UNKNOWN
            refusal = _whole_file(file, row.place, problem, found.explanation)
            return ReferenceCheck((refusal,))
    return ReferenceCheck((), tuple(owners), unit_remarks(file.name, told))


def store_reference(
    writer: Writer, file: DraftFile, check: ReferenceCheck, file_id: str, *, plan_id: str = ""
) -> int:
    """Store the rows of a checked reference file; returns how many were new.

    Args:
        writer: The open transaction.
        file: The file as read.
        check: Its outcome, without refusals.
        file_id: The file's entry in the batch.
        plan_id: The programme that a list of nominees is for; empty: any.
    """
    rows = file.extraction.rows
    kind = file.extraction.kind
    if kind is EvidenceKind.ROSTER:
        people = people_from_roster(of_type(rows, RosterRow)).people
        writer.replace_roster(people, file_id)
        return len(rows)
    if kind is EvidenceKind.CALENDAR:
        return _store_calendar(writer, file, file_id)
    if kind is EvidenceKind.AGENCY_SETTINGS:
        for row in of_type(rows, AgencySettingsRow):
            writer.set_agency(row.text)
        return len(rows)
    if kind is EvidenceKind.ATTENDANCE:
        entries = [
            AttendanceEntry(owner, row.kind, row.kind_words, row.span, row.reason, row.place)
            for row, owner in zip(of_type(rows, AttendanceRow), check.owners, strict=True)
        ]
        return writer.add_attendance(entries, file_id)
    if kind is EvidenceKind.SHIFTS:
        shifts = [
            Shift(owner, row.day, row.span, row.place)
            for row, owner in zip(of_type(rows, ShiftRow), check.owners, strict=True)
        ]
        return writer.add_shifts(shifts, file_id)
    if kind is EvidenceKind.PUNCHES:
        punches = [
            Punch(owner, row.day, row.punch_in, row.punch_out, row.place)
            for row, owner in zip(of_type(rows, PunchRow), check.owners, strict=True)
        ]
        return writer.add_punches(punches, file_id)
    if kind is EvidenceKind.NOMINATIONS:
        nominees = [
            Nominee(
                owner,
                plan_id,
                row.telephone,
                row.email,
                row.priority,
                row.is_substitute,
                row.place,
            )
            for row, owner in zip(of_type(rows, NominationRow), check.owners, strict=True)
        ]
        return writer.add_nominees(nominees, file_id)
    if kind is EvidenceKind.AWARD_HISTORY:
        awards = [
            FormerAward(owner, row.year, row.plan, row.benefit, row.amount, row.given_on, row.place)
            for row, owner in zip(of_type(rows, AwardHistoryRow), check.owners, strict=True)
        ]
        return writer.add_former_awards(awards, file_id)
    receipts = [
        Receipt(owner, row.plan, row.received_on, row.place, row.kind)
        for row, owner in zip(of_type(rows, ApplicationRow), check.owners, strict=True)
    ]
    return writer.add_receipts(receipts, file_id)


def of_type(rows: Sequence[EvidenceRow], wanted: type[_Row]) -> list[_Row]:
    """The rows of one type, in order."""
    return [row for row in rows if isinstance(row, wanted)]


def is_revision(name: str) -> bool:
    """Whether a calendar file calls itself a revision (修正版, …更新)."""
    return "修正" in name or "更新" in name


def _settings_problems(file: DraftFile) -> tuple[Refusal, ...]:
    """What is wrong with a settings file, with its line; empty when it can be used."""
    for row in of_type(file.extraction.rows, AgencySettingsRow):
        try:
            parse_agency(row.text, name=file.name)
        except TomlProblemsError as error:
            found = error.problems[0]
            what = f"第 {found.line} 行 {found.key} 有誤（{found.message.rstrip('。')}）"
            return (_whole_file(file, row.place, RefusalReason.UNREADABLE, what),)
    return ()


def _days_by_year(file: DraftFile) -> dict[int, dict[date, tuple[bool, str]]]:
    years: dict[int, dict[date, tuple[bool, str]]] = {}
    for row in of_type(file.extraction.rows, CalendarDayRow):
        years.setdefault(row.day.year, {})[row.day] = (row.is_day_off, row.remark)
    return years


def _calendar_problems(file: DraftFile) -> tuple[Refusal, ...]:
    problems = []
    for year, days in _days_by_year(file).items():
        try:
            facts = calendar_year_of(days, year=year, version=file.name, source=file.name)
        except ValueError:
            what = f"{year - ROC_YEAR_OFFSET} 年的日曆缺了日期，不能使用"
        else:
            if facts.is_complete:
                continue
            what = f"{year - ROC_YEAR_OFFSET} 年的上班日數不合理，請核對是否放假欄"
        place = of_type(file.extraction.rows, CalendarDayRow)[0].place
        problems.append(_whole_file(file, place, RefusalReason.BAD_DATE, what))
    return tuple(problems)


def _store_calendar(writer: Writer, file: DraftFile, file_id: str) -> int:
    """Each year of the file, unless a revision is stored and this is not one."""
    stored = {year.year: year for year in writer.calendar_years()}
    new = 0
    for year, days in sorted(_days_by_year(file).items()):
        known = stored.get(year)
        if known is not None and is_revision(known.source) and not is_revision(file.name):
            continue
        facts = calendar_year_of(days, year=year, version=file.digest[:12], source=file.name)
        writer.add_calendar_year(facts, file_id)
        new += len(days)
    return new


def _whole_file(file: DraftFile, place: SourcePlace, reason: RefusalReason, what: str) -> Refusal:
    where = place.words
    message = f"「{file.name}」{where}：{what}，整份沒有存入，請改正後重新匯入。"
    return Refusal(place, reason, message, rows=file.extraction.rows_in)
