"""Review of readings: doubtful cells beside their picture, put right or confirmed by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.corrected_rows import Corrections, as_corrected, open_doubts
from desktop.domain.evidence import LearningRow
from desktop.domain.people import Person
from desktop.domain.provenance import PageBox
from desktop.domain.readings import (
    FIELD_KINDS,
    FIELD_WORDS,
    ReadingCorrection,
    RowIdentity,
    value_of,
    value_text,
)
from desktop.domain.verdicts import RecordVerdict
from desktop.services.draft import ImportDraft
from desktop.services.office import Office
from desktop.services.reading_records import corrections_for, entry_of, record_corrections
from desktop.services.reading_words import (
    NOTHING_READ,
    ReadingRefusedError,
    cell_words,
    correction_words,
    read_value,
    read_words,
    value_words,
)
from desktop.services.summary_records import VERDICT_WORDS
from desktop.services.verifying import case
from desktop.services.wording import CHIPS
from desktop.store import Reader

_AREAS = frozenset({Area.EVIDENCE, Area.VERDICTS})


@dataclass(frozen=True, slots=True)
class DoubtfulCell:
    """One cell that a person must look at.

    Attributes:
        identity, field: Which field of which row.
        file_name, place_words: The file, and page and row in words.
        page, box: Where the cell stands; the page is None for what has no pages, the box None
            where nobody knows the cell.
        row_boxes: Rectangles of the row on that page.
        course: The row's course.
        employee_id, owner: Whose row it is, the latter in words; None and empty while unknown.
        field_words: The field in words.
        as_read: What was read, in words.
        typed: What the editor begins with: the value as read or as corrected; empty without.
        cell_text: All that was read in the cell.
        candidates: Readings to choose from.
        neighbours: The row's other fields in words.
        why: Why it is doubtful.
        correction: The clerk's word in force on it; None while it is open.
        can_confirm: Whether there is anything that can be confirmed as right.
    """

    identity: RowIdentity
    field: str
    file_name: str
    place_words: str
    page: int | None
    box: PageBox | None
    row_boxes: tuple[PageBox, ...]
    course: str
    employee_id: str | None
    owner: str
    field_words: str
    as_read: str
    typed: str
    cell_text: str
    candidates: tuple[str, ...]
    neighbours: str
    why: str
    correction: ReadingCorrection | None
    can_confirm: bool

    @property
    def key(self) -> tuple[RowIdentity, str]:
        """Identifies the cell."""
        return self.identity, self.field

    @property
    def is_read(self) -> bool:
        """Whether anything was read in the cell."""
        return self.as_read != NOTHING_READ

    @property
    def is_settled(self) -> bool:
        """Whether a clerk has spoken on it."""
        return self.correction is not None

    @property
    def correction_words(self) -> str:
        """The clerk's word with who and when; empty while it is open."""
        return correction_words(self.correction) if self.correction is not None else ""


def doubtful_cells(
    office: Office, draft: ImportDraft | None = None, *, with_settled: bool = False
) -> tuple[DoubtfulCell, ...]:
    """The doubtful cells of a batch that is not stored yet, or of all stored rows.

    In the order of files, pages and rows; the same row of a file imported twice stands here once.

    Args:
        office: The open office.
        draft: The batch; None for what is stored. Its files that are stored already are not
            asked about again.
        with_settled: Whether those that a clerk has spoken on are listed too.
    """
    with office.store.reading() as reader:
        corrections = _corrections(reader, draft)
        people = reader.people() if draft is None else draft.people(reader.people())
        owners = {person.employee_id: person for person in people}
        rows = _stored_rows(reader) if draft is None else _draft_rows(reader, draft)
        cells: dict[tuple[RowIdentity, str], DoubtfulCell] = {}
        for employee_id, row in rows:
            for cell in _cells_of(row, employee_id, owners, corrections):
                if with_settled or not cell.is_settled:
                    cells.setdefault(cell.key, cell)
    return tuple(cells.values())


