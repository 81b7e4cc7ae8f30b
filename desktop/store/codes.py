"""Between values of the trade and columns: exact both ways."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from desktop.domain.evidence import EvidenceKind, LearningRow, ShownFacts
from desktop.domain.provenance import FieldPlace, PageBox, SourcePlace
from desktop.domain.yearly_hours import StatedFigure, StatedHours

PLACE_COLUMNS = ("digest", "file_name", "page", "row", "sheet", "boxes")
SHOWN_COLUMNS = (
    "category",
    "learning_type",
    "is_business_related",
    "score",
    "is_questionnaire_done",
    "are_hours_uploaded",
)
"""What formats before 4 did not hold of a learning row."""
LEARNING_COLUMNS = (
    "kind",
    "course_name",
    "course_code",
    "shown_employee_id",
    "person_name",
    "start_at",
    "end_at",
    "started_on",
    "completed_on",
    "times_are_impossible",
    "certified_hours",
    "reading_time",
    "pass_status",
    "has_certificate",
    "language",
    "region",
    "doubtful_fields",
    "raw",
    *SHOWN_COLUMNS,
    "shown_unit",
)
STATED_COLUMNS = ("shown_employee_id", "person_name", "year", "figures")
Cell = str | int | bytes | None
_SHORT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_MICROSECOND = timedelta(microseconds=1)
_NO_PLACE: tuple[Cell, ...] = (None,) * len(PLACE_COLUMNS)


def to_json(value: object) -> str:
    """JSON text in the order given, as short as it goes."""
    return _SHORT.encode(value)


def canonical_json(value: object) -> str:
    """JSON text that is the same for equal values, for digests and comparisons."""
    return _CANONICAL.encode(value)


def to_mapping(text: str) -> Mapping[str, Any]:
    """A JSON object as a read-only mapping."""
    return MappingProxyType(json.loads(text))


def date_text(day: date | None) -> str | None:
    """A date as ISO text."""
    return None if day is None else day.isoformat()


def to_date(text: str | None) -> date | None:
    """The date that ``date_text`` wrote."""
    return None if text is None else date.fromisoformat(text)


def moment_text(moment: datetime | None) -> str | None:
    """A moment as ISO text, with what it has of seconds, fractions and zone."""
    return None if moment is None else moment.isoformat()


def to_moment(text: str | None) -> datetime | None:
    """The moment that ``moment_text`` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def known_date(text: str) -> date:
    """The date of a column that is never empty."""
    return date.fromisoformat(text)


def known_moment(text: str) -> datetime:
    """The moment of a column that is never empty."""
    return datetime.fromisoformat(text)


def place_cells(place: SourcePlace | None) -> tuple[Cell, ...]:
    """A place in the order of ``PLACE_COLUMNS``."""
    if place is None:
        return _NO_PLACE
    boxes = None
    if place.boxes or place.fields:
        rows: object = [[page, *_sides(box)] for page, box in place.boxes]
        if place.fields:
            fields = [
                [part.field, part.certainty, part.page, *_sides(part.box)] for part in place.fields
            ]
            rows = {"rows": rows, "fields": fields}
        boxes = to_json(rows)
    return (place.digest, place.file_name, place.page, place.row, place.sheet, boxes)


def to_place(row: Row[Any]) -> SourcePlace | None:
    """The place of a row that has ``PLACE_COLUMNS``, None when it has none."""
    if row.digest is None:
        return None
    boxes = json.loads(row.boxes) if row.boxes is not None else ()
    fields: list[Any] = []
    if isinstance(boxes, dict):  # a row read from a picture
        boxes, fields = boxes["rows"], boxes["fields"]
    return SourcePlace(
        digest=row.digest,
        file_name=row.file_name,
        page=row.page,
        row=row.row,
        sheet=row.sheet,
        boxes=tuple((page, PageBox(*sides)) for page, *sides in boxes),
        fields=tuple(
            FieldPlace(field, page, PageBox(*sides), certainty)
            for field, certainty, page, *sides in fields
        ),
    )


