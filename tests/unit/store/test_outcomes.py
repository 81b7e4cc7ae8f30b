from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.verdicts import Decision, DecisionKind
from desktop.store import NotStoredError, Store, StoreError
from desktop.store.values import NewVerdict, PrintAct
from tests.unit.store.making import DIGEST, PLAN, Clock, fill, issue, tables


def decide(
    store: Store,
    record_key: str = "A0012|set-1|課程",
    *,
    kind: DecisionKind = DecisionKind.ACCEPT,
    reason: str = "已電話查證",
    plan_id: str = PLAN,
) -> Decision:
    with store.writing("審核") as writer:
        return writer.add_decision(
            plan_id, record_key=record_key, kind=kind, reason=reason, fingerprint="facts-1"
        )


def test_decision_comes_back_as_it_was_made(store: Store, clock: Clock) -> None:
    made = decide(store, kind=DecisionKind.REFUSE)
    assert made == Decision(
        id=made.id,
        record_key="A0012|set-1|課程",
        kind=DecisionKind.REFUSE,
        reason="已電話查證",
        decided_by="陳承辦",
        decided_at=clock.moment,
        fingerprint="facts-1",
    )
    with store.reading() as reader:
        assert reader.decisions(PLAN) == (made,)
        assert reader.decisions("tp-103") == ()


def test_latest_decision_on_a_record_is_in_force_and_the_others_are_its_history(
    store: Store,
) -> None:
    first = decide(store, kind=DecisionKind.CORRECTION)
    other = decide(store, "A0007|set-1|課程")
    second = decide(store, kind=DecisionKind.REFUSE)
    with store.reading() as reader:
        assert set(reader.decisions(PLAN)) == {other, second}
        history = reader.decision_history(PLAN, first.record_key)
    assert [entry.as_decision() for entry in history] == [first, second]


def test_reversed_decision_gives_way_to_the_one_before(store: Store, clock: Clock) -> None:
    first = decide(store, kind=DecisionKind.CORRECTION)
    second = decide(store, kind=DecisionKind.ACCEPT)
    clock.move(days=1)
    with store.writing("撤回") as writer:
        writer.reverse_decision(second.id, reason="補件不符")
    with store.reading() as reader:
        assert reader.decisions(PLAN) == (first,)
        reversal = reader.decision_history(PLAN, first.record_key)[-1]
    assert reversal.is_reversal
    assert (reversal.reverses, reversal.kind, reversal.reason) == (second.id, None, "補件不符")
    assert reversal.decided_at == clock.moment
    with pytest.raises(ValueError, match="is a reversal"):
        reversal.as_decision()
    with store.writing("撤回") as writer:
        writer.reverse_decision(first.id, reason="誤按")
    with store.reading() as reader:
        assert reader.decisions(PLAN) == ()


def test_decision_cannot_be_reversed_twice(store: Store) -> None:
    made = decide(store)
    with store.writing("撤回") as writer:
        writer.reverse_decision(made.id, reason="誤按")
    with pytest.raises(StoreError, match="已經撤回過"), store.writing("撤回") as writer:
        writer.reverse_decision(made.id, reason="誤按")


def test_reversal_cannot_be_reversed(store: Store) -> None:
    made = decide(store)
    with store.writing("撤回") as writer:
        writer.reverse_decision(made.id, reason="誤按")
    with store.reading() as reader:
        reversal = reader.decision_history(PLAN, made.record_key)[-1]
    with pytest.raises(NotStoredError, match="找不到"), store.writing("撤回") as writer:
        writer.reverse_decision(reversal.id, reason="誤按")


def test_last_reasons_are_distinct_and_the_latest_first(store: Store) -> None:
    for reason in ("甲", "乙", "甲", "丙"):
        made = decide(store, reason=reason)
    decide(store, reason="別的計畫", plan_id="tp-103")
    with store.writing("撤回") as writer:
        writer.reverse_decision(made.id, reason="撤回的理由")
    with store.reading() as reader:
        assert reader.last_reasons(PLAN) == ("丙", "甲", "乙")
        assert reader.last_reasons(PLAN, limit=2) == ("丙", "甲")


