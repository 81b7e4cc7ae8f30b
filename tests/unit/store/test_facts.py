from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from desktop.domain.attendance import Nominee
from desktop.domain.people import Person
from desktop.store import Store
from tests.unit.store.making import (
    ATTENDANCE,
    DAY,
    PUNCHES,
    RECEIPTS,
    SHIFTS,
    STAFF,
    YEAR,
    Clock,
    place,
    tables,
)


def test_roster_comes_back_in_its_order_with_every_field(store: Store) -> None:
    with store.writing("名冊") as writer:
        writer.replace_roster(STAFF[::-1], None)
    with store.reading() as reader:
        assert reader.people() == STAFF


def test_roster_of_one_person_is_that_person_while_on_it(store: Store) -> None:
    for people in (STAFF, STAFF[1:]):
        with store.writing("名冊") as writer:
            writer.replace_roster(people, None)
        with store.reading() as reader:
            for one in STAFF:
                assert reader.people(one.employee_id) == tuple(p for p in people if p == one)
            assert reader.people("Q1") == ()


def test_person_no_longer_on_the_roster_is_kept_off_it(store: Store) -> None:
    with store.writing("名冊") as writer:
        writer.replace_roster(STAFF, None)
    with store.writing("名冊") as writer:
        writer.replace_roster(STAFF[1:], None)
    with store.reading() as reader:
        assert reader.people() == STAFF[1:]
        gone = reader.person("A0012")
        assert gone is not None
        assert gone.name == "王小明"
        assert reader.person("Q1") is None
        assert reader.counts().people == 2


def test_person_back_on_the_roster_has_what_the_new_one_says(store: Store) -> None:
    changed = replace(STAFF[0], unit="主計室", leave_without_pay=())
    for people in (STAFF, STAFF[1:], (changed, *STAFF[1:])):
        with store.writing("名冊") as writer:
            writer.replace_roster(people, None)
    with store.reading() as reader:
        assert reader.people()[0] == changed


def test_person_with_a_bare_minimum_round_trips(store: Store) -> None:
    bare = Person("A1", "𡘙喆峯", "人事室", left_on=date(2025, 6, 30))
    with store.writing("名冊") as writer:
        writer.replace_roster([bare], None)
    with store.reading() as reader:
        assert reader.people() == (bare,)


def test_reference_data_comes_back_by_person_and_time(store: Store) -> None:
    with store.writing("差勤") as writer:
        assert writer.add_attendance(ATTENDANCE, None) == 3
        assert writer.add_shifts(SHIFTS, None) == 2
        assert writer.add_punches(PUNCHES, None) == 3
        assert writer.add_receipts(RECEIPTS, None) == 1
    with store.reading() as reader:
        assert reader.attendance() == (ATTENDANCE[1], ATTENDANCE[0], ATTENDANCE[2])
        assert reader.attendance("A0012") == (ATTENDANCE[1], ATTENDANCE[0])
        assert reader.attendance("A0030") == ()
        assert reader.shifts() == SHIFTS
        assert reader.shifts("A0012") == ()
        assert reader.punches() == PUNCHES
        assert reader.punches("A0030") == PUNCHES[2:]
        assert reader.receipts() == RECEIPTS
        assert reader.receipts("A0012") == RECEIPTS


def test_entries_known_already_are_not_added_again(store: Store, path: Path) -> None:
    with store.writing("差勤") as writer:
        writer.add_attendance(ATTENDANCE, None)
        writer.add_shifts(SHIFTS, None)
        writer.add_punches(PUNCHES, None)
        writer.add_receipts(RECEIPTS, None)
    before = tables(path)
    elsewhere = [replace(entry, place=None) for entry in ATTENDANCE]
    with store.writing("差勤") as writer:
        assert writer.add_attendance(elsewhere, None) == 0
        assert writer.add_shifts(SHIFTS, None) == 0
        assert writer.add_punches(PUNCHES, None) == 0
        assert writer.add_receipts(RECEIPTS, None) == 0
    assert tables(path) == before


