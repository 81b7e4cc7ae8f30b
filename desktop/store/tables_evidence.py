"""Tables of what came in: files, learning rows, people, attendance, calendars, plans."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

from desktop.store.columns import (
    METADATA,
    flag,
    identifier,
    is_sha256,
    maybe,
    not_empty,
    not_negative,
    number,
    place_columns,
    place_is_known,
    row_version,
    words,
)
from desktop.store.engine import without_line_breaks

# ------------------------------------------------------------------------------------- evidence
source_file = Table(
    "source_file",
    METADATA,
    Column("digest", Text, primary_key=True),
    number("size"),
    Column("content", LargeBinary, nullable=False),
    words("first_name"),
    words("stored_at"),
    is_sha256("digest"),
    CheckConstraint("size = length(content)", name="size_fits"),
)

batch = Table(
    "batch",
    METADATA,
    identifier(),
    number("seq"),
    words("created_at"),
    words("actor"),
    words("title"),
    Column("taken_back_at", Text),
    Column("taken_back_by", Text),
    row_version(),
    UniqueConstraint("seq"),
    CheckConstraint(
        "(taken_back_at IS NULL) = (taken_back_by IS NULL)", name="taken_back_by_somebody"
    ),
)

batch_file = Table(
    "batch_file",
    METADATA,
    identifier(),
    Column("batch", ForeignKey("batch.id"), nullable=False, index=True),
    number("position"),
    words("digest"),
    # The kept bytes; a file of which rows were stored must have them. Checked at the commit, so
    # that the order of the acts inside one import is free.
    Column("kept", ForeignKey("source_file.digest", deferrable=True, initially="DEFERRED")),
    words("name"),
    Column("kind", Text),
    number("rows_in"),
    number("rows_stored"),
    number("rows_known"),
    number("rows_refused"),
    words("remarks"),
    UniqueConstraint("batch", "position"),
    Index(None, "digest"),
    is_sha256("digest"),
    not_negative("rows_in", "rows_stored", "rows_known", "rows_refused"),
    CheckConstraint("rows_in = rows_stored + rows_known + rows_refused", name="no_row_vanishes"),
    CheckConstraint("kept IS NULL OR kept = digest", name="kept_is_the_file"),
    CheckConstraint("rows_stored = 0 OR kept IS NOT NULL", name="stored_rows_have_a_file"),
    CheckConstraint("rows_stored = 0 OR kind IS NOT NULL", name="stored_rows_have_a_kind"),
)

refused_row = Table(
    "refused_row",
    METADATA,
    identifier(),
    Column("batch_file", ForeignKey("batch_file.id"), nullable=False),
    number("position"),
    *place_columns(),
    words("reason"),
    words("message"),
    number("rows"),
    words("raw"),
    UniqueConstraint("batch_file", "position"),
    not_empty("reason"),
    not_empty("message"),
    place_is_known(),
    not_negative("rows"),
)

person = Table(
    "person",
    METADATA,
    Column("employee_id", Text, primary_key=True),
    words("name"),
    words("unit"),
    words("title"),
    words("rank"),
    words("category"),
    words("pattern_code"),
    Column("hired_on", Text),
    Column("left_on", Text),
    number("roster_position"),
    flag("is_on_roster"),
    row_version(),
    maybe("is_supervisor"),
    not_empty("employee_id"),
)

leave_without_pay = Table(
    "leave_without_pay",
    METADATA,
    Column("employee_id", ForeignKey("person.employee_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    words("first_day"),
    Column("last_day", Text),
)

# Every roster that was read, whole, so that taking one back brings the one before it back.
roster_revision = Table(
    "roster_revision",
    METADATA,
    identifier(),
    number("seq"),
    Column("batch_file", ForeignKey("batch_file.id"), index=True),
    words("people"),
    words("stored_at"),
    UniqueConstraint("seq"),
)

learning_row = Table(
    "learning_row",
    METADATA,
    identifier(),
    Column("batch_file", ForeignKey("batch_file.id"), nullable=False),
    number("position"),
    *place_columns(),
    Column("employee_id", ForeignKey("person.employee_id")),
    Column("person_problem", Text),
    words("row_key"),
    words("kind"),
    words("course_name"),
    Column("course_code", Text),
    Column("shown_employee_id", Text),
    Column("person_name", Text),
    Column("start_at", Text),
    Column("end_at", Text),
    Column("started_on", Text),
    Column("completed_on", Text),
    flag("times_are_impossible"),
    Column("certified_hours", Text),
    Column("reading_time", Text),
    Column("pass_status", Text),
    Column(
        "has_certificate",
        Boolean(create_constraint=True, name="has_certificate_is_flag"),
        nullable=True,
    ),
    Column("language", Text),
    Column("region", Text),
    words("doubtful_fields"),
    words("raw"),
    row_version(),
    Column("category", Text),
    Column("learning_type", Text),
    maybe("is_business_related"),
    Column("score", Text),
    maybe("is_questionnaire_done"),
    maybe("are_hours_uploaded"),
    Column("shown_unit", Text),
    UniqueConstraint("batch_file", "position"),
    Index(None, "row_key"),
    is_sha256("digest"),
    place_is_known(),
    CheckConstraint(
        "(employee_id IS NULL) = (person_problem IS NOT NULL)", name="person_or_problem"
    ),
    CheckConstraint(
        "person_problem IN ('person_unknown', 'person_ambiguous')", name="person_problem_known"
    ),
)

# The orders that people ask for most. Each holds the file as well: whether its import was taken
# back is asked of every row.
Index(
    "ix_learning_row_began",
    func.coalesce(learning_row.c.start_at, learning_row.c.started_on),
    learning_row.c.batch_file,
)
Index(
    "ix_learning_row_course",
    without_line_breaks(learning_row.c.course_name),
    learning_row.c.batch_file,
)

# By person; and what orders by name, unit and 人員代號 ask of a row, so that none is read for them.
Index(
    "ix_learning_row_person",
    learning_row.c.employee_id,
    learning_row.c.batch_file,
    learning_row.c.shown_employee_id,
    learning_row.c.person_name,
    learning_row.c.shown_unit,
)

# What clerks say of doubtful readings, by the row of a file; added to, never changed.
reading_correction = Table(
    "reading_correction",
    METADATA,
    identifier(),
    number("seq"),
    words("digest"),
    Column("page", Integer),
    Column("row", Integer),
    Column("sheet", Text),
    words("field"),
    words("as_read"),
    Column("corrected", Text),
    words("actor"),
    words("at"),
    Column("reverses", ForeignKey("reading_correction.id")),
    UniqueConstraint("seq"),
    UniqueConstraint("reverses"),
    Index(None, "digest"),
    is_sha256("digest"),
    not_empty("field"),
    not_empty("actor"),
)

# What portal pages say of a person's year in their summary block; of one year the latest counts.
stated_hours = Table(
    "stated_hours",
    METADATA,
    identifier(),
    Column("batch_file", ForeignKey("batch_file.id"), nullable=False),
    number("position"),
    *place_columns(),
    Column("employee_id", ForeignKey("person.employee_id"), index=True),
    Column("person_problem", Text),
    Column("shown_employee_id", Text),
    Column("person_name", Text),
    Column("year", Integer),
    words("figures"),
    row_version(),
    UniqueConstraint("batch_file", "position"),
    is_sha256("digest"),
    place_is_known(),
    CheckConstraint(
        "(employee_id IS NULL) = (person_problem IS NOT NULL)", name="person_or_problem"
    ),
    CheckConstraint(
        "person_problem IN ('person_unknown', 'person_ambiguous')", name="person_problem_known"
    ),
)

# Rows of a file that were there already: while they count on the older file it stays.
known_row = Table(
    "known_row",
    METADATA,
    Column("batch_file", ForeignKey("batch_file.id"), primary_key=True),
    Column("row_key", Text, primary_key=True),
    Index(None, "row_key"),
)


def _reference(name: str, *columns: Column[Any]) -> Table:
    """A table of dated reference data: of live rows one for each natural key."""
    table = Table(
        name,
        METADATA,
        identifier(),
        number("seq"),
        Column("batch_file", ForeignKey("batch_file.id"), index=True),
        *place_columns(),
        words("natural_key"),
        # False once its import was taken back.
        flag("is_live"),
        Column("employee_id", Text, nullable=False, index=True),
        *columns,
        UniqueConstraint("seq"),
        not_empty("employee_id"),
    )
    Index(
        f"uq_{name}_live_natural_key",
        table.c.natural_key,
        unique=True,
        sqlite_where=text("is_live = 1"),
        postgresql_where=text("is_live"),
    )
    return table


attendance_entry = _reference(
    "attendance_entry",
    words("kind"),
    words("kind_words"),
    words("start_at"),
    words("end_at"),
    words("reason"),
)
shift = _reference("shift", words("day"), words("start_at"), words("end_at"))
punch = _reference("punch", words("day"), Column("punch_in", Text), Column("punch_out", Text))
receipt = _reference("receipt", words("plan"), words("received_on"), Column("kind", Text))
nominee = _reference(
    "nominee",
    words("plan"),
    words("telephone"),
    words("email"),
    words("priority"),
    number("is_substitute"),
)

former_award = _reference(
    "former_award",
    number("year"),
    words("plan"),
    words("benefit"),
    Column("amount", Integer),
    Column("given_on", Text),
)

REFERENCE_TABLES = (attendance_entry, shift, punch, receipt, nominee, former_award)

# ------------------------------------------------------------------------- calendar, agency, plans
calendar_year = Table(
    "calendar_year",
    METADATA,
    identifier(),
    number("seq"),
    Column("batch_file", ForeignKey("batch_file.id"), index=True),
    number("year"),
    words("version"),
    words("source"),
    words("imported_at"),
    UniqueConstraint("seq"),
    CheckConstraint("year BETWEEN 1912 AND 9999", name="year_is_gregorian"),
)

calendar_day = Table(
    "calendar_day",
    METADATA,
    Column("calendar_year", ForeignKey("calendar_year.id"), primary_key=True),
    Column("day", Text, primary_key=True),
    flag("is_day_off"),
    Column("name", Text),
)

agency_settings = Table(
    "agency_settings",
    METADATA,
    identifier(),
    number("seq"),
    words("version"),
    words("toml"),
    words("imported_at"),
    UniqueConstraint("seq"),
    is_sha256("version"),
)

column_profile = Table(
    "column_profile",
    METADATA,
    identifier(),
    number("seq"),
    words("heading_key"),
    # Empty once the profile was forgotten.
    words("profile"),
    words("saved_at"),
    words("actor"),
    UniqueConstraint("seq"),
    Index(None, "heading_key"),
    not_empty("heading_key"),
)

row_succession = Table(
    "row_succession",
    METADATA,
    identifier(),
    number("seq"),
    Column("employee_id", ForeignKey("person.employee_id"), nullable=False),
    words("older_key"),
    words("newer_key"),
    words("answer"),
    words("reason"),
    words("actor"),
    words("at"),
    UniqueConstraint("seq"),
    Index(None, "employee_id"),
    not_empty("reason"),
    not_empty("actor"),
    CheckConstraint("answer IN ('replaces', 'both', 'withdrawn')", name="answer_known"),
    CheckConstraint("older_key <> newer_key", name="two_readings"),
)

plan_draft = Table(
    "plan_draft",
    METADATA,
    identifier(),
    number("seq"),
    words("plan_id"),
    # Empty once the draft was discarded or put in force.
    words("toml"),
    words("based_on"),
    words("saved_at"),
    words("actor"),
    UniqueConstraint("seq"),
    Index(None, "plan_id"),
    not_empty("plan_id"),
)

plan_version = Table(
    "plan_version",
    METADATA,
    identifier(),
    number("seq"),
    words("plan_id"),
    words("version"),
    words("toml"),
    words("stored_at"),
    UniqueConstraint("seq"),
    Index(None, "plan_id"),
    not_empty("plan_id"),
    not_empty("version"),
)
