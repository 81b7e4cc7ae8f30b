"""A batch read but not stored: its files, whose rows they are, and what each row would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.evidence import (
    EvidenceKind,
    Extraction,
    LearningRow,
    Refusal,
    RefusalReason,
    RosterRow,
)
from desktop.domain.people import Person
from desktop.domain.readings import ReadingCorrection
from desktop.domain.text import matching_key, person_key
from desktop.domain.yearly_hours import StatedHours
from desktop.rules.fingerprints import fingerprint
from desktop.rules.people_lookup import Identification, PeopleIndex
from desktop.rules.roster import people_from_roster
from desktop.rules.successions import KeyedRow
from desktop.store.values import StoredRow

LEAVE_OUT = ""
"""What an assignment says for 「這份先不存」."""


class RowState(StrEnum):
    """What storing a row would do."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file as read.

    Attributes:
        key: Identifies it within the draft.
        name: Its name within the batch.
        digest: SHA-256 of its bytes.
        content: The bytes, to be kept.
        extraction: What the importer gave.
    """

    key: str
    name: str
    digest: str
    content: bytes = field(repr=False)
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A batch that was read; nothing of it is stored yet.

    Attributes:
        files: In the order they were read.
        readings: What the clerk said of doubtful readings so far, the latest last.
    """

    files: tuple[DraftFile, ...]
    readings: tuple[ReadingCorrection, ...] = ()

    @property
    def rows_in(self) -> int:
        """Rows read and rows refused, of all files."""
        return sum(file.extraction.rows_in for file in self.files)

    def people(self, known: Sequence[Person]) -> tuple[Person, ...]:
        """The roster the draft's rows are looked up in: its own roster's people over known ones."""
        rows = [
            row for file in self.files for row in file.extraction.rows if isinstance(row, RosterRow)
        ]
        if not rows:
            return tuple(known)
        fresh = people_from_roster(rows).people
        ids = {person.employee_id for person in fresh}
        return (*fresh, *(person for person in known if person.employee_id not in ids))


@dataclass(frozen=True, slots=True)
class ResolvedRow:
    """A learning row with its person, or the reason why nobody is named.

    Attributes:
        row: As read.
        identification: Whose it is.
        key: Natural key: person, course, span and content.
    """

    row: LearningRow
    identification: Identification
    key: str


def resolve_rows(
    file: DraftFile, people: PeopleIndex, assignments: Mapping[str, str]
) -> tuple[ResolvedRow, ...]:
    """Every learning row of a file with its person.

    Args:
        file: The file as read.
        people: The roster.
        assignments: The clerk's word, file key to employee id.
    """
    assigned = assignments.get(file.key)
    resolved = []
    for row in file.extraction.rows:
        if not isinstance(row, LearningRow):
            continue
        if assigned:
            identification = Identification(assigned)
        else:
            identification = people.identify(row.employee_id, row.person_name, row.shown_unit)
        resolved.append(ResolvedRow(row, identification, row_key(row, identification)))
    return tuple(resolved)


def stated_owners(
    file: DraftFile, people: PeopleIndex, assignments: Mapping[str, str]
) -> tuple[tuple[StatedHours, Identification], ...]:
    """Every summary block of a file with its person, found as its rows' are.

    Args:
        file: The file as read.
        people: The roster.
        assignments: The clerk's word, file key to employee id.
    """
    assigned = assignments.get(file.key)
    return tuple(
        (
            stated,
            Identification(assigned)
            if assigned
            else people.identify(stated.employee_id, stated.person_name),
        )
        for stated in file.extraction.stated
    )


def row_key(row: LearningRow, identification: Identification) -> str:
    """The natural key of a row: who, what, when and what else a check reads."""
    who = identification.employee_id or f"?{person_key(row.person_name or '')}"
    return fingerprint(
        who,
        matching_key(row.course_name),
        row.start,
        row.end,
        row.started_on,
        row.completed_on,
        row.raw.get("上課期間", "") if row.times_are_impossible else "",
        row.certified_hours,
        row.reading_time,
        row.pass_status,
        row.has_certificate,
        row.language,
        row.region,
    )


def keyed_rows(rows: Iterable[StoredRow], employee_id: str) -> tuple[KeyedRow, ...]:
    """Stored rows of a person with their natural keys.

    Args:
        rows: In the order they were stored.
        employee_id: Whose they are.
    """
    found = Identification(employee_id)
    return tuple(KeyedRow(row_key(stored.row, found), stored.row) for stored in rows)


def person_refusals(file: DraftFile, resolved: Sequence[ResolvedRow]) -> tuple[Refusal, ...]:
    """One refusal for each unknown or ambiguous person of a file, with the rows it concerns."""
    waiting: dict[tuple[RefusalReason, str], list[ResolvedRow]] = {}
    for row in resolved:
        problem = row.identification.problem
        if problem is not None:
            waiting.setdefault((problem, row.identification.explanation), []).append(row)
    return tuple(
        Refusal(
            place=rows[0].row.place,
            reason=problem,
            message=(
                f"「{file.name}」有 {len(rows)} 列不知道是誰的（{explanation}），"
                "留在待處理，請核對名冊或指定人員。"
            ),
            rows=len(rows),
        )
        for (problem, explanation), rows in waiting.items()
    )


def stated_refusals(
    file: DraftFile, owners: Sequence[tuple[StatedHours, Identification]]
) -> tuple[Refusal, ...]:
    """A refusal for each summary block without rows whose person is unknown or ambiguous.

    Args:
        file: The file as read.
        owners: Its summary blocks, each with its person.
    """
    return tuple(
        Refusal(
            place=stated.place,
            reason=found.problem,
            message=(
                f"「{file.name}」的時數摘要不知道是誰的（{found.explanation}），"
                "留在待處理，請核對名冊或指定人員。"
            ),
        )
        for stated, found in owners
        if found.problem is not None
    )


def unit_remarks(name: str, found: Sequence[Identification]) -> tuple[str, ...]:
    """Sentences on people of one name whom the evidence's unit told apart.

    Args:
        name: The file's name.
        found: Whose each row is.
    """
    counts = Counter(one.found_by for one in found if one.found_by)
    return tuple(
        f"「{name}」有 {count} 列沒有人員代號，{words}，請核對。" for words, count in counts.items()
    )


REFERENCE_ORDER = (
    EvidenceKind.AGENCY_SETTINGS,
    EvidenceKind.ROSTER,
    EvidenceKind.CALENDAR,
    EvidenceKind.ATTENDANCE,
    EvidenceKind.SHIFTS,
    EvidenceKind.PUNCHES,
    EvidenceKind.APPLICATIONS,
    EvidenceKind.NOMINATIONS,
    EvidenceKind.AWARD_HISTORY,
)
"""Reference data is stored in this order, before any learning row looks for its person."""
