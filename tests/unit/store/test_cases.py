"""Steps of cases: only added, in order, taken back once."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.case_states import CaseState
from desktop.store import NotStoredError, Store, StoreError
from tests.unit.store.making import DIGEST, PLAN, Clock, fill


def test_step_comes_back_as_it_was_written(store: Store, clock: Clock) -> None:
    fill(store)
    with store.writing("核章") as writer:
        made = writer.add_case_step(
            PLAN,
            employee_id="A0012",
            set_id="policy",
            former=CaseState.PRINTABLE,
            state=CaseState.STAMPED,
            is_confirmed=True,
            on_day=date(2025, 4, 30),
            document="KH-114-000001",
            basis="b1",
            reason="掃描檔 3",
        )
    with store.reading() as reader:
        assert reader.case_steps(PLAN) == (made,)
        assert reader.case_steps(PLAN, "A0007") == ()
    assert (made.key, made.on_day, made.at) == (
        ("A0012", "policy"),
        date(2025, 4, 30),
        clock.moment,
    )


def test_step_is_taken_back_once_by_another_step(store: Store) -> None:
    fill(store)
    with store.writing("核章") as writer:
        made = writer.add_case_step(
            PLAN,
            employee_id="A0012",
            set_id="",
            former=CaseState.PRINTABLE,
            state=CaseState.STAMPED,
            is_confirmed=True,
        )
        reversal = writer.reverse_case_step(made.id, reason="缺主管章")
    assert (reversal.former, reversal.state) == (CaseState.STAMPED, CaseState.PRINTABLE)
    assert (reversal.reverses, reversal.reason) == (made.id, "缺主管章")
    with pytest.raises(StoreError, match="收回過"), store.writing("再收回") as writer:
        writer.reverse_case_step(made.id, reason="又來")
    with pytest.raises(NotStoredError), store.writing("收回") as writer:
        writer.reverse_case_step("none", reason="沒有")


def test_received_files_tell_when_rows_came_and_forget_what_was_taken_back(
    store: Store, clock: Clock
) -> None:
    batch_id, _ = fill(store)
    with store.reading() as reader:
        received = reader.received_files()
    assert {digest: (one.at, one.batch_id) for digest, one in received.items()} == {
        DIGEST: (clock.moment, batch_id)
    }
    with store.writing("復原") as writer:
        writer.take_back_batch(batch_id)
        assert writer.received_files() == {}
