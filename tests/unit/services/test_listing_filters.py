"""What is typed over a column, as conditions."""

from __future__ import annotations

import pytest

from desktop.domain.listing import Between, Blank, Condition, Holds, OneOf, Test
from desktop.services.listing import CellType, ListColumn
from desktop.services.listing_filters import ListFilterError, all_conditions, conditions_of

COLUMNS = {
    type_: ListColumn(type_.value, "欄", type_, choices={"a": "完成清冊", "b": "入口網 學習時數"})
    for type_ in CellType
}
TEXT, NUMBER, MOMENT = CellType.TEXT, CellType.NUMBER, CellType.MOMENT
LENGTH, CHOICE = CellType.LENGTH, CellType.CHOICE
MINUTE = 60_000_000


@pytest.mark.parametrize(
    ("type_", "typed", "tests"),
    [
        (TEXT, "  ", ()),
        (TEXT, "農田 餐桌", (Holds("農田"), Holds("餐桌"))),
        (TEXT, "=民政課", (Holds("民政課", is_whole=True),)),
        (TEXT, "=", (Blank(),)),
        (TEXT, "<>", (Blank(),)),
        (TEXT, "<>測試", (Holds("測試"),)),
        (NUMBER, "2", (Between(2.0, 2.0, has_end=True),)),
        (NUMBER, "1,284", (Between(1284.0, 1284.0, has_end=True),)),
        (NUMBER, "２", (Between(2.0, 2.0, has_end=True),)),
        (NUMBER, ">=2", (Between(first=2.0),)),
        (NUMBER, "≥2", (Between(first=2.0),)),
        (NUMBER, "<2", (Between(end=2.0),)),
        (NUMBER, "<=2", (Between(end=2.0, has_end=True),)),
        (NUMBER, "1~3", (Between(1.0, 3.0, has_end=True),)),
        (NUMBER, "1～", (Between(first=1.0),)),
        (NUMBER, "=", (Blank(),)),
        (MOMENT, "114", (Between("2025-01-01", "2026-01-01"),)),
        (MOMENT, "114-03", (Between("2025-03-01", "2025-04-01"),)),
        (MOMENT, "114/12", (Between("2025-12-01", "2026-01-01"),)),
        (MOMENT, "114-03-12", (Between("2025-03-12", "2025-03-13"),)),
        (MOMENT, "2025-03-12", (Between("2025-03-12", "2025-03-13"),)),
        (MOMENT, "114-03-01~114-03-31", (Between("2025-03-01", "2025-04-01"),)),
        (MOMENT, ">=114-03-01", (Between(first="2025-03-01"),)),
        (MOMENT, ">114-03-01", (Between(first="2025-03-02"),)),
        (MOMENT, "<114-03", (Between(end="2025-03-01"),)),
        (MOMENT, "<=114-03", (Between(end="2025-04-01"),)),
        (LENGTH, ">=30", (Between(first=30.0 * MINUTE),)),
        (LENGTH, "30", (Between(30.0 * MINUTE, 31.0 * MINUTE),)),
        (CHOICE, "清冊", (OneOf(("a",)),)),
        (CHOICE, "學習", (OneOf(("b",)),)),
        (CHOICE, "沒有這種", (OneOf(()),)),
    ],
)
def test_typed_words_mean_these_tests(type_: CellType, typed: str, tests: tuple[Test, ...]) -> None:
    found = conditions_of(COLUMNS[type_], typed)
    is_negated = typed.startswith("<>")
    assert found == tuple(Condition(type_.value, test, is_negated) for test in tests)


def test_more_than_a_number_leaves_the_number_itself_out() -> None:
    ((condition),) = conditions_of(COLUMNS[NUMBER], ">2")
    assert isinstance(condition.test, Between)
    assert isinstance(condition.test.first, float)
    assert 2.0 < condition.test.first < 2.001
    assert condition.test.end is None


@pytest.mark.parametrize(
    ("type_", "typed"),
    [(NUMBER, "兩小時"), (NUMBER, "1~三"), (MOMENT, "昨天"), (MOMENT, "114-13"), (LENGTH, "久")],
)
def test_words_without_meaning_are_told_with_an_example(type_: CellType, typed: str) -> None:
    with pytest.raises(ListFilterError, match=r"這一欄沒有篩選；.*例"):
        conditions_of(COLUMNS[type_], typed)


def test_fault_in_one_column_leaves_the_others() -> None:
    columns = (COLUMNS[TEXT], COLUMNS[NUMBER])
    found, faults = all_conditions(columns, {"text": "農", "number": "幾"})
    assert found == (Condition("text", Holds("農")),)
    assert list(faults) == ["number"]
