from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication

from desktop.qt.theme import look
from desktop.qt.widgets.timeline import TimelineStrip, install_accessibility
from tests.qt import fakes


@pytest.fixture
def strip(qtbot, theme):
    install_accessibility()
    strip = TimelineStrip()
    qtbot.addWidget(strip)
    strip.resize(720, 200)
    strip.show_timeline(fakes.FAILING)
    strip.show()
    strip.setFocus()
    return strip


def test_arrow_keys_walk_through_the_items_in_order_of_time(qtbot, strip):
    seen = []
    for key in (
        Qt.Key.Key_Home,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
    ):
        qtbot.keyClick(strip, key)
        seen.append(strip.current_item.name)
    assert seen == [
        "彈性 07:30–09:00",
        "上班 09:00–12:00",
        "起 11:52:18 上班中",
        "上班 09:00–12:00",
        "加班 18:30–20:30",
    ]


def test_copy_takes_the_sentence(qtbot, strip):
    qtbot.keyClick(strip, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == fakes.FAILING.sentence


def test_fold_opens_on_enter(qtbot, strip):
    strip.show_timeline(fakes.VARIANTS["跨多日"])
    folded = strip.sizeHint().height()
    names = [item.name for item in strip.items()]
    strip.go_to(names.index("展開中間各天"))
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert strip.sizeHint().height() > folded


def test_screen_reader_meets_a_chart_with_named_children(strip):
    interface = QAccessible.queryAccessibleInterface(strip)
    assert interface.role() == QAccessible.Role.Chart
    assert interface.text(QAccessible.Text.Name) == (
        "時間軸，114年3月12日星期三，從農田到餐桌的減碳策略：再生農法與永續食材"
    )
    assert interface.text(QAccessible.Text.Description) == fakes.FAILING.sentence
    names = [interface.child(n).text(QAccessible.Text.Name) for n in range(interface.childCount())]
    assert names == [item.name for item in strip.items()]


@pytest.mark.parametrize("name", fakes.VARIANTS)
def test_every_variant_is_painted_without_a_complaint(strip, name):
    strip.show_timeline(fakes.VARIANTS[name])
    image = strip.grab().toImage()
    assert not image.isNull()


def test_duty_is_painted_where_the_geometry_says(strip):
    piece = next(p for p in strip.measured().pieces if p.word == "上班")
    spot = piece.rect.topLeft().toPoint()
    image = strip.grab().toImage()
    assert image.pixelColor(spot.x() + 4, spot.y() + 4) == look().colour("timeline.duty")
