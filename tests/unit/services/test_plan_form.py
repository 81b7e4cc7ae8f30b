"""The form reaches every key that the loader asks for, and asks for none that it does not know."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.findings import ReasonCode
from desktop.rules import plan_loading
from desktop.services.plan_field_values import (
    clause_of,
    clause_texts,
    number_of,
    number_words,
    text_of,
    value_of,
)
from desktop.services.plan_fields import (
    FieldKind,
    PlanField,
    Rows,
    Section,
    fields_of,
    place_of,
    tables_at,
)
from desktop.services.plan_form import sections, setting_path
from desktop.services.plan_form_sets import COURSE_FIELDS

ROOT = Path(__file__).parents[3]
PLANS = ROOT / "resources" / "plans"
CASES = ROOT / "tests" / "cases"
WHOLE = CASES / "plans" / "whole-vocabulary.toml"
FOLDERS = (PLANS, CASES / "plans", CASES / "plans-of-other-cities")
FILES = [
    path
    for folder in FOLDERS
    for path in sorted(folder.glob("*.toml"))
    if not path.stem.endswith("-agency")
]
CLAUSE_KEYS = {"point", "quotation"}
LISTED = frozenset({"clauses", "severity"})


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def leaves(values: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Paths of everything written, a clause as one."""
    if isinstance(values, dict) and not set(values) <= CLAUSE_KEYS:
        for key, inner in values.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(values, list) and values and isinstance(values[0], dict):
        for index, inner in enumerate(values):
            yield from leaves(inner, (*path, index))
    else:
        yield path


def schema(path: tuple[str | int, ...]) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def form_keys(section: Section) -> Iterator[str]:
    base = tuple(part for part in section.path if isinstance(part, str))
    for part in section.parts:
        for one in part.fields:
            yield schema((*base, *one.key))
        for rows in part.rows:
            yield from row_keys(rows, base)
        if part.has_courses:
            yield from (".".join((*base, "course", str(one.key[0]))) for one in COURSE_FIELDS)


def row_keys(rows: Rows, base: tuple[str, ...]) -> Iterator[str]:
    inside = (*base, *(str(part) for part in rows.key))
    for one in rows.fields:
        yield ".".join((*inside, *(str(part) for part in one.key)))
    for inner in rows.rows:
        yield from row_keys(inner, inside)


def every_form_key(values: dict[str, Any]) -> set[str]:
    """Keys of the whole form; switches of readings repeat keys of the settings themselves."""
    return {
        key
        for top in sections(values)
        for section in top.with_children()
        for key in form_keys(section)
    }


class Asked(dict[str, Any]):
    """A table that notes which keys are looked for."""

    def __init__(self, values: dict[str, Any], path: tuple[str, ...], keys: set[str]) -> None:
        super().__init__({key: watched(one, (*path, key), keys) for key, one in values.items()})
        self.path, self.keys_asked = path, keys

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_asked.add(".".join((*self.path, key)))
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.keys_asked.add(".".join((*self.path, str(key))))
        return super().__contains__(key)


def watched(value: Any, path: tuple[str, ...], keys: set[str]) -> Any:
    if isinstance(value, dict) and not set(value) <= CLAUSE_KEYS:
        return Asked(value, path, keys)
    if isinstance(value, list):
        return [watched(one, path, keys) for one in value]
    return value


