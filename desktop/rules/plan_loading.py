"""Plans from TOML: read, checked for form and sense, every problem named with its line."""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date
from types import MappingProxyType

from desktop.domain.conditions import BenefitConditions
from desktop.domain.evidence import EvidenceKind
from desktop.domain.findings import USUAL_SEVERITY, Clause, ReasonCode, Severity
from desktop.domain.people import RankTier
from desktop.domain.plan import (
    Combination,
    Commendation,
    CommendationRule,
    CompensatoryLeave,
    Course,
    CourseSet,
    Eligibility,
    FormNote,
    FormTexts,
    LeaveRule,
    OffDutyCheck,
    Plan,
    Source,
    Validity,
)
from desktop.rules.plan_validation import sense_problems
from desktop.rules.programme_loading import (
    read_credit,
    read_nomination,
    read_official_leave,
)
from desktop.rules.toml_lines import key_lines
from desktop.rules.toml_table import TableReader, TomlProblem, TomlProblemsError

_NO_CLAUSE = Clause("")
_NO_DAY = date(1, 1, 1)
_CHECKS = {check.value: check for check in OffDutyCheck}
_COMBINATIONS = {combination.value: combination for combination in Combination}
_TIERS = {tier.value: tier for tier in RankTier}
_SEVERITIES = {
    "fail": Severity.FAIL,
    "review": Severity.REVIEW,
    "info": Severity.INFO,
    "pass": Severity.INFO,
}
# Only what is not a fail by the rules themselves may be set otherwise (rules.md section 3).
_ADJUSTABLE = {code for code, severity in USUAL_SEVERITY.items() if severity is not Severity.FAIL}


def parse_plan(text: str, *, name: str) -> Plan:
    """The plan in a TOML text.

    Args:
        text: The file's text.
        name: The file's name, for messages.

    Raises:
        TomlProblemsError: When anything is wrong; it carries every problem with its line.
    """
    plan, problems = examine_plan(text)
    if plan is None or problems:
        raise TomlProblemsError(name, problems)
    return plan


