from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.domain.evidence import EvidenceKind, RefusalReason
from desktop.store import NotStoredError, Store, TakeBackRefusedError
from tests.unit.store.making import (
    ATTENDANCE,
    CONTENT,
    DIGEST,
    OTHER_CONTENT,
    OTHER_DIGEST,
    PLAN,
    REFUSAL,
    STAFF,
    YEAR,
    Clock,
    add_file,
    fill,
    issue,
    learning_row,
    tables,
)

UNKNOWN = RefusalReason.PERSON_UNKNOWN
AMBIGUOUS = RefusalReason.PERSON_AMBIGUOUS


def test_learning_rows_come_back_in_order_with_their_places(store: Store) -> None:
    batch_id, file_id = fill(store)
    with store.reading() as reader:
        stored = reader.learning_rows()
        assert reader.learning_rows("A0012") == stored
        assert reader.learning_rows("A0007") == ()
    assert [row.row for row in stored] == [learning_row(1), learning_row(2)]
    assert {(row.batch_id, row.file_id, row.employee_id) for row in stored} == {
        (batch_id, file_id, "A0012")
    }
    assert len({row.id for row in stored}) == 2


def test_rows_added_in_two_calls_follow_each_other(store: Store) -> None:
    _, file_id = fill(store)
    with store.writing("補") as writer:
        writer.add_learning_rows(file_id, [(learning_row(3), "A0007", None, "A0007|3")])
    with store.reading() as reader:
        assert [row.row.place.row for row in reader.learning_rows()] == [1, 2, 3]


def test_more_rows_than_one_bulk_statement_holds_are_all_stored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, file_id = fill(store)
    monkeypatch.setattr("desktop.store.engine.BULK_ROWS", 10)
    with store.writing("大量") as writer:
        count = writer.add_learning_rows(
            file_id,
            ((learning_row(number), "A0007", None, f"A0007|{number}") for number in range(1, 26)),
        )
    assert count == 25
    with store.reading() as reader:
        rows = reader.learning_rows("A0007")
    assert [row.row.place.row for row in rows] == list(range(1, 26))


def test_same_bytes_twice_are_kept_once_under_the_first_name(store: Store, path: Path) -> None:
    fill(store)
    before = tables(path)["source_file"]
    with store.writing("再一次") as writer:
        writer.keep_file(DIGEST, CONTENT, "另一個名字.pdf")
    assert tables(path)["source_file"] == before
    with store.reading() as reader:
        assert reader.file_bytes(DIGEST) == CONTENT
        assert reader.file_name(DIGEST) == "sub/A0012_王小明.pdf"


def test_bytes_under_a_wrong_digest_are_a_fault_of_the_program(store: Store) -> None:
    with pytest.raises(ValueError, match="SHA-256"), store.writing("匯入") as writer:
        writer.keep_file(DIGEST, CONTENT + b" ", "a.pdf")


def test_file_never_seen_is_not_there(store: Store) -> None:
    with store.reading() as reader:
        assert not reader.has_file(DIGEST)
        with pytest.raises(NotStoredError, match=r"沒有這個原始檔.*重新匯入"):
            reader.file_bytes(DIGEST)
        with pytest.raises(NotStoredError, match="沒有這個原始檔"):
            reader.file_name(DIGEST)


@pytest.mark.parametrize(
    ("stored", "known", "refused", "is_there"),
    [(1, 0, 0, True), (0, 1, 0, True), (1, 0, 1, True), (0, 0, 1, False), (0, 0, 0, False)],
)
def test_file_is_there_once_a_row_of_it_is(
    store: Store, stored: int, known: int, refused: int, is_there: bool
) -> None:
    with store.writing("匯入") as writer:
        add_file(writer, writer.add_batch("t"), stored=stored, known=known, refused=refused)
        assert writer.has_file(DIGEST) is is_there


