"""Plan values as a document: changed by path, written back as TOML."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.plan_document import (
    PlanTextError,
    from_toml,
    path_of_key,
    to_toml,
    value_at,
    with_inserted,
    with_moved,
    with_value,
    without_item,
)

PLANS = sorted((Path(__file__).parents[3] / "resources" / "plans").glob("*.toml"))

_KEYS = st.text("abcdefgh_", min_size=1, max_size=6)
_SCALARS = st.one_of(
    st.text(max_size=20).filter(lambda words: words.isprintable()),
    st.integers(-1000, 1000),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
)
_VALUES = st.recursive(
    st.dictionaries(_KEYS, _SCALARS, max_size=4),
    lambda inner: st.dictionaries(
        _KEYS, st.one_of(inner, st.lists(inner, min_size=1, max_size=3)), max_size=3
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_shipped_plan_is_written_back_with_the_same_values(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(to_toml(from_toml(text))) == tomllib.loads(text)


@given(_VALUES)
def test_whatever_is_written_is_read_back(values: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(values)) == values


def test_a_clause_stays_in_one_line() -> None:
    text = to_toml({"set": [{"id": "a", "clause": {"point": "陸、五", "quotation": "原文"}}]})
    assert 'clause = {point = "陸、五", quotation = "原文"}' in text.splitlines()


def test_numbers_are_written_without_needless_fractions() -> None:
    assert tomllib.loads(to_toml({"a": Decimal("2.0"), "b": Decimal("1.5")})) == {"a": 2, "b": 1.5}


def test_a_changed_value_leaves_the_former_values_alone() -> None:
    before = {"set": [{"title": "甲", "course": [{"name": "一", "hours": 1}]}]}
    after = with_value(before, ("set", 0, "course", 0, "hours"), 2)
    assert value_at(after, ("set", 0, "course", 0, "hours")) == 2
    assert before == {"set": [{"title": "甲", "course": [{"name": "一", "hours": 1}]}]}


def test_tables_on_the_way_are_made_and_taken_away_when_empty() -> None:
    made = with_value({}, ("compensatory_leave", "validity", "years"), 2)
    assert made == {"compensatory_leave": {"validity": {"years": 2}}}
    assert with_value(made, ("compensatory_leave", "validity", "years"), None) == {}


def test_items_are_inserted_moved_and_taken_out() -> None:
    values = with_inserted({}, ("set",), 0, {"id": "a"})
    values = with_inserted(values, ("set",), 1, {"id": "b"})
    values = with_moved(values, ("set",), 1, 0)
    assert [each["id"] for each in values["set"]] == ["b", "a"]
    values = without_item(values, ("set",), 0)
    assert values == {"set": [{"id": "a"}]}
    assert without_item(values, ("set",), 0) == {}


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("set[1].course[2].hours", ("set", 0, "course", 1, "hours")),
        ("compensatory_leave.rule[3].sets", ("compensatory_leave", "rule", 2, "sets")),
        ("id", ("id",)),
        ("（全檔）", ()),
    ],
)
def test_a_problem_key_leads_to_its_place(key: str, path: tuple[object, ...]) -> None:
    assert path_of_key(key) == path


def test_a_text_that_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(PlanTextError, match=r"新計畫\.toml 第 2 行不符合 TOML 寫法，沒有匯入"):
        from_toml('id = "a"\ntitle = \n', name="新計畫.toml")
