"""People left off the commendation list: a reason, the program's verdict beside it, undo."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.verdicts import DecisionKind
from desktop.services.commendation_papers import commended
from desktop.services.deciding import ReasonMissingError, decide
from desktop.services.issuing import issue_forms
from desktop.services.leaving_out import Commendable, commendable, leave_out, take_in_again
from desktop.services.office import Office
from desktop.services.overview import overview
from desktop.services.reason_templates import (
    drop_reason,
    keep_reason,
    offered_reasons,
    reason_templates,
)
from desktop.services.stale_verdicts import stale, store_verdicts
from desktop.services.undoing import redo, undo, undo_words
from desktop.services.verifying import case, commendation_facts, evaluate_everybody
from tests.unit.services.papers import words
from tests.unit.services.test_cases import make_day_off

PLAN = "kaohsiung-114"


def one(office: Office, employee_id: str) -> Commendable:
    (found,) = [row for row in commendable(office, PLAN) if row.employee_id == employee_id]
    return found


def listed(office: Office) -> set[str]:
    _, verdicts = evaluate_everybody(office, PLAN)
    return {verdict.person.employee_id for verdict in commended(verdicts)}


def test_somebody_left_out_stands_on_the_other_list_with_the_reason(sample: Office) -> None:
    before = listed(sample)
    assert {"A0011", "A0012"} <= before
    leave_out(sample, PLAN, ["A0011"], reason="另案已敘獎")
    assert listed(sample) == before - {"A0011"}
    verdict = case(sample, PLAN, "A0011").verdict
    assert verdict.commendation.count > 0  # the program's own verdict stays
    found = one(sample, "A0011")
    assert (found.reason, found.is_listed) == ("另案已敘獎", False)
    assert found.decided.startswith("周雅雯 114-09-02")
    issued = issue_forms(sample, PLAN, ["lists"], with_stamp=False, paper="commendations")
    text = words(issued.pdf)
    assert "另案已敘獎（程式判定可獲嘉獎" in text
    assert "承辦人不列名" in text


def test_leaving_out_needs_a_reason_and_something_to_leave_out_of(sample: Office) -> None:
    with pytest.raises(ReasonMissingError):
        leave_out(sample, PLAN, ["A0011"], reason="  ")
    before = listed(sample)
    with pytest.raises(LookupError, match="沒有做任何決定"):
        leave_out(sample, PLAN, ["A0011", "A0001"], reason="另案")
    assert listed(sample) == before


def test_many_are_left_out_with_one_reason_and_one_undo(sample: Office) -> None:
    before = listed(sample)
    leave_out(sample, PLAN, ["A0011", "A0012"], reason="年度已敘獎")
    assert undo_words(sample) == "敘獎不列名 2 人"
    undo(sample)
    assert listed(sample) == before
    redo(sample)
    assert listed(sample) == before - {"A0011", "A0012"}


def test_second_reason_replaces_the_first_and_its_undo_brings_it_back(sample: Office) -> None:
    leave_out(sample, PLAN, ["A0011"], reason="第一個理由")
    leave_out(sample, PLAN, ["A0011"], reason="第二個理由")
    assert one(sample, "A0011").reason == "第二個理由"
    undo(sample)
    assert one(sample, "A0011").reason == "第一個理由"


def test_putting_back_is_an_entry_of_its_own_and_can_be_undone(sample: Office) -> None:
    leave_out(sample, PLAN, ["A0011"], reason="另案")
    take_in_again(sample, PLAN, ["A0011"], reason="查無另案")
    assert one(sample, "A0011").is_listed
    undo(sample)
    assert one(sample, "A0011").reason == "另案"
    redo(sample)
    assert one(sample, "A0011").is_listed
    with pytest.raises(LookupError, match="沒有被排除"):
        take_in_again(sample, PLAN, ["A0012"], reason="弄錯")


def test_leaving_out_on_other_facts_is_asked_again(sample: Office) -> None:
    keys = [r.key for r in case(sample, PLAN, "A0010").verdict.records if r.verdict == "review"]
    decide(sample, PLAN, keys, kind=DecisionKind.ACCEPT, reason="已補證明")
    leave_out(sample, PLAN, ["A0010"], reason="另案")
    store_verdicts(sample, PLAN)
    undone = case(sample, PLAN, "A0010").verdict
    assert undone.left_out is not None
    with sample.store.writing("舊依據") as writer:
        writer.take_in_again(undone.left_out.id, reason="測試")
        writer.leave_out(
            PLAN, "A0010", matter="commendation", reason="另案", fingerprint="other facts"
        )
    assert commendation_facts(undone) != "other facts"
    found = one(sample, "A0010")
    assert (found.is_outdated, found.is_listed) == (True, True)


def test_what_would_differ_says_why_and_which_decisions_are_asked_again(sample: Office) -> None:
    # A record of this Saturday was refused by the clerk; as a working day it fails by itself.
    record = next(
        r
        for r in case(sample, PLAN, "A0011").verdict.records
        if r.row.start is not None and r.row.start.date() == date(2025, 3, 15)
    )
    decide(sample, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="本人放棄")
    store_verdicts(sample, PLAN)
    make_day_off(sample, date(2025, 3, 15), is_off=False)
    found = {row.employee_id: row for row in stale(sample, PLAN)}
    assert found["A0011"].cause == "行事曆更新"
    assert found["A0011"].asked_again == (f"「{record.course}」不採計（本人放棄）",)
    assert any("結果將不同" in t.title for t in overview(sample, PLAN).next_things)
    # Facts as they were: the decision counts again, nothing differs.
    make_day_off(sample, date(2025, 3, 15))
    assert stale(sample, PLAN) == ()
    (again,) = [r for r in case(sample, PLAN, "A0011").verdict.records if r.key == record.key]
    assert again.decision is not None


def test_templates_are_kept_offered_once_and_dropped(sample: Office) -> None:
    keep_reason(sample, "已補出勤證明")
    keep_reason(sample, "已補出勤證明 ")
    keep_reason(sample, "主管證明在公餘")
    assert [one.words for one in reason_templates(sample)] == ["主管證明在公餘", "已補出勤證明"]
    record = case(sample, PLAN, "A0009").verdict.records[0]
    decide(sample, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="重修")
    assert offered_reasons(sample, PLAN) == ("重修", "主管證明在公餘", "已補出勤證明")
    drop_reason(sample, reason_templates(sample)[0].id)
    assert offered_reasons(sample, PLAN) == ("重修", "已補出勤證明")
    with pytest.raises(ReasonMissingError):
        keep_reason(sample, " ")
