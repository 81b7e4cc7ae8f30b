"""Plans from TOML: read, checked for form and sense, every problem named with its line."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import replace
from types import MappingProxyType

from desktop.domain.evidence import EvidenceKind
from desktop.domain.findings import Clause, ReasonCode, Severity
from desktop.domain.plan import (
    FORM_LAYOUTS,
    Eligibility,
    FormNote,
    FormTexts,
    Plan,
    SharedCourses,
    Source,
)
from desktop.rules.benefit_loading import read_commendation, read_leave
from desktop.rules.entitlement_loading import read_entitlement
from desktop.rules.plan_switches import ADJUSTABLE, plan_switches
from desktop.rules.plan_validation import sense_problems
from desktop.rules.programme_loading import (
    read_credit,
    read_nomination,
    read_official_leave,
)
from desktop.rules.reading_loading import read_readings
from desktop.rules.set_loading import read_sets
from desktop.rules.toml_lines import key_lines
from desktop.rules.toml_table import (
    NO_CLAUSE,
    NO_DAY,
    TableReader,
    TomlProblem,
    TomlProblemsError,
)
from desktop.rules.unit_award_loading import read_unit_award
from desktop.rules.yearly_requirement_loading import read_yearly_requirement

_SHARED_COURSES = {shared.value: shared for shared in SharedCourses}
_LAYOUTS = {layout: layout for layout in FORM_LAYOUTS}
_SEVERITIES = {
    "fail": Severity.FAIL,
    "review": Severity.REVIEW,
    "info": Severity.INFO,
    "pass": Severity.INFO,
}


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
    last_day = period.needed_day("last_day") if period else NO_DAY
    period_clause = period.needed_clause() if period else NO_CLAUSE
    plan = Plan(
        id=root.text("id"),
        version=version,
        code=root.text("code"),
        agency=root.text("agency"),
        title=root.text("title"),
        short_title=root.text("short_title"),
        year=root.integer("year", least=80) or 0,
        source=_source(source) if source else Source("", "", None, NO_DAY),
        first_day=period.needed_day("first_day") if period else NO_DAY,
        last_day=last_day,
        period_clause=period_clause,
        eligibility=_eligibility(eligibility) if eligibility else Eligibility((), (), NO_CLAUSE),
        evidence=_evidence(root),
        sets=read_sets(root, are_needed=credit is None),
        compensatory_leave=read_leave(leave) if leave else None,
        commendation=read_commendation(commendation) if commendation else None,
        credit=(
            read_credit(credit, last_day=last_day, period_clause=period_clause) if credit else None
        ),
        nomination=read_nomination(nomination) if nomination else None,
        official_leave=read_official_leave(official_leave) if official_leave else None,
        yearly_requirement=read_yearly_requirement(root),
        clauses=MappingProxyType(_clauses(root)),
        severities=MappingProxyType(_severities(root)),
        form=_form(form) if form else None,
        correction_days=root.integer("correction_days", least=1, needed=False) or 14,
        notes=root.texts("notes", needed=False),
        entitlements=tuple(
            read_entitlement(table) for table in root.tables("entitlement", needed=False)
        ),
        unit_awards=tuple(
            read_unit_award(table) for table in root.tables("unit_award", needed=False)
        ),
        shared_courses=root.choice("shared_courses", _SHARED_COURSES, usual="each"),
    )
    plan = replace(plan, readings=read_readings(root, plan_switches(plan)))
    if period:
        period.close()
    root.close()
    return plan


def _source(table: TableReader) -> Source:
    source = Source(
        title=table.text("title"),
        document_number=table.text("document_number", needed=False),
        dated=table.day("dated", needed=False),
        checked_on=table.needed_day("checked_on"),
    )
    table.close()
    return source


def _eligibility(table: TableReader) -> Eligibility:
    eligibility = Eligibility(
        categories=table.texts("categories"),
        excluded=table.texts("excluded", needed=False),
        clause=table.needed_clause(),
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
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        root.problem("evidence", f"證明種類「{kind}」寫了兩次，請刪去一個。")
    return kinds


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
        if known[key] not in ADJUSTABLE:
            table.problem(key, "這個原因本身就是不符，不能由計畫改判；請刪除這一項。")
            continue
        severities[known[key]] = chosen
    table.close()
    return severities


def _form(table: TableReader) -> FormTexts:
    notes = []
    for row in table.tables("note"):
        notes.append(
            FormNote(
                text=row.text("text"),
                is_underlined=row.truth("underlined", usual=False),
                label=row.text("label", needed=False),
                level=row.integer("level", least=0, needed=False) or 0,
            )
        )
        row.close()
    form = FormTexts(
        layout=table.choice("layout", _LAYOUTS),
        title=table.text("title"),
        set_line=table.text("set_line", needed=False),
        notes_heading=table.text("notes_heading", needed=False),
        notes=tuple(notes),
        seals=table.texts("seals"),
        instruction=table.text("instruction", needed=False),
    )
    table.close()
    return form
