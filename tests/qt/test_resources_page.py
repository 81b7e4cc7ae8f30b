"""國際資源 in the window: the catalogue, the timeline, states, the printed schedule, contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.qt.main_window import MainWindow
from desktop.qt.pages.resources_page import CATALOGUE, CONTACTS, SCHEDULE, ResourcesPage
from desktop.qt.services import services_of
from desktop.qt.theme import Theme
from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office, open_office
from desktop.services.promotion import promotion_view
from tests.conftest import PATIENCE_MS
from tests.qt.conftest import settle

INPUT = Path(__file__).parents[1] / "samples" / "taipei-coursera-113" / "input"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office whose people took courses abroad."""
    path = tmp_path_factory.mktemp("resources") / "a.db"
    made = open_office(path, actor="周雅雯", clock=lambda: datetime(2014, 12, 31, 17, 5))
    store_batch(made, read_batch(made, [INPUT / "roster.xlsx", INPUT / "records"]))
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, theme: Theme, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for all tests of this page; each goes on where the one before it ended."""
    path = tmp_path_factory.mktemp("settings") / "window.ini"
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    made = MainWindow(services_of(office), settings=settings, theme=theme, actor="周雅雯")
    made.resize(1366, 688)
    made.show()
    yield made
    made.close()
    assert made.operations.finish()
    qapp.processEvents()


def page_of(qtbot, window: MainWindow, tab: int) -> ResourcesPage:
    settle(qtbot, window)
    window.open_page("resources")
    page = window.pages["resources"]
    assert isinstance(page, ResourcesPage)
    page.tabs.setCurrentIndex(tab)
    settle(qtbot, window)
    return page


def test_catalogue_is_searched_and_filtered(qtbot, window: MainWindow) -> None:
    tab = page_of(qtbot, window, CATALOGUE).catalogue
    everything = len(tab.model.rows)
    assert tab.count.text() == f"{everything} 筆"
    assert tab.model.rows[0].people == 7
    tab.search.setText("coursera 美國")
    shown = [line.resource for line in tab.model.rows]
    assert 0 < len(shown) < everything
    assert {(one.provider, one.country) for one in shown} == {("Coursera", "美國")}
    tab.search.setText("")
    tab.origins.choose(["文件"])
    assert [line.resource.name for line in tab.model.rows][:2] == ["Coursera", "TED"]
    assert "府授人考字第1120146632號" in tab.detail.text()
    tab.recommended.setCurrentIndex(1)
    assert [line.resource.name for line in tab.model.rows] == ["Coursera"]
    tab.search.setText("沒有這種資源")
    assert "沒有符合的資源" in tab.detail.text()
    tab.search.setText("")
    tab.recommended.setCurrentIndex(0)
    tab.origins.choose([])


def test_several_resources_are_summed_up_and_acted_on_by_none(qtbot, window: MainWindow) -> None:
    tab = page_of(qtbot, window, CATALOGUE).catalogue
    tab.view.setFocus()
    tab.view.selectAll()
    count = len(tab.model.rows)
    people = sum(line.people for line in tab.model.rows)
    qtbot.waitUntil(
        lambda: window.status.selection.text().startswith(f"選取 {count} 列"), timeout=PATIENCE_MS
    )
    assert f"人數 合計 {people}" in window.status.selection.text()
    assert tab.line is None
    assert not tab.edit_button.isEnabled()
    assert not tab.drop_button.isEnabled()
    assert tab.detail.text().startswith(f"選了 {count} 筆")
    # Not by selectRow: it asks which keys are held, and an earlier test may have held one.
    tab.view.selectionModel().setCurrentIndex(
        tab.model.index(0, 0),
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )
    assert tab.edit_button.isEnabled()
    assert tab.line is tab.model.rows[0]


def test_resource_is_entered_with_its_source_and_undone(qtbot, window: MainWindow) -> None:
    tab = page_of(qtbot, window, CATALOGUE).catalogue
    before = len(tab.model.rows)
    tab.add_button.click()
    dialog = tab.dialog
    assert dialog is not None
    dialog.fields["name"].setText("OECD 學習資源")
    assert not dialog.accept_button.isEnabled()
    dialog.fields["source"].setText("承辦人查網站")
    dialog.recommended.setCurrentIndex(1)
    assert not dialog.accept_button.isEnabled()  # a recommendation says why
    dialog.fields["reason"].setText("與業務相關")
    dialog.accept_button.click()
    settle(qtbot, window)
    assert len(tab.model.rows) == before + 1
    tab.search.setText("OECD")
    assert tab.drop_button.isEnabled()
    assert "周雅雯" in tab.detail.text()
    tab.search.setText("")
    window.undoing.undo()
    settle(qtbot, window)
    assert len(tab.model.rows) == before


def test_timeline_follows_the_effective_day_and_what_is_moved(
    qtbot, window: MainWindow, office: Office
) -> None:
    tab = page_of(qtbot, window, SCHEDULE).schedule
    assert tab.timeline.bar_of(0).isEmpty()
    tab.effective_button.click()
    tab.dialog.day.setText("103-07-01")
    tab.dialog.reason.setText("總處培字第1030000000號函")
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    first, second = tab.timeline.bar_of(0), tab.timeline.bar_of(1)
    assert first.right() == pytest.approx(second.left(), abs=0.5)
    assert "103-07-01 至 103-12-31" in tab.stage_words.text()
    tab.timeline.setFocus()
    QTest.keyClick(tab.timeline, Qt.Key.Key_Down)
    assert tab.row.stage.stage.name == "近程階段"
    tab.move_button.click()
    tab.dialog.first.setText("103-10-01")
    tab.dialog.last.setText("104-03-31")
    assert not tab.dialog.accept_button.isEnabled()
    tab.dialog.reason.setText("與前置期同步實施")
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    assert tab.timeline.bar_of(1).left() < tab.timeline.bar_of(0).right()
    assert "（調）" in tab.stage_words.text()
    assert "與前置期同步實施" in tab.stage_words.text()
    assert tab.follow_button.isEnabled()
    assert "近程階段，103-10-01 至 104-03-31（調）" in tab.timeline.accessibleDescription()
    assert promotion_view(office).stages[2].days.first_day == date(2015, 4, 1)


def test_state_of_a_measure_is_entered_and_the_schedule_is_numbered(
    qtbot, window: MainWindow, office: Office, tmp_path: Path
) -> None:
    page = page_of(qtbot, window, SCHEDULE)
    tab = page.schedule
    told: list[str] = []
    page.noted.connect(lambda kind, sentence: told.append(sentence))
    tab.view.selectRow(0)
    tab.state_button.click()
    dialog = tab.dialog
    dialog.state.setCurrentIndex(dialog.state.findData("stopped"))
    assert not dialog.accept_button.isEnabled()
    dialog.state.setCurrentIndex(dialog.state.findData("done"))
    dialog.accept_button.click()
    settle(qtbot, window)
    assert tab.row.view.state.word == "已完成"
    assert "2 項完成 1 項" in tab.timeline.spoken(tab.row.stage)
    tab.show_paper()
    settle(qtbot, window)
    assert tab.dialog.number.text().startswith("編號 IP-103-000001")
    tab.dialog.reject()
    tab.save_paper_to(tmp_path / "期程表.pdf")
    settle(qtbot, window)
    assert told[-1] == "已把期程表存成「期程表.pdf」，編號 IP-103-000001。"
    assert (tmp_path / "期程表.pdf").read_bytes().startswith(b"%PDF")


def test_contact_is_entered_and_taken_off(qtbot, window: MainWindow) -> None:
    tab = page_of(qtbot, window, CONTACTS).contacts
    assert not tab.edit_button.isEnabled()
    tab.add_button.click()
    tab.dialog.fields["agency"].setText("人事總處")
    tab.dialog.fields["name"].setText("陳聯絡")
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    assert [one.name for one in tab.model.rows] == ["陳聯絡"]
    tab.drop_button.click()
    settle(qtbot, window)
    assert tab.model.rows == ()
    assert "還沒有聯絡窗口" in tab.hint.text()
