"""What a sound plan hardly means: told, not refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.rules.plan_loading import parse_plan
from desktop.rules.plan_remarks import plan_remarks

PLANS = Path(__file__).parents[3] / "resources" / "plans"


def remarks(text: str) -> list[tuple[tuple[str | int, ...], str]]:
    return list(plan_remarks(parse_plan(text, name="x")))


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_plan_has_nothing_to_remark(path: Path) -> None:
    assert remarks(path.read_text(encoding="utf-8")) == []


def counted_once() -> str:
    """The 103 plan with each course counted once; its side sets share courses."""
    text = (PLANS / "kaohsiung-103.toml").read_text(encoding="utf-8")
    return text.replace("\nschema = 1\n", '\nschema = 1\nshared_courses = "once"\n', 1)


def test_set_that_always_lacks_a_shared_course_is_remarked_once_with_the_courses() -> None:
    found = remarks(counted_once())
    # The main sets share courses as well, but nobody has two of them.
    assert [path for path, _ in found] == [("set", 4, "course"), ("set", 5, "course")]
    for _, words in found:
        assert "行政中立理論與實務" in words
        assert words.endswith("。")
        assert words.count("。") == 1
    assert "「副餐2-幸福嚴選餐」因此永遠缺課而無法完成" in found[0][1]


def test_part_of_the_sets_may_be_asked_for_without_a_remark() -> None:
    text = (PLANS.parents[1] / "tests" / "cases" / "plans" / "wide-audiences.toml").read_text(
        encoding="utf-8"
    )
    assert 'shared_courses = "once"' in text
    assert remarks(text) == []
