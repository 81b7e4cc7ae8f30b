"""Importing: read a batch, show what storing it would do, store it whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import EvidenceKind, Refusal
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.rules.people_lookup import Identification, PeopleIndex
from desktop.services.batch_reading import read_files, read_pasted
from desktop.services.draft import (
    LEAVE_OUT,
    REFERENCE_ORDER,
    DraftFile,
    ImportDraft,
    person_refusals,
    resolve_rows,
    row_key,
    stated_owners,
    stated_refusals,
    unit_remarks,
)
from desktop.services.office import Office
from desktop.services.progress import Progress, silent, step
from desktop.services.reading_records import record_readings
from desktop.services.reference_data import ReferenceCheck, check_reference, store_reference
from desktop.store import Writer
from desktop.store.values import PendingFile, ShownPerson

NO_SETTINGS = '[agency]\nname = "（未設定）"\n'
"""What stands in for settings once the only ones there were are taken back."""

_AREAS = frozenset(
    {
        Area.EVIDENCE,
        Area.AGENCY,
        Area.ROSTER,
        Area.ATTENDANCE,
        Area.CALENDAR,
        Area.VERDICTS,
        Area.BACKUPS,
    }
)


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of a batch: rows in = stored + known + refused.

    Attributes:
        change: What pages must read again.
        batch_id: The batch; empty when nothing was new.
        rows_in, rows_stored, rows_known, rows_refused: Counts over all files.
        refusals: Everything that was not used, with its sentence.
        waiting: Rows stored that still need a person, one entry a file and name.
        remarks: Sentences worth showing though nothing was refused.
    """

    change: ChangeSet
    batch_id: str
    rows_in: int
    rows_stored: int
    rows_known: int
    rows_refused: int
    refusals: tuple[Refusal, ...]
    waiting: tuple[Refusal, ...]
    remarks: tuple[str, ...]


def read_batch(
    office: Office,
    paths: Sequence[Path],
    *,
    expected: EvidenceKind | None = None,
    profiles: Sequence[ColumnProfile] = (),
    progress: Progress = silent,
) -> ImportDraft:
    """Read files and folders; nothing is stored.

    Args:
        office: The open office.
        paths: Files and folders, searched whole.
        expected: The kind every file must be, when the clerk said so.
        profiles: How sheets of unknown shape are read, before the office's own profiles.
        progress: Hears of each file.

    Raises:
        CancelledError: When the clerk stops it.
    """
    return ImportDraft(
        read_files(
            paths,
            expected=expected,
            profiles=profiles_in_force(office, profiles),
            progress=progress,
            isolation=office.isolation,
        )
    )


def profiles_in_force(
    office: Office, given: Sequence[ColumnProfile] = ()
) -> tuple[ColumnProfile, ...]:
    """The profiles that sheets are read by: those given, then the office's own.

    Args:
        office: The open office.
        given: Profiles of this run alone; they go first.
    """
    with office.store.reading() as reader:
        own = reader.column_profiles()
    taken = {profile.key for profile in given}
    return (*given, *(profile for profile in own if profile.key not in taken))


def read_paste(office: Office, *, html: str | None, text: str | None) -> ImportDraft:
    """Read what was pasted from a browser or a sheet; nothing is stored."""
    name = f"貼上 {office.clock():%Y-%m-%d %H%M%S}"
    profiles = profiles_in_force(office)
    return ImportDraft(
        read_pasted(name, html=html, text=text, profiles=profiles, isolation=office.isolation)
    )


