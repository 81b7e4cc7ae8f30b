"""The named cases of tests/cases, each against the engine."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from desktop.domain.people import Person
from desktop.domain.verdicts import PersonVerdict, RecordVerdict
from desktop.rules.expiry import expiry_of, first_day_of_use
from desktop.rules.people_lookup import PeopleIndex
from tests.unit.rules import offices
from tests.unit.rules.case_building import (
    EXPECTED_OF_A_PERSON,
    CrowdCase,
    RuleCase,
    crowd_cases,
    rule_cases,
)

RULE_CASES = list(rule_cases())
CROWD_CASES = list(crowd_cases())

# rules.md section 3, word for word, the two of the nominated programme in cli.md, and what sets ask
# of records in the wider vocabulary (resources/plans/README.md).
CODES_OF_SECTION_3 = frozenset(
    [
        "not_in_plan",
        "not_passed",
        "invalid_times",
        "time_missing",
        "before_period",
        "after_deadline",
        "start_on_duty",
        "end_on_duty",
        "overlaps_overtime",
        "overlaps_official_leave",
        "overlaps_business_trip",
        "overlaps_on_call",
        "attendance_inside_span",
        "flex_uncertain",
        "on_personal_leave",
        "during_leave_without_pay",
        "hours_mismatch",
        "reading_exceeds_span",
        "insufficient_off_duty_time",
        "overlaps_other_course",
        "name_approximate",
        "name_uncertain",
        "low_confidence",
        "duplicate_record",
        "language_not_recognised",
        "region_not_recognised",
        "score_too_low",
        "questionnaire_not_done",
        "hours_not_uploaded",
        "enrolled_too_early",
        "condition_not_shown",
    ]
)


def _told(name: str) -> dict[str, Any]:
    return tomllib.loads((offices.CASES / name).read_text(encoding="utf-8"))


def _codes(findings: Any) -> list[str]:
    return sorted({finding.code.value for finding in findings})


def _of_row(verdict: PersonVerdict, number: int) -> list[RecordVerdict]:
    return [
        r
        for r in verdict.records
        if r.row.place.file_name == "case.xlsx" and r.row.place.row == number
    ]


@pytest.mark.parametrize("case", RULE_CASES, ids=lambda case: case.title)
def test_each_record_of_a_case_gets_its_verdict_and_codes(case: RuleCase) -> None:
    verdict = case.evaluate()
    for number, told in enumerate(case.records, start=1):
        found = _of_row(verdict, number)
        if not told.get("listed", True):
            assert found == []
            copies = [c.place.row for record in verdict.records for c in record.copies]
            assert number in copies
            continue
        expected_sets = told.get("sets") or ([told["set"]] if "set" in told else None)
        if expected_sets is not None:
            assert [record.set_id for record in found] == expected_sets
        else:
            assert len(found) == 1
        for record in found:
            assert (record.verdict.value if record.verdict else "none") == told["verdict"]
            assert _codes(record.findings) == told["reasons"]
            assert list(record.reasons) == told["reasons"]
            outside = told["verdict"] == "none"
            expected_name = told.get("means", told.get("course", "雙軸轉型淨零港都"))
            assert record.course == expected_name
            is_free_choice = case.plan.credit is not None  # a programme without sets
            assert (record.set_id is None) == (outside or is_free_choice)
            if "commendation" in told:
                assert record.commendation_verdict is not None
                assert record.commendation_verdict.value == told["commendation"]
            if "commendation_reasons" in told:
                assert _codes(record.commendation_findings) == told["commendation_reasons"]


@pytest.mark.parametrize(
    "case",
    [c for c in RULE_CASES if EXPECTED_OF_A_PERSON & set(c.told)],
    ids=lambda case: case.title,
)
def test_each_person_of_a_case_gets_sets_and_benefits(case: RuleCase) -> None:
    verdict = case.evaluate()
    sets = {s.set_id: s for s in verdict.sets}
    for set_id, state in case.told.get("sets", {}).items():
        assert (set_id, sets[set_id].state.value) == (set_id, state)
    for set_id, names in case.told.get("missing", {}).items():
        assert list(sets[set_id].missing) == names
    for set_id, names in case.told.get("failed", {}).items():
        assert list(sets[set_id].failed) == names
    if "eligible" in case.told:
        words = {True: "yes", False: "no", None: "unknown"}
        assert words[verdict.is_eligible] == case.told["eligible"]
    if "leave" in case.told:
        leave = verdict.leave
        assert {
            "verdict": leave.state.value,
            "hours": leave.hours,
            "possible": leave.possible_hours,
            "grants": [f"{g.set_id} {g.hours} {g.expires or '-'}" for g in leave.grants],
        } == case.told["leave"]
    if "award" in case.told:
        award = verdict.commendation
        assert _award(verdict, asked=case.told["award"]) == case.told["award"]
        assert award.award == (award.awards[0].name if award.awards else "")
    for set_id, words in case.told.get("minimums", {}).items():
        found = [
            f"{m.sure.normalize():f}/{m.possible.normalize():f}" for m in sets[set_id].minimums
        ]
        assert (set_id, found) == (set_id, words)
    for set_id, day in case.told.get("completed", {}).items():
        assert (set_id, str(sets[set_id].completed_on)) == (set_id, day)
    entitlements = {given.entitlement_id: given for given in verdict.entitlements}
    for given_id, expected in case.told.get("entitlements", {}).items():
        given = entitlements[given_id]
        assert {
            "verdict": given.state.value,
            "amount": given.amount,
            "possible": given.possible_amount,
        } == expected
    for award_id, state in case.told.get("adds", {}).items():
        assert (award_id, verdict.unit_completions[award_id].value) == (award_id, state)
    met = {
        "leave": verdict.leave.hindrances,
        "award": verdict.commendation.hindrances,
        **{key: given.hindrances for key, given in entitlements.items()},
    }
    for benefit, words in case.told.get("hindrances", {}).items():
        assert [h.code.value + ("" if h.is_certain else "?") for h in met[benefit]] == words
    if "credit" in case.told:
        credit = verdict.credit
        assert credit is not None
        assert {
            "verdict": credit.state.value,
            "hours": f"{credit.hours.normalize():f}",
            "recognised": f"{credit.recognised_hours.normalize():f}",
            "possible": f"{credit.possible_hours.normalize():f}",
        } == case.told["credit"]


def _award(verdict: PersonVerdict, *, asked: dict[str, Any]) -> dict[str, Any]:
    """The commendation as cases tell it; its kinds and day only where the case names them."""
    award = verdict.commendation
    told = {
        "verdict": award.state.value,
        "count": award.count,
        "possible": award.possible_count,
        "kinds": [f"{each.name} {each.count}" for each in award.awards],
        "on": str(award.completed_on),
    }
    return {key: told[key] for key in ("verdict", "count", "possible", *asked)}


@pytest.mark.parametrize("case", CROWD_CASES, ids=lambda case: case.title)
def test_everybody_of_a_case_gets_quotas_and_units(case: CrowdCase) -> None:
    together = case.judge()
    by_id = {verdict.person.employee_id: verdict for verdict in together.verdicts}
    for employee_id, words in case.told.get("awards", {}).items():
        award = by_id[employee_id].commendation
        codes = [h.code.value for h in award.hindrances]
        found = f"{award.state.value} {award.count}/{award.possible_count} {' '.join(codes)}"
        assert (employee_id, found.strip()) == (employee_id, words)
    bands = {award.id: award.bands for award in case.plan.unit_awards}
    found_units = []
    for unit in together.units:
        found_units.append(
            {
                "award": unit.award_id,
                "unit": unit.unit,
                "people": f"{unit.completed}/{unit.possible}/{unit.headcount}",
                "verdict": unit.state.value,
                "band": bands[unit.award_id].index(unit.band) + 1 if unit.band else 0,
                "possible_band": bands[unit.award_id].index(unit.possible_band) + 1
                if unit.possible_band
                else 0,
                "lacking": len(unit.lacking),
            }
        )
    for expected in case.told.get("units", ()):
        asked = (expected["award"], expected["unit"])
        (found,) = [u for u in found_units if (u["award"], u["unit"]) == asked]
        assert {key: found[key] for key in expected} == expected
    if "units" in case.told:
        assert len(found_units) == len(case.told["units"])


def test_every_case_says_something_and_has_its_own_name() -> None:
    titles = [case.title for case in (*RULE_CASES, *CROWD_CASES)]
    assert len(titles) == len(set(titles))
    for case in RULE_CASES:
        assert case.records or EXPECTED_OF_A_PERSON & set(case.told), case.title
    for crowd in CROWD_CASES:
        assert {"units", "awards"} & set(crowd.told), crowd.title


def test_every_code_has_a_case_that_finds_it_and_a_neighbour_that_does_not() -> None:
    finding, clean = defaultdict(list), defaultdict(list)
    for case in RULE_CASES:
        found = {code for record in case.records for code in record.get("reasons", ())}
        for code in found:
            finding[code].append(case.title)
        if "code" in case.told and case.told["code"] not in found:
            clean[case.told["code"]].append(case.title)
    assert {c for c in CODES_OF_SECTION_3 if not finding[c]} == set()
    assert {c for c in CODES_OF_SECTION_3 if not clean[c]} == set()
    assert set(finding) <= CODES_OF_SECTION_3
    assert set(clean) <= CODES_OF_SECTION_3


@pytest.mark.parametrize("case", _told("expiry.toml")["case"], ids=lambda case: case["name"])
def test_a_grant_expires_on_the_day_the_civil_code_says(case: dict[str, Any]) -> None:
    completed: date = case["completed"]
    assert first_day_of_use(completed) == case["first"]
    assert expiry_of(completed, months=case["months"]) == case["last"]


@pytest.mark.parametrize("case", _told("people.toml")["case"], ids=lambda case: case["name"])
def test_a_row_finds_its_person_or_says_why_not(case: dict[str, Any]) -> None:
    people = [Person(p["id"], p["name"], p["unit"]) for p in _told("people.toml")["roster"]]
    read = case["read"]
    found = PeopleIndex(people).identify(read.get("id"), read.get("name"), read.get("unit"))
    if "found" in case:
        assert found.employee_id == case["found"]
        assert found.problem is None
        assert found.explanation == ""
        assert bool(found.found_by) is ("by" in case)
        assert case.get("by", "") in found.found_by
    else:
        assert found.employee_id is None
        assert found.problem is not None
        assert found.problem.value == case["problem"]
        assert case["words"] in found.explanation
