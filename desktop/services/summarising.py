"""The supervisors' workbook: verdicts counted and worded for ``desktop.exports``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from desktop import __version__
from desktop.domain.evidence import LearningRow, Refusal
from desktop.domain.findings import Severity
from desktop.domain.moments import roc_moment
from desktop.domain.plan import Credit, Plan
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import (
    BenefitState,
    CreditState,
    PersonVerdict,
    RecordVerdict,
    SetState,
    Verdict,
)
from desktop.exports import (
    CommendationListContent,
    SummaryContent,
    write_commendation_list_xlsx,
    write_summary_ods,
    write_summary_xlsx,
)
from desktop.exports.content import (
    ClauseNote,
    CommendationEntry,
    CreditSummary,
    DecisionNote,
    EvidencePlace,
    FileRead,
    IncompleteSet,
    PendingItem,
    PersonSummary,
    RecordLine,
    RefusedItem,
    UnitSummary,
)
from desktop.services.draft import DraftFile
from desktop.services.facts import Basis
from desktop.services.office import Office
from desktop.services.paper import award_words, commendation_remark, commended
from desktop.services.wording import CREDIT_WORDS, credit_words, explain_all, hours_words

_FREE_CHOICE = "自選課程"
VERDICT_WORDS = {Verdict.PASS: "通過", Verdict.REVIEW: "待確認", Verdict.FAIL: "不符", None: ""}
SET_WORDS = {SetState.PASS: "完成", SetState.REVIEW: "待確認", SetState.INCOMPLETE: "未完成"}
BENEFIT_WORDS = {
    BenefitState.GRANTED: "核給",
    BenefitState.REVIEW: "待確認",
    BenefitState.NONE: "不核給",
}
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
    """

    as_of: date
    refused: tuple[Refusal, ...]
    files: tuple[DraftFile, ...]
    rows_in: int
    rows_stored: int
    rows_refused: int


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
            entries=_commendations(basis.plan, verdicts),
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
        units=_units(plan, verdicts),
        people=tuple(_person(plan, verdict) for verdict in verdicts),
        records=tuple(_record(plan, v, r) for v in verdicts for r in v.records),
        incomplete=tuple(_incomplete(plan, verdicts)),
        pending=tuple(_pending(plan, verdicts)),
        commendations=_commendations(plan, verdicts),
        refused=tuple(_refused(refusal) for refusal in facts.refused),
        rows_read=facts.rows_in,
        rows_stored=facts.rows_stored,
        rows_refused=facts.rows_refused,
        clauses=_clauses(plan),
        files=tuple(_file(file, facts) for file in facts.files),
        decisions=tuple(_decisions(verdicts)),
        notes=plan.notes,
        is_nominated_programme=plan.credit is not None,
    )


def _units(plan: Plan, verdicts: Sequence[PersonVerdict]) -> tuple[UnitSummary, ...]:
    units: dict[str, list[PersonVerdict]] = {}
    for verdict in verdicts:
        units.setdefault(verdict.person.unit, []).append(verdict)
    return tuple(_unit(plan, name, members) for name, members in units.items())


def _unit(plan: Plan, name: str, members: Sequence[PersonVerdict]) -> UnitSummary:
    eligible = [verdict for verdict in members if verdict.is_eligible is not False]

    uploads = [verdict.credit for verdict in eligible if verdict.credit is not None]

    def count(is_met: Callable[[PersonVerdict], bool]) -> int:
        return sum(1 for verdict in eligible if is_met(verdict))

    return UnitSummary(
        unit=name,
        headcount=len(members),
        eligible=len(eligible),
        with_records=count(lambda v: any(r.is_in_plan for r in v.records)),
        completed_any=count(partial(_completed_any, plan)),
        completed_all=count(_completed_all),
        completed_per_set=tuple(
            sum(
                1
                for verdict in eligible
                for s in verdict.sets
                if s.set_id == course_set.id and s.state is SetState.PASS
            )
            for course_set in plan.sets
        ),
        hours_granted=sum((credit.hours for credit in uploads), Decimal(0))
        + sum(verdict.leave.hours for verdict in eligible),
        commendations=sum(verdict.commendation.count for verdict in eligible),
        waiting=sum(
            1 for verdict in eligible for r in verdict.records if r.settled is Verdict.REVIEW
        ),
    )


