from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from desktop.domain.evidence import EvidenceKind
from desktop.store import Store, StoreBusyError
from tests.unit.store.making import (
    ATTENDANCE,
    CONTENT,
    DIGEST,
    STAFF,
    Clock,
    add_file,
    fill,
    issue,
    learning_row,
    open_store,
    tables,
)


def test_block_that_raises_leaves_the_file_as_it_was(store: Store, path: Path) -> None:
    fill(store)
    before = tables(path)

    def stopped_import() -> None:
        with store.writing("匯入") as writer:
            file_id = add_file(writer, writer.add_batch("第二批"), stored=1, content=b"second")
            writer.add_learning_rows(file_id, [(learning_row(), "A0012", None, "new")])
            writer.replace_roster(STAFF[:1], file_id)
            raise RuntimeError("中途停止")

    with pytest.raises(RuntimeError, match="中途"):
        stopped_import()
    assert tables(path) == before
    assert store.verify() == ()


def test_constraint_met_at_the_commit_leaves_the_file_as_it_was(store: Store, path: Path) -> None:
    fill(store)
    before = tables(path)
    # Rows stored of a file that is never kept: the reference is looked at when all is written.
    with pytest.raises(IntegrityError), store.writing("匯入") as writer:
        writer.add_batch_file(
            writer.add_batch("沒有原始檔"),
            digest="e" * 64,
            name="a.pdf",
            kind=EvidenceKind.ROSTER,
            rows_in=1,
            rows_stored=1,
            rows_known=0,
            rows_refused=0,
        )
    assert tables(path) == before
    # The failed commit gave the lock back.
    with store.writing("備註") as writer:
        writer.set_agency("name = 1")
    assert store.verify() == ()


def test_file_may_be_kept_after_it_was_entered(store: Store) -> None:
    with store.writing("匯入") as writer:
        writer.add_batch_file(
            writer.add_batch("先登錄"),
            digest=DIGEST,
            name="a.pdf",
            kind=EvidenceKind.ROSTER,
            rows_in=1,
            rows_stored=1,
            rows_known=0,
            rows_refused=0,
        )
        writer.keep_file(DIGEST, CONTENT, "a.pdf")
    with store.reading() as reader:
        assert reader.file_bytes(DIGEST) == CONTENT


def test_writer_reads_what_it_wrote_and_readers_do_not_yet(store: Store) -> None:
    fill(store)
    seen: list[int] = []

    def look() -> None:
        with store.reading() as reader:
            seen.append(len(reader.people()))

    with store.writing("名冊") as writer:
        writer.replace_roster(STAFF[:2], None)
        assert len(writer.people()) == 2
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    look()
    assert seen == [3, 2]


def test_snapshot_stays_as_it_was_while_another_writes(path: Path, store: Store) -> None:
    fill(store)
    other = open_store(path)
    with store.reading() as reader:
        with other.writing("名冊") as writer:
            writer.replace_roster(STAFF[:1], None)
        assert reader.people() == STAFF
    with store.reading() as reader:
        assert reader.people() == STAFF[:1]
    other.close()


def test_act_that_changes_nothing_leaves_no_audit_entry(store: Store, path: Path) -> None:
    fill(store)
    before = tables(path)
    with store.writing("再匯入一次") as writer:
        writer.replace_roster(STAFF, None)
        assert writer.add_attendance(ATTENDANCE, None) == 0
    assert tables(path) == before


def test_act_leaves_one_audit_entry_with_its_numbers(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        entry, created = reader.audit_entries(10)
    assert (created.act, entry.act, entry.actor) == ("建立資料檔", "匯入", "陳承辦")
    assert entry.subject == ""
    assert entry.detail == {
        "rows": {
            "attendance_entry": 3,
            "batch": 1,
            "batch_file": 2,
            "learning_row": 2,
            "person": 3,
            "roster_revision": 1,
            "source_file": 2,
        }
    }


def test_act_that_is_described_says_on_what_and_why_in_its_entry(store: Store) -> None:
    with store.writing("機關設定") as writer:
        writer.set_agency("x = 1")
        writer.describe("agency", {"before": None})
        writer.describe("agency.toml", {"why": "更名"})
    with store.reading() as reader:
        entry = reader.audit_entries(1)[0]
    assert (entry.act, entry.subject) == ("機關設定", "agency.toml")
    assert entry.detail == {"before": None, "why": "更名", "rows": {"agency_settings": 1}}


def test_writing_inside_writing_is_a_fault_of_the_program(store: Store) -> None:
    with (
        store.writing("外"),
        pytest.raises(RuntimeError, match="inside"),
        store.writing("內"),
    ):
        pass


def test_writing_inside_reading_is_a_fault_of_the_program(store: Store) -> None:
    with (
        store.reading(),
        pytest.raises(RuntimeError, match="inside"),
        store.writing("內"),
    ):
        pass
    with store.writing("之後") as writer:
        writer.set_agency("x = 1")


def test_reading_inside_reading_lets_the_thread_write_afterwards(store: Store) -> None:
    with store.reading() as outer:
        with store.reading() as inner:
            assert inner.people() == outer.people()
        with pytest.raises(RuntimeError, match="inside"), store.writing("內"):
            pass
    with store.writing("之後") as writer:
        writer.set_agency("x = 1")


@pytest.mark.parametrize("is_network", [False, True])
def test_second_program_waits_then_says_that_the_store_is_busy(
    path: Path, is_network: bool
) -> None:
    first = open_store(path, is_network=is_network)
    second = open_store(path, is_network=is_network)
    with first.writing("匯入") as writer:
        writer.set_agency("first = 1")
        with (
            pytest.raises(StoreBusyError, match=r"另一.*沒有存入任何資料.*再試一次"),
            second.writing("審核"),
        ):
            pass
    with second.writing("審核") as writer:
        assert writer.agency_text() is not None
        writer.set_agency("second = 1")
    with first.reading() as reader:
        found = reader.agency_text()
    assert found is not None
    assert found[0] == "second = 1"
    assert first.verify() == ()
    first.close()
    second.close()


@pytest.mark.parametrize("is_network", [False, True])
def test_two_programs_writing_at_once_lose_nothing(path: Path, is_network: bool) -> None:
    stores = [
        Store.open(
            path, actor=name, clock=Clock(), on_network=lambda _: is_network, busy_seconds=30
        )
        for name in ("甲", "乙")
    ]
    failures: list[BaseException] = []

    def work(store: Store) -> None:
        try:
            for _ in range(10):
                with store.writing("列印") as writer:
                    issue(writer, employee_id=None)
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=work, args=(store,)) for store in stores for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with stores[0].reading() as reader:
        numbers = [document.number for document in reader.documents("kaohsiung-114")]
        actors = {entry.actor for entry in reader.audit_entries(100)}
    assert numbers == [f"KH-114-{serial:06d}" for serial in range(1, 41)]
    assert actors == {"甲", "乙"}
    assert stores[0].verify() == ()
    for store in stores:
        store.close()


def test_error_of_a_constraint_shows_no_personal_data(store: Store) -> None:
    fill(store)
    with pytest.raises(IntegrityError) as caught, store.writing("匯入") as writer:
        writer.add_learning_rows("no-such-file", [(learning_row(), "A0012", None, "k")])
    assert "王小明" not in str(caught.value)
    assert "廉政" not in str(caught.value)
