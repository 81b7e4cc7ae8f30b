"""The supervisors' workbook: verdicts counted and worded for ``desktop.exports``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop import __version__
from desktop.domain.evidence import Refusal
from desktop.domain.plan import Plan
from desktop.domain.verdicts import PersonVerdict, UnitStanding
from desktop.exports import (
    CommendationListContent,
    SummaryContent,
    write_commendation_list_xlsx,
    write_summary_ods,
    write_summary_xlsx,
)
from desktop.exports.content import (
    ClauseNote,
    DecisionNote,
    FileRead,
    RefusedItem,
)
from desktop.services.draft import DraftFile
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.plan_words import plan_notes
from desktop.services.summary_benefits import (
    benefit_clauses,
    benefit_content,
    hindered_benefits,
    unsettled_benefits,
)
from desktop.services.summary_people import person_summary, unit_summaries
from desktop.services.summary_records import (
    VERDICT_WORDS,
    commendation_entries,
    incomplete_sets,
    pending_items,
    record_line,
)
from desktop.services.summary_yearly import organisation_rates, yearly_lines, yearly_summary
from desktop.services.yearly_hours import yearly_standing

UNKNOWN_KIND = "認不得"
REASON_WORDS = {
    "unreadable": "讀不出來",
    "encrypted": "有密碼",
    "empty": "空的",
    "too_large": "太大",
    "hostile": "不安全",
    "not_recognised": "認不得",
    "ambiguous_kind": "種類不明",
    "no_columns": "缺欄位",
    "bad_date": "日期有疑義",
    "person_unknown": "查無此人",
    "person_ambiguous": "同名未定",
}


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What a run read, for 說明 and 拒收.

    Attributes:
        as_of: The day the verdicts are for.
        refused: Everything that was not used.
        files: Files of evidence as read.
        rows_in, rows_stored, rows_refused: Rows of evidence; the first is the sum of the others.
        units: Every unit under the plan's unit awards.
        scope: Which units the workbook is about, in words; empty for all.
        notes: Further sentences for 說明.
    """

    as_of: date
    refused: tuple[Refusal, ...]
    files: tuple[FileRead, ...]
    rows_in: int
    rows_stored: int
    rows_refused: int
    units: tuple[UnitStanding, ...] = ()
    scope: str = ""
    notes: tuple[str, ...] = ()


def write_summaries(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict], facts: RunFacts
) -> dict[str, bytes]:
    """``summary.xlsx`` and its ODS twin, by file name."""
    content = summary_content(office, basis, verdicts, facts)
    return {"summary.xlsx": write_summary_xlsx(content), "summary.ods": write_summary_ods(content)}


def write_commendation_workbook(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]
) -> bytes:
    """敘獎建議名冊 as a workbook."""
    commendation = basis.plan.commendation
    now = office.clock()
    return write_commendation_list_xlsx(
        CommendationListContent(
            agency=basis.agency.name or basis.plan.agency,
            plan_title=basis.plan.title,
            as_of=commendation.deadline if commendation else now.date(),
            created=now,
            created_by=office.actor,
            entries=commendation_entries(basis.plan, verdicts),
        )
    )


