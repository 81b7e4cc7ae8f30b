"""Windows smaller than a page can be: it scrolls, and nothing of it is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.qt.main_window import MainWindow
from desktop.qt.pages.overview_page import OverviewPage
from desktop.qt.widgets.page_room import PageRoom
from tests.qt.conftest import settle_plainly

COMMON, LEAST_DRAWN = (1366, 688), (1000, 600)
DOUBLE = (960, 500)
"""What 200 % leaves of a common screen; 911×480, which 150 % leaves of a small one, is near."""


@pytest.fixture
def window(kept_window):
    yield kept_window
    kept_window.resize(*COMMON)
    kept_window.open_page("review")
    settle_plainly(kept_window)


def open_at(window: MainWindow, name: str, size: tuple[int, int]) -> PageRoom:
    window.resize(*size)
    window.open_page(name)
    QApplication.processEvents()
    room = window.findChild(PageRoom)
    assert room is not None
    return room


def test_no_page_scrolls_as_a_whole_on_a_common_screen(window):
    for name in window.pages:
        room = open_at(window, name, COMMON)
        assert room.horizontalScrollBar().maximum() == 0, name
        assert room.verticalScrollBar().maximum() == 0, name


def test_page_keeps_what_it_needs_in_a_window_at_double_scale(window):
    for name, page in window.pages.items():
        room = open_at(window, name, DOUBLE)
        needed = page.minimumSizeHint()
        assert page.width() >= needed.width(), name
        assert page.height() >= max(needed.height(), 440), name
        hidden = page.height() - room.viewport().height()
        assert room.verticalScrollBar().maximum() == max(hidden, 0), name
    assert window.size().toTuple() == DOUBLE


def test_cards_of_the_overview_stand_in_two_columns_where_three_have_no_room(window):
    open_at(window, "overview", LEAST_DRAWN)
    settle_plainly(window)
    page = window.pages["overview"]
    assert isinstance(page, OverviewPage)
    assert page.room.horizontalScrollBar().maximum() == 0
    assert page.expiry_card.mapTo(page, page.expiry_card.rect().topLeft()).y() > (
        page.deadline_card.mapTo(page, page.deadline_card.rect().bottomLeft()).y()
    )
    open_at(window, "overview", COMMON)
    assert page.expiry_card.mapTo(page, page.expiry_card.rect().topLeft()).x() > (
        page.deadline_card.mapTo(page, page.deadline_card.rect().topRight()).x()
    )
