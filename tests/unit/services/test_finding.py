"""What Ctrl+K finds: people, courses and documents, in any spelling."""

from __future__ import annotations

import pytest

from desktop.services.finding import find, holds
from desktop.services.issuing import issue_forms
from desktop.services.office import Office

PLAN = "kaohsiung-114"


@pytest.mark.parametrize(
    ("text", "words", "is_found"),
    [
        ("臺灣史", "台灣", True),
        ("台灣史", "臺灣", True),
        ("公務⼈員", "人員", True),
        ("從農田到餐桌的減碳策略", "餐桌 農田", True),
        ("KH-114-000001", "kh114", True),
        ("ＡＩ素養", "ai", True),
        ("從農田到餐桌", "農田 海", False),
    ],
)
def test_every_word_is_found_whatever_its_spelling(text, words, is_found) -> None:
    assert holds(text, words) is is_found


def test_person_is_found_by_name_in_another_spelling_and_by_number(sample: Office) -> None:
    by_name = find(sample, PLAN, "高峰瑜").people
    by_number = find(sample, PLAN, by_name[0].employee_id.lower()).people
    assert [one.name for one in by_name] == ["高峯瑜"]
    assert by_number == by_name


def test_courses_of_the_plan_are_found_once_each(sample: Office) -> None:
    found = find(sample, PLAN, "農田").courses
    assert [one.name for one in found] == ["從農田到餐桌的減碳策略：再生農法與永續食材"]
    assert found[0].set_title


def test_documents_are_found_by_number_and_by_name_those_in_force_first(sample: Office) -> None:
    assert find(sample, PLAN, "KH-114").documents == ()
    issue_forms(sample, PLAN, ["A0011/policy", "A0012/policy"], with_stamp=False)
    by_number = find(sample, PLAN, "kh 114 000002").documents
    assert [(one.number, one.kind, one.is_in_force) for one in by_number] == [
        ("KH-114-000002", "申請表", True)
    ]
    by_name = find(sample, PLAN, by_number[0].name).documents
    assert "KH-114-000002" in [one.number for one in by_name]


def test_without_a_known_plan_people_are_found_all_the_same(sample: Office) -> None:
    found = find(sample, "", "A0011")
    assert [one.employee_id for one in found.people] == ["A0011"]
    assert (found.courses, found.documents) == ((), ())
    assert find(sample, PLAN, "－").people == ()
