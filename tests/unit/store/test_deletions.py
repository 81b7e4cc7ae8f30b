"""Deletion at the end of a period: real, sealed, and nothing else in the file moves."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.case_states import CaseState
from desktop.domain.logbook import Matter, NewEntry
from desktop.domain.retention import PERIODS, DeletionUnit, RecordKind, free_to_go, is_past
from desktop.domain.verdicts import DecisionKind
from desktop.store import Store, StoreError
from desktop.store.deletion_units import DELETION_ACT, IN_FORCE, OPEN_LEAVE
from desktop.store.values import NewVerdict
from tests.unit.store.ledgers import a_grant, a_use
from tests.unit.store.making import (
    CONTENT,
    PLAN,
    STAFF,
    Clock,
    fill,
    issue,
    learning_row,
    office_path,
    open_store,
    tables,
)

TEN: dict[RecordKind, int | None] = dict.fromkeys(RecordKind, 10)
LATER = date(2040, 1, 2)
REASON = "高市人檔字第 1140001 號核准銷毀"


@pytest.fixture
def filled(store: Store) -> Store:
    """An office with one of everything that has a period, closed in May 2025."""
    fill(store)
    with store.writing("審核") as writer:
        writer.add_verdicts(PLAN, [NewVerdict("A0012", "1", "2", "3", "4", {"name": "王小明"})])
        writer.add_decision(
            PLAN, record_key="r1", kind=DecisionKind.ACCEPT, reason="已查證", fingerprint="f"
        )
        writer.add_case_step(
            PLAN,
            employee_id="A0012",
            set_id="",
            former=None,
            state=CaseState.RECEIVED,
            is_confirmed=False,
        )
        number = issue(writer)
        writer.log_print(number, "print")
        granted = writer.add_to_ledger(a_grant())
        writer.add_to_ledger(a_use(granted.id))
    return store


def units(store: Store, day: date = LATER) -> dict[str, DeletionUnit]:
    with store.reading() as reader:
        return {unit.key: unit for unit in reader.deletion_units(day)}


def due(
    store: Store, day: date = LATER, periods: dict[RecordKind, int | None] | None = None
) -> frozenset[str]:
    past = {
        key: unit
        for key, unit in units(store, day).items()
        if is_past(unit, (periods or TEN)[unit.kind], day)
    }
    return free_to_go(past)


def delete(
    store: Store,
    keys: frozenset[str],
    day: date = LATER,
    periods: dict[RecordKind, int | None] | None = None,
    reason: str = REASON,
) -> None:
    with store.writing(DELETION_ACT) as writer:
        writer.delete_units(keys, periods=periods or TEN, on_day=day, reason=reason)


def of_kind(keys: frozenset[str], kind: RecordKind, store: Store) -> frozenset[str]:
    known = units(store)
    return frozenset(key for key in keys if known[key].kind is kind)


def test_every_kind_is_listed_and_the_roster_in_force_is_held(filled: Store) -> None:
    found = units(filled)
    kinds = {unit.kind for unit in found.values()}
    assert kinds == set(RecordKind) - {
        RecordKind.PEOPLE,
        RecordKind.DUTY,
        RecordKind.LISTS,
        RecordKind.LOGBOOK,
    }
    held = {unit.words: unit.held for unit in found.values() if unit.held}
    assert held == {"名冊.xlsx": IN_FORCE}


def test_everything_due_goes_and_the_store_stays_sound(
    filled: Store, clock: Clock, path: Path
) -> None:
    clock.moment = datetime(2040, 1, 2, 9)
    delete(filled, due(filled))
    left = tables(path)
    for table in ("learning_row", "verdict", "decision", "case_step", "issued_document"):
        assert left[table] == [], table
    assert left["ledger_entry"] == []
    assert [row[1] for row in left["person"]] == ["李𠮷", "王小明", "游錫堃"]
    assert filled.verify() == ()
    entry = next(row for row in left["audit"] if row[3] == DELETION_ACT)
    assert REASON in str(entry[5])
    assert "王小明" not in str(entry)


def test_deleted_words_are_gone_from_the_bytes_of_the_file(
    filled: Store, clock: Clock, path: Path
) -> None:
    clock.moment = datetime(2040, 1, 2, 9)
    words = "公務員廉政".encode()
    wal = path.with_name(f"{path.name}-wal")
    assert words in path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")
    delete(filled, due(filled))
    assert filled.wipe_deleted()
    assert words not in path.read_bytes()
    assert CONTENT not in path.read_bytes()
    assert not wal.exists() or words not in wal.read_bytes()
    assert filled.verify() == ()


def as_after_a_power_cut(path: Path, folder: Path) -> Path:
    """The file and its log as they lie on the disk now, elsewhere."""
    folder.mkdir()
    for suffix in ("", "-wal"):
        source = path.with_name(f"{path.name}{suffix}")
        if source.exists():
            shutil.copyfile(source, folder / source.name)
    return folder / path.name


def test_power_cut_within_a_deletion_leaves_all_and_after_it_none(
    filled: Store, clock: Clock, path: Path, tmp_path: Path
) -> None:
    clock.moment = datetime(2040, 1, 2, 9)
    keys, before = due(filled), tables(path)
    with filled.writing(DELETION_ACT) as writer:
        writer.delete_units(keys, periods=TEN, on_day=LATER, reason=REASON)
        during = as_after_a_power_cut(path, tmp_path / "during")
    after = as_after_a_power_cut(path, tmp_path / "after")
    with closing(open_store(during, clock=clock)) as store:
        assert store.verify() == ()
        assert {name: tables(during)[name] for name in before} == before
    with closing(open_store(after, clock=clock)) as store:
        assert store.verify() == ()
        assert tables(after)["learning_row"] == []
        assert not of_kind(due(store), RecordKind.EVIDENCE, store)
    # The file was not written anew there, and still nothing can be read from it.
    assert CONTENT not in after.read_bytes()
    assert "公務員廉政".encode() not in after.read_bytes()


def test_wiping_waits_for_another_program_and_says_so(
    filled: Store, clock: Clock, path: Path
) -> None:
    clock.moment = datetime(2040, 1, 2, 9)
    delete(filled, due(filled))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM audit").fetchone()
        assert not filled.wipe_deleted()
        other.execute("COMMIT")
    assert filled.wipe_deleted()


def test_the_ledger_goes_on_after_its_end_was_deleted(filled: Store, clock: Clock) -> None:
    clock.moment = datetime(2040, 1, 2, 9)
    with filled.writing("核給") as writer:
        kept = writer.add_to_ledger(a_grant(employee_id="A0007"))
    old = frozenset(
        k for k, u in units(filled).items() if k.startswith("account/") and "A0012" in u.people
    )
    delete(filled, old)
    assert filled.verify() == ()
    with filled.writing("核給") as writer:
        added = writer.add_to_ledger(a_grant())
    assert (kept.seq, added.seq) == (3, 4)
    assert filled.verify() == ()
    clock.moment = datetime(2060, 1, 2, 9)
    last = date(2060, 1, 2)
    delete(filled, frozenset(k for k in units(filled, last) if k.startswith("account/")), last)
    with filled.writing("核給") as writer:
        assert writer.add_to_ledger(a_grant()).seq == 5
    assert filled.verify() == ()


def test_evidence_stays_while_its_leave_can_be_used(filled: Store) -> None:
    day = date(2026, 12, 1)
    one_year: dict[RecordKind, int | None] = dict.fromkeys(RecordKind, 1)
    file = next(unit for unit in units(filled, day).values() if "A0012_王小明" in unit.words)
    assert file.held == OPEN_LEAVE
    assert is_past(file, 1, day)
    with pytest.raises(StoreError, match="還有別的資料靠它"):
        delete(filled, frozenset({file.key}), day, one_year)


def test_case_stays_while_its_evidence_does(filled: Store) -> None:
    cases = of_kind(due(filled), RecordKind.CASES, filled)
    assert len(cases) == 2
    before = tables(filled.path)
    with pytest.raises(StoreError, match="還有別的資料靠它，沒有刪除任何資料"):
        delete(filled, cases)
    assert tables(filled.path) == before
    only_cases: dict[RecordKind, int | None] = {**TEN, RecordKind.EVIDENCE: None}
    assert not cases & due(filled, periods=only_cases)


@pytest.mark.parametrize(
    ("day", "reason", "words"),
    [
        (date(2035, 5, 2), REASON, "還沒有到期"),
        (LATER, "  ", "刪除要有理由"),
    ],
)
def test_deletion_before_its_time_or_without_reason_is_refused(
    filled: Store, day: date, reason: str, words: str
) -> None:
    keys = of_kind(due(filled), RecordKind.EVIDENCE, filled)
    before = tables(filled.path)
    with pytest.raises(StoreError, match=words):
        delete(filled, keys, day, reason=reason)
    assert tables(filled.path) == before


def test_unknown_unit_is_refused(filled: Store) -> None:
    with pytest.raises(StoreError, match="已經變動"):
        delete(filled, frozenset({"file/none"}))


def test_file_whose_rows_a_later_file_shows_goes_only_with_it(filled: Store) -> None:
    with filled.writing("再匯入") as writer:
        batch = writer.add_batch("匯入 1 個檔案")
        content = b"again"
        digest = hashlib.sha256(content).hexdigest()
        writer.keep_file(digest, content, "again.pdf")
        later = writer.add_batch_file(
            batch,
            digest=digest,
            name="again.pdf",
            kind=learning_row(1).kind,
            rows_in=1,
            rows_stored=0,
            rows_known=1,
            rows_refused=0,
        )
        writer.note_known_rows(later, ["A0012|1"])
    found = units(filled)
    first = next(unit for unit in found.values() if "A0012_王小明" in unit.words)
    assert first.needs == {f"file/{later}"}
    delete(filled, frozenset({first.key, f"file/{later}"}))
    assert filled.verify() == ()


def test_person_who_left_goes_after_everything_about_them(filled: Store) -> None:
    with filled.writing("名冊") as writer:
        writer.replace_roster([one for one in STAFF if one.employee_id != "A0012"], None)
        signed = {"state": "signed"}
        writer.write_down(
            [NewEntry(Matter.SIGN_UP, "s1", who, signed) for who in ("A0012", "A0007")]
        )
    gone = units(filled)["person/A0012"]
    activity = frozenset(key for key in due(filled) if key.startswith("logbook/"))
    assert activity
    assert activity < gone.needs
    with pytest.raises(StoreError, match="還有別的資料靠它"):
        delete(filled, due(filled) - activity)
    delete(filled, due(filled))
    assert {row[0] for row in tables(filled.path)["person"]} == {"A0007", "A0030"}
    with filled.reading() as reader:
        assert reader.logbook() == ()
    assert filled.verify() == ()


def test_logbook_goes_by_activity_and_after_the_cases_it_is_laid_over(filled: Store) -> None:
    with filled.writing("活動") as writer:
        writer.write_down(
            [
                NewEntry(Matter.NOMINEE, PLAN, "A0012", {"state": "out"}, "出差"),
                NewEntry(Matter.ACTIVITY, PLAN, "act", {"name": "讀書會"}),
                NewEntry(Matter.SESSION, "act", "first", {"name": "第 1 場"}),
                NewEntry(Matter.SIGN_UP, "first", "A0007", {"state": "signed"}),
                NewEntry(Matter.RESOURCE, "", "r1", {"title": "課程"}),
            ]
        )
    with filled.writing("收回") as writer:
        session = writer.logbook(Matter.SESSION)[0]
        writer.take_entry_back(session.id, reason="取消")
    found = units(filled)
    activity, plan = found["logbook/activity:act"], found[f"logbook/plan:{PLAN}"]
    assert (activity.rows, activity.people, activity.needs) == (4, {"A0007"}, frozenset())
    assert (plan.rows, plan.people) == (1, {"A0012"})
    assert f"case/{PLAN}/A0012" in plan.needs
    with pytest.raises(StoreError, match="還有別的資料靠它"):
        delete(filled, frozenset({plan.key}))
    delete(filled, due(filled))
    assert filled.verify() == ()
    with filled.reading() as reader:
        assert [one.subject for one in reader.logbook(*Matter)] == ["r1"]


def test_deleted_number_is_not_given_out_again(filled: Store) -> None:
    delete(filled, due(filled))
    with filled.writing("列印") as writer:
        assert issue(writer).endswith("000002")
    assert filled.verify() == ()
    with (
        closing(sqlite3.connect(filled.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="已刪除的編號不能再用"),
    ):
        connection.execute(
            "INSERT INTO issued_document SELECT 'x', 9, 'KH-114-000001', plan_id, code, roc_year, 9,"
            " kind, employee_id, set_id, content_digest, frozen_digest, frozen, issued_at, actor,"
            " NULL FROM issued_document"
        )


BENEATH = {
    "a row noted as deleted without an entry": (
        "INSERT INTO deleted_row VALUES ('decision', 'x', NULL, NULL, 'nobody')",
        "稽核紀錄卻沒有這次刪除",
    ),
    "a ledger line taken out under a note of one's own": (
        (
            "INSERT INTO deleted_row SELECT 'ledger_entry', seq, previous_hash, hash, 'nobody' FROM "
            "ledger_entry WHERE seq = 2; DELETE FROM ledger_entry WHERE seq = 2"
        ),
        "稽核紀錄卻沒有這次刪除",
    ),
    "an audit entry taken out under a note of one's own": (
        (
            "INSERT INTO deleted_row SELECT 'audit', seq, previous_hash, hash, 'nobody' FROM audit "
            "WHERE seq = 2; DELETE FROM audit WHERE seq = 2"
        ),
        "稽核紀錄卻沒有這次刪除",
    ),
}


@pytest.mark.parametrize(("script", "words"), BENEATH.values(), ids=BENEATH.keys())
def test_row_taken_out_beneath_the_program_shows(filled: Store, script: str, words: str) -> None:
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.executescript(script)
    assert any(words in fault for fault in filled.verify())
    assert any(words in fault for fault in filled.check_chain())


def test_note_added_to_a_true_deletion_breaks_its_seal(filled: Store) -> None:
    delete(filled, of_kind(due(filled), RecordKind.LEDGER, filled))
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute(
            "INSERT INTO deleted_row SELECT 'decision', id, NULL, NULL, "
            "(SELECT deletion FROM deleted_row LIMIT 1) FROM decision"
        )
        connection.execute("DELETE FROM decision")
        connection.commit()
    assert any("與封記不符" in fault for fault in filled.verify())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = office_path(tmp_path_factory.mktemp("years"))
    store = open_store(path)
    fill(store)
    store.close()
    return path


@given(
    grants=st.lists(
        st.tuples(
            st.integers(0, 12), st.sampled_from([one.employee_id for one in STAFF]), st.booleans()
        ),
        max_size=8,
    ),
    steps=st.lists(
        st.tuples(st.integers(1, 12), st.sampled_from(PERIODS[:4]), st.integers(0, 2**16)),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_deletions_over_the_years_leave_a_sound_store_and_every_other_account(
    empty: Path,
    tmp_path_factory: pytest.TempPathFactory,
    grants: list[tuple[int, str, bool]],
    steps: list[tuple[int, int, int]],
) -> None:
    path = tmp_path_factory.mktemp("story") / "office.sqlite"
    shutil.copyfile(empty, path)
    clock = Clock()
    store = open_store(path, clock=clock)
    year = 2025
    expected: dict[str, str] = {}
    for offset, who, is_used in sorted(grants):
        year = 2025 + offset
        clock.moment = datetime(year, 6, 1, 9)
        with store.writing("核給") as writer:
            line = replace(
                a_grant(employee_id=who),
                day=date(year, 4, 11),
                first_day=date(year, 3, 29),
                completed_on=date(year, 3, 28),
                expires=date(year + 2, 3, 28),
            )
            granted = writer.add_to_ledger(line)
            expected[granted.id] = granted.id
            if is_used and who == "A0012":
                used = writer.add_to_ledger(a_use(granted.id, day=date(year, 5, 2)))
                expected[used.id] = granted.id
    for years_on, period, seed in steps:
        year += years_on
        clock.moment = datetime(year, 7, 1, 9)
        day = date(year, 7, 1)
        periods: dict[RecordKind, int | None] = dict.fromkeys(RecordKind, period)
        free = sorted(due(store, day, periods))
        chosen = frozenset(key for place, key in enumerate(free) if seed >> (place % 16) & 1)
        known = units(store, day)
        chosen = free_to_go({key: known[key] for key in chosen})
        if chosen:
            delete(store, chosen, day, periods)
        gone = {key.removeprefix("account/") for key in chosen}
        expected = {line: root for line, root in expected.items() if root not in gone}
        assert store.verify() == ()
        with store.reading() as reader:
            assert {line.id for line in reader.ledger()} == set(expected)
    store.close()