def examine_plan(text: str) -> tuple[Plan | None, tuple[TomlProblem, ...]]:
    """The plan in a text as far as it reads, and every problem found in it.

    The plan is None when problems of form leave nothing sensible to show.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (_syntax_problem(error),)
    problems: list[TomlProblem] = []
    lines = key_lines(text)
    root = TableReader(values, (), lines, problems)
    plan = _plan(root, version=hashlib.sha256(text.encode()).hexdigest())
    if not problems:
        problems.extend(sense_problems(plan, lines))
        return plan, tuple(sorted(set(problems)))
    return None, tuple(sorted(set(problems)))


def _syntax_problem(error: tomllib.TOMLDecodeError) -> TomlProblem:
    found = re.search(r"line (\d+)", str(error))
    line = int(found.group(1)) if found else 1
    return TomlProblem(line, "（全檔）", "這一行不符合 TOML 寫法，請檢查引號、等號和括號。")


def _plan(root: TableReader, *, version: str) -> Plan:
    if root.integer("schema", least=1) not in (None, 1):
        root.problem("schema", "這個版本的程式只讀 schema = 1，請更新程式或改寫計畫檔。")
    source, period = root.table("source"), root.table("period")
    eligibility = root.table("eligibility")
    leave, commendation = (
        root.table("compensatory_leave", needed=False),
        root.table("commendation", needed=False),
    )
    credit, nomination, official_leave = (
        root.table(name, needed=False) for name in ("credit", "nomination", "official_leave")
    )
    form = root.table("form", needed=False)
    last_day = (period.day("last_day") if period else None) or _NO_DAY
    period_clause = (period.clause("clause") if period else None) or _NO_CLAUSE
    plan = Plan(
        id=root.text("id"),
        version=version,
        code=root.text("code"),
        agency=root.text("agency"),
        title=root.text("title"),
        short_title=root.text("short_title"),
        year=root.integer("year", least=80) or 0,
        source=_source(source) if source else Source("", "", None, _NO_DAY),
        first_day=(period.day("first_day") if period else None) or _NO_DAY,
        last_day=last_day,
        period_clause=period_clause,
        eligibility=_eligibility(eligibility) if eligibility else Eligibility((), (), _NO_CLAUSE),
        evidence=_evidence(root),
        sets=tuple(_course_set(table) for table in root.tables("set", needed=credit is None)),
        compensatory_leave=_leave(leave) if leave else None,
        commendation=_commendation(commendation) if commendation else None,
        credit=(
            read_credit(credit, last_day=last_day, period_clause=period_clause) if credit else None
        ),
        nomination=read_nomination(nomination) if nomination else None,
        official_leave=read_official_leave(official_leave) if official_leave else None,
        clauses=MappingProxyType(_clauses(root)),
        severities=MappingProxyType(_severities(root)),
        form=_form(form) if form else None,
        correction_days=root.integer("correction_days", least=1, needed=False) or 14,
        notes=root.texts("notes", needed=False),
    )
    if period:
        period.close()
    root.close()
    return plan


def _source(table: TableReader) -> Source:
    source = Source(
        title=table.text("title"),
        document_number=table.text("document_number", needed=False),
        dated=table.day("dated", needed=False),
        checked_on=table.day("checked_on") or _NO_DAY,
    )
    table.close()
    return source


def _eligibility(table: TableReader) -> Eligibility:
    eligibility = Eligibility(
        categories=table.texts("categories"),
        excluded=table.texts("excluded", needed=False),
        clause=table.clause("clause") or _NO_CLAUSE,
    )
    table.close()
    return eligibility


def _evidence(root: TableReader) -> tuple[str, ...]:
    kinds = root.texts("evidence")
    known = {kind.value for kind in EvidenceKind if kind.is_learning_evidence}
    for kind in kinds:
        if kind not in known:
            root.problem(
                "evidence", f"不認得證明種類「{kind}」，只能填 {'、'.join(sorted(known))}。"
            )
    return kinds


def _course_set(table: TableReader) -> CourseSet:
    courses = []
    for row in table.tables("course"):
        courses.append(
            Course(
                name=row.text("name"),
                hours=row.amount("hours"),
                category=row.text("category", needed=False),
                printed_name=row.text("printed_name", needed=False),
            )
        )
        row.close()
    tier = table.choice("for_tier", _TIERS) if table.has("for_tier") else None
    course_set = CourseSet(
        id=table.text("id"),
        title=table.text("title"),
        hours=table.amount("hours"),
        courses=tuple(courses),
        clause=table.clause("clause") or _NO_CLAUSE,
        group=table.text("group", needed=False),
        for_tier=tier,
    )
    table.close()
    return course_set


def _leave(table: TableReader) -> CompensatoryLeave:
    rules = []
    for row in table.tables("rule"):
        set_ids = row.texts("sets")
        rules.append(
            LeaveRule(
                set_ids=set_ids,
                hours=row.integer("hours", least=1) or 0,
                grant_set=row.text("grant_set", needed=False) or (set_ids[-1] if set_ids else ""),
                clause=row.clause("clause") or _NO_CLAUSE,
            )
        )
        row.close()
    check: OffDutyCheck = table.choice("off_duty_check", _CHECKS)
    cap = table.integer("cap_hours", least=1, needed=False)
    received_by = table.day("received_by", needed=False)
    validity = table.table("validity", needed=False)
    leave = CompensatoryLeave(
        off_duty_check=check,
        off_duty_clause=table.clause("off_duty_clause", needed=check is not OffDutyCheck.NONE),
        deadline=table.day("deadline") or _NO_DAY,
        deadline_clause=table.clause("deadline_clause") or _NO_CLAUSE,
        rules=tuple(rules),
        combination=table.choice("combination", _COMBINATIONS, usual="sum"),
        cap_hours=cap,
        cap_clause=table.clause("cap_clause", needed=cap is not None),
        validity=_validity(validity) if validity else None,
        conditions=BenefitConditions(
            received_by=received_by,
            received_clause=table.clause("received_clause", needed=received_by is not None),
        ),
        counts_leave_without_pay=table.truth("counts_leave_without_pay", usual=False),
        registered_as=table.text("registered_as", needed=False),
        registered_reason=table.text("registered_reason", needed=False),
    )
    table.close()
    return leave


def _validity(table: TableReader) -> Validity:
    years = table.integer("years", least=1, needed=False)
    months = table.integer("months", least=1, needed=False)
    until = table.day("until", needed=False)
    to_year_end = table.truth("to_year_end", usual=False)
    named = [table.has(key) for key in ("years", "months", "until")]
    if named.count(True) + to_year_end != 1:
        table.problem("", "期限請填 years、months、until 或 to_year_end = true 其中一個。")
    validity = Validity(
        months=years * 12 if years is not None else months,
        clause=table.clause("clause") or _NO_CLAUSE,
        until=until,
        is_to_year_end=to_year_end,
    )
    table.close()
    return validity


def _commendation(table: TableReader) -> Commendation:
    rules = []
    for row in table.tables("rule"):
        rules.append(
            CommendationRule(
                set_ids=row.texts("sets"),
                award=row.text("award"),
                count=row.integer("count", least=1) or 0,
                clause=row.clause("clause") or _NO_CLAUSE,
            )
        )
        row.close()
    commendation = Commendation(
        deadline=table.day("deadline") or _NO_DAY,
        deadline_clause=table.clause("deadline_clause") or _NO_CLAUSE,
        rules=tuple(rules),
        combination=table.choice("combination", _COMBINATIONS, usual="best"),
        off_duty_check=table.choice("off_duty_check", _CHECKS, usual="none"),
        counts_leave_without_pay=table.truth("counts_leave_without_pay", usual=True),
        reason=table.text("reason", needed=False),
        legal_basis=table.text("legal_basis", needed=False),
    )
    table.close()
    return commendation


def _clauses(root: TableReader) -> dict[ReasonCode, Clause]:
    table = root.table("clauses", needed=False)
    clauses: dict[ReasonCode, Clause] = {}
    if table is None:
        return clauses
    known = {code.value: code for code in ReasonCode}
    for key in table.names():
        if key in known:
            clause = table.clause(key)
            if clause is not None:
                clauses[known[key]] = clause
    table.close()
    return clauses


def _severities(root: TableReader) -> dict[ReasonCode, Severity]:
    table = root.table("severity", needed=False)
    severities: dict[ReasonCode, Severity] = {}
    if table is None:
        return severities
    known = {code.value: code for code in ReasonCode}
    for key in table.names():
        if key not in known:
            continue
        chosen: Severity = table.choice(key, _SEVERITIES)
        if known[key] not in _ADJUSTABLE:
            table.problem(key, "這個原因本身就是不符，不能由計畫改判；請刪除這一項。")
            continue
        severities[known[key]] = chosen
    table.close()
    return severities


def _form(table: TableReader) -> FormTexts:
    notes = []
    for row in table.tables("note"):
        notes.append(FormNote(row.text("text"), row.truth("underlined", usual=False)))
        row.close()
    form = FormTexts(
        layout=table.text("layout"),
        title=table.text("title"),
        set_line=table.text("set_line", needed=False),
        notes_heading=table.text("notes_heading", needed=False),
        notes=tuple(notes),
        seals=table.texts("seals"),
    )
    table.close()
    return form
