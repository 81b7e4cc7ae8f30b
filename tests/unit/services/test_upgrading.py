"""A store of format 3, opened by this program: its rows show what they always held as read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from desktop.domain.verdicts import DecisionKind
from desktop.services.deciding import decide
from desktop.services.office import Office, open_office
from desktop.services.verifying import case
from desktop.store.codes import SHOWN_COLUMNS
from tests.unit.services.conftest import Clock

PAPER_TABLES = ("logbook_entry", "stamp_act", "stamp_picture", "scanned_sheet", "row_succession")
CASE_TABLES = ("case_step", "person_decision", "reason_template", "account", "office_setting")
PLAN = "kaohsiung-114"
WHO = "A0004"


def _make_format_3(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for index in ("ix_learning_row_began", "ix_learning_row_course", "ix_learning_row_person"):
            connection.execute(f"DROP INDEX {index}")
        connection.execute("CREATE INDEX ix_learning_row_employee_id ON learning_row (employee_id)")
        connection.execute("DROP TABLE reading_correction")
        connection.execute("DROP TABLE stated_hours")
        for table in ("column_profile", "ledger_entry", *PAPER_TABLES, *CASE_TABLES):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP TABLE former_award")
        for column in (*SHOWN_COLUMNS, "shown_unit"):
            connection.execute(f"ALTER TABLE learning_row DROP COLUMN {column}")
        connection.execute("ALTER TABLE receipt DROP COLUMN kind")
        connection.execute("ALTER TABLE person DROP COLUMN is_supervisor")
        connection.execute("DROP TRIGGER audit_not_again")
        connection.execute("DROP TRIGGER issued_document_not_again")
        connection.execute("DROP TABLE deleted_row")
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        connection.execute("UPDATE store_info SET format_number = 3")
        connection.execute("PRAGMA user_version = 3")
        connection.commit()


def test_rows_of_an_older_store_show_the_same_and_decisions_stand(sample: Office) -> None:
    open_records = [r for r in case(sample, PLAN, WHO).verdict.records if r.set_id]
    decide(sample, PLAN, [open_records[0].key], kind=DecisionKind.ACCEPT, reason="已查證")
    with sample.store.reading() as reader:
        before = [stored.row for stored in reader.learning_rows()]
    path = sample.store.path
    sample.store.close()
    _make_format_3(path)

    again = open_office(path, actor="周雅雯", clock=Clock())
    with again.store.reading() as reader:
        rows = [stored.row for stored in reader.learning_rows()]
    (decided,) = [r for r in case(again, PLAN, WHO).verdict.records if r.decision is not None]
    again.store.close()

    # The unit told people apart at the import; rows of older stores have their person already.
    assert rows == [replace(row, shown_unit=None) for row in before]
    assert any(row.score == Decimal(100) and row.category == "開放式" for row in rows)
    assert any(row.are_hours_uploaded for row in rows)
    assert decided.decision.reason == "已查證"