def keys_the_loader_asks_for(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> set[str]:
    keys: set[str] = set()
    real = tomllib.loads
    for path in paths:
        text = path.read_text(encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(
                plan_loading.tomllib, "loads", lambda words: watched(real(words), (), keys)
            )
            plan_loading.examine_plan(text)
    return keys


def whole(monkeypatch: pytest.MonkeyPatch) -> tuple[set[str], set[str], dict[str, Any]]:
    """What the loader asks for, what the form shows, and the values the form is made for."""
    programme = PLANS / "taipei-coursera-113.toml"
    asked = keys_the_loader_asks_for(monkeypatch, WHOLE, PLANS / "kaohsiung-114.toml", programme)
    values = read(WHOLE)
    shown = every_form_key(values) | every_form_key(read(programme))
    shown |= every_form_key(read(PLANS / "kaohsiung-114.toml"))
    return asked, shown, values


def test_form_shows_every_key_that_the_loader_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, shown, _ = whole(monkeypatch)
    tables = {key.rsplit(".", 1)[0] for key in shown if "." in key}
    tables |= {one.rsplit(".", 1)[0] for one in tables if "." in one}
    assert len(asked) > 120
    assert asked - shown - tables == set()


def test_form_shows_no_key_that_the_loader_does_not_ask_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, shown, _ = whole(monkeypatch)
    # The file has the conditions of languages and regions at a set only; both are read alike.
    asked |= {key.removeprefix("set.") for key in asked if key.startswith("set.conditions.")}
    assert {key for key in shown - asked if key.split(".")[0] not in LISTED} == set()


def test_clauses_and_severities_are_listed_for_every_reason_that_may_have_them() -> None:
    shown = every_form_key({})
    assert {f"clauses.{code.value}" for code in ReasonCode} <= shown
    adjustable = plan_loading.ADJUSTABLE
    severities = {key.removeprefix("severity.") for key in shown if key.startswith("severity.")}
    assert severities == {code.value for code in adjustable}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_written_in_a_plan_has_its_field(path: Path) -> None:
    values = read(path)
    tree = sections(values)
    for leaf in leaves(values):
        place = place_of(tree, values, leaf)
        assert place is not None, leaf
        assert place.path == leaf, leaf


def test_readme_names_no_key_that_the_form_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    _, shown, _ = whole(monkeypatch)
    last = {key.rsplit(".", 1)[-1] for key in shown} | {key.split(".")[0] for key in shown}
    last |= {part for key in shown for part in key.split(".")} | CLAUSE_KEYS
    text = (PLANS / "README.md").read_text(encoding="utf-8")
    named = set()
    for line in text.splitlines():
        if line.startswith("| `"):
            first = line.split("|")[1]
            named |= set(re.findall(r"`([a-z_]+)`", first))
    assert len(named) > 80
    assert named - last == set()


def test_captions_of_a_sheet_are_unique_and_chinese() -> None:
    for top in sections(read(WHOLE)):
        for section in top.with_children():
            for part in section.parts:
                captions = [one.caption for one in part.fields]
                assert len(captions) == len(set(captions)), (section.id, part.id)
                words = [*captions, part.title, section.title]
                words += [w for one in part.fields for _, w in one.choices]
                own = [w for w in words if re.search(r"[\u4e00-\u9fff]", w)]
                assert own == words, (section.id, part.id)


@pytest.mark.parametrize(
    ("path", "section", "part", "shown"),
    [
        (("set", 0, "course", 3, "hours"), "set/0", "courses", ("set", 0, "course", 3, "hours")),
        (("compensatory_leave", "cap_hours"), "compensatory_leave", "general", None),
        (("commendation", "rule", 0, "clause"), "commendation", "rules", None),
        (
            ("set", 1, "clause", "point"),
            "set/1",
            "completion",
            ("set", 1, "clause"),
        ),
    ],
)
def test_problem_is_shown_where_its_field_is(path, section, part, shown) -> None:
    values = read(PLANS / "kaohsiung-114.toml")
    place = place_of(sections(values), values, path)
    assert place is not None
    assert (place.section_id, place.part_id) == (section, part)
    assert place.path == (shown or path)


def test_key_that_nothing_knows_is_shown_at_its_section_without_a_field() -> None:
    values = read(PLANS / "kaohsiung-114.toml")
    tree = sections(values)
    place = place_of(tree, values, ("set", 0, "colour"))
    assert place is not None
    assert (place.section_id, place.path) == ("set/0", None)
    assert place_of(tree, values, ("colour",)) is None


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"set": "不是清單"},
        {"set": [{"course": 3}, {"id": 4, "title": None}]},
        {"compensatory_leave": {"rule": {"sets": "一"}}, "form": {}},
        {"entitlement": [{}], "unit_award": [{"band": [{}]}], "reading": [{"option": 1}]},
    ],
)
def test_form_can_be_laid_out_for_any_mistake(values: dict[str, Any]) -> None:
    tree = sections(values)
    assert [section.id for section in tree][:2] == ["general", "set"]
    for top in tree:
        for section in top.with_children():
            for part in section.parts:
                for _, field in fields_of(section, part, values):
                    assert field.caption


