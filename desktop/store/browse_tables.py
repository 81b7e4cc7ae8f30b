"""The long lists there are, as their columns stand in the tables."""

from __future__ import annotations

from sqlalchemy import Float, Integer, cast, func, select

from desktop.store.audit_subjects import SUBJECT_TEXT
from desktop.store.browsing import BrowseColumn, BrowseTable, browse_columns
from desktop.store.engine import json_field, without_line_breaks
from desktop.store.tables import audit, batch, batch_file, learning_row, person

_FILES = select(batch_file.c.id).join(batch, batch.c.id == batch_file.c.batch)
# Told by those taken back, which are few: the other way round every row is looked up by file.
_FILES_TAKEN_BACK = _FILES.where(batch.c.taken_back_at.is_not(None))
_FILES_THAT_COUNT = _FILES.where(batch.c.taken_back_at.is_(None))
_row = learning_row.c
# A page may break a line inside a course's name; nobody searches with the break.
_COURSE = without_line_breaks(_row.course_name)

RECORDS = BrowseTable(
    table=learning_row,
    joins={
        "person": (person, person.c.employee_id == _row.employee_id),
        "file": (batch_file, batch_file.c.id == _row.batch_file),
        "batch": (batch, batch.c.id == batch_file.c.batch),
    },
    only=_row.batch_file.not_in(_FILES_TAKEN_BACK),
    only_alone=_row.batch_file.in_(_FILES_THAT_COUNT),
    columns=browse_columns(
        BrowseColumn("employee_id", func.coalesce(_row.employee_id, _row.shown_employee_id)),
        BrowseColumn("name", func.coalesce(person.c.name, _row.person_name), ("person",)),
        BrowseColumn("unit", func.coalesce(person.c.unit, _row.shown_unit), ("person",)),
        BrowseColumn("state", func.coalesce(_row.person_problem, "")),
        BrowseColumn("course", _COURSE),
        BrowseColumn("course_code", _row.course_code),
        BrowseColumn("start", func.coalesce(_row.start_at, _row.started_on)),
        BrowseColumn("end", func.coalesce(_row.end_at, _row.completed_on)),
        BrowseColumn("hours", _row.certified_hours, compare=cast(_row.certified_hours, Float)),
        BrowseColumn("reading", _row.reading_time, compare=cast(_row.reading_time, Integer)),
        BrowseColumn("passed", _row.pass_status),
        BrowseColumn("score", _row.score, compare=cast(_row.score, Float)),
        BrowseColumn("questionnaire", _row.is_questionnaire_done),
        BrowseColumn("uploaded", _row.are_hours_uploaded),
        BrowseColumn("category", _row.category),
        BrowseColumn("learning_type", _row.learning_type),
        BrowseColumn("doubtful", _row.doubtful_fields != "[]"),
        BrowseColumn("kind", _row.kind),
        BrowseColumn("file", _row.file_name),
        BrowseColumn("page", _row.page),
        BrowseColumn("sheet", _row.sheet),
        BrowseColumn("row", _row.row),
        BrowseColumn("imported", batch.c.created_at, ("file", "batch")),
        BrowseColumn("import", batch.c.title, ("file", "batch")),
        BrowseColumn("digest", _row.digest),
        BrowseColumn("owner", _row.employee_id),
    ),
)
"""Every learning row of an import that was not taken back, as read, its person known or not."""

AUDIT = BrowseTable(
    table=audit,
    joins={},
    newest_first=True,
    columns=browse_columns(
        BrowseColumn("seq", audit.c.seq),
        BrowseColumn("at", audit.c.at),
        BrowseColumn("actor", audit.c.actor),
        BrowseColumn("act", audit.c.act),
        BrowseColumn("subject", SUBJECT_TEXT, compare=audit.c.subject),
        BrowseColumn("subject_id", audit.c.subject),
        BrowseColumn("before", json_field(audit.c.detail, "before")),
        BrowseColumn("after", json_field(audit.c.detail, "after")),
        BrowseColumn("why", json_field(audit.c.detail, "why")),
        BrowseColumn("detail", audit.c.detail),
        BrowseColumn("hash", audit.c.hash),
        BrowseColumn(
            "everything",
            audit.c.actor + " " + audit.c.act + " " + SUBJECT_TEXT + " " + audit.c.detail,
        ),
    ),
)
"""The audit trail, the newest first."""
