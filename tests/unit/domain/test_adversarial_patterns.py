"""班別 as rosters write it: the code, the code in another width or case, or the pattern's name."""

from __future__ import annotations

import pytest

from desktop.domain.agency import Agency, WorkPattern
from desktop.domain.moments import TimeBand

BAND = (TimeBand(8 * 3600, 17 * 3600),)


def pattern(code: str, name: str) -> WorkPattern:
    return WorkPattern(code, name, frozenset({1, 2, 3, 4, 5}), BAND)


AGENCY = Agency(
    "甲機關", "高雄市", (pattern("A", "標準班"), pattern("B", "早班"), pattern("b2", "早班"))
)


@pytest.mark.parametrize(
    ("written", "code"),
    [("A", "A"), ("Ａ", "A"), ("a", "A"), ("標準班", "A"), ("B", "B"), ("Ｂ２", "b2")],
)
def test_pattern_is_found_as_the_roster_writes_it(written: str, code: str) -> None:
    assert [row.code for row in AGENCY.rows_of(written)] == [code]


@pytest.mark.parametrize("written", ["", "C", "標準", "早班"])
def test_pattern_that_is_unknown_or_not_the_only_one_is_not_guessed(written: str) -> None:
    assert AGENCY.rows_of(written) == ()
