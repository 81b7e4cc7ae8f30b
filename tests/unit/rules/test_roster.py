"""From roster rows to people, and which contradictions refuse a roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.evidence import RefusalReason, RosterRow
from desktop.domain.people import LeaveWithoutPay, RankTier
from desktop.domain.provenance import SourcePlace
from desktop.rules.eligibility import is_eligible
from desktop.rules.people_lookup import PeopleIndex
from desktop.rules.roster import people_from_roster
from tests.unit.rules import offices

ROW = RosterRow(
    place=SourcePlace("a" * 64, "名冊.xlsx", page=1, row=3, sheet="職員"),
    employee_id="A0001",
    name="王小明",
    unit="秘書室",
    title="科員",
    rank="薦任第7職等",
    category="編制內公務人員",
    pattern_code="A",
    hired_on=date(2010, 1, 4),
)
OTHER = replace(
    ROW, employee_id="A0002", name="陳美玲", place=SourcePlace("a" * 64, "名冊.xlsx", row=4)
)


def test_people_stand_in_the_order_of_the_rows_with_all_their_words() -> None:
    roster = people_from_roster([OTHER, ROW])
    assert roster.problems == ()
    assert [p.employee_id for p in roster.people] == ["A0002", "A0001"]
    assert [p.roster_position for p in roster.people] == [0, 1]
    person = roster.people[1]
    assert (person.name, person.unit, person.title, person.rank) == (
        "王小明",
        "秘書室",
        "科員",
        "薦任第7職等",
    )
    assert person.tier is RankTier.JUNIOR
    assert (person.category, person.pattern_code) == ("編制內公務人員", "A")
    assert person.hired_on == date(2010, 1, 4)
    assert person.leave_without_pay == ()


def test_a_second_row_of_a_person_adds_a_spell_without_pay() -> None:
    later = replace(
        ROW,
        leave_without_pay_from=date(2025, 3, 1),
        leave_without_pay_until=date(2025, 3, 31),
    )
    earlier = replace(
        ROW,
        leave_without_pay_from=date(2024, 3, 1),
        leave_without_pay_until=date(2024, 8, 31),
    )
    roster = people_from_roster([later, earlier, later])
    assert roster.problems == ()
    (person,) = roster.people
    assert person.leave_without_pay == (
        LeaveWithoutPay(date(2024, 3, 1), date(2024, 8, 31)),
        LeaveWithoutPay(date(2025, 3, 1), date(2025, 3, 31)),
    )


def test_a_spell_without_a_last_day_is_open() -> None:
    (person,) = people_from_roster([replace(ROW, leave_without_pay_from=date(2025, 3, 1))]).people
    assert person.leave_without_pay_on(date(2035, 1, 1)) is not None
    assert person.leave_without_pay_on(date(2025, 2, 28)) is None


@pytest.mark.parametrize(
    ("changed", "reason", "words"),
    [
        ({"name": "王大明"}, RefusalReason.PERSON_AMBIGUOUS, "兩個姓名"),
        ({"unit": "人事室"}, RefusalReason.PERSON_AMBIGUOUS, "列了兩次"),
        ({"category": "教師"}, RefusalReason.PERSON_AMBIGUOUS, "列了兩次"),
        ({"pattern_code": "F"}, RefusalReason.PERSON_AMBIGUOUS, "列了兩次"),
        ({"rank": "簡任第10職等"}, RefusalReason.PERSON_AMBIGUOUS, "列了兩次"),
        (
            {
                "leave_without_pay_from": date(2025, 3, 2),
                "leave_without_pay_until": date(2025, 3, 1),
            },
            RefusalReason.BAD_DATE,
            "迄日早於起日",
        ),
        ({"leave_without_pay_until": date(2025, 3, 1)}, RefusalReason.BAD_DATE, "沒有起日"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_a_row_that_contradicts_refuses_with_its_place(
    changed: dict[str, object], reason: RefusalReason, words: str
) -> None:
    second = replace(ROW, place=replace(ROW.place, row=9), **changed)
    roster = people_from_roster([ROW, second])
    (problem,) = roster.problems
    assert problem.reason is reason
    assert words in problem.message
    assert "「名冊.xlsx」工作表「職員」第 9 列" in problem.message
    assert "整份名冊沒有存入" in problem.message
    assert problem.rows == 1
    assert problem.place.row == 9


def test_the_roster_is_searched_by_id_and_name_in_its_order() -> None:
    people = people_from_roster(
        [OTHER, ROW, replace(ROW, employee_id="A0003", name="王大明")]
    ).people
    index = PeopleIndex(people)
    assert [p.employee_id for p in index.search("王", limit=9)] == ["A0001", "A0003"]
    assert [p.employee_id for p in index.search("ａ０００", limit=2)] == ["A0002", "A0001"]
    assert index.search("林", limit=9) == ()
    assert index.search("  ", limit=9) == ()


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("編制內公務人員", True),
        ("公務人員", True),
        ("約聘", True),
        ("約 聘", True),
        ("聘用人員", True),
        ("約雇人員", True),
        ("教師", False),
        ("工友", False),
        ("臨時人員", False),
        ("約聘教師", False),
        ("", None),
        ("　", None),
    ],
)
def test_a_category_may_apply_when_the_plan_names_it(category: str, expected: bool | None) -> None:
    (person,) = people_from_roster([replace(ROW, category=category)]).people
    assert is_eligible(person, offices.plan("kaohsiung-114").eligibility) is expected
