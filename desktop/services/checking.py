"""One ``check`` run: files from disk to verdicts, workbooks and forms (cli.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.domain.column_profile import ColumnProfile
from desktop.domain.evidence import CalendarDayRow, EvidenceKind, Refusal, RefusalReason
from desktop.domain.plan import OffDutyCheck, Plan
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import PersonVerdict, UnitStanding
from desktop.rules.agency_loading import parse_agency
from desktop.rules.people_lookup import PeopleIndex
from desktop.rules.plan_loading import parse_plan
from desktop.rules.plan_remarks import plan_remarks
from desktop.services.draft import DraftFile, ImportDraft
from desktop.services.facts import Basis, asks_for_history
from desktop.services.importing import ImportOutcome, read_batch, store_batch
from desktop.services.office import Office
from desktop.services.output_folder import try_folder, write_files
from desktop.services.printing_all import print_everything
from desktop.services.profile_file import ProfileFileError, read_profiles
from desktop.services.progress import Progress, silent
from desktop.services.reference_data import check_reference, is_revision
from desktop.services.stale_verdicts import StaleVerdict, stale, store_verdicts
from desktop.services.summarising import RunFacts, files_read, write_summaries
from desktop.services.summary_yearly import completion_of
from desktop.services.verdict_json import document
from desktop.services.verifying import evaluate_together


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What a check run is given.

    Attributes:
        plan: Id of a known plan, or path of a plan file.
        roster: The roster's file.
        agency: The agency's settings, if any.
        calendars, attendance, shifts, punches: Reference files.
        applications, nominations, history: Reference files, if any.
        records: Files and folders with evidence.
        out: Folder to write into; made when missing.
        as_of: The day the verdicts are for.
        with_forms: Whether to print forms, list and correction requests.
        profiles: A file of column profiles for sheets of unknown shape, if any.
    """

    plan: str
    roster: Path
    agency: Path | None
    calendars: tuple[Path, ...]
    attendance: tuple[Path, ...]
    shifts: tuple[Path, ...]
    punches: tuple[Path, ...]
    applications: Path | None
    nominations: Path | None
    history: Path | None
    records: tuple[Path, ...]
    out: Path
    as_of: date
    with_forms: bool
    profiles: Path | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check run did.

    Attributes:
        plan: The plan evaluated under.
        verdicts: Everybody, in roster order.
        refused: Everything that was not used.
        remarks: Sentences worth showing though nothing was refused.
        unprinted: Those of the remarks that say which paper could not be printed as it is written.
        written: Files written, in order.
        rows_in, rows_stored, rows_refused: Rows of learning evidence.
        completion: How far the whole organisation has come: everything together, and the yearly
            requirement; the workbook has the rest.
    """

    plan: Plan
    verdicts: tuple[PersonVerdict, ...]
    refused: tuple[Refusal, ...]
    remarks: tuple[str, ...]
    written: tuple[Path, ...]
    rows_in: int
    rows_stored: int
    rows_refused: int
    completion: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()


class CannotStartError(Exception):
    """The run could not start; nothing was written. The message is one Chinese sentence."""


def load_plan_choice(office: Office, choice: str) -> tuple[Plan, str | None]:
    """A plan by id or file, and its text when it came from a file.

    Args:
        office: The open office.
        choice: Id of a known plan, or path of a plan file.

    Raises:
        PlanUnknownError: When nobody knows the id.
        TomlProblemsError: When the file has mistakes.
        OSError: When the file cannot be read.
    """
    path = Path(choice)
    if path.suffix.lower() == ".toml":
        text = path.read_text(encoding="utf-8-sig")
        return parse_plan(text, name=path.name), text
    with office.store.reading() as reader:
        return office.plan(reader, choice), None


def run_check(office: Office, request: CheckRequest, *, progress: Progress = silent) -> CheckResult:
    """Read, check and write everything a check run was asked for.

    Args:
        office: An office on the run's store.
        request: What to do.
        progress: Hears of each step.

    Raises:
        CannotStartError: When a reference file, the settings or the plan cannot be used; nothing
            is written then.
        CalendarYearMissingError: When a year that is needed has no calendar.
        OutputFolderError: When the outputs cannot be written.
        CancelledError: When the watcher stops it.
    """
    plan, plan_text = load_plan_choice(office, request.plan)
    profiles = _profiles(request)
    reference = _read_reference(office, request, profiles, progress)
    agency_text = _agency_text(request)
    evidence = _evidence_only(
        read_batch(office, request.records, profiles=profiles, progress=progress)
    )
    _check_people(office, reference)
    _check_calendars(office, plan, reference)
    try_folder(request.out)
    if plan_text is not None or agency_text is not None:
        with office.store.writing("設定計畫與機關") as writer:
            if plan_text is not None:
                writer.add_plan(plan.id, plan.version, plan_text)
            if agency_text is not None:
                writer.set_agency(agency_text)
    draft = ImportDraft((*reference, *evidence.files))
    outcome = store_batch(office, draft, plan_id=plan.id, progress=progress)
    changed = stale(office, plan.id)
    store_verdicts(office, plan.id, with_stale=True)
    basis, together = evaluate_together(office, plan.id, progress=progress, as_of=request.as_of)
    verdicts = together.verdicts
    facts = _run_facts(outcome, evidence, request, together.units)
    written, unprinted, notes = _write(office, request, basis, verdicts, facts, progress)
    return CheckResult(
        plan=basis.plan,
        verdicts=verdicts,
        refused=facts.refused,
        remarks=(
            *outcome.remarks,
            *(message for _, message in plan_remarks(basis.plan)),
            *_unknown_patterns(basis),
            *_unknown_history(basis),
            *(_changed_words(entry) for entry in changed),
            *unprinted,
            *notes,
        ),
        unprinted=unprinted,
        written=written,
        rows_in=facts.rows_in,
        rows_stored=facts.rows_stored,
        rows_refused=facts.rows_refused,
        completion=completion_of(basis, verdicts).in_short,
    )


def _changed_words(entry: StaleVerdict) -> str:
    """Before and after of a stored verdict that is another one now."""
    return (
        f"{entry.employee_id} {entry.name} 的結果與上次不同，上次：{entry.before}，"
        f"這次：{entry.after}。"
    )


def _evidence_only(draft: ImportDraft) -> ImportDraft:
    """The draft with reference data among the evidence refused: it must be named as such."""
    files = []
    for file in draft.files:
        kind = file.extraction.kind
        is_reference = kind is not None and not kind.is_learning_evidence
        if kind is not None and is_reference and not file.extraction.refusals:
            message = (
                f"「{file.name}」是{kind.words}，不是學習紀錄，沒有讀取；"
                "請用對應的選項（例如 --attendance）指定這個檔案。"
            )
            refusal = Refusal(
                SourcePlace(file.digest, file.name),
                RefusalReason.NOT_RECOGNISED,
                message,
                rows=len(file.extraction.rows),
            )
            file = replace(
                file, extraction=replace(file.extraction, kind=None, rows=(), refusals=(refusal,))
            )
        files.append(file)
    return ImportDraft(tuple(files))


def _check_people(office: Office, reference: Sequence[DraftFile]) -> None:
    """Stop before anything is stored when a reference file contradicts the roster."""
    with office.store.reading() as reader:
        index = PeopleIndex(ImportDraft(tuple(reference)).people(reader.people()))
    for file in reference:
        problems = check_reference(file, index).refusals
        if problems:
            raise CannotStartError(problems[0].message)


def _check_calendars(office: Office, plan: Plan, reference: Sequence[DraftFile]) -> None:
    """Stop before anything is written when a year of the plan has no calendar.

    Raises:
        CalendarYearMissingError: Naming the year.
    """
    leave = plan.compensatory_leave
    if leave is None or leave.off_duty_check is OffDutyCheck.NONE:
        return
    with office.store.reading() as reader:
        calendar, _ = office.calendar(reader)
    given = {
        row.day.year
        for file in reference
        for row in file.extraction.rows
        if isinstance(row, CalendarDayRow)
    }
    for year in range(plan.first_day.year, plan.last_day.year + 1):
        if year not in given:
            calendar.year(year)


def _read_reference(
    office: Office,
    request: CheckRequest,
    profiles: tuple[ColumnProfile, ...],
    progress: Progress,
) -> tuple[DraftFile, ...]:
    """Every reference file, or an error with the first fault."""
    calendars = sorted(request.calendars, key=lambda path: is_revision(path.name))
    wanted: list[tuple[EvidenceKind, tuple[Path, ...]]] = [
        (EvidenceKind.ROSTER, (request.roster,)),
        (EvidenceKind.CALENDAR, tuple(calendars)),
        (EvidenceKind.ATTENDANCE, request.attendance),
        (EvidenceKind.SHIFTS, request.shifts),
        (EvidenceKind.PUNCHES, request.punches),
        (EvidenceKind.APPLICATIONS, (request.applications,) if request.applications else ()),
        (EvidenceKind.NOMINATIONS, (request.nominations,) if request.nominations else ()),
        (EvidenceKind.AWARD_HISTORY, (request.history,) if request.history else ()),
    ]
    files: list[DraftFile] = []
    for kind, paths in wanted:
        for path in paths:
            draft = read_batch(office, [path], expected=kind, profiles=profiles, progress=progress)
            for file in draft.files:
                if file.extraction.refusals:
                    raise CannotStartError(file.extraction.refusals[0].message)
                files.append(file)
    return tuple(files)


def _profiles(request: CheckRequest) -> tuple[ColumnProfile, ...]:
    if request.profiles is None:
        return ()
    name = request.profiles.name
    try:
        return read_profiles(request.profiles.read_bytes(), name=name)
    except ProfileFileError as error:
        raise CannotStartError(str(error)) from error


def _agency_text(request: CheckRequest) -> str | None:
    if request.agency is None:
        return None
    try:
        text = request.agency.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"機關設定檔「{request.agency.name}」讀不出來，請確認路徑和 UTF-8 編碼。"
        raise CannotStartError(message) from error
    parse_agency(text, name=request.agency.name)
    return text


def _unknown_patterns(basis: Basis) -> tuple[str, ...]:
    """Sentences on 班別 of the roster that the settings don't know: their duty is uncertain."""
    people: dict[str, list[str]] = {}
    for facts in basis.people:
        code = facts.person.pattern_code
        if code and not basis.agency.rows_of(code):
            people.setdefault(code, []).append(facts.person.name)
    return tuple(
        f"名冊的班別「{code}」不在機關設定裡（{'、'.join(names[:5])}{_more(names)}），"
        "上班時間無法確定，相關紀錄待人工判斷。"
        for code, names in people.items()
    )


