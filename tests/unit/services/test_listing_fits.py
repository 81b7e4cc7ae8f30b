"""The cells of short tables read back: numbers, days, lengths, and what conditions find in them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from desktop.services.listing import CellType, ListColumn, Tally
from desktop.services.listing_filters import ListFilterError
from desktop.services.listing_fits import (
    conditions_for,
    day_in,
    fits,
    length_in,
    number_in,
    tally_in,
    type_of,
)

TEXT, NUMBER, MOMENT, LENGTH = CellType.TEXT, CellType.NUMBER, CellType.MOMENT, CellType.LENGTH


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("9 時", "9"),
        ("1,284 人", "1284"),
        ("2.5", "2.5"),
        ("−3", "-3"),
        ("+4", "4"),
        ("１２", "12"),
        ("12 MB", "12"),
        ("3／12", None),
        ("114-03-12", None),
        ("不限", None),
        ("—", None),
        ("", None),
    ],
)
def test_number_of_a_cell_is_read_with_its_unit(words: str, number: str | None) -> None:
    assert number_in(words) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("114-03-12", "2025-03-12"),
        ("114/3/12 09:00", "2025-03-12"),
        ("2025-03-12 09:00:00", "2025-03-12"),
        ("114-03-12（還有 3 天）", "2025-03-12"),
        ("114-02-30", None),
        ("114-03-12 至 114-03-14", None),
        ("日期未定", None),
    ],
)
def test_day_of_a_cell_is_read_unless_there_are_two(words: str, day: str | None) -> None:
    assert day_in(words) == day


def test_length_of_a_cell_is_read() -> None:
    assert length_in("26:04:05") == timedelta(hours=26, minutes=4, seconds=5)
    assert length_in("9:30") is None


@pytest.mark.parametrize(
    ("cells", "is_number", "type_"),
    [
        (["114-03-12", "—", "114-04-01", "無期限"], False, MOMENT),
        (["114-03-12", "無期限", "無期限"], False, TEXT),
        (["9 時", "不限"], True, NUMBER),
        (["9", "10"], False, TEXT),
        (["0:57:53", ""], True, LENGTH),
        ([], True, NUMBER),
        ([], False, TEXT),
    ],
)
def test_type_of_a_column_is_told_by_most_of_its_cells(
    cells: list[str], is_number: bool, type_: CellType
) -> None:
    assert type_of(cells, is_number=is_number) is type_


@pytest.mark.parametrize(
    ("type_", "typed", "cells", "found"),
    [
        (TEXT, "台中 課", ["臺中市 民政課", "臺中市"], [True, False]),
        (TEXT, "=甲", ["甲", "甲乙"], [True, False]),
        (TEXT, "<>甲", ["甲乙", "丙", ""], [False, True, True]),
        (TEXT, "=", ["", "—", "甲"], [True, True, False]),
        (TEXT, "<>", ["", "—", "甲"], [False, False, True]),
        (
            NUMBER,
            ">=9",
            ["9 時", "10 時", "8.5 時", "不限", "—"],
            [True, True, False, False, False],
        ),
        (NUMBER, "<10", ["9 時", "10 時"], [True, False]),
        (NUMBER, "1~2", ["1", "2", "3"], [True, True, False]),
        (NUMBER, "不限", ["不限", "3"], [True, False]),
        (MOMENT, "114-03", ["114-03-31", "114-04-01", "無期限"], [True, False, False]),
        (MOMENT, ">114-03-12", ["114-03-12 09:00", "114-03-13"], [False, True]),
        (MOMENT, "無期", ["無期限", "114-03-13"], [True, False]),
        (LENGTH, ">=30", ["0:30:00", "0:29:59"], [True, False]),
    ],
)
def test_conditions_find_cells_by_what_they_show(
    type_: CellType, typed: str, cells: list[str], found: list[bool]
) -> None:
    conditions = conditions_for(ListColumn("a", "欄", type_), typed, cells)
    assert [all(fits(one, type_, words) for one in conditions) for words in cells] == found


def test_words_that_no_cell_has_are_a_fault_over_numbers() -> None:
    with pytest.raises(ListFilterError, match="不是數字"):
        conditions_for(ListColumn("a", "時數", NUMBER), "很多", ["3", "不限"])


def test_cells_come_to_their_sum() -> None:
    numbers = ListColumn("a", "時數", NUMBER)
    assert tally_in(numbers, ["9 時", "不限", "2.5 時", ""]) == Tally("a", 2, Decimal("11.5"))
    lengths = ListColumn("a", "閱讀", LENGTH)
    assert tally_in(lengths, ["0:30:00", "1:00:01"]) == Tally("a", 2, timedelta(seconds=5401))
