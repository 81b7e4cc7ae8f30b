from __future__ import annotations

import datetime as dt

import pytest

from forms import rocdate


@pytest.mark.parametrize(
    ("write", "moment", "written"),
    [
        (rocdate.spoken_date, dt.date(2025, 3, 5), "114 年 3 月 5 日"),
        (rocdate.spoken_date, dt.date(2011, 1, 1), "100 年 1 月 1 日"),
        (rocdate.spoken_date, dt.date(2010, 12, 31), "99 年 12 月 31 日"),
        (rocdate.official_date, dt.date(2025, 5, 6), "中華民國 114 年 5 月 6 日"),
        (rocdate.listed_date, dt.date(2025, 3, 5), "114/03/05"),
        (rocdate.stamped_date, dt.date(2025, 5, 2), "114. 5. 2"),
        (rocdate.stamped_date, dt.date(2025, 12, 31), "114.12.31"),
        (rocdate.spoken_time, dt.datetime(2025, 5, 2, 14, 5, 59), "114 年 5 月 2 日 14 時 05 分"),
        (rocdate.listed_time, dt.datetime(2025, 3, 18, 19, 5, 20), "114/03/18 19:05:20"),
    ],
)
def test_moment_is_written_as_its_paper_demands(write, moment, written) -> None:
    assert write(moment) == written


def test_seconds_are_cut_not_rounded_in_slots() -> None:
    slots = rocdate.date_slots(dt.datetime(2025, 3, 15, 9, 2, 59), year=113)

    assert [slot.number + slot.word for slot in slots] == ["114年", "3月", "15日", "09時", "02分"]


def test_unknown_time_leaves_slots_empty_but_prints_the_year() -> None:
    slots = rocdate.date_slots(None, year=114)

    assert [slot.number.strip() for slot in slots] == ["114", "", "", "", ""]
    assert [slot.em for slot in slots] == [
        slot.em for slot in rocdate.date_slots(dt.datetime(2025, 1, 1), year=114)
    ]


def test_slots_of_date_and_time_take_twelve_and_a_quarter_em() -> None:
    slots = rocdate.date_slots(None, year=114)

    assert sum(slot.em + 1 for slot in slots) == pytest.approx(12.25)
