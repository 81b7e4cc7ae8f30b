"""The plans beside what was copied from the source documents, word for word."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.findings import USUAL_SEVERITY, ReasonCode, Severity
from desktop.domain.people import RankTier
from desktop.domain.plan import Combination, OffDutyCheck
from tests.unit.rules import offices

PLANS = ("kaohsiung-103", "hsinchu-109", "kaohsiung-114")


def _copied(name: str) -> list[list[str]]:
    lines = (offices.CASES / "course-lists" / name).read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("plan_id", PLANS)
def test_a_plan_holds_its_course_list_word_for_word(plan_id: str) -> None:
    held = [
        [course_set.id, course.category, course.name, str(course.hours)]
        for course_set in offices.plan(plan_id).sets
        for course in course_set.courses
    ]
    assert held == _copied(f"{plan_id}.txt")


@pytest.mark.parametrize(
    ("plan_id", "sets"),
    [
        ("kaohsiung-114", {"policy": (9, 10), "city": (7, 10), "common": (7, 10)}),
        ("hsinchu-109", {"assembled": (20, 30)}),
        (
            "kaohsiung-103",
            {
                "main-senior": (7, 10),
                "main-junior": (6, 10),
                "main-elementary": (7, 10),
                "side-1": (5, 10),
                "side-2": (9, 20),
                "side-3": (16, 30),
            },
        ),
    ],
)
def test_a_plan_has_as_many_courses_and_hours_as_its_document_says(
    plan_id: str, sets: dict[str, tuple[int, int]]
) -> None:
    plan = offices.plan(plan_id)
    assert {s.id: (len(s.courses), int(s.hours)) for s in plan.sets} == sets


@pytest.mark.parametrize("set_id", ["policy", "city", "common"])
def test_the_form_of_114_prints_the_notes_word_for_word(set_id: str) -> None:
    plan = offices.plan("kaohsiung-114")
    assert plan.form is not None
    title = plan.course_set(set_id).title
    printed = [note.text.replace("{set}", title) for note in plan.form.notes]
    assert printed == [
        text for found, _, _, text in _copied("kaohsiung-114-notes.txt") if found == set_id
    ]


def test_the_form_of_114_prints_three_names_in_its_own_spelling() -> None:
    names = {
        course.name: course.name_on_form
        for course_set in offices.plan("kaohsiung-114").sets
        for course in course_set.courses
    }
    assert {name: on_form for name, on_form in names.items() if name != on_form} == {
        "職涯非懸崖__共創多元、公平、共融的友善職場": "職涯非懸崖—共創多元、公平、共融的友善職場",
        "兩公約健康權課程：人權搜查客 II": "兩公約健康權課程：人權搜查客Ⅱ",
        "兩公約環境權課程：人權搜查客 II": "兩公約環境權課程：人權搜查客Ⅱ",
    }


def test_the_114_plan_says_what_its_document_says() -> None:
    plan = offices.plan("kaohsiung-114")
    leave, commendation = plan.compensatory_leave, plan.commendation
    assert leave is not None
    assert commendation is not None
    assert (plan.first_day, plan.last_day) == (date(2025, 1, 1), date(2025, 12, 31))
    assert plan.source.document_number == "高市府人考字第 11430193600 號函"
    assert plan.source.dated == date(2025, 2, 26)
    assert leave.deadline == commendation.deadline == date(2025, 8, 31)
    assert [(rule.set_ids, rule.hours) for rule in leave.rules] == [
        (("policy",), 4),
        (("city",), 4),
        (("common",), 4),
    ]
    assert (leave.cap_hours, leave.off_duty_check) == (12, OffDutyCheck.START_AND_END)
    assert leave.validity is not None
    assert leave.validity.months == 24
    assert (leave.registered_as, leave.registered_reason) == (
        "公假補休",
        "利用公餘時間參與數位學習",
    )
    assert leave.counts_leave_without_pay is False
    assert commendation.counts_leave_without_pay is True
    assert [(r.set_ids, r.award, r.count) for r in commendation.rules] == [
        (("policy", "city", "common"), "嘉獎", 1)
    ]


def test_the_103_plan_says_what_its_document_says() -> None:
    plan = offices.plan("kaohsiung-103")
    leave, commendation = plan.compensatory_leave, plan.commendation
    assert leave is not None
    assert commendation is not None
    assert plan.source.document_number == "高市府人考字第10330434200號函"
    assert (leave.deadline, commendation.deadline) == (date(2014, 12, 31), date(2014, 8, 31))
    assert [(r.set_ids, r.hours, r.grant_set) for r in leave.rules] == [
        (("main", "side-1"), 4, "side-1"),
        (("main", "side-2"), 8, "side-2"),
        (("main", "side-3"), 12, "side-3"),
    ]
    assert (leave.cap_hours, leave.combination) == (12, Combination.SUM)
    assert leave.off_duty_check is OffDutyCheck.COMPLETION
    assert leave.validity is not None
    assert leave.validity.months == 6
    assert [(r.set_ids, r.count) for r in commendation.rules] == [
        (("main", "side-2"), 1),
        (("main", "side-3"), 2),
    ]
    assert commendation.combination is Combination.BEST
    groups = [(s.id, s.group, s.for_tier) for s in plan.sets]
    assert groups == [
        ("main-senior", "main", RankTier.SENIOR),
        ("main-junior", "main", RankTier.JUNIOR),
        ("main-elementary", "main", RankTier.ELEMENTARY),
        ("side-1", "", None),
        ("side-2", "", None),
        ("side-3", "", None),
    ]


def test_the_109_plan_says_what_its_document_says() -> None:
    plan = offices.plan("hsinchu-109")
    leave = plan.compensatory_leave
    assert leave is not None
    assert leave.conditions.received_by == date(2020, 9, 30)
    assert leave.off_duty_check is OffDutyCheck.NONE
    assert leave.validity is None
    assert leave.cap_hours is None
    assert [(r.set_ids, r.hours) for r in leave.rules] == [(("assembled",), 8)]
    assert plan.commendation is None


@pytest.mark.parametrize("plan_id", PLANS)
def test_every_rule_of_a_plan_names_its_clause(plan_id: str) -> None:
    plan = offices.plan(plan_id)
    leave = plan.compensatory_leave
    assert leave is not None
    rules = [*leave.rules, *(plan.commendation.rules if plan.commendation else ())]
    for clause in [
        plan.period_clause,
        plan.eligibility.clause,
        leave.deadline_clause,
        *(rule.clause for rule in rules),
        *(course_set.clause for course_set in plan.sets),
        *plan.clauses.values(),
    ]:
        assert clause.point


def test_the_codes_weigh_what_the_rules_say() -> None:
    weights = {code.value: severity for code, severity in USUAL_SEVERITY.items()}
    fails = {code for code, severity in weights.items() if severity is Severity.FAIL}
    infos = {code for code, severity in weights.items() if severity is Severity.INFO}
    assert fails == {
        "not_passed",
        "invalid_times",
        "before_period",
        "after_deadline",
        "start_on_duty",
        "end_on_duty",
        "overlaps_overtime",
        "overlaps_official_leave",
        "overlaps_business_trip",
        "overlaps_on_call",
        "during_leave_without_pay",
        "language_not_recognised",
        "region_not_recognised",
        "score_too_low",
        "questionnaire_not_done",
        "hours_not_uploaded",
        "enrolled_too_early",
    }
    assert infos == {"not_in_plan", "name_approximate", "duplicate_record"}
    assert set(weights) == {code.value for code in ReasonCode}


def test_the_coursera_plan_says_what_its_document_says() -> None:
    plan = offices.plan("taipei-coursera-113")
    credit, nomination, leave = plan.credit, plan.nomination, plan.official_leave
    assert credit is not None
    assert nomination is not None
    assert leave is not None
    assert (plan.first_day, plan.last_day) == (date(2024, 1, 1), date(2024, 6, 30))
    assert plan.source.document_number == "府授人考字第1120146632號"
    assert plan.source.dated == date(2023, 11, 7)
    assert (credit.minimum_hours, credit.deadline) == (18, date(2024, 6, 30))
    assert credit.report_by == date(2024, 7, 14)
    assert nomination.register_by == date(2023, 11, 27)
    assert leave.most_hours == 18
    assert plan.eligibility.categories == (
        "公務人員",
        "約聘",
        "約僱",
        "警察人員",
        "醫事人員",
        "職務代理人",
    )
    assert plan.sets == ()
    assert (plan.compensatory_leave, plan.commendation) == (None, None)


@pytest.mark.parametrize("path", sorted(offices.SHIPPED_PLANS.glob("*.toml")), ids=lambda p: p.stem)
def test_every_key_of_a_shipped_plan_stands_in_the_vocabulary(path: Path) -> None:
    vocabulary = (offices.SHIPPED_PLANS / "README.md").read_text(encoding="utf-8")
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    for table in ("clauses", "severity"):
        told.pop(table, None)  # their keys are the reason codes
    assert {key for key in _keys(told) if key not in vocabulary} == set()


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in _keys(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in _keys(inner)}
    return set()
