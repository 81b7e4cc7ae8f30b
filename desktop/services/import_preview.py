"""What storing a batch would do, row by row, before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from desktop.domain.attendance import FormerAward
from desktop.domain.corrected_rows import Corrections, as_corrected, open_doubts
from desktop.domain.evidence import (
    AgencySettingsRow,
    ApplicationRow,
    AttendanceRow,
    AwardHistoryRow,
    CalendarDayRow,
    EvidenceKind,
    EvidenceRow,
    LearningRow,
    NominationRow,
    PunchRow,
    Refusal,
    RosterRow,
    ShiftRow,
)
from desktop.domain.moments import roc_date, roc_date_with_weekday, roc_moment
from desktop.domain.people import Person
from desktop.domain.provenance import SourcePlace
from desktop.domain.readings import FIELD_WORDS
from desktop.domain.text import matching_key
from desktop.rules.people_lookup import Identification, PeopleIndex
from desktop.services.draft import (
    LEAVE_OUT,
    DraftFile,
    ImportDraft,
    ResolvedRow,
    RowState,
    resolve_rows,
    row_key,
    stated_owners,
    unit_remarks,
)
from desktop.services.importing import Candidate, candidate
from desktop.services.office import Office
from desktop.services.reading_records import corrections_for
from desktop.services.reading_words import correction_words
from desktop.services.reference_data import check_reference
from desktop.services.resubmitting import reading_words
from desktop.services.wording import span_words
from desktop.store import Reader


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row and what storing would do with it.

    Attributes:
        state: New, already there, changed, doubtful or refused.
        place: Where it stands.
        course: The course's name, or a summary of a reference row.
        start, end: In words, ROC.
        note: Why it is not simply new; empty when it is.
    """

    state: RowState
    place: SourcePlace
    course: str
    start: str
    end: str
    note: str


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """One file of a batch before it is stored.

    Attributes:
        key: Identifies it for assignments.
        kind, kind_words: What it was recognised as.
        rows_in: Rows read and refused.
        counts: Rows by state.
        rows, refusals, remarks: The detail.
        person: Whose it is, in words; empty when several or nobody.
        question: What the clerk is asked about it; empty when nothing.
        candidates: People to choose from.
        is_left_out: Whether the clerk said 「這份先不存」.
        pages: Summary blocks of portal pages that storing would keep, beside its rows.
        may_be_mapped: Whether the clerk may say what its columns are.
        is_mapped: Whether it was read by such a word.
    """

    key: str
    name: str
    digest: str
    kind: EvidenceKind | None
    kind_words: str
    rows_in: int
    counts: Mapping[RowState, int]
    rows: tuple[PreviewRow, ...]
    refusals: tuple[Refusal, ...]
    remarks: tuple[str, ...]
    person: str
    question: str
    candidates: tuple[Candidate, ...]
    is_left_out: bool
    pages: int = 0
    may_be_mapped: bool = False
    is_mapped: bool = False


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A whole batch before it is stored."""

    files: tuple[PreviewFile, ...]
    counts: Mapping[RowState, int]
    rows_in: int


def preview(
    office: Office, draft: ImportDraft, assignments: Mapping[str, str] | None = None
) -> ImportPreview:
    """What storing the draft would do.

    Args:
        office: The open office.
        draft: The batch as read.
        assignments: The clerk's word so far, file key to employee id; ``LEAVE_OUT`` for none.
    """
    said = dict(assignments or {})
    with office.store.reading() as reader:
        people = draft.people(reader.people())
        index = PeopleIndex(people)
        by_id = {person.employee_id: person for person in people}
        corrections = corrections_for(reader, draft)
        files = tuple(_file(reader, file, index, by_id, said, corrections) for file in draft.files)
    counts: Counter[RowState] = Counter()
    for file in files:
        if not file.is_left_out:
            counts.update(file.counts)
    return ImportPreview(files, MappingProxyType(dict(counts)), draft.rows_in)


def _file(
    reader: Reader,
    file: DraftFile,
    index: PeopleIndex,
    by_id: Mapping[str, Person],
    said: Mapping[str, str],
    corrections: Corrections,
) -> PreviewFile:
    extraction = file.extraction
    known_file = extraction.brings_evidence and reader.has_file(file.digest)
    resolved = resolve_rows(file, index, said)
    pages = stated_owners(file, index, said)
    refusals = extraction.refusals
    remarks = (
        *extraction.remarks,
        *unit_remarks(file.name, [row.identification for row in resolved]),
    )
    kind = extraction.kind
    if kind is not None and not kind.is_learning_evidence and not refusals:
        check = check_reference(file, index)
        refusals = check.refusals
        remarks = (*remarks, *check.remarks)
    rows: list[PreviewRow] = []
    if kind is not None and kind.is_learning_evidence:
        earlier = {} if known_file else _earlier_readings(reader, resolved)
        rows.extend(
            _learning_rows(reader, resolved, corrections, earlier, is_known_file=known_file)
        )
    elif not refusals:
        state = RowState.KNOWN if known_file else RowState.NEW
        rows.extend(
            PreviewRow(state, row.place, _summary(row), "", "", "") for row in extraction.rows
        )
    rows.extend(
        PreviewRow(
            RowState.REFUSED, refusal.place, _refused_words(refusal), "", "", refusal.message
        )
        for refusal in refusals
        if refusal.rows
    )
    counts = Counter(row.state for row in rows)
    counts[RowState.REFUSED] = extraction.rows_in - sum(
        count for state, count in counts.items() if state is not RowState.REFUSED
    )
    owners = [(row.row.employee_id, row.row.person_name, row.identification) for row in resolved]
    # A page without rows belongs to somebody all the same.
    owners = owners or [(page.employee_id, page.person_name, found) for page, found in pages]
    person, question, candidates = _whose(owners, by_id)
    return PreviewFile(
        key=file.key,
        name=file.name,
        digest=file.digest,
        kind=kind,
        kind_words=kind.words if kind is not None else "認不得",
        rows_in=extraction.rows_in,
        counts=MappingProxyType({state: n for state, n in counts.items() if n}),
        rows=tuple(rows),
        refusals=refusals,
        remarks=remarks,
        person=person,
        question=question,
        candidates=candidates,
        is_left_out=said.get(file.key) == LEAVE_OUT,
        pages=0 if known_file else len(pages),
        may_be_mapped=extraction.may_be_mapped or bool(extraction.profile_key),
        is_mapped=bool(extraction.profile_key),
    )


_MOST_ASKED_FOR = 100
"""People up to whom their rows are read one person at a time."""


def _earlier_readings(
    reader: Reader, resolved: tuple[ResolvedRow, ...]
) -> Mapping[tuple[str, str], LearningRow]:
    """The last stored row of each person and course of these rows."""
    ids = {row.identification.employee_id for row in resolved}
    ids.discard(None)
    wanted = {_course_of(row.identification.employee_id or "", row.row) for row in resolved}
    stored = (
        [row for one in ids for row in reader.learning_rows(one)]
        if len(ids) <= _MOST_ASKED_FOR
        else reader.learning_rows()
    )
    shown = {row.key for row in resolved}
    found: dict[tuple[str, str], LearningRow] = {}
    for row in stored:
        course = _course_of(row.employee_id, row.row)
        # A file that shows the earlier row as well shows that both are true.
        if course in wanted and row_key(row.row, Identification(row.employee_id)) not in shown:
            found[course] = row.row
    return found


def _course_of(employee_id: str, row: LearningRow) -> tuple[str, str]:
    return employee_id, matching_key(row.course_name)


def _learning_rows(
    reader: Reader,
    resolved: tuple[ResolvedRow, ...],
    corrections: Corrections,
    earlier: Mapping[tuple[str, str], LearningRow],
    *,
    is_known_file: bool,
) -> list[PreviewRow]:
    known = reader.known_row_keys([row.key for row in resolved])
    rows = []
    for item in resolved:
        row = as_corrected(item.row, corrections)
        before = earlier.get(_course_of(item.identification.employee_id or "", row))
        state, note = RowState.NEW, "；".join(correction_words(one) for one in row.corrections)
        if is_known_file:
            state, note = RowState.KNOWN, "同一個檔案先前已匯入"
        elif item.key in known:
            state, note = RowState.CHANGED, "與先前匯入的一列相同，存入後標為重複，只計一次"
        elif row.doubtful_fields:
            state = RowState.DOUBTFUL
            fields = "、".join(FIELD_WORDS.get(f, f) for f in open_doubts(row)) or "有欄位"
            note = f"{fields}看不清楚，請對照原件"
        elif row.times_are_impossible:
            state, note = RowState.DOUBTFUL, "日期或時間不可能存在，存入後列為不符"
        elif before is not None and before.shows_times is row.shows_times:
            state = RowState.CHANGED
            another = (
                f"先前已有同一課程的另一列（{reading_words(before)}），存入後兩列都列出，"
                "如果是更正，請在審核認定"
            )
            note = f"{note}；{another}" if note else another
        course = row.course_name.replace("\n", "")
        rows.append(PreviewRow(state, row.place, course, _start(row), _end(row), note))
    return rows


def _start(row: LearningRow) -> str:
    return _words(row.start or row.started_on)


def _end(row: LearningRow) -> str:
    return _words(row.end or row.completed_on)


def _words(moment: datetime | date | None) -> str:
    if moment is None:
        return "—"
    return roc_moment(moment) if isinstance(moment, datetime) else roc_date(moment)


def _summary(row: EvidenceRow) -> str:
    """A reference row in one line."""
    match row:
        case RosterRow():
            return f"{row.employee_id} {row.name} {row.unit} {row.title}".strip()
        case AttendanceRow():
            who = row.person_name or row.employee_id or ""
            day = roc_date_with_weekday(row.span.start.date())
            return f"{who} {row.kind_words} {day} {span_words(row.span)}"
        case ShiftRow():
            who = row.person_name or row.employee_id or ""
            return f"{who} 輪值 {roc_date_with_weekday(row.day)} {span_words(row.span)}"
        case PunchRow():
            who = row.person_name or row.employee_id or ""
            times = [
                f"{moment:%H:%M:%S}" if moment else "—" for moment in (row.punch_in, row.punch_out)
            ]
            return f"{who} 刷卡 {roc_date_with_weekday(row.day)} {times[0]}–{times[1]}"
        case ApplicationRow():
            who = row.person_name or row.employee_id or ""
            what = {None: "收件", "application": "收到申請", "report": "收到研習報告"}[row.kind]
            return f"{who} {what} {roc_date(row.received_on)}"
        case NominationRow():
            return f"{row.person_name} 薦送"
        case AwardHistoryRow():
            who = row.person_name or row.employee_id or ""
            award = FormerAward(who, row.year, row.plan, row.benefit, row.amount)
            return f"{who} {award.words}"
        case CalendarDayRow():
            kind = "放假" if row.is_day_off else "上班"
            return f"{roc_date_with_weekday(row.day)} {kind} {row.remark}".strip()
        case AgencySettingsRow():
            return "機關名稱、班別與停止上班"
        case LearningRow():
            return row.course_name.replace("\n", "")


def _refused_words(refusal: Refusal) -> str:
    return refusal.raw.get("課程名稱", "") or f"{refusal.rows} 列"


def _whose(
    owners: Sequence[tuple[str | None, str | None, Identification]], by_id: Mapping[str, Person]
) -> tuple[str, str, tuple[Candidate, ...]]:
    """Person in words, the question if any, and the candidates for it; by id, name and owner."""
    unclear = [one for one in owners if one[2].problem is not None]
    if not unclear:
        ids = {found.employee_id for _, _, found in owners}
        if len(ids) == 1:
            person = by_id.get(ids.pop() or "")
            return (f"{person.name} {person.employee_id}" if person else ""), "", ()
        return (f"{len(ids)} 人" if ids else ""), "", ()
    shown_id, name, first = unclear[0]
    candidates = tuple(
        dict.fromkeys(candidate(p) for *_, found in unclear for p in found.candidates)
    )
    if not name and not shown_id:
        question = "這份檔案沒有姓名，是誰的？"
    elif candidates:
        question = f"{first.explanation}，是哪一位？"
    else:
        question = f"{first.explanation}，是誰的？"
    return name or "", question, candidates