def has_doubtful_rows(draft: ImportDraft) -> bool:
    """Whether anything of a batch was read with doubt; asks no store."""
    return any(
        isinstance(row, LearningRow) and row.doubtful_fields
        for file in draft.files
        for row in file.extraction.rows
    )


def count_doubtful(office: Office) -> int:
    """How many cells of stored rows wait for a person."""
    with office.store.reading() as reader:
        corrections = reader.reading_corrections()
        found = {
            (RowIdentity.of(one.row.place), name)
            for one in reader.doubtful_rows()
            for name in _open_fields(one.row, corrections)
        }
    return len(found)


def correct(office: Office, cell: DoubtfulCell, typed: str) -> ChangeSet:
    """Say what really stands in a cell of a stored row.

    Args:
        office: The open office.
        cell: The cell.
        typed: What stands there, in any accepted spelling.

    Raises:
        ReadingRefusedError: When it cannot be read as such a value.
    """
    return _settle(office, [_entry(cell, _corrected(cell, typed))], cell)


def confirm(office: Office, cell: DoubtfulCell) -> ChangeSet:
    """Say that a cell of a stored row was read right.

    Raises:
        ReadingRefusedError: When nothing was read that could be right.
    """
    _refuse_unread(cell)
    return _settle(office, [_entry(cell, None)], cell)


def correct_in_draft(
    office: Office, draft: ImportDraft, cell: DoubtfulCell, typed: str
) -> ImportDraft:
    """The batch with a cell put right; nothing is stored before the batch is.

    Raises:
        ReadingRefusedError: When it cannot be read as such a value.
    """
    return _said(office, draft, cell, _corrected(cell, typed))


def confirm_in_draft(office: Office, draft: ImportDraft, cell: DoubtfulCell) -> ImportDraft:
    """The batch with a cell confirmed; nothing is stored before the batch is.

    Raises:
        ReadingRefusedError: When nothing was read that could be right.
    """
    _refuse_unread(cell)
    return _said(office, draft, cell, None)


def judged(office: Office, plan_id: str, cell: DoubtfulCell) -> str:
    """What the program says of a stored row now: ``不符（起在上班）``; empty when it says nothing.

    Raises:
        CalendarYearMissingError: When the calendar lacks a year inside the plan's dates.
    """
    if cell.employee_id is None or not plan_id:
        return ""
    try:
        verdict = case(office, plan_id, cell.employee_id).verdict
    except LookupError:  # no longer on the roster
        return ""
    found = [record for record in verdict.records if _is_of(record, cell.identity)]
    if not found:
        return ""
    record = found[0]
    if record.verdict is None:
        return "計畫外"
    chips = [CHIPS[one.code] for one in record.findings]
    return VERDICT_WORDS[record.verdict] + (f"（{'、'.join(chips)}）" if chips else "")


# ------------------------------------------------------------------------------------- the parts
def _settle(office: Office, entries: Sequence[Mapping[str, Any]], cell: DoubtfulCell) -> ChangeSet:
    is_right = entries[0]["corrected"] is None
    act = f"{'確認' if is_right else '更正'}辨識「{cell.field_words}」"
    with office.store.writing(act) as writer:
        token = record_corrections(writer, act, entries)
    office.redo_steps.clear()
    owner = frozenset({cell.employee_id}) if cell.employee_id else frozenset()
    return ChangeSet(act, _AREAS, owner, token)


def _said(
    office: Office, draft: ImportDraft, cell: DoubtfulCell, corrected: str | None
) -> ImportDraft:
    one = ReadingCorrection(
        cell.identity, cell.field, cell.as_read, corrected, office.actor, office.clock()
    )
    return replace(draft, readings=(*draft.readings, one))


def _corrected(cell: DoubtfulCell, typed: str) -> str:
    return value_text(read_value(cell.field, typed))


