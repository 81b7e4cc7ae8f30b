"""What a clerk left is there again: an unfinished import, the window, panes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication

from desktop.qt.main_window import MainWindow
from desktop.qt.pages.import_page import ImportPage
from desktop.qt.services import services_of
from desktop.qt.window_place import GRIP
from desktop.services.office import open_office
from desktop.services.unfinished_imports import FOLDER
from tests.qt.conftest import NOW, settle, settle_plainly

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"


@pytest.fixture
def opens(theme, tmp_path):
    """Opens the window of one and the same office again and again."""
    office = open_office(tmp_path / "gongyu.db", actor="周雅雯", clock=lambda: NOW)
    opened: list[MainWindow] = []

    def open_() -> MainWindow:
        window = MainWindow(
            services_of(office),
            settings=QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat),
            theme=theme,
            pages=[ImportPage],
        )
        opened.append(window)
        window.show()
        settle_plainly(window)
        return window

    yield open_
    for window in opened:
        window.close()
        assert window.operations.finish()
    office.close()


def leave(qtbot, window: MainWindow) -> None:
    settle(qtbot, window)
    window.close()
    assert window.operations.finish()


def test_batch_that_was_not_stored_is_there_again_until_it_is_given_up(opens, qtbot, tmp_path):
    window = opens()
    settle(qtbot, window)
    window.open_page("import", [SAMPLE / "roster.xlsx"])
    settle(qtbot, window)
    assert window.pages["import"].store_button.isEnabled()
    leave(qtbot, window)
    window = opens()
    settle(qtbot, window)
    page = window.pages["import"]
    assert window.current_page is page
    assert [file.name for file in page._preview.files] == ["roster.xlsx"]
    assert page.store_button.isEnabled()
    sentences = [window._notes.itemAt(n).widget().sentence for n in range(window._notes.count())]
    assert any("上次有 1 個檔案" in words for words in sentences)
    page.cancel_batch()
    settle(qtbot, window)
    assert not [path for path in (tmp_path / FOLDER).rglob("*") if path.is_file()]
    leave(qtbot, window)
    window = opens()
    settle(qtbot, window)
    assert window.stack.currentWidget() is window.welcome


def test_stored_batch_is_not_opened_again(opens, qtbot, tmp_path):
    window = opens()
    settle(qtbot, window)
    window.open_page("import", [SAMPLE / "roster.xlsx"])
    settle(qtbot, window)
    window.pages["import"].store()
    settle(qtbot, window)
    assert not [path for path in (tmp_path / FOLDER).rglob("*") if path.is_file()]


def test_window_comes_back_in_its_size_and_on_a_screen(opens, qtbot):
    window = opens()
    window.resize(1180, 640)
    leave(qtbot, window)
    window = opens()
    # The offscreen screen is narrower than the smallest window; only the height is free.
    assert window.height() == 640
    window.move(20_000, 15_000)
    leave(qtbot, window)
    window = opens()
    settle(qtbot, window)
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert area.intersected(window.frameGeometry()).width() >= GRIP
    assert area.top() <= window.frameGeometry().top() < area.bottom()
