"""What the audit trail's codes are called: imports, activities, stamps, files, grants, people."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select

from desktop.store.engine import json_field
from desktop.store.reading import Reading
from desktop.store.tables import (
    audit,
    batch_file,
    ledger_entry,
    logbook_entry,
    person,
    source_file,
    stamp_picture,
)

FILES_NAMED = 2
"""An import is called by so many of its files."""
PEOPLE_NAMED = 6
"""An act on several people is called by so many of them."""
_ROW = re.compile(r"([0-9a-f]{12})#p(\w+)r(\w+)")
"""A row of a kept file as a correction of its reading names it: digest, page, row."""

_BEFORE_SLASH = func.substr(audit.c.subject, 1, func.instr(audit.c.subject + "/", "/") - 1)
_FILES = select(func.group_concat(batch_file.c.name, " ")).where(
    batch_file.c.batch == audit.c.subject
)
_PERSON = select(person.c.name).where(person.c.employee_id == _BEFORE_SLASH)
# The first condition, of the entry alone, keeps the roster from being read for every other entry.
_PEOPLE = select(func.group_concat(person.c.name, " ")).where(
    func.instr(audit.c.subject, "、") > 0,
    func.instr("、" + audit.c.subject + "、", "、" + person.c.employee_id + "、") > 0,
)

SUBJECT_TEXT: ColumnElement[Any] = (
    audit.c.subject
    + " "
    + func.coalesce(_FILES.correlate(audit).scalar_subquery(), "")
    + " "
    + func.coalesce(_PERSON.correlate(audit).scalar_subquery(), "")
    + " "
    + func.coalesce(_PEOPLE.correlate(audit).scalar_subquery(), "")
)
"""What a filter on the subject looks through: the identifier and what people call it."""


class AuditSubjectReading(Reading):
    """Names of what acts were done on."""

    def audit_subjects(self, subjects: Collection[str]) -> dict[str, str]:
        """What people call each subject; a subject without such a name is left out.

        Args:
            subjects: As they stand in the trail.
        """
        wanted = sorted({one for one in subjects if one})
        found: dict[str, str] = {}
        found.update(self._named_imports(wanted))
        found.update(self._named_entries(wanted))
        found.update(self._named_rows(wanted))
        found.update(self._named_grants(wanted))
        stamps = select(stamp_picture.c.id, stamp_picture.c.title)
        for row in self._connection.execute(stamps.where(stamp_picture.c.id.in_(wanted))):
            found[row.id] = f"職名章「{row.title}」"
        found.update(self._named_people(wanted))
        return found

    def _named_people(self, wanted: Collection[str]) -> Mapping[str, str]:
        """One person's code, perhaps with more behind a slash, or those of several."""
        codes = {part.split("/")[0] for one in wanted for part in one.split("、")}
        names = select(person.c.employee_id, person.c.name)
        people = {
            row.employee_id: row.name
            for row in self._connection.execute(names.where(person.c.employee_id.in_(codes)))
        }
        found: dict[str, str] = {}
        for one in wanted:
            parts = one.split("、")
            called = [people.get(part.split("/")[0], "") for part in parts]
            if any(called):
                told = [f"{name} {part}".strip() for name, part in zip(called, parts, strict=True)]
                more = f" 等 {len(parts)} 人" if len(parts) > PEOPLE_NAMED else ""
                found[one] = "、".join(told[:PEOPLE_NAMED]) + more
        return found

    def _named_grants(self, wanted: Collection[str]) -> Mapping[str, str]:
        """Grants and transfers in by their title, as details name them."""
        query = select(ledger_entry.c.id, ledger_entry.c.title).where(
            ledger_entry.c.id.in_(wanted), ledger_entry.c.title.is_not(None)
        )
        return {row.id: f"「{row.title}」" for row in self._connection.execute(query)}

    def _named_imports(self, wanted: Collection[str]) -> Mapping[str, str]:
        query = (
            select(batch_file.c.batch, batch_file.c.name)
            .where(batch_file.c.batch.in_(wanted))
            .order_by(batch_file.c.batch, batch_file.c.position)
        )
        names: dict[str, list[str]] = {}
        for row in self._connection.execute(query):
            names.setdefault(row.batch, []).append(row.name)
        return {
            one: (f"{len(files)} 個檔案：" if len(files) > FILES_NAMED else "")
            + "、".join(files[:FILES_NAMED])
            + ("…" if len(files) > FILES_NAMED else "")
            for one, files in names.items()
        }

    def _named_entries(self, wanted: Collection[str]) -> Mapping[str, str]:
        """Activities, sessions and draws by the name they were last written down with."""
        body = logbook_entry.c.body
        name = func.coalesce(json_field(body, "name"), json_field(body, "title"))
        query = (
            select(logbook_entry.c.subject, name.label("name"))
            .where(logbook_entry.c.subject.in_(wanted), name.is_not(None))
            .order_by(logbook_entry.c.seq)
        )
        return {row.subject: f"「{row.name}」" for row in self._connection.execute(query)}

    def _named_rows(self, wanted: Collection[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for one in wanted:
            if (match := _ROW.fullmatch(one)) is None:
                continue
            digest, page, number = match.groups()
            name = self._connection.execute(
                select(source_file.c.first_name).where(
                    source_file.c.digest.between(digest, digest + "g")
                )
            ).scalar()
            if name is not None:
                at_page = f"第 {page} 頁" if page != "None" else ""
                found[one] = f"{name} {at_page}第 {number} 列"
        return found