def _refuse_unread(cell: DoubtfulCell) -> None:
    if not cell.can_confirm:
        raise ReadingRefusedError(
            f"「{cell.field_words}」沒有讀出可以確認的值，沒有更動任何資料；請照原件寫，或留著待確認。"
        )


def _entry(cell: DoubtfulCell, corrected: str | None) -> dict[str, Any]:
    return entry_of(cell.identity, cell.field, cell.as_read, corrected)


def _corrections(reader: Reader, draft: ImportDraft | None) -> Corrections:
    if draft is None:
        return reader.reading_corrections()
    return corrections_for(reader, draft)


def _stored_rows(reader: Reader) -> Iterator[tuple[str | None, LearningRow]]:
    for one in reader.doubtful_rows():
        yield one.employee_id, one.row


def _draft_rows(reader: Reader, draft: ImportDraft) -> Iterator[tuple[str | None, LearningRow]]:
    for file in draft.files:
        if file.extraction.rows and reader.has_file(file.digest):
            continue
        for row in file.extraction.rows:
            if isinstance(row, LearningRow) and row.doubtful_fields:
                yield row.employee_id, row


def _open_fields(row: LearningRow, corrections: Corrections) -> tuple[str, ...]:
    said = corrections.get(RowIdentity.of(row.place), ())
    return open_doubts(row, {one.field for one in said})


def _cells_of(
    row: LearningRow,
    employee_id: str | None,
    owners: Mapping[str, Person],
    corrections: Corrections,
) -> Iterator[DoubtfulCell]:
    identity = RowIdentity.of(row.place)
    said = {one.field: one for one in corrections.get(identity, ())}
    now = as_corrected(row, corrections)
    person = owners.get(employee_id or "")
    if person is not None:
        owner = f"{person.name} {person.employee_id}"
    else:
        owner = row.person_name or row.employee_id or ""
    for name in open_doubts(row):
        located = [part for part in row.place.fields if part.field == name]
        least = min(located, key=lambda part: part.certainty, default=None)
        page = least.page if least is not None else row.place.page
        correction = said.get(name)
        value = getattr(row, name)
        shown = value_words(value)
        if correction is not None and correction.corrected is not None:
            shown = value_words(value_of(name, correction.corrected))
        text = cell_words(row, name)
        yield DoubtfulCell(
            identity=identity,
            field=name,
            file_name=row.place.file_name,
            place_words=row.place.words,
            page=page,
            box=least.box if least is not None else None,
            row_boxes=tuple(box for number, box in row.place.boxes if number == page),
            course=row.course_name.replace("\n", ""),
            employee_id=person.employee_id if person is not None else None,
            owner=owner,
            field_words=FIELD_WORDS[name],
            as_read=read_words(row, name),
            typed=shown,
            cell_text=text,
            candidates=(value_words(value),) if value_words(value) else (),
            neighbours=_neighbours(now, name),
            why=_why(row, name, least.certainty if least is not None else None),
            correction=correction,
            can_confirm=value is not None or row.times_are_impossible or not text,
        )


_NEIGHBOURS = ("start", "end", "completed_on", "reading_time", "certified_hours", "pass_status")


def _neighbours(row: LearningRow, field: str) -> str:
    """The rest of the row, as it stands now."""
    return "；".join(
        f"{FIELD_WORDS[name]} {value_words(value)}"
        for name in FIELD_KINDS
        if name in _NEIGHBOURS and name != field
        for value in [getattr(row, name)]
        if value is not None
    )


_SURE = 0.9


def _why(row: LearningRow, field: str, certainty: float | None) -> str:
    if getattr(row, field) in (None, ""):
        return "讀不出值" if cell_words(row, field) else NOTHING_READ.strip("（）")
    if certainty is not None and certainty < _SURE:
        return f"辨識信心 {certainty:.2f}"
    return "兩次讀法不同，或與同一列的其他欄不合"


def _is_of(record: RecordVerdict, identity: RowIdentity) -> bool:
    rows = (record.row, *record.copies)
    return any(RowIdentity.of(row.place) == identity for row in rows)
