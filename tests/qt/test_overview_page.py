"""總覽: its counts open their lists, and what was confirmed there is seen at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.services.issuing import issue_forms
from tests.qt.conftest import PLAN, settle


@pytest.fixture
def shown(open_window, sample, qtbot):
    issue_forms(sample, PLAN, ["A0011/policy", "A0012/policy"], with_stamp=False)
    window = open_window(sample)
    window.open_page("overview")
    settle(qtbot, window)
    return window, window.pages["overview"]


def tile_figures(page) -> dict[str, str]:
    return {key: tile.accessibleName() for key, tile in page.tiles.items()}


def test_first_page_shows_the_funnel_in_words(shown):
    window, page = shown
    assert window.rail.rail_model.index(0, 0).data() == "總覽"
    figures = tile_figures(page)
    assert figures["received"] == "收件 11 人，名冊 12 人"
    assert figures["stamped"] == "核章 0 人，2 人送核中"
    assert "文化局：全部完成 1 人" in page.chart.accessibleDescription()


def test_every_tile_opens_as_many_cases_as_it_counts(shown, qtbot):
    window, page = shown
    for key, tile in page.tiles.items():
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
        people = {view.employee_id for view in page.cases.model.rows}
        assert tile.accessibleName().split(" ")[1] == str(len(people)), key
        assert page.stack.currentWidget() is page.cases
        qtbot.mouseClick(page.cases.back_button, Qt.MouseButton.LeftButton)
        assert page.stack.currentWidget() is page.room
    settle(qtbot, window)


def test_stamped_sheets_are_recorded_undone_and_seen(shown, qtbot):
    window, page = shown
    page.open_step("printable")
    page.cases.model.tick(["A0011/policy", "A0012/policy", "A0012/city"])
    assert page.cases.stamp_button.text() == "登記核章 2 份(&S)"
    page.cases.reason.setEditText("紙本收回")
    page.cases.stamp()
    settle(qtbot, window)
    assert tile_figures(page)["stamped"] == "核章 2 人，0 人送核中"
    assert page.cases.reason.currentText() == ""
    assert window.bar.undo.text().strip() == "復原：核章 2 份"
    window.undoing.undo()
    settle(qtbot, window)
    assert tile_figures(page)["stamped"] == "核章 0 人，2 人送核中"


def test_closing_early_without_a_reason_asks_for_it(shown, qtbot):
    window, page = shown
    page.open_step("waiting")
    page.cases.model.tick(["A0009/policy"])
    page.cases.close_ticked()
    settle(qtbot, window)
    assert "要寫理由" in window._notes.itemAt(0).widget().sentence
    page.cases.reason.setEditText("本人不再申請")
    page.cases.close_ticked()
    settle(qtbot, window)
    page.cases.tabs.setCurrentIndex(7)
    assert "A0009" in {view.employee_id for view in page.cases.model.rows}


def test_history_of_the_case_in_hand_is_shown_latest_first(shown, qtbot):
    window, page = shown
    page.open_step("printable")
    keys = [view.key for view in page.cases.model.rows]
    page.cases.view.selectRow(keys.index(("A0011", "policy")))
    settle(qtbot, window)
    lines = [page.cases.history.item(n).text() for n in range(page.cases.history.count())]
    assert any("印出申請表 KH-114-000001" in line for line in lines)


def test_enter_on_a_case_opens_the_person_in_review(shown, qtbot):
    window, page = shown
    page.open_step("waiting")
    page.cases.view.selectRow(0)
    qtbot.keyClick(page.cases.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current_page.name == "review"


def test_empty_office_says_what_to_do_first(open_window, empty_office, qtbot):
    window = open_window(empty_office)
    window.open_page("overview")
    settle(qtbot, window)
    page = window.pages["overview"]
    assert page.stack.currentWidget() is page.empty