def verdict(
    employee_id: str = "A0012", *, facts: str = "facts-1", state: str = "pass"
) -> NewVerdict:
    return NewVerdict(
        employee_id=employee_id,
        plan_version="plan-1",
        calendar_version="calendar-1",
        agency_version="agency-1",
        facts_digest=facts,
        content={"state": state, "hours": 3, "records": [{"課程": "𡘙", "reasons": []}]},
    )


def test_latest_verdict_of_each_person_comes_back_with_what_it_was_made_on(
    store: Store, clock: Clock
) -> None:
    fill(store)
    with store.writing("審核") as writer:
        assert writer.add_verdicts(PLAN, [verdict(), verdict("A0007")]) == 2
    clock.move(days=1)
    with store.writing("審核") as writer:
        assert writer.add_verdicts(PLAN, [verdict(facts="facts-2", state="review")]) == 1
    with store.reading() as reader:
        found = reader.verdicts(PLAN)
        assert reader.verdicts("tp-103") == {}
    assert sorted(found) == ["A0007", "A0012"]
    latest = found["A0012"]
    assert (latest.plan_id, latest.employee_id, latest.evaluated_at) == (
        PLAN,
        "A0012",
        clock.moment,
    )
    assert (
        latest.plan_version,
        latest.calendar_version,
        latest.agency_version,
        latest.facts_digest,
    ) == ("plan-1", "calendar-1", "agency-1", "facts-2")
    assert latest.content == verdict(state="review").content
    assert found["A0007"].content == verdict().content


def test_verdict_that_says_the_same_is_not_stored_again(store: Store, path: Path) -> None:
    fill(store)
    with store.writing("審核") as writer:
        writer.add_verdicts(PLAN, [verdict()])
    before = tables(path)
    with store.writing("審核") as writer:
        assert writer.add_verdicts(PLAN, [verdict()]) == 0
    assert tables(path) == before


def test_verdict_that_returns_to_an_earlier_one_is_stored(store: Store) -> None:
    fill(store)
    for facts in ("facts-1", "facts-2", "facts-1"):
        with store.writing("審核") as writer:
            assert writer.add_verdicts(PLAN, [verdict(facts=facts)]) == 1


# --------------------------------------------------------------------------------------- documents
def test_document_comes_back_with_its_bytes_and_prints(store: Store, clock: Clock) -> None:
    fill(store)
    with store.writing("列印") as writer:
        number = issue(writer)
        writer.log_print(number, "print")
    clock.move(days=2)
    with store.writing("補印") as writer:
        writer.log_print(number, PrintAct.REPRINT)
    with store.reading() as reader:
        (document,) = reader.documents(PLAN)
        assert reader.document(number) == document
        assert reader.document_content(number) == b"%PDF-1.7 KH-114-000001"
        prints = reader.prints(number)
        assert reader.documents("tp-103") == ()
    assert number == "KH-114-000001"
    assert (document.number, document.roc_year, document.serial) == (number, 114, 1)
    assert (document.kind, document.employee_id, document.set_id) == ("A", "A0012", "set-1")
    assert (document.content_digest, document.actor, document.prints) == (DIGEST, "陳承辦", 2)
    assert (document.cancels, document.cancelled_by) == (None, None)
    assert [(entry.what, entry.at) for entry in prints] == [
        (PrintAct.PRINT, document.issued_at),
        (PrintAct.REPRINT, clock.moment),
    ]


def test_document_that_is_not_there_has_a_sentence(store: Store) -> None:
    with store.reading() as reader:
        with pytest.raises(NotStoredError, match="沒有編號 KH-114-000009"):
            reader.document_content("KH-114-000009")
        with pytest.raises(NotStoredError, match="沒有編號 KH-114-000009"):
            reader.document("KH-114-000009")


def test_cancelled_document_and_its_successor_name_each_other(store: Store) -> None:
    fill(store)
    with store.writing("列印") as writer:
        first = issue(writer)
        second = issue(writer, cancels=first)
    with store.reading() as reader:
        old, new = reader.documents(PLAN)
    assert (old.number, old.cancelled_by, old.is_cancelled) == (first, second, True)
    assert (new.number, new.cancels, new.is_cancelled) == (second, first, False)


