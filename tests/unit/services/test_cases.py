"""A case's whole way through the services: asked, answered, printed, stamped, registered, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from desktop.domain.calendar import CalendarYear
from desktop.domain.case_states import CaseState, StepRefusedError
from desktop.domain.people import Person
from desktop.domain.verdicts import DecisionKind
from desktop.services.case_acts import (
    close_cases,
    mark_registered,
    record_registered,
    record_unregistered,
    registered_basis,
    take_back_step,
)
from desktop.services.case_following import follow_cases, keep_verdicts
from desktop.services.case_stamping import mark_stamped
from desktop.services.cases import CaseView, case_counts, case_history, case_list
from desktop.services.deciding import decide
from desktop.services.importing import read_batch, store_batch
from desktop.services.issuing import issue_forms
from desktop.services.office import Office, open_office
from desktop.services.undoing import redo, undo, undo_words
from desktop.services.verifying import case
from tests.unit.services.conftest import Clock

PLAN = "kaohsiung-114"
HEAD = "人員代號,姓名,課程名稱,上課期間,閱讀時數,通過狀態,認證時數\n"
ANSWER = "A0004,莊慧娟,族群關係與族群主流化,2025-04-19 19:43:32~ 2025-04-19 20:53:53,00:50:00,已通過,1.0\n"


def one(office: Office, employee_id: str, set_id: str) -> CaseView:
    (found,) = [v for v in case_list(office, PLAN) if v.key == (employee_id, set_id)]
    return found


def at(office: Office, moment: datetime) -> None:
    assert isinstance(office.clock, Clock)
    office.clock.now = moment


def answer(office: Office, folder: Path, text: str = ANSWER) -> None:
    path = folder / "補件.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    store_batch(office, read_batch(office, [path]))


def make_day_off(office: Office, day: date, *, is_off: bool = True) -> None:
    with office.store.reading() as reader:
        calendar, _ = office.calendar(reader)
    year = calendar.year(day.year)
    days = year.days_off | {day} if is_off else year.days_off - {day}
    with office.store.writing("匯入行事曆") as writer:
        writer.add_calendar_year(
            CalendarYear(year.year, days, MappingProxyType({}), "修正二", "修正版二"), None
        )


def stamped(office: Office, key: str = "A0011/policy") -> str:
    number = issue_forms(office, PLAN, [key], with_stamp=False).numbers[0]
    assert mark_stamped(office, PLAN, [number]).stamped == (number,)
    return number


def test_every_case_stands_in_one_state_and_the_counts_say_how_many(sample: Office) -> None:
    views = case_list(sample, PLAN)
    counts = case_counts(sample, PLAN)
    assert {state: sum(v.state is state for v in views) for state in CaseState} == counts
    assert counts[CaseState.PRINTABLE] == 9
    assert counts[CaseState.CLOSED] == 3  # a teacher may not apply
    assert case_list(sample, PLAN, CaseState.CLOSED)[0].reason == "不適用"
    assert one(sample, "A0004", "city").reason == "1 門待處理：與加班重疊"


def test_request_is_due_then_overdue_and_its_answer_joins_the_case(
    sample: Office, tmp_path: Path
) -> None:
    assert one(sample, "A0004", "city").state is CaseState.REVIEW
    issue_forms(sample, PLAN, ["A0004"], with_stamp=False, paper="corrections")
    asked = one(sample, "A0004", "city")
    assert (asked.state, asked.due, asked.is_overdue) == (
        CaseState.CORRECTION,
        date(2025, 9, 16),
        False,
    )
    at(sample, datetime(2025, 9, 17, 9))
    assert one(sample, "A0004", "city").is_overdue
    keep_verdicts(sample, PLAN)
    answer(sample, tmp_path)
    answered = one(sample, "A0004", "city")
    assert answered.state is CaseState.PRINTABLE
    assert answered.answered_at is not None
    assert answered.due is None
    # The other set of the same person still waits for its answer.
    assert one(sample, "A0004", "common").state is CaseState.CORRECTION
    keep_verdicts(sample, PLAN, with_stale=True)
    words = [line.words for line in case_history(sample, PLAN, "A0004", "city")]
    assert words[0] == "收到學習紀錄"
    assert "印出補正通知單 KH-114-000001，限 114-09-16 前" in words
    assert "補正資料收到，併入本案" in words
    assert words[-1] == "補正 → 可列印"


def test_answer_that_settles_nothing_comes_back_to_the_clerk(
    sample: Office, tmp_path: Path
) -> None:
    issue_forms(sample, PLAN, ["A0004"], with_stamp=False, paper="corrections")
    at(sample, datetime(2025, 9, 5, 9))
    answer(sample, tmp_path, ANSWER.replace("04-19", "04-16").replace("19:4", "09:4"))
    assert one(sample, "A0004", "city").state is CaseState.REVIEW


def test_record_sent_back_by_decision_waits_for_its_correction(sample: Office) -> None:
    record = next(
        r
        for r in case(sample, PLAN, "A0004").verdict.records
        if r.set_id == "city" and r.verdict == "fail"
    )
    decide(sample, PLAN, [record.key], kind=DecisionKind.CORRECTION, reason="請重修")
    found = one(sample, "A0004", "city")
    assert (found.state, found.due) == (CaseState.CORRECTION, None)
    undo(sample)
    decide(sample, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="與加班重疊")
    assert one(sample, "A0004", "city").state is CaseState.RECEIVED


def test_printed_form_is_out_until_it_comes_back_stamped(sample: Office) -> None:
    number = issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False).numbers[0]
    out = one(sample, "A0011", "policy")
    assert (out.state, out.is_out, out.document) == (CaseState.PRINTABLE, True, number)
    outcome = mark_stamped(
        sample, PLAN, [number, number], on_day=date(2025, 9, 1), reason="掃描檔 0001.pdf"
    )
    assert outcome.stamped == (number,)
    back = one(sample, "A0011", "policy")
    assert (back.state, back.by, back.reason) == (CaseState.STAMPED, "周雅雯", "掃描檔 0001.pdf")
    with sample.store.reading() as reader:
        step = reader.case_steps(PLAN, "A0011")[-1]
    assert (step.on_day, step.document, step.is_confirmed) == (date(2025, 9, 1), number, True)
    again = mark_stamped(sample, PLAN, [number])
    assert (again.stamped, again.known, again.refused) == ((), (number,), ())


def test_sheet_that_does_not_belong_is_refused_with_its_reason(sample: Office) -> None:
    number = issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False).numbers[0]
    notice = issue_forms(sample, PLAN, ["A0004"], with_stamp=False, paper="corrections").numbers[0]
    outcome = mark_stamped(sample, PLAN, ["KH-114-000099", notice, number])
    assert outcome.stamped == (number,)
    assert [refused for refused, _ in outcome.refused] == ["KH-114-000099", notice]
    assert all("不是這個計畫的申請表" in words for _, words in outcome.refused)


def test_form_outdated_since_its_print_cannot_be_marked(sample: Office) -> None:
    number = issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False).numbers[0]
    make_day_off(sample, date(2025, 1, 9))  # changes nothing on the form
    assert mark_stamped(sample, PLAN, [number]).stamped == (number,)
    undo(sample)
    with sample.store.writing("改單位") as writer:
        people = [
            person if person.employee_id != "A0011" else _moved(person)
            for person in writer.people()
        ]
        writer.replace_roster(people, None)
    ((refused, words),) = mark_stamped(sample, PLAN, [number]).refused
    assert refused == number
    assert "請重印" in words


def _moved(person: Person) -> Person:
    return replace(person, unit="秘書室")


def test_stamped_case_goes_back_when_a_revised_calendar_takes_its_ground(sample: Office) -> None:
    keep_verdicts(sample, PLAN)
    stamped(sample)
    keep_verdicts(sample, PLAN)
    make_day_off(sample, date(2025, 3, 15), is_off=False)  # 雙軸轉型 was taken that Saturday
    back = one(sample, "A0011", "policy")
    assert back.state is CaseState.REVIEW
    follow_cases(sample, PLAN)
    last = case_history(sample, PLAN, "A0011", "policy")[-1]
    assert last.words.startswith("核章 → 審核")
    assert last.is_back
    assert last.reason.startswith("行事曆更新：1 門待處理")
    make_day_off(sample, date(2025, 3, 15))
    follow_cases(sample, PLAN)
    assert one(sample, "A0011", "policy").state is CaseState.STAMPED


def test_following_twice_keeps_one_step(sample: Office) -> None:
    assert follow_cases(sample, PLAN).changed_anything
    assert not follow_cases(sample, PLAN).changed_anything
    with sample.store.reading() as reader:
        steps = reader.case_steps(PLAN)
    assert len(steps) == len(case_list(sample, PLAN))
    assert not any(step.is_confirmed for step in steps)


def test_stamp_is_undone_and_done_again_over_a_restart(sample: Office) -> None:
    stamped(sample)
    assert undo_words(sample) == "核章 1 份"
    undo(sample)
    assert one(sample, "A0011", "policy").state is CaseState.PRINTABLE
    redo(sample)
    assert one(sample, "A0011", "policy").state is CaseState.STAMPED
    path = sample.store.path
    sample.store.close()
    again = open_office(path, actor="周雅雯", clock=sample.clock)
    undo(again)
    assert one(again, "A0011", "policy").state is CaseState.PRINTABLE
    again.store.close()


def test_ledger_registers_and_its_reversal_brings_the_case_back(sample: Office) -> None:
    stamped(sample)
    basis = registered_basis(sample, PLAN)[("A0011", "policy")]
    with sample.store.writing("核給") as writer:
        made = record_registered(writer, PLAN, "A0011", "policy", basis=basis, reason="核給 4 時")
        assert made is not None
        assert record_registered(writer, PLAN, "A0011", "policy", basis=basis, reason="") is None
    assert one(sample, "A0011", "policy").state is CaseState.REGISTERED
    with pytest.raises(StepRefusedError, match="沖銷"):
        take_back_step(sample, PLAN, ("A0011", "policy"), reason="弄錯")
    with pytest.raises(StepRefusedError, match="已到「登錄」"):
        undo(sample)
    with sample.store.writing("沖銷") as writer:
        record_unregistered(writer, PLAN, "A0011", "policy", reason="重複核給")
    assert one(sample, "A0011", "policy").state is CaseState.STAMPED
    assert case_history(sample, PLAN, "A0011", "policy")[-1].reason == "重複核給"


def test_registering_by_hand_needs_the_stamp_first(sample: Office) -> None:
    with pytest.raises(StepRefusedError, match="目前是「可列印」"):
        mark_registered(sample, PLAN, [("A0011", "policy")])
    stamped(sample)
    mark_registered(sample, PLAN, [("A0011", "policy")])
    close_cases(sample, PLAN, [("A0011", "policy")], reason="")
    assert one(sample, "A0011", "policy").state is CaseState.CLOSED


def test_closing_early_needs_a_reason_and_can_be_taken_back_with_one(sample: Office) -> None:
    key = ("A0009", "policy")
    with pytest.raises(StepRefusedError, match="要寫理由"):
        close_cases(sample, PLAN, [key], reason=" ")
    close_cases(sample, PLAN, [key], reason="本人不再申請")
    closed = one(sample, *key)
    assert (closed.state, closed.reason) == (CaseState.CLOSED, "本人不再申請")
    with pytest.raises(StepRefusedError, match="要寫理由"):
        take_back_step(sample, PLAN, key, reason="")
    take_back_step(sample, PLAN, key, reason="本人又要申請")
    assert one(sample, *key).state is CaseState.REVIEW
    with pytest.raises(StepRefusedError, match="沒有可以收回"):
        take_back_step(sample, PLAN, key, reason="再一次")


def test_closing_is_all_or_nothing(sample: Office) -> None:
    with pytest.raises(LookupError, match="沒有做任何更動"):
        close_cases(sample, PLAN, [("A0009", "policy"), ("A9999", "")], reason="年終")
    assert one(sample, "A0009", "policy").state is CaseState.REVIEW
