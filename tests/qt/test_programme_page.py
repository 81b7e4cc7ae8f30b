"""The window on a nominated programme: free choice of courses, credit in place of benefits."""

from __future__ import annotations

from pathlib import Path

from desktop.qt.models.courses import FREE_CHOICE_TITLE, groups_of
from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office
from desktop.services.verifying import case
from tests.qt.conftest import OpenWindow, settle

PLAN = "taipei-coursera-113"
INPUT = Path(__file__).parents[1] / "samples" / PLAN / "input"


def _filled(office: Office) -> Office:
    paths = [INPUT / "roster.xlsx", INPUT / "applications.xlsx", INPUT / "records"]
    store_batch(office, read_batch(office, paths))
    return office


def test_free_choice_is_a_group_of_its_own(empty_office: Office) -> None:
    groups = groups_of(case(_filled(empty_office), PLAN, "T0002"))
    assert [(group.title, len(group.rows)) for group in groups] == [(FREE_CHOICE_TITLE, 7)]
    assert dict(groups[0].counts) == {"pass": 5, "fail": 2}


def test_window_shows_hours_in_place_of_leave_and_award(
    qtbot, open_window: OpenWindow, empty_office: Office
) -> None:
    window = open_window(_filled(empty_office))
    window.choose_plan(PLAN)
    settle(qtbot, window)
    window.open_page("review", "T0005")
    settle(qtbot, window)
    line = window.pages["review"].person
    assert line.name.text() == "孫佳廷"
    shown = [(head.text(), value.text()) for head, value in line._labels]
    assert shown == [("時數", "採認 31 時"), ("", "未依限繳交研習報告")]
    assert "113-07-14" in line._labels[0][1].toolTip()