def test_batches_tell_their_counts_the_latest_first(store: Store, clock: Clock) -> None:
    first, _ = fill(store)
    clock.move(hours=1)
    with store.writing("匯入") as writer:
        second = writer.add_batch("匯入 1 個檔案")
        file_id = add_file(
            writer, second, stored=0, known=2, refused=1, content=OTHER_CONTENT, name="b.pdf"
        )
        writer.add_refusals(file_id, [REFUSAL])
        refused = writer.add_batch_file(
            second,
            digest=hashlib.sha256(b"broken").hexdigest(),
            name="壞.pdf",
            kind=None,
            rows_in=0,
            rows_stored=0,
            rows_known=0,
            rows_refused=0,
            remarks=("這個檔案讀不出來。", "第二句"),
        )
    with store.reading() as reader:
        later, earlier = reader.batches()
        files = reader.batch_files(second)
        assert reader.refusals(second) == (REFUSAL,)
        assert reader.refusals() == (REFUSAL,)
        assert reader.refusals(first) == ()
    assert (later.id, later.created_at, later.files) == (second, clock.moment, 2)
    assert (later.rows_in, later.rows_stored, later.rows_known, later.rows_refused) == (3, 0, 2, 1)
    assert (earlier.id, earlier.rows_in, earlier.rows_stored) == (first, 5, 5)
    assert earlier.taken_back_at is None
    assert [(file.name, file.kind) for file in files] == [
        ("b.pdf", EvidenceKind.EPLUS_RECORD),
        ("壞.pdf", None),
    ]
    assert (files[1].id, files[1].remarks) == (refused, ("這個檔案讀不出來。", "第二句"))


def test_batch_without_files_counts_nothing(store: Store) -> None:
    with store.writing("匯入") as writer:
        writer.add_batch("空的")
    with store.reading() as reader:
        (batch,) = reader.batches()
    assert (batch.files, batch.rows_in) == (0, 0)


# ----------------------------------------------------------------------- rows without a person
def pend(store: Store) -> str:
    fill(store)
    with store.writing("匯入") as writer:
        batch_id = writer.add_batch("待指定")
        file_id = add_file(writer, batch_id, stored=4, content=OTHER_CONTENT, name="b.pdf")
        writer.add_learning_rows(
            file_id,
            [
                (learning_row(1, person_name="林小華"), None, UNKNOWN, "?|1"),
                (learning_row(2, person_name="林小華"), None, UNKNOWN, "?|2"),
                (learning_row(3, person_name=None), None, AMBIGUOUS, "?|3"),
                (learning_row(4), "A0030", None, "A0030|4"),
            ],
        )
    return file_id


def test_rows_without_a_person_wait_and_count_nowhere_else(store: Store) -> None:
    file_id = pend(store)
    with store.reading() as reader:
        pending = reader.pending_files()
        assert len(reader.learning_rows()) == 3
        assert reader.known_row_keys(["?|1", "A0030|4", "A0012|1"]) == {"A0030|4", "A0012|1"}
        assert [row.place.row for _, row in reader.pending_rows(file_id)] == [1, 2, 3]
        counts = reader.counts()
    assert [(one.problem, one.person_name, one.rows) for one in pending] == [
        (UNKNOWN, "林小華", 2),
        (AMBIGUOUS, None, 1),
    ]
    assert {(one.file_id, one.name, one.digest) for one in pending} == {
        (file_id, "b.pdf", OTHER_DIGEST)
    }
    assert (counts.pending_files, counts.pending_rows, counts.learning_rows) == (1, 3, 3)


def test_assigned_rows_belong_to_their_person_from_then_on(store: Store) -> None:
    file_id = pend(store)
    with store.writing("指定人員") as writer:
        keys = {row_id: f"A0007|{row.place.row}" for row_id, row in writer.pending_rows(file_id)}
        assert writer.assign_person(file_id, "A0007", row_keys=keys) == 3
    with store.reading() as reader:
        assert reader.pending_files() == ()
        rows = reader.learning_rows("A0007")
        assert reader.known_row_keys(["?|1", "A0007|1", "A0007|3"]) == {"A0007|1", "A0007|3"}
    # What the printout shows is not touched: the row says whose it was read as.
    assert [row.row.person_name for row in rows] == ["林小華", "林小華", None]


def test_only_rows_of_one_name_are_assigned_when_it_is_given(store: Store) -> None:
    file_id = pend(store)
    with store.writing("指定人員") as writer:
        assert writer.assign_person(file_id, "A0007", shown=("A0012", "林小華")) == 2
    with store.reading() as reader:
        assert [one.problem for one in reader.pending_files()] == [AMBIGUOUS]


def test_second_assignment_finds_nothing_to_assign(store: Store) -> None:
    file_id = pend(store)
    with store.writing("指定人員") as writer:
        writer.assign_person(file_id, "A0007")
    with (
        pytest.raises(NotStoredError, match="沒有等待指定人員"),
        store.writing("指定人員") as writer,
    ):
        writer.assign_person(file_id, "A0030")


