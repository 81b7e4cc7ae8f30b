from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from desktop.domain.attendance import AttendanceKind
from desktop.domain.verdicts import Verdict
from desktop.qt.widgets.timeline_geometry import (
    ItemKind,
    lanes_of,
    lay_out,
    lens_moment,
    widest_clear,
)
from desktop.services.day_bands import Band
from tests.qt import fakes
from tests.qt.fakes import at, entry

# At 804 px the day itself is 720 px wide: 30 px an hour.
WIDTH = 804.0


def measure(words: str) -> float:
    return sum(12.0 if ord(letter) > 0x2E80 else 7.0 for letter in words)


def measured(line, **rest):
    return lay_out(line, width=WIDTH, measure=measure, **rest)


@pytest.mark.parametrize(("second", "x"), [(0, 72), (6 * 3600, 252), (42738, 428.15), (86400, 792)])
def test_second_of_the_day_has_its_place_between_the_gutters(second, x):
    assert measured(fakes.FAILING).x_of_second(second) == pytest.approx(x, abs=0.01)


@pytest.mark.parametrize(
    ("lanes", "duty_top", "height"),
    [(0, 40, 40 + 22 + 1 + 20), (1, 56, 56 + 22 + 1 + 20), (3, 88, 88 + 22 + 1 + 20)],
)
def test_one_day_grows_by_sixteen_px_a_lane(lanes, duty_top, height):
    found = tuple(
        entry(AttendanceKind.OVERTIME, "加班", "03-12 18:00", "03-12 20:00") for _ in range(lanes)
    )
    layout = measured(
        fakes.line("03-12 06:00", "03-12 07:00", fakes.workday("03-12", attendance=found))
    )
    assert layout.pieces[0].rect.top() == duty_top
    assert layout.height == height


def test_text_size_scales_every_height():
    assert measured(fakes.FAILING, factor=1.5).height == pytest.approx(
        1 + 1.5 * (measured(fakes.FAILING).height - 1)
    )


def test_overlapping_entries_go_to_three_lanes_and_then_are_counted():
    found = [
        entry(AttendanceKind.OVERTIME, "加班", "03-12 18:00", f"03-12 {hour}:00")
        for hour in (19, 20, 21, 22, 23)
    ]
    lanes, left_over = lanes_of(found)
    assert [len(lane) for lane in lanes] == [1, 1, 1]
    assert left_over == 2


def test_touching_entries_share_a_lane():
    morning = entry(AttendanceKind.OVERTIME, "加班", "03-12 08:00", "03-12 12:00")
    noon = entry(AttendanceKind.OFFICIAL_LEAVE, "公假", "03-12 12:00", "03-12 13:00")
    assert lanes_of([noon, morning]) == ([[morning, noon]], 0)


@pytest.mark.parametrize(
    ("poles", "piece"),
    [
        ((), (0, 100)),
        ((30,), (39, 100)),
        ((30, 80), (39, 71)),
        ((200,), (0, 100)),
        ((10, 50, 90), (19, 41)),
    ],
)
def test_word_stands_in_the_widest_piece_no_pole_crosses(poles, piece):
    assert widest_clear(0, 100, poles=poles, clearance=9) == piece


def test_word_without_room_is_left_out_of_the_duty_band():
    layout = measured(fakes.HALF_CLOSED)
    closure = next(piece for piece in layout.pieces if piece.band is Band.OFF)
    assert (closure.word, closure.word_x) == ("停止上班", None)


def test_attendance_word_is_shortened_and_then_put_beside_its_bar():
    day = fakes.workday(
        "03-12",
        attendance=(
            entry(AttendanceKind.OVERTIME, "加班", "03-12 18:00", "03-12 22:00"),
            entry(AttendanceKind.OVERTIME, "加班", "03-12 06:00", "03-12 07:30"),
            entry(AttendanceKind.OVERTIME, "加班", "03-12 12:30", "03-12 13:00"),
        ),
    )
    words = {
        item.rect.left(): item
        for item in measured(fakes.line("03-12 01:00", "03-12 02:00", day)).entries
    }
    shown = [words[x] for x in sorted(words)]
    assert [(one.word, one.is_word_outside) for one in shown] == [
        ("加班", False),
        ("加班", True),
        ("加班 18:00–22:00", False),
    ]


def test_flags_stand_outside_their_poles_when_there_is_room():
    layout = measured(fakes.FAILING)
    start = next(flag for flag in layout.flags if flag.text.startswith("起"))
    end = next(flag for flag in layout.flags if flag.text.startswith("迄"))
    poles = {pole.state: pole.x for pole in layout.poles}
    assert start.rect.right() == pytest.approx(poles[Verdict.FAIL])
    assert end.rect.left() == pytest.approx(poles[Verdict.PASS])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("00:05:00", "00:20:00"),
        ("23:30:00", "23:50:00"),
        ("00:05:00", "23:50:00"),
        ("12:00:00", "12:00:01"),
    ],
)
def test_flags_stay_inside_and_never_cover_each_other(start, end):
    layout = measured(fakes.line(f"03-12 {start}", f"03-12 {end}", fakes.workday("03-12")))
    first, second = sorted((flag.rect for flag in layout.flags), key=lambda rect: rect.left())
    assert first.left() >= 0
    assert second.right() <= WIDTH
    assert first.right() <= second.left()


