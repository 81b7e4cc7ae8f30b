"""The catalogue of international resources: shipped facts, the clerk's own, courses people took."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from desktop.domain.changes import ChangeSet
from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.logbook import Matter, NewEntry, standing
from desktop.domain.resources import Recognition, Resource
from desktop.domain.text import matching_key
from desktop.services.logbook import LogbookRefusedError, write_down, written_words
from desktop.services.office import Office
from desktop.store.identifiers import time_ordered_id

_TAKEN = "course:"
_INTERNATIONAL = frozenset({EvidenceKind.COURSERA_SHEET})
_DROPPED = "is_dropped"


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """A resource with what the office's records say of it.

    Attributes:
        resource: What is known.
        times: How often it was chosen: records, each course of a person once.
        people: By how many people.
        origin: 文件, 承辦人 or 學習紀錄.
        note: Who wrote it and when; empty for what comes with the program.
    """

    resource: Resource
    times: int
    people: int
    origin: str
    note: str

    @property
    def is_own(self) -> bool:
        """Whether the clerk entered it, so that it may be taken off the list."""
        return self.origin == "承辦人"


def load_catalogue(resources: Path) -> tuple[Resource, ...]:
    """The resources that the program comes with.

    Args:
        resources: The program's ``resources`` folder.
    """
    path = resources / "international" / "catalogue.toml"
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_resource(one["id"], one) for one in values["resource"])


def catalogue(office: Office) -> tuple[ResourceLine, ...]:
    """The whole catalogue: documents' first, then the clerk's, then courses that people took."""
    shipped = {one.id: one for one in load_catalogue(office.library.folder)}
    with office.store.reading() as reader:
        written = {
            entry.subject: entry
            for entry in standing(reader.logbook(Matter.RESOURCE)).values()
            if not entry.body[_DROPPED]
        }
        rows = [(stored.employee_id or "", stored.row) for stored in reader.learning_rows()]
    known = dict(shipped)
    for key, entry in written.items():
        known[key] = _resource(key, entry.body)
    taken = {f"{_TAKEN}{key}": one for key, one in _taken(rows).items()}
    for key, course in taken.items():
        known.setdefault(key, course)
    lines = []
    for key, resource in known.items():
        chosen = _chosen(resource, rows)
        origin = "文件" if key in shipped else "學習紀錄" if key in taken else "承辦人"
        note = written_words(written[key]) if key in written else ""
        lines.append(
            ResourceLine(resource, len(chosen), len({who for who, _ in chosen}), origin, note)
        )
    return tuple(lines)


def put_resource(office: Office, resource: Resource) -> ChangeSet:
    """Enter a resource, or change what is known of one; who recommends or not says why.

    Raises:
        LogbookRefusedError: When it has no name, no source, or a recommendation without a reason.
    """
    if not resource.name.strip():
        raise LogbookRefusedError("資源沒有名稱，沒有存入；請填名稱。")
    if not resource.source.strip():
        raise LogbookRefusedError("資源沒有來源，沒有存入；請寫資料從哪裡來，例如 文號或網站。")
    if resource.is_recommended is not None and not resource.reason.strip():
        raise LogbookRefusedError("推薦或不推薦都要寫理由，沒有存入；請補上理由。")
    known = resource if resource.id else replace(resource, id=time_ordered_id(office.clock()))
    act = f"登記國際資源「{known.name}」"
    body = _body(known) | {_DROPPED: False}
    return _write(office, act, NewEntry(Matter.RESOURCE, "", known.id, body, known.reason))


def drop_resource(office: Office, resource: Resource) -> ChangeSet:
    """Take off what the clerk wrote of a resource; what documents and records say stays."""
    act = f"移除國際資源「{resource.name}」"
    body = _body(resource) | {_DROPPED: True}
    return _write(office, act, NewEntry(Matter.RESOURCE, "", resource.id, body))


def _write(office: Office, act: str, entry: NewEntry) -> ChangeSet:
    with office.store.writing(act) as writer:
        change = write_down(
            writer, act, [entry], subject=entry.subject, detail={"why": entry.reason}
        )
    office.redo_steps.clear()
    return change


def _body(resource: Resource) -> dict[str, Any]:
    return {
        one.name: getattr(resource, one.name) for one in fields(resource) if one.name != "id"
    } | {"recognised": resource.recognised.value}


def _resource(key: str, values: Any) -> Resource:
    known = {one.name for one in fields(Resource)} - {"id", "recognised"}
    found = {name: value for name, value in values.items() if name in known}
    return Resource(id=key, recognised=Recognition(values.get("recognised", "unknown")), **found)


def _chosen(resource: Resource, rows: Iterable[tuple[str, LearningRow]]) -> set[tuple[str, str]]:
    """Each course of a person once: of the platform's evidence, or of the resource's name."""
    name = matching_key(resource.name)
    return {
        (who, matching_key(row.course_name))
        for who, row in rows
        if (resource.evidence and row.kind.value == resource.evidence)
        or matching_key(row.course_name) == name
    }


def _taken(rows: Iterable[tuple[str, LearningRow]]) -> dict[str, Resource]:
    """Courses of international platforms that stand in the records, as those say them."""
    found: dict[str, Resource] = {}
    for _, row in rows:
        key = matching_key(row.course_name)
        if row.kind not in _INTERNATIONAL or key in found:
            continue
        hours = row.certified_hours
        found[key] = Resource(
            id=f"{_TAKEN}{key}",
            name=row.course_name,
            kind="課程",
            provider="Coursera",
            country=row.region or "",
            language=row.language or "",
            hours=f"{hours.normalize():f}" if hours is not None else "",
            source=f"學習紀錄「{row.place.file_name}」{row.place.words}",
        )
    return found
