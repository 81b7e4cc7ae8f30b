"""The agency's settings changed in the window, and the months that show them."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.agency import Agency, Closure
from desktop.domain.moments import SECONDS_A_DAY, TimeBand
from desktop.services.agency_editing import (
    AgencySettingsError,
    PatternText,
    drop_pattern,
    erase_closures,
    name_agency,
    paint_closures,
    put_pattern,
)
from desktop.services.duty_views import agency_view, office_month, person_month, roster
from desktop.services.office import Office
from desktop.services.undoing import redo, redo_words, undo, undo_words

TYPHOON = (date(2025, 7, 7), date(2025, 7, 8))
STANDARD = PatternText("A", "標準班", (1, 2, 3, 4, 5), (("08:00", "12:00"), ("13:30", "17:30")))


def settings(office: Office) -> Agency:
    with office.store.reading() as reader:
        return office.agency(reader)[0]


def test_painted_closures_are_whole_days_with_their_note(office: Office) -> None:
    paint_closures(office, TYPHOON, note="丹娜絲颱風")
    whole = TimeBand(0, SECONDS_A_DAY)
    assert settings(office).closures == tuple(Closure(day, whole, "丹娜絲颱風") for day in TYPHOON)


@pytest.mark.parametrize(
    ("start", "end", "band"),
    [
        ("13:30", "17:30", TimeBand(48_600, 63_000)),
        ("14:00", "", TimeBand(50_400, SECONDS_A_DAY)),
        ("", "12:00", TimeBand(0, 43_200)),
    ],
)
def test_a_closure_of_part_of_a_day_keeps_its_times(
    office: Office, start: str, end: str, band: TimeBand
) -> None:
    paint_closures(office, TYPHOON[:1], start=start, end=end)
    assert settings(office).closures == (Closure(TYPHOON[0], band),)


def test_painting_a_day_again_replaces_its_closure_and_leaves_the_others(office: Office) -> None:
    paint_closures(office, TYPHOON)
    paint_closures(office, TYPHOON[1:], start="13:00")
    found = settings(office).closures
    assert [(c.day, c.is_whole_day) for c in found] == [(TYPHOON[0], True), (TYPHOON[1], False)]


def test_times_that_run_backwards_change_nothing(office: Office) -> None:
    paint_closures(office, TYPHOON)
    with pytest.raises(AgencySettingsError, match=r"^設定沒有改變：時段要寫成"):
        paint_closures(office, TYPHOON, start="17:00", end="08:00")
    assert all(closure.is_whole_day for closure in settings(office).closures)
    assert undo_words(office) == "114-07-07 等 2 日停止上班"


def test_erased_closures_come_back_with_undo_and_go_with_redo(office: Office) -> None:
    paint_closures(office, TYPHOON)
    erase_closures(office, TYPHOON[:1])
    assert [closure.day for closure in settings(office).closures] == [TYPHOON[1]]
    undo(office)
    assert [closure.day for closure in settings(office).closures] == list(TYPHOON)
    assert redo_words(office) == "取消114-07-07停止上班"
    redo(office)
    assert [closure.day for closure in settings(office).closures] == [TYPHOON[1]]


def test_erasing_where_nothing_is_closed_is_no_step(office: Office) -> None:
    paint_closures(office, TYPHOON[:1])
    change = erase_closures(office, TYPHOON[1:])
    assert not change.changed_anything
    assert undo_words(office) == "114-07-07停止上班"


def test_painting_keeps_what_else_the_imported_settings_say(sample: Office) -> None:
    before = settings(sample)
    paint_closures(sample, [date(2025, 3, 3)])
    after = settings(sample)
    assert (after.name, after.city, after.patterns, after.makeup_as) == (
        before.name,
        before.city,
        before.patterns,
        before.makeup_as,
    )
    assert set(before.closures) < set(after.closures)


def test_a_pattern_is_added_changed_and_dropped_by_its_row(office: Office) -> None:
    put_pattern(office, STANDARD)
    flexible = PatternText(
        "F",
        "彈性班",
        (1, 2, 3, 4, 5),
        STANDARD.segments,
        arrival=("07:30", "09:00"),
        departure=("17:00", "18:30"),
        valid_from=date(2025, 7, 1),
    )
    put_pattern(office, flexible)
    assert agency_view(office).patterns == (STANDARD, flexible)
    later = PatternText("A", "早班", (1, 2, 3, 4, 5), (("07:00", "15:00"),), makeup_as=1)
    put_pattern(office, later, position=0)
    assert agency_view(office).patterns == (later, flexible)
    drop_pattern(office, 0)
    assert agency_view(office).patterns == (flexible,)
    undo(office)
    assert agency_view(office).patterns == (later, flexible)


def test_two_rows_of_one_code_for_the_same_weekday_are_refused(office: Office) -> None:
    put_pattern(office, STANDARD)
    with pytest.raises(AgencySettingsError, match="同一班別在同一天已有另一列時段"):
        put_pattern(office, STANDARD)
    assert agency_view(office).patterns == (STANDARD,)


def test_a_row_that_is_not_there_is_not_changed(office: Office) -> None:
    with pytest.raises(IndexError):
        put_pattern(office, STANDARD, position=0)
    with pytest.raises(IndexError):
        drop_pattern(office, 3)


def test_the_agency_is_named_and_a_blank_name_refused(office: Office) -> None:
    name_agency(office, name=" 港濱區公所 ", city="高雄市")
    assert (agency_view(office).name, agency_view(office).city) == ("港濱區公所", "高雄市")
    with pytest.raises(AgencySettingsError):
        name_agency(office, name="  ", city="高雄市")
    assert agency_view(office).name == "港濱區公所"


# ------------------------------------------------------------------------------------ months shown
def test_the_offices_month_tells_days_off_makeup_days_and_closures(office: Office) -> None:
    paint_closures(office, [date(2025, 2, 10)], start="13:30", note="停電")
    month = office_month(office, 2025, 2)
    days = {one.day.day: one for one in month.days}
    assert len(days) == 28
    # 114-02-08 is a Saturday worked for 01-27; 02-28 is 和平紀念日 (行政院辦公日曆表).
    assert (days[8].is_working_day, days[8].is_makeup_day) == (True, True)
    assert not days[28].is_working_day
    assert "和平紀念日" in days[28].name
    assert not days[9].is_working_day
    assert (days[10].closures, days[10].notes) == (("13:30–24:00 停止上班",), ("停電",))
    assert not days[10].is_closed_whole


def test_a_year_without_a_calendar_says_so_instead_of_guessing(office: Office) -> None:
    month = office_month(office, 2031, 5)
    assert month.days == ()
    assert month.problem == "沒有 120 年的辦公日曆表，請先匯入該年的日曆表。"


def test_a_persons_month_shows_duty_closures_and_entries(sample: Office) -> None:
    people = roster(sample)
    assert [person.roster_position for person in people] == sorted(
        person.roster_position for person in people
    )
    with sample.store.reading() as reader:
        entry = next(e for e in reader.attendance() if e.span.is_on_one_date)
    day = entry.span.start.date()
    shown = person_month(sample, entry.employee_id, day.year, day.month)
    words = f"{entry.kind_words} {entry.span.start:%H:%M}–{entry.span.end:%H:%M}"
    assert any(one.startswith(words) for one in shown.days[day.day - 1].entries)
    paint_closures(sample, [date(2025, 3, 12)])
    march = person_month(sample, people[0].employee_id, 2025, 3).days
    assert (march[11].duty, march[11].day_off) == ("", "停止上班")
    assert march[12].duty != ""


def test_a_person_whom_the_roster_does_not_know_is_named(office: Office) -> None:
    with pytest.raises(LookupError, match="名冊裡沒有人員代號 X1"):
        person_month(office, "X1", 2025, 3)
