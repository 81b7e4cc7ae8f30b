"""Outlines of the bundled fonts are redrawn with fewer points, and stay where they were."""

from __future__ import annotations

from math import cos, hypot, pi, sin

import pytest

from installer.build_fonts import on_curve, segments, simplified


def circle(radius: float, count: int) -> list[tuple[float, float, bool]]:
    """A circle of so many quadratic curves, on-curve and control points in turn."""
    step = 2 * pi / count
    outside = radius / cos(step / 2)
    points = []
    for i in range(count):
        points.append((radius * cos(i * step), radius * sin(i * step), True))
        points.append((outside * cos((i + 0.5) * step), outside * sin((i + 0.5) * step), False))
    return points


def traced(points) -> list[tuple[float, float]]:
    return [on_curve(*part, at / 8) for part in segments(points) for at in range(8)]


@pytest.mark.parametrize(("radius", "count"), [(400, 32), (400, 64), (60, 24)])
def test_circle_needs_fewer_points_and_stays_within_the_tolerance(radius, count) -> None:
    drawn = simplified(circle(radius, count), 1.5)

    assert len(drawn) < count
    # half a unit is lost to whole numbers
    assert all(abs(hypot(x, y) - radius) <= 2.2 for x, y in traced(drawn))


def test_points_on_a_straight_side_go_and_corners_stay() -> None:
    square = [(float(x), 0.0, True) for x in range(0, 400, 50)]
    square += [(400.0, float(y), True) for y in range(0, 400, 50)]
    square += [(400.0 - x, 400.0, True) for x in range(0, 400, 50)]
    square += [(0.0, 400.0 - y, True) for y in range(0, 400, 50)]

    drawn = simplified(square, 1.5)

    assert sorted((x, y) for x, y, _ in drawn) == [(0, 0), (0, 400), (400, 0), (400, 400)]


def test_contour_of_three_sides_is_left_alone() -> None:
    triangle = [(0.0, 0.0, True), (100.0, 0.0, True), (50.0, 80.0, True)]

    assert simplified(triangle, 1.5) == triangle


def test_implied_point_between_two_controls_is_found() -> None:
    points = [(0.0, 0.0, True), (10.0, 10.0, False), (30.0, 10.0, False), (40.0, 0.0, True)]

    assert segments(points)[:2] == [
        ((0.0, 0.0), (10.0, 10.0), (20.0, 10.0)),
        ((20.0, 10.0), (30.0, 10.0), (40.0, 0.0)),
    ]