def summary_content(
    office: Office, basis: Basis, verdicts: Sequence[PersonVerdict], facts: RunFacts
) -> SummaryContent:
    """Everything the workbook says."""
    plan = basis.plan
    years = sorted(basis.working_times.calendar.years)
    used = [year for year in years if plan.first_day.year <= year <= plan.last_day.year]
    versions = "、".join(
        f"{year - 1911} 年：{basis.working_times.calendar.year(year).version}" for year in used
    )
    return SummaryContent(
        agency=basis.agency.name or plan.agency,
        plan_title=plan.title,
        plan_id=f"{plan.id}（版本 {plan.version[:12]}）",
        as_of=facts.as_of,
        calendar_version=versions,
        created=office.clock(),
        created_by=office.actor,
        program_version=__version__,
        set_titles=tuple(course_set.title for course_set in plan.sets),
        units=unit_summaries(plan, verdicts),
        people=tuple(
            person_summary(plan, verdict, yearly_summary(yearly_standing(basis, verdict)))
            for verdict in verdicts
        ),
        records=tuple(record_line(plan, v, r) for v in verdicts for r in v.records),
        incomplete=(*incomplete_sets(plan, verdicts), *hindered_benefits(plan, verdicts)),
        pending=(*pending_items(plan, verdicts), *unsettled_benefits(plan, verdicts)),
        commendations=commendation_entries(plan, verdicts),
        refused=tuple(_refused(refusal) for refusal in facts.refused),
        rows_read=facts.rows_in,
        rows_stored=facts.rows_stored,
        rows_refused=facts.rows_refused,
        clauses=_clauses(plan),
        files=facts.files,
        decisions=tuple(_decisions(verdicts)),
        notes=(*plan_notes(plan), *facts.notes),
        is_nominated_programme=plan.credit is not None,
        benefits=benefit_content(plan, verdicts, facts.units),
        organisation=organisation_rates(basis, verdicts),
        yearly=yearly_lines(basis, verdicts),
        yearly_title=plan.yearly_requirement.title if plan.yearly_requirement else "",
        scope=facts.scope,
    )


def _refused(refusal: Refusal) -> RefusedItem:
    return RefusedItem(
        file=refusal.place.file_name,
        place=refusal.place.words,
        rows=refusal.rows,
        reason=REASON_WORDS[refusal.reason.value],
        message=refusal.message,
    )


def files_read(files: Sequence[DraftFile], refused: Sequence[Refusal]) -> tuple[FileRead, ...]:
    """Files of a batch as 說明 lists them, each with what was not used of it."""
    return tuple(_file(file, refused) for file in files)


def _file(file: DraftFile, all_refused: Sequence[Refusal]) -> FileRead:
    extraction = file.extraction
    refused = sum(
        refusal.rows
        for refusal in all_refused
        if (refusal.place.digest, refusal.place.file_name) == (file.digest, file.name)
    )
    kind = extraction.kind.words if extraction.kind is not None else UNKNOWN_KIND
    return FileRead(
        file=file.name,
        kind=kind,
        rows_read=extraction.rows_in,
        rows_stored=extraction.rows_in - refused,
        rows_refused=refused,
        digest=file.digest,
    )


def _clauses(plan: Plan) -> tuple[ClauseNote, ...]:
    found = [plan.period_clause, plan.eligibility.clause, *plan.clauses.values()]
    if plan.compensatory_leave is not None:
        leave = plan.compensatory_leave
        found.extend([leave.deadline_clause, *(rule.clause for rule in leave.rules)])
        if leave.cap_clause is not None:
            found.append(leave.cap_clause)
        if leave.validity is not None:
            found.append(leave.validity.clause)
        if leave.advance is not None:
            found.append(leave.advance.clause)
    if plan.commendation is not None:
        found.extend(rule.clause for rule in plan.commendation.rules)
    found.extend(benefit_clauses(plan))
    if plan.yearly_requirement is not None:
        yearly = plan.yearly_requirement
        found.extend([yearly.clause, *(line.clause for line in yearly.lines)])
    document = f"{plan.source.title} {plan.source.document_number}".strip()
    if plan.credit is not None:
        credit = plan.credit
        found.extend([credit.clause, credit.minimum_clause, credit.deadline_clause])
        refused = [words.clause for words in (credit.languages, credit.regions) if words]
        found.extend([*([credit.report_clause] if credit.report_clause else []), *refused])
    if plan.nomination is not None:
        found.append(plan.nomination.clause)
    if plan.official_leave is not None:
        found.append(plan.official_leave.clause)
    return tuple(
        ClauseNote(clause.point, clause.quotation, document) for clause in dict.fromkeys(found)
    )


def _decisions(verdicts: Sequence[PersonVerdict]) -> list[DecisionNote]:
    return [
        DecisionNote(
            decided_at=record.decision.decided_at,
            decided_by=record.decision.decided_by,
            person=f"{verdict.person.employee_id} {verdict.person.name}",
            subject=record.course,
            program_verdict=VERDICT_WORDS[record.verdict],
            decision=record.decision.kind.word,
            reason=record.decision.reason,
        )
        for verdict in verdicts
        for record in verdict.records
        if record.decision is not None
    ]
