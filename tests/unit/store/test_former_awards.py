"""Former awards, kinds of receipts, supervisors, and what rows show: kept, joined, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.attendance import FormerAward, Receipt, ReceiptKind
from desktop.domain.evidence import EvidenceKind, Refusal, RefusalReason
from desktop.store import Store, TakeBackRefusedError, Writer
from tests.unit.store.making import STAFF, add_file, fill, learning_row, place

AWARDS = (
    FormerAward("A0007", 112, "數位學習計畫", "嘉獎", 1, date(2024, 1, 15), place(2)),
    FormerAward("A0012", 111, "", "補休", 8, None, place(1)),
    FormerAward("A0012", 112, "", "抽獎", None, None, place(3)),
    # Somebody who left is kept as well.
    FormerAward("Z9999", 112, "", "記功", 1, None, place(4)),
)
RECEIVED = (
    Receipt("A0012", "", date(2025, 9, 1), place(1), ReceiptKind.APPLICATION),
    Receipt("A0012", "", date(2025, 9, 1), place(2), ReceiptKind.REPORT),
    Receipt("A0012", "", date(2025, 9, 2), place(3)),
)


def add_list(
    writer: Writer, awards: tuple[FormerAward, ...], *, name: str = "歷年.xlsx", refused: int = 0
) -> tuple[str, str]:
    batch_id = writer.add_batch("匯入")
    file_id = add_file(
        writer,
        batch_id,
        stored=len(awards),
        refused=refused,
        content=name.encode(),
        kind=EvidenceKind.AWARD_HISTORY,
        name=name,
    )
    writer.add_former_awards(awards, file_id)
    return batch_id, file_id


def test_former_awards_come_back_by_person_and_year_and_are_added_once(store: Store) -> None:
    with store.writing("歷年") as writer:
        assert writer.add_former_awards(AWARDS[::-1], None) == 4
        assert writer.add_former_awards(AWARDS, None) == 0
    with store.reading() as reader:
        assert reader.former_awards() == AWARDS
        assert reader.former_awards("A0012") == AWARDS[1:3]
        assert reader.former_awards("A0030") == ()


def test_empty_list_says_that_nobody_had_anything(store: Store) -> None:
    with store.reading() as reader:
        assert not reader.has_award_history()
    with store.writing("歷年") as writer:
        batch_id, _ = add_list(writer, ())
    with store.reading() as reader:
        assert reader.has_award_history()
        assert reader.former_awards() == ()
    with store.writing("復原") as writer:
        writer.take_back_batch(batch_id)
    with store.reading() as reader:
        assert not reader.has_award_history()


@pytest.mark.parametrize("rows", [0, 3])
def test_refused_list_says_nothing(store: Store, rows: int) -> None:
    refusal = Refusal(
        place(), RefusalReason.UNREADABLE, "整份沒有存入，請改正後再匯入。", rows=rows
    )
    with store.writing("歷年") as writer:
        _, file_id = add_list(writer, (), refused=rows)
        writer.add_refusals(file_id, [refusal])
    with store.reading() as reader:
        assert not reader.has_award_history()


def test_taken_back_list_no_longer_counts_and_may_come_again(store: Store) -> None:
    with store.writing("歷年") as writer:
        batch_id, _ = add_list(writer, AWARDS)
    with store.writing("復原") as writer:
        writer.take_back_batch(batch_id)
    with store.reading() as reader:
        assert reader.former_awards() == ()
    with store.writing("歷年") as writer:
        add_list(writer, AWARDS, name="更正.xlsx")
    with store.reading() as reader:
        assert reader.former_awards() == AWARDS


def test_list_that_a_later_one_stands_on_is_not_taken_back(store: Store) -> None:
    with store.writing("歷年") as writer:
        batch_id, _ = add_list(writer, AWARDS)
    with store.writing("歷年") as writer:
        add_list(writer, AWARDS, name="再一份.xlsx")
    with pytest.raises(TakeBackRefusedError), store.writing("復原") as writer:
        writer.take_back_batch(batch_id)


def test_receipts_of_two_kinds_on_one_day_are_two(store: Store) -> None:
    with store.writing("收件") as writer:
        assert writer.add_receipts(RECEIVED, None) == 3
        assert writer.add_receipts(RECEIVED, None) == 0
    with store.reading() as reader:
        assert set(reader.receipts()) == set(RECEIVED)


def test_receipt_without_kind_is_known_by_the_key_that_format_3_gave_it(store: Store) -> None:
    with store.writing("收件") as writer:
        writer.add_receipts(RECEIVED[2:], None)
    connection = store._engine.raw_connection()
    keys = connection.execute("SELECT natural_key FROM receipt").fetchall()
    connection.close()
    assert keys == [("A0012\x1f\x1f2025-09-02",)]


@pytest.mark.parametrize("said", [True, False, None])
def test_supervisor_comes_back_also_after_a_later_roster_was_taken_back(
    store: Store, said: bool | None
) -> None:
    people = (replace(STAFF[0], is_supervisor=said),)
    with store.writing("名冊") as writer:
        writer.replace_roster(people, None)
    with store.writing("名冊") as writer:
        batch_id = writer.add_batch("匯入")
        file_id = add_file(writer, batch_id, stored=3, kind=EvidenceKind.ROSTER)
        writer.replace_roster(STAFF, file_id)
    with store.writing("復原") as writer:
        writer.take_back_batch(batch_id)
    with store.reading() as reader:
        assert reader.people() == people


def test_what_a_row_shows_comes_back(store: Store) -> None:
    _, file_id = fill(store)
    shown = learning_row(
        3,
        category="環境教育",
        learning_type="數位",
        is_business_related=False,
        score=Decimal("90.0"),
        is_questionnaire_done=True,
        are_hours_uploaded=False,
    )
    with store.writing("匯入") as writer:
        writer.add_learning_rows(file_id, [(shown, "A0012", None, "k3")])
    with store.reading() as reader:
        row = reader.learning_rows()[-1].row
    assert row == shown
    assert str(row.score) == "90.0"