def test_course_is_at_least_three_px_wide():
    layout = measured(fakes.line("03-12 12:00:00", "03-12 12:00:01", fakes.workday("03-12")))
    assert layout.courses[0].rect.width() == 3


@pytest.mark.parametrize(
    ("line", "open_sides"),
    [
        (fakes.FAILING, [(False, False)]),
        (fakes.FOUR_DAYS, [(False, True), (True, True), (True, True), (True, False)]),
    ],
)
def test_bar_is_notched_where_the_course_goes_on(line, open_sides):
    assert [(bar.is_open_left, bar.is_open_right) for bar in measured(line).courses] == open_sides


@pytest.mark.parametrize(
    ("line", "points"),
    [
        (fakes.FAILING, [Verdict.FAIL]),
        (fakes.ON_LEAVE, [Verdict.REVIEW, Verdict.REVIEW]),
        (fakes.CLOSED, []),
    ],
)
def test_mark_stands_where_a_pole_fails_or_is_uncertain(line, points):
    assert [state for _, state in measured(line).marks] == points


@pytest.mark.parametrize(
    ("name", "bands"),
    [
        ("起在上班", {Band.DUTY: 2, Band.FLEXIBLE: 2}),
        ("停止上班", {Band.OFF: 1}),
        ("留職停薪", {Band.WITHOUT_PAY: 1}),
        ("下午停止上班", {Band.DUTY: 1, Band.OFF: 1}),
        ("輪值跨夜", {Band.DUTY: 1}),
    ],
)
def test_day_is_made_of_its_bands(name, bands):
    pieces = [piece.band for piece in measured(fakes.VARIANTS[name]).pieces]
    assert {band: pieces.count(band) for band in set(pieces)} == bands


def test_night_shift_is_cut_at_midnight():
    layout = measured(fakes.NIGHT)
    piece = layout.pieces[0]
    assert (piece.rect.left(), piece.rect.right()) == (layout.x_of_second(20 * 3600), 792)
    assert piece.word == "輪值"
    assert layout.items[-1].kind is ItemKind.FLAG


def test_long_span_shows_two_days_at_each_side_and_names_what_is_between():
    layout = measured(fakes.VARIANTS["跨多日"])
    labels = [word.text for word in layout.words if word.is_strong]
    assert labels == ["03-07 五", "03-08 六", "03-26 三", "03-27 四"]
    assert layout.fold is not None
    assert layout.fold.text.startswith(
        "中間 17 天：上班 12 天、放假 5 天，加班 2 筆（03-12、03-19）"
    )


def test_unfolded_long_span_shows_every_day():
    layout = measured(fakes.VARIANTS["跨多日"], is_unfolded=True)
    assert sum(word.is_strong for word in layout.words) == 21
    assert layout.fold is None


def test_evidence_without_times_shows_the_day_without_a_course():
    layout = measured(fakes.DATES_ONLY)
    assert (layout.courses, layout.flags, layout.shades) == ([], [], [])
    assert len(layout.pieces) == 2


def test_year_without_calendar_has_no_strip():
    assert measured(fakes.NOTHING).height == 0


def test_items_are_walked_in_order_of_time():
    walked = [item.name for item in measured(fakes.FAILING).walk()]
    assert walked == [
        "彈性 07:30–09:00",
        "上班 09:00–12:00",
        "起 11:52:18 上班中",
        "學習 11:52–13:05",
        "迄 13:05:41 午休",
        "上班 13:30–17:00",
        "公出 14:00–16:30",
        "彈性 17:00–18:30",
        "加班 18:30–20:30",
    ]


@pytest.mark.parametrize(
    ("x", "y", "kind"),
    [
        (400, 8, ItemKind.FLAG),
        (440, 33, ItemKind.COURSE),
        (500, 36, ItemKind.ATTENDANCE),
        (360, 66, ItemKind.DUTY),
        (90, 66, None),
    ],
)
def test_pointer_meets_what_it_stands_on(x, y, kind):
    item = measured(fakes.FAILING).item_at(QPointF(x, y))
    assert (item.kind if item is not None else None) == kind


def test_tooltip_of_a_bar_names_its_times_and_length():
    overtime = measured(fakes.FAILING).walk()[-1]
    assert overtime.tooltip == "加班 114-03-12 18:30 至 114-03-12 20:30，2 時"


@pytest.mark.parametrize(
    ("moment", "edge"),
    [
        ("03-12 11:52:18", "03-12 12:00"),  # 3.9 px
        ("03-12 11:20:00", "03-12 12:00"),  # 20 px exactly
        ("03-12 11:19:00", None),
        ("03-12 12:00", None),  # on the edge there is nothing to see
    ],
)
def test_lens_is_for_moments_within_twenty_px_of_their_edge(moment, edge):
    edges = (at("03-12 09:00"), at("03-12 12:00"))
    found = lens_moment(at(moment), edges, width=WIDTH)
    assert found == (at(edge) if edge else None)


def test_axis_has_figures_every_two_hours_when_wide():
    assert measured(fakes.FAILING).step_hours == 3
    assert lay_out(fakes.FAILING, width=900, measure=measure).step_hours == 2
