"""The window on a plan with vouchers, kinds of awards, minimums and conditions."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.qt.models.courses import groups_of
from desktop.qt.pages.review_benefits import benefit_rows
from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office
from desktop.services.verifying import case
from tests.qt.conftest import OpenWindow, settle

SAMPLE = Path(__file__).parents[1] / "samples" / "wider-benefits"
PLAN = "hai-yang-114"
SHEETS = ("roster.csv", "applications.csv", "history.csv", "records.csv")


@pytest.fixture
def wider(empty_office: Office) -> Office:
    """An office with the sample's sheets and its plan."""
    with empty_office.store.writing("計畫") as writer:
        writer.add_plan(PLAN, "1", (SAMPLE / "plan.toml").read_text(encoding="utf-8"))
    store_batch(empty_office, read_batch(empty_office, [SAMPLE / name for name in SHEETS]))
    return empty_office


def test_rows_say_what_hinders_a_benefit_and_what_else_is_given(wider: Office) -> None:
    assert benefit_rows(case(wider, PLAN, "M01")) == (("學習禮券", "確定 500 元"),)
    assert benefit_rows(case(wider, PLAN, "M02")) == (
        ("敘獎", "已於 112 年獲嘉獎 2 次（他縣市數位學習計畫），以第一次為限。〔六（三）〕"),
        ("學習禮券", "確定 400 元"),
    )
    assert benefit_rows(case(wider, PLAN, "M03")) == (
        ("補休", "未在 114-11-30 前收到研習報告。〔五（三）〕"),
        ("學習禮券", "確定 200 元，可能 400 元"),
    )
    assert benefit_rows(None) == ()


def test_set_with_minimums_says_how_far_they_are_reached(wider: Office) -> None:
    groups = {group.title: group for group in groups_of(case(wider, PLAN, "M03"))}
    yearly = groups["自選學習"]
    assert yearly.trailing == "12 時：已 4 時，待確認 4 時，還差 8 時"
    assert yearly.detail.splitlines()[1] == "業務相關 4 時：已 4 時，已達成"
    assert [row.course for row in yearly.rows] == ["自選課程1", "自選課程2", "自選課程3"]
    assert groups["核心課程"].trailing == "認證 8／8 時"
    done = {group.title: group for group in groups_of(case(wider, PLAN, "M01"))}
    assert done["自選學習"].trailing == "最低要求都已達成"


def test_line_of_a_person_shows_kinds_of_awards(
    qtbot, open_window: OpenWindow, wider: Office
) -> None:
    window = open_window(wider, only=("import", "review"))
    window.choose_plan(PLAN)
    settle(qtbot, window)
    window.open_page("review", "M05")
    settle(qtbot, window)
    page = window.pages["review"]
    shown = [(head.text(), value.text()) for head, value in page.person._labels]
    assert shown == [("補休", "確定 4 時"), ("敘獎", "確定嘉獎1次，可能記功1次、嘉獎1次")]
    assert page.benefits.isVisible()
    assert page.benefits.rows == (("學習禮券", "確定 0 元，可能 500 元"),)
    window.open_page("review", "M02")
    settle(qtbot, window)
    window.open_page("review", "M02")
    settle(qtbot, window)
    assert "以第一次為限" in page.benefits.accessibleDescription()


def test_strip_is_hidden_where_the_head_line_says_everything(
    qtbot, open_window: OpenWindow, sample: Office
) -> None:
    window = open_window(sample, only=("import", "review"))
    settle(qtbot, window)
    window.open_page("review")
    settle(qtbot, window)
    assert not window.pages["review"].benefits.isVisible()