def _sides(box: PageBox) -> tuple[float, float, float, float]:
    return (box.left, box.top, box.right, box.bottom)


def learning_cells(row: LearningRow) -> tuple[Cell, ...]:
    """A learning row in the order of ``PLACE_COLUMNS`` and ``LEARNING_COLUMNS``."""
    return (
        *place_cells(row.place),
        row.kind.value,
        row.course_name,
        row.course_code,
        row.employee_id,
        row.person_name,
        moment_text(row.start),
        moment_text(row.end),
        date_text(row.started_on),
        date_text(row.completed_on),
        int(row.times_are_impossible),
        None if row.certified_hours is None else str(row.certified_hours),
        None if row.reading_time is None else str(row.reading_time // _MICROSECOND),
        row.pass_status,
        None if row.has_certificate is None else int(row.has_certificate),
        row.language,
        row.region,
        to_json(row.doubtful_fields),
        to_json(dict(row.raw)),
        *shown_cells(row),
        row.shown_unit,
    )


def shown_cells(row: LearningRow | ShownFacts) -> tuple[Cell, ...]:
    """What a row shows beside course and times, in the order of ``SHOWN_COLUMNS``."""
    return (
        row.category,
        row.learning_type,
        _flag(row.is_business_related),
        None if row.score is None else str(row.score),
        _flag(row.is_questionnaire_done),
        _flag(row.are_hours_uploaded),
    )


def _flag(said: bool | None) -> int | None:
    return None if said is None else int(said)


def to_learning_row(row: Row[Any]) -> LearningRow:
    """The learning row that ``learning_cells`` wrote."""
    place = to_place(row)
    if place is None:  # the schema forbids it
        raise ValueError("a learning row without its place")
    return LearningRow(
        place=place,
        kind=EvidenceKind(row.kind),
        course_name=row.course_name,
        course_code=row.course_code,
        employee_id=row.shown_employee_id,
        person_name=row.person_name,
        start=to_moment(row.start_at),
        end=to_moment(row.end_at),
        started_on=to_date(row.started_on),
        completed_on=to_date(row.completed_on),
        times_are_impossible=row.times_are_impossible,
        certified_hours=None if row.certified_hours is None else Decimal(row.certified_hours),
        reading_time=None
        if row.reading_time is None
        else timedelta(microseconds=int(row.reading_time)),
        pass_status=row.pass_status,
        has_certificate=row.has_certificate,
        language=row.language,
        region=row.region,
        category=row.category,
        learning_type=row.learning_type,
        is_business_related=row.is_business_related,
        score=None if row.score is None else Decimal(row.score),
        is_questionnaire_done=row.is_questionnaire_done,
        are_hours_uploaded=row.are_hours_uploaded,
        shown_unit=row.shown_unit,
        doubtful_fields=tuple(json.loads(row.doubtful_fields)),
        raw=to_mapping(row.raw),
    )


def stated_cells(stated: StatedHours) -> tuple[Cell, ...]:
    """A summary block in the order of ``PLACE_COLUMNS`` and ``STATED_COLUMNS``."""
    return (
        *place_cells(stated.place),
        stated.employee_id,
        stated.person_name,
        stated.year,
        to_json([[figure.label, str(figure.hours)] for figure in stated.figures]),
    )


def to_stated_hours(row: Row[Any]) -> StatedHours:
    """The summary block that ``stated_cells`` wrote."""
    place = to_place(row)
    if place is None:  # the schema forbids it
        raise ValueError("a summary block without its place")
    return StatedHours(
        place=place,
        year=row.year,
        figures=tuple(
            StatedFigure(label, Decimal(hours)) for label, hours in json.loads(row.figures)
        ),
        employee_id=row.shown_employee_id,
        person_name=row.person_name,
    )
