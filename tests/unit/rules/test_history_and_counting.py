"""What somebody had before, how awards weigh, and when an amount was reached."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.attendance import FormerAward
from desktop.domain.entitlements import EntitlementKind
from desktop.domain.people import Person
from desktop.domain.verdicts import Award
from desktop.rules.award_weights import award_named, highest_first, weight_of
from desktop.rules.counting import day_reached
from desktop.rules.hindrances import is_in_post
from desktop.rules.history import COMMENDATION_FAMILY, LEAVE_FAMILY, Family


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("嘉獎", "嘉獎"),
        ("嘉奬二次", "嘉獎"),
        ("記功1次", "記功"),
        ("記一大功", "記大功"),
        ("一次記二大功", "記大功"),
        ("記大功", "記大功"),
        ("公假補休", None),
        ("", None),
    ],
)
def test_words_name_a_kind_of_award(words: str, name: str | None) -> None:
    assert award_named(words) == name


@pytest.mark.parametrize(
    ("benefit", "amount", "level"),
    [
        ("嘉獎", 3, 3),
        ("嘉獎二次", None, 2),
        ("嘉獎 1 次", None, 1),
        ("記功兩次", None, 6),
        ("記功", 2, 6),
        ("記一大功", None, 9),
        ("記大功", 1, 9),
        ("112年嘉獎", None, None),
        ("嘉獎", None, None),
        # What the column says comes before what stands with the award's name.
        ("嘉獎二次", 1, 1),
    ],
)
def test_level_of_a_former_award_is_its_weight(
    benefit: str, amount: int | None, level: int | None
) -> None:
    assert COMMENDATION_FAMILY.level(FormerAward("A1", 113, "甲", benefit, amount)) == level


DRAWS = Family(words=(EntitlementKind.DRAW.word, "年終摸彩"))
STUDY_LEAVE = Family(words=(EntitlementKind.OFFICIAL_LEAVE.word, "學習公假"))


@pytest.mark.parametrize(
    ("family", "benefit", "holds"),
    [
        (COMMENDATION_FAMILY, "記功", True),
        (COMMENDATION_FAMILY, "補休", False),
        (LEAVE_FAMILY, "公假補休", True),
        (LEAVE_FAMILY, "公假", False),
        (LEAVE_FAMILY, "嘉獎", False),
        (STUDY_LEAVE, "公假", True),
        (STUDY_LEAVE, "公假補休", False),
        (DRAWS, "抽獎", True),
        (DRAWS, "年終摸彩", True),
        (DRAWS, "抽", False),
        (DRAWS, "禮券", False),
        (DRAWS, "嘉獎", False),
    ],
)
def test_a_former_award_is_of_a_family_by_its_words(
    family: Family, benefit: str, holds: bool
) -> None:
    assert family.holds(FormerAward("A1", 113, "甲", benefit)) is holds


def test_awards_weigh_in_commendations() -> None:
    awards = [Award("嘉獎", 2), Award("記大功", 1), Award("記功", 1)]
    assert weight_of(awards) == 14
    assert [award.name for award in highest_first(awards)] == ["記大功", "記功", "嘉獎"]


MARCH, MAY = date(2025, 3, 1), date(2025, 5, 1)


@pytest.mark.parametrize(
    ("amounts", "needed", "day"),
    [
        ([(MAY, 1), (MARCH, 2)], 2, MARCH),
        ([(MAY, 1), (MARCH, 2)], 3, MAY),
        ([(MAY, 1), (MARCH, 2)], 4, None),
        # What has no day is taken last, and has none to give.
        ([(None, 5), (MARCH, 2)], 2, MARCH),
        ([(None, 5), (MARCH, 2)], 3, None),
        ([], 1, None),
    ],
)
def test_an_amount_is_reached_on_the_first_day_that_suffices(
    amounts: list[tuple[date | None, int]], needed: int, day: date | None
) -> None:
    told = [(each, Decimal(amount)) for each, amount in amounts]
    assert day_reached(told, Decimal(needed)) == day


@pytest.mark.parametrize(
    ("hired", "left", "expected"),
    [
        (None, None, True),
        (MAY, None, True),
        (date(2025, 5, 2), None, False),
        (None, MAY, False),
        (None, date(2025, 5, 2), True),
        (MAY, MAY, False),
    ],
)
def test_somebody_is_in_post_from_the_first_day_to_the_day_before_leaving(
    hired: date | None, left: date | None, expected: bool
) -> None:
    person = Person("A1", "王小明", "秘書室", hired_on=hired, left_on=left)
    assert is_in_post(person, MAY) is expected
