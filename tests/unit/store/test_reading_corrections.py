from __future__ import annotations

import pytest

from desktop.domain.evidence import RefusalReason
from desktop.domain.readings import RowIdentity
from desktop.store import Reader, Store
from desktop.store.errors import NotStoredError, StoreError
from desktop.store.values import DoubtfulRow
from tests.unit.store.making import add_file, fill, learning_row

DOUBTED = learning_row(7, doubtful_fields=("start",))
PLACE = DOUBTED.place
IDENTITY = RowIdentity.of(PLACE)


def import_doubted(store: Store, *, employee_id: str | None = "A0012") -> str:
    with store.writing("匯入截圖") as writer:
        batch_id = writer.add_batch("匯入 1 個檔案")
        file_id = add_file(writer, batch_id, stored=1, content=b"png", name="截圖.png")
        problem = RefusalReason.PERSON_UNKNOWN if employee_id is None else None
        writer.add_learning_rows(file_id, [(DOUBTED, employee_id, problem, "k")])
    return batch_id


def waiting(reader: Reader) -> list[DoubtfulRow]:
    return [one for one in reader.doubtful_rows() if one.row.place.row == PLACE.row]


def say(store: Store, corrected: str | None) -> str:
    with store.writing("更正辨識") as writer:
        return writer.add_reading_correction(
            IDENTITY, "start", as_read="114-03-12 08:00:00", corrected=corrected
        ).id


def test_correction_is_kept_with_who_when_and_what_was_read(store: Store) -> None:
    made = say(store, "2025-03-12T08:06:00")
    with store.reading() as reader:
        ((identity, (one,)),) = reader.reading_corrections().items()
    assert identity == IDENTITY
    assert (one.id, one.field, one.as_read) == (made, "start", "114-03-12 08:00:00")
    assert (one.corrected, one.actor) == ("2025-03-12T08:06:00", "陳承辦")
    assert one.at.year >= 2000


def test_learning_rows_come_corrected_and_doubtful_ones_as_read(store: Store) -> None:
    fill(store)
    import_doubted(store)
    say(store, "2025-03-12T08:06:00")
    with store.reading() as reader:
        corrected = [one.row for one in reader.learning_rows("A0012") if one.row.corrections]
        (doubted,) = waiting(reader)
    assert {row.start.isoformat() for row in corrected} == {"2025-03-12T08:06:00"}
    assert all(row.doubtful_fields == () for row in corrected)
    assert (doubted.employee_id, doubted.row) == ("A0012", DOUBTED)


def test_doubtful_row_of_nobody_waits_too(store: Store) -> None:
    fill(store)
    import_doubted(store, employee_id=None)
    with store.reading() as reader:
        assert [one.employee_id for one in waiting(reader)] == [None]


def test_rows_of_an_import_taken_back_wait_no_more(store: Store) -> None:
    fill(store)
    batch_id = import_doubted(store)
    with store.writing("復原") as writer:
        writer.take_back_batch(batch_id)
    with store.reading() as reader:
        assert waiting(reader) == []


def test_reversal_brings_the_word_before_back(store: Store) -> None:
    say(store, None)
    second = say(store, "2025-03-12T08:06:00")
    with store.writing("復原") as writer:
        writer.reverse_reading_correction(second)
    with store.reading() as reader:
        (one,) = reader.reading_corrections([PLACE.digest])[IDENTITY]
        history = reader.reading_history(PLACE.digest)
    assert one.is_confirmation
    assert [each.corrected for each in history] == [None, "2025-03-12T08:06:00"]


def test_words_on_other_files_are_left_out_when_asked_for_one(store: Store) -> None:
    say(store, None)
    with store.reading() as reader:
        assert reader.reading_corrections(["b" * 64]) == {}


def test_word_is_taken_back_once(store: Store) -> None:
    made = say(store, None)
    with store.writing("復原") as writer:
        writer.reverse_reading_correction(made)
    with pytest.raises(StoreError, match="已經復原過"), store.writing("復原") as writer:
        writer.reverse_reading_correction(made)


def test_word_nobody_said_cannot_be_taken_back(store: Store) -> None:
    with pytest.raises(NotStoredError, match="找不到"), store.writing("復原") as writer:
        writer.reverse_reading_correction("nothing")
