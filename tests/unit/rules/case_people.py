"""People and everything around them from a case told in TOML (tests/cases/README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from desktop.domain.agency import Closure
from desktop.domain.attendance import (
    AttendanceEntry,
    AttendanceKind,
    FormerAward,
    Punch,
    Receipt,
    ReceiptKind,
    Shift,
)
from desktop.domain.moments import TimeBand
from desktop.domain.people import LeaveWithoutPay, Person
from desktop.domain.plan import Plan
from desktop.domain.verdicts import Decision, DecisionKind, PersonVerdict
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from tests.unit.rules import offices
from tests.unit.rules.case_rows import done_rows, learned_rows, span, told_row

WHO = "A0001"
PERSON_KEYS = frozenset(
    [
        "pattern",
        "category",
        "rank",
        "title",
        "unit",
        "supervisor",
        "hired_on",
        "left_on",
        "without_pay",
        "shifts",
        "punches",
        "attendance",
        "receipts",
        "history",
        "nominated",
        "done",
        "without",
        "learned",
        "records",
    ]
)


def person_of(told: Mapping[str, Any], employee_id: str = WHO) -> Person:
    """The person as the case tells."""
    spells = tuple(
        LeaveWithoutPay(date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for first, last in told.get("without_pay", ())
    )
    return Person(
        employee_id=employee_id,
        name="王小明",
        unit=told.get("unit", "秘書室"),
        title=told.get("title", ""),
        rank=told.get("rank", "薦任第7職等"),
        category=told.get("category", "編制內公務人員"),
        pattern_code=told.get("pattern", "A"),
        hired_on=_day(told, "hired_on"),
        left_on=_day(told, "left_on"),
        leave_without_pay=spells,
        is_supervisor=told.get("supervisor"),
    )


def facts_of(told: Mapping[str, Any], plan: Plan, employee_id: str = WHO) -> PersonFacts:
    """Everything known about the person."""
    records = told.get("records", ())
    rows = [told_row(record, number, plan) for number, record in enumerate(records, start=1)]
    rows += done_rows(plan, told, first=len(rows) + 1)
    rows += learned_rows(plan, told, first=len(rows) + 1)
    return PersonFacts(
        person=person_of(told, employee_id),
        rows=tuple(rows),
        attendance=tuple(
            AttendanceEntry(employee_id, AttendanceKind(e["kind"]), e["kind"], span(e["span"]))
            for e in told.get("attendance", ())
        ),
        receipts=tuple(_receipt(words, plan, employee_id) for words in told.get("receipts", ())),
        is_nominated=told.get("nominated", True),
        history=tuple(
            FormerAward(employee_id, had["year"], had["plan"], had["benefit"], had.get("amount"))
            for had in told["history"]
        )
        if "history" in told
        else None,
    )


def times_of(told: Mapping[str, Any], plan: Plan, employee_id: str = WHO) -> WorkingTimes:
    """Calendar, settings, shifts and punches of the case."""
    closures = tuple(_closure(*words) for words in told.get("closures", ()))
    return WorkingTimes(
        calendar=offices.every_year(),
        agency=replace(offices.agency_of(plan.id), closures=closures),
        shifts={employee_id: tuple(_shift(words, employee_id) for words in told.get("shifts", ()))},
        punches={employee_id: tuple(_punch(p, employee_id) for p in told.get("punches", ()))},
    )


def evaluate(told: Mapping[str, Any], plan: Plan, employee_id: str = WHO) -> PersonVerdict:
    """The engine's verdict, after the decisions that the case names."""
    evaluator = Evaluator(plan, times_of(told, plan, employee_id))
    facts = facts_of(told, plan, employee_id)
    verdict = evaluator.evaluate(facts)
    if "decided" not in told:
        return verdict
    decisions = {}
    for number, kind in told["decided"].items():
        for record in verdict.records:
            if record.row.place.file_name == "case.xlsx" and record.row.place.row == int(number):
                decisions[record.key] = Decision(
                    record.key,
                    record.key,
                    DecisionKind(kind),
                    "查證屬實",
                    "林人事",
                    datetime(2026, 1, 2),
                    record.fingerprint,
                )
    return evaluator.evaluate(replace(facts, decisions=decisions))


def _receipt(words: str | Mapping[str, str], plan: Plan, employee_id: str) -> Receipt:
    told = {"day": words} if isinstance(words, str) else words
    kind = ReceiptKind(told["kind"]) if "kind" in told else None
    return Receipt(employee_id, plan.id, date.fromisoformat(told["day"]), kind=kind)


def _day(told: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(told[key]) if key in told else None


def _closure(day: str, start: str, end: str) -> Closure:
    return Closure(date.fromisoformat(day), TimeBand(_second(start), _second(end)))


def _second(words: str) -> int:
    hour, minute = (int(part) for part in words.split(":"))
    return hour * 3600 + minute * 60


def _shift(words: str, employee_id: str) -> Shift:
    when = span(words)
    return Shift(employee_id, when.start.date(), when)


def _punch(told: Mapping[str, str], employee_id: str) -> Punch:
    day = date.fromisoformat(told["day"])
    punched = {
        side: datetime.combine(day, time.fromisoformat(told[side])) if side in told else None
        for side in ("in", "out")
    }
    return Punch(employee_id, day, punched["in"], punched["out"])
