"""Verdicts kept with their basis, decisions beside them, and what would now differ."""

from __future__ import annotations

from datetime import date, datetime
from types import MappingProxyType

import pytest

from desktop.domain.calendar import CalendarYear
from desktop.domain.findings import ReasonCode
from desktop.domain.verdicts import DecisionKind, RecordVerdict, SetState, Verdict
from desktop.services.deciding import (
    ReasonMissingError,
    decide,
    recent_reasons,
    same_reason_rows,
)
from desktop.services.office import Office
from desktop.services.stale_verdicts import accept_stale, stale, store_verdicts
from desktop.services.timeline import timeline
from desktop.services.undoing import redo, redo_words, undo, undo_words
from desktop.services.verifying import case, explain, queue

PLAN = "kaohsiung-114"


def records(office: Office, employee_id: str, code: ReasonCode) -> list[RecordVerdict]:
    found = case(office, PLAN, employee_id).verdict.records
    return [record for record in found if code in record.reasons]


def test_queue_holds_everybody_in_roster_order(sample: Office) -> None:
    entries = queue(sample, PLAN)
    assert [entry.employee_id for entry in entries] == [f"A{n:04d}" for n in range(1, 13)]
    by_id = {entry.employee_id: entry for entry in entries}
    assert by_id["A0007"].state == "empty"
    assert (by_id["A0002"].fails, by_id["A0002"].undecided) == (23, 23)
    assert by_id["A0001"].undecided == 0  # a teacher may not apply: nothing to decide


def test_accepted_reviews_complete_the_set_and_grant_the_leave(sample: Office) -> None:
    before = case(sample, PLAN, "A0010").verdict
    assert before.leave.hours == 0
    keys = [record.key for record in before.records if record.verdict is Verdict.REVIEW]
    decide(sample, PLAN, keys, kind=DecisionKind.ACCEPT, reason="已補出勤證明")
    after = case(sample, PLAN, "A0010").verdict
    assert after.leave.hours == 12
    assert {verdict.state for verdict in after.sets} == {SetState.PASS}
    assert {record.verdict for record in after.records} == {Verdict.REVIEW}  # the program's own


def test_decision_without_a_reason_is_refused(sample: Office) -> None:
    record = records(sample, "A0005", ReasonCode.ON_PERSONAL_LEAVE)[0]
    with pytest.raises(ReasonMissingError):
        decide(sample, PLAN, [record.key], kind=DecisionKind.ACCEPT, reason="  \n")
    assert records(sample, "A0005", ReasonCode.ON_PERSONAL_LEAVE)[0].decision is None


def test_undo_and_redo_of_a_decision(sample: Office) -> None:
    record = records(sample, "A0005", ReasonCode.ON_PERSONAL_LEAVE)[0]
    decide(sample, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="請假不算公餘")
    assert undo_words(sample) == "不採計"
    undo(sample)
    assert records(sample, "A0005", ReasonCode.ON_PERSONAL_LEAVE)[0].decision is None
    assert redo_words(sample) == "不採計"
    redo(sample)
    decision = records(sample, "A0005", ReasonCode.ON_PERSONAL_LEAVE)[0].decision
    assert decision is not None
    assert decision.reason == "請假不算公餘"
    assert redo(sample) is None


def test_refusal_for_the_leave_takes_nothing_from_the_commendation(sample: Office) -> None:
    verdict = case(sample, PLAN, "A0010").verdict
    keys = [record.key for record in verdict.records if record.set_id is not None]
    decide(sample, PLAN, keys, kind=DecisionKind.REFUSE, reason="沒有起迄時間")
    after = case(sample, PLAN, "A0010").verdict
    assert after.leave.possible_hours == 0
    assert after.commendation.count == 1


def test_same_reason_lists_everybody_undecided(sample: Office) -> None:
    rows = same_reason_rows(sample, PLAN, ReasonCode.TIME_MISSING)
    assert {row.employee_id for row in rows} == {"A0006", "A0009", "A0010"}
    decide(
        sample,
        PLAN,
        [row.record_key for row in rows],
        kind=DecisionKind.CORRECTION,
        reason="請補有時間的紀錄",
    )
    assert same_reason_rows(sample, PLAN, ReasonCode.TIME_MISSING) == ()
    assert recent_reasons(sample, PLAN) == ("請補有時間的紀錄",)
    assert undo_words(sample) == f"請補正 {len(rows)} 筆"


def make_day_off(office: Office, day: date) -> None:
    with office.store.reading() as reader:
        calendar, _ = office.calendar(reader)
    year = calendar.year(day.year)
    with office.store.writing("測試改日曆") as writer:
        writer.add_calendar_year(
            CalendarYear(
                year.year,
                year.days_off | {day},
                MappingProxyType(dict(year.names)),
                "修正二",
                "114年日曆(修正版二)",
            ),
            None,
        )


