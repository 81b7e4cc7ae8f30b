"""Small windows and large text: pages scroll, tables and panes follow, nothing is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView, QVBoxLayout, QWidget

from desktop.qt.main_window import MainWindow
from desktop.qt.pages.ledger_page import LedgerPage
from desktop.qt.pages.overview_page import OverviewPage
from desktop.qt.pages.review_page import ReviewPage
from desktop.qt.theme import ui_metrics
from desktop.qt.widgets.page_room import PageRoom
from desktop.qt.widgets.text_fit import fit_tables, mark_fitted
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


@pytest.fixture
def large_text(theme):
    yield lambda: theme.choose_text(150)
    theme.choose_text(100)


def test_tables_rail_and_panes_follow_larger_text_at_once_and_go_back(window, theme, large_text):
    review, ledger = window.pages["review"], window.pages["ledger"]
    assert isinstance(review, ReviewPage)
    assert isinstance(ledger, LedgerPage)
    open_at(window, "review", COMMON)
    rows, names = ledger.lines.verticalHeader(), ledger.lines.horizontalHeader()
    before = rows.defaultSectionSize(), names.sectionSize(0), window.rail.width()
    large_text()
    QApplication.processEvents()
    assert rows.defaultSectionSize() >= ui_metrics("body").height()
    assert names.sectionSize(0) == pytest.approx(before[1] * 1.5, abs=1)
    assert window.rail.width() >= ui_metrics("caption").horizontalAdvance("人員差勤") + 20
    assert not review.person.queue_button.isHidden()  # the list has no room beside any more
    start = review.table.header().sectionSize(4)
    assert start > ui_metrics("body").horizontalAdvance("03-17 07:05:33")
    theme.choose_text(100)
    QApplication.processEvents()
    assert (rows.defaultSectionSize(), names.sectionSize(0), window.rail.width()) == before
    assert review.person.queue_button.isHidden()


def test_widths_kept_under_larger_text_come_back_in_proportion(qtbot, theme):
    root = QWidget()
    qtbot.addWidget(root)
    table = QTableView()
    table.setModel(QStandardItemModel(1, 2))
    QVBoxLayout(root).addWidget(table)
    header = table.horizontalHeader()
    header.resizeSection(0, 150)
    mark_fitted(header, 1.5)
    fit_tables(root)
    fit_tables(root)
    assert header.sectionSize(0) == 100