def _unknown_history(basis: Basis) -> tuple[str, ...]:
    """A sentence when the plan asks what people had before and nobody has said."""
    if not asks_for_history(basis.plan) or any(f.history is not None for f in basis.people):
        return ()
    remark = (
        "計畫要看同仁以前是否核給過，但還沒有歷年核給紀錄，相關的核給待人工判斷；"
        "請用 --history 指定，都沒有核給過時，指定只有標題的清冊即可。"
    )
    return (remark,)


def _more(names: Sequence[str]) -> str:
    return f"等 {len(names)} 人" if len(names) > 5 else ""


def _run_facts(
    outcome: ImportOutcome,
    evidence: ImportDraft,
    request: CheckRequest,
    units: tuple[UnitStanding, ...],
) -> RunFacts:
    """Rows of learning evidence: rows in = rows stored + rows refused."""
    waiting = sum(refusal.rows for refusal in outcome.waiting)
    refused = sum(refusal.rows for file in evidence.files for refusal in file.extraction.refusals)
    not_used = (*outcome.refusals, *outcome.waiting)
    return RunFacts(
        as_of=request.as_of,
        refused=not_used,
        files=files_read(evidence.files, not_used),
        rows_in=evidence.rows_in,
        rows_stored=evidence.rows_in - refused - waiting,
        rows_refused=refused + waiting,
        units=units,
    )


def _write(
    office: Office,
    request: CheckRequest,
    basis: Basis,
    verdicts: tuple[PersonVerdict, ...],
    facts: RunFacts,
    progress: Progress,
) -> tuple[tuple[Path, ...], tuple[str, ...], tuple[str, ...]]:
    """Every output, all made in memory before the first is written; what is said of the papers."""
    content = document(basis.plan, verdicts, facts.refused, facts.units)
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    outputs: dict[str, bytes] = {"verdicts.json": text.encode()}
    outputs.update(write_summaries(office, basis, verdicts, facts))
    unprinted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    if request.with_forms:
        printed = print_everything(office, basis, verdicts, progress=progress)
        outputs.update(printed.files)
        unprinted, notes = printed.remarks, printed.notes
    return write_files(request.out, outputs), unprinted, notes