def test_changed_calendar_lists_what_would_now_differ_and_keeps_the_old(sample: Office) -> None:
    assert stale(sample, PLAN) == ()
    make_day_off(sample, date(2025, 4, 28))  # A0008's record of 11:59:59 would be off duty
    changed = stale(sample, PLAN)
    assert [entry.employee_id for entry in changed] == ["A0008"]
    assert changed[0].before != changed[0].after
    with sample.store.reading() as reader:
        kept = reader.verdicts(PLAN)["A0008"].content
    assert kept["compensatory_leave"]["hours"] == 4
    accept_stale(sample, PLAN)
    assert stale(sample, PLAN) == ()
    with sample.store.reading() as reader:
        assert reader.verdicts(PLAN)["A0008"].content != kept


def test_decision_is_asked_again_when_its_facts_changed(sample: Office) -> None:
    record = next(
        r
        for r in records(sample, "A0008", ReasonCode.START_ON_DUTY)
        if r.row.start.second == 59 and r.row.start.minute == 59
    )
    decide(sample, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="上班時間")
    make_day_off(sample, date(2025, 4, 28))
    after = next(r for r in case(sample, PLAN, "A0008").verdict.records if r.key == record.key)
    assert after.verdict is Verdict.PASS
    assert after.decision is None
    assert after.outdated_decision is not None
    assert after.outdated_decision.reason == "上班時間"


def test_verdict_is_kept_with_plan_calendar_and_facts(sample: Office) -> None:
    with sample.store.reading() as reader:
        stored = reader.verdicts(PLAN)["A0003"]
        plan = sample.plan(reader, PLAN)
    assert stored.plan_version == plan.version
    assert len(stored.calendar_version) == 64
    assert len(stored.facts_digest) == 64
    assert stored.content["compensatory_leave"]["hours"] == 8


def test_every_finding_of_the_sample_is_explained_in_one_sentence(sample: Office) -> None:
    for entry in queue(sample, PLAN):
        for record in case(sample, PLAN, entry.employee_id).verdict.records:
            for explanation in explain(record):
                assert explanation.sentence.endswith("。")
                assert explanation.chip
                assert explanation.clause
                assert explanation.finding.evidence[0] == record.row.place


def test_timeline_shows_duty_attendance_and_both_ends(sample: Office) -> None:
    record = records(sample, "A0004", ReasonCode.START_ON_DUTY)[0]
    drawn = timeline(sample, PLAN, "A0004", record.key)
    assert drawn.start == record.row.start
    assert drawn.start_state is Verdict.FAIL
    assert "上班中" in drawn.start_words
    assert len(drawn.days) == 1
    assert drawn.days[0].duty
    assert "至" not in drawn.title.rpartition("　")[2]


def test_title_of_a_span_over_several_days_names_its_first_and_its_last(sample: Office) -> None:
    record = next(
        record
        for record in case(sample, PLAN, "A0008").verdict.records
        if record.row.start is not None and record.row.start.date() == date(2025, 7, 18)
    )
    drawn = timeline(sample, PLAN, "A0008", record.key)
    assert drawn.title == f"{record.course}　114-07-18（五）至 07-20（日）"


def test_timeline_of_bare_dates_says_so(sample: Office) -> None:
    record = records(sample, "A0010", ReasonCode.TIME_MISSING)[0]
    drawn = timeline(sample, PLAN, "A0010", record.key)
    assert drawn.record is None
    assert drawn.note == "這份證明只有日期，看不出起迄時間。"


def test_timeline_of_a_night_shift_reaches_into_the_next_morning(sample: Office) -> None:
    night = [
        record
        for record in case(sample, PLAN, "A0008").verdict.records
        if ReasonCode.START_ON_DUTY in record.reasons
        and record.row.start == datetime(2025, 1, 11, 5, 45, 59)
    ]
    drawn = timeline(sample, PLAN, "A0008", night[0].key)
    assert drawn.days[0].duty[0].span.start == datetime(2025, 1, 10, 22)
    assert "輪值中" in drawn.start_words


def test_own_decision_is_kept_without_being_asked_about(sample: Office) -> None:
    keys = [r.key for r in records(sample, "A0010", ReasonCode.TIME_MISSING)]
    decide(sample, PLAN, keys, kind=DecisionKind.ACCEPT, reason="已補出勤證明")
    assert stale(sample, PLAN) == ()
    store_verdicts(sample, PLAN)
    with sample.store.reading() as reader:
        assert reader.verdicts(PLAN)["A0010"].content["compensatory_leave"]["hours"] == 12


def test_own_decision_does_not_hide_what_a_new_calendar_changes(sample: Office) -> None:
    make_day_off(sample, date(2025, 4, 28))
    keys = [r.key for r in records(sample, "A0008", ReasonCode.HOURS_MISMATCH)]
    decide(sample, PLAN, keys, kind=DecisionKind.ACCEPT, reason="時數更正")
    store_verdicts(sample, PLAN)
    assert [entry.employee_id for entry in stale(sample, PLAN)] == ["A0008"]