def _completed_any(plan: Plan, verdict: PersonVerdict) -> bool:
    """Completed a set; of a nominated programme, reached the minimum."""
    if verdict.credit is not None and plan.credit is not None:
        return (
            verdict.credit.state is not CreditState.NOT_NOMINATED
            and verdict.credit.recognised_hours >= plan.credit.minimum_hours
        )
    return any(s.state is SetState.PASS for s in verdict.sets)


def _completed_all(verdict: PersonVerdict) -> bool:
    """Completed everything the plan asks for; of a nominated programme, was credited."""
    if verdict.credit is not None:
        return verdict.credit.state is CreditState.CREDITED
    return bool(verdict.sets) and all(s.state is SetState.PASS for s in verdict.sets)


def _credit(verdict: PersonVerdict) -> CreditSummary | None:
    credit = verdict.credit
    if credit is None:
        return None
    return CreditSummary(
        verdict=CREDIT_WORDS[credit.state],
        recognised=credit.recognised_hours,
        possible=credit.possible_hours,
        uploaded=credit.hours,
    )


def _person(plan: Plan, verdict: PersonVerdict) -> PersonSummary:
    person, leave, commendation = verdict.person, verdict.leave, verdict.commendation
    states = {s.set_id: SET_WORDS[s.state] for s in verdict.sets}
    remark = ""
    if verdict.is_eligible is False:
        remark = f"人員類別「{person.category}」不適用（{plan.eligibility.clause.point}）"
    elif verdict.is_eligible is None:
        remark = "名冊沒有人員類別，無法認定是否適用"
    elif verdict.credit is not None:
        remark = credit_words(plan, verdict)
    elif not verdict.records:
        remark = "沒有學習紀錄"
    return PersonSummary(
        employee_id=person.employee_id,
        name=person.name,
        unit=person.unit,
        title=person.title,
        rank=person.rank,
        category=person.category,
        is_eligible=verdict.is_eligible is True,
        set_verdicts=tuple(states.get(course_set.id, "") for course_set in plan.sets),
        leave_verdict=BENEFIT_WORDS[leave.state],
        leave_hours_sure=Decimal(leave.hours),
        leave_hours_possible=Decimal(leave.possible_hours),
        commendation_verdict=BENEFIT_WORDS[commendation.state],
        commendations_sure=commendation.count,
        commendations_possible=commendation.possible_count,
        remark=remark,
        credit=_credit(verdict),
    )


def _start(row: LearningRow) -> datetime | date | None:
    return row.start or row.started_on


def _end(row: LearningRow) -> datetime | date | None:
    return row.end or row.completed_on


def _place(place: SourcePlace) -> EvidencePlace:
    return EvidencePlace(place.file_name, place.sheet or place.page, place.row)


def _set_title(plan: Plan, record: RecordVerdict) -> str:
    if record.set_id is None:
        return _FREE_CHOICE if record.is_in_plan else ""
    return plan.course_set(record.set_id).title


def _record(plan: Plan, verdict: PersonVerdict, record: RecordVerdict) -> RecordLine:
    person = verdict.person
    explanations = explain_all(record.findings)
    return RecordLine(
        employee_id=person.employee_id,
        name=person.name,
        unit=person.unit,
        set_title=_set_title(plan, record),
        course=record.course,
        start=_start(record.row),
        end=_end(record.row),
        hours=record.row.certified_hours,
        verdict=VERDICT_WORDS[record.verdict],
        reasons=tuple(e.sentence for e in explanations),
        clauses=tuple(dict.fromkeys(e.clause for e in explanations)),
        place=_place(record.row.place),
        decision=_decision_words(record),
    )


def _decision_words(record: RecordVerdict) -> str:
    decision = record.decision
    if decision is None:
        return ""
    by = f"{decision.decided_by} {roc_moment(decision.decided_at)}"
    return f"{decision.kind.word}（{by}）：{decision.reason}"


