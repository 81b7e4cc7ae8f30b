"""Evidence rows from a case told in TOML (tests/cases/README.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.moments import Span
from desktop.domain.plan import Plan
from desktop.domain.provenance import FieldPlace, PageBox, SourcePlace

USUAL_COURSE = "雙軸轉型淨零港都"
RECORD_KEYS = frozenset(
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
        "category",
        "type",
        "business",
        "score",
        "questionnaire",
        "uploaded",
        "verdict",
        "reasons",
        "commendation",
        "commendation_reasons",
        "set",
        "sets",
        "listed",
        "picture",
    ]
)


def _of_a_picture(certainty: float) -> tuple[FieldPlace, ...]:
    return (FieldPlace("course_name", 1, PageBox(0.1, 0.1, 0.5, 0.2), certainty),)


def told_row(told: Mapping[str, Any], number: int, plan: Plan) -> LearningRow:
    """The evidence row of a record; its place's row is ``number``."""
    start = _moment(told["start"]) if "start" in told else None
    end = _moment(told["end"]) if "end" in told else None
    if "span" in told:
        both = span(told["span"])
        start, end = both.start, both.end
    hours = told.get("hours", 1)
    # A Coursera row has no 通過狀態; the certificate stands for it.
    is_coursera = plan.credit is not None
    status = told.get("status", "-" if is_coursera else "已通過")
    usual_kind = "coursera_sheet" if is_coursera else plan.evidence[0]
    return LearningRow(
        place=SourcePlace(
            "d" * 64,
            "case.xlsx",
            page=1,
            row=number,
            fields=_of_a_picture(told["picture"]) if "picture" in told else (),
        ),
        kind=EvidenceKind(told.get("kind", usual_kind)),
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
        **_shown(told),
    )


def done_rows(plan: Plan, told: Mapping[str, Any], *, first: int) -> Iterator[LearningRow]:
    """A clean record for each course of each set under ``done``, but those under ``without``."""
    number = first
    for set_id, last_day in told.get("done", {}).items():
        courses = plan.course_set(set_id).courses
        for position, course in enumerate(courses):
            if course.name in told.get("without", ()):
                continue
            day = date.fromisoformat(last_day) - timedelta(days=len(courses) - 1 - position)
            yield _evening(course.name, course.hours, day, number, plan)
            number += 1


def learned_rows(plan: Plan, told: Mapping[str, Any], *, first: int) -> Iterator[LearningRow]:
    """So many courses of one's own choice under ``learned``, one an evening, the last on a day."""
    number = first
    for group, words in enumerate(told.get("learned", ()), start=1):
        count = words["count"]
        for position in range(count):
            day = date.fromisoformat(words["last_day"]) - timedelta(days=count - 1 - position)
            name = f"自選課程{group}之{position + 1}"
            hours = Decimal(str(words.get("hours", 1)))
            yield _evening(name, hours, day, number, plan, **_shown(words))
            number += 1


def _evening(
    name: str, hours: Decimal, day: date, number: int, plan: Plan, **shown: Any
) -> LearningRow:
    return LearningRow(
        place=SourcePlace("e" * 64, "done.xlsx", page=1, row=number),
        kind=EvidenceKind(plan.evidence[0]),
        course_name=name,
        start=datetime.combine(day, time(20)),
        end=datetime.combine(day, time(21)),
        certified_hours=hours,
        pass_status="已通過",
        **shown,
    )


def _shown(told: Mapping[str, Any]) -> dict[str, Any]:
    """What only some evidence shows."""
    return {
        "category": told.get("category"),
        "learning_type": told.get("type"),
        "is_business_related": told.get("business"),
        "score": Decimal(str(told["score"])) if "score" in told else None,
        "is_questionnaire_done": told.get("questionnaire"),
        "are_hours_uploaded": told.get("uploaded"),
    }


def span(words: str) -> Span:
    """A span written ``2025-03-12 12:00:00 ~ 2025-03-12 13:30:00``."""
    start, end = words.split("~")
    return Span(_moment(start), _moment(end))


def _moment(words: str) -> datetime:
    return datetime.strptime(words.strip(), "%Y-%m-%d %H:%M:%S")


def _day(told: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(told[key]) if key in told else None


def _length(words: str) -> timedelta:
    hours, minutes, seconds = (int(part) for part in words.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
