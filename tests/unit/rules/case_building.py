"""From a case told in TOML to the facts an evaluation takes, and to what is expected of it.

How a case is written: tests/cases/README.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from desktop.domain.agency import Closure
from desktop.domain.attendance import (
    AttendanceEntry,
    AttendanceKind,
    Punch,
    Receipt,
    Shift,
)
from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.findings import ReasonCode, Severity
from desktop.domain.moments import Span, TimeBand
from desktop.domain.people import LeaveWithoutPay, Person
from desktop.domain.plan import Plan
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import PersonVerdict
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from tests.unit.rules import offices

WHO = "A0001"
USUAL_COURSE = "雙軸轉型淨零港都"
_CASE_KEYS = frozenset(
    [
        "name",
        "code",
        "plan",
        "pattern",
        "category",
        "rank",
        "without_pay",
        "closures",
        "shifts",
        "punches",
        "attendance",
        "receipts",
        "severity",
        "done",
        "without",
        "records",
        "sets",
        "missing",
        "failed",
        "leave",
        "award",
        "eligible",
        "nominated",
        "credit",
    ]
)
_RECORD_KEYS = frozenset(
    [
        "course",
        "means",
        "span",
        "start",
        "end",
        "started_on",
        "completed_on",
        "impossible",
        "hours",
        "reading",
        "status",
        "doubtful",
        "kind",
        "language",
        "region",
        "certificate",
        "verdict",
        "reasons",
        "commendation",
        "commendation_reasons",
        "set",
        "sets",
        "listed",
    ]
)


@dataclass(frozen=True)
class RuleCase:
    """One named case.

    Attributes:
        file: The file it stands in.
        told: The case as written.
    """

    file: str
    told: Mapping[str, Any]

    @property
    def title(self) -> str:
        """File and name, as the test report shows them."""
        return f"{self.file}: {self.told['name']}"

    @property
    def plan(self) -> Plan:
        """The plan the case is about, severities changed if the case says so."""
        plan = offices.plan(self.told["plan"])
        changed = {
            ReasonCode(code): Severity[word.upper()]
            for code, word in self.told.get("severity", {}).items()
        }
        return replace(plan, severities=MappingProxyType({**plan.severities, **changed}))

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records told one by one, each with what is expected of it."""
        return list(self.told.get("records", []))

    def row(self, index: int) -> LearningRow:
        """The evidence row of record ``index``; its place's row is the index from 1."""
        told = self.records[index]
        if self.plan.credit is not None:
            # A Coursera row has no 通過狀態; the certificate stands for it.
            told = {"kind": "coursera_sheet", "status": "-", **told}
        return _row(told, index + 1)

    def evaluate(self) -> PersonVerdict:
        """The program's verdict on the case."""
        plan = self.plan
        told_rows = [self.row(index) for index in range(len(self.records))]
        rows = (*told_rows, *_done(plan, self.told, first=len(told_rows) + 1))
        settings = replace(
            offices.agency(), closures=tuple(_closure(*words) for words in self._list("closures"))
        )
        times = WorkingTimes(
            calendar=offices.every_year(),
            agency=settings,
            shifts={WHO: tuple(_shift(words) for words in self._list("shifts"))},
            punches={WHO: tuple(_punch(words) for words in self._list("punches"))},
        )
        facts = PersonFacts(
            person=self._person(),
            rows=rows,
            attendance=tuple(
                AttendanceEntry(WHO, AttendanceKind(e["kind"]), e["kind"], span(e["span"]))
                for e in self._list("attendance")
            ),
            receipts=tuple(
                Receipt(WHO, plan.id, date.fromisoformat(day)) for day in self._list("receipts")
            ),
            is_nominated=self.told.get("nominated", True),
        )
        return Evaluator(plan, times).evaluate(facts)

    def _list(self, key: str) -> list[Any]:
        return list(self.told.get(key, []))

    def _person(self) -> Person:
        spells = tuple(
            LeaveWithoutPay(date.fromisoformat(first), date.fromisoformat(last) if last else None)
            for first, last in self._list("without_pay")
        )
        return Person(
            employee_id=WHO,
            name="王小明",
            unit="秘書室",
            rank=self.told.get("rank", "薦任第7職等"),
            category=self.told.get("category", "編制內公務人員"),
            pattern_code=self.told.get("pattern", "A"),
            leave_without_pay=spells,
        )


