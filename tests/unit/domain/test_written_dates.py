"""Every accepted spelling of a date or time, and every kind of refusal."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.written_dates import (
    AmbiguousDateError,
    ImpossibleDateError,
    NotADateError,
    WrittenDateError,
    parse_date,
    parse_length,
    parse_moment,
    parse_second_of_day,
    parse_time,
    split_period,
)

FIRST = date(2025, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-01", "2025/1/1", "2025.01.01", "20250101", "114/01/01", "114.1.1", "114-1-1",
        "1140101", "114年1月1日", "114 年 1 月 1 日", "中華民國114年1月1日", "民國114年01月01日",
        "民國 114/1/1", "中華民國1140101", "１１４／０１／０１", "２０２５－０１－０１", "2025年1月1日",
        "114/01/01(三)", "114/01/01（星期三）", " 2025-01-01 ", "2025–01–01",
    ],
)  # fmt: skip
def test_accepted_spelling_of_a_date_is_read(text: str) -> None:
    assert parse_date(text) == FIRST


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1010203", date(2012, 2, 3)),
        ("89/12/11", date(2000, 12, 11)),
        ("民國89年12月11日", date(2000, 12, 11)),
        ("民國25/1/3", date(1936, 1, 3)),
        ("113/02/29", date(2024, 2, 29)),
    ],
)
def test_roc_year_counts_from_1912(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text", ["01/02/03", "03/04/2025", "3-4-2025", "25/01/03", "25年1月3日", "890101", "1/2/03"]
)
def test_date_with_two_readings_is_never_guessed(text: str) -> None:
    with pytest.raises(AmbiguousDateError) as caught:
        parse_date(text)
    assert caught.value.text == text


@pytest.mark.parametrize(
    "text",
    ["114/02/30", "2025-02-29", "114/13/01", "1140231", "20251301", "114年4月31日", "114/0/1"],
)
def test_date_that_cannot_exist_is_told_apart(text: str) -> None:
    with pytest.raises(ImpossibleDateError):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "昨天", "13/04/2025", "114/1-1", "2025-01", "114年1月", "01140101", "20250101 08:00",
        "2025-01-01x", "999/01/01", "民國2025年1月1日", "12345", "1/1", "114/01/01~114/01/02",
    ],
)  # fmt: skip
def test_text_in_no_accepted_spelling_is_no_date(text: str) -> None:
    with pytest.raises(NotADateError):
        parse_date(text)


@given(st.dates(date(1912, 1, 1), date(2199, 12, 31)))
def test_every_day_reads_back_from_each_spelling(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%Y%m%d}") == day
    assert parse_date(f"中華民國{day.year - 1911}年{day.month}月{day.day}日") == day
    if day.year - 1911 >= 100:
        assert parse_date(f"{day.year - 1911}/{day.month}/{day.day}") == day
        assert parse_date(f"{day.year - 1911}{day:%m%d}") == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("08:00", time(8)), ("08:00:00", time(8)), ("8:00", time(8)), ("0800", time(8)),
        ("800", time(8)), ("080001", time(8, 0, 1)), ("8時0分", time(8)), ("8時", time(8)),
        ("18時58分30秒", time(18, 58, 30)), ("上午08:00", time(8)), ("下午 1:30", time(13, 30)),
        ("下午12:31", time(12, 31)), ("上午12:05", time(0, 5)), ("下午13:30", time(13, 30)),
        ("中午12:10", time(12, 10)), ("1:30 PM", time(13, 30)), ("12:05 a.m.", time(0, 5)),
        ("２０：５３", time(20, 53)), ("8點5分", time(8, 5)), ("08:00:00.000", time(8)),
        ("下午1時30分", time(13, 30)), ("下午 7:04", time(19, 4)), ("23:59:59", time(23, 59, 59)),
    ],
)  # fmt: skip
def test_accepted_spelling_of_a_time_is_read(text: str, clock: time) -> None:
    assert parse_time(text) == clock


@pytest.mark.parametrize(
    "text", ["25:61", "24:01", "24:00:01", "08:60", "08:00:60", "上午13:00", "2561"]
)
def test_time_that_no_clock_shows_is_impossible(text: str) -> None:
    with pytest.raises(ImpossibleDateError):
        parse_time(text)


@pytest.mark.parametrize("text", ["", "八點", "8", "08:00~09:00", "上午8:00PM", "08-00", "-"])
def test_text_in_no_accepted_spelling_is_no_time(text: str) -> None:
    with pytest.raises(NotADateError):
        parse_time(text)


def test_midnight_at_the_end_of_a_day_belongs_to_the_next_date() -> None:
    assert parse_second_of_day("24:00") == 86_400
    assert parse_moment("2025-01-31 24:00") == datetime(2025, 2, 1)
    with pytest.raises(ImpossibleDateError):
        parse_time("24:00")


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-01 13:30:05", "2025-01-01T13:30:05", "2025/1/1 13:30:05", "114/01/01 13:30:05",
        "1140101 133005", "1140101133005", "20250101133005", "114年1月1日13時30分5秒",
        "114年1月1日 下午1:30:05", "114/1/1下午 1:30:05", "１１４／０１／０１ １３：３０：０５",
        "114/01/01(三) 13:30:05", "2025-01-01  13:30:05", "中華民國114年1月1日 下午1時30分5秒",
    ],
)  # fmt: skip
def test_accepted_spelling_of_a_moment_is_read(text: str) -> None:
    assert parse_moment(text) == datetime(2025, 1, 1, 13, 30, 5)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("114/02/30 20:00:00", ImpossibleDateError),
        ("2025-01-01 25:00:00", ImpossibleDateError),
        ("03/04/2025 20:00:00", AmbiguousDateError),
        ("01/02/03 20:00:00", AmbiguousDateError),
        ("2025-01-01", NotADateError),
        ("20:00:00", NotADateError),
        ("", NotADateError),
        ("2025-01-01 晚上", NotADateError),
    ],
)
def test_moment_that_cannot_be_used_says_why(text: str, error: type[WrittenDateError]) -> None:
    with pytest.raises(error) as caught:
        parse_moment(text)
    assert caught.value.text == text


@given(st.datetimes(datetime(1912, 1, 1), datetime(2199, 12, 31)))
def test_every_second_reads_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert parse_moment(moment.isoformat(" ")) == moment
    assert parse_moment(f"{moment:%Y%m%d%H%M%S}") == moment


@given(st.text(alphabet="0123456789/-.:年月日時分上下午民國 ~T", max_size=24))
def test_any_text_gives_a_value_or_one_of_the_errors(text: str) -> None:
    for parse in (parse_date, parse_second_of_day, parse_time, parse_moment, parse_length):
        with suppress(WrittenDateError):
            assert parse(text) is not None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("00:51:32", timedelta(minutes=51, seconds=32)),
        ("120:00:00", timedelta(hours=120)),
        ("1小時30分", timedelta(minutes=90)),
        ("51分32秒", timedelta(minutes=51, seconds=32)),
        ("90分鐘", timedelta(minutes=90)),
        ("００：３０：００", timedelta(minutes=30)),
    ],
)
def test_length_is_read(text: str, length: timedelta) -> None:
    assert parse_length(text) == length


@pytest.mark.parametrize("text", ["", "--", "00:51", "很久", "1.5"])
def test_text_that_is_no_length_is_told(text: str) -> None:
    with pytest.raises(NotADateError):
        parse_length(text)


@pytest.mark.parametrize("text", ["00:99:00", "00:00:61", "1小時75分"])
def test_length_with_too_many_minutes_is_impossible(text: str) -> None:
    with pytest.raises(ImpossibleDateError):
        parse_length(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025-01-01 08:00:00~ 2025-01-01 09:00:00", "2025-01-01 08:00:00", "2025-01-01 09:00:00"),
        ("2025-01-01 08:00:00～2025-01-01 09:00:00", "2025-01-01 08:00:00", "2025-01-01 09:00:00"),
        ("114/1/1 08:00 至 114/1/1 09:00", "114/1/1 08:00", "114/1/1 09:00"),
        ("114/1/1 08:00 - 114/1/1 09:00", "114/1/1 08:00", "114/1/1 09:00"),
        ("114/1/1 08:00—114/1/1 09:00", "114/1/1 08:00", "114/1/1 09:00"),
        ("起：114/1/1 08:00 迄：114/1/1 09:00", "114/1/1 08:00", "114/1/1 09:00"),
        ("2025-01-01 08:00:00~", "2025-01-01 08:00:00", None),
        ("2025-01-01 08:00:00~ --", "2025-01-01 08:00:00", None),
        ("2025-01-01 08:00:00~尚未完成", "2025-01-01 08:00:00", None),
        ("2025-01-01 08:00:00", "2025-01-01 08:00:00", None),
    ],
)
def test_period_is_split_into_its_ends(text: str, start: str, end: str | None) -> None:
    assert split_period(text) == (start, end)


def test_period_of_three_parts_is_none() -> None:
    with pytest.raises(NotADateError):
        split_period("a~b~c")