def _incomplete(plan: Plan, verdicts: Sequence[PersonVerdict]) -> list[IncompleteSet]:
    if plan.credit is not None:
        return [
            found
            for verdict in verdicts
            if (found := _short_of_credit(plan.credit, verdict)) is not None
        ]
    return [
        IncompleteSet(
            employee_id=verdict.person.employee_id,
            name=verdict.person.name,
            unit=verdict.person.unit,
            set_title=plan.course_set(s.set_id).title,
            missing=s.missing,
            failed=s.failed,
        )
        for verdict in verdicts
        if verdict.is_eligible is not False
        for s in verdict.sets
        if s.state is SetState.INCOMPLETE
    ]


def _short_of_credit(rules: Credit, verdict: PersonVerdict) -> IncompleteSet | None:
    """A nominee whose hours are not uploaded, with what is short."""
    credit, person = verdict.credit, verdict.person
    if credit is None:
        return None
    if credit.state is CreditState.BELOW_MINIMUM:
        recognised = hours_words(credit.recognised_hours)
        what = f"最低時數 {hours_words(rules.minimum_hours)} 時，採認 {recognised} 時"
    elif credit.state is CreditState.REPORT_MISSING:
        what = "研習報告"
    else:
        return None
    failed = tuple(r.course for r in verdict.records if r.settled is Verdict.FAIL)
    return IncompleteSet(person.employee_id, person.name, person.unit, what, (), failed)


def _pending(plan: Plan, verdicts: Sequence[PersonVerdict]) -> list[PendingItem]:
    items = []
    for verdict in verdicts:
        if verdict.is_eligible is False:
            continue
        leave = verdict.leave
        more = leave.possible_hours - leave.hours
        consequence = f"若全數確認通過，補休可再增加 {more} 小時" if more > 0 else ""
        if verdict.credit is not None:
            more_hours = verdict.credit.possible_hours - verdict.credit.recognised_hours
            if more_hours > 0:
                consequence = f"若全數確認通過，採認時數可再增加 {hours_words(more_hours)} 時"
        for record in verdict.records:
            if record.settled is not Verdict.REVIEW:
                continue
            open_ones = [e for e in explain_all(record.findings) if e.severity is Severity.REVIEW]
            items.append(
                PendingItem(
                    employee_id=verdict.person.employee_id,
                    name=verdict.person.name,
                    unit=verdict.person.unit,
                    set_title=_set_title(plan, record),
                    course=record.course,
                    start=_start(record.row),
                    end=_end(record.row),
                    questions=tuple(e.sentence for e in open_ones),
                    clauses=tuple(dict.fromkeys(e.clause for e in open_ones)),
                    consequence=consequence,
                    place=_place(record.row.place),
                )
            )
    return items


def _commendations(plan: Plan, verdicts: Sequence[PersonVerdict]) -> tuple[CommendationEntry, ...]:
    if plan.commendation is None:
        return ()
    return tuple(
        CommendationEntry(
            unit=verdict.person.unit,
            title=verdict.person.title,
            name=verdict.person.name,
            rank=verdict.person.rank,
            reason=plan.commendation.reason,
            award=award_words(verdict),
            clause=plan.commendation.legal_basis,
            remark=commendation_remark(plan, verdict),
        )
        for verdict in commended(verdicts)
    )


def _refused(refusal: Refusal) -> RefusedItem:
    return RefusedItem(
        file=refusal.place.file_name,
        place=refusal.place.words,
        rows=refusal.rows,
        reason=REASON_WORDS[refusal.reason.value],
        message=refusal.message,
    )


def _file(file: DraftFile, facts: RunFacts) -> FileRead:
    extraction = file.extraction
    refused = sum(
        refusal.rows
        for refusal in facts.refused
        if (refusal.place.digest, refusal.place.file_name) == (file.digest, file.name)
    )
    kind = extraction.kind.words if extraction.kind is not None else "認不得"
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
    if plan.commendation is not None:
        found.extend(rule.clause for rule in plan.commendation.rules)
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