def test_nominees_come_back_and_are_added_once(store: Store) -> None:
    nominees = (
        Nominee("A0012", "taipei-coursera-113", "02-27208889", "hr@example.tw", "涉外業務"),
        Nominee("A0030", "", is_substitute=True, place=place(2)),
    )
    with store.writing("薦送") as writer:
        assert writer.add_nominees(nominees, None) == 2
        assert writer.add_nominees(nominees, None) == 0
    with store.reading() as reader:
        assert reader.nominees() == nominees
        assert reader.nominees("A0030") == nominees[1:]


def test_entry_twice_in_one_file_is_stored_once(store: Store) -> None:
    with store.writing("差勤") as writer:
        assert writer.add_attendance([ATTENDANCE[0], ATTENDANCE[0]], None) == 1


def test_punch_without_its_end_and_the_later_one_with_it_are_two(store: Store) -> None:
    first = PUNCHES[0]
    completed = replace(first, punch_out=datetime(2025, 3, 3, 17, 31))
    for punch in (first, completed):
        with store.writing("刷卡") as writer:
            assert writer.add_punches([punch], None) == 1
    with store.reading() as reader:
        # The later import comes later, so that whoever keeps one a day keeps that.
        assert reader.punches() == (first, completed)


def test_attendance_with_another_reason_does_not_vanish(store: Store) -> None:
    with store.writing("差勤") as writer:
        assert (
            writer.add_attendance([ATTENDANCE[0], replace(ATTENDANCE[0], reason="值日")], None) == 2
        )


def test_calendar_comes_back_with_days_off_and_names(store: Store) -> None:
    with store.writing("日曆表") as writer:
        writer.add_calendar_year(YEAR, None)
    with store.reading() as reader:
        assert reader.calendar_years() == (YEAR,)


def test_latest_revision_of_each_year_counts(store: Store, path: Path) -> None:
    revised = replace(YEAR, days_off=frozenset({DAY}), version="2025-06-01")
    other = replace(YEAR, year=2024, days_off=frozenset({date(2024, 1, 1)}), names={})
    with store.writing("日曆表") as writer:
        writer.add_calendar_year(YEAR, None)
        writer.add_calendar_year(revised, None)
        writer.add_calendar_year(other, None)
        writer.add_calendar_year(revised, None)
    with store.reading() as reader:
        assert reader.calendar_years() == (other, revised)
    assert len(tables(path)["calendar_year"]) == 3


def test_calendar_taken_back_to_an_older_revision_by_hand_counts_as_the_latest(
    store: Store,
) -> None:
    revised = replace(YEAR, version="2025-06-01")
    with store.writing("日曆表") as writer:
        for year in (YEAR, revised, YEAR):
            writer.add_calendar_year(year, None)
    with store.reading() as reader:
        assert reader.calendar_years() == (YEAR,)


def test_agency_settings_in_force_are_the_last_ones_set(store: Store, path: Path) -> None:
    with store.reading() as reader:
        assert reader.agency_text() is None
    with store.writing("機關設定") as writer:
        first = writer.set_agency('name = "甲"\r\n')
        assert writer.set_agency('name = "甲"\r\n') == first
        second = writer.set_agency('name = "乙"\n')
    assert first == hashlib.sha256('name = "甲"\r\n'.encode()).hexdigest()
    with store.reading() as reader:
        assert reader.agency_text() == ('name = "乙"\n', second)
    assert len(tables(path)["agency_settings"]) == 2


def test_plans_come_with_the_latest_version_of_each_first(store: Store, clock: Clock) -> None:
    for plan_id, version in (("b", "1"), ("a", "1"), ("b", "2"), ("b", "2"), ("b", "1")):
        clock.move(minutes=1)
        with store.writing("匯入計畫") as writer:
            writer.add_plan(plan_id, version, f"{plan_id} = {version}\n")
    with store.reading() as reader:
        plans = reader.plan_texts()
    assert [(plan.plan_id, plan.version) for plan in plans] == [
        ("a", "1"),
        ("b", "1"),
        ("b", "2"),
        ("b", "1"),
    ]
    assert plans[0].toml_text == "a = 1\n"
    assert plans[1].stored_at == clock.moment
