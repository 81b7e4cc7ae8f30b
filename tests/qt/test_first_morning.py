"""The first morning: start page, four steps, practice strip, tour."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from desktop.qt.main_window import MainWindow
from desktop.qt.pages.duty_page import DutyPage
from desktop.qt.pages.import_page import ImportPage
from desktop.qt.pages.set_up import AGENCY, PATTERN, PLAN, ROSTER
from desktop.qt.pages.settings_page import SettingsPage
from desktop.qt.services import services_of
from desktop.services.office import open_office
from tests.qt.conftest import NOW, settle, settle_plainly

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"


@pytest.fixture(scope="module")
def first(theme, tmp_path_factory):
    """The window of a new office on its first morning, with three pages."""
    folder = tmp_path_factory.mktemp("first")
    office = open_office(folder / "gongyu.db", actor="周雅雯", clock=lambda: NOW)
    asked: list[str] = []
    window = MainWindow(
        services_of(office),
        settings=QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat),
        theme=theme,
        actor="周雅雯",
        open_sample=lambda: asked.append("sample"),
        pages=[ImportPage, DutyPage, SettingsPage],
    )
    window.office, window.asked = office, asked
    window.resize(1366, 688)
    window.show()
    settle_plainly(window)
    yield window
    window.close()
    assert window.operations.finish()
    office.close()


def texts(window) -> dict[int, str]:
    return {number: mark.text() for number, mark in enumerate(window.steps.marks)}


def test_start_page_offers_sample_and_restore(first, qtbot):
    first._show_without_page(first.welcome)
    first.welcome.sample_button.click()
    assert first.asked == ["sample"]
    first.welcome.restore_button.click()
    settle(qtbot, first)
    page = first.pages["settings"]
    assert first.current_page is page
    assert page.stack.currentWidget() is page.backups


def test_every_step_can_be_skipped_and_nothing_is_stored(first, qtbot):
    first._show_without_page(first.welcome)
    before = first.office.store.path.stat().st_mtime_ns
    first.welcome.start_button.click()
    settle(qtbot, first)
    steps = first.steps
    for step in (AGENCY, PATTERN, ROSTER, PLAN):
        assert steps.stack.currentIndex() == step
        steps.skip.click()
    settle(qtbot, first)
    assert first.current_page is first.pages["import"]
    notes = [first._notes.itemAt(n).widget().sentence for n in range(first._notes.count())]
    assert not any("設定好了" in words for words in notes)
    assert notes[-1].startswith("四步都略過了")
    assert first.office.store.path.stat().st_mtime_ns == before
    assert first._services.status().people == 0


def test_escape_leaves_the_steps_for_the_start_page(first, qtbot):
    first.set_up()
    settle(qtbot, first)
    QTest.keyClick(first.steps, Qt.Key.Key_Escape)
    assert first.stack.currentWidget() is first.welcome


def test_city_without_agency_stays_in_the_step_with_a_sentence(first, qtbot):
    first.set_up()
    settle(qtbot, first)
    steps = first.steps
    steps.name.clear()
    steps.city.setText("測試市")
    steps.next.click()
    settle(qtbot, first)
    assert steps.stack.currentIndex() == AGENCY
    assert "機關全銜" in steps.said.text()


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ({"code": "A"}, "上班時段"),
        ({"code": "A", "segments": "八點到五點"}, "上班時段"),
        ({"segments": "08:00-12:00"}, "代碼"),
        ({"code": "A", "segments": "08:00-12:00", "arrival": "大概七點"}, "各寫一段"),
    ],
)
def test_pattern_that_cannot_be_read_is_not_stored(first, qtbot, typed, part):
    first.set_up()
    settle(qtbot, first)
    steps = first.steps
    steps.skip.click()
    for key, field in steps.pattern.items():
        field.setText(typed.get(key, "一二三四五" if key == "weekdays" else ""))
    steps.next.click()
    settle(qtbot, first)
    assert steps.stack.currentIndex() == PATTERN
    assert part in steps.said.text()
    assert first._services.agency_view().patterns == ()


def test_file_that_is_no_roster_is_handed_to_the_import_page(first, qtbot, tmp_path):
    (tmp_path / "便當.csv").write_text("品項,數量\n雞腿,3\n", encoding="utf-8")
    first.set_up()
    settle(qtbot, first)
    steps = first.steps
    steps.skip.click()
    steps.skip.click()
    steps.read_roster(tmp_path / "便當.csv")
    settle(qtbot, first)
    assert "沒有當作名冊讀" in steps.found.text()
    assert steps.mapping.isVisible()
    steps.next.click()
    assert "略過" in texts(first)[ROSTER]
    steps.back.click()
    steps.mapping.click()
    settle(qtbot, first)
    assert first.current_page is first.pages["import"]


def test_practice_store_has_a_strip_and_another_title(first):
    status = first._services.status()
    assert not first.practice.isVisible()
    try:
        first._show_status(type(status)(**{**_fields(status), "is_practice": True}))
        assert first.practice.isVisible()
        assert "練習" in first.windowTitle()
        assert "練習" in first.practice.accessibleName()
    finally:
        first._show_status(status)
    assert not first.practice.isVisible()
    assert "練習" not in first.windowTitle()


def _fields(status) -> dict:
    return {name: getattr(status, name) for name in type(status).__slots__}


def test_tour_walks_by_keys_and_gives_the_page_back(first, qtbot):
    first.open_page("duty")
    settle(qtbot, first)
    first.show_tour()
    tour = first.tour
    titles = [tour.title.text()]
    while True:
        QTest.keyClick(tour, Qt.Key.Key_Right)
        if first.tour is None:
            break
        titles.append(tour.title.text())
        assert first.rect().contains(tour.bubble.geometry())
        if tour.title.text() == "匯入":
            assert first.current_page is first.pages["import"]
    assert titles == ["頁面", "計畫", "匯入", "設定", "找與說明"]
    assert first.current_page is first.pages["duty"]
    settle(qtbot, first)


def test_tour_keeps_the_keyboard_and_ends_with_escape(first, qtbot):
    first.open_page("duty")
    first.show_tour()
    tour = first.tour
    assert tour.frame.width() > 20
    assert tour.next_button.accessibleName() or tour.next_button.text()
    for _ in range(4):
        tour.focusNextPrevChild(True)
        assert tour.focusWidget() in (tour.stop_button, tour.next_button, tour.back_button)
    first.show_tour()
    assert first.tour is tour
    QTest.keyClick(tour, Qt.Key.Key_Escape)
    assert first.tour is None
    settle(qtbot, first)


def test_tour_and_steps_can_be_called_again_from_the_menu(first):
    words = [action.text() for action in first.actions()]
    assert "導覽" in words
    assert "開始設定的四個步驟" in words


def test_empty_roster_says_what_comes_first_and_leads_there(first, qtbot):
    first.open_page("duty")
    settle(qtbot, first)
    duty = first.pages["duty"]
    assert duty.roster.empty.isVisible()
    duty.roster.import_button.click()
    assert first.current_page is first.pages["import"]


def test_set_up_from_the_first_field_to_the_import_page_by_keyboard(first, qtbot):
    """The whole of it; last, since the office is a new one no more."""
    first._show_without_page(first.welcome)
    first.welcome.start_button.setFocus()
    first.welcome.start_button.click()
    settle(qtbot, first)
    steps = first.steps
    steps.name.setText("測試市政府")
    steps.city.setText("測試市")
    QTest.keyClick(steps.name, Qt.Key.Key_Return)
    settle(qtbot, first)
    assert texts(first)[AGENCY].endswith("（已完成）")
    for key, words in (("code", "A"), ("segments", "08:00-12:00、13:30-17:30")):
        steps.pattern[key].setText(words)
    steps.pattern["arrival"].clear()
    QTest.keyClick(steps.pattern["segments"], Qt.Key.Key_Return)
    settle(qtbot, first)
    assert steps.stack.currentIndex() == ROSTER
    steps.read_roster(SAMPLE / "roster.xlsx")
    settle(qtbot, first)
    # resources/sample/roster.xlsx lists twelve people.
    assert "12 人" in steps.found.text()
    assert first._services.status().people == 0
    steps.next.click()
    settle(qtbot, first)
    assert first._services.status().people == 12
    chosen = steps.plans.itemData(steps.plans.count() - 1)
    steps.plans.setCurrentIndex(steps.plans.count() - 1)
    steps.next.click()
    settle(qtbot, first)
    assert first.plan_id == chosen
    assert first.current_page is first.pages["import"]
    view = first._services.agency_view()
    assert (view.name, view.city, [row.code for row in view.patterns]) == (
        "測試市政府",
        "測試市",
        ["A"],
    )
    for _ in range(3):
        first.undoing.undo()
        settle(qtbot, first)
    assert first._services.status().people == 0
    assert first._services.agency_view().patterns == ()
