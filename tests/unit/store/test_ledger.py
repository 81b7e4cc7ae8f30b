from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from desktop.domain.ledger import Entry, Reversal, Use
from desktop.store import Store
from desktop.store.errors import NotStoredError, TakeBackRefusedError
from desktop.store.ledger_chain import line_hash
from desktop.store.tables_ledger import LEDGER_COLUMNS
from tests.unit.store.ledgers import OWNER, a_grant, a_use, one_of_each
from tests.unit.store.making import Clock, fill, office_path, open_store
from tests.unit.store.test_verifying import spoil

GUARD = "只能新增，不能修改或刪除"


@pytest.fixture
def filled(store: Store) -> tuple[Store, tuple[Entry, ...]]:
    fill(store)
    with store.writing("登錄") as writer:
        lines = one_of_each(writer)
    return store, lines


def test_every_kind_of_line_comes_back_as_it_was_entered(
    filled: tuple[Store, tuple[Entry, ...]],
) -> None:
    store, lines = filled
    with store.reading() as reader:
        assert reader.ledger() == lines
        assert reader.ledger(OWNER) == lines[:-1]
        assert reader.ledger_entry(lines[1].id) == lines[1]
    assert [line.seq for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert {line.recorded_by for line in lines} == {"陳承辦"}
    assert {line.recorded_at for line in lines} == {datetime(2025, 5, 2, 14, 5, 9)}
    # What one act makes together is one bundle, everything else one of its own.
    assert lines[4].bundle == lines[0].bundle == lines[0].id
    assert len({line.bundle for line in lines}) == 6


def test_lines_come_back_after_closing_and_opening(
    filled: tuple[Store, tuple[Entry, ...]], path: Path
) -> None:
    store, lines = filled
    store.close()
    again = open_store(path)
    with again.reading() as reader:
        assert reader.ledger() == lines
    assert again.verify() == ()
    again.close()


def test_line_that_is_not_there_is_said_so(store: Store) -> None:
    with store.reading() as reader, pytest.raises(NotStoredError, match="找不到這一筆"):
        reader.ledger_entry("none")


def test_act_on_the_ledger_leaves_the_head_in_the_audit_trail(
    filled: tuple[Store, tuple[Entry, ...]], path: Path
) -> None:
    store, _ = filled
    with store.reading() as reader:
        entry = reader.audit_entries(1)[0]
    assert entry.act == "登錄"
    assert entry.detail["rows"] == {"ledger_entry": 7}
    with closing(sqlite3.connect(path)) as connection:
        last = connection.execute("SELECT seq, hash FROM ledger_entry ORDER BY seq DESC").fetchone()
    assert tuple(entry.detail["ledger_head"]) == last


def test_act_that_fails_leaves_no_line(store: Store) -> None:
    fill(store)

    def fail(granted: Entry) -> None:
        raise RuntimeError(granted.id)

    with pytest.raises(RuntimeError), store.writing("登錄") as writer:
        fail(writer.add_to_ledger(a_grant()))
    with store.reading() as reader:
        assert reader.ledger() == ()


# ------------------------------------------------------------------- refused by the database


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The file of a ledger with a line of each kind and one grant that is free."""
    path = office_path(tmp_path_factory.mktemp("ledger"))
    store = open_store(path)
    fill(store)
    with store.writing("登錄") as writer:
        one_of_each(writer)
        free = writer.add_to_ledger(a_grant(hours=3))
        writer.add_to_ledger(a_use(free.id, hours=2))
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


FREE = "(SELECT id FROM ledger_entry WHERE seq = 8)"
GONE = "(SELECT id FROM ledger_entry WHERE seq = 1)"
USE = "(SELECT id FROM ledger_entry WHERE seq = 9)"


def added(**values: object) -> str:
    """SQL that adds a line; whatever is not named is sound."""
    cells: dict[str, object] = {
        "id": "'x'",
        "seq": 90,
        "bundle": "'x'",
        "kind": "'use'",
        "employee_id": f"'{OWNER}'",
        "day": "'2025-05-02'",
        "hours": 1,
        "document_number": "''",
        "reason": "''",
        "recorded_at": "'2025-05-02T00:00:00'",
        "actor": "'甲'",
        "previous_hash": f"'{'c' * 64}'",
        "hash": f"'{'d' * 64}'",
    } | values
    names = ", ".join(cells)
    return f"INSERT INTO ledger_entry ({names}) VALUES ({', '.join(map(str, cells.values()))})"


BAD = {
    "a use of no grant": ("draw_names_its_grant", added()),
    "a kind that is none": ("kind_known", added(kind="'gift'", grant_id="NULL")),
    "half an hour": ("whole_hours", added(hours=0.5, grant_id=FREE)),
    "no hours": ("whole_hours", added(hours=0, grant_id=FREE)),
    "hours in words": (
        "whole_hours",
        added(hours="'two'", kind="'grant'", title="'t'", first_day="'2025-01-02'"),
    ),
    "a line of a stranger": (
        "FOREIGN KEY",
        added(
            kind="'grant'",
            employee_id="'Q1'",
            title="'t'",
            first_day="'2025-01-01'",
        ),
    ),
    "a grant without its first day": ("grant_says_what", added(kind="'grant'", title="'t'")),
    "a grant that ends before it begins": (
        "expires_after_first_day",
        added(kind="'grant'", title="'t'", first_day="'2025-01-02'", expires="'2025-01-01'"),
    ),
    "more than the grant holds": ("超過核給的時數", added(hours=2, grant_id=FREE)),
    "a use of what was taken along": ("超過核給的時數", added(grant_id=GONE)),
    "somebody else's grant": (
        "只能扣本人未沖銷的核給",
        added(employee_id="'A0007'", grant_id=FREE),
    ),
    "a grant that is a use": ("只能扣本人未沖銷的核給", added(grant_id=USE)),
    "a use before the grant": ("不在核給的使用期間", added(day="'2025-04-10'", grant_id=FREE)),
    "a use after the last day": ("不在核給的使用期間", added(day="'2027-03-29'", grant_id=FREE)),
    "a reversal of nothing": ("reversal_names_it", added(kind="'reversal'", reason="'x'")),
    "a reversal without a reason": (
        "reversal_has_a_reason",
        added(kind="'reversal'", hours=2, reverses=USE),
    ),
    "a reversal of part of a line": (
        "沖銷必須與原列同一人、同時數",
        added(kind="'reversal'", hours=1, reverses=USE, reason="'x'"),
    ),
    "a reversal before the line": (
        "沖銷必須與原列同一人、同時數",
        added(kind="'reversal'", hours=2, day="'2025-05-01'", reverses=USE, reason="'x'"),
    ),
    "a reversal of a reversal": (
        "沖銷必須與原列同一人、同時數",
        added(
            kind="'reversal'",
            hours=2,
            day="'2025-06-01'",
            reverses="(SELECT id FROM ledger_entry WHERE seq = 3)",
            reason="'x'",
        ),
    ),
    "a second reversal of one line": (
        GUARD,
        added(
            kind="'reversal'",
            hours=2,
            day="'2025-06-01'",
            reverses="(SELECT id FROM ledger_entry WHERE seq = 2)",
            reason="'x'",
        ),
    ),
    "a reversal of a grant that is used": (
        "已使用的核給不能沖銷",
        added(kind="'reversal'", hours=3, day="'2025-06-01'", reverses=FREE, reason="'x'"),
    ),
    "a transfer that does not say where": (
        "transfer_says_where",
        added(kind="'transfer_out'", grant_id=FREE),
    ),
    "an advance nobody agreed to": (
        "advance_has_consent",
        added(kind="'advance_use'", plan_id="'p'", evidence_due="'2025-06-01'"),
    ),
    "an advance agreed to by a blank": (
        "consent_has_a_name",
        added(
            kind="'advance_use'",
            plan_id="'p'",
            consented_by="' '",
            consented_on="'2025-05-01'",
            evidence_due="'2025-06-01'",
        ),
    ),
    "a settlement of nothing": ("settles_an_advance", added(kind="'settlement'", grant_id=FREE)),
    "a line by nobody": ("actor_not_empty", added(actor="' '", grant_id=FREE)),
    "a place that is taken": (GUARD, added(seq=8, grant_id=FREE)),
    "a fork of the chain": (
        GUARD,
        added(previous_hash=f"'{'0' * 64}'", grant_id=FREE),
    ),
}


@pytest.mark.parametrize(("rule", "statement"), BAD.values(), ids=BAD.keys())
def test_line_that_cannot_be_is_refused_by_the_database(
    raw: sqlite3.Connection, rule: str, statement: str
) -> None:
    before = raw.execute("SELECT count(*) FROM ledger_entry").fetchone()
    with pytest.raises(sqlite3.IntegrityError) as caught:
        raw.execute(statement)
    assert rule in str(caught.value)
    assert raw.execute("SELECT count(*) FROM ledger_entry").fetchone() == before


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE ledger_entry SET {column} = {column}" for column in LEDGER_COLUMNS),
        "UPDATE ledger_entry SET hours = 1 WHERE seq = 1",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_entry WHERE seq = 7",
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = 7",
        "UPDATE OR REPLACE ledger_entry SET seq = 1 WHERE seq = 2",
    ],
)
def test_line_cannot_be_changed_or_taken_out_beneath_the_store(
    raw: sqlite3.Connection, statement: str
) -> None:
    before = raw.execute("SELECT * FROM ledger_entry").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match=GUARD):
        raw.execute(statement)
    assert raw.execute("SELECT * FROM ledger_entry").fetchall() == before


def test_store_itself_refuses_what_the_grant_does_not_hold(store: Store) -> None:
    fill(store)
    with store.writing("登錄") as writer:
        granted = writer.add_to_ledger(a_grant(hours=4))
        writer.add_to_ledger(a_use(granted.id, hours=3))
    with pytest.raises(IntegrityError, match="超過核給"), store.writing("登錄") as writer:
        writer.add_to_ledger(a_use(granted.id, hours=2))
    with store.reading() as reader:
        assert len(reader.ledger()) == 2


# ---------------------------------------------------------------------- edited beneath the store

EDITS = {
    "hours of a use": (
        "UPDATE ledger_entry SET hours = 1 WHERE seq = 2",
        "補休帳第 2 筆（A0012，2025-05-02）被改過",
    ),
    "last day of a grant": (
        "UPDATE ledger_entry SET expires = '2099-01-01' WHERE seq = 1",
        "補休帳第 1 筆（A0012，2025-04-11）被改過",
    ),
    "owner": (
        "UPDATE ledger_entry SET employee_id = 'A0007' WHERE seq = 4",
        "補休帳第 4 筆（A0007，2025-04-01）被改過",
    ),
    "who entered it": (
        "UPDATE ledger_entry SET actor = '乙' WHERE seq = 3",
        "補休帳第 3 筆（A0012，2025-05-05）被改過",
    ),
    "a line taken out": (
        "DELETE FROM ledger_entry WHERE seq = 6",
        "補休帳第 6 筆不見了（下一筆是第 7 筆）",
    ),
    "the first line taken out": (
        "DELETE FROM ledger_entry WHERE seq = 1",
        "補休帳第 1 筆不見了（下一筆是第 2 筆）",
    ),
    "the tail cut": (
        "DELETE FROM ledger_entry WHERE seq >= 6",
        "補休帳應到第 7 筆，實際只到第 5 筆，結尾被刪除",
    ),
    "everything gone": (
        "DELETE FROM ledger_entry",
        "補休帳應到第 7 筆，實際只到第 0 筆，結尾被刪除",
    ),
}


@pytest.mark.parametrize(("statement", "finding"), EDITS.values(), ids=EDITS.keys())
def test_edit_beneath_the_store_names_the_first_bad_line(
    filled: tuple[Store, tuple[Entry, ...]], path: Path, statement: str, finding: str
) -> None:
    store, _ = filled
    assert store.verify() == ()
    store.close()
    spoil(path, statement)
    edited = open_store(path)
    findings = [found for found in edited.verify() if "補休帳" in found]
    edited.close()
    assert len(findings) == 1
    assert finding in findings[0]


def rehash(path: Path, seq: int, **changes: object) -> None:
    """Change a line and everything behind it so that the ledger's own chain fits again."""
    spoil(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(r) for r in connection.execute("SELECT * FROM ledger_entry ORDER BY seq")]
        previous = rows[seq - 2]["hash"] if seq > 1 else "0" * 64
        for row in rows[seq - 1 :]:
            if row["seq"] == seq:
                row.update(changes)
            row["previous_hash"] = previous
            row["hash"] = previous = line_hash(row)
            assigned = ", ".join(f"{name} = :{name}" for name in LEDGER_COLUMNS)
            connection.execute(f"UPDATE ledger_entry SET {assigned} WHERE seq = :seq", row)
        connection.commit()


def test_line_rewritten_with_the_whole_chain_behind_it_does_not_fit_the_audit_trail(
    filled: tuple[Store, tuple[Entry, ...]], path: Path
) -> None:
    store, _ = filled
    store.close()
    rehash(path, 2, reason="別的")
    edited = open_store(path)
    (finding,) = edited.verify()
    edited.close()
    assert "補休帳第 7 筆與稽核紀錄第 3 筆所記的不同" in finding


def test_line_added_beneath_the_store_is_found(
    filled: tuple[Store, tuple[Entry, ...]], path: Path
) -> None:
    store, _ = filled
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM ledger_entry WHERE seq = 7").fetchone())
        row |= {"id": "x", "bundle": "x", "seq": 8, "previous_hash": row["hash"], "hours": 99}
        row["hash"] = line_hash(row)
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        connection.execute(f"INSERT INTO ledger_entry ({names}) VALUES ({marks})", row)
        connection.commit()
    edited = open_store(path)
    (finding,) = edited.verify()
    edited.close()
    assert "補休帳第 8 筆起沒有稽核紀錄" in finding


# ---------------------------------------------------------------------------- taking back imports


def test_import_that_leave_was_granted_on_is_not_taken_back(store: Store, clock: Clock) -> None:
    batch_id, _ = fill(store)
    clock.move(minutes=1)
    with store.writing("登錄") as writer:
        granted = writer.add_to_ledger(a_grant())
    with (
        pytest.raises(TakeBackRefusedError, match=r"之後已核給 A0012補休.*請先在補休帳沖銷核給"),
        store.writing("收回") as writer,
    ):
        writer.take_back_batch(batch_id)
    with store.writing("沖銷") as writer:
        writer.add_to_ledger(
            Reversal(
                employee_id=OWNER, day=date(2025, 5, 2), hours=4, reverses=granted.id, reason="重核"
            )
        )
    with store.writing("收回") as writer:
        writer.take_back_batch(batch_id)


def test_import_made_after_the_grant_is_taken_back(store: Store, clock: Clock) -> None:
    fill(store)
    with store.writing("登錄") as writer:
        writer.add_to_ledger(a_grant())
    clock.move(minutes=1)
    with store.writing("匯入") as writer:
        later = writer.add_batch("匯入 1 個檔案")
    with store.writing("收回") as writer:
        writer.take_back_batch(later)


def test_attendance_that_uses_were_recorded_from_is_not_taken_back(
    store: Store, clock: Clock
) -> None:
    with store.writing("登錄") as writer:
        pass
    batch_id, _ = fill(store)
    with store.reading() as reader:
        keys = {entry.kind_words: key for key, entry in reader.keyed_attendance()}
    # Granted on what was there before this import; only the use stands on its rows.
    clock.move(minutes=-1)
    with store.writing("登錄") as writer:
        granted = writer.add_to_ledger(a_grant())
        line = a_use(granted.id)
        writer.add_to_ledger(
            Use(
                employee_id=line.employee_id,
                day=line.day,
                hours=line.hours,
                grant=granted.id,
                source=keys["休假"],
            )
        )
    with (
        pytest.raises(TakeBackRefusedError, match="補休帳已依它登記 A0012的使用"),
        store.writing("收回") as writer,
    ):
        writer.take_back_batch(batch_id)