def store_batch(
    office: Office,
    draft: ImportDraft,
    assignments: Mapping[str, str] | None = None,
    *,
    plan_id: str = "",
    progress: Progress = silent,
) -> ImportOutcome:
    """Store a batch in one transaction, after a backup.

    The same bytes twice change nothing. Reference data goes first, so that learning rows find
    their people in the batch's own roster.

    Args:
        office: The open office.
        draft: The batch as read.
        assignments: The clerk's word, file key to employee id; ``LEAVE_OUT`` leaves a file out.
        plan_id: The plan in force. Lists of nominees are for it when it is a nominated
            programme; under another plan, or none, they name no plan and count for any.
        progress: Hears of each file.

    Raises:
        CancelledError: When the clerk stops it; nothing is stored then.
    """
    said = dict(assignments or {})
    files = [file for file in _in_order(draft) if said.get(file.key) != LEAVE_OUT]
    programme = _programme(office, plan_id)
    if _brings_anything(office, files):
        step(progress, 0, len(files), "備份")
        office.store.backup("匯入前")
    with office.store.writing(f"匯入 {len(files)} 個檔案") as writer:
        storing = _Storing(writer, draft, files, said, programme)
        for done, file in enumerate(files):
            step(progress, done, len(files), f"存入 {file.name}")
            storing.store(file)
        if storing.batch_id:
            names = "、".join(dict.fromkeys(file.name for file in files))
            writer.describe(storing.batch_id, {"files": names})
        if storing.rows_stored or storing.took_more_than_rows:
            inverse = {"act": "import", "batch_id": storing.batch_id}
            if storing.agency_before is not None:
                inverse["agency_before"] = storing.agency_before
            storing.undo_token = writer.add_undo_step(f"匯入 {len(files)} 個檔案", inverse)
        # They belong to the file's bytes: they stand when the batch is taken back and come in
        # again with the file.
        record_readings(writer, draft, storing.digests)
        step(progress, len(files), len(files), "存入")
    return storing.outcome(len(files))


def _programme(office: Office, plan_id: str) -> Plan | None:
    """The plan of that id when people are nominated for it."""
    if not plan_id:
        return None
    with office.store.reading() as reader:
        plan = office.plan(reader, plan_id)
    return plan if plan.credit is not None else None


def batch_words(files: Sequence[DraftFile]) -> str:
    """How a clerk tells a batch from others: by its first file and how many there are."""
    first = files[0].name.rsplit("/", 1)[-1] if files else ""
    return f"{first} 等 {len(files)} 個檔案" if len(files) > 1 else first


def _brings_anything(office: Office, files: Sequence[DraftFile]) -> bool:
    """Whether storing these files would change the store at all."""
    with office.store.reading() as reader:
        return any(
            not file.extraction.brings_evidence or not reader.has_file(file.digest)
            for file in files
        )


def _in_order(draft: ImportDraft) -> list[DraftFile]:
    order = {kind: position for position, kind in enumerate(REFERENCE_ORDER)}
    return sorted(
        draft.files,
        key=lambda file: (
            order.get(file.extraction.kind, len(order))
            if file.extraction.kind is not None
            else len(order)
        ),
    )