def test_reading_is_a_switch_of_the_setting_itself() -> None:
    values = {
        "compensatory_leave": {"combination": "sum"},
        "entitlement": [{"id": "draw", "combination": "sum"}],
        "reading": [
            {
                "setting": "compensatory_leave.combination",
                "question": "4、8、12 時要相加嗎",
                "option": [
                    {"value": "sum", "words": "相加到上限"},
                    {"value": "best", "words": "只取最高"},
                ],
            }
        ],
    }
    section = next(one for one in sections(values) if one.id == "reading")
    field = section.parts[0].fields[0]
    assert section.parts[0].id == "switches"
    assert field.key == ("compensatory_leave", "combination")
    assert field.choices == (("sum", "相加到上限"), ("best", "只取最高"))
    assert setting_path(values, "entitlement.draw.combination") == ("entitlement", 0, "combination")
    assert setting_path(values, "commendation.combination") == ()


def test_set_says_which_benefits_use_it() -> None:
    tree = sections(read(PLANS / "kaohsiung-114.toml"))
    first = tree[1].children[0]
    assert first.title == "政策能力訓練"
    assert first.kind == "課程組　用於補休、敘獎"


DAY = PlanField(("day",), "日", FieldKind.DAY)
WHOLE_NUMBER = PlanField(("n",), "數", FieldKind.WHOLE)
WORDS = PlanField(("w",), "字")
LIST = PlanField(("l",), "清單", FieldKind.LIST)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (DAY, "115-08-31", date(2026, 8, 31)),
        (DAY, "115/8/31", date(2026, 8, 31)),
        (DAY, "2026-08-31", date(2026, 8, 31)),
        (DAY, "1150831", date(2026, 8, 31)),
        (DAY, "115-02-30", "115-02-30"),
        (DAY, "八月底", "八月底"),
        (DAY, " ", None),
        (WHOLE_NUMBER, "１２", 12),
        (WHOLE_NUMBER, "1.5", 1.5),
        (WHOLE_NUMBER, "2 時", 2),
        (WHOLE_NUMBER, "1o", "1o"),
        (WHOLE_NUMBER, "-1", -1),
        (WORDS, "環境 教育", "環境 教育"),
        (WORDS, "", None),
        (LIST, "約聘\n\n 約僱 \n", ["約聘", "約僱"]),
        (LIST, "\n", None),
    ],
)
def test_what_is_typed_is_read_or_kept_as_typed(field, typed, value) -> None:
    assert value_of(field, typed) == value
    assert type(value_of(field, typed)) is type(value)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (DAY, date(2026, 8, 31), "115-08-31"),
        (DAY, "115-02-30", "115-02-30"),
        (WHOLE_NUMBER, 1.5, "1.5"),
        (WHOLE_NUMBER, 2.0, "2"),
        (LIST, ["甲", "乙"], "甲\n乙"),
        (WORDS, None, ""),
        (WORDS, True, "是"),
    ],
)
def test_value_is_shown_as_it_would_be_typed(field, value, words) -> None:
    assert text_of(field, value) == words


def test_numbers_and_clauses_go_both_ways() -> None:
    assert (number_of("2.50"), number_words(2.5), number_words(None)) == (2.5, "2.5", "")
    assert clause_texts("陸、五") == ("陸、五", "")
    assert clause_texts({"point": "陸", "quotation": "文"}) == ("陸", "文")
    assert clause_of("陸", " ") == {"point": "陸"}
    assert clause_of("", "文") == {"point": "", "quotation": "文"}
    assert clause_of(" ", "") is None
    assert tables_at({"set": [{"id": "a"}]}, ("set",)) == ({"id": "a"},)
    assert tables_at({"set": ["a"]}, ("set",)) == ()
