from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from desktop.domain.evidence import ShownFacts
from desktop.store import Store, StoreNewerError, StoreUnreadableError, migrations
from desktop.store.codes import SHOWN_COLUMNS
from desktop.store.format import FORMAT_NUMBER
from desktop.store.tables import METADATA
from tests.unit.store.making import RECEIPTS, STAFF, Clock, fill, learning_row, open_store, tables


def schema_of(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"
        )
        # A column that a migration adds is written without the line breaks of the others.
        return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_missing_file_becomes_a_store_with_the_first_audit_entry(path: Path) -> None:
    store = open_store(path)
    with store.reading() as reader:
        (entry,) = reader.audit_entries(10)
        assert reader.people() == ()
    assert (entry.seq, entry.actor, entry.act) == (1, "陳承辦", "建立資料檔")
    assert store.verify() == ()
    assert store.backups() == ()
    store.close()


def test_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch()
    store = open_store(path)
    assert store.verify() == ()
    store.close()


def test_migrations_lead_to_the_tables_the_program_uses(path: Path, tmp_path: Path) -> None:
    open_store(path).close()
    direct = tmp_path / "direct.sqlite"
    engine = create_engine(f"sqlite:///{direct}")
    METADATA.create_all(engine)
    engine.dispose()
    assert schema_of(path) == schema_of(direct)


def test_store_carries_the_number_and_the_revision_of_its_format(path: Path) -> None:
    open_store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT_NUMBER,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            (f"{FORMAT_NUMBER:04d}",)
        ]
        assert connection.execute("SELECT format_number FROM store_info").fetchall() == [
            (FORMAT_NUMBER,)
        ]


def test_every_migration_raises_the_format_number() -> None:
    versions = Path(migrations.__path__[0]) / "versions"
    assert len(list(versions.glob("v*.py"))) == FORMAT_NUMBER


PAPER_TABLES = ("logbook_entry", "stamp_act", "stamp_picture", "scanned_sheet")
CASE_TABLES = (
    "row_succession",
    "case_step",
    "person_decision",
    "reason_template",
    "account",
    "office_setting",
)
ADDED_BY_FORMAT_4 = {
    "learning_row": (*SHOWN_COLUMNS, "shown_unit"),
    "receipt": ("kind",),
    "person": ("is_supervisor",),
}


