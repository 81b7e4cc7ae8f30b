"""Broken settings: one file a mistake, each with what the message must name.

The first line of every file of tests/malformed says it: ``# expect: line=12, key=year, words=…``; ``problems=3`` where one mistake has consequences.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.rules.agency_loading import parse_agency
from desktop.rules.plan_loading import examine_plan, parse_plan
from desktop.rules.toml_table import TomlProblem, TomlProblemsError
from tests.unit.rules.offices import CASES, MALFORMED, SHIPPED_PLANS

_EXPECT = re.compile(r"# expect: line=(\d+), key=(.*?), words=(.*?)(?:, problems=(\d+))?")
SOUND = sorted((CASES / "plans").glob("sound-*.toml"))
PLANS = sorted(MALFORMED.glob("*.toml"))
JUNK = ('""', "0", "-1", "1.5", "nan", "true", "[]", "{}", '["x"]', "2025-01-01", "[{ a = 1 }]")
AGENCIES = sorted((MALFORMED / "agency").glob("*.toml"))


def _problems(path: Path, parse: Callable[..., object]) -> tuple[str, tuple[TomlProblem, ...]]:
    text = path.read_text(encoding="utf-8")
    with pytest.raises(TomlProblemsError) as caught:
        parse(text, name=path.name)
    assert str(caught.value).startswith(f"{path.name} 第 ")
    return text, caught.value.problems


def _assert_named(text: str, problems: tuple[TomlProblem, ...]) -> None:
    expected = _EXPECT.fullmatch(text.splitlines()[0])
    assert expected is not None
    line, key, words = int(expected[1]), expected[2], expected[3]
    found = [p for p in problems if (p.line, p.key) == (line, key) and words in p.message]
    assert found, [problem.sentence for problem in problems]
    # What follows from a mistake is named as well, but no more than that.
    count = int(expected[4] or 1)
    assert len(problems) == count, [problem.sentence for problem in problems]
    for problem in problems:
        assert re.search(r"[\u4e00-\u9fff]", problem.message)
        assert problem.message.endswith("。")


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_broken_plan_is_refused_with_line_key_and_words(path: Path) -> None:
    text, problems = _problems(path, parse_plan)
    _assert_named(text, problems)


@pytest.mark.parametrize("path", AGENCIES, ids=lambda path: path.stem)
def test_broken_agency_settings_are_refused_with_line_key_and_words(path: Path) -> None:
    text, problems = _problems(path, parse_agency)
    _assert_named(text, problems)


def test_the_plan_that_the_broken_ones_are_made_from_is_sound() -> None:
    text = (CASES / "plans" / "sound.toml").read_text(encoding="utf-8")
    plan, problems = examine_plan(text)
    assert problems == ()
    assert plan is not None
    assert plan.id == "test-114"


def test_the_programme_that_the_broken_ones_are_made_from_is_sound() -> None:
    text = (CASES / "plans" / "sound-programme.toml").read_text(encoding="utf-8")
    plan, problems = examine_plan(text)
    assert problems == ()
    assert plan is not None
    assert plan.credit is not None


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_each_plan_that_broken_ones_are_made_from_is_sound(path: Path) -> None:
    plan, problems = examine_plan(path.read_text(encoding="utf-8"))
    assert problems == ()
    assert plan is not None


@settings(max_examples=150, deadline=None)
@given(place=st.integers(min_value=0), junk=st.sampled_from(JUNK))
def test_any_value_at_any_key_is_read_or_named(place: int, junk: str) -> None:
    lines = (CASES / "plans" / "whole-vocabulary.toml").read_text(encoding="utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"\w+ = ", line)]
    spoilt = keys[place % len(keys)]
    lines[spoilt] = f"{lines[spoilt].split(' = ')[0]} = {junk}"
    plan, problems = examine_plan("\n".join(lines))
    assert plan is not None or problems
    for problem in problems:
        assert problem.message.endswith("。")
        assert 1 <= problem.line <= len(lines)


def test_several_mistakes_are_all_named_in_the_order_of_lines() -> None:
    sound = (CASES / "plans" / "sound.toml").read_text(encoding="utf-8")
    text = sound.replace("year = 114\n", "yaer = 114\n").replace("count = 1\n", "count = 0\n")
    plan, problems = examine_plan(text)
    assert plan is None
    assert [problem.key for problem in problems] == ["year", "yaer", "commendation.rule[1].count"]
    assert [p.line for p in problems] == sorted(p.line for p in problems)
    with pytest.raises(TomlProblemsError, match=r"（另有 2 個問題）。$"):
        parse_plan(text, name="x.toml")


def test_a_plan_that_reads_but_makes_no_sense_is_shown_beside_its_problems() -> None:
    sound = (CASES / "plans" / "sound.toml").read_text(encoding="utf-8")
    plan, problems = examine_plan(sound.replace("hours = 3\n", "hours = 5\n"))
    assert plan is not None
    assert [problem.key for problem in problems] == ["set[1].hours"]


@pytest.mark.parametrize("path", sorted(SHIPPED_PLANS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_plan_is_sound_and_bears_its_file_name(path: Path) -> None:
    plan, problems = examine_plan(path.read_text(encoding="utf-8"))
    assert problems == ()
    assert plan is not None
    assert plan.id == path.stem
