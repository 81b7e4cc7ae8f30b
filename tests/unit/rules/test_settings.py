"""Agency settings, calendars and plans as they are read when nothing is wrong."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop.domain.findings import Clause, ReasonCode, Severity
from desktop.domain.moments import TimeBand
from desktop.rules.agency_loading import parse_agency
from desktop.rules.calendar_loading import calendar_year_of, parse_calendar_facts
from desktop.rules.fingerprints import fingerprint, plain
from desktop.rules.plan_loading import parse_plan
from desktop.rules.toml_lines import key_lines, line_of
from tests.unit.rules.offices import CASES

HEAD = '[agency]\nname = "測試市政府"\n'


def _sound() -> str:
    return (CASES / "plans" / "sound.toml").read_text(encoding="utf-8")


def test_settings_may_name_the_agency_alone() -> None:
    agency = parse_agency(HEAD, name="agency.toml")
    assert (agency.name, agency.city, agency.patterns, agency.closures) == (
        "測試市政府",
        "",
        (),
        (),
    )
    assert agency.makeup_as == 5


def test_times_and_dates_may_be_quoted_or_not() -> None:
    text = HEAD + (
        '[[work_pattern]]\ncode = "N"\nweekdays = [7]\nsegments = [[08:00:00, "24:00"]]\n'
        'valid_from = "2025-01-01"\nmakeup_as = 3\n'
        '[[closure]]\ndate = "2025-07-07"\nfrom = "12:30"\n'
        "[[closure]]\ndate = 2025-07-06\n"
        '[[closure]]\ndate = 2025-07-08\nto = "8:00:30"\n'
    )
    agency = parse_agency(text, name="agency.toml")
    (pattern,) = agency.patterns
    assert pattern.segments == (TimeBand(8 * 3600, 24 * 3600),)
    assert pattern.valid_from == date(2025, 1, 1)
    assert pattern.makeup_as == 3
    assert [(c.day.day, c.band, c.is_whole_day) for c in agency.closures] == [
        (6, TimeBand(0, 86400), True),
        (7, TimeBand(45000, 86400), False),
        (8, TimeBand(0, 28830), False),
    ]


def test_an_official_table_makes_a_year_when_no_day_is_missing() -> None:
    days = {
        date(2025, 1, 1).replace(month=m, day=d): (
            (m, d) == (1, 1),
            "開國紀念日" if (m, d) == (1, 1) else "",
        )
        for m in range(1, 13)
        for d in range(1, 32)
        if d <= [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]
    }
    year = calendar_year_of(days, year=2025, version="修正版", source="official.csv")
    assert year.days_off == {date(2025, 1, 1)}
    assert year.names == {date(2025, 1, 1): "開國紀念日"}
    assert (year.version, year.source) == ("修正版", "official.csv")
    assert not year.is_complete  # 364 working days are no year
    del days[date(2025, 6, 30)]
    with pytest.raises(ValueError, match="1 days missing, first 2025-06-30"):
        calendar_year_of(days, year=2025, version="", source="")


@pytest.mark.parametrize(
    "facts",
    [
        "year = 114\nweekday_holidays = [{ date = 2025-01-04 }]",
        "year = 114\nworking_saturdays = [{ date = 2025-01-06 }]",
        "year = 114\nweekday_holidays = [{ date = 2024-01-01 }]",
    ],
)
def test_a_calendar_fact_on_the_wrong_side_of_the_weekend_is_an_error(facts: str) -> None:
    with pytest.raises(ValueError, match=r"114\.toml: .* wrong list or year"):
        parse_calendar_facts(facts, name="114.toml")


def test_a_sound_plan_reads_with_every_value() -> None:
    plan = parse_plan(_sound(), name="sound.toml")
    assert (plan.id, plan.code, plan.year, plan.correction_days) == ("test-114", "TS", 114, 14)
    assert plan.period_clause == Clause("伍")
    assert [(s.id, s.hours, len(s.courses)) for s in plan.sets] == [
        ("policy", Decimal(3), 2),
        ("city", Decimal(1), 1),
    ]
    assert plan.course_set("city").title == "市政議題訓練"
    with pytest.raises(KeyError, match="town"):
        plan.course_set("town")
    assert plan.severities == {ReasonCode.ON_PERSONAL_LEAVE: Severity.FAIL}
    assert plan.clauses == {ReasonCode.START_ON_DUTY: Clause("陸、五", "起迄時間均應為公餘時間")}


def test_a_plan_whose_text_changed_is_another_version() -> None:
    one = parse_plan(_sound(), name="a.toml")
    same = parse_plan(_sound(), name="b.toml")
    other = parse_plan(_sound().replace("cap_hours = 8", "cap_hours = 12"), name="a.toml")
    assert one.version == same.version
    assert one.version != other.version


def test_lines_are_found_in_tables_lists_and_strings_with_brackets() -> None:
    text = (
        'a = "[x"\n'
        "b = [\n"
        '  "1 = 2",\n'
        "]\n"
        "[[s]]  # first\n"
        "id = 1\n"
        "[[s.c]]\n"
        'name = "]]"\n'
        "[[s]]\n"
        "[[s.c]]\n"
        '"name" = 1\n'
        "[s.d]\n"
        "e = { f = 1 }\n"
    )
    lines = key_lines(text)
    assert lines["a",] == 1
    assert lines["b",] == 2
    assert lines["s", 0, "c", 0, "name"] == 8
    assert lines["s", 1] == 9
    assert lines["s", 1, "c", 0, "name"] == 11
    assert lines["s", 1, "d", "e"] == 13
    assert line_of(lines, ("s", 1, "d", "e", "f")) == 13
    assert line_of(lines, ("s",)) == 5
    assert line_of(lines, ("nothing", "here")) == 1


def test_a_fingerprint_is_equal_for_equal_values_and_differs_for_others() -> None:
    values: list[object] = [
        None,
        True,
        1,
        1.5,
        "1",
        Decimal("1.50"),
        date(2025, 1, 1),
        datetime(2025, 1, 1),
        ("a", ("b",)),
        ("a", "b"),
        {"a": 1},
        frozenset({"a", "b"}),
        Clause("陸"),
        Clause("陸", "五"),
        ReasonCode.NOT_PASSED,
    ]
    prints = [fingerprint(value) for value in values]
    assert len(set(prints)) == len(prints)
    assert prints == [fingerprint(value) for value in values]
    assert fingerprint(Decimal("1.5")) == fingerprint(Decimal("1.500"))
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint(frozenset({"b", "a"})) == fingerprint(frozenset({"a", "b"}))


def test_a_value_without_a_plain_form_is_refused() -> None:
    with pytest.raises(TypeError, match="no plain form for object"):
        plain(object())