def _undo_formats_4_to_15(connection: sqlite3.Connection) -> None:
    for index in ("ix_learning_row_began", "ix_learning_row_course", "ix_learning_row_person"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("CREATE INDEX ix_learning_row_employee_id ON learning_row (employee_id)")
    connection.execute("DROP TABLE reading_correction")
    connection.execute("DROP TABLE stated_hours")
    connection.execute("DROP TABLE column_profile")
    connection.execute("DROP TABLE ledger_entry")
    for table in (*PAPER_TABLES, *CASE_TABLES):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP TABLE former_award")
    for table, columns in ADDED_BY_FORMAT_4.items():
        for column in columns:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("audit", "issued_document"):
        connection.execute(f"DROP TRIGGER {table}_not_again")
    connection.execute("DROP TABLE deleted_row")


def _set_format(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE alembic_version SET version_num = '{number:04d}'")
        connection.execute(f"UPDATE store_info SET format_number = {number}")
        connection.execute(f"PRAGMA user_version = {number}")
        connection.commit()


def test_store_of_format_3_tells_apart_what_its_rows_kept_as_read(path: Path, store: Store) -> None:
    fill(store)
    with store.writing("收件") as writer:
        writer.add_receipts(RECEIPTS, None)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        _undo_formats_4_to_15(connection)
    _set_format(path, 3)
    asked = []

    def reread(rows: Sequence[tuple[str | None, Mapping[str, str]]]) -> list[ShownFacts]:
        asked.append([(sheet, raw["課程名稱"]) for sheet, raw in rows])
        return [ShownFacts("數位", None, False, Decimal("87.5"), True), ShownFacts()]

    again = Store.open(
        path, actor="陳承辦", clock=Clock(), on_network=lambda _: False, reread=reread
    )
    with again.reading() as reader:
        first, second = (stored.row for stored in reader.learning_rows())
        assert reader.receipts() == RECEIPTS
        assert reader.people() == STAFF
        assert (reader.former_awards(), reader.has_award_history()) == ((), False)
    again.close()
    assert asked == [[(None, "公務員廉政倫理規範")] * 2]
    assert first == replace(
        learning_row(1),
        category="數位",
        is_business_related=False,
        score=Decimal("87.5"),
        is_questionnaire_done=True,
    )
    assert second == learning_row(2)


def test_store_up_to_date_is_not_read_again(path: Path, store: Store) -> None:
    fill(store)
    store.close()

    def reread(rows: Sequence[tuple[str | None, Mapping[str, str]]]) -> list[ShownFacts]:
        raise AssertionError("read again")

    Store.open(
        path, actor="陳承辦", clock=Clock(), on_network=lambda _: False, reread=reread
    ).close()


def test_store_of_format_1_is_brought_up_to_date_with_all_it_holds(
    path: Path, store: Store
) -> None:
    fill(store)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        _undo_formats_4_to_15(connection)
        connection.execute("DROP TABLE nominee")
        connection.execute("DROP TABLE plan_draft")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.execute("UPDATE store_info SET format_number = 1")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    again = open_store(path)
    with again.reading() as reader:
        assert reader.nominees() == ()
        assert reader.people() == STAFF
    assert again.verify() == ()
    again.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT_NUMBER,)


def test_reopened_store_holds_what_was_written_and_is_not_migrated_again(
    path: Path, store: Store
) -> None:
    fill(store)
    store.close()
    before = tables(path)
    again = open_store(path)
    with again.reading() as reader:
        assert reader.people() == STAFF
    again.close()
    assert tables(path) == before
    assert again.backups() == ()


def test_store_of_a_newer_program_is_refused_and_left_alone(path: Path, store: Store) -> None:
    fill(store)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT_NUMBER + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreNewerError, match=f"格式 {FORMAT_NUMBER + 1}.*請更新程式"):
        open_store(path)
    assert path.read_bytes() == before


def garbled_head(content: bytes) -> bytes:
    return b"\x00" * 100 + content[100:]


def cut_in_half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def garbled_middle(content: bytes) -> bytes:
    # Every page but the first: whichever page is met, it makes no sense.
    return content[:4096] + b"\xff" * (len(content) - 4096)


@pytest.mark.parametrize("damage", [garbled_head, cut_in_half, garbled_middle])
def test_damaged_file_is_refused_and_left_alone(path: Path, store: Store, damage: object) -> None:
    fill(store)
    store.close()
    assert callable(damage)
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    with pytest.raises(StoreUnreadableError, match=r"損壞.*備份"):
        open_store(path)
    assert path.read_bytes() == damaged


def test_text_file_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("這是一封信\n" * 100, encoding="utf-8")
    with pytest.raises(StoreUnreadableError, match="不是公餘的資料檔"):
        open_store(path)
    assert path.read_text(encoding="utf-8") == "這是一封信\n" * 100


def test_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE person (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreUnreadableError, match="不是公餘的資料檔"):
        open_store(path)
    assert path.read_bytes() == before


def test_actor_without_a_name_is_a_fault_of_the_program(path: Path) -> None:
    with pytest.raises(ValueError, match="actor"):
        Store.open(path, actor=" ", clock=Clock())


@pytest.mark.parametrize(("is_network", "journal"), [(False, "wal"), (True, "delete")])
def test_journal_fits_the_drive(path: Path, is_network: bool, journal: str) -> None:
    store = open_store(path, is_network=is_network)
    fill(store)
    assert store.is_network is is_network
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == (journal,)
    assert store.verify() == ()
    store.close()


def test_store_moved_to_a_network_drive_changes_its_journal(path: Path) -> None:
    local = open_store(path)
    fill(local)
    local.close()
    moved = open_store(path, is_network=True)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    with moved.reading() as reader:
        assert reader.people() == STAFF
    moved.close()