def test_many_keys_are_looked_up_at_once(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        keys = [f"none|{number}" for number in range(2_000)] + ["A0012|2"]
        assert reader.known_row_keys(iter(keys)) == {"A0012|2"}
        assert reader.known_row_keys([]) == frozenset()


# ------------------------------------------------------------------------------ taking a batch back
def test_taken_back_batch_counts_no_more_but_is_still_listed(store: Store, clock: Clock) -> None:
    batch_id, _ = fill(store)
    clock.move(minutes=5)
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(batch_id)
    with store.reading() as reader:
        assert reader.learning_rows() == ()
        assert reader.attendance() == ()
        assert reader.people() == ()
        assert reader.known_row_keys(["A0012|1"]) == frozenset()
        assert not reader.has_file(DIGEST)
        assert reader.refusals() == ()
        (batch,) = reader.batches()
        counts = reader.counts()
        # Somebody who was on a roster is still known by name.
        assert reader.person("A0012") is not None
    assert batch.taken_back_at == clock.moment
    assert (counts.learning_rows, counts.attendance_entries, counts.batches) == (0, 0, 0)
    assert store.verify() == ()


def test_taken_back_import_can_be_made_again(store: Store) -> None:
    batch_id, _ = fill(store)
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(batch_id)
    fill(store)
    with store.reading() as reader:
        assert len(reader.learning_rows()) == 2
        assert len(reader.attendance()) == len(ATTENDANCE)
        assert reader.people() == STAFF


def test_batch_cannot_be_taken_back_twice(store: Store) -> None:
    batch_id, _ = fill(store)
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(batch_id)
    with (
        pytest.raises(TakeBackRefusedError, match="已經復原過"),
        store.writing("復原匯入") as writer,
    ):
        writer.take_back_batch(batch_id)


def test_batch_that_is_not_there_cannot_be_taken_back(store: Store) -> None:
    with pytest.raises(NotStoredError, match="找不到"), store.writing("復原") as writer:
        writer.take_back_batch("none")


def test_batch_behind_an_issued_document_stays(store: Store, path: Path) -> None:
    batch_id, _ = fill(store)
    with store.writing("列印") as writer:
        issue(writer)
        issue(writer, employee_id="A0007")
    before = tables(path)
    with (
        pytest.raises(TakeBackRefusedError, match="KH-114-000001等 2 份文件"),
        store.writing("復原匯入") as writer,
    ):
        writer.take_back_batch(batch_id)
    assert tables(path) == before


def second_batch(store: Store, employee_id: str) -> str:
    with store.writing("匯入") as writer:
        batch_id = writer.add_batch("第二批")
        file_id = add_file(writer, batch_id, stored=1, content=OTHER_CONTENT)
        writer.add_learning_rows(
            file_id, [(learning_row(7), employee_id, None, f"{employee_id}|7")]
        )
    return batch_id


def test_document_of_another_person_is_not_in_the_way(store: Store) -> None:
    fill(store)
    batch_id = second_batch(store, "A0007")
    with store.writing("列印") as writer:
        issue(writer, employee_id="A0012")
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(batch_id)
    with store.reading() as reader:
        assert reader.learning_rows("A0007") == ()


def test_document_issued_before_the_import_is_not_in_the_way(store: Store, clock: Clock) -> None:
    fill(store)
    with store.writing("列印") as writer:
        issue(writer, employee_id="A0012")
    clock.move(seconds=1)
    batch_id = second_batch(store, "A0012")
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(batch_id)


def test_list_of_the_whole_office_is_in_the_way_of_any_batch(store: Store) -> None:
    fill(store)
    batch_id = second_batch(store, "A0007")
    with store.writing("列印") as writer:
        issue(writer, employee_id=None)
    with (
        pytest.raises(TakeBackRefusedError, match="KH-114-000001"),
        store.writing("復原匯入") as writer,
    ):
        writer.take_back_batch(batch_id)


def test_cancelled_document_is_not_in_the_way_but_its_successor_is(store: Store) -> None:
    fill(store)
    batch_id = second_batch(store, "A0007")
    with store.writing("列印") as writer:
        number = issue(writer, employee_id="A0007")
    with store.writing("作廢") as writer:
        issue(writer, employee_id="A0007", cancels=number)
    with (
        pytest.raises(TakeBackRefusedError, match="KH-114-000002，"),
        store.writing("復原匯入") as writer,
    ):
        writer.take_back_batch(batch_id)


def test_older_import_stays_while_a_later_one_relies_on_its_rows(store: Store) -> None:
    first, _ = fill(store)
    with store.writing("匯入") as writer:
        second = writer.add_batch("補交的檔案")
        file_id = add_file(writer, second, stored=0, known=1, content=OTHER_CONTENT)
        writer.note_known_rows(file_id, ["A0012|1", "A0012|1"])
        writer.note_known_rows(file_id, ["A0012|1"])
    with (
        pytest.raises(TakeBackRefusedError, match="請先復原「補交的檔案」"),
        store.writing("復原匯入") as writer,
    ):
        writer.take_back_batch(first)
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(second)
        writer.take_back_batch(first)


def test_later_import_that_relies_on_another_one_is_not_in_the_way(store: Store) -> None:
    fill(store)
    middle = second_batch(store, "A0007")
    with store.writing("匯入") as writer:
        file_id = add_file(writer, writer.add_batch("補交"), stored=0, known=1, content=b"third")
        writer.note_known_rows(file_id, ["A0012|1"])
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(middle)
    with store.reading() as reader:
        assert reader.learning_rows("A0007") == ()


def test_older_attendance_stays_while_a_later_import_relies_on_it(store: Store) -> None:
    first, _ = fill(store)
    with store.writing("匯入") as writer:
        second = writer.add_batch("五月差勤")
        file_id = add_file(writer, second, stored=0, known=3, content=OTHER_CONTENT)
        assert writer.add_attendance(ATTENDANCE, file_id) == 0
    with (
        pytest.raises(TakeBackRefusedError, match="請先復原「五月差勤」"),
        store.writing("復原匯入") as writer,
    ):
        writer.take_back_batch(first)


def import_roster(store: Store, title: str, count: int) -> str:
    with store.writing("匯入名冊") as writer:
        batch_id = writer.add_batch(title)
        file_id = add_file(
            writer, batch_id, stored=count, content=title.encode(), kind=EvidenceKind.ROSTER
        )
        writer.replace_roster(STAFF[:count], file_id)
    return batch_id


def test_roster_before_comes_back_when_the_latest_is_taken_back(store: Store) -> None:
    import_roster(store, "一月名冊", 3)
    second = import_roster(store, "二月名冊", 1)
    with store.reading() as reader:
        assert reader.people() == STAFF[:1]
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(second)
    with store.reading() as reader:
        assert reader.people() == STAFF


def test_latest_roster_stays_when_an_older_one_is_taken_back(store: Store) -> None:
    first = import_roster(store, "一月名冊", 3)
    import_roster(store, "二月名冊", 2)
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(first)
    with store.reading() as reader:
        assert reader.people() == STAFF[:2]


def test_same_roster_imported_twice_outlives_the_first_import(store: Store) -> None:
    first = import_roster(store, "一月名冊", 2)
    import_roster(store, "二月名冊", 2)
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(first)
    with store.reading() as reader:
        assert reader.people() == STAFF[:2]


def test_calendar_before_comes_back_when_its_revision_is_taken_back(store: Store) -> None:
    fill(store)
    with store.writing("日曆表") as writer:
        writer.add_calendar_year(YEAR, None)
    with store.writing("匯入日曆表") as writer:
        batch_id = writer.add_batch("新日曆表")
        file_id = add_file(
            writer, batch_id, stored=1, content=OTHER_CONTENT, kind=EvidenceKind.CALENDAR
        )
        revised = type(YEAR)(2025, YEAR.days_off, {}, "2025-06-01", "s")
        writer.add_calendar_year(revised, file_id)
    with store.reading() as reader:
        assert reader.calendar_years() == (revised,)
    with store.writing("復原匯入") as writer:
        writer.take_back_batch(batch_id)
    with store.reading() as reader:
        assert reader.calendar_years() == (YEAR,)


def test_calendar_behind_an_issued_document_stays(store: Store) -> None:
    fill(store)
    with store.writing("匯入日曆表") as writer:
        batch_id = writer.add_batch("新日曆表")
        file_id = add_file(
            writer, batch_id, stored=1, content=OTHER_CONTENT, kind=EvidenceKind.CALENDAR
        )
        writer.add_calendar_year(YEAR, file_id)
        issue(writer, employee_id="A0030")
    with (
        pytest.raises(TakeBackRefusedError, match="其依據必須保留"),
        store.writing("復原匯入") as writer,
    ):
        writer.take_back_batch(batch_id)
    with store.reading() as reader:
        assert len(reader.documents(PLAN)) == 1