class _Storing:
    """One batch going into the store, file by file."""

    def __init__(
        self,
        writer: Writer,
        draft: ImportDraft,
        files: Sequence[DraftFile],
        said: Mapping[str, str],
        programme: Plan | None,
    ) -> None:
        self.writer = writer
        self.programme = programme
        self.said = said
        self.people: tuple[Person, ...] = draft.people(writer.people())
        self.index = PeopleIndex(self.people)
        self.words = batch_words(files)
        self.batch_id = ""
        self.undo_token: str | None = None
        self.agency_before: str | None = None
        self.took_more_than_rows = False
        self.rows_in = self.rows_stored = self.rows_known = self.rows_refused = 0
        self.refusals: list[Refusal] = []
        self.waiting: list[Refusal] = []
        self.remarks: list[str] = []
        self.employee_ids: set[str] = set()
        self.digests: set[str] = set()

    def store(self, file: DraftFile) -> None:
        extraction = file.extraction
        self.rows_in += extraction.rows_in
        if extraction.brings_evidence and self.writer.has_file(file.digest):
            self.rows_known += extraction.rows_in
            self.remarks.append(f"「{file.name}」先前已匯入，內容相同，沒有重存。")
            return
        if not self.batch_id:
            self.batch_id = self.writer.add_batch(f"匯入 {self.words}")
        self.remarks.extend(extraction.remarks)
        kind = extraction.kind
        if kind is None or kind.is_learning_evidence:
            self._store_learning(file)
        else:
            self._store_reference(file)

    def _enter(
        self, file: DraftFile, *, stored: int, known: int, refused: int, is_kept: bool = False
    ) -> str:
        self.rows_stored += stored
        self.rows_known += known
        self.rows_refused += refused
        if stored or is_kept:
            self.writer.keep_file(file.digest, file.content, file.name)
        return self.writer.add_batch_file(
            self.batch_id,
            digest=file.digest,
            name=file.name,
            kind=file.extraction.kind,
            rows_in=file.extraction.rows_in,
            rows_stored=stored,
            rows_known=known,
            rows_refused=refused,
            remarks=file.extraction.remarks,
        )

    def _refuse(self, file_id: str, refusals: Sequence[Refusal]) -> None:
        self.refusals.extend(refusals)
        self.writer.add_refusals(file_id, refusals)

    def _store_learning(self, file: DraftFile) -> None:
        resolved = resolve_rows(file, self.index, self.said)
        self.digests.add(file.digest)
        refusals = file.extraction.refusals
        refused = file.extraction.rows_in - len(resolved)
        # The summary of a year without courses is evidence of its own, whose file is kept.
        is_kept = bool(file.extraction.stated)
        self.took_more_than_rows |= is_kept
        file_id = self._enter(file, stored=len(resolved), known=0, refused=refused, is_kept=is_kept)
        self._refuse(file_id, refusals)
        self.writer.add_learning_rows(
            file_id,
            [
                (r.row, r.identification.employee_id, r.identification.problem, r.key)
                for r in resolved
            ],
        )
        owners = stated_owners(file, self.index, self.said)
        if owners:
            self.writer.add_stated_hours(
                file_id, [(stated, found.employee_id, found.problem) for stated, found in owners]
            )
        self.waiting.extend(person_refusals(file, resolved))
        if not resolved:
            self.waiting.extend(stated_refusals(file, owners))
            self.employee_ids.update(f.employee_id for _, f in owners if f.employee_id)
        self.remarks.extend(unit_remarks(file.name, [r.identification for r in resolved]))
        self.employee_ids.update(
            r.identification.employee_id for r in resolved if r.identification.employee_id
        )

    def _store_reference(self, file: DraftFile) -> None:
        rows_in = file.extraction.rows_in
        check = ReferenceCheck(file.extraction.refusals)
        if not check.refusals:
            check = check_reference(file, self.index)
        if check.refusals:
            file_id = self._enter(file, stored=0, known=0, refused=rows_in)
            self._refuse(file_id, check.refusals)
            return
        if file.extraction.kind is EvidenceKind.AGENCY_SETTINGS and self.agency_before is None:
            stored = self.writer.agency_text()
            self.agency_before = stored[0] if stored is not None else NO_SETTINGS
        is_empty_history = file.extraction.kind is EvidenceKind.AWARD_HISTORY and not rows_in
        if is_empty_history:
            # Evidence of its own: from now on it is known that nobody had anything.
            self.took_more_than_rows = True
            self.remarks.append(f"「{file.name}」沒有任何一列，視為名冊上的人以前都沒有核給過。")
        self.remarks.extend(check.remarks)
        file_id = self._enter(file, stored=rows_in, known=0, refused=0, is_kept=is_empty_history)
        plan_id = self.programme.id if self.programme is not None else ""
        new = store_reference(self.writer, file, check, file_id, plan_id=plan_id)
        if file.extraction.kind is EvidenceKind.NOMINATIONS:
            self._remark_programme(file)
            self._remark_strangers(file, check.owners)
        if new < rows_in:
            self.remarks.append(
                f"「{file.name}」有 {rows_in - new} 列與先前匯入的相同，沒有重複計入。"
            )

    def _remark_programme(self, file: DraftFile) -> None:
        if self.programme is None:
            words = "沒有指明計畫（目前的計畫不是薦送計畫），凡薦送計畫都適用"
        else:
            words = f"是「{self.programme.short_title}」{self.programme.year} 年的薦送名冊"
        self.remarks.append(f"「{file.name}」{words}。")

    def _remark_strangers(self, file: DraftFile, owners: Sequence[str]) -> None:
        known = {person.employee_id for person in self.people}
        strangers = sorted(set(owners) - known)
        if strangers:
            self.remarks.append(
                f"「{file.name}」薦送的{'、'.join(strangers)}不在名冊，先照收，請核對人員代號或更新名冊。"
            )

    def outcome(self, files: int) -> ImportOutcome:
        change = ChangeSet(
            act=f"匯入 {files} 個檔案",
            areas=_AREAS if self.batch_id else frozenset({Area.BACKUPS}),
            employee_ids=frozenset(self.employee_ids),
            undo_token=self.undo_token,
        )
        return ImportOutcome(
            change=change,
            batch_id=self.batch_id,
            rows_in=self.rows_in,
            rows_stored=self.rows_stored,
            rows_known=self.rows_known,
            rows_refused=self.rows_refused,
            refusals=tuple(self.refusals),
            waiting=tuple(self.waiting),
            remarks=tuple(self.remarks),
        )


