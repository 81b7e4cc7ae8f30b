"""Periods, and what may go without leaving something behind that stands on it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.retention import (
    DeletionUnit,
    RecordKind,
    free_to_go,
    is_past,
    kept_until,
)


@pytest.mark.parametrize(
    ("day", "years", "last"),
    [
        (date(2015, 5, 2), 10, date(2025, 5, 2)),
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2024, 12, 31), 1, date(2025, 12, 31)),
    ],
)
def test_period_ends_on_its_own_day_never_early(day: date, years: int, last: date) -> None:
    assert kept_until(day, years) == last


def test_unit_is_past_the_day_after_and_never_without_a_period() -> None:
    unit = DeletionUnit("a", RecordKind.CASES, "a", date(2020, 5, 2))
    assert not is_past(unit, 5, date(2025, 5, 2))
    assert is_past(unit, 5, date(2025, 5, 3))
    assert not is_past(unit, None, date(2999, 1, 1))


NAMES = st.sampled_from("abcdefgh")


@given(
    st.dictionaries(NAMES, st.tuples(st.booleans(), st.frozensets(NAMES))),
)
def test_what_goes_leaves_nothing_behind_and_is_as_much_as_can_go(
    drawn: dict[str, tuple[bool, frozenset[str]]],
) -> None:
    units = {
        key: DeletionUnit(
            key, RecordKind.EVIDENCE, key, date(2020, 1, 1), held="x" if held else "", needs=needs
        )
        for key, (held, needs) in drawn.items()
    }
    going = free_to_go(units)
    for key in going:
        assert not units[key].held
        assert units[key].needs <= going
    # Whoever stays can name why: held, or something that it needs does not go.
    for key in units.keys() - going:
        reached, ends = set(), [key]
        while ends:
            one = ends.pop()
            if one not in reached:
                reached.add(one)
                ends += units[one].needs if one in units else ()
        assert any(one not in units or units[one].held for one in reached)
