"""A misread sign in a picture's course name: approximate when clear, else for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.rules.matching import CourseMatcher
from desktop.rules.plan_loading import parse_plan

PLAN = Path(__file__).parents[3] / "resources" / "plans" / "kaohsiung-114.toml"


@pytest.mark.parametrize(
    ("as_read", "is_clear"),
    [
        ("全球淨零超勢帶給高雄的挑戰與機會", True),  # one sign of sixteen, nothing else near
        ("零廢時尚：不可不知道的永續時尚超勢", True),
        ("性騷擾調查實務探討(B)-接獲性騷擾申訴應變作為", False),  # between two courses
        ("雙軸轉形淨零港都", False),  # one of eight leaves 87
        ("失智友善好鄰居", False),
    ],
)
def test_a_misread_name_is_clear_only_far_from_every_other(as_read: str, is_clear: bool) -> None:
    matcher = CourseMatcher(parse_plan(PLAN.read_text(encoding="utf-8"), name=PLAN.name))
    assert matcher.match(as_read).is_clear_in_a_picture is is_clear
