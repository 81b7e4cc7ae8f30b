"""The values of the domain: moments, calendar, people, places, words on screen."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop.domain.agency import Agency, Closure, WorkPattern
from desktop.domain.attendance import AttendanceKind
from desktop.domain.calendar import CalendarYear, OfficeCalendar
from desktop.domain.changes import Area, ChangeSet
from desktop.domain.evidence import (
    EvidenceKind,
    Extraction,
    LearningRow,
    Refusal,
    RefusalReason,
)
from desktop.domain.findings import End
from desktop.domain.moments import (
    Span,
    TimeBand,
    at_second,
    days_between,
    roc_date,
    roc_date_with_weekday,
    roc_moment,
    roc_year,
)
from desktop.domain.people import LeaveWithoutPay, RankTier, rank_tier
from desktop.domain.provenance import SourcePlace
from desktop.domain.verdicts import DecisionKind

# ------------------------------------------------------------------------------- moments


@pytest.mark.parametrize("pair", [(-1, 5), (5, 5), (6, 5), (0, 86401)])
def test_a_band_that_is_empty_backwards_or_outside_the_day_is_refused(
    pair: tuple[int, int],
) -> None:
    with pytest.raises(ValueError, match="not a band within one day"):
        TimeBand(*pair)


def test_the_whole_day_ends_with_the_next_midnight() -> None:
    span = TimeBand(0, 86400).on(date(2025, 12, 31))
    assert span == Span(datetime(2025, 12, 31), datetime(2026, 1, 1))
    assert not span.is_on_one_date
    assert at_second(date(2025, 2, 28), 86399) == datetime(2025, 2, 28, 23, 59, 59)


def test_days_between_holds_both_ends() -> None:
    assert list(days_between(date(2025, 2, 27), date(2025, 3, 1))) == [
        date(2025, 2, 27),
        date(2025, 2, 28),
        date(2025, 3, 1),
    ]
    assert list(days_between(date(2025, 3, 1), date(2025, 2, 27))) == []


def test_dates_are_written_in_roc_years() -> None:
    assert roc_year(date(2025, 3, 12)) == 114
    assert roc_date(date(2025, 3, 2)) == "114-03-02"
    assert roc_date(date(2010, 12, 31), separator="/") == "99/12/31"
    assert roc_moment(datetime(2025, 3, 12, 9, 5, 7)) == "114-03-12 09:05:07"
    assert roc_date_with_weekday(date(2025, 3, 16)) == "114-03-16（日）"
    assert roc_date_with_weekday(date(2025, 3, 12)) == "114-03-12（三）"


# ------------------------------------------------------------------------------ calendar


def _year(year: int, *days_off: date, version: str = "") -> CalendarYear:
    return CalendarYear(year, frozenset(days_off), version=version)


def test_a_later_table_of_a_year_replaces_the_earlier_one() -> None:
    calendar = OfficeCalendar.of(
        (
            _year(2025, date(2025, 9, 29), version="first"),
            _year(2024),
            _year(2025, date(2025, 9, 30), version="revised"),
        )
    )
    assert calendar.year(2025).version == "revised"
    assert calendar.is_working_day(date(2025, 9, 29))
    assert not calendar.is_working_day(date(2025, 9, 30))


def test_a_makeup_day_is_a_weekend_day_that_is_worked() -> None:
    calendar = OfficeCalendar.of((_year(2025, date(2025, 2, 9)),))
    assert calendar.is_makeup_day(date(2025, 2, 8))
    assert not calendar.is_makeup_day(date(2025, 2, 9))
    assert not calendar.is_makeup_day(date(2025, 2, 10))


def test_the_next_working_day_may_be_the_day_itself_or_of_the_next_year() -> None:
    calendar = OfficeCalendar.of((_year(2025, date(2025, 12, 31)), _year(2026, date(2026, 1, 1))))
    assert calendar.next_working_day(date(2025, 12, 30)) == date(2025, 12, 30)
    assert calendar.next_working_day(date(2025, 12, 31)) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("days_off", "expected"), [(94, False), (95, True), (135, True), (136, False)]
)
def test_a_year_is_plausible_between_230_and_270_working_days(
    days_off: int, expected: bool
) -> None:
    days = list(days_between(date(2025, 1, 1), date(2025, 12, 31)))[:days_off]
    assert _year(2025, *days).is_complete is expected


# ------------------------------------------------------------------------- agency, people


def test_a_pattern_row_rules_between_its_dates_both_included() -> None:
    row = WorkPattern(
        "A",
        "班",
        frozenset({3}),
        (TimeBand(0, 60),),
        valid_from=date(2025, 3, 12),
        valid_until=date(2025, 3, 19),
    )
    agency = Agency("府", "市", (row,))
    found = [
        day.day
        for day in days_between(date(2025, 3, 5), date(2025, 3, 26))
        if agency.pattern_on("A", day=day, is_makeup_day=False)
    ]
    assert found == [12, 19]
    assert agency.pattern_on("B", day=date(2025, 3, 12), is_makeup_day=False) is None
    assert not row.is_flexible


def test_a_closure_of_every_second_is_of_the_whole_day() -> None:
    assert Closure(date(2025, 7, 7), TimeBand(0, 86400)).is_whole_day
    assert not Closure(date(2025, 7, 7), TimeBand(1, 86400)).is_whole_day


@pytest.mark.parametrize(
    ("rank", "tier"),
    [
        ("簡任第10職等", RankTier.SENIOR),
        ("薦任第8職等", RankTier.JUNIOR),
        ("委任第1職等", RankTier.ELEMENTARY),
        ("相當薦任第7職等", RankTier.JUNIOR),
        ("薦　任 第 7 職等", RankTier.JUNIOR),
        ("委任第5職等或薦任第6職等", None),
        ("", None),
        ("師(三)級", None),
    ],
)
def test_a_rank_tells_its_tier_when_it_names_one(rank: str, tier: RankTier | None) -> None:
    assert rank_tier(rank) is tier


def test_a_spell_without_pay_holds_both_its_days() -> None:
    spell = LeaveWithoutPay(date(2025, 3, 1), date(2025, 3, 2))
    assert [spell.holds(date(2025, 3, d)) for d in (1, 2, 3)] == [True, True, False]
    assert not spell.holds(date(2025, 2, 28))


# ------------------------------------------------------------------- evidence and places


@pytest.mark.parametrize(
    ("place", "reference", "words"),
    [
        (SourcePlace("d", "王小明.pdf", page=2, row=5), "王小明.pdf#p2r5", "第 2 頁第 5 列"),
        (
            SourcePlace("d", "a.xlsx", page=1, row=7, sheet="職員"),
            "a.xlsx#p1r7",
            "工作表「職員」第 7 列",
        ),
        (SourcePlace("d", "a.csv", row=7), "a.csv#r7", "第 7 列"),
        (SourcePlace("d", "a.pdf", page=3), "a.pdf#p3", "第 3 頁"),
        (SourcePlace("d", "a.zip"), "a.zip", ""),
    ],
)
def test_a_place_is_named_for_a_file_and_for_a_person(
    place: SourcePlace, reference: str, words: str
) -> None:
    assert place.reference == reference
    assert place.words == words


def test_rows_in_are_rows_read_and_rows_refused() -> None:
    place = SourcePlace("d", "a.xlsx")
    row = LearningRow(place, EvidenceKind.EPLUS_RECORD, "課程")
    refused = Refusal(place, RefusalReason.BAD_DATE, "…", rows=2)
    assert Extraction("d", "a.xlsx", EvidenceKind.EPLUS_RECORD, (row,), (refused,)).rows_in == 3


def test_a_row_tells_its_span_and_dates_as_far_as_it_shows_them() -> None:
    place = SourcePlace("d", "a.xlsx")
    start, end = datetime(2025, 3, 12, 23), datetime(2025, 3, 13, 1)
    both = LearningRow(place, EvidenceKind.EPLUS_RECORD, "課程", start=start, end=end)
    assert both.span == Span(start, end)
    assert (both.start_date, both.end_date) == (date(2025, 3, 12), date(2025, 3, 13))
    half = LearningRow(place, EvidenceKind.EPLUS_RECORD, "課程", start=start)
    assert (half.span, half.shows_times, half.end_date) == (None, True, None)
    bare = LearningRow(
        place,
        EvidenceKind.PORTAL_HOURS,
        "課程",
        completed_on=date(2025, 3, 13),
        certified_hours=Decimal(1),
    )
    assert (bare.span, bare.shows_times) == (None, False)
    assert (bare.start_date, bare.end_date) == (None, date(2025, 3, 13))


def test_every_kind_of_evidence_has_a_name_and_learning_kinds_are_five() -> None:
    assert all(kind.words for kind in EvidenceKind)
    assert {kind.value for kind in EvidenceKind if kind.is_learning_evidence} == {
        "eplus_record",
        "portal_hours",
        "agency_status",
        "completion_sheet",
        "coursera_sheet",
    }


def test_words_on_screen() -> None:
    assert [end.word for end in End] == ["起", "迄"]
    assert [kind.word for kind in DecisionKind] == ["採計", "不採計", "請補正"]
    assert [kind.value for kind in AttendanceKind if not kind.is_work] == ["personal_leave"]


def test_an_act_that_touched_no_area_changed_nothing() -> None:
    assert not ChangeSet("匯入 0 個檔案", frozenset()).changed_anything
    assert ChangeSet("匯入 1 個檔案", frozenset({Area.EVIDENCE})).changed_anything


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("A", ["A"]),
        ("ａ", ["A"]),
        ("標準班", ["A"]),
        ("輪班", []),  # two patterns of one name: none is guessed
        ("", []),
        ("標準", []),
        ("甲", ["甲"]),
        ("乙", ["乙"]),  # a code before a name of another pattern
    ],
)
def test_a_pattern_is_found_by_code_or_name_and_never_guessed(
    written: str, codes: list[str]
) -> None:
    def row(code: str, name: str) -> WorkPattern:
        return WorkPattern(code, name, frozenset({1}), (TimeBand(0, 60),))

    agency = Agency(
        "府", "市", (row("A", "標準班"), row("甲", "輪班"), row("丙", "輪班"), row("乙", "甲"))
    )
    assert [found.code for found in agency.rows_of(written)] == codes
