"""專班活動 in the window: places, replacing, reports; sessions, waiting, draws; undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop.domain.activities import SignUpState
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.programme_page import ACTIVITIES, ProgrammePage
from desktop.qt.services import services_of
from desktop.qt.theme import Theme
from desktop.qt.widgets.table_reach import selection_words
from desktop.services.activities import activities_view
from desktop.services.importing import read_batch, store_batch
from desktop.services.nominating import programme_view
from desktop.services.office import Office, open_office
from tests.qt.conftest import settle

PROGRAMME = "taipei-coursera-113"
WITH_ACTIVITIES = "kaohsiung-103"
INPUT = Path(__file__).parents[1] / "samples" / PROGRAMME / "input"
LIST = (
    "人員代號,姓名,聯絡電話,人事單位電子信箱,優先條件,遞補\n"
    "T0002,彭育珍,0912,hr@example.tw,辦理涉外業務,\n"
    "T0005,孫佳廷,0913,hr@example.tw,,\n"
)


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The programme's sample with a list of nominees; each test takes its acts back."""
    folder = tmp_path_factory.mktemp("nominees")
    sheet = folder / "薦送名冊.csv"
    sheet.write_text(LIST, encoding="utf-8")
    office = open_office(folder / "a.db", actor="周雅雯", clock=lambda: datetime(2024, 7, 3, 9))
    paths = [INPUT / "roster.xlsx", INPUT / "applications.xlsx", INPUT / "records", sheet]
    store_batch(office, read_batch(office, paths))
    yield office
    office.store.close()


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, theme: Theme, programme: Office, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for all tests of this page."""
    path = tmp_path_factory.mktemp("settings") / "window.ini"
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    made = MainWindow(services_of(programme), settings=settings, theme=theme, actor="周雅雯")
    made.resize(1366, 688)
    made.show()
    yield made
    made.close()
    assert made.operations.finish()
    qapp.processEvents()


def page_of(qtbot, window: MainWindow, plan: str) -> ProgrammePage:
    settle(qtbot, window)
    window.choose_plan(plan)
    window.open_page("programmes")
    settle(qtbot, window)
    page = window.pages["programmes"]
    assert isinstance(page, ProgrammePage)
    return page


def test_page_shows_places_shortage_people_and_hours(
    qtbot, window: MainWindow, programme: Office
) -> None:
    page = page_of(qtbot, window, PROGRAMME).nominees
    assert page.tiles["名額"].figure.text() == "未登記"
    assert page.tiles["已薦送"].figure.text() == "2 人"
    assert page.tiles["報名期限"].figure.text() == "112-11-27"
    assert [(n.name, n.credit) for n in page.model.rows] == [
        ("彭育珍", "可登錄"),
        ("孫佳廷", "缺報告"),
    ]
    assert "登錄 27 時" in page.detail.text()
    page.set_places()
    dialog = page.dialog
    assert dialog is not None
    assert not dialog.accept_button.isEnabled()
    dialog.places.setText("3")
    dialog.reason.setText("名額配當表")
    dialog.accept_button.click()
    settle(qtbot, window)
    assert page.tiles["名額"].figure.text() == "3 人"
    assert "還缺 1 人" in page.notes.itemAt(0).widget().sentence
    window.undoing.undo()
    settle(qtbot, window)
    assert page.tiles["名額"].figure.text() == "未登記"


def test_replacing_names_both_and_is_undone_from_the_menu(
    qtbot, window: MainWindow, programme: Office
) -> None:
    page = page_of(qtbot, window, PROGRAMME).nominees
    page.view.selectRow(1)
    page.replace_button.click()
    dialog = page.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "換人：由誰遞補孫佳廷"
    dialog.people.search.setText("T0007")
    dialog.people.choose("T0007")
    dialog.telephone.setText("02-27208889")
    dialog.reason.setText("調任他機關")
    assert not dialog.accept_button.isEnabled()  # nobody looked at the exclusions yet
    dialog.checked.setChecked(True)
    dialog.accept_button.click()
    settle(qtbot, window)
    shown = {n.employee_id: n for n in page.model.rows}
    assert (shown["T0007"].state, shown["T0005"].state) == ("遞補", "退出")
    assert "遞補孫佳廷：調任他機關" in shown["T0007"].note
    assert window.undoing.undo_action.text().endswith("遞補孫佳廷")
    window.undoing.undo()
    settle(qtbot, window)
    assert [n.employee_id for n in page.model.rows] == ["T0002", "T0005"]


def test_ticked_people_get_their_report_on_one_day(
    qtbot, window: MainWindow, programme: Office
) -> None:
    page = page_of(qtbot, window, PROGRAMME).nominees
    page.model.tick(["T0002", "T0005"])
    page.report_button.click()
    dialog = page.dialog
    assert dialog is not None
    assert "登記 2 份" in dialog.accept_button.text()
    dialog.accept_button.click()
    settle(qtbot, window)
    view = programme_view(programme, PROGRAMME)
    assert view is not None
    assert [n.report_received_on for n in view.lines if n.employee_id == "T0005"] == [
        date(2024, 7, 3)
    ]
    assert page.tiles["可登錄時數"].figure.text() == "2 人"
    window.undoing.undo()
    settle(qtbot, window)


def test_refused_act_says_why_and_changes_nothing(
    qtbot, window: MainWindow, programme: Office
) -> None:
    page = page_of(qtbot, window, PROGRAMME)
    told: list[tuple[str, str]] = []
    page.noted.connect(lambda kind, sentence: told.append((kind, sentence)))
    tab = page.nominees
    tab.add_button.click()
    dialog = tab.dialog
    assert dialog is not None
    dialog.people.choose("T0001")
    dialog.telephone.setText("02")
    dialog.reason.setText("加派")
    dialog.checked.setChecked(True)
    dialog.accept_button.click()
    settle(qtbot, window)
    assert [kind for kind, _ in told] == ["review"]
    assert "人員類別「教師」不在參加對象" in told[0][1]
    assert len(tab.model.rows) == 2


def test_plan_without_nomination_leads_to_its_activities(qtbot, window: MainWindow) -> None:
    page = page_of(qtbot, window, "kaohsiung-114")
    assert page.nominees.stack.currentWidget() is page.nominees.empty
    page.nominees.page_wanted.emit("activities")
    settle(qtbot, window)
    assert page.tabs.currentIndex() == ACTIVITIES
    assert page.activities.stack.currentWidget() is page.activities.empty
    assert not page.activities._take.isEnabled()


def test_activities_of_the_plan_are_taken_and_people_come_and_wait(
    qtbot, window: MainWindow, programme: Office
) -> None:
    page = page_of(qtbot, window, WITH_ACTIVITIES)
    page.tabs.setCurrentIndex(ACTIVITIES)
    settle(qtbot, window)
    tab = page.activities
    tab._take.click()
    settle(qtbot, window)
    names = [view.activity.name for view in tab._view.activities]
    tab.list.selectRow(names.index("第一線溝通能力躍升"))
    assert tab.sessions.model().rowCount() == 15
    tab.sessions.selectAll()
    assert tab.session is None
    assert not tab.edit_session_button.isEnabled()
    assert not tab.drop_session_button.isEnabled()
    assert tab.people_count.text() == "選了 15 場；名單請只選一場"
    assert selection_words(tab.sessions).startswith("選取 15 列　")
    tab.sessions.selectRow(0)
    assert tab.session is tab.activity.sessions[0]
    tab.edit_session()
    tab.dialog.places.setText("2")
    tab.dialog.first.setText("103-05-06")
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    tab.sign_up()
    for who in ("T0003", "T0001", "T0002"):
        tab.dialog.people.choose(who)
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    assert tab.session is not None
    assert [(p.employee_id, p.state.word) for p in tab.session.people] == [
        ("T0003", "報名"),
        ("T0001", "報名"),
        ("T0002", "候補"),
    ]
    tab.people.selectRow(0)
    assert tab.came_button.isEnabled()
    assert not tab.up_button.isEnabled()
    tab.came_button.click()
    settle(qtbot, window)
    assert tab.session.people[0].state is SignUpState.ATTENDED
    window.undoing.undo()
    settle(qtbot, window)
    assert tab.session.people[0].state is SignUpState.SIGNED


def test_draw_is_made_checked_exported_and_voided(
    qtbot, window: MainWindow, programme: Office, tmp_path: Path
) -> None:
    page = page_of(qtbot, window, WITH_ACTIVITIES)
    told: list[str] = []
    page.noted.connect(lambda kind, sentence: told.append(sentence))
    tab = page.activities
    page.tabs.setCurrentIndex(ACTIVITIES)
    settle(qtbot, window)
    tab.add_activity()
    tab.dialog.name.setText("結業抽獎")
    tab.dialog.prizes.setText("1")
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    tab.list.selectRow(tab.list.model().rowCount() - 1)
    assert tab.activity is not None
    assert tab.activity.activity.name == "結業抽獎"
    tab.add_session()
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    tab.sign_up()
    tab.dialog.people.choose("T0003")
    tab.dialog.people.choose("T0004")
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    tab.people.selectAll()
    tab.came_button.click()
    settle(qtbot, window)
    tab.draw_button.click()
    settle(qtbot, window)
    assert len(tab.dialog.model.rows) == 2
    tab.dialog.seed.setText("65471208")
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    shown = activities_view(programme, WITH_ACTIVITIES).activities
    (draw,) = next(view.draws for view in shown if view.activity.name == "結業抽獎")
    assert len(draw.winners) == 1
    tab.check()
    settle(qtbot, window)
    assert "與留存的完全相同" in told[-1]
    tab.export_to(tmp_path / "名單.csv")
    settle(qtbot, window)
    assert draw.list_digest in (tmp_path / "名單.csv").read_text(encoding="utf-8-sig")
    tab.void_button.click()
    tab.dialog.reason.setText("份數誤植")
    tab.dialog.accept_button.click()
    settle(qtbot, window)
    assert tab.chosen_draw is not None
    assert tab.chosen_draw.void_reason == "份數誤植"
    assert not tab.void_button.isEnabled()
