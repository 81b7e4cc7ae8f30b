"""Records over imports: keys, fingerprints, copies, decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.findings import DutyFact, LimitFact, ReasonCode
from desktop.domain.moments import Span
from desktop.domain.people import Person
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import Decision, DecisionKind, RecordVerdict, Verdict
from desktop.rules.duty import WorkingTimes
from desktop.rules.evaluation import Evaluator, PersonFacts
from tests.unit.rules import offices

PERSON = Person("A0001", "王小明", "秘書室", category="編制內公務人員", pattern_code="A")
ROW = LearningRow(
    place=SourcePlace("a" * 64, "王小明.pdf", page=1, row=1),
    kind=EvidenceKind.EPLUS_RECORD,
    course_name="雙軸轉型淨零港都",
    start=datetime(2025, 3, 12, 9),
    end=datetime(2025, 3, 12, 12, 30),
    certified_hours=Decimal(1),
    reading_time=timedelta(hours=1),
    pass_status="已通過",
)
ELSEWHERE = replace(ROW, place=SourcePlace("b" * 64, "補件.xlsx", page=1, row=7))
OTHER_HOURS = replace(ELSEWHERE, certified_hours=Decimal(2))


def records(
    *rows: LearningRow,
    decisions: dict[str, Decision] | None = None,
    attendance: tuple[AttendanceEntry, ...] = (),
    person: Person = PERSON,
) -> list[RecordVerdict]:
    times = WorkingTimes(offices.every_year(), offices.agency())
    facts = PersonFacts(person, rows, attendance, (), decisions or {})
    verdict = Evaluator(offices.plan("kaohsiung-114"), times).evaluate(facts)
    return list(verdict.records)


def decision(on: RecordVerdict, kind: DecisionKind = DecisionKind.ACCEPT) -> dict[str, Decision]:
    made = Decision(
        "D1", on.key, kind, "當日補休", "林人事", datetime(2026, 1, 2, 9), on.fingerprint
    )
    return {on.key: made}


def test_the_same_facts_from_another_file_have_the_same_key_and_fingerprint() -> None:
    (first,), (second,) = records(ROW), records(ELSEWHERE)
    assert (first.key, first.fingerprint) == (second.key, second.fingerprint)


def test_the_same_record_of_another_person_has_another_key() -> None:
    (first,) = records(ROW)
    (second,) = records(ROW, person=replace(PERSON, employee_id="A0002"))
    assert first.key != second.key


@pytest.mark.parametrize(
    "changed",
    [
        {"certified_hours": Decimal(2)},
        {"reading_time": timedelta(hours=2)},
        {"pass_status": "未通過"},
        {"doubtful_fields": ("end",)},
        {"course_name": "雙軸轉型 淨零港都"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_changed_fact_changes_the_fingerprint_but_not_the_key(changed: dict[str, object]) -> None:
    (first,), (second,) = records(ROW), records(replace(ROW, **changed))
    assert first.key == second.key
    assert first.fingerprint != second.fingerprint


def test_hours_written_with_decimals_are_the_same_fact() -> None:
    (first,), (second,) = records(ROW), records(replace(ROW, certified_hours=Decimal("1.0")))
    assert first.fingerprint == second.fingerprint


def test_an_attendance_entry_that_matters_changes_the_fingerprint() -> None:
    overtime = AttendanceEntry(
        "A0001",
        AttendanceKind.OVERTIME,
        "加班",
        Span(datetime(2025, 3, 12, 12), datetime(2025, 3, 12, 13)),
    )
    elsewhere = replace(overtime, span=Span(datetime(2025, 3, 13, 12), datetime(2025, 3, 13, 13)))
    (plain,) = records(ROW)
    (met,) = records(ROW, attendance=(overtime,))
    (unmet,) = records(ROW, attendance=(elsewhere,))
    assert met.fingerprint != plain.fingerprint
    assert unmet.fingerprint == plain.fingerprint


def test_a_decision_counts_while_its_facts_stand() -> None:
    (before,) = records(ROW)
    assert before.verdict is Verdict.FAIL
    (after,) = records(ROW, decisions=decision(before))
    assert after.verdict is Verdict.FAIL
    assert after.settled is Verdict.PASS
    assert after.outdated_decision is None


def test_a_decision_is_asked_again_when_its_facts_changed() -> None:
    (before,) = records(ROW)
    made = decision(before)
    (after,) = records(replace(ROW, certified_hours=Decimal(2)), decisions=made)
    assert after.decision is None
    assert after.outdated_decision == made[before.key]
    assert after.settled is Verdict.FAIL


def test_a_copy_in_a_later_file_leaves_the_decision_in_force() -> None:
    (before,) = records(ROW)
    (after,) = records(ROW, ELSEWHERE, decisions=decision(before))
    assert ReasonCode.DUPLICATE_RECORD in after.reasons
    assert after.settled is Verdict.PASS
    assert after.outdated_decision is None


def test_a_row_that_contradicts_leaves_the_decision_with_the_row_it_was_made_on() -> None:
    (before,) = records(ROW)
    made = decision(before)
    after = records(ROW, OTHER_HOURS, decisions=made)
    decided = {record.row.certified_hours: record.decision for record in after}
    assert decided == {Decimal(1): made[before.key], Decimal(2): None}
    assert len({record.key for record in after}) == 2


def test_rows_of_one_span_that_differ_are_both_listed_and_marked() -> None:
    found = records(ROW, OTHER_HOURS)
    assert len(found) == 2
    for record in found:
        assert ReasonCode.DUPLICATE_RECORD in record.reasons
        assert ReasonCode.OVERLAPS_OTHER_COURSE not in record.reasons


def test_a_copy_keeps_its_place_beside_the_record() -> None:
    (record,) = records(ROW, ELSEWHERE)
    assert record.row.place.reference == "王小明.pdf#p1r1"
    assert [copy.place.reference for copy in record.copies] == ["補件.xlsx#p1r7"]
    finding = next(f for f in record.findings if f.code is ReasonCode.DUPLICATE_RECORD)
    assert [place.file_name for place in finding.evidence] == ["王小明.pdf", "補件.xlsx"]


def test_a_correction_request_leaves_a_review_open_and_a_fail_failed() -> None:
    review_row = replace(
        ROW, start=datetime(2025, 3, 15, 9), end=datetime(2025, 3, 15, 11), certified_hours=None
    )
    for row, settled in ((review_row, Verdict.REVIEW), (ROW, Verdict.FAIL)):
        (before,) = records(row)
        (after,) = records(row, decisions=decision(before, DecisionKind.CORRECTION))
        assert after.settled is settled


def test_a_refused_pass_fails_for_the_leave_and_stays_for_the_commendation() -> None:
    (before,) = records(ROW)
    (after,) = records(ROW, decisions=decision(before, DecisionKind.REFUSE))
    assert after.settled is Verdict.FAIL
    assert after.settled_for_commendation is Verdict.PASS


def test_a_record_outside_the_plan_has_no_verdict_to_settle() -> None:
    (record,) = records(replace(ROW, course_name="攝影入門與後製"))
    assert record.verdict is None
    assert record.settled is None
    assert record.settled_for_commendation is None
    assert record.set_id is None


def test_impossible_times_are_told_apart_by_what_was_read() -> None:
    impossible = replace(ROW, start=None, end=None, times_are_impossible=True)
    one = replace(impossible, raw={"上課期間": "114/02/30 08:00"})
    two = replace(ELSEWHERE, start=None, end=None, times_are_impossible=True)
    again = replace(two, raw={"上課期間": "114/02/30 08:00"})
    other = replace(two, raw={"上課期間": "114/02/31 08:00"})
    bare = replace(two, times_are_impossible=False)
    assert len(records(one, again)) == 1
    assert len(records(one, other)) == 2
    assert len(records(impossible, bare)) == 2


def test_every_finding_names_the_row_and_the_clause_the_plan_gives() -> None:
    (record,) = records(ROW)
    (finding,) = record.findings
    assert finding.code is ReasonCode.START_ON_DUTY
    assert finding.evidence[0] == ROW.place
    assert finding.clause is not None
    assert finding.clause.point == "陸、五"


def test_a_sheet_without_a_certificate_is_not_passed() -> None:
    evening = replace(ROW, start=datetime(2025, 3, 12, 20), end=datetime(2025, 3, 12, 21))
    for certificate, codes in ((True, []), (False, ["not_passed"]), (None, [])):
        row = replace(evening, pass_status=None, has_certificate=certificate)
        (record,) = records(row)
        assert [code.value for code in record.reasons] == codes


def test_an_unfinished_record_begun_after_the_deadline_is_late() -> None:
    (record,) = records(replace(ROW, start=datetime(2025, 9, 6, 9), end=None))
    assert [code.value for code in record.reasons] == ["after_deadline", "time_missing"]
    finding = next(f for f in record.findings if f.code is ReasonCode.AFTER_DEADLINE)
    (fact,) = finding.facts
    assert isinstance(fact, LimitFact)
    assert (fact.end.value, fact.day, fact.limit, fact.days) == (
        "start",
        date(2025, 9, 6),
        date(2025, 8, 31),
        6,
    )


def test_who_has_not_begun_misses_every_course_of_the_own_sets() -> None:
    plan = offices.plan("kaohsiung-114")
    times = WorkingTimes(offices.every_year(), offices.agency())
    elsewhere = replace(ROW, course_name="別的課程")
    for rows in ((), (elsewhere,)):
        verdict = Evaluator(plan, times).evaluate(PersonFacts(PERSON, rows))
        for sets in (verdict.sets, verdict.commendation_sets):
            assert sets
            for each in sets:
                (course_set,) = (one for one in plan.sets if one.id == each.set_id)
                assert each.missing == tuple(course.name for course in course_set.courses)
                assert (each.state.value, each.counted) == ("incomplete", ())
    begun = Evaluator(plan, times).evaluate(PersonFacts(PERSON, (ROW,)))
    assert any(ROW.course_name not in each.missing and each.counted for each in begun.sets)


def test_a_plan_without_leave_asks_for_its_own_dates_only() -> None:
    plan = replace(offices.plan("kaohsiung-114"), compensatory_leave=None)
    times = WorkingTimes(offices.every_year(), offices.agency())
    late = replace(ROW, end=datetime(2026, 1, 1, 9))
    for row, codes in ((ROW, []), (late, ["after_deadline"])):
        verdict = Evaluator(plan, times).evaluate(PersonFacts(PERSON, (row,)))
        (record,) = verdict.records
        assert [code.value for code in record.reasons] == codes
        assert verdict.leave.state.value == "none"


def test_facts_of_a_duty_finding_name_segment_and_source() -> None:
    (record,) = records(ROW)
    (fact,) = record.findings[0].facts
    assert isinstance(fact, DutyFact)
    assert fact.moment == datetime(2025, 3, 12, 9)
    assert fact.segment.span == Span(datetime(2025, 3, 12, 8), datetime(2025, 3, 12, 12))
    assert (fact.segment.source.value, fact.segment.label) == ("pattern", "標準班")