def rule_cases() -> Iterator[RuleCase]:
    """Every case of tests/cases/rules."""
    for path in sorted((offices.CASES / "rules").glob("*.toml")):
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        usual = {"plan": text.get("plan", "kaohsiung-114")}
        for told in text["case"]:
            unknown = set(told) - _CASE_KEYS
            for record in told.get("records", []):
                unknown |= set(record) - _RECORD_KEYS
            if unknown:
                raise ValueError(f"{path.name}: {told['name']}: unknown {sorted(unknown)}")
            yield RuleCase(path.name, {**usual, **told})


def span(words: str) -> Span:
    """A span written ``2025-03-12 12:00:00 ~ 2025-03-12 13:30:00``."""
    start, end = words.split("~")
    return Span(_moment(start), _moment(end))


def _moment(words: str) -> datetime:
    return datetime.strptime(words.strip(), "%Y-%m-%d %H:%M:%S")


def _row(told: Mapping[str, Any], number: int) -> LearningRow:
    start = _moment(told["start"]) if "start" in told else None
    end = _moment(told["end"]) if "end" in told else None
    if "span" in told:
        both = span(told["span"])
        start, end = both.start, both.end
    hours = told.get("hours", 1)
    status = told.get("status", "已通過")
    return LearningRow(
        place=SourcePlace("d" * 64, "case.xlsx", page=1, row=number),
        kind=EvidenceKind(told.get("kind", "eplus_record")),
        course_name=told.get("course", USUAL_COURSE),
        start=start,
        end=end,
        started_on=_day(told, "started_on"),
        completed_on=_day(told, "completed_on"),
        times_are_impossible=told.get("impossible", False),
        certified_hours=None if hours == "-" else Decimal(str(hours)),
        reading_time=_length(told["reading"]) if "reading" in told else None,
        pass_status=None if status == "-" else status,
        doubtful_fields=tuple(told.get("doubtful", ())),
        language=told.get("language"),
        region=told.get("region"),
        has_certificate=told.get("certificate"),
    )


def _day(told: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(told[key]) if key in told else None


def _length(words: str) -> timedelta:
    hours, minutes, seconds = (int(part) for part in words.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _done(plan: Plan, told: Mapping[str, Any], *, first: int) -> Iterator[LearningRow]:
    """A clean record for each course of each set under ``done``, but those under ``without``."""
    number = first
    for set_id, last_day in told.get("done", {}).items():
        courses = plan.course_set(set_id).courses
        for position, course in enumerate(courses):
            if course.name in told.get("without", ()):
                continue
            day = date.fromisoformat(last_day) - timedelta(days=len(courses) - 1 - position)
            yield LearningRow(
                place=SourcePlace("e" * 64, "done.xlsx", page=1, row=number),
                kind=EvidenceKind.EPLUS_RECORD,
                course_name=course.name,
                start=datetime.combine(day, time(20)),
                end=datetime.combine(day, time(21)),
                certified_hours=course.hours,
                pass_status="已通過",
            )
            number += 1


def _closure(day: str, start: str, end: str) -> Closure:
    return Closure(date.fromisoformat(day), TimeBand(_second(start), _second(end)))


def _second(words: str) -> int:
    hour, minute = (int(part) for part in words.split(":"))
    return hour * 3600 + minute * 60


def _shift(words: str) -> Shift:
    when = span(words)
    return Shift(WHO, when.start.date(), when)


def _punch(told: Mapping[str, str]) -> Punch:
    day = date.fromisoformat(told["day"])
    punched = {
        side: datetime.combine(day, time.fromisoformat(told[side])) if side in told else None
        for side in ("in", "out")
    }
    return Punch(WHO, day, punched["in"], punched["out"])