def test_numbers_run_through_each_plan_and_year_of_their_own(store: Store) -> None:
    with store.writing("列印") as writer:
        numbers = []
        for code, year in (("KH", 114), ("KH", 114), ("KH", 115), ("HC", 114), ("KH", 114)):
            number = writer.next_number(PLAN, code, year)
            writer.add_document(
                number=number,
                plan_id=PLAN,
                kind="R",
                employee_id=None,
                set_id=None,
                content_digest=DIGEST,
                frozen=b"%PDF",
            )
            numbers.append(number)
    assert numbers == [
        "KH-114-000001",
        "KH-114-000002",
        "KH-115-000001",
        "HC-114-000001",
        "KH-114-000003",
    ]
    assert store.verify() == ()


def test_numbers_have_no_gap_when_a_transaction_is_given_up(store: Store) -> None:
    fill(store)
    with store.writing("列印") as writer:
        issue(writer)

    def broken_print() -> None:
        with store.writing("列印") as writer:
            issue(writer)
            issue(writer)
            raise OSError("印表機")

    with pytest.raises(OSError, match="印表機"):
        broken_print()
    with store.writing("列印") as writer:
        assert issue(writer) == "KH-114-000002"
    assert store.verify() == ()


def test_number_without_a_document_gives_the_transaction_up(store: Store, path: Path) -> None:
    before = tables(path)
    with pytest.raises(ValueError, match="KH-114-000001"), store.writing("列印") as writer:
        writer.next_number(PLAN, "KH", 114)
    assert tables(path) == before


def test_one_number_of_two_without_a_document_gives_the_transaction_up(
    store: Store, path: Path
) -> None:
    fill(store)
    before = tables(path)

    def careless_print() -> None:
        with store.writing("列印") as writer:
            writer.next_number(PLAN, "KH", 114)
            issue(writer)

    with pytest.raises(ValueError, match="KH-114-000001"):
        careless_print()
    assert tables(path) == before


def test_number_of_ones_own_making_is_a_fault_of_the_program(store: Store) -> None:
    with pytest.raises(ValueError, match="KH-114-000007"), store.writing("列印") as writer:
        writer.add_document(
            number="KH-114-000007",
            plan_id=PLAN,
            kind="A",
            employee_id=None,
            set_id=None,
            content_digest=DIGEST,
            frozen=b"%PDF",
        )


# ------------------------------------------------------------------------------------ undo, audit
def test_undo_steps_survive_a_restart_and_are_taken_the_latest_first(
    store: Store, path: Path, clock: Clock
) -> None:
    with store.writing("審核") as writer:
        first = writer.add_undo_step("採計 1 筆", {"decision": "d1"})
        second = writer.add_undo_step("匯入 57 個檔案", {"batch": "b1"})
    store.close()
    clock.move(hours=1)
    with store.reading() as reader:
        assert [step.token for step in reader.undo_steps()] == [second, first]
        assert [step.token for step in reader.undo_steps(limit=1)] == [second]
    with store.writing("復原") as writer:
        step = writer.take_undo_step()
        assert (step.token, step.act, step.inverse) == (second, "匯入 57 個檔案", {"batch": "b1"})
    with store.writing("復原") as writer:
        assert writer.take_undo_step(first).act == "採計 1 筆"
    with pytest.raises(NotStoredError, match="沒有可以復原"), store.writing("復原") as writer:
        writer.take_undo_step()
    with pytest.raises(NotStoredError, match="已經復原過"), store.writing("復原") as writer:
        writer.take_undo_step(first)
    with store.reading() as reader:
        assert reader.undo_steps() == ()


def test_audit_entries_come_in_pages_the_newest_first(store: Store) -> None:
    with store.writing("登入") as writer:
        for number in range(5):
            writer.audit("查詢", f"A000{number}", {"為何": "測試"})
    with store.reading() as reader:
        newest = reader.audit_entries(3)
        older = reader.audit_entries(10, before=newest[-1].seq)
    # What wrote its own entries and changed nothing leaves no entry of its own beside them.
    assert [entry.act for entry in newest] == ["查詢", "查詢", "查詢"]
    assert [entry.subject for entry in older] == ["A0001", "A0000", ""]
    assert older[0].detail == {"為何": "測試"}
    assert newest[0].previous_hash == newest[1].hash
