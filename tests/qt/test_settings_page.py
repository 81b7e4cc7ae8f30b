"""設定: everything saved at once, backups listed and restored, the look chosen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from desktop import app
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.base import Context, WindowDesk
from desktop.qt.pages.duty_page import PATTERNS, DutyPage
from desktop.qt.pages.settings_page import SettingsPage
from desktop.qt.services import services_of
from desktop.qt.theme import SchemeChoice, look, ui_font
from desktop.services.office import open_office
from desktop.services.overview import back_up_now
from tests.qt.conftest import NOW, settle, settle_plainly


@pytest.fixture(scope="module")
def shared(theme, tmp_path_factory):
    """The window of a new office with 設定 and 人員差勤, printers and folders of our own."""
    folder = tmp_path_factory.mktemp("settings")
    office = open_office(folder / "gongyu.db", actor="周雅雯", clock=lambda: NOW)
    shown: list[str] = []
    restored: list[Path] = []

    def make(context):
        return SettingsPage(
            context,
            printers=lambda: ["第三辦公室", "櫃臺"],
            open_folder=lambda url: not shown.append(url.toLocalFile()),
        )

    window = MainWindow(
        services_of(office),
        settings=QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat),
        theme=theme,
        actor="周雅雯",
        restore=restored.append,
        pages=[make, DutyPage],
    )
    window.office, window.shown, window.restored = office, shown, restored
    window.resize(1366, 688)
    window.show()
    settle_plainly(window)
    yield window
    window.close()
    assert window.operations.finish()
    office.close()


@pytest.fixture
def opened(shared, qtbot):
    shared.open_page("settings")
    page = shared.pages["settings"]
    page.read()
    settle(qtbot, shared)
    return shared, page


def typed(field, words: str) -> None:
    field.setFocus()
    field.setText(words)
    field.editingFinished.emit()


def test_agency_is_saved_as_soon_as_the_field_is_left_and_undone(opened, qtbot):
    window, page = opened
    typed(page.office.name, "測試市政府")
    settle(qtbot, window)
    assert page.saved.text() == "已儲存 09:41:00"
    assert page.services.settings_view().agency_name == "測試市政府"
    typed(page.office.city, "測試市")
    settle(qtbot, window)
    assert page.services.settings_view().city == "測試市"
    window.undoing.undo()
    settle(qtbot, window)
    view = page.services.settings_view()
    assert (view.agency_name, view.city) == ("測試市政府", "")
    assert page.office.city.text() == ""


def test_blank_agency_name_is_not_saved_and_comes_back(opened, qtbot):
    window, page = opened
    typed(page.office.name, "測試市政府")
    settle(qtbot, window)
    typed(page.office.name, "  ")
    settle(qtbot, window)
    assert page.office.name.text() == "測試市政府"
    assert page.services.settings_view().agency_name == "測試市政府"


def test_clerks_name_goes_onto_paper_and_undo_gives_the_former_back(opened, qtbot):
    window, page = opened
    office = window.office
    typed(page.office.clerk, "周 小雯")
    settle(qtbot, window)
    assert office.clerk_on_paper == "周 小雯"
    assert office.actor == "周雅雯"
    window.undoing.undo()
    settle(qtbot, window)
    assert office.clerk_on_paper == "周雅雯"
    assert page.office.clerk.text() == "周雅雯"
    window.undoing.redo()
    settle(qtbot, window)
    assert page.office.clerk.text() == "周 小雯"


def test_clerks_name_too_long_is_refused_and_the_former_shown(opened, qtbot):
    window, page = opened
    office = window.office
    before = office.clerk_on_paper
    typed(page.office.clerk, "周" * 21)
    settle(qtbot, window)
    assert office.clerk_on_paper == before
    page.office.clerk.clearFocus()
    page.read()
    settle(qtbot, window)
    assert page.office.clerk.text() == before


def test_patterns_are_written_where_they_are(opened, qtbot):
    window, page = opened
    page.office.patterns_button.click()
    settle(qtbot, window)
    duty = window.pages["duty"]
    assert window.current_page is duty
    assert duty.tabs.currentIndex() == PATTERNS


def test_backup_is_made_listed_and_copied(opened, qtbot, tmp_path):
    window, page = opened
    page.open_section(page.backups)
    assert page.backups.restore.isEnabled() == bool(page.backups.model.rows)
    before = len(page.backups.model.rows)
    page.backups.make.click()
    settle(qtbot, window)
    assert len(page.backups.model.rows) == before + 1
    assert page.backups.model.rows[0].reason == "手動"
    made = page.backups.current
    page.copy_to(made, tmp_path / "隨身碟.sqlite")
    settle(qtbot, window)
    assert (tmp_path / "隨身碟.sqlite").read_bytes() == made.read_bytes()
    assert not list(tmp_path.glob("*.未完成"))


def test_restoring_tells_what_the_backup_holds_and_asks(opened, qtbot):
    window, page = opened
    typed(page.office.name, "備份裡的機關")
    settle(qtbot, window)
    page.back_up()
    settle(qtbot, window)
    page.backups.restore.click()
    settle(qtbot, window)
    dialog = page.restore_dialog
    assert dialog.isVisible()
    words = [one.text() for one in dialog.findChildren(type(page.saved))]
    assert "0 人" in words
    assert any("修改機關名稱" in one for one in words)
    dialog.reject()
    assert window.restored == []
    page.look_into(page.backups.current)
    settle(qtbot, window)
    page.restore_dialog.accept_button.click()
    assert window.restored == [page.backups.current]


def test_file_that_is_no_backup_is_refused_in_words(opened, qtbot, tmp_path):
    window, page = opened
    (tmp_path / "便當.sqlite").write_bytes(b"nothing like a store" * 80)
    page.restore_dialog, said = None, []
    page.noted.connect(lambda kind, sentence: said.append((kind, sentence)))
    page.look_into(tmp_path / "便當.sqlite")
    settle(qtbot, window)
    assert [kind for kind, _ in said] == ["fail"]
    assert "便當.sqlite" in said[0][1]
    assert page.restore_dialog is None


def test_printers_are_listed_with_their_offset_and_calibrated(opened, qtbot):
    _, page = opened
    page.open_section(page.printers)
    names = [page.printers.model.index(row, 0).data() for row in range(2)]
    assert names == ["第三辦公室", "櫃臺"]
    page.printers.view.selectRow(1)
    page.printers.calibrate.click()
    dialogs = [one for one in page.findChildren(QDialog) if one.isVisible()]
    assert [one.windowTitle() for one in dialogs] == ["印表機校正：櫃臺"]
    dialogs[0].left.setValue(19.0)
    dialogs[0].accept_button.click()
    assert page.printers.model.index(1, 1).data() != "未校正"
    assert page.printers.model.index(0, 1).data() == "未校正"


def test_faces_are_named_with_their_source(opened):
    _, page = opened
    rows = page.fonts.model.rows
    assert any(face.is_kai and face.is_bundled for face in rows)
    assert "全字庫正楷體" in {face.words for face in rows}
    assert all(face.path.is_file() for face in rows)


def test_folder_of_the_data_is_opened(opened):
    window, page = opened
    office = window.office
    page.place.open_store.click()
    assert [Path(name) for name in window.shown] == [office.store.path.parent]
    assert page.place.store.text() == str(office.store.path)


def test_data_life_is_opened_from_here(opened, qtbot):
    window, page = opened
    page.open_section(page.keeping)
    dialog = page.open_data_life()
    settle(qtbot, window)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "資料保存"
    dialog.reject()


def test_stamp_dialog_here_only_puts_in_and_withdraws(opened, qtbot):
    window, page = opened
    page.stamp_section.manage.click()
    settle(qtbot, window)
    dialog = page.stamps.dialog
    assert [dialog.tabs.tabText(n) for n in range(2)] == ["停用", "放入我的章"]
    assert not dialog.use_button.isVisibleTo(dialog)
    dialog.reject()


def test_look_and_text_are_put_on_at_once_and_remembered(opened, theme):
    window, page = opened
    settings = page.context.settings
    usual = ui_font("body").pointSizeF()
    try:
        page.look.scheme.setCurrentIndex(page.look.scheme.findData("contrast"))
        page.look.scheme.activated.emit(page.look.scheme.currentIndex())
        assert look().is_contrast
        assert settings.value("scheme") == "contrast"
        page.look.text.setCurrentIndex(page.look.text.findData(150))
        page.look.text.activated.emit(page.look.text.currentIndex())
        assert ui_font("body").pointSizeF() == pytest.approx(usual * 1.5)
        assert int(settings.value("text_percent")) == 150
        window._choose_scheme(SchemeChoice.LIGHT)
        assert page.look.scheme.currentData() == "light"
    finally:
        theme.choose(SchemeChoice.LIGHT)
        theme.choose_text(100)
    assert ui_font("body").pointSizeF() == usual


def test_who_may_not_restore_sees_why(qtbot, operations, settings, empty_office):
    back_up_now(empty_office)
    page = SettingsPage(Context(services_of(empty_office), operations, settings))
    qtbot.addWidget(page)
    page.read()
    qtbot.waitUntil(lambda: bool(page.backups.model.rows))
    assert page.backups.copy.isEnabled()
    assert not page.backups.restore.isEnabled()
    assert "主管" in page.backups.restore.toolTip()
    qtbot.waitUntil(lambda: not operations.jobs)


def test_restored_backup_takes_the_stores_place_and_the_former_is_kept(tmp_path):
    office = open_office(tmp_path / "gongyu.db", actor="周雅雯", clock=lambda: NOW)
    back_up_now(office)
    backup = office.store.backups()[0].path
    office.close()
    kind, words = app.restore_over(backup, tmp_path / "gongyu.db")
    assert kind == "pass"
    kept = [path for path in tmp_path.iterdir() if "還原前" in path.name]
    assert len(kept) == 1
    assert kept[0].name in words
    connection = sqlite3.connect(tmp_path / "gongyu.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_restore_that_fails_leaves_the_store_and_says_so(tmp_path):
    open_office(tmp_path / "gongyu.db", actor="周雅雯", clock=lambda: NOW).close()
    before = (tmp_path / "gongyu.db").read_bytes()
    kind, words = app.restore_over(tmp_path / "沒有這個.sqlite", tmp_path / "gongyu.db")
    assert kind == "fail"
    assert "沒有這個.sqlite" in words
    assert (tmp_path / "gongyu.db").read_bytes() == before


def test_window_that_wants_a_restore_is_closed_and_hands_the_backup_on(
    qapp, theme, settings, empty_office
):
    def ask():
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible():
                desk = window.context.desk
                assert isinstance(desk, WindowDesk)
                desk.restore(Path("備份.sqlite"))

    QTimer.singleShot(400, ask)
    left = app._stay_open(empty_office, qapp, settings, theme, [], is_sample=False)
    assert left.restore == Path("備份.sqlite")