def take_back(office: Office, batch_id: str) -> ChangeSet:
    """Take a whole batch back; its rows no longer count, its files stay kept.

    Raises:
        TakeBackRefusedError: When something was already issued from it.
    """
    with office.store.reading() as reader:
        token = next(
            (s.token for s in reader.undo_steps() if s.inverse.get("batch_id") == batch_id), None
        )
    with office.store.writing("收回整批匯入") as writer:
        if token is not None:
            carry_out_taking_back(writer, writer.take_undo_step(token).inverse)
        else:
            writer.take_back_batch(batch_id)
    return ChangeSet("收回整批匯入", _AREAS)


def carry_out_taking_back(writer: Writer, inverse: Mapping[str, Any]) -> None:
    """Take a batch back as its undo step says, the settings it replaced included.

    Raises:
        TakeBackRefusedError: When something was already issued from it.
    """
    writer.take_back_batch(str(inverse["batch_id"]))
    if "agency_before" in inverse:
        writer.set_agency(str(inverse["agency_before"]))


def restore_import(writer: Writer, inverse: Mapping[str, Any]) -> None:
    """Let the rows of a batch count again that was just taken back.

    Raises:
        TakeBackRefusedError: When another import came since.
    """
    writer.restore_batch(str(inverse["batch_id"]))
    if inverse.get("agency_after"):
        writer.set_agency(str(inverse["agency_after"]))


def pending(office: Office) -> tuple[PendingFile, ...]:
    """Files that wait for the clerk to say whose they are."""
    with office.store.reading() as reader:
        return reader.pending_files()


def assign_pending(
    office: Office, file_id: str, employee_id: str, *, shown: ShownPerson | None = None
) -> ChangeSet:
    """Say whose the waiting rows of a file are.

    Args:
        office: The open office.
        file_id: The file.
        employee_id: Whose they are.
        shown: Only the rows that show this 人員代號 and 姓名, where a file shows several.
    """
    found = Identification(employee_id)
    with office.store.writing("指定人員") as writer:
        keys = {
            row_id: row_key(row, found)
            for row_id, row in writer.pending_rows(file_id)
            if shown is None or (row.employee_id, row.person_name) == shown
        }
        writer.assign_person(file_id, employee_id, shown=shown, row_keys=keys)
    return ChangeSet("指定人員", _AREAS, frozenset({employee_id}))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person to choose from."""

    employee_id: str
    name: str
    unit: str


def find_people(office: Office, text: str, limit: int = 20) -> tuple[Candidate, ...]:
    """People whose id or name holds ``text``."""
    with office.store.reading() as reader:
        found = PeopleIndex(reader.people()).search(text, limit=limit)
    return tuple(candidate(person) for person in found)


def candidate(person: Person) -> Candidate:
    """A person of the roster as a candidate."""
    return Candidate(person.employee_id, person.name, person.unit)
